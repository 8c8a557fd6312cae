"""Many sheets at once: the same scores as one by one, the same messages, and never more than a batch in memory."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import AnswerSheet
from assessment.cli import main
from assessment.errors import AnswersError, Problem
from assessment.loader import read_questionnaire, read_sheet, sheet_as_data, sheet_from_data
from assessment.loader.places import Place, is_portfolio
from assessment.loader.portfolio import Batch, batches, read_portfolio
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from assessment.scoring.portfolio import Scores, SheetScore, score_table
from assessment.scoring.table import Table, table_of
from bench.peers import throughput
from tests.conftest import (
    FULL_PROFILE,
    a_questionnaire,
    a_sheet,
    every_answer,
    gate,
    level_question,
    section,
    text,
)
from tests.strategies import questionnaires, sheets

Data = dict[str, Any]
LINES = Path("sheets.jsonl")


def one_by_one(
    questionnaire: Questionnaire, some: list[AnswerSheet], *, confirmed: bool
) -> dict[str, list[SheetScore]]:
    found: dict[str, list[SheetScore]] = {name: [] for name in questionnaire.sections_by_id}
    for sheet in some:
        card = score(questionnaire, sheet)
        for name, scores in found.items():
            hit = card.confirmed_of(name) if confirmed else card.of(name)
            scores.append(SheetScore(*(getattr(hit, field) for field in SheetScore._fields)))
    return found


def all_rows(scores: Scores) -> dict[str, list[SheetScore]]:
    return {name: list(section.rows()) for name, section in scores.sections.items()}


def places(rows: list[Any]) -> Iterator[Place]:
    for number, row in enumerate(rows, 1):
        raw = (row if isinstance(row, str) else json.dumps(row)).encode() + b"\n"
        yield Place(LINES, number, raw, size=len(raw))


def read_together(questionnaire: Questionnaire, rows: list[Any]) -> Batch:
    (batch,) = batches(questionnaire, places(rows))
    return batch


def every_type() -> Questionnaire:
    """Each question type, an option set of words for yes and no, a number without end of values."""
    words = [
        {"id": name, "label": text(name), "worth": worth}
        for name, worth in (("no", 0), ("partly", 1), ("yes", 4))
    ]
    items = [{"id": name, "label": text(name)} for name in ("plan", "do", "check")]
    return a_questionnaire(
        section(
            "s",
            level_question("level"),
            gate("gate", weight=1),
            {"id": "word", "type": "choice", "label": text("Word?"), "options": words},
            {"id": "items", "type": "checklist", "label": text("Items?"), "options": items},
            {
                "id": "share",
                "type": "number",
                "label": text("Share?"),
                "low": 0,
                "high": 100,
                "worths": [{"at": 0, "worth": 0}, {"at": 80, "worth": 1}],
            },
            {"id": "staff", "type": "number", "label": text("Staff?"), "weight": 0, "whole": True},
            {"id": "note", "type": "text", "label": text("Note?")},
            level_question("last", applies_if=[{"question": "items", "at_least": 2}]),
        ),
        profile=[
            {
                "id": "where",
                "type": "many",
                "label": text("Where?"),
                "options": [{"id": "de", "label": text("DE")}, {"id": "nl", "label": text("NL")}],
            },
            {"id": "home", "type": "yes_no", "label": text("Home?")},
        ],
        unproven_counts_as=3,
    )


def a_row(answers: Data | None = None, **more: Any) -> Data:
    return {"questionnaire": "small", "version": "1.0.0", "answers": answers or {}, **more}


# ── the same scores ──────────────────────────────────────────────────────────────────────────────────────────────────

pairs = questionnaires().flatmap(lambda q: st.tuples(st.just(q), st.lists(sheets(q), min_size=1, max_size=3)))


@given(pairs, st.booleans())
@settings(max_examples=500)
def test_many_at_once_score_the_same_as_one_by_one_to_the_last_bit(
    drawn: tuple[Questionnaire, list[AnswerSheet]], confirmed: bool
) -> None:
    questionnaire, some = drawn
    together = score_table(questionnaire, table_of(questionnaire, some), confirmed=confirmed)
    assert all_rows(together) == one_by_one(questionnaire, some, confirmed=confirmed)


@given(pairs)
@settings(max_examples=500)
def test_lines_read_together_score_the_same_as_read_one_by_one(
    drawn: tuple[Questionnaire, list[AnswerSheet]],
) -> None:
    questionnaire, some = drawn
    rows = [sheet_as_data(sheet) for sheet in some]
    alone = [sheet_from_data(row, questionnaire=questionnaire)[1] for row in rows]
    batch = read_together(questionnaire, rows)
    for confirmed in (False, True):
        together = score_table(questionnaire, batch.table, confirmed=confirmed)
        assert all_rows(together) == one_by_one(questionnaire, alone, confirmed=confirmed)


RAW: dict[str, list[Any]] = {
    "level": [
        1,
        3,
        5,
        2.0,
        {"value": 4, "evidence": "documented"},
        {"value": 5, "evidence": "stated", "comment": "c"},
    ],
    "gate": [True, False, "yes", "no", {"value": True}, {"value": "no", "evidence": "verified"}],
    "word": ["no", "partly", "yes", True, False, {"value": "partly"}],
    "items": [
        [],
        ["do"],
        ["do", "plan"],
        ["plan", "do", "check"],
        {"value": ["do", "check"], "evidence": "documented"},
    ],
    "share": [0, 12.5, 80, 100.0, 79.99, {"value": 40}],
    "staff": [12, 12.0, 1_000_000],
    "note": ["words", "yes", {"value": "with care", "comment": "c"}],
    "last": [1, 4, 5.0],
}
ANY = [
    None,
    {"state": "unknown"},
    {"state": "open"},
    {"state": "not_applicable", "reason": "We do not do this."},
]
raw_answers = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from([*ANY, *values, *values]) for name, values in RAW.items()}
)
raw_rows = st.lists(
    st.builds(
        lambda answers, short, profile, whose: a_row(answers, short=short, profile=profile, **whose),
        raw_answers,
        st.booleans(),
        st.sampled_from(
            [
                {},
                None,
                {"where": ["de"]},
                {"where": ["nl", "de"], "home": "yes"},
                {"where": "nl"},
                {"home": ["no"]},
            ]
        ),
        st.sampled_from(
            [
                {},
                {"organisation": "Example"},
                {"organisation": "Example", "unit": "North", "held_on": "2026-03-01"},
            ]
        ),
    ),
    min_size=1,
    max_size=6,
)
EVERY_TYPE = every_type()


@given(raw_rows)
@settings(max_examples=500)
def test_answers_of_every_type_and_in_every_form_read_the_same_in_a_column(rows: list[Data]) -> None:
    alone = [sheet_from_data(row, questionnaire=EVERY_TYPE) for row in rows]
    batch = read_together(EVERY_TYPE, rows)
    for confirmed in (False, True):
        together = score_table(EVERY_TYPE, batch.table, confirmed=confirmed)
        assert all_rows(together) == one_by_one(
            EVERY_TYPE, [sheet for _, sheet, _ in alone], confirmed=confirmed
        )
    for row, (_, sheet, subject) in enumerate(alone):
        whose = ", ".join(filter(None, (subject.organisation, subject.unit)))
        assert batch.names[row] == (whose or f"{LINES}:{row + 1}")
        assert told_by(batch.table, row) == {
            answer.question: (answer.state, answer.value)
            for answer in sheet.answers
            if answer.state != "open"
        }


def told_by(table: Table, row: int) -> Data:
    said = {name: known.answers[table.codes[name][row]] for name, known in table.known.items()}
    return {name: (one.state, one.value) for name, one in said.items() if one.state != "open"}


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    folder = tmp_path_factory.mktemp("content") / "throughput"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(json.dumps(throughput.questionnaire()), "utf-8")
    return read_questionnaire(folder)


def test_the_responses_of_the_benchmark_are_those_that_its_peers_get() -> None:
    lines = "".join(
        json.dumps(response, separators=(",", ":")) + "\n" for response in throughput.responses(100)
    )
    assert (
        hashlib.sha256(lines.encode()).hexdigest()
        == "8dcdb1cdbe078c3c2a9a63b6f55883aba07408e4b59e55dfa9352f2cf98251db"
    )


@pytest.mark.parametrize("stale", [False, True])
def test_the_scores_of_the_benchmark_are_those_of_exact_fractions(
    measured: Questionnaire, stale: bool
) -> None:
    responses = list(throughput.responses(400, stale=stale))
    batch = read_together(measured, [throughput.as_sheet(response) for response in responses])
    scores = score_table(measured, batch.table)
    found = zip(*(scores.of(name).rows() for name in (*throughput.DIMENSIONS, measured.id)), strict=True)
    for response, row in zip(responses, found, strict=True):
        dimensions, whole, level = throughput.reference(response)
        assert row[-1].level == level
        for one, exact in zip(row, (*dimensions, whole), strict=True):
            assert (one.value is None) == (exact is None)
            if one.value is not None and exact is not None:
                assert abs(Fraction(one.value) - exact) <= Fraction(1, 10**12)


# ── the same messages ────────────────────────────────────────────────────────────────────────────────────────────────

FAULTS: dict[str, Any] = {
    "a question that is not there": a_row({"levle": 3}),
    "a level off the scale": a_row({"level": 6}),
    "a half level": a_row({"level": 2.5}),
    "true for a level": a_row({"level": True}),
    "false for a number": a_row({"share": False}),
    "a number for yes or no": a_row({"gate": 1}),
    "zero for yes or no": a_row({"gate": 0}),
    "a word for a level": a_row({"level": "3"}),
    "a word that is no option": a_row({"word": "maybe"}),
    "an item that is not there": a_row({"items": ["do", "undo"]}),
    "a list of numbers": a_row({"items": [1]}),
    "a list in a list": a_row({"items": [["do"]]}),
    "a list for a level": a_row({"level": [3]}),
    "a number beyond its limits": a_row({"share": 101}),
    "a number that is none": '{"questionnaire": "small", "version": "1.0.0", "answers": {"share": NaN}}',
    "a number without end": '{"questionnaire": "small", "version": "1.0.0", "answers": {"share": 1e999}}',
    "a number that must be whole": a_row({"staff": 1.5}),
    "an empty text": a_row({"note": " "}),
    "not applicable without a reason": a_row({"level": {"state": "not_applicable"}}),
    "a state that is none": a_row({"level": {"state": "perhaps"}}),
    "evidence that is none": a_row({"level": {"value": 3, "evidence": "sworn"}}),
    "a field that is not there": a_row({"level": {"valeu": 3}}),
    "a value off the scale with evidence": a_row({"level": {"value": 9, "evidence": "documented"}}),
    "true with evidence for a level": a_row({"level": {"value": True, "evidence": "documented"}}),
    "another questionnaire": a_row() | {"questionnaire": "other"},
    "another version": a_row() | {"version": "2.0.0"},
    "no version": {"questionnaire": "small", "answers": {}},
    "a head field that is not there": a_row(anwsers={}),
    "answers that are a list": a_row() | {"answers": [3]},
    "short that is neither": a_row(short="perhaps"),
    "short that is nothing": a_row(short=None),
    "a profile field that is not there": a_row(profile={"hom": "yes"}),
    "a profile option that is not there": a_row(profile={"home": "perhaps"}),
    "two values for one": a_row(profile={"home": ["yes", "no"]}),
    "a profile value that is a number": a_row(profile={"home": 1}),
    "a profile value that is nothing": a_row(profile={"home": None}),
    "a profile value in a list in a list": a_row(profile={"where": [["de"]]}),
    "a day that is none": a_row(held_on="yesterday"),
    "a name that is too long": a_row(organisation="x" * 301),
    "a key given twice": '{"questionnaire": "small", "version": "1.0.0", "answers": {"level": 3, "level": 4}}',
    "not JSON": '{"questionnaire": "small", ',
    "not a mapping": "[1, 2]",
    "something else": '{"a": 1}',
    "a number too long to be one": '{"questionnaire": "small", "version": "1.0.0", "answers": {"share": '
    + "9" * 5000
    + "}}",
    "nested too deeply": "[" * 100_000,
}


def told(problem: Problem) -> tuple[str, str, str, str]:
    return problem.message, problem.remedy, problem.at, str(problem.values)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_with_a_line_is_told_as_for_a_file_of_its_own(fault: Any, tmp_path: Path) -> None:
    alone = tmp_path / "alone.json"
    alone.write_text(fault if isinstance(fault, str) else json.dumps(fault), "utf-8")
    with pytest.raises(AnswersError) as single:
        read_sheet(alone, questionnaire=EVERY_TYPE)
    fine = a_row({"level": 1, "gate": True, "word": "yes", "items": ["do"], "share": 3.5, "staff": 7})
    with pytest.raises(AnswersError) as many:
        read_together(EVERY_TYPE, [fine, fault, fine, fault])
    assert [told(problem) for problem in many.value.problems] == [told(p) for p in single.value.problems] * 2
    count = len(single.value.problems)
    assert [p.line for p in many.value.problems] == [2] * count + [4] * count
    assert {p.file for p in many.value.problems} == {str(LINES)}


def test_all_problems_of_a_batch_are_told_in_the_order_of_its_lines() -> None:
    rows = [a_row({"last": 9}), a_row({"level": 9, "gate": 7}), a_row({"level": 3}), a_row({"leve": 3})]
    with pytest.raises(AnswersError) as error:
        read_together(EVERY_TYPE, rows)
    assert [(p.line, p.at) for p in error.value.problems] == [
        (1, "answers › last"),
        (2, "answers › level"),
        (2, "answers › gate"),
        (4, "answers › leve"),
    ]


def test_true_is_never_level_1_in_a_column_of_levels() -> None:
    rows = [a_row({"level": value}) for value in (1, 2, 1, True, 1)]
    with pytest.raises(AnswersError) as error:
        read_together(EVERY_TYPE, rows)
    assert [problem.line for problem in error.value.problems] == [4]
    assert "the value True is not one of the answers" in str(error.value)


def test_an_exported_report_is_read_among_lines_as_on_its_own() -> None:
    sheet = a_sheet(EVERY_TYPE, {"level": 4, "word": "yes"})
    report = {"sheet": sheet.model_dump(mode="json"), "scorecard": {}, "subject": {"organisation": "Example"}}
    batch = read_together(EVERY_TYPE, [a_row({"level": 2}), report])
    assert batch.names == [f"{LINES}:1", "Example"]
    assert told_by(batch.table, 1) == {"level": ("given", 4), "word": ("given", "yes")}


# ── no more than a batch ─────────────────────────────────────────────────────────────────────────────────────────────


def test_no_more_than_a_batch_is_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.loader.portfolio.BATCH", 4)
    taken = 0

    def counting() -> Iterator[Place]:
        nonlocal taken
        for place in places([a_row({"level": 1 + number % 5, "share": number / 7}) for number in range(21)]):
            taken += 1
            yield place

    sizes, ahead, done = [], [], 0
    for batch in batches(EVERY_TYPE, counting()):
        done += len(batch.table)
        sizes.append(len(batch.table))
        ahead.append(taken - done)
        assert len(batch.table.known["share"].answers) <= 3 + 4
    assert sizes == [4, 4, 4, 4, 4, 1]
    assert max(ahead) == 0


def test_a_file_is_read_line_by_line_and_a_later_fault_is_met_only_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assessment.loader.portfolio.BATCH", 2)
    file = tmp_path / "sheets.jsonl"
    rows = [a_row({"level": 3}), a_row({"level": 4}), a_row({"level": 5}), a_row({"level": 6})]
    file.write_text("\n\n".join(map(json.dumps, rows)), "utf-8")
    portfolio = read_portfolio(file, questionnaire=EVERY_TYPE)
    assert portfolio.size == file.stat().st_size
    assert len(next(portfolio.batches).table) == 2
    with pytest.raises(AnswersError) as error:
        next(portfolio.batches)
    assert [problem.line for problem in error.value.problems] == [7]


def test_a_line_longer_than_any_sheet_is_refused_and_the_next_one_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assessment.loader.places.MOST_BYTES", 1000)
    file = tmp_path / "sheets.jsonl"
    file.write_text(
        json.dumps(a_row({"note": "x" * 5000})) + "\n" + json.dumps(a_row({"level": 9})) + "\n", "utf-8"
    )
    with pytest.raises(AnswersError) as error:
        list(read_portfolio(file, questionnaire=EVERY_TYPE).batches)
    assert [problem.line for problem in error.value.problems] == [1, 2]
    assert "the line is longer than" in error.value.problems[0].message


# ── folders ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_holds_files_of_each_kind_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(json.dumps(a_row({"level": 2}, organisation="Second")), "utf-8")
    (tmp_path / "a.yaml").write_text("questionnaire: small\nversion: 1.0.0\nanswers: {level: 1}\n", "utf-8")
    (tmp_path / "c.jsonl").write_text(
        "\ufeff" + json.dumps(a_row({"level": 3})) + "\n" + json.dumps(a_row()), "utf-8"
    )
    (tmp_path / "notes.txt").write_text("not a sheet", "utf-8")
    assert is_portfolio(tmp_path)
    assert not is_portfolio(tmp_path / "b.json")
    (batch,) = read_portfolio(tmp_path, questionnaire=EVERY_TYPE).batches
    lines = tmp_path / "c.jsonl"
    assert batch.names == [str(tmp_path / "a.yaml"), "Second", f"{lines}:1", f"{lines}:2"]
    assert [told_by(batch.table, row).get("level") for row in range(4)] == [
        ("given", 1), ("given", 2), ("given", 3), None,
    ]  # fmt: skip


def test_a_file_in_a_folder_tells_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("questionnaire: small\nversion: 1.0.0\nanswers:\n  level: 9\n", "utf-8")
    (tmp_path / "b.yaml").write_text(
        "questionnaire: small\nversion: 1.0.0\nanswers: {level: 2, level: 3}\n", "utf-8"
    )
    with pytest.raises(AnswersError) as error:
        list(read_portfolio(tmp_path, questionnaire=EVERY_TYPE).batches)
    assert [(Path(p.file).name, p.line) for p in error.value.problems] == [("a.yaml", 4), ("b.yaml", 3)]


def test_where_nothing_is_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="there are no answers here"):
        read_portfolio(tmp_path)
    with pytest.raises(AnswersError, match="the file cannot be read: No such file"):
        read_portfolio(tmp_path / "missing.jsonl")


# ── the command line ─────────────────────────────────────────────────────────────────────────────────────────────────


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def portfolio(flagship: Questionnaire, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five organisations; one name looks like a formula, one sheet names nobody."""
    file = tmp_path_factory.mktemp("portfolio") / "sheets.jsonl"
    lines = []
    for number, name in enumerate(("=1+1", "Beta", "Gamma", "", "Delta"), 1):
        said = {**every_answer(flagship, level=number), "g06": number != 2}
        data = sheet_as_data(a_sheet(flagship, said, profile=FULL_PROFILE))
        lines.append(json.dumps({**data, **({"organisation": name} if name else {})}) + "\n")
    file.write_text("".join(lines), "utf-8")
    return file


def test_the_rows_of_a_portfolio_are_those_of_its_sheets(portfolio: Path, tmp_path: Path) -> None:
    result = run("score", portfolio, "--format", "csv", "--language", "de")
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    by_sheet: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_sheet.setdefault(row.pop("sheet"), []).append(row)
    assert list(by_sheet) == ["'=1+1", "Beta", "Gamma", f"{portfolio}:4", "Delta"]
    for line, found in zip(portfolio.read_text("utf-8").splitlines(), by_sheet.values(), strict=True):
        alone = tmp_path / "alone.json"
        alone.write_text(line, "utf-8")
        single = run("score", alone, "--format", "csv", "--language", "de")
        assert found == list(csv.DictReader(io.StringIO(single.stdout)))


def test_each_line_of_json_holds_both_results_unrounded(portfolio: Path, flagship: Questionnaire) -> None:
    result = run("score", portfolio, "--format", "json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["sheet"] for one in told] == ["=1+1", "Beta", "Gamma", f"{portfolio}:4", "Delta"]
    for line, one in zip(portfolio.read_text("utf-8").splitlines(), told, strict=True):
        card = score(flagship, sheet_from_data(json.loads(line), questionnaire=flagship)[1])
        for name in flagship.sections_by_id:
            for kind, hit in (("self_rated", card.of(name)), ("confirmed", card.confirmed_of(name))):
                assert one[kind][name] == {field: getattr(hit, field) for field in SheetScore._fields}


def test_the_table_shows_how_the_sheets_are_distributed(portfolio: Path, flagship: Questionnaire) -> None:
    result = run("score", portfolio)
    head, _, whole, *_ = result.stdout.splitlines()
    assert head.split() == [
        *(
            "section",
            "title",
            "scored",
            "lowest",
            "quarter",
            "median",
            "three_quarters",
            "highest",
            "confirmed_median",
        ),
        *(f"level_{level}" for level in range(1, 6)),
    ]
    assert whole.startswith(flagship.id)
    assert "5 of 5" in whole
    assert whole.split()[-11:-6] == ["1.00", "2.00", "3.00", "4.00", "5.00"]
    assert len(result.stdout.splitlines()) == 2 + len(flagship.sections_by_id)


def test_a_questionnaire_of_ones_own_scores_a_folder(measured: Questionnaire, tmp_path: Path) -> None:
    own = tmp_path / "throughput"
    own.mkdir()
    (own / "questionnaire.yaml").write_text(json.dumps(throughput.questionnaire()), "utf-8")
    folder = tmp_path / "answers"
    folder.mkdir()
    for number, response in enumerate(throughput.responses(3)):
        (folder / f"{number}.json").write_text(json.dumps(throughput.as_sheet(response)), "utf-8")
    result = run("score", folder, "-q", own, "--format", "json")
    assert result.exit_code == 0, result.stderr
    assert len(result.stdout.splitlines()) == 3
    without = run("score", folder)
    assert without.exit_code == 1
    assert "there is no questionnaire “throughput”" in without.stderr


def test_problems_are_counted_and_the_first_of_them_shown(portfolio: Path, tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    good = portfolio.read_text("utf-8").splitlines()[0]
    wrong = json.dumps({**json.loads(good), "profile": {"size": "huge"}})
    file.write_text(good + "\n" + (wrong + "\n") * 30, "utf-8")
    result = run("score", file)
    assert result.exit_code == 1
    assert f"{file}:2: profile › size: “huge” is not one of the options." in result.stderr
    assert "30 problems, of which the first 20 are shown." in result.stderr
    assert result.stdout == ""


def test_one_section_is_opened_for_one_sheet_only(portfolio: Path) -> None:
    result = run("score", portfolio, "--explain", "legal")
    assert result.exit_code == 2
    assert "opens the score of one sheet" in result.stderr


def test_a_language_that_the_questionnaire_lacks_is_told(portfolio: Path) -> None:
    result = run("score", portfolio, "--language", "fr")
    assert result.exit_code == 1
    assert "the questionnaire has no language “fr”" in result.stderr
