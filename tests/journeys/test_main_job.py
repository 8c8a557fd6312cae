"""The main job in a real browser, in each language: answer, see where one stands, plan, download."""

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journeys.conftest import Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

LANGUAGES = ("en", "de", "nl")


def fill_in_the_profile(user: Visitor, language: str) -> None:
    user.page.locator("[data-testid=stCheckbox] label").first.click()
    user.settle()
    for group in range(user.page.locator("[role=radiogroup]").count()):
        user.page.locator("[role=radiogroup]").nth(group).locator("label").nth(0).click()
        user.settle()
    user.button(word("To the questions", language))


def answer_every_question(user: Visitor, language: str) -> list[str]:
    answered = []
    for _ in range(40):
        for number, card in enumerate(user.cards()):
            user.choose(
                card,
                (len(answered) + number) % 2 if card.startswith("g") else 1 + (len(answered) + number) % 3,
            )
            answered.append(card)
        forward = user.page.get_by_role("button", name=word("Next", language), exact=True)
        if forward.count() == 0:
            break
        before = user.page.locator("h1").first.inner_text()
        forward.first.click()
        user.page.wait_for_function("before => document.querySelector('h1').innerText !== before", arg=before)
        user.settle()
    user.button(word("To the review", language))
    user.button(word("To the results", language))
    return answered


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manager_answers_the_short_version_and_takes_the_report_to_the_board(
    visit: Visits, language: str
) -> None:
    user = visit(language)
    user.open()
    assert user.page.locator("html").get_attribute("lang") == language
    user.button(word("Start the short version", language))
    fill_in_the_profile(user, language)
    answered = answer_every_question(user, language)
    assert len(answered) == len(set(answered)) >= 30
    user.page.get_by_text(word("level as rated", language)).first.wait_for()
    user.page.get_by_role("link", name=word("Roadmap", language)).first.click()
    capacity = user.page.locator("[data-testid=stNumberInput] input").first
    capacity.fill("30")
    capacity.press("Enter")
    user.settle()
    user.page.get_by_text("30").first.wait_for()
    user.page.get_by_role("link", name=word("Report", language)).first.click()
    user.page.get_by_role("button", name=word("Download the PDF", language)).wait_for()
    user.settle()
    with user.page.expect_download() as download:
        user.page.get_by_role("button", name=word("Download the PDF", language)).click()
    pdf = PdfReader(download.value.path())
    assert len(pdf.pages) >= 12
    assert pdf.trailer["/Root"]["/Lang"] == language
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert word("What we do not know", language) in text.replace("\n", " ")
    assert user.outside == [], "the page asked for something from outside"


def test_the_sample_opens_with_a_result_that_opens_down_to_its_answers(visit: Visits) -> None:
    user = visit("en")
    user.open()
    user.button("Open the sample")
    user.page.get_by_text("level as rated").first.wait_for()
    user.page.get_by_role("tab", name="Every number").click()
    user.settle()
    assert "The index is the weighted mean of these" in user.text()
    user.page.get_by_role("tab", name="Legal status", exact=True).click()
    user.settle()
    assert "not met" in user.text()
    assert user.outside == []


def test_answers_taken_out_as_a_file_come_back_in(visit: Visits, tmp_path: Path) -> None:
    user = visit("en")
    user.open()
    user.button("Open the sample")
    user.page.get_by_text("level as rated").first.wait_for()
    user.page.get_by_role("link", name="Report").first.click()
    user.page.get_by_role("button", name="Download the answers").wait_for()
    user.settle()
    with user.page.expect_download() as download:
        user.page.get_by_role("button", name="Download the answers").click()
    saved = tmp_path / "answers.json"
    download.value.save_as(saved)
    first = json.loads(saved.read_text("utf-8"))
    other = visit("en")
    other.open()
    other.page.locator("input[type=file]").set_input_files(saved)
    other.settle()
    other.button("Open the file")
    other.page.get_by_text("level as rated").first.wait_for()
    other.page.get_by_role("link", name="Report").first.click()
    other.page.get_by_role("button", name="Download the answers").wait_for()
    other.settle()
    with other.page.expect_download() as again:
        other.page.get_by_role("button", name="Download the answers").click()
    second = json.loads(Path(again.value.path()).read_text("utf-8"))
    for data in (first, second):
        for answer in data["answers"].values():
            if isinstance(answer, dict):
                answer.pop("at", None)
    assert second == first


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.json", b"", "the file is empty"),
        ("binary.json", bytes(range(256)), "not a text file"),
        (
            "other.json",
            b'{"questionnaire": "service-transformation", "version": "9.0.0", "answers": {}}',
            "version 9.0.0",
        ),
        (
            "ids.json",
            b'{"questionnaire": "service-transformation", "version": "1.0.0", "answers": {"w1-q22": 3, "w1-q2": 9}}',
            "w1-q22",
        ),
    ],
)
def test_a_wrong_file_is_explained_and_nothing_is_lost(
    visit: Visits, name: str, content: bytes, said: str
) -> None:
    user = visit("en")
    user.open()
    user.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": io.BytesIO(content).getvalue()}
    )
    user.settle()
    user.button("Open the file")
    user.page.get_by_text(said).first.wait_for()
    assert user.page.get_by_role("button", name="Start the short version").is_visible()
