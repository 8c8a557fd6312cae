"""Whose report it is: name, footer, colours and logo, kept with the assessment as soon as they are changed."""

from typing import Any

import streamlit as st

from assessment.brand import Brand
from assessment.errors import ReportError
from assessment.i18n import Catalogue
from assessment.loader import logo_from
from assessment.store import Assessment
from assessment.theme import LIGHT
from assessment.ui import state
from assessment.ui.frame import tell
from assessment.ui.widgets import key_of

NAME, FOOTER = 80, 160
"""Characters of the name and of the footer."""


def branding(opened: Assessment, c: Catalogue) -> Brand:
    """Draw the fields and return the brand as it is kept now."""
    brand = opened.brand
    with st.expander(c.t("Whose report is it?"), icon=":material/palette:", key=f"brand-{state.mark()}"):
        st.caption(
            c.t(
                "Your name, colours and logo on the report, for consultancies and for organisations with a style of their "
                "own. Colours that would be hard to read are darkened."
            )
        )
        brand = _texts(opened, brand, c)
        brand = _colours(opened, brand, c)
        return _logo(opened, brand, c)


def _keep(opened: Assessment, brand: Brand, **changes: Any) -> Brand:
    """Save a brand with something else in it."""
    changed = Brand.model_construct(**{**dict(brand), **changes})
    if changed != brand:
        state.writing().save_brand(opened.id, changed)
    return changed


def _texts(opened: Assessment, brand: Brand, c: Catalogue) -> Brand:
    name = st.text_input(
        c.t("Name on the cover and in the foot"),
        brand.name,
        max_chars=NAME,
        key=key_of("name", "brand", c),
    )
    footer = st.text_input(
        c.t("Foot of every page, in place of “Confidential”"),
        brand.footer,
        max_chars=FOOTER,
        key=key_of("footer", "brand", c),
    )
    return _keep(opened, brand, name=name or "", footer=footer or "")


def _colours(opened: Assessment, brand: Brand, c: Catalogue) -> Brand:
    own = st.toggle(c.t("Colours of your own"), brand.colour is not None, key=key_of("own", "brand", c))
    if not own:
        return _keep(opened, brand, colour=None, accent=None)
    with st.container(horizontal=True):
        colour = st.color_picker(
            c.t("Main colour"), brand.colour or LIGHT.brand, key=key_of("colour", "brand", c)
        )
        accent = st.color_picker(
            c.t("Colour that stands out"), brand.accent or LIGHT.accent, key=key_of("accent", "brand", c)
        )
    return _keep(opened, brand, colour=colour.upper(), accent=accent.upper())


def _logo(opened: Assessment, brand: Brand, c: Catalogue) -> Brand:
    key = key_of("logo", "brand", c)
    given = st.file_uploader(c.t("Logo (PNG or JPEG)"), type=["png", "jpg", "jpeg"], key=key)
    if given is not None and state.shown(key) != given.file_id:
        try:
            brand = _keep(opened, brand, logo=logo_from(given.getvalue(), name=given.name))
        except ReportError as error:
            tell(error, c)
        else:
            state.note_shown(key, given.file_id)
    if brand.logo:
        st.image(brand.logo, width=200)
        if st.button(c.t("Take the logo out"), icon=":material/delete:", key=key_of("no-logo", "brand", c)):
            brand = _keep(opened, brand, logo=b"")
            st.rerun()
    return brand
