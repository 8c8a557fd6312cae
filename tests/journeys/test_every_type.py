"""A questionnaire of one's own with every question type: answered, reloaded, switched to another language, reported."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect
from pypdf import PdfReader

from tests.journeys.conftest import ROOT, Server, Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

NUMBER = "first-contact"
DO_NOT_KNOW, DOES_NOT_APPLY = "We don't know", "Does not apply to us"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that offers the questionnaire of this test, and leaves one out that is not valid."""
    folder = tmp_path_factory.mktemp("questionnaires")
    (folder / "every-type").symlink_to(ROOT / "tests" / "every-type")
    (folder / "unfinished").mkdir()
    (folder / "unfinished" / "questionnaire.yaml").write_text("id: unfinished\nversion: 1.0.0\n", "utf-8")
    before = os.environ.get("ASSESSMENT_QUESTIONNAIRES")
    os.environ["ASSESSMENT_QUESTIONNAIRES"] = str(folder)
    running = Server(tmp_path_factory.mktemp("data"))
    running.start()
    yield running
    running.kill()
    if before is None:
        del os.environ["ASSESSMENT_QUESTIONNAIRES"]
    else:
        os.environ["ASSESSMENT_QUESTIONNAIRES"] = before


@pytest.fixture
def visit_own(browser: Browser, own: Server) -> Iterator[Visits]:
    visits = Visits(browser, own.url)
    yield visits
    visits.close()


def card(user: Visitor, question: str) -> Locator:
    return user.page.locator(f".st-key-card-{question}")


def begin(user: Visitor, language: str = "en") -> None:
    """Choose the questionnaire on the start page and go to its first question."""
    user.open()
    menu = user.page.get_by_role("combobox", name=word("Questionnaire", language))
    menu.click()
    user.page.get_by_role("option").filter(has_text="ervice").last.wait_for()
    titles = user.page.get_by_role("option").all_inner_texts()
    assert not any("nfinished" in title for title in titles), "one that is not valid is not offered"
    user.page.get_by_role(
        "option", name={"en": "Service desk check", "de": "Servicedesk-Check"}[language]
    ).click()
    user.settle()
    user.button(word("Start the complete version", language))
    user.page.get_by_role("heading", name=word("Your organisation", language)).wait_for()
    user.page.locator("[role=radiogroup]").first.locator("label").nth(1).click()
    user.settle()
    user.button(word("To the questions", language))
    card(user, "way").wait_for()
    user.settle()


def state(user: Visitor, question: str, label: str) -> None:
    card(user, question).locator("[role=radiogroup]").first.get_by_text(label, exact=True).click()
    user.settle()


def expect_state(user: Visitor, question: str, label: str) -> None:
    chosen = card(user, question).locator("[role=radiogroup]").first.locator("label").filter(has_text=label)
    expect(chosen.locator("input")).to_be_checked()


def tick(user: Visitor, question: str, label: str) -> None:
    card(user, question).locator("[data-testid=stCheckbox]").filter(has_text=label).locator("label").click()
    user.settle()


def expect_ticked(user: Visitor, question: str, *labels: str) -> None:
    boxes = card(user, question).locator("[data-testid=stCheckbox]")
    boxes.first.wait_for()
    for number in range(boxes.count()):
        box = boxes.nth(number)
        wanted = any(label in box.inner_text() for label in labels)
        expect(box.locator("input")).to_be_checked(checked=wanted)


def field(user: Visitor, question: str) -> Locator:
    return card(user, question).locator("input[type=text], textarea").first


def write(user: Visitor, question: str, text: str) -> None:
    one = field(user, question)
    one.fill(text)
    one.press("Control+Enter" if question == "missing" else "Enter")
    user.settle()


def reload(user: Visitor, question: str) -> None:
    user.page.reload()
    card(user, question).wait_for()
    user.settle()


def no_overhang(user: Visitor) -> None:
    assert user.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 1


@pytest.mark.parametrize("width", [1280, 390])
def test_every_type_is_answered_kept_and_reported(visit_own: Visits, width: int) -> None:
    user = visit_own("en", width=width)
    begin(user)

    # choose: a level, a level on a scale of its own, an option, yes and no
    user.choose("way", 1)
    user.choose("handover", 2)
    user.choose("called-back", 3)
    user.choose("known-error", 1)
    user.choose("privacy", 1)
    for question in ("way", "handover", "called-back", "known-error", "privacy"):
        user.wait_for_saved(question)
    no_overhang(user)
    reload(user, "way")
    user.expect_chosen("handover", 2)
    user.expect_chosen("called-back", 3)
    user.button("Next")
    card(user, NUMBER).wait_for()
    user.settle()

    # a number: outside its limits, unreadable, then right; nothing typed is lost
    write(user, NUMBER, "120")
    card(user, NUMBER).get_by_text("Not saved yet: this must be at most 100.").wait_for()
    user.button("Back")
    card(user, "way").wait_for()
    user.button("Next")
    card(user, NUMBER).get_by_text("Not saved yet").wait_for()
    expect(field(user, NUMBER)).to_have_value("120")
    write(user, NUMBER, "sixty")
    card(user, NUMBER).get_by_text("please write a number in digits").wait_for()
    write(user, NUMBER, "62.5 %")
    user.wait_for_saved(NUMBER)
    write(user, "requests", "1,250")
    user.wait_for_saved("requests")

    # ticks: some, none as an answer of its own, not known, back to some
    tick(user, "tools", "A ticket system")
    tick(user, "tools", "Remote access")
    user.wait_for_saved("tools")
    state(user, "protected", "None of these")
    user.wait_for_saved("protected")
    state(user, "tools", DO_NOT_KNOW)
    expect_ticked(user, "tools")
    user.wait_for_saved("tools")
    tick(user, "tools", "A ticket system")
    expect_state(user, "tools", "As ticked above")
    user.wait_for_saved("tools")

    # a text, and setting a question aside with its reason
    write(user, "missing", "Quiet, & <b>time</b>.")
    user.wait_for_saved("missing")
    no_overhang(user)
    reload(user, NUMBER)
    expect(field(user, NUMBER)).to_have_value("62.5")
    expect(field(user, "requests")).to_have_value("1,250")
    expect_ticked(user, "tools", "A ticket system")
    expect_state(user, "protected", "None of these")
    expect_ticked(user, "protected")
    expect(field(user, "missing")).to_have_value("Quiet, & <b>time</b>.")

    # another language: the same answers, the number in its format
    user.speak("Deutsch")
    user.page.wait_for_function("() => document.documentElement.lang === 'de'")
    user.settle()
    expect(field(user, NUMBER)).to_have_value("62,5")
    expect(field(user, "requests")).to_have_value("1.250")
    expect_ticked(user, "tools", "Ein Ticketsystem")
    expect_state(user, "protected", word("None of these", "de"))
    user.speak("English")
    user.page.wait_for_function("() => document.documentElement.lang === 'en'")
    user.settle()
    expect(field(user, NUMBER)).to_have_value("62.5")
    state(user, "requests", DOES_NOT_APPLY)
    card(user, "requests").get_by_text("Not saved yet").wait_for()
    reason = card(user, "requests").get_by_label("Why does this not apply? (needed)")
    reason.fill("Nobody counts them.")
    reason.press("Enter")
    user.wait_for_saved("requests")

    # the result and the report
    user.button("To the review")
    user.button("To the results")
    user.page.get_by_text("level as rated").first.wait_for()
    user.settle()
    assert "Something went wrong" not in user.text()
    no_overhang(user)
    user.page.get_by_role("tab", name="Every number").click()
    user.settle()
    assert "Something went wrong" not in user.text()
    user.open(user.page.url.replace("/results", "/report"))
    user.page.get_by_role("button", name="Download the PDF").wait_for()
    user.settle()
    with user.page.expect_download() as download:
        user.page.get_by_role("button", name="Download the PDF").click()
    text = "\n".join(page.extract_text() for page in PdfReader(download.value.path()).pages).replace(
        "\n", " "
    )
    for said in (
        "62.5%",
        "1 of 3",
        "None of these",
        "Nobody counts them.",
        "Quiet, & <b>time</b>.",
        "Always",
    ):
        assert said in text, said


def test_a_number_typed_in_one_language_and_not_saved_is_there_in_the_next(visit_own: Visits) -> None:
    user = visit_own("de")
    begin(user, "de")
    user.choose("way", 2)
    user.button(word("Next", "de"))
    card(user, NUMBER).wait_for()
    write(user, NUMBER, "120,5")
    card(user, NUMBER).locator("[data-testid=stAlert]").wait_for()
    user.speak("English")
    user.page.wait_for_function("() => document.documentElement.lang === 'en'")
    user.settle()
    expect(field(user, NUMBER)).to_have_value("120.5")
    card(user, NUMBER).get_by_text("Not saved yet: this must be at most 100.").wait_for()


def test_two_tabs_do_not_overwrite_each_others_ticks(visit_own: Visits) -> None:
    first, second = visit_own("en"), visit_own("en")
    begin(first)
    first.button("Next")
    card(first, "tools").wait_for()
    first.settle()
    second.open(first.page.url)
    card(second, "tools").wait_for()
    second.settle()
    tick(first, "tools", "A ticket system")
    first.wait_for_saved("tools")
    tick(second, "tools", "A knowledge base")
    warning = second.page.get_by_text("This answer was changed elsewhere in the meantime")
    warning.wait_for()
    assert "A ticket system" in warning.inner_text()
    second.button("Keep the other answer")
    expect_ticked(second, "tools", "A ticket system")


def test_one_that_is_not_valid_is_told_on_the_console(own: Server) -> None:
    said = Path(own.log).read_text("utf-8")
    assert "Questionnaire “every-type” from" in said
    assert "“title” is missing." in said
    assert "Questionnaire “unfinished” is left out" in said
