"""The radar as a vector drawing, with its legend."""

from math import cos, pi, sin

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect
from reportlab.lib.colors import Color, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.charts import Radar, Scaled
from assessment.charts.specs import AXES_AT_LEAST
from assessment.exports.pdf.faces import REGULAR
from assessment.exports.pdf.lettering import letter, stack, wrapped
from assessment.exports.pdf.styles import hexed
from assessment.i18n import Catalogue
from assessment.theme import Palette

RADAR_HEIGHT = 300.0
RADAR_LABEL = 104.0
UPRIGHT = 0.12
"""Axes closer to the vertical than this have their name in the middle, above or below."""


def legend(
    drawing: Drawing, x: float, y: float, items: list[tuple[str, str]], p: Palette, *, size: float = 7.4
) -> None:
    """Draw marks with their names: `bar`, `band`, `tick`, `dash` or `area`."""
    brand, soft, accent, muted = (hexed(colour) for colour in (p.brand, p.brand_soft, p.accent, p.muted))
    for kind, name in items:
        middle = y + 2.6
        if kind == "bar":
            drawing.add(Rect(x, middle - 2.2, 12, 4.4, fillColor=brand, strokeColor=None, rx=2.2, ry=2.2))
        elif kind == "band":
            drawing.add(Rect(x, middle - 3.6, 12, 7.2, fillColor=soft, strokeColor=None, rx=3, ry=3))
        elif kind == "tick":
            drawing.add(Rect(x + 5, middle - 4, 2.2, 8, fillColor=accent, strokeColor=None))
        elif kind == "dash":
            drawing.add(
                Line(x, middle, x + 12, middle, strokeColor=accent, strokeWidth=1.4, strokeDashArray=[3, 1.6])
            )
        letter(drawing, x + 16, y, name, size=size, colour=muted)
        x += 30 + stringWidth(name, REGULAR, size)


def mark_said(chart: Scaled, mark: float, c: Catalogue) -> str:
    """Return what stands at a mark of an axis."""
    if chart.percent:
        return c.percent(mark / 100)
    return c.number(mark, 0 if all(one.is_integer() for one in chart.marks) else max(1, chart.digits))


def radar(chart: Radar, c: Catalogue, p: Palette, width: float) -> Drawing:
    """Draw the web: today as an area, after the plan as a dashed line; unknown points are left out."""
    drawing = Drawing(width, RADAR_HEIGHT)
    count = len(chart.axes)
    x0, y0 = width / 2, RADAR_HEIGHT / 2 + 6
    radius = min(width / 2 - RADAR_LABEL, RADAR_HEIGHT / 2 - 30)
    line, muted = hexed(p.line), hexed(p.muted)

    def point(axis: int, share: float) -> tuple[float, float]:
        angle = pi / 2 - 2 * pi * axis / count
        # The lowest value is a small ring, not the centre: a web of lowest values stays a shape.
        reach = radius * (0.12 + 0.88 * share)
        return x0 + reach * cos(angle), y0 + reach * sin(angle)

    for number, step in reversed(list(enumerate(chart.marks))):
        share = chart.share(step)
        ring = [value for axis in range(count) for value in point(axis, share)]
        drawing.add(
            Polygon(
                ring,
                fillColor=hexed(p.tint) if number % 2 == 0 else white,
                strokeColor=line,
                strokeWidth=0.5,
            )
        )
    for axis in range(count):
        drawing.add(Line(*point(axis, 0), *point(axis, 1), strokeColor=line, strokeWidth=0.4))
    for series in reversed(chart.series):
        present = series.role == "present"
        known = [(axis, chart.share(value)) for axis, value in enumerate(series.values) if value is not None]
        points = [value for axis, share in known for value in point(axis, share)]
        if len(known) >= AXES_AT_LEAST:
            drawing.add(
                Polygon(
                    points,
                    fillColor=hexed(p.brand) if present else None,
                    fillOpacity=0.2 if present else 1,
                    strokeColor=hexed(p.brand if present else p.accent),
                    strokeWidth=1.5 if present else 1.3,
                    strokeDashArray=None if present else [4, 2],
                    strokeLineJoin=1,
                )
            )
        if present:
            for axis, share in known:
                drawing.add(
                    Circle(
                        *point(axis, share),
                        1.8,
                        fillColor=hexed(p.brand),
                        strokeColor=white,
                        strokeWidth=0.5,
                    )
                )
    for step in chart.marks:
        x, y = point(0, chart.share(step))
        letter(drawing, x + 2.5, y - 5.6, mark_said(chart, step, c), size=5.8, colour=muted)
    _radar_labels(drawing, chart, p, (x0, y0, radius))
    names = [("bar" if series.role == "present" else "dash", series.name) for series in chart.series]
    legend(drawing, x0 - sum(30 + stringWidth(name, REGULAR, 7.4) for _, name in names) / 2, 3, names, p)
    return drawing


def _radar_labels(drawing: Drawing, chart: Radar, p: Palette, place: tuple[float, float, float]) -> None:
    """Put the names around the web: above and below in the middle, at the sides pushed apart until none touch."""
    x0, y0, radius = place
    count, size = len(chart.axes), 6.9
    leading = size * 1.18
    sides: dict[int, list[tuple[float, float, list[str], Color]]] = {-1: [], 1: []}
    for axis, name in enumerate(chart.axes):
        angle = pi / 2 - 2 * pi * axis / count
        across, up = cos(angle), sin(angle)
        dim = all(series.values[axis] is None for series in chart.series)
        colour = hexed(p.muted if dim else p.text)
        if abs(across) < UPRIGHT:
            lines = wrapped(name, REGULAR, size, 170, lines=2)
            middle = y0 + (radius + 10) * up + up * leading * (len(lines) - 1) / 2
            stack(drawing, x0, middle, lines, size=size, colour=colour, anchor="middle")
        else:
            lines = wrapped(name, REGULAR, size, RADAR_LABEL - 14, lines=2)
            sides[1 if across > 0 else -1].append((y0 + (radius + 12) * up, up, lines, colour))
    for side, labels in sides.items():
        labels.sort(key=lambda label: -label[0])
        heights = [leading * len(lines) + 3 for _, _, lines, _ in labels]
        middles = _apart([label[0] for label in labels], heights, top=y0 + radius + 3, bottom=y0 - radius - 3)
        for middle, (_, up, lines, colour) in zip(middles, labels, strict=True):
            above = min(1.0, abs(middle - y0) / (radius + 12))
            edge = x0 + side * max(30.0, (radius + 12) * (1 - above * above) ** 0.5)
            tip_x, tip_y = x0 + side * radius * (1 - up * up) ** 0.5, y0 + radius * up
            drawing.add(
                Line(tip_x, tip_y, edge - side * 2, middle, strokeColor=hexed(p.line), strokeWidth=0.4)
            )
            stack(
                drawing, edge, middle, lines, size=size, colour=colour, anchor="start" if side > 0 else "end"
            )


def _apart(wanted: list[float], heights: list[float], *, top: float, bottom: float) -> list[float]:
    """Return heights close to the wanted ones, highest first, at which labels do not touch, as far as there is room."""
    placed: list[float] = []
    ceiling = top
    for middle, tall in zip(wanted, heights, strict=True):
        placed.append(min(middle, ceiling - tall / 2))
        ceiling = placed[-1] - tall / 2
    floor = bottom
    for number in range(len(placed) - 1, -1, -1):
        placed[number] = max(placed[number], floor + heights[number] / 2)
        floor = placed[number] + heights[number] / 2
    return placed
