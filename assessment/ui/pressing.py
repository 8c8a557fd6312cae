"""A press on a point of a chart, told to the page.

Streamlit's own selection would take the finger's swipe away from the page, and says nothing of a press in a web.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from assessment.ui import state
from assessment.ui.compact import compact

_followed = st.components.v2.component(
    "pressing",
    html='<div class="place"></div>',
    js=compact(Path(__file__).parent / "pressing.js"),
)


def follow(chart: str, *, opens: Callable[[str], None]) -> None:
    """Tell `opens` which section's point is pressed in the chart with this key; the chart's points carry it last in their data."""
    name = f"pressing-{chart}"

    def pressed() -> None:
        section = (state.widget(name) or {}).get("open")
        if isinstance(section, str):
            opens(section)

    _followed(key=name, data={"chart": chart}, on_open_change=pressed)
