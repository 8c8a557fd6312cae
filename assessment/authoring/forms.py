"""The sheets of an XLSForm as rows: columns by name, texts by language, and what of them is left behind."""

from collections import Counter
from dataclasses import dataclass, field

from assessment.authoring.cells import content_of, text_of
from assessment.authoring.languages import header_in, language_in
from assessment.authoring.opening import Book, Content, Formula, Grid, Row
from assessment.authoring.places import Log, Place, Record
from assessment.values import Language

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

TEXTS = ("label", "hint")
"""Columns that may be there once for each language."""

_ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "list": "list_name",
    "command": "type",
    "tag": "name",
    "readonly": "read_only",
    "calculate": "calculation",
}

TAKEN: dict[str, tuple[str, ...]] = {
    SURVEY: ("type", "name", "label", "hint", "relevant", "constraint", "weight", "parameters", "disabled"),
    CHOICES: ("list_name", "name", "label", "worth", "score", "value", "weight"),
    SETTINGS: ("form_title", "form_id", "version", "default_language"),
}
"""Columns that are taken over."""

LEFT: dict[str, str] = {
    "appearance": "the app decides how a question looks",
    "required": "every question may be left open, and the result says how much is",
    "required_message": "every question may be left open",
    "constraint_message": "the app says itself what is not admitted",
    "default": "no question is answered beforehand",
    "calculation": "values are not worked out",
    "choice_filter": "every option is offered",
    "read_only": "every question can be answered",
    "guidance_hint": "there is one help text for each question: the hint",
    "media": "pictures and sounds are not shown",
    "image": "pictures are not shown",
    "audio": "sounds are not played",
    "video": "films are not played",
    "repeat_count": "nothing is repeated",
    "trigger": "values are not worked out",
    "hint": "an option has no help text of its own",
    "parameters": "they hold for ranges of numbers only",
}
"""Columns that are left behind, and why."""

_OFF = frozenset({"no", "false", "false()", "0"})


@dataclass
class FormRow:
    """One row of a form."""

    place: Place
    columns: dict[str, int]
    cells: dict[str, Content]
    texts: dict[str, Record]

    def place_of(self, column: str) -> Place:
        """Return the cell in this column."""
        if column in TEXTS and column in self.texts:
            cells = self.texts[column].cells
            return next(iter(cells.values()), self.place)
        index = self.columns.get(column)
        return self.place.in_column(index, column) if index else self.place

    def said(self, column: str) -> str:
        """Return what stands in this column, as a text; empty, if nothing does."""
        return text_of(self.cells[column]).strip() if column in self.cells else ""


@dataclass
class Form:
    """An XLSForm, read row by row."""

    log: Log
    languages: tuple[Language, ...] = ()
    survey: list[FormRow] = field(default_factory=list)
    choices: list[FormRow] = field(default_factory=list)
    settings: FormRow | None = None

    def text(self, row: FormRow, column: str) -> Record | None:
        """Return a text in every language; one that is missing is taken from the first that is there, and told."""
        found = row.texts.get(column)
        if not found:
            return None
        text = Record(row.place)
        text.cells = found.cells
        for language in self.languages:
            if language in found:
                text[language] = found[language]
                continue
            other = next(iter(found))
            text[language] = found[other]
            place = found.cells.get(language) or row.place_of(column)
            self.log.note("added", place, f"there is no text in {language}; the one in {other} stands there.")
        if any("${" in said for said in text.values()):
            self.log.note(
                "not carried",
                row.place_of(column),
                "${…} in a text is not filled in; it stands there as it is.",
            )
        return text


def read_form(book: Book, log: Log) -> Form:
    """Return the rows of an XLSForm; faults in its columns are told."""
    form = Form(log)
    heads = {name: _head(book.grid(name), name, log) for name in (SURVEY, CHOICES, SETTINGS)}
    settings = _rows(book.grid(SETTINGS), heads[SETTINGS], (), "", log)
    form.settings = next(iter(settings), None)
    default = _default_language(form.settings, log)
    form.languages = _languages(heads, default, log)
    bare = default or "en"
    form.survey = list(_rows(book.grid(SURVEY), heads[SURVEY], form.languages, bare, log))
    form.choices = list(_rows(book.grid(CHOICES), heads[CHOICES], form.languages, bare, log))
    for name, rows in ((SURVEY, form.survey), (CHOICES, form.choices), (SETTINGS, settings)):
        if rows:
            log.taken[name] = len(rows)
    _tell_left(heads, form, log)
    for grid in book.grids:
        if grid.name.strip().lower() not in (SURVEY, CHOICES, SETTINGS) and grid.rows:
            log.note("not carried", Place(grid.name), "this sheet is not read.")
    return form


@dataclass
class _Head:
    """The columns of a sheet."""

    columns: dict[str, int] = field(default_factory=dict)
    texts: dict[tuple[str, str | None], int] = field(default_factory=dict)
    """By name and language as it is written."""


def _head(grid: Grid | None, sheet: str, log: Log) -> _Head:
    head = _Head()
    for index, content in grid.rows[0].cells.items() if grid and grid.rows else ():
        said = "" if isinstance(content, Formula) else text_of(content).strip()
        name, language = header_in(said)
        if name in ("bind", "control", "body") and language:
            name, language = header_in(language)
        if language is None and ":" in name:
            name, _, language = name.partition(":")
            language = language.replace("_", " ")
        name = _ALIASES.get(name, name)
        if name in TEXTS and sheet != SETTINGS:
            head.texts.setdefault((name, language), index)
        elif name in head.columns and language is None and sheet != SETTINGS:
            place = Place(grid.name if grid else sheet, 1).in_column(index, said)
            log.wrong(place, "the column “{name}” is there twice.", "Keep one of them.", name=name)
        else:
            head.columns.setdefault(name, index)
    return head


def _default_language(settings: FormRow | None, log: Log) -> Language | None:
    said = settings.said("default_language") if settings else ""
    if not said or settings is None:
        return None
    language = language_in(said)
    if language is None and said.lower() != "default":
        message, remedy = (
            "it cannot be told which language “{said}” is.",
            "Write its code of two letters behind it: German (de).",
        )
        log.wrong(settings.place_of("default_language"), message, remedy, said=said)
    return language


def _languages(heads: dict[str, _Head], default: Language | None, log: Log) -> tuple[Language, ...]:
    """Return the languages of the labels, the form's own first."""
    found: list[Language] = []
    labels = [
        (sheet, said, index)
        for sheet in (SURVEY, CHOICES)
        for (name, said), index in heads[sheet].texts.items()
        if name == "label"
    ]
    for sheet, said, index in labels:
        language = (default or "en") if said is None else language_in(said)
        if language is None:
            message, remedy = (
                "it cannot be told which language “{said}” is.",
                "Write its code of two letters behind it: label::German (de).",
            )
            log.wrong(Place(sheet, 1).in_column(index, f"label::{said}"), message, remedy, said=said)
        elif language not in found:
            found.append(language)
        if said is None and default is None and sheet == SURVEY:
            place = Place(sheet, 1).in_column(index, "label")
            log.note(
                "added",
                place,
                "the language is taken to be English (en); settings.default_language says another.",
            )
    if not labels and not log.problems:
        log.wrong(Place(SURVEY, 1), "there is no column “label”.", "Add label, or label::English (en).")
    return tuple(sorted(found, key=lambda language: language != default))


def _rows(
    grid: Grid | None, head: _Head, languages: tuple[Language, ...], bare: Language, log: Log
) -> list[FormRow]:
    return [_row(row, head, languages, bare, log) for row in grid.rows[1:]] if grid else []


def _row(row: Row, head: _Head, languages: tuple[Language, ...], bare: Language, log: Log) -> FormRow:
    cells: dict[str, Content] = {}
    sheet = row.place.sheet.strip().lower()
    for name, index in head.columns.items():
        content = row.cells.get(index)
        taken = name in TAKEN[sheet]
        if isinstance(content, Formula) and not taken:
            content = None
        day = not taken or name == "version"
        known = content_of(content, row.place.in_column(index, name), log, day=day)
        if known is not None:
            cells[name] = known
    texts: dict[str, Record] = {}
    for (name, said), index in sorted(head.texts.items(), key=lambda item: item[0][1] is None):
        language = bare if said is None else language_in(said)
        if language not in languages or (said is None and language in texts.get(name, {})):
            continue
        place = row.place.in_column(index, f"{name}::{said}" if said else name)
        text = texts.setdefault(name, Record(row.place))
        text.cells.setdefault(language, place)
        content = content_of(row.cells.get(index), place, log)
        if content is not None:
            text[language] = text_of(content)
    in_order = {name: _sorted(text, languages) for name, text in texts.items() if text}
    return FormRow(row.place, head.columns, cells, in_order)


def _sorted(text: Record, languages: tuple[Language, ...]) -> Record:
    made = Record(text.place)
    for language in languages:
        if language in text.cells:
            made.cells[language] = text.cells[language]
        if language in text:
            made[language] = text[language]
    return made


def _tell_left(heads: dict[str, _Head], form: Form, log: Log) -> None:
    """Tell each column that is left behind, once, with the number of its rows."""
    for sheet, rows in (
        (SURVEY, form.survey),
        (CHOICES, form.choices),
        (SETTINGS, [form.settings] if form.settings else []),
    ):
        counts = Counter(
            name
            for row in rows
            for name in row.cells
            if name not in TAKEN[sheet] and row.said(name).lower() not in _OFF
        )
        for name, count in counts.items():
            reason = LEFT.get(name, "a questionnaire has no place for it")
            place = Place(sheet, 1).in_column(heads[sheet].columns[name], name)
            log.note("not carried", place, f"{count} {'row' if count == 1 else 'rows'}: {reason}.")
    if any(name == "hint" for name, _ in heads[CHOICES].texts):
        log.note("not carried", Place(CHOICES, 1), f"hint: {LEFT['hint']}.")
