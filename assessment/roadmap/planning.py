"""The plan: stated, searched, put in order, explained."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.roadmap.explaining import Found, critical, slots_of
from assessment.roadmap.obstacles import obstacles
from assessment.roadmap.pinning import with_pins
from assessment.roadmap.postponing import postponed
from assessment.roadmap.problem import Problem
from assessment.roadmap.projecting import project
from assessment.roadmap.result import Roadmap, Slot
from assessment.roadmap.schedule import Schedule
from assessment.roadmap.search import MOVES, Keep, Search, search
from assessment.roadmap.shifting import placed, shifted
from assessment.roadmap.situation import Situation, situation, spread
from assessment.roadmap.stating import Stated, legal_weight
from assessment.roadmap.terms import Capacity, Wishes

PRICE_OF_CHANGE = 100
"""Moving one measure of a plan made before must gain at least one part in so many of what that plan gains."""


def plan(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    capacity: Capacity,
    wishes: Wishes | None = None,
    present: Roadmap | None = None,
    moves: int = MOVES,
) -> Roadmap:
    """Make the roadmap: deterministic, every measure placed or postponed with its reason.

    Args:
        questionnaire: what is asked and what can be done.
        sheet: checked answers.
        capacity: what there is to work with.
        wishes: goal, targets, and what is settled about single measures.
        present: a plan made before, in place of the one kept in the wishes; it is always a candidate, and what need not
            move stays where it was.
        moves: how long to search; the same input gives the same plan.
    """
    stated = with_pins(situation(questionnaire, sheet, capacity=capacity, wishes=wishes or Wishes()))
    before = stood(present) if present is not None else kept(stated)
    return told(*found_plan(stated, before=before, moves=moves))


Before = Mapping[str, tuple[int, int]]
"""A plan made before: begin and end of each measure, in half-months of the plan to be made."""


def stood(roadmap: Roadmap) -> Before:
    """Return where the measures of a plan stand."""
    return {slot.measure: (slot.begin, slot.end) for slot in roadmap.slots}


def kept(stated: Stated) -> Before:
    """Return where the measures of the plan that was kept stood."""
    here = stated.situation
    return {
        each.measure: (here.slot_of(each.begin), here.slot_of(each.end))
        for each in here.wishes.kept
        if each.end > each.begin
    }


class Made(NamedTuple):
    """A plan found for a problem."""

    stated: Stated
    made: Schedule


def found_plan(
    stated: Stated, *, before: Before | None = None, moves: int = MOVES, free: bool = False
) -> Made:
    """Search for a plan; the one made before is kept where nothing found gains more than its changes cost.

    Args:
        stated: what is to be planned.
        before: a plan made before.
        moves: how long to search.
        free: whether changes to it cost nothing.
    """
    there = {name: ends for name, ends in (before or {}).items() if name in stated.numbers}
    if not there:
        return Made(stated, shifted(stated.problem, search(stated.problem, moves=moves)))
    as_it_stood = _as_it_stood(stated, there)
    keep = _keep(stated, there, free=free)
    # as it stood, measures may take longer than they would now; the search goes on from its order, too
    order = sorted((stated.numbers[name] for name in there), key=lambda one: there[stated.measures[one].id])
    fresh = shifted(stated.problem, search(stated.problem, moves=moves, known=[order], keep=keep))
    if as_it_stood is None:
        return Made(stated, fresh)
    now = Search(as_it_stood.stated.problem, keep=keep).of(as_it_stood.made)
    return as_it_stood if now <= Search(stated.problem, keep=keep).of(fresh) else Made(stated, fresh)


def retold(questionnaire: Questionnaire, sheet: AnswerSheet, roadmap: Roadmap) -> Roadmap | None:
    """Return everything there is to say about a plan, found anew from where its measures begin; None if it cannot be.

    For a plan that another search, or a proof, has found: what it says of itself can be checked without finding it again.
    """
    here = situation(questionnaire, sheet, capacity=roadmap.capacity, wishes=roadmap.wishes)
    stated = with_pins(here)
    if any(name not in stated.numbers for name in stood(roadmap)):
        return None
    made = _as_it_stood(stated, stood(roadmap), fill=False)
    return told(*made) if made is not None else None


def _keep(stated: Stated, before: Before, *, free: bool) -> Keep:
    tasks = tuple(stated.numbers[name] for name in before)
    ends = tuple(end for _, end in before.values())
    if free:
        return Keep(tasks, ends, 0)
    simple = Search(stated.problem)
    gain = -simple.of(simple.filled(simple.scheduler.empty))[1]
    return Keep(tasks, ends, max(0, gain) // PRICE_OF_CHANGE)


def _as_it_stood(stated: Stated, before: Before, *, fill: bool = True) -> Made | None:
    """Return the plan made before as far as it is still wanted, with what now fits besides; None if it cannot be."""
    here = stated.situation
    lengths = dict(here.lengths)
    for name, (begin, end) in before.items():
        if name not in here.fixed and end - begin > here.length(stated.measures[stated.numbers[name]]):
            lengths[name] = end - begin
    slower = replace(here, lengths=lengths)
    problem = _with_lengths(stated.problem, slower)
    begins = {stated.numbers[name]: begin for name, (begin, _) in before.items() if name not in here.fixed}
    made = placed(problem, begins | problem.fixed)
    if made is None:
        return None
    return Made(
        replace(stated, situation=slower, problem=problem), Search(problem).filled(made) if fill else made
    )


def _with_lengths(problem: Problem, slower: Situation) -> Problem:
    tasks = tuple(
        replace(task, length=slower.lengths[task.name])
        if task.name in slower.lengths and task.name not in slower.fixed
        else task
        for task in problem.tasks
    )
    return replace(problem, tasks=tasks) if tasks != problem.tasks else problem


def told(stated: Stated, made: Schedule) -> Roadmap:
    """Return the plan with everything there is to say about it."""
    found = Found(stated, made, Search(stated.problem))
    slots = slots_of(found)
    here = stated.situation
    worth = found.worth(made)
    nothing = found.search.judge([0] * len(stated.problem.tasks), 0)
    projection = project(here, slots)
    gates = [cap.question for cap in here.questionnaire.caps if cap.question in here.reading.unknown]
    assumed = [name for slot in slots for measure in slot.assumes for name in here.reasons[measure].waits_for]
    total, roles = _load(here, slots)
    return Roadmap(
        capacity=here.capacity,
        wishes=here.wishes,
        slots=slots,
        postponed=postponed(found),
        clarify=tuple(dict.fromkeys([*gates, *assumed])),
        load=total,
        load_by_role=roles,
        projection=projection,
        obstacles=obstacles(found, projection),
        critical=critical(slots),
        delay=worth[0] // legal_weight(here),
        gain=nothing[1] - worth[1],
    )


def _load(here: Situation, slots: tuple[Slot, ...]) -> tuple[tuple[float, ...], dict[str, tuple[float, ...]]]:
    """Return the person-days by month, in all and by role."""
    months = here.capacity.months
    total = [0] * months
    roles = {role.id: [0] * months for role in here.questionnaire.planning.roles}
    for slot in slots:
        length = slot.end - slot.begin
        for row, days in [(total, slot.effort), *((roles[role], days) for role, days in slot.work.items())]:
            for month, amount in spread(round(days * 100), slot.begin, length).items():
                if month < months:
                    row[month] += amount
    return tuple(days / 100 for days in total), {
        role: tuple(days / 100 for days in row) for role, row in roles.items()
    }
