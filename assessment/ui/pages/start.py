"""Start: what this is, and the ways in: new, continue by link, sample, from a file."""

from math import ceil

import streamlit as st

from assessment.answers import AnswerSheet, progress
from assessment.errors import AnswersError
from assessment.findings import capabilities
from assessment.loader import questionnaire_ids, read_upload
from assessment.ui import state
from assessment.ui.frame import page_of, tell
from assessment.ui.words import plain

c = state.words()
known = state.default_questionnaire()
if len(questionnaire_ids()) > 1:
    titles = {name: state.questionnaire(name).title.localize(c.language) for name in questionnaire_ids()}
    known = state.questionnaire(
        st.selectbox(
            c.t("Questionnaire"),
            list(titles),
            index=list(titles).index(known.id),
            format_func=titles.__getitem__,
        )
    )


def minutes(*, short: bool) -> int:
    """Return the time that a whole edition takes, in steps of five minutes."""
    empty = AnswerSheet(questionnaire=known.id, version=known.version, short=short)
    return 5 * ceil(progress(known, empty).minutes_left / 5)


def begin(*, short: bool) -> None:
    """Make an empty assessment and open it."""
    made = state.store().create(known.id, known.version, language=c.language, short=short)
    state.open_link(made.token)


def hand_in(raw: bytes, name: str) -> None:
    """Make an assessment of an answers file or report and open it."""
    _, sheet, subject = read_upload(raw, name)
    state.open_link(state.store().put(sheet, subject, language=c.language).token)


def resume() -> None:
    """Show the open assessment: its private link and the way on."""
    opened = state.assessment()
    if opened is None:
        return
    done = progress(state.questionnaire(opened.sheet.questionnaire), opened.sheet)
    with st.container(border=True):
        name = opened.subject.organisation or c.t("Your assessment")
        st.header(plain(name), anchor=False)
        st.progress(
            done.share,
            text=c.t("{answered} of {asked} questions answered", answered=done.answered, asked=done.asked),
        )
        st.text_input(
            c.t("Your private link"),
            value=state.address(),
            help=c.t(
                "Whoever has this link can read and change the answers. It opens the assessment on any device."
            ),
            key=f"link-{state.token()}",
        )
        st.markdown(c.t("Copy the link and keep it: it is the only way back to your answers."))
        with st.container(horizontal=True):
            if st.button(c.t("Go on with the questions"), type="primary", icon=":material/arrow_forward:"):
                st.switch_page(page_of("questions" if opened.sheet.profile else "profile"))
            if st.button(c.t("See the results"), icon=":material/monitoring:"):
                st.switch_page(page_of("results"))
            if opened.sheet.short and st.button(
                c.t("Widen to the complete version"), icon=":material/unfold_more:"
            ):
                state.store().save_head(opened.id, short=False)
                st.switch_page(page_of("questions"))
            if st.button(c.t("Close this assessment"), icon=":material/close:"):
                state.open_link(None)
                st.rerun()


st.title(c.t("Where does your customer service stand, and what comes next?"), anchor=False)
st.markdown(plain(known.introduction.localize(c.language)))

if state.token():
    resume()

st.header(c.t("Start a new assessment"), anchor=False)
with st.grid(2, min_column_width=280):
    with st.container(border=True, height="stretch"):
        st.subheader(c.t("Short: about {minutes} minutes", minutes=minutes(short=True)), anchor=False)
        st.markdown(
            c.t(
                "The questions that say most about each of the {count} capabilities, and every legal condition.",
                count=len(capabilities(known)),
            )
        )
        if st.button(c.t("Start the short version"), type="primary", icon=":material/bolt:"):
            begin(short=True)
            st.switch_page(page_of("profile"))
    with st.container(border=True, height="stretch"):
        st.subheader(c.t("Complete: about {minutes} minutes", minutes=minutes(short=False)), anchor=False)
        st.markdown(c.t("Every question, for a picture that carries a roadmap and a decision by the board."))
        if st.button(c.t("Start the complete version"), icon=":material/checklist:"):
            begin(short=False)
            st.switch_page(page_of("profile"))
    with st.container(border=True, height="stretch"):
        sheet, subject = state.sample(c.language)
        st.subheader(c.t("Look at a sample first"), anchor=False)
        st.markdown(
            c.t(
                "{organisation}, answered completely. It is a copy of your own: change what you like.",
                organisation=plain(subject.organisation),
            )
        )
        if st.button(c.t("Open the sample"), icon=":material/visibility:"):
            state.open_link(state.store().put(sheet, subject, language=c.language).token)
            st.switch_page(page_of("results"))
    with st.container(border=True, height="stretch"):
        st.subheader(c.t("Continue"), anchor=False)
        typed = st.text_input(c.t("Your private link"), placeholder="http…/?a=…", key="continue-link")
        if st.button(c.t("Continue"), icon=":material/login:") and typed:
            state.open_link(typed.rsplit(f"{state.LINK}=", 1)[-1].split("&")[0].strip())
            st.rerun()
        upload = st.file_uploader(
            c.t("Or a file with answers or a report (JSON)"), type=["json"], key="continue-file"
        )
        if upload is not None and st.button(c.t("Open the file"), icon=":material/upload_file:"):
            try:
                hand_in(upload.getvalue(), upload.name)
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
