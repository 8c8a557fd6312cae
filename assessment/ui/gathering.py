"""Before a workshop and between its questions: open it, let people in, see and change the agenda, end it."""

import streamlit as st

from assessment.answers import is_admitted
from assessment.charts import is_code
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.store import OPEN_FOR, Assessment, Desk
from assessment.ui import leading, reckoning, state
from assessment.ui.as_asked import desk_as_asked
from assessment.ui.frame import bottom, guarded, page_of, way
from assessment.ui.joining import link_of, poster
from assessment.ui.offered import questionnaire
from assessment.ui.podium import MINUTES, votes
from assessment.ui.words import plain
from assessment.ui.workshop_words import ROLE_NAMES, value_said, value_short
from assessment.workshop import ROLES, SMALLEST, Stake, Tally, agenda, composition, order, sitting
from assessment.workshop.talking import MINUTES as TALK

LENGTH = 70
"""Minutes that a workshop usually has for questions."""
GROUPS = (SMALLEST, 5, 6, 8, 1)
"""How many people a group has at least that is shown; 1 for votes that everybody may see."""
CLOCK = "workshop-clock"
SLOWLY = 5.0
"""Seconds between two looks at how far people have come who answer on their own."""


@st.cache_data(max_entries=64, show_spinner=False)
def _order(content: str, tallies: str, _opened: Assessment, _tallies: dict[str, Tally]) -> tuple[Stake, ...]:
    known = questionnaire(_opened.sheet.questionnaire)
    roadmap = reckoning.found_at_once(_opened).roadmap
    return order(known, _opened.sheet, tallies=_tallies, roadmap=roadmap)


def worth_talking(opened: Assessment, desk: Desk | None) -> tuple[Stake, ...]:
    """Return the questions that can be voted on, those most worth talking about first."""
    latest = {topic.question: topic.tallies[-1] for topic in (desk.topics if desk else ()) if topic.tallies}
    said = "".join(tally.model_dump_json() for tally in latest.values())
    return _order(opened.model_dump_json(), said, opened, latest)


def setting_up(opened: Assessment, c: Catalogue) -> None:
    """Draw what a workshop is and the way to open one."""
    st.title(c.t("Answer together"), anchor=False)
    st.markdown(
        c.t(
            "Several people join from their phones, vote blind on the questions on which most depends, see what everybody said, talk, vote "
            "again, and agree. Whoever sees it differently can say so for the report."
        )
    )
    with st.container(border=True):
        with st.container(horizontal=True, gap="large"):
            minutes = st.number_input(
                c.t("Minutes for questions"), min_value=TALK, max_value=480, value=LENGTH, step=5, width=220
            )
            smallest = st.selectbox(
                c.t("Smallest group that is shown"),
                GROUPS,
                format_func=lambda one: (
                    c.t("open votes: single people can be recognised")
                    if one == 1
                    else c.n("one person", "{count} people", one)
                ),
                width=420,
                key=f"smallest-{c.language}",
                placeholder=c.t("Choose an option"),
            )
        st.caption(
            c.t(
                "Votes of smaller groups are never shown, nor can they be worked out from others. This cannot be changed once people have joined."
            )
        )

        def begin() -> None:
            chosen = agenda(worth_talking(opened, None), minutes=int(minutes))
            state.store().workshops.open(opened.id, smallest=smallest or SMALLEST, agenda=chosen)

        st.button(
            c.t("Open the workshop"),
            type="primary",
            icon=":material/groups:",
            on_click=leading.asks(begin),
            key="open",
        )


def left_behind(opened: Assessment, known: Questionnaire, c: Catalogue) -> None:
    """Draw what the latest workshop agreed on."""
    record = state.store().workshops.record(opened.id)
    decided = [topic for topic in record.topics if topic.decided] if record else []
    if not decided:
        return
    st.header(c.t("What was agreed on last time"), anchor=False)
    for topic in decided:
        question = known.questions_by_id.get(topic.question)
        answer = topic.decided and topic.decided.model_copy(update={"question": topic.question})
        if question is not None and answer is not None and is_admitted(known, answer):
            said = value_said(question, answer.value, c)
            st.markdown(f"- **{plain(question.label.localize(c.language))}** {said}")


def on_their_own(opened: Assessment, desk: Desk, known: Questionnaire) -> None:
    """Draw how far everybody has come who answers on their own, and the ways in for each role."""
    c, live = state.words(), desk.live
    with st.container(horizontal=True, key="lobby", gap="large"):
        with st.container(key="lobby-door", width=300):
            votes(opened, desk)
            poster(live.code or "", c)
        with st.container(key="lobby-agenda", width="stretch"):
            st.title(c.t("Everybody answers on their own"), anchor=False)
            st.markdown(
                c.t(
                    "Send the address or the code; it stays open for {days} days, and everybody can stop and go on. Nobody sees a vote before "
                    "you show all of them; then the questions stand in the order of how far people differ.",
                    days=c.number(OPEN_FOR.days, 0),
                )
            )
            progress(opened, desk)
            with st.expander(c.t("A link for each role"), icon=":material/link:", key=f"links-{c.language}"):
                for role in ROLES:
                    st.markdown(f"**{c.t(ROLE_NAMES[role])}**  \n{plain(link_of(live.code or '', role))}")
    with bottom():
        st.button(
            c.t("Back to the agenda"), icon=":material/list:", on_click=leading.rest(desk), key="to-agenda"
        )
        st.button(
            c.t("Show all votes"),
            type="primary",
            icon=":material/visibility:",
            on_click=leading.asks(lambda: _show_all(opened, desk, known)),
            key="reveal-all",
        )


def _show_all(opened: Assessment, desk: Desk, known: Questionnaire) -> None:
    """Show all votes, and put the agenda in the order of what they make worth talking about."""
    workshops = state.store().workshops
    if not leading.reveal_all(desk, known):
        return
    stored = workshops.desk(opened.id)
    if stored is not None:
        shown = desk_as_asked(known, stored)
        places = [stake.question for stake in worth_talking(opened, shown)]
        rest = [name for name in shown.agenda if name not in places]
        ordered = [name for name in places if name in shown.agenda]
        workshops.arrange(shown.live.id, (*ordered, *rest), seen=shown.live.revision)


def taken_out(desk: Desk, c: Catalogue) -> None:
    """Say that the question on the screen is gone since the questionnaire was changed, and lead back to the agenda."""
    st.title(c.t("This question is not asked any more"), anchor=False)
    st.markdown(
        c.t(
            "The questionnaire has been changed since it was put on the screen. Please go back to the agenda."
        )
    )
    with bottom():
        st.button(
            c.t("Back to the agenda"),
            type="primary",
            icon=":material/list:",
            on_click=leading.rest(desk),
            key="to-agenda",
        )


def progress(opened: Assessment, desk: Desk) -> None:
    """Draw how many have voted on each question, kept up to date."""
    st.fragment(_progress, run_every=SLOWLY)(opened.id, opened.sheet.questionnaire)


def _progress(assessment: str, identifier: str) -> None:
    c, known = state.words(), questionnaire(identifier)
    with guarded(c, part="progress"), state.one_run():
        desk = state.store().workshops.desk(assessment)
        for name, count in (desk.answered if desk else {}).items():
            if desk is not None and name in known.questions_by_id:
                said = plain(known.questions_by_id[name].label.localize(c.language))
                told = c.t("{count} of {all}", count=c.number(count, 0), all=c.number(desk.live.people, 0))
                st.progress(min(1.0, count / max(1, desk.live.people)), text=f"{told} · {said}")


def lobby(opened: Assessment, desk: Desk, known: Questionnaire) -> None:
    """Draw the way in for everybody and the agenda."""
    c, live = state.words(), desk.live
    with st.container(horizontal=True, key="lobby", gap="large"):
        with st.container(key="lobby-door", width=300):
            votes(opened, desk)
            poster(live.code or "", c)
            _who(desk, c)
        with st.container(key="lobby-agenda", width="stretch"):
            _agenda(opened, desk, known, c)
    _foot(desk, c)


def _who(desk: Desk, c: Catalogue) -> None:
    """Draw which roles are there, where they are many enough to be named."""
    there = composition(desk.roles, smallest=desk.live.smallest)
    if there.roles:
        named = [
            c.t("{role}: {count}", role=c.t(ROLE_NAMES[role]), count=c.number(count, 0))
            for role, count in there.roles
        ]
        st.caption(c.t("Shown as groups: {list}", list=c.join(named)))
    else:
        st.caption(
            c.t("No role has {count} people yet: everybody is shown together.", count=desk.live.smallest)
        )


def _agenda(opened: Assessment, desk: Desk, known: Questionnaire, c: Catalogue) -> None:
    stakes = {stake.question: stake for stake in worth_talking(opened, desk)}
    st.title(c.t("What is worth talking about"), anchor=False)
    found = sitting(tuple(stakes.values()), desk.agenda)
    st.markdown(
        c.n(
            "This one of {all} questions carries {share} of what can be gained by talking; about {minutes} minutes.",
            "These {count} of {all} questions carry {share} of what can be gained by talking; about {minutes} minutes.",
            found.questions,
            all=c.number(found.of, 0),
            share=c.percent(found.share),
            minutes=c.number(found.minutes, 0),
        )
        if found.questions
        else c.t("Nothing is on the agenda.")
    )
    st.caption(
        c.t("In the order of what hangs on the answer, times how far people differ or how little is proven.")
    )
    for place, name in enumerate(desk.agenda):
        if name in known.questions_by_id:
            _row(desk, known, place, stakes.get(name), c)
    others = [name for name in stakes if name not in desk.agenda]
    if others:
        _add(desk, known, others, c)


def _row(desk: Desk, known: Questionnaire, place: int, stake: Stake | None, c: Catalogue) -> None:
    name = desk.agenda[place]
    question, topic = known.questions_by_id[name], desk.topic(name)
    rest = [other for other in desk.agenda if other != name]
    up = [*desk.agenda[: place - 1], name, *(other for other in desk.agenda[place - 1 :] if other != name)]
    with st.container(
        horizontal=True, key=f"agenda-{place}", border=True, vertical_alignment="center", gap="small"
    ):
        with st.container(width="stretch"):
            code = f"{name.upper()} · " if is_code(name) else ""
            st.markdown(f"**{place + 1}. {code}{plain(question.label.localize(c.language))}**")
            if topic is not None and topic.decided is not None:
                st.badge(
                    c.t("Agreed on: {answer}", answer=value_short(question, topic.decided.value, c)),
                    icon=":material/handshake:",
                    color="green",
                )
            elif stake is not None:
                st.caption(why(stake, known, c))
        title = plain(question.label.localize(c.language))
        if topic is not None and topic.tallies:
            st.button(
                c.t("Show"),
                key=f"show-{name}",
                icon=":material/visibility:",
                on_click=leading.bring(desk, name),
                help=c.t("Show the votes on: {question}", question=title),
            )
        st.button(
            c.t("Ask"),
            key=f"ask-{name}",
            icon=":material/how_to_vote:",
            on_click=leading.ask(desk, name, minutes=int(state.shown(CLOCK) or 0)),
            help=c.t("Let everybody vote on: {question}", question=title),
        )
        st.button(
            c.t("Up"),
            key=f"up-{name}",
            icon=":material/arrow_upward:",
            on_click=leading.arrange(desk, up),
            disabled=place == 0,
            type="tertiary",
            help=c.t("Earlier: {question}", question=title),
        )
        st.button(
            c.t("Remove"),
            key=f"off-{name}",
            icon=":material/close:",
            on_click=leading.arrange(desk, rest),
            type="tertiary",
            help=c.t("Off the agenda: {question}", question=title),
        )


def why(stake: Stake, known: Questionnaire, c: Catalogue) -> str:
    """Say why a question is worth talking about."""
    said = [
        c.t("disagreement {share}", share=c.percent(stake.disagreement))
        if stake.is_voted
        else c.t("not known so far")
        if stake.disagreement == 1
        else c.t("little is proven")
        if stake.disagreement > 0.4
        else c.t("proven so far")
    ]
    if stake.levels:
        names = [
            c.t("the whole")
            if section == known.id
            else c.t("“{name}”", name=plain(known.sections_by_id[section].title.localize(c.language)))
            for section in stake.levels
        ]
        said.append(c.t("the level of {list} hangs on it", list=c.join(names)))
    if stake.caps:
        said.append(c.t("a condition hangs on it that limits levels"))
    if stake.days >= 1:
        said.append(c.n("one person-day of the plan", "{count} person-days of the plan", round(stake.days)))
    return " · ".join(said)


def _add(desk: Desk, known: Questionnaire, others: list[str], c: Catalogue) -> None:
    key = f"add-{desk.live.revision}-{c.language}"

    def add() -> None:
        chosen = state.widget(key)
        if chosen:
            leading.arrange(desk, (*desk.agenda, chosen))()

    st.selectbox(
        c.t("Put another question on the agenda"),
        others,
        index=None,
        format_func=lambda name: plain(known.questions_by_id[name].label.localize(c.language)),
        key=key,
        on_change=add,
        placeholder=c.t("Choose an option"),
    )


def _foot(desk: Desk, c: Catalogue) -> None:
    following = leading.later(desk)
    with bottom():
        with st.popover(c.t("End the workshop"), icon=":material/flag:"):
            st.markdown(
                c.t(
                    "Nobody can join or vote any more, and who voted what is deleted. What was agreed on stays and stands in the report."
                )
            )
            st.button(c.t("End it now"), type="primary", on_click=leading.close(desk), key="close")
        if desk.agenda:
            st.button(
                c.t("Everybody on their own"),
                icon=":material/schedule_send:",
                on_click=leading.apart(desk),
                key="apart",
            )
        timed = st.toggle(c.n("One minute to vote", "{count} minutes to vote", MINUTES), key="clock-wanted")
        state.note_shown(CLOCK, MINUTES if timed else 0)
        if following is not None:
            st.button(
                c.t("Next question")
                if any(topic.decided for topic in desk.topics)
                else c.t("Begin with the first question"),
                type="primary",
                icon=":material/play_arrow:",
                on_click=leading.bring(desk, following, minutes=MINUTES if timed else 0),
                key="begin",
            )
        else:
            way(c.t("To the results"), "results", key="to-results", is_on=True)


def nothing_to_vote_on(c: Catalogue) -> None:
    """Say that this questionnaire has nothing that a room can vote on."""
    st.title(c.t("Nothing to vote on"), anchor=False)
    st.markdown(c.t("No question that is asked here is answered by choosing one of several statements."))
    if st.button(c.t("To the questions"), icon=":material/checklist:"):
        st.switch_page(page_of("questions"))
