"""Charts as native ones: each has its workbook, the theme's colours, and a text for those who cannot see it."""

from itertools import pairwise
from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.parts.chart import ChartPart

from assessment.charts import Bars, Bridge, Curve, Payoff, Radar, Scaled, Timeline
from assessment.exports.pptx.chart_xml import (
    CATEGORIES,
    SMALL,
    VALUES,
    Scale,
    Series,
    categories_xml,
    chart_xml,
    errors_xml,
    inside_xml,
    labels_xml,
    legend_xml,
    marker_xml,
    series_xml,
    values_xml,
)
from assessment.exports.pptx.geometry import Place
from assessment.exports.pptx.lettering import LEADING, shortened
from assessment.exports.pptx.markup import (
    ACCENT,
    BRAND,
    INK,
    LATER,
    MUTED,
    SPACES,
    Para,
    Run,
    fill_xml,
    line_xml,
    quoted,
    units,
)
from assessment.exports.pptx.sheets import Deck, Sheet
from assessment.exports.pptx.workbooks import Column, Data, workbook

AXIS = f'<c:axId val="{CATEGORIES}"/><c:axId val="{VALUES}"/>'
LEGEND_HEIGHT = 18.0
MONTH_NAMES = 7
"""So many names at most stand under an axis of months."""
NAMES_SHARE, NAMES_AT_MOST = 0.47, 330.0
"""What names beside bars may take of the width, and in points."""
UNDER_BARS = 20.0
"""Points for the marks under bars."""
BAR_LABEL = 10.0
AXIS_NAME = 165.0
SOFT = "accent3"
"""Too light to be seen on white without an edge."""


def put(deck: Deck, sheet: Sheet, raw: bytes, data: Data, *, place: Place, name: str, said: str) -> None:
    """Put a chart with its workbook on a slide."""
    package, where = deck.file.part.package, PackURI(f"/ppt/charts/chart{deck.next_chart()}.xml")
    part: Any = ChartPart.load(where, CT.DML_CHART, package, raw)
    part.chart_workbook.update_from_xlsx_blob(workbook(data, deck.document.held_on))
    identifier = sheet.slide.part.relate_to(part, RT.CHART)
    sheet.add(
        f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="{sheet.next()}" name="{quoted(name)}" '
        f'descr="{quoted(said)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f'</p:nvGraphicFramePr><p:xfrm><a:off x="{units(place.x)}" y="{units(place.y)}"/>'
        f'<a:ext cx="{units(place.width)}" cy="{units(place.height)}"/></p:xfrm><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{identifier}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )


def code_of(chart: Scaled, deck: Deck, *, marks: bool = False) -> str:
    """Return how a program writes the numbers of a chart; the sign for decimals is that of the reader's system."""
    if chart.percent:
        return '0"\u00a0%"' if "\u00a0" in deck.c.percent(0.5) else '0"%"'
    digits = chart.digits
    if marks:
        digits = 0 if all(mark.is_integer() for mark in chart.marks) else max(1, chart.digits)
    return f"0.{'0' * digits}" if digits else "0"


def scale_of(chart: Scaled, deck: Deck, *, place: str = "l", where: str = "autoZero") -> Scale:
    """Return the axis of an index."""
    marks = chart.marks
    steps = [round(b - a, 9) for a, b in pairwise(marks)]
    even = len(set(steps)) == 1
    wide = chart.highest > chart.lowest
    return Scale(
        lowest=chart.lowest,
        highest=chart.highest if wide else chart.lowest + 1,
        step=steps[0] if even else None,
        code=code_of(chart, deck, marks=True),
        place=place,
        where=where,
    )


# -- bars


def bars(deck: Deck, sheet: Sheet, chart: Bars, place: Place) -> None:
    """Put bars: today's index, behind it what the plan adds, across it the possible range as a whisker."""
    legend, place = place.upper(LEGEND_HEIGHT), place.below(LEGEND_HEIGHT)
    count = max(1, len(chart.bars))
    beside = min(place.width * NAMES_SHARE, NAMES_AT_MOST)
    lines = int((place.height - UNDER_BARS) / count / (BAR_LABEL * LEADING))
    names = tuple(_bar_name(bar.label, bar.said, bar.between, lines, beside - 12) for bar in chart.bars)
    ranges = [
        (bar.low, bar.high) if bar.low is not None and bar.high is not None and bar.high > bar.low else None
        for bar in chart.bars
    ]
    middles = tuple((one[0] + one[1]) / 2 if one else None for one in ranges)
    # Where today's index is not known, a planned one alone would look like a gain of its whole length.
    later = tuple(bar.planned if bar.value is not None else None for bar in chart.bars)
    halves = tuple((one[1] - one[0]) / 2 if one else None for one in ranges)
    range_name = deck.c.t("possible range")
    data = Data(
        head=chart.title,
        names=names,
        columns=(
            Column(chart.planned_name or deck.c.t("after the plan"), later),
            Column(deck.c.t("today"), tuple(bar.value for bar in chart.bars)),
            Column(range_name, middles),
            Column("±", halves),
        ),
    )
    code = code_of(chart, deck)
    plain = fill_xml("") + line_xml("", 0)
    made = [
        Series(0, fill_xml(LATER) + line_xml(ACCENT, 1), code) if chart.planned_name else None,
        Series(1, fill_xml(BRAND) + line_xml("", 0), code),
        Series(2, plain, code, errors=errors_xml(data, 3, 3)) if any(ranges) else None,
    ]
    plot = (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        + "".join(series_xml(one, data) for one in made if one)
        + f'<c:gapWidth val="70"/><c:overlap val="100"/>{AXIS}</c:barChart>'
        + categories_xml(deck.language, place="l", reverse=True, size=BAR_LABEL)
        + values_xml(scale_of(chart, deck, place="b", where="max"), deck.language)
    )
    share = beside / place.width
    inside = inside_xml(share, 0.01, 0.97 - share, 1 - UNDER_BARS / place.height - 0.01)
    put(
        deck,
        sheet,
        chart_xml(plot, deck.language, inside=inside),
        data,
        place=place,
        name=chart.title,
        said=f"{chart.title}. {chart.alt}",
    )
    keys = [Run("■ ", colour=BRAND), Run(deck.c.t("today"), colour=MUTED)]
    if chart.planned_name:
        keys += [Run("    ■ ", colour=LATER), Run(chart.planned_name, colour=MUTED)]
    if any(ranges):
        keys += [Run("    ├─┤ ", colour=INK), Run(range_name, colour=MUTED)]
    sheet.text([Para(tuple(keys), SMALL)], legend, name=chart.title)


def _bar_name(label: str, said: str, between: str, lines: int, room: float) -> str:
    """Return what stands beside a bar: its name, today's index and the possible range, on as many lines as there is room for."""
    index = f"{said} ({between})" if between else said
    if lines < 2:
        rest = f" · {index}" if index else ""
        return shortened(label, BAR_LABEL, room - len(rest) * BAR_LABEL * 0.55) + rest
    return f"{shortened(label, BAR_LABEL, room, most=min(2, lines - 1))}\n{index}" if index else label


# -- web


def radar(deck: Deck, sheet: Sheet, chart: Radar, place: Place) -> None:
    """Put the web, its axes named by codes where they have some; as bars where there are too few axes for one."""
    if not chart.is_web:
        bars(deck, sheet, chart.as_bars(), place)
        return
    named = any(chart.codes)
    names = chart.codes if named else tuple(shortened(one, SMALL, AXIS_NAME) for one in chart.axes)
    code = code_of(chart, deck)
    data = Data(
        head=chart.title, names=names, columns=tuple(Column(one.name, one.values) for one in chart.series)
    )
    looks = {
        "present": (line_xml(BRAND, 2.5), marker_xml(BRAND, 7)),
        "planned": (line_xml(ACCENT, 2, dash="sysDash"), marker_xml("")),
    }
    made = [
        Series(number, looks[one.role][0], code, marker=looks[one.role][1])
        for number, one in enumerate(chart.series)
    ]
    plot = (
        '<c:radarChart><c:radarStyle val="marker"/><c:varyColors val="0"/>'
        + "".join(series_xml(one, data, kind="radar") for one in made)
        + f"{AXIS}</c:radarChart>"
        + categories_xml(deck.language)
        + values_xml(scale_of(chart, deck), deck.language)
    )
    put(
        deck,
        sheet,
        chart_xml(plot, deck.language, legend=legend_xml(deck.language)),
        data,
        place=place,
        name=chart.title,
        said=f"{chart.title}. {chart.alt}",
    )


# -- over time


def _every(count: int) -> int:
    return max(1, -(-count // MONTH_NAMES))


def load(deck: Deck, sheet: Sheet, chart: Timeline, place: Place) -> None:
    """Put the load of each month as columns under the line of the capacity."""
    limits = chart.capacities or (chart.capacity,) * len(chart.load)
    data = Data(
        head=chart.title,
        names=chart.months[: len(chart.load)],
        columns=(Column(chart.load_name, chart.load), Column(chart.capacity_name, limits)),
    )
    columns = Series(0, fill_xml(BRAND) + line_xml("", 0), "0.0")
    line = Series(1, line_xml(ACCENT, 2.25, dash="sysDash"), "0.0", marker=marker_xml(""))
    scale = Scale(0.0, None, None, "0")
    plot = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        + series_xml(columns, data)
        + f'<c:gapWidth val="40"/>{AXIS}</c:barChart><c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        + series_xml(line, data, kind="line")
        + f'<c:marker val="1"/>{AXIS}</c:lineChart>'
        + categories_xml(deck.language, every=_every(len(data.names)))
        + values_xml(scale, deck.language)
    )
    raw = chart_xml(plot, deck.language, legend=legend_xml(deck.language))
    put(deck, sheet, raw, data, place=place, name=chart.title, said=f"{chart.title}. {chart.alt}")


def curve(deck: Deck, sheet: Sheet, chart: Curve, place: Place) -> None:
    """Put the index after each month as a line, its first and last value named."""
    data = Data(
        head=chart.title,
        names=chart.months,
        columns=tuple(Column(one.name, one.values) for one in chart.series),
    )
    code = code_of(chart, deck)
    made = []
    for number, one in enumerate(chart.series):
        known = [place for place, value in enumerate(one.values) if value is not None]
        labels = labels_xml(sorted({*known[:1], *known[-1:]}), code, "t", deck.language)
        made.append(Series(number, line_xml(BRAND, 2.5), code, marker=marker_xml(BRAND, 5), labels=labels))
    plot = (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        + "".join(series_xml(one, data, kind="line") for one in made)
        + f'<c:marker val="1"/>{AXIS}</c:lineChart>'
        + categories_xml(deck.language, every=_every(len(data.names)))
        + values_xml(scale_of(chart, deck), deck.language)
    )
    raw = chart_xml(plot, deck.language)
    put(deck, sheet, raw, data, place=place, name=chart.title, said=f"{chart.title}. {chart.alt}")


def payoff(deck: Deck, sheet: Sheet, chart: Payoff, place: Place) -> None:
    """Put what person-days buy as a line through its points, the bend named."""
    points = chart.points
    data = Data(
        head="",
        names=tuple(point.said for point in points),
        columns=(
            Column(chart.days_name, tuple(point.days for point in points)),
            Column(chart.gain_name, tuple(point.share for point in points)),
        ),
    )
    bend = [
        number for number, point in enumerate(points) if chart.knee is not None and point.days == chart.knee
    ]
    code = code_of(chart, deck)
    special = "".join(
        f'<c:dPt><c:idx val="{number}"/>{marker_xml(ACCENT, 11)}<c:bubble3D val="0"/><c:spPr>{line_xml(BRAND, 2.5)}</c:spPr>'
        "</c:dPt>"
        for number in bend
    )
    labels = ""
    if bend:  # the curve bends to the right: there is room below it on the right, and above it on the left
        early = points[bend[0]].days < chart.most / 2
        place_, moved = ("r", (0.02, 0.07)) if early else ("l", (-0.02, -0.05))
        labels = labels_xml(bend, code, place_, deck.language, said=chart.knee_name, moved=moved)
    line = Series(1, line_xml(BRAND, 2.5), code, marker=marker_xml(BRAND, 7), points=special, labels=labels)
    across = Scale(
        0.0,
        chart.most or 1.0,
        None,
        "0",
        name=chart.days_name,
        place="b",
        number=CATEGORIES,
        crosses=VALUES,
        between="midCat",
        lines=False,
    )
    up = scale_of(chart, deck)
    plot = (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        + series_xml(line, data, kind="scatter", across="x")
        + f"{AXIS}</c:scatterChart>"
        + values_xml(across, deck.language)
        + values_xml(
            Scale(up.lowest, up.highest, up.step, up.code, name=chart.gain_name, between="midCat"),
            deck.language,
        )
    )
    raw = chart_xml(plot, deck.language)
    put(deck, sheet, raw, data, place=place, name=chart.title, said=f"{chart.title}. {chart.alt}")


# -- then and now


def bridge(deck: Deck, sheet: Sheet, chart: Bridge, place: Place) -> None:
    """Put columns from then to now: what each part explains begins where the one before it ends."""
    stages = chart.stages
    kinds = [
        (deck.c.t("Index"), BRAND, [stage.whole for stage in stages]),
        (deck.c.t("real change"), ACCENT, [stage.main and not stage.whole for stage in stages]),
        (deck.c.t("Change"), SOFT, [not stage.main and not stage.whole for stage in stages]),
    ]
    grounds = tuple(0.0 if stage.whole else min(stage.begin, stage.end) for stage in stages)
    sizes = [stage.end if stage.whole else abs(stage.end - stage.begin) for stage in stages]
    data = Data(
        head=chart.title,
        names=tuple(f"{stage.name}\n{stage.said}" for stage in stages),
        columns=(
            Column("", grounds),
            *(
                Column(name, tuple(size if drawn else None for size, drawn in zip(sizes, which, strict=True)))
                for name, _, which in kinds
            ),
        ),
    )
    code = code_of(chart, deck)
    made = [Series(0, fill_xml("") + line_xml("", 0), code)]
    made += [
        Series(number, fill_xml(colour) + line_xml(BRAND if colour == SOFT else "", 1), code)
        for number, (_, colour, which) in enumerate(kinds, start=1)
        if any(which)
    ]
    # Only a part of the axis is shown, so that small changes are seen; the figures stand under the columns.
    scale = Scale(chart.lowest, chart.highest, None, code, lines=False, shown=False)
    plot = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
        + "".join(series_xml(one, data) for one in made)
        + f'<c:gapWidth val="110"/><c:overlap val="100"/>{AXIS}</c:barChart>'
        + categories_xml(deck.language)
        + values_xml(scale, deck.language)
    )
    raw = chart_xml(plot, deck.language)
    put(deck, sheet, raw, data, place=place, name=chart.title, said=f"{chart.title}. {chart.alt}")
