"""What the database keeps, why, and how long: a word on every table and column, checked against the schema itself."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, Table

from assessment.i18n import N_
from assessment.store.tables import METADATA

About = Literal["nobody", "perhaps", "somebody"]
"""Whether it says something about a person: never, if somebody writes a name into it, or by its nature."""


class Purpose(NamedTuple):
    """Why a table is there. Texts are in English, as keys of the catalogue."""

    title: str
    why: str
    until: str
    about: About


class Held(NamedTuple):
    """What a column holds."""

    column: str
    what: str
    """Nothing where it says only to which row of another table this one belongs."""
    of: str
    """The title of that table."""


class Told(NamedTuple):
    """A table and its columns, with what is in them."""

    table: str
    purpose: Purpose
    columns: tuple[Held, ...]


WITH_IT = N_("Until the assessment is deleted.")
_OF_THE_DESK = N_("Until the client or the desk is deleted.")

PURPOSES: dict[str, Purpose] = {
    "assessment": Purpose(
        N_("Assessments"),
        N_("So that one can stop, go on, and read the results."),
        N_("Until it is deleted, or nobody has changed it for as long as whoever runs this program has set."),
        "perhaps",
    ),
    "answer": Purpose(N_("Answers"), N_("The results are computed from them."), WITH_IT, "perhaps"),
    "answer_history": Purpose(
        N_("Earlier answers"),
        N_("So that nothing that was typed is lost when somebody else answers, too."),
        WITH_IT,
        "perhaps",
    ),
    "earlier": Purpose(N_("The assessment before"), N_("So that progress can be shown."), WITH_IT, "perhaps"),
    "link": Purpose(
        N_("Further private links"),
        N_("So that other devices and other people get in, and a link can be taken back."),
        N_("Until it is taken back, 30 days after it has ended, or until the assessment is deleted."),
        "perhaps",
    ),
    "code": Purpose(
        N_("Short codes"),
        N_("So that another device gets in without a link being typed."),
        N_(
            "It opens for eight hours; deleted with the next code, or if this installation tidies up every night."
        ),
        "nobody",
    ),
    "wrong_code": Purpose(
        N_("Wrong codes"),
        N_("So that nobody can try codes until one fits."),
        N_(
            "It counts for a minute; deleted with the next wrong code, or if this installation tidies up every night."
        ),
        "nobody",
    ),
    "workshop": Purpose(
        N_("Workshops"),
        N_("So that a group can vote and talk about what divides it; the report tells what was decided."),
        WITH_IT,
        "nobody",
    ),
    "seat": Purpose(
        N_("Seats in a workshop"),
        N_("So that everybody votes once. A seat has a role and no name."),
        WITH_IT,
        "nobody",
    ),
    "vote": Purpose(
        N_("Votes"),
        N_("To be counted, never shown one by one."),
        N_(
            "Until the workshop is closed, at the latest after 30 days if this installation tidies up every night."
        ),
        "nobody",
    ),
    "dissent": Purpose(
        N_("Objections"),
        N_("So that somebody who disagrees is heard; kept without a name."),
        N_(
            "Until the workshop is closed, at the latest after 30 days if this installation tidies up every night."
        ),
        "nobody",
    ),
    "workspace": Purpose(
        N_("Desks"),
        N_("So that consultants keep their clients together."),
        N_("Until its owner deletes it, once it is empty."),
        "perhaps",
    ),
    "client": Purpose(
        N_("Clients"), N_("So that it is known whose assessments these are."), _OF_THE_DESK, "perhaps"
    ),
    "site": Purpose(
        N_("Sites"), N_("So that sites can be put together and side by side."), _OF_THE_DESK, "perhaps"
    ),
    "filed": Purpose(
        N_("What is filed where"),
        N_("So that a consultant sees what is to be done next."),
        WITH_IT,
        "perhaps",
    ),
    "follow_up": Purpose(
        N_("What follows what"), N_("So that an assessment can be held again."), WITH_IT, "nobody"
    ),
    "contribution": Purpose(
        N_("Who contributed"),
        N_("So that answers under a name can be compared, and somebody decides."),
        N_("Until it is removed, or the assessment is deleted."),
        "somebody",
    ),
    "contributed": Purpose(
        N_("Answers under a name"),
        N_("So that answers under a name can be compared, and somebody decides."),
        N_("Until it is removed, or the assessment is deleted."),
        "somebody",
    ),
    "person": Purpose(
        N_("People who have signed in"),
        N_("So that they find their desks again, and nobody else does."),
        N_(
            "Until they are erased, or have not signed in and belong to no desk for as long as whoever runs this program has set."
        ),
        "somebody",
    ),
    "membership": Purpose(
        N_("Members of a desk"),
        N_("It says who may do what."),
        N_("Until they leave, are removed or erased."),
        "somebody",
    ),
    "invitation": Purpose(
        N_("Invitations to a desk"),
        N_("So that only the person with this address can take it."),
        N_("Until it is taken, taken back, or has ended, if this installation tidies up every night."),
        "somebody",
    ),
    "trail": Purpose(
        N_("The trail"),
        N_("So that an owner can see who saw, changed, exported, shared and deleted what."),
        N_(
            "For twelve months, unless whoever runs this program has set another time. Entries cannot be changed."
        ),
        "somebody",
    ),
}

_IN_GENERAL: dict[str, str] = {
    "id": N_("a random identifier"),
    "created_at": N_("when it was made"),
    "changed_at": N_("when it was last changed"),
    "archived_at": N_("when it was put away"),
    "until": N_("when it ends"),
    "token_hash": N_("the private link, as a fingerprint from which it cannot be found again"),
    "question": N_("which question"),
    "revision": N_("how often it was changed"),
    "state": N_("whether it is answered, open, not known or does not apply"),
    "value": N_("the answer"),
    "reason": N_("why it does not apply, in free text"),
    "evidence": N_("what it rests on"),
    "comment": N_("a comment in free text"),
    "brand": N_("name, colours and logo for reports"),
    "role": N_("the role"),
    "name": N_("the name"),
}

_HERE: dict[str, str] = {
    "assessment.questionnaire": N_("which questionnaire"),
    "assessment.version": N_("which version of it"),
    "assessment.language": N_("in which language it was begun"),
    "assessment.organisation": N_("the organisation"),
    "assessment.unit": N_("the unit"),
    "assessment.author": N_("who made it, in free text"),
    "assessment.held_on": N_("the day it was held"),
    "assessment.short": N_("whether it is the short version"),
    "assessment.profile": N_("country, size and kind of work, by choices"),
    "assessment.plan": N_("what the plan is made under; owners, days and notes of measures"),
    "assessment.earlier_on": N_("the day of the one it is compared with"),
    "answer.writer": N_("which browser window wrote it, by a random identifier"),
    "answer.respondent": N_("who answered, if it was somebody else"),
    "answer_history.writer": N_("which browser window wrote it, by a random identifier"),
    "answer_history.respondent": N_("who answered, if it was somebody else"),
    "earlier.content": N_("answers and questionnaire of the assessment before"),
    "link.role": N_("what it lets one do"),
    "link.label": N_("for whom or what it is, in free text"),
    "code.code_hash": N_("the code, as a fingerprint: only who tries all possible codes finds it again"),
    "wrong_code.kind": N_("a code for what"),
    "wrong_code.at": N_("when"),
    "wrong_code.caller": N_("from where, as a keyed fingerprint; never an address"),
    "workshop.code": N_("the code that people join by, while it is open"),
    "workshop.opened_at": N_("when it began"),
    "workshop.closed_at": N_("when it was closed"),
    "workshop.smallest": N_("the smallest group that is shown"),
    "workshop.phase": N_("where it stands"),
    "workshop.round": N_("which round"),
    "workshop.left": N_("seconds left while it rests"),
    "workshop.agenda": N_("which questions"),
    "workshop.topic": N_("what is on the screen"),
    "workshop.topics": N_("counts, decisions, and objections without names"),
    "workshop.brought": N_("how many took part, if it came in a file"),
    "seat.joined_at": N_("when somebody joined"),
    "seat.role": N_("the role, without a name"),
    "vote.round": N_("which round"),
    "dissent.text": N_("what somebody objects"),
    "dissent.signed": N_("whether the role may be told"),
    "workspace.pools": N_("what was last given away as a benchmark: numbers without names"),
    "client.note": N_("a note in free text"),
    "site.contacts": N_("contacts in a year"),
    "site.heads": N_("how many people work there"),
    "filed.next_step": N_("the next step, in free text"),
    "filed.next_on": N_("the day for it"),
    "follow_up.follows": N_("which assessment it follows"),
    "follow_up.questions": N_("which questions are asked again"),
    "contribution.respondent": N_("the name"),
    "contribution.role": N_("the role, in free text"),
    "contribution.received_at": N_("when it came"),
    "contributed.confidence": N_("how sure they were"),
    "contributed.settled": N_("whether somebody has decided"),
    "person.issuer": N_("who vouches for them: the sign-on"),
    "person.subject": N_("what the sign-on calls them"),
    "person.email": N_("the address"),
    "person.seen_at": N_("when they last signed in"),
    "membership.since": N_("since when"),
    "invitation.email": N_("the address"),
    "trail.id": N_("a running number"),
    "trail.at": N_("when"),
    "trail.act": N_("what was done"),
    "trail.person": N_("who had signed in, by a number that means nobody once they are erased"),
    "trail.link": N_("by which link, as a fingerprint from which it cannot be found again"),
    "trail.assessment": N_("with which assessment, by its number"),
    "trail.workspace": N_("on which desk, by its number"),
    "trail.what": N_("as what kind of file"),
}


def told() -> Iterator[Told]:
    """Tell what is kept, table by table, in the order of the list above.

    Raises:
        KeyError: a table or a column has no word: it must not be kept before it has.
    """
    for name, purpose in PURPOSES.items():
        table = METADATA.tables[name]
        yield Told(name, purpose, tuple(_held(table, column) for column in table.columns))


def _held(table: Table, column: Column[Any]) -> Held:
    here = f"{table.name}.{column.name}"
    if here not in _HERE:
        for key in column.foreign_keys:
            return Held(column.name, "", PURPOSES[key.column.table.name].title)
    return Held(column.name, _HERE.get(here) or _IN_GENERAL[column.name], "")


def unused() -> set[str]:
    """Return the columns that are described and not there."""
    return {here for here in _HERE if here.split(".")[1] not in METADATA.tables[here.split(".")[0]].c}
