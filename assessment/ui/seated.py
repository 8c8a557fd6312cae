"""Where this browser sits in a workshop: the seat's token stands in the address, and the browser keeps it under the workshop's code."""

import streamlit as st

from assessment.ui import pocket
from assessment.workshop import ROLES, Role

SEAT, CODE, ROLE = "w", "j", "r"
WHAT = "seat"


def seat() -> str:
    """Return the token of this browser's seat; nothing without one."""
    return str(st.query_params.get(SEAT) or "")


def code() -> str:
    """Return the code that the address carries; nothing without one."""
    return str(st.query_params.get(CODE) or "")


def role() -> Role | None:
    """Return the role that the address carries; None without one."""
    asked = st.query_params.get(ROLE)
    return next((one for one in ROLES if one == asked), None)


def sit_down(token: str) -> None:
    """Put the seat's token into the address: a reload leads back to it."""
    st.query_params[SEAT] = token


def stand_up() -> None:
    """Take the seat out of the address."""
    st.query_params.pop(SEAT, None)


def remember(of: str | None) -> None:
    """Let the browser keep the seat that the address names, with the workshop's code; draws nothing."""
    pocket.keep(WHAT, seat(), of=of or "")


def forget() -> None:
    """Let the browser forget its seat; draws nothing."""
    pocket.forget(WHAT)


def look_for() -> None:
    """Ask the browser for a seat in the workshop of the address's code, and sit down there; draws nothing."""
    pocket.look_for(WHAT, sit_down, of=code())
