"""The trail: who saw, answered, changed, exported, shared and deleted what, and when. It is read here; nothing changes a line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, select

from assessment.store.book import Act
from assessment.store.database import Database
from assessment.store.rights import Gate, Right
from assessment.store.tables import ASSESSMENT, LINK, PERSON, TRAIL, WORKSPACE
from assessment.store.writer import Writer
from assessment.values import Model

NEWEST = 500
"""So many lines are told, if nothing else is said."""


class Line(Model):
    """One act. "saw", "answered" and "changed" stand for the hour: the first of each in it is told."""

    at: datetime
    act: Act
    person: str
    """The name, or the address, of the person who had signed in; nothing for none."""
    is_erased: bool
    """Somebody who had signed in and has been erased since."""
    link: str
    """The label of the private link that let them in; nothing for none, and for the first one."""
    is_gone: bool
    """By a link that has been taken back since."""
    assessment: str
    """The id; nothing where the desk itself is meant."""
    organisation: str
    """Whose assessment it is, if it is still there."""
    is_deleted: bool
    what: str
    """The format of what was exported, for example."""


class Trail:
    """The trail in one database, for any number of threads."""

    def __init__(
        self, database: Database, writer: Writer, gate: Gate, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._gate = gate
        self._now = now

    def of(self, assessment: str, *, most: int | None = NEWEST) -> tuple[Line, ...]:
        """Return what was done with an assessment, the newest first; at `most` so many lines, None: all.

        Raises:
            StoreError: it is not theirs to know, or the database cannot be read.
        """
        self._writer.write_notes()
        with self._database.reading() as connection:
            self._gate.allow(connection, assessment, Right.OWN, act="saw")
            rows = connection.execute(_lines(TRAIL.c.assessment == assessment, most)).mappings().all()
        return tuple(map(_line, rows))

    def of_desk(self, desk: str, *, most: int | None = NEWEST) -> tuple[Line, ...]:
        """Return what was done on a desk and with its assessments, the newest first; at `most` so many lines, None: all.

        Raises:
            StoreError: it is not theirs to know, or the database cannot be read.
        """
        self._writer.write_notes()
        with self._database.reading() as connection:
            here = self._gate.desk(connection, desk, Right.OWN, whole=True, act="saw")
            rows = connection.execute(_lines(TRAIL.c.workspace == here["id"], most)).mappings().all()
        return tuple(map(_line, rows))

    def exported(self, assessment: str, what: str) -> None:
        """Note that an assessment is given out as a file of this kind; if it cannot be noted at once, with the next change.

        Raises:
            StoreError: it may not be seen, or the database cannot be read.
        """
        with self._database.reading() as connection:
            self._gate.allow(connection, assessment, Right.READ, act="exported", what=what)


def _lines(which: ColumnElement[bool], most: int | None) -> Select[Any]:
    return (
        select(
            TRAIL,
            PERSON.c.id.label("known"),
            PERSON.c.name,
            PERSON.c.email,
            LINK.c.token_hash.label("lent"),
            LINK.c.label,
            ASSESSMENT.c.id.label("there"),
            ASSESSMENT.c.token_hash.label("first"),
            ASSESSMENT.c.organisation,
            WORKSPACE.c.token_hash.label("desk"),
        )
        .select_from(TRAIL)
        .join(PERSON, PERSON.c.id == TRAIL.c.person, isouter=True)
        .join(LINK, LINK.c.token_hash == TRAIL.c.link, isouter=True)
        .join(ASSESSMENT, ASSESSMENT.c.id == TRAIL.c.assessment, isouter=True)
        .join(WORKSPACE, WORKSPACE.c.id == TRAIL.c.workspace, isouter=True)
        .where(which)
        .order_by(TRAIL.c.id.desc())
        .limit(most)
    )


def _line(row: RowMapping) -> Line:
    return Line(
        at=row["at"],
        act=row["act"],
        person=row["name"] or row["email"] or "",
        is_erased=bool(row["person"]) and row["known"] is None,
        link=row["label"] or "",
        is_gone=bool(row["link"]) and row["lent"] is None and row["link"] not in {row["first"], row["desk"]},
        assessment=row["assessment"],
        organisation=row["organisation"] or "",
        is_deleted=bool(row["assessment"]) and row["there"] is None,
        what=row["what"],
    )
