"""Health, figures and the log: they tell how the server does, and nothing about anybody."""

import asyncio
import io
import json
import logging
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from assessment.errors import StoreError
from assessment.store import Store
from assessment.ui import health, logs, server, watching
from tests.journeys.conftest import ROOT, Server
from tests.journeys.proxy import free_port

sys.path.insert(0, str(ROOT / "bench"))

import bench_app
from peers.crowd import PAGE, Person
from peers.visitor import Visitor


class Watched(Server):
    """A server that writes lines of JSON and serves figures."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.metrics = free_port()

    def settings(self) -> dict[str, str]:
        return super().settings() | {"ASSESSMENT_LOG": "json", "ASSESSMENT_METRICS_PORT": str(self.metrics)}

    def figures(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=5) as answer:
            return str(answer.read().decode())


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    running = Watched(tmp_path)
    running.start()
    yield running
    running.kill()


def asked(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def run(work: Callable[[], object]) -> None:
    """Run a coroutine beside the loop that a browser of another test may have left in this thread."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(work())).result()  # type: ignore[arg-type]


def test_a_whole_journey_leaves_figures_and_no_word_of_anybody_in_figures_or_log(watched: Watched) -> None:
    made = bench_app.begun(bench_app.database_in(watched.data), 1)[0]
    secret = "Ms Secret said so"
    with Store(bench_app.database_in(watched.data)) as store:
        store.save_head(made.assessment, organisation="Hidden Ltd", author="Jane Hidden")
        code = store.let_in(made.assessment).code
    scales = bench_app.scales()

    async def journey() -> None:
        async with Visitor(watched.url, query=f"a={made.token}&lang=en") as visitor:
            await visitor.arrive(PAGE)
            person = Person(visitor, Random(1), scales)
            for _ in range(3):
                assert await person.answer_open()
            assert "assessment_sessions_open 1.0" in watched.figures()
        for query in (f"c={code}", "c=AAAA-AAAA", f"a={secret.replace(' ', '-')}", f"a={made.token}x"):
            async with Visitor(watched.url, query=f"{query}&lang=en") as visitor:
                await visitor.arrive()
        # An error in the middle: another program has broken what is stored.
        with (
            Store(f"sqlite:///{watched.data / 'assessment.db'}") as store,
            store._database.writing() as connection,
        ):
            connection.execute(text("UPDATE answer SET state = :said"), {"said": secret[:20]})
            connection.execute(text("DROP TABLE code"))
        for query in (f"a={made.token}", f"c={code}"):
            async with Visitor(watched.url, query=f"{query}&lang=en") as visitor:
                await visitor.arrive(PAGE)

    run(journey)
    asked(f"{watched.url}/_stcore/upload_file/{made.token}/x")
    asked(f"{watched.url}/?a={made.token}")
    figures = watched.figures()
    for _ in range(100):  # a request is counted just after its answer has been sent
        if 'kind="page"' in figures:
            break
        time.sleep(0.1)
        figures = watched.figures()
    for wanted in (
        "assessment_answers_saved_total 3.0",
        "assessment_wrong_codes_total 1.0",
        'assessment_store_errors_total{kind="SQLITE_ERROR"} 1.0',
        "assessment_sessions_open 0.0",
        "assessment_writer_waiting 0.0",
        'assessment_database_connections{state="in use"} 0.0',
        'assessment_run_seconds_bucket{le="0.15",part="part"}',
        'assessment_run_seconds_count{part="page"}',
        'assessment_request_seconds_count{kind="health",status="2xx"}',
        'kind="page"',
        "process_resident_memory_bytes",
    ):
        assert wanted in figures
    watched.kill()
    written = watched.log.read_text()
    lines = [json.loads(line) for line in written.splitlines()]
    assert len(lines) > 5
    refused = [line for line in lines if "The database refused what was asked of it" in line["event"]]
    assert [line["level"] for line in refused] == ["error"]
    assert all({"time", "level", "event", "logger"} <= line.keys() for line in lines)
    for word in (made.token, code, code.replace("-", ""), "AAAA", "Secret", "Hidden", "Jane", "127.0.0.1:"):
        assert word not in written.replace(f"127.0.0.1:{watched.port}", ""), word
        assert word not in figures


def test_a_server_lives_without_its_database_and_is_not_ready(watched: Watched) -> None:
    assert asked(f"{watched.url}/readyz") == (200, '{"ok":true,"reason":""}')
    with (
        Store(f"sqlite:///{watched.data / 'assessment.db'}") as store,
        store._database.writing() as connection,
    ):
        connection.execute(text("UPDATE assessment_schema SET version_num = 'later'"))
    status, said = asked(f"{watched.url}/readyz")
    assert status == 503 and "the database has the schema later, this program needs 00" in said
    (watched.data / "assessment.db").unlink()
    status, said = asked(f"{watched.url}/readyz")
    assert status == 503 and json.loads(said) == {"ok": False, "reason": "the database does not answer"}
    assert asked(f"{watched.url}/healthz") == (200, '{"ok":true}')
    assert asked(f"{watched.url}/metrics")[1].find("assessment_") == -1, "figures are on their own port only"
    assert asked(f"{watched.url}/_stcore/metrics")[0] == 404


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://jane:hunter2@127.0.0.1:1/nowhere",
        "postgresql://jane:hunter2@127.0.0.1:port/nowhere",
        "postgres//jane:hunter2@127.0.0.1/nowhere",
        "jane:hunter2@127.0.0.1",
        "postgresql://127.0.0.1:1/nowhere?user=jane&password=hunter2",
        "sqlite://?password=hunter2",
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_database_that_cannot_be_opened_is_told_without_its_password(
    url: str, form: str, tmp_path: Path
) -> None:
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "assessment", "serve", "--port", str(free_port()), "--log", form]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, check=False, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "database" in done.stderr or "answers would be lost" in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
    if form == "json":
        assert json.loads(done.stderr)["level"] == "error"


def test_a_taken_port_for_figures_is_told() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(StoreError, match="Name another port with --metrics-port"):
            watching.begin(lambda: None, port=taken.getsockname()[1], address="127.0.0.1")  # type: ignore[arg-type, return-value]


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, object]]]]:
    """What is written while a test runs, beside what is set up otherwise."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Lines())
    named = [logging.getLogger(name) for name in ("assessment.test", "somebody.else")]
    for one in named:
        one.addHandler(handler)
        one.propagate = False
        one.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for one in named:
        one.removeHandler(handler)


def test_of_a_librarys_message_only_what_stands_in_its_source_is_written(
    lines: Callable[[], list[dict[str, object]]],
) -> None:
    other, name, count = logging.getLogger("somebody.else"), "Jane", 3
    other.info("a constant")
    other.info("hello %s, %d times", name, count)
    other.info(f"hello {name}")
    try:
        raise ValueError(name)
    except ValueError:
        other.exception("it failed")
    said = [line["event"] for line in lines()]
    assert said[:2] == ["a constant", "hello …, 3 times"]
    assert re.fullmatch(r"test_watching\.py:\d+", str(said[2]))
    assert lines()[3]["error"] == "ValueError" and str(lines()[3]["at"]).startswith("test_watching.py:")
    assert "Jane" not in json.dumps(lines())


def test_numbers_stand_beside_our_own_events_and_nothing_else_does(
    lines: Callable[[], list[dict[str, object]]],
) -> None:
    logging.getLogger("assessment.test").info("slow", extra={"numbers": {"seconds": 2.5, "who": "Jane"}})
    (line,) = lines()
    assert (line["event"], line["seconds"], "who" in line) == ("slow", 2.5, False)


def test_of_a_failed_proof_only_the_places_and_the_kind_of_error_are_written() -> None:
    told = 'Traceback (most recent call last):\n  File "/x/exact.py", line 7, in f\n    f(x)\nValueError: Jane said so\n'
    assert logs.without_words(told) == "exact.py:7 > ValueError"
    assert logs.without_words("Jane said so") == ""


def test_no_server_outside_is_asked_for_our_address() -> None:
    from streamlit import net_util

    server.make(ROOT / "app.py")
    assert net_util.get_external_ip() is None


def test_an_upload_for_a_session_of_another_server_is_not_found_here() -> None:
    from tests.test_server import _ask

    sent = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    async def put() -> None:
        scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/session/file", "headers": []}
        await server.Elsewhere(_ask)(scope, None, send)  # type: ignore[arg-type]

    run(put)
    assert sent[0]["status"] == 404


def test_a_database_that_hangs_is_no_reason_to_hang_for_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    import anyio

    let_go = threading.Event()
    monkeypatch.setattr(health, "PATIENCE", 0.2)

    def hanging() -> Store:
        let_go.wait(20)
        raise StoreError([])

    async def ask() -> None:
        try:
            limit = anyio.CapacityLimiter(1)
            for _ in range(2):  # the second one does not even get its turn
                answer = await health._ready(None, store=hanging, one_at_a_time=limit)  # type: ignore[arg-type]
                assert answer.status_code == 503 and b"does not answer in time" in answer.body
        finally:
            let_go.set()

    run(ask)
