"""The report as a Word document to be edited: set in styles, with real headings, contents, lists, tables and links."""

from assessment.brand import UNBRANDED, Brand
from assessment.document import compose
from assessment.document.parts import EVERYTHING, Parts
from assessment.exports import Exporter
from assessment.exports.docx.pages import set_document
from assessment.report import Report
from assessment.values import Variety

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return the report as a Word document in this language.

    Raises:
        ReportError: the report's questionnaire is not written in this language.
    """
    return set_document(compose(report, language, brand=brand, parts=parts), brand)


EXPORTER = Exporter(format="docx", suffix=".docx", media_type=MEDIA_TYPE, render=render)
