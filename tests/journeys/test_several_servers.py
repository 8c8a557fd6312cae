"""Three app servers on one PostgreSQL behind a real nginx: one is killed, and its users go on on another with nothing lost."""

import json
import re
import secrets
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import create_engine, make_url

from assessment.loader import read_sample, sample_names
from assessment.report import Subject
from assessment.store import Store
from tests.conftest import START
from tests.journeys.conftest import Server, Visits
from tests.journeys.proxy import Proxy, free_port

pytestmark = pytest.mark.journey

NAME = "Beispiel Versand (fiktiv)"


class OneOfThree(Server):
    """An app server on a database that others use, too."""

    def __init__(self, data: Path, database: str) -> None:
        super().__init__(data)
        self.database = database
        self.metrics = free_port()

    def settings(self) -> dict[str, str]:
        return super().settings() | {
            "DATABASE_URL": self.database,
            "ASSESSMENT_METRICS_PORT": str(self.metrics),
            "ASSESSMENT_LOG": "json",
            "ASSESSMENT_CALLER_KEY": "0123456789abcdef",
        }

    def figure(self, name: str) -> float:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=5) as answer:
            found = re.search(rf"^{name} (\S+)$", answer.read().decode(), re.MULTILINE)
        assert found, name
        return float(found[1])


class Behind:
    """The servers, and the nginx before them."""

    def __init__(self, database: str, servers: list[OneOfThree], proxy: Proxy) -> None:
        self.database = database
        self.servers = servers
        self.proxy = proxy

    def serving(self) -> OneOfThree:
        """Return the server that the only open tab is connected to."""
        alive = [one for one in self.servers if one.process and one.process.poll() is None]
        (found,) = [one for one in alive if one.figure("assessment_sessions_open") == 1]
        return found


@pytest.fixture
def behind(postgresql: str, tmp_path: Path) -> Iterator[Behind]:
    server = make_url(postgresql).set(drivername="postgresql+psycopg")
    name = f"three_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = server.set(database=name).render_as_string(hide_password=False)
    folders = [tmp_path / str(number) for number in range(3)]
    for folder in [*folders, tmp_path / "nginx"]:
        folder.mkdir()
    servers = [OneOfThree(folder, url) for folder in folders]
    with ThreadPoolExecutor(3) as together:  # they make the tables together, too
        list(together.map(lambda one: one.start(), servers))
    proxy = Proxy(tmp_path / "nginx", [one.port for one in servers])
    yield Behind(url, servers, proxy)
    proxy.stop()
    for one in servers:
        one.kill()
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


def within(seconds: float, what: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.1)
    return False


def test_who_works_on_a_server_that_is_killed_goes_on_on_another_with_nothing_lost(
    behind: Behind, browser: Browser
) -> None:
    with Store(behind.database) as store:
        _, sheet, _ = read_sample(sample_names("service-transformation")[0], language="en")
        open_ = ("w1-q2", "w1-q3")
        begun = sheet.model_copy(
            update={"answers": tuple(answer for answer in sheet.answers if answer.question not in open_)}
        )
        token = store.put(begun, Subject(organisation=NAME, held_on=START), language="en").token
        visits = Visits(browser, behind.proxy.url)
        user = visits("en")
        user.open(f"/questions?a={token}&lang=en&p=w1")
        user.choose("w1-q1", 0)

        def stored(question: str) -> object:
            answer = store.open(token).sheet.by_question.get(question)
            return answer.value if answer else None

        assert within(20, lambda: stored("w1-q1") == 1)
        card = user.page.locator(".st-key-card-w1-q1")
        card.get_by_text("Evidence and comment").first.click()
        typing = card.locator("textarea")
        typing.click()
        typing.press_sequentially("still being typed")
        first = behind.serving()
        assert first.figure("assessment_answers_saved_total") == 1
        first.kill()
        chosen = user.page.locator(".st-key-card-w1-q2 [role=radiogroup] label").nth(4)

        def choose() -> (
            bool
        ):  # for the half second in which the fields notice that nobody is there they take nothing
            chosen.click()
            return chosen.locator("input").is_checked()

        assert within(20, choose)
        assert within(20, lambda: stored("w1-q2") == 5), "what was chosen meanwhile is saved elsewhere"
        user.settle()
        user.expect_chosen("w1-q1", 0)
        user.expect_chosen("w1-q2", 4)
        user.expect_chosen("w1-q3", None)
        assert stored("w1-q3") is None, "what nobody answered stays open on the other server"
        user.choose("w1-q3", 2)
        assert within(20, lambda: stored("w1-q3") == 3)
        second = behind.serving()
        assert second is not first
        expect(typing).to_have_value(re.compile("still being typed$"))

        # The first one is back: the browser's number leads there again, while its tab stays where it is.
        first.start()
        time.sleep(1.5)  # as long as nginx leaves a server alone that was gone
        user.page.get_by_role("link", name="Report").first.click()
        user.page.get_by_role("button", name="Download the answers").wait_for()
        with user.page.expect_download() as download:
            user.page.get_by_role("button", name="Download the answers").click()
        saved = json.loads(Path(download.value.path()).read_text("utf-8"))
        assert len(saved["answers"]) == len(sheet.answers)
        assert behind.serving() is second

        user.page.get_by_role("link", name="Start").first.click()
        user.settle()
        file = {"name": "answers.json", "mimeType": "application/json", "buffer": json.dumps(saved).encode()}
        user.page.locator(".st-key-continue-file input[type=file]").set_input_files(file)
        user.button("Open the file")
        user.page.wait_for_url("**/results*")
        assert behind.serving() is second
        taken = [line["server"].rsplit(", ")[-1] for line in behind.proxy.lines("upload")]
        assert taken == [f"127.0.0.1:{second.port}"]
        asked = [line["server"] for kind in ("download", "upload") for line in behind.proxy.lines(kind)]
        assert any(f"127.0.0.1:{first.port}, " in line for line in asked), "who did not have it passed it on"
        assert user.outside == []
        visits.close()
        written = "".join(one.log.read_text() for one in behind.servers) + behind.proxy.log.read_text()
        written += (behind.proxy.folder / "error.log").read_text()
        for secret in (token, NAME, str(make_url(behind.database).password or "no password")):
            assert secret not in written
