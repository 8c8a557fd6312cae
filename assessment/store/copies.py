"""A copy of a SQLite file beside it, before its schema is changed: whoever wants the program of before back has the file of before."""

import logging
import os
import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from assessment.errors import Problem, StoreError

KEPT = 3
"""So many copies stay."""

_LOG = logging.getLogger("assessment")


def put_a_copy_beside(file: Path, *, found: str, head: str) -> Path | None:
    """Copy the file to `<file>.before-<head>` if it holds data, and return the copy; of earlier ones, the last few stay.

    Called with the write lock held, so the copy is the state that the migration begins with. It appears under its name only
    once it is complete.

    Raises:
        StoreError: there is no room for it, or it cannot be written; then nothing is migrated.
    """
    copy = file.with_name(f"{file.name}.before-{head}")
    partial = copy.with_name(f"{copy.name}.partial")
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as source:
            if not _has_data(source):
                return None
            os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
            with closing(sqlite3.connect(partial)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
        partial.replace(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            partial.unlink()
        raise StoreError(
            [
                Problem(
                    "the database {where} has to be brought to a newer schema, and the copy {copy} cannot be written before: {reason}",
                    "Make room, or let this program write to the folder, and start it again. Nothing was changed.",
                    values={"where": file, "copy": copy, "reason": error},
                )
            ]
        ) from error
    _LOG.warning(
        "Before the schema of %s is changed from %s to %s, it was copied to %s.", file, found, head, copy
    )
    copies = sorted(
        (one for one in file.parent.iterdir() if is_ours(one, of=file)),
        key=lambda one: (one.stat().st_mtime_ns, one.name),
    )
    for old in copies[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return copy


def is_ours(one: Path, *, of: Path) -> bool:
    """Say whether a file is such a copy, not something that somebody gave a like name."""
    return re.fullmatch(re.escape(f"{of.name}.before-") + "[0-9]{4}", one.name) is not None


def _has_data(source: sqlite3.Connection) -> bool:
    """Say whether there is an assessment, or a desk that somebody has begun to fill."""
    there = {name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    wanted = [name for name in ("assessment", "workspace") if name in there]
    return any(source.execute(f"SELECT EXISTS (SELECT 1 FROM {name})").fetchone() == (1,) for name in wanted)  # noqa: S608 - names of ours
