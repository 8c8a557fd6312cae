"""The plan alone, in the formats of the programs that people plan with."""

from assessment.exports.plan.csv import EXPORTER as CSV
from assessment.exports.plan.ics import EXPORTER as ICS
from assessment.exports.plan.mermaid import EXPORTER as MERMAID
from assessment.exports.plan.msproject import EXPORTER as MSPROJECT

PLAN_EXPORTERS = (CSV, ICS, MERMAID, MSPROJECT)
"""A spreadsheet, a calendar, a diagram, a project; each is rendered like a report."""
