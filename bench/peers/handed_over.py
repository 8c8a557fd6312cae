"""What the peers of the PDF are handed: the blocks of the document as plain data, and each chart as an SVG file.

The drawings are the PDF's own; written as SVG by hand, because reportlab's own writer takes many times as long.
"""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, PolyLine, Rect, Shape, String

from assessment.brand import UNBRANDED, palette_of
from assessment.document.blocks import Document
from assessment.exports.pdf.cover_page import darkened, legible
from assessment.exports.pdf.drawings import drawn
from assessment.exports.pdf.faces import register
from assessment.exports.pdf.styles import GUTTER, TEXT_WIDTH
from assessment.i18n import Catalogue, catalogue
from assessment.theme import Palette, mixed

FAMILY = "Source Sans 3"
WEIGHTS = {"Light": 300, "Regular": 400, "Italic": 400, "SemiBold": 600, "Bold": 700}
ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}
MARKS = {'"': "&quot;"}


def handed(document: Document) -> dict[str, Any]:
    """Return the document as JSON data, with each figure's chart as {svg, alt}, and the cover with its colours."""
    register()
    palette = palette_of(UNBRANDED)
    data = document.model_dump(mode="json")
    _handed(document.blocks, data["blocks"], catalogue(document.language), palette, TEXT_WIDTH)
    return data


def _handed(blocks: Any, data: Any, c: Catalogue, palette: Palette, width: float) -> None:
    for block, made in zip(blocks, data, strict=True):
        match block.kind:
            case "figure":
                svg = svg_of(drawn(block.chart, c, palette, width=width))
                made["chart"] = {"svg": svg, "alt": f"{block.chart.title}. {block.chart.alt}"}
            case "columns":
                half = (width - GUTTER) / 2
                _handed(block.left, made["left"], c, palette, half)
                _handed(block.right, made["right"], c, palette, half)
            case "one_page":
                _handed(block.blocks, made["blocks"], c, palette, width)
            case "cover":
                ground = darkened(palette.brand, palette.ink)
                made["ground"] = ground
                made["pale"] = legible(palette.accent, ground, 0.25)
                made["soft"] = legible(palette.brand, ground, 0.62)
                made["area"] = mixed(palette.brand, palette.paper, 0.55)
                made["rings"] = [
                    mixed(palette.brand, palette.ink, 0.55 - 0.03 * number) for number in range(1, 12)
                ]


def svg_of(drawing: Drawing) -> str:
    """Return a drawing as SVG, its words as text in the same typeface."""
    wide, tall = drawing.width, drawing.height
    body = "".join(_shapes(drawing.contents, tall))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.2f}pt" height="{tall:.2f}pt" '
        f'viewBox="0 0 {wide:.2f} {tall:.2f}" font-family="{FAMILY}">{body}</svg>'
    )


def _shapes(shapes: list[Shape], tall: float) -> Iterator[str]:
    for shape in shapes:
        match shape:
            case String():
                face = shape.fontName.rpartition("-")[2]
                yield (
                    f'<text x="{shape.x:.2f}" y="{tall - shape.y:.2f}" font-size="{shape.fontSize:g}" '
                    f'font-weight="{WEIGHTS[face]}" fill="{_colour(shape.fillColor)}"{ANCHORS[shape.textAnchor]}>'
                    f"{escape(shape.text)}</text>"
                )
            case Rect():
                yield (
                    f'<rect x="{shape.x:.2f}" y="{tall - shape.y - shape.height:.2f}" width="{shape.width:.2f}" '
                    f'height="{shape.height:.2f}" rx="{shape.rx or 0:g}" ry="{shape.ry or 0:g}"{_paint(shape)}/>'
                )
            case Line():
                yield (
                    f'<line x1="{shape.x1:.2f}" y1="{tall - shape.y1:.2f}" x2="{shape.x2:.2f}" '
                    f'y2="{tall - shape.y2:.2f}"{_stroke(shape)}/>'
                )
            case Circle():
                yield f'<circle cx="{shape.cx:.2f}" cy="{tall - shape.cy:.2f}" r="{shape.r:g}"{_paint(shape)}/>'
            case Polygon() | PolyLine():
                xs, ys = shape.points[::2], shape.points[1::2]
                points = " ".join(f"{x:.2f},{tall - y:.2f}" for x, y in zip(xs, ys, strict=True))
                if isinstance(shape, Polygon):
                    yield f'<polygon points="{points}"{_paint(shape)}/>'
                else:
                    yield f'<polyline points="{points}" fill="none"{_stroke(shape)}/>'
            case Group():
                yield from _shapes(shape.contents, tall)
            case _:
                raise TypeError(type(shape).__name__)


def _colour(colour: Any) -> str:
    return "none" if colour is None else f"#{colour.hexval()[2:]}"


def _paint(shape: Any) -> str:
    opacity = shape.fillOpacity
    faint = "" if opacity is None or opacity == 1 else f' fill-opacity="{opacity:g}"'
    return f' fill="{_colour(shape.fillColor)}"{faint}{_stroke(shape)}'


def _stroke(shape: Any) -> str:
    if shape.strokeColor is None:
        return ""
    dashes = shape.strokeDashArray
    dashed = f' stroke-dasharray="{" ".join(f"{dash:g}" for dash in dashes)}"' if dashes else ""
    return f' stroke="{_colour(shape.strokeColor)}" stroke-width="{shape.strokeWidth:g}"{dashed}'
