"""Signing in by OpenID Connect, where whoever runs the app has set it up: who it is, the way in and out, and back to where one was.

Streamlit speaks the protocol and keeps who it is in a signed cookie; here it is decided how long that counts.
"""

import os
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import streamlit as st

from assessment.errors import AssessmentError, Problem
from assessment.i18n import Catalogue
from assessment.store import Person
from assessment.ui import opening, state
from assessment.ui.compact import compact
from assessment.ui.words import plain

SETTING = "ASSESSMENT_SIGN_ON"
"""Names the file with the provider's address and the app's own name and secret there."""
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
LASTS = timedelta(hours=12)
"""So long one stays signed in: a working day. Streamlit's cookie alone would last for 30 days, whatever the provider says."""
HERE = "signed-in"
"""Under this name the session keeps who has signed in, as the sign-on told it and as the store knows them."""

_way = st.components.v2.component(
    "signing", html="<div></div>", js=compact(Path(__file__).parent / "signing.js")
)


def check(file: Path) -> None:
    """See whether a file says all that signing in needs, before anybody does.

    Raises:
        AssessmentError: it does not; says what is missing.
    """
    try:
        said = tomllib.loads(file.read_text("utf-8")).get("auth", {})
    except (OSError, ValueError) as error:
        raise AssessmentError(
            [
                Problem(
                    "the file with the sign-on, {file}, cannot be read: {reason}",
                    "Correct it; docs/operations.md shows one.",
                    values={"file": file, "reason": error},
                )
            ]
        ) from error
    missing = [name for name in NEEDED if not (isinstance(said, dict) and said.get(name))]
    if missing:
        raise AssessmentError(
            [
                Problem(
                    "the file with the sign-on, {file}, lacks in its part [auth]: {missing}.",
                    "Write them into it; docs/operations.md shows one.",
                    values={"file": file, "missing": ", ".join(missing)},
                )
            ]
        )


def is_on() -> bool:
    """Say whether people sign in here."""
    return bool(os.environ.get(SETTING))


def person() -> Person | None:
    """Return who has signed in, noted in the store once a session; None where nobody has, or too long ago.

    Raises:
        StoreError: the store cannot be written.
    """
    told = _told()
    if told is None:
        state.note_lasting(HERE, None)
        state.be_person("")
        return None
    who = (str(told["iss"]), str(told["sub"]))
    known = state.lasting(HERE)
    if known is None or known[0] != who:
        email, name = str(told.get("email") or ""), str(told.get("name") or told.get("email") or told["sub"])
        # An address that the provider has not verified is nobody's: an invitation must not be taken with it.
        own = email if is_verified(told.get("email_verified")) else ""
        known = who, opening.store().people.sign_in(*who, email=own, name=name)
        state.note_lasting(HERE, known)
    found: Person = known[1]
    state.be_person(found.id)
    return found


def _told() -> dict[str, Any] | None:
    """Return what the provider says of who has signed in."""
    if not is_on() or not st.user.is_logged_in:
        return None
    told = {str(name): value for name, value in st.user.items()}
    if not told.get("iss") or not told.get("sub"):
        return None
    try:
        since = datetime.fromtimestamp(float(str(told.get("iat"))), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return told if datetime.now(UTC) - since < LASTS else None


def at_the_door(c: Catalogue) -> None:
    """Draw the way in; where one wanted to go is kept in this tab meanwhile, because the way back leads to the start page."""
    _way(key="way-in", data={"keep": True}, height=1)
    st.title(c.t("Please sign in"), anchor=False)
    st.markdown(
        c.t(
            "This installation is for people your organisation knows. You sign in with your usual account; you stay signed in for a working day."
        )
    )
    st.button(c.t("Sign in"), type="primary", icon=":material/login:", on_click=st.login, key="sign-in")
    st.caption(
        c.t(
            "You take part in a workshop, or somebody asked you for your answers? For that you need no account: use the code or the link that you were given."
        )
    )


def is_verified(told: object) -> bool:
    """Say whether an address counts as verified, as a provider tells it: some write words, and some say nothing."""
    return str(True if told is None else told).strip().casefold() not in ("false", "0", "no", "")


def come_back() -> None:
    """Lead to where one wanted to go before one signed in."""
    if state.lasting("came-back") is None:
        state.note_lasting("came-back", True)
        _way(key="way-back", data={"keep": False}, height=1)


def who_it_is(here: Person, c: Catalogue) -> None:
    """Draw who has signed in, and the way out."""
    with (
        st.container(key="head-me", width="content"),
        st.popover(
            plain(here.name), icon=":material/account_circle:", type="tertiary", key=f"me-{c.language}"
        ),
    ):
        st.markdown(f"**{plain(here.name)}**")
        if here.email and here.email != here.name:
            st.caption(plain(here.email))
        st.button(c.t("Sign out"), icon=":material/logout:", on_click=st.logout, key="sign-out")
