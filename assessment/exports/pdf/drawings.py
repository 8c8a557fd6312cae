"""Chart specs as vector drawings in the report's own type: radar, bars, heatmap; those over time are next door."""

from math import ceil
from typing import assert_never

from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib.colors import Color, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.charts import Bar, Bars, Cell, Chart, Curve, Heatmap, Radar, Series, Timeline
from assessment.exports.pdf.drawing_radar import AXES_AT_LEAST, legend, radar
from assessment.exports.pdf.drawings_over_time import curve, timeline
from assessment.exports.pdf.faces import LIGHT, REGULAR, SEMIBOLD
from assessment.exports.pdf.lettering import letter, stack, wrapped
from assessment.exports.pdf.styles import TEXT_WIDTH, hexed
from assessment.i18n import MISSING, Catalogue
from assessment.theme import LIGHT as PAPER
from assessment.theme import on

BAR_ROW = 31.0
HEAT_COLUMNS = 4
HEAT_ROW = 29.0


def drawn(chart: Chart, c: Catalogue, *, width: float = TEXT_WIDTH) -> Drawing:
    """Return the drawing of any chart."""
    match chart:
        case Radar():
            return radar(chart, c, width) if len(chart.axes) >= AXES_AT_LEAST else _few_axes(chart, c, width)
        case Bars():
            return bars(chart, c, width)
        case Heatmap():
            return heatmap(chart, c, width)
        case Timeline():
            return timeline(chart, c, width)
        case Curve():
            return curve(chart, c, width)
        case _:
            assert_never(chart)


def _few_axes(chart: Radar, c: Catalogue, width: float) -> Drawing:
    """Draw one or two axes as bars: a web needs three."""
    unknown = Series(name="", role="present", values=(None,) * len(chart.axes))
    present = next((series for series in chart.series if series.role == "present"), unknown)
    planned = next((series for series in chart.series if series.role == "planned"), present)
    made = tuple(
        Bar(id=identifier, label=name, value=now, low=now, high=now, level=None, planned=later)
        for identifier, name, now, later in zip(
            chart.ids, chart.axes, present.values, planned.values, strict=True
        )
    )
    return bars(
        Bars(
            title=chart.title,
            alt=chart.alt,
            lowest=chart.lowest,
            highest=chart.highest,
            planned_name=planned.name,
            bars=made,
        ),
        c,
        width,
    )


def bars(chart: Bars, c: Catalogue, width: float) -> Drawing:
    """Draw one bar a section: the possible range as a band, the index on it, the plan as a tick, the figures beside."""
    height = BAR_ROW * len(chart.bars) + 34
    drawing = Drawing(width, height)
    left, right, top = width * 0.34, width - 112, height - 18
    span = chart.highest - chart.lowest or 1.0
    muted = hexed(PAPER.muted)

    def at(value: float) -> float:
        return left + (right - left) * (value - chart.lowest) / span

    for step in range(int(span) + 1):
        x = at(chart.lowest + step)
        drawing.add(Line(x, 16, x, top, strokeColor=hexed(PAPER.line), strokeWidth=0.4))
        letter(drawing, x, top + 4, c.number(chart.lowest + step, 0), size=6.8, colour=muted, anchor="middle")
    letter(drawing, width - 72, top + 4, c.t("Level"), size=6.8, colour=muted, anchor="end")
    letter(drawing, width, top + 4, c.t("Index"), size=6.8, colour=muted, anchor="end")
    for number, bar in enumerate(chart.bars):
        _bar(
            drawing, bar, c, (at(chart.lowest), at(chart.highest), top - BAR_ROW * (number + 0.5), width), at
        )
    legend(
        drawing,
        left,
        1,
        [("bar", c.t("index today")), ("band", c.t("possible range")), ("tick", chart.planned_name)],
    )
    return drawing


def _bar(drawing: Drawing, bar: Bar, c: Catalogue, place: tuple[float, float, float, float], at) -> None:  # type: ignore[no-untyped-def]
    left, right, y, width = place
    ink, muted = hexed(PAPER.ink), hexed(PAPER.muted)
    stack(
        drawing,
        0,
        y,
        wrapped(bar.label, SEMIBOLD, 8.4, left - 12, lines=2),
        size=8.4,
        colour=ink,
        font=SEMIBOLD,
    )
    drawing.add(
        Rect(left, y - 5.5, right - left, 11, fillColor=hexed(PAPER.tint), strokeColor=None, rx=5.5, ry=5.5)
    )
    if bar.low is not None and bar.high is not None and bar.high > bar.low:
        drawing.add(
            Rect(
                at(bar.low),
                y - 5.5,
                at(bar.high) - at(bar.low),
                11,
                fillColor=hexed(PAPER.brand_soft),
                strokeColor=None,
                rx=3,
                ry=3,
            )
        )
    if bar.value is not None:
        drawing.add(
            Rect(
                left,
                y - 2.8,
                max(5.6, at(bar.value) - left),
                5.6,
                fillColor=hexed(PAPER.brand),
                strokeColor=None,
                rx=2.8,
                ry=2.8,
            )
        )
    if bar.planned is not None:
        drawing.add(
            Rect(
                at(bar.planned) - 1.2,
                y - 8.5,
                2.4,
                17,
                fillColor=hexed(PAPER.accent),
                strokeColor=white,
                strokeWidth=0.6,
            )
        )
    letter(
        drawing, width - 78, y - 4.4, c.number(bar.level, 0), size=13, colour=ink, font=LIGHT, anchor="middle"
    )
    letter(drawing, width, y + 0.8, c.number(bar.value), size=10, colour=ink, font=SEMIBOLD, anchor="end")
    if bar.low is not None and bar.high is not None and c.number(bar.low) != c.number(bar.high):
        between = c.t("{low} to {high}", low=c.number(bar.low), high=c.number(bar.high))
        letter(drawing, width, y - 9, between, size=7, colour=muted, anchor="end")


def heatmap(chart: Heatmap, c: Catalogue, width: float) -> Drawing:
    """Draw a column a dimension, a cell a capability with its level, and below it what the plan makes of it."""
    columns = min(HEAT_COLUMNS, max(1, len(chart.rows)))
    bands = [chart.rows[i : i + columns] for i in range(0, len(chart.rows), columns)]
    heights = [24 + HEAT_ROW * max((len(row.cells) for row in band), default=0) for band in bands]
    height = sum(heights) + 16
    drawing = Drawing(width, height)
    wide = width / columns
    top = height
    for band, tall in zip(bands, heights, strict=True):
        for number, row in enumerate(band):
            x = number * wide
            stack(
                drawing,
                x + 1,
                top - 11,
                wrapped(row.label, SEMIBOLD, 8, wide - 8, lines=2),
                size=8,
                colour=hexed(PAPER.ink),
                font=SEMIBOLD,
            )
            for place, one in enumerate(row.cells):
                _cell(drawing, one, chart, c, (x, top - 24 - HEAT_ROW * (place + 1), wide))
        top -= tall
    _levels(drawing, chart, c)
    return drawing


def _cell(
    drawing: Drawing, cell: Cell, chart: Heatmap, c: Catalogue, place: tuple[float, float, float]
) -> None:
    x, y, wide = place
    fill = level_colour(cell.level, chart) if cell.level is not None else PAPER.paper
    ink = hexed(on(fill))
    drawing.add(
        Rect(
            x + 1,
            y + 1,
            wide - 5,
            HEAT_ROW - 3,
            fillColor=hexed(fill),
            strokeColor=None if cell.level is not None else hexed(PAPER.line),
            strokeWidth=0.6,
            rx=2.5,
            ry=2.5,
        )
    )
    stack(
        drawing,
        x + 7,
        y + HEAT_ROW / 2 - 0.5,
        wrapped(cell.label, REGULAR, 7, wide - 40, lines=3),
        size=7,
        colour=ink,
    )
    right = x + wide - 10
    moved = cell.level is not None and cell.planned is not None and cell.planned != cell.level
    level = MISSING if cell.level is None else c.number(cell.level, 0)
    letter(
        drawing,
        right,
        y + HEAT_ROW / 2 - (1 if moved else 4.2),
        level,
        size=12,
        colour=ink,
        font=SEMIBOLD,
        anchor="end",
    )
    if moved:
        letter(drawing, right, y + 4.6, f"→ {c.number(cell.planned, 0)}", size=7, colour=ink, anchor="end")


def level_colour(level: int, chart: Heatmap) -> str:
    """Return the colour of a level, whatever number of levels the scale has."""
    numbers = [number for number, _ in chart.levels]
    share = numbers.index(level) / max(1, len(numbers) - 1)
    return PAPER.levels[min(len(PAPER.levels) - 1, ceil(share * (len(PAPER.levels) - 1) - 1e-9))]


def _levels(drawing: Drawing, chart: Heatmap, c: Catalogue) -> None:
    x, size = 1.0, 7.0
    muted: Color = hexed(PAPER.muted)
    for number, name in chart.levels:
        said = f"{c.number(number, 0)} {name}"
        drawing.add(
            Rect(
                x,
                1,
                9,
                7,
                fillColor=hexed(level_colour(number, chart)),
                strokeColor=hexed(PAPER.line),
                strokeWidth=0.3,
                rx=1,
                ry=1,
            )
        )
        letter(drawing, x + 12, 2, said, size=size, colour=muted)
        x += 22 + stringWidth(said, REGULAR, size)
    letter(drawing, x, 2, c.t("→ level after the plan"), size=size, colour=muted)
