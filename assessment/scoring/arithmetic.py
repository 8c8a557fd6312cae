"""The few operations the rules need, for one sheet: plain numbers. `columns` has the same for many sheets at once."""

from collections.abc import Sequence
from typing import Any, Protocol

Number = Any
"""A number, or a column of numbers, one for each sheet."""

Bool = Any
"""A truth value, or a column of them."""


class Arithmetic(Protocol):
    """What is written differently for numbers and for columns; `+ - * / < >= & | ^` are the same for both."""

    def where(self, condition: Bool, then: Number, otherwise: Number) -> Number:
        """Return `then` where the condition holds, `otherwise` where not."""
        ...

    def least(self, one: Number, other: Number) -> Number:
        """Return the smaller."""
        ...

    def most(self, one: Number, other: Number) -> Number:
        """Return the greater."""
        ...

    def ratio(self, above: Number, below: Number) -> Number:
        """Return the quotient; 0 where it would be divided by 0."""
        ...

    def pile(self, sums: list[Number], amount: Number, worth: Number, thresholds: Sequence[float]) -> None:
        """Add the amount to the sum of each threshold, in rising order, that the worth reaches."""
        ...


class Numbers:
    """One sheet: plain numbers."""

    def where(self, condition: bool, then: float, otherwise: float) -> float:
        """Return `then` if the condition holds, `otherwise` if not."""
        return then if condition else otherwise

    def least(self, one: float, other: float) -> float:
        """Return the smaller."""
        return one if one < other else other

    def most(self, one: float, other: float) -> float:
        """Return the greater."""
        return one if one > other else other

    def ratio(self, above: float, below: float) -> float:
        """Return the quotient, or 0 if it would be divided by 0."""
        return above / below if below else 0.0

    def pile(self, sums: list[float], amount: float, worth: float, thresholds: Sequence[float]) -> None:
        """Add the amount to the sum of each threshold, in rising order, that the worth reaches."""
        if amount:
            for index, threshold in enumerate(thresholds):
                if worth < threshold:
                    break
                sums[index] += amount


ONE_SHEET: Arithmetic = Numbers()
