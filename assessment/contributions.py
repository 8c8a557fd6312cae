"""What named people answered apart from the assessment, and how it differs from what stands there: nothing is taken over unasked.

A contribution keeps who answered, when, and how sure they were. Differences are found question by question; somebody decides each.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from assessment.answers import Answer, AnswerSheet, asked, is_admitted
from assessment.questionnaire import Questionnaire
from assessment.values import Id, Model, Written

Confidence = Literal["sure", "fairly", "unsure"]
"""How sure somebody was of an answer, in their own judgement."""

Kind = Literal["new", "same", "conflict", "settled", "not_asked"]
"""Nothing stands there yet; all say what stands there; somebody says otherwise; somebody did, and that was decided; the question
is not asked here."""


class Contributed(Model):
    """One answer in a contribution."""

    answer: Answer
    """Its `respondent` and `at` say who and when."""
    confidence: Confidence | None = None
    """None where nobody said."""
    settled: bool = False
    """Somebody has decided what becomes of it: it asks for nothing more, whatever stands in the assessment."""


class Contribution(Model):
    """What one named person answered."""

    id: str
    respondent: Written
    role: Written = ""
    received_at: datetime
    answers: tuple[Contributed, ...] = ()


class Difference(Model):
    """What contributions say to one question, beside what stands in the assessment."""

    question: Id
    kind: Kind
    stored: Answer | None
    offered: tuple[Contributed, ...]
    """In the order of the contributions; an open one says nothing and is left out."""


def differences(
    questionnaire: Questionnaire, sheet: AnswerSheet, contributions: Iterable[Contribution]
) -> tuple[Difference, ...]:
    """Return what the contributions say, question by question, in the order of the questionnaire; the last of a person counts.

    What a question no longer admits, since its questionnaire was changed or a file brought it, says nothing and is left out.
    """
    offered: dict[Id, dict[str, Contributed]] = {}
    for contribution in contributions:
        for one in contribution.answers:
            if one.answer.state != "open" and is_admitted(questionnaire, one.answer):
                by_person = offered.setdefault(one.answer.question, {})
                by_person.pop(contribution.respondent, None)
                by_person[contribution.respondent] = one
    here = {question.id for question in asked(questionnaire, sheet)}
    found = []
    for question in questionnaire.questions_by_id:
        if question in offered:
            said = tuple(offered[question].values())
            stored = sheet.by_question.get(question)
            kind = _kind(stored, said) if question in here else "not_asked"
            found.append(Difference(question=question, kind=kind, stored=stored, offered=said))
    return tuple(found)


def uncontested(
    questionnaire: Questionnaire, sheet: AnswerSheet, contributions: Iterable[Contribution]
) -> tuple[Answer, ...]:
    """Return the answers on which all agree who say anything, to questions that nobody has answered here.

    Those count, too, that are asked only once the others have been taken over.
    """
    known, found = tuple(contributions), dict[Id, Answer]()
    while True:
        new = {
            each.question: each.offered[0].answer
            for each in differences(questionnaire, sheet, known)
            if each.kind == "new"
        }
        if not new:
            return tuple(found.values())
        found |= new
        for answer in new.values():
            sheet = sheet.with_answer(answer)


def _kind(stored: Answer | None, said: tuple[Contributed, ...]) -> Kind:
    every = {_says(one.answer) for one in said}
    waiting = {_says(one.answer) for one in said if not one.settled}
    if stored is not None and stored.state != "open":
        if every == {_says(stored)}:
            return "same"
        return "conflict" if waiting - {_says(stored)} else "settled"
    if not waiting:
        return "settled"
    return "new" if len(every) == 1 else "conflict"


def _says(answer: Answer) -> tuple[object, ...]:
    return answer.state, isinstance(answer.value, bool), answer.value
