"""The report as an A4 PDF: vector charts, tagged (PDF/UA-1, PDF/A-3a), the report itself inside, same input, same bytes."""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from assessment.brand import UNBRANDED, Brand
from assessment.document import as_text, compose
from assessment.document.blocks import Document, Paragraph
from assessment.document.parts import EVERYTHING, Parts
from assessment.exports import Exporter
from assessment.i18n import catalogue
from assessment.report import Report
from assessment.values import Model, Variety

if TYPE_CHECKING:
    from assessment.exports.pdf.embedding import Attachment

REPORT = "report.json"
EDITION = "edition.json"
"""The files inside the PDF."""
KEPT = 600
"""Characters that are kept of each text where a page cannot hold it."""


class Edition(Model):
    """How a report was set, so that it can be set again."""

    language: Variety
    brand: Brand
    parts: Annotated[Parts, Field(exclude_if=lambda parts: parts == EVERYTHING)] = EVERYTHING


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return the report as PDF in this language.

    Raises:
        ReportError: the report's questionnaire is not written in this language.
    """
    from reportlab.platypus.doctemplate import LayoutError  # a third of a second that only pages need

    from assessment.exports.pdf.pages import set_document

    files = _inside(report, language, brand, parts)
    told = _told(report, language, brand, parts)
    try:
        return set_document(told, brand, files=files)
    except LayoutError:  # no page is large enough for something: better a report with shorter texts than none
        c = catalogue(language)
        cut = _with(
            _cut(told),
            c.t("Long texts are cut in this report, because they did not fit on a page."),
        )
        return set_document(cut, brand, files=files)


def _told(report: Report, language: Variety, brand: Brand, parts: Parts) -> Document:
    """Return the document, with a note if it shows some characters otherwise than they were written."""
    document = compose(report, language, brand=brand, parts=parts)
    told = _replaced(document)
    return _with(document, told) if told else document


def notice(report: Report, language: Variety, parts: Parts = EVERYTHING) -> str:
    """Return what is shown otherwise than it was written: characters that the typeface lacks."""
    return _replaced(compose(report, language, parts=parts))


def _replaced(document: Document) -> str:
    from assessment.exports.pdf.spelling import replaced

    strange = replaced(as_text(document))
    if not strange:
        return ""
    return catalogue(document.language).n(
        "One character is not in the typeface of the report; a box □ stands in its place.",
        "{count} characters are not in the typeface of the report; boxes □ stand in their place.",
        len(strange),
    )


def _with(document: Document, note: str) -> Document:
    """Return the document with a note at its end."""
    blocks = (*document.blocks, Paragraph(text=note, style="small"))
    return document.model_copy(update={"blocks": blocks})


def _cut(document: Document) -> Document:
    from assessment.exports.spelling import CUT

    def cut(part: Any) -> Any:
        match part:
            case str() if len(part) > KEPT:
                return part[:KEPT].rsplit(" ", 1)[0] + CUT
            case dict():
                return {key: cut(value) for key, value in part.items()}
            case list() | tuple():
                return [cut(value) for value in part]
            case _:
                return part

    return Document.model_validate(cut(document.model_dump()))


def _inside(
    report: Report, language: Variety, brand: Brand, parts: Parts = EVERYTHING
) -> "tuple[Attachment, ...]":
    """Return the files that travel inside: what the pages were made from, and how."""
    from assessment.exports.pdf.embedding import Attachment

    c = catalogue(language)
    return (
        Attachment.of(
            REPORT,
            report.__pydantic_serializer__.to_json(report, by_alias=True),
            media_type="application/json",
            description=c.t("The report as data: answers, questionnaire, scores, plan"),
            relation="Source",
        ),
        Attachment.of(
            EDITION,
            Edition(language=language, brand=brand, parts=parts).model_dump_json().encode(),
            media_type="application/json",
            description=c.t("Language and brand of these pages"),
            relation="Data",
        ),
    )


EXPORTER = Exporter(format="pdf", suffix=".pdf", media_type="application/pdf", render=render, notice=notice)
