"""Review: what is missing, contradictory or unproven before one looks at the result; each with the way there."""

import streamlit as st

from assessment.document.telling import Teller
from assessment.ui import reckoning, reviewing, state
from assessment.ui.frame import bottom, page_of, required, way
from assessment.ui.outline import answered, minutes_left
from assessment.ui.rooms import rooms_of

opened = required()
c = state.words()
report = reckoning.report(opened)
tell = Teller(report, c.language, c)
rooms = rooms_of(report.questionnaire, opened.sheet)
done = report.progress

st.title(c.t("Before you look at the result"), anchor=False)
st.progress(
    done.share,
    text=f"{answered(done, c)} · {minutes_left(done, c)}",
)
kinds = (
    (
        reviewing.missing_facts(tell),
        c.t("Facts of the profile are missing"),
        c.t("They decide which questions and rules concern you."),
        ":material/domain:",
        "facts",
    ),
    (
        reviewing.open_rooms(rooms, c),
        c.t("Questions are open"),
        c.t("Each open question widens the range of the result. “We don't know” is an answer, too."),
        ":material/radio_button_unchecked:",
        "open",
    ),
    (
        reviewing.doubtful(tell, rooms),
        c.t("Worth asking about again"),
        c.t("These answers hardly go together, or came very easily. They stand as given; ask once more and change what is not so."),
        ":material/help:",
        "doubts",
    ),
    (
        reviewing.without_proof(tell, rooms),
        c.t("Without proof so far"),
        c.t("In the confirmed result these answers count only up to level {level} until evidence is named.", level=report.questionnaire.unproven_counts_as),
        ":material/edit_note:",
        "proof",
    ),
    (
        reviewing.with_state(tell, rooms, wanted="unknown"),
        c.t("Not known"),
        c.t("Somebody else may know. Until then the result shows a range."),
        ":material/question_mark:",
        "unknown",
    ),
    (
        reviewing.with_state(tell, rooms, wanted="not_applicable"),
        c.t("Said not to apply"),
        c.t("These questions do not count. See whether each reason convinces you when you read it again."),
        ":material/block:",
        "aside",
    ),
)  # fmt: skip
if not any(points for points, *_ in kinds):
    st.success(
        c.t("Every question is answered, nothing contradicts, and nothing lacks proof."),
        icon=":material/check_circle:",
    )
for points, title, why, sign, key in kinds:
    reviewing.show(points, title=title, why=why, sign=sign, key=key)

if opened.sheet.short:
    with st.container(border=True):
        st.header(c.t("You have the short version"), anchor=False)
        st.markdown(
            c.t(
                "The complete version asks more about each capability and narrows the range. Every answer you have given stays."
            )
        )
        if st.button(c.t("Widen to the complete version"), icon=":material/unfold_more:"):
            state.writing().save_head(opened.id, short=False)
            st.switch_page(page_of("questions"))

with st.container(border=True, key="others"):
    st.header(c.t("Others know more?"), anchor=False)
    st.markdown(
        c.t("Send them a personal link or a form to fill in. Nothing is taken over before you have seen it.")
    )
    way(c.t("Answers of others"), "contributions", key="to-contributions", icon=":material/group_add:")

with bottom():
    if st.button(c.t("Back to the questions"), icon=":material/arrow_back:"):
        st.switch_page(page_of("questions"))
    if st.button(
        c.t("To the results"), type="primary", icon=":material/arrow_forward:", icon_position="right"
    ):
        st.switch_page(page_of("results"))
