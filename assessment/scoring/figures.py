"""What the rules read and what they return, for one sheet or for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assessment.scoring.arithmetic import Bool, Number


@dataclass(frozen=True)
class Worths:
    """What is known of every question, by its number in the scheme."""

    present: Sequence[Bool]
    """It counts."""
    worth: Sequence[Number]
    """From 0 to 1 where it counts; anything elsewhere."""
    missing: Sequence[Bool]
    """It applies and does not count, because it is not answered or not known."""
    loose: Sequence[Bool]
    """It counts although it may yet turn out not to apply."""

    @cached_property
    def cells(self) -> tuple[tuple[Bool, Number, Bool, Bool], ...]:
        """All of it, question by question."""
        return tuple(zip(self.present, self.worth, self.missing, self.loose, strict=True))


class Index(NamedTuple):
    """A section's index: what hangs on nothing but the answers below it."""

    present: Bool
    """Some question below counts."""
    missing: Bool
    """None does, and some question applies."""
    firm: Bool
    """Some question below counts that surely applies."""
    worth: Number
    """The index as a position, 0 to 1."""
    low: Number
    high: Number
    """The ends of the index."""
    value: Number
    """The index."""
    shares: tuple[Number, ...]
    """f(k) by level, lowest first."""


class Result(NamedTuple):
    """A section's bare result."""

    present: Bool
    missing: Bool
    firm: Bool
    worth: Number
    low: Number
    high: Number
    value: Number
    shares: tuple[Number, ...]
    """All of `Index`."""
    free: Number
    """The level without limits."""
    level: Number
    bound: Number
    """What a section above may be held down to: the level; without an answer, what a cap would allow."""
