"""The pages of a PDF as pictures, for the screen: each drawn when it is looked at, and kept for whoever looks at it next."""

import threading
from io import BytesIO
from typing import NamedTuple

import streamlit as st
from streamlit import runtime

COLOURS = 256
"""A page has few colours; a palette makes its picture a third as large."""
FAST_OCTREE = 2
"""Pillow's number for the quickest way to few colours; of a page of text, nobody sees the difference."""
ALMOST_WHITE = 250
"""What that way makes of white; paper stays white."""
SAID = 320
"""Characters of a page's text that stand for its picture."""

_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not made for several threads."""


class Leaf(NamedTuple):
    """One page as a picture."""

    png: bytes
    width: int
    height: int
    """Pixels."""
    text: str
    """How the page begins, in one line."""


def address_of(drawn: Leaf, place: str) -> str:
    """Return where the browser finds the picture: a file of this session, as Streamlit keeps those of `st.image`.

    Args:
        drawn: the page.
        place: tells this picture's place on the screen from others; a new picture there replaces it.
    """
    return runtime.get_instance().media_file_mgr.add(drawn.png, "image/png", coordinates=place)


@st.cache_resource(max_entries=64, show_spinner=False)
def count_of(digest: str, _body: bytes) -> int:
    """Return the number of pages of the PDF that has this digest."""
    import pypdfium2  # pages are drawn on the report's page only

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(_body)
        try:
            return len(document)
        finally:
            document.close()


@st.cache_resource(max_entries=400, show_spinner=False)
def leaf(digest: str, page: int, width: int, _body: bytes) -> Leaf:
    """Return a page of the PDF that has this digest, so many pixels wide; the first page is 1."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(_body)
        try:
            drawn = document[page - 1]
            wide, _ = drawn.get_size()
            picture = drawn.render(scale=width / wide).to_pil().convert("RGB")
            text = drawn.get_textpage().get_text_range()
        finally:
            document.close()
    few = picture.quantize(COLOURS, method=FAST_OCTREE, dither=0)
    palette = few.getpalette() or []
    for start in range(0, len(palette), 3):
        if min(palette[start : start + 3]) >= ALMOST_WHITE:
            palette[start : start + 3] = (255, 255, 255)
    few.putpalette(palette)
    target = BytesIO()
    few.save(target, "PNG", compress_level=6)
    return Leaf(target.getvalue(), picture.width, picture.height, _short(text))


def _short(text: str) -> str:
    words = " ".join(text.replace("\ufffe", "").replace("\u00ad", "").split())
    return words if len(words) <= SAID else words[:SAID].rsplit(" ", 1)[0] + " …"
