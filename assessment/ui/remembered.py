"""What this browser remembers of the assessments opened in it, and the open one's private link.

The browser keeps tokens and times in its own storage and tells them to this app only. Everything else is read from the
database each time, so that nothing of an assessment lies about on a device.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from assessment.ui import addresses, state
from assessment.ui.compact import compact

MOST = 12
"""So many assessments are remembered; the browser's side keeps to the same number."""

_HERE = Path(__file__).parent
_KEPT = compact(_HERE / "remembering.js") + "\n"
draw = st.components.v2.component(
    "remembered",
    html='<div class="remembered"></div>',
    css=compact(_HERE / "remembered.css"),
    js=_KEPT + compact(_HERE / "remembered.js"),
)
"""One component in three parts: `link` and `switch` here, `list` in mine.py."""
_keep = st.components.v2.component(
    "remembering",
    html="<div></div>",
    js=_KEPT + compact(_HERE / "remembering_alone.js"),
)
"""Remembers and draws nothing: small, because every page has it."""


def keep() -> None:
    """Let the browser remember the open assessment; shows nothing. For every page that does not draw its link."""
    _keep(key=f"keep-{state.mark()}", data={"place": place(), "token": state.token()}, height=1)


def private_link() -> None:
    """Draw the open assessment's private link with a button that copies it, and say which ways lead back."""
    c = state.words()
    words = {
        "lang": c.language,
        "label": c.t("Your private link"),
        "copy": c.t("Copy the link"),
        "copied": c.t("Copied"),
        "not_copied": c.t("The browser did not let the link be copied. Mark it and copy it by hand."),
        "both": c.t(
            "Two ways lead back to your answers: the start page in this browser, and this link on any device. "
            "Whoever has the link can read and change the answers."
        ),
        "only": c.t(
            "This browser keeps no list, so the link is the only way back to your answers: keep it. Whoever has it can read and change the answers."
        ),
    }
    data = {
        "part": "link",
        "place": place(),
        "token": state.token(),
        "link": addresses.address(),
        "words": words,
    }
    draw(key=f"link-{state.mark()}-{c.language}", data=data)


def shared_computer() -> None:
    """Draw the switch that lets this browser remember nothing."""
    c = state.words()
    words = {
        "lang": c.language,
        "label": c.t("This is a shared computer: keep no list of assessments in this browser"),
        "on": c.t(
            "This browser remembers which assessments were opened in it, at most {count}, and shows them on this page. "
            "It remembers only their links and when each was used last.",
            count=MOST,
        ),
        "off": c.t("This browser remembers nothing. Keep the private link of each assessment."),
        "really": c.t(
            "The list in this browser is removed. The assessments stay saved, but only their private links open them then."
        ),
        "remove": c.t("Remove the list"),
        "cancel": c.t("Cancel"),
    }
    draw(key=f"switch-{c.language}", data={"part": "switch", "place": place(), "words": words})


def is_on_this_computer() -> bool:
    """Say whether the app and its answers are on the reader's own computer."""
    host = urlsplit(home()).hostname or ""
    return host in ("localhost", "127.0.0.1", "::1") and "DATABASE_URL" not in os.environ


def home() -> str:
    """Return what every private link of this app begins with, up to the token."""
    return addresses.address().removesuffix(str(state.token()))


def place() -> str:
    """Return the name under which the browser keeps the list: another app at the same host has another."""
    return f"assessments{urlsplit(home()).path}"
