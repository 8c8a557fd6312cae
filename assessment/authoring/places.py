"""Where something stands in a workbook, what was done with it, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from assessment.errors import Problem

Handling = Literal["changed", "added", "not carried"]
"""What a notice tells: something was put in another form, was filled in where nothing was said, or was left behind."""


class Place(NamedTuple):
    """A cell, a row or a whole sheet."""

    sheet: str
    row: int = 0
    column: int = 0
    """Counted from 1; 0: the whole row."""
    header: str = ""

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {letters(self.column)}" if self.column else ""
        header = f" ({self.header})" if self.header else ""
        return f"sheet {self.sheet}{row}{column}{header}"

    def in_column(self, column: int, header: str) -> "Place":
        """Return the cell of the same row in this column."""
        return self._replace(column=column, header=header)


def letters(column: int) -> str:
    """Return a column's letters, as a spreadsheet shows them."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


class Record(dict[Any, Any]):
    """A mapping that knows from which cells it was read."""

    place: Place | None
    cells: dict[Any, Place]
    """Where each key stands, those included that have no value."""

    def __init__(self, place: Place | None = None) -> None:
        super().__init__()
        self.place, self.cells = place, {}

    def put(self, key: Any, value: Any, place: Place | None) -> None:
        """Set a value that stands in this cell."""
        self[key] = value
        if place is not None:
            self.cells[key] = place


class Notice(NamedTuple):
    """One thing that the author should know, though nothing is wrong."""

    handling: Handling
    place: Place | None
    said: str

    def __str__(self) -> str:
        return f"{self.place}: {self.said}" if self.place else self.said


@dataclass
class Log:
    """What reading a file brought up."""

    file: str
    notices: list[Notice] = field(default_factory=list)
    problems: list[tuple[Place | None, Problem]] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    """Rows by sheet."""

    _noted: set[Notice] = field(default_factory=set)
    _wrong: set[tuple[str, int, int]] = field(default_factory=set)

    def note(self, handling: Handling, place: Place | None, said: str) -> None:
        """Add a notice; the same words about the same cell are told once."""
        notice = Notice(handling, place, said)
        if notice not in self._noted:
            self._noted.add(notice)
            self.notices.append(notice)

    def wrong(self, place: Place | None, message: str, remedy: str, **values: object) -> None:
        """Add a problem."""
        at = str(place) if place else ""
        self.tell(place, Problem(message, remedy, file=self.file, at=at, values=values))

    def tell(self, place: Place | None, problem: Problem) -> None:
        """Add a problem that says itself where it is."""
        self.problems.append((place, problem))
        if place is not None:
            self._wrong.add((place.sheet, place.row, place.column))

    def is_wrong_at(self, place: Place) -> bool:
        """Say whether this very cell was found wrong already."""
        return (place.sheet, place.row, place.column) in self._wrong

    def in_order(self, sheets: tuple[str, ...]) -> Iterator[Problem]:
        """Yield the problems from the first sheet to the last, each from top to bottom."""
        order = {name: number for number, name in enumerate(sheets)}

        def key(entry: tuple[Place | None, Problem]) -> tuple[int, int, int]:
            place = entry[0]
            return (order.get(place.sheet, len(order)), place.row, place.column) if place else (-1, 0, 0)

        return (problem for _, problem in sorted(self.problems, key=key))
