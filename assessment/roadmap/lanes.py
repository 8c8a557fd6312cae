"""Amounts by period and resource, packed side by side in one whole number.

Whether a load fits into what is free is then one subtraction, however many months and roles there are: each lane carries a
guard bit above its amount, and a lane that would go below nothing takes its guard with it. Python's whole numbers have no
end, so there is no limit to the lanes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Lanes:
    """How amounts are packed: period by period, and within a period resource by resource."""

    periods: int
    resources: int
    width: int
    """Bits of a lane, its guard included."""

    @classmethod
    def for_amounts(cls, periods: int, resources: int, *, most: int) -> "Lanes":
        """Return lanes wide enough for amounts up to `most`."""
        return cls(periods, resources, most.bit_length() + 1)

    @property
    def guards(self) -> int:
        """The guard bits of all lanes."""
        lane = 1 << (self.width - 1)
        return sum(lane << (number * self.width) for number in range(self.periods * self.resources))

    @property
    def stride(self) -> int:
        """Bits from one period to the next."""
        return self.width * self.resources

    def packed(self, amounts: Mapping[tuple[int, int], int]) -> int:
        """Return amounts by period and resource as one number.

        Raises:
            OverflowError: an amount does not fit its lane.
        """
        total = 0
        for (period, resource), amount in amounts.items():
            if not 0 <= amount < 1 << (self.width - 1):
                raise OverflowError(amount)
            total += amount << ((period * self.resources + resource) * self.width)
        return total

    def free(self, rows: Iterable[Iterable[int]]) -> int:
        """Return what is free, by resource and period, with all guards up."""
        amounts = {
            (period, resource): amount
            for resource, row in enumerate(rows)
            for period, amount in enumerate(row)
        }
        return self.packed(amounts) + self.guards

    def unpacked(self, free: int) -> list[list[int]]:
        """Return what is free by resource and period; the inverse of `free`."""
        mask = (1 << (self.width - 1)) - 1
        return [
            [
                (free >> ((period * self.resources + resource) * self.width)) & mask
                for period in range(self.periods)
            ]
            for resource in range(self.resources)
        ]
