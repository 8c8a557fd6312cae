"""What somebody may do with the open assessment, as far as pages differ by it; the store refuses whatever else they try."""

import streamlit as st

from assessment.i18n import Catalogue
from assessment.store import RIGHTS, Assessment, Right

NEEDED = {
    "profile": Right.CHANGE,
    "questions": Right.ANSWER,
    "review": Right.ANSWER,
    "workshop": Right.CHANGE,
    "contributions": Right.CHANGE,
    "figures": Right.ANSWER,
}
"""What a page is for; every other one can be read."""


def may(opened: Assessment | None, right: Right) -> bool:
    """Say whether they may do this; without an open assessment nothing is in the way."""
    return opened is None or RIGHTS[opened.role] >= right


def is_for_them(opened: Assessment | None, page: str) -> bool:
    """Say whether a page has anything for them."""
    return may(opened, NEEDED.get(page, Right.READ))


def told(opened: Assessment, c: Catalogue) -> None:
    """Say that they may look and not change; nothing to whoever may."""
    if not may(opened, Right.CHANGE):
        st.caption(
            ":material/visibility: "
            + c.t(
                "You may look at this, and take it along. Whoever gave you access can let you change it, too."
            )
        )
