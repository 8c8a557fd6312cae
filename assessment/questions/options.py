"""Questions answered by options: one of several, or all that are true."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from assessment.errors import Said
from assessment.questions.asked import Asked, Value
from assessment.questions.controls import Choose, Control, Tick
from assessment.values import Id, Model, Number, Text

STATES = frozenset({"n-a", "na", "not-applicable", "unknown", "dont-know", "do-not-know"})
"""Words for what is a state of every answer, and so needs no option."""


class OptionsError(ValueError):
    """What is wrong with the options themselves, whichever question uses them."""


class AnswerOption(Model):
    """One option of a choice, or one item of a checklist."""

    id: Id
    label: Text
    worth: Number | None = None
    """Points on a scale of the author's own: 0, 0.25, 0.5, 1, or 0 to 4 …; for an item of a checklist its weight, default 1."""


class OptionSet(Model):
    """Options with a name, written once and used by many questions."""

    id: Id
    options: Annotated[tuple[AnswerOption, ...], Field(min_length=2)]


class WithOptions(Asked):
    """A question whose answers are options: its own, or those of an option set."""

    option_set: Id | None = None
    """The questionnaire's option set of this name …"""
    options: tuple[AnswerOption, ...] = ()
    """… or options of this question's own."""

    def option(self, identifier: str) -> AnswerOption:
        """Return the option with this id."""
        return next(option for option in self.options if option.id == identifier)

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in the author's order."""
        return tuple(option.id for option in self.options)


class ChoiceQuestion(WithOptions):
    """One of several options, each with a worth of its own; without worths it is asked and not scored."""

    minutes: ClassVar[float] = 0.4

    type: Literal["choice"]

    def control(self) -> Control:
        """Ask by choosing one option."""
        return Choose(options=self.option_ids)

    def admit(self, value: object) -> str:
        """Return the value as an option's id.

        Raises:
            ValueError: it is not one of the options.
        """
        if isinstance(value, str) and value in self.option_ids:
            return value
        if isinstance(value, bool) and ("yes" if value else "no") in self.option_ids:
            return "yes" if value else "no"
        raise ValueError(Said("must be one of {options}", options=", ".join(self.option_ids)))

    def bounds(self) -> tuple[float, float]:
        """Return the least and the most that an option is worth."""
        return bounds_of(option.worth for option in self.options)

    def points(self, value: Value) -> float:
        """Return what the option is worth on the author's scale."""
        return self.option(self.admit(value)).worth or 0.0

    def values(self) -> tuple[Value, ...]:
        """Return the options, worst first."""
        return tuple(
            sorted(self.option_ids, key=lambda name: (self.points(name), self.option_ids.index(name)))
        )

    def words(self, value: Value) -> tuple[Text, ...]:
        """Return the option's label."""
        return (self.option(self.admit(value)).label,)

    @model_validator(mode="after")
    def _is_scored_or_not(self) -> Self:
        worths = {option.worth for option in self.options}
        without = [option.id for option in self.options if option.worth is None]
        if len(without) < len(self.options):
            for name in without:
                if name in STATES:
                    raise OptionsError(
                        f"the option “{name}” has no worth: leave it out; “not applicable” and “don't know” are states of every answer"
                    )
            if without:
                raise OptionsError(
                    f"some options have a worth, and others have none ({', '.join(without)}): give each one, or none of them"
                )
        if self.options and self.weight and worths == {None}:
            raise ValueError("no option says what it is worth: give each a `worth`, or the question weight 0")
        if self.options and self.weight and len(worths) < 2:
            raise ValueError(
                "the options are all worth the same: give them worths that differ, or the question weight 0"
            )
        return self


class ChecklistQuestion(WithOptions):
    """What is true of several items: worth the share that is ticked, or all or nothing for a required subset."""

    minutes: ClassVar[float] = 0.5

    type: Literal["checklist"]
    required: tuple[Id, ...] = ()
    """Worth 1 when all of these are ticked, and 0 otherwise; empty: the share of the items' weight that is ticked."""

    def control(self) -> Control:
        """Ask by ticking items."""
        return Tick(options=self.option_ids)

    def admit(self, value: object) -> tuple[str, ...]:
        """Return the value as the ids ticked, in the author's order; an empty one says that none is.

        Raises:
            ValueError: not a list, or something in it is not one of the items.
        """
        if not isinstance(value, (tuple, list)) or any(name not in self.option_ids for name in value):
            raise ValueError(Said("must be a list of {options}", options=", ".join(self.option_ids)))
        return tuple(name for name in self.option_ids if name in value)

    def points(self, value: Value) -> float:
        """Return the share ticked, or whether the required items are."""
        ticked = self.admit(value)
        if self.required:
            return float(set(self.required) <= set(ticked))
        counted = {option.id: 1.0 if option.worth is None else option.worth for option in self.options}
        return sum(counted[name] for name in ticked) / (sum(counted.values()) or 1.0)

    def values(self) -> tuple[Value, ...]:
        """Return one value for each worth that can be reached by ticking one item after the other, worst first."""
        if self.required:
            return ((), self.admit(self.required))
        return tuple(self.option_ids[:count] for count in range(len(self.options) + 1))

    def words(self, value: Value) -> tuple[Text, ...]:
        """Return the labels of the items ticked."""
        return tuple(self.option(name).label for name in self.admit(value))

    @model_validator(mode="after")
    def _items_fit(self) -> Self:
        if self.options:
            strange = [name for name in self.required if name not in self.option_ids]
            if strange:
                raise ValueError(
                    f"`required` names {', '.join(strange)}, which is not among the options: correct it, or add the option"
                )
            weights = [1.0 if option.worth is None else option.worth for option in self.options]
            if min(weights) < 0:
                raise ValueError(
                    "an item is worth less than 0: ticking may add nothing, but takes nothing away; give each a worth of at least 0"
                )
            if self.weight and not self.required and not sum(weights):
                raise ValueError(
                    "no item is worth anything: give one a worth above 0, or the question weight 0"
                )
        return self


def bounds_of(worths: Iterable[float | None]) -> tuple[float, float]:
    """Return the least and the most of the worths that are given; 0 and 1 if none is."""
    known = [worth for worth in worths if worth is not None]
    return (min(known), max(known)) if known else (0.0, 1.0)
