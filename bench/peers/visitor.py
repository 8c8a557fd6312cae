"""A visitor of any Streamlit app without a browser: speaks the protocol of its WebSocket and holds the page as a browser does.

It does one thing at a time and waits until the script has run; what the server sent meanwhile is kept, message by message.
It needs only what Streamlit brings along. Messages that are sent by their hash alone are taken from the visitor's memory,
which forgets as the browser's does.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
CHOICES = ("radio", "selectbox")
NO_KEY = "None"
"""What ends the id of a widget without a key."""
PATIENCE = 60.0
"""Seconds to wait for the end of a run."""

Path = tuple[int, ...]


class AppError(Exception):
    """The app showed an error, or did not do what it was asked."""


class Piece(NamedTuple):
    """One message that the server sent."""

    kind: str
    path: Path
    """Where in the page, if it is a part of the page."""
    size: int
    """Bytes."""


class Run(NamedTuple):
    """What one click, choice or visit set off."""

    seconds: float
    """From sending it to the report that the script has run."""
    pieces: tuple[Piece, ...]
    is_whole: bool
    """Whether the page's whole script ran; else a fragment of it."""

    @property
    def size(self) -> int:
        """Return how many bytes the server sent."""
        return sum(piece.size for piece in self.pieces)


class Node(NamedTuple):
    """An element or a container of the page."""

    path: Path
    kind: str
    proto: Any
    fragment: str
    run: str

    @property
    def id(self) -> str:
        """Return the widget's id; empty for what is none."""
        return str(getattr(self.proto, "id", "") or "")

    @property
    def key(self) -> str:
        """Return the key that the app's author gave a widget."""
        key = self.id.split("-", 2)[-1]
        return "" if key == NO_KEY else key


@dataclass
class Remembered:
    """A message that need not be sent again, and when it was last used."""

    message: ForwardMsg
    fragment: str
    used: int


@dataclass
class Visitor:
    """Somebody with one tab open; use with `async with`."""

    url: str
    query: str = ""
    locale: str = "en-GB"
    seat: str = ""
    """The number that nginx gives a browser, by which it chooses the server; none where there is no nginx."""
    nodes: dict[Path, Node] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    """The script of each page in the menu, by the page's address."""
    page: str = ""
    """The script of the page that is open."""
    held: dict[str, WidgetState] = field(default_factory=dict)
    """What the widgets hold that were touched, here or by the app."""
    timers: dict[str, float] = field(default_factory=dict)
    """Seconds after which a fragment wants to run again, by its id."""

    def __post_init__(self) -> None:
        self._remembered: dict[str, Remembered] = {}
        self._due: dict[str, float] = {}
        self._runs = 0
        self._longest = 2
        self._run = ""
        self._fragments: frozenset[str] = frozenset()

    async def __aenter__(self) -> Self:
        there = urlsplit(self.url)
        self._socket = await websockets.connect(
            f"ws://{there.netloc}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(self.url),
            additional_headers={"Cookie": f"assessment_seat={self.seat}"} if self.seat else None,
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
            close_timeout=1,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    # ── what a person does ───────────────────────────────────────────────────────────────────────────────────────────

    async def arrive(self, page: str = "") -> Run:
        """Open the address of a page."""
        return await self._ask(page_name=page)

    async def visit(self, page: str) -> Run:
        """Open a page by the menu."""
        self.query = ""
        return await self._ask(script=self.pages[page])

    async def rerun(self) -> Run:
        """Have the page's script run again."""
        return await self._ask()

    async def say(self, node: Node, **value: Any) -> Run:
        """Give a widget a value."""
        self.held[node.id] = WidgetState(id=node.id, **value)
        return await self._ask(fragment=node.fragment)

    async def choose(self, node: Node, option: str) -> Run:
        """Choose an option of a radio, a menu or tabs."""
        return await self.say(node, string_value=option)

    async def press(self, button: Node) -> Run:
        """Press a button."""
        return await self._ask(
            fragment=button.fragment, trigger=WidgetState(id=button.id, trigger_value=True)
        )

    async def think(self, seconds: float) -> None:
        """Do nothing for a time, in which what the page repeats by itself is repeated."""
        end = time.monotonic() + seconds
        while self._due and (first := min(self._due, key=self._due.__getitem__)) and self._due[first] < end:
            await asyncio.sleep(max(0.0, self._due[first] - time.monotonic()))
            await self._ask(fragment=first, by_itself=True)
            if first in self.timers:
                self._due[first] = time.monotonic() + self.timers[first]
            else:
                self._due.pop(first, None)
        await asyncio.sleep(max(0.0, end - time.monotonic()))

    # ── what is on the page ──────────────────────────────────────────────────────────────────────────────────────────

    def shown(self, *kinds: str) -> Iterator[Node]:
        """Yield what is on the page, of these kinds, from top to bottom."""
        for path in sorted(self.nodes):
            node = self.nodes[path]
            if not kinds or node.kind in kinds:
                yield node

    def chosen(self, node: Node) -> str | None:
        """Return the chosen option of a radio or a menu; None if nothing is chosen."""
        held = self.held.get(node.id)
        if held is not None:
            return held.string_value if held.HasField("string_value") else None
        proto = node.proto
        return str(proto.options[proto.default]) if proto.HasField("default") and proto.options else None

    def check(self) -> None:
        """Make sure that the page shows no error.

        Raises:
            AppError: it shows one.
        """
        for node in self.shown("exception", "alert"):
            if node.kind == "exception":
                raise AppError(f"{node.proto.type}: {node.proto.message}")
            if node.proto.format == Alert.ERROR:
                raise AppError(node.proto.body)

    # ── the protocol ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def _ask(
        self,
        *,
        fragment: str = "",
        trigger: WidgetState | None = None,
        script: str | None = None,
        page_name: str = "",
        by_itself: bool = False,
    ) -> Run:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.widget_states.widgets.extend(self.held.values())
        if trigger is not None:
            state.widget_states.widgets.append(trigger)
        state.page_script_hash = ("" if page_name else self.page) if script is None else script
        state.page_name = page_name
        state.fragment_id = fragment
        state.is_auto_rerun = by_itself
        state.cached_message_hashes.extend(self._remembered)
        about = state.context_info
        about.timezone, about.timezone_offset = "Europe/Brussels", -60
        about.locale, about.url, about.color_scheme = self.locale, f"{self.url}/{page_name}", "light"
        raw = message.SerializeToString()
        begin = time.perf_counter()
        await self._socket.send(raw)
        pieces = []
        async with asyncio.timeout(PATIENCE):
            while True:
                data = await self._socket.recv(decode=False)
                piece, is_end = self._hear(data)
                pieces.append(piece)
                if is_end:
                    return Run(time.perf_counter() - begin, tuple(pieces), not self._fragments)

    def _hear(self, data: bytes) -> tuple[Piece, bool]:
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = str(message.WhichOneof("type"))
        if kind == "ref_hash":
            known = self._remembered[message.ref_hash]
            known.used = self._runs
            full = ForwardMsg()
            full.CopyFrom(known.message)
            full.metadata.CopyFrom(message.metadata)
            message, kind = full, str(full.WhichOneof("type"))
        elif message.metadata.cacheable and message.hash:
            known = Remembered(message, message.delta.fragment_id, self._runs)
            self._remembered[message.hash] = known
        name, is_end = kind, False
        match kind:
            case "delta":
                name = self._draw(message)
            case "new_session":
                self._begin(message)
            case "script_finished":
                is_end = self._end(message)
            case "navigation":
                self.pages = {
                    "" if page.is_default else page.url_pathname: page.page_script_hash
                    for page in message.navigation.app_pages
                }
                self.page = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "auto_rerun":
                fragment, interval = message.auto_rerun.fragment_id, message.auto_rerun.interval
                self.timers[fragment] = interval
                self._due.setdefault(fragment, time.monotonic() + interval)
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self.timers.pop(fragment, None)
                    self._due.pop(fragment, None)
            case "session_event" if message.session_event.HasField("script_compilation_exception"):
                raise AppError(message.session_event.script_compilation_exception.message)
        return Piece(name, tuple(message.metadata.delta_path), len(data)), is_end

    def _begin(self, message: ForwardMsg) -> None:
        run = message.metadata.run
        self._run, self._fragments = run.script_run_id, frozenset(run.fragment_ids)
        if not self._fragments:
            self.page = message.new_session.page_script_hash or self.page
            self._longest = message.new_session.config.max_cached_message_age or self._longest
            self.timers.clear()  # a whole run says again what repeats
            self._due.clear()

    def _draw(self, message: ForwardMsg) -> str:
        delta, path = message.delta, tuple(message.metadata.delta_path)
        of = str(delta.WhichOneof("type"))
        if of not in ("new_element", "add_block"):
            return of
        whole = getattr(delta, of)
        kind = str(whole.WhichOneof("type"))
        # A container's id is its own, an element's is that of what is in it.
        proto = whole if of == "add_block" else getattr(whole, kind)
        self.nodes[path] = Node(path, kind, proto, delta.fragment_id, self._run)
        if getattr(proto, "set_value", False):
            if kind in CHOICES and proto.HasField("raw_value"):
                self.held[proto.id] = WidgetState(id=proto.id, string_value=proto.raw_value)
            else:  # the server knows what it set
                self.held.pop(proto.id, None)
        return kind

    def _end(self, message: ForwardMsg) -> bool:
        run, status = message.metadata.run, message.script_finished
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise AppError("the script cannot be compiled")
        if status not in DONE or (run.script_run_id and run.script_run_id != self._run):
            return False  # it makes way for another run, whose end is still to come
        stale = [
            path
            for path, node in self.nodes.items()
            if node.run != self._run and (not self._fragments or node.fragment in self._fragments)
        ]
        for path in stale:
            del self.nodes[path]
        living = {node.id for node in self.nodes.values()}
        self.held = {name: state for name, state in self.held.items() if name in living}
        self._runs += 1
        self._remembered = {
            name: each
            for name, each in self._remembered.items()
            if self._runs - each.used <= self._longest
            or (self._fragments and each.fragment not in self._fragments)
        }
        return True
