"""The frame around every page: page settings, language, navigation, what to do when something is wrong."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import streamlit as st

from assessment.errors import MOST_TOLD, AssessmentError
from assessment.i18n import Catalogue, catalogue, varieties
from assessment.store import Assessment, UnknownLink
from assessment.ui import state
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain

LOG = logging.getLogger("assessment")

PAGES = Path(__file__).parent / "pages"
ICON = str(Path(__file__).parent / "icon.png")
"""A file of ours: Streamlit would load a Material icon for the browser's tab from outside."""
WIDTH = 1080
"""Pixels of a page: lines stay readable on a wide screen."""


def pages(c: Catalogue) -> dict[str, st.Page]:
    """Return the pages in the order of the work; each is a file of its name."""
    titles = {
        "start": (c.t("Start"), ":material/home:"),
        "profile": (c.t("Profile"), ":material/domain:"),
        "questions": (c.t("Questions"), ":material/checklist:"),
        "figures": (c.t("Figures"), ":material/calculate:"),
        "results": (c.t("Results"), ":material/monitoring:"),
        "roadmap": (c.t("Roadmap"), ":material/calendar_month:"),
        "report": (c.t("Report"), ":material/picture_as_pdf:"),
    }
    return {
        name: st.Page(PAGES / f"{name}.py", title=title, icon=icon, default=name == "start")
        for name, (title, icon) in titles.items()
    }


def run() -> None:
    """Draw the frame and the page in it."""
    c = state.words()
    st.set_page_config(page_title=c.t("Service transformation assessment"), page_icon=ICON, layout="wide")
    state.keep_address()
    page = st.navigation(_shown(c), position="top")
    with st.container(horizontal_alignment="center"), st.container(width=WIDTH):
        _language_menu(c)
        _page(page, c)


def _shown(c: Catalogue) -> list[st.Page]:
    """Return the pages of the menu: without the figures, if the open assessment's questionnaire asks for none."""
    found = pages(c)
    with suppress(AssessmentError):  # the page says what is wrong
        opened = state.assessment()
        if opened is not None and questionnaire(opened.sheet.questionnaire).key_figures is None:
            del found["figures"]
    return list(found.values())


def _page(page: st.Page, c: Catalogue) -> None:
    with guarded(c):
        page.run()


@contextmanager
def guarded(c: Catalogue, *, part: str = "page") -> Iterator[None]:
    """Tell what goes wrong inside in the reader's language: what a person can mend with its remedy, the rest in the log.

    The private link leaves the address only if nothing is behind it; when the database does not answer, it stays.
    """
    try:
        yield
    except AssessmentError as error:
        tell(error, c)
        if isinstance(error, UnknownLink):
            if st.button(c.t("Back to the start"), icon=":material/home:", key=f"back-{part}"):
                state.open_link(None)
                st.switch_page(page_of("start"))
        elif st.button(c.t("Try again"), icon=":material/refresh:", key=f"again-{part}"):
            st.rerun()
    except Exception as error:
        LOG.error(
            "a page failed: %s at %s", type(error).__name__, _places(error)
        )  # no message: it may quote answers
        st.error(
            c.t(
                "Something went wrong here. Your saved answers are safe. Reload the page; if it happens again, "
                "tell whoever runs this app: the details are in its log."
            )
        )


def _places(error: BaseException) -> str:
    """Return where in the code it happened, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-6:])


def tell(error: AssessmentError, c: Catalogue) -> None:
    """Show what is wrong and what to do, in the reader's language."""
    for problem in error.problems[:MOST_TOLD]:
        st.error(plain(problem.text(c.t)), icon=":material/error:")
    if len(error.problems) > MOST_TOLD:
        st.caption(c.n("One more problem.", "{count} more problems.", len(error.problems) - MOST_TOLD))


def _language_menu(c: Catalogue) -> None:
    names = {code: catalogue(code).own_name for code in varieties()}
    present = state.language()
    key = "language-menu"
    if not state.has_widget(key):
        state.set_widget(key, present)
    with st.container(horizontal=True, horizontal_alignment="right"):
        chosen = st.selectbox(
            c.t("Language"),
            list(names),
            format_func=names.__getitem__,
            key=key,
            label_visibility="collapsed",
            width=160,
        )
    if chosen and chosen != present:
        state.set_language(chosen)
        st.rerun()
    st.html(
        f"<script>(()=>{{document.documentElement.lang='{present}'}})()</script>",
        unsafe_allow_javascript=True,
    )


def page_of(name: str) -> st.Page:
    """Return a page by its name, to switch to."""
    return pages(state.words())[name]


def required() -> Assessment:
    """Return the open assessment; without one, show the way to the start and end the page."""
    opened = state.assessment()
    if opened is None:
        c = state.words()
        st.title(c.t("No assessment is open"), anchor=False)
        st.markdown(c.t("Start a new one, continue by your private link, or look at the sample."))
        if st.button(c.t("To the start"), type="primary", icon=":material/home:"):
            st.switch_page(page_of("start"))
        st.stop()
    return opened
