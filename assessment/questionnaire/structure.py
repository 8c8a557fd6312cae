"""The tree of sections, the profile, and what limits a level."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from assessment.conditions import Condition
from assessment.questionnaire.scale import Range
from assessment.questions import Question, Value
from assessment.values import Id, Model, Number, Text, Weight

Method = Literal["mean", "mean_of_leaves", "sum", "min", "staged"]
"""How a section's index is made of its parts."""

LevelMethod = Literal["process_attribute", "staged", "bands"]
"""How a section's level is found."""


class Option(Model):
    """One choice of a profile field."""

    id: Id
    label: Text
    effort_factor: Annotated[Number, Field(gt=0)] | None = None
    """Efforts of all measures are multiplied by this, for example for the size of the organisation."""


class ProfileField(Model):
    """A fact about the organisation that decides which questions, gates and rules concern it."""

    id: Id
    type: Literal["one", "many", "yes_no"]
    label: Text
    help: Text | None = None
    options: tuple[Option, ...] = ()
    """Empty for yes_no, whose options are `yes` and `no`."""

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids that may be chosen."""
        return ("yes", "no") if self.type == "yes_no" else tuple(option.id for option in self.options)


class Section(Model):
    """A part of the questionnaire: a dimension, a capability, at any depth."""

    id: Id
    title: Text
    description: Text
    why: Text | None = None
    weight: Weight = 1
    method: Method = "mean"
    """How the index is made of the parts: their weighted mean, the mean of all questions below, their weighted sum, the
    weakest of them, or the stage reached."""
    levels: LevelMethod | None = None
    """How the level is found; none: as the questionnaire says."""
    points: Range | None = None
    """Where this section's index runs, if not over the questionnaire's scale. A sum runs from what its parts are worth at
    least to what they are worth at most."""
    stage: int | None = None
    """The level that the questions in and below this section belong to, for levels by stages."""
    applies_if: tuple[Condition, ...] = ()
    """All must hold, or nothing in and below this section is asked."""
    at_most_above_weakest: Annotated[int, Field(ge=0)] | None = None
    """The level may be at most this many steps above the weakest part; none: no such limit."""
    sections: tuple["Section", ...] = ()
    questions: tuple[Question, ...] = ()

    def walk(self) -> Iterator["Section"]:
        """Yield this section and all below it, top down."""
        yield self
        for part in self.sections:
            yield from part.walk()

    def all_questions(self) -> Iterator[Question]:
        """Yield every question in and below this section, in the order they are asked."""
        for section in self.walk():
            yield from section.questions


class Limit(Model):
    """A cap's effect: this section stays at or below this level."""

    section: Id
    level: int


class Cap(Model):
    """A knock-out: while its question is below a value, sections are limited. It limits the level, never the index."""

    id: Id
    question: Id
    below: Value
    """The cap applies while the answer is worth less than this value of the question."""
    unknown_counts: bool = False
    """Whether "don't know" applies the cap, too."""
    limits: Annotated[tuple[Limit, ...], Field(min_length=1)]
    reason: Text
    at_once: Text | None = None
    """What can be done today, before any measure: to stop, to pause, to leave off."""
    references: tuple[Id, ...] = ()
