"""What can be done, and which questions it moves."""

from typing import Annotated, Literal

from pydantic import Field

from assessment.conditions import Condition
from assessment.questions import Value
from assessment.values import Id, Model, Number, Text


class Effect(Model):
    """A measure raises this question to a value, if the question already stands at `from` or higher."""

    question: Id
    needs: Annotated[Value | None, Field(alias="from")] = None
    to: Value


class Effort(Model):
    """Internal effort in person-days, as a range."""

    low: Annotated[Number, Field(ge=0)]
    high: Annotated[Number, Field(ge=0)]

    @property
    def middle(self) -> float:
        """What plans are made with."""
        return (self.low + self.high) / 2


Goal = Literal["cost", "customer", "people", "resilience", "compliance"]


class Lead(Model):
    """Time that passes before a measure can begin and in which nobody works on it: a consultation, a notice, a delivery."""

    weeks: Annotated[int, Field(ge=1, le=104)]
    """Counted from the end of all it requires, or from the start of the plan."""
    because: Text
    applies_if: tuple[Condition, ...] = ()
    """All must hold, or there is nothing to wait for; while it is not known, the time is planned."""


class Measure(Model):
    """What can be done: effort, time, what it needs first, and which questions it moves."""

    id: Id
    title: Text
    what: Text
    first_steps: tuple[Text, ...] = ()
    effects: Annotated[tuple[Effect, ...], Field(min_length=1)]
    effort: Effort
    weeks: Annotated[int, Field(ge=1, le=260)]
    """Elapsed time once everything it requires is done."""
    cost: Annotated[int, Field(ge=1, le=4)]
    """Class of external cost in the first year, 1 lowest."""
    goals: tuple[Goal, ...] = ()
    work: dict[Id, Annotated[Number, Field(gt=0, le=100)]] = Field(default_factory=dict)
    """Who does it: the share of the effort by planning role, in percent; empty: anybody."""
    lead: Lead | None = None
    adoption: Annotated[int, Field(ge=0, le=104)] = 0
    """Weeks after its end until it takes effect."""
    requires: tuple[Id, ...] = ()
    applies_if: tuple[Condition, ...] = ()
    role: Text
    key_figure: Text
    risk: Text


class Quick(Model):
    """What makes a measure a quick win: all of these, and no requirement that is not itself one."""

    effort: Number
    """Person-days at most (upper end)."""
    weeks: int
    cost: int


class Role(Model):
    """Somebody, or a team, whose time is planned."""

    id: Id
    label: Text


class Money(Model):
    """A class of external cost, in whole units of the questionnaire's currency."""

    low: Annotated[Number, Field(ge=0)]
    high: Annotated[Number, Field(ge=0)]

    @property
    def middle(self) -> float:
        """What plans are made with."""
        return (self.low + self.high) / 2


class Planning(Model):
    """How roadmaps are made of the measures: estimates of the questionnaire's authors, in one place."""

    roles: tuple[Role, ...] = ()
    """Whose time can be limited on its own, besides the total."""
    money: tuple[Money, ...] = ()
    """What each class of cost stands for, lowest first; none: plans know no budget."""
    steps: tuple[Annotated[Number, Field(gt=0, le=1)], ...] = ()
    """What a step up counts, by the level it starts from; falling, so that the weakest comes first; none: each the same."""
    day_worth: Annotated[Number, Field(ge=0, le=1)] = 0
    """What a person-day has to bring, or its measure is left out: a share of the whole index, times months."""
    goal_factor: Annotated[Number, Field(ge=1, le=10)] = 3
    """Under a goal, a step counts so many times as much if all measures that lead to it serve the goal."""
