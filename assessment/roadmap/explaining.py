"""Why the plan is as it is: what each measure moves, unlocks and is worth, what holds it, how far it can slip."""

from dataclasses import dataclass

from assessment.questionnaire import Effort
from assessment.roadmap.gains import moved_by
from assessment.roadmap.problem import Objective, Problem
from assessment.roadmap.projecting import levels
from assessment.roadmap.result import Held, Rise, Slot, Why
from assessment.roadmap.schedule import Schedule
from assessment.roadmap.search import Search
from assessment.roadmap.shifting import Board
from assessment.roadmap.stating import Stated, legal_weight
from assessment.scoring import active_caps


@dataclass(frozen=True)
class Found:
    """A plan found, with what is needed to explain it."""

    stated: Stated
    made: Schedule
    search: Search

    @property
    def problem(self) -> Problem:
        """What was planned."""
        return self.stated.problem

    def worth(self, made: Schedule) -> Objective:
        """Return what a schedule is worth, no price for changes counted in."""
        return self.search.judge(made.in_effect, made.effort)

    def name(self, task: int) -> str:
        """Return the measure of a task."""
        return self.problem.tasks[task].name

    def names(self, tasks: list[int]) -> tuple[str, ...]:
        """Return the measures of tasks, by id."""
        return tuple(sorted(self.name(task) for task in tasks))


def slots_of(found: Found) -> tuple[Slot, ...]:
    """Return every measure of the plan with why it is in it and why then."""
    begins = found.made.begins(found.problem)
    board = Board(found.problem, found.made)
    moves = _moves(found, begins)
    nothing = found.search.judge([0] * len(found.problem.tasks), 0)
    whole = found.worth(found.made)
    gain = max(nothing[1] - whole[1], 1)
    slots = []
    for task, begin in begins.items():
        without = _without(found, task)
        held, held_by, role = _held(found, board, task, begin)
        slots.append(
            _slot(found, task, begin, moves[task]).model_copy(
                update={
                    "held_by": held,
                    "held_by_measures": held_by,
                    "held_by_role": role,
                    "worth": min(1.0, max(0.0, (without[1] - whole[1]) / gain)),
                    "cap_months": max(0, _months(found, without) - _months(found, whole)),
                    "slack": board.latest(task) - begin,
                }
            )
        )
    return tuple(sorted(slots, key=lambda slot: (slot.begin, slot.end, slot.measure)))


def _months(found: Found, worth: Objective) -> int:
    """Return the months that caps stay in force, legal and others, no weights counted."""
    legal, others = divmod(worth[0], legal_weight(found.stated.situation))
    return legal + others


@dataclass(frozen=True)
class _Moved:
    """What a measure brings when it takes effect."""

    questions: tuple[str, ...]
    lifts: tuple[str, ...]
    raises: tuple[Rise, ...]


def _moves(found: Found, begins: dict[int, int]) -> dict[int, _Moved]:
    """Return what each measure moves, lifts and raises, in the order in which they take effect."""
    situation = found.stated.situation
    questionnaire, worths = situation.questionnaire, dict(situation.begun)
    tasks = found.problem.tasks
    order = sorted(begins, key=lambda one: (begins[one] + tasks[one].length + tasks[one].lag, one))
    done, moves = [], {}
    before = levels(questionnaire, situation, worths)
    caps = {cap.id for cap in active_caps(questionnaire, worths)}
    depth = {name: len(questionnaire.path(name)) for name in questionnaire.sections_by_id}
    for task in order:
        done.append(found.stated.measures[task])
        moved = {
            name: worth
            for name, worth in moved_by(questionnaire, situation.begun, done).items()
            if worth != worths.get(name)
        }
        worths.update(moved)
        after = levels(questionnaire, situation, worths) if moved else before
        left = {cap.id for cap in active_caps(questionnaire, worths)} if moved else caps
        raises = [
            Rise(section=name, to=level)
            for name, level in after.items()
            if level is not None and before[name] is not None and level > (before[name] or 0)
        ]
        moves[task] = _Moved(
            tuple(sorted(moved)),
            tuple(sorted(caps - left)),
            tuple(sorted(raises, key=lambda rise: (depth[rise.section], rise.section))),
        )
        before, caps = after, left
    return moves


def _slot(found: Found, task: int, begin: int, moved: _Moved) -> Slot:
    situation, item = found.stated.situation, found.problem.tasks[task]
    measure = found.stated.measures[task]
    effort: Effort = situation.effort(measure)
    ends = found.made.ends
    end = begin + situation.length(measure)
    return Slot(
        measure=measure.id,
        begin=begin,
        end=end,
        works_from=end + situation.adoption(measure),
        effort=effort.middle,
        effort_low=effort.low,
        effort_high=effort.high,
        work={role: effort.middle * share / 100 for role, share in measure.work.items()},
        cost=situation.cost(measure),
        lead=item.lead,
        stretched=measure.id not in situation.running and item.length > situation.usual_length(measure),
        why=_why(found, measure.id, moved),
        moves=moved.questions,
        lifts=moved.lifts,
        raises=moved.raises,
        waits_for=found.names([one for one in item.after if ends[one] >= 0]),
        unlocks=found.names([one for one in found.problem.followers[task] if ends[one] >= 0]),
        assumes=tuple(
            sorted(
                name
                for name in measure.requires
                if name in situation.reasons and situation.reasons[name].reason == "unclear"
            )
        ),
    )


def _why(found: Found, measure: str, moved: _Moved) -> Why:
    situation = found.stated.situation
    if measure in situation.running:
        return "running"
    if moved.lifts:
        return "cap"
    if measure in situation.pinned:
        return "pinned"
    if not moved.questions:
        return "prerequisite"
    return "quick_win" if measure in situation.questionnaire.quick_wins else "value"


def _without(found: Found, task: int) -> Objective:
    """Return what the plan would be worth without a measure and those that need it, its room given to others."""
    gone = found.problem.dependants[task]
    if task in found.problem.fixed:
        in_effect = [0 if one in gone else left for one, left in enumerate(found.made.in_effect)]
        return found.search.judge(in_effect, found.made.effort)
    order = [one for one in found.made.order if one not in gone]
    made = found.search.scheduler.schedule(order)
    return found.worth(found.search.filled(made, barred=gone))


def _held(found: Found, board: Board, task: int, begin: int) -> tuple[Held, tuple[str, ...], str | None]:
    """Return what keeps a measure from beginning earlier."""
    situation, name = found.stated.situation, found.name(task)
    item = found.problem.tasks[task]
    if name in situation.running:
        return "running", (), None
    if name in situation.pinned:
        return "pinned", (), None
    ready = board.ready(task)
    if begin <= ready:
        last = max([board.end(one) for one in item.after if one in board.begins], default=0)
        before = [one for one in item.after if one in board.begins and board.end(one) == last]
        if item.lead and begin:
            return "lead", found.names(before), None
        return ("prerequisite", found.names(before), None) if before else ("start", (), None)
    board.take(task)
    try:
        if board.fits(task, begin - 1):
            return "in_time", (), None
        lanes = found.problem.lanes
        left = (board.room - found.problem.loads[task][begin - 1]) & lanes.guards
        full = (left ^ lanes.guards).bit_length() - 1
        period, resource = divmod(full // lanes.width, lanes.resources)
        busy = [
            one
            for one in board.begins
            if one != task and found.problem.load(one, board.begins[one]).get((period, resource))
        ]
        if resource == 0:
            return "capacity", found.names(busy), None
        return "role", found.names(busy), found.stated.roles[resource - 1]
    finally:
        board.put(task, begin)


def critical(slots: tuple[Slot, ...]) -> tuple[str, ...]:
    """Return the chain of measures that decides when the plan ends, first to last."""
    by_measure = {slot.measure: slot for slot in slots}
    if not slots:
        return ()
    last = max(slots, key=lambda slot: (slot.works_from, slot.measure))
    chain = [last]
    while True:
        now = chain[0]
        # what holds a measure for want of room may still run beside it, in a month that is full
        names = now.held_by_measures or now.waits_for
        before = [by_measure[name] for name in names if by_measure[name].begin < now.begin]
        if now.held_by in ("start", "running", "pinned") or not before:
            return tuple(slot.measure for slot in chain)
        ended = [slot for slot in before if slot.end <= now.begin] or before
        chain.insert(0, max(ended, key=lambda slot: (slot.end, slot.measure)))
