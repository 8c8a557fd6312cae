"""What a look at all answers finds before the result: what is missing, what hardly goes together, what is without proof."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import streamlit as st

from assessment.charts import is_code
from assessment.document.findings import answer_in_words, doubts_of, follow_up
from assessment.document.telling import Teller
from assessment.i18n import Catalogue
from assessment.ui import state
from assessment.ui.frame import page_of
from assessment.ui.outline import title_of
from assessment.ui.rooms import Room
from assessment.ui.words import plain

FEW = 6
"""Of a longer list the rest is folded away."""


class Point(NamedTuple):
    """One thing to look at, with the way there."""

    text: str
    page: str
    where: Mapping[str, str]
    """What the address says beside link and language."""


def missing_facts(tell: Teller) -> tuple[Point, ...]:
    """Return the facts of the profile that decide what is asked and are not given."""
    known, sheet = tell.questionnaire, tell.report.sheet
    return tuple(
        Point(field.label.localize(tell.c.language), "profile", {})
        for field in known.profile
        if field.id in known.deciding_fields and not sheet.profile.get(field.id)
    )


def open_rooms(rooms: Iterable[Room], c: Catalogue) -> tuple[Point, ...]:
    """Return the pages with open questions, each with how many."""
    return tuple(
        Point(
            c.n(
                "{title}: one question open",
                "{title}: {count} questions open",
                len(room.questions) - room.answered,
                title=title_of(room, c),
            ),
            "questions",
            {"p": room.key},
        )
        for room in rooms
        if not room.is_done
    )


def with_state(tell: Teller, rooms: Iterable[Room], *, wanted: str) -> tuple[Point, ...]:
    """Return the questions with answers in this state; for those that do not apply, the reason is told."""
    answers = tell.report.sheet.by_question
    found = []
    for room in rooms:
        for question in room.questions:
            answer = answers.get(question.id)
            if answer is not None and answer.state == wanted:
                reason = f" – {answer.reason}" if answer.reason else ""
                found.append(_of(tell, question.id, room, reason))
    return tuple(found)


def without_proof(tell: Teller, rooms: Iterable[Room]) -> tuple[Point, ...]:
    """Return the questions whose answer counts less until it is proven."""
    card = tell.report.scorecard
    return tuple(
        _of(tell, question.id, room, f" – {answer_in_words(tell, question.id)}")
        for room in rooms
        for question in room.questions
        if (card.of(question.id).worth or 0) > (card.confirmed_of(question.id).worth or 0)
    )


def doubtful(tell: Teller, rooms: Iterable[Room]) -> tuple[Point, ...]:
    """Return what hardly goes together or came very easily, with the question to ask, and the way to the first answer."""
    of = {question.id: room for room in rooms for question in room.questions}
    found = []
    for doubt in doubts_of(tell):
        first = next((name for name in doubt.questions if name in of), None)
        where = {"p": of[first].key, "q": first} if first else {}
        names = tell.c.join(
            name.upper() if is_code(name) else tell.question(name) for name in doubt.questions
        )
        found.append(Point(f"{names}: {follow_up(tell, doubt)}", "questions", where))
    return tuple(found)


def _of(tell: Teller, question: str, room: Room, more: str = "") -> Point:
    name = f"{question.upper()} · " if is_code(question) else ""
    return Point(f"{name}{tell.question(question)}{more}", "questions", {"p": room.key, "q": question})


def show(points: tuple[Point, ...], *, title: str, why: str, sign: str, key: str) -> None:
    """Draw one kind of points with the ways to them; nothing if there are none."""
    if not points:
        return
    c = state.words()
    with st.container(border=True, key=f"review-{key}"):
        st.header(f"{plain(title)} ({c.number(len(points), 0)})", anchor=False)
        st.markdown(why)
        _ways(points[:FEW], sign)
        if len(points) > FEW:
            with st.expander(c.n("One more point", "{count} more points", len(points) - FEW)):
                _ways(points[FEW:], sign)


def _ways(points: Iterable[Point], sign: str) -> None:
    for point in points:
        st.page_link(
            page_of(point.page),
            label=plain(point.text),
            icon=sign,
            query_params={**state.carried(), **point.where},
        )
