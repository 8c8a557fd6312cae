"""One section's score opened on the command line: a text to read, everything as JSON, the parts as CSV."""

import csv
import io
import json

import pytest

from assessment.cli.explaining import WIDTH, explain_section, page
from assessment.errors import AnswersError
from assessment.report import Report
from tests.conftest import (
    a_questionnaire,
    a_report,
    a_sheet,
    cap,
    gate,
    level_question,
    section,
    two_dimensions,
)
from tests.report_samples import large_report, small_report


def a_case() -> Report:
    questionnaire = a_questionnaire(
        section("s", *(level_question(name) for name in "abcd"), gate("g")),
        caps=[cap("k", "g", {"s": 4})],
    )
    said = {"a": 2, "b": 2, "c": "n/a", "g": False}
    return a_report(questionnaire, a_sheet(questionnaire, said))


def test_the_text_holds_the_score_the_formula_the_gate_the_way_up_and_the_range() -> None:
    assert list(page(a_case(), "s", language="en")) == [
        "s",
        "═",
        "Level 2, index 2.00, possible 1.67 to 3.00; 67% of the weight is answered.",
        "",
        "The index is the weighted mean of these",
        "───────────────────────────────────────",
        "Part       Answer   Value  Weight  Remark",
        "─────────  ───────  ─────  ──────  ──────────────────────────────────────────────",
        "How is a?  level 2   2.00     1.0",
        "How is b?  level 2   2.00     1.0",
        "How is c?  –            –     1.0  does not apply: We do not do this.",
        "How is d?  –            –     1.0  open",
        "Is g?      no           –     0.0  asked for its condition, without weight in the",
        "                                   index",
        "",
        "(2.00 + 2.00) ÷ 2 = 2.00",
        "",
        "What limits the level",
        "─────────────────────",
        "- Because. Limits s to level 4.",
        "",
        "What level 3 still needs",
        "────────────────────────",
        "Level 3 needs more than 50% of the weight at level 3 or higher; here it is 0%.",
        "The 2 questions that stand lower:",
        "- How is a?",
        "- How is b?",
        "",
        "2 answers are the shortest way to level 3",
        "─────────────────────────────────────────",
        "Question   Today    What it would have to be",
        "─────────  ───────  ────────────────────────",
        "How is a?  level\u00a02  level 3: a at 3",
        "How is b?  level\u00a02  level 3: b at 3",
        "",
        "These answers would narrow the range most",
        "─────────────────────────────────────────",
        "- How is d? Known, it narrows the index by at least 1.33.",
    ]


def test_the_table_is_the_text_and_json_is_everything(capsys: pytest.CaptureFixture[str]) -> None:
    report = a_case()
    explain_section(report, "s", form="table", language="en")
    assert capsys.readouterr().out == "\n".join(page(report, "s", language="en")) + "\n"
    explain_section(report, "s", form="json", language="en")
    shown = json.loads(capsys.readouterr().out)
    assert shown["score"]["value"] == 2
    assert "parts" not in shown["score"]
    assert shown["explanation"] == report.explanation("s").model_dump(mode="json")


def test_csv_is_the_parts(capsys: pytest.CaptureFixture[str]) -> None:
    explain_section(a_case(), "s", form="csv", language="en")
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows == [
        ["part", "title", "weight", "value", "left_out"],
        ["a", "How is a?", "1", "2", ""],
        ["b", "How is b?", "1", "2", ""],
        ["c", "How is c?", "1", "", "not applicable"],
        ["d", "How is d?", "1", "", "open"],
        ["g", "Is g?", "0", "1", "no weight"],
    ]


def test_a_section_that_is_not_there_is_told_with_the_one_probably_meant() -> None:
    with pytest.raises(AnswersError, match=r"there is no section “hom”.*“home”"):
        explain_section(small_report(), "hom", form="table", language="en")


def test_the_text_speaks_the_language_asked_for() -> None:
    said = "\n".join(page(small_report(), "law", language="de"))
    assert "Recht" in said
    assert "2,50" in said


def test_no_line_is_wider_than_a_terminal_and_no_word_is_lost() -> None:
    report = large_report()
    for name in ("service-transformation", "legal", "l1"):
        lines = list(page(report, name, language="en"))
        assert max(map(len, lines)) <= WIDTH + 40, "a table of three long columns is a little wider"
    for question in report.questionnaire.sections_by_id["l1"].questions:
        words = question.label.localize("en").split()
        assert set(words) <= set(" ".join(lines).split())


def test_the_whole_and_every_section_open(capsys: pytest.CaptureFixture[str]) -> None:
    questionnaire = two_dimensions()
    report = a_report(questionnaire, a_sheet(questionnaire, {"a": 3}))
    for place in questionnaire.sections_by_id:
        explain_section(report, place, form="table", language="en")
    assert capsys.readouterr().out.count("═") >= len(questionnaire.sections_by_id)
