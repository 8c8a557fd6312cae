"""Question types: how a question is asked (its control), which values it admits, what a value is worth.

A type is one class here. The schema, the pages, scoring and the documentation find it through the union `Question`.

Each type turns a value into *points* on the question's own scale, from its fewest to its most points, and so into a
*worth* from 0 to 1: whatever its scale, every scored question can move the score from end to end.
"""

from typing import Annotated

from pydantic import Field

from assessment.questions.asked import Mapping, Value
from assessment.questions.controls import Choose, Control, Count, Tick, Write
from assessment.questions.graded import LevelQuestion, YesNoQuestion
from assessment.questions.options import AnswerOption, ChecklistQuestion, ChoiceQuestion, OptionSet
from assessment.questions.written import NumberQuestion, Point, TextQuestion
from assessment.values import Number

Question = Annotated[
    LevelQuestion | YesNoQuestion | ChoiceQuestion | ChecklistQuestion | NumberQuestion | TextQuestion,
    Field(discriminator="type"),
]
"""Every question type. A new type is one class and its name here."""

__all__ = [
    "AnswerOption",
    "ChecklistQuestion",
    "ChoiceQuestion",
    "Choose",
    "Control",
    "Count",
    "LevelQuestion",
    "Mapping",
    "Number",
    "NumberQuestion",
    "OptionSet",
    "Point",
    "Question",
    "TextQuestion",
    "Tick",
    "Value",
    "Write",
    "YesNoQuestion",
]
