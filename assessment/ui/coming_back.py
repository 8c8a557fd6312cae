"""Ways back to an assessment that this browser does not remember: its private link, or a file of it."""

import streamlit as st

from assessment.errors import AnswersError, AssessmentError
from assessment.i18n import Catalogue
from assessment.loader import holds_report
from assessment.store import looks_like_code
from assessment.ui import addresses, making, seated, state
from assessment.ui.frame import page_of, tell


def by_link() -> None:
    """Draw the field for a private link or a short code; one that opens nothing is told at the field, and nothing else changes."""
    c = state.words()
    with st.form("continue", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            typed = st.text_input(c.t("Private link or code"), placeholder="http…/?a=…", key="continue-link")
            sent = st.form_submit_button(c.t("Continue"), icon=":material/login:")
        if not sent:
            return
        link = typed.rsplit(f"{state.LINK}=", 1)[-1].split("&")[0].strip()
        if not link:
            st.warning(c.t("Please paste your private link into the field first."), icon=":material/link:")
            return
        try:
            if looks_like_code(link) and state.store().seats.is_code(link):
                st.switch_page(page_of("join"), query_params={**state.carried(), seated.CODE: link})
            if looks_like_code(link):
                addresses.enter(link)
            else:
                state.look_into(link)
                state.open_link(link)
        except AssessmentError as error:
            tell(error, c)
            return
    st.switch_page(page_of("questions"))


def from_a_file() -> None:
    """Draw the upload, folded away until wanted, and below it what can be done with the file that was chosen."""
    c = state.words()
    with st.container():
        with st.expander(c.t("From a file"), icon=":material/upload_file:", key=f"file-{c.language}"):
            upload = st.file_uploader(
                c.t("A file with answers or a report (PDF or JSON)"),
                type=["pdf", "json"],
                key="continue-file",
            )
        if upload is not None:
            _offer(upload.getvalue(), upload.name, c)


def _offer(raw: bytes, name: str, c: Catalogue) -> None:
    if holds_report(raw):
        if st.button(c.t("Assess again and compare"), type="primary", icon=":material/history:"):
            try:
                making.assess_again(raw, name)
            except AnswersError as error:
                tell(error, c)
            else:
                st.switch_page(page_of("profile"))
        st.caption(
            c.t(
                "Begins with the answers of that time. Change what is no longer so; the result then says what has changed."
            )
        )
    if st.button(c.t("Open the file"), icon=":material/upload_file:"):
        try:
            making.hand_in(raw, name)
        except AnswersError as error:
            tell(error, c)
        else:
            st.switch_page(page_of("results"))
