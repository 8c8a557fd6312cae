"""What the store gives back, and how it becomes rows and is made from them."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from assessment.answers import Answer, AnswerSheet, ProfileValue
from assessment.brand import UNBRANDED, Brand
from assessment.pulse import Asked
from assessment.report import Subject
from assessment.roadmap import Terms
from assessment.store.rights import Role
from assessment.values import Language, Model

PULSE = TypeAdapter(tuple[Asked, ...])


class Assessment(Model):
    """One assessment as it is stored at this moment."""

    id: str
    language: Language
    """The language it was made in."""
    created_at: datetime
    changed_at: datetime
    subject: Subject
    plan: Terms | None
    """What the plan is made under; none while nobody has chosen any."""
    brand: Brand
    """Whose name and colours its reports carry."""
    earlier_on: date | None
    """When the assessment was held that this one is compared with; none if there is none."""
    follows: str = ""
    """The id of the assessment that this one follows; nothing for none."""
    pulse: tuple[Asked, ...] | None = None
    """What is asked again; None where everything is asked."""
    sheet: AnswerSheet
    revisions: dict[str, int]
    """The revision of each stored answer, by question."""
    role: Role = "owner"
    """What whoever opened it is there."""

    def revision(self, question: str) -> int:
        """Return what a writer who shows this answer gives as `seen`; 0 while the question has no answer."""
        return self.revisions.get(question, 0)

    def part(self, question: str) -> "Part":
        """Return one answer alone."""
        return Part(
            assessment=self.id,
            questionnaire=self.sheet.questionnaire,
            answer=self.sheet.by_question.get(question),
            revision=self.revision(question),
        )


class Part(Model):
    """One answer of an assessment as it is stored at this moment, and whose it is."""

    assessment: str
    questionnaire: str
    answer: Answer | None
    revision: int
    """What a writer who shows this answer gives as `seen`; 0 while the question has no answer."""


class Created(Model):
    """A new assessment and the only time its private link's token is known."""

    assessment: str
    token: str


class Saved(Model):
    """The answer is committed under this revision."""

    revision: int
    at: datetime | None = None
    """When; none where there was nothing to save."""


class Code(Model):
    """A short code that opens an assessment on another device."""

    code: str
    until: datetime


class Conflict(Model):
    """Somebody else saved another answer since; it still stands. To insist, save again with this revision as `seen`."""

    stored: Answer
    revision: int


class Replaced(Model):
    """An answer that a later one has replaced."""

    answer: Answer
    revision: int


CONTENT = ("state", "value", "reason", "evidence", "comment", "respondent")
"""The columns that make two answers the same or not: whose answer it is does, which session wrote it when does not."""


def answer_as_row(answer: Answer) -> dict[str, Any]:
    """Return the answer's columns; the value as JSON, so that true, 1 and "1" stay apart."""
    return {
        "question": answer.question,
        "state": answer.state,
        "value": None if answer.value is None else json.dumps(answer.value, ensure_ascii=False),
        "reason": storable(answer.reason),
        "evidence": answer.evidence,
        "comment": storable(answer.comment),
        "respondent": storable(answer.respondent),
    }


def answer_from_row(row: RowMapping | dict[str, Any]) -> Answer:
    """Return the stored answer, with the moment it was saved."""
    return _answer(
        row["question"],
        row["state"],
        row["value"],
        row["reason"],
        row["evidence"],
        row["comment"],
        row["respondent"],
        row["changed_at"],
    )


@lru_cache(maxsize=16_384)
def _answer(
    question: str,
    state: Any,
    value: str | None,
    reason: str,
    evidence: Any,
    comment: str,
    respondent: str,
    changed_at: datetime,
) -> Answer:
    """Return an answer, checked; the same row is checked once: an assessment is read with each answer that is given."""
    return Answer(
        question=question,
        state=state,
        value=None if value is None else json.loads(value),
        reason=reason,
        evidence=evidence,
        comment=comment,
        respondent=respondent,
        at=changed_at,
    )


def assessment_from_rows(head: RowMapping, answers: Iterable[RowMapping]) -> Assessment:
    """Return the assessment, its answers in the order of their questions' ids."""
    # Sorted here, because the two databases sort text by different rules.
    rows = sorted(answers, key=lambda row: str(row["question"]))
    return Assessment(
        id=head["id"],
        language=head["language"],
        created_at=head["created_at"],
        changed_at=head["changed_at"],
        subject=Subject(
            organisation=head["organisation"],
            unit=head["unit"],
            author=head["author"],
            held_on=head["held_on"],
        ),
        plan=plan_of(head),
        brand=UNBRANDED if head["brand"] is None else Brand.model_validate_json(head["brand"]),
        earlier_on=head["earlier_on"],
        follows=head["follows"] or "",
        pulse=None if head["questions"] is None else PULSE.validate_json(head["questions"]),
        sheet=AnswerSheet(
            questionnaire=head["questionnaire"],
            version=head["version"],
            short=head["short"],
            profile=profile_from_json(head["profile"]),
            answers=tuple(map(answer_from_row, rows)),
        ),
        revisions={row["question"]: row["revision"] for row in rows},
    )


def plan_of(head: RowMapping) -> Terms | None:
    """Return what the plan is made under; none while nobody has chosen any."""
    return None if head["plan"] is None else Terms.model_validate_json(head["plan"])


def profile_as_json(profile: dict[str, ProfileValue]) -> str:
    """Return the profile as JSON text; several values become a list."""
    return json.dumps(profile, ensure_ascii=False)


def profile_from_json(text: str) -> dict[str, ProfileValue]:
    """Return the profile; a list becomes several values."""
    return {
        name: value if isinstance(value, str) else tuple(value) for name, value in json.loads(text).items()
    }


def storable(text: str) -> str:
    """Return the text without NUL characters, which come from pasting, show nothing, and are refused by PostgreSQL."""
    return text.replace("\0", "")
