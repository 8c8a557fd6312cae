"""What went wrong with the database, said so that a person can put it right."""

from pydantic import ValidationError

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


def nobody_like_this() -> StoreError:
    """Return the error for a person who has not signed in, or was erased."""
    return StoreError(
        [
            Problem(
                "nobody who has signed in is known by this name, address or id.",
                "Look where the name stands: assessment db person find NAME.",
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


def desk_not_empty() -> StoreError:
    """Return the error for a desk that has clients."""
    return StoreError(
        [
            Problem(
                "there are clients on this desk, so it was not deleted.",
                "Take along what you want to keep, and delete the clients first.",
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
                values={"where": where, "reason": _without_values(error)},
            )
        ]
    )


def _without_values(error: Exception) -> str:
    """Return what is wrong with a row, without what stands in it: this goes into logs."""
    if not isinstance(error, ValidationError):
        return type(error).__name__
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{' › '.join(map(str, one['loc']))}: {one['msg']}" for one in found[:3])


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


def outcome_unknown(where: str) -> StoreError:
    """Return the error for a connection that was lost during a commit, where the server cannot say what became of it."""
    return Unavailable(
        [
            Problem(
                "the connection to the database {where} was lost while this was being saved, and whether it was saved is not known.",
                "Reload the page once the database answers again, and do it again only if it is not there. Saving an answer again does no harm.",
                values={"where": where},
            )
        ]
    )


def moved_away(where: str) -> StoreError:
    """Return the error for a file that was taken away under the program."""
    return StoreError(
        [
            Problem(
                "the database {where} was moved or deleted while the program was using it.",
                "Put the file back and try again, or restart the program to begin with an empty database.",
                values={"where": where},
            )
        ]
    )


def not_there(where: str) -> StoreError:
    """Return the error for a file that is to be read and is not there."""
    return StoreError(
        [
            Problem(
                "there is no database {where}.",
                "Name the one that the program uses: --database, or DATABASE_URL, or ASSESSMENT_DATA for its folder.",
                values={"where": where},
            )
        ]
    )


def cannot_be_made(where: str, error: OSError) -> StoreError:
    """Return the error for a file that was to be made."""
    return StoreError(
        [
            Problem(
                "the database {where} cannot be made: {reason}.",
                "Choose a folder that exists, is yours and has room.",
                values={"where": where, "reason": error.strerror or str(error)},
            )
        ]
    )
