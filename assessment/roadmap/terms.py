"""What a plan is made under: what there is to work with, what is wished for, what is settled already, and who follows it up."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from assessment.questionnaire import Effort, Goal
from assessment.values import Id, Model, Written

SLOTS_PER_MONTH = 2
"""Plans run in half-months."""

MIDDLE_OF_MONTH = 15

Days = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
"""Person-days."""

LEAST_DAYS = 0.01
"""Plans reckon in hundredths of a person-day."""

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]

Month = Annotated[str, Field(pattern=r"^2[01]\d\d-(0[1-9]|1[0-2])$")]
"""A month of the calendar: 2027-03."""


class Capacity(Model):
    """What there is to work with."""

    start: Day
    """First day of the first month."""
    per_month: Days = 12.0
    """Person-days a month for the transformation."""
    months: Annotated[int, Field(ge=1, le=60)] = 18
    """Horizon."""
    roles: dict[Id, Days] = Field(default_factory=dict)
    """Person-days a month of single roles, as parts of the total; a role not named has no limit of its own."""
    other_months: dict[Month, Days] = Field(default_factory=dict)
    """Months with more or fewer person-days in all than the others; roles have as many times more or fewer."""
    budget: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] | None = None
    """External cost of all measures together, in the questionnaire's currency; none: no limit."""

    def in_month(self, month: int) -> float:
        """Return the person-days of a month of the plan, counted from 0."""
        number = self.start.year * 12 + self.start.month - 1 + month
        return self.other_months.get(f"{number // 12:04}-{number % 12 + 1:02}", self.per_month)

    def scaled(self, per_month: float) -> "Capacity":
        """Return the capacity with another number of person-days a month; roles and single months grow or shrink with it."""
        factor = per_month / self.per_month if self.per_month >= LEAST_DAYS else 1.0
        return self.model_copy(
            update={
                "per_month": per_month,
                "roles": {role: days * factor for role, days in self.roles.items()},
                "other_months": {month: days * factor for month, days in self.other_months.items()},
            }
        )

    def share_of_month(self, month: int) -> float:
        """Return how many times the usual person-days a month of the plan has; 1 where hardly any are usual."""
        return self.in_month(month) / self.per_month if self.per_month >= LEAST_DAYS else 1.0


Standing = Literal["done", "running", "pinned", "dropped"]
"""What is settled about a measure: it is finished, somebody works on it, it must begin then, it is not wanted."""


class Commitment(Model):
    """Something settled about a measure that the plan keeps to."""

    measure: Id
    standing: Standing
    begin: Day | None = None
    """When it began or is to begin; none: with the plan."""
    end: Day | None = None
    """When a running measure will be finished, if not after its usual weeks; when a finished one was; when one was dropped."""


def _once(commitments: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    names = [each.measure for each in commitments]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"more than one commitment for {', '.join(twice)}")
    return commitments


class Stood(Model):
    """Where a measure stood in a plan that was kept."""

    measure: Id
    begin: Day
    end: Day
    """The day after its last."""


class Wishes(Model):
    """What a plan is to lead to, and what it must keep to."""

    goal: Goal | None = None
    """What counts more than the rest; none: nothing does."""
    targets: dict[Id, float] = Field(default_factory=dict)
    """By section, the index beyond which progress counts only a little."""
    commitments: Annotated[tuple[Commitment, ...], AfterValidator(_once)] = ()
    efforts: dict[Id, Effort] = Field(default_factory=dict)
    """Efforts that somebody knows better than the questionnaire, by measure, in person-days of this organisation."""

    kept: tuple[Stood, ...] = ()
    """A plan that was kept: what need not move stays where it stood then."""

    def of(self, measure: str) -> Commitment | None:
        """Return what is settled about a measure."""
        return next((each for each in self.commitments if each.measure == measure), None)

    def with_commitment(self, measure: str, commitment: Commitment | None) -> "Wishes":
        """Return the wishes with something else settled about a measure, or nothing."""
        others = tuple(each for each in self.commitments if each.measure != measure)
        return self.model_copy(
            update={"commitments": (*others, *((commitment,) if commitment is not None else ()))}
        )


class Turn(Model):
    """On a day, something else was settled about a measure."""

    on: Day
    standing: Standing | None = None
    """None: it stands in the plan again like any other."""


MOST_TURNS = 50
"""So many turns of a measure are kept, the latest."""


class Track(Model):
    """What is noted about a measure beside what is settled: who answers for it, why, and how it went."""

    measure: Id
    owner: Annotated[Written, Field(max_length=200)] = ""
    note: Annotated[Written, Field(max_length=2000)] = ""
    turns: tuple[Turn, ...] = ()
    """What was settled when, oldest first."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not (self.owner.strip() or self.note.strip() or self.turns)


class Aim(Model):
    """Where a measure was to stand, and what it was to take, in the plan that progress is measured against."""

    measure: Id
    begin: Day
    end: Day
    """Its last day."""
    days: Days
    """Person-days."""


class Tracking(Model):
    """How a plan is followed up. It is no part of what a plan is made of: a note moves no measure."""

    tracks: tuple[Track, ...] = ()
    aims: tuple[Aim, ...] = ()
    """The plan that progress is measured against; none: no plan was kept."""
    kept_on: Day | None = None
    """When that plan was kept."""
    changed: datetime | None = None
    """When somebody last changed anything about the plan."""

    def of(self, measure: str) -> Track:
        """Return what is noted about a measure; nothing, if nothing is."""
        return next((each for each in self.tracks if each.measure == measure), Track(measure=measure))

    def aim(self, measure: str) -> Aim | None:
        """Return where a measure was to stand."""
        return next((each for each in self.aims if each.measure == measure), None)

    def with_track(self, track: Track) -> "Tracking":
        """Return the tracking with something else noted about a measure."""
        others = tuple(each for each in self.tracks if each.measure != track.measure)
        return self.model_copy(update={"tracks": others if track.is_empty else (*others, track)})

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody who answers for a measure, by name."""
        return tuple(sorted({each.owner.strip() for each in self.tracks} - {""}, key=str.casefold))


NOT_TRACKED = Tracking()

Tracked = Annotated[Tracking, Field(exclude_if=lambda tracking: tracking == NOT_TRACKED)]
"""Written only where there is something to write."""


class Terms(Model):
    """Everything a plan is made under, and how it is followed up, as one value: this is what is stored."""

    capacity: Capacity
    wishes: Wishes = Wishes()
    tracking: Tracked = NOT_TRACKED

    @model_validator(mode="before")
    @classmethod
    def _of_capacity_alone(cls, data: Any) -> Any:
        """Take the settings of earlier versions, which were a capacity and nothing else."""
        if isinstance(data, dict) and "start" in data and "capacity" not in data:
            return {"capacity": data}
        return data

    @property
    def is_followed_up(self) -> bool:
        """Whether somebody keeps the plan, or has said how a measure of it stands."""
        is_settled = any(each.standing != "pinned" for each in self.wishes.commitments)
        return is_settled or bool(self.wishes.kept or self.tracking.aims or self.tracking.tracks)

    def settled(self, measure: str, commitment: Commitment | None, *, on: date) -> "Terms":
        """Return the terms with something else settled about a measure on a day; a turn of that is noted."""
        before, track = self.wishes.of(measure), self.tracking.of(measure)
        standing = commitment.standing if commitment else None
        tracking = self.tracking
        if standing != (before.standing if before else None):
            # what was settled and taken back on one day was a slip
            turns = [turn for turn in track.turns if turn.on != on]
            if standing != (turns[-1].standing if turns else None):
                turns.append(Turn(on=on, standing=standing))
            tracking = tracking.with_track(track.model_copy(update={"turns": tuple(turns[-MOST_TURNS:])}))
        wishes = self.wishes.with_commitment(measure, commitment)
        return self.model_copy(update={"wishes": wishes, "tracking": tracking})

    def stamped(self, moment: datetime) -> "Terms":
        """Return the terms as changed last at this moment."""
        return self.model_copy(update={"tracking": self.tracking.model_copy(update={"changed": moment})})

    def noted(self, track: Track) -> "Terms":
        """Return the terms with something else noted about a measure."""
        return self.model_copy(update={"tracking": self.tracking.with_track(track)})


def first_day(start: date, slot: int) -> date:
    """Return the day on which a half-month of a plan begins: the 1st or the 16th."""
    months = start.year * 12 + start.month - 1 + slot // SLOTS_PER_MONTH
    return date(months // 12, months % 12 + 1, 1 if slot % SLOTS_PER_MONTH == 0 else MIDDLE_OF_MONTH + 1)


def slot_of(start: date, day: date) -> int:
    """Return the half-month of a plan in which a day lies; negative before the plan."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months * SLOTS_PER_MONTH + (day.day > MIDDLE_OF_MONTH)
