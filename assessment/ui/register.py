"""The legal register on the screen: how old it is, and the rows for this organisation by topic and country."""

from datetime import date

import streamlit as st

from assessment.document.blocks import Bullets, Line
from assessment.document.grounds import CHECKED, age, duty_said, place_of
from assessment.document.telling import Teller
from assessment.report import register_rows
from assessment.ui import blocks
from assessment.ui.words import plain

EVERY = ""
"""The choice that leaves nothing out."""


def show_register(tell: Teller, *, today: date) -> None:
    """Draw the register for the profile; nothing if the questionnaire has none."""
    c, questionnaire = tell.c, tell.questionnaire
    register = questionnaire.register_
    if register is None:
        return
    rows = register_rows(questionnaire, tell.report.sheet)
    st.header(c.t("Legal register for your profile"), anchor=False)
    blocks.show([age(register, today=today, c=c)], key="age")
    st.caption(plain(c.t(CHECKED)))
    st.markdown(c.t("It shows the countries and facts of your profile; for another country, add it there."))
    topics = {
        topic.id: topic.label.localize(c.language)
        for topic in register.topics
        if any(topic.id in row.topics for row in rows)
    }
    places = {row.jurisdiction: place_of(row, questionnaire, c=c) for row in rows}
    with st.container(horizontal=True):
        topic = st.selectbox(
            c.t("Topic"),
            [*topics, EVERY],
            format_func=lambda name: topics.get(name, c.t("All topics")),
            key=f"register-topic-{c.language}",
            placeholder=c.t("Choose an option"),
            width=320,
        )
        place = st.selectbox(
            c.t("Country"),
            [EVERY, *places],
            format_func=lambda name: places.get(name, c.t("All countries")),
            key=f"register-place-{c.language}",
            placeholder=c.t("Choose an option"),
            width=320,
        )
    found = [row for row in rows if topic in (EVERY, *row.topics) and place in (EVERY, row.jurisdiction)]
    st.markdown(c.n("One reference", "{count} references", len(found)))
    blocks.show(
        [Bullets(items=tuple(Line(text=duty_said(row, questionnaire, c=c)) for row in found))], key="register"
    )
