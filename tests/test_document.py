"""The document: claims instead of labels, the same numbers in every language, sensible for odd sheets."""

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from assessment.answers import Answer, AnswerSheet, asked
from assessment.document import as_text, compose
from assessment.document.blocks import Block, Columns, Document, Heading, OnePage
from assessment.document.decisions import AT_MOST, decisions
from assessment.document.telling import Teller
from assessment.errors import ReportError
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire
from assessment.report import Report, Subject, assess
from assessment.roadmap import Capacity
from tests.report_samples import LANGUAGES, large_report, report_of, small, small_report, small_sheet

GOLDEN = Path(__file__).parent / "golden"


def headings(blocks: tuple[Block, ...]) -> list[Heading]:
    found: list[Heading] = []
    for block in blocks:
        match block:
            case Heading():
                found.append(block)
            case OnePage():
                found += headings(block.blocks)
            case Columns():
                found += headings((*block.left, *block.right))
            case _:
                pass
    return found


def chapter(document: Document, anchor: str) -> str:
    """The title of a chapter."""
    return next(heading.text for heading in headings(document.blocks) if heading.anchor == anchor)


def numbers(text: str) -> Counter[str]:
    return Counter(found.replace(",", ".") for found in re.findall(r"\d+(?:[.,]\d+)?", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_reads_as_it_did(language: str) -> None:
    """Refresh with REFRESH_GOLDEN=1 after a change of wording, then read the difference."""
    golden = GOLDEN / f"document-{language}.txt"
    # The engine's version changes with each release and says nothing about the wording.
    report = small_report().model_copy(update={"engine_version": "0"})
    said = as_text(compose(report, language))
    if os.environ.get("REFRESH_GOLDEN"):
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")


def test_the_same_report_gives_the_same_document() -> None:
    again = Report.model_validate_json(small_report().model_dump_json(by_alias=True))
    assert compose(again, "de") == compose(small_report(), "de")


@pytest.mark.parametrize("language", ["de", "nl"])
def test_every_language_has_the_same_numbers(language: str) -> None:
    assert numbers(as_text(compose(small_report(), language))) == numbers(
        as_text(compose(small_report(), "en"))
    )


def test_a_language_that_the_questionnaire_lacks_is_refused_with_the_ones_it_has() -> None:
    with pytest.raises(ReportError, match="en, de, nl"):
        compose(small_report(), "fr")


def test_what_holds_the_whole_stands_in_the_title() -> None:
    document = compose(small_report(), "en")
    assert chapter(document, "decisions") == "“Law” holds the whole at level 2"
    assert chapter(document, "section-law") == "A condition that is not met holds “Law” at level 1"


def test_the_title_changes_with_the_answers() -> None:
    good = {"p1": 3, "p2": 3, "f1": 3, "f2": 3, "d1": 3, "t1": 3, "g1": True, "g2": True}
    document = compose(report_of(small(), small_sheet(good)), "en")
    assert chapter(document, "decisions") == "Level 3 of 5 is in place: defined"
    assert chapter(document, "legal-status") == "No legal condition is broken and every topic is in place"


def test_little_answered_gives_a_range_and_no_headline() -> None:
    document = compose(report_of(small(), small_sheet({"p1": 4})), "en")
    assert chapter(document, "decisions").startswith("Too early to say: only")
    assert "Answer the 7 questions that are still open" in as_text(document)


def test_decisions_say_what_why_effort_date_person_and_what_happens_if_not() -> None:
    first, *_ = [d for d in decisions(Teller(small_report(), "en", catalogue("en"))) if "Agree" in d.title]
    assert first.title == "Start “Agree” now"
    assert {fact.name for fact in first.reasons} == {"Why now", "Effect", "If not"}
    assert {fact.name: fact.value for fact in first.facts} == {
        "Effort": "4 to 8 person-days",
        "By": "Jan 2027",
        "Who": "Head of service",
    }


def test_there_are_never_more_than_five_decisions() -> None:
    assert len(decisions(Teller(large_report(), "en", catalogue("en")))) == AT_MOST


def test_a_condition_that_nobody_knows_is_a_decision_and_a_gap_of_knowledge() -> None:
    said = as_text(compose(small_report(), "en"))
    assert "Have one condition clarified that nobody could confirm" in said
    assert "Not known: Is it assessed?" in said


def test_what_fell_out_of_the_plan_stands_with_its_reason() -> None:
    said = as_text(compose(small_report(), "en"))
    assert "New house | 400 to 600 person-days | Alone it takes" in said


def test_every_answer_stands_with_evidence_and_comment() -> None:
    sheet = small_sheet(comment="Seen in March.").with_answer(
        Answer(question="p2", state="not_applicable", reason="We keep none.")
    )
    said = as_text(compose(report_of(small(), sheet), "en"))
    assert said.count("Seen in March.") == 6
    assert "Not applicable / We keep none." in said
    assert "(p1)" not in said


def test_every_link_leads_somewhere() -> None:
    document = compose(large_report(), "en")
    anchors = set(re.findall(r'"anchor":"([^"]+)"', document.model_dump_json()))
    links = set(re.findall(r'"link":"([^"]+)"', document.model_dump_json()))
    assert links and links <= anchors


def test_heading_levels_are_never_skipped() -> None:
    for report in (
        small_report(),
        large_report(),
        report_of(small(), small_sheet({})),
        report_of(small(), small_sheet(), per_month=0),
    ):
        levels = [heading.level for heading in headings(compose(report, "en").blocks)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("per_month", [0, 1, 500])
@pytest.mark.parametrize("months", [1, 60])
def test_any_capacity_gives_a_document(per_month: float, months: int) -> None:
    said = as_text(compose(report_of(small(), small_sheet(), per_month=per_month, months=months), "en"))
    assert "None" not in re.findall(
        r"\b\w+\b", said.replace("None is a gap", "").replace("None of the measures", "")
    )
    assert "nan" not in said.lower().split()


def test_an_empty_sheet_promises_nothing() -> None:
    said = as_text(compose(report_of(small(), small_sheet({})), "en"))
    assert "Too early to say: no scored question is answered yet" in said
    assert "The legal status is not assessed yet." in said


def test_a_sheet_where_nothing_applies_says_so() -> None:
    answers = tuple(
        Answer(question=name, state="not_applicable", reason="Not us.") for name in small().questions_by_id
    )
    sheet = small_sheet({}).model_copy(update={"answers": answers})
    said = as_text(compose(report_of(small(), sheet), "en"))
    assert "# Nothing in this questionnaire applies to this organisation" in said
    assert "“Law” does not apply to this organisation" in said


def test_the_document_does_not_know_reportlab() -> None:
    code = "import sys, assessment.document; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_empty_profile_is_not_called_complete() -> None:
    known = read_questionnaire("service-transformation")
    sheet = AnswerSheet(questionnaire=known.id, version=known.version)
    answers = tuple(
        Answer(question=q.id, value=True if q.type == "yes_no" else 3) for q in asked(known, sheet)
    )
    report = assess(
        known,
        sheet.model_copy(update={"answers": answers}),
        subject=Subject(held_on=date(2026, 1, 1)),
        capacity=Capacity(start=date(2026, 2, 1)),
    )
    assert report.scorecard.overall.low != report.scorecard.overall.high
    text = as_text(compose(report, "en"))
    assert "Nothing that counts was left open." not in text
    assert "Every question that counts is answered" not in text
    assert "facts missing in the profile leave others open" in text
