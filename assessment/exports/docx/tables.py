"""Tables that are tables, and grids that are only places on the page: both with one width for each column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.document.blocks import Table
from assessment.exports.docx.markup import Node, paragraph, w
from assessment.exports.docx.writing import Writer, said, twips
from assessment.exports.pdf.faces import SEMIBOLD
from assessment.exports.spelling import one_line

SHORT_ROW = 900
"""A row with so many characters or fewer stays on one page."""
HEAD_SIZE = 8.0
BESIDE = 10.0
"""Room at the right of a cell, and a little for the measures of another typeface."""


@dataclass(frozen=True)
class Box:
    """A cell: its paragraphs and tables, and over how many columns it goes."""

    content: list[Node]
    columns: int = 1
    settings: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Tier:
    """A row."""

    boxes: Sequence[Box]
    head: bool = False
    """Repeated on each page."""
    whole: bool = True
    """Not broken across pages."""
    height: float = 0
    exact: bool = False


def laid(
    tiers: Sequence[Tier],
    widths: Sequence[float],
    style: str,
    *,
    summary: str = "",
    ends: bool = False,
) -> Node:
    """Return a table of fixed columns.

    Args:
        tiers: rows, each of which fills all columns.
        widths: of the columns, in points.
        style: the table style.
        summary: for those who cannot see it.
        ends: the style sets the first and the last column apart.
    """
    edges = [0, *(twips(edge) for edge in accumulate(widths))]
    heads = any(tier.head for tier in tiers)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=style),
            w("tblW", w=edges[-1], type="dxa"),
            w("tblInd", w=0, type="dxa"),
            w("tblLayout", type="fixed"),
            w(
                "tblLook",
                val=f"{0x400 + 0x20 * heads + 0x180 * ends:04X}",
                firstRow=int(heads),
                lastRow=0,
                firstColumn=int(ends),
                lastColumn=int(ends),
                noHBand=0,
                noVBand=1,
            ),
            w("tblDescription", val=summary) if summary else None,
        ),
        w("tblGrid", *(w("gridCol", w=end - begin) for begin, end in pairwise(edges))),
        *(_row(tier, edges) for tier in tiers),
    )


def _row(tier: Tier, edges: Sequence[int]) -> Node:
    settings = w(
        "trPr",
        w("cantSplit") if tier.whole else None,
        w("trHeight", val=twips(tier.height), hRule="exact" if tier.exact else "atLeast")
        if tier.height
        else None,
        w("tblHeader") if tier.head else None,
    )
    cells, place = [], 0
    for box in tier.boxes:
        wide = edges[place + box.columns] - edges[place]
        place += box.columns
        cells.append(
            w(
                "tc",
                w(
                    "tcPr",
                    w("tcW", w=wide, type="dxa"),
                    w("gridSpan", val=box.columns) if box.columns > 1 else None,
                    *box.settings,
                ),
                *ended(box.content),
            )
        )
    return w("tr", settings if len(settings) else None, *cells)


def ended(content: list[Node]) -> list[Node]:
    """Return the content with a paragraph at its end: a cell without one cannot be opened."""
    return content if content and content[-1].tag == "w:p" else [*content, paragraph("Spacer")]


def table(writer: Writer, block: Table, width: float, *, chart: bool = False) -> Node:
    """Return a table: its head repeated, a line under it, hairlines between rows; that of a chart's figures is small."""
    head_style, style = ("ChartHead", "ChartCell") if chart else ("CellHead", "Cell")
    rights = [column.align == "right" for column in block.columns]
    head = Tier(
        [
            Box([writer.words(column.head, head_style, right=right)])
            for column, right in zip(block.columns, rights, strict=True)
        ],
        head=True,
    )
    rows = [
        Tier(
            [
                Box(writer.lines(one, right=right, plain_style=style) or [writer.words("", style)])
                for one, right in zip(row, rights, strict=True)
            ],
            whole=sum(len(line.text) for one in row for line in one) <= SHORT_ROW,
        )
        for row in block.rows
    ]
    return laid(
        [head, *rows],
        columns(block, width),
        "ReportChartTable" if chart else "ReportTable",
        summary=one_line(block.summary, longest=400),
    )


def columns(block: Table, width: float) -> list[float]:
    """Return the columns' widths: as asked for, but none narrower than the longest word of its head."""
    whole = sum(column.width for column in block.columns)
    asked = [width * column.width / whole for column in block.columns]
    needed = [
        BESIDE + max(stringWidth(word, SEMIBOLD, HEAD_SIZE) for word in f"{said(column.head)} ".split(" "))
        for column in block.columns
    ]
    missing = sum(max(0.0, need - wide) for need, wide in zip(needed, asked, strict=True))
    spare = sum(max(0.0, wide - need) for need, wide in zip(needed, asked, strict=True))
    if not missing or spare < missing:
        return asked
    share = missing / spare
    return [max(need, wide - (wide - need) * share) for need, wide in zip(needed, asked, strict=True)]
