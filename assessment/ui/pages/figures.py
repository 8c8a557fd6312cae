"""Figures: key figures and the value model, both optional; they change no score."""

import streamlit as st

from assessment.document import chapters
from assessment.document.telling import Teller
from assessment.ui import blocks, reckoning, state
from assessment.ui.figure_fields import ask_figure, ask_input, currency_of
from assessment.ui.frame import bottom, required, way
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain
from assessment.value import figures_asked

opened = required()
known = questionnaire(opened.sheet.questionnaire)
c = state.words()
figures = known.key_figures

st.title(c.t("Figures and value"), anchor=False)
if figures is None:
    st.markdown(c.t("This questionnaire asks for no figures."))
    st.stop()
st.markdown(
    c.t(
        "All of this is optional, and no figure changes a level. Key figures are held against your answers, so that what does not fit "
        "comes up before the board asks. The value model says in three cases what the change may be worth."
    )
)

groups = {group.id: plain(group.label.localize(c.language)) for group in figures.groups}
asked = figures_asked(known, opened.sheet)
currency = currency_of(known, opened, c)
key_figures, model, worth = st.tabs(
    [c.t("Key figures"), c.t("Value model"), c.t("What it may be worth")],
    key=f"figures-{c.language}",
    on_change="rerun",  # only the open one is drawn: what it may be worth takes a plan
)


def pick(used: list[str], key: str) -> str | None:
    """Ask which group to fill in; only one is drawn at a time."""
    if not used:
        return None
    return st.radio(
        c.t("Group"), used, format_func=groups.__getitem__, key=f"{key}-{c.language}", horizontal=True
    )


def show_key_figures() -> None:
    """Draw the key figures of the chosen group."""
    chosen = pick(list(dict.fromkeys(figure.group for figure in asked)), "key-figures-group")
    for figure in asked:
        if figure.group == chosen:
            ask_figure(figure, currency)


inputs = figures.value.inputs if figures.value else ()


def show_model() -> None:
    """Draw the numbers of the value model of the chosen group."""
    st.caption(
        c.t(
            "Where you give no number of your own, the example counts and is called so. Without a fact, what rests on it is left out."
        )
    )
    if inputs and not currency:
        st.info(
            c.t("Choose your currency in the profile, so that every amount says what it is in."),
            icon=":material/payments:",
        )
    chosen = pick(list(dict.fromkeys(each.group for each in inputs)), "value-group")
    for each in inputs:
        if each.group == chosen:
            ask_input(each, currency)


def show_worth() -> None:
    """Draw what the change may be worth."""
    report = reckoning.report(opened)
    shown = tuple(chapters.value(Teller(report, c.language, c)))
    if shown:
        blocks.show(shown, key="value")
    else:
        st.markdown(c.t("Nothing to show yet: give a key figure, or the first numbers of the value model."))


for tab, show in ((key_figures, show_key_figures), (model, show_model), (worth, show_worth)):
    with tab:
        if tab.open:
            show()

with bottom():
    way(c.t("To the questions"), "questions", key="to-questions")
    way(c.t("To the results"), "results", key="to-results", is_on=True)
