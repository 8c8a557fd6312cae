"""Where an index runs, where the marks of its axis stand, and with how many decimals it is said."""

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import NamedTuple

from assessment.scoring import Score
from assessment.values import TOLERANCE

FEW = 6
"""A whole span of at most so many has a mark at each whole number."""
ALIKE = 9
"""Ends of two axes that agree to so many decimals are the same."""


class Axis(NamedTuple):
    """What several indices are drawn on: their own range where they share one, else percent of the way."""

    low: float
    high: float
    percent: bool = False

    @property
    def digits(self) -> int:
        """With how many decimals a figure on this axis is said."""
        return 0 if self.percent else digits_of(self.low, self.high)

    def at(self, score: Score, value: float | None) -> float | None:
        """Return where a value of this score's index lies on the axis."""
        if value is None or not self.percent:
            return value
        span = score.top - score.bottom
        return 100 * (value - score.bottom) / span if span > TOLERANCE else 0.0


def axis_of(scores: Iterable[Score]) -> Axis:
    """Return the axis that these scores can be drawn on together."""
    ends = {
        (round(score.bottom, ALIKE), round(score.top, ALIKE)) for score in scores if score.low is not None
    }
    return Axis(*ends.pop()) if len(ends) == 1 else Axis(0.0, 100.0, percent=True)


def digits_of(low: float, high: float) -> int:
    """Return the decimals of an index that runs so far: 2 on 1 to 5, 1 on 0 to 100, none on 0 to 1000."""
    span = high - low
    return 2 if span <= 20 else 1 if span < 1000 else 0


def marks_of(low: float, high: float) -> tuple[float, ...]:
    """Return where an axis has its marks: few, at round figures, both ends among them."""
    span = high - low
    if span <= TOLERANCE:
        return (low,)
    if _is_whole(low) and _is_whole(span) and span <= FEW:
        return tuple(low + step for step in range(round(span) + 1))
    for parts in (4, 5, 6, 3):
        if _is_round(span / parts):
            return tuple(low + span * step / parts for step in range(parts + 1))
    rough = span / 5
    unit: float = 10.0 ** floor(log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough - TOLERANCE)
    inner = [step * number for number in range(ceil(low / step), floor(high / step) + 1)]
    return (low, *(mark for mark in inner if low + step / 2 < mark < high - step / 2), high)


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < TOLERANCE


def _is_round(step: float) -> bool:
    """Say whether a step is one that people count in: 1, 2, 3 or 5 times a power of ten, or 25."""
    unit: float = 10.0 ** floor(log10(step))
    counted = (1.0, 2.0, 3.0, 5.0) if step < 10 else (1.0, 2.0, 2.5, 5.0)
    return any(abs(step / unit - factor) < TOLERANCE for factor in counted)
