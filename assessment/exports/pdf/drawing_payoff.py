"""The curve of what person-days buy, as a vector drawing."""

from itertools import pairwise

from reportlab.graphics.shapes import Circle, Drawing, Line
from reportlab.lib.colors import white

from assessment.charts import Payoff
from assessment.exports.pdf.drawing_radar import mark_said
from assessment.exports.pdf.faces import SEMIBOLD
from assessment.exports.pdf.lettering import letter
from assessment.exports.pdf.styles import hexed
from assessment.i18n import Catalogue
from assessment.theme import Palette

HEIGHT = 150.0
LEFT, RIGHT, BOTTOM, ABOVE = 30.0, 24.0, 30.0, 18.0


def payoff(chart: Payoff, c: Catalogue, p: Palette, width: float) -> Drawing:
    """Draw the line from nothing to the most days, each point marked, the bend named."""
    drawing = Drawing(width, HEIGHT)
    right, top = width - RIGHT, HEIGHT - ABOVE
    muted = hexed(p.muted)

    def across(days: float) -> float:
        return LEFT + (right - LEFT) * (days / chart.most if chart.most else 0.0)

    def up(share: float) -> float:
        return BOTTOM + (top - BOTTOM) * chart.share(share)

    letter(drawing, 0, HEIGHT - 8, chart.gain_name, size=6.8, colour=muted)
    letter(drawing, right, 4, chart.days_name, size=6.8, colour=muted, anchor="end")
    for mark in chart.marks:
        drawing.add(Line(LEFT, up(mark), right, up(mark), strokeColor=hexed(p.line), strokeWidth=0.4))
        letter(
            drawing, LEFT - 6, up(mark) - 2.4, mark_said(chart, mark, c), size=6.8, colour=muted, anchor="end"
        )
    places = [(across(point.days), up(point.share)) for point in chart.points]
    for (x1, y1), (x2, y2) in pairwise(places):
        drawing.add(Line(x1, y1, x2, y2, strokeColor=hexed(p.brand), strokeWidth=1.8))
    for (x, y), point in zip(places, chart.points, strict=True):
        bent = point.days == chart.knee
        colour = hexed(p.accent if bent else p.brand)
        drawing.add(Circle(x, y, 3.4 if bent else 2.4, fillColor=colour, strokeColor=white, strokeWidth=0.6))
        letter(drawing, x, BOTTOM - 11, c.number(point.days, 0), size=6.8, colour=muted, anchor="middle")
        if bent:
            half = x < width / 2  # the name stands where there is room for it, below the line
            letter(
                drawing,
                x + 8 if half else x - 8,
                y - 12,
                chart.knee_name,
                size=7.6,
                colour=hexed(p.ink),
                font=SEMIBOLD,
                anchor="start" if half else "end",
            )
    return drawing
