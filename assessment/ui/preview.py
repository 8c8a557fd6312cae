"""The PDF as its reader gets it, page by page in the browser; the file that is shown is the file that is downloaded."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from assessment.brand import Brand
from assessment.document.parts import Parts
from assessment.exports import EXPORTERS
from assessment.i18n import Catalogue
from assessment.store import Assessment
from assessment.ui import reckoning, state
from assessment.ui.paper import Leaf, address_of, count_of, leaf
from assessment.ui.words import plain
from assessment.values import Variety

WIDTH = 1240
"""Pixels of a page: it can be made larger on the screen and is still sharp."""
SMALL = 132
"""Pixels of a page in the strip."""
STRIP = 5
"""So many pages stand in the strip."""
KEPT = 24
"""So many files are kept, the ones asked for last; each has about a megabyte."""

_HERE = Path(__file__).parent
_BY_FORMAT = {exporter.format: exporter for exporter in EXPORTERS}
_drawn = st.components.v2.component(
    "preview",
    html='<div class="place"></div>',
    css=(_HERE / "preview.css").read_text("utf-8"),
    js=(_HERE / "preview.js").read_text("utf-8"),
)


class Wanted(NamedTuple):
    """Which edition of a report is wanted."""

    language: Variety
    brand: Brand
    parts: Parts


class Made(NamedTuple):
    """A file of a report."""

    body: bytes
    digest: str
    """Tells it from every other file."""
    notice: str
    """What the reader should know about it; mostly nothing."""


class Shelf:
    """The files made last, in every format; who asks for one that is being made waits for it instead of making another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: OrderedDict[str, Future[Made]] = OrderedDict()

    def has(self, key: str) -> bool:
        """Say whether a file is there, finished."""
        with self._lock:
            known = self._files.get(key)
        return known is not None and known.done() and known.exception() is None

    def take(self, key: str, make: Callable[[], Made]) -> Made:
        """Return a file; it is made now if nobody has asked for it yet, or if making it failed."""
        with self._lock:
            promise = self._files.get(key)
            is_mine = promise is None
            if promise is None:
                promise = self._files[key] = Future()
            self._files.move_to_end(key)
            while len(self._files) > KEPT:
                self._files.popitem(last=False)
        if is_mine:
            try:
                promise.set_result(make())
            except Exception as error:
                with self._lock:
                    self._files.pop(key, None)
                promise.set_exception(error)
        return promise.result()


@st.cache_resource(show_spinner=False)
def _shelf() -> Shelf:
    return Shelf()


def file_of(form: str, opened: Assessment, wanted: Wanted) -> Made:
    """Return the report in a format: made once, the same bytes for the preview and for whoever downloads it.

    Raises:
        ReportError: the questionnaire is not written in this language.
    """
    report, exporter = reckoning.report_to_hand_over(opened), _BY_FORMAT[form]

    def make() -> Made:
        body = exporter.render(report, wanted.language, brand=wanted.brand, parts=wanted.parts)
        told = exporter.notice(report, wanted.language, wanted.parts)
        return Made(body, hashlib.sha256(body).hexdigest(), told)

    return _shelf().take(_key(form, opened, wanted), make)


def body_of(form: str, opened: Assessment, wanted: Wanted) -> bytes:
    """Return the report in a format, to be downloaded."""
    return file_of(form, opened, wanted).body


def _key(form: str, opened: Assessment, wanted: Wanted) -> str:
    """Return what a file is made of, to know it again."""
    report = reckoning.report(opened)
    content = (
        form,
        opened.id,
        opened.sheet.model_dump_json(),
        opened.subject.model_dump_json(),
        report.roadmap.model_dump_json(),
        report.workshop.model_dump_json() if report.workshop else "",
        report.tracking.model_dump_json(),
        wanted.language,
        wanted.brand.model_dump_json(),
        wanted.parts.model_dump_json(),
    )
    return hashlib.sha256("\0".join(content).encode()).hexdigest()


def preview(opened: Assessment, wanted: Wanted, c: Catalogue) -> None:
    """Draw the pages of the PDF; while it is being made, what is done."""
    place = (
        st.empty()
    )  # one line above the pages that were there before, so that nothing jumps while new ones are made
    if not _shelf().has(_key("pdf", opened, wanted)):
        measures = bool(reckoning.report(opened).questionnaire.measures)
        first = (
            c.t("Computing what fewer and more days would bring") if measures else c.t("Computing the result")
        )
        with place, st.spinner(first):
            reckoning.report_to_hand_over(opened)
        with place, st.spinner(c.t("Setting the pages")):
            made = file_of("pdf", opened, wanted)
        with place, st.spinner(c.t("Drawing page {page}", page=1)):
            leaf(made.digest, 1, WIDTH, made.body)
    made = file_of("pdf", opened, wanted)
    pages = c.n("One page", "{count} pages", count_of(made.digest, made.body))
    place.caption(c.t("{pages}, {size} MB", pages=pages, size=c.number(len(made.body) / 1e6, 1)))
    _pages(made, c)
    if made.notice:
        st.caption(plain(made.notice))


@st.fragment
def _pages(made: Made, c: Catalogue) -> None:
    """Draw the page that was turned to, with its neighbours; turning draws this part of the screen only."""
    key = f"preview-{c.language}-{state.mark()}"
    count = count_of(made.digest, made.body)
    asked = (state.widget(key) or {}).get("page")
    page = min(max(1, asked), count) if isinstance(asked, int) else 1
    first = max(1, min(page - STRIP // 2, count - STRIP + 1))
    shown = _leaf(made, page, WIDTH)
    _drawn(
        key=key,
        data={
            "page": page,
            "count": count,
            "picture": address_of(shown, f"{key}-page"),
            "width": shown.width,
            "height": shown.height,
            "alt": c.t("Page {page} of {pages}: {text}", page=page, pages=count, text=shown.text),
            "strip": [
                {
                    "page": each,
                    "name": c.t("Page {page} of {pages}", page=each, pages=count),
                    "picture": address_of(_leaf(made, each, SMALL), f"{key}-{each - first}"),
                }
                for each in range(first, min(first + STRIP, count + 1))
            ],
            "words": _words(c, page, count),
        },
        default={"page": page},
        on_page_change=lambda: None,
    )


def _leaf(made: Made, page: int, width: int) -> Leaf:
    return leaf(made.digest, page, width, made.body)


def _words(c: Catalogue, page: int, count: int) -> dict[str, str]:
    return {
        "name": c.t("Preview of the PDF"),
        "strip": c.t("Pages"),
        "first": c.t("First page"),
        "back": c.t("Page back"),
        "next": c.t("Next page"),
        "page": c.t("Page"),
        "go": c.t("Go to page"),
        "of": c.t("of {pages}", pages=count),
        "larger": c.t("Larger"),
        "said": c.t("Page {page} of {pages}", page=page, pages=count),
        "hint": c.t("Turn the pages with the arrow keys, Home and End."),
    }
