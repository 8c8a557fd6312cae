"""Consultants' desks: clients, their sites, and the assessments of each, behind a private link of the desk's own.

Every command names the desk's link and what it concerns, and touches nothing that is not on that desk: `assessment.store.filing`
alone says what is.
"""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from assessment.brand import Brand
from assessment.clients import ClientFile
from assessment.pooling import Pool
from assessment.report import Earlier
from assessment.store.client_records import POOLS, Client, Workspace
from assessment.store.codes import hashed
from assessment.store.database import Database
from assessment.store.filing import (
    client_of,
    client_on,
    found,
    on_the_desk,
    place,
    pools_in,
    put_at,
    rebrand,
    site_on,
    workspace_of,
)
from assessment.store.moving import client_file, put_client
from assessment.store.people import put_member
from assessment.store.problems import not_empty, unknown_link
from assessment.store.records import Assessment, Created, storable
from assessment.store.rights import Gate, Here, Right
from assessment.store.tables import ASSESSMENT, CLIENT, EARLIER, FILED, SITE, WORKSPACE
from assessment.store.whole import HEAD, New, brand_as_json, further_link, new_token, read, read_earlier
from assessment.store.writer import Writer

T = TypeVar("T")


class Clients:
    """The desks in one database, for any number of threads. `desk` is always the secret part of a desk's private link."""

    def __init__(
        self, database: Database, writer: Writer, gate: Gate, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._gate = gate
        self._now = now

    # ── the desk ──

    def open(self, name: str = "") -> str:
        """Make an empty desk, and return what opens it: the secret part of its link, which is not known again.

        Whoever has signed in becomes its owner; it has no link then, and its id opens it to members.

        Raises:
            StoreError: it was not made.
        """
        token, owner, identifier = new_token(), self._gate.person, secrets.token_hex(16)
        row = {
            "id": identifier,
            "token_hash": hashed(token),
            "name": storable(name),
            "created_at": self._now(),
        }

        def change(connection: Connection) -> str:
            connection.execute(insert(WORKSPACE), row)
            if not owner:
                return token
            put_member(connection, identifier, owner, "owner", now=self._now())
            return identifier

        return self._writer.write("", change)

    def workspace(self, desk: str) -> Workspace:
        """Return the desk with a line for each client.

        Raises:
            StoreError: there is no such desk, or the database cannot be read.
        """
        with self._database.reading() as connection:
            return workspace_of(connection, self._gate.desk(connection, desk, Right.READ))

    def rename(self, desk: str, name: str) -> None:
        """Give the desk another name."""

        def change(connection: Connection, here: Here) -> None:
            this = update(WORKSPACE).where(WORKSPACE.c.id == here["id"])
            connection.execute(this.values(name=storable(name)))

        self._change(desk, change, right=Right.OWN, whole=True)

    def keep_pool(self, desk: str, kind: str, pool: Pool) -> None:
        """Remember what the desk gives away as a benchmark of this kind, in place of the issue before."""

        def change(connection: Connection, here: Here) -> None:
            kept = pools_in(here["pools"]) | {kind: pool}
            this = update(WORKSPACE).where(WORKSPACE.c.id == here["id"])
            connection.execute(this.values(pools=POOLS.dump_json(kept).decode()))

        self._change(desk, change, whole=True)

    # ── clients ──

    def client(self, desk: str, client: str) -> Client:
        """Return a client with its sites and their assessments.

        Raises:
            StoreError: it is not on this desk, or the database cannot be read.
        """
        with self._database.reading() as connection:
            row = found(connection, client_on(self._gate.desk(connection, desk, Right.READ), client))
            return client_of(connection, row, where=self._database.where)

    def add_client(self, desk: str, name: str) -> str:
        """Add a client, and return its id."""

        def change(connection: Connection, here: Here) -> str:
            row = {
                "id": secrets.token_hex(16),
                "workspace": here["id"],
                "name": storable(name),
                "note": "",
                "created_at": self._now(),
            }
            connection.execute(insert(CLIENT), row)
            return str(row["id"])

        return self._change(desk, change, whole=True)

    def save_client(
        self,
        desk: str,
        client: str,
        *,
        name: str | None = None,
        note: str | None = None,
        brand: Brand | None = None,
        archived: bool | None = None,
    ) -> None:
        """Save the facts given; a new brand goes to all its assessments that had the one before, or none."""

        def change(connection: Connection, here: Here) -> None:
            row = found(connection, client_on(here, client))
            texts = {"name": name, "note": note}
            facts: dict[str, Any] = {key: storable(text) for key, text in texts.items() if text is not None}
            if archived is not None:
                facts["archived_at"] = (row["archived_at"] or self._now()) if archived else None
            if brand is not None:
                facts["brand"] = brand_as_json(brand)
                rebrand(connection, row, facts["brand"])
            if facts:
                connection.execute(update(CLIENT).where(CLIENT.c.id == row["id"]).values(**facts))

        self._change(desk, change)

    def delete_client(self, desk: str, client: str) -> None:
        """Delete a client with its sites and all their assessments."""

        def change(connection: Connection, here: Here) -> None:
            row = found(connection, client_on(here, client))
            inside = select(FILED.c.assessment).join_from(FILED, SITE).where(SITE.c.client == row["id"])
            connection.execute(delete(ASSESSMENT).where(ASSESSMENT.c.id.in_(inside)))
            connection.execute(delete(CLIENT).where(CLIENT.c.id == row["id"]))

        self._change(desk, change, right=Right.OWN)

    # ── sites ──

    def add_site(
        self, desk: str, client: str, name: str, *, contacts: int | None = None, heads: int | None = None
    ) -> str:
        """Add a site to a client, and return its id."""

        def change(connection: Connection, here: Here) -> str:
            row = {
                "id": secrets.token_hex(16),
                "client": found(connection, client_on(here, client))["id"],
                "name": storable(name),
                "contacts": contacts,
                "heads": heads,
                "created_at": self._now(),
            }
            connection.execute(insert(SITE), row)
            return str(row["id"])

        return self._change(desk, change)

    def save_site(self, desk: str, site: str, *, name: str, contacts: int | None, heads: int | None) -> None:
        """Save a site's name and what it weighs."""

        def change(connection: Connection, here: Here) -> None:
            row = found(connection, site_on(here, site))
            facts = {"name": storable(name), "contacts": contacts, "heads": heads}
            connection.execute(update(SITE).where(SITE.c.id == row["id"]).values(**facts))

        self._change(desk, change)

    def delete_site(self, desk: str, site: str) -> None:
        """Delete a site without assessments.

        Raises:
            StoreError: it has some, or it is not on this desk.
        """

        def change(connection: Connection, here: Here) -> None:
            row = found(connection, site_on(here, site))
            there = select(func.count()).select_from(FILED).where(FILED.c.site == row["id"])
            if connection.execute(there).scalar_one():
                raise not_empty()
            connection.execute(delete(SITE).where(SITE.c.id == row["id"]))

        self._change(desk, change)

    # ── assessments ──

    def begin(self, desk: str, site: str, new: New) -> str:
        """Make an assessment at a site, under the client's brand if it has none of its own, and return its id."""

        def change(connection: Connection, here: Here) -> str:
            return put_at(connection, found(connection, site_on(here, site)), new, now=self._now())

        return self._change(desk, change)

    def file(self, desk: str, site: str, link: str) -> str:
        """File the assessment behind a private link at a site, and return its id; at another site of the desk before, it moves.

        Raises:
            StoreError: the link is unknown, it is filed on another desk, or the site is not on this one.
        """

        def change(connection: Connection, here: Here) -> str:
            row = found(connection, site_on(here, site))
            own = select(ASSESSMENT.c.id).where(ASSESSMENT.c.token_hash == hashed(link))
            assessment: str | None = connection.execute(own).scalar_one_or_none()
            if assessment is None:
                assessment = self._gate.behind(connection, link)
            if assessment is None:
                raise unknown_link()
            self._gate.shown(link).allow(connection, assessment, Right.CHANGE)
            place(connection, here, assessment, row)
            return assessment

        return self._change(desk, change)

    def move(self, desk: str, assessment: str, site: str) -> None:
        """File an assessment of the desk at another of its sites."""

        def change(connection: Connection, here: Here) -> None:
            found(connection, on_the_desk(here, assessment))
            place(connection, here, assessment, found(connection, site_on(here, site)))

        self._change(desk, change)

    def duplicate(self, desk: str, assessment: str, *, site: str | None = None) -> str:
        """Make a copy with all answers, their dates, plan and brand, at the same site or another; return its id.

        The history of the answers, workshops and private links stay with the first.
        """

        def change(connection: Connection, here: Here) -> str:
            filed = found(connection, on_the_desk(here, assessment))
            there = found(connection, site_on(here, site or filed["site"]))
            opened = self._read(connection, assessment)
            new = New(
                opened.sheet,
                opened.subject,
                opened.language,
                plan=opened.plan,
                brand=opened.brand,
                earlier=read_earlier(connection, assessment, where=self._database.where),
                questions=opened.pulse,
            )
            return put_at(connection, there, new, now=self._now())

        return self._change(desk, change)

    def read(self, desk: str, assessment: str) -> Assessment:
        """Return an assessment of the desk with its answers.

        Raises:
            StoreError: it is not on this desk, or the database cannot be read.
        """
        with self._database.reading() as connection:
            found(connection, on_the_desk(self._gate.desk(connection, desk, Right.READ), assessment))
            return self._read(connection, assessment)

    def read_earlier(self, desk: str, assessment: str) -> Earlier | None:
        """Return what an assessment of the desk is compared with, or None.

        Raises:
            StoreError: it is not on this desk, or the database cannot be read.
        """
        with self._database.reading() as connection:
            found(connection, on_the_desk(self._gate.desk(connection, desk, Right.READ), assessment))
            return read_earlier(connection, assessment, where=self._database.where)

    def whole(self, desk: str, client: str) -> ClientFile:
        """Return a client with all that belongs to it, to be taken along.

        Raises:
            StoreError: it is not on this desk, or the database cannot be read.
        """
        with self._database.reading() as connection:
            row = found(connection, client_on(self._gate.desk(connection, desk, Right.CHANGE), client))
            return client_file(connection, row, where=self._database.where)

    def take_in(self, desk: str, file: ClientFile) -> str:
        """Put a client of a file on the desk, whole or not at all, and return its id; twice makes two."""
        return self._change(
            desk,
            lambda connection, here: put_client(connection, here, file, now=self._now()),
            whole=True,
        )

    def enter(self, desk: str, assessment: str) -> Created:
        """Return a private link of one's own to an assessment of the desk; a member who has signed in needs none but its id."""

        def change(connection: Connection, here: Here) -> Created:
            found(connection, on_the_desk(here, assessment))
            if here.is_members:
                return Created(assessment=assessment, token=assessment)
            return further_link(connection, assessment, now=self._now())

        return self._change(desk, change, right=Right.READ)

    def compare(self, desk: str, assessment: str, earlier: Earlier | None) -> None:
        """Compare an assessment with an earlier one, or another site's, from now on; None: with none."""

        def change(connection: Connection, here: Here) -> None:
            found(connection, on_the_desk(here, assessment))
            connection.execute(delete(EARLIER).where(EARLIER.c.assessment == assessment))
            if earlier is not None:
                content = storable(earlier.model_dump_json(by_alias=True))
                connection.execute(insert(EARLIER), {"assessment": assessment, "content": content})
            on = earlier and earlier.subject.held_on
            this = update(ASSESSMENT).where(ASSESSMENT.c.id == assessment)
            connection.execute(this.values(earlier_on=on))

        self._change(desk, change)

    def save_step(self, desk: str, assessment: str, *, text: str, on: date | None) -> None:
        """Save what is to be done next with an assessment, and by when."""
        self._refile(desk, assessment, lambda _row: {"next_step": storable(text), "next_on": on})

    def archive(self, desk: str, assessment: str, *, archived: bool) -> None:
        """Put an assessment away, or bring it back; its links open it all the same."""
        self._refile(
            desk,
            assessment,
            lambda row: {"archived_at": (row["archived_at"] or self._now()) if archived else None},
        )

    def take_off(self, desk: str, assessment: str) -> None:
        """Take an assessment off the desk without deleting it: its private links still open it."""

        def change(connection: Connection, here: Here) -> None:
            found(connection, on_the_desk(here, assessment))
            connection.execute(delete(FILED).where(FILED.c.assessment == assessment))

        self._change(desk, change)

    def delete(self, desk: str, assessment: str) -> None:
        """Delete an assessment of the desk with everything that belongs to it."""

        def change(connection: Connection, here: Here) -> None:
            found(connection, on_the_desk(here, assessment))
            connection.execute(delete(ASSESSMENT).where(ASSESSMENT.c.id == assessment))

        self._change(desk, change)

    # ── inside ──

    def _change(
        self,
        desk: str,
        change: Callable[[Connection, Here], T],
        *,
        right: Right = Right.CHANGE,
        whole: bool = False,
    ) -> T:
        return self._writer.write(
            hashed(desk),
            lambda connection: change(connection, self._gate.desk(connection, desk, right, whole=whole)),
        )

    def _refile(self, desk: str, assessment: str, facts: Callable[[RowMapping], dict[str, Any]]) -> None:
        def change(connection: Connection, here: Here) -> None:
            row = found(connection, on_the_desk(here, assessment))
            this = update(FILED).where(FILED.c.assessment == assessment)
            connection.execute(this.values(**facts(row)))

        self._change(desk, change)

    def _read(self, connection: Connection, assessment: str) -> Assessment:
        head = connection.execute(HEAD.where(ASSESSMENT.c.id == assessment)).mappings().one()
        return read(connection, head, where=self._database.where)
