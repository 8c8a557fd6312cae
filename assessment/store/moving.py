"""A whole client out of the database and in again, inside a transaction."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from assessment.clients import ClientFile, KeptAssessment, KeptSite, Pages
from assessment.store.client_records import Filed
from assessment.store.contributions import contributions_to, put_contribution
from assessment.store.filing import client_of
from assessment.store.records import storable
from assessment.store.rights import Here
from assessment.store.tables import ASSESSMENT, CLIENT, FILED, FOLLOW_UP, SITE
from assessment.store.whole import HEAD, New, brand_as_json, put, read, read_earlier, read_history
from assessment.store.workshops import record_of


def client_file(connection: Connection, client: RowMapping, *, where: str) -> ClientFile:
    """Return a client with all that belongs to it.

    Raises:
        StoreError: what is stored is not what this program writes.
    """
    here, pages = client_of(connection, client, where=where), Pages()
    sites = tuple(
        KeptSite(
            name=site.name,
            contacts=site.contacts,
            heads=site.heads,
            # the oldest first, so that whatever follows another comes after it
            assessments=tuple(_kept(connection, one, pages, where) for one in reversed(site.assessments)),
        )
        for site in here.sites
    )
    return ClientFile(
        name=here.name,
        note=here.note,
        brand=here.brand,
        archived_at=here.archived_at,
        questionnaires=pages.questionnaires,
        sites=sites,
    )


def _kept(connection: Connection, one: Filed, pages: Pages, where: str) -> KeptAssessment:
    head = connection.execute(HEAD.where(ASSESSMENT.c.id == one.assessment)).mappings().one()
    opened = read(connection, head, where=where)
    return KeptAssessment(
        id=opened.id,
        language=opened.language,
        created_at=opened.created_at,
        changed_at=opened.changed_at,
        subject=opened.subject,
        sheet=opened.sheet,
        history=read_history(connection, opened.id),
        plan=opened.plan,
        brand=opened.brand,
        earlier=pages.keep(read_earlier(connection, opened.id, where=where)),
        follows=opened.follows,
        pulse=opened.pulse,
        workshop=record_of(connection, opened.id),
        contributions=tuple(
            each.model_copy(update={"id": ""}) for each in contributions_to(connection, opened.id)
        ),
        next_step=one.next_step,
        next_on=one.next_on,
        archived_at=one.archived_at,
    )


def put_client(connection: Connection, here: Here, file: ClientFile, *, now: datetime) -> str:
    """Put a client of a file on a desk, and return its id; its assessments get other ids, and follow one another as before."""
    client = {
        "id": secrets.token_hex(16),
        "workspace": here["id"],
        "name": storable(file.name),
        "note": storable(file.note),
        "brand": brand_as_json(file.brand),
        "created_at": now,
        "archived_at": file.archived_at,
    }
    connection.execute(insert(CLIENT), client)
    ids: dict[str, str] = {}
    followers: list[tuple[str, str]] = []
    for site in file.sites:
        row: dict[str, Any] = {
            "id": secrets.token_hex(16),
            "client": client["id"],
            "name": storable(site.name),
            "contacts": site.contacts,
            "heads": site.heads,
            "created_at": now,
        }
        connection.execute(insert(SITE), row)
        for kept in site.assessments:
            made = put(connection, _new(file, kept), now=now).assessment
            ids[kept.id] = made
            for contribution in kept.contributions:
                put_contribution(connection, made, contribution)
            if kept.follows:
                followers.append((made, kept.follows))
            filed = {
                "assessment": made,
                "site": row["id"],
                "next_step": storable(kept.next_step),
                "next_on": kept.next_on,
                "archived_at": kept.archived_at,
            }
            connection.execute(insert(FILED), filed)
    for made, before in followers:
        _follow(connection, made, ids.get(before, ""))
    return str(client["id"])


def _new(file: ClientFile, kept: KeptAssessment) -> New:
    return New(
        kept.sheet,
        kept.subject,
        kept.language,
        created_at=kept.created_at,
        changed_at=kept.changed_at,
        plan=kept.plan,
        brand=kept.brand,
        earlier=file.earlier_of(kept),
        questions=kept.pulse,
        workshop=kept.workshop,
        history=kept.history,
    )


def _follow(connection: Connection, made: str, before: str) -> None:
    """Say which assessment another follows, by its id here; one that was not in the file is none."""
    this = FOLLOW_UP.c.assessment == made
    if connection.execute(select(FOLLOW_UP.c.assessment).where(this)).first() is not None:
        connection.execute(update(FOLLOW_UP).where(this).values(follows=before))
    elif before:
        connection.execute(insert(FOLLOW_UP), {"assessment": made, "follows": before})
