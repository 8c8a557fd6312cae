"""Figures beside the answers: written, kept, held against what was answered, and taken to the value in three cases."""

import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.journeys.conftest import Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey

MILLION = {"en": "6,000,000", "de": "6.000.000", "nl": "6.000.000", "de-CH": "6’000’000"}


def to_the_figures(user: Visitor, language: str) -> None:
    user.open(f"/?lang={language}")
    user.button(word("Open the sample", language))
    user.page.get_by_role("tab").first.wait_for()
    user.page.get_by_role("link", name=word("Figures", language)).first.click()
    user.page.locator(".st-key-card-aht").wait_for()
    user.settle()


def field(user: Visitor, figure: str) -> Locator:
    return user.page.locator(f".st-key-card-{figure} input")


def write(user: Visitor, place: Locator, written: str) -> None:
    place.fill(written)
    place.press("Enter")
    user.settle()


def tab(user: Visitor, name: str) -> None:
    user.page.get_by_role("tab", name=name, exact=True).click()
    user.settle()


@pytest.mark.parametrize("language", ["nl", "de-CH"])
def test_a_key_figure_is_kept_through_a_reload_and_shown_with_its_definition(
    visit: Visits, language: str
) -> None:
    user = visit(language)
    to_the_figures(user, language)
    write(user, field(user, "fcr"), "71 %")
    expect(user.page.locator(".st-key-card-fcr").get_by_text(word("Saved", language))).to_be_visible()
    user.page.reload()
    user.page.locator(".st-key-card-fcr").wait_for()
    expect(field(user, "fcr")).to_have_value("71")
    tab(user, word("What it may be worth", language))
    assert "71" in user.page.get_by_role("row").filter(has_text="FCR").first.inner_text()
    assert user.outside == []


def group(user: Visitor, name: str) -> None:
    user.page.locator("[data-testid=stRadio]").first.get_by_text(name, exact=True).click()
    user.settle()


def page(user: Visitor, name: str) -> None:
    user.page.get_by_role("link", name=name, exact=True).first.click()
    user.page.wait_for_url(f"**/{name.lower()}?**")
    user.page.locator("h1").first.wait_for()
    user.settle()


def test_what_was_saved_is_still_there_after_looking_elsewhere(visit: Visits) -> None:
    """Another group, another page, another language and back, for key figures and for the value model."""
    user = visit("en")
    to_the_figures(user, "en")
    write(user, field(user, "aht"), "330")
    group(user, "Cost")
    group(user, "Handling and resolution")
    expect(field(user, "aht")).to_have_value("330")
    page(user, "Results")
    page(user, "Figures")
    user.page.locator(".st-key-card-aht").wait_for()
    expect(field(user, "aht")).to_have_value("330")
    tab(user, "Value model")
    cost = user.page.locator(".st-key-card-value-full-time-cost input")
    write(user, cost.nth(1), "51,000")
    user.page.get_by_role("radiogroup").filter(has_text="Office space").get_by_text("Office space").click()
    user.settle()
    user.page.get_by_role("radiogroup").filter(has_text="Office space").get_by_text(
        "Volume and cost today"
    ).click()
    user.settle()
    expect(cost.nth(1)).to_have_value("51,000")
    user.speak("Deutsch")
    user.page.get_by_role("heading", name="Zahlen und Nutzen").wait_for()
    expect(field(user, "aht")).to_have_count(1)  # what was drawn in English is gone
    expect(field(user, "aht")).to_have_value("330")
    user.page.reload()
    user.page.locator(".st-key-card-aht").wait_for()
    expect(field(user, "aht")).to_have_value("330")


def test_a_number_goes_over_what_was_not_known_or_said_not_to_apply(visit: Visits, tmp_path: Path) -> None:
    """As an answers file may have it: the field says so, and what one writes then stands."""
    answers = tmp_path / "answers.json"
    states = {"aht": {"state": "unknown"}, "fcr": {"state": "not_applicable", "reason": "counted nowhere"}}
    head = {"questionnaire": "service-transformation", "version": "1.1.0", "answers": states}
    answers.write_text(json.dumps(head), "utf-8")
    user = visit("en")
    user.open("/?lang=en")
    user.page.locator("input[type=file]").set_input_files(answers)
    user.button("Open the file")
    page(user, "Figures")
    card = user.page.locator(".st-key-card-aht")
    expect(card.get_by_text("We don't know")).to_be_visible()
    expect(user.page.locator(".st-key-card-fcr").get_by_text("counted nowhere")).to_be_visible()
    for name, number in (("aht", "400"), ("fcr", "70")):
        write(user, field(user, name), number)
    expect(card.get_by_text("We don't know")).to_have_count(0)
    user.page.reload()
    card.wait_for()
    expect(field(user, "aht")).to_have_value("400")
    expect(field(user, "fcr")).to_have_value("70")


def test_ends_on_the_wrong_side_are_told_while_one_writes(visit: Visits) -> None:
    user = visit("en")
    to_the_figures(user, "en")
    tab(user, "Value model")
    card = user.page.locator(".st-key-card-value-contacts")
    write(user, card.locator("input").nth(0), "900,000")
    expect(card.get_by_text("not in rising order")).to_be_visible()
    write(user, card.locator("input").nth(0), "500,000")
    expect(card.get_by_text("not in rising order")).to_have_count(0)


def test_a_number_that_cannot_be_is_told_and_stays_on_screen_until_it_is_mended(visit: Visits) -> None:
    user = visit("en")
    to_the_figures(user, "en")
    write(user, field(user, "aht"), "999999")
    expect(user.page.locator(".st-key-card-aht").get_by_text("at most 7,200")).to_be_visible()
    expect(field(user, "aht")).to_have_value("999999")
    write(user, field(user, "aht"), "a while")
    expect(user.page.locator(".st-key-card-aht").get_by_text("in digits")).to_be_visible()
    write(user, field(user, "aht"), "400")
    expect(user.page.locator(".st-key-card-aht").get_by_text("Saved")).to_be_visible()


def test_a_figure_that_does_not_fit_the_answers_is_asked_about(visit: Visits) -> None:
    """The sample says that agents look articles up; that hardly any contact has one does not go with it."""
    user = visit("en")
    to_the_figures(user, "en")
    user.page.locator("[data-testid=stRadio]").first.get_by_text("Home work, resilience and change").click()
    user.settle()
    write(user, field(user, "home-share"), "55")
    user.open(user.page.url.replace("/figures", "/questions").split("&p=")[0] + "&p=w1")
    user.choose("w1-q4", 0)
    user.page.get_by_role("link", name="Results").first.click()
    user.page.get_by_text("55%").first.wait_for()
    assert "Home share" in user.text()


@pytest.mark.parametrize("language", ["nl", "de-CH"])
def test_the_value_model_counts_with_what_one_writes_and_calls_the_rest_examples(
    visit: Visits, language: str
) -> None:
    user = visit(language)
    to_the_figures(user, language)
    tab(user, word("Value model", language))
    cost = user.page.locator(".st-key-card-value-service-cost input")
    expect(cost).to_have_count(3)
    write(user, cost.nth(1), MILLION[language])
    tab(user, word("What it may be worth", language))
    row = user.page.get_by_role("row").filter(has_text=word("Cost a year", language)).first
    expect(row).to_be_visible()
    shown = user.text()
    assert word("example", language) in shown
    assert MILLION[language] in shown
    user.page.get_by_role("link", name=word("Report", language)).first.click()
    with user.page.expect_download() as download:
        user.button(word("Download the PDF", language))
    pages = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    assert any(word("Cost a year", language) in page.extract_text() for page in pages)


def test_the_reason_for_a_question_and_the_duties_of_ones_countries_open_on_demand(visit: Visits) -> None:
    user = visit("en")
    to_the_figures(user, "en")
    user.open(user.page.url.replace("/figures", "/questions").split("&p=")[0] + "&p=l3")
    card = user.page.locator(".st-key-card-l3-q2")
    card.get_by_text("Why we ask this").click()
    expect(card.get_by_text("GDPR Arts. 35 and 36")).to_be_visible()
    expect(card.get_by_text("ISO/IEC 27001:2022")).to_be_visible()
    assert "UK GDPR" not in card.inner_text(), "the sample works in Germany and the Netherlands"
