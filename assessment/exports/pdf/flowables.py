# mypy: disallow-subclassing-any=False
"""Pieces that flow down a page and say what they are: words, figures, tables, lights, bookmarks, contents lines."""

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import white
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from assessment.exports.pdf.canvas import TaggedCanvas
from assessment.exports.pdf.faces import REGULAR, SEMIBOLD
from assessment.exports.pdf.lines import broken
from assessment.exports.pdf.structure import Element
from assessment.exports.pdf.styles import hexed, light_colour
from assessment.report import Light
from assessment.theme import LIGHT as PAPER

LINES_TOGETHER = 2
"""So many lines of a text stay together at a page's foot and head."""
FITS = 1e-6
ASCENT = 1.0
"""The first line's baseline lies so many times its size below the top."""


class Words(Flowable):
    """Text in one style, with its structure type; with an anchor, all of it is a link."""

    def __init__(self, text: str, style: ParagraphStyle, *, anchor: str = "", said: str = "") -> None:
        super().__init__()
        self.text, self.style = text, style
        self.anchor, self.said = anchor, said
        self.whole: Words | None = None
        """What this is a piece of."""
        self.lines: tuple[str, ...] = ()
        self.width = self.height = 0.0

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Take the width that there is and as many lines as it needs."""
        if aW != self.width and self.whole is None:
            self.lines = broken(self.text, self.style.fontName, self.style.fontSize, aW)
        self.width = aW
        self.height = len(self.lines) * self.style.leading
        return aW, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """Split between lines, never after the first or before the last; the pieces stay one element."""
        self.wrap(aW, aH)
        there = int((aH + FITS) / self.style.leading)
        count = len(self.lines)
        if count <= there:
            return [self]
        if count - there == 1:
            there -= 1
        if there < LINES_TOGETHER:
            return []
        return [self._of(self.lines[:there]), self._of(self.lines[there:])]

    def _of(self, lines: tuple[str, ...]) -> "Words":
        piece = Words(self.text, self.style, anchor=self.anchor, said=self.said)
        piece.whole, piece.lines = self.whole or self, lines
        piece.wrap(self.width, 0)
        return piece

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draw as content of an element of the style's type."""
        if not canvas.tagging:
            self._set(canvas, x, y)
            return
        tag = self.style.tag
        element = canvas.shared(self.whole, tag) if self.whole else canvas.element(tag)
        if not self.anchor:
            with canvas.content_of(element):
                self._set(canvas, x, y)
            return
        link = Element("Link", element)
        with canvas.content_of(link):
            self._set(canvas, x, y)
        canvas.link(
            link, self.anchor, words=self.said or self.anchor, box=(x, y, x + self.width, y + self.height)
        )

    def _set(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        top = y + self.height - self.style.fontSize * ASCENT
        canvas.set_lines(self.lines, self.style, place=(x, top), width=self.width)


class Picture(Flowable):
    """A drawing with its text alternative."""

    def __init__(self, drawing: Drawing, alt: str) -> None:
        super().__init__()
        self.drawing, self.alt = drawing, alt
        self.width, self.height = drawing.width, drawing.height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Return the drawing's own size."""
        return self.width, self.height

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draw as a Figure."""
        left, bottom = canvas.absolutePosition(x, y)
        right, top = canvas.absolutePosition(x + self.width, y + self.height)
        box = f"{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}"
        figure = (
            canvas.element("Figure", alt=self.alt, attributes=f"/O/Layout/Placement/Block/BBox[{box}]")
            if canvas.tagging
            else Element("Figure")
        )
        with canvas.content_of(figure):
            self.drawing.drawOn(canvas, x, y)


class Lamp(Flowable):
    """A traffic light that needs no colour: each has a shape of its own. The word stands beside it."""

    SIZE = 12.0

    def __init__(self, light: Light) -> None:
        super().__init__()
        self.light = light
        self.width = self.height = self.SIZE

    def draw(self) -> None:
        """Draw square with cross, triangle with mark, circle with tick, or ring with dash."""
        c, y = self.canv, 5.0
        colour = light_colour(self.light)
        c.setFillColor(colour)
        c.setStrokeColor(white)
        c.setLineWidth(1.2)
        c.setLineCap(1)
        match self.light:
            case "red":
                c.roundRect(0.8, y - 4.8, 9.6, 9.6, 1.5, stroke=0, fill=1)
                c.line(3.7, y - 1.9, 7.5, y + 1.9)
                c.line(3.7, y + 1.9, 7.5, y - 1.9)
            case "amber":
                _shape(c, [(5.6, y + 5.6), (11.2, y - 4.4), (0, y - 4.4)])
                c.line(5.6, y + 2, 5.6, y - 0.9)
                c.setFillColor(white)
                c.circle(5.6, y - 2.8, 0.7, stroke=0, fill=1)
            case "green":
                c.circle(5.6, y, 5, stroke=0, fill=1)
                tick = c.beginPath()
                tick.moveTo(3.2, y)
                tick.lineTo(4.9, y - 1.8)
                tick.lineTo(8.1, y + 1.9)
                c.drawPath(tick, fill=0)
            case "not_assessed":
                c.setStrokeColor(colour)
                c.circle(5.6, y, 4.4, stroke=1, fill=0)
                c.line(3.5, y, 7.7, y)


def _shape(canvas: TaggedCanvas, points: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


class Bookmark(Flowable):
    """An anchor; with a title also an entry of the outline and the running title of its pages."""

    _ZEROSIZE = 1
    width = height = 0

    def __init__(self, anchor: str, title: str = "") -> None:
        super().__init__()
        self.anchor, self.title = anchor, title

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Set the anchor here."""
        c = self.canv
        c.bookmarkHorizontal(self.anchor, 0, 60)
        c.pages[self.anchor] = c.getPageNumber()
        if self.title:
            c.addOutlineEntry(self.title, self.anchor, 0, 0)
            c.section = self.title


class Dash(Flowable):
    """The mark of a list item that has no number."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.colour = colour
        self.width, self.height = 8.0, 11.0

    def draw(self) -> None:
        """Draw a short stroke."""
        self.canv.setFillColor(hexed(self.colour))
        self.canv.rect(0, 4.4, 5.5, 1.2, stroke=0, fill=1)


class ContentsLine(Flowable):
    """One chapter: its name, its claim, its page."""

    def __init__(self, title: Words, claim: Words, anchor: str, said: str) -> None:
        super().__init__()
        self.title, self.claim, self.anchor, self.said = title, claim, anchor, said

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Take two columns and a page number."""
        self.width = aW
        self.split_at = aW * 0.36
        _, title = self.title.wrap(self.split_at - 10, aH)
        _, claim = self.claim.wrap(aW - self.split_at - 34, aH)
        self.height = max(title, claim) + 11
        return aW, self.height

    def draw(self) -> None:
        """Draw as an entry of the table of contents."""
        c: TaggedCanvas = self.canv
        top = self.height - 4
        with c.within(c.element("TOCI")):
            link = c.element("Link")
            with c.content_of(link):
                self.title.drawOn(c, 0, top - self.title.height)
                self.claim.drawOn(c, self.split_at, top - self.claim.height - 0.6)
                c.later(
                    self.anchor, (self.width, top - 9.6), font=SEMIBOLD, size=9.6, colour=hexed(PAPER.ink)
                )
            c.link(link, self.anchor, words=self.said, box=(0, 0, self.width, self.height))
        c.setStrokeColor(hexed(PAPER.line))
        c.setLineWidth(0.4)
        c.line(0, 0, self.width, 0)


class Open(Flowable):
    """Opens a container of the structure tree; takes no room."""

    _ZEROSIZE = 1
    width = height = 0

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Take no room."""
        return 0, 0

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Open the container."""
        canvas.open.append(canvas.element(self.tag))


class Close(Open):
    """Closes the container opened last."""

    def __init__(self) -> None:
        super().__init__("")

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Close it."""
        canvas.open.pop()


class Smaller(Flowable):
    """Pieces set for a page larger by a factor, drawn that much smaller."""

    def __init__(self, pieces: list[Flowable], factor: float) -> None:
        super().__init__()
        self.pieces, self.factor = pieces, factor

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        """Wrap the pieces at the larger width."""
        self.heights = [
            piece.wrapOn(self.canv, aW * self.factor, aH * self.factor)[1] for piece in self.pieces
        ]
        self.width, self.height = aW, sum(self.heights) / self.factor
        return self.width, self.height

    def draw(self) -> None:
        """Draw the pieces under each other."""
        self.canv.scale(1 / self.factor, 1 / self.factor)
        top = self.height * self.factor
        for piece, tall in zip(self.pieces, self.heights, strict=True):
            top -= tall
            piece.drawOn(self.canv, 0, top)


class Furniture:
    """Head and foot of every page but the cover."""

    def __init__(self, head: str, foot: str) -> None:
        self.head, self.foot = head, foot

    def draw(self, canvas: TaggedCanvas, *, left: float, right: float, top: float, bottom: float) -> None:
        """Draw title and chapter above, confidentiality and page of pages below."""
        muted, size = hexed(PAPER.muted), 7.4
        canvas.setFont(REGULAR, size)
        canvas.setFillColor(muted)
        canvas.drawString(left, top, self.head)
        canvas.drawRightString(right, top, canvas.section)
        canvas.setStrokeColor(hexed(PAPER.line))
        canvas.setLineWidth(0.5)
        canvas.line(left, top - 7, right, top - 7)
        canvas.drawString(left, bottom, self.foot)
        canvas.setFont(SEMIBOLD, size)
        canvas.setFillColor(hexed(PAPER.ink))
        canvas.drawRightString(right - 19, bottom, str(canvas.getPageNumber()))
        canvas.setFont(REGULAR, size)
        canvas.setFillColor(muted)
        canvas.drawRightString(right - 14, bottom, "/")
        canvas.later("total", (right, bottom), font=REGULAR, size=size, colour=muted)
