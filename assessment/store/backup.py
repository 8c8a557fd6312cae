"""A whole database into a file and out of it, checked, and moved from one kind of database to another.

Each works on the schema that it finds: tables and columns are taken from the database itself, so a backup can be made before an
upgrade, and one of an older schema is restored at that schema and brought to the present one afterwards.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, MetaData, String, Table, collate, func, insert, inspect, select, text
from sqlalchemy.types import Boolean

from assessment.errors import Problem, Said, StoreError
from assessment.store.backup_file import (
    Columns,
    Counted,
    Counting,
    Head,
    Reading,
    Row,
    as_line,
    damaged,
    opened,
    value_of,
    written,
)
from assessment.store.database import Database
from assessment.store.engines import one_at_a_time, take_time
from assessment.store.tables import METADATA, VERSION_TABLE

AT_ONCE = 500
"""Rows that are in memory at a time."""

PATIENCE = 30.0
"""Seconds that these wait for others' locks: nobody looks at a page meanwhile."""


class Kept(NamedTuple):
    """What was written, restored or looked at."""

    where: str
    schema: str
    """The revision of the schema that the tables have."""
    tables: tuple[Counted, ...]


class Moved(NamedTuple):
    """Both sides of a move, table by table the same."""

    source: Kept
    target: Kept


class Checked(NamedTuple):
    """What a look at a whole database found."""

    found: Kept
    is_current: bool
    """Whether the schema is the one that this program uses; else it is brought there at the next start."""
    faults: tuple[str, ...]
    """What the database itself, and its references, say is wrong; nothing for none."""


def backup(url: str, file: Path, *, replace: bool = False) -> Kept:
    """Write everything in a database to a file, as it is at one moment, while the program goes on writing.

    Raises:
        StoreError: the database cannot be read, or the file not be written; then there is no file.
    """
    with _as_it_is(url) as database, _snapshot(database) as connection:
        schema, tables = _schema(database, connection)
        columns = tuple(Columns(table.name, tuple(table.c.keys())) for table in tables)
        with written(file, replace=replace) as writing:
            writing.head(Head(schema, datetime.now(UTC).isoformat(timespec="seconds"), columns))
            for table in tables:
                writing.table(table.name, _lines(connection, table, database.where))
        return Kept(database.where, schema, tuple(writing.counted))


def restore(file: Path, url: str, *, force: bool = False) -> Kept:
    """Put a backup into an empty database, all or nothing, and bring it to the present schema; `force` empties it before.

    The file is read to its end and checked before anything is changed; what was put in is read again and compared before
    it is committed.

    Raises:
        StoreError: the file is damaged or of a newer program, the database has data or cannot be written; nothing was changed.
    """
    with opened(file) as reading:
        promised = reading.tables(_look)
    database = Database(url, patience=PATIENCE, as_it_is=True, may_be_missing=True)
    try:
        with database.reading() as connection:
            database.is_current(connection)  # another program's file is refused before anything in it is set
        database.write_ahead()
        with opened(file) as reading, database.writing() as connection:
            take_time(connection)
            one_at_a_time(connection)
            _make_room(database, connection, reading.head, force=force)
            found = _put(database, connection, reading)
            if found != promised:
                raise _differs(database.where, promised, found)
            database.migrate(connection, "head")
        return Kept(database.where, reading.head.schema, found)
    except BaseException:
        database.close(unmade=True)
        raise
    finally:
        database.close()


def move(source: str, target: str, *, force: bool = False) -> Moved:
    """Copy everything from one database into another, empty one, and compare both; the first one stays as it is.

    Raises:
        StoreError: one cannot be read, the other has data, or they differ; then nothing was changed.
    """
    with tempfile.TemporaryDirectory(prefix="assessment-") as folder:  # 0700
        file = Path(folder) / "move.gz"
        before = backup(source, file)
        after = restore(file, target, force=force)
    if before.tables != after.tables:  # restore has compared them with the file; this compares the two ends
        raise _differs(after.where, before.tables, after.tables)
    return Moved(before, after)


def check(url: str) -> Checked:
    """Read every row of a database, and ask it whether it is in order; nothing is changed.

    Raises:
        StoreError: it cannot be read.
    """
    with _as_it_is(url) as database, _snapshot(database) as connection:
        is_current = database.is_current(connection)
        schema, tables = _schema(database, connection)
        faults = [
            *_integrity(connection),
            *(fault for table in tables for fault in _orphans(connection, table)),
        ]
        counted = tuple(_count(connection, table, database.where) for table in tables)
        return Checked(Kept(database.where, schema, counted), is_current, tuple(faults))


@contextmanager
def _as_it_is(url: str) -> Iterator[Database]:
    database = Database(url, patience=PATIENCE, as_it_is=True)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    with database.snapshot() as connection:
        take_time(connection)
        yield connection


def _schema(database: Database, connection: Connection) -> tuple[str, list[Table]]:
    """Return the schema's revision, and our tables, each after those it refers to.

    Raises:
        StoreError: there are none, or they are another program's or a newer one's.
    """
    database.is_current(connection)
    revision = database.revision(connection)
    if revision is None:
        raise StoreError(
            [
                Problem(
                    "the database {where} is empty: no assessment was ever kept in it.",
                    "Name the one that the program uses.",
                    values={"where": database.where},
                )
            ]
        )
    return revision, _tables(connection)


def _tables(connection: Connection) -> list[Table]:
    """Return our tables as they are in the database."""
    found = MetaData()
    ours = set(inspect(connection).get_table_names()) & METADATA.tables.keys()
    found.reflect(connection, only=sorted(ours))
    return [table for table in found.sorted_tables if table.name in ours]


def _lines(connection: Connection, table: Table, where: str) -> Iterator[bytes]:
    """Return the rows in the order of their keys, byte by byte, so that it is the same in every database."""
    order: list[Any] = [
        collate(column, "C")
        if connection.dialect.name == "postgresql" and isinstance(column.type, String)
        else column
        for column in table.primary_key
    ]
    try:
        options = {"stream_results": True, "yield_per": AT_ONCE}
        for row in connection.execute(select(table).order_by(*order), execution_options=options):
            yield as_line(row)
    except (ValueError, TypeError) as error:  # a moment that is none
        raise StoreError(
            [
                Problem(
                    "the table {table} of the database {where} holds something that cannot be read: {reason}",
                    "Another program may have changed it. Restore the latest backup.",
                    values={"table": table.name, "where": where, "reason": error},
                )
            ]
        ) from error


def _count(connection: Connection, table: Table, where: str) -> Counted:
    counting = Counting(table.name)
    for line in _lines(connection, table, where):
        counting.take(line)
    return counting.counted()


def _look(_each: Columns, rows: Iterator[Row]) -> None:
    for _ in rows:
        pass


def _make_room(database: Database, connection: Connection, head: Head, *, force: bool) -> None:
    """Leave the tables of the backup's schema, empty.

    Raises:
        StoreError: the database has data and it is not to be emptied; the backup's schema is not known.
    """
    if head.schema not in {script.revision for script in database.scripts().walk_revisions()}:
        raise StoreError(
            [
                Problem(
                    "this backup was made by a newer version of this program.",
                    "Install that version to restore it. Nothing was changed.",
                )
            ]
        )
    database.is_current(connection)  # refuses another program's, and a newer one's
    there = _tables(connection)
    full = [table.name for table in there if connection.execute(select(table).limit(1)).first() is not None]
    if full and not force:
        raise StoreError(
            [
                Problem(
                    "the database {where} has data already, in {tables}. Nothing was changed.",
                    "Name an empty one, or make a backup of this one and add --force: then everything in it is replaced.",
                    values={"where": database.where, "tables": ", ".join(full[:5])},
                )
            ]
        )
    for table in reversed(there):
        table.drop(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {VERSION_TABLE}"))
    database.migrate(connection, head.schema)


def _put(database: Database, connection: Connection, reading: Reading) -> tuple[Counted, ...]:
    """Put the rows in, and return what reading them again finds, in the order of the file."""
    made = {table.name: table for table in _tables(connection)}
    said = {each.table: set(each.columns) for each in reading.head.tables}
    if said != {name: set(table.c.keys()) for name, table in made.items()}:
        raise damaged(reading.file, Said("its tables are not those of its schema"))

    def take(each: Columns, rows: Iterator[Row]) -> None:
        table = made[each.table]
        kinds = [_kind(table, name) for name in each.columns]
        try:
            while some := [
                dict(zip(each.columns, map(value_of, row, kinds), strict=True))
                for row in islice(rows, AT_ONCE)
            ]:
                connection.execute(insert(table), some)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise damaged(reading.file, str(error)) from error
        _go_on_counting(connection, table)

    reading.tables(take)
    return tuple(_count(connection, made[each.table], database.where) for each in reading.head.tables)


def _kind(table: Table, column: str) -> type | None:
    kind = table.c[column].type
    if isinstance(kind, Boolean):
        return bool
    found: type = kind.python_type
    return found if found in (datetime, date, bytes, str, int, float) else None


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that were put in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key:
        if column.type.python_type is int:
            owned = connection.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
            highest = connection.execute(select(func.max(column))).scalar()
            if owned and highest:
                connection.execute(select(func.setval(owned, highest)))


def _integrity(connection: Connection) -> Iterable[str]:
    if connection.dialect.name != "sqlite":  # keeps checksums of its pages itself; every row is read
        return []
    return [said for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)") if said != "ok"]


def _orphans(connection: Connection, table: Table) -> Iterable[str]:
    """Say which references lead nowhere."""
    for key in table.foreign_keys:
        other = key.column.table.alias()
        lost = (
            select(func.count())
            .select_from(table.outerjoin(other, key.parent == other.c[key.column.name]))
            .where(key.parent.is_not(None), other.c[key.column.name].is_(None))
        )
        if count := connection.execute(lost).scalar_one():
            yield f"{table.name}.{key.parent.name}: {count} → {key.column.table.name}"


def _differs(where: str, promised: tuple[Counted, ...], found: tuple[Counted, ...]) -> StoreError:
    names = [before.table for before, after in zip(promised, found, strict=True) if before != after]
    return StoreError(
        [
            Problem(
                "what was put into the database {where} is not what was read, in {tables}. Nothing was changed.",
                "Try again. If it stays so, keep the backup and tell whoever maintains this program.",
                values={"where": where, "tables": ", ".join(names)},
            )
        ]
    )
