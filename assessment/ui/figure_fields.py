"""Fields for key figures and for the numbers of the value model: each is saved like an answer, as it is written."""

from typing import Literal

import streamlit as st

from assessment.document.saying import number
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import KeyFigure, ValueInput
from assessment.questions import NumberQuestion
from assessment.ui import state
from assessment.ui.controls import catch_up, keep
from assessment.ui.drafts import Draft
from assessment.ui.frame import guarded
from assessment.ui.offered import questionnaire
from assessment.ui.widgets import as_group, key_of, limits_of, on_screen
from assessment.ui.words import plain

End = Literal["low", "base", "high"]
ENDS: dict[End, str] = {"low": N_("Low"), "base": N_("Expected"), "high": N_("High")}


WIDE = 460
"""Pixels of a field that stands alone."""


def ask_figure(figure: KeyFigure, c: Catalogue) -> None:
    """Draw a key figure with its definition and the field for one's own number."""
    label = figure.label.localize(c.language)
    with st.container(border=True, key=f"card-{figure.id}"):
        st.markdown(f"**{plain(label)}**  \n{plain(figure.formula.localize(c.language))}")
        st.caption(plain(figure.watch_out.localize(c.language)))
        _field(figure.id, limits_of(figure.question.control(), c), "", WIDE)
    as_group(f"card-{figure.id}", label)


def ask_input(each: ValueInput, c: Catalogue) -> None:
    """Draw a number of the value model: the expected one, and both ends of its span."""
    label = each.label.localize(c.language)
    with st.container(border=True, key=f"card-value-{each.id}"):
        st.markdown(f"**{plain(label)}**  \n{limits_of(each.questions[0].control(), c)}")
        st.caption(plain(each.note.localize(c.language)))
        for end, place in zip(ENDS, st.columns(len(ENDS)), strict=True):
            example = number(getattr(each.example, end), c) if each.example is not None else ""
            with place:
                _field(
                    each.key(end), c.t(ENDS[end]), c.t("example: {number}", number=example) if example else ""
                )
    as_group(f"card-value-{each.id}", label)


@st.fragment
def _field(identifier: str, label: str, example: str, width: int | Literal["stretch"] = "stretch") -> None:
    """Draw one field of the open assessment and save what changes."""
    c = state.words()
    with guarded(c, part=identifier):
        opened = state.assessment()
        if opened is None:
            return
        question: NumberQuestion = questionnaire(opened.sheet.questionnaire).figures_by_id[identifier]
        catch_up(question, opened.sheet.by_question.get(identifier), opened.revision(identifier), c)
        key = key_of(identifier, "written", c)
        st.text_input(label, key=key, max_chars=40, placeholder=example or None, width=width)
        keep(opened, question, on_screen(question, c) or Draft(), c)
