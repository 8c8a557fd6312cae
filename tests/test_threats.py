"""What docs/security.md promises and no other file of tests shows: the door to the server, and what is built in."""

import ast
import gzip
import http.client
import json
import re
import resource
import subprocess
import sys
import tomllib
import zlib
from collections.abc import Callable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from assessment.cli import main
from assessment.store.whole import new_token
from assessment.ui.server import SECURITY, make
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


def token_of(server: Server) -> str:
    """Return the cookie with the token that a new browser gets."""
    with urlopen(f"{server.url}/_stcore/health") as answer:
        return str(answer.headers["Set-Cookie"]).split(";")[0]


def test_an_upload_without_the_token_of_the_page_is_refused(server: Server) -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n'
        b"Content-Type: application/json\r\n\r\n{}\r\n--b--\r\n"
    )
    cookie, other = (token_of(server) for _ in range(2))
    token = cookie.partition("=")[2]
    url = server.url.replace("http", "ws") + "/_stcore/stream"
    with connect(url, origin=Origin(server.url), subprotocols=[Subprotocol("streamlit")]) as socket:
        socket.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        first = ForwardMsg()
        while not first.HasField("new_session"):
            first.ParseFromString(bytes(socket.recv(timeout=60)))  # type: ignore[arg-type]
        path = f"/_stcore/upload_file/{first.new_session.initialize.session_id}/file"

        def put(**headers: str) -> int:
            kind = "multipart/form-data; boundary=b"
            return ask(server, "PUT", path, body, Content_Type=kind, **headers)[0]

        assert put(Cookie=cookie, X_Xsrftoken=token) == 204, "the session is there, and the page itself may"
        assert put() == 403
        assert put(Cookie=cookie) == 403, "a page elsewhere sends the cookie and cannot read it"
        assert put(Cookie=cookie, X_Xsrftoken=other.partition("=")[2]) == 403, (
            "one of their own fits no other"
        )


def test_a_page_can_neither_load_from_nor_send_to_another_server() -> None:
    said = next(text for name, text in SECURITY if name == b"content-security-policy").decode()
    policy = dict(part.strip().partition(" ")[::2] for part in said.split(";"))
    # What `default-src` does not stand in for has to be said.
    for name in ("base-uri", "form-action", "frame-ancestors"):
        assert policy[name] in ("'none'", "'self'"), name
    sources = {source for part in policy.values() for source in part.split()}
    assert sources <= {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}


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


def test_two_files_that_differ_anywhere_have_two_addresses_that_do_not_follow_from_what_is_in_them() -> None:
    make(ROOT / "app.py")
    storage, kind = MemoryMediaFileStorage("/media"), MediaFileKind.DOWNLOADABLE

    def address(raw: bytes, name: str = "report.json") -> str:
        return storage.load_and_get_id(raw, "application/json", kind, name)

    size, names = 3_000_000, set()
    for place in range(0, size, 60_000):
        raw = bytearray(size)
        raw[place] = 1
        names.add(address(bytes(raw)))
        assert storage.get_file(address(bytes(raw))).content == bytes(raw)
    assert len(names) == size // 60_000
    assert all(re.fullmatch("[0-9a-f]{64}", name) for name in names)
    assert address(b"x") == address(b"x") and address(b"x") != address(b"x", "other.json")
    again = "from assessment.ui.server import _name_of_file; print(_name_of_file(b'x', 'application/json', 'report.json'))"
    elsewhere = subprocess.run(
        [sys.executable, "-c", again], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert elsewhere.stdout.strip() != address(b"x"), "each process has a key of its own"


def test_figures_are_served_nowhere_unless_asked_for_and_then_to_this_machine_alone() -> None:
    told = CliRunner().invoke(main, ["serve", "--help"]).output
    assert " ".join(told.split()).count("default: 127.0.0.1]") == 2, "the app, and the figures"
    with main.commands["serve"].make_context("serve", []) as context:
        assert context.params["metrics_port"] is None


def test_a_link_holds_more_than_anybody_can_try() -> None:
    token = new_token()
    assert len(token) * 6 >= 128 and re.fullmatch(r"[\w-]+", token)
    assert len({new_token() for _ in range(1000)}) == 1000


def pdf_with(*attached: bytes) -> bytes:
    """Return a PDF with these files inside, each named like a report."""
    told, parts = b"", [b"", b"<</Type/Pages/Kids[]/Count 0>>"]
    for content in attached:
        packed, number = zlib.compress(content, 9), len(parts) + 1
        told += b"(report.json) %d 0 R " % number
        parts.append(b"<</Type/Filespec/F(report.json)/UF(report.json)/EF<</F %d 0 R>>>>" % (number + 1))
        parts.append(
            b"<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
            % (len(packed), packed)
        )
    parts[0] = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[%b]>>>>>>" % told
    made, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(made))
    return made + table + size


MANY = b"{}," * 6_000_000
"""What unpacks to 18 MB and, read, to gigabytes."""
BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a report inside a PDF": (
        "read_report",
        lambda: pdf_with(b'{"scorecard": 0, "sheet": {}, "questionnaire": {"sections": [' + MANY + b"{}]}}"),
        "more than",
    ),
    "many reports inside a PDF": (
        "read_upload",
        lambda: pdf_with(*(b"%d" % number + b" " * 19_000_000 for number in range(100))),
        "cannot be read",
    ),
    "a client": ("read_client", lambda: gzip.compress(b'{"sites": [' + MANY * 3 + b"{}]}"), "more than"),
    "a benchmark": ("pool_of", lambda: b'{"sources": [' + b"{}," * 1_500_000 + b"{}]}", "more than"),
}
ROOM = 1_300_000_000
"""Bytes of memory a process gets here; deploy/ gives each app server 2 GB."""
READ = """
import sys
from pathlib import Path
from assessment import loader
from assessment.errors import AnswersError
try:
    getattr(loader, sys.argv[1])(Path(sys.argv[2]).read_bytes(), "bomb")
except AnswersError as error:
    print(error)
"""


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_file_that_is_handed_in_fills_the_memory_and_ends_the_server(bomb: str, tmp_path: Path) -> None:
    reader, make, says = BOMBS[bomb]
    file = tmp_path / "bomb"
    file.write_bytes(make())
    assert file.stat().st_size < 5_000_000, "the app takes it"
    done = subprocess.run(
        [sys.executable, "-c", READ, reader, str(file)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM)),
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert says in done.stdout


LONG = {
    "empty lines on a page": "from assessment.ui.words import plain; print(len(plain('\\n' * 300_000)))",
    "a word in a form": "from assessment.document.understanding import _WORD_AT_THE_END as end; print(end.sub('', 'a' * 300_000 + '1mio'))",
}


@pytest.mark.parametrize("code", LONG.values(), ids=LONG)
def test_no_long_text_keeps_the_server_from_everybody_else(code: str) -> None:
    """Without its defence each takes half an hour or more, and while a pattern is looked for nobody else is served."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=120, check=False
    )
    assert done.returncode == 0 and done.stdout.strip(), done.stderr


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
