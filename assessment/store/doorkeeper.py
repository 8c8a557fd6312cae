"""Counts wrong codes in the database: all app servers count together, and a restart forgets nothing."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, func, insert, or_, select

from assessment.store.codes import WRONG_A_MINUTE, WRONG_BY_ONE
from assessment.store.database import Database
from assessment.store.figures import Tally
from assessment.store.problems import too_many_codes
from assessment.store.tables import WRONG_CODE
from assessment.store.writer import Writer

Kind = Literal["assessment", "workshop"]

MINUTE = timedelta(minutes=1)


def nobody() -> str:
    """Return the mark of a caller who is not told from others."""
    return ""


class Doorkeeper:
    """Lets codes be tried until too many were wrong; for any number of threads and processes.

    Between the look and the count of a wrong code another process may let one in: so many more than the limit can be tried at
    most as there are tries under way at the same moment.
    """

    def __init__(
        self,
        database: Database,
        writer: Writer,
        *,
        now: Callable[[], datetime],
        caller: Callable[[], str] = nobody,
    ) -> None:
        """`caller` returns a mark of who is trying just now, never an address in clear; nothing if that is not known."""
        self._database = database
        self._writer = writer
        self._now = now
        self._caller = caller
        self._noted = Tally()

    def let_try(self) -> None:
        """Return if another code may be tried now.

        Raises:
            StoreError: too many wrong codes were tried within a minute, or the database cannot be read.
        """
        now, caller = self._now(), self._caller()
        counted = select(func.count(), func.count().filter(WRONG_CODE.c.caller == caller)).where(
            WRONG_CODE.c.at > now - MINUTE, WRONG_CODE.c.at < now + MINUTE
        )
        with self._database.reading(alone=True) as connection:
            by_all, by_one = connection.execute(counted).one()
        if by_all >= WRONG_A_MINUTE or (caller and by_one >= WRONG_BY_ONE):
            raise too_many_codes()

    def note_wrong(self, kind: Kind) -> None:
        """Count a wrong code, and forget those that count no more.

        Raises:
            StoreError: it could not be counted.
        """
        now, caller = self._now(), self._caller()
        row = {"id": secrets.token_hex(16), "kind": kind, "at": now, "caller": caller}
        # After a clock was set back, what lies ahead must not keep the door shut until then.
        over = or_(WRONG_CODE.c.at <= now - MINUTE, WRONG_CODE.c.at >= now + MINUTE)
        # Two servers that forget at the same time must not wait for each other.
        mine = select(WRONG_CODE.c.id).where(over).with_for_update(skip_locked=True)

        def change(connection: Connection) -> None:
            connection.execute(delete(WRONG_CODE).where(WRONG_CODE.c.id.in_(mine)))
            connection.execute(insert(WRONG_CODE), row)

        self._writer.write("", change)
        self._noted.count(kind)

    def wrong(self) -> int:
        """Return how many wrong codes this process has counted since it began."""
        return sum(self._noted.counts().values())
