"""A workshop on the big screen: the question, who has voted by number only, what everybody said, what was agreed on.

Fits 1280 by 720 without scrolling. The count is a part of its own that looks at the database every moment; where things went
on elsewhere it has the whole page drawn anew.
"""

import streamlit as st

from assessment.errors import StoreError
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.questions import Question
from assessment.store import Assessment, Desk
from assessment.ui import ballots, leading, state
from assessment.ui.frame import bottom, guarded, tell
from assessment.ui.joining import poster
from assessment.ui.words import plain
from assessment.ui.workshop_words import clock, seconds_left, value_named, value_short
from assessment.workshop import agreement, middle, options_of

EVERY = 1.5
"""Seconds between two looks at how many have voted."""
MINUTES = 2
"""Minutes to vote, where a clock is wanted."""
UNKNOWN = "unknown"
LONGEST = 600


def podium(opened: Assessment, desk: Desk, known: Questionnaire) -> None:
    """Draw the question that is talked about."""
    c, live = state.words(), desk.live
    question = known.questions_by_id[live.question]
    is_revealed = live.phase == "revealed"
    with st.container(horizontal=True, key="podium", gap="large"):
        with st.container(key="podium-question", width="stretch"):
            st.caption(_where(desk, known, c))
            st.title(plain(question.label.localize(c.language)), anchor=False)
            ballots.show(
                question, live.topic, c, key=f"big-{question.id}-{live.round}", revealed=is_revealed, big=True
            )
            if is_revealed and live.topic and live.topic.tallies:
                st.caption(_groups(desk, c))
        with st.container(key="podium-side", width=290):
            if is_revealed:
                _talk(opened, desk, question, c)
            else:
                votes(opened, desk)
                poster(live.code or "", c, small=True)
    _foot(desk, known, c)


def _groups(desk: Desk, c: Catalogue) -> str:
    """Say where roles stand, and how many are not told apart."""
    groups = desk.live.topic.tallies[-1].groups if desk.live.topic else ()
    if len(groups) < 2:
        return c.t("All votes are shown together.")
    others = groups[0].people - sum(group.people for group in groups[1:])
    said = c.t("A role stands where the middle of its votes lies.")
    if not others:
        return said
    more = c.n(
        "One more vote is shown with all together only.",
        "{count} more votes are shown with all together only, so that nobody can be worked out.",
        others,
    )
    return f"{said} {more}"


def _where(desk: Desk, known: Questionnaire, c: Catalogue) -> str:
    """Return where on the agenda this is, and in which part of the questionnaire."""
    section = known.sections_by_id[known.path(desk.live.question)[0]]
    part = plain(section.title.localize(c.language))
    if desk.live.question not in desk.agenda:
        return part
    number = desk.agenda.index(desk.live.question) + 1
    told = c.t("Question {number} of {count}", number=number, count=len(desk.agenda))
    round_ = c.t("round {number}", number=desk.live.round) if desk.live.round > 1 else ""
    return " · ".join(each for each in (told, round_, part) if each)


def votes(opened: Assessment, desk: Desk) -> None:
    """Draw how many have joined and voted, kept up to date."""
    st.fragment(_votes, run_every=EVERY)(opened.id, desk.live.revision)


def _votes(assessment: str, drawn: int) -> None:
    c = state.words()
    with guarded(c, part="votes"), state.one_run():
        desk = state.store().workshops.desk(assessment)
        if desk is None or desk.live.revision != drawn:
            st.rerun()
        live = desk.live
        with st.container(key="count", border=True):
            if live.phase == "voting":
                st.markdown(f"## {c.number(desk.voted, 0)} / {c.number(live.people, 0)}")
                st.markdown(c.n("has voted", "have voted", desk.voted))
                left = seconds_left(live)
                if live.is_paused:
                    st.badge(c.t("Break"), icon=":material/pause:", color="orange")
                elif left is not None:
                    said = clock(left) if left else c.t("Time is up")
                    st.badge(said, icon=":material/timer:", color="blue" if left else "orange")
            else:
                st.markdown(f"## {c.number(live.people, 0)}")
                st.markdown(c.n("person has joined", "people have joined", live.people))


def _talk(opened: Assessment, desk: Desk, question: Question, c: Catalogue) -> None:
    """Draw what the votes say together, and the form for what is agreed on."""
    topic = desk.live.topic
    tally = topic.tallies[-1] if topic and topic.tallies else None
    everybody = tally.everybody if tally else None
    if tally is None:
        ballots.changed(c)
    elif everybody is None:
        st.info(
            c.t("Too few voted for anything to be shown: fewer than {count}.", count=desk.live.smallest),
            icon=":material/visibility_off:",
        )
    else:
        found = agreement(question, everybody)
        st.metric(
            c.t("Agreement"),
            c.percent(found) if found is not None else "–",
            border=True,
            help=c.t("100 %: all say the same. 0 %: half say the lowest and half the highest."),
        )
    decided = topic.decided if topic else None
    if decided is not None:
        st.success(
            c.t("Agreed on: {answer}", answer=value_short(question, decided.value, c)),
            icon=":material/handshake:",
        )
        against = desk.contested.get(question.id, 0)
        if against:
            st.caption(c.n("One person sees it differently.", "{count} people see it differently.", against))
    suggested = decided.value if decided else everybody and middle(question, everybody)
    every = {str(number): value for number, value in enumerate(options_of(question))}
    start = next(
        (name for name, value in every.items() if value == suggested and suggested is not None), None
    )
    with st.form(f"decide-{question.id}-{desk.live.round}-{c.language}", border=False):
        chosen = st.selectbox(
            c.t("What do you agree on?"),
            [*every, UNKNOWN],
            index=list(every).index(start) if start is not None else None,
            format_func=lambda name: value_named(question, every.get(name), c),
            placeholder=c.t("Choose an option"),
        )
        reason = st.text_area(
            c.t("Why? (for the report)"), value=topic.reason if topic else "", max_chars=LONGEST, height=80
        )
        if st.form_submit_button(
            c.t("Keep as agreed") if decided is None else c.t("Change what is agreed"),
            type="secondary" if decided else "primary",
            icon=":material/handshake:",
            width="stretch",
        ):
            if chosen is None:
                st.warning(c.t("Please choose what you agree on first."))
                return
            try:
                leading.decide(desk, every.get(chosen), reason)
            except StoreError as error:
                tell(error, c)
                return
            st.rerun()
    with st.container(key="watch"):
        votes(opened, desk)


def _foot(desk: Desk, known: Questionnaire, c: Catalogue) -> None:
    """Draw the buttons that lead on."""
    live, following = desk.live, leading.later(desk)
    with bottom():
        st.button(
            c.t("Agenda"),
            icon=":material/list:",
            on_click=leading.rest(desk),
            key="to-agenda",
            type="tertiary",
        )
        if live.phase == "voting":
            st.button(
                c.t("Go on") if live.is_paused else c.t("Break"),
                icon=":material/play_arrow:" if live.is_paused else ":material/pause:",
                on_click=leading.pause(desk),
                key="pause",
            )
            if following is not None:
                st.button(
                    c.t("Skip"),
                    icon=":material/skip_next:",
                    on_click=leading.ask(desk, following),
                    key="skip",
                )
            st.button(
                c.t("Show the votes"),
                type="primary",
                icon=":material/visibility:",
                on_click=leading.reveal(desk, known),
                key="reveal",
            )
            return
        st.button(c.t("Vote again"), icon=":material/replay:", on_click=leading.again(desk), key="again-vote")
        if following is not None:
            is_done = live.topic is not None and live.topic.decided is not None
            st.button(
                c.t("Next question"),
                type="primary" if is_done else "secondary",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=leading.bring(desk, following),
                key="next-topic",
            )
        else:
            st.button(
                c.t("To the end"),
                icon=":material/flag:",
                on_click=leading.rest(desk),
                key="to-end",
                type="primary",
            )
