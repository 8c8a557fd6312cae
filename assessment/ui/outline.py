"""The outline beside the questions: how far each dimension is, how long it still takes, and the way to any page."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from assessment.answers import Answer, AnswerSheet, Progress, progress_of
from assessment.charts import is_code
from assessment.i18n import Catalogue
from assessment.questionnaire import Section
from assessment.ui import state
from assessment.ui.compact import compact
from assessment.ui.offered import questionnaire
from assessment.ui.rooms import Room

_HERE = Path(__file__).parent

_drawn = st.components.v2.component(
    "outline",
    html='<div class="place"></div>',
    css=compact(_HERE / "outline.css"),
    js=compact(_HERE / "outline.js"),
)


def title_of(room: Room, c: Catalogue) -> str:
    """Return a page's name: its code, where people know one, and its title."""
    title = room.section.title.localize(c.language)
    if room.parts > 1:
        title = c.t("{title}, part {part} of {parts}", title=title, part=room.part + 1, parts=room.parts)
    return f"{room.section.id.upper()} · {title}" if is_code(room.section.id) else title


def answered(done: Progress, c: Catalogue) -> str:
    """Return how many questions are answered, and how many of them by saying that it is not known."""
    said = c.t(
        "{answered} of {asked} questions answered",
        answered=c.number(done.answered, 0),
        asked=c.number(done.asked, 0),
    )
    if not done.unknown:
        return said
    more = c.n("one of them “We don't know”", "{count} of them “We don't know”", done.unknown)
    return f"{said}, {more}"


def minutes_left(done: Progress, c: Catalogue) -> str:
    """Return how long the open questions take, in words; that nothing is open."""
    if not done.minutes_left:
        return c.t("complete")
    return c.n("about one minute left", "about {count} minutes left", done.minutes_left)


def outline(
    sheet: AnswerSheet,
    rooms: Sequence[Room],
    *,
    here: str,
    c: Catalogue,
    go: Callable[[str], None],
) -> None:
    """Draw the outline; `go` is called with the key of the page that is asked for."""
    parts: dict[str, list[Room]] = {}
    known = questionnaire(sheet.questionnaire)
    for room in rooms:
        parts.setdefault(known.path(room.section.id)[0], []).append(room)
    data = {
        "name": c.t("All questions"),
        "said": minutes_left(_progress(rooms, sheet), c),
        "here": here,
        "dimensions": [
            _dimension(known.sections_by_id[name], inside, sheet, c) for name, inside in parts.items()
        ],
    }
    key = f"outline-{c.language}"

    def follow() -> None:
        asked = (state.widget(key) or {}).get("go")
        if asked and asked != here and any(room.key == asked for room in rooms):
            go(asked)

    _drawn(key=key, data=data, on_go_change=follow)
    where = {question.id: number for number, room in enumerate(rooms) for question in room.questions}
    state.note_shown(DRAWN, Drawn(sheet, tuple(rooms), where))


class Drawn(NamedTuple):
    """What the outline on the screen was drawn from."""

    sheet: AnswerSheet
    rooms: tuple[Room, ...]
    where: Mapping[str, int]
    """The place of each question's page among the pages."""


DRAWN = "outline"
"""Under this name the session keeps what the outline was drawn from."""


def count_in(answer: Answer, c: Catalogue) -> None:
    """Let the outline on the screen count this answer too, without drawing it anew: that is for the next page."""
    drawn: Drawn | None = state.shown(DRAWN)
    at = drawn.where.get(answer.question) if drawn else None
    if drawn is None or at is None:
        return
    sheet = drawn.sheet.with_answer(answer)
    rooms = (*drawn.rooms[:at], drawn.rooms[at].counted(sheet), *drawn.rooms[at + 1 :])
    state.note_shown(DRAWN, drawn._replace(sheet=sheet, rooms=rooms))
    known = questionnaire(sheet.questionnaire)
    name = known.path(rooms[at].section.id)[0]
    inside = [room for room in rooms if known.path(room.section.id)[0] == name]
    told = {
        "said": minutes_left(_progress(rooms, sheet), c),
        "dimension": _dimension(known.sections_by_id[name], inside, sheet, c),
    }
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    st.html(
        f"<script>(() => window.assessmentCounts?.({data}))()</script>",
        unsafe_allow_javascript=True,
    )


def _progress(rooms: Iterable[Room], sheet: AnswerSheet) -> Progress:
    return progress_of((question for room in rooms for question in room.questions), sheet)


def _dimension(
    section: Section, inside: Sequence[Room], sheet: AnswerSheet, c: Catalogue
) -> dict[str, object]:
    done = _progress(inside, sheet)
    is_alone = len(inside) == 1 and inside[0].section.id == section.id
    return {
        "id": section.id,
        "title": "" if is_alone else section.title.localize(c.language),
        "share": done.share,
        "said": minutes_left(done, c),
        "rooms": [
            {
                "key": room.key,
                "title": title_of(room, c),
                "state": "done" if room.is_done else "begun" if room.answered else "open",
                "count": f"{c.number(room.answered, 0)}/{c.number(len(room.questions), 0)}",
                "said": c.t(
                    "{answered} of {asked} questions answered",
                    answered=c.number(room.answered, 0),
                    asked=c.number(len(room.questions), 0),
                ),
            }
            for room in inside
        ],
    }
