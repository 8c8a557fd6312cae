"""The workbook: LibreOffice recomputes it in three countries and finds what the engine finds, also after a changed answer."""

import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessment.answers import Answer, AnswerSheet
from assessment.brand import Brand, palette_of
from assessment.document import compose
from assessment.errors import ReportError
from assessment.exports import EXPORTERS
from assessment.exports.spelling import one_line, plain
from assessment.exports.xlsx import render
from assessment.exports.xlsx.book import Book, lines_of
from assessment.exports.xlsx.formulas import FAULT, Formula, at, every, is_number, made, most, products, when
from assessment.exports.xlsx.lists import apart
from assessment.exports.zipped import settled
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire, read_sample
from assessment.questionnaire import Questionnaire
from assessment.report import Report, assess
from assessment.roadmap import Capacity
from assessment.scoring import Score, score
from tests.conftest import a_report, a_sheet, an_answer
from tests.report_samples import (
    HELD,
    LANGUAGES,
    NASTY,
    START,
    random_sheet,
    report_of,
    small,
    small_report,
    small_sheet,
)
from tests.strategies import questionnaires, sheets

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
"""openpyxl knows no bars in cells; they take no part in what is read."""

CLOSE = 1e-9
LARGEST = 1_000_000
SHAPES = 10
"""Made-up questionnaires of every shape that LibreOffice recomputes; the law below looks at more."""

FIGURES = ("value", "low", "high")
LEVELS = ("level", "level_low", "level_high")
NAMES = ("Index", "Index at worst", "Index at best", "Level", "Level at worst", "Level at best")
STATUS = {
    "scored": "scored",
    "low_coverage": "too little answered",
    "incomplete": "not answered",
    "not_applicable": "not applicable",
}
HOSTILE = '=HYPERLINK("http://x","y")'


# ── reading a workbook ───────────────────────────────────────────────────────────────────────────────────────────────


def opened(raw: bytes, *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(raw), data_only=values)


@dataclass
class Found:
    """What a workbook says of every section."""

    source: bytes | Path
    language: str = "en"

    def __post_init__(self) -> None:
        c = catalogue(self.language)
        file = BytesIO(self.source) if isinstance(self.source, bytes) else self.source
        book = load_workbook(file, data_only=True, read_only=True)
        rows: list[Any] = list(book[c.t("Scores")].iter_rows(max_row=60, values_only=True))
        book.close()
        first = next(number for number, row in enumerate(rows) if c.t("Id") in row)
        names = [*NAMES, *(c.t("{name}, confirmed", name=c.t(name)) for name in NAMES)]
        heads = [c.t(name) if name in NAMES else name for name in names]
        places = [rows[first].index(head) for head in heads]
        coverage, status, of = (rows[first].index(c.t(name)) for name in ("Coverage", "Status", "Id"))
        self.figures: dict[str, list[float | None]] = {}
        self.coverage: dict[str, float | None] = {}
        self.status: dict[str, str] = {}
        for row in rows[first + 1 :]:
            if not row[of]:
                break
            self.figures[row[of]] = [_number(row[place]) for place in places]
            self.coverage[row[of]] = _number(row[coverage])
            self.status[row[of]] = row[status]

    def differences(self, questionnaire: Questionnaire, sheet: AnswerSheet) -> list[str]:
        """Say where the workbook differs from the engine."""
        card = score(questionnaire, sheet)
        told = []
        for section in questionnaire.whole.walk():
            rated, confirmed = card.of(section.id), card.confirmed_of(section.id)
            wanted = [*_figures(rated), *_figures(confirmed), rated.coverage]
            got = [*self.figures[section.id], self.coverage[section.id]]
            told += [
                f"{section.id} {name}: {one} instead of {other}"
                for name, one, other in zip((*NAMES, *NAMES, "coverage"), got, wanted, strict=True)
                if not _close(one, other)
            ]
            said = catalogue(self.language).t(STATUS[rated.status])
            if self.status[section.id] != said:
                told.append(f"{section.id}: {self.status[section.id]} instead of {said}")
        assert set(self.figures) == {section.id for section in questionnaire.whole.walk()}
        return told


def _figures(scored: Score) -> list[float | None]:
    return [getattr(scored, name) for name in (*FIGURES, *LEVELS)]


def _number(value: Any) -> float | None:
    assert value is None or value == "" or isinstance(value, (int, float)), value
    return None if value in (None, "") else float(value)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CLOSE


# ── LibreOffice ──────────────────────────────────────────────────────────────────────────────────────────────────────

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def without_values(raw: bytes) -> bytes:
    """Return the workbook with no value beside any formula, so that what is read back was calculated."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                data = re.sub(rb"</f><v>[^<]*</v>", b"</f>", data)
            after.writestr(entry.filename, data)
    return out.getvalue()


def probe() -> bytes:
    """Return a workbook that tells how numbers are written where it is calculated."""
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = '=1/2&""'
    book.save(out)
    return out.getvalue()


def recalculated(files: Mapping[str, bytes], folder: Path, *, locale: str) -> dict[str, Path]:
    """Have LibreOffice calculate workbooks in a country; all in one start."""
    program = shutil.which("soffice")
    assert program, "no LibreOffice found, which proves the formulas; `make test` installs one"
    user, given_, made_ = (folder / name for name in ("profile/user", "given", "made"))
    for place in (user, given_, made_):
        place.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS.format(locale=locale), "utf-8")
    every_file = {**files, "probe": probe()}
    for name, raw in every_file.items():
        (given_ / f"{name}.xlsx").write_bytes(raw)
    subprocess.run(
        [
            program,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(made_),
            *(str(given_ / f"{name}.xlsx") for name in every_file),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: made_ / f"{name}.xlsx" for name in every_file}


# ── what is recomputed ───────────────────────────────────────────────────────────────────────────────────────────────

Case = tuple[Questionnaire, AnswerSheet, str]


def sampled(name: str, language: str) -> Report:
    questionnaire, sheet, subject = read_sample(name, language=language)
    capacity = Capacity(start=START, per_month=questionnaire.usual_capacity)
    return assess(questionnaire, sheet, subject=subject, capacity=capacity)


@cache
def flagship_sample() -> Report:
    return sampled("nordlicht", "de")


@cache
def flagship_file() -> bytes:
    return render(flagship_sample(), "de")


@cache
def shape_files() -> tuple[bytes, ...]:
    return tuple(
        render(a_report(questionnaire, sheet), language) for questionnaire, sheet, language in shapes()
    )


@cache
def every_type() -> Questionnaire:
    return read_questionnaire(Path(__file__).parent / "every-type")


NOTHING: Mapping[str, Any] = {}
SAID: dict[str, Any] = {
    "way": 2,
    "handover": 1,
    "called-back": "mostly",
    "known-error": "sometimes",
    "privacy": True,
    "first-contact": 62.5,
    "requests": 250,
    "tools": ("tickets",),
    "protected": ("locked", "encrypted"),
    "missing": "Time.",
}


def every_type_sheet(changed: Mapping[str, Any] = NOTHING, *, size: str = "small") -> AnswerSheet:
    return a_sheet(every_type(), {**SAID, **changed}, profile={"size": size})


@cache
def shapes(count: int = SHAPES) -> tuple[Case, ...]:
    """Questionnaires of every shape with sheets, always the same."""
    found: list[Case] = []

    @settings(max_examples=count, derandomize=True, phases=[Phase.generate], database=None)
    @given(st.data())
    def gather(data: st.DataObject) -> None:
        questionnaire = data.draw(questionnaires(most_questions=9))
        found.append((questionnaire, data.draw(sheets(questionnaire)), "en"))

    gather()
    return tuple(found)


@dataclass(frozen=True)
class Change:
    """Cells that a reader changes, and the sheet that the engine gets instead."""

    report: Callable[[], Report]
    cells: Mapping[tuple[str, str], Any]
    """By question and head of the column; for a profile field by its label or option and "Chosen"."""
    sheet: AnswerSheet
    language: str = "en"


def _every_type_report() -> Report:
    return report_of(every_type(), every_type_sheet())


def _with(report: Report, *answers: Answer, profile: Mapping[str, Any] | None = None) -> AnswerSheet:
    sheet = report.sheet
    for answer in answers:
        sheet = sheet.with_answer(answer)
    return sheet.model_copy(update={"profile": {**sheet.profile, **(profile or {})}})


def changes() -> dict[str, Change]:
    """Return what readers change, each beside what the engine is given in its place."""
    flagship = flagship_sample()
    proof = flagship.sheet.by_question["a2-q1"].model_copy(update={"value": 5, "evidence": "verified"})
    return {
        "a better answer": Change(
            small_report, {("p1", "Answer"): 5}, _with(small_report(), an_answer("p1", 5))
        ),
        "proof": Change(
            small_report,
            {("f1", "Evidence"): "documented"},
            _with(small_report(), an_answer("f1", 4, evidence="documented")),
        ),
        "a gate that opens its cap": Change(
            small_report, {("g1", "Answer"): "Yes"}, _with(small_report(), an_answer("g1", True))
        ),
        "an open question answered": Change(
            small_report,
            {("p2", "Status"): "given", ("p2", "Answer"): 2},
            _with(small_report(), an_answer("p2", 2)),
        ),
        "set aside": Change(
            small_report, {("d1", "Status"): "not applicable"}, _with(small_report(), an_answer("d1", "n/a"))
        ),
        "cleared": Change(
            small_report, {("f2", "Answer"): None}, _with(small_report(), an_answer("f2", "open"))
        ),
        "a condition that hides": Change(
            _every_type_report, {("way", "Answer"): 1}, every_type_sheet({"way": 1})
        ),
        "a number that hides": Change(
            _every_type_report, {("requests", "Answer"): 99}, every_type_sheet({"requests": 99})
        ),
        "the profile shows it again": Change(
            _every_type_report,
            {
                ("requests", "Answer"): 99,
                ("size", "Chosen"): "more than 10",
                ("protected", "Answer+2"): "No",
            },
            every_type_sheet({"requests": 99, "protected": ("locked",)}, size="large"),
        ),
        "a number on the line": Change(
            _every_type_report,
            {("first-contact", "Answer"): 71.3},
            every_type_sheet({"first-contact": 71.3}),
        ),
        "a number beyond its limits": Change(
            _every_type_report,
            {("first-contact", "Answer"): 171},
            every_type_sheet({"first-contact": "open"}),
        ),
        "an option": Change(
            _every_type_report,
            {("called-back", "Answer"): "Never"},
            every_type_sheet({"called-back": "never"}),
        ),
        "no option at all": Change(
            _every_type_report,
            {("called-back", "Answer"): "N*"},
            every_type_sheet({"called-back": "open"}),
        ),
        "all items ticked": Change(
            _every_type_report,
            {("tools", "Answer+2"): "Yes", ("tools", "Answer+3"): "Yes"},
            every_type_sheet({"tools": ("tickets", "knowledge", "remote")}),
        ),
        "a required item": Change(
            _every_type_report,
            {("protected", "Answer+1"): "No"},
            every_type_sheet({"protected": ("encrypted",)}),
        ),
        "not known opens a cap": Change(
            _every_type_report,
            {("privacy", "Status"): "not known", ("way", "Answer"): 3, ("handover", "Answer"): 3},
            every_type_sheet({"privacy": "unknown", "way": 3, "handover": 3}),
        ),
        "several at once": Change(
            flagship_sample,
            {
                ("a2-q1", "Answer"): 5,
                ("a2-q1", "Evidence"): "verified",
                ("g01", "Answer"): "No",
                ("e1-q1", "Status"): "not known",
                ("home-work", "Chosen"): "No",
            },
            _with(
                flagship,
                proof,
                an_answer("g01", False),
                an_answer("e1-q1", "unknown"),
                profile={"home-work": "no"},
            ),
            "de",
        ),
    }


def changed(change: Change) -> bytes:
    """Return the report's workbook with cells written as a reader writes them; no formula has a value any more."""
    c = catalogue(change.language)
    report = change.report()
    book = written(change.report, change.language)
    before = []
    labels = {each.id: each.label.localize(change.language) for each in report.questionnaire.profile}
    for (where, head), value in change.cells.items():
        if head == "Chosen":
            sheet, name = book[c.t("Profile")], labels.get(where, where)
            row = next(cell.row for cell in sheet["A"] if cell.value == name)
            column = _column(sheet, c.t("Chosen"))
        else:
            sheet = book[c.t("Answers")]
            name, _, below = head.partition("+")
            ids = _column(sheet, c.t("Id"))
            row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, ids).value == where) + int(
                below or 0
            )
            column = _column(sheet, c.t(name))
        cell = sheet.cell(row, column)
        assert not cell.protection.locked, "only cells that are meant to be changed are changed"
        before.append((cell, cell.value))
        cell.value = c.t(value) if isinstance(value, str) and change.language != "en" else value
    out = BytesIO()
    book.save(out)
    for cell, value in before:
        cell.value = value
    return out.getvalue()


@cache
def written(report: Callable[[], Report], language: str) -> Workbook:
    return opened(render(report(), language), values=False)


def _column(sheet: Worksheet, head: str) -> int:
    return next(cell.column for row in sheet.iter_rows(max_row=12) for cell in row if cell.value == head)


# ── the proof ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The other shipped questionnaire, and everything that a reader changed."""
    questionnaire = read_questionnaire("team-health")
    sheet = _random(questionnaire)
    files = {name.replace(" ", "-"): changed(change) for name, change in changes().items()}
    files["team-health"] = without_values(render(report_of(questionnaire, sheet), "nl"))
    return recalculated(files, tmp_path_factory.mktemp("nl"), locale="nl-NL")


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The flagship's sample, and made-up questionnaires of every shape."""
    files = {f"shape-{number}": without_values(raw) for number, raw in enumerate(shape_files())}
    files["nordlicht"] = without_values(flagship_file())
    return recalculated(files, tmp_path_factory.mktemp("de"), locale="de-DE")


@pytest.fixture(scope="module")
def american(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The flagship with much that is not known."""
    files = {"random": without_values(render(report_of(*_random_flagship()), "en"))}
    return recalculated(files, tmp_path_factory.mktemp("us"), locale="en-US")


@cache
def _random_flagship() -> tuple[Questionnaire, AnswerSheet]:
    questionnaire = read_questionnaire("service-transformation")
    sheet = random_sheet(questionnaire, seed=5, known=0.75)
    aside = [an_answer(answer.question, "n/a") for answer in sheet.answers[4::17]]
    return questionnaire, sheet.with_answers({a.question: a for a in (*sheet.answers, *aside)}.values())


def _random(questionnaire: Questionnaire) -> AnswerSheet:
    values = {
        name: q.values()[(len(name) + 1) % len(q.values())]
        for name, q in questionnaire.questions_by_id.items()
    }
    names = list(values)
    values[names[2]], values[names[4]], values[names[7]] = "unknown", "open", "n/a"
    return a_sheet(questionnaire, values)


def test_numbers_are_written_with_the_countrys_sign_where_they_are_calculated(
    american: dict[str, Path], german: dict[str, Path], dutch: dict[str, Path]
) -> None:
    said = [
        load_workbook(each["probe"], data_only=True).worksheets[0]["A1"].value
        for each in (american, german, dutch)
    ]
    assert said == ["0.5", "0,5", "0,5"]


def test_the_flagship_with_much_not_known_is_recomputed_in_english(american: dict[str, Path]) -> None:
    assert Found(american["random"]).differences(*_random_flagship()) == []


def test_the_sample_is_recomputed_in_german(german: dict[str, Path]) -> None:
    report = flagship_sample()
    assert Found(german["nordlicht"], "de").differences(report.questionnaire, report.sheet) == []


def test_questionnaires_of_every_shape_are_recomputed(german: dict[str, Path]) -> None:
    for number, (questionnaire, sheet, _) in enumerate(shapes()):
        assert Found(german[f"shape-{number}"]).differences(questionnaire, sheet) == [], questionnaire
    methods = {section.method for questionnaire, _, _ in shapes() for section in questionnaire.whole.walk()}
    assert methods == {"mean", "mean_of_leaves", "sum", "min", "staged"}


def test_the_other_shipped_questionnaire_is_recomputed_in_dutch(dutch: dict[str, Path]) -> None:
    questionnaire = read_questionnaire("team-health")
    assert Found(dutch["team-health"], "nl").differences(questionnaire, _random(questionnaire)) == []


@pytest.mark.parametrize("name", changes())
def test_a_changed_cell_gives_what_the_engine_gives_for_the_changed_sheet(
    dutch: dict[str, Path], name: str
) -> None:
    change = changes()[name]
    questionnaire = change.report().questionnaire
    found = Found(dutch[name.replace(" ", "-")], change.language)
    assert found.differences(questionnaire, change.sheet) == []
    assert found.differences(questionnaire, change.report().sheet) != [], "the change changes something"


# ── what stands beside the formulas ──────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=15)
@given(st.data())
def test_the_values_beside_the_formulas_are_the_engines_for_any_questionnaire(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    sheet = data.draw(sheets(questionnaire))
    raw = render(a_report(questionnaire, sheet), "en")
    assert Found(raw).differences(questionnaire, sheet) == []


def test_what_recomputes_is_formulas_and_not_figures() -> None:
    book = opened(render(small_report(), "en"), values=False)
    sheet = book["Scores"]
    index = _column(sheet, "Index")
    assert all(str(sheet.cell(row, index).value).startswith("=") for row in range(8, 15))
    written = [cell.value for row in book["Answers"].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(written) > 100


NEW = ("LET(", "LAMBDA(", "XLOOKUP(", "TEXTJOIN(", "FILTER(", "IFS(", "VALUE(", "TEXT(", "INDIRECT(", "_xlfn")


def test_formulas_use_old_functions_and_nothing_that_depends_on_the_country() -> None:
    used: set[str] = set()
    for raw in (flagship_file(), render(_every_type_report(), "en"), *shape_files()):
        for formula in formulas_of(raw):
            assert not any(name in formula for name in NEW), formula
            used |= set(re.findall(r"([A-Z]+)\(", formula))
    assert used <= {
        "AND", "COUNT", "EXACT", "FALSE", "IF", "IFERROR", "INDEX", "INT", "ISNUMBER", "MATCH", "MIN", "N", "NOT",
        "OR", "SUM", "SUMPRODUCT", "TRIM", "TRUE",
    }  # fmt: skip


def formulas_of(raw: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield from re.findall(r"<f>([^<]*)</f>", archive.read(name).decode())


def test_every_cell_that_may_be_changed_is_open_and_every_other_is_locked() -> None:
    book = opened(render(report_of(every_type(), every_type_sheet()), "en"), values=False)
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        open_cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        assert not [cell for cell in open_cells if cell.data_type == "f"]
        assert bool(open_cells) == (sheet.title in ("Answers", "Profile"))
    answers = book["Answers"]
    checked = {str(area) for rule in answers.data_validations.dataValidation for area in rule.sqref.ranges}
    inputs = [cell.coordinate for row in answers.iter_rows() for cell in row if not cell.protection.locked]
    free = {"F", "D"}
    assert {name[0] for name in inputs if name not in checked} <= free
    texts = [name for name in inputs if name not in checked and name[0] == "D"]
    assert len(texts) == 1, "the answer in one's own words takes any text"


def test_headline_cells_have_names_and_say_what_the_engine_says() -> None:
    report = flagship_sample()
    book = opened(flagship_file())
    overall, confirmed = report.scorecard.overall, report.scorecard.confirmed
    for name, wanted in {
        "result_level": overall.level,
        "result_index": overall.value,
        "result_lowest": overall.low,
        "result_highest": overall.high,
        "result_coverage": overall.coverage,
        "result_level_confirmed": confirmed.level,
        "result_index_confirmed": confirmed.value,
    }.items():
        sheet, cell = book.defined_names[name].attr_text.replace("'", "").replace("$", "").split("!")
        assert book[sheet][cell].value == pytest.approx(wanted, abs=CLOSE)


def test_too_little_answered_gives_no_headline_but_a_range() -> None:
    report = report_of(small(), small_sheet({"p1": 3}))
    book = opened(render(report, "en"))
    index, low = (
        book["Result"][book.defined_names[name].attr_text.split("!")[1].replace("$", "")].value
        for name in ("result_index", "result_lowest")
    )
    assert index == "–"
    assert low == pytest.approx(report.scorecard.overall.low)


def test_the_legal_lights_are_those_of_the_report() -> None:
    signs = {"red": "■", "amber": "▲", "green": "●", "not_assessed": "○"}
    seen = set()
    for report in (small_report(), report_of(small(), small_sheet({})), all_in_place()):
        sheet = opened(render(report, "en"))["Legal status"]
        lights = [str(sheet.cell(7 + number, 2).value)[0] for number in range(len(report.legal))]
        assert lights == [signs[topic.light] for topic in report.legal]
        seen |= set(lights)
    assert seen == set(signs.values())


def all_in_place() -> Report:
    return report_of(
        small(), small_sheet({"p1": 3, "f1": 4, "f2": 3, "d1": 4, "t1": 5, "g1": True, "g2": True})
    )


def test_dates_are_dates_and_efforts_are_numbers() -> None:
    report = small_report()
    book = opened(render(report, "en"))
    sheet = book["Roadmap"]
    slot = report.roadmap.slots[0]
    row = next(cell.row for cell in sheet["M"] if cell.value == slot.measure)
    begin = sheet.cell(row, 3).value
    assert isinstance(begin, datetime)
    assert begin.date() == START
    assert sheet.cell(row, 3).number_format == "mm-dd-yy", (
        "the format that each country writes in its own way"
    )
    assert [sheet.cell(row, column).value for column in (5, 6, 7)] == [
        slot.effort_low,
        slot.effort,
        slot.effort_high,
    ]
    together = next(cell.row for cell in sheet["A"] if cell.value == "Together")
    assert sheet.cell(together, 6).value == pytest.approx(sum(slot.effort for slot in report.roadmap.slots))


def test_every_sheet_prints_on_landscape_a4_and_keeps_its_head_in_sight() -> None:
    for language in LANGUAGES:
        book = opened(render(small_report(), language))
        assert len({sheet.title.casefold() for sheet in book.worksheets}) == len(book.worksheets) >= 8
        for sheet in book.worksheets:
            assert len(sheet.title) <= 31
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert sheet.sheet_properties.pageSetUpPr is not None
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
        answers = book.worksheets[1]
        assert answers.freeze_panes == "C7"
        assert answers.print_title_rows == "$6:$6"


def test_properties_say_whose_report_it_is() -> None:
    properties = opened(
        render(small_report(), "en", brand=Brand(name="Advisers", footer="For you"))
    ).properties
    assert properties.title == "Service check: Nordlicht"
    assert properties.creator == "A. Brandt"
    assert properties.description == "Advisers · For you · as of 21 November 2026"
    assert properties.created is not None
    assert properties.created.date() == HELD
    assert properties.modified == properties.created


def test_another_language_than_the_questionnaires_is_refused() -> None:
    with pytest.raises(ReportError, match="not written in “fr”"):
        render(small_report(), "fr")


def test_the_exporter_is_found() -> None:
    assert [(each.suffix, each.render) for each in EXPORTERS if each.format == "xlsx"] == [(".xlsx", render)]


# ── what people write, and odd sheets ────────────────────────────────────────────────────────────────────────────────


def hostile() -> Report:
    """Formulas, markup and control characters wherever people or authors can write."""
    questionnaire = every_type()
    data = questionnaire.model_dump(mode="json", by_alias=True)

    def spoilt(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == set(LANGUAGES):
            return {
                name: f"{HOSTILE} {NASTY.replace(chr(0xD800), '')} {text}" for name, text in value.items()
            }
        if isinstance(value, dict):
            return {name: spoilt(each) for name, each in value.items()}
        return [spoilt(each) for each in value] if isinstance(value, list) else value

    spoilt_questionnaire = Questionnaire.model_validate(spoilt(data))
    answers = {name: an_answer(name, value, comment=HOSTILE + NASTY) for name, value in SAID.items()}
    answers["missing"] = an_answer("missing", HOSTILE, comment="+1+cmd|' /C calc'!A0")
    answers["way"] = Answer(question="way", state="not_applicable", reason="=1+1\x00" + NASTY)
    sheet = a_sheet(spoilt_questionnaire, answers, profile={"size": "large"})
    return report_of(spoilt_questionnaire, sheet, organisation=f"{HOSTILE}{NASTY}&amp;&P")


def test_no_text_of_others_is_a_formula_a_link_or_a_field() -> None:
    raw = render(hostile(), "en")
    for formula in formulas_of(raw):
        assert "HYPERLINK" not in formula
        assert "cmd" not in formula
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        names = archive.namelist()
        assert not [
            name for name in names if "externalLink" in name or name.endswith(".bin") or "vba" in name
        ]
        for name in names:
            content = archive.read(name)
            etree.fromstring(content)
            assert b"<hyperlink" not in content
            assert b"TargetMode" not in content
            assert b"\x1b" not in content
    answers = opened(raw, values=False)["Answers"]
    ids = _column(answers, "Id")
    row = next(row for row in range(1, 60) if answers.cell(row, ids).value == "missing")
    assert answers.cell(row, 4).value == HOSTILE
    assert answers.cell(row, 4).data_type == "s"


def test_hostile_texts_do_not_change_what_comes_out() -> None:
    report = hostile()
    assert Found(render(report, "en")).differences(report.questionnaire, report.sheet) == []


ODD: dict[str, Callable[[], Report]] = {
    "empty": lambda: report_of(small(), small_sheet({}), organisation=""),
    "partial": lambda: report_of(small(), small_sheet({"p1": 2})),
    "not applicable": lambda: report_of(
        small(), a_sheet(small(), dict.fromkeys(small().questions_by_id, "n/a"))
    ),
    "no plan": lambda: report_of(small(), small_sheet(), per_month=0),
    "long": lambda: report_of(small(), small_sheet(comment="word " * 3000), organisation="Donau" * 99),
    "one word": lambda: report_of(small(), small_sheet(comment="x" * 20_000)),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_sheets_give_a_complete_workbook(name: str) -> None:
    report = ODD[name]()
    raw = render(report, "de")
    assert Found(raw, "de").differences(report.questionnaire, report.sheet) == []
    book = opened(raw)
    longest = max(
        len(str(cell.value or "")) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    )
    assert longest <= 6000
    heights = [each.height or 0 for sheet in book.worksheets for each in sheet.row_dimensions.values()]
    assert max(heights) <= 409


def test_three_hundred_measures_stand_in_their_sheets() -> None:
    report = small_report()
    one, slot = report.questionnaire.measures_by_id["m1"], report.roadmap.slots[0]
    names = [f"n{number}" for number in range(300)]
    measures = tuple(one.model_copy(update={"id": name}) for name in names)
    slots = tuple(slot.model_copy(update={"measure": name}) for name in names)
    questionnaire = report.questionnaire.model_copy(
        update={"measures": (*report.questionnaire.measures, *measures)}
    )
    roadmap = report.roadmap.model_copy(update={"slots": slots})
    many = report.model_copy(update={"questionnaire": questionnaire, "roadmap": roadmap})
    raw = render(many, "en")
    book = opened(raw)
    for title, column in (("Roadmap", "M"), ("Measures", "L")):
        assert {cell.value for cell in book[title][column]} >= set(names)


def test_options_that_look_alike_can_be_told_apart() -> None:
    assert apart(["Yes", "yes", "YES", "straße", "STRASSE", 3, 3, ""]) == [
        "Yes", "yes (2)", "YES (3)", "straße", "STRASSE (2)", 3, 3, "–",
    ]  # fmt: skip


def test_the_same_report_gives_the_same_bytes_in_every_process() -> None:
    report = small_report()
    here = render(report, "de")
    assert render(report, "de") == here
    told = (
        "import sys; from tests.report_samples import small_report; from assessment.exports.xlsx import render; "
        "sys.stdout.buffer.write(render(small_report(), 'de'))"
    )
    there = subprocess.run(
        [sys.executable, "-c", told],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": "."},
    )
    assert there.stdout == here


def test_a_workbook_is_small() -> None:
    report = flagship_sample()
    raw = render(report, "en")
    assert len(raw) < LARGEST


# ── formulas that know their value ───────────────────────────────────────────────────────────────────────────────────


def column(*values: Any) -> Formula:
    return Formula("A1:A9", values)


def test_values_follow_the_programs_own_rules() -> None:
    assert (made(1) + column(1, None, True)).value == (2, 1, 2)
    assert (column("a", "", 2, None) >= 1).value == (True, True, True, False), (
        "a text counts as more than any number"
    )
    assert (made(1) + "").value is FAULT
    assert products(column(1, 2, 3), column(2, "", 4)).value == 14
    assert products(column(1, 2) * column(1, "")).value is FAULT
    assert products(column(2, 3) * is_number(column("", 1))).value == 3
    assert most(column("9", 1)).value == 1
    assert at(column(None), 1).value == 0
    assert at(column(1), 2).value is FAULT
    assert when(made(1) > 2, made(1) / 0, 5).text == "IF(1>2,1/0,5)"
    assert when(made(1) > 2, made(1) / 0, 5).value == 5


def test_what_is_written_down_as_true_or_false_leaves_a_formula() -> None:
    cell = Formula("A1", True)
    assert every(True, cell, True).text == "A1"
    assert every(True, cell, False).text == "FALSE()"
    assert when(True, cell, 0) is cell


def test_formulas_keep_together_what_belongs_together() -> None:
    a, b = Formula("A1", 2), Formula("B1", 3)
    assert ((a + b) * a).text == "(A1+B1)*A1"
    assert (a - (b - a)).text == "A1-(B1-A1)"
    assert (a / (b * a)).text == "A1/(B1*A1)"
    assert ((a >= b) * 1).text == "(A1>=B1)*1"
    assert (a * -3).text == "A1*(-3)"
    assert made(1e-9).text == "1E-09"


def test_a_formula_too_long_for_spreadsheets_is_written_as_its_figure_and_counted() -> None:
    told = compose(small_report(), "en")
    book = Book(told, palette_of(Brand()), force="in force")
    sheet = book.sheet("Long")
    term = sheet.put(0, 0, 1)
    short, long_one = term + term, term
    for _ in range(2000):
        long_one = long_one + term
    sheet.put(1, 0, short)
    sheet.put(2, 0, long_one)
    read = opened(book.finished(), values=False)["Long"]
    assert (book.fixed, read["A2"].value, read["A3"].value) == (1, "=$A$1+$A$1", 2001)


def test_names_of_sheets_are_those_that_spreadsheets_take() -> None:
    book = Book(compose(small_report(), "en"), palette_of(Brand()), force="in force")
    names = [book.sheet(name).name for name in ("a/b:[c]?*'", "x" * 40, "x" * 50, "", "A b C")]
    assert names == ["a b c", "x" * 31, f"{'x' * 27} 2", "-", "A b C 2"]


def test_a_workbook_is_made_without_any_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for report in (hostile(), small_report()):
            render(report, "nl", brand=Brand(name="&P" * 40, footer="2026 & " * 20))


def test_no_text_stands_within_a_formula() -> None:
    with pytest.raises(ValueError, match="a cell of its own"):
        made("text")


def test_lines_are_counted_between_words() -> None:
    assert [lines_of(text, 10) for text in ("", "one two", "one two three", "a\nb", "x" * 25)] == [
        1,
        1,
        2,
        2,
        3,
    ]


# ── texts and archives of every office format ────────────────────────────────────────────────────────────────────────


def test_plain_text_has_nothing_that_cannot_be_seen() -> None:
    assert plain("a\x00b\x1b\u202ec\ud800\u200b\r\nd\te\uffff\U0001fffe") == "abc\ufffd\nd e"
    assert plain("  caf\u0065\u0301 ") == "café"
    assert one_line("a\r\n b\u2028c") == "a b c"


def test_a_long_text_is_cut_and_the_cut_is_shown() -> None:
    assert len(plain("x" * 20_000)) == 6000
    assert plain("x" * 20_000).endswith(" […]")
    assert plain("word " * 5000).endswith("word […]")
    assert plain("one two three", longest=12) == "one two […]"
    assert len(plain("y" * 50, longest=20)) == 20


def test_an_archive_is_settled_whenever_and_wherever_it_was_made() -> None:
    def archive(year: int) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for name in ("b.xml", "a.xml"):
                entry = zipfile.ZipInfo(name, (year, 1, 2, 3, 4, 6))
                entry.create_system, entry.external_attr = year % 4, year << 16
                file.writestr(entry, f"<{name[0]}/>" * 100)
        return out.getvalue()

    assert archive(1999) != archive(2026)
    assert settled(archive(1999)) == settled(archive(2026))
    with zipfile.ZipFile(BytesIO(settled(archive(2026)))) as file:
        assert file.namelist() == ["b.xml", "a.xml"]
        assert file.read("a.xml") == b"<a/>" * 100
