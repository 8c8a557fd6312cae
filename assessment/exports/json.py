"""The Report itself as JSON: sorted, indented, and equal to the report when read back."""

import json

from assessment.brand import UNBRANDED, Brand
from assessment.document.parts import EVERYTHING, PARTS, Parts
from assessment.exports import Exporter
from assessment.report import Report
from assessment.values import Variety


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return the report as JSON: every language of its questionnaire, whatever `language` is, and nobody's colours;
    always whole, because it opens again and is compared with."""
    data = report.model_dump(mode="json", by_alias=True)
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n").encode()


def parse(content: bytes) -> Report:
    """Read a report back.

    Raises:
        pydantic.ValidationError: the content is not a report of this schema.
    """
    return Report.model_validate_json(content)


EXPORTER = Exporter(format="json", suffix=".json", media_type="application/json", render=render, keeps=PARTS)
