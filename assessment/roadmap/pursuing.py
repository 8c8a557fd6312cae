"""What became of a plan: which of its measures are done, run, wait or were dropped, how late, and whether the answers moved."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from assessment.answers import AnswerSheet
from assessment.questionnaire import Effect, Measure, Questionnaire
from assessment.roadmap.gains import effort_factor
from assessment.roadmap.result import Roadmap
from assessment.roadmap.terms import Aim, Commitment, Day, Terms, Tracking, Wishes, first_day
from assessment.scoring import read
from assessment.values import TOLERANCE, Id, Model, Written

Stage = Literal["done", "running", "waiting", "dropped"]
"""Where a measure is: finished, under way, not begun, not wanted any more."""

STAGES: tuple[Stage, ...] = ("done", "running", "waiting", "dropped")

Movement = Literal["reached", "closer", "same", "lower", "short", "not_asked"]
"""What became of an answer that a finished measure was to raise: it is where it should be; nearer; as it was; lower; below
where it should be, and nothing is known to compare with; not answered since the measure was finished."""


class Moved(Model):
    """A question that a finished measure was to raise."""

    question: Id
    movement: Movement


class Pursued(Model):
    """One measure of the plan that is followed up."""

    measure: Id
    stage: Stage
    owner: Written = ""
    note: Written = ""
    aimed_begin: Day | None = None
    aimed_end: Day | None = None
    """First and last day in the plan that was kept; none: it was not in it."""
    begin: Day | None = None
    end: Day | None = None
    """When it began, and when it was finished or dropped; of a running measure, when it is expected to be finished."""
    late: int | None = None
    """Days behind the plan that was kept, negative: ahead of it. Of a finished measure by its last day, of a running one by the
    day that is expected or today, of a waiting one by its first day. None: not known, or dropped."""
    days: float
    """Person-days that it was to take."""
    moved: tuple[Moved, ...] = ()
    """Of a finished measure."""

    @property
    def is_late(self) -> bool:
        """Whether it is behind the plan."""
        return self.late is not None and self.late > 0

    @property
    def was_planned(self) -> bool:
        """Whether it was in the plan that was kept."""
        return self.aimed_end is not None


class Pursuit(Model):
    """What became of a plan, as of a day."""

    as_of: Day
    kept_on: Day | None = None
    rows: tuple[Pursued, ...]
    """First what was in the plan that was kept, in its order; then the rest, in the order of the questionnaire."""

    def at(self, stage: Stage) -> tuple[Pursued, ...]:
        """Return the measures at a stage."""
        return tuple(row for row in self.rows if row.stage == stage)

    @property
    def planned(self) -> tuple[Pursued, ...]:
        """The measures of the plan that was kept."""
        return tuple(row for row in self.rows if row.was_planned)

    @property
    def late(self) -> tuple[Pursued, ...]:
        """Those that are not finished and behind the plan."""
        return tuple(row for row in self.rows if row.is_late and row.stage in ("running", "waiting"))

    @property
    def days(self) -> float:
        """Person-days of the plan that was kept; of everything followed up, where none was."""
        return sum(row.days for row in self.planned or self.rows)

    @property
    def days_done(self) -> float:
        """Person-days of what is done, out of `days`."""
        return sum(row.days for row in self.planned or self.rows if row.stage == "done")

    def of_owner(self, owner: str) -> "Pursuit":
        """Return only what somebody answers for."""
        return self.model_copy(update={"rows": tuple(row for row in self.rows if row.owner.strip() == owner)})


Pursuing = Annotated[Pursuit | None, Field(exclude_if=lambda pursuit: pursuit is None)]
"""Written only where a plan is followed up."""


class Before(NamedTuple):
    """The answers of the time before."""

    questionnaire: Questionnaire
    sheet: AnswerSheet


def aims(roadmap: Roadmap, tracking: Tracking) -> tuple[Aim, ...]:
    """Return where measures are to stand when this plan is kept; what is finished or dropped stays where it was to stand."""
    start = roadmap.capacity.start
    found = []
    for slot in roadmap.slots:
        before = tracking.aim(slot.measure) if slot.why == "running" else None
        begun = roadmap.wishes.of(slot.measure)
        begin = begun.begin if slot.why == "running" and begun else None
        found.append(
            Aim(
                measure=slot.measure,
                begin=before.begin if before else begin or first_day(start, slot.begin),
                end=first_day(start, slot.end) - timedelta(days=1),
                days=before.days if before else slot.effort,  # of what runs, the slot has what is left
            )
        )
    here = {each.measure for each in found}
    over = [
        aim
        for aim in tracking.aims
        if aim.measure not in here and _stage(roadmap.wishes.of(aim.measure)) in ("done", "dropped")
    ]
    return (*over, *found)


def to_follow_up(terms: Terms, roadmap: Roadmap, *, held_on: date) -> Terms:
    """Return the terms for the assessment after this one: with the plan as it stood here, if it is followed up and none was kept."""
    if terms.tracking.aims or terms.wishes.kept or not terms.is_followed_up:
        return terms
    kept = {"aims": aims(roadmap, terms.tracking), "kept_on": held_on}
    return terms.model_copy(update={"tracking": terms.tracking.model_copy(update=kept)})


def pursue(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    wishes: Wishes,
    tracking: Tracking,
    as_of: date,
    before: Before | None = None,
) -> Pursuit | None:
    """Return what became of the plan; None where nothing is followed up.

    Args:
        questionnaire: the one of the answers.
        sheet: the answers now.
        wishes: what is settled about measures, and the plan kept.
        tracking: what is noted about them, and the plan that progress is measured against.
        as_of: the day for which it is told what is late.
        before: the answers of the time before, to see what moved.
    """
    factor = effort_factor(questionnaire, sheet)
    planned = {
        aim.measure: aim
        for aim in (tracking.aims or tuple(_aims_kept(questionnaire, wishes, factor)))
        if aim.measure in questionnaire.measures_by_id
    }
    settled = {each.measure for each in wishes.commitments if each.standing != "pinned"}
    noted = {each.measure for each in tracking.tracks if each.owner.strip() or each.note.strip()}
    rest = [m.id for m in questionnaire.measures if m.id in (settled | noted) and m.id not in planned]
    order = sorted(planned, key=lambda name: (planned[name].begin, planned[name].end))
    if not order and not rest:
        return None
    seen = _Seen(questionnaire, sheet, before)
    rows = []
    for name in (*order, *rest):
        measure, aim, commitment = questionnaire.measures_by_id[name], planned.get(name), wishes.of(name)
        stage, track = _stage(commitment), tracking.of(name)
        has_days = commitment is not None and stage != "waiting"
        rows.append(
            Pursued(
                measure=name,
                stage=stage,
                owner=track.owner,
                note=track.note,
                aimed_begin=aim.begin if aim else None,
                aimed_end=aim.end if aim else None,
                begin=commitment.begin if commitment and has_days else None,
                end=commitment.end if commitment and has_days else None,
                late=_late(aim, commitment, as_of),
                days=aim.days if aim else _usual_days(measure, wishes, factor),
                moved=tuple(seen.moved(measure, commitment)) if stage == "done" else (),
            )
        )
    return Pursuit(as_of=as_of, kept_on=tracking.kept_on, rows=tuple(rows))


def _aims_kept(questionnaire: Questionnaire, wishes: Wishes, factor: float) -> Iterator[Aim]:
    """Yield the plan that an earlier version of the program kept, which did not say what measures take."""
    for stood in wishes.kept:
        measure = questionnaire.measures_by_id.get(stood.measure)
        if measure is not None and stood.end > stood.begin:
            days = _usual_days(measure, wishes, factor)
            yield Aim(measure=measure.id, begin=stood.begin, end=stood.end - timedelta(days=1), days=days)


def _usual_days(measure: Measure, wishes: Wishes, factor: float) -> float:
    own = wishes.efforts.get(measure.id)
    return own.middle if own is not None else measure.effort.middle * factor


def _stage(commitment: Commitment | None) -> Stage:
    match commitment.standing if commitment else None:
        case "done":
            return "done"
        case "running":
            return "running"
        case "dropped":
            return "dropped"
        case _:
            return "waiting"


def _late(aim: Aim | None, commitment: Commitment | None, as_of: date) -> int | None:
    if aim is None:
        return None
    end = commitment.end if commitment else None
    match _stage(commitment):
        case "done":
            return (end - aim.end).days if end else None
        case "running":
            return max(0, (max(end or as_of, as_of) - aim.end).days)
        case "waiting":
            return max(0, (as_of - aim.begin).days)
        case "dropped":
            return None


class _Seen:
    """The answers now and then, as worths."""

    def __init__(self, questionnaire: Questionnaire, sheet: AnswerSheet, before: Before | None) -> None:
        self._questionnaire, self._sheet, self._before = questionnaire, sheet, before
        self._now = read(questionnaire, sheet).given
        self._then = read(before.questionnaire, before.sheet).given if before else {}

    def moved(self, measure: Measure, commitment: Commitment | None) -> Iterator[Moved]:
        """Yield what became of each answer that a finished measure was to raise."""
        finished = commitment.end if commitment else None
        for name in dict.fromkeys(effect.question for effect in measure.effects):
            effects = [effect for effect in measure.effects if effect.question == name]
            movement = self._movement(name, effects, finished)
            if movement is not None:
                yield Moved(question=name, movement=movement)

    def _movement(self, name: str, effects: list[Effect], finished: date | None) -> Movement | None:
        question = self._questionnaire.questions_by_id[name]
        now, then = self._now.get(name), self._then.get(name)
        wanted = [
            question.worth(effect.to)
            for effect in effects
            if effect.needs is None or then is None or then >= question.worth(effect.needs) - TOLERANCE
        ]
        if not wanted:
            return None  # it stood too low for this measure to raise it
        if now is None or not self._is_answered_since(name, finished):
            return "not_asked"
        if now >= max(wanted) - TOLERANCE:
            return "reached"
        if then is None:
            return "short"
        if abs(now - then) <= TOLERANCE:
            return "same"
        return "closer" if now > then else "lower"

    def _is_answered_since(self, name: str, finished: date | None) -> bool:
        """Say whether an answer may know of a measure: it was given for this assessment or later than the measure was finished."""
        now = self._sheet.by_question.get(name)
        at = now.at.date() if now is not None and now.at is not None else None
        then = self._before.sheet.by_question.get(name) if self._before else None
        if self._before is not None and (at is None or then is None or now is None or then.at != now.at):
            return at is None or finished is None or at >= finished
        return at is not None and finished is not None and at > finished
