"""An organisation's situation stated as a problem: which measures can be planned, what they take, what they are worth.

What is done counts as done, what runs takes its room, what is pinned stands where it was pinned if it can. A measure that
would take more days a month than there are takes longer instead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from assessment.answers import AnswerSheet, all_hold
from assessment.questionnaire import Cap, Effort, Measure, Questionnaire
from assessment.roadmap.gains import effort_factor, moved_by
from assessment.roadmap.problem import SHARE_BEYOND_TARGET, Effect, Goalpost, Problem, Steps, Task
from assessment.roadmap.result import Obstacle, Postponed
from assessment.roadmap.schedule import Scheduler
from assessment.roadmap.terms import SLOTS_PER_MONTH, Capacity, Commitment, Wishes
from assessment.roadmap.worth import height, serving, shares
from assessment.scoring import Reading, active_caps, counted, evaluate, read
from assessment.values import TOLERANCE

WEEKS_PER_SLOT = 52 / 24

HUNDREDTHS = 100
"""Effort is planned in hundredths of a person-day."""

WHOLE = 10_000_000 * SHARE_BEYOND_TARGET
"""What the whole index from end to end is worth for a month."""


@dataclass
class Situation:
    """Whose plan it is, and what stands before anything is planned."""

    questionnaire: Questionnaire
    sheet: AnswerSheet
    capacity: Capacity
    wishes: Wishes
    reading: Reading
    today: dict[str, float]
    """Worths that count today."""
    begun: dict[str, float]
    """The same with what finished measures are expected to have brought."""
    factor: float
    reasons: dict[str, Postponed] = field(default_factory=dict)
    """Measures that need not or must not be planned."""
    obstacles: list[Obstacle] = field(default_factory=list)
    fixed: dict[str, int] = field(default_factory=dict)
    """Begins that stand: running and pinned measures, and what pinned ones need."""
    running: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    lengths: dict[str, int] = field(default_factory=dict)
    """Half-months of measures that take another time than usual."""
    remaining: dict[str, float] = field(default_factory=dict)
    """Of running measures, the share of the effort that is left."""

    def effort(self, measure: Measure) -> Effort:
        """Return what a measure takes here, in person-days."""
        own = self.wishes.efforts.get(measure.id)
        if own is not None:
            return own
        left = self.factor * self.remaining.get(measure.id, 1.0)
        return Effort(low=measure.effort.low * left, high=measure.effort.high * left)

    def candidates(self) -> list[Measure]:
        """Return the measures that can be planned, in the order of the questionnaire."""
        return [m for m in self.questionnaire.measures if m.id not in self.reasons]

    def slot_of(self, day: date) -> int:
        """Return the half-month of a day, counted from the start of the plan; negative before it."""
        start = self.capacity.start
        months = (day.year - start.year) * 12 + day.month - start.month
        return months * SLOTS_PER_MONTH + (day.day > 15)

    def length(self, measure: Measure) -> int:
        """Return the half-months a measure takes: its weeks, or as many as its effort needs within a month's days."""
        if measure.id in self.lengths:
            return self.lengths[measure.id]
        limits = [(self.capacity.per_month, 1.0)]
        limits += [
            (days, measure.work.get(role, 0) / 100)
            for role, days in self.capacity.roles.items()
            if measure.work
        ]
        length = self.usual_length(measure)
        effort = self.effort(measure).middle
        for days, share in limits:
            load = effort * share
            if load > TOLERANCE and days > TOLERANCE:
                room = hundredths(days)
                while _busiest(round(load * HUNDREDTHS), length) > room and length < self.slots:
                    length += 1
        return length

    def usual_length(self, measure: Measure) -> int:
        """Return the half-months of a measure's weeks."""
        return slots_of_weeks(measure.weeks)

    def adoption(self, measure: Measure) -> int:
        """Return the half-months after a measure until it takes effect."""
        return slots_of_weeks(measure.adoption)

    @property
    def slots(self) -> int:
        """The half-months of the horizon."""
        return self.capacity.months * SLOTS_PER_MONTH

    def lead(self, measure: Measure) -> int:
        """Return the half-months before a measure in which somebody is asked or waited for."""
        if measure.lead is None or measure.id in self.running:
            return 0
        applies = all_hold(measure.lead.applies_if, self.questionnaire, self.sheet) is not False
        return slots_of_weeks(measure.lead.weeks) if applies else 0

    def cost(self, measure: Measure) -> float:
        """Return the external cost that the budget is charged with."""
        classes = self.questionnaire.planning.money
        return classes[measure.cost - 1].middle if classes else 0.0


def slots_of_weeks(weeks: float) -> int:
    """Return the half-months that weeks take, one at least unless there are none."""
    return max(1, ceil(weeks / WEEKS_PER_SLOT - TOLERANCE)) if weeks else 0


def _busiest(effort: int, length: int) -> int:
    """Return the most that a month takes of an effort spread over half-months, begun where that is least."""
    return min(max(spread(effort, begin, length).values()) for begin in range(SLOTS_PER_MONTH))


# ── what is settled ──────────────────────────────────────────────────────────────────────────────────────────────────


def situation(
    questionnaire: Questionnaire, sheet: AnswerSheet, *, capacity: Capacity, wishes: Wishes
) -> Situation:
    """Return what stands before anything is planned."""
    reading = read(questionnaire, sheet)
    today = counted(questionnaire, reading)
    by_id = questionnaire.measures_by_id
    settled = [each for each in wishes.commitments if each.measure in by_id]
    done = [by_id[each.measure] for each in settled if each.standing == "done"]
    found = Situation(
        questionnaire,
        sheet,
        capacity,
        wishes,
        reading,
        today=today,
        begun={**today, **moved_by(questionnaire, today, done)},
        factor=effort_factor(questionnaire, sheet),
    )
    found.obstacles += [
        Obstacle(kind="commitment_unknown", measure=each.measure)
        for each in wishes.commitments
        if each.measure not in by_id
    ]
    roles = {role.id for role in questionnaire.planning.roles}
    found.obstacles += [
        Obstacle(kind="role_unknown", role=role) for role in capacity.roles if role not in roles
    ]
    found.obstacles += [
        Obstacle(kind="target_unknown", section=name)
        for name in wishes.targets
        if name not in questionnaire.sections_by_id
    ]
    found.running = frozenset(each.measure for each in settled if each.standing == "running")
    open_ = reading.missing | reading.unsettled
    for measure in questionnaire.measures:
        each = wishes.of(measure.id)
        standing = each.standing if each is not None else None
        if standing == "done":
            found.reasons[measure.id] = Postponed(measure=measure.id, reason="done")
        elif standing == "dropped":
            found.reasons[measure.id] = Postponed(measure=measure.id, reason="dropped")
        elif standing != "running":
            reason = not_needed(found, measure, open_)
            if reason is not None:
                found.reasons[measure.id] = reason
                if standing == "pinned":
                    found.obstacles.append(Obstacle(kind="pin_not_needed", measure=measure.id))
    for each in settled:
        if each.standing == "running":
            _run(found, by_id[each.measure], each)
    return found


def _run(found: Situation, measure: Measure, commitment: Commitment) -> None:
    """Let a running measure go on: from the start of the plan to its end, with the share of its effort that is left."""
    usual = slots_of_weeks(measure.weeks)
    begin = found.slot_of(commitment.begin) if commitment.begin is not None else 0
    end = found.slot_of(commitment.end) + 1 if commitment.end is not None else begin + usual
    if begin >= found.slots:
        found.reasons[measure.id] = Postponed(measure=measure.id, reason="horizon")
        found.running -= {measure.id}
        return
    if begin >= 0:  # it has not begun when the plan starts
        found.fixed[measure.id], found.lengths[measure.id] = begin, max(1, end - begin)
        return
    left = max(1, end)
    found.fixed[measure.id], found.lengths[measure.id] = 0, left
    found.remaining[measure.id] = min(1.0, left / max(left - begin, 1))


def not_needed(found: Situation, measure: Measure, open_: Iterable[str]) -> Postponed | None:
    """Return why a measure need not be planned; None if it may be."""
    questionnaire, sheet = found.questionnaire, found.sheet
    if all_hold(measure.applies_if, questionnaire, sheet) is False:
        return Postponed(measure=measure.id, reason="not_applicable")
    questions = {effect.question for effect in measure.effects}
    if any(is_below(found, measure, question) for question in questions):
        return None
    unclear = tuple(sorted(questions & set(open_)))
    if unclear:
        return Postponed(measure=measure.id, reason="unclear", waits_for=unclear)
    if sheet.short and any(not questionnaire.questions_by_id[name].short for name in questions):
        return Postponed(measure=measure.id, reason="not_asked")
    known = questions & set(found.begun)
    return Postponed(measure=measure.id, reason="no_gap" if known else "not_applicable")


def is_below(found: Situation, measure: Measure, question: str) -> bool:
    """Say whether a question stands below where the measure leads it."""
    worth = found.begun.get(question)
    asked = found.questionnaire.questions_by_id[question]
    return worth is not None and any(
        worth < asked.worth(effect.to) - TOLERANCE
        for effect in measure.effects
        if effect.question == question
    )


# ── the problem ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Stated:
    """A situation as a problem, with what its numbers stand for."""

    situation: Situation
    problem: Problem
    measures: tuple[Measure, ...]
    """By task."""
    numbers: dict[str, int]
    """Task by measure."""
    roles: tuple[str, ...]
    """The roles that stand behind the total, resource by resource."""


def state(found: Situation) -> Stated:
    """Return the situation as a problem, with pinned measures where they can stand."""
    measures = found.candidates()
    numbers = {measure.id: number for number, measure in enumerate(measures)}
    roles = tuple(role.id for role in found.questionnaire.planning.roles if role.id in found.capacity.roles)
    questions, steps, worth_to_step = _questions(found, measures)
    problem = Problem(
        tasks=tuple(_task(found, measure, numbers, questions, worth_to_step, roles) for measure in measures),
        room=_room(found, measures, roles),
        slots_per_period=SLOTS_PER_MONTH,
        budget=_budget(found),
        questions=steps,
        caps=_caps(found, questions, worth_to_step),
        targets=_targets(found),
        barred=_barred(found, measures, numbers),
        fixed={numbers[name]: begin for name, begin in found.fixed.items() if name in numbers},
    )
    return Stated(found, problem, tuple(measures), numbers, roles)


def _barred(found: Situation, measures: list[Measure], numbers: Mapping[str, int]) -> frozenset[int]:
    """Return the measures that need one that is not wanted."""
    dropped = {name for name, reason in found.reasons.items() if reason.reason == "dropped"}
    return frozenset(
        numbers[measure.id]
        for measure in measures
        if set(measure.requires) & dropped and measure.id not in found.running
    )


def _budget(found: Situation) -> int | None:
    known = found.capacity.budget is not None and found.questionnaire.planning.money
    return int(found.capacity.budget or 0) if known else None


def _task(
    found: Situation,
    measure: Measure,
    numbers: Mapping[str, int],
    questions: Mapping[str, int],
    worth_to_step: Mapping[str, list[float]],
    roles: tuple[str, ...],
) -> Task:
    effects = []
    for effect in measure.effects:
        if effect.question in questions and is_below(found, measure, effect.question):
            asked, rises = (
                found.questionnaire.questions_by_id[effect.question],
                worth_to_step[effect.question],
            )
            needs = 0 if effect.needs is None else _step(rises, asked.worth(effect.needs))
            to = _step(rises, asked.worth(effect.to))
            if to > needs:
                effects.append(Effect(questions[effect.question], needs, to))
    running = measure.id in found.running
    length, lag = found.length(measure), found.adoption(measure)
    if running and (beyond := found.fixed[measure.id] + length - found.slots) > 0:
        length, lag = length - beyond, lag + beyond  # it ends after the horizon
    return Task(
        name=measure.id,
        length=length,
        # what runs takes its room before all else, be there enough or not
        work=(0,) * (1 + len(roles)) if running else _work(found, measure, roles),
        after=() if running else tuple(numbers[name] for name in measure.requires if name in numbers),
        lead=found.lead(measure),
        lag=lag,
        cost=0 if running else round(found.cost(measure)),
        effects=tuple(effects),
    )


def _work(found: Situation, measure: Measure, roles: tuple[str, ...]) -> tuple[int, ...]:
    total = round(found.effort(measure).middle * HUNDREDTHS)
    return (total, *(round(total * measure.work.get(role, 0) / 100) for role in roles))


def _step(rises: list[float], worth: float) -> int:
    """Return the step that stands for a worth: 0 for what is reached already."""
    return sum(rise <= worth + TOLERANCE for rise in rises)


def _questions(
    found: Situation, measures: list[Measure]
) -> tuple[dict[str, int], tuple[Steps, ...], dict[str, list[float]]]:
    """Return the questions that measures raise, numbered; what each step counts; and the worth of each step."""
    rises: dict[str, set[float]] = {}
    for measure in measures:
        for effect in measure.effects:
            now = found.begun.get(effect.question)
            if now is None:
                continue
            asked = found.questionnaire.questions_by_id[effect.question]
            values = [effect.to] if effect.needs is None else [effect.needs, effect.to]
            above = {worth for value in values if (worth := asked.worth(value)) > now + TOLERANCE}
            rises.setdefault(effect.question, set()).update(above)
    for cap in _open_caps(found):
        if cap.question in rises:
            asked = found.questionnaire.questions_by_id[cap.question]
            rises[cap.question].add(asked.worth(cap.below))
    ordered = {name: sorted(worths) for name, worths in rises.items() if worths}
    questions, _ = shares(found.questionnaire, found.begun)
    parts = _parts(found)
    steps = []
    for name, worths in ordered.items():
        part = parts.get(name, 0)
        below, amounts = found.begun[name], []
        for worth in worths:
            counts = worth - below if part else _counts(found, name, below, worth)
            amounts.append(round(questions.get(name, 0.0) * counts * WHOLE / SHARE_BEYOND_TARGET))
            below = worth
        steps.append(Steps(tuple(amount * SHARE_BEYOND_TARGET for amount in amounts), part))
    return {name: number for number, name in enumerate(ordered)}, tuple(steps), ordered


def _counts(found: Situation, question: str, low: float, high: float) -> float:
    """Return how much a step counts: the weakest first, and the goal's more; at most as much as in the index itself."""
    counts = height(found.questionnaire, low, high)
    goal, factor = found.wishes.goal, found.questionnaire.planning.goal_factor
    if goal is None:
        return counts
    return counts * (1 + (factor - 1) * serving(found.questionnaire, question, high, goal)) / factor


def _targeted(found: Situation) -> list[str]:
    """Return the sections with a target, those nearest to the questions first."""
    known = [name for name in found.wishes.targets if name in found.questionnaire.sections_by_id]
    return sorted(known, key=lambda name: (-len(found.questionnaire.path(name)), name))


def _parts(found: Situation) -> dict[str, int]:
    """Return for each question below a section with a target the number of its part; others belong to part 0."""
    parts: dict[str, int] = {}
    for number, name in enumerate(_targeted(found), start=1):
        for question in found.questionnaire.sections_by_id[name].all_questions():
            parts.setdefault(question.id, number)
    return parts


def _targets(found: Situation) -> tuple[int | None, ...]:
    """Return how much the questions of each part may add before its target is reached; part 0 has none."""
    nodes = evaluate(found.questionnaire, found.begun, missing=found.reading.missing)
    _, sections = shares(found.questionnaire, found.begun)
    targets: list[int | None] = [None]
    for name in _targeted(found):
        node = nodes[name]
        wide = node.high - node.low
        missing = (found.wishes.targets[name] - (node.value or node.low)) / wide if wide else 0.0
        amount = round(max(0.0, missing) * sections.get(name, 0.0) * WHOLE / SHARE_BEYOND_TARGET)
        targets.append(amount * SHARE_BEYOND_TARGET)
    return tuple(targets)


def _open_caps(found: Situation) -> list[Cap]:
    """Return the caps that apply because of an answer that measures could raise."""
    return [
        cap
        for cap in active_caps(found.questionnaire, found.begun, unknown=found.reading.unknown)
        if cap.question in found.begun
    ]


def _caps(
    found: Situation, questions: Mapping[str, int], worth_to_step: Mapping[str, list[float]]
) -> tuple[Goalpost, ...]:
    """Return the caps that measures can lift; no number of others outweighs a legal one."""
    caps = [cap for cap in _open_caps(found) if cap.question in questions]
    legal = found.questionnaire.legal_caps
    return tuple(
        Goalpost(
            questions[cap.question],
            _step(
                worth_to_step[cap.question],
                found.questionnaire.questions_by_id[cap.question].worth(cap.below),
            ),
            legal_weight(found) if cap.id in legal else 1,
        )
        for cap in caps
    )


def legal_weight(found: Situation) -> int:
    """Return what a month with a legal cap counts, in months with another one: more than all others together."""
    others = [cap for cap in _open_caps(found) if cap.id not in found.questionnaire.legal_caps]
    return len(others) * found.capacity.months + 1


def _room(found: Situation, measures: list[Measure], roles: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Return the days there are by resource and month, without what running measures take."""
    capacity = found.capacity
    months = range(capacity.months)
    rows = [[hundredths(capacity.in_month(month)) for month in months]]
    rows += [
        [hundredths(capacity.roles[role] * capacity.share_of_month(month)) for month in months]
        for role in roles
    ]
    for measure in measures:
        if measure.id in found.running:
            for resource, efforts in enumerate(_work(found, measure, roles)):
                for month, taken in spread(efforts, found.fixed[measure.id], found.length(measure)).items():
                    if month < capacity.months:
                        rows[resource][month] -= taken
                        if rows[resource][month] < 0:
                            rows[resource][month] = 0
                            _tell_overload(found, measure, None if resource == 0 else roles[resource - 1])
    return tuple(map(tuple, rows))


def _tell_overload(found: Situation, measure: Measure, role: str | None) -> None:
    obstacle = Obstacle(kind="running_over_capacity", measure=measure.id, role=role)
    if obstacle not in found.obstacles:
        found.obstacles.append(obstacle)


def hundredths(days: float) -> int:
    """Return person-days as whole hundredths, rounded down."""
    return int(days * HUNDREDTHS + TOLERANCE)


def spread(effort: int, begin: int, length: int) -> dict[int, int]:
    """Return the effort by month, spread evenly over half-months."""
    each, rest = divmod(effort, length)
    months: dict[int, int] = {}
    for slot in range(length):
        month = (begin + slot) // SLOTS_PER_MONTH
        months[month] = months.get(month, 0) + each + (slot < rest)
    return months


# ── pins ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


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
