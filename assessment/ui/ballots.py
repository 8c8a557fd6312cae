"""The options of a question on a screen for everybody, and how many chose each once the round is revealed."""

from pathlib import Path

import streamlit as st

from assessment.i18n import Catalogue
from assessment.questions import Question, Value
from assessment.ui.compact import compact
from assessment.ui.workshop_words import ROLE_NAMES, option_said
from assessment.workshop import Group, Tally, Topic, middle, options_of

DENSE = 620
"""Characters of all options together above which they are set smaller on the big screen, to stay on it."""

_HERE = Path(__file__).parent

_drawn = st.components.v2.component(
    "ballots",
    html='<div class="place"></div>',
    css=compact(_HERE / "ballots.css"),
    js=compact(_HERE / "ballots.js"),
)


def show(
    question: Question, topic: Topic | None, c: Catalogue, *, key: str, revealed: bool, big: bool = False
) -> None:
    """Draw the options; with `revealed`, how many chose each, where the middle of each role lies, and what was agreed on."""
    tally = topic.tallies[-1] if revealed and topic and topic.tallies else None
    everybody = tally.everybody if tally else None
    decided = topic.decided if revealed and topic else None
    rows = []
    for value in options_of(question):
        mark, text = option_said(question, value, c)
        row: dict[str, object] = {"mark": mark, "text": text}
        if everybody is not None:
            row |= _counted(_people(everybody, value), everybody.people, c)
            row["tags"] = _roles(question, tally, value, c)
        if decided is not None and decided.value == value:
            row["agreed"] = c.t("Agreed on")
        rows.append(row)
    if everybody is not None and (everybody.unknown or (decided is not None and decided.state == "unknown")):
        row = {"mark": "", "text": c.t("We don't know"), "aside": True}
        row |= _counted(everybody.unknown, everybody.people, c)
        if decided is not None and decided.state == "unknown":
            row["agreed"] = c.t("Agreed on")
        rows.append(row)
    length = sum(len(str(row["text"])) for row in rows)
    data = {
        "name": c.t("Votes") if everybody is not None else c.t("What can be voted"),
        "revealed": everybody is not None,
        "big": big,
        "dense": big and length > DENSE,
        "rows": rows,
    }
    _drawn(key=f"{key}-{c.language}", data=data)


def changed(c: Catalogue) -> None:
    """Say why nothing is shown of a round that was counted."""
    st.info(
        c.t(
            "The questionnaire has been changed since: the votes on this question do not count any more. Vote on it again."
        ),
        icon=":material/history:",
    )


def _people(group: Group, value: Value) -> int:
    return next((count.people for count in group.counts if count.value == value), 0)


def _counted(people: int, of: int, c: Catalogue) -> dict[str, object]:
    return {"people": c.number(people, 0), "share": round(100 * people / of)}


def _roles(question: Question, tally: Tally | None, value: Value, c: Catalogue) -> list[str]:
    """Return the roles whose median is this value, where their votes may be shown."""
    return [
        c.t("{role}: {count}", role=c.t(ROLE_NAMES[group.role]), count=c.number(group.people, 0))
        for group in (tally.groups if tally else ())
        if group.role is not None and middle(question, group) == value
    ]
