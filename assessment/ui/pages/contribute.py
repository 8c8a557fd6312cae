"""Contribute: the questions for somebody who was invited by a personal link, without an account; their own answers alone."""

import streamlit as st

from assessment.ui import state
from assessment.ui.invited import invited, token

c = state.words()
if token():
    invited()
else:
    st.title(c.t("Your answers"), anchor=False)
    st.info(
        c.t("This page opens by the personal link that was sent to you. Please open that link again."),
        icon=":material/link:",
    )
