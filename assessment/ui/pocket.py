"""A secret that this browser keeps in its own storage for one purpose: its seat in a workshop, its desk. Nothing is drawn."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from assessment.ui import state
from assessment.ui.compact import compact

_kept = st.components.v2.component(
    "pocket", html="<div></div>", js=compact(Path(__file__).parent / "pocket.js")
)


def keep(what: str, secret: str, *, of: str = "") -> None:
    """Let the browser keep the secret, with what it belongs to."""
    _kept(key=f"{what}-kept", data={"what": what, "code": of, "token": secret}, height=1)


def forget(what: str) -> None:
    """Let the browser forget it."""
    _kept(key=f"{what}-forgotten", data={"what": what, "forget": True}, height=1)


def look_for(what: str, found: Callable[[str], None], *, of: str = "") -> None:
    """Ask the browser for it; `found` is called with the secret, where the browser has one, of this if that is said."""

    def tell() -> None:
        secret = (state.widget(f"{what}-found") or {}).get("found")
        if secret:
            found(str(secret))

    _kept(key=f"{what}-found", data={"what": what, "code": of}, height=1, on_found_change=tell)
