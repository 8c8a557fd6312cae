"""The timeline with its load, and the curve of the index, as vector drawings."""

from itertools import pairwise

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect
from reportlab.lib.colors import white
from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.charts import Curve, Span, Timeline
from assessment.exports.pdf.drawing_radar import mark_said
from assessment.exports.pdf.faces import REGULAR, SEMIBOLD
from assessment.exports.pdf.lettering import letter, stack, wrapped
from assessment.exports.pdf.styles import hexed, wave_colour
from assessment.i18n import Catalogue
from assessment.theme import Palette

ROW = 17.0
HEAD = 18.0
FOOT = 16.0
LOAD = 58.0
LABELS = 0.37
"""Share of the width for the names."""
CURVE_HEIGHT = 128.0
MONTH_LABELS = 6
"""At most so many months are named along an axis."""


def timeline(chart: Timeline, c: Catalogue, p: Palette, width: float) -> Drawing:
    """Draw a bar a measure in the colour of its wave, arrows for what it waits for, and the load below."""
    load = LOAD if chart.load else 0.0
    height = HEAD + ROW * len(chart.bars) + load + FOOT
    drawing = Drawing(width, height)
    left = width * LABELS
    month = (width - left) / max(1, len(chart.months))
    slot = month / chart.slots_per_month
    top = height - HEAD
    _months(drawing, p, chart.months, (left, month, top, FOOT))
    middles = {bar.id: top - ROW * (number + 0.5) for number, bar in enumerate(chart.bars)}
    ends = {bar.id: left + bar.end * slot for bar in chart.bars}
    for number, bar in enumerate(chart.bars):
        y = middles[bar.id]
        if number:
            drawing.add(Line(0, y + ROW / 2, width, y + ROW / 2, strokeColor=hexed(p.line), strokeWidth=0.3))
        _name(drawing, bar, p, y, left)
    for bar in chart.bars:
        for before in bar.waits_for:
            if before in middles:
                _arrow(
                    drawing, p, (ends[before], middles[before]), (left + bar.begin * slot, middles[bar.id])
                )
    for bar in chart.bars:
        y = middles[bar.id]
        colour = wave_colour(p, bar.wave)
        long = max(2.0, (bar.end - bar.begin) * slot - 1)
        drawing.add(
            Rect(left + bar.begin * slot, y - 4.4, long, 8.8, fillColor=colour, strokeColor=None, rx=2, ry=2)
        )
    if chart.load:
        _load(drawing, chart, c, p, (left, month, FOOT + 4, load - 12))
    _legend(drawing, chart, c, p)
    return drawing


def _months(
    drawing: Drawing, p: Palette, names: tuple[str, ...], place: tuple[float, float, float, float]
) -> None:
    left, month, top, bottom = place
    every = max(1, -(-len(names) // MONTH_LABELS))
    for number, name in enumerate(names):
        if number % every == 0:
            x = left + number * month
            drawing.add(Line(x, bottom, x, top + 8, strokeColor=hexed(p.line), strokeWidth=0.4))
            letter(drawing, x + 2, top + 5, name, size=6.6, colour=hexed(p.muted))


def _name(drawing: Drawing, bar: Span, p: Palette, y: float, left: float) -> None:
    lines = wrapped(bar.label, REGULAR, 7.2, left - 26, lines=2)
    stack(drawing, 12, y, lines, size=7.2 if len(lines) == 1 else 6.7, colour=hexed(p.ink))
    if bar.lifts_cap:
        drawing.add(Rect(0.5, y - 3.2, 6.4, 6.4, fillColor=hexed(p.red), strokeColor=None, rx=1, ry=1))
    elif bar.quick:
        drawing.add(Circle(3.7, y, 3, fillColor=white, strokeColor=hexed(p.green), strokeWidth=1.2))


def _arrow(drawing: Drawing, p: Palette, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw from the end of one bar to the beginning of a later one; straight down onto it where they touch."""
    colour = hexed(p.neutral)
    (x1, y1), (x2, y2) = start, end
    down = 1 if y2 < y1 else -1
    if x2 >= x1 + 7:
        bend = x1 + 4
        drawing.add(
            PolyLine(
                [x1, y1, bend, y1, bend, y2, x2 - 2.5, y2],
                strokeColor=colour,
                strokeWidth=0.6,
                strokeLineJoin=1,
                fillColor=None,
            )
        )
        drawing.add(
            Polygon(
                [x2 - 0.3, y2, x2 - 3.8, y2 + 1.8, x2 - 3.8, y2 - 1.8], fillColor=colour, strokeColor=None
            )
        )
    else:
        x = x2 + 3.5
        edge = y2 + down * 4.6
        drawing.add(
            PolyLine(
                [x1 - 1, y1, x, y1, x, edge + down * 2],
                strokeColor=colour,
                strokeWidth=0.6,
                strokeLineJoin=1,
                fillColor=None,
            )
        )
        drawing.add(
            Polygon(
                [x, edge, x - 1.8, edge + down * 3.5, x + 1.8, edge + down * 3.5],
                fillColor=colour,
                strokeColor=None,
            )
        )


def _load(
    drawing: Drawing, chart: Timeline, c: Catalogue, p: Palette, place: tuple[float, float, float, float]
) -> None:
    left, month, bottom, tall = place
    most = max(chart.capacity, *chart.load, *chart.capacities) or 1.0
    for number, amount in enumerate(chart.load):
        drawing.add(
            Rect(
                left + number * month + 0.8,
                bottom,
                max(0.5, month - 1.6),
                tall * amount / most,
                fillColor=hexed(p.brand_soft),
                strokeColor=None,
            )
        )
    line = bottom + tall * chart.capacity / most
    limits = chart.capacities or (chart.capacity,) * len(chart.load)
    steps: list[float] = []
    for number, amount in enumerate(limits):
        x, y = left + number * month, bottom + tall * amount / most
        steps += [x, y, x + month, y]
    drawing.add(
        PolyLine(
            steps,
            strokeColor=hexed(p.accent),
            strokeWidth=1.1,
            strokeDashArray=[3, 1.6],
            fillColor=None,
        )
    )
    drawing.add(
        Line(
            left,
            bottom,
            left + month * len(chart.load),
            bottom,
            strokeColor=hexed(p.muted),
            strokeWidth=0.5,
        )
    )
    digits = 0 if chart.capacity == int(chart.capacity) else 1
    named = c.t("{name}: {value} a month", name=chart.capacity_name, value=c.number(chart.capacity, digits))
    letter(drawing, left - 6, line - 6, named, size=6.8, colour=hexed(p.muted), anchor="end")
    letter(drawing, left - 6, bottom + 2, chart.load_name, size=6.8, colour=hexed(p.muted), anchor="end")


def _legend(drawing: Drawing, chart: Timeline, c: Catalogue, p: Palette) -> None:
    x, size, muted = 0.0, 7.0, hexed(p.muted)
    waves = sorted({bar.wave for bar in chart.bars})
    items = [(c.t("wave {number}", number=wave + 1), wave) for wave in waves]
    for name, wave in items:
        drawing.add(
            Rect(
                x,
                2,
                11,
                6,
                fillColor=wave_colour(p, wave),
                strokeColor=None,
                rx=1.5,
                ry=1.5,
            )
        )
        letter(drawing, x + 14, 2.4, name, size=size, colour=muted)
        x += 26 + stringWidth(name, REGULAR, size)
    if any(bar.lifts_cap for bar in chart.bars):
        name = c.t("settles a condition that limits levels")
        drawing.add(Rect(x, 1.8, 6.4, 6.4, fillColor=hexed(p.red), strokeColor=None, rx=1, ry=1))
        letter(drawing, x + 10, 2.4, name, size=size, colour=muted)
        x += 22 + stringWidth(name, REGULAR, size)
    if any(bar.quick and not bar.lifts_cap for bar in chart.bars):
        drawing.add(Circle(x + 3, 5, 3, fillColor=white, strokeColor=hexed(p.green), strokeWidth=1.2))
        letter(drawing, x + 10, 2.4, c.t("quick win"), size=size, colour=muted)


def curve(chart: Curve, c: Catalogue, p: Palette, width: float) -> Drawing:
    """Draw each series as steps over the months, first and last value named."""
    drawing = Drawing(width, CURVE_HEIGHT)
    left, right, bottom, top = 16.0, width - 40, 18.0, CURVE_HEIGHT - 8
    step = (right - left) / max(1, len(chart.months) - 1)
    muted = hexed(p.muted)

    def at(value: float) -> float:
        return bottom + (top - bottom) * chart.share(value)

    for mark in chart.marks:
        y = at(mark)
        drawing.add(Line(left, y, right, y, strokeColor=hexed(p.line), strokeWidth=0.4))
        letter(
            drawing,
            left - 6,
            y - 2.4,
            mark_said(chart, mark, c),
            size=6.8,
            colour=muted,
            anchor="end",
        )
    every = max(1, -(-len(chart.months) // (MONTH_LABELS + 1)))
    for number, name in enumerate(chart.months):
        if number % every == 0:
            letter(
                drawing,
                left + number * step,
                6,
                name,
                size=6.8,
                colour=muted,
                anchor="start" if number == 0 else "middle",
            )
    for series in chart.series:
        points = [
            (left + number * step, at(value))
            for number, value in enumerate(series.values)
            if value is not None
        ]
        if not points:
            continue
        steps = [points[0]]
        for (_, before), (x, y) in pairwise(points):
            steps += [(x, before), (x, y)]
        if len(steps) > 1:
            drawing.add(
                PolyLine(
                    [value for point in steps for value in point],
                    strokeColor=hexed(p.brand),
                    strokeWidth=1.8,
                    strokeLineJoin=1,
                    fillColor=None,
                )
            )
        known = [value for value in series.values if value is not None]
        for (x, y), value, anchor in ((points[0], known[0], "start"), (points[-1], known[-1], "end")):
            drawing.add(Circle(x, y, 2.4, fillColor=hexed(p.brand), strokeColor=white, strokeWidth=0.6))
            across = 0 if anchor == "start" else 32
            letter(
                drawing,
                x + across,
                y + (6 if anchor == "start" else -3.4),
                c.number(value, chart.digits),
                size=9,
                colour=hexed(p.ink),
                font=SEMIBOLD,
                anchor=anchor,
            )
    return drawing
