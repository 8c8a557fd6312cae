"""A questionnaire comes out of a workbook as it went in; what is wrong in a workbook is told by sheet, row and column."""

import io
import itertools
import json
import re
import struct
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from assessment.answers import holds
from assessment.authoring import BroughtIn, an_example, bring_in, opening, write_folder, write_workbook
from assessment.authoring.asking import KNOWN
from assessment.authoring.cells import word_of
from assessment.authoring.checking import checked
from assessment.authoring.escapes import escaped, plain
from assessment.authoring.expressions import NotReadError, Subject, conditions_from
from assessment.authoring.forms import LEFT, TAKEN
from assessment.authoring.languages import language_in
from assessment.authoring.sayings import said
from assessment.authoring.template import SETTINGS, SHEETS
from assessment.cli.authoring import export_, import_
from assessment.conditions import Condition
from assessment.errors import QuestionnaireError
from assessment.loader import questionnaire_ids, read_questionnaire
from assessment.loader.beside import DIVIDED_BY
from assessment.loader.marks import Marked, read_marked
from assessment.loader.writing import as_yaml, questionnaire_as_data
from assessment.questionnaire import (
    Accepted,
    AllTop,
    Cap,
    Contradiction,
    Effect,
    Effort,
    Group,
    KeyFigure,
    KeyFigures,
    Lead,
    Legal,
    Level,
    Limit,
    ManySetAside,
    Marker,
    Measure,
    Money,
    Option,
    Planning,
    ProfileField,
    Questionnaire,
    Quick,
    Range,
    ReferencePoint,
    Register,
    RegisterRow,
    Role,
    Scale,
    Section,
    Span,
    Standard,
    StraightLining,
    Topic,
    Union,
    ValueInput,
    ValueModel,
    ValueRole,
    Watch,
)
from assessment.questions import (
    AnswerOption,
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    Mapping,
    NumberQuestion,
    OptionSet,
    Point,
    TextQuestion,
    YesNoQuestion,
)
from tests.conftest import a_questionnaire, a_sheet, gate, level_question, section, text
from tests.strategies import questionnaires

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken" / "workbooks").glob("*.yaml"))
Data = dict[str, Any]


SURVEY: list[list[Any]] = [
    ["type", "name", "label::English (en)", "label::German (de)", "hint::English (en)", "hint::German (de)",
     "relevant", "constraint", "required", "appearance", "weight", "calculation", "my remarks"],
    ["start", "start"],
    ["note", "welcome", "Welcome.", "Willkommen."],
    ["text", "site", "Which site?", "Welcher Standort?", "As on the badge.", "Wie auf dem Ausweis."],
    ["begin_group", "Channels", "Channels", "Kanäle"],
    ["note", "about", "How customers reach you.", "Wie Kunden Sie erreichen."],
    ["note", "more", "Think of last month.", "Denken Sie an den letzten Monat."],
    ["select_multiple channel", "Q 1", "Through which channels?", "Über welche Kanäle?", None, None, None, None, "yes", "minimal"],
    ["select_one likert", "Q_2", "Is the phone answered fast?", "Wird schnell abgehoben?", None, None, "selected(${Q 1}, 'phone')", None, "yes", "likert", 2],
    ["select_one likert", "q3", "Is chat answered fast?", None, None, None, "selected(${Q 1}, 'Live Chat') and ${Q_2} >= 2"],
    ["select_one yes_no", "bot", "Do you have a bot?", "Haben Sie einen Bot?", None, None, "selected(${Q 1}, 'bot') or ${site} != ''"],
    ["begin group", "bots", "Bots", "Bots", "What the bot does.", "Was der Bot tut.", "${bot} = 'yes'"],
    ["select_one yes_no", "handover", "Can one reach a person at ${site}?", "Erreicht man einen Menschen?"],
    ["integer", "share", "Per cent solved", "Prozent gelöst", None, None, "not(${handover} = 'no')", ". >= 0 and . <= 100"],
    ["end group"],
    ["decimal", "wait", "Minutes of waiting", "Minuten Wartezeit", None, None, "${share} < 50 or ${share} > 90", ". > 0"],
    ["end_group"],
    ["begin_group", "staff", "Staff", "Mitarbeitende"],
    ["integer", "people", "How many people?", "Wie viele?", None, None, None, ". > 0 and . < 1000"],
    ["text", "why", "Why?", "Warum?", None, None, "${people} != 5 and (${bot} != 'yes' or ${people} >= 10)", "string-length(.) < 20"],
    ["calculate", "double", None, None, None, None, None, None, None, None, None, "${people} * 2"],
    ["text", "big", "So big?", "So groß?", None, None, "${double} > 10"],
    ["text", "odd", "Odd?", "Komisch?", None, None, "string-length(${site}) > 3"],
    ["begin_repeat", "team", "Team", "Team"],
    ["text", "team_name", "Name", "Name"],
    ["select_one size or_other", "team_size", "Size", "Größe"],
    ["end_repeat"],
    ["geopoint", "where", "Where?", "Wo?"],
    ["range", "mood", "Mood", "Stimmung"],
    ["image", "pic", "Picture", "Bild"],
    ["end_group"],
    ["begin_group", "nothing", "Nothing", "Nichts"],
    ["note", "empty", "Nothing to ask.", "Nichts zu fragen."],
    ["end_group"],
    ["select_one likert", "overall", "Overall?", "Insgesamt?", None, None, "${Q_2} > 1 and count-selected(${Q 1}) >= 2", None, None, None, 0],
    ["note", "bye", "Thank you.", "Danke."],
]  # fmt: skip
CHOICES: list[list[Any]] = [
    ["list_name", "name", "label::English (en)", "label::German (de)", "worth", "image"],
    ["likert", 1, "no", "nein", 0], ["likert", 2, "partly", "teils", 0.5], ["likert", 3, "yes", "ja", "1,0"],
    ["yes_no", "yes", "Yes", "Ja"], ["yes_no", "no", "No", "Nein"],
    ["channel", "phone", "Phone", "Telefon", 1], ["channel", "Live Chat", "Chat", "Chat", 1], ["channel", "bot", "Bot", "Bot", 2, "bot.png"],
    ["size", "s", "small", "klein"], ["size", "l", "large", "groß"], ["unused", "x", "X", "X"],
]  # fmt: skip
FORM: dict[str, list[list[Any]]] = {
    "survey": SURVEY,
    "choices": CHOICES,
    "settings": [["form_title", "form_id", "version", "default_language", "style"], ["Service check", "Check 1", "2026.11", "English (en)", "pages"]],
}  # fmt: skip


# ── workbooks from what a test says ──────────────────────────────────────────────────────────────────────────────────


def a_book(sheets: dict[str, list[list[Any]]], path: Path) -> Path:
    """Write a workbook as somebody's spreadsheet program would; `{formula: …}` is a formula."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell: Any = sheet.cell(number, column)
                cell.value = (
                    value["formula"]
                    if isinstance(value, dict)
                    else escaped(value)
                    if isinstance(value, str)
                    else value
                )
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)
    return path


def grids_of(questionnaire: Questionnaire) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(questionnaire)))
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


def spoilt(described: Data) -> dict[str, list[list[Any]]]:
    """The sheets that a file in tests/broken/workbooks describes: whole ones, or the example with changes."""
    if "sheets" in described:
        sheets: dict[str, list[list[Any]]] = described["sheets"]
        return sheets
    grids = grids_of(an_example(tuple(described["example"])))
    for sheet, row, header, value in described.get("set", ()):
        grids[sheet][row - 1][grids[sheet][0].index(header)] = value
    for sheet, old, new in described.get("rename", ()):
        grids[sheet][0][grids[sheet][0].index(old)] = new
    for sheet, header in described.get("drop_columns", ()):
        index = grids[sheet][0].index(header)
        for cells in grids[sheet]:
            del cells[index]
    for sheet, row in described.get("drop_rows", ()):
        grids[sheet][row - 1] = []
    for sheet in described.get("drop_sheets", ()):
        del grids[sheet]
    for sheet, values in described.get("add", ()):
        grids[sheet].append([values.get(header) for header in grids[sheet][0]])
    return grids


def refused(path: Path, name: str = "bakery") -> str:
    with pytest.raises(QuestionnaireError) as error:
        bring_in(path, name)
    return "\n".join(map(str, error.value.problems)).replace(f"{path.parent}/", "")


def there_and_back(questionnaire: Questionnaire, folder: Path) -> Questionnaire:
    """Out to a workbook, in to a folder, and read from there."""
    path = folder / "book.xlsx"
    path.write_bytes(write_workbook(questionnaire))
    place = folder / questionnaire.id
    write_folder(bring_in(path, questionnaire.id).questionnaire, place, force=True)
    return read_questionnaire(place)


# ── nothing is lost on the way through a workbook ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", questionnaire_ids())
def test_each_shipped_questionnaire_comes_back_from_a_workbook_and_from_json(
    name: str, tmp_path: Path
) -> None:
    shipped = read_questionnaire(name)
    assert there_and_back(shipped, tmp_path) == shipped
    document = as_json(shipped.model_dump(mode="json", by_alias=True), tmp_path)
    assert bring_in(document, name).questionnaire == shipped


@settings(max_examples=15)
@given(questionnaire=questionnaires(measures=2))
def test_questionnaires_of_every_shape_come_back_from_a_workbook(
    questionnaire: Questionnaire, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert there_and_back(questionnaire, tmp_path_factory.mktemp("book")) == questionnaire


def test_a_questionnaire_without_a_value_model_gets_none_from_its_workbook(tmp_path: Path) -> None:
    example = an_example(("en",))
    figures = example.key_figures
    assert figures is not None and figures.value is not None
    without = example.model_copy(update={"key_figures": figures.model_copy(update={"value": None})})
    assert there_and_back(without, tmp_path).key_figures == KeyFigures(
        groups=figures.groups, figures=figures.figures
    )
    assert there_and_back(a_questionnaire(), tmp_path).key_figures is None


def test_what_plans_are_made_of_stands_in_cells_as_one_writes_it(tmp_path: Path) -> None:
    grids = grids_of(an_example(("en",)))

    def cell(sheet: str, row: str, header: str) -> Any:
        (found,) = (each for each in grids[sheet] if each[0] == row)
        return found[grids[sheet][0].index(header)]

    assert cell("measures", "write-list", "work") == "bakers = 70, office = 30"
    assert cell("measures", "write-list", "lead_weeks") == 1
    assert cell("measures", "write-list", "lead_applies_if") == "selected(${profile:countries}, 'de')"
    assert cell("measures", "write-list", "adoption") == 2
    assert cell("questionnaire", "planning_steps", "value") == "1; 0.5"
    assert cell("planning_roles", "bakers", "label::en") == "Bakers"
    assert [row[:2] for row in grids["money"][2:]] == [[0, 500], [500, 2000]]
    shares = grids["measures"][0].index("work")
    for row in grids["measures"]:
        if row[0] == "write-list":
            row[shares] = "Bakers: 70 %; office = 30"
    for row in grids["questionnaire"]:
        if row[0] == "planning_steps":
            row[1] = "1; 0,5"
    book = a_book(grids, tmp_path / "bakery.xlsx")
    assert bring_in(book, "bakery").questionnaire == an_example(("en",))


def test_a_questionnaire_without_planning_gets_none_from_its_workbook(tmp_path: Path) -> None:
    without = a_questionnaire().model_copy(update={"planning": Planning()})
    assert there_and_back(without, tmp_path).planning == Planning()
    classes = (Money(low=0, high=10), Money(low=10, high=2_000_000.5))
    for some in (Planning(money=classes), Planning(goal_factor=1.5)):
        planned = without.model_copy(update={"planning": some})
        assert there_and_back(planned, tmp_path).planning == some


@pytest.mark.parametrize("languages", [("en",), ("de", "en", "nl"), ("fr", "de")])
def test_the_example_of_the_empty_template_is_a_questionnaire(
    languages: tuple[str, ...], tmp_path: Path
) -> None:
    example = an_example(languages)
    assert example.languages == languages
    assert there_and_back(example, tmp_path) == example


def test_each_sheet_of_the_empty_template_has_an_example_row() -> None:
    grids = grids_of(an_example(("en",)))
    assert {sheet.name for sheet in (SETTINGS, *SHEETS)} < set(grids)
    assert [name for name, rows in grids.items() if len(rows) < 3] == []


NASTY = (
    "=1+1", "+49 30 1", "-1", "@here", "#N/A", "'quoted'", '"q"', "a: b", "- a", "no", "yes", "3", "3.0", "true", "null",
    "~", "line\nline", "tab\tx", "\r\n", "_x000D_", "x005F_", "_x0041", "😀 ünï", "# hash", "{a: 1}", "[a]", "&a", "*a", "!x", "%",
    "|", ">", "a #b", " x", "\x07", "\u2028", "\ufeff", "2026-11-21", "1e3", "${q0}", "``", "{0}", "\x1f", "０",
)  # fmt: skip
"""Texts that a spreadsheet or YAML could take for something else."""

words = st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=12)).filter(
    lambda s: bool(s.strip()) or "\x1f" in s
)


def texts(languages: tuple[str, ...]) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries(dict.fromkeys(languages, words))


numbers = st.one_of(
    st.integers(-5, 500),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.sampled_from((0.1 + 0.2, 1e-7, 2 / 3, 1e20)),
)
weights = st.sampled_from((0, 1, 0.5, 2, 1 / 3, 1e-5))


@st.composite
def conditions(draw: st.DrawFn, tests: st.SearchStrategy[Data]) -> list[Data]:
    tree = st.recursive(
        tests,
        lambda below: st.one_of(
            st.lists(below, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(below, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            below.map(lambda part: {"not": part}),
        ),
        max_leaves=6,
    )
    return draw(st.lists(tree, max_size=3))


PROFILE = {"kind": ("one", ("in", "out")), "where": ("many", ("de", "nl")), "home": ("yes_no", ("yes", "no"))}
profile_tests = st.sampled_from(sorted(PROFILE)).flatmap(
    lambda field: st.one_of(
        st.lists(st.sampled_from(PROFILE[field][1]), max_size=2).map(
            lambda any_of: {"profile": field, "any_of": any_of}
        ),
        st.booleans().map(lambda answered: {"profile": field, "answered": answered}),
    )
)


def asking(question: Data, scale: list[int]) -> st.SearchStrategy[Data]:
    """Tests of one question that the loader takes."""
    name, kind = question["id"], question["type"]
    known: dict[str, st.SearchStrategy[str]] = {
        "level": st.sampled_from([str(step) for step in question.get("anchors", scale)]),
        "yes_no": st.sampled_from(("yes", "no")),
        "choice": st.sampled_from(("a", "b", "yes")),
        "checklist": st.sampled_from(("a", "b", "yes")),
    }
    among = st.lists(known.get(kind, st.one_of(words, st.just(""))), max_size=3).map(
        lambda any_of: {"question": name, "any_of": any_of}
    )
    compared = st.tuples(st.sampled_from(("at_least", "above", "at_most", "below")), numbers).map(
        lambda test: {"question": name, test[0]: test[1]}
    )
    answered = st.booleans().map(lambda given: {"question": name, "answered": given})
    return st.one_of(among, answered) if kind in ("choice", "text") else st.one_of(among, compared, answered)


STANDARDS = ("std-1", "std-2")


def mappings(said_: st.SearchStrategy[Data]) -> st.SearchStrategy[list[Data]]:
    """Parts of standards, with whatever the standards may call them."""
    named = st.one_of(words, st.sampled_from(("5.10", "a, b", "a;b", '"', 'a "b", c', " x ", ",")))
    one = st.fixed_dictionaries(
        {"standard": st.sampled_from(STANDARDS)},
        optional={"parts": st.lists(named, max_size=3), "about": said_},
    )
    return st.lists(one, max_size=2)


UNITS = ("percent", "money", "count", "seconds", "hours", "days", "points")


@st.composite
def key_figures(draw: st.DrawFn, said_: st.SearchStrategy[Data]) -> Data:
    """Key figures, the inputs of the value model, both, or nothing."""
    figures = [
        {
            "id": f"f-{number}", "group": draw(st.sampled_from(("g-1", "g-2"))), "label": draw(said_), "formula": draw(said_), "watch_out": draw(said_),
            "unit": draw(st.sampled_from(UNITS)), "low": draw(st.sampled_from((0, -2.5))), "high": draw(st.sampled_from((1 / 3 + 1, 1e9))),
            "whole": draw(st.booleans()), "sections": draw(st.sampled_from(([], ["s-top", "s-deep"]))), "applies_if": draw(conditions(profile_tests)),
        }
        for number in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    model: Data = {}
    if draw(st.booleans()):
        shown = draw(said_)
        spans = st.sampled_from(
            (None, {"low": 0, "base": 1 / 3, "high": 1}, {"low": -1, "base": -1, "high": -1})
        )
        ends = draw(
            st.lists(
                st.tuples(spans, st.sampled_from(("low", "high")), st.booleans()), min_size=3, max_size=3
            )
        )
        inputs: list[Data] = []
        for number, role in enumerate(get_args(ValueRole)):
            span, cautious, whole = ends[number % 3]
            divided = role in DIVIDED_BY  # these must be above 0
            figure = figures[0] if figures and number == 1 else None
            unit = figure["unit"] if figure else UNITS[number % len(UNITS)]
            inputs.append(
                {"id": role, "group": "g-2", "label": shown, "note": shown, "unit": unit, "whole": whole, "cautious": cautious}
                | {"low": 0.25 if divided else -1, "high": 1e6}
                | ({"example": span} if span and not divided else {})
                | ({"figure": figure["id"]} if figure else {})
            )  # fmt: skip
        model = {"value": {"currency": "kind", "inputs": inputs}}
    if not figures and not model and draw(st.booleans()):
        return {}
    return {
        "groups": [{"id": name, "label": draw(said_)} for name in ("g-1", "g-2")],
        "figures": figures,
        **model,
    }


@st.composite
def whole_questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Questionnaires that say whatever can be said."""
    languages = draw(st.sampled_from((("en",), ("de", "en"), ("nl", "no", "de"))))
    said_ = texts(languages)

    def maybe(key: str, values: st.SearchStrategy[Any]) -> Data:
        return {key: draw(values)} if draw(st.booleans()) else {}

    lowest, count = draw(st.integers(0, 1)), draw(st.integers(2, 4))
    scale = list(range(lowest, lowest + count))
    starts = draw(st.sampled_from((None, [0, 10.5, 40, 66.6])))
    levels = [
        {
            "level": step,
            "label": draw(said_),
            "description": draw(said_),
            **({"from": starts[index]} if starts else {}),
        }
        for index, step in enumerate(scale)
    ]
    stages = draw(st.booleans())
    options = [
        {"id": each, "label": draw(said_), "worth": worth}
        for each, worth in (("a", 0), ("b", 1 / 3), ("yes", 2))
    ]
    questions: list[Data] = []
    for number in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(("level", "yes_no", "choice", "checklist", "number", "text")))
        question: Data = {
            "id": f"q{number}",
            "type": kind,
            "label": draw(said_),
            "short": draw(st.booleans()),
        }
        question |= maybe("help", said_) | maybe("evidence", said_) | maybe("references", st.just(["r-1"]))
        question |= maybe("why", said_) | maybe("standards", mappings(said_))
        if stages:
            question["stage"] = scale[-1]
        tests = [profile_tests, *(asking(other, scale) for other in questions)]
        question["applies_if"] = draw(conditions(st.one_of(tests)))
        if kind != "text":
            question |= maybe("weight", weights)
        match kind:
            case "level":
                steps = scale if draw(st.booleans()) else [0, 1, 5]
                question |= {"anchors": {step: draw(said_) for step in steps}, "own_scale": steps != scale}
            case "choice":
                question |= {"option_set": "shared"} if draw(st.booleans()) else {"options": options}
            case "checklist":
                question |= {"option_set": "shared"} if draw(st.booleans()) else {"options": options}
                question |= maybe("required", st.just(["a", "yes"]))
            case "number":
                question |= (
                    maybe("unit", said_)
                    | maybe("low", st.just(-10.25))
                    | maybe("high", st.just(1e9))
                    | maybe("whole", st.booleans())
                )
                question["worths"] = [
                    {"at": 0, "worth": 1},
                    {"at": 1 / 3, "worth": -0.5},
                    {"at": 7, "worth": 4},
                ]
            case "text":
                question |= maybe("longest", st.integers(1, 6000))
        questions.append(question)
    inner = draw(st.integers(0, len(questions) - 1))

    def a_section(name: str, own: list[Data], below: list[Data]) -> Data:
        made = {
            "id": name,
            "title": draw(said_),
            "description": draw(said_),
            "questions": own,
            "sections": below,
        }
        made |= (
            maybe("why", said_) | maybe("weight", weights) | maybe("at_most_above_weakest", st.integers(0, 2))
        )
        made |= maybe("method", st.sampled_from(("mean", "mean_of_leaves", "min")))
        made |= maybe("levels", st.just("bands")) | maybe("points", st.just({"low": -1.5, "high": 10}))
        return made | maybe("applies_if", conditions(profile_tests))

    deep = [a_section("s-deep", questions[inner:], [])]
    sections = [a_section("s-top", questions[:inner], deep)]
    other = level_question("z", levels=scale, stage=scale[-1])
    other = {**other, "label": draw(said_), "anchors": {step: draw(said_) for step in scale}}
    sections.append(a_section("s-last", [other], []))
    answers = st.one_of([st.sampled_from(answers_to(question, scale)) for question in (*questions, other)])
    effects = st.lists(answers.map(lambda pair: {"question": pair[0], "to": pair[1]}), min_size=1, max_size=3)
    asked = st.one_of([profile_tests, *(asking(each, scale) for each in questions)])
    planned = draw(st.booleans())
    shares = st.sampled_from(({"it": 100}, {"it": 66.67, "hr-1": 33.33}, {"hr-1": 200 / 3, "it": 100 / 3}))
    measures = [
        {
            "id": f"m{number}", "title": draw(said_), "what": draw(said_), "effects": draw(effects),
            "effort": {"low": 0.5, "high": draw(st.sampled_from((0.5, 7, 1e3)))}, "weeks": 3, "cost": 2,
            "role": draw(said_), "key_figure": draw(said_), "risk": draw(said_), "requires": ["m0"] if number else [],
            **maybe("first_steps", st.lists(said_, max_size=3)), **maybe("goals", st.just(["people", "cost"])),
            **maybe("applies_if", conditions(asked)), **(maybe("work", shares) if planned else {}), **maybe("adoption", st.integers(0, 104)),
            **({"lead": {"weeks": 2, "because": draw(said_), **maybe("applies_if", conditions(asked))}} if draw(st.booleans()) else {}),
        }
        for number in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    planning = {
        **({"roles": [{"id": each, "label": draw(said_)} for each in ("it", "hr-1")]} if planned else {}),
        **maybe("money", st.just([{"low": 0, "high": 1 / 3}, {"low": 0.1, "high": 1e9}])),
        **maybe("steps", st.just([1, 1, 1 / 3][-(count - 1) :])),
        **maybe("goal_factor", st.sampled_from((1, 2.5, 3))),
        **maybe("day_worth", st.sampled_from((0, 0.0003, 1))),
    }
    figures = draw(key_figures(said_))
    data: Data = {
        "id": "made-up", "version": "3.12.0", "languages": list(languages), "title": draw(said_), "introduction": draw(said_),
        "scale": {"levels": levels, **({"index": {"low": 0, "high": 100}} if starts else {})},
        "profile": [
            {
                "id": name, "type": kind, "label": draw(said_), **maybe("help", said_),
                "options": [] if kind == "yes_no" else [{"id": each, "label": draw(said_), **maybe("effort_factor", st.just(1.5))} for each in ids],
            }
            for name, (kind, ids) in PROFILE.items()
        ],
        "sections": sections, "measures": measures, "planning": planning, "option_sets": [{"id": "shared", "options": options}],
        "caps": [
            {
                "id": "cap-1", "question": "z", "below": scale[-1],
                "limits": [{"section": "s-top", "level": scale[0]}, {"section": "s-deep", "level": scale[1]}],
                "reason": draw(said_), **maybe("at_once", said_), **maybe("unknown_counts", st.booleans()), **maybe("references", st.just(["r-1", "r-1"])),
            }
        ],
        "checks": [
            {"id": "c-1", "kind": "straight_lining", "in_a_row": 4, "follow_up": draw(said_)},
            {"id": "c-2", "kind": "all_top", "follow_up": draw(said_), **maybe("from_questions", st.integers(2, 9))},
            {"id": "c-3", "kind": "many_set_aside", "share": 1 / 3, "follow_up": draw(said_)},
            {"id": "c-4", "kind": "contradiction", "when": [{"question": "z", "at_least": 1}, *draw(conditions(profile_tests))], "follow_up": draw(said_)},
            *(
                {"id": "c-5", "kind": "contradiction", "when": [draw(asking({**each, "type": "number"}, scale))], "follow_up": draw(said_)}
                for each in figures.get("figures", ())[:1]
            ),
        ],
        "register": {
            "as_of": draw(st.dates(date(1, 1, 1))),
            "unions": [{"id": "eu", "members": ["de", "nl"]}],
            **maybe("stale_after", st.integers(1, 900)), "topics": [{"id": "t-1", "label": draw(said_)}],
            "watch": [
                {"id": f"w-{number}", "event": draw(said_), "rows": ["r-1"], **maybe("day", st.dates(date(1, 1, 1)))}
                for number in range(draw(st.integers(0, 2)))
            ],
            "rows": [
                {
                    "id": "r-1", "jurisdiction": "de", "instrument": draw(said_), "duty": draw(said_), "state": draw(said_),
                    "confidence": "low", "verified": draw(st.sampled_from(("V0", "=V1", "3"))), "sections": ["s-top"],
                    **maybe("topics", st.just(["t-1"])), **maybe("since", st.sampled_from(("2018", "2018-05", "2018-05-25"))),
                    **maybe("applies_if", conditions(profile_tests)),
                }
            ],
        },
        "sources": draw(st.lists(said_, max_size=2)),
        **({"key_figures": figures} if figures else {}),
        "standards": [{"id": name, "name": draw(words), "gives": draw(said_), "state": draw(said_), "verified": draw(words)} for name in STANDARDS],
        "reference_points": [
            {
                "id": f"p-{number}", "finding": draw(said_), "organisation": draw(words), "year": draw(words), "caveat": draw(said_),
                "sections": ["s-top", "s-last"],
                "use": draw(st.lists(st.sampled_from(("rationale", "history", "marker")), min_size=1, max_size=3)),
                **maybe("people", st.integers(0, 10**6)), **maybe("verified", words),
                **(maybe("marker", st.just({"figure": "f-0", "value": 1 / 3})) if figures.get("figures") else {}),
            }
            for number in range(draw(st.integers(0, 2)))
        ],
        "accepted": [{"finding": "text_missing", "where": draw(words), "because": draw(words)} for _ in range(draw(st.integers(0, 2)))],
        **maybe("quick_win", st.just({"effort": 2.5, "weeks": 3, "cost": 1})), **maybe("legal", st.just({"section": "s-top", "green_from": scale[1]})),
        **maybe("minimum_coverage", st.sampled_from((0.6, 1))), **maybe("method", st.sampled_from(("mean", "sum", "staged"))),
        **maybe("staged_threshold", st.sampled_from(("2/3", 0.75, 1 / 7))), **maybe("unanswered", st.just("worst")),
        **maybe("unproven_counts_as", st.just(scale[0])), **maybe("at_most_above_weakest", st.just(0)),
        **({"levels": "staged"} if stages and draw(st.booleans()) else {}),
    }  # fmt: skip
    if data.get("method") == "staged" and not stages:
        del data["method"]
    questionnaire, problems = checked(Marked(data=data))
    assert questionnaire is not None, "\n".join(map(str, problems))
    return questionnaire


def answers_to(question: Data, scale: list[int]) -> list[tuple[str, Any]]:
    """Values that the question admits, in every form in which an author may write them."""
    values: dict[str, list[Any]] = {
        "level": sorted(question.get("anchors", {})),
        "yes_no": [True, False, "yes", "no"],
        "choice": ["a", "yes", True],
        "checklist": [[], ["a"], ["b", "yes"]],
        "number": [0, 3, 5, 7],
        "text": ["a", "= 1", "3", "yes", "a, b", "( )", " x "],
    }
    return [(question["id"], value) for value in values[question["type"]]]


@settings(max_examples=40)
@given(questionnaire=whole_questionnaires())
def test_whatever_a_questionnaire_says_comes_back_from_a_workbook(
    questionnaire: Questionnaire, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert there_and_back(questionnaire, tmp_path_factory.mktemp("book")) == questionnaire


@settings(max_examples=200)
@given(written=st.text(st.characters(), max_size=30))
def test_a_cell_keeps_every_character(written: str) -> None:
    assert plain(escaped(written)) == written
    assert "x005F_" not in escaped(written)  # openpyxl drops it


@settings(max_examples=200)
@given(
    data=st.recursive(
        st.one_of(st.booleans(), st.integers(-(10**17), 10**17), st.floats(allow_nan=False, allow_infinity=False), words, st.sampled_from(NASTY), st.dates()),
        lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(words, below, max_size=3)),
        max_leaves=8,
    )
)  # fmt: skip
def test_yaml_that_is_written_is_read_as_the_same_data(
    data: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("yaml") / "data.yaml"
    path.write_text(as_yaml({"data": data}), "utf-8")
    marked = read_marked(path)
    assert (marked.problems, marked.data) == ([], {"data": data})


def test_yaml_is_written_as_people_write_it(flagship: Questionnaire) -> None:
    lines = as_yaml(questionnaire_as_data(flagship)).splitlines()
    version = f"version: {flagship.version}"
    assert lines[:4] == ["id: service-transformation", version, "languages: [en, de, nl]", "title:"]
    assert lines[4] == '  en: "Service transformation"'
    assert any(line.strip() == '- {profile: home-work, any_of: ["yes"]}' for line in lines)


def test_the_template_says_everything_that_a_questionnaire_can_say() -> None:
    """Each field of each type has its column; a new field without one would be lost."""
    inside = {
        "sections",
        "questions",
        "profile",
        "options",
        "anchors",
        "worths",
        "option_sets",
        "caps",
        "checks",
        "measures",
        "effects",
    }
    inside |= {"first_steps", "register", "rows", "unions", "sources", "scale"}
    inside |= {"standards", "reference_points", "key_figures", "accepted", "roles", "money"}
    asked: dict[str, tuple[type[BaseModel], ...]] = {
        "questionnaire": (Questionnaire,), "levels": (Level,), "profile": (ProfileField,), "profile_options": (Option,), "sections": (Section,),
        "questions": (LevelQuestion, YesNoQuestion, ChoiceQuestion, ChecklistQuestion, NumberQuestion, TextQuestion),
        "options": (AnswerOption,), "option_sets": (AnswerOption, OptionSet), "points": (Point,), "caps": (Cap,),
        "checks": (Contradiction, StraightLining, AllTop, ManySetAside), "measures": (Measure,), "effects": (Effect,),
        "planning_roles": (Role,), "money": (Money,),
        "register": (RegisterRow,), "register_topics": (Topic,), "unions": (Union,), "question_standards": (Mapping,), "standards": (Standard,),
        "reference_points": (ReferencePoint,), "figure_groups": (Group,), "figures": (KeyFigure,), "value_inputs": (ValueInput,), "accepted": (Accepted,),
    }  # fmt: skip
    for sheet in (SETTINGS, *SHEETS):
        has = {column.goes[0] for column in sheet.columns}
        for model in asked.get(sheet.name, ()):
            fields = {field.alias or name for name, field in model.model_fields.items()}
            if model is OptionSet:
                fields = {"set"}
            assert fields - inside <= has, f"{sheet.name} lacks a column of {model.__name__}"
    paths = {column.goes for sheet in (SETTINGS, *SHEETS) for column in sheet.columns}
    (watch,) = (sheet for sheet in SHEETS if sheet.name == "register_watch")
    assert {column.header for column in watch.columns} == set(
        Watch.model_fields
    )  # its rows are a column of ids
    short = (
        ("points", Range),
        ("quick_win", Quick),
        ("legal", Legal),
        ("effort", Effort),
        ("example", Span),
        ("marker", Marker),
        ("lead", Lead),
    )
    for key, model in short:
        assert {(key, name) for name in model.model_fields} <= paths
    assert {("scale", "index", "low"), ("scale", "index", "high")} <= paths
    assert {("planning", name) for name in Planning.model_fields} - paths == {
        ("planning", "roles"),
        ("planning", "money"),
    }
    assert {("register", "as_of"), ("register", "stale_after"), ("key_figures", "value", "currency")} <= paths
    assert set(KeyFigures.model_fields) == {"groups", "figures", "value"}
    assert set(ValueModel.model_fields) == {"currency", "inputs"}
    assert set(Scale.model_fields) == {"levels", "index"} and set(Register.model_fields) == {
        "as_of",
        "stale_after",
        "topics",
        "unions",
        "watch",
        "rows",
    }
    assert set(Limit.model_fields) == {"section", "level"}


# ── a workbook to work in ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_workbook_explains_itself_and_offers_what_can_be_chosen(flagship: Questionnaire) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(flagship)))
    questions = book["questions"]
    header = [cell.value for cell in questions[1]]
    assert header[:6] == ["id", "section", "type", "label::en", "label::de", "label::nl"]
    assert str(questions["A2"].value).startswith("# ")
    assert all(cell.value for cell in questions[2])
    assert questions.freeze_panes == "B3"
    rules = {str(rule.sqref): rule.formula1 for rule in questions.data_validations.dataValidation}
    assert rules["C3:C5000"] == '"level,yes_no,choice,checklist,number,text"'
    assert rules["B3:B5000"] == "=sections!$A$3:$A$5000"
    standards = {
        str(rule.sqref): rule.formula1 for rule in book["question_standards"].data_validations.dataValidation
    }
    assert standards["B3:B5000"] == "=standards!$A$3:$A$5000"
    every = [rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation]
    assert (
        max(len(offered.strip('"')) for offered in every) <= 255
    )  # of a longer list, Excel says that the file is damaged
    assert all(shape.width > 10 for shape in questions.column_dimensions.values())


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    nasty = a_questionnaire(
        section(
            "s", level_question("a", help=text("=HYPERLINK(1)")), level_question("b", help=text("@SUM(1)"))
        )
    )
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(nasty)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    (dangerous,) = [cell for cell in cells if cell.value == "=HYPERLINK(1)"]
    assert dangerous.quotePrefix and dangerous.number_format == "@"


def test_a_text_that_no_cell_can_hold_is_refused_before_it_is_cut() -> None:
    long = a_questionnaire(section("s", level_question("a", help=text("x" * 32_768))))
    with pytest.raises(
        QuestionnaireError, match=r"sheet questions, row 3, column E: the text has 32768 characters"
    ):
        write_workbook(long)


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def a_subject(name: str) -> Subject:
    kind, _, field = name.partition(":")
    return Subject("profile", field) if kind == "profile" and field else Subject("question", name)


TRUTHS: dict[str, Any] = {
    "${a} = 2": lambda a, b, c: a == 2,
    "${a} != 2": lambda a, b, c: a != 2,
    "${a} >= 2": lambda a, b, c: a is not None and a >= 2,
    "${a} > 2": lambda a, b, c: a is not None and a > 2,
    "2 > ${a}": lambda a, b, c: a is not None and a < 2,
    "${a} <= 2": lambda a, b, c: a is not None and a <= 2,
    "${a} = ''": lambda a, b, c: a is None,
    "${a} != ''": lambda a, b, c: a is not None,
    "${b} = 'yes'": lambda a, b, c: b is True,
    "not(${b} = 'yes')": lambda a, b, c: b is not True,
    "${b} != 'yes'": lambda a, b, c: b is not True,
    "selected(${c}, 'x')": lambda a, b, c: c is not None and "x" in c,
    "count-selected(${c}) >= 2": lambda a, b, c: c is not None and len(c) >= 2,
    "${c} in ('x', 'y')": lambda a, b, c: bool(c),
    "${a} >= 2 and ${b} = 'yes'": lambda a, b, c: a is not None and a >= 2 and b is True,
    "${a} >= 2 or ${b} = 'yes'": lambda a, b, c: (a is not None and a >= 2) or b is True,
    "${a} = 1 or ${a} = 3 and ${b} = 'no'": lambda a, b, c: a == 1 or (a == 3 and b is False),
    "(${a} = 1 or ${a} = 3) and ${b} = 'no'": lambda a, b, c: a in (1, 3) and b is False,
    "not(${a} >= 2 and (selected(${c}, 'x') or ${b} = 'no')) and ${a} != ''": lambda a, b, c: (
        not (a is not None and a >= 2 and ((c is not None and "x" in c) or b is False)) and a is not None
    ),
    'NOT(${a} = 1) AND ${b} != "no"': lambda a, b, c: a != 1 and b is not False,
}


@pytest.mark.parametrize("written", TRUTHS)
def test_a_condition_in_a_cell_holds_where_it_says_so(written: str) -> None:
    questionnaire = a_questionnaire(
        section(
            "s",
            level_question("a", levels=(1, 2, 3)),
            gate("b"),
            {
                "id": "c",
                "type": "checklist",
                "label": text("c"),
                "options": [{"id": each, "label": text(each)} for each in "xy"],
            },
        ),
        levels=(1, 2, 3),
    )
    read = [Condition.model_validate(each) for each in conditions_from(written, a_subject)]
    for a, b, c in itertools.product((None, 1, 2, 3), (None, True, False), (None, (), ("x",), ("x", "y"))):
        given_ = {name: value for name, value in (("a", a), ("b", b), ("c", c)) if value is not None}
        sheet = a_sheet(questionnaire, given_)
        # questions without an answer are set aside, so that nothing is left to be known
        aside = a_sheet(questionnaire, {**given_, **{name: "n/a" for name in "abc" if name not in given_}})
        for known in (aside, sheet) if len(given_) == 3 else (aside,):
            held = [holds(each, questionnaire, known) for each in read]
            assert all(held) is TRUTHS[written](a, b, c), (written, given_)


leaves = st.one_of(
    profile_tests,
    *(
        asking({"id": f"q{n}", "type": kind}, [1, 2])
        for n, kind in enumerate(("level", "choice", "number", "text"))
    ),
)


@settings(max_examples=300)
@given(data=conditions(leaves), several=st.sets(st.sampled_from(("profile:where", "q1"))))
def test_conditions_are_written_such_that_they_are_read_as_the_same(
    data: list[Data], several: set[str]
) -> None:
    written = tuple(Condition.model_validate(each) for each in data)
    if written:
        assert (
            tuple(
                Condition.model_validate(each) for each in conditions_from(said(written, several), a_subject)
            )
            == written
        )


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("${a} == 1", "“==” is not known here. Write =."),
        ("${a} => 1", "“=>” is not known here. Write >=."),
        ("${a} && ${b}", "“&&” is not known here. Write and."),
        ("${a} = 'x", "the quote before “x” is not closed. Close it."),
        ("(${a} = 1", "“)” is missing at the end. Add it."),
        ("${a} = 1)", "“)” does not fit there."),
        ("${a}", "a comparison such as = or >= is missing at the end."),
        ("${a} =", "the condition ends too early."),
        ("${a} = 1 ${b} = 2", "“${b} = 2” does not fit there."),
        ("a = 1", "“a” stands there alone. Write an answer's name as ${a} and a word as 'a'."),
        ("not ${a} = 1", "“(” is missing after not. Write not( … )."),
        ("${a} >= 'many'", "“many” is not a number, and >= compares numbers."),
        ("${a} + 1 > 2", "there is no arithmetic in a questionnaire's conditions."),
        ("${a} = ${b}", "an answer can be compared with a fixed value only, not with another answer."),
        ("string-length(${a}) > 1", "there is no string-length( ) in a questionnaire's conditions."),
        ("1 = 1", "a condition tests an answer, and this one tests none."),
        ("selected(a, 'x')", "a name such as ${q1} is needed before"),
        ("selected(${a}, x)", "a word in quotes is needed before"),
        ("count-selected(${a}) = 2", "how many are ticked is compared with <, <=, > or >=."),
        ("§", "“§” cannot be read."),
        ("(" * 40 + "${a} = 1" + ")" * 40, "the condition is nested too deeply."),
    ],
)
def test_a_condition_that_cannot_be_read_says_why(written: str, problem: str) -> None:
    with pytest.raises(NotReadError) as error:
        conditions_from(written, a_subject)
    told = f"{error.value.message.format(**error.value.values)} {error.value.remedy.format(**error.value.values)}"
    assert problem in told


# ── faults, one file for each ────────────────────────────────────────────────────────────────────────────────────────


def expected_of(path: Path) -> str:
    return (
        "".join(
            itertools.takewhile(
                lambda line: line.startswith("#"), path.read_text("utf-8").splitlines(keepends=True)
            )
        )
        .replace("# ", "", 1)
        .replace("\n# ", "\n")
        .rstrip()
    )


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_workbook_is_refused_in_the_words_of_its_first_lines(path: Path, tmp_path: Path) -> None:
    described = yaml.safe_load(path.read_text("utf-8"))
    book = a_book(spoilt(described), tmp_path / "book.xlsx")
    assert refused(book, described.get("folder", "bakery")) == expected_of(path)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_each_broken_workbook_promises_a_place_a_cause_and_a_remedy(path: Path) -> None:
    lines = expected_of(path).splitlines()
    assert lines
    for told, remedy in zip(lines[::2], lines[1::2], strict=True):
        assert told.startswith("book.xlsx: ") and told.endswith(".")
        assert remedy.startswith("    ") and remedy.strip()
        assert "yaml" not in told + remedy and "README" not in told + remedy


anything = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 12), st.sampled_from((0.5, 1e300, date(2026, 1, 2))), st.sampled_from(NASTY),
    st.sampled_from(("plan", "alarm", "oven", "heat", "a, b", "${plan} >= 2", "not(", "Q 1", "level", "level, text", "en", "yes_no", "( )", "=x")),
    st.sampled_from(("select_one l", "select_multiple l", "begin_group", "end_group", "note", "integer", "${a} = 1", ". > 3", "l", "name", "label::de")),
    st.just({"formula": "=A1"}),
)  # fmt: skip


@settings(max_examples=120)
@given(
    grids=st.sampled_from((grids_of(an_example(("en", "de"))), FORM)),
    changes=st.lists(
        st.tuples(st.integers(0, 99), st.integers(0, 40), st.integers(0, 12), anything),
        min_size=1,
        max_size=12,
    ),
)
def test_whatever_stands_in_a_workbook_it_is_taken_or_told(
    grids: dict[str, list[list[Any]]],
    changes: list[tuple[int, int, int, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    spoilt_ = {name: [list(row) for row in rows] for name, rows in grids.items()}
    for sheet, row, column, value in changes:
        rows = spoilt_[sorted(spoilt_)[sheet % len(spoilt_)]]
        cells = rows[row % len(rows)]
        cells += [None] * (column + 1 - len(cells))
        cells[column] = value
    path = a_book(spoilt_, tmp_path_factory.mktemp("book") / "book.xlsx")
    try:
        made = bring_in(path, "bakery")
    except QuestionnaireError as error:
        assert error.problems
        assert all(problem.file == str(path) and problem.text() for problem in error.problems)
    else:
        place = path.parent / "bakery"
        write_folder(made.questionnaire, place)
        assert read_questionnaire(place) == made.questionnaire


# ── files that are no workbooks ──────────────────────────────────────────────────────────────────────────────────────


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


EXAMPLE = write_workbook(an_example(("en",)))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def rewritten(**parts: bytes) -> bytes:
    """The example with some parts in other words; a name ends in the part's own."""
    found = unpacked(EXAMPLE)
    for ending, body in parts.items():
        name = next(name for name in found if name.endswith(f"{ending}.xml"))
        found[name] = body
    return packed(found)


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "the file is empty."),
        (b"type;name;label\ntext;a;A\n", "this is not an Excel workbook; it looks like a text file (for example .csv)."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "this is not an Excel workbook; it looks like something else."),
        (OLE, "this is an Excel workbook of the old kind (.xls)."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "the workbook is protected with a password."),
        (EXAMPLE[:5000], "the file is damaged: it ends too early, or is not a workbook at all."),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "this is a packed file, and not an Excel workbook."),
        (rewritten(sheet3=b"<worksheet"), "the workbook is damaged and cannot be read."),
        (rewritten(sheet3=SHEET % b'<row r="1"><c r="A1" t="s"><v>77</v></c></row>'), "the workbook is damaged and cannot be read."),
        (rewritten(sheet3=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "the workbook defines XML entities, which no spreadsheet program writes."),
        (rewritten(sheet3='<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'.encode("utf-16")), "the workbook defines XML entities"),
        (rewritten(sheet3=SHEET % b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'), "the sheet goes beyond row 10000 or column 300."),
        (rewritten(sheet3=SHEET % b'<row r="10001"><c r="A10001"><v>1</v></c></row>'), "sheet levels, row 10001: the sheet goes beyond row 10000"),
        (rewritten(sheet3=SHEET % b'<row r="1"><c r="XFD1"><v>1</v></c></row>'), "sheet levels, row 1: the sheet goes beyond row 10000 or column 300."),
        (packed({**unpacked(EXAMPLE), **{f"xl/more{n}.xml": b"<x/>" for n in range(2001)}}), "the workbook unpacks to more than 60 MB or 2000 parts"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_refused_with_what_it_is(raw: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(raw)
    said_ = refused(path)
    assert told in said_
    assert said_.startswith("book.xlsx: ") and "\n    " in said_


def test_a_bomb_is_refused_before_it_is_unpacked_even_if_it_hides_its_size(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    bomb = packed({**unpacked(EXAMPLE), "xl/worksheets/sheet3.xml": b" " * 70_000_000})
    assert len(bomb) < 200_000
    path.write_bytes(bomb)
    assert "the workbook unpacks to more than 60 MB or 2000 parts; such a file is not read." in refused(path)
    size = struct.pack("<L", 70_000_000)
    assert bomb.count(size) == 2
    path.write_bytes(bomb.replace(size, struct.pack("<L", 100)))
    assert "the workbook is damaged and cannot be read." in refused(path)


def test_a_file_larger_than_any_questionnaire_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 1_000)
    path = tmp_path / "book.xlsx"
    path.write_bytes(EXAMPLE)
    assert "more than 0 MB is not read." in refused(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert "the file cannot be read: No such file or directory." in refused(tmp_path / "none.xlsx")
    (tmp_path / "dir.xlsx").mkdir()
    assert "this is not a file." in refused(tmp_path / "dir.xlsx")


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path) -> None:
    parts = unpacked(EXAMPLE)
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="file:///none.xlsx" TargetMode="External"/>'
        b"</Relationships>"
    )
    path = tmp_path / "book.xlsx"
    path.write_bytes(packed(parts))
    assert bring_in(path, "bakery").questionnaire == an_example(("en",))


def test_what_spreadsheet_programs_do_to_a_workbook_does_not_change_it(tmp_path: Path) -> None:
    """A size that is not true, truth values as formulas, rows of comments, other capitals, a column of one's own."""
    grids = grids_of(an_example(("en",)))
    grids["caps"][2][grids["caps"][0].index("below")] = {"formula": "=TRUE()"}
    grids["questions"][0].append("my notes")
    grids["questions"][2].append("ask Kim")
    grids["questions"].append(["# a question for later", "nowhere"])
    grids["Questions "] = grids.pop("questions")
    grids["scratch"] = [["anything"]]
    path = a_book(grids, tmp_path / "book.xlsx")
    parts = unpacked(path.read_bytes())
    narrow = {
        name: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', body) for name, body in parts.items()
    }
    assert narrow != parts
    path.write_bytes(packed(narrow))
    brought = bring_in(path, "bakery")
    assert brought.questionnaire == an_example(("en",))
    assert {(notice.handling, str(notice)) for notice in brought.notices} == {
        ("not carried", "sheet Questions , row 1, column U (my notes): a column of your own is not read."),
        ("not carried", "sheet scratch: this sheet is not read."),
    }


def test_ids_that_are_no_words_become_words_and_keep_what_refers_to_them(tmp_path: Path) -> None:
    grids = grids_of(an_example(("en",)))
    swapped = {"plan": "Q 1", "how-often": "Häufig?", "never": 1, "kinds": "2", "rolls": "Rolls!"}
    for name in ("questions", "anchors", "question_standards", "effects", "options", "option_sets"):
        for row in grids[name][2:]:
            row[:] = [swapped.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
    conditions_ = grids["questions"][3]
    conditions_[:] = [
        cell.replace("${plan}", "${Q 1}") if isinstance(cell, str) else cell for cell in conditions_
    ]
    brought = bring_in(a_book(grids, tmp_path / "book.xlsx"), "bakery")
    made = brought.questionnaire
    assert {"q-1", "q-2"} <= set(made.questions_by_id)
    assert made.option_sets[0].id == "haeufig" and made.option_sets[0].options[0].id == "o-1"
    assert list(made.questions_by_id["degrees"].applies_if[0].deciders()) == ["q-1"]
    told = [str(notice) for notice in brought.notices if notice.handling == "changed"]
    assert "sheet questions, row 3, column A (id): “Q 1” is now q-1: ids are lower-case words." in told
    assert "sheet option_sets, row 3, column B (id): “1” is now o-1: ids are lower-case words." in told


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("Q 1", "q-1"),
        ("1", "q-1"),
        ("Größe", "groesse"),
        ("a_b", "a-b"),
        ("é", "e"),
        ("??", "q"),
        ("ok-1", "ok-1"),
        ("X" * 99, "x" * 80),
    ],
)
def test_an_id_is_made_of_what_somebody_wrote(written: str, word: str) -> None:
    assert word_of(written, "question") == word


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("en", "en"),
        ("German (de)", "de"),
        ("Deutsch", "de"),
        ("Nederlands (nl-BE)", "nl"),
        ("pt-BR", "pt"),
        ("Klingon", None),
        ("English (deu)", "en"),
    ],
)
def test_the_language_of_a_column_is_told_from_its_header(written: str, language: str | None) -> None:
    assert language_in(written) == language


# ── XLSForm ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> BroughtIn:
    """A form of 35 rows, as somebody wrote it for another system."""
    return bring_in(a_book(FORM, tmp_path_factory.mktemp("form") / "form.xlsx"), "service-check")


def told(form: BroughtIn, handling: str) -> str:
    return "\n".join(str(notice) for notice in form.notices if notice.handling == handling)


def condition_of(form: BroughtIn, name: str) -> list[Data]:
    parts = form.questionnaire.questions_by_id | form.questionnaire.sections_by_id
    return [each.model_dump(by_alias=True, exclude_none=True, mode="json") for each in parts[name].applies_if]


def test_a_form_becomes_sections_questions_and_conditions(form: BroughtIn) -> None:
    made = form.questionnaire
    assert (made.id, made.version, made.languages) == ("service-check", "2026.11.0", ("en", "de"))
    assert made.introduction.root == {"en": "Welcome.", "de": "Willkommen."}
    assert [section.id for section in made.whole.walk()][1:] == [
        "general", "channels", "bots", "channels-more", "staff", "team", "staff-more", "general-2",
    ]  # fmt: skip
    assert list(made.questions_by_id) == [
        "site", "q-1", "q-2", "q3", "bot", "handover", "share", "wait", "people", "why", "big", "odd", "team-name", "team-size",
        "mood", "overall",
    ]  # fmt: skip
    types = [question.type for question in made.questions_by_id.values()]
    assert types[:8] == ["text", "checklist", "choice", "choice", "choice", "choice", "number", "number"]
    assert (
        made.sections_by_id["channels"].description.root["en"]
        == "How customers reach you.\n\nThink of last month."
    )
    assert made.sections_by_id["bots"].description.root["de"] == "Was der Bot tut."
    site = made.questions_by_id["site"]
    assert site.help is not None and site.help.root["de"] == "Wie auf dem Ausweis."
    assert form.taken == {"survey": 35, "choices": 11, "settings": 1}


def test_the_conditions_of_a_form_are_kept(form: BroughtIn) -> None:
    assert condition_of(form, "q-2") == [{"question": "q-1", "any_of": ["phone"]}]
    assert condition_of(form, "q3") == [
        {"question": "q-1", "any_of": ["live-chat"]},
        {"question": "q-2", "any_of": ["o-2", "o-3"]},  # options that are numbers, compared as such
    ]
    assert condition_of(form, "bot") == [
        {"any": [{"question": "q-1", "any_of": ["bot"]}, {"question": "site", "answered": True}]}
    ]
    assert condition_of(form, "bots") == [{"question": "bot", "any_of": ["yes"]}]
    assert condition_of(form, "share") == [{"not": {"question": "handover", "any_of": ["no"]}}]
    assert condition_of(form, "wait") == [
        {"any": [{"question": "share", "below": 50.0}, {"question": "share", "above": 90.0}]}
    ]
    assert condition_of(form, "why") == [
        {"not": {"question": "people", "any_of": ["5"]}},
        {"any": [{"not": {"question": "bot", "any_of": ["yes"]}}, {"question": "people", "at_least": 10.0}]},
    ]
    assert condition_of(form, "overall") == [
        {"question": "q-2", "any_of": ["o-2", "o-3"]},
        {"question": "q-1", "at_least": 2.0},
    ]


def test_options_are_shared_and_worth_what_the_form_says(form: BroughtIn) -> None:
    made = form.questionnaire
    assert {each.id: [option.worth for option in each.options] for each in made.option_sets} == {
        "likert": [0, 0.5, 1],
        "yes-no": [None, None],
    }
    assert [
        made.questions_by_id[name].weight for name in ("q-1", "q-2", "q3", "bot", "overall", "share")
    ] == [1, 2, 1, 0, 0, 0]
    assert (
        "3 questions are asked and not scored, because the form has no worths: add a column worth to this sheet"
        in told(form, "added")
    )
    assert "sheet survey: 4 numbers are asked and not scored" in told(form, "added")


def test_constraints_become_limits_where_they_are_limits(form: BroughtIn) -> None:
    numbers_: dict[str, Any] = {
        name: form.questionnaire.questions_by_id[name] for name in ("share", "wait", "people", "mood")
    }
    assert {name: (each.low, each.high, each.whole) for name, each in numbers_.items()} == {
        "share": (0, 100, True),
        "wait": (0, None, False),
        "people": (1, 999, True),
        "mood": (0, 10, True),
    }
    assert "row 16, column H (constraint): “. > 0”: 0 itself is admitted, too." in told(form, "changed")
    assert (
        "row 20, column H (constraint): “string-length(.) < 20”: an answer is limited by numbers only"
        in told(form, "not carried")
    )


def test_what_a_form_gets_besides_is_told_as_added(form: BroughtIn) -> None:
    scale = form.questionnaire.scale
    assert (scale.bottom, scale.top, form.questionnaire.levels) == (0, 100, "bands")
    assert [step.starts for step in scale.levels] == [0, 25, 50, 75]
    assert scale.levels[0].label.root == {"en": "beginning", "de": "am Anfang"}
    for said_ in (
        "a scale from 0 to 100 with four levels, from 0, 25, 50 and 75: a form has none.",
        "row 10, column D (label::German (de)): there is no text in de; the one in en stands there.",
        "row 18, column C (label::English (en)): a section needs a description: its title stands there.",
        "row 4, column B (name): the questions from here on stand in no group; they are in the section “general”.",
        "sheet settings, row 2, column A (form_title): the title is in one language; it stands there in en, de alike.",
    ):
        assert said_ in told(form, "added")


def test_what_is_changed_in_a_form_is_told(form: BroughtIn) -> None:
    for said_ in (
        "sheet survey, row 8, column B (name): “Q 1” is now q-1: ids are lower-case words.",
        "sheet choices, row 2, column B (name): “1” is now o-1: ids are lower-case words.",
        "sheet choices, row 5, column A (list_name): “yes_no” is now yes-no: ids are lower-case words.",
        "sheet settings, row 2, column B (form_id): “Check 1” is now service-check: a questionnaire has the name of its folder.",
        "sheet settings, row 2, column C (version): “2026.11” is now 2026.11.0: a version has three numbers.",
        "row 3, column C (label::English (en)): the note is now in the introduction.",
        "row 16, column B (name): the questions behind a group inside “channels” have a section of their own, “channels-more”, to keep the order.",
    ):
        assert said_ in told(form, "changed")


def test_what_a_form_says_and_a_questionnaire_cannot_is_told_as_not_carried(form: BroughtIn) -> None:
    for said_ in (
        "sheet survey, row 1, column I (required): 2 rows: every question may be left open",
        "sheet survey, row 1, column J (appearance): 2 rows: the app decides how a question looks.",
        "sheet survey, row 1, column L (calculation): 1 row: values are not worked out.",
        "row 2, column A (type): start “start”: nothing is recorded about the device or the person.",
        "row 13, column C (label::English (en)): ${…} in a text is not filled in; it stands there as it is.",
        "row 21, column A (type): calculate “double”: values are not worked out.",
        "row 22, column G (relevant): “${double} > 10”: “double” was not carried over. It is asked in any case.",
        "row 23, column G (relevant): “string-length(${site}) > 3”: there is no string-length( ) in a questionnaire's conditions. It is asked in any case.",
        "row 24, column A (type): nothing is repeated: the questions inside are asked once.",
        "row 26, column A (type): “other” with a text is not offered",
        "row 28, column A (type): geopoint “where”: places are not collected.",
        "row 30, column A (type): image “pic”: pictures, sounds and files are not collected.",
        "row 32: there is no question in the group “nothing”.",
        "row 36, column C (label::English (en)): a note between groups",
        "sheet choices, row 1, column F (image): 1 row: pictures are not shown.",
        "sheet choices, row 12, column A (list_name): no question uses the list “unused”.",
        "sheet settings, row 1, column E (style): 1 row: a questionnaire has no place for it.",
    ):  # fmt: skip
        assert said_ in told(form, "not carried")


def brought(survey: list[list[Any]], folder: Path, **sheets: list[list[Any]]) -> BroughtIn:
    return bring_in(a_book({"survey": survey, **sheets}, folder / "form.xlsx"), "small")


@pytest.mark.parametrize(
    ("header", "default", "languages"),
    [
        (["label"], None, ("en",)),
        (["label"], "German (de)", ("de",)),
        (["label"], "nl", ("nl",)),
        (["label", "label::Deutsch"], None, ("en", "de")),
        (["label::French (fr)", "label::en"], "English (en)", ("en", "fr")),
        (["label:Nederlands"], None, ("nl",)),
        (["Label"], None, ("en",)),
        (["caption"], None, ("en",)),
    ],
)
def test_the_languages_of_a_form_are_those_of_its_labels(
    header: list[str], default: str | None, languages: tuple[str, ...], tmp_path: Path
) -> None:
    settings_ = [["default_language"], [default]] if default else []
    made = brought(
        [["type", "name", *header], ["text", "a", *("A?" for _ in header)]], tmp_path, settings=settings_
    )
    assert made.questionnaire.languages == languages


def test_the_column_of_worths_may_have_other_names(tmp_path: Path) -> None:
    survey = [["type", "name", "label"], ["select_one l", "a", "A?"]]
    for header in (
        ["list_name", "name", "label", "score"],
        ["list name", "value", "label", "weight"],
        ["list_name", "name", "label", "value"],
    ):
        made = brought(survey, tmp_path, choices=[header, ["l", "x", "X", 0], ["l", "y", "Y", 4]])
        question = made.questionnaire.questions_by_id["a"]
        assert isinstance(question, ChoiceQuestion)
        assert ([option.worth for option in question.options], question.weight) == ([0, 4], 1)


def test_a_select_multiple_counts_where_it_has_a_weight(tmp_path: Path) -> None:
    survey: list[list[Any]] = [
        ["type", "name", "label", "weight"],
        ["select_multiple l", "a", "A?", 3],
        ["select_all_that_apply l", "b", "B?"],
        ["select_one l", "c", "C?", 3],
    ]
    made = brought(
        survey, tmp_path, choices=[["list_name", "name", "label"], ["l", "x", "X"], ["l", "y", "Y"]]
    )
    assert [question.weight for question in made.questionnaire.questions_by_id.values()] == [3, 0, 0]
    assert (
        "row 4, column D (weight): the weight: the options have no worths by which they could count."
        in told(made, "not carried")
    )


def test_names_that_a_form_uses_twice_stay_apart(tmp_path: Path) -> None:
    survey = [
        ["type", "name", "label"],
        ["begin_group", "a", "A"], ["text", "b", "B?"], ["end_group"],
        ["begin_group", "B", "B"], ["text", "b", "B again?"], ["text", "small", "Small?"], ["end_group"],
    ]  # fmt: skip
    made = brought(survey, tmp_path)
    assert set(made.questionnaire.questions_by_id) == {"b", "b-3", "small-2"}
    assert [section.id for section in made.questionnaire.sections] == ["a", "b-2"]
    assert "row 6, column B (name): “b” is now b-3: it is taken." in told(made, "changed")


def test_a_form_without_settings_gets_what_it_needs(tmp_path: Path) -> None:
    made = brought([["type", "name", "label"], ["text", "a", "A?"]], tmp_path)
    assert (made.questionnaire.title.root, made.questionnaire.version) == ({"en": "Small"}, "1.0.0")
    for said_ in (
        "there is no form_title; “Small” stands there.",
        "the version is 1.0.0.",
        "there is no introduction",
        "the language is taken to be English",
    ):
        assert said_ in told(made, "added")


def test_a_form_comes_back_from_our_own_template(form: BroughtIn, tmp_path: Path) -> None:
    assert there_and_back(form.questionnaire, tmp_path) == form.questionnaire


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_json(data: Any, folder: Path) -> Path:
    path = folder / "questionnaire.json"
    path.write_text(json.dumps(data, indent=1), "utf-8")
    return path


@pytest.mark.parametrize("by_alias", [True, False])
def test_a_questionnaire_in_an_exported_report_comes_back(by_alias: bool, tmp_path: Path) -> None:
    example = an_example(("en", "de"))
    dumped = example.model_dump(mode="json", by_alias=by_alias)
    assert (
        bring_in(
            as_json({"questionnaire": dumped, "sheet": {}, "scorecard": {}}, tmp_path), "bakery"
        ).questionnaire
        == example
    )
    assert bring_in(as_json(dumped, tmp_path), "bakery").questionnaire == example


@pytest.mark.parametrize(
    ("text_", "told_"),
    [
        ("{", "questionnaire.json:1: this is not valid JSON:"),
        ("[" * 100_000, "questionnaire.json: this is not valid JSON: it is nested too deeply."),
        ("{}", "questionnaire.json: there is no questionnaire in this file."),
        ("[1]", "questionnaire.json: there is no questionnaire in this file."),
        ("", "questionnaire.json: the file is empty."),
        (
            '{"scale": {"levels": []},\n "sections": [],\n "nonsense": 1}',
            "questionnaire.json:3: nonsense: there is no field “nonsense” here.",
        ),
    ],
)
def test_a_document_that_is_no_questionnaire_is_refused(text_: str, told_: str, tmp_path: Path) -> None:
    path = tmp_path / "questionnaire.json"
    path.write_text(text_, "utf-8")
    assert told_ in refused(path)


# ── folders ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_large_questionnaire_is_written_in_files_of_its_parts(
    flagship: Questionnaire, tmp_path: Path
) -> None:
    folder = tmp_path / flagship.id
    names = write_folder(flagship, folder)
    assert {
        "questionnaire.yaml",
        "legal.yaml",
        "caps.yaml",
        "measures.yaml",
        "register.yaml",
        "sources.yaml",
        "key-figures.yaml",
        "standards.yaml",
        "reference-points.yaml",
    } <= set(names)
    for name in names:
        assert (
            (folder / name).read_text("utf-8").startswith("# yaml-language-server: $schema=../schema.json\n")
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == [flagship.id]  # nothing is left beside it


def test_a_section_named_like_a_part_stands_in_the_first_file(tmp_path: Path) -> None:
    names = [f"s{number}" for number in range(60)]
    parts = [section(name, level_question(f"{name}-q")) for name in ("measures", *names)]
    questionnaire = a_questionnaire(*parts)
    assert write_folder(questionnaire, tmp_path / "small") == ("questionnaire.yaml",)
    assert read_questionnaire(tmp_path / "small") == questionnaire


def test_a_folder_with_something_in_it_is_left_alone_unless_forced(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", "utf-8")
    (folder / "caps.yaml").write_text("caps: nonsense", "utf-8")
    (folder / "old.yaml").write_text("id: old", "utf-8")
    (folder / "questionnaire.yaml").write_text("id: small\nsections: [old, ../outside]\n", "utf-8")
    (tmp_path / "outside.yaml").write_text("mine", "utf-8")
    with pytest.raises(QuestionnaireError, match=r"there is something in this folder\.\n.*--force"):
        write_folder(a_questionnaire(), folder)
    assert (folder / "caps.yaml").exists()
    write_folder(a_questionnaire(), folder, force=True)
    assert sorted(path.name for path in folder.iterdir()) == ["notes.txt", "questionnaire.yaml"]
    assert (tmp_path / "outside.yaml").exists()
    assert read_questionnaire(folder) == a_questionnaire()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(QuestionnaireError, match=r"the folder cannot be written: .+\."):
        write_folder(a_questionnaire(), tmp_path / "file" / "small")
    with pytest.raises(QuestionnaireError, match="this is a file and not a folder"):
        write_folder(a_questionnaire(), tmp_path / "file")


# ── the commands ─────────────────────────────────────────────────────────────────────────────────────────────────────


def run(command: Any, *arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_a_questionnaire_is_exported_and_imported_by_commands(tmp_path: Path) -> None:
    book, folder = tmp_path / "book.xlsx", tmp_path / "service-transformation"
    assert run(export_, "service-transformation", "-o", book).exit_code == 0
    result = run(import_, book, "-o", folder)
    assert result.exit_code == 0, result.output
    assert (
        "a workbook of our own template. Taken: 28 rows of questionnaire, 5 rows of levels" in result.stdout
    )
    assert "103 questions, 26 sections, 63 measures, languages en, de, nl" in result.stdout
    assert read_questionnaire(folder) == read_questionnaire("service-transformation")


def test_import_tells_what_was_done_with_counts_and_the_rest_on_demand(tmp_path: Path) -> None:
    path = a_book(FORM, tmp_path / "form.xlsx")
    few = run(import_, path, "-o", tmp_path / "service-check").stdout
    assert "an XLSForm. Taken: 35 rows of survey, 11 rows of choices, 1 row of settings." in few
    assert re.search(r"^not carried \(\d+\):$", few, re.MULTILINE) and re.search(
        r"… and \d+ more: --all shows them\.", few
    )
    everything = run(import_, path, "-o", tmp_path / "service-check", "--all", "--force").stdout
    assert "--all" not in everything and len(everything.splitlines()) > len(few.splitlines())


def test_import_refuses_before_it_reads_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "mine.txt").write_text("mine", "utf-8")
    result = run(import_, tmp_path / "none.xlsx", "-o", tmp_path / "small")
    assert result.exit_code == 1 and "there is something in this folder." in result.stderr
    broken = a_book({"survey": [["type", "name", "label"], ["txt", "a", "A?"]]}, tmp_path / "form.xlsx")
    result = run(import_, broken, "-o", tmp_path / "new")
    assert (
        result.exit_code == 1
        and "sheet survey, row 2, column A (type): there is no type “txt”." in result.stderr
    )
    assert not (tmp_path / "new").exists()
    result = run(import_, broken, "-o", tmp_path / "My Form")
    assert result.exit_code == 1
    assert (
        "“My Form” cannot be the name of a questionnaire's folder." in result.stderr
        and "for example my-form" in result.stderr
    )


def test_an_empty_template_is_exported_in_the_languages_asked_for(tmp_path: Path) -> None:
    book = tmp_path / "template.xlsx"
    assert run(export_, "--empty", "--languages", "de,nl", "-o", book).exit_code == 0
    assert bring_in(book, "bakery").questionnaire.languages == ("de", "nl")
    again = run(export_, "--empty", "-o", book)
    assert again.exit_code == 1 and "there is a file of this name." in again.stderr
    assert run(export_, "--empty", "-o", book, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told_"),
    [
        (("-o", "book.xlsx"), "Give a questionnaire, or --empty"),
        (("service-transformation", "--empty", "-o", "book.xlsx"), "Give a questionnaire, or --empty"),
        (("--empty", "-o", "book.xls"), "the workbook's name ends in .xlsx"),
        (("--empty", "--languages", "klingon", "-o", "book.xlsx"), "give codes of two letters"),
    ],
)
def test_wrong_usage_of_export_is_told(arguments: tuple[str, ...], told_: str) -> None:
    result = run(export_, *arguments)
    assert result.exit_code == 2 and told_ in result.stderr


def test_export_tells_an_unknown_questionnaire_and_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    result = run(export_, "service-transfomation", "-o", tmp_path / "book.xlsx")
    assert result.exit_code == 1 and "Did you mean “service-transformation”?" in result.stderr
    result = run(export_, "service-transformation", "-o", tmp_path / "none" / "book.xlsx")
    assert result.exit_code == 1 and "the file cannot be written: No such file or directory." in result.stderr


# ── the documentation ────────────────────────────────────────────────────────────────────────────────────────────────

DOCUMENT = (HERE.parent / "docs" / "authoring.md").read_text("utf-8")


def documented(heading: str) -> Iterator[tuple[str, str]]:
    """The first two cells of each row of the tables below a heading."""
    part = DOCUMENT.split(f"\n{heading}\n", 1)[1]
    part = re.split(r"\n#{1,4} ", part, maxsplit=1)[0]
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("| `"):
            yield cells[0].strip("`"), cells[1].replace("\\|", "|")


@pytest.mark.parametrize("sheet", [SETTINGS, *SHEETS], ids=lambda sheet: sheet.name)
def test_the_documentation_says_of_each_column_what_the_workbook_says(sheet: Any) -> None:
    said_ = dict(documented(f"### Sheet `{sheet.name}`"))
    expected = {
        f"{column.header}::en"
        if column.kind == "text" and sheet is not SETTINGS
        else column.header: column.says
        for column in sheet.columns
    }
    assert said_ == expected
    assert sheet.says in DOCUMENT


def test_the_documentation_lists_what_is_taken_from_a_form_and_what_is_left() -> None:
    taken = {name for name, _ in documented("### What is taken")}
    assert {name for names in TAKEN.values() for name in names} <= taken
    assert dict(documented("### What is left behind")) == LEFT
    types = {name.split()[0] for name, _ in documented("### Types")}
    assert {known.split()[0] for known in KNOWN} <= types
