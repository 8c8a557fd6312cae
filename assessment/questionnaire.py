"""The content's types: scale, profile, sections of any depth, caps, measures, the legal register, and what must hold between them."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from assessment.questions import Condition, Question, Value
from assessment.values import Id, Language, Model, Text, Weight


class Level(Model):
    """One step of the scale."""

    level: int
    label: Text
    description: Text


class Scale(Model):
    """The maturity levels, lowest first."""

    levels: Annotated[tuple[Level, ...], Field(min_length=2)]

    @property
    def lowest(self) -> int:
        """The level that is always reached."""
        return self.levels[0].level

    @property
    def highest(self) -> int:
        """The level at the top."""
        return self.levels[-1].level

    def at(self, level: int) -> Level:
        """Return the level with this number."""
        return next(step for step in self.levels if step.level == level)

    def of_worth(self, worth: float) -> float:
        """Return the point on the scale for a worth from 0 to 1."""
        return self.lowest + worth * (self.highest - self.lowest)


class Option(Model):
    """One choice of a profile field."""

    id: Id
    label: Text
    effort_factor: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
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


class Effect(Model):
    """A measure raises this question to a value, if the question already stands at `from` or higher."""

    question: Id
    needs: Annotated[Value | None, Field(alias="from")] = None
    to: Value


class Effort(Model):
    """Internal effort in person-days, as a range."""

    low: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    high: Annotated[float, Field(ge=0, allow_inf_nan=False)]

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

    effort: float
    """Person-days at most (upper end)."""
    weeks: int
    cost: int


class RegisterRow(Model):
    """One row of the legal register: a prompt for a lawyer, dated, with its state of verification."""

    id: Id
    jurisdiction: Id
    instrument: Text
    duty: Text
    state: Text
    """Since when, and in which state it was when last checked."""
    confidence: Literal["high", "medium", "low"]
    verified: str
    """V1 primary text read · V2 two independent sources · V3 one source · V0 professional knowledge, not looked up."""
    sections: tuple[Id, ...] = ()


class Union(Model):
    """A jurisdiction that holds in several countries."""

    id: Id
    members: tuple[Id, ...]


class Register(Model):
    """The legal register with its date; never legal advice."""

    as_of: date
    unions: tuple[Union, ...] = ()
    rows: tuple[RegisterRow, ...] = ()


class Legal(Model):
    """Which section carries the legal status, and from which level a topic is green."""

    section: Id
    green_from: int


class Questionnaire(Model):
    """A questionnaire as its authors wrote it, checked: the loader is the only way in."""

    id: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    title: Text
    introduction: Text
    minimum_coverage: Annotated[float, Field(ge=0, le=1)] = 0
    """Below this coverage a section shows its range and no headline index."""
    unproven_counts_as: int | None = None
    """In the confirmed result, a level above this without documented evidence counts as this."""
    at_most_above_weakest: Annotated[int, Field(ge=0)] | None = None
    """The overall level may be at most this many steps above the weakest section."""
    scale: Scale
    profile: tuple[ProfileField, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    caps: tuple[Cap, ...] = ()
    measures: tuple[Measure, ...] = ()
    quick_win: Quick | None = None
    register_: Annotated[Register | None, Field(alias="register")] = None
    legal: Legal | None = None
    sources: tuple[Text, ...] = ()

    @cached_property
    def whole(self) -> Section:
        """The questionnaire as one section, so that the whole is scored like any part."""
        return Section.model_construct(
            id=self.id,
            title=self.title,
            description=self.introduction,
            why=None,
            weight=1.0,
            at_most_above_weakest=self.at_most_above_weakest,
            sections=self.sections,
            questions=(),
        )

    @cached_property
    def sections_by_id(self) -> dict[str, Section]:
        """Every section, the whole included."""
        return {section.id: section for section in self.whole.walk()}

    @cached_property
    def questions_by_id(self) -> dict[str, Question]:
        """Every question."""
        return {question.id: question for question in self.whole.all_questions()}

    @cached_property
    def parent(self) -> dict[str, str]:
        """The section directly above each section and question."""
        return {
            part.id: section.id
            for section in self.whole.walk()
            for part in (*section.sections, *section.questions)
        }

    @cached_property
    def measures_by_id(self) -> dict[str, Measure]:
        """Every measure."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def register_by_id(self) -> dict[str, RegisterRow]:
        """Every row of the legal register."""
        return {row.id: row for row in self.register_.rows} if self.register_ else {}

    @cached_property
    def legal_caps(self) -> frozenset[str]:
        """The caps that limit the section of the legal status or a part of it."""
        places = {part.id for part in self.sections_by_id[self.legal.section].walk()} if self.legal else set()
        return frozenset(cap.id for cap in self.caps if any(limit.section in places for limit in cap.limits))

    @cached_property
    def quick_wins(self) -> frozenset[str]:
        """The measures that are quick wins by the questionnaire's own rule."""
        rule = self.quick_win
        if rule is None:
            return frozenset()
        small = {
            m.id
            for m in self.measures
            if m.effort.high <= rule.effort and m.weeks <= rule.weeks and m.cost <= rule.cost
        }
        while True:
            kept = {
                identifier for identifier in small if set(self.measures_by_id[identifier].requires) <= small
            }
            if kept == small:
                return frozenset(kept)
            small = kept

    def path(self, identifier: str) -> tuple[str, ...]:
        """Return the ids from the top section down to this one, the whole left out."""
        above = self.parent.get(identifier)
        return (*self.path(above), identifier) if above is not None else ()
