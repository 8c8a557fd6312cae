# mypy: disallow-subclassing-any=False
"""The cover: brand colour to the edge, the organisation's own radar as motif."""

from dataclasses import dataclass
from math import cos, pi, sin

from reportlab.lib.colors import Color, white
from reportlab.platypus import Flowable

from assessment.document.blocks import Cover
from assessment.exports.pdf.canvas import TaggedCanvas
from assessment.exports.pdf.faces import LIGHT, REGULAR, SEMIBOLD
from assessment.exports.pdf.lettering import fitted, wrapped
from assessment.exports.pdf.styles import PAGE_HEIGHT, PAGE_WIDTH, SIDE, TEXT_WIDTH, hexed, mixed
from assessment.theme import LIGHT as PAPER


@dataclass(frozen=True)
class _Ink:
    """How words on the cover look."""

    font: str
    size: float
    colour: Color
    tag: str = "P"


GROUND = mixed(PAPER.brand, PAPER.ink, 0.62)
SOFT = mixed(PAPER.brand, PAPER.paper, 0.62)
EYEBROW = _Ink(REGULAR, 11, mixed(PAPER.accent, PAPER.paper, 0.25))
TITLE = _Ink(LIGHT, 42, white, "H1")
WHOSE = _Ink(SEMIBOLD, 13, white)
DETAIL = _Ink(REGULAR, 10, white)
FIGURE = _Ink(LIGHT, 25, white)
LABEL = _Ink(REGULAR, 8, SOFT)
FOOTNOTE = _Ink(REGULAR, 7.5, SOFT)

LEADING = 1.15


class CoverPage(Flowable):
    """The first page."""

    def __init__(self, cover: Cover) -> None:
        super().__init__()
        self.cover = cover

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Take the page."""
        self.width, self.height = aW, aH
        return aW, aH - 1

    def draw(self) -> None:
        """Draw ground, motif, title, details and key figures."""
        c: TaggedCanvas = self.canv
        cover = self.cover
        c.setFillColor(GROUND)
        c.rect(-3, -3, PAGE_WIDTH + 6, PAGE_HEIGHT + 6, stroke=0, fill=1)
        self._motif(c)
        y = PAGE_HEIGHT * 0.47
        y -= self._say(c, EYEBROW, words=cover.eyebrow, place=(SIDE, y, 320)) + 36
        y -= self._say(c, TITLE, words=cover.title, place=(SIDE, y, 340)) - 24
        c.setFillColor(hexed(PAPER.accent))
        c.rect(SIDE, y, 46, 2.4, stroke=0, fill=1)
        y -= 28
        y -= self._say(c, WHOSE, words=cover.organisation, place=(SIDE, y, 400)) + 4
        for detail in cover.details:
            line = fitted(detail, DETAIL.font, DETAIL.size, 420)
            y -= self._say(c, DETAIL, words=line, place=(SIDE, y, 430)) + 3.5
        self._figures(c)
        footnote = fitted(cover.footnote, FOOTNOTE.font, FOOTNOTE.size, TEXT_WIDTH)
        self._say(c, FOOTNOTE, words=footnote, place=(SIDE, 40, TEXT_WIDTH))

    def _say(self, c: TaggedCanvas, ink: _Ink, *, words: str, place: tuple[float, float, float]) -> float:
        """Draw words from a point within a width and return the height they take."""
        x, y, width = place
        lines = wrapped(words, ink.font, ink.size, width, lines=4)
        with c.content_of(c.element(ink.tag)):
            c.setFillColor(ink.colour)
            c.setFont(ink.font, ink.size)
            for number, line in enumerate(lines):
                c.drawString(x, y - number * ink.size * LEADING, line + " ")
        return len(lines) * ink.size * LEADING

    def _figures(self, c: TaggedCanvas) -> None:
        wide = TEXT_WIDTH / max(1, len(self.cover.figures))
        for number, figure in enumerate(self.cover.figures):
            x = SIDE + number * wide
            c.setStrokeColor(mixed(PAPER.brand, PAPER.paper, 0.25))
            c.setLineWidth(0.6)
            c.line(x, 122, x + wide - 12, 122)
            self._say(c, FIGURE, words=figure.value, place=(x, 93, wide - 8))
            self._say(c, LABEL, words=figure.label, place=(x, 78, wide - 12))

    def _motif(self, c: TaggedCanvas) -> None:
        motif = self.cover.motif
        x0, y0, ring = PAGE_WIDTH * 0.96, PAGE_HEIGHT * 0.66, 62.0
        count = len(motif.axes)
        c.saveState()
        page = c.beginPath()
        page.rect(0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        c.clipPath(page, stroke=0)
        c.setLineWidth(0.7)
        for number in range(1, 12):
            c.setStrokeColor(mixed(PAPER.brand, PAPER.ink, 0.55 - 0.03 * number))
            c.circle(x0, y0, ring * number / 2, stroke=1, fill=0)
        for axis in range(count):
            angle = pi / 2 - 2 * pi * axis / count
            c.line(x0, y0, x0 + 341 * cos(angle), y0 + 341 * sin(angle))
        for series in reversed(motif.series):
            present = series.role == "present"
            known = [
                (axis, motif.share(value)) for axis, value in enumerate(series.values) if value is not None
            ]
            if len(known) < 3:
                continue
            path = c.beginPath()
            for number, (axis, share) in enumerate(known):
                angle = pi / 2 - 2 * pi * axis / count
                reach = ring * (0.7 + 4.6 * share)
                (path.lineTo if number else path.moveTo)(x0 + reach * cos(angle), y0 + reach * sin(angle))
            path.close()
            colour = mixed(PAPER.brand, PAPER.paper, 0.55) if present else hexed(PAPER.accent)
            c.setStrokeColor(colour)
            c.setFillColor(colour)
            c.setLineWidth(1.4)
            c.setDash([] if present else [5, 4])
            c.setFillAlpha(0.18 if present else 1)
            c.drawPath(path, stroke=1, fill=1 if present else 0)
            c.setFillAlpha(1)
        c.restoreState()
