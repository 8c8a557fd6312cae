"""The open assessment on the start page: how far it is, the ways on, and its private link."""

import streamlit as st

from assessment.answers import progress
from assessment.ui import pulsing, remembered, state
from assessment.ui.codes import other_device
from assessment.ui.frame import page_of
from assessment.ui.offered import questionnaire
from assessment.ui.outline import answered
from assessment.ui.words import plain

MOSTLY = 0.5
"""The share of questions that are answered from which on holding an assessment again makes sense."""


def resume() -> None:
    """Show the open assessment: how far it is, the ways on, and the ways back to it."""
    c = state.words()
    opened = state.assessment()
    if opened is None:
        return
    known = questionnaire(opened.sheet.questionnaire)
    done = progress(known, opened.sheet)
    with st.container(border=True, key="open-assessment"):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall"
        ):
            name = opened.subject.organisation or c.t("Your assessment")
            st.header(plain(name), anchor=False, width="content")
            st.badge(c.t("All changes are saved"), icon=":material/cloud_done:", color="green")
        if known.title.localize(c.language) != name:
            st.markdown(plain(known.title.localize(c.language)))
        st.progress(
            done.share,
            text=answered(done, c),
        )
        with st.container(horizontal=True):
            if st.button(c.t("Go on with the questions"), type="primary", icon=":material/arrow_forward:"):
                st.switch_page(page_of("questions" if opened.sheet.profile else "profile"))
            if st.button(c.t("See the results"), icon=":material/monitoring:"):
                st.switch_page(page_of("results"))
            if opened.sheet.short and st.button(
                c.t("Widen to the complete version"),
                icon=":material/unfold_more:",
            ):
                state.writing().save_head(opened.id, short=False)
                st.switch_page(page_of("questions"))
            again = pulsing.offer_again(opened, c) if done.share >= MOSTLY else ""
            if again:
                st.switch_page(page_of(again))
            if st.button(c.t("Close this assessment"), icon=":material/close:"):
                state.open_link(None)
                st.rerun()
        if opened.sheet.short:
            st.markdown(
                c.t("Widening only adds questions: every answer stays."),
            )
        remembered.private_link()
        other_device(opened)
