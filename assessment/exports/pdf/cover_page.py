# mypy: disallow-subclassing-any=False
"""The cover: brand colour to the edge, the organisation's own radar as motif."""

from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, sin

from reportlab.lib.colors import Color, white
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from assessment.document.blocks import Cover
from assessment.exports.pdf.canvas import TaggedCanvas
from assessment.exports.pdf.faces import LIGHT, REGULAR, SEMIBOLD
from assessment.exports.pdf.lettering import fitted, wrapped
from assessment.exports.pdf.styles import PAGE_HEIGHT, PAGE_WIDTH, SIDE, TEXT_WIDTH, hexed
from assessment.theme import Palette, contrast, luminance, mixed, toned


@dataclass(frozen=True)
class _Ink:
    """How words on the cover look."""

    font: str
    size: float
    colour: Color
    tag: str = "P"


TITLE = _Ink(LIGHT, 42, white, "H1")
WHOSE = _Ink(SEMIBOLD, 13, white)
DETAIL = _Ink(REGULAR, 10, white)
FIGURE = _Ink(LIGHT, 25, white)

LEADING = 1.15
LOGO_WIDTH, LOGO_HEIGHT = 150.0, 52.0
PLATE = 10.0
"""White around a logo, which may be dark."""
DARK = 0.05
SMALL_CONTRAST = 5.0
"""Of the small words on the ground."""


class CoverPage(Flowable):
    """The first page."""

    def __init__(self, cover: Cover, palette: Palette, logo: bytes = b"") -> None:
        super().__init__()
        self.cover, self.palette, self.logo = cover, palette, logo
        self.ground = darkened(palette.brand, palette.ink)
        soft = legible(palette.brand, self.ground, 0.62)
        self.eyebrow = _Ink(REGULAR, 11, hexed(legible(palette.accent, self.ground, 0.25)))
        self.label = _Ink(REGULAR, 8, hexed(soft))
        self.footnote = _Ink(REGULAR, 7.5, hexed(soft))

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Take the page."""
        self.width, self.height = aW, aH
        return aW, aH - 1

    def draw(self) -> None:
        """Draw ground, motif, title, details and key figures."""
        c: TaggedCanvas = self.canv
        cover = self.cover
        c.setFillColor(hexed(self.ground))
        c.rect(-3, -3, PAGE_WIDTH + 6, PAGE_HEIGHT + 6, stroke=0, fill=1)
        self._motif(c)
        self._logo(c)
        y = PAGE_HEIGHT * 0.47
        y -= self._say(c, self.eyebrow, words=cover.eyebrow, place=(SIDE, y, 320)) + 36
        y -= self._say(c, TITLE, words=cover.title, place=(SIDE, y, 340)) - 24
        c.setFillColor(hexed(self.palette.accent))
        c.rect(SIDE, y, 46, 2.4, stroke=0, fill=1)
        y -= 28
        y -= self._say(c, WHOSE, words=cover.organisation, place=(SIDE, y, 400)) + 4
        for detail in cover.details:
            line = fitted(detail, DETAIL.font, DETAIL.size, 420)
            y -= self._say(c, DETAIL, words=line, place=(SIDE, y, 430)) + 3.5
        self._figures(c)
        footnote = fitted(cover.footnote, self.footnote.font, self.footnote.size, TEXT_WIDTH)
        self._say(c, self.footnote, words=footnote, place=(SIDE, 40, TEXT_WIDTH))

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
        line = hexed(mixed(self.palette.brand, self.palette.paper, 0.25))
        for number, figure in enumerate(self.cover.figures):
            x = SIDE + number * wide
            c.setStrokeColor(line)
            c.setLineWidth(0.6)
            c.line(x, 122, x + wide - 12, 122)
            self._say(c, FIGURE, words=figure.value, place=(x, 93, wide - 8))
            self._say(c, self.label, words=figure.label, place=(x, 78, wide - 12))

    def _logo(self, c: TaggedCanvas) -> None:
        """Draw the brand's logo on a white plate at the top; its name stands beside the date."""
        if not self.logo:
            return
        picture = ImageReader(BytesIO(self.logo))
        wide, tall = picture.getSize()
        factor = min(LOGO_WIDTH / wide, LOGO_HEIGHT / tall)
        wide, tall = wide * factor, tall * factor
        left, bottom = SIDE, PAGE_HEIGHT - 64 - tall
        c.setFillColor(white)
        c.roundRect(left, bottom - PLATE, wide + 2 * PLATE, tall + 2 * PLATE, 4, stroke=0, fill=1)
        box = f"{left:.2f} {bottom - PLATE:.2f} {left + wide + 2 * PLATE:.2f} {bottom + tall + PLATE:.2f}"
        figure = c.element("Figure", alt=self.cover.logo, attributes=f"/O/Layout/Placement/Block/BBox[{box}]")
        with c.content_of(figure):
            c.drawImage(picture, left + PLATE, bottom, wide, tall, mask="auto")

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
            c.setStrokeColor(hexed(mixed(self.palette.brand, self.palette.ink, 0.55 - 0.03 * number)))
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
            colour = hexed(
                mixed(self.palette.brand, self.palette.paper, 0.55) if present else self.palette.accent
            )
            c.setStrokeColor(colour)
            c.setFillColor(colour)
            c.setLineWidth(1.4)
            c.setDash([] if present else [5, 4])
            c.setFillAlpha(0.18 if present else 1)
            c.drawPath(path, stroke=1, fill=1 if present else 0)
            c.setFillAlpha(1)
        c.restoreState()


def darkened(brand: str, ink: str) -> str:
    """Return the ground of the cover: the brand's colour towards ink, dark enough for white words."""
    ground = mixed(brand, ink, 0.62)
    return ground if luminance(ground) < DARK else toned(ground, DARK)


def legible(colour: str, ground: str, share: float) -> str:
    """Return the colour so much of the way to white, and further where small words would not read on the ground."""
    made = mixed(colour, "#FFFFFF", share)
    wanted = SMALL_CONTRAST * (luminance(ground) + 0.05) - 0.05
    return made if contrast(made, ground) >= SMALL_CONTRAST else toned(made, min(1.0, wanted * 1.03))
