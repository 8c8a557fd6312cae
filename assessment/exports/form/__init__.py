"""A questionnaire as a workbook to fill in without this program: explained, with lists to choose from, and read back by its ids."""

from assessment.exports.form.writing import render_form

__all__ = ["render_form"]
