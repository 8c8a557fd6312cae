"""Chart specs as vector drawings in the report's own type: radar, bars, heatmap; those over time are next door."""

from collections.abc import Callable
from typing import assert_never

from reportlab.graphics.shapes import Drawing, Line, Rect
from reportlab.lib.colors import Color, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.charts import Bar, Bars, Bridge, Cell, Chart, Curve, Heatmap, Payoff, Radar, Timeline
from assessment.exports.pdf.drawing_bridge import bridge
from assessment.exports.pdf.drawing_payoff import payoff
from assessment.exports.pdf.drawing_radar import legend, mark_said, radar
from assessment.exports.pdf.drawings_over_time import curve, timeline
from assessment.exports.pdf.faces import LIGHT, REGULAR, SEMIBOLD
from assessment.exports.pdf.lettering import letter, stack, wrapped
from assessment.exports.pdf.styles import TEXT_WIDTH, hexed
from assessment.i18n import MISSING, Catalogue
from assessment.theme import Palette, on

BAR_ROW = 31.0
HEAT_COLUMNS = 4
HEAT_ROW = 29.0
LEAST_HEAT_ROW = 13.0
HEAT_ROOM = 600.0
"""A heatmap with so many cells that they would take more than this has lower ones."""
LEGEND_ROW = 11.0
NOTE_GAP = 22.0
NOTE_SIZE = 7.0


def drawn(chart: Chart, c: Catalogue, p: Palette, *, width: float = TEXT_WIDTH) -> Drawing:
    """Return the drawing of any chart."""
    match chart:
        case Radar():
            return radar(chart, c, p, width) if chart.is_web else bars(chart.as_bars(), c, p, width)
        case Bars():
            return bars(chart, c, p, width)
        case Heatmap():
            return heatmap(chart, c, p, width)
        case Timeline():
            return timeline(chart, c, p, width)
        case Curve():
            return curve(chart, c, p, width)
        case Payoff():
            return payoff(chart, c, p, width)
        case Bridge():
            return bridge(chart, c, p, width)
        case _:
            assert_never(chart)


def bars(chart: Bars, c: Catalogue, p: Palette, width: float) -> Drawing:
    """Draw one bar a section: the possible range as a band, the index on it, the plan as a tick, the figures beside."""
    height = BAR_ROW * len(chart.bars) + 34
    drawing = Drawing(width, height)
    left, right, top = width * 0.34, width - 112, height - 18
    muted = hexed(p.muted)
    levels = any(bar.level is not None for bar in chart.bars)

    def at(value: float) -> float:
        return left + (right - left) * chart.share(value)

    for mark in chart.marks:
        x = at(mark)
        drawing.add(Line(x, 16, x, top, strokeColor=hexed(p.line), strokeWidth=0.4))
        letter(drawing, x, top + 4, mark_said(chart, mark, c), size=6.8, colour=muted, anchor="middle")
    if levels:
        letter(drawing, width - 72, top + 4, c.t("Level"), size=6.8, colour=muted, anchor="end")
    letter(drawing, width, top + 4, c.t("Index"), size=6.8, colour=muted, anchor="end")
    for number, bar in enumerate(chart.bars):
        _bar(
            drawing,
            bar,
            p,
            (at(chart.lowest), at(chart.highest), top - BAR_ROW * (number + 0.5), width),
            at,
            said=bar.said or c.number(bar.value, chart.digits) + _percent(bar.value, chart, c),
            level=c.number(bar.level, 0) if levels else "",
        )
    legend(
        drawing,
        left,
        1,
        [
            ("bar", c.t("index today")),
            ("band", c.t("possible range")),
            *([("tick", chart.planned_name)] if chart.planned_name else []),
        ],
        p,
    )
    return drawing


def _percent(value: float | None, chart: Bars, c: Catalogue) -> str:
    return c.percent(0.0).removeprefix("0") if chart.percent and value is not None else ""


def _bar(
    drawing: Drawing,
    bar: Bar,
    p: Palette,
    place: tuple[float, float, float, float],
    at: Callable[[float], float],
    *,
    said: str,
    level: str,
) -> None:
    left, right, y, width = place
    ink, muted = hexed(p.ink), hexed(p.muted)
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
        Rect(left, y - 5.5, right - left, 11, fillColor=hexed(p.tint), strokeColor=None, rx=5.5, ry=5.5)
    )
    if bar.low is not None and bar.high is not None and bar.high > bar.low:
        drawing.add(
            Rect(
                at(bar.low),
                y - 5.5,
                at(bar.high) - at(bar.low),
                11,
                fillColor=hexed(p.brand_soft),
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
                fillColor=hexed(p.brand),
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
                fillColor=hexed(p.accent),
                strokeColor=white,
                strokeWidth=0.6,
            )
        )
    letter(drawing, width - 78, y - 4.4, level, size=13, colour=ink, font=LIGHT, anchor="middle")
    letter(drawing, width, y + 0.8, said, size=10, colour=ink, font=SEMIBOLD, anchor="end")
    if bar.between:
        letter(drawing, width, y - 9, bar.between, size=7, colour=muted, anchor="end")


def heatmap(chart: Heatmap, c: Catalogue, p: Palette, width: float) -> Drawing:
    """Draw a column a dimension, a cell a capability with its level, and below it what the plan makes of it."""
    rows = chart.columns(HEAT_COLUMNS)
    columns = min(HEAT_COLUMNS, max(1, len(rows)))
    bands = [rows[i : i + columns] for i in range(0, len(rows), columns)]
    heads = [24.0 if any(row.label for row in band) else 2.0 for band in bands]
    longest = [max((len(row.cells) for row in band), default=0) for band in bands]
    one = min(HEAT_ROW, max(LEAST_HEAT_ROW, (HEAT_ROOM - sum(heads)) / max(1, sum(longest))))
    heights = [head + one * count for head, count in zip(heads, longest, strict=True)]
    notes = _notes(chart, c, width)
    height = sum(heights) + 5 + LEGEND_ROW * len(notes)
    drawing = Drawing(width, height)
    wide = width / columns
    top = height
    for band, head, tall in zip(bands, heads, heights, strict=True):
        for number, row in enumerate(band):
            x = number * wide
            stack(
                drawing,
                x + 1,
                top - 11,
                wrapped(row.label, SEMIBOLD, 8, wide - 8, lines=2),
                size=8,
                colour=hexed(p.ink),
                font=SEMIBOLD,
            )
            for place, cell in enumerate(row.cells):
                _cell(drawing, cell, chart, c, p, (x, top - head - one * (place + 1), wide, one))
        top -= tall
    _levels(drawing, chart, p, notes)
    return drawing


def _cell(
    drawing: Drawing,
    cell: Cell,
    chart: Heatmap,
    c: Catalogue,
    p: Palette,
    place: tuple[float, float, float, float],
) -> None:
    x, y, wide, tall = place
    fill = chart.shade(cell.level, p.levels) if cell.level is not None else p.paper
    ink = hexed(on(fill))
    drawing.add(
        Rect(
            x + 1,
            y + 1,
            wide - 5,
            tall - 3,
            fillColor=hexed(fill),
            strokeColor=None if cell.level is not None else hexed(p.line),
            strokeWidth=0.6,
            rx=2.5,
            ry=2.5,
        )
    )
    stack(
        drawing,
        x + 7,
        y + tall / 2 - 0.5,
        wrapped(cell.label, REGULAR, 7, wide - 40, lines=max(1, int(tall / 9))),
        size=7,
        colour=ink,
    )
    right = x + wide - 10
    moved = tall > 20 and cell.level is not None and cell.planned is not None and cell.planned != cell.level
    level = MISSING if cell.level is None else c.number(cell.level, 0)
    letter(
        drawing,
        right,
        y + tall / 2 - (1 if moved else 4.2 if tall > 20 else 3),
        level,
        size=12 if tall > 20 else 8.5,
        colour=ink,
        font=SEMIBOLD,
        anchor="end",
    )
    if moved:
        letter(drawing, right, y + 4.6, f"→ {c.number(cell.planned, 0)}", size=7, colour=ink, anchor="end")


def _notes(chart: Heatmap, c: Catalogue, width: float) -> list[list[tuple[int | None, str]]]:
    """Return the legend: what each colour and the arrow mean, in as many lines as it takes."""
    notes: list[tuple[int | None, str]] = [
        (number, f"{c.number(number, 0)} {name}") for number, name in chart.levels
    ]
    if any(cell.planned is not None for row in chart.rows for cell in row.cells):
        notes.append((None, c.t("→ level after the plan")))
    lines: list[list[tuple[int | None, str]]] = [[]]
    left = width
    for number, said in notes:
        wide = NOTE_GAP + stringWidth(said, REGULAR, NOTE_SIZE)
        if wide > left and lines[-1]:
            lines.append([])
            left = width
        lines[-1].append((number, said))
        left -= wide
    return lines


def _levels(drawing: Drawing, chart: Heatmap, p: Palette, lines: list[list[tuple[int | None, str]]]) -> None:
    muted: Color = hexed(p.muted)
    for place, notes in enumerate(reversed(lines)):
        x, y = 1.0, 1.0 + LEGEND_ROW * place
        for number, said in notes:
            if number is not None:
                drawing.add(
                    Rect(
                        x,
                        y,
                        9,
                        7,
                        fillColor=hexed(chart.shade(number, p.levels)),
                        strokeColor=hexed(p.line),
                        strokeWidth=0.3,
                        rx=1,
                        ry=1,
                    )
                )
            letter(drawing, x + (12 if number is not None else 0), y + 1, said, size=NOTE_SIZE, colour=muted)
            x += NOTE_GAP + stringWidth(said, REGULAR, NOTE_SIZE)
