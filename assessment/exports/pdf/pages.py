# mypy: disallow-subclassing-any=False
"""Pages with head and foot, and a document set in a single pass."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate
from reportlab.platypus import PageBreak as NewPage

from assessment.brand import UNBRANDED, Brand, palette_of
from assessment.document.blocks import Cover, Document
from assessment.exports.pdf.canvas import TaggedCanvas
from assessment.exports.pdf.cover_page import CoverPage
from assessment.exports.pdf.embedding import Attachment
from assessment.exports.pdf.faces import REGULAR, register
from assessment.exports.pdf.flowables import Furniture
from assessment.exports.pdf.layout import Setter
from assessment.exports.pdf.lettering import fitted
from assessment.exports.pdf.spelling import one_line
from assessment.exports.pdf.styles import (
    BOTTOM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
)
from assessment.i18n import catalogue

CREATOR = "transformation-assessment"


def set_document(document: Document, brand: Brand = UNBRANDED, *, files: Sequence[Attachment] = ()) -> bytes:
    """Return the document as PDF, with files inside it."""
    register()
    palette = palette_of(brand)
    setter = Setter(document, catalogue(document.language), palette)
    story: list[Flowable] = [
        CoverPage(block, palette, brand.logo) for block in document.blocks if isinstance(block, Cover)
    ]
    story += [NextPageTemplate("body"), NewPage(), *setter.story()]
    target = _Kept()

    def canvas(*args: Any, **kwargs: Any) -> TaggedCanvas:
        made = TaggedCanvas(*args, **kwargs)
        made.files = files
        return made

    pages = _Pages(target, document)
    del document, setter  # said already: what follows takes as much memory again
    pages.build(story, canvasmaker=canvas)
    return target.content


class _Kept:
    """A file that keeps what is written to it in one go, without a copy."""

    content = b""

    def write(self, content: bytes) -> None:
        """Keep it."""
        self.content = content


class _Pages(BaseDocTemplate):
    """A4 with a full-bleed cover."""

    def __init__(self, target: _Kept, document: Document) -> None:
        super().__init__(
            target,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=one_line(document.title),
            author=one_line(document.author or document.organisation),
            subject=one_line(document.subject),
            creator=CREATOR,
            lang=document.language,
            initialFontName=REGULAR,
            displayDocTitle=True,
            invariant=1,
            pageCompression=1,
        )
        # The running words are cut to half the width each, so that they never meet.
        self.furniture = Furniture(
            fitted(document.title, REGULAR, 7.4, TEXT_WIDTH * 0.5),
            fitted(document.running_foot, REGULAR, 7.4, TEXT_WIDTH * 0.8),
        )
        full = Frame(0, 0, PAGE_WIDTH, PAGE_HEIGHT, 0, 0, 0, 0)
        body = Frame(SIDE, BOTTOM, TEXT_WIDTH, TEXT_HEIGHT, 0, 0, 0, 0)
        self.addPageTemplates(
            [PageTemplate("cover", [full]), PageTemplate("body", [body], onPageEnd=self._finish)]
        )

    def _finish(self, canvas: TaggedCanvas, _: Any) -> None:
        canvas.section = fitted(canvas.section, REGULAR, 7.4, TEXT_WIDTH * 0.45)
        self.furniture.draw(canvas, left=SIDE, right=PAGE_WIDTH - SIDE, top=PAGE_HEIGHT - 40, bottom=30)
