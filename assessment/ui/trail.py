"""Who saw and changed what: the trail of an assessment or of a desk, for its owner."""

from collections.abc import Callable, Iterable

import streamlit as st

from assessment.document.blocks import Cell, Column, Line, Table
from assessment.exports.plan.csv import written
from assessment.i18n import N_, Catalogue
from assessment.store import Act, Assessment, Right, TrailLine
from assessment.ui import desks, roles, state, tables
from assessment.ui.deferred import for_whom

ACTS: dict[Act, str] = {
    "saw": N_("looked at it"),
    "answered": N_("answered"),
    "changed": N_("changed something"),
    "exported": N_("took a file along"),
    "shared": N_("changed who gets in"),
    "deleted": N_("deleted it"),
}
SHOWN = 50
"""So many lines are on the page; the file has all."""


def of_assessment(opened: Assessment, c: Catalogue) -> None:
    """Draw what was done with the open assessment, for its owner: folded away until somebody wants it."""
    if roles.may(opened, Right.OWN):
        _folded(lambda most: state.store().trail.of(opened.id, most=most), c, key=opened.id, has_whose=False)


def of_desk(c: Catalogue) -> None:
    """Draw what was done on the open desk, for its owner: folded away until somebody wants it."""
    desk = desks.desk()  # now: the file is made outside of the session, which knows of no desk
    _folded(lambda most: state.store().trail.of_desk(desk, most=most), c, key="desk", has_whose=True)


def _folded(
    lines: Callable[[int | None], tuple[TrailLine, ...]], c: Catalogue, *, key: str, has_whose: bool
) -> None:
    with st.expander(
        c.t("Who looked and who changed something"),
        icon=":material/history:",
        key=f"trail-{key}-{c.language}",
        on_change="rerun",
    ) as folded:
        if not folded.open:
            return
        st.caption(
            c.t(
                "Looking, answering and changing are noted once an hour, everything else each time. "
                "Nobody can change these lines. Votes in workshops are never in them."
            )
        )
        found = lines(SHOWN)
        st.html(tables.html(_table(found, c, has_whose=has_whose)))
        if len(found) == SHOWN:
            st.caption(c.n("The newest line.", "The newest {count} lines.", SHOWN))
        st.download_button(
            c.t("All lines as a table"),
            for_whom(state.who(), lambda: _file(lines(None), c)),
            "trail.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"trail-file-{key}",
        )


def _table(lines: Iterable[TrailLine], c: Catalogue, *, has_whose: bool) -> Table:
    heads = [
        c.t("At what time"),
        c.t("By whom"),
        c.t("What was done"),
        *([c.t("Whose assessment")] if has_whose else []),
    ]
    return Table(
        summary=c.t("Who looked and who changed something"),
        columns=tuple(Column(head=head, width=1) for head in heads),
        rows=tuple(
            tuple(
                _cell(text)
                for text in (
                    state.moment(line.at),
                    _who(line, c),
                    _what(line, c),
                    *([_whose(line, c)] if has_whose else []),
                )
            )
            for line in lines
        ),
        row_heads=False,
    )


def _cell(text: str) -> Cell:
    return (Line(text=text),)


def _who(line: TrailLine, c: Catalogue) -> str:
    if line.person:
        return line.person
    if line.is_erased:
        return c.t("somebody who was erased since")
    if line.is_gone:
        return c.t("by a link that is void since")
    return c.t("by the link “{name}”", name=line.link) if line.link else c.t("by the private link")


def _what(line: TrailLine, c: Catalogue) -> str:
    said = c.t(ACTS[line.act])
    return f"{said}: {line.what}" if line.what else said


def _whose(line: TrailLine, c: Catalogue) -> str:
    if line.is_deleted:
        return c.t("one that is deleted since")
    if not line.assessment:
        return c.t("the desk")
    return line.organisation or c.t("one without a name")


def _file(lines: Iterable[TrailLine], c: Catalogue) -> bytes:
    head = [
        c.t("At what time"),
        c.t("By whom"),
        c.t("What was done"),
        c.t("Whose assessment"),
        c.t("Number of the assessment"),
    ]
    rows = (
        [
            line.at.isoformat(timespec="seconds"),
            _who(line, c),
            _what(line, c),
            _whose(line, c),
            line.assessment,
        ]
        for line in lines
    )
    return written([head, *rows], c.language)
