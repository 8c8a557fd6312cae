"""The legal register and the section that carries the legal status."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator

from assessment.conditions import Condition
from assessment.values import Id, Model, Text

_SINCE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _is_a_day(since: str) -> bool:
    """Say whether this is a year, a month or a day that there is."""
    if not _SINCE.fullmatch(since):
        return False
    try:
        date.fromisoformat(f"{since}-01-01"[:10])
    except ValueError:
        return False
    return True


class RegisterRow(Model):
    """One row of the legal register: a prompt for a lawyer, dated, with its state of verification."""

    id: Id
    jurisdiction: Id
    instrument: Text
    duty: Text
    topics: tuple[Id, ...] = ()
    since: str | None = None
    """Year, month or day from which it applies, as far as that is one day; it may lie ahead: 2018, 2018-05, 2018-05-25."""
    state: Text
    """Since when, and in which state it was when last checked."""
    confidence: Literal["high", "medium", "low"]
    verified: str
    """V1 primary text read · V2 two independent sources · V3 one source · V0 professional knowledge, not looked up."""
    sections: tuple[Id, ...] = ()
    applies_if: tuple[Condition, ...] = ()
    """All must hold, or the row does not concern this organisation; profile fields only."""

    @field_validator("since")
    @classmethod
    def _is_a_day(cls, since: str | None) -> str | None:
        if since is not None and not _is_a_day(since):
            raise ValueError(
                f"“{since}” is no year, month or day: write for example 2026, 2026-11 or 2026-11-21, or leave it out"
            )
        return since


class Topic(Model):
    """A subject that rows of the register share."""

    id: Id
    label: Text


class Watch(Model):
    """A day on which rows of the register need another look."""

    id: Id
    day: date | None = None
    """None: the day is not known."""
    event: Text
    rows: Annotated[tuple[Id, ...], Field(min_length=1)]


class Union(Model):
    """A jurisdiction that holds in several countries."""

    id: Id
    members: tuple[Id, ...]


class Register(Model):
    """The legal register with its date; never legal advice."""

    as_of: date
    stale_after: Annotated[int, Field(ge=1)] | None = None
    """Days after `as_of` from which the register counts as old; none: never."""
    topics: tuple[Topic, ...] = ()
    unions: tuple[Union, ...] = ()
    watch: tuple[Watch, ...] = ()
    rows: tuple[RegisterRow, ...] = ()

    def is_old(self, today: date) -> bool:
        """Say whether it was compiled longer ago than its authors want it to be."""
        return self.stale_after is not None and (today - self.as_of).days > self.stale_after

    def passed(self, today: date) -> tuple[Watch, ...]:
        """Return the entries of the watch list whose day has passed."""
        return tuple(entry for entry in self.watch if entry.day is not None and entry.day < today)


class Legal(Model):
    """Which section carries the legal status, and from which level a topic is green."""

    section: Id
    green_from: int
