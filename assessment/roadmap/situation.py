"""What stands before anything is planned: the answers as they count, what is settled about measures, which need not be done.

What is done counts as done, what runs goes on. A measure that would take more days a month than there are takes longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from assessment.answers import AnswerSheet, all_hold
from assessment.questionnaire import Effort, Measure, Questionnaire
from assessment.roadmap.gains import effort_factor, moved_by
from assessment.roadmap.result import Obstacle, Postponed
from assessment.roadmap.terms import SLOTS_PER_MONTH, Capacity, Commitment, Wishes, slot_of
from assessment.scoring import Reading, counted, read
from assessment.values import TOLERANCE

WEEKS_PER_SLOT = 52 / 24

HUNDREDTHS = 100
"""Effort is planned in hundredths of a person-day."""


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
        return slot_of(self.capacity.start, day)

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
    done = [_expected(by_id[each.measure], each, sheet) for each in settled if each.standing == "done"]
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


def _expected(measure: Measure, commitment: Commitment, sheet: AnswerSheet) -> Measure:
    """Return a finished measure with what it is expected to bring: an answer given after its end knows what it brought."""
    answers, end = sheet.by_question, commitment.end

    def is_known(question: str) -> bool:
        given = answers.get(question)
        return end is not None and given is not None and given.at is not None and given.at.date() > end

    effects = tuple(effect for effect in measure.effects if not is_known(effect.question))
    return measure.model_copy(update={"effects": effects})


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
