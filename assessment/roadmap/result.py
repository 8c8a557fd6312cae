"""What a roadmap is: slots and why they stand where they do, what was postponed and what would bring it back, load, and
where it leads. Data only; the sentences are made in `document`."""

from typing import Literal

from pydantic import Field

from assessment.roadmap.terms import Capacity, Wishes
from assessment.values import Id, Model

Why = Literal["cap", "prerequisite", "quick_win", "value", "pinned", "running"]
"""What a measure is in the plan for: it lifts a cap, others need it, it is small and brings something, it brings something,
it was pinned, it is under way."""

Held = Literal["start", "prerequisite", "lead", "capacity", "role", "pinned", "running", "in_time"]
"""Why a measure begins when it does and not earlier: nothing holds it, what it requires ends then, somebody must be asked
first, there is no room before, a role has none, it was pinned, it is under way; or it could, and nothing would come earlier."""


class Rise(Model):
    """A section's level goes up."""

    section: Id
    to: int


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
    """Person-days, scaled to the organisation; of a running measure, what is left."""
    why: Why
    moves: tuple[Id, ...]
    """Questions raised when the measure takes effect."""
    lifts: tuple[Id, ...] = ()
    """Caps that it lifts."""
    waits_for: tuple[Id, ...] = ()
    """Measures in the plan that it requires."""
    works_from: int = 0
    """First half-month in which it has taken effect."""
    lead: int = 0
    """Half-months before its begin in which somebody is asked, or waited for."""
    work: dict[Id, float] = Field(default_factory=dict)
    """Person-days by role, where the questionnaire says who does it."""
    cost: float = 0.0
    """External cost that the budget is charged with."""
    stretched: bool = False
    """It takes longer than usual, because a month has too few person-days for it."""
    raises: tuple[Rise, ...] = ()
    """Levels that go up when it takes effect."""
    unlocks: tuple[Id, ...] = ()
    """Measures in the plan that wait for it, directly."""
    assumes: tuple[Id, ...] = ()
    """Measures that it requires and of which is not known whether they are needed: taken as done, to be clarified."""
    held_by: Held = "start"
    held_by_measures: tuple[Id, ...] = ()
    """The measures that hold it: required ones that end just before, or those that take the room."""
    held_by_role: Id | None = None
    worth: float = 0.0
    """The share of the plan's whole gain that would be lost without it, 0 to 1, what it makes room for counted in."""
    cap_months: int = 0
    """Months that caps would stay in force for longer without it, summed."""
    slack: int = 0
    """Half-months that it can slip without moving another measure, overloading a month, or leaving the horizon."""


Reason = Literal[
    "capacity",
    "role",
    "budget",
    "horizon",
    "prerequisite",
    "covered",
    "no_gain",
    "little_gain",
    "no_gap",
    "not_applicable",
    "unclear",
    "not_asked",
    "dropped",
    "done",
]


class Postponed(Model):
    """A measure that is not in the plan, and why."""

    measure: Id
    reason: Reason
    needs_per_month: float | None = None
    """Person-days a month that the measure alone would take at its usual pace, when capacity is the reason."""
    waits_for: tuple[Id, ...] = ()
    """The measures or questions that stand in the way; for covered ones, the measures that bring the same."""
    role: Id | None = None
    """The role that has no room."""
    fits_per_month: float | None = None
    """Person-days a month (of the role, if a role is the reason) from which it fits beside the plan as it stands."""
    fits_months: int | None = None
    """The horizon from which it fits beside the plan as it stands."""
    fits_budget: float | None = None
    """The budget from which it fits beside the plan as it stands."""


class Projected(Model):
    """What the scoring engine makes of the answers after a month of the plan."""

    month: int
    """0 is today."""
    values: dict[str, float | None]
    """Index by section: the whole and its parts."""
    levels: dict[str, int | None]
    caps: tuple[Id, ...]
    """Caps still applying."""


ObstacleKind = Literal[
    "no_capacity",
    "target_beyond_measures",
    "target_beyond_plan",
    "target_unknown",
    "pin_too_early",
    "pin_over_capacity",
    "pin_after_horizon",
    "pin_not_needed",
    "running_over_capacity",
    "commitment_unknown",
    "role_unknown",
]


class Obstacle(Model):
    """Something asked for that cannot be, and what to relax."""

    kind: ObstacleKind
    measure: Id | None = None
    section: Id | None = None
    role: Id | None = None
    waits_for: tuple[Id, ...] = ()
    """Measures that must come first."""
    begin: int | None = None
    """The half-month from which it would be possible."""
    wanted: float | None = None
    reached: float | None = None
    """The index asked for, and the one the plan reaches."""
    reachable: float | None = None
    """The index that all measures together would reach."""
    fits_per_month: float | None = None
    fits_months: int | None = None
    """Person-days a month, or a horizon, with which it would be possible; none if not found."""


class Proof(Model):
    """What is known about every plan under these terms."""

    beyond: float
    """No plan can gain more than this share beyond this one, 0 to 1."""
    caps_proven: bool
    """No plan lifts the legal caps earlier."""
    optimal: bool
    """No plan is better."""
    seconds: float


class Roadmap(Model):
    """The plan, what fell out of it, and what it leads to."""

    capacity: Capacity
    wishes: Wishes = Wishes()
    slots: tuple[Slot, ...]
    postponed: tuple[Postponed, ...]
    clarify: tuple[Id, ...]
    """Questions to be clarified before anything else: gates answered "don't know", and what decides whether something
    required is done already."""
    load: tuple[float, ...]
    """Person-days by month of the horizon."""
    load_by_role: dict[Id, tuple[float, ...]] = Field(default_factory=dict)
    """The same by role."""
    projection: tuple[Projected, ...]
    obstacles: tuple[Obstacle, ...] = ()
    critical: tuple[Id, ...] = ()
    """The chain of measures that decides how long the plan takes, first to last."""
    delay: int = 0
    """Months that legal caps which measures can lift stay in force, summed over these caps."""
    gain: int = 0
    """What the plan is worth: comparable between plans of the same answers under the same goal and targets only."""
    proof: Proof | None = None

    def slot(self, measure: str) -> Slot | None:
        """Return the measure's place in the plan."""
        return next((slot for slot in self.slots if slot.measure == measure), None)
