"""Question types: how a question is asked (its control), which values it admits, what a value is worth.

A type is one class here. The schema, the pages, scoring and the documentation find it through the union `Question`.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from assessment.errors import Said
from assessment.values import Id, Model, Text, Weight

Value = bool | int | float | str
"""What an answer may hold."""


class Choose(Model):
    """Control: pick one of several options, shown with a label and, where there is one, a description."""

    kind: Literal["choose"] = "choose"
    options: tuple[int | bool, ...]


Control = Choose
"""How a question is asked. The interface knows controls, not question types."""


class Condition(Model):
    """A question or measure applies only if this holds: data, not an expression language."""

    profile: Id | None = None
    """A profile field …"""
    question: Id | None = None
    """… or a question whose answer decides."""
    any_of: tuple[str, ...] | None = None
    """Holds if the value, or one of several values, is among these. A yes/no question answers `yes` or `no`."""
    at_least: float | None = None
    """Holds if the answer, on its own question's values, is at least this."""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if (self.profile is None) == (self.question is None):
            raise ValueError("names either `profile` or `question`")
        if (self.any_of is None) == (self.at_least is None):
            raise ValueError("has either `any_of` or `at_least`")
        if self.profile is not None and self.any_of is None:
            raise ValueError("a profile field is asked with `any_of`")
        return self


class _Question(Model):
    id: Id
    label: Text
    help: Text | None = None
    evidence: Text | None = None
    """What to look for."""
    weight: Weight = 1
    """Weight 0: asked and usable in caps and conditions, but not part of the index."""
    short: bool = False
    """Part of the short edition."""
    references: tuple[Id, ...] = ()
    """Rows of the legal register."""
    applies_if: tuple[Condition, ...] = ()
    """All must hold."""


class LevelQuestion(_Question):
    """One of the scale's levels, each described by an anchor of its own: an observable state, not an adjective."""

    minutes: ClassVar[float] = 0.6
    """Time to read and answer, an author's estimate; used for "minutes left" only."""

    type: Literal["level"]
    anchors: dict[int, Text]

    def control(self) -> Control:
        """Ask by choosing one anchor."""
        return Choose(options=tuple(sorted(self.anchors)))

    def admit(self, value: object) -> int:
        """Return the value as a level.

        Raises:
            ValueError: not a whole number, or not a level that has an anchor.
        """
        levels = sorted(self.anchors)
        whole = (
            value.is_integer()
            if isinstance(value, float)
            else isinstance(value, int) and not isinstance(value, bool)
        )
        if not whole or not isinstance(value, (int, float)):
            raise ValueError(
                Said("must be a whole number from {low} to {high}", low=levels[0], high=levels[-1])
            )
        if int(value) not in self.anchors:
            raise ValueError(Said("must be from {low} to {high}", low=levels[0], high=levels[-1]))
        return int(value)

    def worth(self, value: Value) -> float:
        """Return the value's worth from 0 (lowest anchor) to 1 (highest anchor)."""
        lowest, highest = min(self.anchors), max(self.anchors)
        return (float(value) - lowest) / (highest - lowest)

    def values(self) -> tuple[Value, ...]:
        """Return every value the question admits, worst first."""
        return tuple(sorted(self.anchors))

    @field_validator("anchors")
    @classmethod
    def _several(cls, anchors: dict[int, Text]) -> dict[int, Text]:
        if len(anchors) < 2:
            raise ValueError("needs at least two levels")
        return anchors


class YesNoQuestion(_Question):
    """Yes or no. With weight 0 it is a gate: it caps levels and leaves the index alone."""

    minutes: ClassVar[float] = 0.25

    type: Literal["yes_no"]

    def control(self) -> Control:
        """Ask by choosing yes or no."""
        return Choose(options=(True, False))

    def admit(self, value: object) -> bool:
        """Return the value as a boolean; `yes` and `no` are understood.

        Raises:
            ValueError: anything else.
        """
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in ("yes", "no"):
            return value == "yes"
        raise ValueError(Said("must be true or false (or “yes” or “no”)"))

    def worth(self, value: Value) -> float:
        """Return 1 for yes and 0 for no."""
        return 1.0 if self.admit(value) else 0.0

    def values(self) -> tuple[Value, ...]:
        """Return every value the question admits, worst first."""
        return (False, True)


Question = Annotated[LevelQuestion | YesNoQuestion, Field(discriminator="type")]
"""Every question type. A new type is one class above and its name here."""
