"""The plan taken along: a spreadsheet, a calendar, a diagram, a project."""

import re

import streamlit as st

from assessment.document.telling import Teller
from assessment.exports import Exporter
from assessment.exports.plan import PLAN_EXPORTERS
from assessment.i18n import N_
from assessment.store import Assessment
from assessment.ui import reckoning, state
from assessment.ui.deferred import given_out

FORMATS = {
    "csv": (
        N_("Table"),
        N_("For a spreadsheet: each measure with its dates, effort and reasons, the postponed ones, too."),
    ),
    "ics": (
        N_("Calendar"),
        N_("An entry for each measure, for any calendar. Taken in again, it moves what it knows."),
    ),
    "mermaid": (N_("Diagram"), N_("A Gantt chart as text (Mermaid), which wikis and repositories draw.")),
    "msproject": (
        N_("Project"),
        N_("For Microsoft Project and programs that read its XML: tasks, dependencies, dates."),
    ),
}
"""By format: its name and what it is for."""


def take_along(opened: Assessment, tell: Teller) -> None:
    """Draw a button for each format; a file is made when it is pressed, of the plan as it is then."""
    c, report = tell.c, tell.report
    whose = re.sub(r"[^\w-]+", "-", report.subject.organisation, flags=re.UNICODE).strip("-").lower()
    stem = f"{whose or 'assessment'}-{report.subject.held_on.isoformat()}-plan-{c.language}"
    st.header(c.t("Take the plan along"), anchor=False)
    with st.grid(2, min_column_width=260):
        for exporter in PLAN_EXPORTERS:
            name, purpose = FORMATS[exporter.format]
            with st.container(border=True, height="stretch"):
                st.subheader(c.t(name), anchor=False)
                st.markdown(c.t(purpose))
                st.download_button(
                    c.t("Download as {format}", format=exporter.suffix.removeprefix(".").upper()),
                    given_out(state.who(), opened.id, exporter.format, _rendered, exporter, opened),
                    f"{stem}{exporter.suffix}",
                    exporter.media_type,
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"plan-{exporter.format}",
                )


def _rendered(exporter: Exporter, opened: Assessment) -> bytes:
    return exporter.render(reckoning.report(opened), state.words().language)
