"""What each editable format of the report is for."""

from assessment.i18n import N_

PURPOSES = {
    "docx": (N_("Word"), N_("The report as a document whose styles are yours to change.")),
    "pptx": (N_("PowerPoint"), N_("The story for the board as slides, with charts that can be edited.")),
    "xlsx": (N_("Excel"), N_("The answers with formulas: change one, and index, range and level follow.")),
}
"""By format: its name and what it is for."""
