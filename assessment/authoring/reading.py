"""Our own workbook becomes the data of a questionnaire, each part knowing its cell."""

from collections.abc import Callable, Iterator
from typing import Any

from assessment.authoring.assembling import Rows, assemble, by_id
from assessment.authoring.cells import NO, YES, content_of, listed, number_in, text_of, word_of
from assessment.authoring.columns import Column
from assessment.authoring.expressions import NotReadError, Subject, conditions_from
from assessment.authoring.languages import header_in, language_in
from assessment.authoring.opening import Book, Content, Formula, Grid, Row
from assessment.authoring.places import Log, Place, Record
from assessment.authoring.tables import (
    Later,
    is_comment,
    missing,
    put_at,
    put_text,
    table_of,
    value_in,
)
from assessment.authoring.template import README, SETTINGS, SHEETS
from assessment.errors import did_you_mean
from assessment.values import Language


def read_template(book: Book, log: Log) -> Record:
    """Return the data of a questionnaire as its workbook says it; what cannot be understood is told in the log."""
    root = Record(Place(SETTINGS.name))
    languages = _settings(book, root, log)
    known = {SETTINGS.name, README, *(sheet.name for sheet in SHEETS)}
    for grid in book.grids:
        if grid.name.strip().lower() not in known and grid.rows:
            hint = did_you_mean(grid.name, known)
            log.note("not carried", Place(grid.name), f"this sheet is not read. {hint}".rstrip())
    rows: Rows = {sheet.name: [] for sheet in SHEETS}
    for sheet in SHEETS if languages else ():
        found = book.grid(sheet.name)
        table = table_of(found, sheet, languages, log) if found else None
        rows[sheet.name] = list(table.children()) if table else []
    if languages:
        assemble(root, rows, log)
        _understand(root, rows, log)
    return root


# ── the sheet of settings ────────────────────────────────────────────────────────────────────────────────────────────


def _settings(book: Book, root: Record, log: Log) -> tuple[Language, ...]:
    """Read the settings into the data; return the languages."""
    grid = book.grid(SETTINGS.name)
    found = _setting_rows(grid, log) if grid else {}
    header = grid.rows[0] if grid and grid.rows else None
    columns = _setting_columns(header)
    languages = _languages(found.get("languages"), columns, root, log)
    for column in SETTINGS.columns:
        row = found.get(column.header)
        if row is None:
            if column.needed:
                message, remedy = "the row “{field}” is missing.", "Add it: {says}"
                log.wrong(Place(SETTINGS.name), message, remedy, field=column.header, says=column.says)
        elif column.kind == "text":
            _setting_text(row, column, columns, languages, root, log)
        elif column.header != "languages":
            index = columns.get("value", 2)
            place = row.place.in_column(index, column.header)
            value = value_in(column, row.cells.get(index), place, log)
            put_at(root, column.goes, value, place)
            if value is None and column.needed and not log.is_wrong_at(place):
                missing(column, place, log)
    return languages


def _setting_rows(grid: Grid, log: Log) -> dict[str, Row]:
    rows = [row for row in grid.rows[1:] if not is_comment(row)]
    log.taken[grid.name] = len(rows)
    known = [column.header for column in SETTINGS.columns]
    found: dict[str, Row] = {}
    for row in rows:
        content = row.cells.get(1)
        name = "" if content is None or isinstance(content, Formula) else text_of(content).strip().lower()
        place = row.place.in_column(1, "field")
        if name in found:
            log.wrong(place, "“{name}” is there twice.", "Keep one of them.", name=name)
        elif name in known:
            found[name] = row
        else:
            message, remedy = "there is no setting “{name}”.", "{hint} Correct or remove the row."
            log.wrong(place, message, remedy, name=name, hint=did_you_mean(name, known))
    return found


def _setting_columns(header: Row | None) -> dict[str, int]:
    """Return the columns by name, those of texts by language."""
    columns: dict[str, int] = {}
    for index, content in header.cells.items() if header else ():
        name, language = header_in("" if isinstance(content, Formula) else text_of(content))
        code = language_in(language) if language else None
        columns.setdefault(f"text::{code}" if name == "text" and code else name, index)
    return columns


def _languages(row: Row | None, columns: dict[str, int], root: Record, log: Log) -> tuple[Language, ...]:
    if row is None:
        return ()  # its row is told to be missing
    index = columns.get("value", 2)
    place = row.place.in_column(index, "languages")
    content = content_of(row.cells.get(index), place, log)
    found: list[str] = []
    for said in listed(text_of(content)) if content is not None else ():
        language = language_in(said)
        if language is None:
            message, remedy = "“{said}” is not the code of a language.", "Write two letters, for example en."
            log.wrong(place, message, remedy, said=said)
        elif language not in found:
            found.append(language)
    root.put("languages", found, place)
    if content is None and not log.is_wrong_at(place):
        missing(SETTINGS.column("languages"), place, log)
    return tuple(found)


def _setting_text(
    row: Row, column: Column, columns: dict[str, int], languages: tuple[Language, ...], root: Record, log: Log
) -> None:
    text, places = Record(row.place), {}
    for language in languages:
        header = f"text::{language}"
        index = columns.get(header)
        if index is None:
            message, remedy = (
                "the column “{column}” is missing.",
                "Add it: the questionnaire is in {languages}.",
            )
            place = Place(SETTINGS.name, 1)
            if not log.is_wrong_at(place):
                log.wrong(place, message, remedy, column=header, languages=", ".join(languages))
            continue
        place = row.place.in_column(index, header)
        text.cells[language] = places[language] = place
        content = content_of(row.cells.get(index), place, log)
        if content is not None:
            text[language] = text_of(content)
        elif not log.is_wrong_at(place):
            message, remedy = (
                "the text is missing in “{language}”.",
                "Add it, or take the language out of the row languages.",
            )
            log.wrong(place, message, remedy, language=language)
    put_text(root, column, text if text else None, next(iter(places.values()), row.place))


# ── conditions and answers, once all questions are known ─────────────────────────────────────────────────────────────


def _understand(root: Record, rows: Rows, log: Log) -> None:
    """Put conditions and answers in the place of what was kept for later."""
    types = {name: str(record.get("type")) for name, record in by_id(rows["questions"]).items()}
    for record in _records(root):
        for key, value in list(record.items()):
            if not isinstance(value, Later):
                continue
            if value.column.kind == "condition":
                made = read_condition(
                    str(value.content), value.place, lambda name: _subject(name, types), log
                )
            else:
                made = _answer(value.content, types.get(record.get("question", "")))
            if made is None:
                del record[key]
            else:
                record[key] = made


def _records(value: Any) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _records(part)


def read_condition(
    said: str, place: Place, subject: Callable[[str], Subject], log: Log
) -> list[dict[str, Any]] | None:
    """Return the conditions that a cell says; None, if it cannot be read, which is told."""
    try:
        return conditions_from(said, subject)
    except NotReadError as error:
        log.wrong(place, error.message, error.remedy, **error.values)
        return None


def _subject(name: str, types: dict[str, str]) -> Subject:
    kind, colon, field = name.partition(":")
    if colon and kind.strip().lower() == "profile":
        return Subject(
            "profile", word_of(field.strip(), "profile field"), lambda word: word_of(word, "option")
        )
    if name == ".":
        raise NotReadError("a dot names no question.", "Write its name, for example ${{q1}}.")
    question = word_of(name, "question")
    if types.get(question) in ("choice", "checklist"):
        return Subject("question", question, lambda word: word_of(word, "option"))
    return Subject("question", question)


def _answer(content: Content, question_type: str | None) -> Any:
    """Return an answer as its question admits it; as it stands, where it cannot be one."""
    said = text_of(content).strip()
    match question_type:
        case "level" | "number" if isinstance(content, str):
            number = number_in(said)
            return content if number is None else number
        case "yes_no" if said.lower() in YES | NO:
            return said.lower() in YES
        case "yes_no" if said in ("'yes'", "'no'"):
            return said.strip("'")  # the word, where somebody wrote that
        case "checklist":
            return [] if said == NOTHING else [word_of(each, "option") for each in listed(said)]
        case "choice" if not isinstance(content, bool):
            return word_of(said, "option")
        case "text":
            return text_of(content)
        case _:
            return content


NOTHING = "( )"
"""How one writes that no item is ticked."""
