"""What to ask again after some months, in about ten minutes: only what should have moved, what has grown old, what was never sure.

A pulse is a new assessment that begins with the answers of the one before. The questions found here are open in it and wait to be
answered anew; all others stand as they were, with the day on which they were given.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from assessment.answers import PROVEN, Answer, AnswerSheet, asked
from assessment.questionnaire import Questionnaire
from assessment.questions import Question
from assessment.roadmap import Wishes
from assessment.values import Id, Model
from assessment.workshop import order

MINUTES = 10.0
"""How long a pulse takes, unless finished measures alone ask for more."""

EVIDENCE_LASTS = 365
"""Days after which evidence is looked at again: a document of last year says what was so last year. A year, because that is how
often audits and reviews come round; an assumption, not a rule of any standard."""

Reason = Literal["unanswered", "measure", "expired", "unknown", "unproven"]
"""Why a question is asked again, most pressing first: there is no answer yet, a finished measure was to move it, its evidence has
grown old, it was not known, the answer rests on nothing."""

ALWAYS: tuple[Reason, ...] = ("unanswered", "measure")
"""What is asked however long it takes: without it the pulse would miss what it is for."""


class Asked(Model):
    """A question of a pulse, and why it is asked again."""

    question: Id
    reasons: tuple[Reason, ...]
    measures: tuple[Id, ...] = ()
    """The finished measures that were to move it."""
    before: Answer | None = None
    """The answer of last time; None where there was none."""


class Pulse(Model):
    """What is asked again."""

    questions: tuple[Asked, ...]
    """In the order in which the questionnaire asks them."""
    minutes: int
    left_out: int
    """Questions with a reason for which there was no time."""


def pulse(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    since: date,
    today: date,
    wishes: Wishes | None = None,
    minutes: float = MINUTES,
) -> Pulse:
    """Return what to ask again.

    Args:
        questionnaire: the one that asks now.
        sheet: the answers given then.
        since: when they were given, where an answer itself does not say.
        today: evidence is as old as it is then.
        wishes: the plan's, which say what has been finished.
        minutes: how long it may take.
    """
    moved = _moved(questionnaire, wishes, since)
    here = {question.id: question for question in asked(questionnaire, sheet)}
    found = {
        name: one
        for name, question in here.items()
        if (one := _asked(question, sheet, moved.get(name, ()), since=since, today=today)) is not None
    }
    chosen = {name for name, one in found.items() if set(one.reasons) & set(ALWAYS)}
    spent = sum(here[name].minutes for name in chosen)
    for name in _by_weight(questionnaire, sheet, found):
        if name not in chosen and spent + here[name].minutes <= minutes:
            chosen.add(name)
            spent += here[name].minutes
    return Pulse(
        questions=tuple(one for name, one in found.items() if name in chosen),
        minutes=round(spent + 0.49) if chosen else 0,
        left_out=len(found) - len(chosen),
    )


def opened_anew(sheet: AnswerSheet, questions: Iterable[Asked]) -> AnswerSheet:
    """Return the sheet with these questions open; what was said to them stays in `Asked.before`, and in the assessment before."""
    open_now = {one.question for one in questions}
    return sheet.with_answers(answer for answer in sheet.answers if answer.question not in open_now)


def _moved(questionnaire: Questionnaire, wishes: Wishes | None, since: date) -> Mapping[Id, tuple[Id, ...]]:
    """Return by question the measures that are finished and were to raise it; those finished before `since` were seen then."""
    found: dict[Id, list[Id]] = {}
    for commitment in wishes.commitments if wishes else ():
        measure = questionnaire.measures_by_id.get(commitment.measure)
        is_new = commitment.end is None or commitment.end >= since
        if commitment.standing == "done" and measure is not None and is_new:
            for effect in measure.effects:
                found.setdefault(effect.question, []).append(measure.id)
    return {name: tuple(dict.fromkeys(measures)) for name, measures in found.items()}


def _asked(
    question: Question, sheet: AnswerSheet, measures: tuple[Id, ...], *, since: date, today: date
) -> Asked | None:
    answer = sheet.by_question.get(question.id)
    reasons: list[Reason] = []
    if answer is None or answer.state == "open":
        reasons.append("unanswered")
    else:
        if measures:
            reasons.append("measure")
        reasons.extend(_doubts(answer, since=since, today=today))
    if not reasons:
        return None
    return Asked(question=question.id, reasons=tuple(reasons), measures=measures, before=answer)


def _doubts(answer: Answer, *, since: date, today: date) -> Iterable[Reason]:
    given = answer.at.date() if answer.at else since
    if answer.evidence in PROVEN and (today - given).days > EVIDENCE_LASTS:
        yield "expired"
    if answer.state == "unknown":
        yield "unknown"
    elif answer.state == "given" and answer.evidence == "none":
        yield "unproven"


def _by_weight(questionnaire: Questionnaire, sheet: AnswerSheet, found: Mapping[Id, Asked]) -> tuple[Id, ...]:
    """Return the questions with the old evidence first, then the rest; each by what hangs on the answer, most first."""
    weights = {stake.question: place for place, stake in enumerate(order(questionnaire, sheet, tallies={}))}
    last = len(weights)
    return tuple(
        sorted(found, key=lambda name: ("expired" not in found[name].reasons, weights.get(name, last)))
    )
