"""The rows of a form, found by their marks: wherever sheets, rows and columns have moved, and whatever their names are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assessment.authoring.opening import Book, Content, Formula, Grid, Row
from assessment.authoring.places import letters
from assessment.document.form_marks import MARKS, SHEET, Field
from assessment.errors import Problem

SHOWN = 60
"""So many letters of what stands in a cell are told."""


@dataclass(frozen=True)
class Line:
    """What stands in a row of a form."""

    id: str
    """A question's, an item's, or what else is asked."""
    sheet: str
    row: int
    columns: Mapping[Field, int]
    contents: Mapping[Field, Content | Formula]
    percents: frozenset[Field]
    """What is shown as percent: 0.45 as 45 %."""

    @property
    def is_filled(self) -> bool:
        """Whether anything was filled in."""
        return any(isinstance(one, Formula) or text_of(one).strip() for one in self.contents.values())

    def at(self, field: Field) -> str:
        """Return the cell as a spreadsheet names it, after its sheet."""
        return f"{self.sheet} › {letters(self.columns.get(field, 1))}{self.row}"

    def content(self, field: Field, problems: list[Problem]) -> Content | None:
        """Return what stands in a cell, and None for nothing; a formula is told, and never worked out."""
        found = self.contents.get(field)
        if isinstance(found, Formula):
            problems.append(
                Problem(
                    "a formula stands here, which is not worked out: {formula}.",
                    "Write the answer itself in its place.",
                    at=self.at(field),
                    values={"formula": shown(found.text)},
                )
            )
            return None
        if isinstance(found, str) and not found.strip():
            return None
        return found

    def text(self, field: Field, problems: list[Problem]) -> str:
        """Return what stands in a cell as a text."""
        return text_of(self.content(field, problems))


def shown(text: str) -> str:
    """Return what stands in a cell, short enough to be told."""
    one = " ".join(text.split())
    return one if len(one) <= SHOWN else one[: SHOWN - 2] + " …"


def text_of(content: Content | Formula | None) -> str:
    """Return a cell's content as a text."""
    match content:
        case None:
            return ""
        case bool():
            return "yes" if content else "no"
        case int() | float():
            return f"{content:.15g}"
        case date():
            return content.isoformat()
        case Formula():
            return content.text
        case _:
            return content


def lines_of(book: Book) -> Iterator[Line]:
    """Yield every row that bears an id, sheet by sheet."""
    for grid in book.grids:
        if grid.name != SHEET:
            yield from _lines(grid)


def _lines(grid: Grid) -> Iterator[Line]:
    columns: dict[Field, int] = {}
    for row in grid.rows:
        found = _marks(row)
        if "question" in found:
            columns = found
        elif columns:
            identifier = text_of(row.cells.get(columns["question"])).strip()
            if identifier:
                yield _line(grid, row, identifier, columns)


def _line(grid: Grid, row: Row, identifier: str, columns: dict[Field, int]) -> Line:
    filled: dict[Field, int] = {name: column for name, column in columns.items() if name != "question"}
    return Line(
        id=identifier,
        sheet=grid.name,
        row=row.place.row,
        columns=columns,
        contents={name: row.cells[column] for name, column in filled.items() if column in row.cells},
        percents=frozenset(name for name, column in filled.items() if column in row.percents),
    )


def _marks(row: Row) -> dict[Field, int]:
    """Return where the columns are, if this row says so."""
    by_mark = {mark: name for name, mark in MARKS.items()}
    return {
        by_mark[content]: column
        for column, content in row.cells.items()
        if isinstance(content, str) and content in by_mark
    }
