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
