"""Report: what it says, in which language and in whose name; its pages as their reader gets them; the files."""

import json
import re

import streamlit as st

from assessment.exports import EXPORTERS
from assessment.loader import sheet_as_data, workshop_as_data
from assessment.store import Right
from assessment.ui import reckoning, roles, state, too_early
from assessment.ui.branding import branding
from assessment.ui.deferred import given_out
from assessment.ui.formats import PURPOSES
from assessment.ui.frame import required
from assessment.ui.included import chosen_language, chosen_parts
from assessment.ui.preview import Wanted, body_of, preview

opened = required()
c = state.words()
if not too_early.ready(opened, c, page="report"):
    st.stop()
report = reckoning.report(opened)

st.title(c.t("Take it to the board"), anchor=False)
if report.questionnaire.measures and report.legal:
    st.markdown(
        c.t(
            "The report starts with one page of decisions. What else it says, in which language and in whose name, you choose here. "
            "The preview shows the pages as their reader gets them."
        )
    )
else:
    st.markdown(
        c.t(
            "The report starts with one page that sums it up. What else it says, in which language and in whose name, you choose here. "
            "The preview shows the pages as their reader gets them."
        )
    )

EXPORTER = {exporter.format: exporter for exporter in EXPORTERS}
stem = (
    re.sub(r"[^\w-]+", "-", report.subject.organisation, flags=re.UNICODE).strip("-").lower() or "assessment"
)
name = f"{stem}-{report.subject.held_on.isoformat()}"

choices, pages = st.columns([4, 7], gap="large")
with choices:
    language = chosen_language(report, c)
    brand = branding(opened, c) if roles.may(opened, Right.CHANGE) else opened.brand
    wanted = Wanted(language, brand, chosen_parts(report, language, c))
    st.download_button(
        c.t("Download the PDF"), given_out(state.who(), opened.id, "pdf", body_of, "pdf", opened, wanted), f"{name}-{language}.pdf", EXPORTER["pdf"].media_type,
        type="primary", icon=":material/picture_as_pdf:", on_click="ignore", key="pdf", width="stretch",
    )  # fmt: skip
    st.caption(
        c.t(
            "For reading, printing and handing over. Accessible, with bookmarks and links; the next assessment can begin from it."
        )
    )

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
                    given_out(state.who(), opened.id, exporter.format, body_of, exporter.format, opened, wanted),
                    f"{name}-{language}{exporter.suffix}", exporter.media_type,
                    icon=":material/download:", on_click="ignore", key=exporter.format,
                )  # fmt: skip

st.header(c.t("To keep"), anchor=False)
with st.grid(2, min_column_width=260):
    with st.container(border=True, height="stretch"):
        st.subheader(c.t("Result as data"), anchor=False)
        st.markdown(
            c.t(
                "The whole result with its questionnaire (JSON): opens again on the start page, today or in a year."
            )
        )
        st.download_button(
            c.t("Download the result"), given_out(state.who(), opened.id, "json", body_of, "json", opened, wanted), f"{name}.json", EXPORTER["json"].media_type,
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
        kept = {**head, **sheet_as_data(report.sheet), **workshop_as_data(report.workshop)}
        st.download_button(
            c.t("Download the answers"), given_out(state.who(), opened.id, "answers", lambda: json.dumps(kept, ensure_ascii=False, indent=2).encode()),
            f"{name}-answers.json", "application/json", icon=":material/save:", on_click="ignore", key="answers",
        )  # fmt: skip

with pages:  # last, so that everything else is there while the pages are made
    preview(opened, wanted, c)
