"""Whose report it is: name, footer, colours and logo, kept with the assessment as soon as they are changed."""

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from assessment.brand import Brand
from assessment.errors import ReportError
from assessment.i18n import Catalogue
from assessment.loader import logo_from
from assessment.store import Assessment
from assessment.theme import LIGHT
from assessment.ui import state
from assessment.ui.frame import tell

NAME, FOOTER = 80, 160
"""Characters of the name and of the footer."""


def branding(opened: Assessment, c: Catalogue) -> Brand:
    """Draw the fields and return the brand as it is kept now."""
    with st.expander(c.t("Whose report is it?"), icon=":material/palette:", key=f"brand-{state.mark()}"):
        st.caption(
            c.t(
                "Your name, colours and logo on the report, for consultancies and for organisations with a style of their "
                "own. Colours that would be hard to read are darkened."
            )
        )
        whose = Whose(state.mark(), lambda brand: state.writing().save_brand(opened.id, brand))
        return fields(opened.brand, whose, c)


class Whose(NamedTuple):
    """Whose brand it is: a mark that tells its fields from another's, and what saves it."""

    mark: str
    save: Callable[[Brand], None]


def fields(brand: Brand, whose: Whose, c: Catalogue) -> Brand:
    """Draw the fields of a brand, save what changes, and return it as it is kept now."""
    brand = _texts(whose, brand, c)
    brand = _colours(whose, brand, c)
    return _logo(whose, brand, c)


def _keep(whose: Whose, brand: Brand, **changes: Any) -> Brand:
    """Save a brand with something else in it."""
    changed = Brand.model_construct(**{**dict(brand), **changes})
    if changed != brand:
        whose.save(changed)
    return changed


def _key(part: str, whose: Whose, c: Catalogue) -> str:
    return f"{part}-brand-{c.language}-{whose.mark}"


def _texts(whose: Whose, brand: Brand, c: Catalogue) -> Brand:
    name = st.text_input(
        c.t("Name on the cover and in the foot"),
        brand.name,
        max_chars=NAME,
        key=_key("name", whose, c),
    )
    footer = st.text_input(
        c.t("Foot of every page, in place of “Confidential”"),
        brand.footer,
        max_chars=FOOTER,
        key=_key("footer", whose, c),
    )
    return _keep(whose, brand, name=name or "", footer=footer or "")


def _colours(whose: Whose, brand: Brand, c: Catalogue) -> Brand:
    own = st.toggle(c.t("Colours of your own"), brand.colour is not None, key=_key("own", whose, c))
    if not own:
        return _keep(whose, brand, colour=None, accent=None)
    with st.container(horizontal=True):
        colour = st.color_picker(
            c.t("Main colour"), brand.colour or LIGHT.brand, key=_key("colour", whose, c)
        )
        accent = st.color_picker(
            c.t("Colour that stands out"), brand.accent or LIGHT.accent, key=_key("accent", whose, c)
        )
    return _keep(whose, brand, colour=colour.upper(), accent=accent.upper())


def _logo(whose: Whose, brand: Brand, c: Catalogue) -> Brand:
    key = _key("logo", whose, c)
    given = st.file_uploader(c.t("Logo (PNG or JPEG)"), type=["png", "jpg", "jpeg"], key=key)
    if given is not None and state.shown(key) != given.file_id:
        try:
            brand = _keep(whose, brand, logo=logo_from(given.getvalue(), name=given.name))
        except ReportError as error:
            tell(error, c)
        else:
            state.note_shown(key, given.file_id)
    if brand.logo:
        st.image(brand.logo, width=200)
        if st.button(c.t("Take the logo out"), icon=":material/delete:", key=_key("no-logo", whose, c)):
            brand = _keep(whose, brand, logo=b"")
            st.rerun()
    return brand
