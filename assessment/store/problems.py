"""What went wrong with the database, said so that a person can put it right."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from assessment.errors import Problem, StoreError


class Unavailable(StoreError):  # noqa: N818 - it says what is the matter
    """The database does not answer: another attempt would wait as long again."""


class UnknownLink(StoreError):  # noqa: N818 - it says what is the matter
    """No assessment is behind this private link."""


def unknown_code() -> StoreError:
    """Return the error for a code that opens nothing."""
    return StoreError(
        [
            Problem(
                "no assessment is open under this code.",
                "Compare it with the one on the other screen; a code ends after some hours, and a new one ends the one before.",
            )
        ]
    )


def too_many_codes() -> StoreError:
    """Return the error for somebody who tries codes."""
    return StoreError(
        [
            Problem(
                "too many wrong codes were entered in the last minute.",
                "Wait a minute and enter it again, or ask for the private link.",
            )
        ]
    )


def unknown_link() -> StoreError:
    """Return the error for a token that opens nothing."""
    return UnknownLink(
        [
            Problem(
                "there is no assessment behind this link.",
                "Check that the link was copied completely. The link of a deleted assessment cannot be used again.",
            )
        ]
    )


def unknown_workshop() -> StoreError:
    """Return the error for a code that leads to no workshop."""
    return StoreError(
        [
            Problem(
                "no workshop is open under this code.",
                "Compare it with the one on the big screen. Once a workshop is closed nobody can join it any more.",
            )
        ]
    )


def unknown_seat() -> StoreError:
    """Return the error for somebody whose place in a workshop is not known."""
    return UnknownLink(
        [
            Problem(
                "your place in this workshop is not known here.",
                "Join again with the code on the big screen. Votes that were confirmed are kept.",
            )
        ]
    )


def unknown_desk() -> StoreError:
    """Return the error for a link that opens nobody's desk."""
    return UnknownLink(
        [
            Problem(
                "there is no desk behind this link.",
                "Check that the link was copied completely. Whoever opened the desk can copy it again from there.",
            )
        ]
    )


def not_on_this_desk() -> StoreError:
    """Return the error for a client, site or assessment that is gone, or is on another desk."""
    return StoreError(
        [
            Problem(
                "this is not on your desk any more, so nothing was changed.",
                "It was probably deleted or moved in another window. Reload the page to see what there is.",
            )
        ]
    )


def not_allowed() -> StoreError:
    """Return the error for somebody whose role lets them do less."""
    return StoreError(
        [
            Problem(
                "your role does not let you do this, so nothing was changed.",
                "Ask an owner of the desk, or whoever sent you the link, to do it or to give you another role.",
            )
        ]
    )


def not_signed_in() -> StoreError:
    """Return the error for somebody who has not signed in."""
    return StoreError([Problem("you are not signed in.", "Sign in and try again.")])


def unknown_person() -> StoreError:
    """Return the error for somebody who is no member."""
    return StoreError(
        [
            Problem(
                "this person is not a member here any more, so nothing was changed.",
                "They were probably removed in another window. Reload the page to see who is there.",
            )
        ]
    )


def last_owner() -> StoreError:
    """Return the error for leaving a desk without an owner."""
    return StoreError(
        [
            Problem(
                "this is the last owner of the desk, so nothing was changed.",
                "Make somebody else an owner first.",
            )
        ]
    )


def unknown_membership() -> StoreError:
    """Return the error for an invitation that makes nobody a member, or not this one."""
    return UnknownLink(
        [
            Problem(
                "this invitation is not valid, or not any more.",
                "Sign in with the address it was sent to, or ask whoever sent it for a new one. Each can be used once.",
            )
        ]
    )


def filed_elsewhere() -> StoreError:
    """Return the error for an assessment that is on somebody's desk already."""
    return StoreError(
        [
            Problem(
                "this assessment is filed on another desk already.",
                "Ask whoever has it there to take it off, or make a copy from a file of it.",
            )
        ]
    )


def not_empty() -> StoreError:
    """Return the error for a site that has assessments."""
    return StoreError(
        [
            Problem(
                "this site has assessments, so it was not deleted.",
                "Move or delete them first, or delete the whole client.",
            )
        ]
    )


def unknown_invitation() -> StoreError:
    """Return the error for a personal link that opens nothing, or nothing any more."""
    return UnknownLink(
        [
            Problem(
                "this personal link opens nothing, or nothing any more.",
                "Check that it was copied completely, or ask whoever sent it for a new one. What you answered until now is kept.",
            )
        ]
    )


def unknown_contribution() -> StoreError:
    """Return the error for a contribution that is gone."""
    return StoreError(
        [
            Problem(
                "this contribution is not there any more, so nothing was changed.",
                "It was probably removed in another window. Reload the page to see what there is.",
            )
        ]
    )


def unknown_assessment() -> StoreError:
    """Return the error for writing to an assessment that is no longer there."""
    return StoreError(
        [
            Problem(
                "this assessment is not there any more, so nothing was saved.",
                "It was probably deleted in another window. Copy what you typed before you leave this page.",
            )
        ]
    )


def damaged(where: str, error: Exception) -> StoreError:
    """Return the error for a row that is not what this program writes."""
    return StoreError(
        [
            Problem(
                "the stored assessment cannot be read: {reason}",
                "Another program may have changed {where}. Restore the latest backup.",
                values={"where": where, "reason": str(error)},
            )
        ]
    )


def not_text(error: UnicodeError) -> StoreError:
    """Return the error for characters that no database stores."""
    return StoreError(
        [
            Problem(
                "the text contains a broken character that cannot be stored: {character}",
                "Remove that character and save again.",
                values={
                    "character": ascii(error.args[1][error.args[2] : error.args[3]])
                    if len(error.args) > 3
                    else ""
                },
            )
        ]
    )


def closed(where: str) -> StoreError:
    """Return the error for saving while the program shuts down."""
    return StoreError(
        [
            Problem(
                "the program is shutting down and saves nothing any more.",
                "Open the page again once the program has been restarted.",
                values={"where": where},
            )
        ]
    )


def store_error(error: Exception, where: str) -> StoreError:
    """Return what the database's own error means."""
    if isinstance(error, UnicodeError):
        return not_text(error)
    if isinstance(error, NoConnectionFree):
        return Unavailable(_busy(where))
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
                        "Name another file, or move this one away to begin with a new database. It was not changed.",
                        values={"where": where},
                    )
                ]
            )
        case 11:  # CORRUPT
            return StoreError(
                [
                    Problem(
                        "the database {where} is damaged: {reason}",
                        "Stop the program, keep a copy of the file, and restore the latest backup.",
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
        case None | "57P01" | "57P02" | "57P03" | "53300" if isinstance(
            error, OperationalError | InterfaceError
        ):
            # no connection, shutting down, starting up, too many connections
            return Unavailable(
                [
                    Problem(
                        "the database {where} cannot be reached: {reason}",
                        "Check that the database server runs and that its address, user and password are right.",
                        values={"where": where, "reason": str(error.orig).strip()},
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
                "reason": str(getattr(error, "orig", None) or error).strip() or repr(error),
            },
        )
    ]
