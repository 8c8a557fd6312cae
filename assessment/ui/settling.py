"""What is settled and noted about one measure: where it stands, its days, who answers for it, a note, an effort of one's own."""

from datetime import date
from typing import get_args

import streamlit as st

from assessment.charts import month_after
from assessment.document.telling import Teller
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import Effort
from assessment.roadmap import SLOTS_PER_MONTH, Capacity, Commitment, Standing, Terms, first_day
from assessment.store import Assessment
from assessment.ui import reckoning
from assessment.ui.planning_fields import (
    choice_field,
    day_field,
    days_field,
    field,
    keep,
    with_entry,
    with_wishes,
)

PLANNED = "-"
"""Nothing is settled: no standing is a dash."""

STANDINGS: dict[str, str] = {
    PLANNED: N_("As planned"),
    "pinned": N_("Begins in a set month"),
    "running": N_("Under way"),
    "done": N_("Done"),
    "dropped": N_("Not wanted"),
}

FINISHED = ("done", "dropped")

LONGEST_NAME, LONGEST_NOTE = 200, 2000


def settle(opened: Assessment, tell: Teller, measure: str) -> None:
    """Draw what is settled and noted about a measure; what is changed is saved at once."""
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
            today = date.today()  # noqa: DTZ011 - the day on the wall
            chosen = commitment_of(tell, measure, standing.value, today=today)
            keep(opened, terms.settled(measure, chosen, on=today), standing)
        if commitment is not None and commitment.standing == "pinned":
            _pinned(opened, tell, terms, commitment)
        elif commitment is not None:
            _days(opened, terms, commitment, c)
        _notes(opened, terms, measure, c)
        if commitment is None or commitment.standing not in FINISHED:
            _effort(opened, tell, terms, measure)


def commitment_of(tell: Teller, measure: str, standing: str, *, today: date) -> Commitment | None:
    """Return what is settled when somebody chooses this today: a measure is pinned where it stands, or to the start; one that is
    under way began today, or when it was said to have begun; one that is done or not wanted is so from today on."""
    known = next((one for one in get_args(Standing) if one == standing), None)
    if known is None:
        return None
    plan, before = tell.report.roadmap, tell.report.roadmap.wishes.of(measure)
    begun = before.begin if before is not None and before.standing in ("running", "done") else None
    match known:
        case "pinned":
            slot = plan.slot(measure)
            month = slot.begin // SLOTS_PER_MONTH if slot else 0
            begin = first_day(plan.capacity.start, month * SLOTS_PER_MONTH)
            return Commitment(measure=measure, standing="pinned", begin=begin)
        case "running":
            begin_now = begun or (today if _is_within(plan.capacity, today) else None)
            return Commitment(measure=measure, standing="running", begin=begin_now)
        case _:
            return Commitment(measure=measure, standing=known, begin=begun, end=today)


def _is_within(capacity: Capacity, day: date) -> bool:
    """Say whether a day lies before the end of a plan: what runs cannot begin after it."""
    return day < month_after(capacity.start, capacity.months)


def _with(terms: Terms, commitment: Commitment) -> Terms:
    wishes = terms.wishes.with_commitment(commitment.measure, commitment)
    return terms.model_copy(update={"wishes": wishes})


def _pinned(opened: Assessment, tell: Teller, terms: Terms, commitment: Commitment) -> None:
    c, capacity = tell.c, terms.capacity
    stored = _month(commitment.begin or capacity.start)
    months = [_month(month_after(capacity.start, number)) for number in range(capacity.months)]
    begin = choice_field(
        f"begin-{commitment.measure}", stored, c.t("Begins in"), months, lambda month: _said(month, c), c=c
    )
    if begin.changed:
        changed = commitment.model_copy(update={"begin": _day(begin.value)})
        keep(opened, _with(terms, changed), begin)


def _days(opened: Assessment, terms: Terms, commitment: Commitment, c: Catalogue) -> None:
    """Draw the days of a measure that is under way, done or not wanted."""
    name, standing = commitment.measure, commitment.standing
    with st.grid(2, min_column_width=200):
        begin = (
            day_field(
                f"since-{name}",
                commitment.begin,
                c.t("Under way since") if standing == "running" else c.t("Begun on"),
                c=c,
                hint=c.t("Empty: with the plan.") if standing == "running" else None,
            )
            if standing != "dropped"
            else None
        )
        words = {
            "running": c.t("Will be finished on"),
            "done": c.t("Finished on"),
            "dropped": c.t("Not wanted since"),
        }
        end = day_field(
            f"until-{name}",
            commitment.end,
            words[standing],
            c=c,
            hint=c.t("Empty: after its usual time.") if standing == "running" else None,
        )
    if commitment.begin and commitment.end and commitment.end < commitment.begin:
        st.warning(c.t("It ends before it begins. Please check both days."), icon=":material/swap_vert:")
    if begin is not None and begin.changed:
        keep(opened, _with(terms, commitment.model_copy(update={"begin": begin.value})), begin)
    if end.changed:
        keep(opened, _with(terms, commitment.model_copy(update={"end": end.value})), end)


def _notes(opened: Assessment, terms: Terms, measure: str, c: Catalogue) -> None:
    """Draw who answers for a measure, and the note."""
    track, commitment = terms.tracking.of(measure), terms.wishes.of(measure)
    is_dropped = commitment is not None and commitment.standing == "dropped"
    owner = field(
        f"owner-{measure}",
        track.owner,
        lambda key: st.text_input(c.t("Who answers for it?"), key=key, max_chars=LONGEST_NAME),
        c=c,
    )
    note = field(
        f"note-{measure}",
        track.note,
        lambda key: st.text_area(
            c.t("Why is it not wanted?") if is_dropped else c.t("Note"),
            key=key,
            max_chars=LONGEST_NOTE,
            height=80,
        ),
        c=c,
    )
    if owner.changed or note.changed:
        changed = track.model_copy(update={"owner": owner.value or "", "note": note.value or ""})
        keep(opened, terms.noted(changed), *(each for each in (owner, note) if each.changed))
    if track.turns:
        said = [
            c.t("{day}: {standing}", day=c.day(turn.on), standing=c.t(STANDINGS[turn.standing or PLANNED]))
            for turn in track.turns
        ]
        st.caption(c.t("So far: {list}.", list=" · ".join(said)))


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
