"""The legal register on the screen: how old it is, and the rows for this organisation by topic."""

from datetime import date

import streamlit as st

from assessment.document.grounds import CHECKED, age, register_table
from assessment.document.telling import Teller
from assessment.report import register_rows
from assessment.ui import blocks
from assessment.ui.words import plain


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
    used = [topic for topic in register.topics if any(topic.id in row.topics for row in rows)]
    names = {topic.id: topic.label.localize(c.language) for topic in used}
    every = ""
    chosen = st.selectbox(
        c.t("Topic"),
        [every, *names],
        format_func=lambda name: names[name] if name else c.t("All topics"),
        key=f"register-topic-{c.language}",
        width=460,
    )
    found = tuple(row for row in rows if not chosen or chosen in row.topics)
    st.markdown(c.n("One reference", "{count} references", len(found)))
    blocks.show(register_table(found, c=c), key="register")
