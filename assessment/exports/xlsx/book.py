"""The workbook and its sheets: what is put into a cell comes back as a reference that knows the cell's value."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from assessment.document.blocks import Document
from assessment.exports.spelling import one_line, plain
from assessment.exports.xlsx.formulas import Fault, Formula, Known, Scalar
from assessment.theme import LIGHT as PAPER
from assessment.theme import Palette, on

LINE = 13.5
"""Height of a line, in points."""
PADDING = 2.0
TALLEST = 405.0
"""Excel allows 409 points."""
MOST_LINES = 30
USUAL_WIDTH = 9.0
LOOSE = 1.12
TIGHT = 0.98
"""So many letters of running text, and of bold text, stand on one unit of width."""
LONGEST_NAME = 31
"""Of a sheet."""
LONGEST_FORMULA = 8000
"""Excel takes 8,192 characters."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
DAY: Any = 14
"""The number of the format "a day as the reader's country writes it"."""

Look = Literal[
    "title",
    "lede",
    "note",
    "heading",
    "head",
    "head_right",
    "text",
    "strong",
    "muted",
    "center",
    "share",
    "percent",
    "index",
    "whole",
    "amount",
    "limit",
    "force",
    "day",
    "input",
    "input_text",
    "input_number",
    "input_whole",
    "calc",
    "calc_share",
    "figure_whole",
    "figure_index",
    "figure_percent",
    "figure_note",
    "label",
    "level",
    "date_note",
    "month",
    "wrapped",
]
"""How a cell looks."""


NO_MISTAKES = ("formula_differs", "formula_range", "number_stored_as_text", "empty_cell_reference")
"""What Excel would mark as a likely mistake, and is none here."""
TALL: dict[Look, float] = {
    "title": 26.0,
    "lede": 16.0,
    "heading": 18.0,
    "figure_whole": 36.0,
    "figure_index": 36.0,
}
WRAPPED: frozenset[Look] = frozenset(
    {"text", "strong", "muted", "head", "head_right", "input", "input_text", "wrapped", "center"}
)
BOLD: frozenset[Look] = frozenset({"strong", "head", "head_right", "label"})


class Book:
    """A workbook with the looks of a brand; a formula too long for Excel is counted and written as what comes of it."""

    def __init__(self, document: Document, palette: Palette, *, force: str) -> None:
        self._raw = BytesIO()
        self._file = Workbook(
            self._raw,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "yyyy-mm-dd",
            },
        )
        self.palette = palette
        self.document = document
        self.fixed = 0
        """Formulas that were too long."""
        self._force = force
        self._looks: dict[Any, Format] = {}
        self._names: set[str] = set()
        self._file.set_properties(
            {
                "title": one_line(document.title, longest=250),
                "subject": one_line(document.subject, longest=250),
                "author": one_line(document.author, longest=250),
                "company": one_line(document.organisation, longest=250),
                "comments": one_line(document.running_foot, longest=250),
                "created": datetime.combine(document.held_on, time.min, UTC),
            }
        )
        self._file.set_calc_mode("auto")
        self._file.set_size(2400, 1400)

    def sheet(self, name: str) -> "Sheet":
        """Return a new sheet, under this name as far as names of sheets allow."""
        free = " ".join(name.translate(FORBIDDEN).split())[:LONGEST_NAME].strip() or "-"
        number = 1
        while free.casefold() in self._names:
            number += 1
            free = f"{free[: LONGEST_NAME - 4].rstrip()} {number}"
        self._names.add(free.casefold())
        return Sheet(self, self._file.add_worksheet(free), free)

    def named(self, name: str, cell: Formula) -> Formula:
        """Give a cell a name and return it under that name."""
        self._file.define_name(name, f"={cell.text}")
        return Formula(name, cell.value)

    def look(self, name: Look, *, digits: int = 2, indent: int = 0) -> Format:
        """Return how a cell looks."""
        key = (name, digits, indent)
        if key not in self._looks:
            made = {"font_name": "Calibri", "font_size": 10, "valign": "top", "font_color": PAPER.text}
            made |= self._properties(name, digits)
            if indent:
                made |= {"indent": indent, "align": "left"}
            self._looks[key] = self._file.add_format(made)
        return self._looks[key]

    def plain_format(self, properties: dict[str, Any]) -> Format:
        """Return a format for what depends on values."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self._file.add_format(properties)
        return self._looks[key]

    def _properties(self, name: Look, digits: int) -> dict[str, Any]:
        brand, ink, muted, line = self.palette.brand, PAPER.ink, PAPER.muted, PAPER.line
        decimals = "0." + "0" * digits if digits else "0"
        row: dict[str, Any] = {"bottom": 1, "bottom_color": line}
        cell: dict[str, Any] = {**row, "text_wrap": True}
        entry: dict[str, Any] = {
            "bg_color": "#FFF8DC",
            "border": 1,
            "border_color": "#CDBB73",
            "locked": False,
            "font_color": ink,
            "text_wrap": True,
        }
        calc: dict[str, Any] = {**row, "font_color": muted, "align": "center"}
        looks: dict[Look, dict[str, Any]] = {
            "title": {"font_size": 18, "font_color": brand, "bold": True},
            "lede": {"font_size": 11, "font_color": ink},
            "note": {"font_color": muted},
            "heading": {"font_size": 12, "bold": True, "font_color": brand},
            "head": {
                "bold": True,
                "font_color": on(brand),
                "bg_color": brand,
                "text_wrap": True,
                "valign": "vcenter",
            },
            "head_right": {
                "bold": True,
                "font_color": on(brand),
                "bg_color": brand,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "right",
            },
            "text": cell,
            "strong": {**cell, "bold": True, "font_color": ink},
            "muted": {**cell, "font_color": muted},
            "center": {**cell, "align": "center"},
            "share": {**row, "num_format": "0.000_)", "align": "right"},
            "percent": {**row, "num_format": "0%_)", "align": "right"},
            "index": {**row, "num_format": f"{decimals}_)", "align": "right"},
            "whole": {**row, "num_format": "#,##0_)", "align": "right"},
            "amount": {**row, "num_format": "General_)", "align": "right"},
            "limit": {**row, "num_format": '[>=1000000]"–"_);0_)', "align": "right"},
            "force": {**row, "num_format": f'[=1]"{self._force}"_);"–"_)', "align": "right"},
            "day": {**row, "num_format": DAY, "align": "left"},
            "input": entry,
            "input_text": {**entry, "num_format": "@"},
            "input_number": {**entry, "num_format": "General", "align": "left"},
            "input_whole": {**entry, "num_format": "0", "align": "left"},
            "calc": calc,
            "calc_share": {**calc, "num_format": "0.000"},
            "figure_whole": {"font_size": 26, "font_color": ink, "num_format": "0", "align": "left"},
            "figure_index": {"font_size": 26, "font_color": ink, "num_format": decimals, "align": "left"},
            "figure_percent": {"font_size": 26, "font_color": ink, "num_format": "0%", "align": "left"},
            "figure_note": {"font_color": muted, "text_wrap": True, "num_format": decimals, "align": "left"},
            "label": {"bold": True, "font_color": ink, "text_wrap": True},
            "level": {**row, "num_format": "0", "align": "center", "bold": True},
            "date_note": {"font_color": muted, "num_format": DAY, "align": "left"},
            "month": {**row, "num_format": "mmm yyyy", "align": "left"},
            "wrapped": {"text_wrap": True},
        }
        return looks[name]

    def finished(self) -> bytes:
        """Return the file."""
        self._file.close()
        return self._raw.getvalue()


class Sheet:
    """One sheet. Rows and columns are counted from 0."""

    def __init__(self, book: Book, paper: Worksheet, name: str) -> None:
        self.book, self.paper, self.name = book, paper, name
        self._values: dict[tuple[int, int], Scalar] = {}
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self._quoted = f"'{name}'!"

    def put(
        self,
        row: int,
        column: int,
        content: Formula | Scalar | date,
        look: Look = "text",
        *,
        digits: int = 2,
        indent: int = 0,
        wide: float = 0,
    ) -> Formula:
        """Write into a cell and return a reference to it. Text is only ever text; in merged cells it has room so `wide`."""
        form = self.book.look(look, digits=digits, indent=indent)
        value: Known
        match content:
            case Formula():
                value = 0 if content.value is None else content.value
                if isinstance(value, Fault):
                    raise AssertionError(f"{self.name}, row {row}, column {column}: {content.text}")
                self._formula(row, column, content, form)
            case None | "":
                value = None
                self.paper.write_blank(row, column, None, form)
            case bool():
                value = content
                self.paper.write_boolean(row, column, content, form)
            case str():
                value = plain(content)
                self.paper.write_string(row, column, value, form)
            case date():
                value = None
                self.paper.write_datetime(row, column, content, form)
            case _:
                value = content
                self.paper.write_number(row, column, content, form)
        self._values[row, column] = value
        if isinstance(value, str):
            self.needs(row, column, value, look, width=wide)
        return self.cell(row, column)

    def needs(self, row: int, column: int, text: str, look: Look = "text", *, width: float = 0) -> None:
        """Keep a row tall enough for a text that stands, or may come to stand, in a cell."""
        size = TALL.get(look, LINE)
        wide = (width or self._widths.get(column, USUAL_WIDTH)) * (TIGHT if look in BOLD else LOOSE)
        lines = lines_of(text, wide) if look in WRAPPED else 1
        self._heights[row] = max(self._heights.get(row, 0), lines * size)

    def _formula(self, row: int, column: int, content: Formula, form: Format) -> None:
        if content.fixed and not isinstance(content.value, str):
            self.paper.write(row, column, content.value, form)
            return
        text = content.text.replace(self._quoted, "")
        if len(text) > LONGEST_FORMULA:
            self.book.fixed += 1
            self.paper.write(row, column, content.value, form)
            return
        # a reference to an empty cell is 0
        self.paper.write_formula(row, column, f"={text}", form, 0 if content.value is None else content.value)

    def has(self, row: int, column: int) -> bool:
        """Return whether a cell was written."""
        return (row, column) in self._values

    def cell(self, row: int, column: int) -> Formula:
        """Return a reference to a cell that was written."""
        return Formula(f"{self._quoted}${xl_col_to_name(column)}${row + 1}", self._values[row, column])

    def span(self, first: int, last: int, column: int) -> Formula:
        """Return a reference to the cells of a column, from the first row to the last."""
        name = xl_col_to_name(column)
        values = tuple(self._values[row, column] for row in range(first, last + 1))
        return Formula(f"{self._quoted}${name}${first + 1}:${name}${last + 1}", values)

    def row(self, row: int, contents: Sequence[Formula | Scalar | date], looks: Sequence[Look]) -> None:
        """Write a row from the first column on."""
        for column, (content, look) in enumerate(zip(contents, looks, strict=True)):
            self.put(row, column, content, look)

    def remark(self, row: int, column: int, text: str) -> None:
        """Hang a text on a cell, which shows while one points at it."""
        said = plain(text)
        height = 12 * lines_of(said, 72) + 12
        self.paper.write_comment(
            row, column, said, {"width": 430, "height": height, "font_size": 9, "author": ""}
        )

    def heads(self, row: int, names: Sequence[str], *, right: Collection[int] = ()) -> None:
        """Write the head of a table; `right` are the columns of figures."""
        for column, name in enumerate(names):
            self.put(row, column, name, "head_right" if column in right else "head")

    def widths(self, *characters: float) -> None:
        """Set the columns' widths, from the first on."""
        for column, width in enumerate(characters):
            self._widths[column] = width
            self.paper.set_column(column, column, width)

    def choose(self, row: int, column: int, among: Formula) -> None:
        """Let a cell take only what stands in a range; it opens as a list."""
        self.paper.data_validation(row, column, row, column, {"validate": "list", "source": f"={among.text}"})

    def finish(
        self, *, freeze: tuple[int, int] = (0, 0), repeat: int | None = None, columns: int = 0
    ) -> None:
        """Set how the sheet prints and scrolls, and lock what is not an input."""
        paper = self.paper
        # neither program makes rows taller by itself in every case: LibreOffice does not on the way to paper
        for row, height in self._heights.items():
            if height > LINE:
                paper.set_row(row, min(height + PADDING, TALLEST))
        paper.hide_gridlines(2)
        paper.set_landscape()
        paper.set_paper(9)
        paper.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        paper.fit_to_pages(1, 0)
        # a space behind the size: a text that begins with a figure would make another size of it
        foot = one_line(self.book.document.running_foot, longest=100).replace("&", "&&")
        paper.set_footer(f"&L&8 {foot}&C&8 &A&R&8 &P / &N", {"align_with_margins": True})
        if any(freeze):
            paper.freeze_panes(*freeze)
        if repeat is not None:
            paper.repeat_rows(repeat)
        if columns:
            last = max((row for row, _ in self._values), default=0)
            paper.print_area(0, 0, last, columns - 1)
        paper.ignore_errors(dict.fromkeys(NO_MISTAKES, "A1:AZ9999"))
        paper.protect(
            "",
            {
                "format_columns": True,
                "format_rows": True,
                "autofilter": True,
                "sort": False,
                "select_locked_cells": True,
                "select_unlocked_cells": True,
            },
        )


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Return a range as it is written in conditional formats."""
    return str(xl_range(first_row, first_column, last_row, last_column))


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes, broken between words."""
    lines = 0
    for part in text.split("\n"):
        room, lines = width, lines + 1
        for word in part.split(" "):
            if len(word) > room and room < width:
                room, lines = width, lines + 1
            lines += int((len(word) - 1) // width) if len(word) > width else 0
            room -= min(len(word), width) + 1
        if lines > MOST_LINES:
            return MOST_LINES
    return lines
