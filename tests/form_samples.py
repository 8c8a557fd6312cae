"""Forms filled in by somebody who does not exist: cells found by their marks, written as a person would."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from assessment.answers import Answer
from assessment.document.choices import ASIDE, BASED_ON, CONFIDENCE, NONE, UNKNOWN, choices_of
from assessment.document.form_marks import MARKS, NAME
from assessment.document.saying import number
from assessment.exports.form import render_form
from assessment.i18n import catalogue
from assessment.questionnaire import Questionnaire
from assessment.questions import Count, Tick, Write
from assessment.returned import Returned, read_form

ON = date(2026, 11, 2)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
WHO = "Kim Beispiel"


def opened(raw: bytes) -> Workbook:
    return load_workbook(BytesIO(raw))


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def places(book: Workbook) -> dict[tuple[str, str], Any]:
    """Return every cell to fill in, by id and field."""
    found: dict[tuple[str, str], Any] = {}
    fields = {mark: name for name, mark in MARKS.items()}
    for sheet in book.worksheets:
        columns: dict[str, int] = {}
        for row in sheet.iter_rows():
            marks = {fields[cell.value]: cell.column for cell in row if cell.value in fields}
            if "question" in marks:
                columns = marks
                continue
            identifier = sheet.cell(row[0].row, columns["question"]).value if columns else None
            if identifier:
                for name, column in columns.items():
                    found[identifier, name] = sheet.cell(row[0].row, column)
    return found


def filled(raw: bytes, contents: Mapping[tuple[str, str], Any], *, who: str | None = WHO) -> bytes:
    """Return the form with these cells filled in."""
    book = opened(raw)
    cells = places(book)
    if who is not None:
        cells[NAME, "answer"].value = who
    for place, content in contents.items():
        cells[place].value = content
    return saved(book)


def as_written(answer: Answer, known: Questionnaire, language: str) -> dict[tuple[str, str], Any]:
    """Return what somebody chooses and writes to give this answer."""
    c, question = catalogue(language), known.answerable[answer.question]
    made: dict[tuple[str, str], Any] = {}
    match answer.state:
        case "unknown":
            made[question.id, "answer"] = c.t(UNKNOWN)
        case "not_applicable":
            made[question.id, "answer"] = c.t(ASIDE)
            made[question.id, "reason"] = answer.reason
        case "given":
            match question.control():
                case Tick(options=options):
                    ticked = answer.value if isinstance(answer.value, tuple) else ()
                    if not ticked:
                        made[question.id, "answer"] = c.t(NONE)
                    else:
                        made |= {
                            (f"{question.id}/{name}", "answer"): c.t("Yes")
                            for name in options
                            if name in ticked
                        }
                case Count():
                    assert isinstance(answer.value, (int, float))
                    made[question.id, "answer"] = number(answer.value, c)
                case Write():
                    made[question.id, "answer"] = answer.value
                case _:
                    value = question.admit(answer.value)
                    made[question.id, "answer"] = next(
                        each.label
                        for each in choices_of(question, known, c)
                        if each.state == "given" and (type(each.value), each.value) == (type(value), value)
                    )
    if answer.evidence != "none":
        made[question.id, "evidence"] = c.t(BASED_ON[answer.evidence])
    if answer.comment:
        made[question.id, "comment"] = answer.comment
    return made


def sure(answer: Answer, confidence: Any, language: str) -> dict[tuple[str, str], Any]:
    return {(answer.question, "confidence"): catalogue(language).t(CONFIDENCE[confidence])}


def a_form(known: Questionnaire, language: str = "en", *, short: bool = False) -> bytes:
    return render_form(known, language, on=ON, short=short)


def back(raw: bytes, known: Questionnaire, file: str = "form.xlsx") -> Returned:
    return read_form(raw, file, questionnaire=known, received_at=NOW)
