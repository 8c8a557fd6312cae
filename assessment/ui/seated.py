"""Where this browser sits in a workshop: the seat's token stands in the address, and the browser keeps it under the workshop's code."""

from pathlib import Path

import streamlit as st

from assessment.ui import state
from assessment.ui.compact import compact
from assessment.workshop import ROLES, Role

SEAT, CODE, ROLE = "w", "j", "r"
_kept = st.components.v2.component(
    "seated", html="<div></div>", js=compact(Path(__file__).parent / "seated.js")
)


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
    _kept(key="seat-kept", data={"code": of or "", "token": seat()}, height=1)


def forget() -> None:
    """Let the browser forget its seat; draws nothing."""
    _kept(key="seat-forgotten", data={"forget": True}, height=1)


def look_for() -> None:
    """Ask the browser for a seat in the workshop of the address's code, and sit down there; draws nothing."""

    def found() -> None:
        token = (state.widget("seat-found") or {}).get("found")
        if token:
            sit_down(str(token))

    _kept(key="seat-found", data={"code": code()}, height=1, on_found_change=found)
