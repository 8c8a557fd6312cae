"""What a user types is never lost: by reload, another device, language, second tab, or a crash."""

import sqlite3
import urllib.request

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey


def begin(user: Visitor) -> str:
    """Start a complete assessment and return the address of its first questions."""
    user.open()
    user.button("Start the complete version")
    user.page.get_by_role("heading", name="Your organisation").wait_for()
    user.button("To the questions")
    user.page.locator(".st-key-card-w1-q1").wait_for()
    user.settle()
    return user.page.url


def write_comment(user: Visitor, question: str, text: str) -> None:
    card = user.page.locator(f".st-key-card-{question}")
    card.get_by_text("Evidence and comment").first.click()
    area = card.locator("textarea")
    area.wait_for()
    area.fill(text)
    area.press("Control+Enter")
    user.settle()


def test_a_reload_and_another_device_show_what_was_answered(visit: Visits) -> None:
    user = visit("en")
    begin(user)
    user.choose("w1-q1", 2)
    user.choose("w1-q2", 5)
    write_comment(user, "w1-q1", "Naïve <b>übermut</b> & =SUM(A1) *nicht fett*")
    user.page.reload()
    user.page.locator(".st-key-card-w1-q1").wait_for()
    user.settle()
    user.expect_chosen("w1-q1", 2)
    user.expect_chosen("w1-q2", 5)
    user.expect_chosen("w1-q3", None)
    device = visit("de")
    device.open(user.page.url.replace("lang=en", "lang=de"))
    device.page.locator(".st-key-card-w1-q1").wait_for()
    device.settle()
    device.expect_chosen("w1-q1", 2)
    device.expect_chosen("w1-q2", 5)
    card = device.page.locator(".st-key-card-w1-q1")
    card.get_by_text(word("Evidence and comment", "de"), exact=True).click()
    expect(card.locator("textarea")).to_have_value("Naïve <b>übermut</b> & =SUM(A1) *nicht fett*")


def test_changing_the_language_at_any_point_loses_nothing(visit: Visits) -> None:
    user = visit("en")
    begin(user)
    user.choose("w1-q1", 3)
    write_comment(user, "w1-q1", "seen in March")
    for name, language in (("Deutsch", "de"), ("Nederlands", "nl"), ("English", "en")):
        user.speak(name)
        user.page.wait_for_function("wanted => document.documentElement.lang === wanted", arg=language)
        user.settle()
        user.expect_chosen("w1-q1", 3)
        assert "p=" not in user.page.url or user.page.locator(".st-key-card-w1-q1").count() == 1
    card = user.page.locator(".st-key-card-w1-q1")
    if not card.locator("textarea").count():
        card.get_by_text("Evidence and comment").click()
    expect(card.locator("textarea")).to_have_value("seen in March")


def test_not_applicable_is_saved_only_with_its_reason(visit: Visits) -> None:
    user = visit("en")
    begin(user)
    user.choose("w1-q1", 6)
    card = user.page.locator(".st-key-card-w1-q1")
    card.get_by_text("Not saved yet").wait_for()
    user.button("Next")
    user.page.locator(".st-key-card-w2-q1").wait_for()
    user.button("Back")
    card.get_by_text("Not saved yet").wait_for()
    user.expect_chosen("w1-q1", 6)
    reason = card.get_by_label("Why does this not apply? (needed)")
    reason.fill("No service work is done at home.")
    reason.press("Enter")
    user.wait_for_saved("w1-q1")
    user.page.reload()
    user.page.locator(".st-key-card-w1-q1").wait_for()
    user.settle()
    user.expect_chosen("w1-q1", 6)


def test_two_tabs_do_not_overwrite_each_other_silently(visit: Visits) -> None:
    first, second = visit("en"), visit("en")
    address = begin(first)
    second.open(address)
    second.page.locator(".st-key-card-w1-q1").wait_for()
    second.settle()
    first.choose("w1-q1", 1)
    second.choose("w1-q1", 4)
    second.page.get_by_text("This answer was changed elsewhere in the meantime").wait_for()
    first.page.reload()
    first.page.locator(".st-key-card-w1-q1").wait_for()
    first.settle()
    first.expect_chosen("w1-q1", 1)
    second.button("Save my answer")
    second.wait_for_saved("w1-q1")
    first.page.reload()
    first.page.locator(".st-key-card-w1-q1").wait_for()
    first.settle()
    first.expect_chosen("w1-q1", 4)


def test_an_answer_shown_as_saved_survives_a_killed_server_and_the_page_goes_on(
    own_server: Server, browser: Browser
) -> None:
    visits = Visits(browser, own_server.url)
    user = visits("en")
    address = begin(user)
    user.choose("w1-q1", 4)
    user.wait_for_saved("w1-q1")
    own_server.kill()
    with sqlite3.connect(own_server.data / "assessment.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        assert database.execute("select value from answer where question = 'w1-q1'").fetchone() == ("5",)
    own_server.start()
    user.open(address)
    user.page.locator(".st-key-card-w1-q1").wait_for()
    user.settle()
    user.expect_chosen("w1-q1", 4)
    visits.close()


def test_an_unknown_link_is_explained_and_leads_back_to_the_start(visit: Visits) -> None:
    user = visit("en")
    user.open("/results?a=this-link-was-never-given-out")
    user.page.locator("[data-testid=stAlert]").first.wait_for()
    user.button("Back to the start")
    user.page.get_by_role("button", name="Start the short version").wait_for()


def test_the_last_answer_of_a_topic_does_not_turn_the_page(visit: Visits) -> None:
    user = visit("en")
    user.open()
    user.button("Start the short version")
    user.page.get_by_role("heading", name="Your organisation").wait_for()
    user.button("To the questions")
    user.page.locator(".st-key-card-w1-q2").wait_for()
    user.settle()
    user.choose("w1-q2", 2)
    user.wait_for_saved("w1-q2")
    write_comment(user, "w1-q2", "still here")
    user.expect_chosen("w1-q2", 2)


def test_the_short_version_widens_to_the_complete_one_with_its_answers(visit: Visits) -> None:
    user = visit("en")
    user.open()
    user.button("Start the short version")
    user.page.get_by_role("heading", name="Your organisation").wait_for()
    user.button("To the questions")
    user.page.locator(".st-key-card-w1-q2").wait_for()
    user.settle()
    assert user.cards() == ["w1-q2"]
    user.choose("w1-q2", 3)
    user.wait_for_saved("w1-q2")
    user.page.get_by_role("link", name="Start").first.click()
    user.button("Widen to the complete version")
    user.page.locator(".st-key-card-w1-q1").wait_for()
    user.settle()
    assert user.cards() == ["w1-q1", "w1-q2", "w1-q3", "w1-q4"]
    user.expect_chosen("w1-q2", 3)


def test_a_second_assessment_in_the_same_tab_finds_nothing_of_the_first(visit: Visits) -> None:
    user = visit("en")
    first = begin(user)
    user.choose("w1-q1", 4)
    user.wait_for_saved("w1-q1")
    other = visit("en")
    second = begin(other)
    user.page.evaluate("address => history.pushState({}, '', address)", second)
    user.page.evaluate("address => history.pushState({}, '', address)", first)
    user.page.go_back()
    user.settle()
    other.page.reload()
    other.page.locator(".st-key-card-w1-q1").wait_for()
    other.settle()
    other.expect_chosen("w1-q1", None)


def test_answers_typed_faster_than_they_are_drawn_are_all_saved(visit: Visits) -> None:
    user = visit("en")
    user.open("/?lang=en")
    user.button("Start the complete version")
    user.page.wait_for_url("**/profile?**")
    user.button("To the questions")
    user.page.wait_for_url("**/questions?**")
    user.settle()
    for page in range(3):
        user.page.locator("[class*='st-key-card-']").nth(1).wait_for()
        cards = user.cards()
        user.page.locator(f".st-key-card-{cards[0]} input").first.focus()
        for number, _ in enumerate(cards):
            user.page.keyboard.press(str(1 + number % 2))
            user.page.keyboard.press("Enter")
        address = user.page.url
        user.page.locator(".st-key-next button").click()
        user.page.wait_for_timeout(300)
        again = visit("en")
        user.settle()
        again.open(address)
        for number, card in enumerate(cards):
            again.expect_chosen(card, number % 2)
        again.page.close()
        assert user.page.url != address, f"page {page} was turned"


def test_a_comment_is_saved_and_the_page_is_turned_by_one_click(visit: Visits) -> None:
    user = visit("en")
    user.open("/?lang=en")
    user.button("Start the complete version")
    user.page.wait_for_url("**/profile?**")
    user.button("To the questions")
    user.page.wait_for_url("**/questions?**")
    user.settle()
    for turned in (".st-key-next button", ".st-key-to-review button"):
        card = user.page.locator(f".st-key-card-{user.cards()[0]}")
        card.locator("summary").last.click()
        card.locator("textarea").click()
        card.locator("textarea").press_sequentially("as Ms Example says")
        address, title = user.page.url, user.page.locator("h1").inner_text()
        user.page.locator(turned).click()
        expect(user.page.locator("h1")).not_to_have_text(title)
        user.settle()
        again = visit("en")
        again.open(address)
        again.page.locator(f".st-key-card-{again.cards()[0]} summary").last.click()
        comment = again.page.locator(f".st-key-card-{again.cards()[0]} textarea")
        expect(comment).to_have_value("as Ms Example says")


def test_a_server_that_is_stopped_leaves_one_file(own_server: Server) -> None:
    with urllib.request.urlopen(f"{own_server.url}/readyz"):  # it has opened the database
        assert (own_server.data / "assessment.db-wal").exists()
    assert own_server.process
    own_server.process.terminate()
    own_server.process.wait(timeout=30)
    assert [file.name for file in own_server.data.glob("assessment.db*")] == ["assessment.db"]
