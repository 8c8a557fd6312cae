"""The maturity levels and the index they lie on."""

from bisect import bisect_right
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from assessment.values import TOLERANCE, Model, Number, Text


class Range(Model):
    """From the lowest to the highest point of an index."""

    low: Number
    high: Number

    @model_validator(mode="after")
    def _runs_upwards(self) -> Self:
        if self.high - self.low <= TOLERANCE:
            raise ValueError(
                "a range runs from a lower to a higher figure: give the lower one as `low`, the higher one as `high`"
            )
        return self


class Level(Model):
    """One step of the scale."""

    level: int
    label: Text
    description: Text
    starts: Annotated[Number | None, Field(alias="from")] = None
    """The index from which this level is meant; none: the levels are spread evenly over the index."""


class Scale(Model):
    """The maturity levels, lowest first, and the index that they lie on."""

    levels: Annotated[tuple[Level, ...], Field(min_length=2)]
    index: Range | None = None
    """Where the index runs, for example 0 to 100; none: over the numbers of the levels."""

    @property
    def lowest(self) -> int:
        """The level that is always reached."""
        return self.levels[0].level

    @property
    def highest(self) -> int:
        """The level at the top."""
        return self.levels[-1].level

    def at(self, level: int) -> Level:
        """Return the level with this number."""
        return next(step for step in self.levels if step.level == level)

    @property
    def bottom(self) -> float:
        """The lowest point of the index."""
        return self.index.low if self.index else float(self.lowest)

    @property
    def top(self) -> float:
        """The highest point of the index."""
        return self.index.high if self.index else float(self.highest)

    def of_worth(self, worth: float) -> float:
        """Return the point of the index for a worth from 0 to 1."""
        return self.bottom + worth * (self.top - self.bottom)

    @cached_property
    def thresholds(self) -> tuple[float, ...]:
        """The worth, 0 to 1, from which each level is meant, lowest level first."""
        if all(step.starts is None for step in self.levels):
            return tuple((step.level - self.lowest) / (self.highest - self.lowest) for step in self.levels)
        starts = [self.bottom if step.starts is None else step.starts for step in self.levels]
        return tuple((start - self.bottom) / (self.top - self.bottom) for start in starts)

    def worth_of_level(self, level: int) -> float:
        """Return the worth, 0 to 1, from which a level is meant; the nearest one for a level off the scale."""
        return self.thresholds[min(max(level - self.lowest, 0), len(self.levels) - 1)]

    def level_of_worth(self, worth: float) -> int:
        """Return the highest level that is meant from this worth on or earlier."""
        return self.lowest + bisect_right(self.thresholds, worth + TOLERANCE, lo=1) - 1
