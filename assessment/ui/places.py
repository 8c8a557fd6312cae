"""Where one is among the results: the part and the section that is open. The address says it, so that link, reload and Back lead there."""

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.ui import state
from assessment.ui.rooms import Room, rooms_of

PART, OPEN = "part", "open"
"""What the address calls them."""
PAGE, QUESTION = "p", "q"
"""What the address of the questions calls one of their pages, and a question on it."""
OVERVIEW, LEGAL, CHANGE, NUMBERS = "overview", "legal_status", "change", "numbers"
"""Parts that are no dimension; `legal` alone is what many a questionnaire calls one."""


@dataclass(frozen=True)
class Place:
    """A part of the results, and the section whose number is open in it."""

    part: str
    section: str


def named(part: str, questionnaire: Questionnaire) -> str:
    """Return what the address calls a part that is no dimension: its name, told from a dimension of the same id by a sign that ids have not."""
    taken = {section.id for section in questionnaire.sections}
    return f"{part}_" if part in taken else part


def here(parts: Collection[str], questionnaire: Questionnaire) -> Place:
    """Return the place that the address leads to; where it says nothing that is known, the first part and the whole."""
    part, section = st.query_params.get(PART, ""), st.query_params.get(OPEN, "")
    is_known = section in questionnaire.sections_by_id
    if part not in parts:
        part = named(NUMBERS if is_known else OVERVIEW, questionnaire)
    return Place(part=part, section=section if is_known else questionnaire.id)


def go(part: str, section: str = "") -> None:
    """Lead to a place: written into the address in one step, so that Back leads out of it in one."""
    kept = {name: value for name, value in st.query_params.items() if name not in (PART, OPEN)}
    st.query_params.from_dict({**kept, PART: part, **({OPEN: section} if section else {})})


def open_number(section: str, questionnaire: Questionnaire) -> None:
    """Lead to a section's number, opened."""
    go(named(NUMBERS, questionnaire), section)


def room_of(
    questionnaire: Questionnaire, sheet: AnswerSheet, *, section: str, is_open: bool = False
) -> Room | None:
    """Return the first page with questions in or below a section, or the first with open ones; None if there is none."""
    inside = {part.id for part in questionnaire.sections_by_id[section].walk()}
    return next(
        (
            room
            for room in rooms_of(questionnaire, sheet)
            if room.section.id in inside and not (is_open and room.is_done)
        ),
        None,
    )


def rooms_in(questionnaire: Questionnaire, sheet: AnswerSheet, *, section: str) -> tuple[Room, ...]:
    """Return the pages with questions of this very section."""
    return tuple(room for room in rooms_of(questionnaire, sheet) if room.section.id == section)


def address_of(room: Room, *, question: str = "") -> dict[str, str]:
    """Return the query of the page with these questions, at one of them if it is named."""
    return {**state.carried(), PAGE: room.key, **({QUESTION: question} if question else {})}
