# mypy: disallow-subclassing-any=False
"""Tables that are tables, lists that are lists, and grids that are neither, only places on the page."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, LongTable, Spacer, TableStyle

from assessment.exports.pdf.canvas import TaggedCanvas
from assessment.exports.pdf.structure import Element, text
from assessment.exports.pdf.styles import TEXT_HEIGHT, style


class Grid(LongTable):
    """A table that splits between rows, and within a row only where the row is taller than a page."""

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """Return the pieces; none if a row does not fit here but will on the next page."""
        self.splitInRow = 0
        pieces: list[Flowable] = super().split(aW, aH)
        if pieces or aH < TEXT_HEIGHT - NEARLY:
            return pieces
        self.splitInRow = 1
        in_row: list[Flowable] = super().split(aW, aH)
        return in_row


NEARLY = 40.0
"""A frame with this much taken is still as good as a new page."""


class TableTags:
    """Tags a data table while it is drawn: Table, TR, TH with its scope, TD; one table over page breaks."""

    def __init__(self, summary: str, *, row_heads: bool) -> None:
        self.summary, self.row_heads = summary, row_heads
        self.table: Element | None = None
        self.continued = self.repeated = False

    def __call__(self, table: LongTable, event: str, *details: Any) -> None:
        """Take one of reportlab's events."""
        canvas: TaggedCanvas = table.canv
        if event == "startTable":
            self.continued = self.table is not None
            if self.table is None:
                self.table = canvas.element("Table", attributes=f"/O/Table/Summary {text(self.summary)}")
            canvas.open.append(self.table)
        elif event == "startRow":
            self._row(canvas, details[0])
        elif event == "startCell" and not self.repeated:
            self._cell(canvas, details[1])
        elif event == "endCell" and not self.repeated:
            canvas.open.pop()
        elif event == "endRow":
            if self.repeated:
                canvas.unmute()
            else:
                canvas.open.pop()
        elif event == "endTable":
            canvas.open.pop()

    def _row(self, canvas: TaggedCanvas, row: int) -> None:
        # On a continued page the header is drawn again for the eye; for the ear it was said.
        self.repeated = self.continued and row == 0
        self.header = row == 0 and not self.continued
        if self.repeated:
            canvas.mute()
        else:
            canvas.open.append(canvas.element("TR"))

    def _cell(self, canvas: TaggedCanvas, column: int) -> None:
        if self.header:
            canvas.open.append(canvas.element("TH", attributes="/O/Table/Scope/Column"))
        elif self.row_heads and column == 0:
            canvas.open.append(canvas.element("TH", attributes="/O/Table/Scope/Row"))
        else:
            canvas.open.append(canvas.element("TD"))


class ListTags:
    """Tags a two-column layout as a list: L, LI, Lbl, LBody; one list over page breaks."""

    def __init__(self, *, numbered: bool) -> None:
        self.numbered = numbered
        self.list: Element | None = None

    def __call__(self, table: LongTable, event: str, *details: Any) -> None:
        """Take one of reportlab's events."""
        canvas: TaggedCanvas = table.canv
        if event == "startTable":
            if self.list is None:
                kind = "Decimal" if self.numbered else "Disc"
                self.list = canvas.element("L", attributes=f"/O/List/ListNumbering/{kind}")
            canvas.open.append(self.list)
        elif event == "startRow":
            canvas.open.append(canvas.element("LI"))
        elif event == "startCell":
            canvas.open.append(canvas.element("Lbl" if details[1] == 0 else "LBody"))
        elif event in ("endCell", "endRow", "endTable"):
            canvas.open.pop()


BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    # reportlab's own default is Helvetica, named in the file even where no cell uses it.
    ("FONTNAME", (0, 0), (-1, -1), style("cell").fontName),
]


def grid(
    rows: Sequence[Sequence[object]],
    widths: list[float],
    extra: Sequence[tuple[object, ...]] = (),
    *,
    tags: ListTags | None = None,
) -> Flowable:
    """Return a layout in columns; without tags it is no table to a reader, only a place on the page."""
    if not rows:
        return Spacer(0, 0)
    table = Grid(rows, colWidths=widths, hAlign="LEFT", renderCB=tags)
    table.setStyle(TableStyle([*BARE, *extra]))
    return table
