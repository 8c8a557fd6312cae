"""Contributions: what others answer in forms and by personal links, and how it is put together with the assessment."""

import streamlit as st

from assessment.ui import state
from assessment.ui.frame import bottom, required, tell_trouble, way
from assessment.ui.handing_in import take_along, take_in
from assessment.ui.inviting import invite, people
from assessment.ui.merging import merge
from assessment.ui.offered import questionnaire

opened = required()
known = questionnaire(opened.sheet.questionnaire)
c = state.words()
everybody = state.store().contributions.all(opened.id)

st.title(c.t("Answers of others"), anchor=False)
st.markdown(
    c.t(
        "Let those answer who know best, apart from one another. You then see where they differ and decide what stands."
    )
)
tell_trouble(c)
if everybody:
    merge(opened, known, everybody, c)
invite(opened, c)
people(opened, known, everybody, c)
take_along(opened, known, c)
take_in(opened, known, everybody, c)

with bottom():
    way(c.t("To the review"), "review", key="to-review")
    way(c.t("To the workshop"), "workshop", key="to-workshop", icon=":material/groups:")
