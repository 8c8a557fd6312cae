"""Chart specs become plotly figures; the same specs become drawings in the PDF."""

from typing import assert_never

import plotly.graph_objects as go

from assessment.charts import (
    NAMED_AXES,
    Bars,
    Bridge,
    Curve,
    Payoff,
    Radar,
    Timeline,
)
from assessment.theme import DARK, LIGHT, Palette
from assessment.ui.figure_axes import CLEAR, FONT, figure_of, said, suffix, ticks, wrapped
from assessment.ui.figures_of_plans import bridge, curve, payoff, timeline

Plotted = Radar | Bars | Timeline | Curve | Payoff | Bridge
"""What plotly draws; the heatmap is made of buttons."""


def draw(chart: Plotted, *, dark: bool = False, separators: str = ".,") -> go.Figure:
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
        case Timeline():
            figure = timeline(chart, palette)
        case Curve():
            figure = curve(chart, palette, separators)
        case Payoff():
            figure = payoff(chart, palette, separators)
        case Bridge():
            figure = bridge(chart, palette)
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


def _radar(chart: Radar, palette: Palette, separators: str) -> go.Figure:
    figure = go.Figure()
    crowded = len(chart.axes) > NAMED_AXES and all(chart.codes)
    axes = [
        code if crowded else wrapped(axis, 14)
        for code, axis in zip(chart.codes or chart.axes, chart.axes, strict=True)
    ]
    names = list(zip(chart.axes, chart.ids, strict=True))
    names += names[:1]
    for series in chart.series:
        present = series.role == "present"
        known = all(value is not None for value in series.values)
        figure.add_scatterpolar(
            r=[*series.values, *series.values[:1]],  # what is not known leaves a gap
            theta=[*axes, *axes[:1]],
            name=series.name,
            mode="lines+markers",  # lines alone cannot be pressed
            marker={"size": 8 if present else 6},
            fill="toself" if present and known else None,
            fillcolor=_faded(palette.brand, 0.18) if present and known else None,
            line={
                "color": palette.brand if present else palette.accent,
                "width": 2,
                "dash": "solid" if present else "dash",
            },
            customdata=names,
            hovertemplate=f"%{{customdata[0]}}: %{{r:{figure_of(chart)}}}{suffix(chart)}<extra>{series.name}</extra>",
        )
    figure.update_layout(
        height=500,
        margin={"t": 40, "b": 60, "l": 30, "r": 30} if crowded else {"t": 60, "b": 70, "l": 90, "r": 90},
        legend={"orientation": "h", "y": -0.14, "x": 0.5, "xanchor": "center"},
        polar={
            "bgcolor": CLEAR,
            "radialaxis": {
                "range": [chart.lowest - (chart.highest - chart.lowest) / 8, chart.highest],
                **ticks(chart, separators),
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
    labels = _apart([wrapped(bar.label, 22) for bar in rows])
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
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
    words = [bar.said or said(bar.value or 0.0, chart.digits, separators) + suffix(chart) for _, bar in rated]
    figure.add_scatter(
        y=[label for label, _ in rated],
        x=[bar.value for _, bar in rated],
        mode="markers",
        customdata=[[said, bar.id] for said, (_, bar) in zip(words, rated, strict=True)],
        cliponaxis=False,
        marker={"size": 13, "color": palette.brand, "symbol": "diamond"},
        hovertemplate="%{y}: %{customdata[0]}<extra></extra>",
        showlegend=False,
    )
    for (label, bar), text in zip(rated, words, strict=True):
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
        hovertemplate=f"%{{y}}: %{{x:{figure_of(chart)}}}{suffix(chart)}<extra>{chart.planned_name}</extra>",
        showlegend=bool(chart.planned_name),
    )
    margin = (chart.highest - chart.lowest) / 40
    figure.update_layout(
        height=110 + max(62, 26 + 20 * lines) * len(rows),
        margin={"t": 20, "b": 50, "l": 10, "r": 20},
        legend={"orientation": "h", "y": -0.18, "x": 0},
        xaxis={
            "range": [chart.lowest - margin, chart.highest + margin],
            **ticks(chart, separators),
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


def _faded(colour: str, share: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
