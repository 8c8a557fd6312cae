"""The open assessment on another device: a short code to type, and the same as a picture for a phone's camera."""

import segno
import streamlit as st

from assessment.store import Assessment
from assessment.ui import addresses, remembered, state
from assessment.ui.words import plain

SIDE = 5
"""Pixels of one square of the picture."""


def other_device(opened: Assessment) -> None:
    """Draw the way in for another device: folded away until somebody wants it."""
    c = state.words()
    with st.expander(c.t("Open on another device"), icon=":material/qr_code_2:", key=f"codes-{state.mark()}"):
        st.markdown(
            c.t(
                "For a phone, a colleague in the room or a screen on the wall: whoever enters this code on the start page can read and "
                "change the answers. A new code ends the one before; who is in stays in."
            )
        )
        if st.button(c.t("Make a code"), icon=":material/key:"):
            state.note_shown("code", state.store().let_in(opened.id))
        if remembered.is_on_this_computer():
            st.warning(
                c.t(
                    "This app runs on your own computer: code and link lead here from this computer only. Others reach it "
                    "after it was started for them, with --address."
                ),
                icon=":material/lan:",
            )
        code = state.shown("code")
        if code is None:
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="large", key="code"):
            picture = segno.make(addresses.address_by(code.code), error="m")
            st.image(
                picture.svg_inline(scale=SIDE, border=3, light="#FFFFFF", dark="#0F1722"),
                caption=c.t("The address with the code, for a camera"),
                alt="",
                width=220,
            )
            with st.container(width="content", key="code-said"):
                st.markdown(f"**{code.code}**")
                st.markdown(
                    c.t(
                        "Valid until {moment}. Enter it at {address}.",
                        moment=state.moment(code.until),
                        address=plain(addresses.address_by("").split("?")[0]),
                    )
                )
