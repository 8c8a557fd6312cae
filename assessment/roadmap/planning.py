"""The plan: stated, searched, put in order, explained."""

from dataclasses import replace
from typing import NamedTuple

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.roadmap.explaining import Found, critical, slots_of
from assessment.roadmap.obstacles import obstacles
from assessment.roadmap.postponing import postponed
from assessment.roadmap.problem import Problem
from assessment.roadmap.projecting import project
from assessment.roadmap.result import Roadmap, Slot
from assessment.roadmap.schedule import NEVER, Schedule
from assessment.roadmap.search import MOVES, Keep, Search, search
from assessment.roadmap.shifting import placed, shifted
from assessment.roadmap.stating import Situation, Stated, legal_weight, situation, spread, with_pins
from assessment.roadmap.terms import Capacity, Wishes

PRICE_OF_CHANGE = 500
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
        present: a plan made before; it is always a candidate, and what need not move stays where it was.
        moves: how long to search; the same input gives the same plan.
    """
    stated = with_pins(situation(questionnaire, sheet, capacity=capacity, wishes=wishes or Wishes()))
    return told(*found_plan(stated, present=present, moves=moves))


class Made(NamedTuple):
    """A plan found for a problem."""

    stated: Stated
    made: Schedule


def found_plan(stated: Stated, *, present: Roadmap | None = None, moves: int = MOVES) -> Made:
    """Search for a plan; the one made before is kept where nothing found gains more than its changes cost."""
    if present is None or not present.slots:
        return Made(stated, shifted(stated.problem, search(stated.problem, moves=moves)))
    kept = _as_it_stood(stated, present)
    # as it stood, measures may take longer than they would now; then the search goes on from its order, too
    order = _order(stated, present)
    keep = _keep(stated, present)
    fresh = shifted(stated.problem, search(stated.problem, moves=moves, known=[order], keep=keep))
    if kept is None:
        return Made(stated, fresh)
    before, after = Search(kept.stated.problem), Search(stated.problem, keep=keep)
    return kept if before.of(kept.made) <= after.of(fresh) else Made(stated, fresh)


def _order(stated: Stated, present: Roadmap) -> list[int]:
    return [stated.numbers[slot.measure] for slot in present.slots if slot.measure in stated.numbers]


def _keep(stated: Stated, present: Roadmap) -> Keep:
    ends = [NEVER] * len(stated.problem.tasks)
    for slot in present.slots:
        if slot.measure in stated.numbers:
            ends[stated.numbers[slot.measure]] = slot.end
    return Keep(ends, present.gain // PRICE_OF_CHANGE)


def _as_it_stood(stated: Stated, present: Roadmap) -> Made | None:
    """Return the plan made before as far as it is still wanted, with what now fits besides; None if it cannot be."""
    begins = {slot.measure: slot for slot in present.slots if slot.measure in stated.numbers}
    lengths = dict(stated.situation.lengths)
    for name, slot in begins.items():
        measure = stated.measures[stated.numbers[name]]
        if name not in stated.situation.fixed and slot.end - slot.begin > stated.situation.length(measure):
            lengths[name] = slot.end - slot.begin
    slower = replace(stated.situation, lengths=lengths)
    problem = _with_lengths(stated.problem, stated, slower)
    made = placed(
        problem,
        {stated.numbers[name]: slot.begin for name, slot in begins.items() if name not in slower.fixed}
        | problem.fixed,
    )
    if made is None:
        return None
    return Made(replace(stated, situation=slower, problem=problem), Search(problem).filled(made))


def _with_lengths(problem: Problem, stated: Stated, slower: Situation) -> Problem:
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
