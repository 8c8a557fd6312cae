"""The plan by example; its laws are in test_laws."""

from collections.abc import Iterable
from typing import Any

import pytest

from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.roadmap import Commitment, Roadmap, Wishes, effort_factor, plan
from tests.conftest import (
    FULL_PROFILE,
    a_questionnaire,
    a_sheet,
    cap,
    capacity,
    every_answer,
    gate,
    level_question,
    measure,
    section,
    text,
    two_dimensions,
)


def planned(
    measures: Iterable[dict[str, Any]],
    said: dict[str, Any],
    *,
    per_month: float = 100,
    months: int = 12,
    **more: Any,
) -> Roadmap:
    questionnaire = two_dimensions(measures=list(measures), **more)
    return plan(questionnaire, a_sheet(questionnaire, said), capacity=capacity(per_month, months))


def places(roadmap: Roadmap) -> dict[str, tuple[int, int]]:
    return {slot.measure: (slot.begin, slot.end) for slot in roadmap.slots}


def reasons(roadmap: Roadmap) -> dict[str, str]:
    return {one.measure: one.reason for one in roadmap.postponed}


TWO = dict.fromkeys("abcdef", 2)


def test_weeks_become_half_months_rounded_up() -> None:
    lengths = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 8: 4, 13: 6, 26: 12, 52: 24}
    made = planned(
        [measure(f"w{weeks}", {"a": 3}, weeks=weeks, effort=(1, 1)) for weeks in lengths], TWO, months=24
    )
    single = {
        weeks: planned([measure("m", {"a": 3}, weeks=weeks, effort=(1, 1))], TWO, months=24)
        for weeks in lengths
    }
    assert {weeks: places(one)["m"] for weeks, one in single.items()} == {
        weeks: (0, length) for weeks, length in lengths.items()
    }
    assert len(made.slots) == 1


def test_effort_is_spread_evenly_over_the_weeks_and_planned_on_its_middle() -> None:
    roadmap = planned([measure("m", {"a": 3}, weeks=13, effort=(6, 18))], TWO)
    (slot,) = roadmap.slots
    assert (slot.effort_low, slot.effort, slot.effort_high) == (6, 12, 18)
    assert roadmap.load == (4, 4, 4, *[0] * 9)


def test_what_does_not_fit_beside_another_waits() -> None:
    roadmap = planned(
        [measure("m1", {"a": 5}, weeks=8, effort=(8, 8)), measure("m2", {"e": 5}, weeks=8, effort=(8, 8))],
        TWO,
        per_month=4,
        months=6,
    )
    assert sorted(places(roadmap).values()) == [(0, 4), (4, 8)]
    assert max(roadmap.load) == 4


def test_a_capacity_is_used_up_to_its_last_hundredth_and_not_beyond() -> None:
    measures = [measure("m", {"a": 3}, weeks=1, effort=(0.51, 0.51))]
    assert places(planned(measures, TWO, per_month=0.51)) == {"m": (0, 1)}
    assert places(planned(measures, TWO, per_month=0.506)) == {"m": (1, 3)}  # over two months


def test_a_measure_takes_longer_where_a_month_has_too_few_days_for_it() -> None:
    measures = [measure("m", {"a": 3}, weeks=4, effort=(12, 12))]
    roadmap = planned(measures, TWO, per_month=4)
    assert places(roadmap) == {"m": (0, 6)}
    assert roadmap.slots[0].stretched
    assert not planned(measures, TWO, per_month=12).slots[0].stretched
    (out,) = planned(measures, TWO, per_month=4, months=2).postponed
    assert (out.reason, out.needs_per_month, out.fits_per_month, out.fits_months) == ("capacity", 12, 6, 3)


def test_there_is_no_plan_without_capacity_and_the_plan_says_so() -> None:
    roadmap = planned([measure("m", {"a": 3})], TWO, per_month=0)
    assert (roadmap.slots, [told.kind for told in roadmap.obstacles]) == ((), ["no_capacity"])
    assert reasons(roadmap) == {"m": "capacity"}


def test_a_prerequisite_is_planned_although_it_moves_nothing_itself() -> None:
    roadmap = planned(
        [measure("first", {"a": 2, "b": (4, 5)}), measure("second", {"a": 5}, requires=["first"])], TWO
    )
    assert places(roadmap) == {"first": (0, 2), "second": (2, 4)}
    assert {slot.measure: (slot.why, slot.waits_for) for slot in roadmap.slots} == {
        "first": ("prerequisite", ()),
        "second": ("value", ("first",)),
    }


def test_a_prerequisite_that_is_already_met_is_not_waited_for() -> None:
    roadmap = planned([measure("first", {"a": 2}), measure("second", {"a": 5}, requires=["first"])], TWO)
    assert places(roadmap) == {"second": (0, 2)}
    assert reasons(roadmap) == {"first": "no_gap"}


def test_a_cap_is_lifted_before_what_gains_more() -> None:
    measures = [
        measure("gain", dict.fromkeys("abcdef", 5), effort=(4, 4)),
        measure("law", {"g": True}, effort=(4, 4)),
    ]
    roadmap = planned(measures, {**TWO, "g": False}, per_month=4, caps=[cap("k", "g", {"x2": 1})])
    assert places(roadmap) == {"law": (0, 2), "gain": (2, 4)}
    (law, gain) = roadmap.slots
    assert (law.why, law.lifts, law.moves) == ("cap", ("k",), ("g",))
    assert (gain.why, gain.lifts, gain.moves) == ("value", (), tuple("abcdef"))
    assert [step.caps for step in roadmap.projection[:3]] == [("k",), (), ()]


def test_no_effort_goes_into_a_measure_that_cannot_lift_the_cap_it_touches() -> None:
    caps = [cap("k", "c", {"x2": 1}, below=4)]
    roadmap = planned([measure("too-early", {"c": (3, 4)}), measure("other", {"a": 3})], TWO, caps=caps)
    assert places(roadmap) == {"other": (0, 2)}
    assert reasons(roadmap) == {"too-early": "prerequisite"}
    assert roadmap.postponed[0].waits_for == ("c",)


def test_two_measures_that_lift_a_question_to_the_same_level_lift_it_once() -> None:
    roadmap = planned([measure("m1", {"a": 3}), measure("m2", {"a": 3})], TWO)
    assert len(roadmap.slots) == 1
    assert roadmap.projection[-1].values["x1"] == 2.5
    (out,) = roadmap.postponed
    assert (out.reason, out.waits_for) == ("covered", (roadmap.slots[0].measure,))


def test_an_effect_waits_until_its_question_stands_high_enough() -> None:
    steps = [
        measure("b-second", {"a": (3, 4)}, effort=(1, 1)),
        measure("a-first", {"a": (2, 3)}, effort=(1, 1)),
    ]
    roadmap = planned(steps, TWO)
    assert roadmap.projection[-1].values["x1"] == 3
    assert set(places(roadmap)) == {"a-first", "b-second"}


def test_each_reason_for_leaving_a_measure_out() -> None:
    home = {"id": "home", "type": "yes_no", "label": text("Home?")}
    questionnaire = two_dimensions(
        profile=[home],
        measures=[
            measure("done", {"a": 2}),
            measure("elsewhere", {"a": 5}, applies_if=[{"profile": "home", "any_of": ["yes"]}]),
            measure("unclear", {"f": 5}),
            measure("too-early", {"b": (4, 5)}),
            measure("too-much", {"c": 5}, effort=(190, 190), weeks=4),
            measure("too-long", {"d": 5}, weeks=40),
            measure("behind", {"e": 5}, requires=["too-long"]),
            measure("unwanted", {"a": 5}),
            measure("behind-that", {"e": 5}, requires=["unwanted"]),
            measure("finished", {"a": 3}),
            measure("counts-not", {"g": True}),
        ],
    )
    sheet = a_sheet(
        questionnaire, {**dict.fromkeys("abcde", 2), "f": "unknown", "g": False}, profile={"home": "no"}
    )
    settled = (
        Commitment(measure="unwanted", standing="dropped"),
        Commitment(measure="finished", standing="done"),
    )
    roadmap = plan(questionnaire, sheet, capacity=capacity(30, 6), wishes=Wishes(commitments=settled))
    assert roadmap.slots == ()
    assert {one.measure: (one.reason, one.waits_for, one.needs_per_month) for one in roadmap.postponed} == {
        "done": ("no_gap", (), None),
        "elsewhere": ("not_applicable", (), None),
        "unclear": ("unclear", ("f",), None),
        "too-early": ("prerequisite", ("b",), None),
        "too-much": ("capacity", (), 190),
        "too-long": ("horizon", (), None),
        "behind": ("horizon", (), None),
        "unwanted": ("dropped", (), None),
        "behind-that": ("prerequisite", ("unwanted",), None),
        "finished": ("done", (), None),
        "counts-not": ("no_gain", (), None),
    }


def test_a_gate_answered_do_not_know_is_to_be_clarified_once() -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 1}), cap("l", "g", {"y": 2})])
    roadmap = plan(questionnaire, a_sheet(questionnaire, {**TWO, "g": "unknown"}), capacity=capacity())
    assert roadmap.clarify == ("g",)


def test_efforts_follow_the_size_of_the_organisation(flagship: Questionnaire) -> None:
    sizes = {"up-to-30": 0.6, "from-31-to-150": 1, "from-151-to-500": 1.5, "over-500": 2.2}
    for size, factor in sizes.items():
        said = {**every_answer(flagship), "w1-q1": 1}
        sheet = a_sheet(flagship, said, profile={**FULL_PROFILE, "size": size})
        assert effort_factor(flagship, sheet) == factor
        slot = plan(flagship, sheet, capacity=capacity(20, 2)).slot("m01")
        assert slot is not None
        assert (slot.effort_low, slot.effort, slot.effort_high) == pytest.approx(
            (4 * factor, 6 * factor, 8 * factor)
        )
    assert effort_factor(flagship, a_sheet(flagship)) == 1


def test_a_quick_win_is_small_and_so_is_all_it_requires() -> None:
    rule = {"effort": 8, "weeks": 6, "cost": 1}
    measures = [
        measure("small", {"a": 5}, effort=(1, 8), weeks=6, cost=1),
        measure("large", {"b": 5}, effort=(1, 9), weeks=6, cost=1),
        measure("slow", {"c": 5}, effort=(1, 8), weeks=7, cost=1),
        measure("dear", {"d": 5}, effort=(1, 8), weeks=6, cost=2),
        measure("after-small", {"e": 5}, effort=(1, 8), weeks=6, cost=1, requires=["small"]),
        measure("after-large", {"f": 5}, effort=(1, 8), weeks=6, cost=1, requires=["large"]),
        measure("after-that", {"f": 5}, effort=(1, 8), weeks=6, cost=1, requires=["after-large"]),
    ]
    assert two_dimensions(measures=measures, quick_win=rule).quick_wins == {"small", "after-small"}
    assert two_dimensions(measures=measures).quick_wins == frozenset()
    whys = {slot.measure: slot.why for slot in planned(measures[:2], TWO, quick_win=rule).slots}
    assert (whys["small"], whys["large"]) == ("quick_win", "value")


def test_a_measure_moves_no_question_that_was_never_answered() -> None:
    roadmap = planned([measure("m", {"a": 5, "b": 5})], {"a": 2, "b": "unknown"})
    assert roadmap.slots[0].moves == ("a",)
    assert roadmap.projection[-1].values["x1"] == 5


def test_effects_come_when_a_measure_is_done_and_not_before() -> None:
    roadmap = planned([measure("m", {"a": 5, "b": 5}, weeks=6)], TWO, months=3)
    assert places(roadmap) == {"m": (0, 3)}
    assert [step.values["x1"] for step in roadmap.projection] == [2, 2, 5, 5]


def test_the_flagship_plan_keeps_to_twelve_days_a_month_and_lifts_the_open_gate_first(
    flagship_report: Report,
) -> None:
    roadmap = flagship_report.roadmap
    assert max(roadmap.load) <= 12
    slot = roadmap.slot("m26")
    assert slot is not None
    assert (slot.why, slot.lifts) == ("cap", ("cap-g06",))
    # m24 goes before it although nothing is left to move there: level 2 is where it leads
    assert slot.begin == 0
    assert roadmap.clarify == ("g13",)
    assert roadmap.projection[0].caps == ("cap-g06",)
    assert roadmap.projection[2].caps == ()


SIX_MONTHS: dict[str, Any] = {
    # an organisation found by random search whose gates are all open but g14; twelve months are too long to show it
    "levels": {
        "w1": (1, 4, 1, 2), "w2": (1, 4, 3, 4), "w3": (2, 2, 4, 2), "w4": (2, 3, 2, 3), "w5": (4, 2, 4, 4), "w6": (2, 1, 2, 2),
        "l1": (2, 4, 2, 1), "l2": (4, 1, 1, 4), "l3": (1, 4, 4, 1), "l4": (2, 2, 4, 3), "l5": (3, 2, 2, 2), "l6": (2, 3, 3, 2),
        "a1": (2, 3, 1, 2), "a2": (3, 2, 1, 4), "a3": (4, 3, 1, 3), "a4": (4, 4, 4, 4), "a5": (3, 1, 2, 3),
        "e1": (1, 2, 2, 1), "e2": (2, 4, 2, 4), "e3": (4, 2, 4, 3), "e4": (4, 4, 3, 4), "e5": (4, 2, 3, 2),
    },
}  # fmt: skip


@pytest.mark.parametrize("months", [6, 12])
def test_more_capacity_never_leaves_fewer_caps_of_the_flagship_lifted(
    flagship: Questionnaire, months: int
) -> None:
    said: dict[str, Any] = {q.id: False for q in flagship.questions_by_id.values() if q.type == "yes_no"}
    said |= {
        f"{name}-q{number}": level
        for name, levels in SIX_MONTHS["levels"].items()
        for number, level in enumerate(levels, start=1)
    }
    sheet = a_sheet(flagship, said, profile=FULL_PROFILE)
    left = [
        len(plan(flagship, sheet, capacity=capacity(days, months)).projection[-1].caps)
        for days in (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 40)
    ]
    assert left == sorted(left, reverse=True)


def test_gates_and_questions_may_share_a_measure_and_both_are_moved() -> None:
    questionnaire = a_questionnaire(
        section("s", level_question("a"), gate("g")),
        caps=[cap("k", "g", {"s": 1})],
        measures=[measure("m", {"a": (1, 4), "g": True})],
    )
    roadmap = plan(questionnaire, a_sheet(questionnaire, {"a": 2, "g": False}), capacity=capacity())
    assert roadmap.slots[0].moves == ("a", "g")
    assert [(step.values["s"], step.levels["s"]) for step in roadmap.projection[:2]] == [(2, 1), (4, 4)]
