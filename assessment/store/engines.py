"""How a database is reached: its URL checked, its connections set up, how many there may be and how long one may take."""

import os
import random
import re
import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from assessment.errors import Problem, StoreError

WRITES = "assessment_writes"
"""Marks the connections that begin by taking the write lock, so that a transaction never finds it taken half-way."""

ALONE = "assessment_alone"
"""Marks the connections that ask one question: SQLite needs no transaction for it."""

BUSY = (5, 6)
"""SQLite's primary result codes for a lock that somebody else holds: BUSY and LOCKED."""

BETWEEN_LOOKS = (0.001, 0.005)
"""Seconds between two looks at a lock that somebody else holds."""

POOL = "ASSESSMENT_DB_POOL"
"""The environment variable that says how many connections one process may have open; `pool=` in the URL goes before it."""

MOST = 32
"""So many, where nothing is said."""

AT_REST = 8
"""So many of them are kept open while nobody needs them."""

TIMEOUTS = {"statement_timeout": 30_000, "idle_in_transaction_session_timeout": 60_000}
"""Milliseconds: no page asks for as long, so whatever does is stuck, and must not keep others waiting for its locks."""

AT_LENGTH = {"statement_timeout": 0, "idle_in_transaction_session_timeout": 0, "lock_timeout": 60_000}
"""The same for migrations, backups and restores: they may take hours, but do not stand in the way for ever where they wait."""

QUIET: dict[str, Any] = {"hide_parameters": True}
"""An error's text goes into logs: what somebody answered must not stand in it."""

SCHEMA_LOCK = 0x617373657373
"""The number of the lock that whoever changes the schema holds in PostgreSQL."""

LOST_LINE: dict[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A server that vanished without a word is noticed after some 20 seconds, not after the operating system's quarter of an hour."""


def checked(url: str) -> URL:
    """Return the URL with the driver that we ship and an absolute path.

    Raises:
        StoreError: no URL, another kind of database, a database in memory, a folder that is not there.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            [
                Problem(
                    "“{url}” is not the URL of a database.",
                    "Write for example sqlite:///assessment.db or postgresql://user:password@host/name.",
                    values={"url": without_password(url)},
                )
            ]
        ) from error
    if re.search(
        r"[@/?#]", parsed.host or ""
    ):  # of a password that holds such signs, the rest would be told as a host
        raise StoreError(
            [
                Problem(
                    "the URL of the database cannot be read: signs such as @, / and # stand in the password as they are.",
                    "Write them as %40, %2F and %23, or choose a password of letters and digits.",
                )
            ]
        )
    backend = parsed.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(
            [
                Problem(
                    "“{backend}” is not a database this program can use.",
                    "Use a SQLite file (sqlite:///assessment.db) or PostgreSQL (postgresql://user:password@host/name).",
                    values={"backend": backend},
                )
            ]
        )
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise StoreError(
            [
                Problem(
                    "answers would be lost: the URL {url} does not name a file.",
                    "Write for example sqlite:///assessment.db.",
                    values={"url": without_password(url)},
                )
            ]
        )
    path = Path(parsed.database).absolute()
    if not path.parent.is_dir():
        raise StoreError(
            [
                Problem(
                    "there is no folder {folder} for the database {where}.",
                    "Make the folder, or correct the path.",
                    values={"folder": path.parent, "where": path},
                )
            ]
        )
    return parsed.set(drivername="sqlite+pysqlite", database=str(path))


_WITH_USER = re.compile(r"(?!sqlite)(?:[^:]*:/*[^/:]+:(?![0-9]+(?:[/?]|$))|[^:/]{2,}:[^/])")
"""A name, a colon and something that is no port: a user and a password, though the @ behind them is missing."""


def without_password(url: str) -> str:
    """Return what was given as a URL without anything that may be a password in it, however it is mistyped."""
    start, at, end = url.rpartition("@")
    if at:
        kept = f"{start.split(':', 1)[0]}:***@{end}"
    elif _WITH_USER.match(url):
        kept = f"{url.split(':', 1)[0]}:***"
    else:
        kept = url
    return re.sub(r"((?:password|passwd|pwd|secret)[^=&]*=)[^&]*", r"\1***", kept, flags=re.IGNORECASE)


def engine_of(url: URL, *, patience: float, where: str) -> Engine:
    """Return an engine; its connections wait `patience` seconds for other programs' locks.

    Raises:
        StoreError: the number of connections is none, or the driver is missing.
    """
    most, url = _most(url)
    pool: dict[str, Any] = {"pool_size": min(AT_REST, most), "max_overflow": most - min(AT_REST, most)}
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": patience}, **QUIET, **pool)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", partial(_begin_sqlite, patience=patience))
        return engine
    limits = {"connect_timeout": max(2, round(patience))} | LOST_LINE
    if "options" not in url.query:  # whoever names options has a reason, for example a connection pooler
        timeouts = {"lock_timeout": round(patience * 1000)} | TIMEOUTS
        limits["options"] = " ".join(f"-c {name}={value}" for name, value in timeouts.items())
    given = {name: value for name, value in limits.items() if name not in url.query}
    try:
        return create_engine(url, connect_args=given, pool_pre_ping=True, **QUIET, **pool)
    except ModuleNotFoundError as error:
        raise StoreError(
            [
                Problem(
                    "the driver for the PostgreSQL database {where} is not installed.",
                    "Install it with: pip install 'psycopg[binary]'",
                    values={"where": where},
                )
            ]
        ) from error


def take_time(connection: Connection) -> None:
    """Let this transaction take as long as a migration or a backup takes; a lock it waits for no longer than a minute."""
    if connection.dialect.name == "postgresql":
        for name, value in AT_LENGTH.items():
            connection.exec_driver_sql(f"SET LOCAL {name} = {value}")


def one_at_a_time(connection: Connection) -> None:
    """Wait until no other process changes the schema; on SQLite whoever writes is alone anyhow."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")


def _most(url: URL) -> tuple[int, URL]:
    """Return how many connections this process may have open, and the URL without what it says about that.

    Raises:
        StoreError: what is said is no such number.
    """
    said = url.query.get("pool") or os.environ.get(POOL) or str(MOST)
    if not (isinstance(said, str) and said.isascii() and said.isdigit() and 1 <= int(said) <= 10_000):
        raise StoreError(
            [
                Problem(
                    "“{said}” is not a number of connections to a database.",
                    "Set {name}, or pool= in the URL, to a whole number from 1; without it, it is {most}.",
                    values={"said": said, "name": POOL, "most": MOST},
                )
            ]
        )
    return int(said), url.difference_update_query(["pool"])


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin too late; we begin ourselves, see below
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA synchronous = FULL"
    )  # a commit is on the disk, not only with the operating system
    connection.execute("PRAGMA secure_delete = ON")  # deleted answers are overwritten, not only unlinked


def _begin_sqlite(connection: Connection, *, patience: float) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT" or options.get(ALONE):
        return
    if options.get(WRITES):
        _take_the_write_lock(connection, patience)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_the_write_lock(connection: Connection, patience: float) -> None:
    """Begin to write, as soon as nobody else does; asked for often, because SQLite itself looks only ten times a second in the end.

    Looking so seldom, it meets the lock taken each time while another process writes one batch after the other, and gives up.
    """
    driver: Any = connection.connection.driver_connection
    deadline = time.monotonic() + patience
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while time.monotonic() < deadline:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in BUSY:
                    break  # what it is, the last attempt tells
                time.sleep(random.uniform(*BETWEEN_LOOKS))  # noqa: S311 - so that two do not keep step
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
