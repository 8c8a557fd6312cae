"""Profile: the facts that decide which questions, conditions and rules concern this organisation."""

import streamlit as st

from assessment.ui import remembered, state, trail
from assessment.ui.facts import ask
from assessment.ui.frame import bottom, page_of, required
from assessment.ui.offered import questionnaire
from assessment.ui.sharing import sharing

opened = required()
known = questionnaire(opened.sheet.questionnaire)
c = state.words()
choices = [field for field in known.profile if field.type != "yes_no"]
yes_or_no = [field for field in known.profile if field.type == "yes_no"]
given = 0

st.title(c.t("Your organisation"), anchor=False)
st.markdown(
    c.t(
        "These facts decide which questions you see and which rules apply. You can change them at any time; answers already given are kept."
    )
)

with st.container(border=True, key="profile-names"):
    st.header(c.t("Who you are"), anchor=False)
    st.markdown(c.t("For the report; all of it may stay empty."))
    with st.grid(2, min_column_width=260):
        organisation = st.text_input(
            c.t("Organisation"),
            value=opened.subject.organisation,
            max_chars=200,
            key=f"organisation-{opened.id}",
        )
        unit = st.text_input(
            c.t("Unit or team"), value=opened.subject.unit, max_chars=200, key=f"unit-{opened.id}"
        )
        author = st.text_input(
            c.t("Filled in by"), value=opened.subject.author, max_chars=200, key=f"author-{opened.id}"
        )
        held_on = st.date_input(
            c.t("As of"), value=opened.subject.held_on, key=f"held-{opened.id}", format=c.day_pattern
        )
    present = (
        opened.subject.organisation,
        opened.subject.unit,
        opened.subject.author,
        opened.subject.held_on,
    )
    if held_on and (organisation, unit, author, held_on) != present:
        state.writing().save_head(
            opened.id, organisation=organisation, unit=unit, author=author, held_on=held_on
        )

if choices:
    with st.container(border=True, gap="medium", key="profile-choices"):
        st.header(c.t("What you do, and where"), anchor=False)
        for place in choices:
            given += ask(place, opened, c)

if yes_or_no:
    with st.container(border=True, key="profile-yes-no"):
        st.header(c.t("Yes or no"), anchor=False)
        st.markdown(c.t("These decide which legal conditions and rules you are asked about."))
        for place in yes_or_no:
            given += ask(place, opened, c)

with st.container(border=True, key="profile-back"):
    st.header(c.t("How you come back"), anchor=False)
    if state.token() == opened.id:  # a member's way in: it opens nothing to anybody else
        st.markdown(c.t("It is among your clients: sign in, and it is there."))
    else:
        remembered.private_link()
    sharing(opened, c)
    trail.of_assessment(opened, c)

with bottom():
    st.badge(c.t("All changes are saved"), icon=":material/cloud_done:", color="green")
    if known.profile:
        st.markdown(c.t("{given} of {count} facts", given=given, count=len(known.profile)), width="content")
    if st.button(
        c.t("To the questions"), type="primary", icon=":material/arrow_forward:", icon_position="right"
    ):
        st.switch_page(page_of("questions"))
