"""A workshop that is open while its questionnaire is changed: the server stops, another version is put there, everybody goes on."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import ROOT, Server, Visitor, Visits
from tests.journeys.test_every_type import begin
from tests.journeys.test_workshop import AGENT, bars, code_of, come_in, vote, wait_for_count

pytestmark = pytest.mark.journey

FIRST = "Never"
"""What three of four vote at first: an option that the next version knows under another id."""
GONE = "This question is not asked any more"


class Changing:
    """A server with a questionnaire of its own that can be changed."""

    def __init__(self, server: Server, file: Path) -> None:
        self.server = server
        self.file = file

    def change(self, *pairs: tuple[str, str]) -> None:
        """Put other words into the questionnaire, as an upgrade does: the server stops before, and starts after it."""
        self.server.kill()
        text = self.file.read_text("utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        self.file.write_text(text, "utf-8")
        self.server.start()


@pytest.fixture
def changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Changing]:
    folder, data = tmp_path / "questionnaires", tmp_path / "data"
    data.mkdir()
    shutil.copytree(ROOT / "tests" / "every-type", folder / "every-type")
    monkeypatch.setitem(os.environ, "ASSESSMENT_QUESTIONNAIRES", str(folder))
    running = Server(data)
    running.start()
    yield Changing(running, folder / "every-type" / "questionnaire.yaml")
    running.kill()


def asking(leader: Visitor, question: str) -> None:
    """Put a question on the screen from the agenda."""
    leader.page.get_by_role("button", name="Ask").first.wait_for()
    leader.settle()
    row = leader.page.locator("[class*='st-key-agenda-']").filter(has_text=question).last
    row.get_by_role("button", name="Ask").click()
    leader.page.locator(".st-key-podium").wait_for()
    leader.settle()


def test_a_workshop_goes_on_when_an_option_or_a_question_is_gone_with_the_next_version(
    browser: Browser, changing: Changing
) -> None:
    visits = Visits(browser, changing.server.url)
    leader = visits("en", width=1280)
    begin(leader)
    leader.open(f"/workshop?{leader.page.url.split('?')[1]}")
    leader.button("Open the workshop")
    leader.page.locator(".st-key-poster strong").wait_for()
    phones = [come_in(visits, code_of(leader), "en", AGENT) for _ in range(4)]
    wait_for_count(leader, "4")
    asking(leader, "How often do people get the promised call back?")
    for number, phone in enumerate(phones):
        vote(phone, 0 if number < 3 else 1, "en")
    leader.button("Show the votes")
    assert bars(leader) == ["3", "1", "0", "0"]
    leader.button("Keep as agreed")
    expect(leader.page.get_by_text("Agreed on: Never").first).to_be_visible()

    # An option has another id: what was voted for it cannot be counted for anything else, and nothing else is shown of it.
    changing.change(("{id: never, ", "{id: hardly, "))
    for visitor in (leader, *phones):
        visitor.page.reload()
        expect(visitor.page.get_by_text("the votes on this question do not count any more")).to_be_visible()
        assert visitor.page.locator(".ballots .people").count() == 0
    assert leader.page.get_by_text("Agreed on: ").count() == 0
    leader.button("Vote again")
    for phone in phones:
        vote(phone, 3, "en")
    leader.button("Show the votes")
    assert bars(leader) == ["0", "0", "0", "4"]
    leader.button("Keep as agreed")
    expect(leader.page.get_by_text("Agreed on: Always").first).to_be_visible()

    # The next question is gone while the room votes on it.
    leader.button("Agenda")
    asking(leader, "How complete is a handover?")
    vote(phones[0], 1, "en")
    text = changing.file.read_text("utf-8")
    start = text.index("      - id: handover\n")
    changing.change((text[start : text.index("      - id: called-back\n")], ""))
    for visitor in (leader, *phones):
        visitor.page.reload()
        expect(visitor.page.get_by_role("heading", name=GONE)).to_be_visible()
    leader.button("Back to the agenda")
    expect(phones[1].page.get_by_role("heading", name="You are in")).to_be_visible()
    expect(leader.page.get_by_text("Agreed on: Always").first).to_be_visible()
    assert leader.page.get_by_text("How complete is a handover?").count() == 0
    asking(leader, "How often do people get the promised call back?")
    ballot = phones[1].page.locator("[class*='st-key-card-vote-'] [role=radiogroup] label")
    ballot.first.click()
    expect(phones[1].page.get_by_text("Your vote counts")).to_be_visible()
    visits.close()
