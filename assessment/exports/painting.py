"""Vector drawings as pictures, for documents that take no vectors: sharp in print, in the report's own type."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from math import hypot
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import Color

DOTS = 200
"""Dots an inch of the finished picture."""
FINER = 3
"""Painted so many times larger and then reduced, for smooth edges."""
MOST = 40_000_000
"""A picture is painted with no more dots than this, however tall it is."""
COLOURS = 256
"""Charts have few colours; a palette makes their files a third as large."""
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}

Point = tuple[float, float]


def painted(drawing: Drawing, *, factor: float = 1.0, ground: str = "#FFFFFF") -> bytes:
    """Return the drawing as PNG; the same drawing always gives the same bytes.

    Args:
        drawing: made of lines, rectangles, circles, polygons and words.
        factor: so much larger than the drawing is it shown.
        ground: #rrggbb behind the drawing.

    Raises:
        TypeError: the drawing holds a shape that cannot be painted, rather than a picture that lacks it.
    """
    scale = min(DOTS / 72 * factor * FINER, (MOST / max(1.0, drawing.width * drawing.height)) ** 0.5)
    painter = _Painter(drawing.width, drawing.height, scale, ground)
    painter.paint(drawing)
    return png(painter.image.reduce(FINER))


def png(image: Image.Image) -> bytes:
    """Return a picture of few colours as PNG."""
    target = BytesIO()
    # Of the ways to choose the colours, the one that keeps those of large areas as they are.
    few = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(target, "PNG", compress_level=6)
    return target.getvalue()


@lru_cache(maxsize=64)
def _font(face: str, size: float) -> ImageFont.FreeTypeFont:
    raw = files("assessment").joinpath("fonts", f"{face}.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(raw), size, layout_engine=ImageFont.Layout.BASIC)


class _Painter:
    """Paints shapes on one picture; y goes up, as in drawings."""

    def __init__(self, width: float, height: float, scale: float, ground: str) -> None:
        self.scale, self.height = scale, height
        size = max(FINER, round(width * scale)), max(FINER, round(height * scale))
        self.image = Image.new("RGB", size, ground)
        self.pen = ImageDraw.Draw(self.image)

    def paint(self, group: Group) -> None:
        """Paint what the group holds, in its order."""
        for shape in group.contents:
            match shape:
                case Line():
                    self._line([self._at(shape.x1, shape.y1), self._at(shape.x2, shape.y2)], shape)
                case PolyLine():
                    self._line(self._points(shape.points), shape)
                case Polygon():
                    self._polygon(shape)
                case Rect():
                    self._rect(shape)
                case Circle():
                    self._circle(shape)
                case String():
                    self._words(shape)
                case _:
                    raise TypeError(f"cannot paint a {type(shape).__name__}")

    def _at(self, x: float, y: float) -> Point:
        return x * self.scale, (self.height - y) * self.scale

    def _points(self, flat: Sequence[float]) -> list[Point]:
        return [self._at(flat[i], flat[i + 1]) for i in range(0, len(flat), 2)]

    def _wide(self, shape: Any) -> int:
        return max(1, round(shape.strokeWidth * self.scale)) if shape.strokeColor is not None else 0

    def _line(self, points: list[Point], shape: Any) -> None:
        wide = self._wide(shape)
        if not wide:
            return
        colour = _rgb(shape.strokeColor)
        if shape.strokeDashArray:
            for start, end in _dashes(points, [part * self.scale for part in shape.strokeDashArray]):
                self.pen.line([start, end], fill=colour, width=wide)
        else:
            self.pen.line(points, fill=colour, width=wide, joint="curve")

    def _polygon(self, shape: Polygon) -> None:
        points = self._points(shape.points)
        if len(points) < 2:
            return
        if shape.fillColor is not None:
            opacity = 1.0 if shape.fillOpacity is None else shape.fillOpacity
            if opacity < 1:
                veil = Image.new("L", self.image.size, 0)
                ImageDraw.Draw(veil).polygon(points, fill=round(255 * opacity))
                self.image.paste(_rgb(shape.fillColor), mask=veil)
            else:
                self.pen.polygon(points, fill=_rgb(shape.fillColor))
        # Round to the second point once more, so that the last corner is joined, too.
        closed = [*points, points[0]] if shape.strokeDashArray else [*points, *points[:2]]
        self._line(closed, shape)

    def _rect(self, shape: Rect) -> None:
        left, bottom = self._at(shape.x, shape.y)
        right, top = self._at(shape.x + shape.width, shape.y + shape.height)
        if right <= left or bottom <= top:
            return
        fill = _rgb(shape.fillColor) if shape.fillColor is not None else None
        wide = self._wide(shape)
        outline = _rgb(shape.strokeColor) if wide else None
        # Half of an edge stands outside, as in a vector drawing.
        box = (left - wide / 2, top - wide / 2, right + wide / 2, bottom + wide / 2)
        radius = min(shape.rx * self.scale, (right - left) / 2, (bottom - top) / 2)
        self.pen.rounded_rectangle(box, radius, fill=fill, outline=outline, width=wide)

    def _circle(self, shape: Circle) -> None:
        x, y = self._at(shape.cx, shape.cy)
        wide = self._wide(shape)
        reach = shape.r * self.scale + wide / 2
        fill = _rgb(shape.fillColor) if shape.fillColor is not None else None
        outline = _rgb(shape.strokeColor) if wide else None
        self.pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=fill, outline=outline, width=wide)

    def _words(self, shape: String) -> None:
        if not shape.text:
            return
        font = _font(shape.fontName, round(shape.fontSize * self.scale, 2))
        self.pen.text(
            self._at(shape.x, shape.y),
            shape.text,
            fill=_rgb(shape.fillColor),
            font=font,
            anchor=ANCHORS[shape.textAnchor],
        )


def _rgb(colour: Color) -> tuple[int, int, int]:
    return round(colour.red * 255), round(colour.green * 255), round(colour.blue * 255)


def _dashes(points: list[Point], pattern: list[float]) -> Iterator[tuple[Point, Point]]:
    """Yield the strokes of a dashed line; a dash goes on around corners."""
    place, left, on = 0, pattern[0], True
    for (x1, y1), (x2, y2) in pairwise(points):
        length = hypot(x2 - x1, y2 - y1)
        gone = 0.0
        while gone < length:
            step = min(left, length - gone)
            if on:
                a, b = gone / length, (gone + step) / length
                yield (x1 + (x2 - x1) * a, y1 + (y2 - y1) * a), (x1 + (x2 - x1) * b, y1 + (y2 - y1) * b)
            gone, left = gone + step, left - step
            if left <= 0:
                place, on = (place + 1) % len(pattern), not on
                left = pattern[place]
