"""A small picture of what one gets, drawn in the theme's colours: where one stands, and a plan. It says nothing the text does not."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_draw = st.components.v2.component(
    "picture",
    html=(_HERE / "picture.svg").read_text("utf-8"),
    css=(_HERE / "picture.css").read_text("utf-8"),
)


def picture() -> None:
    """Draw it; on a phone it leaves the room to the text."""
    _draw(key="picture")
