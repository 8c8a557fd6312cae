"""Start: what this is, and the ways in: new, continue by link, sample, from a file."""

import streamlit as st

from assessment.errors import AnswersError
from assessment.findings import capabilities
from assessment.loader import holds_report
from assessment.ui import state
from assessment.ui.frame import guarded, page_of, tell
from assessment.ui.offered import main_one, minutes_of, offered, questionnaire, sample
from assessment.ui.resuming import resume
from assessment.ui.words import plain

c = state.words()
known = state.chosen_questionnaire()
worked = sample(known.id, c.language)
has_short = any(question.short for question in known.questions_by_id.values())


def choose() -> None:
    """Follow the menu of questionnaires."""
    state.choose_questionnaire(str(state.widget(f"questionnaire-{c.language}")))


if known.id == main_one():
    st.title(c.t("Where does your customer service stand, and what comes next?"), anchor=False)
else:
    st.title(plain(known.title.localize(c.language)), anchor=False)
if len(offered()) > 1:
    titles = {name: questionnaire(name).title.localize(c.language) for name in offered()}
    menu = f"questionnaire-{c.language}"
    state.set_widget(menu, known.id)
    st.selectbox(
        c.t("Questionnaire"), list(titles), format_func=titles.__getitem__, key=menu, on_change=choose
    )
st.markdown(plain(known.introduction.localize(c.language)))

if state.token():
    with guarded(c, part="resume"):
        resume()

st.header(c.t("Start a new assessment"), anchor=False)
with st.grid(2, min_column_width=280):
    if has_short:
        with st.container(border=True, height="stretch"):
            st.subheader(
                c.t("Short: about {minutes} minutes", minutes=minutes_of(known, short=True)), anchor=False
            )
            st.markdown(
                c.t(
                    "The questions that say most about each of the {count} capabilities, and every legal condition.",
                    count=len(capabilities(known)),
                )
                if known.legal
                else c.t("The questions that say most.")
            )
            if st.button(c.t("Start the short version"), type="primary", icon=":material/bolt:"):
                state.begin(known, short=True)
                st.switch_page(page_of("profile"))
    with st.container(border=True, height="stretch"):
        st.subheader(
            c.t("Complete: about {minutes} minutes", minutes=minutes_of(known, short=False)), anchor=False
        )
        if known.measures and known.legal:
            st.markdown(
                c.t("Every question, for a picture that carries a roadmap and a decision by the board.")
            )
        elif known.measures:
            st.markdown(c.t("Every question, for a picture that shows what to do next."))
        else:
            st.markdown(c.t("Every question, for a picture that carries a decision."))
        if st.button(
            c.t("Start the complete version"),
            type="secondary" if has_short else "primary",
            icon=":material/checklist:",
        ):
            state.begin(known, short=False)
            st.switch_page(page_of("profile"))
    if worked:
        with st.container(border=True, height="stretch"):
            sheet, subject = worked
            st.subheader(c.t("Look at a sample first"), anchor=False)
            st.markdown(
                c.t(
                    "{organisation}, answered completely. It is a copy of your own: change what you like.",
                    organisation=plain(subject.organisation),
                )
            )
            if st.button(c.t("Open the sample"), icon=":material/visibility:"):
                state.take_in(sheet, subject)
                st.switch_page(page_of("results"))
    with st.container(border=True, height="stretch"):
        st.subheader(c.t("Continue"), anchor=False)
        typed = st.text_input(c.t("Your private link"), placeholder="http…/?a=…", key="continue-link")
        if st.button(c.t("Continue"), icon=":material/login:") and typed:
            state.open_link(typed.rsplit(f"{state.LINK}=", 1)[-1].split("&")[0].strip())
            st.rerun()
        upload = st.file_uploader(
            c.t("Or a file with answers or a report (PDF or JSON)"), type=["pdf", "json"], key="continue-file"
        )
        if upload is not None and holds_report(upload.getvalue()):
            if st.button(c.t("Assess again and compare"), type="primary", icon=":material/history:"):
                try:
                    state.assess_again(upload.getvalue(), upload.name)
                except AnswersError as error:
                    tell(error, c)
                else:
                    st.switch_page(page_of("profile"))
            st.caption(
                c.t(
                    "Begins with the answers of that time. Change what is no longer so; the result then says what has changed."
                )
            )
        if upload is not None and st.button(c.t("Open the file"), icon=":material/upload_file:"):
            try:
                state.hand_in(upload.getvalue(), upload.name)
            except AnswersError as error:
                tell(error, c)
            else:
                st.switch_page(page_of("results"))

st.header(c.t("What happens with your data"), anchor=False)
st.markdown(
    c.t(
        "Your answers stay on the computer that runs this app. Nothing is sent anywhere, nobody is counted, and nothing is "
        "loaded from outside. Each answer is saved as soon as you give it."
    )
)
