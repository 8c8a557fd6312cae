"""The head of every page: what this is, the pages in the order of the work, the language."""

from collections.abc import Sequence

import streamlit as st

from assessment.i18n import Catalogue, catalogue, varieties
from assessment.ui import signing, state


def header(pages: Sequence[st.Page], c: Catalogue) -> None:
    """Draw the head of the page, with links to these pages."""
    with st.container(horizontal=True, key="head-line", vertical_alignment="center", wrap=False):
        with st.container(key="head-name", width="content"):
            st.markdown(c.t("Service transformation"), width="content")
        with st.container(horizontal=True, key="head-pages", gap="xsmall", wrap=False):
            for page in pages:
                st.page_link(page, query_params=state.carried(), width="content")
        here = signing.person()
        if here is not None:
            signing.who_it_is(here, c)
        _language_menu(c)


def _language_menu(c: Catalogue) -> None:
    names = {code: catalogue(code).own_name for code in varieties()}
    present = state.language()
    key = "language-menu"
    if not state.has_widget(key):
        state.set_widget(key, present)
    with st.container(key="head-language", width=140):
        chosen = st.selectbox(
            c.t("Language"),
            list(names),
            format_func=names.__getitem__,
            key=key,
            label_visibility="collapsed",
            placeholder=c.t("Choose an option"),
        )
    if chosen and chosen != present:
        state.set_language(chosen)
        st.rerun()
