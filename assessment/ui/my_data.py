"""What is stored about who has signed in: to take along, and to erase."""

import streamlit as st

from assessment.i18n import Catalogue
from assessment.ui import state
from assessment.ui.deferred import for_whom


def my_data(c: Catalogue) -> None:
    """Draw both ways."""
    with st.container(border=True, key="my-data"):
        st.header(c.t("What is stored about you"), anchor=False)
        st.markdown(
            c.t(
                "Who you are to the sign-on, the desks you belong to, and what the trail says of you. "
                "Names that others wrote into answers or notes are not in it: whoever runs this app finds them for you."
            )
        )
        st.download_button(
            c.t("Download what is stored about me"),
            for_whom(state.who(), _file),
            "about-me.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
            key="about-me",
        )
        sure = st.checkbox(
            c.t(
                "Erase my data: I lose access to my desks, and the trail will say, instead of my name, only that the person was erased"
            ),
            key="erase-sure",
        )
        if st.button(c.t("Erase me"), icon=":material/person_off:", disabled=not sure, key="erase-me"):
            state.writing().privacy.erase_me()
            st.logout()


def _file() -> bytes:
    return state.store().privacy.about_me().model_dump_json(indent=2).encode()
