"""The frame around every page: page settings, language, navigation, what to do when something is wrong."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import streamlit as st

from assessment.errors import MOST_TOLD, AssessmentError
from assessment.i18n import Catalogue
from assessment.store import Assessment, UnknownLink
from assessment.ui import addresses, desks, leading, living, reconnecting, remembered, roles, signing, state
from assessment.ui.header import header
from assessment.ui.keeping import keep_page
from assessment.ui.logs import places
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain

LOG = logging.getLogger("assessment")

ICON = str(Path(__file__).parent / "icon.png")
"""A file of ours: Streamlit would load a page's Material icon for the browser's tab from outside."""
PAGES = Path(__file__).parent / "pages"
BESIDE = ("review", "join", "clients", "contributions", "contribute", "privacy")
"""Pages that are reached from another one, not from the menu."""
GUESTS = ("join", "contribute")
"""The pages of those who take part in a workshop or answer by a personal link: they have no assessment of their own."""
REMEMBERED_THERE = ("", "profile")
"""Pages that let the browser remember the assessment themselves."""


def pages(c: Catalogue) -> dict[str, st.Page]:
    """Return the pages in the order of the work; each is a file of its name."""
    titles = {
        "start": (c.t("Start"), ":material/home:"),
        "profile": (c.t("Profile"), ":material/domain:"),
        "questions": (c.t("Questions"), ":material/checklist:"),
        "review": (c.t("Review"), ":material/fact_check:"),
        "workshop": (c.t("Workshop"), ":material/groups:"),
        "join": (c.t("Take part"), ":material/how_to_vote:"),
        "contributions": (c.t("Answers of others"), ":material/group_add:"),
        "contribute": (c.t("Your answers"), ":material/edit_note:"),
        "clients": (c.t("Clients"), ":material/folder_shared:"),
        "figures": (c.t("Figures"), ":material/calculate:"),
        "results": (c.t("Results"), ":material/monitoring:"),
        "roadmap": (c.t("Roadmap"), ":material/calendar_month:"),
        "report": (c.t("Report"), ":material/picture_as_pdf:"),
        "privacy": (c.t("What is stored"), ":material/shield_person:"),
    }
    return {
        name: st.Page(PAGES / f"{name}.py", title=title, icon=icon, default=name == "start")
        for name, (title, icon) in titles.items()
    }


def run() -> None:
    """Draw the frame and the page in it."""
    with state.one_run(whole=True):
        _run()


def _run() -> None:
    c = state.words()
    st.set_page_config(page_title=c.t("Service transformation assessment"), page_icon=ICON, layout="wide")
    known = pages(c)
    page = st.navigation(list(known.values()), position="hidden")
    is_guest = page.url_path in GUESTS
    if signing.is_on() and not is_guest and not _has_signed_in(c):
        return
    with guarded(c, part="code"):
        keep_page(c)
        addresses.come_in()
    state.keep_address()
    wanted = state.taken_leave()
    if wanted in known:
        st.switch_page(known[wanted])
    with st.container(key="head", gap=None):
        header([] if is_guest else [known[name] for name in _in_the_menu(known)], c)
        living.enliven(c, place=state.place(page.url_path))
        if state.token() and not is_guest and page.url_path not in REMEMBERED_THERE:
            remembered.keep()
    _page(page, c)
    if reconnecting.settle():
        st.rerun()


def _has_signed_in(c: Catalogue) -> bool:
    """Say whether somebody has signed in; else draw the way in, before anything of the address is looked at."""
    with guarded(c, part="sign-on"):
        if signing.person() is not None:
            signing.come_back()
            return True
        with st.container(key="head", gap=None):
            header([], c)
            living.enliven(c, place="sign-in")
        signing.at_the_door(c)
    return False


def _in_the_menu(known: Iterable[str]) -> list[str]:
    """Return the pages of the menu, without the figures if the open assessment's questionnaire asks for none."""
    found = [name for name in known if name not in BESIDE]
    if desks.desk():  # where a consultant begins; the start page is reached from there
        found[0] = "clients"
    with suppress(AssessmentError):  # the page says what is wrong
        opened = state.assessment()
        found = [name for name in found if roles.is_for_them(opened, name)]
        if (
            opened is not None
            and "figures" in found
            and questionnaire(opened.sheet.questionnaire).key_figures is None
        ):
            found.remove("figures")
    return found


def _page(page: st.Page, c: Catalogue) -> None:
    with guarded(c):
        if page.url_path in roles.NEEDED:
            opened = state.assessment()
            if opened is not None and not roles.is_for_them(opened, page.url_path):
                st.title(c.t("This page is not open to you"), anchor=False)
                roles.told(opened, c)
                way(c.t("See the results"), "results", key="to-what-is-open", icon=":material/monitoring:")
                return
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
            "a page failed: %s at %s", type(error).__name__, places(error.__traceback__)
        )  # no message: it may quote answers
        st.error(
            c.t(
                "Something went wrong here. Your saved answers are safe. Reload the page; if it happens again, "
                "tell whoever runs this app: the details are in its log."
            )
        )


def tell(error: AssessmentError, c: Catalogue) -> None:
    """Show what is wrong and what to do, in the reader's language."""
    for problem in error.problems[:MOST_TOLD]:
        st.error(plain(problem.text(c.t)), icon=":material/error:")
    if len(error.problems) > MOST_TOLD:
        st.caption(c.n("One more problem.", "{count} more problems.", len(error.problems) - MOST_TOLD))


def tell_trouble(c: Catalogue) -> None:
    """Tell what kept the last click from being carried out, once."""
    trouble = state.shown(leading.TROUBLE)
    if trouble is not None:
        state.note_shown(leading.TROUBLE, None)
        tell(trouble, c)


def way(label: str, page: str, *, key: str, icon: str = "", is_on: bool = False) -> None:
    """Draw a button to another page: the way on, or one of the others."""
    st.button(
        label,
        icon=icon or (":material/arrow_forward:" if is_on else ":material/arrow_back:"),
        icon_position="right" if is_on else "left",
        type="primary" if is_on else "secondary",
        on_click=state.leave_for,
        args=(page,),
        key=key,
    )


@contextmanager
def bottom() -> Iterator[None]:
    """Draw what is inside at the foot of the window: the way back and the way on, as wide as the page."""
    with (
        st.bottom,
        st.container(
            key="foot", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ),
    ):
        yield


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
        from assessment.ui.mine import my_assessments

        my_assessments()
        st.stop()
    return opened
