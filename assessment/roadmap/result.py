"""What a roadmap is: slots, what was postponed and why, load, and where it leads."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from assessment.values import Id, Model

SLOTS_PER_MONTH = 2


class Capacity(Model):
    """What there is to work with."""

    start: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
    """First day of the first month."""
    per_month: Annotated[float, Field(ge=0, le=100_000)] = 12.0
    """Person-days a month for the transformation."""
    months: Annotated[int, Field(ge=1, le=60)] = 18
    """Horizon."""


Why = Literal["cap", "prerequisite", "quick_win", "value"]


class Slot(Model):
    """A measure in the plan."""

    measure: Id
    begin: int
    """First half-month, 0 is the start of the plan."""
    end: int
    """First half-month after the measure."""
    effort: float
    effort_low: float
    effort_high: float
    """Person-days, scaled to the organisation."""
    why: Why
    moves: tuple[Id, ...]
    """Questions raised when the measure is done."""
    lifts: tuple[Id, ...] = ()
    """Caps that it lifts."""
    waits_for: tuple[Id, ...] = ()
    """Measures in the plan that it requires."""


Reason = Literal["capacity", "horizon", "prerequisite", "no_gap", "not_applicable", "unclear", "not_asked"]


class Postponed(Model):
    """A measure that is not in the plan, and why."""

    measure: Id
    reason: Reason
    needs_per_month: float | None = None
    """Person-days a month that the measure alone would take, when capacity is the reason."""
    waits_for: tuple[Id, ...] = ()
    """The measures or questions that stand in the way."""


class Projected(Model):
    """What the scoring engine makes of the answers after a month of the plan."""

    month: int
    """0 is today."""
    values: dict[str, float | None]
    """Index by section: the whole and its parts."""
    levels: dict[str, int | None]
    caps: tuple[Id, ...]
    """Caps still applying."""


class Roadmap(Model):
    """The plan, what fell out of it, and what it leads to."""

    capacity: Capacity
    slots: tuple[Slot, ...]
    postponed: tuple[Postponed, ...]
    clarify: tuple[Id, ...]
    """Gate questions answered "don't know": to be clarified before anything else."""
    load: tuple[float, ...]
    """Person-days by month of the horizon."""
    projection: tuple[Projected, ...]

    def slot(self, measure: str) -> Slot | None:
        """Return the measure's place in the plan."""
        return next((slot for slot in self.slots if slot.measure == measure), None)
