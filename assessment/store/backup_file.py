"""The file of a backup: gzip, and in it lines of JSON: a head, the rows of one table after the other, an end with counts and checksums.

It is the same for SQLite and PostgreSQL, is written and read line by line, and holds data only: reading it runs nothing.
"""

import base64
import gzip
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from assessment.errors import Problem, Said, StoreError

FORMAT = "assessment-backup"
VERSION = 1

LONGEST_LINE = 256 * 1024 * 1024
"""Bytes of one row; what is longer was not written by this program."""

Row = list[Any]


class Columns(NamedTuple):
    """A table, and the columns of its rows in the file."""

    table: str
    columns: tuple[str, ...]


class Head(NamedTuple):
    """What the first line says."""

    schema: str
    made_at: str
    tables: tuple[Columns, ...]
    """Each after those it refers to."""


class Counted(NamedTuple):
    """How many rows a table has, and the SHA-256 of their lines in the order of their keys."""

    table: str
    rows: int
    sha256: str


class Counting:
    """The count and the checksum of a table, row by row."""

    def __init__(self, table: str) -> None:
        self._table, self._rows, self._hash = table, 0, hashlib.sha256()

    def take(self, line: bytes) -> None:
        """Count a row."""
        self._rows += 1
        self._hash.update(line)

    def counted(self) -> Counted:
        """Return what was counted."""
        return Counted(self._table, self._rows, self._hash.hexdigest())


def as_line(row: Iterable[Any]) -> bytes:
    """Return a row as it stands in the file: the same for the same row, whichever database it comes from."""
    return _line([_as_json(value) for value in row])


def _line(said: object) -> bytes:
    return (json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _as_json(value: Any) -> Any:
    match value:
        case datetime():
            moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            return moment.isoformat()
        case date():
            return value.isoformat()
        case bytes():
            return {"base64": base64.b64encode(value).decode()}
        case None | str() | bool() | int() | float():
            return value
        case _:
            raise TypeError(f"{type(value).__name__} cannot be kept in a backup")


def value_of(said: Any, kind: type | None) -> Any:
    """Return what a value in the file means in a column of this kind.

    Raises:
        ValueError, TypeError: it means nothing there.
    """
    if said is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(said).astimezone(UTC)
    if kind is date:
        return date.fromisoformat(said)
    if kind is bytes:
        return base64.b64decode(said["base64"], validate=True)
    if kind is not None and not isinstance(said, (int, float) if kind is float else kind):
        raise TypeError(f"{said!r:.60} is no {kind.__name__}")
    return said


@contextmanager
def written(file: Path, *, replace: bool) -> Iterator["Writing"]:
    """Give a backup to write to; it appears under its name, readable by its owner only, once it is complete and on the disk.

    Raises:
        StoreError: it cannot be written, or is there already and is not to be replaced.
    """
    if file.exists() and not replace:
        raise _is_there(file)
    partial = file.with_name(f".{file.name}.{secrets.token_hex(4)}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as raw:
            with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6) as packed:
                writing = Writing(packed)
                yield writing
                writing.end()
            raw.flush()
            os.fsync(raw.fileno())
        _put_there(partial, file, replace=replace)
        _flush_folder(file.parent)
    except OSError as error:
        raise StoreError(
            [
                Problem(
                    "the backup cannot be written: {reason}.",
                    "Choose a folder that exists, is yours and has room.",
                    file=str(file),
                    values={"reason": error.strerror or str(error)},
                )
            ]
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _put_there(partial: Path, file: Path, *, replace: bool) -> None:
    """Give the file its name; one that came there meanwhile stays, unless it is to be replaced.

    Raises:
        StoreError: there is one by now.
        OSError: it cannot be done.
    """
    if not replace:
        try:
            os.link(partial, file)
        except FileExistsError:
            raise _is_there(file) from None
        except OSError:  # a file system without links
            if file.exists():
                raise _is_there(file) from None
        else:
            return
    partial.replace(file)


def _is_there(file: Path) -> StoreError:
    return StoreError(
        [
            Problem(
                "this file is there already, so no backup was made.",
                "Choose another name, for example with the date in it, or add --force to replace it.",
                file=str(file),
            )
        ]
    )


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system can
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Writing:
    """A backup that is being written: the head, then each table's rows."""

    def __init__(self, packed: gzip.GzipFile) -> None:
        self._packed, self._all = packed, hashlib.sha256()
        self.counted: list[Counted] = []

    def head(self, head: Head) -> None:
        """Write the first line."""
        tables = [{"table": each.table, "columns": each.columns} for each in head.tables]
        self._put(
            _line(
                {
                    "format": FORMAT,
                    "version": VERSION,
                    "schema": head.schema,
                    "made_at": head.made_at,
                    "tables": tables,
                }
            )
        )

    def table(self, name: str, rows: Iterable[bytes]) -> None:
        """Write a table's rows."""
        counting = Counting(name)
        for line in rows:
            counting.take(line)
            self._put(line)
        self.counted.append(counting.counted())
        self._put(_line({"end": name, "rows": self.counted[-1].rows, "sha256": self.counted[-1].sha256}))

    def end(self) -> None:
        """Write the last line: whatever lacks it is not a whole backup."""
        self._packed.write(_line({"end": FORMAT, "sha256": self._all.hexdigest()}))

    def _put(self, line: bytes) -> None:
        self._all.update(line)
        self._packed.write(line)


@contextmanager
def opened(file: Path) -> Iterator["Reading"]:
    """Give a backup to read.

    Raises:
        StoreError: it is not there, is no backup, is damaged or ends too early.
    """
    try:
        with gzip.open(file, "rb") as packed:
            yield Reading(file, packed)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise damaged(file, str(error)) from error
    except OSError as error:
        raise StoreError(
            [
                Problem(
                    "the backup cannot be read: {reason}.",
                    "Check its name, and that it is yours to read.",
                    file=str(file),
                    values={"reason": error.strerror or str(error)},
                )
            ]
        ) from error


class Reading:
    """A backup that is being read, from its beginning to its end, once."""

    def __init__(self, file: Path, packed: gzip.GzipFile) -> None:
        self.file, self._packed, self._all = file, packed, hashlib.sha256()
        self.head = self._head()

    def tables(self, take: Callable[[Columns, Iterator[Row]], None]) -> tuple[Counted, ...]:
        """Hand each table with its rows to `take`, and return what was counted, once all checksums were found right."""
        found = []
        for each in self.head.tables:
            counting = Counting(each.table)
            take(each, self._rows(each, counting))
            found.append(counting.counted())
        before = self._all.hexdigest()
        if self._said(self._line()) != {"end": FORMAT, "sha256": before} or self._packed.read(1):
            raise damaged(self.file, Said("the checksum at its end is another"))
        return tuple(found)

    def _rows(self, each: Columns, counting: Counting) -> Iterator[Row]:
        while True:
            line = self._line()
            said = self._said(line)
            if isinstance(said, list) and len(said) == len(each.columns):
                counting.take(line)
                yield said
                continue
            counted = counting.counted()
            if said != {"end": each.table, "rows": counted.rows, "sha256": counted.sha256}:
                raise damaged(
                    self.file, Said("the rows of “{table}” are not those that were written", table=each.table)
                )
            return

    def _head(self) -> Head:
        said = self._said(self._line())
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise damaged(self.file, Said("it does not begin like one"))
        if said.get("version") != VERSION:
            raise StoreError(
                [
                    Problem(
                        "this backup was made by a newer version of this program.",
                        "Install that version to restore it. Nothing was changed.",
                        file=str(self.file),
                    )
                ]
            )
        try:
            tables = tuple(Columns(str(t["table"]), tuple(map(str, t["columns"]))) for t in said["tables"])
            return Head(str(said["schema"]), str(said["made_at"]), tables)
        except (KeyError, TypeError) as error:
            raise damaged(self.file, Said("its first line lacks something")) from error

    def _line(self) -> bytes:
        line = self._packed.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise damaged(self.file, Said("it ends too early"))
        return line

    def _said(self, line: bytes) -> Any:
        try:
            said = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise damaged(self.file, Said("a line in it cannot be read")) from error
        self._all.update(line)
        return said


def damaged(file: Path, reason: str) -> StoreError:
    """Return the error for a file that is no whole backup."""
    return StoreError(
        [
            Problem(
                "this is no backup, or not a whole one: {reason}.",
                "Nothing was changed. Use another backup, or fetch this one again from where it is kept.",
                file=str(file),
                values={"reason": reason},
            )
        ]
    )
