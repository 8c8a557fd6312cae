"""Chapters that may be left out: what stays, what goes, and that nothing leads to what is not there."""

from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document as WordFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation
from pydantic import ValidationError
from pypdf import PdfReader

from assessment.cli import main
from assessment.document import as_text, compose, parts_of
from assessment.document.links import anchors, links
from assessment.document.parts import EVERYTHING, PARTS, Part, Parts, parts_without
from assessment.errors import ReportError
from assessment.exports import EXPORTERS
from assessment.exports.pdf import Edition
from assessment.loader import questionnaire_ids, read_sample
from assessment.report import Earlier, Report, assess
from assessment.roadmap import Capacity
from assessment.verifying import verify
from tests.report_samples import large_report, random_sheet, small_report
from tests.tagged import broken_rules, faults_of_structure
from tests.workshop_samples import some_workshop

BY_FORMAT = {exporter.format: exporter for exporter in EXPORTERS}
SAID_BY: dict[Part, str] = {
    "dimensions": "Dimension 1 of",
    "legal": "Each topic has its own light",
    "roadmap": "What each wave takes and brings",
    "value": "Every number that the value model counted with",
    "change": "A change splits into four parts",
    "people": "Votes are told by their median",
    "answers": "Comments stand as they were written",
    "method": "How the figures are made",
}
"""A sentence of each chapter that no other chapter has."""

some_parts = st.sets(st.sampled_from(PARTS), min_size=1).map(parts_without)


@cache
def full_report() -> Report:
    """A report that has every chapter: with figures given, an earlier assessment, and a workshop."""
    questionnaire, sheet, subject = read_sample("nordlicht", language="en")
    before = Earlier(
        questionnaire=questionnaire,
        sheet=random_sheet(questionnaire, seed=7),
        subject=subject.model_copy(update={"held_on": subject.held_on - timedelta(days=365)}),
    )
    capacity = Capacity(start=date(2026, 12, 1), per_month=questionnaire.usual_capacity)
    return assess(
        questionnaire,
        sheet,
        subject=subject,
        capacity=capacity,
        earlier=before,
        workshop=some_workshop(questionnaire, sheet),
    )


def words(parts: Parts, report: Report | None = None) -> str:
    return " ".join(as_text(compose(report or full_report(), "en", parts=parts)).split())


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "report.json"
    file.write_bytes(BY_FORMAT["json"].render(full_report(), "en"))
    return file


# ── the choice ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_chapters_stand_in_the_order_of_the_report_and_once_each_however_they_are_named() -> None:
    assert Parts(chosen=("method", "legal", "method")).chosen == ("legal", "method")
    assert parts_without(["answers", " method ", ""]).without == ("answers", "method")
    assert EVERYTHING.without == () and parts_without([]) == EVERYTHING


def test_a_chapter_that_does_not_exist_is_answered_with_the_nearest_that_does() -> None:
    with pytest.raises(ReportError) as wrong:
        parts_without(["answer", "cover", "method"])
    first, second = wrong.value.problems
    assert "no chapter “answer”" in str(first) and "Did you mean “answers”?" in str(first)
    assert "no chapter “cover”" in str(second)
    assert "dimensions, legal, roadmap, value, change, people, answers, method" in str(second)
    with pytest.raises(ValidationError):
        Parts.model_validate({"chosen": ["cover"]})


def test_only_what_a_report_has_is_offered_to_be_left_out() -> None:
    assert parts_of(full_report(), "en") == PARTS
    assert set(PARTS) - set(parts_of(large_report(), "en")) == {"value", "change", "people"}


# ── the document ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("part", PARTS)
def test_a_chapter_that_is_left_out_is_gone_and_every_other_stays_as_it_is(part: Part) -> None:
    whole, rest = compose(full_report(), "en"), compose(full_report(), "en", parts=parts_without([part]))
    said = words(parts_without([part]))
    assert [other for other in PARTS if (SAID_BY[other] in said) != (other != part)] == []
    assert whole.left_out == "" and rest.left_out.startswith("Left out of this report: “")
    kept = [anchor for block in rest.blocks for anchor in anchors(block)]
    assert kept == [a for a in (x for block in whole.blocks for x in anchors(block)) if a in set(kept)]


def test_what_is_always_there_is_where_it_stands_how_sure_it_is_and_from_which_answers() -> None:
    for language, sum_ in (("en", "Checksum of the answers"), ("de", "Prüfsumme"), ("nl", "Controlegetal")):
        document = compose(full_report(), language, parts=parts_without(PARTS))
        found = [anchor for block in document.blocks for anchor in anchors(block)]
        assert found == ["decisions", "contents", "glance", "certainty", "method"]
        assert sum_ in as_text(document) or "SHA-256" in as_text(document)


@settings(max_examples=12, deadline=None)
@given(some_parts)
def test_no_link_leads_to_what_was_left_out_and_the_contents_name_what_is_there(parts: Parts) -> None:
    document = compose(full_report(), "en", parts=parts)
    known = {anchor for block in document.blocks for anchor in anchors(block)}
    assert {link for block in document.blocks for link in links(block)} <= known
    (contents,) = [block for block in document.blocks if block.kind == "contents"]
    assert {entry.anchor for entry in contents.entries} <= known


@settings(max_examples=12, deadline=None)
@given(some_parts, st.sampled_from(("nordlicht", "seeblick")))
def test_no_sentence_sends_the_reader_to_a_chapter_that_is_not_there(parts: Parts, name: str) -> None:
    report = full_report() if name == "nordlicht" else large_report()
    said = words(parts, report)
    if "legal" not in parts:
        assert "on the legal page" not in said
    if "roadmap" not in parts:
        assert "see the roadmap" not in said and "in the roadmap" not in said
    if "answers" not in parts and "method" not in parts:
        assert "in the appendix" not in said


def test_taking_links_out_takes_no_word_out() -> None:
    only = parts_without(["roadmap"])
    assert "M0" in words(only) or "measure" in words(only).lower()
    document = compose(full_report(), "en", parts=only)
    assert all(not link.startswith("measure-") for block in document.blocks for link in links(block))


def test_a_questionnaire_of_any_kind_can_leave_out_each_of_its_chapters() -> None:
    assert "service-transformation" in questionnaire_ids()
    for part in parts_of(small_report(), "de"):
        assert compose(small_report(), "de", parts=parts_without([part])).left_out


# ── the files ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def short() -> bytes:
    return BY_FORMAT["pdf"].render(full_report(), "en", parts=parts_without(["answers", "method", "roadmap"]))


def test_a_pdf_without_chapters_says_so_on_its_contents_and_lacks_them(short: bytes) -> None:
    whole = pages(BY_FORMAT["pdf"].render(full_report(), "en"))
    said = pages(short)
    assert len(said) < len(whole) - 20
    assert (
        "Left out of this report: “Roadmap and measures”, “Every answer” and “The method in full”." in said[2]
    )
    assert not any("Left out of this report" in page for page in whole)
    assert SAID_BY["answers"] not in " ".join(said) and SAID_BY["legal"] in " ".join(said)
    assert [entry["/Title"] for entry in PdfReader(BytesIO(short)).outline][-1] == "Origin"


def test_a_pdf_without_chapters_is_as_accessible_as_a_whole_one(short: bytes) -> None:
    assert broken_rules(short, "ua1") == "" and broken_rules(short, "3a") == ""
    assert faults_of_structure(short) == []
    bare = BY_FORMAT["pdf"].render(full_report(), "nl", parts=parts_without(PARTS))
    assert broken_rules(bare, "ua1") == "" and faults_of_structure(bare) == []


def test_the_whole_report_travels_inside_a_pdf_whatever_its_pages_leave_out(short: bytes) -> None:
    inside = PdfReader(BytesIO(short)).attachments["report.json"][0]
    assert Report.model_validate_json(inside) == full_report()


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx", "xlsx"])
def test_the_same_choice_gives_the_same_bytes_and_another_gives_others(form: str) -> None:
    render = BY_FORMAT[form].render
    first, second = (
        render(small_report(), "de", parts=Parts(chosen=names))
        for names in (("legal", "dimensions"), ("dimensions", "legal"))
    )
    assert first == second
    assert first != render(small_report(), "de") == render(small_report(), "de", parts=EVERYTHING)


def test_a_pdf_knows_which_chapters_it_has_only_where_some_were_left_out(short: bytes) -> None:
    edition = PdfReader(BytesIO(short)).attachments["edition.json"][0]
    assert Edition.model_validate_json(edition).parts.without == ("roadmap", "answers", "method")
    whole = PdfReader(BytesIO(BY_FORMAT["pdf"].render(small_report(), "en"))).attachments["edition.json"][0]
    assert b"parts" not in whole and Edition.model_validate_json(whole).parts == EVERYTHING


def test_a_report_without_chapters_is_verified_like_any_other() -> None:
    raw = BY_FORMAT["pdf"].render(small_report(), "de", parts=parts_without(["answers", "legal"]))
    found = verify(raw, file="report.pdf")
    assert found.right and found.same_bytes


def test_word_and_slides_leave_out_what_the_pages_leave_out_and_say_so() -> None:
    parts = parts_without(["legal", "roadmap", "method"])
    document = WordFile(BytesIO(BY_FORMAT["docx"].render(full_report(), "en", parts=parts)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert SAID_BY["legal"] not in said and "Left out of this report" in said
    slides = Presentation(BytesIO(BY_FORMAT["pptx"].render(full_report(), "en", parts=parts))).slides
    shown = "\n".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )
    assert "ROADMAP" not in shown.upper().split("LEFT OUT OF THIS REPORT")[0] or "Left out" in shown
    assert (
        "Left out of this report: “Legal status”, “Roadmap and measures” and “The method in full”." in shown
    )
    whole = Presentation(BytesIO(BY_FORMAT["pptx"].render(full_report(), "en"))).slides
    assert len(slides) < len(whole) - 4


def test_a_workbook_keeps_answers_and_method_on_which_its_formulas_rest() -> None:
    exporter = BY_FORMAT["xlsx"]
    assert exporter.keeps == ("answers", "method") and BY_FORMAT["json"].keeps == PARTS
    whole, rest = (
        load_workbook(BytesIO(exporter.render(full_report(), "en", parts=parts))).sheetnames
        for parts in (EVERYTHING, parts_without(PARTS))
    )
    assert set(whole) - set(rest) == {
        "Roadmap",
        "Measures",
        "Legal status",
        "Value and figures",
        "People and agreement",
    }
    assert {"Result", "Answers", "Scores", "Method"} <= set(rest)
    book = load_workbook(BytesIO(exporter.render(full_report(), "en", parts=parts_without(PARTS))))
    told = " ".join(str(cell.value) for row in book["Method"].iter_rows() for cell in row if cell.value)
    names = "“Legal status”, “Roadmap and measures”, “Value and figures” and “People and agreement”"
    assert f"Left out of this report: {names}." in told


# ── the command line ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_line_leaves_out_the_chapters_that_are_named(answers: Path, tmp_path: Path) -> None:
    whole, rest = tmp_path / "whole.pdf", tmp_path / "rest.pdf"
    assert run("report", answers, "-o", whole, "--no-trade-off").exit_code == 0
    assert run("report", answers, "-o", rest, "--no-trade-off", "--without", "answers, method").exit_code == 0
    assert len(PdfReader(rest).pages) < len(PdfReader(whole).pages)
    assert SAID_BY["answers"] in " ".join(pages(whole.read_bytes()))
    assert SAID_BY["answers"] not in " ".join(pages(rest.read_bytes()))


def test_the_command_line_knows_no_chapter_of_another_name(answers: Path, tmp_path: Path) -> None:
    result = run("report", answers, "-o", tmp_path / "a.pdf", "--without", "answers,methode")
    assert result.exit_code == 1
    assert "there is no chapter “methode”" in result.stderr and "Did you mean “method”?" in result.stderr
    assert not (tmp_path / "a.pdf").exists()


def test_the_command_line_says_what_a_format_keeps(answers: Path, tmp_path: Path) -> None:
    result = run("report", answers, "-o", tmp_path / "a.json", "--no-trade-off", "--without", "answers")
    assert result.exit_code == 0 and "Note: .json always has answers." in result.stderr
    plain = run("report", answers, "-o", tmp_path / "b.json", "--no-trade-off")
    assert "Note" not in plain.stderr
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_many_reports_are_made_without_the_chapters_too(answers: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "one.json").write_bytes(answers.read_bytes())
    made = tmp_path / "reports"
    result = run("report", folder, "-o", made, "--no-trade-off", "--without", "answers")
    assert result.exit_code == 0, result.output
    (file,) = made.iterdir()
    assert SAID_BY["answers"] not in " ".join(pages(file.read_bytes()))
