"""What docs/security.md promises and no other file of tests shows: the door to the server, and what is built in."""

import ast
import http.client
import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from assessment.store.whole import new_token
from tests.journeys.conftest import ROOT, Server

UNSAFE = """
[server]
enableCORS = false
enableXsrfProtection = false
enableAgentApi = true
[browser]
gatherUsageStats = true
[client]
showErrorDetails = "full"
"""
"""Somebody else's settings for their own apps, where this one is started."""


class Unsafe(Server):
    """The app where another app of Streamlit's is set up, and carelessly."""

    def start(self) -> None:
        (self.data / ".streamlit").mkdir()
        (self.data / ".streamlit" / "config.toml").write_text(UNSAFE, "utf-8")
        super().start()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Unsafe(tmp_path_factory.mktemp("data"))
    running.start()
    yield running
    running.kill()


def ask(server: Server, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    """Send a path as it is written; libraries would tidy it up."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request(
            method, path, body, {name.replace("_", "-"): text for name, text in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def opens(server: Server, origin: str) -> bool:
    """Say whether a page from somewhere can open a session here."""
    url = server.url.replace("http", "ws") + "/_stcore/stream"
    try:
        with connect(url, origin=Origin(origin), subprotocols=[Subprotocol("streamlit")], open_timeout=20):
            return True
    except (InvalidStatus, WebSocketException):
        return False


def test_a_page_from_elsewhere_opens_no_session(server: Server) -> None:
    assert opens(server, server.url)
    for elsewhere in (
        "http://evil.example",
        "https://evil.example:443",
        "null",
        "http://127.0.0.1.evil.example",
    ):
        assert not opens(server, elsewhere), elsewhere


def test_an_upload_without_the_token_of_the_page_is_refused(server: Server) -> None:
    status, _ = ask(server, "PUT", "/_stcore/upload_file/a/b", b"x", Origin="http://evil.example")
    assert status in (403, 404)


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/agent/mcp"])
def test_no_program_drives_the_app_around_its_pages(server: Server, path: str) -> None:
    status, body = ask(server, "POST", path, json.dumps({}).encode(), Content_Type="application/json")
    assert status >= 400 and b"does not serve" in body, (status, body[:200])


@pytest.mark.parametrize(
    "path",
    [
        "/media/../../../../etc/passwd",
        "/static/..%2f..%2f..%2f..%2fetc/passwd",
        "/static/....//....//etc/passwd",
        "/media/%2e%2e/%2e%2e/etc/passwd",
        "/component/../../../etc/passwd",
        "/_stcore/bidi-components/x/../../../../etc/passwd",
        "/app/static/../../etc/passwd",
        "//etc/passwd",
    ],
)
def test_no_path_leads_to_a_file_of_the_machine(server: Server, path: str) -> None:
    _, body = ask(server, "GET", path)
    assert b"root:" not in body


def test_a_download_has_an_address_that_nobody_guesses(server: Server) -> None:
    for guess in ("0" * 64, "a", "report.pdf", "1.pdf"):
        assert ask(server, "GET", f"/media/{guess}")[0] == 404


def test_a_link_holds_more_than_anybody_can_try() -> None:
    token = new_token()
    assert len(token) * 6 >= 128 and re.fullmatch(r"[\w-]+", token)
    assert len({new_token() for _ in range(1000)}) == 1000


FORBIDDEN = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "xmlrpc",
    "ftplib",
    "telnetlib",
    "smtplib",
    "requests",
    "httpx",
}
"""What runs what it reads, or asks other machines; the sign-on's library asks its provider, and nothing of ours does."""


def test_nothing_of_ours_runs_what_it_reads_or_asks_another_machine() -> None:
    found = set()
    for path in (ROOT / "assessment").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}"]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = [node.func.id] if node.func.id in ("eval", "exec", "compile", "__import__") else []
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                unsafe = ("unsafe_load", "full_load", "system", "popen", "urlopen")
                names = [node.func.attr] if node.func.attr in unsafe else []
            found |= {
                f"{path.name}: {name}"
                for name in names
                if name.split(".")[0] in FORBIDDEN | {"eval", "exec", "compile", "__import__"}
                or name in {"urllib.request", "http.client", "socket"}
                or name in ("unsafe_load", "full_load", "system", "popen", "urlopen")
            }
    assert found == set()


LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_with_its_hashes(lock: Path) -> None:
    text = lock.read_text("utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"^[\w.\[\],-]+==\S+", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line
        assert "http:" not in line and "https:" not in line and "git+" not in line


OPEN = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|MPL|Mozilla|Unlicense|Public Domain|HPND|Zlib|0BSD|CC0|LGPL|Lesser General",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"(?<!L)(?<!Lesser )\b(A?GPL|General Public)\b(?!.*(Lesser|linking exception))", re.IGNORECASE
)


def test_every_package_at_run_time_has_a_licence_that_goes_with_ours() -> None:
    names = re.findall(
        r"^([\w.-]+)(?:\[[\w,-]+\])?==", (ROOT / "requirements" / "run.txt").read_text("utf-8"), re.MULTILINE
    )
    assert len(names) > 30
    for name in names:
        try:
            about = distribution(name).metadata
        except ModuleNotFoundError:  # for another platform
            continue
        said = " ".join(
            filter(
                None,
                [
                    about.get("License-Expression"),
                    (about.get("License") or "")[:200],
                    *(each for each in about.get_all("Classifier") or () if each.startswith("License")),
                ],
            )
        )
        assert OPEN.search(said), (name, said)
        assert not CLOSED.search(said), (name, said)


def test_what_is_asked_for_is_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = dict(
        re.findall(
            r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)",
            (ROOT / "requirements" / "run.txt").read_text("utf-8"),
            re.MULTILINE,
        )
    )
    for wanted in map(Requirement, project["dependencies"]):
        assert wanted.specifier.contains(locked[wanted.name.lower()]), wanted
