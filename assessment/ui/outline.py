"""The outline beside the questions: how far each dimension is, how long it still takes, and the way to any page."""

from collections.abc import Callable, Iterable
from pathlib import Path

import streamlit as st

from assessment.answers import AnswerSheet, Progress, progress
from assessment.charts import is_code
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.ui import state
from assessment.ui.rooms import Room

_HERE = Path(__file__).parent

_drawn = st.components.v2.component(
    "outline",
    html='<div class="place"></div>',
    css=(_HERE / "outline.css").read_text("utf-8"),
    js=(_HERE / "outline.js").read_text("utf-8"),
)


def title_of(room: Room, c: Catalogue) -> str:
    """Return a page's name: its code, where people know one, and its title."""
    title = room.section.title.localize(c.language)
    if room.parts > 1:
        title = c.t("{title}, part {part} of {parts}", title=title, part=room.part + 1, parts=room.parts)
    return f"{room.section.id.upper()} · {title}" if is_code(room.section.id) else title


def minutes_left(done: Progress, c: Catalogue) -> str:
    """Return how long the open questions take, in words; that nothing is open."""
    if not done.minutes_left:
        return c.t("complete")
    return c.n("about one minute left", "about {count} minutes left", done.minutes_left)


def outline(
    known: Questionnaire,
    sheet: AnswerSheet,
    rooms: Iterable[Room],
    *,
    here: str,
    c: Catalogue,
    go: Callable[[str], None],
) -> None:
    """Draw the outline; `go` is called with the key of the page that is asked for."""
    parts: dict[str, list[Room]] = {}
    keys = []
    for room in rooms:
        keys.append(room.key)
        parts.setdefault(known.path(room.section.id)[0], []).append(room)
    data = {
        "name": c.t("All questions"),
        "said": minutes_left(progress(known, sheet), c),
        "here": here,
        "dimensions": [_dimension(known, sheet, name, inside, c) for name, inside in parts.items()],
    }
    key = f"outline-{c.language}"

    def follow() -> None:
        asked = (state.widget(key) or {}).get("go")
        if asked in keys and asked != here:
            go(asked)
            st.rerun()

    _drawn(key=key, data=data, on_go_change=follow)


def _dimension(
    known: Questionnaire, sheet: AnswerSheet, name: str, inside: list[Room], c: Catalogue
) -> dict[str, object]:
    done = progress(known, sheet, section=name)
    is_alone = len(inside) == 1 and inside[0].section.id == name
    return {
        "title": "" if is_alone else known.sections_by_id[name].title.localize(c.language),
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
