"""Questionnaires in and out of workbooks: our own template, XLSForm, and JSON."""

from assessment.authoring.bringing_in import BroughtIn, bring_in
from assessment.authoring.example import an_example
from assessment.authoring.folder import refuse_folder, write_folder
from assessment.authoring.writing import write_workbook

__all__ = ["BroughtIn", "an_example", "bring_in", "refuse_folder", "write_folder", "write_workbook"]
