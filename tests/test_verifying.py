"""What a report says is computed again from the answers inside it; whatever was changed is named."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image
from pypdf import PdfReader

from assessment.brand import UNBRANDED, Brand
from assessment.cli import main
from assessment.document import compose
from assessment.errors import AnswersError
from assessment.exports.json import render as render_json
from assessment.exports.pdf import EDITION, REPORT, _inside, render
from assessment.exports.pdf.pages import set_document
from assessment.loader import logo_from, read_sample, read_upload
from assessment.loader.sheets import read_report_or_sheet
from assessment.report import Earlier, Report, Subject, assess, with_roadmap, with_trade_off
from assessment.roadmap import Capacity, plan
from assessment.verifying import verify
from tests.report_samples import HELD, START, report_of, small, small_report, small_sheet

BRAND = Brand(name="Musterberatung (fiktiv)", colour="#6B2D5C", footer="Nur für den Auftraggeber")


@cache
def pdf() -> bytes:
    return render(small_report(), "de", brand=BRAND)


def with_other_index(report: Report) -> Report:
    """The report with an index that its answers do not give; nothing else is touched."""
    overall = report.scorecard.overall
    assert overall.value is not None and overall.certain
    better = overall.model_copy(update={"value": overall.value + 1})
    return report.model_copy(update={"scorecard": report.scorecard.model_copy(update={"overall": better})})


def with_other_answer(report: Report) -> Report:
    """The report with an answer that is not the one it was made from."""
    answers = tuple(
        answer.model_copy(update={"value": 5}) if answer.question == "p1" else answer
        for answer in report.sheet.answers
    )
    return report.model_copy(update={"sheet": report.sheet.model_copy(update={"answers": answers})})


def mixed(pages: Report, inside: Report) -> bytes:
    """A PDF whose pages are of one report and whose data is of another."""
    return set_document(compose(pages, "de"), files=_inside(inside, "de", UNBRANDED))


def as_told(file: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["verify", str(file)])
    return result.exit_code, result.output


# ── what is right ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_report_as_it_was_written_is_right_to_the_byte_in_its_language_and_brand() -> None:
    found = verify(pdf(), file="report.pdf")
    assert found.right and found.same_bytes and found.plan_found_again
    assert found.pages == len(PdfReader(BytesIO(pdf())).pages)
    assert found.numbers > 100 and found.values > 500
    assert not found.questionnaire_known


def with_logo(logo: bytes) -> bytes:
    brand = Brand.model_construct(name="Muster", colour=None, accent=None, footer="", logo=logo)
    return set_document(
        compose(small_report(), "de", brand=brand), brand, files=_inside(small_report(), "de", brand)
    )


def test_a_logo_is_set_again_only_if_this_program_has_written_it() -> None:
    raw = BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(raw, "PNG", dpi=(72, 72))
    own = logo_from(raw.getvalue(), name="logo.png")
    assert own != raw.getvalue() and verify(with_logo(own), file="x.pdf").right
    with pytest.raises(AnswersError, match="in which language and brand"):
        verify(with_logo(raw.getvalue()), file="x.pdf")


def test_the_sample_is_right_and_its_questionnaire_is_known_with_everything_a_report_can_hold(
    tmp_path: Path,
) -> None:
    questionnaire, sheet, subject = read_sample("nordlicht", language="nl")
    before = Earlier(
        questionnaire=questionnaire,
        sheet=sheet.model_copy(update={"answers": sheet.answers[::2]}),
        subject=subject.model_copy(update={"held_on": HELD.replace(year=2025)}),
    )
    report = assess(
        questionnaire, sheet, subject=subject, capacity=Capacity(start=START, per_month=12), earlier=before
    )
    file = tmp_path / "report.pdf"
    file.write_bytes(render(with_trade_off(report), "nl"))
    code, said = as_told(file)
    assert code == 0
    assert "none differs" in said and "Note:" not in said and "not a signature" in said


def test_a_report_as_data_is_right(tmp_path: Path) -> None:
    found = verify(render_json(small_report(), "en"), file="report.json")
    assert found.right and found.pages == 0 and found.values > 500


def test_a_plan_that_another_search_found_is_right_if_what_it_says_of_itself_is() -> None:
    questionnaire, sheet, subject = read_sample("nordlicht", language="en")
    capacity = Capacity(start=START, per_month=12)
    report = assess(questionnaire, sheet, subject=subject, capacity=capacity)
    hasty = with_roadmap(report, plan(questionnaire, sheet, capacity=capacity, moves=1))
    assert hasty.roadmap != report.roadmap
    found = verify(render_json(hasty, "en"), file="report.json")
    assert found.right and not found.plan_found_again and found.questionnaire_known


def test_a_plan_that_cannot_be_is_not_right() -> None:
    report = small_report()
    capacity = report.roadmap.capacity
    richer = plan(
        report.questionnaire, report.sheet, capacity=capacity.model_copy(update={"per_month": 200.0})
    )
    assert len(richer.slots) > len(report.roadmap.slots)
    dreamed = with_roadmap(report, richer.model_copy(update={"capacity": capacity}))
    found = verify(render_json(dreamed, "en"), file="report.json")
    assert not found.right and not found.plan_found_again


def test_what_another_program_saved_again_is_right_and_not_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "again.pdf"
    with pikepdf.open(BytesIO(pdf())) as opened:
        opened.save(file)
    found = verify(file.read_bytes(), file="again.pdf")
    assert found.right and not found.same_bytes
    code, said = as_told(file)
    assert code == 0 and "not byte for byte" in said


# ── what was changed ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_number_changed_on_the_pages_is_named_with_its_page_and_the_data_is_not_blamed() -> None:
    report = small_report()
    found = verify(mixed(with_other_index(report), report), file="x.pdf")
    assert found.data == () and found.printed
    assert {difference.where for difference in found.printed} & {"page 1", "page 2"}
    assert all(difference.said != difference.ought for difference in found.printed)


def test_digits_changed_in_the_file_itself_are_named(tmp_path: Path) -> None:
    report = small_report()
    plain = render(report, "de")
    with pikepdf.open(BytesIO(plain)) as opened:
        page = opened.pages[1]
        operations = list(pikepdf.parse_content_stream(page))
        swapped = False
        for number, (operands, operator) in enumerate(operations):
            if str(operator) == "Tj" and len(bytes(operands[0])) > 3 and not swapped:
                text = bytes(operands[0])
                operations[number] = ([pikepdf.String(text[1::-1] + text[2:])], operator)
                swapped = text[0] != text[1]
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(operations))
        opened.save(tmp_path / "changed.pdf")
    assert swapped
    found = verify((tmp_path / "changed.pdf").read_bytes(), file="changed.pdf")
    assert [difference.where for difference in found.printed] == ["page 2"]
    assert found.data == ()


def test_an_answer_changed_inside_is_found_in_the_data_and_on_the_pages(tmp_path: Path) -> None:
    report = small_report()
    file = tmp_path / "report.pdf"
    file.write_bytes(mixed(report, with_other_answer(report)))
    found = verify(file.read_bytes(), file="x.pdf")
    assert any(difference.where.startswith("scorecard") for difference in found.data)
    assert found.printed
    code, said = as_told(file)
    assert code == 1 and "ought to say" in said


def test_a_score_changed_inside_and_on_the_pages_alike_is_found_because_the_answers_do_not_give_it() -> None:
    other = with_other_index(small_report())
    found = verify(render(other, "de"), file="x.pdf")
    assert found.printed == ()
    assert [difference.where for difference in found.data if difference.where.endswith("value")]


def test_a_questionnaire_changed_inside_is_told_as_one_that_is_not_installed() -> None:
    questionnaire, sheet, subject = read_sample("nordlicht", language="en")
    lighter = questionnaire.model_copy(update={"minimum_coverage": 0.1})
    report = assess(lighter, sheet, subject=subject, capacity=Capacity(start=START, per_month=12))
    assert not verify(render_json(report, "en"), file="x.json").questionnaire_known


# ── what cannot be verified ──────────────────────────────────────────────────────────────────────────────────────────


def without_files(raw: bytes, *names: str) -> bytes:
    with pikepdf.open(BytesIO(raw)) as opened:
        for name in names:
            del opened.attachments[name]
        out = BytesIO()
        opened.save(out)
        return out.getvalue()


def locked(raw: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(raw)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (lambda raw: without_files(raw, REPORT, EDITION), "no report inside"),
        (lambda raw: without_files(raw, EDITION), "in which language"),
        (lambda raw: raw[: len(raw) // 3], "cannot be read"),
        (lambda _: b"%PDF-1.7 and nothing else", "cannot be read"),
        (locked, "locked with a password"),
        (lambda _: b"hello", "not a report"),
        (lambda _: b"{}", "not a report"),
        (lambda _: json.dumps({"engine_version": "99.0"}).encode(), "made by version 99.0"),
    ],
    ids=["no files", "no edition", "cut off", "head only", "locked", "no data", "empty", "later version"],
)
def test_what_cannot_be_verified_is_told_with_its_reason(broken: Any, why: str) -> None:
    with pytest.raises(AnswersError, match=why):
        verify(broken(pdf()), file="x.pdf")


# ── next year ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pdf_opens_as_the_answers_it_was_made_from(tmp_path: Path) -> None:
    questionnaire, sheet, subject = read_sample("nordlicht", language="de")
    report = assess(questionnaire, sheet, subject=subject, capacity=Capacity(start=START, per_month=12))
    file = tmp_path / "report.pdf"
    file.write_bytes(render(report, "de"))
    for found in (read_upload(file.read_bytes(), "report.pdf"), read_report_or_sheet(file)):
        assert found == (questionnaire, sheet, subject)


def test_the_next_assessment_starts_from_the_pdf_and_tells_what_has_changed(tmp_path: Path) -> None:
    old, new = tmp_path / "old.pdf", tmp_path / "new.json"
    run = CliRunner().invoke
    assert run(main, ["sample", "-o", str(new)]).exit_code == 0
    data = json.loads(new.read_text("utf-8"))
    assert run(main, ["report", str(new), "-o", str(old), "--no-trade-off"]).exit_code == 0
    raised = [name for name, said in data["answers"].items() if said == 2][:20]
    data["answers"] |= dict.fromkeys(raised, 3)
    data["held_on"] = "2027-11-02"
    new.write_text(json.dumps(data), "utf-8")
    result = run(
        main, ["report", str(new), "-o", str(tmp_path / "next.pdf"), "--since", str(old), "--no-trade-off"]
    )
    assert result.exit_code == 0, result.output
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "next.pdf").pages)
    assert "Since 2 November 2026 the index has moved by +" in text.replace("\n", " ")
    assert as_told(tmp_path / "next.pdf")[0] == 0


def test_an_earlier_assessment_of_another_questionnaire_is_refused() -> None:
    questionnaire, sheet, subject = read_sample("nordlicht", language="en")
    earlier = Earlier(questionnaire=questionnaire, sheet=sheet, subject=subject)
    with pytest.raises(AnswersError, match="nothing in them can be compared"):
        assess(
            small(),
            small_sheet(),
            subject=Subject(held_on=HELD),
            capacity=Capacity(start=START, per_month=1),
            earlier=earlier,
        )


def test_without_an_earlier_assessment_and_without_asking_nothing_is_said_of_change_and_of_other_days() -> (
    None
):
    report = report_of(small(), small_sheet())
    anchors = [getattr(block, "anchor", "") for block in compose(report, "en").blocks]
    assert report.trend is None and report.trade_off is None and "change" not in anchors
