"""With the network cut, nothing at run time so much as tries to leave this machine: not the server, not a page."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import ROOT, Server, Visits
from tests.journeys.test_reports import downloaded
from tests.journeys.words import word

pytestmark = pytest.mark.journey
OUTWARD = ROOT / "tests" / "outward"


class Cut(Server):
    """A server whose process, and those it starts, reach nothing but this machine; what they try is written down."""

    @property
    def attempts(self) -> Path:
        return self.data / "attempts.txt"

    def settings(self) -> dict[str, str]:
        path = os.pathsep.join((str(OUTWARD), str(ROOT)))
        return super().settings() | {"PYTHONPATH": path, "ATTEMPTS": str(self.attempts)}


@pytest.fixture
def cut(tmp_path: Path) -> Iterator[Cut]:
    running = Cut(tmp_path)
    running.start()
    yield running
    running.kill()


def test_the_watch_sees_whoever_tries(tmp_path: Path) -> None:
    """So that the test below can fail."""
    tries = (
        "import socket, urllib.request\n"
        "for url in ('http://192.0.2.1/', 'http://telemetry.example/'):\n"
        "    try:\n        urllib.request.urlopen(url, timeout=2)\n    except OSError as error:\n        print(error)\n"
        "socket.create_server(('127.0.0.1', 0)).close()\n"
    )
    attempts = tmp_path / "attempts.txt"
    environment = os.environ | {"PYTHONPATH": str(OUTWARD), "ATTEMPTS": str(attempts)}
    done = subprocess.run(
        [sys.executable, "-c", tries], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.count("the network is cut") == 2, done.stderr
    said = attempts.read_text("utf-8")
    assert "192.0.2.1" in said and "telemetry.example" in said and "127.0.0.1" not in said


def test_nothing_leaves_this_machine(cut: Cut, browser: Browser) -> None:
    visits = Visits(browser, cut.url)
    try:
        user = visits("de")
        user.open()
        user.button(word("Open the sample", "de"))
        user.page.get_by_text(word("level as rated", "de")).first.wait_for()
        for page in (
            "questions",
            "roadmap",
            "results",
            "profile",
            "privacy",
            "clients",
            "workshop",
            "report",
        ):
            user.page.goto(
                user.page.url.split("?")[0].rsplit("/", 1)[0] + f"/{page}?" + user.page.url.split("?")[1]
            )
            user.page.locator("h1").first.wait_for()
            user.settle()
        user.page.get_by_role("button", name=word("Download the PDF", "de")).wait_for()
        assert downloaded(user, word("Download the PDF", "de")).read_bytes().startswith(b"%PDF")
        assert user.outside == []
    finally:
        visits.close()
    assert not cut.attempts.exists(), cut.attempts.read_text("utf-8")
