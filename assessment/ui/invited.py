"""What somebody sees who was invited by a personal link: the questions, page by page, and their own answers alone.

Saved by comparing, like the questions of an assessment; but into a contribution of their own.
"""

from datetime import datetime

import streamlit as st

from assessment.answers import Answer, progress_of
from assessment.charts import is_code
from assessment.contributions import Confidence, Contributed
from assessment.document.choices import CONFIDENCE
from assessment.errors import StoreError
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.questions import Question
from assessment.store import Invitation
from assessment.ui import state
from assessment.ui.controls import Kept, catch_up, evidence_and_comment, head, told
from assessment.ui.drafts import Draft, UnfinishedError, answer_of, draft_of, same
from assessment.ui.frame import bottom, guarded
from assessment.ui.offered import questionnaire
from assessment.ui.outline import answered, minutes_left, title_of
from assessment.ui.rooms import Room, rooms_of
from assessment.ui.widgets import draw, key_of, on_screen, settle
from assessment.ui.words import plain

LINK, PAGE = "i", "p"
"""What of the address names the personal link, and the page that was turned to."""
SHOWN = "invited"
"""Under this name the session keeps which questions are on the page, and of which questionnaire."""


def token() -> str:
    """Return the secret part of the personal link in the address; nothing without one."""
    return str(st.query_params.get(LINK) or "")


def invited() -> None:
    """Draw the page of somebody who was invited."""
    c = state.words()
    if state.token():
        state.open_link(None)  # an assessment of one's own has no place here
    _keep_page(c)
    here = state.store().contributions.open(token())
    known = questionnaire(here.sheet.questionnaire)
    only = None if here.only is None else frozenset(here.only)
    rooms = {room.key: room for room in rooms_of(known, here.sheet, only=only)}
    _who(here, known, c)
    if not rooms:
        st.markdown(c.t("No question of this questionnaire concerns you as the profile stands."))
        return
    order = list(rooms)
    place = _place(order, rooms)
    _progress(rooms, here, c)
    _menu(order, rooms, place, c)
    room = rooms[order[place]]
    st.header(plain(title_of(room, c)), anchor=False)
    st.markdown(plain(room.section.description.localize(c.language)))
    state.note_shown(SHOWN, (known.id, tuple(question.id for question in room.questions)))
    for number, question in enumerate(room.questions, start=room.first):
        name = question.id.upper() if is_code(question.id) else c.number(number, 0)
        st.fragment(_card)(question.id, name)
    if place + 1 == len(order):
        st.success(
            c.t(
                "That was the last page. Nothing has to be sent: what you answered is saved, and you can change it until {day}.",
                day=c.date(here.until.date()),
            ),
            icon=":material/check_circle:",
        )
    _ways(order, place, c)


def _who(here: Invitation, known: Questionnaire, c: Catalogue) -> None:
    whose = here.organisation or known.title.localize(c.language)
    st.title(plain(whose), anchor=False)
    name = here.contribution.respondent
    role = f" ({here.contribution.role})" if here.contribution.role else ""
    st.markdown(
        c.t(
            "You answer as **{name}**. Your answers stand under your name: whoever leads this assessment sees them, with your comments, and "
            "decides what is taken over. You see nobody else's answers.",
            name=plain(name + role),
        )
    )
    st.caption(
        c.t(
            "Each answer is saved at once. You can stop and go on by the same link, on any device, until {day}. Leave out what you cannot "
            "say anything about.",
            day=c.date(here.until.date()),
        )
    )


def _place(order: list[str], rooms: dict[str, Room]) -> int:
    asked = str(st.query_params.get(PAGE))
    if asked not in rooms:
        asked = next((key for key, room in rooms.items() if not room.is_done), order[0])
        st.query_params[PAGE] = asked  # stays here until somebody turns the page
    return order.index(asked)


def _progress(rooms: dict[str, Room], here: Invitation, c: Catalogue) -> None:
    done = progress_of((question for room in rooms.values() for question in room.questions), here.sheet)
    st.progress(done.share, text=f"{answered(done, c)} · {minutes_left(done, c)}")


def _menu(order: list[str], rooms: dict[str, Room], place: int, c: Catalogue) -> None:
    """Draw the menu of the pages; each says how far it is."""
    # Another menu after each answer: a browser says what is chosen by its words, and they tell how much is answered. One that had
    # not got the new words yet would name none of them, and so the first page.
    key = f"invited-menu-{c.language}-{sum(room.answered for room in rooms.values())}"
    state.set_widget(key, order[place])

    def follow() -> None:
        _go(str(state.widget(key) or order[place]))

    def named(name: str) -> str:
        room = rooms[name]
        count = f"{c.number(room.answered, 0)}/{c.number(len(room.questions), 0)}"
        return f"{title_of(room, c)} · {count}"

    st.selectbox(
        c.t("Page"),
        order,
        format_func=named,
        key=key,
        on_change=follow,
        placeholder=c.t("Choose an option"),
    )


def _go(key: str) -> None:
    st.query_params[PAGE] = key


def _ways(order: list[str], place: int, c: Catalogue) -> None:
    with bottom():
        if place:
            st.button(
                c.t("Back"), icon=":material/arrow_back:", on_click=_go, args=(order[place - 1],), key="back"
            )
        if place + 1 < len(order):
            st.button(
                c.t("Next"),
                type="primary",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=_go,
                args=(order[place + 1],),
                key="next",
            )


def _card(identifier: str, number: str) -> None:
    c = state.words()
    with guarded(c, part=identifier), state.one_run():
        here = state.store().contributions.open(token())
        question = questionnaire(here.sheet.questionnaire).questions_by_id[identifier]
        stored = _stored(here, identifier)
        settle(question, c)
        answer = stored.answer if stored else None
        catch_up(question, answer, _revision(answer), c)
        if not state.has_widget(_sure_key(question, c)):
            state.set_widget(_sure_key(question, c), stored.confidence if stored else None)
        kept, has_changed = _save(question, stored.confidence if stored else None, c)
        if has_changed and not state.is_whole_run():
            # What else is asked may hang on it, and the page counts it. Before anything is drawn: a browser that gets half a card
            # may forget what was chosen.
            st.rerun()
        with st.container(border=True, key=f"card-{identifier}"):
            head(question, number, c)
            draw(question, c)
            _sure(question, c)
            evidence_and_comment(question, c)
            told(question, kept, c)


def _stored(here: Invitation, identifier: str) -> Contributed | None:
    return next((one for one in here.contribution.answers if one.answer.question == identifier), None)


def _revision(answer: Answer | None) -> int:
    """Return a number that rises each time the answer is changed."""
    return _stamp(answer.at) if answer is not None and answer.at is not None else 0


def _stamp(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)


def _sure_key(question: Question, c: Catalogue) -> str:
    return key_of(question.id, "sure", c)


def _sure(question: Question, c: Catalogue) -> None:
    words = {name: c.t(message) for name, message in CONFIDENCE.items()}
    st.radio(
        c.t("How sure are you?"),
        list(words),
        format_func=words.__getitem__,
        horizontal=True,
        key=_sure_key(question, c),
        index=None,
    )


def _save(question: Question, sure_before: Confidence | None, c: Catalogue) -> tuple[Kept, bool]:
    """Save what is on the screen if it differs from what was seen; say what came of it, and whether anything was saved."""
    draft = on_screen(question, c) or Draft()
    known = state.seen(question.id) or state.Seen(None, 0)
    state.hold(question.id, state.Held(draft, c.language, known))
    sure: Confidence | None = state.widget(_sure_key(question, c))
    try:
        answer = answer_of(question, draft, c)
    except UnfinishedError as lacking:
        return Kept(None, lacking), False
    before = answer_of(question, draft_of(question, known.answer, c), c)
    has_changed = not same(answer, before) or sure != sure_before
    if has_changed:
        try:
            at = state.store().contributions.save(token(), Contributed(answer=answer, confidence=sure))
        except StoreError as error:
            return Kept(None, error), False
        known = state.Seen(answer.model_copy(update={"at": at}), _stamp(at))
        state.note(question.id, known.answer, known.revision)
    state.hold(question.id, None)
    return Kept(known.answer), has_changed


def _keep_page(c: Catalogue) -> None:
    """Save what is on the screen and not saved yet: a run that was to save it may have been replaced by this one."""
    shown: tuple[str, tuple[str, ...]] | None = state.shown(SHOWN)
    if shown is None or not token():
        return
    known = questionnaire(shown[0])
    here = state.store().contributions.open(token())
    for name in shown[1]:
        question = known.questions_by_id.get(name)
        if question is not None and state.seen(name) is not None and on_screen(question, c) is not None:
            stored = _stored(here, name)
            _save(question, stored.confidence if stored else None, c)
