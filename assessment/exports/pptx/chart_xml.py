"""DrawingML of charts: series, axes, legends. What is drawn is said in `charts`; here only how that is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from assessment.exports.pptx.markup import INK, MUTED, SPACES, Colour, fill_xml, line_xml, quoted
from assessment.exports.pptx.workbooks import Cells, Data

LINE: Colour = "bg2:93"
SMALL = 10.0
"""Size of words in charts."""
SLANTED = -2700000
CATEGORIES, VALUES = 111, 222
"""Numbers of the axes."""


def words_xml(
    size: float, colour: Colour, language: str, *, bold: bool = False, turn: int | None = None
) -> str:
    """Return how words of a chart look; `turn` is in sixty-thousandths of a degree."""
    level = "" if turn is None else f' rot="{turn}" vert="horz"'
    return (
        f'<c:txPr><a:bodyPr{level}/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="{int(bold)}">'
        f'{fill_xml(colour)}</a:defRPr></a:pPr><a:endParaRPr lang="{language}"/></a:p></c:txPr>'
    )


def _rich(text: str, size: float, colour: Colour, language: str, *, bold: bool = False) -> str:
    look = f'sz="{round(size * 100)}" b="{int(bold)}"'
    return (
        f"<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr {look}>{fill_xml(colour)}</a:defRPr></a:pPr>"
        f'<a:r><a:rPr lang="{language}" {look}>{fill_xml(colour)}</a:rPr><a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>'
    )


def axis_title(text: str, language: str) -> str:
    """Return the name of an axis; none for an empty text."""
    if not text:
        return ""
    return f'<c:title>{_rich(text, SMALL, MUTED, language)}<c:overlay val="0"/></c:title>'


# -- data


def _points(values: Sequence[float | None]) -> str:
    said = "".join(
        f'<c:pt idx="{number}"><c:v>{value!r}</c:v></c:pt>'
        for number, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{said}'


def numbers_xml(place: str, values: Cells, code: str = "General") -> str:
    """Return numbers with the cells that they stand in."""
    return (
        f"<c:numRef><c:f>{place}</c:f><c:numCache><c:formatCode>{escape(code)}</c:formatCode>{_points(values)}"
        "</c:numCache></c:numRef>"
    )


def names_xml(place: str, names: Sequence[str]) -> str:
    """Return words with the cells that they stand in."""
    said = "".join(
        f'<c:pt idx="{number}"><c:v>{escape(name)}</c:v></c:pt>' for number, name in enumerate(names)
    )
    return f'<c:strRef><c:f>{place}</c:f><c:strCache><c:ptCount val="{len(names)}"/>{said}</c:strCache></c:strRef>'


@dataclass(frozen=True)
class Series:
    """One series of a chart."""

    column: int
    """Its column in the data."""
    look: str
    """The inside of its `c:spPr`."""
    code: str = "General"
    """How its numbers are written."""
    marker: str = ""
    points: str = ""
    """Single points that look otherwise."""
    labels: str = ""
    errors: str = ""


def series_xml(series: Series, data: Data, *, kind: str = "bar", across: str = "cat") -> str:
    """Return a series of a bar, line, radar or scatter chart."""
    column = data.columns[series.column]
    name = names_xml(data.name_at(series.column), [column.name])
    values = numbers_xml(data.values_at(series.column), column.values, series.code)
    invert = '<c:invertIfNegative val="0"/>' if kind == "bar" else ""
    smooth = '<c:smooth val="0"/>' if kind in ("line", "scatter") else ""
    if across == "cat":
        where = f"<c:cat>{names_xml(data.names_at(), data.names)}</c:cat>"
        held = f"<c:val>{values}</c:val>"
    else:
        first = data.columns[0]
        where = f"<c:xVal>{numbers_xml(data.values_at(0), first.values)}</c:xVal>"
        held = f"<c:yVal>{values}</c:yVal>"
    return (
        f'<c:ser><c:idx val="{series.column}"/><c:order val="{series.column}"/><c:tx>{name}</c:tx>'
        f"<c:spPr>{series.look}</c:spPr>{invert}{series.marker}{series.points}{series.labels}{series.errors}"
        f"{where}{held}{smooth}</c:ser>"
    )


def marker_xml(colour: Colour, size: int = 6, *, symbol: str = "circle") -> str:
    """Return the mark of each point; none for an empty colour."""
    if not colour:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/><c:spPr>{fill_xml(colour)}{line_xml("bg1", 0.75)}'
        "</c:spPr></c:marker>"
    )


SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def labels_xml(
    numbers: Sequence[int],
    code: str,
    place: str,
    language: str,
    *,
    said: str = "",
    moved: tuple[float, float] = (0, 0),
) -> str:
    """Return labels at these points alone: their value, or `said`; moved to the right and down by shares of the chart."""
    look = words_xml(SMALL + 1, INK, language, bold=True)
    layout = ""
    if any(moved):
        across, down = moved
        layout = (
            f'<c:layout><c:manualLayout><c:x val="{across}"/><c:y val="{down}"/></c:manualLayout></c:layout>'
        )
    one = "".join(
        f'<c:dLbl><c:idx val="{number}"/>{layout}'
        + (_rich(said, SMALL + 0.5, INK, language, bold=True) if said else "")
        + f'<c:numFmt formatCode="{quoted(code)}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        + ("" if said else look)
        + f'<c:dLblPos val="{place}"/>{SHOWN.format(value=1)}</c:dLbl>'
        for number in numbers
    )
    return f"<c:dLbls>{one}{SHOWN.format(value=0)}</c:dLbls>"


def errors_xml(data: Data, minus: int, plus: int) -> str:
    """Return whiskers from what stands in two columns."""
    ends = "".join(
        f"<c:{name}>{numbers_xml(data.values_at(column), data.columns[column].values)}</c:{name}>"
        for name, column in (("plus", plus), ("minus", minus))
    )
    return (
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"{ends}<c:spPr>{line_xml(INK, 1.25)}</c:spPr></c:errBars>"
    )


# -- axes


def categories_xml(
    language: str, *, place: str = "b", reverse: bool = False, every: int = 1, size: float = SMALL
) -> str:
    """Return the axis of names; where only some are shown, they stand slanted, for programs that show all."""
    turned = "maxMin" if reverse else "minMax"
    skip = f'<c:tickLblSkip val="{every}"/><c:tickMarkSkip val="{every}"/>' if every > 1 else ""
    return (
        f'<c:catAx><c:axId val="{CATEGORIES}"/><c:scaling><c:orientation val="{turned}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{place}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{line_xml(LINE, 0.75)}</c:spPr>'
        f'{words_xml(size, INK, language, turn=SLANTED if every > 1 else 0)}<c:crossAx val="{VALUES}"/><c:crosses val="autoZero"/>'
        f'<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{skip}<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


@dataclass(frozen=True)
class Scale:
    """The axis of numbers."""

    lowest: float | None
    highest: float | None
    step: float | None
    code: str
    name: str = ""
    place: str = "l"
    number: int = VALUES
    crosses: int = CATEGORIES
    where: str = "autoZero"
    between: str = "between"
    lines: bool = True
    shown: bool = True


def values_xml(scale: Scale, language: str) -> str:
    """Return the axis of numbers."""
    ends = "".join(
        f'<c:{name} val="{end!r}"/>'
        for name, end in (("max", scale.highest), ("min", scale.lowest))
        if end is not None
    )
    step = f'<c:majorUnit val="{scale.step!r}"/>' if scale.step else ""
    lines = (
        f"<c:majorGridlines><c:spPr>{line_xml(LINE, 0.5)}</c:spPr></c:majorGridlines>" if scale.lines else ""
    )
    return (
        f'<c:valAx><c:axId val="{scale.number}"/><c:scaling><c:orientation val="minMax"/>{ends}</c:scaling>'
        f'<c:delete val="{int(not scale.shown)}"/><c:axPos val="{scale.place}"/>{lines}{axis_title(scale.name, language)}'
        f'<c:numFmt formatCode="{quoted(scale.code)}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr>{line_xml("", 0)}</c:spPr>'
        f'{words_xml(SMALL - 1, MUTED, language, turn=0)}<c:crossAx val="{scale.crosses}"/>'
        f'<c:crosses val="{scale.where}"/><c:crossBetween val="{scale.between}"/>{step}</c:valAx>'
    )


def legend_xml(language: str, place: str = "b") -> str:
    """Return the legend."""
    return f'<c:legend><c:legendPos val="{place}"/><c:overlay val="0"/>{words_xml(SMALL, MUTED, language)}</c:legend>'


def inside_xml(x: float, y: float, width: float, height: float) -> str:
    """Return where the drawing stands in its frame, in shares of it."""
    numbers = "".join(
        f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", (x, y, width, height), strict=True)
    )
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{numbers}</c:manualLayout></c:layout>"
    )


def chart_xml(plot: str, language: str, *, inside: str = "<c:layout/>", legend: str = "") -> bytes:
    """Return a whole chart."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace {SPACES}><c:date1904 val="0"/><c:lang val="{language}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{inside}{plot}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{words_xml(SMALL, INK, language)}</c:chartSpace>"
    ).encode()
