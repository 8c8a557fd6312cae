"""What the store can say about itself to whoever watches it: numbers only, never what is stored."""

import threading
from collections import Counter
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError


class Figures(NamedTuple):
    """The store of this process, just now and since it was opened."""

    answers: int
    """Answers reported as saved."""
    wrong_codes: int
    errors: dict[str, int]
    """What the database refused or failed to do, by its own name for it."""
    waiting: int
    """Changes that wait for the next commit."""
    in_use: int
    """Connections that are asked something just now."""
    idle: int
    """Connections that are kept open."""
    most: int
    """So many connections there are at most."""


class Tally:
    """Counts what happened; for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def count(self, what: str) -> None:
        """Count something once more."""
        with self._lock:
            self._counts[what] += 1

    def counts(self) -> dict[str, int]:
        """Return how often each was counted."""
        with self._lock:
            return dict(self._counts)


def kind_of(error: BaseException) -> str:
    """Return the database's own name for an error: SQLite's code, PostgreSQL's SQLSTATE, else the error's type; no message."""
    orig = error.orig if isinstance(error, DBAPIError) else None
    named = getattr(orig, "sqlite_errorname", None) or getattr(orig, "sqlstate", None)
    return str(named or type(orig or error).__name__)
