"""The look and the life of every page: what a theme and Streamlit's elements do not reach.

One style sheet (look.css) and one script (live.js). The script says the page's language, puts the focus on the title after a
turn of the page, lets the keys 1 to 9 choose, says when the app does not answer, and translates Streamlit's own words, which
exist in English only. Both are beside a page that also works without them.
"""

import json
import threading
from functools import lru_cache
from pathlib import Path

import streamlit as st

from assessment.i18n import Catalogue
from assessment.theme import DARK, LIGHT, mixed

_HERE = Path(__file__).parent

CHOSEN = 0.1
"""How much of the brand's colour tints the ground of what is chosen."""
FOCUS = ("#1F4E79", "#8CC2F7")
"""The ring around what has the focus, light and dark."""


@lru_cache(maxsize=1)
def look() -> str:
    """Return the style sheet with the theme's colours, each for the light and the dark."""
    names = ("paper", "tint", "line", "ink", "text", "muted", "brand", "accent", "red", "amber", "green")
    colours = {name: (getattr(LIGHT, name), getattr(DARK, name)) for name in names}
    colours["chosen"] = (mixed(LIGHT.paper, LIGHT.brand, CHOSEN), mixed(DARK.paper, DARK.brand, CHOSEN))
    colours["focus"] = FOCUS
    for number, pair in enumerate(zip(LIGHT.levels, DARK.levels, strict=True), start=1):
        colours[f"level-{number}"] = pair
    said = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in colours.items())
    return f"<style>.stApp{{{said}}}\n{(_HERE / 'look.css').read_text('utf-8')}</style>"


@lru_cache(maxsize=1)
def script() -> str:
    """Return the script, as an element."""
    return f"<script>(() => {{{(_HERE / 'live.js').read_text('utf-8')}}})()</script>"


in_the_page = threading.Event()
"""Set where our own server sends pages that hold both already; `streamlit run` sends its own."""


def enliven(c: Catalogue, *, place: str) -> None:
    """Put style sheet and script into the page.

    Args:
        c: the reader's words.
        place: what is shown, as the address has it; another place is a turn of the page.
    """
    told = {
        "language": c.language,
        "place": place,
        "page": place.split("?", maxsplit=1)[0],
        "words": {
            "away": c.t(
                "The app does not answer just now. What you have chosen stays on the screen and is saved as soon as it answers again. "
                "Please do not close this page."
            ),
            "pages": c.t("Pages"),
            "back": c.t("The app answers again. What you chose meanwhile has been sent to it."),
        },
        "own": _own(c),
    }
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    if not in_the_page.is_set():
        st.html(look())
        st.html(script(), unsafe_allow_javascript=True)
    tell = f"(() => {{window.assessmentTold = {data}; window.assessmentTell?.()}})()"  # apart: the script stays the same and is not sent again
    st.html(f"<script>{tell}</script>", unsafe_allow_javascript=True)
    with st.container(key="again"):
        st.button(c.t("Save what is on the screen"), key="live-again")


def _own(c: Catalogue) -> dict[str, str]:
    """Return Streamlit's own words, which it says in English, in the reader's language."""
    return {
        "Clear value": c.t("Clear value"),
        "Clear all": c.t("Clear all"),
        "Increment": c.t("Increment"),
        "Decrement": c.t("Decrement"),
        "Open": c.t("Open"),
        "Close": c.t("Close"),
        "Choose date": c.t("Choose date"),
        "day": c.t("day"),
        "month": c.t("month"),
        "year": c.t("year"),
        "Empty": c.t("Empty"),
        "dd": c.t("dd"),
        "mm": c.t("mm"),
        "yyyy": c.t("yyyy"),
        "Remove file": c.t("Remove file"),
        "Help for {name}": c.t("Help for {name}"),
        "Upload": c.t("Upload"),
        "Browse files": c.t("Browse files"),
        "Drag and drop file here": c.t("Drag and drop file here"),
        "up to {size} MB per file": c.t("up to {size} MB per file"),
        "Press Enter to apply": c.t("Press Enter to apply"),
        "Press Ctrl+Enter to apply": c.t("Press Ctrl+Enter to apply"),
        "Skip to main content": c.t("Skip to main content"),
        "No results": c.t("No results"),
        "Scroll tabs right": c.t("Scroll tabs right"),
        "Scroll tabs left": c.t("Scroll tabs left"),
        "file upload": c.t("file upload"),
        "Choose an option": c.t("Choose an option"),
    }
