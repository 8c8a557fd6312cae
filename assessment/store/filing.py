"""What is on a desk and what is not, and how a desk, a client and its sites are read: inside a transaction."""

from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, insert, select, update

from assessment.brand import UNBRANDED, Brand
from assessment.pooling import Pool
from assessment.store.client_records import POOLS, Client, ClientLine, Filed, Site, Workspace
from assessment.store.problems import damaged, filed_elsewhere, not_on_this_desk
from assessment.store.rights import Here
from assessment.store.tables import ANSWER, ASSESSMENT, CLIENT, FILED, FOLLOW_UP, SITE, WORKSHOP
from assessment.store.whole import New, put

# ── what is on a desk ────────────────────────────────────────────────────────────────────────────────────────────────


def client_on(here: Here, client: str) -> Select[Any]:
    """Ask for a client of this desk."""
    return select(CLIENT).where(CLIENT.c.id == client, *_open_to(here))


def site_on(here: Here, site: str) -> Select[Any]:
    """Ask for a site of one of this desk's clients, with its client's brand."""
    on = select(SITE, CLIENT.c.brand).join_from(SITE, CLIENT)
    return on.where(SITE.c.id == site, *_open_to(here))


def on_the_desk(here: Here, assessment: str) -> Select[Any]:
    """Ask for where on this desk an assessment is filed."""
    on = select(FILED).join_from(FILED, SITE).join(CLIENT)
    return on.where(FILED.c.assessment == assessment, *_open_to(here))


def _open_to(here: Here) -> list[ColumnElement[bool]]:
    """Say which clients are on this desk, of those that one may see."""
    return [
        CLIENT.c.workspace == here["id"],
        *([] if here.only is None else [CLIENT.c.id == here.only]),
    ]


def found(connection: Connection, asked: Select[Any]) -> RowMapping:
    """Return the row that is asked for.

    Raises:
        StoreError: it is not on the desk.
    """
    row = connection.execute(asked).mappings().one_or_none()
    if row is None:
        raise not_on_this_desk()
    return row


def put_at(connection: Connection, site: RowMapping, new: New, *, now: datetime) -> str:
    """Make an assessment at a site, under the client's brand if it has none of its own; return its id."""
    if new.brand == UNBRANDED:
        new = new._replace(brand=brand_in(site["brand"]))
    made = put(connection, new._replace(follows=""), now=now).assessment
    connection.execute(insert(FILED), {"assessment": made, "site": site["id"], "next_step": ""})
    return made


def place(connection: Connection, here: Here, assessment: str, site: RowMapping) -> None:
    """File an assessment at a site; on the same desk it moves.

    Raises:
        StoreError: it is filed on another desk.
    """
    before = connection.execute(select(FILED).where(FILED.c.assessment == assessment)).mappings().first()
    if before is None:
        connection.execute(insert(FILED), {"assessment": assessment, "site": site["id"], "next_step": ""})
    elif connection.execute(on_the_desk(here, assessment)).first() is None:
        raise filed_elsewhere()
    else:
        this = update(FILED).where(FILED.c.assessment == assessment)
        connection.execute(this.values(site=site["id"]))
    unbranded = (ASSESSMENT.c.id == assessment) & ASSESSMENT.c.brand.is_(None)
    connection.execute(update(ASSESSMENT).where(unbranded).values(brand=site["brand"]))


def rebrand(connection: Connection, client: RowMapping, brand: str | None) -> None:
    """Give a client's new brand to its assessments; one with a brand of its own keeps that."""
    inside = select(FILED.c.assessment).join_from(FILED, SITE).where(SITE.c.client == client["id"])
    is_plain = ASSESSMENT.c.brand.is_(None) | (ASSESSMENT.c.brand == (client["brand"] or ""))
    connection.execute(update(ASSESSMENT).where(ASSESSMENT.c.id.in_(inside), is_plain).values(brand=brand))


def brand_in(stored: str | None) -> Brand:
    """Return a stored brand."""
    return UNBRANDED if stored is None else Brand.model_validate_json(stored)


# ── how it is read ───────────────────────────────────────────────────────────────────────────────────────────────────


def workspace_of(connection: Connection, here: Here) -> Workspace:
    """Return a desk with a line for each of its clients."""
    clients = connection.execute(select(CLIENT).where(*_open_to(here))).mappings().all()
    counted = select(SITE.c.client, func.count()).join_from(SITE, CLIENT).group_by(SITE.c.client)
    sites: dict[str, int] = dict(connection.execute(counted.where(CLIENT.c.workspace == here["id"])).all())
    on_the_desk = (CLIENT.c.workspace == here["id"], FILED.c.archived_at.is_(None))
    work = (
        select(
            SITE.c.client, func.count().label("count"), func.max(ASSESSMENT.c.changed_at).label("changed_at")
        )
        .join_from(FILED, SITE)
        .join(CLIENT)
        .join(ASSESSMENT, FILED.c.assessment == ASSESSMENT.c.id)
        .where(*on_the_desk)
        .group_by(SITE.c.client)
    )
    due = (
        select(SITE.c.client, FILED.c.next_on, FILED.c.next_step)
        .join_from(FILED, SITE)
        .join(CLIENT)
        .where(*on_the_desk, FILED.c.next_on.is_not(None))
        .order_by(
            FILED.c.next_on.desc(), FILED.c.next_step.desc()
        )  # the first of each client comes last, and stays
    )
    by_client = {row["client"]: row for row in connection.execute(work).mappings()}
    next_of = {row["client"]: row for row in connection.execute(due).mappings()}
    lines = (
        _line(row, sites.get(row["id"], 0), by_client.get(row["id"]), next_of.get(row["id"]))
        for row in clients
    )
    return Workspace(
        id=here["id"],
        name=here["name"],
        clients=tuple(sorted(lines, key=_by_name)),
        pools={} if here.only else pools_in(here["pools"]),
    )


def pools_in(stored: str | None) -> dict[str, Pool]:
    """Return the benchmarks that a desk has given away."""
    return {} if stored is None else POOLS.validate_json(stored)


def _line(client: RowMapping, sites: int, work: RowMapping | None, due: RowMapping | None) -> ClientLine:
    return ClientLine(
        id=client["id"],
        name=client["name"],
        archived_at=client["archived_at"],
        sites=sites,
        assessments=0 if work is None else work["count"],
        changed_at=None if work is None else work["changed_at"],
        next_step="" if due is None else due["next_step"],
        next_on=None if due is None else due["next_on"],
    )


def client_of(connection: Connection, client: RowMapping, *, where: str) -> Client:
    """Return a client with its sites and what is filed at each.

    Raises:
        StoreError: what is stored is not what this program writes.
    """
    sites = connection.execute(select(SITE).where(SITE.c.client == client["id"])).mappings().all()
    here: dict[str, list[Filed]] = {}
    try:
        for row in connection.execute(_filed_at(client["id"])).mappings():
            here.setdefault(row["site"], []).append(_filed(row))
        return Client(
            id=client["id"],
            name=client["name"],
            note=client["note"],
            brand=brand_in(client["brand"]),
            created_at=client["created_at"],
            archived_at=client["archived_at"],
            sites=tuple(sorted((_site(row, here.get(row["id"], [])) for row in sites), key=_by_name)),
        )
    except (ValidationError, ValueError) as error:
        raise damaged(where, error) from error


def _filed_at(client: str) -> Select[Any]:
    answered = (
        select(func.count())
        .select_from(ANSWER)
        .where(ANSWER.c.assessment == ASSESSMENT.c.id, ANSWER.c.state != "open")
        .correlate(ASSESSMENT)
        .scalar_subquery()
        .label("answered")
    )
    in_workshop = (
        select(func.count())
        .select_from(WORKSHOP)
        .where(WORKSHOP.c.assessment == ASSESSMENT.c.id, WORKSHOP.c.phase != "over")
        .correlate(ASSESSMENT)
        .scalar_subquery()
        .label("workshops")
    )
    return (
        select(
            FILED,
            ASSESSMENT,
            answered,
            in_workshop,
            FOLLOW_UP.c.follows,
            FOLLOW_UP.c.questions,
        )
        .join_from(FILED, SITE)
        .join(ASSESSMENT, FILED.c.assessment == ASSESSMENT.c.id)
        .join(FOLLOW_UP, FOLLOW_UP.c.assessment == ASSESSMENT.c.id, isouter=True)
        .where(SITE.c.client == client)
    )


def _filed(row: RowMapping) -> Filed:
    return Filed(
        assessment=row["id"],
        questionnaire=row["questionnaire"],
        version=row["version"],
        language=row["language"],
        short=row["short"],
        organisation=row["organisation"],
        unit=row["unit"],
        held_on=row["held_on"],
        changed_at=row["changed_at"],
        answered=row["answered"],
        in_workshop=row["workshops"] > 0,
        follows=row["follows"] or "",
        is_pulse=row["questions"] is not None,
        next_step=row["next_step"],
        next_on=row["next_on"],
        archived_at=row["archived_at"],
    )


def _site(row: RowMapping, filed: list[Filed]) -> Site:
    latest_first = sorted(filed, key=lambda one: (one.held_on, one.changed_at, one.assessment), reverse=True)
    return Site(
        id=row["id"],
        name=row["name"],
        contacts=row["contacts"],
        heads=row["heads"],
        assessments=tuple(latest_first),
    )


def _by_name(one: ClientLine | Site) -> tuple[str, str]:
    return one.name.casefold(), one.id
