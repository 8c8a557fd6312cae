"""Ways to begin: the short version, the complete one, or a look at a sample first."""

import streamlit as st

from assessment.findings import capabilities
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.ui import making, state
from assessment.ui.frame import page_of
from assessment.ui.offered import minutes_of, offered, questionnaire, sample
from assessment.ui.words import plain


def has_short(known: Questionnaire) -> bool:
    """Say whether a questionnaire has a short version."""
    return any(question.short for question in known.questions_by_id.values())


def choice_of_questionnaire(known: Questionnaire, c: Catalogue) -> None:
    """Draw the menu of questionnaires, if there are several."""
    if len(offered()) < 2:
        return
    titles = {name: questionnaire(name).title.localize(c.language) for name in offered()}
    menu = f"questionnaire-{c.language}"
    state.set_widget(menu, known.id)
    with st.container(horizontal=True, vertical_alignment="center", width=520):
        st.markdown(c.t("Questionnaire"), width="content")
        st.selectbox(
            c.t("Questionnaire"),
            list(titles),
            format_func=titles.__getitem__,
            key=menu,
            on_change=lambda: state.choose_questionnaire(str(state.widget(menu))),
            label_visibility="collapsed",
            placeholder=c.t("Choose an option"),
        )


def ways(known: Questionnaire, c: Catalogue, *, first: bool) -> None:
    """Draw the ways to begin, side by side; with `first`, beginning is what the page is for."""
    worked = sample(known.id, c.language)
    with st.grid(3 if has_short(known) and worked else 2, min_column_width=240):
        if has_short(known):
            _short(known, c, first=first)
        _complete(known, c, first=first and not has_short(known))
        if worked:
            _sample(known, c)


def _short(known: Questionnaire, c: Catalogue, *, first: bool) -> None:
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container():
            minutes = minutes_of(known, short=True)
            st.subheader(c.t("Short: about {minutes} minutes", minutes=minutes), anchor=False)
            st.markdown(
                c.t(
                    "The questions that say most about each of the {count} capabilities, and every legal condition.",
                    count=len(capabilities(known)),
                )
                if known.legal
                else c.t("The questions that say most.")
            )
            st.markdown(c.t("You can widen it to the complete version at any time."))
        st.button(
            c.t("Start the short version"),
            type="primary" if first else "secondary",
            icon=":material/bolt:",
            on_click=state.note_shown,
            args=(ASKED, SHORT),
        )


def _complete(known: Questionnaire, c: Catalogue, *, first: bool) -> None:
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container():
            minutes = minutes_of(known, short=False)
            st.subheader(c.t("Complete: about {minutes} minutes", minutes=minutes), anchor=False)
            if known.measures and known.legal:
                st.markdown(
                    c.t("Every question, for a picture that carries a roadmap and a decision by the board.")
                )
            elif known.measures:
                st.markdown(c.t("Every question, for a picture that shows what to do next."))
            else:
                st.markdown(c.t("Every question, for a picture that carries a decision."))
        st.button(
            c.t("Start the complete version"),
            type="primary" if first else "secondary",
            icon=":material/checklist:",
            on_click=state.note_shown,
            args=(ASKED, COMPLETE),
        )


def _sample(known: Questionnaire, c: Catalogue) -> None:
    worked = sample(known.id, c.language)
    if worked is None:
        return
    _, subject = worked
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container():
            st.subheader(c.t("Look at a sample first"), anchor=False)
            st.markdown(
                c.t(
                    "{organisation}, answered completely. It is a copy of your own: change what you like.",
                    organisation=plain(subject.organisation),
                )
            )
        st.button(
            c.t("Open the sample"),
            icon=":material/visibility:",
            on_click=state.note_shown,
            args=(ASKED, SAMPLE),
        )


ASKED = "begin"
SHORT, COMPLETE, SAMPLE = "short", "complete", "sample"


def begin_as_asked(known: Questionnaire, c: Catalogue) -> None:
    """Begin what a button was pressed for, and go there; before the page is drawn, which nobody would see any more.

    Raises:
        StoreError: nothing was begun.
    """
    asked = state.shown(ASKED)
    if asked is None:
        return
    state.note_shown(ASKED, None)
    worked = sample(known.id, c.language) if asked == SAMPLE else None
    if worked is not None:
        making.take_in(*worked)
        st.switch_page(page_of("results"))
    making.begin(known, short=asked == SHORT)
    st.switch_page(page_of("profile"))
