"""A questionnaire as a workbook that an author can work in: explained, with lists to choose from, and without formulas."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assessment.authoring.columns import TOLD, Column, Sheet
from assessment.authoring.escapes import escaped
from assessment.authoring.flattening import Cell, headers_of, rows_of
from assessment.authoring.places import letters
from assessment.authoring.template import READ_ME, README, SETTINGS, SHEETS
from assessment.errors import Problem, QuestionnaireError
from assessment.questionnaire import Questionnaire
from assessment.theme import LIGHT
from assessment.values import Language

LONGEST = 32_767
"""Characters that a cell can hold."""

LONGEST_LIST = 255
"""Characters of a list to choose from; of a longer one, spreadsheet programs say that the file is damaged."""

LAST_ROW = 5_000
"""Lists to choose from reach down to here."""

FIRST = 3
"""The first row of content, below header and explanation."""

_SOURCES = {
    "section": "sections", "question": "questions", "option set": "option_sets",
    "profile field": "profile", "measure": "measures", "standard": "standards",
    "group": "figure_groups", "key figure": "figures",
}  # fmt: skip
"""Where the ids stand that a column can name; in the first column."""

_HEADER = PatternFill("solid", fgColor=LIGHT.brand.removeprefix("#"))
_NEEDED = PatternFill("solid", fgColor=LIGHT.ink.removeprefix("#"))
_TOLD = PatternFill("solid", fgColor=LIGHT.tint.removeprefix("#"))
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_workbook(questionnaire: Questionnaire) -> bytes:
    """Return the workbook of a questionnaire; `read_template` reads the same questionnaire from it.

    Raises:
        QuestionnaireError: a text is longer than a cell can hold.
    """
    rows = rows_of(questionnaire)
    book = Workbook()
    book.remove(book.worksheets[0])
    _read_me(book)
    _settings(book, rows[SETTINGS.name], questionnaire.languages)
    for sheet in SHEETS:
        _sheet(book, sheet, rows[sheet.name], questionnaire.languages)
    book.active = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read_me(book: Workbook) -> None:
    made = book.create_sheet(README)
    made.sheet_view.showGridLines = False
    made.column_dimensions["A"].width = 130
    for number, line in enumerate(READ_ME, start=1):
        _put(made, number, 1, line)
        made.cell(number, 1).alignment = _WRAPPED
    for number, sheet in enumerate((SETTINGS, *SHEETS), start=len(READ_ME) + 2):
        _put(made, number, 1, f"{sheet.name}: {sheet.says}")


def _settings(book: Workbook, rows: list[list[Cell]], languages: tuple[Language, ...]) -> None:
    made = book.create_sheet(SETTINGS.name)
    texts = [f"text::{language}" for language in languages]
    headers = ["field", "value", *texts, "what it is"]
    told = [
        "# The setting.",
        "What it is set to …",
        *("… or its text in this language." for _ in texts),
        "For you to read; this column is not read back.",
    ]
    _head(made, headers, told, [False] * len(headers))
    for number, (column, values) in enumerate(zip(SETTINGS.columns, rows, strict=True), start=FIRST):
        says = f"{column.says} ({TOLD[column.kind]})" + (" Needed." if column.needed else "")
        _row(made, number, [column.header, *values, says])
        made.cell(number, 1).font = _font(bold=column.needed)
        made.cell(number, len(headers)).font = _font(italic=True, color=LIGHT.muted.removeprefix("#"))
        cell = f"B{number}"
        _choices(made, column, cell)
    for index, width in enumerate([26, 22, *(50 for _ in texts), 70], start=1):
        made.column_dimensions[letters(index)].width = width
    _on_paper(made)
    made.freeze_panes = f"B{FIRST}"


def _sheet(book: Workbook, sheet: Sheet, rows: list[list[Cell]], languages: tuple[Language, ...]) -> None:
    made = book.create_sheet(sheet.name)
    headers = headers_of(sheet, languages)
    told = [f"{column.says} ({TOLD[column.kind]})" for _, column in headers]
    told[0] = f"# {told[0]}"
    _head(made, [header for header, _ in headers], told, [column.needed for _, column in headers])
    for number, row in enumerate(rows, start=FIRST):
        _row(made, number, row)
    for index, (_, column) in enumerate(headers, start=1):
        shape = made.column_dimensions[letters(index)]
        shape.width = _width(column)
        shape.number_format = "General" if column.kind in ("number", "whole", "value") else "@"
        _choices(made, column, f"{letters(index)}{FIRST}:{letters(index)}{LAST_ROW}")
    _on_paper(made)
    made.freeze_panes = f"B{FIRST}"
    if rows:
        made.auto_filter.ref = f"A2:{letters(len(headers))}{len(rows) + FIRST - 1}"  # or the explanation would be sorted in with the rows


def _on_paper(made: Worksheet) -> None:
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made.print_title_rows = "1:1"


def _font(**more: Any) -> Font:
    return Font(name="Calibri", **{"size": 11, **more})


def _width(column: Column) -> int:
    match column.kind:
        case "text":
            return 46
        case "condition" | "limits" | "shares":
            return 40
        case "refs" | "words" | "some_of":
            return 24
        case _:
            return 20


def _head(made: Worksheet, headers: list[str], told: list[str], needed: list[bool]) -> None:
    for index, (header, says) in enumerate(zip(headers, told, strict=True), start=1):
        _put(made, 1, index, header)
        top = made.cell(1, index)
        top.font = _font(bold=True, color="FFFFFF")
        top.fill = _NEEDED if needed[index - 1] else _HEADER
        _put(made, 2, index, says)
        below = made.cell(2, index)
        below.font = _font(italic=True, size=9, color=LIGHT.muted.removeprefix("#"))
        below.fill = _TOLD
        below.alignment = _WRAPPED
    made.row_dimensions[2].height = 78


def _row(made: Worksheet, number: int, values: list[Any]) -> None:
    for index, value in enumerate(values, start=1):
        if value is not None:
            _put(made, number, index, value)
            made.cell(number, index).alignment = _WRAPPED


def _put(made: Worksheet, row: int, column: int, value: Cell) -> None:
    """Write a cell; a text stays a text, whatever it begins with."""
    cell: Any = made.cell(row, column)
    if not isinstance(value, str):
        cell.value = value
        return
    text = escaped(value)
    if len(text) > LONGEST:
        at = f"sheet {made.title}, row {row}, column {letters(column)}"
        message, remedy = (
            "the text has {size} characters; a cell holds {most}.",
            "Shorten it, or work in the YAML files.",
        )
        raise QuestionnaireError(
            [Problem(message, remedy, at=at, values={"size": len(text), "most": LONGEST})]
        )
    cell.value = text
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula, and #N/A for an error
    cell.number_format = "@"
    if text[:1] in "=+-@":
        cell.quotePrefix = True  # or the spreadsheet makes a formula of it when somebody edits the cell


def _choices(made: Worksheet, column: Column, cells: str) -> None:
    """Offer what can be chosen; a closed list refuses other words, a list of ids warns."""
    known = ("yes", "no") if column.kind == "flag" else column.known
    listed = ",".join(known)
    if column.kind in ("one_of", "flag") and len(listed) <= LONGEST_LIST:
        offered, style = f'"{listed}"', "stop"
    elif column.kind == "ref" and column.names in _SOURCES:
        offered, style = f"={_SOURCES[column.names]}!$A${FIRST}:$A${LAST_ROW}", "warning"
    else:
        return
    rule = DataValidation(type="list", formula1=offered, allow_blank=True, showErrorMessage=True)
    rule.errorStyle = style  # type: ignore[assignment]
    rule.errorTitle, rule.error = (
        "Not in the list",
        f"Known: {', '.join(known)}"[:200] if known else "There is no such id yet.",
    )
    rule.promptTitle, rule.prompt, rule.showInputMessage = column.header[:30], column.says[:250], True
    rule.add(cells)
    made.add_data_validation(rule)
