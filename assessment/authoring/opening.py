"""A workbook that somebody hands in becomes rows of plain cells, or is refused: nothing in it is run, followed or unpacked without limit."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

import openpyxl

from assessment.authoring.escapes import plain
from assessment.authoring.places import Place
from assessment.errors import Problem, QuestionnaireError, Said

MOST_BYTES = 10_000_000
"""A workbook larger than this is refused before it is opened."""

MOST_UNPACKED = 60_000_000
"""So much may all its parts together have, unpacked."""

MOST_PARTS = 2_000
MOST_TAGS = 2_000_000
"""Of all parts together: each takes many times its letters in memory, whether a cell, a style or nothing known."""
MOST_TAGS_BESIDE = 200_000
"""Of a part that is neither a sheet nor the list of texts: styles are all read before the first cell."""

MOST_SHEETS = 60
MOST_ROWS = 10_000
"""Of one sheet, counted to the last row with something in it."""
MOST_COLUMNS = 300
MOST_CELLS = 3_000_000
"""So many cells are looked at, empty ones included."""

Content = str | int | float | bool | date


_TRUTH = {"=TRUE()": True, "=FALSE()": False}
"""How LibreOffice writes a cell that is true or false."""


class Formula(NamedTuple):
    """A cell that holds a formula; it is never worked out."""

    text: str


@dataclass(frozen=True)
class Row:
    """A row with something in it."""

    place: Place
    cells: dict[int, Content | Formula]
    """By column, counted from 1."""
    percents: frozenset[int] = frozenset()
    """The columns in which a number is shown as percent: 0.45 stands there as 45 %."""


@dataclass(frozen=True)
class Grid:
    """A sheet."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Book:
    """A workbook, read."""

    file: str
    grids: tuple[Grid, ...]

    def grid(self, name: str) -> Grid | None:
        """Return the sheet with this name, however it is capitalised."""
        return next((grid for grid in self.grids if _same(grid.name, name)), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets, in order."""
        return tuple(grid.name for grid in self.grids)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def open_book(path: Path) -> Book:
    """Read every sheet of a workbook.

    Raises:
        QuestionnaireError: it is not a workbook, cannot be opened, or is larger than any questionnaire.
    """
    return book_in(_bytes(path), str(path))


def book_in(raw: bytes, file: str) -> Book:
    """Read every sheet of a workbook that somebody hands in.

    Raises:
        QuestionnaireError: it is not a workbook, cannot be opened, or is larger than any questionnaire.
    """
    if len(raw) > MOST_BYTES:
        raise _too_large(len(raw), file)
    _refuse_other_kinds(raw, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that we do not read
            book = openpyxl.load_workbook(_unpacked(raw, file), read_only=True, keep_links=False)
            grids = _grids(book.worksheets, file)
    except (QuestionnaireError, MemoryError):
        raise
    except Exception:  # a spoiled file fails in openpyxl in more ways than can be listed
        raise wrong(
            "the workbook is damaged and cannot be read.",
            "Open it in Excel or LibreOffice, let it be repaired, and save it as .xlsx again.",
            file=file,
        ) from None
    return Book(file, grids)


def wrong(message: str, remedy: str, *, file: str, place: Place | None = None, **values: object) -> Exception:
    at = str(place) if place else ""
    return QuestionnaireError([Problem(message, remedy, file=file, at=at, values=values)])


def _too_large(size: int, file: str) -> Exception:
    return wrong(
        "the file has {size} MB; more than {most} MB is not read.",
        "Check that it is the right file, and remove pictures: a questionnaire has well under 1 MB.",
        file=file,
        size=round(size / 1_000_000),
        most=MOST_BYTES // 1_000_000,
    )


def _bytes(path: Path) -> bytes:
    file = str(path)
    try:
        if not path.is_file():
            path.stat()  # says why, if it is not there at all
            raise wrong("this is not a file.", "Give an .xlsx or .json file.", file=file)
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_large(size, file)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise wrong(
            "the file cannot be read: {reason}.",
            "Check the path and your rights to it.",
            reason=getattr(error, "strerror", None) or str(error),
            file=file,
        ) from None


def _refuse_other_kinds(raw: bytes, file: str) -> None:
    if not raw:
        raise wrong("the file is empty.", "Give a workbook saved as .xlsx.", file=file)
    if (
        raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    ):  # the container of old Office files and of encrypted new ones
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise wrong(
                "the workbook is protected with a password.",
                "Open it in Excel, remove the password (File, Info, Protect Workbook), and save it.",
                file=file,
            )
        raise wrong(
            "this is an Excel workbook of the old kind (.xls).",
            "Open it and save it as “Excel Workbook (.xlsx)”.",
            file=file,
        )
    if raw[:4] != b"PK\x03\x04":
        raise wrong(
            "this is not an Excel workbook; it looks like {kind}.",
            "Open it in Excel or LibreOffice and save it as “Excel Workbook (.xlsx)”.",
            kind=Said("something else") if b"\x00" in raw[:4096] else Said("a text file (for example .csv)"),
            file=file,
        )


def _unpacked(raw: bytes, file: str) -> io.BytesIO:
    """Return the workbook's XML packed anew, so that its reader meets sizes that are true and parts that are wanted."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile:
        raise wrong(
            "the file is damaged: it ends too early, or is not a workbook at all.",
            "Copy or download it again.",
            file=file,
        ) from None
    made, size, tags = io.BytesIO(), 0, 0
    with archive, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as copy:
        names = set(archive.namelist())
        if len(names) > MOST_PARTS:
            raise _too_much(file)
        if "[Content_Types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
            raise wrong(
                "this is a packed file, and not an Excel workbook.",
                "Save the spreadsheet as “Excel Workbook (.xlsx)”; .ods, .xlsb and .numbers are not read.",
                file=file,
            )
        for name in sorted(names):
            if not name.lower().endswith((".xml", ".rels")):
                continue  # pictures, macros, printer settings
            body = bytearray()
            with archive.open(name) as part:
                while chunk := part.read(
                    1 << 16
                ):  # in pieces: the size that the file states need not be true
                    body += chunk
                    size += len(chunk)
                    if size > MOST_UNPACKED:
                        raise _too_much(file)
            of_this = body.count(b"<")
            tags += of_this
            beside = "/worksheets/" not in name and not name.endswith("sharedStrings.xml")
            if tags > MOST_TAGS or (beside and of_this > MOST_TAGS_BESIDE):
                raise wrong(
                    "the workbook holds more cells and formats than a questionnaire can have ({part}).",
                    "Copy the sheets into a new workbook, as values, and delete rows and columns that are empty.",
                    part=name,
                    file=file,
                )
            _refuse_definitions(bytes(body), file)
            copy.writestr(name, bytes(body))
    made.seek(0)
    return made


def _too_much(file: str) -> Exception:
    return wrong(
        "the workbook unpacks to more than {most} MB or {parts} parts; such a file is not read.",
        "Check that it is the right file, and remove pictures and data that are no part of the questionnaire.",
        most=MOST_UNPACKED // 1_000_000,
        parts=MOST_PARTS,
        file=file,
    )


class _DefinitionError(Exception):
    pass


def _refuse_definitions(xml: bytes, file: str) -> None:
    """Refuse XML that defines entities: no workbook needs one, and they can be nested without end or name other files."""

    def refuse(*_: Any) -> None:
        raise _DefinitionError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except _DefinitionError:
        raise wrong(
            "the workbook defines XML entities, which no spreadsheet program writes.",
            "Do not use this file; ask its sender for one saved by Excel or LibreOffice.",
            file=file,
        ) from None


def _grids(sheets: Sequence[Any], file: str) -> tuple[Grid, ...]:
    if len(sheets) > MOST_SHEETS:
        raise wrong(
            "the workbook has more than {most} sheets.",
            "Keep the sheets of one questionnaire.",
            most=MOST_SHEETS,
            file=file,
        )
    looked_at = count()
    return tuple(Grid(sheet.title, tuple(_rows(sheet, file, looked_at))) for sheet in sheets)


def _rows(sheet: Any, file: str, looked_at: Iterator[int]) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs write a wrong size, and rows would be lost
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells: dict[int, Content | Formula] = {}
        percents: set[int] = set()
        seen = next(looked_at)
        for column, cell in enumerate(row, start=1):
            seen = next(looked_at)
            if cell.value is not None and (value := _content(cell)) != "":
                cells[column] = value
                if isinstance(value, float) and "%" in (cell.number_format or ""):
                    percents.add(column)
        place = Place(sheet.title, number)
        if seen > MOST_CELLS or (cells and (number > MOST_ROWS or max(cells) > MOST_COLUMNS)):
            raise wrong(
                "the sheet goes beyond row {rows} or column {columns}.",
                "Delete what is no part of the questionnaire, empty rows and columns with a format included.",
                place=place,
                rows=MOST_ROWS,
                columns=MOST_COLUMNS,
                file=file,
            )
        if cells:
            yield Row(place, cells, frozenset(percents))


def _content(cell: Any) -> Content | Formula:
    value = cell.value
    if cell.data_type == "f":
        text = value if isinstance(value, str) else str(getattr(value, "text", None) or "=")
        return _TRUTH.get(text.upper(), Formula(text))
    match value:
        case bool() | int() | float():
            return value
        case datetime():
            return value.date() if value.time() == time.min else value
        case date():
            return value
        case _:
            return plain(str(value))
