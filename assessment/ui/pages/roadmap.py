"""Roadmap: what to do, in what order, with the people there are; and why the rest is not in it."""

import streamlit as st

from assessment.charts import timeline
from assessment.document import chapters
from assessment.document.telling import Teller
from assessment.roadmap import Capacity
from assessment.ui import blocks, figures, state
from assessment.ui.frame import page_of, required
from assessment.ui.offered import questionnaire

opened = required()
c = state.words()
present = state.settings(opened)
if not questionnaire(opened.sheet.questionnaire).measures:
    st.title(c.t("There is nothing to plan"), anchor=False)
    st.markdown(
        c.t("This questionnaire has no measures. The results say where you stand and what would lift it.")
    )
    if st.button(c.t("See the results"), type="primary", icon=":material/monitoring:"):
        st.switch_page(page_of("results"))
    st.stop()

with st.container(border=True):
    st.subheader(c.t("What you have to work with"), anchor=False)
    with st.grid(3, min_column_width=200):
        per_month = st.number_input(
            c.t("Person-days a month"), min_value=0.0, max_value=2000.0, step=1.0, value=present.per_month, key=f"capacity-{opened.id}",
            help=c.t("Days a month that your people can really spend on the transformation, all together."),
        )  # fmt: skip
        months = st.number_input(
            c.t("Horizon in months"),
            min_value=1,
            max_value=60,
            step=1,
            value=present.months,
            key=f"months-{opened.id}",
        )
        start = st.date_input(
            c.t("Start"), value=present.start, key=f"start-{opened.id}", format="YYYY-MM-DD"
        )
    wanted = Capacity(start=(start or present.start).replace(day=1), per_month=per_month, months=months)
    if wanted != present:
        state.store().save_plan(opened.id, wanted)
        opened = required()

report = state.report(opened)
tell = Teller(report, c.language, c)
if not report.progress.answered:
    st.info(c.t("The roadmap follows from your answers. Answer the first questions, then come back."))
    st.stop()
spec = timeline(report, c.language)
with_timeline = list(chapters.roadmap(tell))
blocks.show(with_timeline[:2], key="claim")
if report.roadmap.slots:
    st.plotly_chart(
        figures.load(spec, dark=blocks.is_dark(), separators=c.separators),
        key="load",
        theme=None,
        config=blocks.QUIET,
        alt=spec.alt,
    )
blocks.show(with_timeline[2:], key="roadmap")
blocks.show(chapters.measures(tell), key="measures")
