"""The way into a workshop on the big screen: an address, a code, and both as a picture for a phone's camera."""

from functools import lru_cache

import segno
import streamlit as st

from assessment.i18n import Catalogue
from assessment.ui import addresses, remembered, seated
from assessment.ui.words import plain
from assessment.workshop import Role


def poster(code: str, c: Catalogue, *, small: bool = False) -> None:
    """Draw the code and the picture, large before it begins and small beside a question."""
    base = addresses.home()
    picture = _picture(f"{base}join?{seated.CODE}={code}")
    said = c.t("The address with the code, for a camera")
    with st.container(
        key="poster-small" if small else "poster", horizontal=small, vertical_alignment="center"
    ):
        st.image(picture, width=110 if small else 230, alt=said)
        with st.container(width="stretch" if small else "content"):
            st.markdown(f"**{code}**")
            st.markdown(plain(f"{base}join".split("://", 1)[-1]))
    if remembered.is_on_this_computer() and not small:
        st.warning(
            c.t(
                "This app runs on your own computer: code and link lead here from this computer only. Others reach it "
                "after it was started for them, with --address."
            ),
            icon=":material/lan:",
        )


def link_of(code: str, role: Role) -> str:
    """Return the address that leads into a workshop in this role."""
    return f"{addresses.home()}join?{seated.CODE}={code}&{seated.ROLE}={role}"


@lru_cache(maxsize=16)
def _picture(address: str) -> str:
    return str(segno.make(address, error="m").svg_inline(scale=5, border=3, light="#FFFFFF", dark="#0F1722"))
