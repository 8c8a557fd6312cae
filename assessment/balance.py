"""Value along a plan: what is spent and what is brought month by month, in three cases.

The value model says what the whole is worth a year and what it costs. Along the plan the cost once follows the work, the
yearly cost runs from the month in which something is in place, and the benefit comes as far as the plan has come: in
proportion to the part of its gain in the index that is reached. That is a convention, and is said wherever the figures are.
"""

from collections.abc import Sequence

from assessment.value import CASES, Amount, Case, Value
from assessment.values import TOLERANCE, Model

MONTHS_A_YEAR = 12


class Balance(Model):
    """Where the money stands at the end of a month of the plan, in the currency of the profile."""

    month: int
    in_place: float
    """The part of the plan's gain that is reached, 0 to 1."""
    spent: Amount
    """Cost once as far as the work is done, and yearly cost so far."""
    brought: Amount
    """Benefits so far."""
    left: Amount
    """Brought less spent."""


def along(value: Value, *, in_place: Sequence[float], worked: Sequence[float]) -> tuple[Balance, ...]:
    """Return the balance after each month; nothing if the model does not know benefits and costs.

    Args:
        value: what the value model says.
        in_place: by month from 0, the part of the plan's gain reached at its end; the first is today.
        worked: by month from 1, the part of the plan's effort spent by its end.
    """
    total, once, yearly = value.total, value.one_off, value.yearly
    if total is None or once is None or yearly is None:
        return ()
    months = range(1, len(worked) + 1)
    # what is in place at a month's end works from the next month on
    effect = [sum(in_place[:month]) / MONTHS_A_YEAR for month in months]
    running = [sum(share > TOLERANCE for share in in_place[:month]) / MONTHS_A_YEAR for month in months]

    def balance(month: int) -> Balance:
        at = month - 1
        spent = {case: _of(once, case) * worked[at] + _of(yearly, case) * running[at] for case in CASES}
        brought = {case: _of(total, case) * effect[at] for case in CASES}
        return Balance(
            month=month,
            in_place=in_place[month],
            spent=Amount(**spent),
            brought=Amount(**brought),
            left=Amount(**{case: brought[case] - spent[case] for case in CASES}),
        )

    return tuple(balance(month) for month in months)


def _of(amount: Amount, case: Case) -> float:
    found: float = getattr(amount, case)
    return found
