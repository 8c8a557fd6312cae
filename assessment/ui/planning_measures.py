"""The measures, in the plan and out of it: each opens to what it is and why, and to what can be settled about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, get_args

import streamlit as st

from assessment.charts import month_after
from assessment.document import chapters
from assessment.document.blocks import Card
from assessment.document.planned import effort_of, way_back, why_not
from assessment.document.telling import Teller, anchor_of_measure
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import Effort
from assessment.roadmap import SLOTS_PER_MONTH, Commitment, Postponed, Reason, Standing, Terms, first_day
from assessment.store import Assessment
from assessment.ui import blocks, reckoning, state
from assessment.ui.planning_fields import choice_field, days_field, field, keep, with_entry, with_wishes
from assessment.ui.widgets import key_of
from assessment.ui.words import plain

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

PLANNED = "-"
"""Nothing is settled: no standing is a dash."""

STANDINGS: dict[str, str] = {
    PLANNED: N_("As planned"),
    "pinned": N_("Begins in a set month"),
    "running": N_("Under way"),
    "done": N_("Done"),
    "dropped": N_("Not wanted"),
}

SIGNS: dict[Standing, str] = {
    "pinned": ":material/push_pin:",
    "running": ":material/directions_run:",
    "done": ":material/check_circle:",
    "dropped": ":material/block:",
}

UNSET = "-"
"""No month is set."""

EARLIER = 24
"""So many months before the plan a measure may have begun."""

FINISHED = ("done", "dropped")
NEEDLESS: tuple[Reason, ...] = ("no_gap", "no_gain", "not_asked", "not_applicable")
"""Measures left out for these reasons have nothing to settle; the plan names them together."""


def settle_measures(opened: Assessment, tell: Teller) -> None:
    """Draw all measures that there is something to settle about."""
    c, ids = tell.c, {anchor_of_measure(m.id): m.id for m in tell.questionnaire.measures}
    st.caption(
        c.t(
            "Open a measure to see what it is and why it stands where it does, and to say what is settled: that it "
            "begins in a set month, is under way, is done or is not wanted. The plan follows at once."
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
            _settle(opened, tell, measure)
            blocks.inside(card)


def _postponed(opened: Assessment, tell: Teller, item: Postponed) -> None:
    label = f"**{plain(tell.measure(item.measure))}** · {plain(why_not(tell, item))}"
    with _row(tell, item.measure, label) as row:
        if row.open:
            _settle(opened, tell, item.measure)
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


# ── what is settled about one measure ────────────────────────────────────────────────────────────────────────────────


def _settle(opened: Assessment, tell: Teller, measure: str) -> None:
    c, terms = tell.c, reckoning.settings(opened)
    commitment = terms.wishes.of(measure)
    names = {key: c.t(word) for key, word in STANDINGS.items()}
    with st.container(border=True, key=f"settle-{measure}"):
        standing = field(
            f"standing-{measure}",
            commitment.standing if commitment else PLANNED,
            lambda key: st.radio(
                c.t("What is settled?"), list(names), format_func=names.__getitem__, horizontal=True, key=key
            ),
            c=c,
        )
        if standing.changed:
            keep(opened, _with(terms, measure, _commitment(tell, measure, standing.value)), standing)
        if commitment is not None and commitment.standing == "pinned":
            _pinned(opened, tell, terms, commitment)
        if commitment is not None and commitment.standing == "running":
            _running(opened, tell, terms, commitment)
        if commitment is None or commitment.standing not in FINISHED:
            _effort(opened, tell, terms, measure)


def _with(terms: Terms, measure: str, commitment: Commitment | None) -> Terms:
    return terms.model_copy(update={"wishes": terms.wishes.with_commitment(measure, commitment)})


def _commitment(tell: Teller, measure: str, standing: str) -> Commitment | None:
    """Return what is settled when somebody chooses this: a measure is pinned where it stands, or to the start."""
    known = next((one for one in get_args(Standing) if one == standing), None)
    if known is None:
        return None
    plan = tell.report.roadmap
    slot = plan.slot(measure)
    month = slot.begin // SLOTS_PER_MONTH if slot else 0
    begin = first_day(plan.capacity.start, month * SLOTS_PER_MONTH) if known == "pinned" else None
    return Commitment(measure=measure, standing=known, begin=begin)


def _pinned(opened: Assessment, tell: Teller, terms: Terms, commitment: Commitment) -> None:
    c, capacity = tell.c, terms.capacity
    stored = _month(commitment.begin or capacity.start)
    months = [_month(month_after(capacity.start, number)) for number in range(capacity.months)]
    begin = choice_field(
        f"begin-{commitment.measure}", stored, c.t("Begins in"), months, lambda month: _said(month, c), c=c
    )
    if begin.changed:
        changed = commitment.model_copy(update={"begin": _day(begin.value)})
        keep(opened, _with(terms, commitment.measure, changed), begin)


def _running(opened: Assessment, tell: Teller, terms: Terms, commitment: Commitment) -> None:
    c, capacity = tell.c, terms.capacity
    earlier = [_month(month_after(capacity.start, -number)) for number in range(EARLIER + 1)]
    later = [_month(month_after(capacity.start, number)) for number in range(capacity.months)]

    def said(month: str, unset: str) -> str:
        return unset if month == UNSET else _said(month, c)

    with st.grid(2, min_column_width=200):
        begin = choice_field(
            f"since-{commitment.measure}",
            _month(commitment.begin) if commitment.begin else UNSET,
            c.t("Under way since"),
            [UNSET, *earlier],
            lambda month: said(month, c.t("the start of the plan")),
            c=c,
        )
        end = choice_field(
            f"until-{commitment.measure}",
            _month(commitment.end) if commitment.end else UNSET,
            c.t("Finished by the end of"),
            [UNSET, *later],
            lambda month: said(month, c.t("after its usual time")),
            c=c,
        )
    if begin.changed:
        day = None if begin.value == UNSET else _day(begin.value)
        keep(opened, _with(terms, commitment.measure, commitment.model_copy(update={"begin": day})), begin)
    if end.changed:
        # the last half-month of that month counts
        day = None if end.value == UNSET else _day(end.value).replace(day=28)
        keep(opened, _with(terms, commitment.measure, commitment.model_copy(update={"end": day})), end)


def _effort(opened: Assessment, tell: Teller, terms: Terms, measure: str) -> None:
    """Draw the effort that somebody knows better: both ends, or none."""
    c, stored = tell.c, terms.wishes.efforts.get(measure)
    with st.grid(2, min_column_width=200):
        low = days_field(
            f"effort-low-{measure}",
            stored.low if stored else None,
            c.t("Your own effort in person-days: at least"),
            c=c,
        )
        high = days_field(f"effort-high-{measure}", stored.high if stored else None, c.t("at most"), c=c)
    if not (low.changed or high.changed):
        return
    if low.value is None and high.value is None:
        keep(
            opened,
            with_wishes(terms, efforts=with_entry(dict(terms.wishes.efforts), measure, None)),
            low,
            high,
        )
    elif low.value is None or high.value is None:
        st.warning(
            c.t("Please give both ends; until then the plan reckons as before."), icon=":material/pending:"
        )
    elif low.value > high.value:
        st.warning(
            c.t("The lower end is above the upper one; until that is put right, the plan reckons as before."),
            icon=":material/swap_vert:",
        )
    else:
        own = Effort(low=low.value, high=high.value)
        keep(
            opened,
            with_wishes(terms, efforts=with_entry(dict(terms.wishes.efforts), measure, own)),
            low,
            high,
        )


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _said(month: str, c: Catalogue) -> str:
    return c.month(_day(month))
