"""A workshop on the phone of somebody who takes part: vote blind, see what everybody said, say so if one does not agree.

One part of the page, drawn anew every few seconds: where things stand is in the database. A vote is saved by comparing with
what is stored, each time this part is drawn: a click that came when nothing could be saved is saved the next time.
"""

from typing import NamedTuple

import streamlit as st

from assessment.errors import StoreError
from assessment.i18n import Catalogue
from assessment.questions import LevelQuestion, Question, Value
from assessment.store import Attendance, Ballot, Errand
from assessment.ui import ballots, seated, state
from assessment.ui.as_asked import attendance_as_asked, is_asked
from assessment.ui.frame import guarded, tell
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain
from assessment.ui.workshop_words import (
    ROLE_NAMES,
    clock,
    option_said,
    seconds_left,
    value_said,
    value_short,
)
from assessment.workshop import options_of

EVERY = 3.0
"""Seconds between two looks at where things stand."""
ATTENDED = "attended"
"""Under this name the session keeps how the workshop stood when it was last drawn, and for which seat."""
PLACE = "apart"
"""Under this name the session keeps the question that somebody has before them who answers on their own."""
UNKNOWN = "unknown"
LONGEST = 1000
"""Characters of what somebody writes who does not agree."""


def taking_part() -> None:
    """Draw the workshop as this seat sees it, and draw it anew as things go on."""
    st.fragment(_room, run_every=EVERY)()


def _room() -> None:
    c = state.words()
    with guarded(c, part="room"), state.one_run():
        here, trouble = _vote_first()
        here = _at_its_place(here or _attending())
        state.note_shown(ATTENDED, (seated.seat(), here))
        _draw(here, trouble, c)


def _attending() -> Attendance:
    stored = state.store().seats.attend(seated.seat())
    return attendance_as_asked(questionnaire(stored.questionnaire), stored)


class Late(NamedTuple):
    """A vote that came after the votes were shown."""


def _vote_first() -> tuple[Attendance | None, StoreError | Late | None]:
    """Save what is chosen anew before anything is read or drawn; return what is known then, None where that is to be read.

    A vote is acknowledged sooner so, and the server sends what is drawn in one go.
    """
    token, known = state.shown(ATTENDED) or ("", None)
    if known is None or token != seated.seat() or known.live.phase != "voting" or known.live.is_paused:
        return None, None
    asking = questionnaire(known.questionnaire)
    if not is_asked(asking, known.live.question):
        return None, None
    question = asking.questions_by_id[known.live.question]
    chosen = state.widget(_key(known, state.words()))
    if chosen is None or chosen == _stored(known, question):
        return None, None
    ballot = Ballot(question=question.id, round=known.live.round, value=_values(question).get(chosen))
    try:
        counts = state.store().seats.vote(token, ballot)
    except StoreError as error:
        return None, error
    return (known.with_ballot(ballot), None) if counts else (None, Late())


def _at_its_place(here: Attendance) -> Attendance:
    """Return the workshop at the question that this person has before them, where everybody answers on their own."""
    if here.errand is None:
        return here
    place = state.shown(PLACE)
    return here.at(place if place in here.errand.agenda else here.errand.following)


def _draw(here: Attendance, trouble: StoreError | Late | None, c: Catalogue) -> None:
    live = here.live
    if isinstance(trouble, Late):
        st.warning(
            c.t("The votes were shown before yours arrived: it does not count."), icon=":material/timer_off:"
        )
    elif trouble is not None:
        tell(trouble, c)
        st.badge(c.t("Not saved"), icon=":material/cloud_off:", color="red")
    if live.phase == "over":
        _over(c)
    elif live.is_paused:
        st.title(c.t("A short break"), anchor=False)
        st.markdown(c.t("The workshop goes on in a moment. This page follows by itself."))
    elif live.phase == "lobby" or not live.question:
        _waiting(here, c)
    elif not is_asked(questionnaire(here.questionnaire), live.question):
        _waiting(here, c, said=c.t("This question is not asked any more"))
    else:
        question = questionnaire(here.questionnaire).questions_by_id[live.question]
        if live.phase == "voting":
            has_more = _voting(here, question, c)
            if here.errand is not None:
                _turning(here, here.errand, c)
            if has_more and trouble is None:
                st.rerun(scope="app" if state.is_whole_run() else "fragment")
        else:
            _revealed(here, question, c)


def _turning(here: Attendance, errand: Errand, c: Catalogue) -> None:
    """Draw how far this person has come, and the ways to the questions before and after."""
    order, answered = list(errand.agenda), len(errand.ballots)
    place = order.index(here.live.question)
    state.note_shown(PLACE, here.live.question)  # stays here until somebody turns the page
    with st.container(horizontal=True, horizontal_alignment="distribute", key="turning"):
        if place:
            _turn(c.t("Back"), order[place - 1], key="before", is_on=False)
        if place + 1 < len(order):
            _turn(c.t("Next"), order[place + 1], key="after", is_on=True)
    st.progress(
        answered / len(order),
        text=c.t("{answered} of {asked} questions answered", answered=answered, asked=len(order)),
    )
    if answered == len(order):
        st.success(
            c.t("That was all, thank you. You can change your votes until all of them are shown."),
            icon=":material/check_circle:",
        )


def _turn(label: str, question: str, *, key: str, is_on: bool) -> None:
    st.button(
        label,
        on_click=state.note_shown,
        args=(PLACE, question),
        type="primary" if is_on else "secondary",
        icon=":material/arrow_forward:" if is_on else ":material/arrow_back:",
        icon_position="right" if is_on else "left",
        key=f"turn-{key}",
    )


def _waiting(here: Attendance, c: Catalogue, *, said: str = "") -> None:
    st.title(said or c.t("You are in"), anchor=False)
    st.markdown(
        c.t(
            "You take part as: {role}. The next question appears here by itself.",
            role=f"**{c.t(ROLE_NAMES[here.role])}**",
        )
    )
    st.caption(c.n("One person has joined.", "{count} people have joined.", here.live.people))


def _over(c: Catalogue) -> None:
    st.title(c.t("The workshop is over"), anchor=False)
    st.markdown(
        c.t(
            "Thank you for taking part. Who voted what has been deleted; what was agreed on stands in the report."
        )
    )


def _head(question: Question, c: Catalogue) -> None:
    st.header(plain(question.label.localize(c.language)), anchor=False, divider=False)
    if question.help:
        st.markdown(plain(question.help.localize(c.language)))


def _values(question: Question) -> dict[str, Value]:
    """Return what can be voted, by the name it has on the ballot; "don't know" is not among them."""
    return {str(number): value for number, value in enumerate(options_of(question))}


def _key(here: Attendance, c: Catalogue) -> str:
    live = here.live
    return f"choice-vote-{live.question}-{live.round}-{c.language}-{here.role}-{live.id[:8]}"


def _stored(here: Attendance, question: Question) -> str | None:
    """Return the name of what this person voted; None if not yet."""
    if here.ballot is None:
        return None
    value = here.ballot.value
    return next((name for name, each in _values(question).items() if each == value), UNKNOWN)


def _voting(here: Attendance, question: Question, c: Catalogue) -> bool:
    """Draw the ballot; say whether it holds a vote that is not saved: one that came with a page that was drawn anew."""
    every, stored, key = _values(question), _stored(here, question), _key(here, c)
    if stored is not None and not state.has_widget(key):
        state.set_widget(
            key, stored
        )  # only then: what was chosen while the server was away is in the browser alone
    with st.container(border=True, key=f"card-vote-{question.id}"):
        _head(question, c)
        st.markdown(_status(here, question, c))  # above: whoever votes with one thumb sees that it worked
        chosen = st.radio(
            question.label.localize(c.language),
            [*every, UNKNOWN],
            format_func=lambda name: _option(question, every.get(name), name, c),
            index=None,
            key=key,
            label_visibility="collapsed",
        )
    return chosen is not None and stored is None


def _status(here: Attendance, question: Question, c: Catalogue) -> str:
    left = seconds_left(here.live)
    told = [c.t("Time left: {time}", time=clock(left))] if left is not None else []
    if here.ballot is not None:
        said = c.t("Your vote counts: {answer}", answer=value_short(question, here.ballot.value, c))
        told.append(c.t("You can change it until the votes are shown. Nobody sees who voted what."))
        return " ".join((f":green-badge[:material/how_to_vote: {said}]", *told))
    told.append(
        c.t("Choose the highest statement that is true today. Nobody sees who voted what.")
        if isinstance(question, LevelQuestion)
        else c.t("Choose what is true today. Nobody sees who voted what.")
    )
    return " ".join(told)


def _option(question: Question, value: object, name: str, c: Catalogue) -> str:
    if name == UNKNOWN:
        return c.t("We don't know")
    mark, text = option_said(question, value, c)  # type: ignore[arg-type]  # one of the question's own values
    return f"**{mark}** · {plain(text)}" if mark else plain(text)


def _revealed(here: Attendance, question: Question, c: Catalogue) -> None:
    """Draw what everybody said, what was agreed on, and the way to disagree."""
    topic = here.live.topic
    _head(question, c)
    tally = topic.tallies[-1] if topic and topic.tallies else None
    if tally is None:
        ballots.changed(c)
    elif tally.everybody is None:
        st.info(
            c.t("Too few voted for anything to be shown: fewer than {count}.", count=here.live.smallest),
            icon=":material/visibility_off:",
        )
    if here.ballot is not None:
        st.caption(c.t("You voted: {answer}", answer=value_said(question, here.ballot.value, c)))
    ballots.show(question, topic, c, key=f"tally-{question.id}-{here.live.round}", revealed=True)
    if topic is None or topic.decided is None:
        st.caption(
            c.t("What do the others see that you do not? Talk now; perhaps everybody votes once more.")
        )
        return
    if topic.reason:
        st.markdown(c.t("**Because:** {reason}", reason=plain(topic.reason)))
    _dissent(here, question, c)


def _dissent(here: Attendance, question: Question, c: Catalogue) -> None:
    """Draw the field for those who do not agree: in their own words, without a name unless they sign with their role."""
    text, signed = (f"{name}-{question.id}-{here.live.id[:8]}" for name in ("dissent", "signed"))
    if not state.has_widget(text):
        state.set_widget(text, here.dissent)
        state.set_widget(signed, here.signed)
    folded = st.expander(
        c.t("I see it differently"),
        icon=":material/record_voice_over:",
        key=f"differently-{question.id}-{c.language}",
        expanded=bool(here.dissent),
    )
    with folded:
        written = st.text_area(
            c.t("In your own words, for the report"),
            key=text,
            max_chars=LONGEST,
            help=c.t("Name nobody. It stands in the report as you write it."),
        )
        by_role = st.checkbox(c.t("Sign with my role ({role})", role=c.t(ROLE_NAMES[here.role])), key=signed)
        st.caption(c.t("Without the tick nobody sees from whom it comes."))
        if (written.strip(), by_role if written.strip() else False) != (here.dissent, here.signed):
            try:
                if state.store().seats.dissent(seated.seat(), question.id, written, signed=by_role):
                    st.badge(c.t("Saved"), icon=":material/cloud_done:", color="green")
            except StoreError as error:
                tell(error, c)
        elif here.dissent:
            st.badge(c.t("Saved"), icon=":material/cloud_done:", color="green")
