"""Checks for contradiction and flattery: data, each a doubt with a question to ask."""

from typing import Annotated, Literal

from pydantic import Field

from assessment.conditions import Condition
from assessment.values import Id, Model, Number, Text


class _Check(Model):
    id: Id
    follow_up: Text
    """The question to ask: a doubt is never an accusation, and never corrects an answer."""


class Contradiction(_Check):
    """Answers that hardly go together, told by conditions over answers and key figures."""

    kind: Literal["contradiction"]
    when: Annotated[tuple[Condition, ...], Field(min_length=1)]
    """The doubt arises when all of these hold."""


class StraightLining(_Check):
    """The same value chosen many times in a row."""

    kind: Literal["straight_lining"]
    in_a_row: Annotated[int, Field(ge=3)]
    """Questions of the same type with the same value, in the order they are asked."""


class AllTop(_Check):
    """Every scored question of a section at its best, not one of them with documented evidence."""

    kind: Literal["all_top"]
    from_questions: Annotated[int, Field(ge=2)] = 3
    """Only where at least this many questions were answered."""


class ManySetAside(_Check):
    """More questions than usual said not to apply."""

    kind: Literal["many_set_aside"]
    share: Annotated[Number, Field(gt=0, lt=1)]
    """Of the questions asked; the doubt arises above it."""


Check = Annotated[Contradiction | StraightLining | AllTop | ManySetAside, Field(discriminator="kind")]
"""Checks for contradiction and flattery: each becomes a finding with a follow-up question."""
