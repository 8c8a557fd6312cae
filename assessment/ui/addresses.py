"""The addresses that lead to the open assessment, and the way in by a short code."""

import streamlit as st

from assessment.ui import state


def address() -> str:
    """Return the private link of the open assessment."""
    return address_of(str(state.token()))


def address_of(token: str) -> str:
    """Return the private link with this secret part."""
    base = (st.context.url or "http://localhost:8501").split("?")[0].rstrip("/")
    return f"{base.rsplit('/', 1)[0] if base.count('/') > 2 else base}/?{state.LINK}={token}"


def home() -> str:
    """Return the address of this app, with a slash at the end."""
    return address().split("?")[0]


CODE = "c"


def address_by(code: str) -> str:
    """Return the address that opens the assessment by a short code."""
    return f"{home()}?{CODE}={code}"


def come_in() -> None:
    """Open the assessment whose short code the address carries; the code leaves the address, whether it opens or not.

    Raises:
        StoreError: there is no such code any more, or the database cannot be read.
    """
    asked = st.query_params.get(CODE)
    if asked:
        del st.query_params[CODE]
        enter(asked)


def enter(code: str) -> None:
    """Open the assessment behind a short code, under a private link of this device's own.

    Raises:
        StoreError: there is no such code any more, too many wrong ones were tried, or the database cannot be read.
    """
    state.open_link(state.store().enter(code).token)
