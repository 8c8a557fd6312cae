"""The form to fill in without this program: what is written into it comes back, in whichever language, and nothing is lost or run."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet
from assessment.authoring import opening
from assessment.cli import main
from assessment.document.conditions_said import applies_when
from assessment.document.form_marks import DAY, MARKS, NAME, ROLE, SHEET
from assessment.errors import AnswersError, ReportError
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire
from tests.conftest import a_questionnaire, level_question, section
from tests.form_samples import NOW, WHO, a_form, as_written, back, filled, opened, places, saved, sure
from tests.strategies import questionnaires, sheets

EVERY = read_questionnaire(str(Path(__file__).parent / "every-type"))
LANGUAGES = ("en", "de", "nl")

GIVEN = (
    Answer(question="way", value=2, evidence="documented", comment="=SUM(A1:A9)"),
    Answer(question="handover", value=0),
    Answer(question="called-back", value="mostly", evidence="stated"),
    Answer(question="known-error", state="unknown"),
    Answer(question="privacy", value=False, comment="Wird geprüft."),
    Answer(question="first-contact", value=62.5, evidence="verified"),
    Answer(question="requests", value=12_345),
    Answer(question="tools", value=("tickets", "remote")),
    Answer(question="protected", value=()),
    Answer(question="missing", value="=1+1\nTime & <quiet>"),
)
"""An answer of every type, and texts that a spreadsheet would run."""


def said(answers: Any) -> list[tuple[Any, ...]]:
    return [
        (one.question, one.state, one.value, one.reason, one.evidence, one.comment)
        for one in sorted(answers, key=lambda one: str(one.question))
    ]


def contents(answers: Any, known: Questionnaire, language: str) -> dict[tuple[str, str], Any]:
    made: dict[tuple[str, str], Any] = {}
    for answer in answers:
        made |= as_written(answer, known, language)
    return made


def as_text(raw: bytes, cells: Mapping[tuple[str, str], Any]) -> bytes:
    """Fill in as a spreadsheet does whose cells are texts: what begins with = stays a text."""
    book = opened(raw)
    found = places(book)
    found[NAME, "answer"].value = WHO
    for place, content in cells.items():
        found[place].value = content
        if isinstance(content, str):
            found[place].data_type = "s"
    return saved(book)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_of_every_type_comes_back_as_it_was_given(language: str) -> None:
    raw = as_text(
        a_form(EVERY, language), contents(GIVEN, EVERY, language) | sure(GIVEN[0], "fairly", language)
    )
    returned = back(raw, EVERY)
    assert returned.problems == ()
    assert said(one.answer for one in returned.answers) == said(GIVEN)
    by = {one.answer.question: one for one in returned.answers}
    assert by["way"].confidence == "fairly" and by["handover"].confidence is None
    assert {one.answer.respondent for one in returned.answers} == {WHO}
    assert {one.answer.at for one in returned.answers} == {NOW}


def test_a_form_in_one_language_is_understood_where_it_was_filled_in_in_another() -> None:
    for language in LANGUAGES:
        for other in LANGUAGES:
            numbers = [answer for answer in GIVEN if not isinstance(answer.value, float)]
            raw = as_text(a_form(EVERY, language), contents(numbers, EVERY, other))
            assert said(
                one.answer for one in back(raw, EVERY).answers if one.answer.question != "requests"
            ) == said(answer for answer in numbers if answer.question != "requests"), (language, other)


@given(known=questionnaires(), data=st.data())
@settings(max_examples=25)
def test_whatever_is_answered_in_whatever_questionnaire_comes_back(
    known: Questionnaire, data: st.DataObject
) -> None:
    sheet: AnswerSheet = data.draw(sheets(known))
    given_ = [
        answer
        for answer in sheet.answers
        if answer.state != "open" and answer.question in known.questions_by_id
    ]
    returned = back(as_text(a_form(known), contents(given_, known, "en")), known)
    assert returned.problems == ()
    assert [one[:3] for one in said(one.answer for one in returned.answers)] == [
        one[:3] for one in said(given_)
    ]


def is_admitted(answer: Answer) -> bool:
    if answer.value is None:
        return True
    try:
        EVERY.answerable[answer.question].admit(answer.value)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@settings(max_examples=12)
def test_whatever_is_answered_comes_back_in_every_language(language: str, data: st.DataObject) -> None:
    sheet: AnswerSheet = data.draw(sheets(EVERY))
    given_ = [answer for answer in sheet.answers if answer.state != "open" and is_admitted(answer)]
    returned = back(as_text(a_form(EVERY, language), contents(given_, EVERY, language)), EVERY)
    assert returned.problems == ()
    assert [one[:3] for one in said(one.answer for one in returned.answers)] == [
        one[:3] for one in said(given_)
    ]


def resaved(raw: bytes, folder: Path) -> bytes:
    """Let LibreOffice open the form and save it."""
    program = shutil.which("soffice")
    assert program, "no LibreOffice found; `make test` installs one"
    (folder / "given").mkdir()
    (folder / "given" / "form.xlsx").write_bytes(raw)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    where = ["--outdir", str(folder / "made"), str(folder / "given" / "form.xlsx")]
    subprocess.run(
        [program, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", *where],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "made" / "form.xlsx").read_bytes()


def test_a_form_that_libreoffice_has_saved_says_the_same(tmp_path: Path) -> None:
    raw = as_text(a_form(EVERY, "de"), contents(GIVEN, EVERY, "de"))
    again = resaved(raw, tmp_path)
    assert said(one.answer for one in back(again, EVERY).answers) == said(GIVEN)
    assert back(again, EVERY).problems == ()
    # it is still a form: what was hidden is hidden, what offers choices offers them
    book = opened(again)
    assert book[SHEET].sheet_state != "visible"
    assert any(sheet.data_validations.dataValidation for sheet in book.worksheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_locked_but_for_what_is_filled_in_and_offers_what_can_be_chosen(language: str) -> None:
    book = opened(a_form(EVERY, language))
    cells = places(book)
    c = catalogue(language)
    for (identifier, field), cell in cells.items():
        is_item = "/" in identifier and field not in ("answer",)
        is_open = field != "question" and not is_item
        assert cell.protection.locked is not is_open, (identifier, field)
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert [sheet.sheet_state for sheet in book.worksheets][-2:] == ["veryHidden", "veryHidden"]
    texts = {
        cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value
    }
    for question in EVERY.questions_by_id.values():
        assert any(question.label.localize(language) in str(text) for text in texts)
    for anchor in EVERY.questions_by_id["way"].anchors.values():  # type: ignore[union-attr]
        assert any(anchor.localize(language) in str(text) for text in texts)
    assert c.t("We don't know") in texts and c.t("Fairly sure") in texts
    assert any(EVERY.title.localize(language) == text for text in texts)


def test_every_list_in_the_shipped_form_is_short_enough_for_excel_and_names_cells_that_are_there() -> None:
    known = read_questionnaire("service-transformation")
    for language in LANGUAGES:
        book = opened(a_form(known, language))
        for sheet in book.worksheets:
            for rule in sheet.data_validations.dataValidation:
                assert rule.formula1 is not None and rule.formula1.startswith("'form-lists'!$A$")
                first, last = (
                    int(part) for part in rule.formula1.removeprefix("'form-lists'!$A$").split(":$A$")
                )
                assert all(book["form-lists"].cell(row, 1).value for row in range(first, last + 1))


def test_the_short_form_asks_only_the_questions_of_the_short_edition() -> None:
    known = read_questionnaire("service-transformation")
    ids = {identifier.partition("/")[0] for identifier, _ in places(opened(a_form(known, short=True)))}
    assert ids - {NAME, ROLE, DAY} == {one.id for one in known.questions_by_id.values() if one.short}
    assert back(a_form(known, short=True), known).short


def test_the_same_form_has_the_same_bytes() -> None:
    assert a_form(EVERY) == a_form(EVERY)


def test_a_language_that_the_questionnaire_lacks_is_refused() -> None:
    with pytest.raises(ReportError, match="the questionnaire has no language “fr”"):
        a_form(EVERY, "fr")


@pytest.mark.parametrize(
    ("language", "question", "typed", "value"),
    [
        ("en", "way", 2, 2),
        ("en", "way", 2.0, 2),
        ("en", "way", " 2 ", 2),
        ("en", "way", "2.", 2),
        ("en", "way", "Level 2", 2),
        ("de", "way", "Stufe 2", 2),
        ("de", "way", "vereinbart", 2),
        ("nl", "way", "2 - afgesproken", 2),
        ("en", "way", "There is one written way for all.", 2),
        ("en", "handover", "0", 0),
        ("en", "called-back", "MOSTLY\u00a0", "mostly"),
        ("de", "called-back", "meistens", "mostly"),
        ("en", "called-back", "Meestal", "mostly"),
        ("de", "privacy", "ja", True),
        ("nl", "privacy", "Nee", False),
        ("en", "privacy", True, True),
        ("en", "privacy", 0, False),
        ("en", "requests", "1,234", 1234),
        ("de", "requests", "1.234 ", 1234),
        ("de", "requests", "2 Tsd.", 2000),
        ("de", "first-contact", "62,5 %", 62.5),
        ("de", "first-contact", "62.5", 62.5),
        ("en", "first-contact", 62.5, 62.5),
        ("en", "missing", 2026, "2026"),
        ("en", "missing", "unknown", "unknown"),
    ],
)  # fmt: skip
def test_what_people_write_in_place_of_a_choice_is_understood(
    language: str, question: str, typed: Any, value: Any
) -> None:
    returned = back(filled(a_form(EVERY, language), {(question, "answer"): typed}), EVERY)
    assert returned.problems == ()
    [one] = returned.answers
    assert (one.answer.value, type(one.answer.value)) == (value, type(value))


def test_a_number_shown_as_percent_is_read_as_it_is_shown() -> None:
    book = opened(filled(a_form(EVERY), {("first-contact", "answer"): 0.45}))
    places(book)["first-contact", "answer"].number_format = "0%"
    [one] = back(saved(book), EVERY).answers
    assert one.answer.value == 45


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({("way", "answer"): "between 2 and 3"}, "Ways of working › D5: “between 2 and 3” is not understood as the answer: it is none of the answers"),
        ({("way", "answer"): 7}, "Ways of working › D5: “7” is not understood as the answer: must be from 1 to 3."),
        ({("way", "answer"): "=1+1"}, "Ways of working › D5: a formula stands here, which is not worked out: =1+1.\n    Write the answer itself in its place."),
        ({("way", "comment"): "=HYPERLINK(\"http://x\")"}, "Ways of working › H5: a formula stands here"),
        ({("first-contact", "answer"): "about half"}, "it is no number.\n    Write a number in digits, for example 1,234.5."),
        ({("first-contact", "answer"): 140}, "“140” is not understood as the answer: must be at most 100."),
        ({("first-contact", "answer"): date(2026, 3, 1)}, "the spreadsheet has made a date of what was written here: 2026-03-01."),
        ({("privacy", "answer"): "perhaps"}, "Choose one of: Yes; No; We don't know; Does not apply to us."),
        ({("privacy", "answer"): "Does not apply to us"}, "Ways of working › E9: why the question does not apply is missing."),
        ({("privacy", "answer"): "Yes", ("privacy", "evidence"): "certainly"}, "“certainly” is none of the words that can stand here.\n    Choose one"),
        ({("privacy", "answer"): "Yes", ("privacy", "confidence"): "very"}, "Choose one of: Sure; Fairly sure; Unsure."),
        ({("tools/tickets", "answer"): "maybe"}, "“maybe” is not understood as the answer: only yes or no can be said here.\n    Choose “Yes” or “No”."),
        ({("tools/tickets", "answer"): "no"}, "others not at all.\n    Say yes or no to each, or choose “None of these” above them."),
        ({("tools/tickets", "answer"): "yes", ("tools", "answer"): "We don't know"}, "items are ticked, and “We don't know” is chosen above them."),
        ({("missing", "answer"): "x" * 501}, "must have at most 500 characters."),
        ({(DAY, "answer"): "31/31/2026"}, "“31/31/2026” is no day.\n    Write it for example as 30/11/2026."),
        ({(DAY, "answer"): "1/1/2030"}, "the day 2030-01-01 has not come yet."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_by_sheet_and_cell(
    cells: Mapping[tuple[str, str], Any], told: str
) -> None:
    problems = back(filled(a_form(EVERY), cells), EVERY).problems
    assert len(problems) == 1
    assert told in str(problems[0])
    assert str(problems[0]).startswith("form.xlsx: ")


def test_all_problems_come_at_once_and_what_was_understood_is_kept() -> None:
    cells = {
        ("way", "answer"): "two and a half",
        ("way", "comment"): "On the way to three.",
        ("way", "evidence"): "Documented",
        ("handover", "answer"): "9",
        ("privacy", "answer"): "Yes",
        ("privacy", "reason"): "Since March.",
    }
    returned = back(filled(a_form(EVERY), cells, who=None), EVERY, "survey of Kim.xlsx")
    assert len(returned.problems) == 3
    assert "the form does not say who filled it in." in str(returned.problems[0])
    assert returned.contribution.respondent == "survey of Kim"
    by = {one.answer.question: one.answer for one in returned.contribution.answers}
    assert (by["way"].state, by["way"].comment, by["way"].evidence) == (
        "open",
        "On the way to three.",
        "documented",
    )
    assert (by["privacy"].value, by["privacy"].comment) == (True, "Since March.")
    assert "handover" not in by


def test_who_in_which_role_and_when_come_along() -> None:
    cells = {(ROLE, "answer"): "Teamleitung", (DAY, "answer"): "3.11.2026", ("way", "answer"): "2"}
    contribution = back(filled(a_form(EVERY, "de"), cells), EVERY).contribution
    assert (contribution.respondent, contribution.role) == (WHO, "Teamleitung")
    [one] = contribution.answers
    assert one.answer.at == datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert contribution.received_at == NOW
    for written in (date(2026, 11, 3), "2026-11-03", "03.11.26"):
        again = back(filled(a_form(EVERY, "de"), cells | {(DAY, "answer"): written}), EVERY)
        assert again.contribution.answers[0].answer.at == one.answer.at


def test_rows_that_were_sorted_and_columns_that_were_moved_are_found_by_their_marks() -> None:
    book = opened(as_text(a_form(EVERY), contents(GIVEN, EVERY, "en")))
    for sheet in book.worksheets[1:3]:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head = next(number for number, row in enumerate(rows) if MARKS["question"] in row)
        sheet.delete_rows(1, len(rows))
        moved = [rows[head], *reversed(rows[head + 1 :])]
        for number, row in enumerate(moved, start=3):
            for column, value in enumerate([*row[4:], *row[:4]], start=2):
                cell: Any = sheet.cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        sheet.title = f"Renamed {sheet.title[:5]}"
    returned = back(saved(book), EVERY)
    assert returned.problems == ()
    assert said(one.answer for one in returned.answers) == said(GIVEN)


def test_a_row_that_was_copied_is_told_if_it_says_otherwise() -> None:
    book = opened(filled(a_form(EVERY), {("way", "answer"): "2"}))
    sheet = places(book)["way", "answer"].parent
    for row, answer in ((40, "2"), (41, "3")):
        sheet.cell(row, 4).value, sheet.cell(row, 9).value = answer, "way"
    returned = back(saved(book), EVERY)
    assert [str(one) for one in returned.problems] == [
        "form.xlsx: Ways of working › D41: the question “way” stands here a second time, with another answer.\n"
        "    Keep one of the two rows; the first was read."
    ]
    assert [one.answer.value for one in returned.answers] == [2]


def test_a_form_of_another_version_is_told_and_what_still_exists_is_read() -> None:
    older = a_questionnaire(section("s", level_question("a"), level_question("gone")), version="0.9.0")
    newer = a_questionnaire(section("s", level_question("a"), level_question("new")), version="1.0.0")
    returned = back(filled(a_form(older), {("a", "answer"): "2", ("gone", "answer"): "3"}), newer)
    assert [one.answer.question for one in returned.answers] == ["a"]
    assert "the form was made for version 0.9.0 of the questionnaire; this is version 1.0.0." in str(
        returned.notices[0]
    )
    assert "there is no question “gone” in this questionnaire, so the answer was not read." in str(
        returned.problems[0]
    )
    empty = back(filled(a_form(older), {("a", "answer"): "2"}), newer)
    assert empty.problems == ()


def refused(raw: bytes, known: Questionnaire = EVERY) -> str:
    with pytest.raises(AnswersError) as caught:
        back(raw, known)
    return str(caught.value)


def without(raw: bytes, part: str, body: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, body if name.endswith(part) else old.read(name))
    return out.getvalue()


def test_files_that_are_no_forms_or_attack_the_reader_are_refused_with_what_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = a_form(EVERY)
    assert "form.xlsx: the file is empty." in refused(b"")
    assert "looks like a text file" in refused(b"name;answer\n")
    bomb = without(raw, "sheet2.xml", b" " * 70_000_000)
    assert len(bomb) < 400_000 and "unpacks to more than 60 MB" in refused(bomb)
    nested = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert "defines XML entities" in refused(without(raw, "sheet2.xml", nested))
    other = opened(raw)
    other.remove(other[SHEET])
    assert "this workbook is no form that this program has made" in refused(saved(other))
    newer = opened(raw)
    newer[SHEET].cell(2, 2).value = 2
    assert "made by another version of this program (form 2, this one reads 1)" in refused(saved(newer))
    assert "the form belongs to the questionnaire “every-type”, not to “small”." in refused(
        raw, a_questionnaire()
    )
    monkeypatch.setattr(opening, "MOST_BYTES", 1_000)
    assert "more than 0 MB is not read." in refused(raw)


def test_what_a_problem_says_is_said_in_the_readers_language() -> None:
    [problem] = back(filled(a_form(EVERY, "de"), {("way", "answer"): "zwei bis drei"}), EVERY).problems
    for language in ("de", "nl"):
        told = problem.text(catalogue(language).t)
        assert "is not understood" not in told and "zwei bis drei" in told and "Arbeitsweise › D5" in told


def test_when_a_question_applies_stands_beneath_it() -> None:
    c = catalogue("en")
    by = EVERY.questions_by_id
    assert applies_when(by["way"], EVERY, c) == ""
    assert applies_when(by["known-error"], EVERY, c) == (
        "Applies only if it is not so that “How is a request handled?” is answered with “level 1”."
    )
    assert applies_when(by["protected"], EVERY, c) == (
        "Applies only if “How many people work at the desk?” is answered with “more than 10” or "
        "“How many requests come in?” is answered with 100 or more."
    )


# ── on the command line ──────────────────────────────────────────────────────────────────────────────────────────────


FOLDER = str(Path(__file__).parent / "every-type")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """Answers that somebody gave already."""
    path = tmp_path / "answers.json"
    answers = {"way": {"value": 1, "respondent": "Ada Muster"}, "privacy": True}
    head = {"questionnaire": "every-type", "version": "1.0.0", "organisation": "Muster GmbH"}
    path.write_text(json.dumps({**head, "profile": {"size": "large"}, "answers": answers}), "utf-8")
    return path


def handed_in(folder: Path, name: str, cells: Mapping[tuple[str, str], Any]) -> Path:
    path = folder / f"{name}.xlsx"
    assert run("form", FOLDER, "-o", path, "--force").exit_code == 0
    path.write_bytes(filled(path.read_bytes(), cells, who=name))
    return path


def test_forms_are_written_filled_in_and_put_together(there: Path, tmp_path: Path) -> None:
    kim = handed_in(
        tmp_path,
        "Kim Beispiel",
        {("way", "answer"): 1, ("handover", "answer"): 2, ("known-error", "answer"): "Never"},
    )
    lou = handed_in(
        tmp_path, "Lou Voorbeeld", {("requests", "answer"): "120", ("protected/locked", "answer"): "x"}
    )
    merged = tmp_path / "merged.json"
    result = run("merge", there, kim, lou, "-o", merged, "-q", FOLDER)
    assert result.exit_code == 0, result.output
    assert "3 answers taken over, 0 replaced, 0 kept." in result.output
    assert "known-error is not asked as things stand, so it was left out" in result.output
    data = json.loads(merged.read_text("utf-8"))
    assert data["organisation"] == "Muster GmbH"
    assert data["answers"]["way"]["respondent"] == "Ada Muster"
    assert (data["answers"]["handover"]["value"], data["answers"]["handover"]["respondent"]) == (
        2,
        "Kim Beispiel",
    )
    assert data["answers"]["protected"]["value"] == ["locked"]
    assert "at" in data["answers"]["handover"]
    assert run("score", merged, "-q", FOLDER).exit_code == 0


def test_a_conflict_is_told_and_nothing_is_written_before_somebody_decides_it(
    there: Path, tmp_path: Path
) -> None:
    kim = handed_in(
        tmp_path,
        "Kim Beispiel",
        {("way", "answer"): 3, ("way", "confidence"): "Sure", ("privacy", "answer"): "No"},
    )
    lou = handed_in(tmp_path, "Lou Voorbeeld", {("way", "answer"): 2})
    merged = tmp_path / "merged.json"

    def merging(*more: str) -> Result:
        return run("merge", there, kim, lou, "-o", merged, "-q", FOLDER, "--force", *more)

    result = merging()
    assert result.exit_code == 1 and not merged.exists()
    for told in (
        "way differs: How is a request handled?",
        "  there: Level 1: Everybody has a way of their own.",
        "  Kim Beispiel: Level 3: The written way is measured every month. (none, sure, ",
        "  Lou Voorbeeld: Level 2: There is one written way for all. (none, ",
        "2 questions have answers that differ; nothing was written. Say --take NAME or --keep.",
    ):
        assert told in result.output

    only_lou = merging("--take", "Lou Voorbeeld")
    assert only_lou.exit_code == 1 and not merged.exists()
    assert "1 question has answers that differ" in only_lou.output

    assert merging("--take", "Lou Voorbeeld", "--take", "Kim Beispiel").exit_code == 0
    answers = json.loads(merged.read_text("utf-8"))["answers"]
    assert (answers["way"]["value"], answers["way"]["respondent"]) == (2, "Lou Voorbeeld")
    assert (answers["privacy"]["value"], answers["privacy"]["respondent"]) == (False, "Kim Beispiel")

    assert merging("--keep").exit_code == 0
    answers = json.loads(merged.read_text("utf-8"))["answers"]
    assert (answers["way"]["value"], answers["privacy"]) == (1, True)

    assert merging("--take", "Lou Voorbeeld", "--keep").exit_code == 0
    answers = json.loads(merged.read_text("utf-8"))["answers"]
    assert (answers["way"]["value"], answers["privacy"]) == (2, True)


def test_what_is_wrong_with_forms_is_told_for_all_of_them_and_files_are_not_replaced_silently(
    there: Path, tmp_path: Path
) -> None:
    kim = handed_in(tmp_path, "Kim Beispiel", {("way", "answer"): "seven"})
    lou = handed_in(tmp_path, "Lou Voorbeeld", {("privacy", "answer"): "=TODAY()"})
    junk = tmp_path / "junk.xlsx"
    junk.write_text("way;2")
    merged = tmp_path / "merged.json"
    result = run("merge", there, kim, lou, junk, "-o", merged, "-q", FOLDER)
    assert result.exit_code == 1 and not merged.exists()
    assert "3 problems." in result.output
    assert "Kim Beispiel.xlsx: Ways of working › D5" in result.output
    assert "a formula stands here, which is not worked out: =TODAY()." in result.output
    assert "looks like a text file" in result.output
    assert (
        "nobody called “Kim”"
        in run(
            "merge",
            there,
            handed_in(tmp_path, "Kim Beispiel", {}),
            "--take",
            "Kim",
            "-o",
            merged,
            "-q",
            FOLDER,
        ).output
    )
    assert "there is a file of this name." in run("form", FOLDER, "-o", kim).output
    there_already = run("merge", there, kim, "-o", there, "-q", FOLDER)
    assert there_already.exit_code == 1 and "there is a file of this name." in there_already.output
    assert run("form", FOLDER, "-o", tmp_path / "form.ods").exit_code == 2
