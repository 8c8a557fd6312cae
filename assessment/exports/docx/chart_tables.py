"""The figures behind a chart as a small table, so that they can be read, copied and edited beside its picture."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import assert_never

from assessment.charts import (
    Bar,
    Bars,
    Bridge,
    Chart,
    Curve,
    Heatmap,
    Payoff,
    Radar,
    Scaled,
    Series,
    Timeline,
)
from assessment.document.blocks import Cell, Column, Table, cell
from assessment.i18n import MISSING, Catalogue
from assessment.values import TOLERANCE

POINTS = 8
"""So many points of a line stand side by side."""
AXES = 8
"""More axes than these stand in two halves beside each other."""
NAME, FIGURE = 3.0, 0.9
"""Widths of columns, relative."""


def chart_tables(chart: Chart, c: Catalogue) -> tuple[Table, ...]:
    """Return the figures that a chart shows; none where the document says them elsewhere."""
    match chart:
        case Radar():
            return _radar(chart, c) if chart.is_web else _bars(chart.as_bars(), c)
        case Bars():
            return _bars(chart, c)
        case Curve():
            return tuple(_curve(chart, c))
        case Payoff():
            days = tuple(c.number(point.days, 0) for point in chart.points)
            shares = tuple(_said(chart, point.share, c) for point in chart.points)
            return tuple(_across(chart.title, chart.days_name, days, [(chart.gain_name, shares)]))
        case Bridge():
            rows = [(cell(stage.name), cell(stage.said)) for stage in chart.stages]
            return (_table(chart.title, (("", NAME, "left"), (c.t("Index"), FIGURE, "right")), rows),)
        case Heatmap() | Timeline():
            return ()
        case _:
            assert_never(chart)


def _said(chart: Scaled, value: float | None, c: Catalogue) -> str:
    """Return a figure of the chart in words."""
    if value is None:
        return MISSING
    return c.percent(value / 100) if chart.percent else c.number(value, chart.digits)


def _table(title: str, heads: Sequence[tuple[str, float, str]], rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(
        summary=title,
        columns=tuple(
            Column(head=head, width=width, align="right" if align == "right" else "left")
            for head, width, align in heads
        ),
        rows=tuple(rows),
    )


def _radar(chart: Radar, c: Catalogue) -> tuple[Table, ...]:
    """Return the axes with the figure of each line; many of them in two halves beside each other."""
    if all(value is None for series in chart.series for value in series.values):
        return ()
    heads = [(c.t("Part"), NAME, "left"), *((series.name, FIGURE, "right") for series in chart.series)]
    rows = [
        (cell(axis), *(cell(_said(chart, series.values[number], c)) for series in chart.series))
        for number, axis in enumerate(chart.axes)
    ]
    if len(rows) <= AXES:
        return (_table(chart.title, heads, rows),)
    half = -(-len(rows) // 2)
    rest = [*rows[half:], *([((),) * len(heads)] * (2 * half - len(rows)))]
    both = [(*left, *right) for left, right in zip(rows[:half], rest, strict=True)]
    return (_table(chart.title, [*heads, *heads], both),)


def _bars(chart: Bars, c: Catalogue) -> tuple[Table, ...]:
    if not chart.bars:
        return ()
    levels = any(bar.level is not None for bar in chart.bars)
    heads = [(c.t("Part"), NAME, "left")]
    heads += [(c.t("Level"), FIGURE, "right")] if levels else []
    heads += [(c.t("Index"), FIGURE, "right")]
    between = any(bar.between for bar in chart.bars)
    heads += [(c.t("Possible index"), 1.6 * FIGURE, "right")] if between else []
    heads += [(_begun(chart.planned_name), 1.6 * FIGURE, "right")] if chart.planned_name else []

    def row(bar: Bar) -> Iterator[Cell]:
        yield cell(bar.label)
        if levels:
            yield cell(c.number(bar.level, 0))
        yield cell(bar.said or _said(chart, bar.value, c))
        if between:
            yield cell(bar.between or MISSING)
        if chart.planned_name:
            yield cell(_said(chart, bar.planned, c))

    return (_table(chart.title, heads, [tuple(row(bar)) for bar in chart.bars]),)


def _curve(chart: Curve, c: Catalogue) -> Iterator[Table]:
    """Yield the months in which a line moves, with the first and the last."""
    months = range(len(chart.months))
    moves = sorted(
        {place for series in chart.series for place in _moves(series)} | {*months[:1], *months[-1:]}
    )
    rows = [
        (series.name, tuple(_said(chart, series.values[place], c) for place in moves))
        for series in chart.series
    ]
    yield from _across(chart.title, c.t("Month"), tuple(chart.months[place] for place in moves), rows)


def _moves(series: Series) -> Iterator[int]:
    for place, (before, after) in enumerate(pairwise(series.values), start=1):
        if before is None or after is None:
            if before is not after:
                yield place
        elif abs(after - before) > TOLERANCE:
            yield place


def _across(
    title: str, name: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
) -> Iterator[Table]:
    """Yield tables with a column for each point of a line, as many as stand side by side."""
    for start in range(0, len(heads), POINTS):
        part = slice(start, start + POINTS)
        empty = POINTS - len(heads[part])
        columns = [(name, NAME, "left"), *((head, FIGURE, "right") for head in heads[part])]
        # The last one keeps the columns of those above it.
        columns += [("", FIGURE, "right")] * (empty if start else 0)
        yield _table(
            title,
            columns,
            [
                (cell(said), *(cell(value) for value in values[part]), *([()] * (empty if start else 0)))
                for said, values in rows
            ],
        )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
