"""People who sign in, and what they are at which desk: members, invitations, and how a desk with a link becomes theirs."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assessment.store.codes import hashed
from assessment.store.database import Database
from assessment.store.people_records import Asked, Invite, Member, Membership, Person
from assessment.store.problems import (
    last_owner,
    not_on_this_desk,
    unknown_membership,
    unknown_person,
)
from assessment.store.records import storable
from assessment.store.rights import RIGHTS, Gate, Here, Right, Role
from assessment.store.tables import CLIENT, INVITATION, MEMBERSHIP, PERSON, WORKSPACE
from assessment.store.whole import new_token
from assessment.store.writer import Writer

T = TypeVar("T")

VALID_FOR = timedelta(days=14)
"""So long an invitation can be taken, if nothing else is said."""


class People:
    """The people in one database, for any number of threads. `desk` is what opens it: a link's secret, or its id to members."""

    def __init__(
        self, database: Database, writer: Writer, gate: Gate, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._gate = gate
        self._now = now

    # ── who has signed in ──

    def sign_in(self, issuer: str, subject: str, *, email: str, name: str) -> Person:
        """Return the person whom the sign-on names so, and note that they were here; only whoever runs the store may say so.

        Raises:
            StoreError: nothing was noted.
        """
        self._gate.only_the_program()
        who = (PERSON.c.issuer == issuer) & (PERSON.c.subject == subject)
        facts = {"email": storable(email), "name": storable(name), "seen_at": self._now()}

        def change(connection: Connection) -> Person:
            found = connection.execute(select(PERSON.c.id).where(who)).scalar_one_or_none()
            if found is None:
                row = {
                    "id": secrets.token_hex(16),
                    "issuer": issuer,
                    "subject": subject,
                    "created_at": self._now(),
                    **facts,
                }
                # Twice at the same moment, for the first time: the one who comes second is the same person.
                with suppress(IntegrityError), connection.begin_nested():
                    connection.execute(insert(PERSON), row)
                found = connection.execute(select(PERSON.c.id).where(who)).scalar_one()
            connection.execute(update(PERSON).where(who).values(**facts))
            return Person(id=found, name=storable(name), email=storable(email))

        return self._writer.write("", change)

    def desks(self) -> tuple[Membership, ...]:
        """Return the desks of the person who has signed in, by name.

        Raises:
            StoreError: nobody has signed in, or the database cannot be read.
        """
        wanted = (
            select(WORKSPACE.c.id, WORKSPACE.c.name, MEMBERSHIP.c.role, MEMBERSHIP.c.client)
            .join_from(MEMBERSHIP, WORKSPACE)
            .where(MEMBERSHIP.c.person == self._gate.signed_in())
        )
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        found = (
            Membership(workspace=row["id"], name=row["name"], role=row["role"], client=row["client"])
            for row in rows
        )
        return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.workspace)))

    # ── members ──

    def role(self, desk: str) -> Role:
        """Return what one is at a desk.

        Raises:
            StoreError: it is not open to them, or the database cannot be read.
        """
        with self._database.reading() as connection:
            return self._gate.desk(connection, desk, Right.READ).role

    def members(self, desk: str) -> tuple[Member, ...]:
        """Return who belongs to a desk, by name.

        Raises:
            StoreError: it is not open to them, or the database cannot be read.
        """
        with self._database.reading() as connection:
            here = self._gate.desk(connection, desk, Right.CHANGE, whole=True, act="saw")
            wanted = select(MEMBERSHIP, PERSON.c.id, PERSON.c.name, PERSON.c.email).join_from(
                MEMBERSHIP, PERSON
            )
            rows = connection.execute(wanted.where(MEMBERSHIP.c.workspace == here["id"])).mappings().all()
        found = (
            Member(person=_person(row), role=row["role"], client=row["client"], since=row["since"])
            for row in rows
        )
        return tuple(sorted(found, key=lambda one: (one.person.name.casefold(), one.person.id)))

    def save_member(self, desk: str, person: str, *, role: Role, client: str | None = None) -> None:
        """Make a member something else, at the whole desk or at one client; an owner owns all of it.

        Raises:
            StoreError: they are no member, or the last owner; nothing was changed.
        """

        def change(connection: Connection, here: Here) -> None:
            member = _member(connection, here, person)
            if role != "owner":
                _keep_an_owner(connection, here, member)
            _check_client(connection, here, role, client)
            this = update(MEMBERSHIP).where(_is(here, person))
            connection.execute(this.values(role=role, client=client))
            _invite_no_more(connection, here, person)

        self._change(desk, change)

    def remove_member(self, desk: str, person: str) -> None:
        """Let somebody belong to a desk no longer: from this moment on it is closed to them.

        Raises:
            StoreError: they are no member, or the last owner; nothing was changed.
        """

        def change(connection: Connection, here: Here) -> None:
            _keep_an_owner(connection, here, _member(connection, here, person))
            connection.execute(delete(MEMBERSHIP).where(_is(here, person)))
            _invite_no_more(connection, here, person)

        self._change(desk, change)

    def leave(self, desk: str) -> None:
        """Belong to a desk no longer.

        Raises:
            StoreError: nobody has signed in, they are no member, or the last owner.
        """
        person = self._gate.signed_in()

        def change(connection: Connection, here: Here) -> None:
            _keep_an_owner(connection, here, _member(connection, here, person))
            connection.execute(delete(MEMBERSHIP).where(_is(here, person)))

        self._change(desk, change, right=Right.READ, whole=False)

    # ── invitations ──

    def invite(
        self, desk: str, email: str, *, role: Role, client: str | None = None, until: datetime | None = None
    ) -> Invite:
        """Make a link that makes whoever signs in with this address a member, once; it ends after 14 days, if not otherwise said.

        Raises:
            StoreError: it was not made.
        """
        made = Invite(id=secrets.token_hex(16), token=new_token(), until=until or self._now() + VALID_FOR)

        def change(connection: Connection, here: Here) -> None:
            _check_client(connection, here, role, client)
            row = {
                "id": made.id,
                "token_hash": hashed(made.token),
                "workspace": here["id"],
                "client": client,
                "role": role,
                "email": storable(email).strip(),
                "created_at": self._now(),
                "until": made.until,
            }
            connection.execute(insert(INVITATION), row)

        self._change(desk, change)
        return made

    def invited(self, desk: str) -> tuple[Asked, ...]:
        """Return the invitations that nobody has taken, those that end first before the others.

        Raises:
            StoreError: the desk is not open to them, or the database cannot be read.
        """
        with self._database.reading() as connection:
            here = self._gate.desk(connection, desk, Right.OWN, whole=True, act="saw")
            wanted = select(INVITATION).where(INVITATION.c.workspace == here["id"])
            rows = connection.execute(wanted.order_by(INVITATION.c.until, INVITATION.c.id)).mappings().all()
        return tuple(
            Asked(
                id=row["id"],
                email=row["email"],
                role=row["role"],
                client=row["client"],
                until=row["until"],
            )
            for row in rows
        )

    def take_back(self, desk: str, invitation: str) -> None:
        """Take an invitation back; twice is no error.

        Raises:
            StoreError: nothing was changed.
        """

        def change(connection: Connection, here: Here) -> None:
            this = (INVITATION.c.id == invitation) & (INVITATION.c.workspace == here["id"])
            connection.execute(delete(INVITATION).where(this))

        self._change(desk, change)

    def accept(self, token: str) -> Membership:
        """Make the person who has signed in a member, as an invitation says; whoever is one already may do no less afterwards.

        Raises:
            StoreError: nobody has signed in; it is unknown, used, taken back, over, or for another address.
        """
        person = self._gate.signed_in()

        def change(connection: Connection) -> Membership:
            wanted = select(INVITATION, WORKSPACE.c.name).join_from(INVITATION, WORKSPACE)
            row = (
                connection.execute(
                    wanted.where(INVITATION.c.token_hash == hashed(token)).with_for_update(of=INVITATION)
                )
                .mappings()
                .one_or_none()
            )
            me = connection.execute(select(PERSON).where(PERSON.c.id == person)).mappings().one_or_none()
            if row is None or me is None or row["until"] < self._now():
                raise unknown_membership()
            mine = me["email"].strip().casefold()
            if not mine or row["email"].casefold() != mine:
                raise unknown_membership()
            there = (MEMBERSHIP.c.workspace == row["workspace"]) & (MEMBERSHIP.c.person == person)
            # The desk is held: what somebody is there is not changed by an owner at the same moment.
            desk = select(WORKSPACE.c.id).where(WORKSPACE.c.id == row["workspace"])
            connection.execute(desk.with_for_update())
            present = connection.execute(select(MEMBERSHIP).where(there)).mappings().one_or_none()
            stays = present is not None and RIGHTS[present["role"]] > RIGHTS[row["role"]]
            stays = stays or (present is not None and present["role"] == "owner")
            said = present if present is not None and stays else row
            if not stays:
                connection.execute(delete(MEMBERSHIP).where(there))
                put_member(
                    connection, row["workspace"], person, row["role"], client=row["client"], now=self._now()
                )
            connection.execute(delete(INVITATION).where(INVITATION.c.id == row["id"]))
            self._gate.note("shared", workspace=row["workspace"])
            return Membership(
                workspace=row["workspace"],
                name=row["name"],
                role=said["role"],
                client=said["client"],
            )

        return self._writer.write(hashed(token), change)

    def take_over(self, desk: str) -> str:
        """Make the person who has signed in the owner of a desk that a link opens; the link opens nothing any more. Return its id.

        Raises:
            StoreError: nobody has signed in, or there is no such desk.
        """
        person = self._gate.signed_in()

        def change(connection: Connection, here: Here) -> str:
            if connection.execute(select(MEMBERSHIP.c.person).where(_is(here, person))).first() is None:
                put_member(connection, here["id"], person, "owner", now=self._now())
            elif not here.is_members:
                this = update(MEMBERSHIP).where(_is(here, person))
                connection.execute(this.values(role="owner", client=None))
            this = update(WORKSPACE).where(WORKSPACE.c.id == here["id"])
            connection.execute(this.values(token_hash=hashed(new_token())))
            return str(here["id"])

        return self._change(desk, change)

    # ── inside ──

    def _change(
        self,
        desk: str,
        change: Callable[[Connection, Here], T],
        *,
        right: Right = Right.OWN,
        whole: bool = True,
    ) -> T:
        def changed(connection: Connection) -> T:
            here = self._gate.desk(connection, desk, right, whole=whole, act="shared")
            return change(connection, here)

        return self._writer.write(hashed(desk), changed)


def put_member(
    connection: Connection,
    workspace: str,
    person: str,
    role: Role,
    *,
    client: str | None = None,
    now: datetime,
) -> None:
    """Make somebody a member of a desk."""
    row = {"workspace": workspace, "person": person, "role": role, "client": client, "since": now}
    connection.execute(insert(MEMBERSHIP), row)


def _is(here: Here, person: str) -> ColumnElement[bool]:
    return and_(MEMBERSHIP.c.workspace == here["id"], MEMBERSHIP.c.person == person)


def _person(row: RowMapping) -> Person:
    return Person(id=row["id"], name=row["name"], email=row["email"])


def _member(connection: Connection, here: Here, person: str) -> RowMapping:
    # The desk is held, so that two owners do not remove one another at the same moment.
    connection.execute(select(WORKSPACE.c.id).where(WORKSPACE.c.id == here["id"]).with_for_update())
    row = connection.execute(select(MEMBERSHIP).where(_is(here, person))).mappings().one_or_none()
    if row is None:
        raise unknown_person()
    return row


def _invite_no_more(connection: Connection, here: Here, person: str) -> None:
    """Take back the open invitations to a member: what an owner has just decided about them stands."""
    email: str = connection.execute(select(PERSON.c.email).where(PERSON.c.id == person)).scalar_one()
    here_open = select(INVITATION.c.id, INVITATION.c.email).where(INVITATION.c.workspace == here["id"])
    for invitation, address in connection.execute(here_open).all():
        if address.casefold() == email.strip().casefold():
            connection.execute(delete(INVITATION).where(INVITATION.c.id == invitation))


def _keep_an_owner(connection: Connection, here: Here, member: RowMapping) -> None:
    """Refuse to take the last owner away."""
    if member["role"] != "owner":
        return
    owners = (MEMBERSHIP.c.workspace == here["id"]) & (MEMBERSHIP.c.role == "owner")
    if connection.execute(select(func.count()).select_from(MEMBERSHIP).where(owners)).scalar_one() < 2:
        raise last_owner()


def _check_client(connection: Connection, here: Here, role: Role, client: str | None) -> None:
    """Refuse a client of another desk, and an owner of one client only."""
    if client is None:
        return
    there = select(CLIENT.c.id).where(CLIENT.c.id == client, CLIENT.c.workspace == here["id"])
    if role == "owner" or connection.execute(there).first() is None:
        raise not_on_this_desk()
