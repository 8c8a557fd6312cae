"""What is stored about a person, told and erased; and what is not needed any more, taken away. Why each thing is kept: `purposes`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from assessment.errors import Problem, StoreError
from assessment.store.database import Database
from assessment.store.doorkeeper import MINUTE
from assessment.store.problems import last_owner, nobody_like_this
from assessment.store.rights import Gate
from assessment.store.tables import (
    ASSESSMENT,
    CODE,
    CONTRIBUTION,
    FILED,
    INVITATION,
    LINK,
    MEMBERSHIP,
    PERSON,
    SITE,
    TRAIL,
    WORKSHOP,
    WORKSPACE,
    WRONG_CODE,
)
from assessment.store.traces import NAMES, Place, places_of, spellings
from assessment.store.workshops import closed
from assessment.store.writer import Writer
from assessment.values import Model

LEAST_TRAIL = timedelta(days=31)
"""So long every line of the trail stays, whatever anybody asks for: the database itself refuses to let go of younger ones."""

LEFT_OPEN = timedelta(days=30)
"""A workshop that is open for so long was forgotten."""

GONE = timedelta(days=30)
"""A link that has ended stays in the list for so long, so that somebody sees that it has."""

MONTH = timedelta(days=365.25 / 12)


class Purged(NamedTuple):
    """How many of each were taken away, or would be."""

    assessments: int
    people: int
    links: int
    codes: int
    invitations: int
    personal_links: int
    workshops: int
    trail: int


class Membered(Model):
    """What somebody is at a desk."""

    desk: str
    role: str
    since: datetime


class Did(Model):
    """What the trail says that somebody did."""

    at: datetime
    act: str
    assessment: str
    what: str


class About(Model):
    """All that is stored about somebody who has signed in."""

    id: str
    issuer: str
    subject: str
    email: str
    name: str
    created_at: datetime
    seen_at: datetime
    member_of: tuple[Membered, ...]
    invited_to: tuple[str, ...]
    """The desks that invite this address."""
    did: tuple[Did, ...]
    named: tuple[Place, ...]
    """Where the name or the address stands besides."""


class Privacy:
    """What one database knows about people, for any number of threads."""

    def __init__(
        self, database: Database, writer: Writer, gate: Gate, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._gate = gate
        self._now = now

    # ── somebody who has signed in ──

    def about_me(self) -> About:
        """Return all that is stored about the person who has signed in; where else their name stands, whoever runs this finds.

        Raises:
            StoreError: nobody has signed in, or the database cannot be read.
        """
        me = self._gate.signed_in()
        with self._database.reading() as connection:
            return _about(connection, me, places=False)

    def erase_me(self) -> None:
        """Erase the person who has signed in; who signs in again is somebody new.

        Raises:
            StoreError: nobody has signed in, or they are the last owner of a desk; nothing was changed.
        """
        me = self._gate.signed_in()
        self._writer.write("", lambda connection: _erase(connection, me))

    # ── whoever runs it ──

    def find(self, name: str) -> tuple[Place, ...]:
        """Return where a name or an address stands, alone or in a text.

        Raises:
            StoreError: somebody else asks, the name is empty, or the database cannot be read.
        """
        self._gate.only_the_program()
        with self._database.reading() as connection:
            return places_of(connection, [_wanted(name)])

    def people(self, name: str) -> tuple[str, ...]:
        """Return the ids of those who have signed in under this name or address.

        Raises:
            StoreError: somebody else asks, the name is empty, or the database cannot be read.
        """
        self._gate.only_the_program()
        wanted = _wanted(name).casefold()
        with self._database.reading() as connection:
            rows = connection.execute(select(PERSON.c.id, PERSON.c.name, PERSON.c.email))
            return tuple(one for one, *said in rows if wanted in (each.strip().casefold() for each in said))

    def about(self, person: str) -> About:
        """Return all that is stored about a person, and where their name and address stand.

        Raises:
            StoreError: somebody else asks, there is no such person, or the database cannot be read.
        """
        self._gate.only_the_program()
        with self._database.reading() as connection:
            return _about(connection, person, places=True)

    def erase(self, person: str) -> None:
        """Erase somebody who has signed in: their line, memberships, and invitations to their address.

        The trail keeps an id that means nobody any more.

        Raises:
            StoreError: somebody else asks, there is no such person, or they are the last owner of a desk; nothing was changed.
        """
        self._gate.only_the_program()
        self._writer.write("", lambda connection: _erase(connection, person))

    def forget(self, name: str) -> tuple[Place, ...]:
        """Take a name or an address away wherever it stands alone, and return where it was; people who sign in stay.

        Who contributed is called "N. N." from then on, so that two stay two.

        Raises:
            StoreError: somebody else asks, the name is empty, or nothing could be changed.
        """
        self._gate.only_the_program()
        wanted = _wanted(name)

        def change(connection: Connection) -> tuple[Place, ...]:
            found = tuple(place for place in places_of(connection, [wanted]) if place.is_alone)
            addressed = spellings(connection, INVITATION.c.email, [wanted])
            # Without its address it would be an invitation of whoever has none.
            connection.execute(delete(INVITATION).where(INVITATION.c.email.in_(addressed)))
            for column in NAMES:
                if column.table is PERSON:
                    continue
                written = spellings(connection, column, [wanted])
                if not written:
                    continue
                if column is CONTRIBUTION.c.respondent:
                    nobody: Any = "N. N. " + func.substr(CONTRIBUTION.c.id, 1, 4)
                else:
                    nobody = ""
                this = update(column.table).where(column.in_(written))
                connection.execute(this.values({column.name: nobody}))
            return tuple(place for place in found if place.table != PERSON.name)

        return self._writer.write("", change)

    def purge(
        self, *, keep: timedelta | None = None, trail: timedelta = 12 * MONTH, really: bool = True
    ) -> Purged:
        """Take away what has ended and what nobody has touched for longer than to be kept, and return how much; or only count it.

        Assessments that nobody has changed for so long go with all that belongs to them, and people who have not signed in for
        so long and belong to no desk; without `keep` neither does. Workshops that were left open are closed, so that who voted
        what is forgotten.

        Raises:
            StoreError: somebody else asks, the trail is not kept long enough, or nothing could be changed.
        """
        self._gate.only_the_program()
        if trail < LEAST_TRAIL:
            raise StoreError(
                [
                    Problem(
                        "the trail must be kept for at least 31 days.",
                        "Name a longer time. Nothing was changed.",
                    )
                ]
            )
        now = self._now()

        def change(connection: Connection) -> Purged:
            return _purged(connection, now, keep, trail, really=really)

        if really:
            return self._writer.write("", change)
        with self._database.reading() as connection:
            return change(connection)


def _wanted(name: str) -> str:
    wanted = name.strip()
    if not wanted:
        raise StoreError([Problem("no name was given.", "Name a person, or their address.")])
    return wanted


def _about(connection: Connection, person: str, *, places: bool) -> About:
    row = connection.execute(select(PERSON).where(PERSON.c.id == person)).mappings().one_or_none()
    if row is None:
        raise nobody_like_this()
    member = (
        select(WORKSPACE.c.name, MEMBERSHIP.c.role, MEMBERSHIP.c.since)
        .join_from(MEMBERSHIP, WORKSPACE)
        .where(MEMBERSHIP.c.person == person)
        .order_by(WORKSPACE.c.name)
    )
    addresses = spellings(connection, INVITATION.c.email, [row["email"]])
    invited = (
        select(WORKSPACE.c.name)
        .join_from(INVITATION, WORKSPACE)
        .where(INVITATION.c.email.in_(addresses))
        .order_by(WORKSPACE.c.name)
    )
    did = select(TRAIL.c.at, TRAIL.c.act, TRAIL.c.assessment, TRAIL.c.what).where(TRAIL.c.person == person)
    called = [said.strip() for said in (row["name"], row["email"]) if said.strip()]
    return About(
        **row,
        member_of=tuple(
            Membered(desk=name, role=role, since=since) for name, role, since in connection.execute(member)
        ),
        invited_to=tuple(connection.execute(invited).scalars()),
        did=tuple(
            Did(at=at, act=act, assessment=assessment, what=what)
            for at, act, assessment, what in connection.execute(did.order_by(TRAIL.c.id))
        ),
        named=places_of(connection, called) if places else (),
    )


def _erase(connection: Connection, person: str) -> None:
    row = connection.execute(select(PERSON).where(PERSON.c.id == person)).mappings().one_or_none()
    if row is None:
        raise nobody_like_this()
    mine = select(MEMBERSHIP.c.workspace).where(MEMBERSHIP.c.person == person, MEMBERSHIP.c.role == "owner")
    desks = select(WORKSPACE.c.id).where(WORKSPACE.c.id.in_(mine)).order_by(WORKSPACE.c.id).with_for_update()
    for desk in connection.execute(desks).scalars().all():
        others = select(MEMBERSHIP.c.person).where(
            MEMBERSHIP.c.workspace == desk, MEMBERSHIP.c.role == "owner", MEMBERSHIP.c.person != person
        )
        if connection.execute(others).first() is None:
            raise last_owner()
    spelled = spellings(connection, INVITATION.c.email, [row["email"]])
    connection.execute(delete(INVITATION).where(INVITATION.c.email.in_(spelled)))
    connection.execute(delete(PERSON).where(PERSON.c.id == person))


def _purged(
    connection: Connection, now: datetime, keep: timedelta | None, trail: timedelta, *, really: bool
) -> Purged:
    ended = now - GONE

    def gone(table: Any, which: ColumnElement[bool]) -> int:
        count: int = connection.execute(select(func.count()).select_from(table).where(which)).scalar_one()
        if count and really:
            connection.execute(delete(table).where(which))
        return count

    left_open = select(WORKSHOP).where(WORKSHOP.c.phase != "over", WORKSHOP.c.opened_at < now - LEFT_OPEN)
    workshops = connection.execute(left_open).mappings().all()
    if really:
        for row in workshops:
            facts = closed(connection, row, now=now)
            this = update(WORKSHOP).where(WORKSHOP.c.id == row["id"])
            connection.execute(this.values(**facts, revision=row["revision"] + 1))
    void = CONTRIBUTION.c.token_hash.is_not(None) & (CONTRIBUTION.c.until < ended)
    personal = select(func.count()).select_from(CONTRIBUTION).where(void)
    personal_links = connection.execute(personal).scalar_one()
    if really:
        connection.execute(update(CONTRIBUTION).where(void).values(token_hash=None))
    # What came in a file keeps the day it was changed; it is here no longer than its site.
    came = select(FILED.c.assessment).join_from(FILED, SITE).where(SITE.c.created_at >= now - (keep or GONE))
    # Who is asked by a personal link, or votes, changes nothing of the assessment until somebody decides.
    asked = select(CONTRIBUTION.c.assessment).where(
        (CONTRIBUTION.c.received_at >= now - (keep or GONE))
        | (CONTRIBUTION.c.token_hash.is_not(None) & (CONTRIBUTION.c.until >= now))
    )
    met = select(WORKSHOP.c.assessment).where(WORKSHOP.c.opened_at >= now - (keep or GONE))
    untouched = (ASSESSMENT.c.changed_at < now - (keep or GONE)) & ~or_(
        *(ASSESSMENT.c.id.in_(each) for each in (came, asked, met))
    )
    nowhere = PERSON.c.id.not_in(select(MEMBERSHIP.c.person))
    gone(WRONG_CODE, WRONG_CODE.c.at < now - MINUTE)
    return Purged(
        assessments=0 if keep is None else gone(ASSESSMENT, untouched),
        people=0 if keep is None else gone(PERSON, (PERSON.c.seen_at < now - keep) & nowhere),
        links=gone(LINK, LINK.c.until < ended),
        codes=gone(CODE, CODE.c.until < now),
        invitations=gone(INVITATION, INVITATION.c.until < now),
        personal_links=personal_links,
        workshops=len(workshops),
        trail=gone(TRAIL, TRAIL.c.at < now - trail),
    )
