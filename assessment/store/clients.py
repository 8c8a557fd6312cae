"""Consultants' desks: clients, their sites, and the assessments of each, behind a private link of the desk's own.

Every command names the desk's link and what it concerns, and touches nothing that is not on that desk: `assessment.store.filing`
alone says what is.
"""

import secrets
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from assessment.brand import Brand
from assessment.pooling import Pool
from assessment.store.client_records import POOLS, Client, Workspace
from assessment.store.codes import hashed
from assessment.store.files import Files
from assessment.store.filing import (
    client_of,
    client_on,
    found,
    pools_in,
    rebrand,
    site_on,
    workspace_of,
)
from assessment.store.people import put_member
from assessment.store.problems import desk_not_empty, not_empty
from assessment.store.records import storable
from assessment.store.rights import Here, Right
from assessment.store.tables import ASSESSMENT, CLIENT, FILED, SITE, WORKSPACE
from assessment.store.whole import brand_as_json, new_token

T = TypeVar("T")


class Clients(Files):
    """The desks in one database, for any number of threads. `desk` is always the secret part of a desk's private link."""

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

    def delete_desk(self, desk: str) -> None:
        """Delete an empty desk, with who belongs to it and who was invited; what the trail tells of it stays its time.

        Raises:
            StoreError: it has clients, or may not be deleted.
        """

        def change(connection: Connection, here: Here) -> None:
            clients = select(CLIENT.c.id).where(CLIENT.c.workspace == here["id"]).limit(1)
            if connection.execute(clients).first() is not None:
                raise desk_not_empty()
            connection.execute(delete(WORKSPACE).where(WORKSPACE.c.id == here["id"]))

        self._change(desk, change, right=Right.OWN, whole=True, act="deleted")

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
        """Delete a client with its sites and all their assessments; the trail has a line for each of these."""

        def change(connection: Connection, here: Here) -> None:
            row = found(connection, client_on(here, client))
            inside = select(FILED.c.assessment).join_from(FILED, SITE).where(SITE.c.client == row["id"])
            for assessment in connection.execute(inside.order_by(FILED.c.assessment)).scalars().all():
                self._gate.note("deleted", link=here.link, assessment=assessment, workspace=here["id"])
            connection.execute(delete(ASSESSMENT).where(ASSESSMENT.c.id.in_(inside)))
            connection.execute(delete(CLIENT).where(CLIENT.c.id == row["id"]))

        self._change(desk, change, right=Right.OWN, act="deleted")

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
