"""Report: the PDF for the board and the data, in the language one chooses."""

import json
import re
from functools import partial

import streamlit as st

from assessment.exports import EXPORTERS
from assessment.i18n import catalogue, varieties
from assessment.loader import sheet_as_data
from assessment.ui import state
from assessment.ui.branding import branding
from assessment.ui.formats import PURPOSES
from assessment.ui.frame import required
from assessment.values import language_of

opened = required()
c = state.words()
report = state.report(opened)

st.title(c.t("Take it to the board"), anchor=False)
if report.questionnaire.measures and report.legal:
    st.markdown(
        c.t(
            "The report starts with one page of decisions. Then come the dimensions, the legal status, the roadmap, each measure, "
            "every answer and the method. All in one language, which you choose here."
        )
    )
else:
    st.markdown(
        c.t(
            "The report starts with one page that sums it up. Then come the dimensions, every answer and the method. "
            "All in one language, which you choose here."
        )
    )
EXPORTER = {exporter.format: exporter for exporter in EXPORTERS}
codes = [code for code in varieties() if language_of(code) in report.questionnaire.languages]
language = st.radio(
    c.t("Language of the report"),
    codes,
    index=codes.index(c.language) if c.language in codes else 0,
    format_func=lambda code: catalogue(code).own_name,
    key=f"report-language-{c.language}",
    horizontal=True,
)
stem = (
    re.sub(r"[^\w-]+", "-", report.subject.organisation, flags=re.UNICODE).strip("-").lower() or "assessment"
)
name = f"{stem}-{report.subject.held_on.isoformat()}"


brand = branding(opened, c)


def render(form: str) -> bytes:
    """Make the report; called when the button is pressed."""
    return EXPORTER[form].render(state.report_to_hand_over(opened), language, brand=brand)


with st.grid(3, min_column_width=260):
    with st.container(border=True, height="stretch"):
        st.subheader(c.t("PDF report"), anchor=False)
        st.markdown(
            c.t(
                "For reading, printing and handing over. Accessible, with bookmarks and links; the next assessment can begin from it."
            )
        )
        st.download_button(
            c.t("Download the PDF"), lambda: render("pdf"), f"{name}-{language}.pdf", EXPORTER["pdf"].media_type,
            type="primary", icon=":material/picture_as_pdf:", on_click="ignore", key="pdf",
        )  # fmt: skip
        if notice := EXPORTER["pdf"].notice(report, language):
            st.caption(notice)
    with st.container(border=True, height="stretch"):
        st.subheader(c.t("Result as data"), anchor=False)
        st.markdown(
            c.t(
                "The whole result with its questionnaire (JSON): opens again on the start page, today or in a year."
            )
        )
        st.download_button(
            c.t("Download the result"), lambda: render("json"), f"{name}.json", EXPORTER["json"].media_type,
            icon=":material/data_object:", on_click="ignore", key="json",
        )  # fmt: skip
    with st.container(border=True, height="stretch"):
        st.subheader(c.t("Answers only"), anchor=False)
        st.markdown(
            c.t(
                "Your answers as a small file: to keep, to move to another computer, to score on the command line."
            )
        )
        head = {key: str(value) for key, value in report.subject.model_dump().items() if value}
        st.download_button(
            c.t("Download the answers"), lambda: json.dumps({**head, **sheet_as_data(report.sheet)}, ensure_ascii=False, indent=2).encode(),
            f"{name}-answers.json", "application/json", icon=":material/save:", on_click="ignore", key="answers",
        )  # fmt: skip

editable = [exporter for exporter in EXPORTERS if exporter.format not in ("pdf", "json")]
if editable:
    st.header(c.t("To work on"), anchor=False)
    with st.grid(3, min_column_width=260):
        for exporter in editable:
            title, purpose = PURPOSES.get(exporter.format, (exporter.format.upper(), ""))
            with st.container(border=True, height="stretch"):
                st.subheader(c.t(title), anchor=False)
                if purpose:
                    st.markdown(c.t(purpose))
                st.download_button(
                    c.t("Download as {format}", format=exporter.suffix.removeprefix(".").upper()),
                    partial(render, exporter.format), f"{name}-{language}{exporter.suffix}", exporter.media_type,
                    icon=":material/download:", on_click="ignore", key=exporter.format,
                )  # fmt: skip
