"""Figures for whoever watches the servers, in Prometheus's form: numbers only, no label tells a person or an assessment."""

import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assessment.errors import Problem, StoreError
from assessment.store import Store
from assessment.ui.logs import LOG

if TYPE_CHECKING:
    from prometheus_client.core import Metric

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

RUNS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds, the bounds of the histograms."""
SLOW = 2.0
"""Seconds after which a run is written down."""
KINDS = (
    ("/_stcore/stream", "socket"),
    ("/_stcore/upload_file", "upload"),
    ("/_stcore/", "streamlit"),
    ("/media/", "download"),
    ("/static/", "asset"),
    ("/healthz", "health"),
    ("/readyz", "health"),
)


class Meters:
    """The meters of this process."""

    def __init__(self, store: Callable[[], Store]) -> None:
        from prometheus_client import CollectorRegistry, Gauge, Histogram
        from prometheus_client.gc_collector import GCCollector
        from prometheus_client.process_collector import ProcessCollector

        self._store = store
        self.registry = CollectorRegistry()
        self.runs = Histogram(
            "assessment_run_seconds",
            "How long it took to draw a page or a part of one.",
            ["part"],
            buckets=RUNS,
            registry=self.registry,
        )
        self.requests = Histogram(
            "assessment_request_seconds",
            "How long it took to answer a request.",
            ["kind", "status"],
            buckets=RUNS,
            registry=self.registry,
        )
        self.sessions = Gauge(
            "assessment_sessions_open", "Browser tabs that are connected.", registry=self.registry
        )
        self.registry.register(self)
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def collect(self) -> "Iterator[Metric]":
        """Yield what the store says about itself."""
        from prometheus_client.core import CounterMetricFamily as Counter
        from prometheus_client.core import GaugeMetricFamily as Gauge

        now = self._store().figures()
        yield Counter("assessment_answers_saved", "Answers reported as saved.", value=now.answers)
        yield Counter("assessment_wrong_codes", "Wrong codes that were entered.", value=now.wrong_codes)
        errors = Counter(
            "assessment_store_errors", "What the database refused or failed to do.", labels=["kind"]
        )
        for kind, count in now.errors.items():
            errors.add_metric([kind], count)
        yield errors
        yield Gauge("assessment_writer_waiting", "Changes that wait for the next commit.", value=now.waiting)
        pool = Gauge("assessment_database_connections", "Connections to the database.", labels=["state"])
        pool.add_metric(["in use"], now.in_use)
        pool.add_metric(["idle"], now.idle)
        yield pool
        yield Gauge(
            "assessment_database_connections_most", "Connections there can be at most.", value=now.most
        )


_meters: list[Meters] = []
"""One where figures are asked for, none elsewhere: then nothing is measured."""


def begin(store: Callable[[], Store], *, port: int, address: str) -> None:
    """Serve the figures at /metrics on a port of their own.

    Raises:
        StoreError: the library is not installed, or the port is taken.
    """
    try:
        from prometheus_client import start_http_server

        meters = Meters(store)
        start_http_server(port, addr=address, registry=meters.registry)
    except ModuleNotFoundError as error:
        raise StoreError(
            [
                Problem(
                    "the library that serves figures is not installed.",
                    "Install it with: pip install 'transformation-assessment[metrics]', or leave --metrics-port out.",
                )
            ]
        ) from error
    except OSError as error:
        raise StoreError(
            [
                Problem(
                    "the figures cannot be served on {address}, port {port}: {reason}",
                    "Name another port with --metrics-port, or stop the program that uses this one.",
                    values={"address": address, "port": str(port), "reason": error.strerror or str(error)},
                )
            ]
        ) from error
    _meters[:] = [meters]


@contextmanager
def timed(*, whole: bool) -> Iterator[None]:
    """Measure how long a page or a part of one takes to draw, where somebody watches."""
    began = time.perf_counter()
    try:
        yield
    finally:
        seconds = time.perf_counter() - began
        if _meters:
            _meters[0].runs.labels("page" if whole else "part").observe(seconds)
        if seconds > SLOW:
            LOG.info("a run was slow", extra={"numbers": {"seconds": round(seconds, 3)}})


def kind_of(path: str) -> str:
    """Return what kind of request it is; the address itself may be anything."""
    return next((kind for start, kind in KINDS if path.startswith(start)), "page")


class Measured:
    """Measures every request, and counts the browser tabs that are connected."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Hand everything on."""
        if not _meters or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        meters = _meters[0]
        if scope["type"] == "websocket":
            with meters.sessions.track_inprogress():
                await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def send_noting(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        finally:
            seconds = time.perf_counter() - began
            meters.requests.labels(kind_of(scope["path"]), f"{status // 100}xx").observe(seconds)
