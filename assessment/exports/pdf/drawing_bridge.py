"""How an index came from then to now, as a vector drawing."""

from reportlab.graphics.shapes import Drawing, Line, Rect

from assessment.charts import Bridge
from assessment.exports.pdf.faces import REGULAR, SEMIBOLD
from assessment.exports.pdf.lettering import letter, stack, wrapped
from assessment.exports.pdf.styles import hexed
from assessment.i18n import Catalogue
from assessment.theme import Palette

HEIGHT = 150.0
BOTTOM, ABOVE = 30.0, 18.0
COLUMN = 0.52
"""Share of its place that a column takes."""
THIN = 1.2
"""A part of nothing is still a line."""


def bridge(chart: Bridge, c: Catalogue, p: Palette, width: float) -> Drawing:
    """Draw a column a stage: whole figures from the foot, parts where they begin and end, each with its amount above."""
    drawing = Drawing(width, HEIGHT)
    top = HEIGHT - ABOVE
    place = width / max(1, len(chart.stages))
    wide = place * COLUMN

    def up(value: float) -> float:
        return BOTTOM + (top - BOTTOM) * chart.share(value)

    drawing.add(Line(0, BOTTOM, width, BOTTOM, strokeColor=hexed(p.muted), strokeWidth=0.5))
    for number, stage in enumerate(chart.stages):
        x = place * number + (place - wide) / 2
        low, high = sorted((up(stage.begin), up(stage.end)))
        colour = p.waves[0] if stage.whole else p.brand if stage.main else p.brand_soft
        tall = max(THIN, high - low)
        drawing.add(Rect(x, low, wide, tall, fillColor=hexed(colour), strokeColor=None))
        letter(
            drawing,
            x + wide / 2,
            low + tall + 5,
            stage.said,
            size=10,
            colour=hexed(p.ink),
            font=SEMIBOLD,
            anchor="middle",
        )
        lines = wrapped(stage.name, REGULAR, 7.4, place - 6, lines=2)
        stack(drawing, x + wide / 2, BOTTOM - 14, lines, size=7.4, colour=hexed(p.muted), anchor="middle")
        if number + 1 < len(chart.stages):
            y = up(stage.end)
            drawing.add(
                Line(
                    x + wide,
                    y,
                    x + place,
                    y,
                    strokeColor=hexed(p.neutral),
                    strokeWidth=0.6,
                    strokeDashArray=[2, 1.5],
                )
            )
    return drawing
