"""The only module that touches the session: language, the open assessment, what this session has seen of each answer.

The store is the truth; a session only remembers which private link it has open and what it has on screen.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any, NamedTuple

import streamlit as st

from assessment.answers import Answer
from assessment.i18n import SOURCE, Catalogue, catalogue, varieties
from assessment.questionnaire import Questionnaire
from assessment.store import Assessment, Conflict, Part, Saved, Store, Who
from assessment.ui import deferred, opening, watching
from assessment.ui.fitting import fitting, fitting_part
from assessment.ui.offered import main_one, offered, questionnaire

LINK = "a"
LANGUAGE = "lang"
DESK, LOOKED = "desk", "looked"
"""Under these names a session keeps the links of the desk and of the other assessments that it has opened."""


def store() -> Store:
    """Return the process's store as this session may use it: DATABASE_URL, or SQLite in the folder ASSESSMENT_DATA.

    Raises:
        StoreError: it cannot be opened; the message says where and why.
    """
    return opening.store().seen_by(who())


def who() -> Who:
    """Return who asks: the private links that this session has opened, and who has signed in."""
    put_off = deferred.who()
    if put_off is not None:
        return put_off
    links = (token(), lasting(DESK), *(lasting(LOOKED) or ()))
    return Who(tuple(link for link in links if link), person=_own().get("person", ""))


def be_person(person: str) -> None:
    """Ask as somebody who has signed in from now on; nothing: as nobody."""
    _own()["person"] = person


def _own() -> dict[str, Any]:
    """Return what this session remembers by itself, apart from its widgets; each look at Streamlit's own state is dear."""
    run = _RUN.get()
    if run is None:
        own: dict[str, Any] = st.session_state.setdefault("own", {})
        return own
    if run.own is None:
        run.own = st.session_state.setdefault("own", {})
    return run.own


def chosen_questionnaire() -> Questionnaire:
    """Return the questionnaire that new assessments use: the one chosen, else the main one."""
    wanted = _own().get("questionnaire") or main_one()
    return questionnaire(wanted if wanted in offered() else offered()[0])


def choose_questionnaire(identifier: str) -> None:
    """Use another questionnaire for new assessments."""
    _own()["questionnaire"] = identifier


# ── language ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def language() -> str:
    """Return the session's language: chosen, else from the address, else the browser's, else English."""
    own = _own()
    if "language" not in own:
        browsers = st.context.locale or ""
        wanted = (st.query_params.get(LANGUAGE), browsers, browsers[:2])
        own["language"] = next((code for code in wanted if code in varieties()), SOURCE)
    return str(own["language"])


def set_language(code: str) -> None:
    """Change the session's language; the address carries it from now on."""
    _own()["language"] = code
    st.query_params[LANGUAGE] = code


def words() -> Catalogue:
    """Return the catalogue of the session's language."""
    return catalogue(language())


def moment(at: datetime | None) -> str:
    """Return when something was, by the reader's clock; nothing for none."""
    if at is None:
        return ""
    zone = _zone()
    told = at if at.tzinfo else at.replace(tzinfo=UTC)
    return words().moment(told.astimezone(zone), now=datetime.now(zone))


def end_of(day: date) -> datetime:
    """Return when a day ends, by the reader's clock."""
    return datetime.combine(day, time.max, tzinfo=_zone())


def _zone() -> timezone:
    return timezone(timedelta(minutes=-(st.context.timezone_offset or 0)))  # counted the other way round


# ── the open assessment ──────────────────────────────────────────────────────────────────────────────────────────────


def token() -> str | None:
    """Return the private link's token: from the address if one is there, else the one this session has open."""
    asked, own = st.query_params.get(LINK), _own()
    if asked and asked != own.get("token"):
        _forget()
        own["token"] = asked
    return own.get("token") or None


def _forget() -> None:
    """Drop what this session has on screen: the next assessment must not find it."""
    for name in ("seen", "held", "shown"):
        _own().pop(name, None)


def open_link(new: str | None) -> None:
    """Open another assessment, or none."""
    _forget()
    _own()["token"] = new
    if new:
        st.query_params[LINK] = new
    else:
        st.query_params.pop(LINK, None)


def keep_address() -> None:
    """Put link and language back into the address, which a change of page drops: so that a reload resumes."""
    kept = token()
    if kept and st.query_params.get(LINK) != kept:
        st.query_params[LINK] = kept
    if st.query_params.get(LANGUAGE) != language():
        st.query_params[LANGUAGE] = language()


def carried() -> dict[str, str]:
    """Return what the address carries from page to page: the link and the language."""
    kept = token()
    return {LANGUAGE: language(), **({LINK: kept} if kept else {})}


TURNED = ("p", "q")
"""What of an address is another place on a page of questions: the page that was turned to, the question that was jumped to."""


def place(page: str) -> str:
    """Return what is shown: the page, and where among the questions."""
    parts = (f"{name}={st.query_params[name]}" for name in TURNED if name in st.query_params)
    return "?".join([page, *parts])


def assessment() -> Assessment | None:
    """Return the open assessment as it is stored now; None if none is open.

    Raises:
        StoreError: the link is unknown, or the database cannot be read.
        QuestionnaireError: its questionnaire is not there any more.
    """
    kept, run = token(), _RUN.get()
    if not kept:
        return None
    if run is not None and run.read is not None and run.token == kept:
        return run.read
    found = fitting(store().open(kept))
    if run is not None:
        run.token, run.read = kept, found
    return found


@dataclass
class _Run:
    """One run of a page or of a part of it, and what it has read."""

    is_whole: bool
    own: dict[str, Any] | None = None
    token: str = ""
    read: Assessment | None = None


_RUN: ContextVar[_Run | None] = ContextVar("run", default=None)
"""Of the thread that draws: not of the session, in which an aborted run would leave behind what it had read."""


@contextmanager
def one_run(*, whole: bool = False) -> Iterator[None]:
    """Read the assessment once while the inside is drawn, and again only after something was written."""
    if _RUN.get() is not None:
        yield  # a part of a whole page that is being drawn
        return
    mark = _RUN.set(_Run(whole))
    try:
        with watching.timed(whole=whole):
            yield
    finally:
        _RUN.reset(mark)


def part(question: str) -> Part | None:
    """Return one answer of the open assessment as it is stored now; None if none is open.

    Raises:
        StoreError: the link is unknown, or the database cannot be read.
        QuestionnaireError: its questionnaire is not there any more.
    """
    if is_whole_run():
        opened = assessment()
        return opened.part(question) if opened else None
    kept = token()
    return fitting_part(store().open_part(kept, question)) if kept else None


def is_whole_run() -> bool:
    """Say whether a whole page is being drawn, not one of its parts alone."""
    run = _RUN.get()
    return run is not None and run.is_whole


def writing() -> Store:
    """Return the store to write into; what this run has read before counts no more.

    Raises:
        StoreError: it cannot be opened.
    """
    run = _RUN.get()
    if run is not None:
        run.read = None
    return store()


def mark() -> str:
    """Return a short mark of the open assessment, to tell its widgets from another's."""
    return _mark(str(_own().get("token") or ""))


@lru_cache(maxsize=1024)
def _mark(kept: str) -> str:
    return hashlib.sha256(kept.encode()).hexdigest()[:8]


def leave_for(page: str) -> None:
    """Ask for another page; for buttons' callbacks, which run even where the click comes along with the change of a field."""
    note_shown("leave", page)


def turn() -> None:
    """Ask for the page that the address names now; for callbacks."""
    note_shown("leave", "")


def is_leaving() -> bool:
    """Say whether another page was asked for, which only a whole run can draw."""
    return shown("leave") is not None


def taken_leave() -> str:
    """Return the page that was asked for, once; nothing for none, or for this one at another place."""
    page = shown("leave")
    note_shown("leave", None)
    return str(page or "")


# ── what this session has on screen ──────────────────────────────────────────────────────────────────────────────────


class Seen:
    """What this session last saw of one answer: the answer itself and its revision."""

    def __init__(self, answer: Answer | None, revision: int) -> None:
        self.answer = answer
        self.revision = revision


class OnPage(NamedTuple):
    """The questions on the page that this session shows, and whose they are."""

    assessment: str
    questionnaire: str
    questions: tuple[str, ...]


def on_page() -> OnPage:
    """Return the questions that are shown; none where another page is."""
    return shown("questions") or OnPage("", "", ())


class Held:
    """What is on screen and could not be saved: the draft, the language it was typed in, and over which answer."""

    def __init__(self, draft: Any, language: str, over: Seen) -> None:
        self.draft = draft
        self.language = language
        self.over = over


def seen(question: str) -> Seen | None:
    """Return what this session last saw of an answer."""
    hit: Mapping[str, Seen] = _own().setdefault("seen", {})
    return hit.get(question)


def note(question: str, answer: Answer | None, revision: int) -> None:
    """Remember what this session has on screen of an answer."""
    _own().setdefault("seen", {})[question] = Seen(answer, revision)


def hold(question: str, draft: Held | None) -> None:
    """Keep what is on screen and cannot be saved yet, so that turning the page does not lose it; None lets it go."""
    held = _own().setdefault("held", {})
    if draft is None:
        held.pop(question, None)
    else:
        held[question] = draft


def held(question: str) -> Held | None:
    """Return what could not be saved yet; None if there is nothing."""
    waiting: Mapping[str, Held] = _own().get("held", {})
    return waiting.get(question)


def save(assessment_id: str, answer: Answer) -> Saved | Conflict:
    """Save an answer over the one that this session has seen; returns after it is on disk.

    Raises:
        StoreError: it could not be saved.
    """
    writer = _own().get("writer") or _own().setdefault("writer", secrets.token_hex(8))
    known = seen(answer.question)
    return writing().save_answer(assessment_id, answer, seen=known.revision if known else 0, writer=writer)


def shown(name: str) -> Any:
    """Return what a field showed when this session last drew it; None if it was not drawn yet."""
    return _own().get("shown", {}).get(name)


def note_shown(name: str, value: Any) -> None:
    """Remember what a field shows now."""
    _own().setdefault("shown", {})[name] = value


def widget(key: str) -> Any:
    """Return what a widget holds; None if it is not drawn."""
    return st.session_state.get(key)


def has_widget(key: str) -> bool:
    """Say whether a widget has a value in this session."""
    return key in st.session_state


def set_widget(key: str, value: Any) -> None:
    """Give a widget its value before it is drawn."""
    st.session_state[key] = value


# ── what outlasts the open assessment ────────────────────────────────────────────────────────────────────────────────


def lasting(name: str) -> Any:
    """Return what this session keeps whichever assessment is open; None before it was noted."""
    return _own().get("lasting", {}).get(name)


def note_lasting(name: str, value: Any) -> None:
    """Keep something while this session lasts."""
    _own().setdefault("lasting", {})[name] = value


def look_into(link: str) -> Assessment:
    """Return the assessment behind another private link than the open one, which stays open.

    Raises:
        StoreError: the link is unknown, or the database cannot be read.
        QuestionnaireError: its questionnaire is not there any more.
    """
    known = lasting(LOOKED) or ()
    if link not in known:
        note_lasting(LOOKED, (*known, link))
    return fitting(store().open(link))
