"""What the database keeps, as tables: why and how long, and every column."""

import os
from collections.abc import Iterable

from assessment.document.blocks import Column, Line, Table
from assessment.i18n import Catalogue
from assessment.store.purposes import Told
from assessment.ui import tables

KEPT = "ASSESSMENT_KEEP_MONTHS"
"""So many months an assessment stays that nobody changes; the nightly purge reads it, too."""


def kept_for(c: Catalogue) -> str:
    """Say when an assessment goes that nobody changes any more."""
    months = os.environ.get(KEPT, "")
    if months.isdecimal() and int(months) > 0:
        return c.n(
            "An assessment that nobody changes for a month is deleted, with all that belongs to it.",
            "An assessment that nobody changes for {count} months is deleted, with all that belongs to it.",
            int(months),
        )
    return c.t(
        "An assessment stays until somebody deletes it, which you can do at any time on the start page."
    )


def table_of(told: Iterable[Told], summary: str, c: Catalogue) -> str:
    """Return what is kept, why and how long, as HTML."""
    heads = ((c.t("What"), 3), (c.t("What for"), 5), (c.t("How long"), 5))
    return tables.html(
        Table(
            summary=summary,
            columns=tuple(Column(head=head, width=width) for head, width in heads),
            rows=tuple(
                tuple(
                    (Line(text=c.t(text)),)
                    for text in (one.purpose.title, one.purpose.why, one.purpose.until)
                )
                for one in told
            ),
        )
    )


def columns(told: Iterable[Told], c: Catalogue) -> str:
    """Return every column with what it holds, as HTML."""
    return tables.html(
        Table(
            summary=c.t("Every column, for whoever checks"),
            columns=(
                Column(head=c.t("Column"), width=2),
                Column(head=c.t("What it holds"), width=5),
            ),
            rows=tuple(
                (
                    (Line(text=f"{one.table}.{held.column}"),),
                    (
                        Line(
                            text=c.t("belongs to: {table}", table=c.t(held.of)) if held.of else c.t(held.what)
                        ),
                    ),
                )
                for one in told
                for held in one.columns
            ),
        )
    )
