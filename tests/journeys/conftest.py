"""A real server on a free port with a database of its own, and a real Chromium."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import ClassVar
from weakref import WeakSet

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

ROOT = Path(__file__).parent.parent.parent

PATIENCE = 60_000
"""Milliseconds to wait for what should come at once: a busy machine is no defect, and nobody waits where nothing is wrong."""
expect.set_options(timeout=PATIENCE)

LONGEST_SHOWN = 20_000
"""Characters of a page that are told beside a failure."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Server:
    """The app as a user starts it, which can be killed and started again on the same data."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None
        self.log = data / "server.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def module(self) -> str:
        """Return what is run."""
        return "assessment"

    def settings(self) -> dict[str, str]:
        """Return what is set in the environment beside this process's own."""
        return {"ASSESSMENT_DATA": str(self.data), "PYTHONPATH": str(ROOT)}

    def start(self) -> None:
        own = ["serve", "--port", str(self.port), "--data", str(self.data)]
        command = [sys.executable, "-m", self.module(), *own]
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | self.settings()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=self.data)
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"))
    running.start()
    yield running
    running.kill()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may kill."""
    running = Server(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = chromium(playwright)
        yield running
        running.close()


def chromium(playwright: Playwright) -> Browser:
    """Start the Chromium of this machine."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    assert path, "no Chromium found; `make test` installs one"
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


class Visitor:
    """Somebody with a browser, who sees only what is drawn."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.url = url
        self.outside: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.url, self.url.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(url)

    def open(self, path: str = "/") -> None:
        self.page.goto(path if path.startswith("http") else self.url + path)
        self.page.locator("h1, h2, h3, [data-testid=stAlert]").first.wait_for()
        self.settle()

    def faults(self, *, grave: bool = False) -> dict[str, str]:
        """Return what axe finds on the page, by rule with the first place of each; on request only what is serious or critical."""
        self.settle()
        found = Axe().run(self.page).response["violations"]
        return {
            fault["id"]: fault["nodes"][0]["html"][:200]
            for fault in found
            if not grave or fault["impact"] in ("serious", "critical")
        }

    def settle(self) -> None:
        """Wait until the script has run."""
        self.page.wait_for_timeout(150)
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.page.wait_for_timeout(100)

    def button(self, key_or_name: str) -> None:
        self.page.get_by_role("button", name=key_or_name, exact=True).first.click()
        self.settle()

    def speak(self, name: str) -> None:
        """Choose a language by its own name."""
        self.settle()
        menu = self.page.locator("[data-testid=stSelectbox]").first.locator("input")
        menu.scroll_into_view_if_needed()
        self.page.wait_for_timeout(500)  # a menu closes when the page scrolls
        menu.click()
        option = self.page.get_by_role("option", name=name, exact=True)
        option.wait_for()
        option.click()

    def choose(self, question: str, option: int) -> None:
        """Choose the option with this position of a question."""
        self.page.locator(f".st-key-card-{question} [role=radiogroup]").first.locator("label").nth(
            option
        ).click()
        self.settle()

    def expect_chosen(self, question: str, option: int | None) -> None:
        """Wait until the option with this position is the chosen one; None: until the question stands unanswered."""
        inputs = self.page.locator(f".st-key-card-{question} [role=radiogroup]").first.locator("input")
        inputs.first.wait_for(state="attached")
        if option is not None:
            expect(inputs.nth(option)).to_be_checked()
        for number in range(inputs.count()):
            if number != option:
                expect(inputs.nth(number)).not_to_be_checked()

    def wait_for_saved(self, question: str) -> None:
        """Wait until the question says that its answer is saved (the icon's name stands before the word)."""
        self.page.locator(f".st-key-card-{question}").get_by_text(
            re.compile(r"^\S*\s*Saved( \d\d:\d\d)?$")
        ).wait_for()

    def cards(self) -> list[str]:
        """Return the ids of the questions on the page."""
        names = self.page.locator("[class*='st-key-card-']").evaluate_all(
            "all => all.map(one => one.className)"
        )
        found = [
            part.removeprefix("st-key-card-")
            for name in names
            for part in name.split()
            if part.startswith("st-key-card-")
        ]
        return list(dict.fromkeys(found))

    def text(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator["Visits"]:
    visits = Visits(browser, server.url)
    yield visits
    visits.close()


@pytest.fixture
def visit_own(browser: Browser, own_server: Server) -> Iterator["Visits"]:
    """Devices of people who use the server that a test may kill."""
    visits = Visits(browser, own_server.url)
    yield visits
    visits.close()


class Visits:
    """Opens browsers: each one is another device."""

    every: ClassVar[WeakSet["Visits"]] = WeakSet()

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.contexts: list[BrowserContext] = []
        Visits.every.add(self)

    def __call__(self, language: str = "en", *, width: int = 1280, dark: bool = False) -> Visitor:
        context = self.browser.new_context(
            locale=language,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        self.contexts.append(context)
        return Visitor(context, self.url)

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell beside a failure what the browsers show: where a test waited in vain, that says why."""
    report = yield
    if report.failed and call.when == "call" and "/journeys/" in item.nodeid:
        for visits in Visits.every:
            for page in [page for context in visits.contexts for page in context.pages]:
                report.sections.append((f"What the browser shows at {page.url}", shown(page)))
    return report


def shown(page: Page) -> str:
    """Return what assistive technology would find on a page, so that what is chosen and what is disabled is seen, too."""
    try:
        state = page.locator("[data-testid=stApp]").get_attribute("data-test-script-state", timeout=2_000)
        return f"{state}\n{page.locator('body').aria_snapshot(timeout=5_000)[:LONGEST_SHOWN]}"
    except PlaywrightError as error:
        return f"nothing: {error}"
