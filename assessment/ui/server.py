"""The server: Streamlit's ASGI app with what its settings cannot do: the page's language at the first byte, security
headers, compressed assets, a health route."""

import asyncio
import gc
import gzip
import hashlib
import mimetypes
import os
import re
import secrets
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from starlette.middleware import Middleware
from streamlit import net_util, runtime
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, memory_media_file_storage

from assessment.i18n import SOURCE, catalogue, varieties
from assessment.ui import clearing_up, health, living, logs, opening, reconnecting, sending, signing, watching
from assessment.ui.offered import main_one, offered

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

STATIC = Path(st.__file__).parent / "static"
NOT_PAGES = re.compile(r"^/(_stcore|media|component|static|app/static|oauth2callback|auth|healthz|readyz)")
COMPRESSED = (".js", ".css", ".svg", ".json")
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}

SETTINGS: dict[str, object] = {
    "runner.postScriptGC": False,  # the one that makes a rerun ten times faster
    "global.minCachedMessageSize": 1000,  # what the browser already has is not sent again, not only from 10 kB on
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 5,
    "server.maxMessageSize": 32,  # in MB; a page needs less than one
    # As Streamlit has them; said here, so that nothing else that is set on a machine opens the app.
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableAgentApi": False,
    "server.trustedUserHeaders": {},
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
}

SECURITY: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (
        b"content-security-policy",
        # Whatever gets into a page can reach nobody but this server. Scripts of the page itself stand in it (Streamlit's
        # start, look and script of ours), and Streamlit puts parts of itself together in the browser.
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
        b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
]


def language_of(scope: Scope) -> str:
    """Return the language asked for in the address, else the browser's, else English."""
    asked: str = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    if asked in varieties():
        return asked
    accepted: str = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    for part in accepted.split(","):
        said, _, country = part.split(";")[0].strip().partition("-")
        known = (f"{said.lower()}-{country.upper()}", said.lower())
        code = next((each for each in known if each in varieties()), None)
        if code:
            return code
    return SOURCE


@lru_cache(maxsize=8)
def _index(language: str) -> bytes:
    page = (STATIC / "index.html").read_text("utf-8")
    wait = catalogue(language).t("Loading …")
    page = page.replace('<html lang="en">', f'<html lang="{language}">')
    holder = f'<div id="root"><p role="status" style="font:16px sans-serif;padding:2rem">{wait}</p></div>'
    # Behind what Streamlit puts into the head: of two rules of one weight the later one holds.
    page = page.replace("</body>", f"{living.look()}{living.script()}</body>")
    return page.replace('<div id="root"></div>', holder).encode()


class Pages:
    """Serves the page in the visitor's language, with security headers."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer page requests; hand everything else on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path.startswith("/_stcore/metrics"):  # open to anyone by default
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        accept = dict(scope["headers"]).get(b"accept", b"")
        is_page = b"text/html" in accept and not NOT_PAGES.match(path) and "." not in path.rsplit("/", 1)[-1]
        if scope["method"] in ("GET", "HEAD") and is_page:
            body = _index(language_of(scope))
            head: Headers = [
                (b"content-type", b"text/html; charset=utf-8"),
                (b"cache-control", b"no-cache"),
                (b"content-length", str(len(body)).encode()),
                (b"vary", b"accept-language"),
                *SECURITY,
            ]
            await send({"type": "http.response.start", "status": 200, "headers": head})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
            return

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message.get("headers", [])}
                message["headers"] = [
                    *message.get("headers", []),
                    *(header for header in SECURITY if header[0] not in present),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Assets:
    """Serves Streamlit's own assets from memory, compressed once: it sends them plain."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer asset requests; hand everything else on."""
        hit = None
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith("/static/"):
            zipped = b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b"")
            hit = _asset(scope["path"].removeprefix("/static/"), zipped)
        if hit is None:
            await self.app(scope, receive, send)
            return
        head, body = hit
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=512)
def _asset(name: str, zipped: bool) -> tuple[Headers, bytes] | None:
    root = STATIC / "static"
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            return None
        body = path.read_bytes()
    except (OSError, ValueError):  # a name that no file can have
        return None
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    head: Headers = [
        (b"content-type", kind.encode()),
        (b"cache-control", b"public, immutable, max-age=31536000"),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if zipped and path.suffix in COMPRESSED:
        body = gzip.compress(body, 6)
        head.append((b"content-encoding", b"gzip"))
    return [*head, (b"content-length", str(len(body)).encode())], body


class Elsewhere:
    """Says of an upload whose session is on another server that it is not found here: the proxy then asks the next one.

    Streamlit calls it a bad request, which no proxy tries again.
    """

    PATH = re.compile(r"^/_stcore/upload_file/([^/]+)/[^/]+$")

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer uploads for sessions that are not here; hand everything else on."""
        asked = self.PATH.match(scope["path"]) if scope["type"] == "http" else None
        if asked and scope["method"] in ("PUT", "DELETE") and not _is_here(asked.group(1)):
            head: Headers = [(b"content-length", b"0"), *SECURITY]
            await send({"type": "http.response.start", "status": 404, "headers": head})
            await send({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, receive, send)


def _is_here(session: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(session)


@asynccontextmanager
async def _lifespan(app: Any) -> AsyncIterator[dict[str, object]]:
    logs.keep_links_out()  # here: the server has just set up its logging
    if os.environ.get(logs.FORM) == "json":
        logs.write_lines()
    _settle_in()
    clearing = asyncio.create_task(clearing_up.go_on())
    yield {}
    clearing.cancel()
    opening.close()


YOUNG, MIDDLE, OLD = 5_000, 10, 100
"""When Python looks for what nobody holds any more; through all of it `clearing_up` has it look in time."""


def _settle_in() -> None:
    """Read what every visitor needs before the first one comes, and leave it out of every later look for garbage."""
    offered()
    main_one()
    for variety in varieties():
        catalogue(variety)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def _own_address_outside() -> None:
    """Stand in for Streamlit's question to a server outside under which address it sees this one: nothing is sent anywhere."""


_KEY = secrets.token_bytes(32)


def _name_of_file(data: bytes, mimetype: str, filename: str | None = None) -> str:
    """Return under which name a picture or download can be fetched: nobody finds it out who only knows what is in it.

    Streamlit looks at three parts of a file of more than 1 MB, and takes two reports that are alike there for the same one.
    """
    made = hashlib.blake2b(key=_KEY, digest_size=32)
    for part in (mimetype.encode(), (filename or "").encode(), data):
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.hexdigest()


def _told_once(tell: Callable[[CustomThemeConfig, str], None]) -> Callable[..., None]:
    """Return what tells a browser the theme, and puts that together once: Streamlit does so with each click, for a tenth of its work."""

    @lru_cache(maxsize=16)
    def made(section: str) -> CustomThemeConfig:
        theme = CustomThemeConfig()
        tell(theme, section)
        return theme

    @wraps(tell)
    def told(message: CustomThemeConfig, section: str = "theme") -> None:
        theme = made(section)
        if theme.ListFields():  # a part that is set to nothing would be there, too
            message.MergeFrom(theme)

    return told


def make(script: Path) -> Any:
    """Return the ASGI app that runs the frame at `script`."""
    living.in_the_page.set()
    reconnecting.watch()
    sending.keep()
    net_util.get_external_ip = _own_address_outside
    memory_media_file_storage._calculate_file_id = _name_of_file
    if not hasattr(app_session._populate_theme_msg, "__wrapped__"):
        app_session._populate_theme_msg = _told_once(app_session._populate_theme_msg)
    return st.App(
        str(script),
        lifespan=_lifespan,
        middleware=[
            Middleware(watching.Measured),
            Middleware(clearing_up.Counted),
            Middleware(Assets),
            Middleware(Pages),
            Middleware(Elsewhere),
        ],
        routes=health.routes(opening.store),
    )


def serve(script: Path, *, port: int, address: str) -> None:
    """Serve the app until stopped."""
    shipped = tomllib.loads((script.parent / ".streamlit" / "config.toml").read_text("utf-8"))
    own: dict[str, object] = {
        "server.port": port,
        "server.address": address,
        "logger.hideWelcomeMessage": True,
    }
    if os.environ.get(signing.SETTING):
        own["secrets.files"] = [os.environ[signing.SETTING]]
    settings = {**dict(_dotted(shipped)), **SETTINGS, **own}
    make(script).run(config=settings)


def _dotted(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, object]]:
    """Yield a configuration file's settings as Streamlit names them; it looks for the file in the working folder only."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
