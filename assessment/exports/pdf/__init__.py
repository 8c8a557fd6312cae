"""The report as an A4 PDF: vector charts, tagged (PDF/UA-1, PDF/A-2a), same input, same bytes."""

from assessment.brand import UNBRANDED, Brand
from assessment.document import compose
from assessment.exports import Exporter
from assessment.exports.pdf.pages import set_document
from assessment.report import Report
from assessment.values import Variety


def render(report: Report, language: Variety, *, brand: Brand = UNBRANDED) -> bytes:
    """Return the report as PDF in this language.

    Raises:
        ReportError: the report's questionnaire is not written in this language.
    """
    return set_document(compose(report, language, brand=brand), brand)


EXPORTER = Exporter(format="pdf", suffix=".pdf", media_type="application/pdf", render=render)
