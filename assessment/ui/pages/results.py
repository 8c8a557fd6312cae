"""Results: where the organisation stands, how sure that is, what holds it, and every number down to its answers."""

from datetime import date

import streamlit as st

from assessment.document import chapters
from assessment.document.telling import Teller
from assessment.ui import blocks, state
from assessment.ui.frame import page_of, required
from assessment.ui.opened import open_section
from assessment.ui.register import show_register
from assessment.ui.words import plain

opened = required()
c = state.words()
report = state.report(opened)
tell = Teller(report, c.language, c)


def name_of(name: str) -> str:
    """Return a section's name, set in by its depth."""
    depth = len(report.questionnaire.path(name))
    return "\u2003" * max(depth - 1, 0) + tell.section(name)


if not report.progress.answered:
    st.title(c.t("No result yet"), anchor=False)
    st.markdown(
        c.t("Answer the first questions; the result grows with every answer and always says how sure it is.")
    )
    if st.button(c.t("To the questions"), type="primary", icon=":material/arrow_forward:"):
        st.switch_page(page_of("questions"))
    st.stop()

names = [
    c.t("Overview"),
    *(plain(part.title.localize(c.language)) for part in report.questionnaire.sections),
    *([c.t("Legal status")] if report.legal else []),
    *([c.t("Change")] if report.trend else []),
    c.t("Every number"),
]
overview, *middle, numbers = st.tabs(names, key=f"results-{c.language}")
dimensions, others = (
    middle[: len(report.questionnaire.sections)],
    middle[len(report.questionnaire.sections) :],
)

with overview:
    blocks.show(chapters.decision_page(tell), key="decision")
    blocks.show(chapters.glance(tell), key="glance")
    blocks.show(chapters.certainty(tell), key="certainty")
    blocks.show(chapters.to_ask_again(tell), key="again")
for tab, part in zip(dimensions, report.questionnaire.sections, strict=True):
    with tab:
        blocks.show(chapters.dimension(tell, part.id), key=f"dimension-{part.id}")
if report.legal:
    with others[0]:
        blocks.show(chapters.legal(tell), key="legal")
        show_register(tell, today=date.today())  # noqa: DTZ011 - the day on the wall
if report.trend:
    with others[-1]:
        blocks.show(chapters.change(tell), key="change")
with numbers:
    st.header(c.t("Open any number down to its answers"), anchor=False)
    walk = [section.id for section in report.questionnaire.whole.walk()]
    chosen = (
        st.selectbox(c.t("Section"), walk, format_func=name_of, key=f"open-{c.language}") if walk else None
    )
    if chosen:
        open_section(tell, chosen)
