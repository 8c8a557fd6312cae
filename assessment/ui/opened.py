"""A number opened: the way up, the terms of a score, what holds its level, the smallest change that lifts it, and the way further down."""

import streamlit as st

from assessment.charts import heatmap_of, is_code
from assessment.document.blocks import Block, Bullets, KeyFigures, Table
from assessment.document.grounds import FEW_POINTS, points_of, reference_points, strongest
from assessment.document.opened import opened
from assessment.document.standing import figures
from assessment.document.telling import Teller
from assessment.ui import blocks, places
from assessment.ui.frame import page_of
from assessment.ui.rooms import Room
from assessment.ui.words import plain

FEW = 12
"""A longer list is folded away until somebody opens it."""


def open_section(tell: Teller, section: str) -> None:
    """Draw a section's score down to its answers, with the ways up and down from it."""
    _way_up(tell, section)
    st.title(plain(name_of(tell, section)), anchor=False)
    score, confirmed = tell.report.scorecard.of(section), tell.report.scorecard.confirmed_of(section)
    blocks.show([KeyFigures(items=tuple(figures(tell, score, confirmed)))], key=f"opened-{section}")
    to_questions(tell, section, key="opened")
    _way_down(tell, section)
    for number, block in enumerate(opened(tell, section)):
        key = f"opened-{section}-{number}"
        length = _length(block)
        if length <= FEW:
            blocks.show([block], key=key)
            continue
        with st.expander(tell.c.t("Show all {count}", count=length)):
            blocks.show([block], key=key)
    from_outside(tell, section)


def name_of(tell: Teller, section: str) -> str:
    """Return a section's name, with its code where people know one."""
    name = tell.section(section)
    return f"{section.upper()} · {name}" if is_code(section) else name


def opens(tell: Teller, section: str, *, key: str, label: str = "") -> None:
    """Draw the way to a section's number, opened."""
    st.button(
        label or tell.c.t("Why this level?"),
        type="tertiary",
        icon=":material/zoom_in:",
        key=f"open-{key}-{section}-{tell.c.language}",
        on_click=places.open_number,
        args=(section, tell.questionnaire),
    )


def to_questions(tell: Teller, section: str, *, key: str) -> None:
    """Draw the way to a section's questions; nothing where nothing is asked in it."""
    c = tell.c
    room = places.room_of(tell.questionnaire, tell.report.sheet, section=section)
    if room is None:
        return
    label = c.t("To its questions") if room.section.id == section else c.t("To its first questions")
    with st.container(horizontal=True, vertical_alignment="center", key=f"ways-{key}"):
        if st.button(label, icon=":material/checklist:", key=f"to-{key}-{section}-{c.language}"):
            st.switch_page(page_of("questions"), query_params=places.address_of(room))
        for one in places.rooms_in(tell.questionnaire, tell.report.sheet, section=section):
            for number, question in enumerate(one.questions, start=one.first):
                _to_question(tell, one, question.id, number)


def _to_question(tell: Teller, room: Room, question: str, number: int) -> None:
    c = tell.c
    label = question.upper() if is_code(question) else c.t("Question {number}", number=number)
    if st.button(
        label,
        type="tertiary",
        help=plain(tell.question(question)),
        key=f"to-question-{question}-{c.language}",
    ):
        st.switch_page(page_of("questions"), query_params=places.address_of(room, question=question))


def from_outside(tell: Teller, section: str) -> None:
    """Draw the strongest figures from outside about a section and those below, folded, each with its source; nothing if there are none."""
    inside = tell.questionnaire.sections_by_id[section].walk()
    every = {point.id: point for part in inside for point in points_of(part.id, tell.questionnaire)}
    points = strongest(every.values())[:FEW_POINTS]
    if points:
        folded = st.expander(
            tell.c.t("Figures from outside, with their source"),
            icon=":material/public:",
            key=f"folded-outside-{section}-{tell.c.language}",
            on_change="rerun",
        )
        if not folded.open:
            return
        with folded:
            blocks.show(reference_points(points, c=tell.c), key=f"outside-{section}")


def _way_up(tell: Teller, section: str) -> None:
    whole = tell.questionnaire.id
    above = [] if section == whole else [whole, *tell.questionnaire.path(section)[:-1]]
    if not above:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="way-up"):
        for name in above:
            title = tell.c.t("All dimensions") if name == whole else name_of(tell, name)
            st.button(
                plain(title),
                type="tertiary",
                icon=":material/arrow_upward:" if name == above[-1] else None,
                key=f"up-{name}-{tell.c.language}",
                on_click=places.open_number,
                args=(name, tell.questionnaire),
            )


def _way_down(tell: Teller, section: str) -> None:
    below = heatmap_of(tell.report, tell.language, section=section)
    if not any(row.cells for row in below.rows):
        return
    st.header(tell.c.t("Further down"), anchor=False)
    blocks.chart(
        below, key=f"below-{section}", opens=lambda name: places.open_number(name, tell.questionnaire)
    )


def _length(block: Block) -> int:
    match block:
        case Bullets():
            return len(block.items)
        case Table():
            return len(block.rows)
        case _:
            return 1
