"""The report's page in a real browser: what is chosen is what the preview shows and what is downloaded."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from assessment.i18n import catalogue
from assessment.ui.paper import leaf
from assessment.ui.preview import WIDTH
from tests.journeys.conftest import Visitor, Visits
from tests.journeys.test_reports import at_the_report, downloaded
from tests.journeys.words import word

pytestmark = pytest.mark.journey


def picture(user: Visitor) -> Locator:
    """The page that is shown; the preview stands in a shadow tree, which locators look into."""
    found = user.page.locator(".desk img")
    found.wait_for()
    user.settle()
    return found


def page_shown(user: Visitor) -> int:
    return int(user.page.locator(".goto input").input_value())


def count_shown(user: Visitor) -> int:
    picture(user)
    (number,) = re.findall(r"\d+", user.page.locator(".goto").inner_text())
    return int(number)


def turned_to(user: Visitor, page: int, language: str = "en") -> None:
    """Wait until this page is the one that is drawn."""
    count = count_shown(user)
    begins = catalogue(language).t("Page {page} of {pages}: {text}", page=page, pages=count, text="")
    expect(picture(user)).to_have_attribute("alt", re.compile(f"^{begins}.+"))


def untick(user: Visitor, chapter: str, language: str) -> None:
    before = count_shown(user)
    user.page.get_by_text(word(chapter, language), exact=True).first.click()
    of = user.page.locator(".goto")
    expect(of).not_to_contain_text(str(before))
    user.settle()


def text_of(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_what_is_chosen_is_what_is_shown_and_what_is_shown_is_what_is_downloaded(
    visit: Visits, tmp_path: Path
) -> None:
    user = at_the_report(visit, "en")
    whole = count_shown(user)
    untick(user, "Every answer", "en")
    untick(user, "The method in full", "en")
    rest = count_shown(user)
    assert rest < whole - 5
    user.page.get_by_text("Deutsch", exact=True).first.click()
    expect(picture(user)).to_have_attribute("alt", re.compile("Kundenservice"))
    user.settle()

    saved = tmp_path / "report.pdf"
    saved.write_bytes(downloaded(user, word("Download the PDF", "en")).read_bytes())
    raw = saved.read_bytes()
    assert len(PdfReader(saved).pages) == count_shown(user)
    said = text_of(saved)
    german = catalogue("de")
    assert german.t("Comments stand as they were written.") not in said
    assert german.t("How the figures are made") not in said and "SHA-256" in said
    for page in (1, 2, 3):
        turned_to(user, page)
        source = picture(user).evaluate("one => one.src")
        assert user.page.request.get(source).body() == leaf(sha256(raw).hexdigest(), page, WIDTH, raw).png
        user.page.get_by_role("button", name="Next page").click()
    again = downloaded(user, word("Download the PDF", "en")).read_bytes()
    assert again == raw
    assert user.outside == []


def test_the_choice_is_kept_while_one_looks_at_another_page(visit: Visits) -> None:
    user = at_the_report(visit, "en")
    untick(user, "Legal status", "en")
    rest = count_shown(user)
    user.page.get_by_role("link", name="Results").first.click()
    user.page.get_by_text("level as rated").first.wait_for()
    user.page.get_by_role("link", name="Report").first.click()
    assert count_shown(user) == rest
    expect(user.page.get_by_role("checkbox", name="Legal status")).not_to_be_checked()
    expect(user.page.get_by_role("checkbox", name="Every answer")).to_be_checked()


def test_pages_are_turned_with_the_keyboard_and_the_focus_stays_where_it_is(visit: Visits) -> None:
    user = at_the_report(visit, "en")
    count = count_shown(user)
    assert page_shown(user) == 1
    user.page.get_by_role("button", name="Next page").focus()
    for key, page in (
        ("Enter", 2),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("End", count),
        ("Enter", count),
        ("Home", 1),
    ):
        user.page.keyboard.press(key)
        turned_to(user, page)
        expect(user.page.get_by_role("button", name="Next page")).to_be_focused()
    user.page.keyboard.press("Shift+Tab")
    field = user.page.get_by_label("Go to page")
    expect(field).to_be_focused()
    field.fill("7")
    field.press("Enter")
    turned_to(user, 7)
    field.fill("9999")
    field.press("Enter")
    turned_to(user, count)
    strip = user.page.locator(".strip button")
    assert [int(number) for number in strip.all_inner_texts()] == list(range(count - 4, count + 1))
    expect(user.page.locator(".strip [aria-current]")).to_have_accessible_name(f"Page {count} of {count}")
    strip.nth(2).focus()
    user.page.keyboard.press("Enter")
    turned_to(user, count - 2)
    expect(user.page.locator(".strip [aria-current]")).to_be_focused()
    user.page.locator(".desk").focus()
    user.page.keyboard.press("ArrowLeft")
    turned_to(user, count - 3)


def test_on_a_phone_in_the_dark_nothing_hangs_over_and_a_page_can_be_made_large_enough_to_read(
    visit: Visits,
) -> None:
    user = visit("nl", width=390, dark=True)
    user.open()
    user.button(word("Open the sample", "nl"))
    user.page.get_by_text(word("level as rated", "nl")).first.wait_for()
    user.page.get_by_role("link", name=word("Report", "nl")).first.click()
    picture(user)
    user.page.get_by_role("button", name=word("Next page", "nl")).click()
    turned_to(user, 2, "nl")
    whole = user.page.locator(".paper").bounding_box()
    assert whole is not None and whole["width"] < 390
    user.page.get_by_role("button", name=word("Larger", "nl")).click()
    large = user.page.locator(".paper").bounding_box()
    assert large is not None and large["width"] > 1.8 * whole["width"]
    assert user.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert (
        user.page.locator(".paper").evaluate("e => getComputedStyle(e).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    sizes = [
        box for each in user.page.locator(".place button, .place input").all() if (box := each.bounding_box())
    ]
    assert len(sizes) > 8 and min(min(box["width"], box["height"]) for box in sizes) >= 24
    assert user.faults(grave=True) == {}


def test_the_page_is_accessible_on_a_wide_screen_too(visit: Visits) -> None:
    user = at_the_report(visit, "de")
    untick(user, "Every answer", "de")
    assert user.faults(grave=True) == {}
