"""Half-months of a plan as days of the calendar."""

from datetime import date, timedelta

from assessment.charts import month_after
from assessment.roadmap import SLOTS_PER_MONTH

MIDDLE = 16
"""The second half of a month begins on this day."""

DAY = timedelta(days=1)
WEEKEND = 5
"""From this weekday on, counted from Monday, nobody works."""


def first_day(start: date, slot: int) -> date:
    """Return the day on which a half-month of the plan begins; the first one begins with the month of `start`."""
    month, half = divmod(slot, SLOTS_PER_MONTH)
    return month_after(start.replace(day=1), month).replace(day=MIDDLE if half else 1)


def last_day(start: date, end: int) -> date:
    """Return the last day of what ends before this half-month."""
    return first_day(start, end) - DAY


def working_days(first: date, last: date) -> tuple[date, ...]:
    """Return the days from Monday to Friday, both ends included."""
    days = (first + number * DAY for number in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < WEEKEND)
