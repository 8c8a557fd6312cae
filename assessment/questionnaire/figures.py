"""Key figures with their definitions, and what the value model asks for: optional, never part of a score."""

from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from assessment.conditions import Condition
from assessment.questions import NumberQuestion
from assessment.values import Id, Model, Number, Text

Unit = Literal["percent", "money", "count", "seconds", "hours", "days", "points"]
"""What a figure counts; shares are entered as percent, money in the currency of the profile."""

End = Literal["low", "high"]

ValueRole = Literal[
    "contacts",
    "service-cost",
    "variable-share",
    "avoidable-share",
    "removed-share",
    "suitable-share",
    "used-share",
    "resolved-share",
    "automated-cost",
    "assisted-share",
    "seconds-saved",
    "productive-hours",
    "cashable-share",
    "full-time-cost",
    "full-time-at-home",
    "home-productivity",
    "headcount",
    "attrition",
    "attrition-avoided",
    "replacement-cost",
    "desks",
    "most-on-site",
    "desk-buffer",
    "desk-cost",
    "space-cashable-share",
    "days-of-work",
    "day-rate",
    "external-cost",
    "licences",
    "people-at-home",
    "home-days",
    "home-allowance",
    "engineers",
    "effect-in-year-1",
    "effect-in-year-2",
    "effect-in-year-3",
]
"""What the value model counts with; `assessment.value` says how."""


_SIGNS: dict[Unit, str] = {"percent": "%", "seconds": "s", "hours": "h"}
"""The same in every language."""


def _sign(unit: Unit, label: Text) -> Text | None:
    return Text(dict.fromkeys(label.root, _SIGNS[unit])) if unit in _SIGNS else None


class Group(Model):
    """Figures that belong together."""

    id: Id
    label: Text


class KeyFigure(Model):
    """A key figure: how it is worked out, what to mind, and which numbers are plausible."""

    id: Id
    group: Id
    label: Text
    formula: Text
    watch_out: Text
    unit: Unit
    low: Number
    high: Number
    """Plausible limits; a number outside is not admitted."""
    whole: bool = False
    sections: tuple[Id, ...] = ()
    """The sections that it says something about."""
    applies_if: tuple[Condition, ...] = ()
    """All must hold; profile fields only."""

    @model_validator(mode="after")
    def _has_limits(self) -> Self:
        return _checked(self)

    @property
    def question(self) -> NumberQuestion:
        """The figure as a question without weight, outside the tree: asked, kept and checked like any answer."""
        return NumberQuestion(
            id=self.id,
            type="number",
            weight=0,
            label=self.label,
            help=self.formula,
            unit=_sign(self.unit, self.label),
            low=self.low,
            high=self.high,
            whole=self.whole,
        )


Limited = TypeVar("Limited", bound="KeyFigure | ValueInput")


def _checked(part: Limited) -> Limited:
    if part.low >= part.high:
        raise ValueError(
            f"no number lies between {part.low:g} and {part.high:g}: give the lower limit as `low`, the higher one as `high`"
        )
    return part


class Span(Model):
    """A cautious, an expected and a hopeful figure."""

    low: Number
    base: Number
    high: Number

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= self.base <= self.high:
            raise ValueError(
                f"the span runs {self.low:g}, {self.base:g}, {self.high:g}: give `low`, `base` and `high` in rising order"
            )
        return self


class ValueInput(Model):
    """What the value model counts with: a fact that only the organisation knows, or an assumption with an example."""

    id: ValueRole
    group: Id
    label: Text
    note: Text
    """What it rests on, and how careful to be."""
    unit: Unit
    low: Number
    high: Number
    """Plausible limits."""
    whole: bool = False
    cautious: End = "low"
    """Which end of a span makes the result smaller: it goes into the cautious case."""
    example: Span | None = None
    """Counted with until the organisation gives its own, and always called an example; none: a fact, without which what
    rests on it is not worked out."""
    figure: Id | None = None
    """The key figure whose number counts where none is given here."""

    @model_validator(mode="after")
    def _has_limits(self) -> Self:
        return _checked(self)

    def key(self, end: Literal["low", "base", "high"] = "base") -> str:
        """Return the id under which an answer sheet keeps the number: the expected one, or an end of its span."""
        return f"value-{self.id}" if end == "base" else f"value-{self.id}-{end}"

    @property
    def questions(self) -> tuple[NumberQuestion, ...]:
        """The expected number and the two ends of its span, as questions without weight outside the tree."""
        return tuple(
            NumberQuestion(
                id=self.key(end),
                type="number",
                weight=0,
                label=self.label,
                help=self.note,
                unit=_sign(self.unit, self.label),
                low=self.low,
                high=self.high,
                whole=self.whole,
            )
            for end in ("base", "low", "high")
        )


class ValueModel(Model):
    """What a transformation may be worth: formulae in the engine, figures from the organisation, every assumption said."""

    currency: Id
    """The profile field whose option names the currency."""
    inputs: Annotated[tuple[ValueInput, ...], Field(min_length=1)]


class KeyFigures(Model):
    """All figures that may be given beside the answers."""

    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    figures: tuple[KeyFigure, ...] = ()
    value: ValueModel | None = None
