"""The database behind the store: opened, brought to the present schema, asked in transactions, with plain errors."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Select, column, inspect, select, table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from assessment.errors import Problem, StoreError
from assessment.store.copies import put_a_copy_beside
from assessment.store.engines import ALONE, WRITES, checked, engine_of, one_at_a_time, take_time
from assessment.store.figures import Tally, kind_of
from assessment.store.meanings import store_error
from assessment.store.problems import Unavailable, cannot_be_made, moved_away, not_there, outcome_unknown
from assessment.store.tables import METADATA, VERSION_TABLE
from assessment.store.trying import Mark, Outcome, Tries, is_lost, mark, may_pass, outcome

T = TypeVar("T")

MIGRATIONS = "assessment:migrations"
"""The schema's history inside the installed package."""

SCHEMA: Select[str] = select(column("version_num")).select_from(table(VERSION_TABLE))
_LOG = logging.getLogger("assessment")

_migrating = threading.Lock()
"""Alembic keeps what it is migrating in a module global."""


class Database:
    """One database, at the present schema, for any number of threads.

    Raises:
        StoreError: it cannot be opened, belongs to another program, or was made by a newer version of this one.
    """

    def __init__(
        self,
        url: str,
        *,
        patience: float,
        called: str = "",
        migrations: str = MIGRATIONS,
        as_it_is: bool = False,
        may_be_missing: bool = False,
    ) -> None:
        """Open it and bring it to the present schema; `as_it_is`, only look that it is there, if it may not be missing.

        Messages call it as it is `called`; else they name the file, or the URL without its password.
        """
        self._url = checked(url)
        self._patience = patience
        self._migrations = migrations
        self._file = Path(self._url.database or "") if self._url.get_backend_name() == "sqlite" else None
        self.errors = Tally()
        self.after_reading: Callable[[], None] = lambda: None
        self._head: str | None = None
        self.where = called or str(self._file or self._url.set(query={}).render_as_string(hide_password=True))
        self._engine = engine_of(self._url, patience=patience, where=self.where)
        self._asking = self._engine.execution_options(**{ALONE: True})
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._identity: tuple[int, int] | None = None
        self._is_made = False
        try:
            if not as_it_is:
                if self._file is not None and not self._file.exists():
                    with suppress(OSError):  # what is wrong with it is told below
                        self._file.touch(0o600)  # its owner alone reads it, and what SQLite keeps beside it
                self._prepare()
            elif self._file is not None:  # SQLite would make an empty one
                if may_be_missing and not self._file.exists():
                    self._is_made = _make(self._file, self.where)
                self._identity = _identity(self._file)
                if self._identity is None:
                    raise not_there(self.where)
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
        if not alone:
            self.after_reading()

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

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a connection that sees the whole database as it is at one moment, and changes nothing.

        Raises:
            StoreError: the database cannot be read.
        """
        is_file = self._file is not None  # SQLite's transactions are like that
        options = {} if is_file else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._transaction(self._engine.execution_options(**options)) as connection:
            yield connection

    def write(self, change: Callable[[Connection], T]) -> T:
        """Return what `change` returns, once that is committed. It is run again if it met another, or lost its connection.

        Raises:
            StoreError: the database cannot be written, or (`Unavailable`) it is not known whether it was.
        """
        tries = Tries(self._patience)
        while True:
            ready: Mark | None = None
            try:
                with self.writing() as connection:
                    result = change(connection)
                    ready = mark(connection)
                return result
            except StoreError as error:
                if ready is not None and is_lost(
                    error.__cause__
                ):  # on the way to the commit, or back from it
                    became = self._outcome(ready)
                    if became == "committed":
                        return result
                    if became is None:
                        raise outcome_unknown(self.where) from error
                if not may_pass(error.__cause__) or not tries.again():
                    raise

    def _outcome(self, of: Mark) -> Outcome | None:
        """Return what became of a transaction, as soon as the server can be asked; None where nobody knows."""
        tries = Tries(self._patience)
        while True:
            try:
                with self._engine.connect() as connection:
                    found = outcome(connection, of)
                if found != "in progress":  # the server has not noticed yet that nobody is there any more
                    return found
            except SQLAlchemyError:  # not there yet, or a standby that was not promoted yet
                found = None
            if not tries.again():
                return None

    def close(self, *, unmade: bool = False) -> None:
        """Close all connections; `unmade`, take the file away again that was made for this and never filled."""
        self._engine.dispose()
        if unmade and self._is_made and self._file is not None:
            _take_away(self._file)

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        self._follow_the_file()
        try:
            with self._connected(engine) as connection, connection.begin():
                yield connection
        except (SQLAlchemyError, UnicodeError) as error:
            self.errors.count(kind_of(error))
            _LOG.error("The database refused what was asked of it: %s.", kind_of(error))
            raise store_error(error, self.where) from error

    def _connected(self, engine: Engine) -> Connection:
        """Return a connection; while another server takes over, wait for it."""
        tries = Tries(self._patience)
        while True:
            try:
                return engine.connect()
            except SQLAlchemyError as error:
                if not may_pass(error) or not tries.again():
                    raise

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
            raise moved_away(self.where)
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
                if time.monotonic() > deadline or not _may_be_there_now(error):
                    raise (
                        error if isinstance(error, StoreError) else store_error(error, self.where)
                    ) from error
                time.sleep(0.05)
        if self._file is not None:
            self._identity = _identity(self._file)

    def _upgrade(self) -> None:
        scripts = self.scripts()
        self._head = scripts.get_current_head()
        with self._engine.begin() as connection:
            if self._is_current(connection, scripts):
                return
        self._write_ahead()
        with self._engine.execution_options(**{WRITES: True}).begin() as connection:
            take_time(connection)
            one_at_a_time(connection)
            if not self._is_current(connection, scripts):
                found, head = self.revision(connection), scripts.get_current_head() or ""
                if self._file is not None and found is not None:
                    put_a_copy_beside(self._file, found=found, head=head)
                self.migrate(connection, "head")
                _LOG.info("The database %s was brought from schema %s to %s.", self.where, found, head)

    def write_ahead(self) -> None:
        """Let SQLite write ahead, so that who reads does not wait: kept in the file from now on.

        Raises:
            StoreError: the file cannot be written.
        """
        try:
            self._write_ahead()
        except SQLAlchemyError as error:
            raise store_error(error, self.where) from error

    def _write_ahead(self) -> None:
        if self._file is not None:  # It cannot be set inside a transaction.
            with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")

    def migrate(self, connection: Connection, revision: str) -> None:
        """Bring the schema to a revision, inside the transaction that is under way."""
        config = Config()
        config.set_main_option("script_location", self._migrations)
        config.set_main_option("path_separator", "os")
        config.attributes.update(connection=connection, version_table=VERSION_TABLE)
        with _migrating:
            command.upgrade(config, revision)

    def scripts(self) -> ScriptDirectory:
        """Return the schema's history as this program knows it."""
        config = Config()
        config.set_main_option("script_location", self._migrations)
        config.set_main_option("path_separator", "os")
        return ScriptDirectory.from_config(config)

    def revision(self, connection: Connection) -> str | None:
        """Return the revision of the schema; None where there is none yet."""
        options = {"version_table": VERSION_TABLE}
        return MigrationContext.configure(connection, opts=options).get_current_revision()

    def is_current(self, connection: Connection) -> bool:
        """Say whether the schema is the present one.

        Raises:
            StoreError: the schema is newer than this program or another program's.
        """
        return self._is_current(connection, self.scripts())

    def _is_current(self, connection: Connection, scripts: ScriptDirectory) -> bool:
        """Say whether the schema is the present one.

        Raises:
            StoreError: the schema is newer than this program or another program's.
        """
        # In this order: another process may finish its upgrade between the two looks; its tables are not a stranger's.
        tables = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
        found = self.revision(connection)
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


def _may_be_there_now(error: Exception) -> bool:
    """Say whether another look at the database may find it in order."""
    if isinstance(error, StoreError):
        return False
    meaning = store_error(error, "")
    orig = getattr(error, "orig", None)
    sqlite_lock = isinstance(meaning, Unavailable) and hasattr(orig, "sqlite_errorcode")
    # PostgreSQL has no lock on "no tables yet": two programs that both make them meet as duplicates.
    duplicate = getattr(orig, "sqlstate", None) in {"42P07", "42P06", "42701", "42710", "23505"}
    return sqlite_lock or duplicate


def _make(file: Path, where: str) -> bool:
    """Make an empty file that its owner alone reads, and return True.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        file.touch(0o600, exist_ok=False)
    except OSError as error:
        raise cannot_be_made(where, error) from error
    return True


def _take_away(file: Path) -> None:
    """Delete a file that was made and never filled, unless another program has begun to use it meanwhile."""
    with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(file, timeout=0)) as held:
        held.isolation_level = None
        held.execute("BEGIN EXCLUSIVE")
        if held.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            for end in ("", "-wal", "-shm"):
                Path(f"{file}{end}").unlink(missing_ok=True)


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
