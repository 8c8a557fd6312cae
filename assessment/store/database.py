"""The database behind the store: opened, brought to the present schema, asked in transactions, with plain errors."""

import random
import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    column,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from assessment.errors import Problem, StoreError
from assessment.store.figures import Tally, kind_of
from assessment.store.problems import Unavailable, store_error
from assessment.store.tables import METADATA, VERSION_TABLE

MIGRATIONS = "assessment:migrations"
"""The schema's history inside the installed package."""

WRITES = "assessment_writes"
"""Marks the connections that begin by taking the write lock, so that a transaction never finds it taken half-way."""

ALONE = "assessment_alone"
"""Marks the connections that ask one question: SQLite needs no transaction for it."""

BUSY = (5, 6)
"""SQLite's primary result codes for a lock that somebody else holds: BUSY and LOCKED."""

SCHEMA: Select[str] = select(column("version_num")).select_from(table(VERSION_TABLE))

BETWEEN_LOOKS = (0.001, 0.005)
"""Seconds between two looks at a lock that somebody else holds."""

_migrating = threading.Lock()
"""Alembic keeps what it is migrating in a module global."""


class Database:
    """One database, at the present schema, for any number of threads.

    Raises:
        StoreError: it cannot be opened, belongs to another program, or was made by a newer version of this one.
    """

    def __init__(self, url: str, *, patience: float, migrations: str = MIGRATIONS) -> None:
        self._url = _checked(url)
        self._patience = patience
        self._migrations = migrations
        self._file = Path(self._url.database or "") if self._url.get_backend_name() == "sqlite" else None
        self.errors = Tally()
        self._head: str | None = None
        self.where = str(self._file or self._url.set(query={}).render_as_string(hide_password=True))
        self._engine = _engine(self._url, patience=patience, where=self.where)
        self._asking = self._engine.execution_options(**{ALONE: True})
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._identity: tuple[int, int] | None = None
        try:
            self._prepare()
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def reading(self, *, alone: bool = False) -> Iterator[Connection]:
        """Give a connection that sees one state of the database; for one question `alone` without a transaction around it.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._transaction(self._asking if alone else self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on the disk once the block has ended, or not made at all.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._transaction(self._writing) as connection:
            yield connection

    def unfit(self) -> str:
        """Return what keeps the database from being used, without naming it; nothing if it answers and has the present schema."""
        try:
            with self.reading() as connection:
                found = connection.execute(SCHEMA).scalar_one_or_none()
        except StoreError:
            return "the database does not answer"
        if found != self._head:
            return f"the database has the schema {found}, this program needs {self._head}"
        return ""

    def connections(self) -> tuple[int, int, int]:
        """Return how many connections are in use, are idle, and can be open at most."""
        pool = self._engine.pool
        if not isinstance(pool, QueuePool):
            return 0, 0, 0
        return pool.checkedout(), pool.checkedin(), pool.size() + pool._max_overflow

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        self._follow_the_file()
        try:
            with engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, UnicodeError) as error:
            self.errors.count(kind_of(error))
            raise store_error(error, self.where) from error

    def _follow_the_file(self) -> None:
        """Open the file anew if another one was put in its place: SQLite would go on writing into the one taken away.

        Raises:
            StoreError: the file is gone.
        """
        if self._file is None:
            return
        present = _identity(self._file)
        if present is not None and present == self._identity:
            return
        self._engine.dispose()
        if present is None:
            raise StoreError(
                [
                    Problem(
                        "the database {where} was moved or deleted while the program was using it.",
                        "Put the file back and try again, or restart the program to begin with an empty database.",
                        values={"where": self.where},
                    )
                ]
            )
        self._prepare()

    def _prepare(self) -> None:
        """Bring the schema up to date, however many processes try to at the same time."""
        self._identity = None
        deadline = time.monotonic() + self._patience
        while True:
            try:
                self._upgrade()
                break
            except (SQLAlchemyError, Unavailable) as error:
                # Another process holds the lock, or made the same tables first: then the next look finds them.
                if time.monotonic() > deadline or not _may_pass(error):
                    raise (
                        error if isinstance(error, StoreError) else store_error(error, self.where)
                    ) from error
                time.sleep(0.05)
        if self._file is not None:
            self._identity = _identity(self._file)

    def _upgrade(self) -> None:
        config = Config()
        config.set_main_option("script_location", self._migrations)
        config.set_main_option("path_separator", "os")
        scripts = ScriptDirectory.from_config(config)
        self._head = scripts.get_current_head()
        with self._engine.begin() as connection:
            if self._is_current(connection, scripts):
                return
        if self._file is not None:
            # Kept in the file from now on. It cannot be set inside a transaction.
            with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        with _migrating, self._engine.execution_options(**{WRITES: True}).begin() as connection:
            if not self._is_current(connection, scripts):
                config.attributes.update(connection=connection, version_table=VERSION_TABLE)
                command.upgrade(config, "head")

    def _is_current(self, connection: Connection, scripts: ScriptDirectory) -> bool:
        """Say whether the schema is the present one.

        Raises:
            StoreError: the schema is newer than this program or another program's.
        """
        # In this order: another process may finish its upgrade between the two looks; its tables are not a stranger's.
        tables = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
        found = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE}
        ).get_current_revision()
        if found is None:
            self._refuse_a_strangers(tables)
            return False
        if found not in {script.revision for script in scripts.walk_revisions()}:
            raise StoreError(
                [
                    Problem(
                        "the database {where} was made by a newer version of this program (its schema is {found},"
                        " this program knows up to {known}).",
                        "Install the newer version again, or name another database. It was not changed.",
                        values={"where": self.where, "found": found, "known": scripts.get_current_head()},
                    )
                ]
            )
        return found == scripts.get_current_head()

    def _refuse_a_strangers(self, tables: set[str]) -> None:
        """Raise a StoreError for tables that we did not make; a PostgreSQL database may be shared, a file may not."""
        foreign = tables if self._file is not None else tables & METADATA.tables.keys()
        if foreign:
            raise StoreError(
                [
                    Problem(
                        "the database {where} belongs to another program: it contains {tables}.",
                        "Name another database. It was not changed.",
                        values={"where": self.where, "tables": ", ".join(sorted(foreign)[:5])},
                    )
                ]
            )


def _checked(url: str) -> URL:
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
                    values={"url": _without_password(url)},
                )
            ]
        ) from error
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
                    values={"url": _without_password(url)},
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


def _without_password(url: str) -> str:
    """Return what was given as a URL without anything that may be a password in it, however it is mistyped."""
    start, at, end = url.rpartition("@")
    kept = f"{start.split(':', 1)[0]}:***@{end}" if at else url
    return re.sub(r"((?:password|passwd|pwd|secret)[^=&]*=)[^&]*", r"\1***", kept, flags=re.IGNORECASE)


def _engine(url: URL, *, patience: float, where: str) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": patience}, pool_size=8, max_overflow=56)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", partial(_begin_sqlite, patience=patience))
        return engine
    limits: dict[str, Any] = {"connect_timeout": max(2, round(patience))}
    if (
        "options" not in url.query
    ):  # whoever names options in the URL has a reason, for example a connection pooler
        limits["options"] = f"-c lock_timeout={round(patience * 1000)}"
    try:
        return create_engine(url, connect_args=limits, pool_size=8, max_overflow=24, pool_pre_ping=True)
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


def _may_pass(error: Exception) -> bool:
    """Say whether another look at the database may find it in order."""
    if isinstance(error, StoreError):
        return False
    meaning = store_error(error, "")
    orig = getattr(error, "orig", None)
    sqlite_lock = isinstance(meaning, Unavailable) and hasattr(orig, "sqlite_errorcode")
    # PostgreSQL has no lock on "no tables yet": two programs that both make them meet as duplicates.
    duplicate = getattr(orig, "sqlstate", None) in {"42P07", "42P06", "42701", "42710", "23505"}
    return sqlite_lock or duplicate


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
