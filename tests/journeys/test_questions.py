"""One question on its page: what an answer changes beside it, and what is folded away while one answers."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessment.loader import read_questionnaire
from assessment.store import Store
from tests.journeys.conftest import Server, Visitor, Visits

pytestmark = pytest.mark.journey

COMMENT = "Seen in the register of March"


def begun(data: Path) -> tuple[str, Store]:
    """Make an assessment with nothing answered; return its link's token and the store that it is in."""
    store = Store(f"sqlite:///{data / 'assessment.db'}")
    known = read_questionnaire("service-transformation")
    return store.create(known.id, known.version, language="en").token, store


def comment(user: Visitor, question: str) -> None:
    """Write a comment and fold it away."""
    card = user.page.locator(f".st-key-card-{question}")
    fold = card.get_by_text("Evidence and comment")
    fold.click()
    area = card.locator("textarea")
    area.fill(COMMENT)
    area.press("Control+Enter")
    user.settle()
    fold.click()
    expect(area).to_have_count(0)
    user.settle()


def test_the_outline_counts_an_answer_while_the_page_stays(visit: Visits, server: Server) -> None:
    token, store = begun(server.data)
    with store:
        user = visit("en")
        user.open(f"/questions?a={token}&p=w2&lang=en")
        here = user.page.locator(".st-key-outline [aria-current]")
        left = user.page.locator(".st-key-outline summary .left")
        whole = left.inner_text()
        expect(here).to_contain_text("0/4")
        user.choose("w2-q1", 2)
        user.wait_for_saved("w2-q1")
        expect(here).to_contain_text("1/4")
        user.choose("w2-q2", 6)  # “does not apply”, its reason still missing: not answered yet
        expect(here).to_contain_text("1/4")
        user.page.locator(".st-key-card-w2-q2 input[type=text]").fill("We have no home workplaces yet")
        user.page.keyboard.press("Enter")
        expect(here).to_contain_text("2/4")
        expect(left).not_to_have_text(whole)
        user.choose("w2-q1", 3)
        user.settle()
        expect(here).to_contain_text("2/4")
        user.page.reload()
        expect(here).to_contain_text("2/4")


def test_a_comment_that_is_folded_away_stays_whatever_is_answered_above_it(
    visit: Visits, server: Server
) -> None:
    token, store = begun(server.data)
    with store:
        user = visit("en")
        user.open(f"/questions?a={token}&p=w2&lang=en")
        comment(user, "w2-q1")
        for option in (1, 3, 5, 6):
            user.choose("w2-q1", option)
        reason = user.page.locator(".st-key-card-w2-q1 input[type=text]")
        reason.fill("Nobody works at home")
        reason.press("Enter")
        user.wait_for_saved("w2-q1")
        stored = store.open(token).sheet.by_question["w2-q1"]
        assert (stored.state, stored.comment) == ("not_applicable", COMMENT)
        user.choose("w2-q1", 0)
        user.wait_for_saved("w2-q1")
        user.page.locator(".st-key-outline").get_by_text("W3 ·").click()
        user.page.locator(".st-key-card-w3-q1").wait_for()
        user.settle()
        assert store.open(token).sheet.by_question["w2-q1"].comment == COMMENT
        user.open(f"/questions?a={token}&p=w2&lang=en")
        card = user.page.locator(".st-key-card-w2-q1")
        expect(card.get_by_text(COMMENT)).to_be_visible()
        card.get_by_text("Evidence and comment").click()
        expect(user.page.locator(".st-key-card-w2-q1 textarea")).to_have_value(COMMENT)
