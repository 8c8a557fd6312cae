"""The workbook behind a chart, which opens when somebody edits its data: numbers and words, never a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from assessment.exports.zipped import settled

SHEET = "Sheet1"
CELL_AT_MOST = 2000
"""Characters of a name in a workbook."""

Cells = tuple[float | None, ...]


@dataclass(frozen=True)
class Column:
    """Numbers under a name."""

    name: str
    values: Cells


@dataclass(frozen=True)
class Data:
    """What a chart draws: names in the first column, numbers beside them."""

    head: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def names_at(self) -> str:
        """Return where the names stand."""
        return f"{SHEET}!$A$2:$A${len(self.names) + 1}"

    def name_at(self, column: int) -> str:
        """Return where a column's name stands."""
        return f"{SHEET}!${_letter(column)}$1"

    def values_at(self, column: int) -> str:
        """Return where a column's numbers stand."""
        return f"{SHEET}!${_letter(column)}$2:${_letter(column)}${len(self.names) + 1}"


def _letter(column: int) -> str:
    return "BCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


def workbook(data: Data, held_on: date) -> bytes:
    """Return the workbook; the same data and day always give the same bytes."""
    target = BytesIO()
    book = Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": datetime.combine(held_on, time())})
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 40)
    _words(sheet, 0, [data.head, *data.names])
    for place, column in enumerate(data.columns, start=1):
        _words(sheet, place, [column.name])
        for row, value in enumerate(column.values, start=1):
            if value is not None:
                sheet.write_number(row, place, value)
    book.close()
    return settled(target.getvalue())


def _words(sheet: Worksheet, column: int, words: Sequence[str]) -> None:
    for row, text in enumerate(words):
        sheet.write_string(row, column, text[:CELL_AT_MOST])
