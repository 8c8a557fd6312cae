"""Chart specs become plotly figures; the same specs become drawings in the PDF."""

from typing import assert_never

import plotly.graph_objects as go

from assessment.charts import NAMED_AXES, Bars, Chart, Curve, Heatmap, Radar, Row, Scaled, Timeline, is_code
from assessment.theme import DARK, LIGHT, Palette, on

FONT = '"Source Sans", sans-serif'
CLEAR = "rgba(0,0,0,0)"
HEAT_COLUMNS = 4


def draw(chart: Chart, *, dark: bool = False, separators: str = ".,") -> go.Figure:
    """Draw a chart for the screen; `separators` are the language's signs for decimals and thousands."""
    palette = DARK if dark else LIGHT
    match chart:
        case Radar():
            figure = (
                _radar(chart, palette, separators)
                if chart.is_web
                else _bars(chart.as_bars(), palette, separators)
            )
        case Bars():
            figure = _bars(chart, palette, separators)
        case Heatmap():
            figure = _heatmap(chart, palette)
        case Timeline():
            figure = _timeline(chart, palette)
        case Curve():
            figure = _curve(chart, palette, separators)
        case _:
            assert_never(chart)
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": palette.text},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
        separators=separators,
    )
    return figure


def _figure_of(chart: Scaled) -> str:
    """Return plotly's format of a figure on the chart's axis."""
    return f".{chart.digits}f"


def _suffix(chart: Scaled) -> str:
    return "%" if chart.percent else ""


def _ticks(chart: Scaled, separators: str) -> dict[str, object]:
    whole = all(mark.is_integer() for mark in chart.marks)
    digits = 0 if whole else max(1, chart.digits)
    return {
        "tickmode": "array",
        "tickvals": list(chart.marks),
        "ticktext": [_said(mark, digits, separators) + _suffix(chart) for mark in chart.marks],
    }


def _said(value: float, digits: int, separators: str) -> str:
    """Return a number as the language writes it; plotly's own formats know text from elsewhere only as it is."""
    decimal, group = separators[0], separators[1]
    return f"{value:,.{digits}f}".replace(",", "_").replace(".", decimal).replace("_", group)


def _wrapped(text: str, width: int) -> str:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return "<br>".join(lines)


def _radar(chart: Radar, palette: Palette, separators: str) -> go.Figure:
    figure = go.Figure()
    crowded = len(chart.axes) > NAMED_AXES and all(chart.codes)
    axes = [
        code if crowded else _wrapped(axis, 14)
        for code, axis in zip(chart.codes or chart.axes, chart.axes, strict=True)
    ]
    names = [*chart.axes, *chart.axes[:1]]
    for series in chart.series:
        present = series.role == "present"
        known = all(value is not None for value in series.values)
        figure.add_scatterpolar(
            r=[*series.values, *series.values[:1]],  # what is not known leaves a gap
            theta=[*axes, *axes[:1]],
            name=series.name,
            fill="toself" if present and known else None,
            fillcolor=_faded(palette.brand, 0.18) if present and known else None,
            line={
                "color": palette.brand if present else palette.accent,
                "width": 2,
                "dash": "solid" if present else "dash",
            },
            customdata=names,
            hovertemplate=f"%{{customdata}}: %{{r:{_figure_of(chart)}}}{_suffix(chart)}<extra>{series.name}</extra>",
        )
    figure.update_layout(
        height=500,
        margin={"t": 40, "b": 60, "l": 30, "r": 30} if crowded else {"t": 60, "b": 70, "l": 90, "r": 90},
        legend={"orientation": "h", "y": -0.14, "x": 0.5, "xanchor": "center"},
        polar={
            "bgcolor": CLEAR,
            "radialaxis": {
                "range": [chart.lowest - (chart.highest - chart.lowest) / 8, chart.highest],
                **_ticks(chart, separators),
                "gridcolor": palette.line,
                "linecolor": palette.line,
                "tickfont": {"size": 11, "color": palette.muted},
                "angle": 90,
                "tickangle": 90,
            },
            "angularaxis": {
                "gridcolor": palette.line,
                "linecolor": palette.line,
                "tickfont": {"size": 12},
                "rotation": 90,
                "direction": "clockwise",
            },
        },
    )
    return figure


def _bars(chart: Bars, palette: Palette, separators: str) -> go.Figure:
    figure = go.Figure()
    rows = list(reversed(chart.bars))
    labels = _apart([_wrapped(bar.label, 30) for bar in rows])
    lows = [bar.low if bar.low is not None else chart.lowest for bar in rows]
    spans = [
        (bar.high if bar.high is not None else chart.lowest) - low
        for bar, low in zip(rows, lows, strict=True)
    ]
    figure.add_bar(
        y=labels,
        x=spans,
        base=lows,
        orientation="h",
        width=0.5,
        marker={"color": palette.brand_soft},
        hoverinfo="skip",
        showlegend=False,
    )
    rated = [(label, bar) for label, bar in zip(labels, rows, strict=True) if bar.value is not None]
    said = [
        bar.said or _said(bar.value or 0.0, chart.digits, separators) + _suffix(chart) for _, bar in rated
    ]
    figure.add_scatter(
        y=[label for label, _ in rated],
        x=[bar.value for _, bar in rated],
        mode="markers",
        customdata=said,
        cliponaxis=False,
        marker={"size": 13, "color": palette.brand, "symbol": "diamond"},
        hovertemplate="%{y}: %{customdata}<extra></extra>",
        showlegend=False,
    )
    for (label, bar), text in zip(rated, said, strict=True):
        share = chart.share(bar.value or 0.0)
        side = "left" if share < 0.1 else "right" if share > 0.9 else "center"
        figure.add_annotation(x=bar.value, y=label, text=text, showarrow=False, yshift=24, xanchor=side)
    planned = [(label, bar) for label, bar in zip(labels, rows, strict=True) if bar.planned is not None]
    figure.add_scatter(
        y=[label for label, _ in planned],
        x=[bar.planned for _, bar in planned],
        mode="markers",
        cliponaxis=False,
        name=chart.planned_name,
        marker={
            "size": 16,
            "color": palette.accent,
            "symbol": "line-ns-open",
            "line": {"width": 3, "color": palette.accent},
        },
        hovertemplate=f"%{{y}}: %{{x:{_figure_of(chart)}}}{_suffix(chart)}<extra>{chart.planned_name}</extra>",
        showlegend=bool(chart.planned_name),
    )
    margin = (chart.highest - chart.lowest) / 40
    figure.update_layout(
        height=110 + 62 * len(rows),
        margin={"t": 20, "b": 50, "l": 10, "r": 20},
        legend={"orientation": "h", "y": -0.18, "x": 0},
        xaxis={
            "range": [chart.lowest - margin, chart.highest + margin],
            **_ticks(chart, separators),
            "gridcolor": palette.line,
            "zeroline": False,
        },
        yaxis={"automargin": True},
    )
    return figure


def _apart(labels: list[str]) -> list[str]:
    """Return the labels with those that are alike told apart by spaces at the end: plotly takes a name for a place."""
    seen: dict[str, int] = {}
    made = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        made.append(label + "\u200b" * (seen[label] - 1))
    return made


def _heatmap(chart: Heatmap, palette: Palette) -> go.Figure:
    figure = go.Figure()
    rows = chart.columns(HEAT_COLUMNS)
    wide = min(HEAT_COLUMNS, len(rows)) or 1
    top = 0.0
    above = 0.8 if any(row.label for row in rows[:wide]) else 0.1
    for start in range(0, len(rows), wide):
        band = rows[start : start + wide]
        for column, row in enumerate(band):
            _heat_column(figure, chart, row, (column, top), palette)
        top += max(len(row.cells) for row in band) + 1
    figure.update_layout(
        height=round(92 * (top - 0.8 + above)),
        margin={"t": 10, "b": 10, "l": 0, "r": 0},
        xaxis={"range": [0, wide], "visible": False, "fixedrange": True},
        yaxis={"range": [top - 1, -above], "visible": False, "fixedrange": True},
    )
    return figure


def _heat_column(
    figure: go.Figure, chart: Heatmap, row: Row, place: tuple[int, float], palette: Palette
) -> None:
    column, top = place
    if row.label:
        figure.add_annotation(
            x=column + 0.5,
            y=top - 0.35,
            text=f"<b>{_wrapped(row.label, 14)}</b>",
            showarrow=False,
            font={"size": 12},
        )
    for number, cell in enumerate(row.cells):
        colour = palette.tint if cell.level is None else chart.shade(cell.level, palette.levels)
        figure.add_shape(
            type="rect",
            x0=column + 0.03,
            x1=column + 0.97,
            y0=top + number + 0.04,
            y1=top + number + 0.96,
            fillcolor=colour,
            line={"width": 0},
        )
        level = "–" if cell.level is None else cell.level
        figure.add_annotation(
            x=column + 0.5,
            y=top + number + 0.5,
            text=f"<b>{level}</b>{f' · {cell.code}' if cell.code else ''}<br>{_wrapped(cell.label, 15)}",
            showarrow=False,
            font={"color": palette.muted if cell.level is None else on(colour), "size": 11},
        )


def _timeline(chart: Timeline, palette: Palette) -> go.Figure:
    """Each measure has two lines: its name at the left edge, its bar below; so that names fit a phone, too."""
    figure = go.Figure()
    scale = chart.slots_per_month
    rows = {bar.id: number for number, bar in enumerate(chart.bars)}
    for bar in chart.bars:
        wave = (palette.levels[4], palette.levels[3], palette.levels[2])[min(bar.wave, 2)]
        figure.add_bar(
            y=[rows[bar.id] + 0.22],
            x=[(bar.end - bar.begin) / scale],
            base=[bar.begin / scale],
            orientation="h",
            marker={"color": palette.red if bar.lifts_cap else wave},
            width=0.34,
            hovertemplate=f"{bar.label}<extra></extra>",
            showlegend=False,
        )
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=rows[bar.id] - 0.2,
            text=f"{bar.label} ({bar.id.upper()})" if is_code(bar.id) else bar.label,
            showarrow=False,
            font={"size": 13, "color": palette.text},
        )
        for required in bar.waits_for:
            if required in rows:
                before = chart.bars[rows[required]]
                figure.add_annotation(
                    x=bar.begin / scale,
                    y=rows[bar.id] + 0.22,
                    ax=before.end / scale,
                    ay=rows[required] + 0.22,
                    xref="x",
                    yref="y",
                    axref="x",
                    ayref="y",
                    text="",
                    showarrow=True,
                    arrowhead=2,
                    arrowwidth=1,
                    arrowcolor=palette.muted,
                    opacity=0.5,
                )
    ticks = list(range(0, len(chart.months), 3))
    figure.update_layout(
        height=70 + 46 * max(len(chart.bars), 1),
        margin={"t": 36, "b": 10, "l": 4, "r": 10},
        xaxis={
            "range": [0, len(chart.months)],
            "tickvals": ticks,
            "ticktext": [chart.months[number] for number in ticks],
            "side": "top",
            "gridcolor": palette.line,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"range": [max(len(chart.bars), 1) - 0.4, -0.6], "visible": False, "fixedrange": True},
    )
    return figure


def load(chart: Timeline, *, dark: bool = False, separators: str = ".,") -> go.Figure:
    """Draw the timeline's load by month against its capacity."""
    palette = DARK if dark else LIGHT
    figure = go.Figure()
    figure.add_bar(
        x=list(chart.months), y=list(chart.load), name=chart.load_name, marker={"color": palette.levels[3]}
    )
    figure.add_scatter(
        x=list(chart.months),
        y=[chart.capacity] * len(chart.months),
        name=chart.capacity_name,
        mode="lines",
        line={"color": palette.accent, "dash": "dash"},
    )
    figure.update_layout(
        height=260,
        margin={"t": 10, "b": 60, "l": 30, "r": 10},
        separators=separators,
        font={"family": FONT, "size": 14, "color": palette.text},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        legend={"orientation": "h", "y": 1.2, "x": 0},
        yaxis={"gridcolor": palette.line, "rangemode": "tozero", "fixedrange": True},
        xaxis={"showgrid": False, "nticks": 7, "fixedrange": True},
        dragmode=False,
    )
    return figure


def _curve(chart: Curve, palette: Palette, separators: str) -> go.Figure:
    figure = go.Figure()
    for series in chart.series:
        figure.add_scatter(
            x=list(chart.months),
            y=list(series.values),
            name=series.name,
            mode="lines",
            line={"color": palette.brand, "width": 3, "shape": "hv"},
        )
    figure.update_layout(
        height=260,
        margin={"t": 10, "b": 40, "l": 30, "r": 10},
        yaxis={
            "range": [chart.lowest, chart.highest],
            **_ticks(chart, separators),
            "gridcolor": palette.line,
            "fixedrange": True,
        },
        xaxis={"showgrid": False, "nticks": 7, "fixedrange": True},
        showlegend=False,
    )
    return figure


def _faded(colour: str, share: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
