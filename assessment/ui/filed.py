"""One assessment on the desk: where it stands, what is next, and everything that can be done with it."""

from datetime import date
from functools import partial
from typing import NamedTuple

import streamlit as st

from assessment.answers import progress
from assessment.errors import AssessmentError
from assessment.i18n import Catalogue
from assessment.scoring import Score, score
from assessment.store import Client, Filed, Site
from assessment.ui import desks, leading, pulsing, state
from assessment.ui.fitting import fitting
from assessment.ui.frame import page_of
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain

LONGEST = 300


class Standing(NamedTuple):
    """Where an assessment stands."""

    share: float
    """Of the questions that are asked, those answered."""
    overall: Score | None
    """The score of the whole; None where it cannot be read."""
    problem: str = ""


@st.cache_data(max_entries=512, show_spinner=False)
def _standing(assessment: str, changed: str, language: str, _desk: str) -> Standing:
    opened = fitting(state.store().clients.read(_desk, assessment))
    known = questionnaire(opened.sheet.questionnaire)
    return Standing(progress(known, opened.sheet).share, score(known, opened.sheet).overall)


def standing(one: Filed, c: Catalogue) -> Standing:
    """Return where an assessment stands; one that cannot be read any more says why, and keeps no other from being shown."""
    try:
        return _standing(one.assessment, one.changed_at.isoformat(), c.language, desks.desk())
    except AssessmentError as error:
        return Standing(0.0, None, error.problems[0].text(c.t))


def row(client: Client, site: Site, one: Filed, c: Catalogue) -> None:
    """Draw an assessment with its status, its next step, and what can be done."""
    here = standing(one, c)
    with st.container(border=True, key=f"filed-{one.assessment}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch", gap="xsmall"):
                st.markdown(f"**{_title(one, c)}**")
                st.caption(plain(" · ".join(_status(one, here, c))))
            st.button(
                c.t("Open"),
                icon=":material/arrow_forward:",
                key=f"enter-{one.assessment}",
                on_click=leading.asks(partial(_enter, one)),
                help=c.t("Open the assessment of {day}", day=c.date(one.held_on)),
            )
            if desks.may_change():
                _next_step(one, c)
                _more(client, site, one, c)
        desks.due(one.next_step, one.next_on, c)


def _title(one: Filed, c: Catalogue) -> str:
    known = questionnaire(one.questionnaire).title.localize(c.language)
    return plain(" · ".join(part for part in (c.date(one.held_on), known, one.unit) if part))


def _status(one: Filed, here: Standing, c: Catalogue) -> list[str]:
    if here.problem:
        return [here.problem]
    said = [c.t("Pulse")] if one.is_pulse else []
    if one.short:
        said.append(c.t("short version"))
    if one.archived_at is not None:
        said.append(c.t("put away"))
    if one.in_workshop:
        said.append(c.t("in a workshop"))
    if not one.answered:
        said.append(c.t("not begun"))
    elif here.share < 1:
        said.append(c.t("{share} answered", share=c.percent(here.share)))
    else:
        said.append(c.t("complete"))
    if here.overall is not None and here.overall.certain:
        said.append(c.t("Index {index}", index=c.number(here.overall.value)))
        said.append(c.t("Level {level}", level=here.overall.level))
    return said


def _enter(one: Filed) -> None:
    """Open the assessment where the work goes on."""
    state.open_link(state.writing().clients.enter(desks.desk(), one.assessment).token)
    state.leave_for("questions" if one.answered else "profile")


def _next_step(one: Filed, c: Catalogue) -> None:
    with st.popover(c.t("Next step"), icon=":material/flag:", key=f"next-{one.assessment}-{c.language}"):
        text = st.text_input(
            c.t("What is to be done next?"),
            one.next_step,
            max_chars=LONGEST,
            key=f"step-{one.assessment}-{c.language}",
        )
        on = st.date_input(
            c.t("By when?"),
            one.next_on,
            key=f"step-on-{one.assessment}-{c.language}",
            format=c.day_pattern,
        )
        if ((text or "").strip(), on) != (one.next_step, one.next_on):
            state.writing().clients.save_step(desks.desk(), one.assessment, text=(text or "").strip(), on=on)
            st.rerun()


def _more(client: Client, site: Site, one: Filed, c: Catalogue) -> None:
    clients, token = state.store().clients, desks.desk()
    folded = st.popover(
        c.t("More"),
        icon=":material/more_horiz:",
        key=f"more-{one.assessment}-{c.language}",
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        if one.answered:
            _again(one, c)
        if st.button(c.t("Duplicate"), icon=":material/content_copy:", key=f"copy-{one.assessment}"):
            clients.duplicate(token, one.assessment)
            st.rerun()
        others = {other.id: other.name for other in client.sites if other.id != site.id}
        if others:
            _move(one, others, c)
        label = c.t("Bring back") if one.archived_at else c.t("Put away")
        if st.button(label, icon=":material/archive:", key=f"away-{one.assessment}"):
            clients.archive(token, one.assessment, archived=one.archived_at is None)
            st.rerun()
        if desks.may_own() and st.button(
            c.t("Take off the desk"),
            icon=":material/remove_circle:",
            key=f"off-{one.assessment}",
            help=c.t("Deletes nothing: its private links still open it, and you get a new one of your own."),
        ):
            state.open_link(clients.take_off(token, one.assessment).token)
            st.switch_page(page_of("profile"))
        sure = st.checkbox(c.t("Yes, delete it with all its answers"), key=f"sure-{one.assessment}")
        if st.button(
            c.t("Delete"), icon=":material/delete:", disabled=not sure, key=f"delete-{one.assessment}"
        ):
            clients.delete(token, one.assessment)
            st.rerun()


def _again(one: Filed, c: Catalogue) -> None:
    token = desks.desk()
    opened = fitting(state.store().clients.read(token, one.assessment))
    asked = pulsing.found(opened, today=date.today())  # noqa: DTZ011 - the day on the wall
    if asked.questions:
        st.caption(
            c.n(
                "A pulse asks one question again, about {minutes} minutes.",
                "A pulse asks {count} questions again, about {minutes} minutes.",
                len(asked.questions),
                minutes=c.number(asked.minutes, 0),
            )
        )
        if st.button(c.t("Begin a pulse"), icon=":material/bolt:", key=f"pulse-{one.assessment}"):
            pulsing.begin_again(opened, as_pulse=True)
            st.switch_page(page_of("questions"))
    if st.button(c.t("Assess again"), icon=":material/history:", key=f"again-{one.assessment}"):
        pulsing.begin_again(opened, as_pulse=False)
        st.switch_page(page_of("profile"))


def _move(one: Filed, others: dict[str, str], c: Catalogue) -> None:
    there = st.selectbox(
        c.t("Move to the site"),
        list(others),
        index=None,
        format_func=others.__getitem__,
        key=f"move-{one.assessment}-{c.language}",
        placeholder=c.t("Choose an option"),
    )
    if there:
        state.writing().clients.move(desks.desk(), one.assessment, there)
        st.rerun()
