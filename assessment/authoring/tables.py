"""The rows of a sheet by the names of its columns, in the languages of the questionnaire."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from assessment.authoring.cells import content_of, read_cell, text_of
from assessment.authoring.columns import Column, Sheet
from assessment.authoring.languages import header_in, language_in
from assessment.authoring.opening import Content, Formula, Grid, Row
from assessment.authoring.places import Log, Place, Record
from assessment.values import Language

COMMENT = "#"
"""A row whose first cell begins so is not read."""


@dataclass(frozen=True)
class Later:
    """What a cell says, to be understood once all sheets are read."""

    column: Column
    content: Content
    place: Place


@dataclass
class Child:
    """A row, and to what it belongs."""

    record: Record
    parent: str | None = None
    parent_place: Place | None = None


@dataclass
class Table:
    """A sheet with its header understood."""

    sheet: Sheet
    languages: tuple[Language, ...]
    log: Log
    header: Row
    rows: tuple[Row, ...]
    columns: dict[str, int] = field(default_factory=dict)
    """Columns by header."""
    texts: dict[str, dict[Language, int]] = field(default_factory=dict)
    """Columns by header and language."""
    _told: set[str] = field(default_factory=set)

    def children(self) -> Iterator[Child]:
        """Yield every row."""
        needed = [column for column in self.sheet.columns if column.needed and not self._has(column)]
        for column in needed:
            shown = f"{column.header}::{self.languages[0]}" if column.kind == "text" else column.header
            message, remedy = "the column “{column}” is missing.", "Add it: {says}"
            self.log.wrong(self.header.place, message, remedy, column=shown, says=column.says)
        for row in self.rows:
            yield self._child(row)

    def _has(self, column: Column) -> bool:
        return column.header in (self.texts if column.kind == "text" else self.columns)

    def _child(self, row: Row) -> Child:
        record = Record(row.place)
        child = Child(record)
        for column in self.sheet.columns:
            if column.kind == "text":
                put_text(record, column, self._text(row, column), self._place(row, column))
                continue
            index = self.columns.get(column.header)
            if index is None:
                continue
            place = row.place.in_column(index, column.header)
            value = value_in(column, row.cells.get(index), place, self.log)
            if column.parent:
                child.parent, child.parent_place = value, place
            else:
                put_at(record, column.goes, value, place)
            if value is None and column.needed and not self.log.is_wrong_at(place):
                missing(column, place, self.log)
        return child

    def _place(self, row: Row, column: Column) -> Place | None:
        found = self.texts.get(column.header)
        if not found:
            return None
        language, index = next(iter(found.items()))
        return row.place.in_column(index, f"{column.header}::{language}")

    def _text(self, row: Row, column: Column) -> Record | None:
        """Return the text in each language; a language that is missing is told."""
        found = self.texts.get(column.header, {})
        text = Record(row.place)
        for language in self.languages:
            index = found.get(language)
            if index is None:
                continue
            place = row.place.in_column(index, f"{column.header}::{language}")
            text.cells[language] = place
            content = content_of(row.cells.get(index), place, self.log)
            if content is not None:
                text[language] = text_of(content)
        if not text:
            first = self._place(row, column)
            if column.needed and first is not None and not self.log.is_wrong_at(first):
                missing(column, first, self.log)
            return None
        self._tell_missing(text, column)
        return text

    def _tell_missing(self, text: Record, column: Column) -> None:
        for language in self.languages:
            header = f"{column.header}::{language}"
            place = text.cells.get(language)
            if language in text or (place is not None and self.log.is_wrong_at(place)):
                continue
            if place is not None:
                message, remedy = (
                    "the text is missing in “{language}”.",
                    "Add it, or take the language out of sheet questionnaire.",
                )
                self.log.wrong(place, message, remedy, language=language)
            elif header not in self._told:
                self._told.add(header)
                message, remedy = (
                    "the column “{column}” is missing.",
                    "Add it: the questionnaire is in {languages}.",
                )
                self.log.wrong(
                    self.header.place, message, remedy, column=header, languages=", ".join(self.languages)
                )


def table_of(grid: Grid, sheet: Sheet, languages: tuple[Language, ...], log: Log) -> Table | None:
    """Return a sheet with its header understood; None, if nothing stands in it."""
    if not grid.rows:
        return None
    header, *rest = grid.rows
    rows = tuple(row for row in rest if not is_comment(row))
    log.taken[grid.name] = len(rows)
    table = Table(sheet, languages, log, header, rows)
    known = {column.header: column for column in sheet.columns}
    strange: list[tuple[Place, str, str]] = []
    for index, content in header.cells.items():
        said = "" if isinstance(content, Formula) else text_of(content).strip()
        name, language = header_in(said)
        place = header.place.in_column(index, said)
        column = known.get(name)
        if column is None:
            strange.append((place, said, name))
        elif column.kind == "text":
            _put_language(table, column, language, place)
        elif name in table.columns:
            log.wrong(place, "the column “{name}” is there twice.", "Keep one of them.", name=name)
        else:
            table.columns[name] = index
    _tell_strange(
        strange, [name for name in known if name not in table.columns and name not in table.texts], log
    )
    return table


def _put_language(table: Table, column: Column, said: str | None, place: Place) -> None:
    log, languages = table.log, table.languages
    if said is None and len(languages) != 1:
        message, remedy = (
            "the column “{name}” does not say in which language it is.",
            "Write {name}::{language}.",
        )
        log.wrong(place, message, remedy, name=column.header, language=languages[0] if languages else "en")
        return
    language = languages[0] if said is None else language_in(said)
    if language not in languages and any(problem.values.get("said") == said for _, problem in log.problems):
        return  # told by its first column
    if language not in languages:
        message, remedy = (
            "“{said}” is not one of the questionnaire's languages ({languages}).",
            "Add it in sheet questionnaire, or remove the column.",
        )
        log.wrong(place, message, remedy, said=said, languages=", ".join(languages))
        return
    assert language is not None
    found = table.texts.setdefault(column.header, {})
    if language in found:
        log.wrong(
            place,
            "the column “{name}” is there twice.",
            "Keep one of them.",
            name=f"{column.header}::{language}",
        )
    else:
        found[language] = place.column


def _tell_strange(strange: Iterable[tuple[Place, str, str]], missing: list[str], log: Log) -> None:
    """Tell columns that are not known: as a fault where one was probably misspelt, else as the author's own."""
    for place, said, name in strange:
        close = get_close_matches(name, missing, n=1, cutoff=0.75)
        if close:
            message, remedy = "there is no column “{said}” here.", "Did you mean “{word}”?"
            log.wrong(place, message, remedy, said=said, word=close[0])
        elif said:
            log.note("not carried", place, "a column of your own is not read.")


def is_comment(row: Row) -> bool:
    """Say whether a row is not meant to be read."""
    first = row.cells.get(1)
    return isinstance(first, str) and first.lstrip().startswith(COMMENT)


def value_in(column: Column, content: Content | Formula | None, place: Place, log: Log) -> Any:
    """Return what a cell says; what cannot be understood by itself is kept for later."""
    known = content_of(content, place, log, day=column.kind == "date")
    if known is None:
        return None
    value = read_cell(column, known, place, log)
    return Later(column, value, place) if column.kind in ("condition", "value") else value


def put_at(record: Record, path: tuple[str, ...], value: Any, place: Place) -> None:
    """Set a value at a path; mappings on the way are made where there is a value to put in."""
    *way, last = path
    for step in way:
        record.cells.setdefault(step, place)
        if value is None and step not in record:
            return
        record = record.setdefault(step, Record(record.place))
    record.cells[last] = place
    if value is not None:
        record[last] = value


def put_text(record: Record, column: Column, text: Record | None, place: Place | None) -> None:
    """Set a text, and where it stands or is missing."""
    if place is not None:
        put_at(record, column.goes, text, place)


def missing(column: Column, place: Place, log: Log) -> None:
    """Tell that a cell must not be empty."""
    log.wrong(
        place, "“{field}” is missing.", "Fill in the cell: {says}", field=column.header, says=column.says
    )
