"""The tables as the present program reads and writes them; `assessment.migrations` makes them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

METADATA = MetaData()

VERSION_TABLE = "assessment_schema"
"""Holds the schema's revision, under a name of our own, so that another program's Alembic never mistakes it for its."""


class Utc(TypeDecorator[datetime]):
    """A moment, in UTC on both sides; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC; one without a zone is taken to be in UTC."""
        return value and in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment with its zone."""
        return value and in_utc(value)


def in_utc(moment: datetime) -> datetime:
    """Return the moment in UTC; one without a zone is taken to be in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


ASSESSMENT = Table(
    "assessment",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("questionnaire", String(80), nullable=False),
    Column("version", String(40), nullable=False),
    Column("language", String(2), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("short", Boolean, nullable=False),
    Column("profile", Text, nullable=False),
    Column("plan", Text),
    Column("brand", Text),
    Column("earlier_on", Date),
)

EARLIER = Table(
    "earlier",
    METADATA,
    Column("assessment", String(32), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("content", Text, nullable=False),
)
"""The assessment before, with its questionnaire: read only where a report is made, because it is large."""


LINK = Table(
    "link",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("assessment", String(32), ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("role", String(12), nullable=False, server_default="consultant"),
    Column("label", Text, nullable=False, server_default=""),
    Column("until", Utc),
)
"""Further private links: each device that came in by a code has one of its own; others are handed out, and may end or let do less."""
Index("link_assessment", LINK.c.assessment)

CODE = Table(
    "code",
    METADATA,
    Column("code_hash", String(64), primary_key=True),
    Column("assessment", String(32), ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False),
    Column("until", Utc, nullable=False),
)
"""Short codes that open an assessment on another device, for a few hours."""
Index("code_assessment", CODE.c.assessment)
Index("code_until", CODE.c.until)


def _answer_columns() -> tuple[Column[Any], ...]:
    return (
        Column("assessment", String(32), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
        Column("question", String(80), primary_key=True),
        Column("state", String(20), nullable=False),
        Column("value", Text),
        Column("reason", Text, nullable=False),
        Column("evidence", String(20), nullable=False),
        Column("comment", Text, nullable=False),
        Column("changed_at", Utc, nullable=False),
        Column("writer", String(64), nullable=False),
        Column("respondent", Text, nullable=False, server_default=""),
    )


ANSWER = Table("answer", METADATA, *_answer_columns(), Column("revision", Integer, nullable=False))

ANSWER_HISTORY = Table(
    "answer_history",
    METADATA,
    *_answer_columns(),
    Column("revision", Integer, primary_key=True, autoincrement=False),
)
"""Every value that a later one has replaced. Rows are only added; they go when their assessment is deleted."""

WORKSHOP = Table(
    "workshop",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("assessment", String(32), ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False),
    Column("code", String(9), unique=True),
    Column("opened_at", Utc, nullable=False),
    Column("closed_at", Utc),
    Column("smallest", Integer, nullable=False),
    Column("phase", String(12), nullable=False),
    Column("question", String(80), nullable=False),
    Column("round", Integer, nullable=False),
    Column("until", Utc),
    Column("left", Integer),
    Column("revision", Integer, nullable=False),
    Column("agenda", Text, nullable=False),
    Column("topic", Text),
    Column("topics", Text, nullable=False),
    Column("brought", Integer),
)
"""A workshop on an assessment: where it stands, in columns that everybody in the room reads every few seconds; what was talked
about, as JSON; how many took part, where it was brought from a file and has no seats. Its code lets people vote and see nothing,
so it stands there as it is; it goes when the workshop closes."""
Index("workshop_assessment", WORKSHOP.c.assessment)

SEAT = Table(
    "seat",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("workshop", String(32), ForeignKey("workshop.id", ondelete="CASCADE"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("joined_at", Utc, nullable=False),
)
"""Somebody who takes part: a role and no name."""
Index("seat_workshop", SEAT.c.workshop)


def _of_a_seat() -> tuple[Column[Any], ...]:
    return (
        Column("workshop", String(32), ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
        Column("question", String(80), primary_key=True),
        Column("seat", String(32), ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True),
    )


VOTE = Table(
    "vote",
    METADATA,
    *_of_a_seat(),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("value", Text),
)
"""Who voted what: only until the workshop closes. What may be shown of it is counted once, when a round is revealed."""
Index("vote_seat", VOTE.c.seat)

DISSENT = Table(
    "dissent",
    METADATA,
    *_of_a_seat(),
    Column("text", Text, nullable=False),
    Column("signed", Boolean, nullable=False),
)
"""What somebody wants to be kept who does not agree; whose it is, only until the workshop closes."""
Index("dissent_seat", DISSENT.c.seat)

WORKSPACE = Table(
    "workspace",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("pools", Text),
)
"""A consultant's desk: whoever has its private link sees its clients and opens their assessments. What it last gave away as a
benchmark of each kind is kept as JSON: a later issue must not give anybody away beside it."""

CLIENT = Table(
    "client",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("workspace", String(32), ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("brand", Text),
    Column("created_at", Utc, nullable=False),
    Column("archived_at", Utc),
)
Index("client_workspace", CLIENT.c.workspace)

SITE = Table(
    "site",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("client", String(32), ForeignKey("client.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("contacts", Integer),
    Column("heads", Integer),
    Column("created_at", Utc, nullable=False),
)
"""Contacts a year and heads are what the site weighs among the others; none where nobody said."""
Index("site_client", SITE.c.client)

FILED = Table(
    "filed",
    METADATA,
    Column("assessment", String(32), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("site", String(32), ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("next_step", Text, nullable=False),
    Column("next_on", Date),
    Column("archived_at", Utc),
)
"""Where an assessment is filed; one that is nobody's client's has no row."""
Index("filed_site", FILED.c.site)

FOLLOW_UP = Table(
    "follow_up",
    METADATA,
    Column("assessment", String(32), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True),
    Column("follows", String(32), nullable=False),
    Column("questions", Text),
)
"""An assessment that is held again: which one it follows, and as JSON what a pulse asks again; none where all is asked.
The one before may be deleted; what it said is kept with the `earlier` one."""

CONTRIBUTION = Table(
    "contribution",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("assessment", String(32), ForeignKey("assessment.id", ondelete="CASCADE"), nullable=False),
    Column("respondent", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("token_hash", String(64), unique=True),
    Column("until", Utc),
)
"""What a named person answers apart from the assessment. One that came as a file has no `until`; a personal link that was
taken back has no token any more."""
Index("contribution_assessment", CONTRIBUTION.c.assessment)

CONTRIBUTED = Table(
    "contributed",
    METADATA,
    Column("contribution", String(32), ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String(80), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("value", Text),
    Column("reason", Text, nullable=False),
    Column("evidence", String(20), nullable=False),
    Column("comment", Text, nullable=False),
    Column("confidence", String(10)),
    Column("changed_at", Utc, nullable=False),
    Column("settled", Boolean, nullable=False),
)
"""Its answers; `settled` once somebody has decided what becomes of one."""

WRONG_CODE = Table(
    "wrong_code",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("at", Utc, nullable=False),
    Column("caller", String(32), nullable=False),
)
"""Wrong codes of the last minute, so that all app servers count together: not what was typed, and of who tried at most a keyed
hash whose key is not in the database."""
Index("wrong_code_at", WRONG_CODE.c.at)

PERSON = Table(
    "person",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("issuer", String(250), nullable=False),
    Column("subject", String(250), nullable=False),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    UniqueConstraint("issuer", "subject", name="person_known"),
)
"""Somebody who has signed in: known by whom the sign-on says they are, not by their address, which may change hands."""

MEMBERSHIP = Table(
    "membership",
    METADATA,
    Column("workspace", String(32), ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True),
    Column("person", String(32), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(12), nullable=False),
    Column("client", String(32), ForeignKey("client.id", ondelete="CASCADE")),
    Column("since", Utc, nullable=False),
)
"""What somebody is at a desk; with a client, they see that one only."""
Index("membership_person", MEMBERSHIP.c.person)
Index("membership_client", MEMBERSHIP.c.client)

INVITATION = Table(
    "invitation",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("workspace", String(32), ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("client", String(32), ForeignKey("client.id", ondelete="CASCADE")),
    Column("role", String(12), nullable=False),
    Column("email", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("until", Utc, nullable=False),
)
"""A link that makes whoever signs in with this address a member, once."""
Index("invitation_workspace", INVITATION.c.workspace)
Index("invitation_client", INVITATION.c.client)

TRAIL = Table(
    "trail",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("act", String(12), nullable=False),
    Column("person", String(32), nullable=False),
    Column("link", String(64), nullable=False),
    Column("assessment", String(32), nullable=False),
    Column("workspace", String(32), nullable=False),
    Column("what", Text, nullable=False),
)
"""Who saw, changed, exported, shared and deleted what. It outlives what it tells of, so it refers to nothing; a person is in it
by an id alone, which means nobody once they are erased. The database refuses to change a line, or to delete a recent one."""
Index("trail_assessment", TRAIL.c.assessment, TRAIL.c.id)
Index("trail_workspace", TRAIL.c.workspace, TRAIL.c.id)
Index("trail_person", TRAIL.c.person, TRAIL.c.id)
Index("trail_at", TRAIL.c.at)
