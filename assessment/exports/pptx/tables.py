"""Native tables: rows measured before they are set, cut into slides where they are many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessment.exports.pptx.lettering import SPARE
from assessment.exports.pptx.markup import (
    INK,
    LINE,
    SPACES,
    Colour,
    Para,
    body_xml,
    fill_xml,
    quoted,
    stacked,
    units,
)

BESIDE, ABOVE = 5.0, 3.5
"""Padding of a cell, in points."""
BARE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""No style, no grid: what a cell looks like stands in the cell."""


@dataclass(frozen=True)
class Box:
    """One cell."""

    paras: tuple[Para, ...] = ()
    fill: Colour = ""
    middle: bool = False

    def height(self, width: float, *, spare: float = SPARE) -> float:
        """Return how high it stands, in points."""
        return stacked(self.paras, width - 2 * BESIDE, spare=spare) + 2 * ABOVE


Row = tuple[Box, ...]


@dataclass(frozen=True)
class Grid:
    """A table with its header row."""

    summary: str
    widths: tuple[float, ...]
    head: Row
    rows: tuple[Row, ...]
    row_heads: bool = True
    ruled: bool = True
    least: float = 0.0
    """No row is lower than this."""
    head_least: float = 0.0
    """The header is not lower than this."""

    @property
    def width(self) -> float:
        """How wide it is, in points."""
        return sum(self.widths)

    def heights(self, *, spare: float = SPARE) -> list[float]:
        """Return how high each row stands, the header first."""
        head = max(self.head_least, row_height(self.head, self.widths, spare=spare))
        return [head, *(max(self.least, row_height(row, self.widths, spare=spare)) for row in self.rows)]

    @property
    def height(self) -> float:
        """How high it is, in points."""
        return sum(self.heights())


def row_height(row: Row, widths: Sequence[float], *, spare: float = SPARE) -> float:
    """Return how high a row stands, in points; one without cells not at all."""
    return max(
        (box.height(width, spare=spare) for box, width in zip(row, widths, strict=bool(row))), default=0.0
    )


def cut(row: Row, widths: Sequence[float], most: float) -> Row:
    """Return the row with its texts shortened as far as it takes to be no higher than this."""
    lines = 12
    while row_height(row, widths) > most and lines > 1:
        lines -= 1
        row = tuple(
            replace(box, paras=tuple(one.cut(width - 2 * BESIDE, lines) for one in box.paras))
            for box, width in zip(row, widths, strict=True)
        )
    while row_height(row, widths) > most and any(len(box.paras) > 1 for box in row):
        row = tuple(replace(box, paras=box.paras[:-1] if len(box.paras) > 1 else box.paras) for box in row)
    return row


def shorter(grid: Grid, most: float) -> Grid:
    """Return the table with no row higher than this."""
    return replace(grid, rows=tuple(cut(row, grid.widths, most) for row in grid.rows))


def resized(grid: Grid, by: float) -> Grid:
    """Return the table with its rows set larger by so many points."""
    rows = tuple(
        tuple(replace(box, paras=tuple(one.sized(one.size + by) for one in box.paras)) for box in row)
        for row in grid.rows
    )
    return replace(grid, rows=rows)


def parts(grid: Grid, first: float, room: float) -> Iterator[Grid]:
    """Yield the table in parts that fit: the first into so much room, the others each into a slide's; the rows are spread
    evenly, so that no part is a single row left over."""
    head, *heights = grid.heights()
    slides = _fill(heights, first - head, room - head)
    if len(slides) > 1:
        most = [first - head, *[room - head] * (len(slides) - 1)]
        even = sum(heights) / len(slides)
        balanced = _fill(heights, min(first - head, even * 1.12), min(room - head, even * 1.12))
        fits = all(
            sum(heights[begin:end]) <= limit for (begin, end), limit in zip(balanced, most, strict=False)
        )
        if len(balanced) == len(slides) and fits:
            slides = balanced
    for begin, end in slides:
        yield replace(grid, rows=grid.rows[begin:end])


def _fill(heights: Sequence[float], first: float, room: float) -> list[tuple[int, int]]:
    slides: list[tuple[int, int]] = []
    begin, used, limit = 0, 0.0, first
    for number, tall in enumerate(heights):
        if used + tall > limit and number > begin:
            slides.append((begin, number))
            begin, used, limit = number, 0.0, room
        used += tall
    return [*slides, (begin, len(heights))]


def grid_xml(grid: Grid, number: int, name: str, x: float, y: float, language: str) -> str:
    """Return the table as a graphic frame at a point of the slide.

    Rows are written as high as they may be at least: programs make them higher where words need it, never lower.
    """
    columns = "".join(f'<a:gridCol w="{units(width)}"/>' for width in grid.widths)
    heights = grid.heights(spare=1.0)
    rows = [_row(grid.head, heights[0], language, INK if grid.ruled else "", 1.0)] if grid.head else []
    rows += [
        _row(row, tall, language, LINE if grid.ruled else "", 0.5)
        for row, tall in zip(grid.rows, heights[1:], strict=True)
    ]
    flags = f'firstRow="{int(bool(grid.head))}" firstCol="{int(grid.row_heads)}"'
    return (
        f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="{number}" name="{quoted(name)}" '
        f'descr="{quoted(grid.summary)}"/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{units(x)}" y="{units(y)}"/><a:ext cx="{units(grid.width)}" cy="{units(sum(heights))}"/>'
        '</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f"<a:tbl><a:tblPr {flags}><a:tableStyleId>{BARE_STYLE}</a:tableStyleId></a:tblPr>"
        f"<a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(row: Row, tall: float, language: str, rule: Colour, thick: float) -> str:
    cells = "".join(_cell(box, language, rule, thick) for box in row)
    return f'<a:tr h="{units(tall)}">{cells}</a:tr>'


def _cell(box: Box, language: str, rule: Colour, thick: float) -> str:
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
    below = (
        f'<a:lnB w="{units(thick)}">{fill_xml(rule)}</a:lnB>' if rule else '<a:lnB w="0"><a:noFill/></a:lnB>'
    )
    if box.fill:  # white between coloured cells
        none = "".join(f'<a:{side} w="19050">{fill_xml("bg1")}</a:{side}>' for side in ("lnL", "lnR", "lnT"))
        below = f'<a:lnB w="19050">{fill_xml("bg1")}</a:lnB>'
    anchor = "ctr" if box.middle else "t"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{body_xml(box.paras, language)}</a:txBody>"
        f'<a:tcPr marL="{units(BESIDE)}" marR="{units(BESIDE)}" marT="{units(ABOVE)}" marB="{units(ABOVE)}" '
        f'anchor="{anchor}">{none}{below}{fill_xml(box.fill)}</a:tcPr></a:tc>'
    )
