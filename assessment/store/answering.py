"""One answer put over another, inside a transaction: told apart from what somebody else saved meanwhile, nothing overwritten unseen."""

from datetime import datetime

from sqlalchemy import Connection

from assessment.answers import Answer
from assessment.store.problems import unknown_assessment
from assessment.store.records import CONTENT, Conflict, Saved, answer_as_row, answer_from_row
from assessment.store.statements import ADDED, HELD, PUT_ASIDE, REPLACED, STORED, TOUCHED
from assessment.store.tables import ANSWER, in_utc


def put_answer(
    connection: Connection, assessment: str, answer: Answer, *, seen: int | None, writer: str, now: datetime
) -> Saved | Conflict:
    """Put an answer over the one that the writer has `seen`; None: over whatever there is.

    Raises:
        StoreError: the assessment is not there any more.
    """
    at = answer.at or now
    new = answer_as_row(answer) | {"assessment": assessment, "changed_at": at, "writer": writer}
    asked = {"wanted": answer.question, "whose": assessment}
    if connection.dialect.name != "sqlite":  # there a writer has the whole database to itself
        connection.execute(HELD, asked)
    # Read only now: PostgreSQL reads what was there before it waited for the lock.
    row = connection.execute(STORED, asked).mappings().one_or_none()
    if row is None:
        raise unknown_assessment()
    stored = None if row["question"] is None else {name: row[name] for name in ANSWER.c.keys()}  # noqa: SIM118 - columns, not a dict
    if stored is None and answer == Answer(question=answer.question, state="open", at=answer.at):
        return Saved(revision=seen or 0)
    if stored is not None and all(stored[name] == new[name] for name in CONTENT):
        return Saved(revision=stored["revision"], at=stored["changed_at"])
    is_newer = stored is not None and seen is not None and stored["revision"] > seen
    if stored is not None and is_newer and not (writer and stored["writer"] == writer):
        return Conflict(stored=answer_from_row(row), revision=stored["revision"])
    # Above `seen`, too: after a backup was restored, screens may show later revisions than the database holds.
    revision = max(seen or 0, stored["revision"] if stored is not None else 0) + 1
    if stored is None:
        connection.execute(ADDED, new | {"revision": revision})
    else:
        connection.execute(PUT_ASIDE, stored)
        connection.execute(REPLACED, new | asked | {"revision": revision})
    connection.execute(TOUCHED, {"whose": assessment, "now": in_utc(now)})
    return Saved(revision=revision, at=at)
