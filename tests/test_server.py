"""The server around the app: language at the first byte, headers on everything, no private link in the log."""

import logging
import re
import subprocess
import sys
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest

from assessment.ui import server
from assessment.ui.words import plain

ROOT = Path(__file__).parent.parent


async def _ask(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    sent: list[MutableMapping[str, Any]] = []

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]}
        )
        await send({"type": "http.response.body", "body": b"from streamlit"})

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }
    await server.Assets(server.Pages(streamlit))(scope, receive, send)
    head = {name.decode().lower(): value.decode() for name, value in sent[0].get("headers", [])}
    return sent[0]["status"], head, b"".join(message.get("body", b"") for message in sent[1:])


def ask(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with ThreadPoolExecutor(
        1
    ) as apart:  # a thread of its own: a browser test may have left a loop running in this one
        return apart.submit(lambda: anyio.run(_ask, path, named)).result()


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/", "de-CH,de;q=0.9", "de-CH"),
        ("/", "DE-ch", "de-CH"),
        ("/", "de-AT,de;q=0.9", "de"),
        ("/?lang=de-CH", "nl", "de-CH"),
        ("/results", "fr-FR,nl;q=0.5", "nl"),
        ("/", "fr", "en"),
        ("/?lang=nl", "de", "nl"),
        ("/?lang=xx", "de", "de"),
    ],
)
def test_the_page_carries_the_visitors_language_from_the_first_byte(
    path: str, accepted: str, language: str
) -> None:
    status, _, body = ask(path, accept="text/html", accept_language=accepted)
    assert status == 200
    assert f'<html lang="{language}">'.encode() in body


@pytest.mark.parametrize(
    "path", ["/", "/results?a=secret", "/authx", "/a.b", "/index.html", "/static/x", "/_stcore/health"]
)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_no_answer_can_be_framed_or_tell_the_next_site_where_one_came_from(path: str, accept: str) -> None:
    _, head, _ = ask(path, accept=accept)
    assert head["x-frame-options"] == "DENY"
    assert head["content-security-policy"] == "frame-ancestors 'none'"
    assert head["referrer-policy"] == "no-referrer"
    assert head["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["../index.html", "..%2findex.html", "\x00", "x" * 5000, "/etc/passwd", "nowhere.js"]
)
def test_a_name_that_is_no_asset_is_handed_on(name: str) -> None:
    assert ask(f"/static/{name}")[2] == b"from streamlit"


def test_assets_come_compressed_where_the_browser_takes_it() -> None:
    name = next((server.STATIC / "static" / "js").glob("index*.js")).name
    _, plain_head, whole = ask(f"/static/js/{name}")
    _, head, packed = ask(f"/static/js/{name}", accept_encoding="gzip")
    assert head["content-encoding"] == "gzip" and "content-encoding" not in plain_head
    assert len(packed) < len(whole) / 2
    assert "immutable" in head["cache-control"]


def test_metrics_are_closed() -> None:
    assert ask("/_stcore/metrics")[0] == 404


def test_private_links_are_kept_out_of_the_log() -> None:
    from assessment.ui import state

    logging.getLogger("uvicorn.access").disabled = False
    state.keep_links_out_of_the_log()
    assert logging.getLogger("uvicorn.access").disabled


@pytest.mark.parametrize(
    "text",
    [
        "*bold*",
        "# head",
        "$x$",
        ":red[x]",
        "<b>x</b>",
        "[a](b)",
        "`x`",
        "| a |",
        "- x",
        "1. x",
        ":material/home:",
        "![](x)",
    ],
)
def test_no_character_of_a_users_text_is_markup(text: str) -> None:
    escaped = plain(text)
    for sign in "*$:<>[]`|":
        assert escaped.count(sign) == escaped.count(f"\\{sign}")
    assert not re.match(r"\s*([-+#=]|\d+[.)])", escaped), "no list and no heading begins"


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


def test_signs_that_mean_nothing_where_they_stand_are_read_aloud_as_they_are() -> None:
    assert plain("KI-System, von 10 bis 7.200 (in Tagen)") == "KI-System, von 10 bis 7.200 (in Tagen)"
    assert plain("one\n- two\n3. three") == "one  \n\\- two  \n3\\. three"


@pytest.mark.parametrize("text", ["www.evil.example", "http://evil.example", "pay@evil.example"])
def test_an_address_in_a_users_text_is_no_link(text: str) -> None:
    assert "\u2060" in plain(text)
    assert plain(text).replace("\\", "").replace("\u2060", "") == text
