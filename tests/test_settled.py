"""The living plan by example: what is settled stays, what cannot be is told, and little changes otherwise."""

from datetime import date
from typing import Any

import pytest

from assessment.questionnaire import Effort, Questionnaire
from assessment.report import Report
from assessment.roadmap import (
    Capacity,
    Commitment,
    Roadmap,
    Standing,
    Stood,
    Terms,
    Wishes,
    first_day,
    plan,
    slot_of,
)
from tests.conftest import START, a_sheet, cap, capacity, measure, text, two_dimensions

TWO = dict.fromkeys("abcdef", 2)
ROLES = {"roles": [{"id": "it", "label": text("IT")}, {"id": "people", "label": text("People")}]}
MONEY = {"money": [{"low": 0, "high": 10 * 10**size} for size in range(4)]}


def settled(*each: tuple[str, Standing, date | None]) -> Wishes:
    return Wishes(
        commitments=tuple(Commitment(measure=name, standing=how, begin=begin) for name, how, begin in each)
    )


def made(
    *measures: dict[str, Any],
    wishes: Wishes | None = None,
    room: Capacity | None = None,
    present: Roadmap | None = None,
    said: dict[str, Any] | None = None,
    **more: Any,
) -> Roadmap:
    questionnaire = two_dimensions(measures=list(measures), **more)
    sheet = a_sheet(questionnaire, said or TWO)
    return plan(questionnaire, sheet, capacity=room or capacity(10, 6), wishes=wishes, present=present)


def places(roadmap: Roadmap) -> dict[str, tuple[int, int]]:
    return {slot.measure: (slot.begin, slot.end) for slot in roadmap.slots}


def test_days_and_half_months_belong_together() -> None:
    assert [first_day(date(2026, 11, 1), slot) for slot in (0, 1, 2, 3, 4)] == [
        date(2026, 11, 1),
        date(2026, 11, 16),
        date(2026, 12, 1),
        date(2026, 12, 16),
        date(2027, 1, 1),
    ]
    for slot in range(-5, 60):
        assert slot_of(date(2026, 11, 1), first_day(date(2026, 11, 1), slot)) == slot


def test_a_pinned_measure_begins_then_and_the_others_around_it() -> None:
    first, second = measure("m1", {"a": 3}, effort=(10, 10)), measure("m2", {"c": 3}, effort=(10, 10))
    free = made(first, second)
    assert sorted(places(free).values()) == [(0, 2), (2, 4)]
    pinned = made(first, second, wishes=settled(("m1", "pinned", date(2026, 3, 1))))
    assert places(pinned) == {"m1": (4, 6), "m2": (0, 2)}
    slot = pinned.slot("m1")
    assert slot is not None
    assert (slot.why, slot.held_by) == ("pinned", "pinned")


def test_what_a_pinned_measure_needs_is_planned_before_it() -> None:
    chain = [measure("m1", {"a": 3}), measure("m2", {"c": 3}, requires=["m1"])]
    roadmap = made(*chain, wishes=settled(("m2", "pinned", date(2026, 3, 1))))
    assert places(roadmap)["m2"] == (4, 6)
    assert places(roadmap)["m1"][1] <= 4
    assert roadmap.obstacles == ()


@pytest.mark.parametrize(
    ("wishes", "room", "expected"),
    [
        (settled(("m2", "pinned", None)), None, ("pin_too_early", "m2", ("m1",), 2)),
        (settled(("m1", "pinned", date(2026, 6, 20))), None, ("pin_after_horizon", "m1", (), 10)),
        (settled(("m1", "pinned", None)), capacity(3, 6), ("pin_over_capacity", "m1", (), None)),
        (settled(("m3", "pinned", None)), None, ("pin_not_needed", "m3", (), None)),
        (settled(("m9", "dropped", None)), None, ("commitment_unknown", "m9", (), None)),
    ],
)
def test_a_commitment_that_cannot_hold_is_told_with_what_would_have_to_give(
    wishes: Wishes, room: Capacity | None, expected: tuple[Any, ...]
) -> None:
    measures = [
        measure("m1", {"a": 3}, effort=(8, 8), weeks=4),
        measure("m2", {"c": 3}, requires=["m1"]),
        measure("m3", {"e": 2}),
    ]
    if expected[0] == "pin_over_capacity":  # two that need the same month
        measures.append(measure("m0", {"e": 3}, effort=(6, 6), weeks=4))
        wishes = settled(("m0", "running", None), ("m1", "pinned", None))
    roadmap = made(*measures, wishes=wishes, room=room)
    told = [one for one in roadmap.obstacles if one.kind == expected[0]]
    assert len(told) == 1, roadmap.obstacles
    assert (told[0].measure, told[0].waits_for) == expected[1:3]
    if expected[0] in ("pin_too_early", "pin_after_horizon"):
        assert told[0].begin == expected[3]


def test_what_is_done_is_not_planned_and_what_it_brought_is_expected() -> None:
    measures = [measure("m1", {"a": 3}), measure("m2", {"c": 3}, requires=["m1"])]
    roadmap = made(*measures, wishes=settled(("m1", "done", None)))
    assert places(roadmap) == {"m2": (0, 2)}
    assert {one.measure: one.reason for one in roadmap.postponed} == {"m1": "done"}
    values = [step.values["x1"] for step in roadmap.projection]
    assert values[:2] == [2, 2.5]  # today is what the answers say


def test_what_runs_takes_its_room_and_only_what_is_left_of_its_effort() -> None:
    running = measure("m1", {"a": 3}, effort=(8, 8), weeks=8)
    beside = measure("m2", {"c": 3}, effort=(4, 4), weeks=4)
    wishes = settled(("m1", "running", date(2025, 12, 1)))
    roadmap = made(running, beside, wishes=wishes, room=capacity(6, 6))
    slot = roadmap.slot("m1")
    assert slot is not None
    assert (slot.begin, slot.end, slot.effort, slot.why) == (0, 2, 4, "running")
    assert roadmap.load[0] <= 6
    tight = made(running, beside, wishes=wishes, room=capacity(3, 6))
    assert places(tight)["m1"] == (0, 2)
    assert [told.kind for told in tight.obstacles] == ["running_over_capacity"]


def test_what_is_not_wanted_is_left_out_with_what_needs_it() -> None:
    measures = [measure("m1", {"a": 3}), measure("m2", {"c": 3}, requires=["m1"])]
    roadmap = made(*measures, wishes=settled(("m1", "dropped", None)))
    assert places(roadmap) == {}
    assert {one.measure: (one.reason, one.waits_for) for one in roadmap.postponed} == {
        "m1": ("dropped", ()),
        "m2": ("prerequisite", ("m1",)),
    }


def test_somebodys_own_effort_replaces_the_questionnaires() -> None:
    wishes = Wishes(efforts={"m1": Effort(low=1, high=3)})
    slot = made(measure("m1", {"a": 3}, effort=(8, 8)), wishes=wishes).slot("m1")
    assert slot is not None
    assert (slot.effort_low, slot.effort, slot.effort_high) == (1, 2, 3)


def test_a_role_has_its_own_limit_and_is_named_when_it_holds_a_measure() -> None:
    work = {"work": {"it": 100}}
    first = measure("m1", {"a": 3}, effort=(4, 4), **work)
    second = measure("m2", {"c": 3}, effort=(4, 4), **work)
    room = capacity(20, 6).model_copy(update={"roles": {"it": 4.0}})
    roadmap = made(first, second, room=room, planning=ROLES)
    assert sorted(places(roadmap).values()) == [(0, 2), (2, 4)]
    later = max(roadmap.slots, key=lambda slot: slot.begin)
    assert (later.held_by, later.held_by_role) == ("role", "it")
    assert roadmap.load_by_role["it"][:3] == (4, 4, 0)
    short = made(first, second, room=room.model_copy(update={"months": 1}), planning=ROLES)
    (out,) = short.postponed
    assert (out.reason, out.role, out.fits_per_month, out.fits_months) == ("role", "it", 8, 2)


def test_a_budget_is_kept_and_named() -> None:
    dear, cheap = measure("dear", {"a": 5}, cost=4), measure("cheap", {"c": 3}, cost=1)
    room = capacity(20, 6).model_copy(update={"budget": 10.0})
    roadmap = made(dear, cheap, room=room, planning=MONEY)
    assert places(roadmap) == {"cheap": (0, 2)}
    (out,) = roadmap.postponed
    assert (out.reason, out.fits_budget) == ("budget", 5005)
    assert roadmap.slots[0].cost == 5


def test_whoever_must_be_asked_is_asked_before_a_measure_begins_where_that_applies() -> None:
    body = {"id": "body", "type": "yes_no", "label": text("A works council?")}
    asked = {
        "weeks": 4,
        "because": text("It is asked."),
        "applies_if": [{"profile": "body", "any_of": ["yes"]}],
    }
    questionnaire = two_dimensions(profile=[body], measures=[measure("m1", {"a": 3}, lead=asked)])
    begins = {}
    for there in ("yes", "no"):
        sheet = a_sheet(questionnaire, TWO, profile={"body": there})
        slot = plan(questionnaire, sheet, capacity=capacity()).slots[0]
        begins[there] = (slot.begin, slot.held_by, slot.lead)
    assert begins == {"yes": (2, "lead", 2), "no": (0, "start", 0)}


def test_what_takes_time_to_settle_counts_later() -> None:
    roadmap = made(measure("m1", {"a": 4, "b": 4}, adoption=4))
    assert roadmap.slots[0].works_from == 4
    assert [step.values["x1"] for step in roadmap.projection[:4]] == [2, 2, 4, 4]


def test_what_only_prepares_begins_no_earlier_than_it_has_to() -> None:
    early = measure("m1", {"b": (4, 5)}, effort=(2, 2), weeks=2)
    long = measure("m2", {"c": 3}, effort=(2, 2), weeks=12)
    last = measure("m3", {"e": 5, "f": 5}, effort=(2, 2), requires=["m1", "m2"])
    roadmap = made(early, long, last)
    assert places(roadmap) == {"m1": (5, 6), "m2": (0, 6), "m3": (6, 8)}
    slot = roadmap.slot("m1")
    assert slot is not None
    assert (slot.why, slot.held_by, slot.unlocks) == ("prerequisite", "in_time", ("m3",))
    assert roadmap.critical == ("m2", "m3")


def test_what_is_required_and_not_known_counts_as_done_and_is_to_be_clarified() -> None:
    measures = [measure("m1", {"f": 3}), measure("m2", {"c": 3}, requires=["m1"])]
    roadmap = made(*measures, said={**dict.fromkeys("abcde", 2), "f": "unknown"})
    assert places(roadmap) == {"m2": (0, 2)}
    assert (roadmap.slots[0].assumes, roadmap.clarify) == (("m1",), ("f",))


def test_a_goal_brings_forward_what_serves_it() -> None:
    one = measure("m1", {"a": 3}, effort=(10, 10), goals=["cost"])
    two = measure("m2", {"c": 3}, effort=(10, 10), goals=["people"])
    for goal, first in (("cost", "m1"), ("people", "m2")):
        roadmap = made(one, two, wishes=Wishes(goal=goal))
        assert roadmap.slots[0].measure == first


def test_a_target_turns_effort_elsewhere_and_is_told_when_missed() -> None:
    x = [measure("m1", {"a": 5, "b": 5}, effort=(10, 10)), measure("m2", {"c": 5, "d": 5}, effort=(10, 10))]
    y = measure("m3", {"e": 3}, effort=(10, 10))
    assert [slot.measure for slot in made(*x, y).slots] == ["m1", "m2", "m3"]
    enough = made(*x, y, wishes=Wishes(targets={"x": 3.5}))
    assert [slot.measure for slot in enough.slots] == ["m1", "m3", "m2"]
    assert enough.obstacles == ()
    beyond = made(*x, y, wishes=Wishes(targets={"y": 4.0}))
    (told,) = beyond.obstacles
    assert (told.kind, told.section, told.wanted, told.reached, told.reachable) == (
        "target_beyond_measures",
        "y",
        4,
        2.5,
        2.5,
    )
    short = made(*x, y, wishes=Wishes(targets={"x": 5.0}), room=capacity(10, 1))
    (told,) = short.obstacles
    assert (told.kind, told.reached, told.reachable, told.fits_per_month) == (
        "target_beyond_plan",
        3.5,
        5,
        20,
    )


def test_a_kept_plan_changes_little(flagship_report: Report) -> None:
    """A month with two days less: planned anew much moves, planned from the kept plan little."""
    questionnaire, sheet = flagship_report.questionnaire, flagship_report.sheet
    first = flagship_report.roadmap
    kept = tuple(
        Stood(
            measure=slot.measure,
            begin=first_day(first.capacity.start, slot.begin),
            end=first_day(first.capacity.start, slot.end),
        )
        for slot in first.slots
    )
    more = first.capacity.model_copy(update={"per_month": first.capacity.per_month + 0.5})
    again = plan(questionnaire, sheet, capacity=more, wishes=Wishes(kept=kept))
    anew = plan(questionnaire, sheet, capacity=more)

    def same(roadmap: Roadmap) -> int:
        return sum(places(first).get(slot.measure) == (slot.begin, slot.end) for slot in roadmap.slots)

    assert same(again) >= same(anew)
    assert same(again) >= len(first.slots) * 0.7
    assert (again.delay, -again.gain) <= (first.delay, -first.gain)


def test_settings_of_earlier_versions_are_read_as_terms() -> None:
    old = '{"start": "2026-05-01", "per_month": 3.0, "months": 6}'
    assert Terms.model_validate_json(old) == Terms(
        capacity=Capacity(start=date(2026, 5, 1), per_month=3, months=6)
    )
    new = Terms(capacity=capacity(), wishes=settled(("m1", "pinned", START)))
    assert Terms.model_validate_json(new.model_dump_json()) == new


def test_a_measure_cannot_be_settled_in_two_ways() -> None:
    with pytest.raises(ValueError, match="more than one commitment for m1"):
        settled(("m1", "done", None), ("m1", "dropped", None))


def test_wishes_change_one_measure_at_a_time() -> None:
    wishes = settled(("m1", "done", None), ("m2", "dropped", None))
    changed = wishes.with_commitment("m1", Commitment(measure="m1", standing="running"))
    assert {each.measure: each.standing for each in changed.commitments} == {"m1": "running", "m2": "dropped"}
    assert changed.with_commitment("m2", None).of("m2") is None


def test_legal_caps_fall_before_others_and_others_before_what_gains_more() -> None:
    measures = [
        measure("gain", dict.fromkeys("abcdef", 5), effort=(4, 4)),
        measure("other", {"c": 3}, effort=(4, 4)),
        measure("law", {"g": True}, effort=(4, 4)),
    ]
    roadmap = made(
        *measures,
        room=capacity(4, 6),
        said={**TWO, "g": False},
        caps=[cap("k", "g", {"x2": 1}), cap("l", "c", {"x": 1}, below=3)],
        legal={"section": "x2", "green_from": 3},
    )
    assert roadmap.slots[0].measure == "law"
    assert [step.caps for step in roadmap.projection[:3]] == [("k", "l"), ("l",), ()]


def test_the_flagship_knows_roles_waiting_times_and_costs(
    flagship: Questionnaire, flagship_report: Report
) -> None:
    assert set(flagship_report.roadmap.load_by_role) == {role.id for role in flagship.planning.roles}
    for month, load in enumerate(flagship_report.roadmap.load):
        parts = sum(days[month] for days in flagship_report.roadmap.load_by_role.values())
        assert parts == pytest.approx(load, abs=0.2)
