"""The database is gone for a while in mid-session: the page says so, and what was chosen meanwhile is saved afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import a_database
from tests.journeys.conftest import Server, Visits
from tests.journeys.test_nothing_is_lost import begin
from tests.test_faults import away

pytestmark = pytest.mark.journey


class OnPostgreSQL(Server):
    """The app on a PostgreSQL database."""

    def __init__(self, data: Path, database: str) -> None:
        super().__init__(data)
        self.database = database

    def settings(self) -> dict[str, str]:
        """Return the URL of the database beside the rest."""
        return super().settings() | {"DATABASE_URL": self.database}


@pytest.fixture
def on_postgresql(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OnPostgreSQL]:
    """A server whose database a test may take away."""
    with a_database("postgresql", request, tmp_path) as url:
        running = OnPostgreSQL(tmp_path, url)
        running.start()
        yield running
        running.kill()


def test_an_answer_chosen_while_the_database_is_gone_is_told_and_saved_when_it_is_back(
    browser: Browser, on_postgresql: OnPostgreSQL
) -> None:
    visits = Visits(browser, on_postgresql.url)
    user = visits("en")
    begin(user)
    user.choose("w1-q1", 2)
    user.wait_for_saved("w1-q1")
    card = user.page.locator(".st-key-card-w1-q1")
    with away(on_postgresql.database):
        card.locator("[role=radiogroup] label").nth(4).click()
        trouble = user.page.get_by_text("cannot be reached")
        expect(trouble.first).to_be_visible()
        expect(card.get_by_text("Not saved")).to_be_visible()
    user.choose("w1-q2", 3)  # whatever is done next saves it, too
    user.wait_for_saved("w1-q1")
    user.settle()
    other = visits("en")
    other.open(user.page.url.removeprefix(on_postgresql.url))
    other.expect_chosen("w1-q1", 4)
    visits.close()
