"""What a column of a workbook is: its header, what its cells hold, where that goes in a questionnaire, what it tells the author."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "id",
    "ref",
    "refs",
    "words",
    "text",
    "plain",
    "number",
    "whole",
    "flag",
    "one_of",
    "some_of",
    "condition",
    "value",
    "limits",
    "shares",
    "numbers",
    "date",
]
"""What the cells of a column hold."""

Part = Literal[
    "section",
    "question",
    "option",
    "option set",
    "profile field",
    "cap",
    "check",
    "measure",
    "planning role",
    "row",
    "jurisdiction",
    "questionnaire",
    "standard",
    "reference point",
    "group",
    "key figure",
    "topic",
    "watched day",
]
"""What an id names."""

TOLD: dict[Kind, str] = {
    "id": "an id: a lower-case word such as w1-q2",
    "ref": "an id",
    "refs": "ids, with commas between them",
    "words": "short texts, with commas between them; one with a comma of its own in quotes",
    "text": "a text, in one column for each language",
    "plain": "a short text",
    "number": "a number",
    "whole": "a whole number",
    "flag": "yes, or empty",
    "one_of": "one of a list",
    "some_of": "some of a list, with commas between them",
    "condition": "a condition",
    "value": "an answer: level, yes or no, option, items with commas between them, number",
    "limits": "sections and levels, for example w1 = 2, legal = 2",
    "shares": "planning roles and their per cent, for example people = 60, it = 40",
    "numbers": "numbers, with semicolons between them",
    "date": "a day, for example 2026-11-21",
}


@dataclass(frozen=True)
class Column:
    """One column, or one column for each language."""

    header: str
    kind: Kind
    says: str
    """What the author is told below the header."""
    path: tuple[str, ...] = ()
    """Where it goes, if not under the header's own name; empty parts of a path are parents, and no part of the data."""
    names: Part | None = None
    """What its ids are the ids of."""
    known: tuple[str, ...] = ()
    """The closed list, where there is one."""
    needed: bool = False
    parent: bool = False
    """It says to what the row belongs, and is no part of the row itself."""

    @property
    def goes(self) -> tuple[str, ...]:
        """The path in the data."""
        return self.path or (self.header,)


@dataclass(frozen=True)
class Sheet:
    """One sheet of the template: a row for each thing."""

    name: str
    says: str
    columns: tuple[Column, ...]

    def column(self, header: str) -> Column:
        """Return the column with this header."""
        return next(column for column in self.columns if column.header == header)


PREFIX: dict[Part, str] = {
    "section": "s",
    "question": "q",
    "option": "o",
    "option set": "set",
    "profile field": "p",
    "cap": "cap",
    "check": "check",
    "measure": "m",
    "planning role": "role",
    "row": "r",
    "jurisdiction": "j",
    "questionnaire": "questionnaire",
    "standard": "std",
    "reference point": "rp",
    "group": "g",
    "key figure": "kf",
    "topic": "t",
    "watched day": "w",
}
"""How the id of each part begins, where the author's own does not begin with a letter."""
