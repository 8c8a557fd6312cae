"""Roadmap: what to do, in what order, with the people there are; planned anew while one looks."""

from itertools import dropwhile, takewhile

import streamlit as st

from assessment.charts import Timeline, timeline
from assessment.document import chapters
from assessment.document.blocks import Block, Callout, Figure, Heading, Paragraph
from assessment.document.telling import Teller
from assessment.store import Right
from assessment.ui import blocks, figures_of_plans, reckoning, roles, state, too_early
from assessment.ui.frame import page_of, required
from assessment.ui.offered import questionnaire
from assessment.ui.planning_buying import what_days_buy
from assessment.ui.planning_change import what_changed
from assessment.ui.planning_controls import what_there_is
from assessment.ui.planning_fields import told
from assessment.ui.planning_files import take_along
from assessment.ui.planning_measures import settle_measures
from assessment.ui.planning_outlook import keep_or_let_go, what_if
from assessment.ui.planning_progress import follow_up
from assessment.ui.planning_proof import prove
from assessment.ui.widgets import key_of

opened = required()
c = state.words()
if not questionnaire(opened.sheet.questionnaire).measures:
    st.title(c.t("There is nothing to plan"), anchor=False)
    st.markdown(
        c.t("This questionnaire has no measures. The results say where you stand and what would lift it.")
    )
    if st.button(c.t("See the results"), type="primary", icon=":material/monitoring:"):
        st.switch_page(page_of("results"))
    st.stop()

if not too_early.ready(opened, c, page="roadmap"):
    st.stop()
report = reckoning.report(opened)
tell = Teller(report, c.language, c)
if not report.progress.answered:
    st.title(c.t("Roadmap"), anchor=False)
    st.info(c.t("The roadmap follows from your answers. Answer the first questions, then come back."))
    st.stop()


def is_head(block: Block) -> bool:
    """Say whether a block belongs above everything: the claim, what stands in the way of what was asked for."""
    return isinstance(block, Paragraph | Callout) or (isinstance(block, Heading) and block.level == 1)


def is_timeline(block: Block) -> bool:
    """Say whether a block draws measures over time."""
    return isinstance(block, Figure) and isinstance(block.chart, Timeline)


chapter = list(chapters.roadmap(tell))
if not roles.may(opened, Right.CHANGE):
    roles.told(opened, c)
    blocks.show(chapter, key="to-read")
    take_along(opened, tell)
    st.stop()
blocks.show(takewhile(is_head, chapter), key="claim")
told(c)
what_there_is(opened, tell)
what_changed(tell)

PARTS = {
    "plan": c.t("The plan"),
    "measures": c.t("Measures"),
    "progress": c.t("Progress"),
    "what-if": c.t("What if"),
    "days": c.t("What days buy"),
    "proof": c.t("How good is it?"),
    "files": c.t("Take along"),
}
parts = key_of("roadmap", "parts", c)
if not state.has_widget(parts):  # the page is opened, or another language: the part that was open stays open
    state.note_shown("first-part", state.shown("part") or "plan")
drawn = st.tabs(list(PARTS.values()), default=PARTS[state.shown("first-part")], key=parts, on_change="rerun")
tabs = dict(zip(PARTS, drawn, strict=True))
state.note_shown("part", next((name for name, tab in tabs.items() if tab.open), "plan"))

with tabs["plan"]:
    if tabs["plan"].open:
        keep_or_let_go(opened, tell)
        rest = list(dropwhile(is_head, chapter))
        blocks.show(takewhile(is_timeline, rest), key="timeline")
        if report.roadmap.slots:
            st.caption(
                c.t(
                    "Red bars settle a condition that limits levels; blue bars are the waves, the first one in the strongest colour. "
                    "A line leads from what has to be finished first."
                )
            )
            spec = timeline(report, c.language)
            st.plotly_chart(
                figures_of_plans.load(spec, dark=blocks.is_dark(), separators=c.separators),
                key="load",
                theme=None,
                config=blocks.QUIET,
                alt=spec.alt,
            )
        blocks.show(dropwhile(is_timeline, rest), key="roadmap")
with tabs["measures"]:
    if tabs["measures"].open:
        settle_measures(opened, tell)
with tabs["progress"]:
    if tabs["progress"].open:
        follow_up(opened, tell)
with tabs["what-if"]:
    if tabs["what-if"].open:
        what_if(opened, tell)
with tabs["days"]:
    if tabs["days"].open:
        what_days_buy(opened, tell)
with tabs["proof"]:
    if tabs["proof"].open:
        prove(opened, tell)
with tabs["files"]:
    if tabs["files"].open:
        take_along(opened, tell)
