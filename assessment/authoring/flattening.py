"""A questionnaire as the rows of our own workbook: what `reading` puts together again."""

from collections.abc import Callable
from typing import Any

from assessment.authoring.cells import words_said
from assessment.authoring.columns import Column, Sheet
from assessment.authoring.sayings import number_said, said
from assessment.authoring.template import SETTINGS, SHEETS
from assessment.conditions import Condition
from assessment.loader.writing import questionnaire_as_data
from assessment.questionnaire import Questionnaire
from assessment.values import Language

Cell = str | int | float | bool | None
Data = dict[str, Any]


def headers_of(sheet: Sheet, languages: tuple[Language, ...]) -> list[tuple[str, Column]]:
    """Return the headers of a sheet, with one for each language of a text."""
    return [
        (header, column)
        for column in sheet.columns
        for header in (
            [f"{column.header}::{language}" for language in languages]
            if column.kind == "text"
            else [column.header]
        )
    ]


def rows_of(questionnaire: Questionnaire) -> dict[str, list[list[Cell]]]:
    """Return the rows of each sheet, in the order of its headers; for the sheet of settings in that of its columns."""
    data = questionnaire_as_data(questionnaire)
    asked = _Asked(questionnaire)
    made: dict[str, list[list[Cell]]] = {}
    for sheet in SHEETS:
        columns = headers_of(sheet, questionnaire.languages)
        made[sheet.name] = [
            [_cell(column, header, row, asked) for header, column in columns]
            for row in ROWS[sheet.name](data)
        ]
    made[SETTINGS.name] = [_setting(column, data, asked) for column in SETTINGS.columns]
    return made


class _Asked:
    """What hangs on how something is asked."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.types = {question.id: question.type for question in questionnaire.questions_by_id.values()}
        self.several = {
            *(f"profile:{field.id}" for field in questionnaire.profile if field.type == "many"),
            *(name for name, kind in self.types.items() if kind == "checklist"),
        }


def _setting(column: Column, data: Data, asked: _Asked) -> list[Cell]:
    """Return value and texts of one setting."""
    languages = data["languages"]
    if column.kind == "text":
        return [None, *(_cell(column, f"{column.header}::{each}", data, asked) for each in languages)]
    if column.header == "languages":
        return [", ".join(languages), *(None for _ in languages)]
    return [_cell(column, column.header, data, asked), *(None for _ in languages)]


def _cell(column: Column, header: str, row: Data, asked: _Asked) -> Cell:
    value: Any = row
    for step in (column.header,) if column.parent else column.goes:
        value = value.get(step) if isinstance(value, dict) else None
    if value is None:
        return None
    match column.kind:
        case "text":
            text: str | None = value.get(header.rpartition("::")[2])
            return text
        case "refs" | "some_of":
            return ", ".join(value)
        case "words":
            return words_said(value)
        case "flag":
            return "yes" if value else "no"
        case "condition":
            return said(tuple(Condition.model_validate(each) for each in value), asked.several) or None
        case "limits":
            return ", ".join(f"{each['section']} = {each['level']}" for each in value)
        case "shares":
            return ", ".join(f"{role} = {number_said(share)}" for role, share in value.items())
        case "numbers":
            return "; ".join(map(number_said, value))
        case "date":
            return str(value.isoformat())
        case "value" if isinstance(value, list):
            return ", ".join(value) or NOTHING
        case "value" if asked.types.get(row["question"]) == "yes_no" and isinstance(value, (bool, str)):
            return ("yes" if value else "no") if isinstance(value, bool) else f"'{value}'"
        case "number" | "value" if isinstance(value, float):
            return _exactly(value)
        case _:
            plain: Cell = value
            return plain


NOTHING = "( )"
"""How one writes that no item is ticked."""


def _exactly(value: float) -> float | str:
    """Return a number such that the workbook keeps all its digits: it has sixteen, and the rest stands in a text."""
    return value if float(f"{value:.16g}") == value and "e" not in f"{value:.16g}" else number_said(value)


# ── what stands on which sheet ───────────────────────────────────────────────────────────────────────────────────────


def _sections(data: Data) -> list[Data]:
    def walk(section: Data, parent: str | None) -> list[Data]:
        below = [row for part in section.get("sections", ()) for row in walk(part, section["id"])]
        return [{**section, "parent": parent}, *below]

    return [row for section in data["sections"] for row in walk(section, None)]


def _questions(data: Data) -> list[Data]:
    return [
        {**question, "section": section["id"]}
        for section in _sections(data)
        for question in section.get("questions", ())
    ]


def _below(whole: Callable[[Data], list[Data]], key: str, parent: str) -> Callable[[Data], list[Data]]:
    """Return the rows of what stands in lists inside other rows."""

    def rows(data: Data) -> list[Data]:
        return [{**row, parent: above["id"]} for above in whole(data) for row in above.get(key, ())]

    return rows


def _at(*path: str) -> Callable[[Data], list[Data]]:
    def rows(data: Data) -> list[Data]:
        value: Any = data
        for step in path:
            value = value.get(step, {})
        return list(value)

    return rows


def _anchors(data: Data) -> list[Data]:
    return [
        {"question": question["id"], "level": level, "text": question["anchors"][level]}
        for question in _questions(data)
        for level in sorted(question.get("anchors", ()))
    ]


def _first_steps(data: Data) -> list[Data]:
    return [
        {"measure": measure["id"], "text": text}
        for measure in data.get("measures", ())
        for text in measure.get("first_steps", ())
    ]


def _effects(data: Data) -> list[Data]:
    return [
        {**effect, "measure": measure["id"]}
        for measure in data.get("measures", ())
        for effect in measure["effects"]
    ]


def _sources(data: Data) -> list[Data]:
    return [
        {"number": str(number), "text": text} for number, text in enumerate(data.get("sources", ()), start=1)
    ]


ROWS: dict[str, Callable[[Data], list[Data]]] = {
    "levels": _at("scale", "levels"),
    "profile": _at("profile"),
    "profile_options": _below(_at("profile"), "options", "field"),
    "sections": _sections,
    "questions": _questions,
    "anchors": _anchors,
    "options": _below(_questions, "options", "question"),
    "option_sets": _below(_at("option_sets"), "options", "set"),
    "points": _below(_questions, "worths", "question"),
    "question_standards": _below(_questions, "standards", "question"),
    "caps": _at("caps"),
    "checks": _at("checks"),
    "measures": _at("measures"),
    "first_steps": _first_steps,
    "effects": _effects,
    "planning_roles": _at("planning", "roles"),
    "money": _at("planning", "money"),
    "register": _at("register", "rows"),
    "register_topics": _at("register", "topics"),
    "register_watch": _at("register", "watch"),
    "unions": _at("register", "unions"),
    "figure_groups": _at("key_figures", "groups"),
    "figures": _at("key_figures", "figures"),
    "value_inputs": _at("key_figures", "value", "inputs"),
    "standards": _at("standards"),
    "reference_points": _at("reference_points"),
    "sources": _sources,
    "accepted": _at("accepted"),
}
"""The rows of each sheet, from the questionnaire as its author writes it."""
