"""Somebody answers faster than a slow machine sends: what was chosen stays chosen."""

import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Server, Visitor, Visits
from tests.journeys.test_contributions import FIRST, SECOND, leading, link_for

pytestmark = pytest.mark.journey


class SlowServer(Server):
    """The app, whose messages wait while its folder has a file `hold`."""

    def module(self) -> str:
        return "tests.holding"

    @property
    def hold(self) -> Path:
        return self.data / "hold"


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[SlowServer]:
    running = SlowServer(tmp_path)
    running.start()
    yield running
    running.kill()


def wait_until_stored(server: Server, question: str) -> None:
    for _ in range(200):
        with sqlite3.connect(server.data / "assessment.db") as database:
            if database.execute(
                "SELECT 1 FROM contributed WHERE question = ? AND state = 'given'", [question]
            ).fetchall():
                return
        time.sleep(0.1)
    raise AssertionError(f"{question} was not saved")


def answer(user: Visitor, question: str, option: int) -> None:
    user.page.locator(f".st-key-card-{question} [role=radiogroup] label").nth(option).click()


def test_who_answers_one_question_after_the_other_stays_on_the_page(
    browser: Browser, slow: SlowServer
) -> None:
    visits = Visits(browser, slow.url)
    link = link_for(leading(visits), "Kim Beispiel")
    phone = visits("en", width=390)
    phone.open(f"{link}&lang=en&p=w3")
    slow.hold.touch()
    for question, option in ((FIRST, 2), (SECOND, 3)):  # after each answer the whole page is drawn anew
        answer(phone, question, option)
        wait_until_stored(slow, question)
        time.sleep(1)  # until it is drawn, too
    slow.hold.unlink()
    for question in (FIRST, SECOND):
        saved = phone.page.locator(f".st-key-card-{question}").get_by_text(re.compile("Saved"))
        expect(saved).to_be_visible()
    phone.expect_chosen(FIRST, 2)
    phone.expect_chosen(SECOND, 3)
    visits.close()
