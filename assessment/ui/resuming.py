"""The open assessment on the start page: its private link, and the ways on."""

import streamlit as st

from assessment.answers import progress
from assessment.ui import state
from assessment.ui.frame import page_of
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain


def resume() -> None:
    """Show the open assessment: its private link and the way on."""
    c = state.words()
    opened = state.assessment()
    if opened is None:
        return
    done = progress(questionnaire(opened.sheet.questionnaire), opened.sheet)
    with st.container(border=True):
        name = opened.subject.organisation or c.t("Your assessment")
        st.header(plain(name), anchor=False)
        st.progress(
            done.share,
            text=c.t("{answered} of {asked} questions answered", answered=done.answered, asked=done.asked),
        )
        st.text_input(
            c.t("Your private link"),
            value=state.address(),
            help=c.t(
                "Whoever has this link can read and change the answers. It opens the assessment on any device."
            ),
            key=f"link-{state.token()}",
        )
        st.markdown(c.t("Copy the link and keep it: it is the only way back to your answers."))
        with st.container(horizontal=True):
            if st.button(c.t("Go on with the questions"), type="primary", icon=":material/arrow_forward:"):
                st.switch_page(page_of("questions" if opened.sheet.profile else "profile"))
            if st.button(c.t("See the results"), icon=":material/monitoring:"):
                st.switch_page(page_of("results"))
            if opened.sheet.short and st.button(
                c.t("Widen to the complete version"), icon=":material/unfold_more:"
            ):
                state.store().save_head(opened.id, short=False)
                st.switch_page(page_of("questions"))
            if st.button(c.t("Close this assessment"), icon=":material/close:"):
                state.open_link(None)
                st.rerun()
