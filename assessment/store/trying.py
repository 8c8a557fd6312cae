"""What is tried again: transactions that met another one, connections that were lost. How long, and what is known about a commit.

The hard case is a connection lost while COMMIT was on its way: the server may have committed or not. Repeating is safe for a few
changes only. An answer is recognised by its `seen` revision and `writer`, a vote replaces itself; but a client, an assessment, a
link or an invitation would be there twice, and a code that was used up would be refused to whom it let in. So nothing is repeated
on a guess: before the commit, PostgreSQL is asked for the transaction's number, and afterwards, on a new connection, what became
of it. Where the server cannot say, the person is told that it is not known.
"""

import random
import time
from typing import Literal, NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

COLLIDED = {"40001", "40P01"}
"""serialization_failure, deadlock_detected: the transaction was rolled back, and is made for being run again."""

LOST = {"57P01", "57P02", "57P03", "57P05", "25P03"}
"""Shut down, crashed, starting up, idle for too long: the connection ends; class 08 is lost connections, too."""

SHORTEST, LONGEST = 0.02, 0.5
"""Seconds between two attempts; they double, and chance shortens them, so that many who wait do not come all at once."""

_MARK = text(
    "SELECT pg_current_xact_id_if_assigned()::text AS number, left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) AS line"
)
_LINE = text("SELECT left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)")
_STATUS = text("SELECT pg_xact_status(CAST(:number AS xid8))")

Outcome = Literal["committed", "aborted", "in progress"]


class Mark(NamedTuple):
    """A transaction that is about to be committed."""

    number: str
    line: str
    """The server's time line: a standby that was promoted begins another one, and may give the same number to something else."""


def mark(connection: Connection) -> Mark | None:
    """Return by what this transaction can be found again; None where it changed nothing, or on SQLite: a file is not lost on the way."""
    if connection.dialect.name != "postgresql":
        return None
    number, line = connection.execute(_MARK).one()
    return None if number is None else Mark(number, line)


def outcome(connection: Connection, of: Mark) -> Outcome | None:
    """Return what became of a transaction whose connection was lost; None where the server does not know."""
    if connection.execute(_LINE).scalar_one() != of.line:
        return None
    found: Outcome | None = connection.execute(_STATUS, {"number": of.number}).scalar_one()
    return found


def is_lost(error: BaseException | None) -> bool:
    """Say whether the connection to a PostgreSQL server was lost, or not made."""
    if not isinstance(error, DBAPIError) or hasattr(error.orig, "sqlite_errorcode"):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return state in LOST or state.startswith("08")


def may_pass(error: BaseException | None) -> bool:
    """Say whether the same transaction, begun anew, may succeed."""
    return is_lost(error) or getattr(getattr(error, "orig", None), "sqlstate", None) in COLLIDED


class Tries:
    """Attempts at one thing, for so many seconds."""

    def __init__(self, patience: float) -> None:
        self._deadline = time.monotonic() + patience
        self._pause = SHORTEST

    def again(self) -> bool:
        """Wait a little and return True, or return False once the time is over."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(left, random.uniform(self._pause / 2, self._pause)))  # noqa: S311 - only so that nobody keeps step
        self._pause = min(LONGEST, self._pause * 2)
        return True
