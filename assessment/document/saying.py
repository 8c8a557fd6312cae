"""An answer's value in words: one place for every question type, on the screen and on paper."""

from decimal import Decimal
from typing import NamedTuple, assert_never

from assessment.i18n import Catalogue
from assessment.questions import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
    Value,
    YesNoQuestion,
)
from assessment.values import Text, Variety

MOST_DECIMALS = 6
FEW_DECIMALS = 2
"""So many decimals a number has at most, where it is an answer and where a sentence names it."""


class Saying(NamedTuple):
    """A value in words."""

    short: str
    """The value itself: level 3, yes, an option, 12.5 %, or how many items are ticked."""
    more: tuple[str, ...] = ()
    """What it means: the anchor of the level, the items ticked."""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.short}: {'; '.join(self.more)}" if self.more else self.short


def saying(
    question: Question, value: Value, *, c: Catalogue, language: Variety, inside: bool = False
) -> Saying:
    """Say a value of any question in the reader's language; `inside` a sentence or after a colon: level 3, yes.

    Raises:
        ValueError: the question does not admit the value.
    """
    match question:
        case LevelQuestion():
            level = question.admit(value)
            anchor = question.anchors[level].localize(language)
            if question.own_scale:
                low, high = min(question.anchors), max(question.anchors)
                short = c.t("{value} on a scale from {low} to {high}", value=level, low=low, high=high)
            else:
                short = c.t("level {level}", level=level) if inside else c.t("Level {level}", level=level)
            return Saying(short, (anchor,))
        case YesNoQuestion():
            if inside:
                return Saying(c.t("yes") if question.admit(value) else c.t("no"))
            return Saying(c.t("Yes") if question.admit(value) else c.t("No"))
        case ChoiceQuestion():
            return Saying(question.option(question.admit(value)).label.localize(language))
        case ChecklistQuestion():
            ticked = tuple(text.localize(language) for text in question.words(value))
            if not ticked:
                return Saying(c.t("None of these"))
            return Saying(c.t("{count} of {all}", count=len(ticked), all=len(question.options)), ticked)
        case NumberQuestion():
            decimals = FEW_DECIMALS if inside else MOST_DECIMALS
            return Saying(
                amount(question.admit(value), question.unit, c=c, language=language, decimals=decimals)
            )
        case TextQuestion():
            return Saying(question.admit(value))
        case _:
            assert_never(question)


def number(value: float, c: Catalogue, *, most: int = MOST_DECIMALS) -> str:
    """Return a number as it was given, with the decimals it has, in the reader's format."""
    exponent = Decimal(str(round(value, most))).normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return c.number(value, min(most, max(0, decimals)))


def amount(
    value: float, unit: Text | None, *, c: Catalogue, language: Variety, decimals: int = MOST_DECIMALS
) -> str:
    """Return a number with its unit."""
    said = number(value, c, most=decimals)
    if unit is None:
        return said
    name = unit.localize(language)
    # Whether a space stands before the percent sign differs from language to language.
    return c.percent(0.0).replace("0", said) if name == "%" else f"{said}\u00a0{name}"
