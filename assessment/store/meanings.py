"""What a database's own errors mean, said so that a person can put it right."""

import re

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from assessment.errors import Problem, StoreError
from assessment.store.problems import Unavailable, not_text
from assessment.store.trying import is_lost


def store_error(error: Exception, where: str) -> StoreError:
    """Return what the database's own error means."""
    if isinstance(error, UnicodeError):
        return not_text(error)
    if isinstance(error, NoConnectionFree):
        return Unavailable(
            [
                Problem(
                    "all connections to the database {where} are in use.",
                    "Try again in a moment. If it happens often, allow more of them (ASSESSMENT_DB_POOL), or start more servers.",
                    values={"where": where},
                )
            ]
        )
    if not isinstance(error, DBAPIError) or error.orig is None:
        return StoreError(_other(where, error))
    if isinstance(error.orig, UnicodeError):
        return not_text(error.orig)
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _from_sqlite(code & 0xFF, error.orig, where)
    return _from_postgresql(getattr(error.orig, "sqlstate", None), error, where)


def _from_sqlite(code: int, error: BaseException, where: str) -> StoreError:
    """Return the meaning of SQLite's primary result code, https://www.sqlite.org/rescode.html."""
    match code:
        case 5 | 6:  # BUSY, LOCKED
            return Unavailable(_busy(where))
        case 8 | 3:  # READONLY, PERM
            return StoreError(_read_only(where))
        case 13:  # FULL
            return StoreError(_full(where))
        case 14:  # CANTOPEN
            return StoreError(
                [
                    Problem(
                        "the database {where} cannot be opened.",
                        "Check that it is a file and that this program may read and write the file and its folder.",
                        values={"where": where},
                    )
                ]
            )
        case 26:  # NOTADB
            return StoreError(
                [
                    Problem(
                        "the file {where} is not a database.",
                        "It was not changed. If it should be one, move it away and restore the latest backup (assessment db restore FILE --database URL)."
                        " Otherwise name another file.",
                        values={"where": where},
                    )
                ]
            )
        case 11:  # CORRUPT
            return StoreError(
                [
                    Problem(
                        "the database {where} is damaged: {reason}",
                        "Stop the program, move the file away, keep it, and restore the latest backup: assessment db restore FILE --database URL.",
                        values={"where": where, "reason": str(error)},
                    )
                ]
            )
        case _:
            return StoreError(_other(where, error))


def _from_postgresql(state: str | None, error: DBAPIError, where: str) -> StoreError:
    """Return the meaning of a SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html."""
    match state:
        case "55P03":  # lock_not_available
            return Unavailable(_busy(where))
        case "25006" | "42501":  # read_only_sql_transaction, insufficient_privilege
            return StoreError(_read_only(where))
        case "53100":  # disk_full
            return StoreError(_full(where))
        case "57014":  # query_canceled, by a time-out
            return Unavailable(
                [
                    Problem(
                        "the database {where} took too long to answer.",
                        "Try again in a moment. If it stays so, the server is overloaded or something else holds it up.",
                        values={"where": where},
                    )
                ]
            )
        case "40001" | "40P01":
            return Unavailable(_busy(where))
        case _ if state == "53300" or is_lost(error):
            # no connection, shutting down, starting up, too many connections
            return Unavailable(
                [
                    Problem(
                        "the database {where} cannot be reached: {reason}",
                        "Check that the database server runs and that its address, user and password are right.",
                        values={"where": where, "reason": _reason(error, where)},
                    )
                ]
            )
        case _:
            return StoreError(_other(where, error.orig or error))


def _busy(where: str) -> list[Problem]:
    return [
        Problem(
            "the database {where} is locked by another program.",
            "Close the other program, for example a backup or a database viewer, and try again.",
            values={"where": where},
        )
    ]


def _read_only(where: str) -> list[Problem]:
    return [
        Problem(
            "the database {where} can only be read.",
            "Give this program the right to write to it, for a file also to its folder, and try again.",
            values={"where": where},
        )
    ]


def _full(where: str) -> list[Problem]:
    return [
        Problem(
            "the disk with the database {where} is full.",
            "Free some space and try again. What was saved before is still there.",
            values={"where": where},
        )
    ]


def _other(where: str, error: BaseException) -> list[Problem]:
    return [
        Problem(
            "the database {where} refused: {reason}",
            "Nothing was saved by this. Try again; if it stays so, tell whoever runs this program the reason.",
            values={
                "where": where,
                "reason": _own_words(getattr(error, "orig", None) or error),
            },
        )
    ]


def _own_words(error: BaseException) -> str:
    """Return what the database says of an error, without the values that it was about: those are what somebody wrote."""
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    return str(primary or error).strip() or type(error).__name__


def _reason(error: DBAPIError, where: str) -> str:
    """Return why a server cannot be reached, on one line; where messages do not name it, without its address and user."""
    said = " ".join(str(error.orig).split())
    return said if "://" in where else re.sub(r'"[^"]*"', "…", said.rpartition("failed: ")[2])
