"""What a report says: its language and its chapters, kept while the session lasts."""

import streamlit as st

from assessment.document import parts_of
from assessment.document.parts import NAMES, Part, Parts
from assessment.i18n import Catalogue, catalogue, varieties
from assessment.report import Report
from assessment.ui import state
from assessment.ui.widgets import as_group, key_of
from assessment.values import Variety, language_of

LANGUAGE, LEFT_OUT = "report-language", "report-left-out"
"""What this session remembers of the choice, across pages and languages."""


def chosen_language(report: Report, c: Catalogue) -> Variety:
    """Draw the choice of the report's language and return it; the reader's own to begin with."""
    codes = [code for code in varieties() if language_of(code) in report.questionnaire.languages]
    before = state.shown(LANGUAGE) or c.language
    chosen = st.radio(
        c.t("Language of the report"),
        codes,
        index=codes.index(before) if before in codes else 0,
        format_func=lambda code: catalogue(code).own_name,
        key=f"report-language-{c.language}",
        horizontal=True,
    )
    if chosen != c.language or state.shown(LANGUAGE):
        state.note_shown(LANGUAGE, chosen)
    return chosen


def chosen_parts(report: Report, language: Variety, c: Catalogue) -> Parts:
    """Draw the choice of the chapters that this report can do without and return what it has."""
    group = f"include-{c.language}"
    with st.container(key=group, gap="xsmall"):
        st.markdown(f"**{c.t('What to include')}**")
        st.caption(c.t("Always in it: the page that sums it up, everything at a glance, how sure it is."))
        left_out = tuple(part for part in parts_of(report, language) if not _ticked(part, c))
    as_group(group, c.t("What to include"))
    state.note_shown(LEFT_OUT, left_out)
    if left_out:
        st.caption(
            c.t(
                "What is left out is only not shown: the PDF carries the whole result inside, and with it every answer. The Excel file has them in any case."
            )
        )
    everything = Parts()
    return Parts(chosen=tuple(part for part in everything.chosen if part not in left_out))


def _ticked(part: Part, c: Catalogue) -> bool:
    key = key_of(part, "include", c)
    if not state.has_widget(key):
        state.set_widget(key, part not in (state.shown(LEFT_OUT) or ()))
    return st.checkbox(c.t(NAMES[part]), key=key)
