"""What is made only when somebody asks for it, a file to download: outside of any session, for whoever it was offered to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from assessment.store import Who
from assessment.ui import opening

P = ParamSpec("P")
T = TypeVar("T")

_WHO: ContextVar[Who | None] = ContextVar("who", default=None)


def who() -> Who | None:
    """Return for whom something is made that was put off; None in a session."""
    return _WHO.get()


def for_whom(asks: Who, make: Callable[P, T], *given: P.args, **named: P.kwargs) -> Callable[[], T]:
    """Return what makes it later, for whoever asks now."""

    @wraps(make)
    def made() -> T:
        with _as(asks):
            return make(*given, **named)

    return made


def given_out(
    asks: Who, assessment: str, what: str, make: Callable[P, T], *given: P.args, **named: P.kwargs
) -> Callable[[], T]:
    """Return what makes a file of this kind later, for whoever asks now, and notes that it was given out."""

    @wraps(make)
    def made() -> T:
        with _as(asks):
            opening.store().seen_by(asks).trail.exported(assessment, what)
            return make(*given, **named)

    return made


@contextmanager
def _as(asks: Who) -> Iterator[None]:
    mark = _WHO.set(asks)
    try:
        yield
    finally:
        _WHO.reset(mark)
