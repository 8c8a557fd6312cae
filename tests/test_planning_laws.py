"""Laws of planning: they hold for every questionnaire, every sheet, whatever there is to work with and is wished for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.roadmap import (
    SLOTS_PER_MONTH,
    Capacity,
    Commitment,
    Postponed,
    Roadmap,
    Wishes,
    plan,
)
from assessment.roadmap.gains import moved_by
from assessment.roadmap.pinning import with_pins
from assessment.roadmap.problem import Judge
from assessment.roadmap.schedule import Scheduler
from assessment.roadmap.situation import situation
from assessment.scoring import active_caps, counted, evaluate, read, score
from tests.conftest import START
from tests.strategies import GOALS, questionnaires, sheets

CLOSE = 1e-9
MOVES = 120
"""Few moves: the laws hold however long the search is."""

planned = st.shared(questionnaires(measures=6), key="planned")
to_plan = planned.flatmap(sheets)


@st.composite
def rooms(draw: st.DrawFn) -> Capacity:
    """Capacities: none, crooked ones, with roles, a budget, other months."""
    per_month = draw(st.one_of(st.sampled_from((0.0, 1.5, 4.0, 12.0, 40.0)), st.floats(0, 20)))
    return Capacity(
        start=START,
        per_month=per_month,
        months=draw(st.integers(1, 12)),
        roles=draw(st.dictionaries(st.sampled_from(("one", "two")), st.sampled_from((0.5, 3.0, 30.0)))),
        budget=draw(st.sampled_from((None, None, 0.0, 6.0, 700.0, 60000.0))),
        other_months=draw(
            st.dictionaries(st.sampled_from(("2026-01", "2026-03")), st.sampled_from((0.0, 6.0)), max_size=2)
        ),
    )


@st.composite
def wishes(draw: st.DrawFn, questionnaire: Questionnaire) -> Wishes:
    """Wishes: goals, targets, commitments of every kind, some of them impossible."""
    names = list(questionnaire.measures_by_id)
    days = st.integers(-120, 400).map(lambda days: START + timedelta(days=days))
    commitments = [
        Commitment(
            measure=name,
            standing=draw(st.sampled_from(("done", "running", "pinned", "dropped"))),
            begin=draw(st.none() | days),
            end=draw(st.none() | days),
        )
        for name in draw(st.lists(st.sampled_from([*names, "nowhere"]), unique=True, max_size=3))
    ]
    scale = questionnaire.scale
    targets = st.dictionaries(
        st.sampled_from([part.id for part in questionnaire.whole.walk()]),
        st.floats(scale.bottom, scale.top),
        max_size=2,
    )
    return Wishes(
        goal=draw(st.none() | st.sampled_from(GOALS)),
        targets=draw(targets) if draw(st.booleans()) else {},
        commitments=tuple(commitments),
    )


wished = planned.flatmap(wishes)
thorough = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def made(questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes) -> Roadmap:
    return plan(questionnaire, sheet, capacity=room, wishes=wish, moves=MOVES)


def months_of(begin: int, end: int) -> Iterable[int]:
    return (slot // SLOTS_PER_MONTH for slot in range(begin, end))


@given(planned, to_plan, rooms(), wished)
@thorough
def test_no_measure_begins_before_what_it_requires_has_ended_and_who_must_be_asked_has_been(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    roadmap = made(questionnaire, sheet, room, wish)
    reasons = {out.measure: out.reason for out in roadmap.postponed}
    for slot in roadmap.slots:
        if slot.why == "running":
            continue
        for required in questionnaire.measures_by_id[slot.measure].requires:
            first = roadmap.slot(required)
            if first is None:
                met = ("no_gap", "not_applicable", "not_asked", "done", "unclear")
                assert reasons[required] in met, (slot.measure, required)
                assert (reasons[required] == "unclear") == (required in slot.assumes)
            else:
                assert first.end + slot.lead <= slot.begin
                assert required in slot.waits_for
                assert slot.measure in first.unlocks
        assert slot.begin >= slot.lead


@given(planned, to_plan, rooms(), wished)
@thorough
def test_the_load_of_no_month_exceeds_what_there_is_in_all_or_of_a_role(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    roadmap = made(questionnaire, sheet, room, wish)
    assert len(roadmap.load) == room.months
    overloaded = {told.role for told in roadmap.obstacles if told.kind == "running_over_capacity"}
    for month, load in enumerate(roadmap.load):
        days = room.in_month(month)
        assert load <= days + CLOSE or None in overloaded
        share = room.share_of_month(month)
        for role, limit in room.roles.items():
            # hundredths of a day are rounded for each measure and half-month
            tolerance = 0.01 * 4 * len(roadmap.slots)
            assert roadmap.load_by_role[role][month] <= limit * share + tolerance or role in overloaded
    true_load = [0.0] * room.months
    for slot in roadmap.slots:
        for month in months_of(slot.begin, slot.end):
            if month < room.months:
                true_load[month] += slot.effort / (slot.end - slot.begin)
    halves = 2 * len(roadmap.slots)
    assert all(
        abs(shown - true) <= 0.01 * halves for shown, true in zip(roadmap.load, true_load, strict=True)
    )


@given(planned, to_plan, rooms(), wished)
@thorough
def test_the_costs_of_what_was_not_yet_running_keep_to_the_budget(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    roadmap = made(questionnaire, sheet, room, wish)
    if room.budget is not None:
        spent = sum(slot.cost for slot in roadmap.slots if slot.why != "running")
        assert spent <= room.budget + CLOSE


@given(planned, to_plan, rooms(), wished)
@thorough
def test_every_measure_is_placed_within_the_horizon_or_postponed_with_a_reason(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    roadmap = made(questionnaire, sheet, room, wish)
    there, out = [slot.measure for slot in roadmap.slots], [one.measure for one in roadmap.postponed]
    assert sorted(there + out) == sorted(questionnaire.measures_by_id)
    for slot in roadmap.slots:
        assert 0 <= slot.begin < slot.end
        assert slot.end <= room.months * SLOTS_PER_MONTH or slot.why == "running"
        assert slot.effort_low <= slot.effort <= slot.effort_high
        assert 0 <= slot.worth <= 1
        assert slot.slack >= 0
    for one in roadmap.postponed:
        if one.reason in ("prerequisite", "unclear"):
            assert one.waits_for, one


@given(planned, to_plan, rooms())
@thorough
def test_what_a_postponed_measure_lacks_brings_it_in_when_it_is_given(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity
) -> None:
    roadmap = made(questionnaire, sheet, room, Wishes())
    everything = tuple(
        Commitment(measure=slot.measure, standing="pinned", begin=day_of(room, slot.begin))
        for slot in roadmap.slots
    )
    for one in roadmap.postponed:
        if one.fits_per_month is not None and one.role is None:
            richer = room.model_copy(
                update={
                    "per_month": one.fits_per_month,
                    "other_months": {
                        name: days + one.fits_per_month - room.per_month
                        for name, days in room.other_months.items()
                    },
                }
            )
        elif one.fits_per_month is not None:
            # other months have as many times more or fewer of a role; only the plain case is checked here
            if room.other_months:
                continue
            richer = room.model_copy(update={"roles": {**room.roles, one.role: one.fits_per_month}})
        elif one.fits_budget is not None:
            richer = room.model_copy(update={"budget": one.fits_budget})
        elif one.fits_months is not None:
            richer = room.model_copy(update={"months": one.fits_months})
        else:
            continue
        stretched = any(slot.stretched for slot in roadmap.slots)
        if (
            not stretched
        ):  # a stretched measure is shorter where there is more; then the plan does not stand as it stood
            assert _fits_beside(questionnaire, sheet, richer, everything, one), one


def _fits_beside(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    room: Capacity,
    pinned: tuple[Commitment, ...],
    out: Postponed,
) -> bool:
    """Place the measure and what it requires by hand, one after the other, beside the pinned plan."""
    stated = with_pins(situation(questionnaire, sheet, capacity=room, wishes=Wishes(commitments=pinned)))
    scheduler = Scheduler(stated.problem)
    assert not [told for told in stated.situation.obstacles if told.kind.startswith("pin")]
    found = scheduler.schedule([stated.numbers[out.measure]])
    return found.ends[stated.numbers[out.measure]] >= 0


def day_of(room: Capacity, slot: int) -> date:
    month = room.start.year * 12 + room.start.month - 1 + slot // SLOTS_PER_MONTH
    return date(month // 12, month % 12 + 1, 1 if slot % SLOTS_PER_MONTH == 0 else 16)


@given(planned, to_plan, rooms(), wished)
@thorough
def test_what_is_settled_stays_unless_an_obstacle_says_why_not(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    roadmap = made(questionnaire, sheet, room, wish)
    told = {obstacle.measure for obstacle in roadmap.obstacles}
    out = {one.measure: one.reason for one in roadmap.postponed}
    for each in wish.commitments:
        slot = roadmap.slot(each.measure)
        match each.standing:
            case "done" | "dropped":
                assert slot is None
                assert each.measure == "nowhere" or out[each.measure] == each.standing
            case "running":
                assert each.measure == "nowhere" or slot is not None or out[each.measure] == "horizon"
            case "pinned":
                if each.measure not in told:
                    assert slot is not None
                    begin = each.begin or room.start
                    halves = (begin.year - room.start.year) * 24 + (begin.month - room.start.month) * 2
                    assert slot.begin == max(0, halves + (begin.day > 15))


@given(planned, to_plan, rooms(), wished, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_same_input_gives_the_same_plan(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes, chance: Any
) -> None:
    answers = list(sheet.answers)
    chance.shuffle(answers)
    first = made(questionnaire, sheet, room, wish)
    assert made(questionnaire, sheet, room, wish) == first
    assert made(questionnaire, sheet.with_answers(answers), room, wish) == first


@given(planned, to_plan, rooms(), wished)
@thorough
def test_the_projection_is_what_rescoring_the_moved_answers_gives(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    roadmap = made(questionnaire, sheet, room, wish)
    card, reading = score(questionnaire, sheet), read(questionnaire, sheet)
    today = counted(questionnaire, reading)
    assert [step.month for step in roadmap.projection] == list(range(room.months + 1))
    for place in questionnaire.whole.walk():
        assert roadmap.projection[0].values[place.id] == card.of(place.id).value
        assert roadmap.projection[0].levels[place.id] == card.of(place.id).level
    finished = [each.measure for each in wish.commitments if each.standing == "done"]
    for step in roadmap.projection[1:]:
        done = {slot.measure for slot in roadmap.slots if slot.works_from <= step.month * SLOTS_PER_MONTH}
        known = [m for m in questionnaire.measures if m.id in done or m.id in finished]
        worths = {**today, **moved_by(questionnaire, today, known)}
        nodes = evaluate(questionnaire, worths, unknown=reading.unknown, missing=reading.missing)
        assert step.values == {name: node.value for name, node in nodes.items()}
        assert step.levels == {name: node.level for name, node in nodes.items()}
        caps = active_caps(questionnaire, worths, unknown=reading.unknown)
        assert set(step.caps) == {cap.id for cap in caps}
    for before, after in pairwise(roadmap.projection):
        assert set(after.caps) <= set(before.caps)
        for name, value in before.values.items():
            if value is not None:
                assert after.values[name] >= value - CLOSE
                assert after.levels[name] >= before.levels[name]


@given(planned, to_plan, rooms(), wished)
@thorough
def test_what_the_plan_says_it_moves_and_lifts_is_moved_and_lifted_in_the_projection(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    roadmap = made(questionnaire, sheet, room, wish)
    after_done = set(roadmap.projection[1].caps) | {
        cap for slot in roadmap.slots if slot.works_from <= SLOTS_PER_MONTH for cap in slot.lifts
    }
    for slot in roadmap.slots:
        month = ceil(slot.works_from / SLOTS_PER_MONTH)
        if month <= room.months:
            then = roadmap.projection[month]
            assert set(slot.lifts) <= after_done
            assert not set(slot.lifts) & set(then.caps), slot.measure
            for rise in slot.raises:
                assert then.levels[rise.section] >= rise.to
    promised = {
        name
        for slot in roadmap.slots
        for name in slot.lifts
        if slot.works_from <= room.months * SLOTS_PER_MONTH
    }
    assert promised == after_done - set(roadmap.projection[-1].caps)


@given(planned, to_plan, rooms(), st.sampled_from((1.1, 1.25, 2.0, 5.0)), wished)
@thorough
def test_more_capacity_never_gives_a_worse_plan_when_the_one_found_with_less_is_known(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, factor: float, wish: Wishes
) -> None:
    wish = wish.model_copy(update={"commitments": ()})
    tight = made(questionnaire, sheet, room, wish)
    more = room.model_copy(
        update={
            "per_month": room.per_month * factor,
            "roles": {role: days * factor for role, days in room.roles.items()},
            "other_months": {name: days * factor for name, days in room.other_months.items()},
        }
    )
    wide = plan(questionnaire, sheet, capacity=more, wishes=wish, present=tight, moves=MOVES)
    assert objective(wide) <= objective(tight)


def objective(roadmap: Roadmap) -> tuple[int, int, int]:
    """What a plan is judged by, the smaller the better: months of legal caps, of caps at all, and what it gains."""
    return roadmap.delay, sum(len(step.caps) for step in roadmap.projection), -roadmap.gain


@given(planned, to_plan, rooms(), wished)
@thorough
def test_planning_again_with_nothing_changed_changes_nothing(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    first = made(questionnaire, sheet, room, wish)
    again = plan(questionnaire, sheet, capacity=room, wishes=wish, present=first, moves=MOVES)
    assert objective(again) <= objective(first)
    if objective(again) == objective(first):
        assert [(s.measure, s.begin, s.end) for s in again.slots] == [
            (s.measure, s.begin, s.end) for s in first.slots
        ]


@given(planned, to_plan, rooms(), wished)
@thorough
def test_no_measure_is_planned_that_moves_nothing_and_prepares_nothing(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    """Effort is spent on what raises an answer in the end, or on what such a measure or a pinned one requires."""
    roadmap = made(questionnaire, sheet, room, wish)
    useful = {slot.measure for slot in roadmap.slots if slot.moves or slot.why in ("pinned", "running")}
    before: set[str] = set()
    while useful != before:
        before = set(useful)
        useful |= {required for name in useful for required in questionnaire.measures_by_id[name].requires}
    assert {slot.measure for slot in roadmap.slots} <= useful


@given(planned, to_plan, rooms(), wished)
@thorough
def test_a_plans_worth_is_the_area_under_its_curve(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    """The packed arithmetic of the judge against plain sums over months, questions and targets."""
    stated = with_pins(situation(questionnaire, sheet, capacity=room, wishes=wish))
    problem = stated.problem
    assume(problem.tasks)
    begins = {task: len(problem.loads[task]) // 2 for task in problem.possible if problem.loads[task]}
    in_effect = [problem.effective[t][begins[t]] if t in begins else 0 for t in range(len(problem.tasks))]
    delay = worth = 0
    for period in range(1, problem.periods + 1):
        done = [t for t, left in enumerate(in_effect) if problem.periods - left < period]
        reached = [0] * len(problem.questions)
        moved = True
        while moved:
            moved = False
            for task in done:
                for effect in problem.tasks[task].effects:
                    if effect.needs <= reached[effect.question] < effect.to:
                        reached[effect.question], moved = effect.to, True
        delay += sum(cap.weight for cap in problem.caps if reached[cap.question] < cap.step)
        for part, target in enumerate(problem.targets):
            gained = sum(
                sum(steps.worth[: reached[number]])
                for number, steps in enumerate(problem.questions)
                if steps.part == part
            )
            below = gained if target is None else min(gained, target)
            worth += below + (gained - below) // 20
    assert Judge(problem)(in_effect, 7) == (delay, 7 * problem.day_price - worth)


@given(planned, to_plan, rooms(), wished)
@settings(max_examples=60, deadline=None)
def test_a_problem_states_nothing_twice(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    """Stating the same situation again gives the same problem: nothing is left over in it."""
    stated = with_pins(situation(questionnaire, sheet, capacity=room, wishes=wish))
    assert with_pins(situation(questionnaire, sheet, capacity=room, wishes=wish)).problem == stated.problem
    assert replace(stated.problem) == stated.problem
