"""Pinned measures: they stand where they were pinned, with what they need before them, as far as that can be."""

from math import ceil

from assessment.roadmap.result import Obstacle
from assessment.roadmap.schedule import Scheduler
from assessment.roadmap.situation import Situation
from assessment.roadmap.stating import Stated, state
from assessment.roadmap.terms import SLOTS_PER_MONTH


def with_pins(found: Situation) -> Stated:
    """Return the situation as a problem in which pinned measures stand where they were pinned, as far as they can.

    What a pinned measure needs is placed before it at the first chance. A pin that cannot hold is told, with what would have
    to give, and the measure is planned like any other.
    """
    by_id = found.questionnaire.measures_by_id
    wanted = sorted(
        (found.slot_of(each.begin) if each.begin is not None else 0, each.measure)
        for each in found.wishes.commitments
        if each.standing == "pinned" and each.measure in by_id and each.measure not in found.reasons
    )
    pinned: set[str] = set()
    for begin, name in wanted:
        before = dict(found.fixed)
        obstacle = _pin(found, name, max(begin, 0))
        if obstacle is None:
            pinned.add(name)
        else:
            found.fixed = before
            found.obstacles.append(obstacle)
    found.pinned = frozenset(pinned)
    return state(found)


def _pin(found: Situation, name: str, begin: int) -> Obstacle | None:
    """Fix a measure and what it needs; return what stands in the way, if anything does."""
    stated = state(found)
    problem, number = stated.problem, stated.numbers[name]
    task = problem.tasks[number]
    if begin + task.length > problem.slots:
        first = max(0, problem.slots - task.length)
        months = ceil((begin + task.length) / SLOTS_PER_MONTH)
        return Obstacle(kind="pin_after_horizon", measure=name, begin=first, fits_months=months)
    scheduler = Scheduler(problem)
    before = scheduler.schedule([one for one in problem.chains[number] if one != number])
    missing = [one for one in task.after if before.ends[one] < 0]
    ready = max([before.ends[one] for one in task.after if before.ends[one] >= 0], default=0) + task.lead
    if missing or ready > begin:
        late = missing or [one for one in task.after if before.ends[one] + task.lead > begin]
        return Obstacle(
            kind="pin_too_early",
            measure=name,
            waits_for=tuple(problem.tasks[one].name for one in late),
            begin=None if missing else ready,
        )
    room = before.room[-1]
    if number not in problem.possible or scheduler.first_begin(number, room, begin) != begin:
        later = scheduler.first_begin(number, room, begin) if number in problem.possible else -1
        return Obstacle(kind="pin_over_capacity", measure=name, begin=later if later >= 0 else None)
    found.fixed[name] = begin
    for one in before.order:
        found.fixed[problem.tasks[one].name] = before.ends[one] - problem.tasks[one].length
    return None
