"""What every question type has, and what an answer may hold."""

from typing import Annotated

from pydantic import Field

from assessment.conditions import Condition
from assessment.values import TOLERANCE, Id, Model, Text, Weight


class Mapping(Model):
    """Which parts of a standard a question touches."""

    standard: Id
    parts: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    """Numbers of controls or modules, as the standard writes them."""
    about: Text | None = None
    """The part in words, where the standard has no numbers that may be named."""


Value = bool | int | float | str | tuple[str, ...]
"""What an answer may hold; the items ticked in a checklist are a tuple of their ids."""


class Asked(Model):
    """What every question type has; a type says the rest."""

    id: Id
    label: Text
    help: Text | None = None
    why: Text | None = None
    """Why it matters."""
    evidence: Text | None = None
    """What to look for."""
    weight: Weight = 1
    """Weight 0: asked and usable in caps and conditions, but not part of the index."""
    stage: int | None = None
    """The level this question belongs to, for levels by stages; none: the one of its section."""
    short: bool = False
    """Part of the short edition."""
    references: tuple[Id, ...] = ()
    """Rows of the legal register."""
    standards: tuple[Mapping, ...] = ()
    """Standards that it maps to."""
    applies_if: tuple[Condition, ...] = ()
    """All must hold."""

    def bounds(self) -> tuple[float, float]:
        """Return the least and the most points a value can have."""
        return 0.0, 1.0

    def points(self, value: Value) -> float:
        """Return a value's points, on the question's own scale."""
        return 0.0

    def worth(self, value: Value) -> float:
        """Return a value's worth from 0 (the fewest points) to 1 (the most)."""
        low, high = self.bounds()
        return (self.points(value) - low) / (high - low) if high > low else 0.0

    def values(self) -> tuple[Value, ...]:
        """Return values the question admits, worst first: every one, or one for each worth that matters."""
        return ()

    def reaching(self, worth: float) -> Value | None:
        """Return the value of least worth among those worth at least this; None if no value is."""
        enough = (value for value in self.values() if self.worth(value) >= worth - TOLERANCE)
        return next(enough, None)

    def words(self, value: Value) -> tuple[Text, ...]:
        """Return the author's texts that say a value; none where it speaks for itself."""
        return ()
