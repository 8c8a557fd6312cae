"""The first page: what one sees before anything is begun, and the assessments that this browser remembers."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.words import word

pytestmark = pytest.mark.journey


def begin(user: Visitor, name: str = "", language: str = "en") -> str:
    """Begin a short assessment of this name, and return its token."""
    user.open(f"/?lang={language}")
    user.button(word("Start the short version", language))
    user.page.get_by_role("heading", name=word("Your organisation", language)).wait_for()
    user.settle()
    if name:
        field = user.page.get_by_label(word("Organisation", language), exact=True)
        field.fill(name)
        field.press("Enter")
        user.settle()
    token = re.search(r"[?&]a=([^&]+)", user.page.url)
    assert token
    user.page.wait_for_function("token => JSON.stringify(localStorage).includes(token)", arg=token[1])
    return token[1]


def close(user: Visitor, language: str = "en") -> None:
    """Go to the start page and close the open assessment."""
    user.page.get_by_role("link", name=word("Start", language)).first.click()
    user.button(word("Close this assessment", language))


def row(user: Visitor, name: str) -> Locator:
    return user.page.locator("section li").filter(has=user.page.get_by_role("heading", name=name, exact=True))


def kept(user: Visitor) -> list[str]:
    """Return the tokens that stand in this browser's storage."""
    stored = user.page.evaluate("() => localStorage.getItem('assessments/')")
    return [link["token"] for link in json.loads(stored or "{}").get("links", [])]


def test_a_closed_assessment_is_found_again_in_this_browser_and_goes_on(visit: Visits) -> None:
    user = visit("en")
    token = begin(user, "Example <b>Parcels</b>")
    close(user)
    expect(row(user, "Example <b>Parcels</b>")).to_contain_text("0 of")
    assert "a=" not in user.page.url
    user.page.reload()
    user.page.get_by_role("button", name="Start the short version").wait_for()
    expect(row(user, "Example <b>Parcels</b>")).to_contain_text("short version")
    user.button("Go on: Example <b>Parcels</b>")
    user.page.get_by_role("heading", name="Your organisation").wait_for()
    assert f"a={token}" in user.page.url
    assert user.outside == []


def test_what_was_used_last_stands_first_and_the_open_one_is_not_listed_twice(visit: Visits) -> None:
    user = visit("en")
    first = begin(user, "First Ltd")
    close(user)
    second = begin(user, "Second Ltd")
    assert kept(user) == [second, first]
    user.page.get_by_role("link", name="Start").first.click()
    user.page.get_by_role("heading", name="My assessments").wait_for()
    user.settle()
    assert user.page.locator("section li h3").all_inner_texts() == ["First Ltd"]
    user.button("Close this assessment")
    expect(user.page.locator("section li")).to_have_count(2)
    assert user.page.locator("section li h3").all_inner_texts() == ["Second Ltd", "First Ltd"]
    user.page.locator("section li").nth(1).get_by_role("button", name="More").click()
    user.page.get_by_role("button", name="See the results").click()
    user.page.wait_for_url("**/results?**")
    assert f"a={first}" in user.page.url
    used_last = "token => JSON.parse(localStorage.getItem('assessments/')).links[0].token === token"
    user.page.wait_for_function(used_last, arg=first)
    user.open("/")
    expect(user.page.locator("section li h3")).to_have_text(["First Ltd", "Second Ltd"])


def test_forgetting_says_what_it_means_before_it_is_done(visit: Visits) -> None:
    user = visit("en")
    token = begin(user, "Example Parcels")
    close(user)
    user.button("More: Example Parcels")
    user.button("Forget on this device")
    user.page.get_by_text("only the private link opens them then").wait_for()
    user.button("Keep in the list")
    expect(row(user, "Example Parcels")).to_be_visible()
    user.button("More: Example Parcels")
    user.button("Forget on this device")
    user.button("Forget on this device")
    expect(user.page.get_by_role("heading", name="My assessments")).to_be_hidden()
    assert kept(user) == []
    user.open("/")
    expect(user.page.get_by_role("heading", name="My assessments")).to_be_hidden()
    user.open(f"/?a={token}")
    user.page.get_by_role("heading", name="Example Parcels").wait_for()


def test_a_shared_computer_keeps_nothing_and_loses_what_it_kept(visit: Visits) -> None:
    user = visit("en")
    begin(user, "Example Parcels")
    close(user)
    box = user.page.get_by_label("This is a shared computer")
    box.check()
    user.button("Cancel")
    expect(box).not_to_be_checked()
    assert len(kept(user)) == 1
    box.check()
    user.button("Remove the list")
    expect(box).to_be_checked()
    assert kept(user) == []
    expect(user.page.get_by_role("heading", name="My assessments")).to_be_hidden()
    user.button("Start the short version")
    user.page.get_by_text("This browser keeps no list").wait_for()
    assert kept(user) == []
    user.page.get_by_role("link", name="Start").first.click()
    user.page.get_by_role("button", name="Close this assessment").wait_for()
    user.settle()
    box.uncheck()
    user.page.get_by_text("Two ways lead back").wait_for()
    user.page.wait_for_function("() => JSON.parse(localStorage.getItem('assessments/')).links.length === 1")


def test_another_browser_sees_nothing_of_it(visit: Visits) -> None:
    user, other = visit("en"), visit("en")
    token = begin(user, "Example Parcels")
    other.open("/")
    other.page.get_by_label("This is a shared computer").wait_for()
    assert "Example Parcels" not in other.text()
    assert kept(other) == []
    other.page.get_by_label("Private link or code").fill(f"{other.url}/?lang=nl&a={token}")
    other.page.keyboard.press("Enter")
    other.page.wait_for_url("**/questions?**")
    other.page.wait_for_function("token => JSON.stringify(localStorage).includes(token)", arg=token)
    assert kept(other) == [token]


def test_a_link_that_opens_nothing_is_told_at_its_field_and_never_remembered(visit: Visits) -> None:
    user = visit("en")
    token = begin(user, "Example Parcels")
    close(user)
    user.page.get_by_label("Private link or code").fill("http://localhost/?a=nothing-is-behind-this")
    user.button("Continue")
    user.page.get_by_text("there is no assessment behind this link").wait_for()
    expect(row(user, "Example Parcels")).to_be_visible()
    assert kept(user) == [token]
    user.page.evaluate(
        """() => {
            const kept = JSON.parse(localStorage.getItem('assessments/'));
            kept.links.push({token: 'gone-from-the-database', at: 1});
            localStorage.setItem('assessments/', JSON.stringify(kept));
        }"""
    )
    user.open("/")
    expect(row(user, "Example Parcels")).to_contain_text("0 of")
    expect(user.page.locator("section li")).to_have_count(1)
    user.page.wait_for_function("() => JSON.parse(localStorage.getItem('assessments/')).links.length === 1")
    assert kept(user) == [token]


def test_a_link_made_to_run_a_script_runs_none(visit: Visits) -> None:
    user = visit("en")
    asked: list[str] = []
    user.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    user.open("/?a=%22%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(2)%3E")
    user.page.get_by_text("there is no assessment behind this link").wait_for()
    user.page.wait_for_timeout(500)
    assert asked == []
    assert kept(user) == []


def test_with_the_database_away_the_list_says_so_and_forgets_nothing(
    own_server: Server, browser: Browser, tmp_path: Path
) -> None:
    visits = Visits(browser, own_server.url)
    user = visits("en")
    tokens = [begin(user, "First Ltd")]
    close(user)
    tokens.insert(0, begin(user, "Second Ltd"))
    close(user)
    with sqlite3.connect(own_server.data / "assessment.db") as database:
        database.execute("pragma wal_checkpoint(truncate)")
    away = tmp_path / "away.db"
    (own_server.data / "assessment.db").rename(away)
    user.open("/")
    user.page.get_by_text("the database does not answer").wait_for()
    assert kept(user) == tokens
    away.rename(own_server.data / "assessment.db")
    user.page.get_by_role("button", name="Try again").click()
    expect(row(user, "First Ltd")).to_contain_text("0 of")
    assert kept(user) == tokens
    for token in tokens:
        assert token not in own_server.log.read_text("utf-8", errors="replace")
    visits.close()


def test_the_private_link_is_copied_and_that_is_said(visit: Visits) -> None:
    user = visit("de")
    user.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=user.url)
    token = begin(user, "Beispiel AG", "de")
    user.page.get_by_role("link", name="Start").first.click()
    user.settle()
    user.page.get_by_role("button", name=word("Copy the link", "de")).click()
    status = user.page.locator(".st-key-open-assessment [role=status]")
    expect(status).to_have_text(word("Copied", "de"))
    assert user.page.evaluate("() => navigator.clipboard.readText()") == f"{user.url}/?a={token}"


def test_the_list_works_by_keyboard_alone(visit: Visits) -> None:
    user = visit("en")
    begin(user, "Example Parcels")
    close(user)
    row(user, "Example Parcels").wait_for()
    user.page.get_by_role("button", name="Go on: Example Parcels").focus()
    user.page.keyboard.press("Tab")
    user.page.keyboard.press("Enter")
    expect(user.page.get_by_role("button", name="See the results")).to_be_focused()
    user.page.keyboard.press("Escape")
    more = user.page.get_by_role("button", name="More: Example Parcels")
    expect(more).to_be_focused()
    expect(user.page.get_by_role("button", name="See the results")).to_be_hidden()
    assert more.evaluate("button => getComputedStyle(button).outlineWidth") == "3px"
    user.page.keyboard.press("Enter")
    user.page.keyboard.press("Shift+Tab")
    user.page.keyboard.press("Shift+Tab")
    expect(user.page.get_by_role("button", name="See the results")).to_be_hidden()
    user.page.keyboard.press("Enter")
    user.page.get_by_role("heading", name="Your organisation").wait_for()


@pytest.mark.parametrize(
    ("language", "width", "dark"),
    [("en", 1440, False), ("de", 820, True), ("nl", 390, True), ("de", 320, False)],
)
def test_start_and_profile_are_accessible_and_hold_on_small_screens(
    visit: Visits, language: str, width: int, dark: bool
) -> None:
    user = visit(language, width=width, dark=dark)
    user.open(f"/?lang={language}")
    user.page.get_by_label(
        word("This is a shared computer: keep no list of assessments in this browser", language)
    ).wait_for()
    assert user.faults(grave=True) == {}
    begin(user, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", language)
    assert user.faults(grave=True) == {}
    fits(user)
    user.page.get_by_role("link", name=word("Start", language)).first.click()
    user.page.get_by_role("button", name=word("Close this assessment", language)).wait_for()
    user.settle()
    assert user.faults(grave=True) == {}
    fits(user)
    user.button(word("Close this assessment", language))
    user.page.locator("section li").get_by_role("button").nth(1).click()
    assert user.faults(grave=True) == {}
    fits(user)


def fits(user: Visitor) -> None:
    """Nothing hangs over the edge, and what can be pressed in the list is large enough."""
    over = user.page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            return main.scrollWidth - main.clientWidth;
        }"""
    )
    assert over <= 0
    for button in user.page.locator("section li button:visible, .line button:visible").all():
        box = button.bounding_box()
        assert box and box["height"] >= 24 and box["width"] >= 24
        assert box["x"] >= 0 and box["x"] + box["width"] <= user.page.evaluate("() => innerWidth")


def test_long_options_of_the_profile_are_not_cut_on_a_phone(visit: Visits) -> None:
    user = visit("de", width=390)
    begin(user, language="de")
    cut = user.page.locator("[data-testid=stCheckbox] p, [data-testid=stRadio] label p").evaluate_all(
        """all => all.filter(one => {
            for (let box = one; box && !box.matches('label'); box = box.parentElement)
                if (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== 'visible') return true;
            return false;
        }).map(one => one.innerText)"""
    )
    assert cut == []
    options = user.page.locator("[data-testid=stCheckbox] p")
    tall = options.evaluate_all("all => Math.max(...all.map(one => one.getBoundingClientRect().height))")
    assert tall > 30, "a long option takes several lines"


def test_none_of_these_and_the_others_take_each_other_back(visit: Visits) -> None:
    user = visit("en")
    begin(user)
    shown = user.page.locator(".st-key-group-duties")
    none = shown.get_by_label("None of these")
    sales = shown.get_by_label("Sales calls or advertising messages")
    none.check(force=True)
    user.settle()
    sales.check(force=True)
    user.settle()
    expect(none).not_to_be_checked()
    expect(sales).to_be_checked()
    none.check(force=True)
    user.settle()
    expect(sales).not_to_be_checked()
    user.page.reload()
    user.page.get_by_role("heading", name="Your organisation").wait_for()
    user.settle()
    expect(none).to_be_checked()
    expect(sales).not_to_be_checked()
    user.page.get_by_text("1 of 13 facts").wait_for()
