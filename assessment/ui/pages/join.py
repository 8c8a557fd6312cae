"""Join: the way into a workshop for those who take part, without an account, and the workshop itself once they are in."""

import streamlit as st

from assessment.errors import AssessmentError
from assessment.store import UnknownLink
from assessment.ui import seated, state
from assessment.ui.frame import tell
from assessment.ui.taking_part import taking_part
from assessment.ui.workshop_words import ROLE_NAMES
from assessment.workshop import ROLES

c = state.words()


def at_the_door() -> None:
    """Draw the code and the role, and take a seat."""
    st.title(c.t("Take part in the workshop"), anchor=False)
    st.markdown(
        c.t(
            "Everybody votes on the same questions, each for themselves. Nobody sees who voted what, and groups of few people are never "
            "shown on their own. You need no account and give no name."
        )
    )
    seated.look_for()
    with st.form("join", border=True):
        typed = st.text_input(
            c.t("Code on the big screen"), value=seated.code(), key=f"join-code-{seated.code()}", max_chars=20
        )
        role = st.radio(
            c.t("In which role do you take part?"),
            ROLES,
            index=None if (given := seated.role()) is None else ROLES.index(given),
            format_func=lambda one: c.t(ROLE_NAMES[one]),
            key=f"join-role-{c.language}-{seated.role()}",
        )
        sent = st.form_submit_button(
            c.t("Take part"), type="primary", icon=":material/login:", width="stretch"
        )
    if not sent:
        return
    if not typed.strip() or role is None:
        st.warning(
            c.t("Please enter the code first.")
            if not typed.strip()
            else c.t("Please choose your role first."),
            icon=":material/edit:",
        )
        return
    try:
        made = state.store().seats.join(typed, role)
    except AssessmentError as error:
        tell(error, c)
        return
    seated.sit_down(made.token)
    st.rerun()


def inside() -> bool:
    """Draw the workshop; False if this browser's seat is not known any more."""
    try:
        here = state.store().seats.attend(seated.seat())
    except UnknownLink:
        seated.stand_up()
        seated.forget()
        return False
    seated.remember(here.live.code)
    taking_part()
    return True


if not (seated.seat() and inside()):
    at_the_door()
