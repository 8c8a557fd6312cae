"""The report as a 16:9 presentation: native charts and tables, the theme's colours, notes for who presents."""

from assessment.brand import UNBRANDED, Brand
from assessment.document import compose
from assessment.document.parts import EVERYTHING, Parts
from assessment.exports import Exporter
from assessment.report import Report
from assessment.values import Variety


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return the report as slides in this language.

    Raises:
        ReportError: the report's questionnaire is not written in this language.
    """
    from assessment.exports.pptx.story import presented  # a quarter of a second that only slides need

    return presented(compose(report, language, brand=brand, parts=parts), brand)


EXPORTER = Exporter(
    format="pptx",
    suffix=".pptx",
    media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
    render=render,
)
