"""An assessment as a whole, inside a transaction: put into the database, read out of it."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, insert, select

from assessment.answers import Answer, AnswerSheet
from assessment.brand import UNBRANDED, Brand
from assessment.pulse import Asked
from assessment.report import Earlier, Subject
from assessment.roadmap import Terms
from assessment.store.codes import hashed
from assessment.store.problems import damaged
from assessment.store.records import (
    Assessment,
    Created,
    answer_as_row,
    answer_from_row,
    assessment_from_rows,
    profile_as_json,
    storable,
)
from assessment.store.tables import ANSWER, ANSWER_HISTORY, ASSESSMENT, EARLIER, FILED, FOLLOW_UP, LINK
from assessment.store.workshops import restore
from assessment.values import Language
from assessment.workshop import Workshop

TOKEN_BYTES = 24
"""192 bits: nobody finds a private link by trying."""

HEAD = select(ASSESSMENT, FOLLOW_UP.c.follows, FOLLOW_UP.c.questions).join_from(
    ASSESSMENT, FOLLOW_UP, FOLLOW_UP.c.assessment == ASSESSMENT.c.id, isouter=True
)
"""What `read` takes, of one assessment or of several."""


class New(NamedTuple):
    """An assessment that is to be made."""

    sheet: AnswerSheet
    """An answer that bears no date gets the present one."""
    subject: Subject
    language: Language
    plan: Terms | None = None
    brand: Brand = UNBRANDED
    earlier: Earlier | None = None
    """The one it is compared with."""
    follows: str = ""
    """The id of the one it follows, where it is filed, too; nothing for none."""
    questions: tuple[Asked, ...] | None = None
    """What a pulse asks again; None where everything is asked."""
    workshop: Workshop | None = None
    """What a workshop on it left behind, that is over."""
    created_at: datetime | None = None
    changed_at: datetime | None = None
    """None: now."""
    history: tuple[Answer, ...] = ()
    """Answers that those of the sheet have replaced, of each question the oldest first."""


def put(connection: Connection, new: New, *, now: datetime) -> Created:
    """Make an assessment, and the only private link to it."""
    assessment, token = secrets.token_hex(16), new_token()
    head = {
        "id": assessment,
        "token_hash": hashed(token),
        "questionnaire": new.sheet.questionnaire,
        "version": new.sheet.version,
        "language": new.language,
        "created_at": new.created_at or now,
        "changed_at": new.changed_at or now,
        "organisation": storable(new.subject.organisation),
        "unit": storable(new.subject.unit),
        "author": storable(new.subject.author),
        "held_on": new.subject.held_on,
        "short": new.sheet.short,
        "profile": profile_as_json(new.sheet.profile),
        "plan": new.plan and storable(new.plan.model_dump_json()),
        "brand": brand_as_json(new.brand),
        "earlier_on": new.earlier and new.earlier.subject.held_on,
    }
    connection.execute(insert(ASSESSMENT), head)
    replaced: Counter[str] = Counter()
    for answer in new.history:
        replaced[answer.question] += 1
        row = _row(answer, assessment, replaced[answer.question], now)
        connection.execute(insert(ANSWER_HISTORY), row)
    rows = [
        _row(answer, assessment, replaced[name] + 1, now) for name, answer in new.sheet.by_question.items()
    ]
    if rows:
        connection.execute(insert(ANSWER), rows)
    if new.workshop is not None:
        restore(connection, assessment, new.workshop, now=now)
    if new.earlier is not None:
        content = storable(new.earlier.model_dump_json(by_alias=True))
        connection.execute(insert(EARLIER), {"assessment": assessment, "content": content})
    if new.follows or new.questions is not None:
        row = {"assessment": assessment, "follows": new.follows, "questions": asked_as_json(new.questions)}
        connection.execute(insert(FOLLOW_UP), row)
    beside = select(FILED.c.site).where(FILED.c.assessment == new.follows)
    site = connection.execute(beside).scalar_one_or_none() if new.follows else None
    if site is not None:
        connection.execute(insert(FILED), {"assessment": assessment, "site": site, "next_step": ""})
    return Created(assessment=assessment, token=token)


def _row(answer: Answer, assessment: str, revision: int, now: datetime) -> dict[str, Any]:
    at = answer.at or now
    return answer_as_row(answer) | {
        "assessment": assessment,
        "changed_at": at,
        "revision": revision,
        "writer": "",
    }


def read(connection: Connection, head: RowMapping, *, where: str) -> Assessment:
    """Return the assessment of a row of HEAD.

    Raises:
        StoreError: what is stored is not what this program writes.
    """
    answers = connection.execute(select(ANSWER).where(ANSWER.c.assessment == head["id"])).mappings().all()
    try:
        return assessment_from_rows(head, answers)
    except (ValidationError, ValueError, AttributeError, TypeError) as error:
        raise damaged(where, error) from error


def read_earlier(connection: Connection, assessment: str, *, where: str) -> Earlier | None:
    """Return the assessment that this one is compared with, or None.

    Raises:
        StoreError: what is stored is not what this program writes.
    """
    content = connection.execute(
        select(EARLIER.c.content).where(EARLIER.c.assessment == assessment)
    ).scalar_one_or_none()
    try:
        return None if content is None else Earlier.model_validate_json(content)
    except ValidationError as error:
        raise damaged(where, error) from error


def read_history(connection: Connection, assessment: str) -> tuple[Answer, ...]:
    """Return all answers that later ones have replaced, of each question the oldest first."""
    of = select(ANSWER_HISTORY).where(ANSWER_HISTORY.c.assessment == assessment)
    rows = connection.execute(of.order_by(ANSWER_HISTORY.c.revision)).mappings().all()
    return tuple(map(answer_from_row, rows))


def further_link(
    connection: Connection, assessment: str, *, now: datetime, role: str | None = None
) -> Created:
    """Make one more private link to an assessment, to change everything in it unless another role is named."""
    made = Created(assessment=assessment, token=new_token())
    row = {"token_hash": hashed(made.token), "assessment": assessment, "created_at": now}
    connection.execute(insert(LINK), row if role is None else row | {"role": role})
    return made


def new_token() -> str:
    """Return the secret part of a private link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def brand_as_json(brand: Brand) -> str | None:
    """Return what is stored of a brand; None for none."""
    return None if brand == UNBRANDED else storable(brand.model_dump_json())


def asked_as_json(questions: Iterable[Asked] | None) -> str | None:
    """Return what is stored of a pulse's questions; None where there is no pulse."""
    return None if questions is None else json.dumps([one.model_dump(mode="json") for one in questions])
