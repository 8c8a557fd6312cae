"""Questions answered in writing: a number, scored by points on a line, or a text, never scored."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from assessment.errors import Said
from assessment.questions.asked import Asked, Value
from assessment.questions.controls import Control, Count, Write
from assessment.questions.options import bounds_of
from assessment.values import TOLERANCE, Model, Number, Text, Weight


class Point(Model):
    """A number and what it is worth; between two points the worth runs in a straight line."""

    at: Number
    worth: Number


LARGEST = 10**15
"""Beyond this a number cannot be told from its neighbours."""

CLOSE = 0.02
"""A round number may be worth this much more than the crooked one it stands for."""


class NumberQuestion(Asked):
    """A number, for example a key figure; scored where points say what it is worth, piecewise in straight lines."""

    minutes: ClassVar[float] = 0.75

    type: Literal["number"]
    unit: Text | None = None
    low: Number | None = None
    high: Number | None = None
    """Plausible limits; a number outside is not admitted."""
    whole: bool = False
    worths: tuple[Point, ...] = ()
    """In rising order of `at`; below the first and above the last point the worth stays as it is there."""

    def control(self) -> Count:
        """Ask by writing a number."""
        return Count(low=self.low, high=self.high, whole=self.whole, unit=self.unit)

    def admit(self, value: object) -> int | float:
        """Return the value as a number.

        Raises:
            ValueError: not a number, outside the limits, or not whole where it must be.
        """
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not abs(value) < LARGEST:
            raise ValueError(Said("must be a number"))
        if self.low is not None and value < self.low:
            raise ValueError(Said("must be at least {low}", low=_shown(self.low)))
        if self.high is not None and value > self.high:
            raise ValueError(Said("must be at most {high}", high=_shown(self.high)))
        if self.whole:
            if not float(value).is_integer():
                raise ValueError(Said("must be a whole number"))
            return int(value)
        return value

    def bounds(self) -> tuple[float, float]:
        """Return the least and the most that a number can be worth."""
        return bounds_of(point.worth for point in self.worths)

    def points(self, value: Value) -> float:
        """Return what the number is worth on the author's scale."""
        number = float(self.admit(value))
        if not self.worths:
            return 0.0
        right = bisect_right([point.at for point in self.worths], number)
        if right in (0, len(self.worths)):
            return self.worths[max(0, right - 1)].worth
        one, other = self.worths[right - 1], self.worths[right]
        return one.worth + (number - one.at) / (other.at - one.at) * (other.worth - one.worth)

    def values(self) -> tuple[Value, ...]:
        """Return the numbers at the points, worst first."""
        return tuple(sorted((point.at for point in self.worths), key=lambda at: (self.points(at), at)))

    def reaching(self, worth: float) -> Value | None:
        """Return the number of least worth among those worth at least this, a round one if it is close; None if none is."""
        low, high = self.bounds()
        wanted = low + worth * (high - low)
        found = [number for number in self._crossings(wanted) if self.worth(number) >= worth - TOLERANCE]
        best = min(found, key=lambda number: (self.points(number), number), default=None)
        if best is None or self.whole:
            return best
        rounder = (
            number
            for digits in (0, 1, 2)
            for number in (floor(best * 10**digits) / 10**digits, ceil(best * 10**digits) / 10**digits)
            if self._within(number) and worth - TOLERANCE <= self.worth(number) <= worth + CLOSE
        )
        return next(rounder, best)

    def _within(self, number: float) -> bool:
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    def _crossings(self, wanted: float) -> Iterator[int | float]:
        """Yield the numbers at which the line has so many points, and the points themselves; whole ones where it must be."""
        places = [point.at for point in self.worths]
        for one, other in pairwise(self.worths):
            if min(one.worth, other.worth) < wanted < max(one.worth, other.worth):
                share = (wanted - one.worth) / (other.worth - one.worth)
                places.append(one.at + share * (other.at - one.at))
        for place in places:
            for number in (floor(place), ceil(place)) if self.whole else (place,):
                if self._within(number):
                    yield number

    @model_validator(mode="after")
    def _is_scored_or_not(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(
                f"the limits run from {_shown(self.low)} down to {_shown(self.high)}: give the lower figure as `low`, the higher one as `high`"
            )
        places = [point.at for point in self.worths]
        if any(later - earlier <= TOLERANCE for earlier, later in pairwise(places)):
            raise ValueError("the points do not rise: give `at` in rising order, each figure once")
        if self.weight and not self.worths:
            raise ValueError("nothing says what the number is worth: give `worths`, or the question weight 0")
        if self.weight and len({point.worth for point in self.worths}) < 2:
            raise ValueError(
                "every number is worth the same: give `worths` two points that differ, or the question weight 0"
            )
        for place in places:
            if (self.low is not None and place < self.low) or (self.high is not None and place > self.high):
                raise ValueError(
                    f"the point at {_shown(place)} lies outside the limits `low` and `high`: move it, or the limit"
                )
        return self


class TextQuestion(Asked):
    """A text in people's own words: asked and printed, never scored."""

    minutes: ClassVar[float] = 1.0

    type: Literal["text"]
    weight: Weight = 0
    longest: Annotated[int, Field(ge=1, le=6000)] = 2000
    """Characters at most."""

    def control(self) -> Control:
        """Ask by writing a text."""
        return Write(longest=self.longest)

    def admit(self, value: object) -> str:
        """Return the value as a text.

        Raises:
            ValueError: not a text, empty, or too long.
        """
        if not isinstance(value, str) or not value.strip():
            raise ValueError(Said("must be a text"))
        if len(value) > self.longest:
            raise ValueError(Said("must have at most {longest} characters", longest=self.longest))
        return value

    @model_validator(mode="after")
    def _is_not_scored(self) -> Self:
        if self.weight:
            raise ValueError("a text is never scored: leave the weight out")
        return self


def _shown(number: float) -> str:
    return f"{number:g}"
