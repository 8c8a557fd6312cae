"""Figures of a plan: measures over time, load, the index month by month, what days buy."""

import plotly.graph_objects as go

from assessment.charts import Bridge, Curve, Payoff, Timeline, is_code
from assessment.theme import DARK, LIGHT, Palette
from assessment.ui.figure_axes import CLEAR, FONT, said, ticks, wrapped

NAME = 43
"""Characters of a measure's name on one line: so many stand beside one another on a narrow phone."""

MONTHS = {"showgrid": False, "nticks": 7, "ticklabelstandoff": 8, "automargin": True, "fixedrange": True}
"""An axis of months: their names keep clear of the other axis' marks and get the room they need."""


def timeline(chart: Timeline, palette: Palette) -> go.Figure:
    """Each measure has two lines: its name at the left edge, its bar below; so that names fit a phone, too."""
    figure = go.Figure()
    scale = chart.slots_per_month
    rows = {bar.id: number for number, bar in enumerate(chart.bars)}
    names = {
        bar.id: wrapped(f"{bar.label} ({bar.id.upper()})" if is_code(bar.id) else bar.label, NAME)
        for bar in chart.bars
    }
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
            y=rows[bar.id] + 0.02,
            yanchor="bottom",
            align="left",
            text=names[bar.id],
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
    named = list(range(0, len(chart.months), 3))
    figure.update_layout(
        height=70 + (62 if any("<br>" in name for name in names.values()) else 46) * max(len(chart.bars), 1),
        margin={"t": 36, "b": 10, "l": 24, "r": 44},
        xaxis={
            "range": [0, len(chart.months)],
            "tickvals": named,
            "ticktext": [chart.months[number] for number in named],
            "side": "top",
            "automargin": True,
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
        y=list(chart.capacities) or [chart.capacity] * len(chart.months),
        name=chart.capacity_name,
        mode="lines",
        line={"color": palette.accent, "dash": "dash", "shape": "hvh"},
    )
    figure.update_layout(
        height=260,
        margin={"t": 10, "b": 60, "l": 44, "r": 36},
        separators=separators,
        font={"family": FONT, "size": 14, "color": palette.text},
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        legend={"orientation": "h", "y": 1.04, "yanchor": "bottom", "x": 0},
        yaxis={"gridcolor": palette.line, "rangemode": "tozero", "ticklabelstandoff": 8, "fixedrange": True},
        xaxis=dict(MONTHS),
        dragmode=False,
    )
    return figure


def curve(chart: Curve, palette: Palette, separators: str) -> go.Figure:
    """Draw each series as steps over the months."""
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
        margin={"t": 10, "b": 52, "l": 56, "r": 56},
        yaxis={
            "range": [chart.lowest, chart.highest],
            **ticks(chart, separators),
            "ticklabelstandoff": 8,
            "gridcolor": palette.line,
            "fixedrange": True,
        },
        xaxis=dict(MONTHS),
        showlegend=False,
    )
    return figure


def payoff(chart: Payoff, palette: Palette, separators: str) -> go.Figure:
    """Draw the gain over the days, the bend named."""
    figure = go.Figure()
    figure.add_scatter(
        x=[point.days for point in chart.points],
        y=[point.share for point in chart.points],
        customdata=[point.said for point in chart.points],
        mode="lines+markers",
        line={"color": palette.brand, "width": 3},
        marker={"size": 8, "color": palette.brand},
        hovertemplate="%{customdata}: %{y:.0f}%<extra></extra>",
        cliponaxis=False,
    )
    if chart.bend is not None:
        figure.add_annotation(
            x=chart.bend.days,
            y=chart.bend.share,
            text=f"<b>{wrapped(chart.knee_name, 24)}</b>",
            arrowcolor=palette.accent,
            arrowhead=2,
            ax=30,
            ay=46,
            xanchor="left",
            align="left",
            font={"size": 13, "color": palette.text},
        )
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=8,
        text=chart.gain_name,
        showarrow=False,
        font={"size": 13, "color": palette.muted},
    )
    figure.update_layout(
        height=320,
        margin={"t": 40, "b": 50, "l": 44, "r": 40},
        xaxis={
            "title": {"text": wrapped(chart.days_name, 38), "font": {"size": 13, "color": palette.muted}},
            "tickmode": "array",
            "tickvals": [point.days for point in chart.points],
            "ticktext": [said(point.days, 0, separators) for point in chart.points],
            "range": [0, chart.most * 1.02 or 1],
            "gridcolor": palette.line,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [chart.lowest, chart.highest + 4],
            **ticks(chart, separators),
            "ticklabelstandoff": 6,
            "gridcolor": palette.line,
            "zeroline": False,
            "fixedrange": True,
        },
        showlegend=False,
    )
    return figure


def bridge(chart: Bridge, palette: Palette) -> go.Figure:
    """Draw how an index came from then to now: whole figures from the foot, parts where they begin and end."""
    figure = go.Figure()
    names = [wrapped(stage.name, 12) for stage in chart.stages]
    figure.add_bar(
        x=list(range(len(names))),
        y=[abs(stage.end - stage.begin) for stage in chart.stages],
        base=[min(stage.begin, stage.end) for stage in chart.stages],
        width=0.56,
        marker={
            "color": [
                palette.waves[0] if stage.whole else palette.brand if stage.main else palette.brand_soft
                for stage in chart.stages
            ]
        },
        customdata=[f"{stage.name}: {stage.said}" for stage in chart.stages],
        hovertemplate="%{customdata}<extra></extra>",
        text=[f"<b>{stage.said}</b>" for stage in chart.stages],
        textposition="outside",
        cliponaxis=False,
    )
    figure.update_layout(
        height=320,
        margin={"t": 30, "b": 60, "l": 10, "r": 10},
        xaxis={"tickvals": list(range(len(names))), "ticktext": names, "fixedrange": True, "zeroline": False},
        yaxis={"range": [chart.lowest, chart.highest], "visible": False, "fixedrange": True},
        showlegend=False,
    )
    return figure
