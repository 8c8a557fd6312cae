"""What goes into the trail, until it is written: together with the change it tells of, or right after what was read."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, select

from assessment.store.tables import CLIENT, FILED, SITE, TRAIL

Act = Literal["saw", "answered", "changed", "exported", "shared", "deleted"]
"""What was done; "shared" is everything that lets somebody in, or no longer."""

ONCE_AN_HOUR: frozenset[Act] = frozenset({"saw", "answered", "changed"})
"""Acts that fill a page of work: the first of each hour is written down. Each of the others is."""


class Note(NamedTuple):
    """One act."""

    act: Act
    person: str = ""
    """The id of the person who has signed in; nothing for none."""
    link: str = ""
    """The hash of the private link that let them in; nothing for none."""
    assessment: str = ""
    workspace: str = ""
    what: str = ""


_WHOSE: BindParameter[str] = bindparam("whose")
_DESK: BindParameter[str] = bindparam("desk")
_FILED_AT = (
    select(CLIENT.c.workspace)
    .join_from(FILED, SITE)
    .join(CLIENT)
    .where(FILED.c.assessment == _WHOSE)
    .scalar_subquery()
)
_ADD = insert(TRAIL).values(assessment=_WHOSE, workspace=func.coalesce(func.nullif(_DESK, ""), _FILED_AT, ""))


class Book:
    """The notes of one process that are not written yet; for any number of threads."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._entry = threading.Lock()
        self._hour: datetime | None = None
        self._known: set[Note] = set()
        self._waiting: list[dict[str, Any]] = []
        self._here = threading.local()

    def note(self, note: Note) -> None:
        """Take a note: inside a change, for the same commit; else until the next one."""
        at = self._now()
        hour = at.replace(minute=0, second=0, microsecond=0)
        with self._entry:
            if hour != self._hour:
                self._hour = hour
                self._known.clear()
            if note in self._known:
                return
            staged: list[tuple[Note, dict[str, Any]]] | None = getattr(self._here, "staged", None)
            row = {
                "at": at,
                "act": note.act,
                "person": note.person,
                "link": note.link,
                "whose": note.assessment,
                "desk": note.workspace,
                "what": note.what,
            }
            if staged is not None:
                if note.act not in ONCE_AN_HOUR or all(note != taken for taken, _ in staged):
                    staged.append((note, row))
                return
            self._waiting.append(row)
            self._remember(note)

    def is_waiting(self) -> bool:
        """Say whether something waits to be written."""
        return bool(self._waiting)

    def begin(self) -> None:
        """Take the notes of this thread apart from now on: they belong to a change, and are worth nothing without it."""
        self._here.staged = []
        self._here.taken = 0

    def put(self, connection: Connection) -> None:
        """Write the notes of the change, and those that wait."""
        with self._entry:
            waiting = list(self._waiting)
        self._here.taken = len(waiting)
        if rows := [*waiting, *(row for _, row in self._here.staged)]:
            connection.execute(_ADD, rows)

    def end(self, *, is_written: bool) -> None:
        """Let go of the notes of the change; if it is committed, of those that waited, too."""
        with self._entry:
            if is_written:
                del self._waiting[: self._here.taken]
                for note, _ in self._here.staged:
                    self._remember(note)
        self._here.staged = None

    def _remember(self, note: Note) -> None:
        if note.act in ONCE_AN_HOUR:
            self._known.add(note)
