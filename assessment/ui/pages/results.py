"""Results: where the organisation stands, how sure that is, what holds it, and every number down to its answers.

The address says which part is shown and which number is open; no figure is shown before its dimension is complete.
"""

from datetime import date

import streamlit as st

from assessment.charts import heatmap_of
from assessment.document import chapters
from assessment.document.blocks import KeyFigures
from assessment.document.telling import Teller
from assessment.ui import blocks, places, reckoning, state, too_early
from assessment.ui.frame import required
from assessment.ui.opened import from_outside, open_section, opens, to_questions
from assessment.ui.overview import overview
from assessment.ui.register import show_register
from assessment.ui.words import plain

PAGE = "results"

opened = required()
c = state.words()
report = reckoning.report(opened)
known = report.questionnaire
tell = Teller(report, c.language, c)


def of_its_own(part: str) -> str:
    """Return what the address calls a part that is no dimension."""
    return places.named(part, known)


LEGAL, CHANGE, NUMBERS = map(of_its_own, (places.LEGAL, places.CHANGE, places.NUMBERS))
dimensions = {part.id: plain(part.title.localize(c.language)) for part in known.sections}
parts = {
    of_its_own(places.OVERVIEW): c.t("Overview"),
    **dimensions,
    **({LEGAL: c.t("Legal status")} if report.legal else {}),
    **({CHANGE: c.t("Change")} if report.trend else {}),
    NUMBERS: c.t("Every number"),
}
names: dict[str, str] = {}
for number, name in enumerate(parts):
    again = "\u200b" * sum(parts[name] == parts[other] for other in list(parts)[:number])
    names[name] = parts[name] + again  # Streamlit knows a tab by its label
place = places.here(parts, known)


def turn() -> None:
    """Follow the tabs; the address carries which one is open."""
    places.go(next(part for part, label in names.items() if label == state.widget(TABS)))


def choose() -> None:
    """Open the number that the menu names."""
    places.open_number(str(state.widget(MENU)), known)


def press(section: str) -> None:
    """Open the number that was pressed in a chart."""
    places.open_number(section, known)


def legal_is_complete() -> bool:
    """Say whether every dimension that the legal status rests on is complete."""
    topics = {known.path(topic.section)[0] for topic in report.legal if known.path(topic.section)}
    return all(too_early.is_complete(opened, section=topic) for topic in topics)


def show_dimension(name: str) -> None:
    """Draw a dimension with the ways to its numbers and questions."""
    for at, block in enumerate(chapters.dimension(tell, name)):
        blocks.show([block], key=f"dimension-{name}-{at}", opens=press)
        if isinstance(block, KeyFigures):
            with st.container(horizontal=True):
                opens(tell, name, key="dimension")
                to_questions(tell, name, key="dimension")
            below = heatmap_of(report, c.language, section=name)
            if any(row.cells for row in below.rows):
                blocks.chart(below, key=f"levels-{name}", opens=press)
    from_outside(tell, name)


def show_numbers(section: str) -> None:
    """Draw a number opened, with the menu of all that may be seen."""
    walk = [each.id for each in known.whole.walk() if may_be_seen(each.id)]
    if section in walk:
        if not too_early.is_complete(opened, section=section):
            too_early.note(c, page=PAGE)
        state.set_widget(MENU, section)
        st.selectbox(
            c.t("Section"),
            walk,
            format_func=name_of,
            key=MENU,
            on_change=choose,
            placeholder=c.t("Choose an option"),
        )
        open_section(tell, section)
    elif section != known.id:
        too_early.wait(opened, c, section=section)
    else:
        too_early.ready(opened, c, page=PAGE)


def may_be_seen(section: str) -> bool:
    """Say whether a section's figures may be shown: its dimension is complete, or somebody wants to see them all the same."""
    return too_early.is_wanted_early() or too_early.is_complete(opened, section=section)


def name_of(name: str) -> str:
    """Return a section's name, set in by its depth."""
    return "\u2003" * max(len(known.path(name)) - 1, 0) + tell.section(name)


TABS, MENU = f"results-{c.language}", f"open-{c.language}"
state.set_widget(TABS, names[place.part])
for part, tab in zip(names, st.tabs(list(names.values()), key=TABS, on_change=turn), strict=True):
    if part != place.part:
        continue
    with tab:
        if part in dimensions:
            if not may_be_seen(part):
                too_early.wait(opened, c, section=part)
                continue
            if not too_early.is_complete(opened, section=part):
                too_early.note(c, page=part)
            show_dimension(part)
        elif part == NUMBERS:
            show_numbers(place.section)
        elif part == LEGAL and (too_early.is_wanted_early() or legal_is_complete()):
            if not legal_is_complete():
                too_early.note(c, page=PAGE)
            blocks.show(chapters.legal(tell), key="legal")
            show_register(tell, today=date.today())  # noqa: DTZ011 - the day on the wall
        elif too_early.ready(opened, c, page=PAGE):
            if part == CHANGE:
                blocks.show(chapters.change(tell), key="change")
            else:
                overview(tell)
