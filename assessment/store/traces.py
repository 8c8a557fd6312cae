"""Where in the database a person's name stands: alone in a column of names, or in a text among other things."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, func, or_, select

from assessment.store.tables import (
    ANSWER,
    ANSWER_HISTORY,
    ASSESSMENT,
    CLIENT,
    CONTRIBUTED,
    CONTRIBUTION,
    EARLIER,
    FILED,
    INVITATION,
    LINK,
    PERSON,
    SITE,
    WORKSHOP,
    WORKSPACE,
)

NAMES: tuple[Column[Any], ...] = (
    ASSESSMENT.c.author,
    ANSWER.c.respondent,
    ANSWER_HISTORY.c.respondent,
    CONTRIBUTION.c.respondent,
    LINK.c.label,
    INVITATION.c.email,
    PERSON.c.name,
    PERSON.c.email,
)
"""Columns that hold a person's name or address, and nothing else."""

TEXTS: tuple[Column[Any], ...] = (
    ASSESSMENT.c.organisation,
    ASSESSMENT.c.unit,
    ASSESSMENT.c.plan,
    ANSWER.c.reason,
    ANSWER.c.comment,
    ANSWER.c.value,
    ANSWER_HISTORY.c.reason,
    ANSWER_HISTORY.c.comment,
    ANSWER_HISTORY.c.value,
    CONTRIBUTED.c.reason,
    CONTRIBUTED.c.comment,
    CONTRIBUTED.c.value,
    CONTRIBUTION.c.role,
    EARLIER.c.content,
    WORKSHOP.c.topics,
    CLIENT.c.name,
    CLIENT.c.note,
    SITE.c.name,
    FILED.c.next_step,
    WORKSPACE.c.name,
)
"""Columns in which somebody may have written a name among other things."""


class Place(NamedTuple):
    """Where a name stands."""

    table: str
    column: str
    assessment: str
    """The id of the assessment; nothing where it is none's."""
    rows: int
    is_alone: bool
    """The name is all that stands there, and can be taken away; else it stands in a text that somebody has to read."""


def spellings(connection: Connection, column: Column[Any], wanted: Iterable[str]) -> list[str]:
    """Return what stands in a column of names that means one of those wanted, however it is written."""
    folded = {each.strip().casefold() for each in wanted} - {""}
    every = connection.execute(select(column).where(column != "").distinct()).scalars()
    return [said for said in every if said.strip().casefold() in folded]


def places_of(connection: Connection, wanted: list[str]) -> tuple[Place, ...]:
    """Return where any of these names stands."""
    found = [
        place
        for column in NAMES
        if (written := spellings(connection, column, wanted))
        for place in _counted(connection, column, column.in_(written), is_alone=True)
    ]
    for column in TEXTS if wanted else ():
        inside = or_(*(column.contains(each, autoescape=True) for each in _variants(wanted)))
        found += _counted(connection, column, inside, is_alone=False)
    return tuple(sorted(found))


def _variants(wanted: Iterable[str]) -> list[str]:
    """Return the usual spellings: SQLite folds no letters but A to Z, and JSON may write letters as numbers."""
    written = {spelt(each) for each in wanted for spelt in (str, str.lower, str.upper, str.title)}
    return sorted(written | {json.dumps(each)[1:-1] for each in written})


def _counted(
    connection: Connection, column: Column[Any], which: ColumnElement[bool], *, is_alone: bool
) -> Iterable[Place]:
    table: Any = column.table
    if table is ASSESSMENT:
        whose: Any = ASSESSMENT.c.id
    elif table is CONTRIBUTED:
        mine = CONTRIBUTION.c.id == CONTRIBUTED.c.contribution
        whose = select(CONTRIBUTION.c.assessment).where(mine).scalar_subquery()
    else:
        whose = table.c.get("assessment")
    if whose is None:
        rows = connection.execute(select(func.count()).select_from(table).where(which)).scalar_one()
        return [Place(table.name, column.name, "", rows, is_alone)] if rows else []
    counted = select(whose.label("whose"), func.count()).select_from(table).where(which).group_by("whose")
    return [
        Place(table.name, column.name, assessment, rows, is_alone)
        for assessment, rows in connection.execute(counted)
    ]
