"""Questions answered by one step of a ladder: a level with its anchors, or yes and no."""

from typing import ClassVar, Literal

from pydantic import field_validator

from assessment.errors import Said
from assessment.questions.asked import Asked, Value
from assessment.questions.controls import Choose, Control
from assessment.values import Text


class LevelQuestion(Asked):
    """One of the scale's levels, each described by an anchor of its own: an observable state, not an adjective."""

    minutes: ClassVar[float] = 0.6
    """Time to read and answer, an author's estimate; used for "minutes left" only."""

    type: Literal["level"]
    anchors: dict[int, Text]
    own_scale: bool = False
    """The anchors are not the questionnaire's levels but a scale of this question's own, for example 0 to 3."""

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

    def bounds(self) -> tuple[float, float]:
        """Return the lowest and the highest anchor."""
        return float(min(self.anchors)), float(max(self.anchors))

    def points(self, value: Value) -> float:
        """Return the level itself."""
        return float(self.admit(value))

    def values(self) -> tuple[Value, ...]:
        """Return every value the question admits, worst first."""
        return tuple(sorted(self.anchors))

    def words(self, value: Value) -> tuple[Text, ...]:
        """Return the anchor of the value."""
        return (self.anchors[self.admit(value)],)

    @field_validator("anchors")
    @classmethod
    def _several(cls, anchors: dict[int, Text]) -> dict[int, Text]:
        if len(anchors) < 2:
            raise ValueError("there are fewer than two anchors: describe each level that can be chosen")
        return anchors


class YesNoQuestion(Asked):
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

    def points(self, value: Value) -> float:
        """Return 1 for yes and 0 for no."""
        return 1.0 if self.admit(value) else 0.0

    def values(self) -> tuple[Value, ...]:
        """Return every value the question admits, worst first."""
        return (False, True)
