"""The same arithmetic for many sheets at once: a column holds one number for each sheet."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assessment.scoring.arithmetic import Arithmetic, Bool, Number


class Columns:
    """Many sheets: columns of numbers. Each operation works sheet by sheet, so that no order of adding changes."""

    def where(self, condition: Bool, then: Number, otherwise: Number) -> Any:
        """Return, for each sheet, `then` where the condition holds and `otherwise` where not."""
        return np.where(condition, then, otherwise)

    def least(self, one: Number, other: Number) -> Any:
        """Return the smaller, for each sheet."""
        return np.minimum(one, other)

    def most(self, one: Number, other: Number) -> Any:
        """Return the greater, for each sheet."""
        return np.maximum(one, other)

    def ratio(self, above: Number, below: Number) -> Any:
        """Return the quotient for each sheet, or 0 where it would be divided by 0."""
        there = below != 0
        return np.where(there, above / np.where(there, below, 1.0), 0.0)

    def pile(self, sums: list[Number], amount: Number, worth: Number, thresholds: Sequence[float]) -> None:
        """Add, for each sheet, the amount to the sum of each threshold that the worth reaches."""
        for index, threshold in enumerate(thresholds):
            sums[index] = sums[index] + amount * (worth >= threshold)


MANY_SHEETS: Arithmetic = Columns()
