"""The measures, in the plan and out of it: each opens to what it is and why, and to what can be settled about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from assessment.document import chapters
from assessment.document.blocks import Card
from assessment.document.planned import effort_of, way_back, why_not
from assessment.document.telling import Teller, anchor_of_measure
from assessment.roadmap import Postponed, Reason, Standing
from assessment.store import Assessment
from assessment.ui import blocks, state
from assessment.ui.settling import FINISHED, STANDINGS, settle
from assessment.ui.widgets import key_of
from assessment.ui.words import plain

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

SIGNS: dict[Standing, str] = {
    "pinned": ":material/push_pin:",
    "running": ":material/directions_run:",
    "done": ":material/check_circle:",
    "dropped": ":material/block:",
}

NEEDLESS: tuple[Reason, ...] = ("no_gap", "no_gain", "not_asked", "not_applicable")
"""Measures left out for these reasons have nothing to settle; the plan names them together."""


def settle_measures(opened: Assessment, tell: Teller) -> None:
    """Draw all measures that there is something to settle about."""
    c, ids = tell.c, {anchor_of_measure(m.id): m.id for m in tell.questionnaire.measures}
    st.caption(
        c.t(
            "Open a measure to see what it is and why it stands where it does, and to say what is settled: that it "
            "begins in a set month, is under way, is done or is not wanted, and who answers for it. The plan follows at once."
        )
    )
    for number, block in enumerate(chapters.measures(tell)):
        if isinstance(block, Card) and block.anchor in ids:
            _planned(opened, tell, ids[block.anchor], block)
        else:
            blocks.show([block], key=f"measures-{number}")
    out = [
        item
        for item in tell.report.roadmap.postponed
        if item.reason not in NEEDLESS or tell.report.roadmap.wishes.of(item.measure)
    ]
    for title, reasons in ((c.t("Done"), ("done",)), (c.t("Not wanted"), ("dropped",))):
        here = [item for item in out if item.reason in reasons]
        _list(opened, tell, title, here)
    _list(opened, tell, c.t("Not in the plan"), [item for item in out if item.reason not in FINISHED])


def _list(opened: Assessment, tell: Teller, title: str, items: list[Postponed]) -> None:
    if items:
        st.header(title, anchor=False)
    for item in items:
        _postponed(opened, tell, item)


def _planned(opened: Assessment, tell: Teller, measure: str, card: Card) -> None:
    slot = tell.report.roadmap.slot(measure)
    when = plain(tell.months(slot.begin, slot.end)) if slot else ""
    sign = f"{blocks.SIGN[card.light]} " if card.light else ""
    label = f"{sign}**{plain(card.title)}** · {when} · {plain(card.subtitle)}"
    with _row(tell, measure, label) as row:
        if row.open:
            settle(opened, tell, measure)
            blocks.inside(card)


def _postponed(opened: Assessment, tell: Teller, item: Postponed) -> None:
    label = f"**{plain(tell.measure(item.measure))}** · {plain(why_not(tell, item))}"
    with _row(tell, item.measure, label) as row:
        if row.open:
            settle(opened, tell, item.measure)
            effort, back = effort_of(tell, item), way_back(tell, item)
            said = [tell.say(tell.questionnaire.measures_by_id[item.measure].what), why_not(tell, item)]
            said += [back] if back else []
            st.markdown("\n\n".join(map(plain, said)))
            if effort:
                st.markdown(f"**{tell.c.t('Effort')}:** {plain(tell.effort(effort.low, effort.high))}")


@contextmanager
def _row(tell: Teller, measure: str, label: str) -> Iterator["ExpanderContainer"]:
    """Draw a measure's line, which opens; what is in it is drawn only then.

    A line that says something else is another one to Streamlit: it is opened again if it was open.
    """
    c, commitment = tell.c, tell.report.roadmap.wishes.of(measure)
    icon = SIGNS[commitment.standing] if commitment else None
    if commitment:
        label = f"{label} · {c.t(STANDINGS[commitment.standing])}"
    key = key_of(measure, "row", c)
    seen = state.shown(key)
    if not state.has_widget(key) or (seen and seen[0] != label):
        state.set_widget(key, bool(seen and seen[1]))
    row = st.expander(label, icon=icon, key=key, on_change="rerun")
    state.note_shown(key, (label, row.open))
    with row:
        yield row
