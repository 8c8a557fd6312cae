"""Blocks become flowables: each kind of block is set in one way, and only here."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import assert_never

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, TableStyle
from reportlab.platypus import PageBreak as NewPage

from assessment.document.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Columns,
    Contents,
    Cover,
    Decisions,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    OnePage,
    PageBreak,
    Paragraph,
    Steps,
    Table,
)
from assessment.exports.pdf.beside import Beside
from assessment.exports.pdf.drawings import drawn
from assessment.exports.pdf.flowables import (
    Bookmark,
    Close,
    ContentsLine,
    Lamp,
    Open,
    Picture,
    Smaller,
)
from assessment.exports.pdf.set_apart import callout, card, decision
from assessment.exports.pdf.spelling import one_line
from assessment.exports.pdf.styles import (
    GUTTER,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Name,
    hexed,
    light_colour,
    style,
)
from assessment.exports.pdf.tables import BARE, Grid, TableTags, grid
from assessment.exports.pdf.writing import LAMP, Stack, Writer
from assessment.i18n import Catalogue
from assessment.theme import LIGHT as PAPER
from assessment.theme import Palette

SHRINK = (1.0, 1.06, 1.12, 1.18, 1.24)
"""What belongs on one page is set for one so much larger, which is then made smaller; beyond the last it flows."""
SHORT = 4
HEAD_ROOM = 11.0
"""Padding beside a head."""
TALLEST = TEXT_HEIGHT - 60
"""A taller drawing is made smaller."""
STEPS_IN_A_ROW = 5
FOLLOWED_BY = 58.0
"""So much of what follows must fit under a heading."""


class Setter:
    """Sets one document's blocks."""

    def __init__(self, document: Document, catalogue: Catalogue, palette: Palette) -> None:
        self.document = document
        self.catalogue = catalogue
        self.palette = palette
        self.writer = Writer(frozenset(_anchors(document.blocks)), palette)

    def story(self) -> Stack:
        """Return the flowables of everything after the cover."""
        blocks = [block for block in self.document.blocks if not isinstance(block, Cover)]
        while blocks and isinstance(blocks[-1], PageBreak):
            blocks.pop()
        return self._flowing(blocks)

    def _flowing(self, blocks: Sequence[Block]) -> Stack:
        """Return the blocks in reading order; no heading is left behind at the foot of a page."""
        made: Stack = []
        for number, block in enumerate(blocks):
            if isinstance(block, Heading) and block.level > 1:
                made.append(CondPageBreak(self._needed(blocks[number:])))
            made += self.set(block, TEXT_WIDTH)
        return made

    def _needed(self, blocks: Sequence[Block]) -> float:
        """Return the room that a heading needs together with the beginning of what follows."""
        needed = 0.0
        for block in blocks:
            match block:
                case Heading() | Paragraph():
                    needed += 30
                case Figure():
                    return needed + float(drawn(block.chart, self.catalogue, self.palette).height)
                case Table():
                    return needed + FOLLOWED_BY + 30
                case Card():
                    return needed + 3 * FOLLOWED_BY
                case _:
                    return needed + FOLLOWED_BY
        return needed

    def set(self, block: Block, width: float) -> Stack:
        """Return the flowables of one block."""
        match block:
            case Cover() | PageBreak():
                return [NewPage()]
            case Heading():
                return self._heading(block)
            case Paragraph():
                after = {"lede": 10, "body": 6, "small": 6, "caption": 10}[block.style]
                return [*self.writer.words(block.text, block.style), Spacer(0, after)]
            case Bullets():
                return [self.writer.bullets(block, width), Spacer(0, 6)]
            case Table():
                return [self._table(block, width), Spacer(0, 10)]
            case Figure():
                return self._figure(block, width)
            case Callout():
                return [callout(self.writer, block, width=width), Spacer(0, 10)]
            case KeyFigures():
                return [self._key_figures(block, width), Spacer(0, 14)]
            case Decisions():
                made = [
                    decision(self.writer, item, number=n, width=width)
                    for n, item in enumerate(block.items, start=1)
                ]
                return [*made, Spacer(0, 12)]
            case Card():
                return [
                    KeepTogether(
                        [Bookmark(block.anchor), card(self.writer, block, width=width), Spacer(0, 11)]
                    )
                ]
            case Contents():
                return self._contents(block)
            case Steps():
                return [self._steps(block, width), Spacer(0, 12)]
            case Columns():
                half = (width - GUTTER) / 2
                left, right = (
                    [piece for one in side for piece in self.set(one, half)]
                    for side in (block.left, block.right)
                )
                return [grid([[left, "", right]], [half, GUTTER, half])]
            case OnePage():
                return self._one_page(block, width)
            case _:
                assert_never(block)

    def _one_page(self, block: OnePage, width: float) -> Stack:
        """Set the blocks smaller if that keeps them on the page; if it would be too small, let them flow."""
        least = 1.0
        for factor in SHRINK:
            if factor < least:
                continue
            stack = [piece for part in block.blocks for piece in self.set(part, width * factor)]
            height = sum(piece.wrapOn(None, width * factor, TEXT_HEIGHT)[1] for piece in stack)
            if height <= TEXT_HEIGHT * factor - 4:
                return stack if factor == 1 else [Smaller(stack, factor)]
            # A page larger by a factor holds at most its square more: smaller factors need no try.
            least = (height * factor / TEXT_HEIGHT) ** 0.5
        return self._flowing(block.blocks)

    # -- words

    def _heading(self, block: Heading) -> Stack:
        # The last word of a title does not stand alone on its line if it is as short as a number.
        words, _, last = block.text.rpartition(" ")
        title = f"{words}\u00a0{last}" if words and len(last) <= SHORT else block.text
        name: Name = "h1" if block.level == 1 else "h2" if block.level == 2 else "h3"
        made: Stack = [Spacer(0, {1: 0, 2: 8, 3: 6}[block.level])]
        if block.anchor:
            made.append(
                Bookmark(block.anchor, one_line(block.short or block.text) if block.level == 1 else "")
            )
        if block.eyebrow:
            made += [*self.writer.words(block.eyebrow.upper(), "eyebrow"), Spacer(0, 3)]
        return [*made, *self.writer.words(title, name), Spacer(0, {1: 8, 2: 5, 3: 2}[block.level])]

    # -- lists and tables

    def _table(self, block: Table, width: float) -> Flowable:
        widths = _widths(block, width)
        rights = [column.align == "right" for column in block.columns]
        rows: list[list[Stack]] = [
            [
                list(self.writer.words(column.head, "head", right=right))
                for column, right in zip(block.columns, rights, strict=True)
            ]
        ]
        rows += [
            [
                self.writer.lines(one, wide - 10, right=right)
                for one, wide, right in zip(row, widths, rights, strict=True)
            ]
            for row in block.rows
        ]
        table = Grid(
            rows,
            colWidths=widths,
            repeatRows=1,
            hAlign="LEFT",
            renderCB=TableTags(one_line(block.summary), row_heads=block.row_heads),
        )
        table.setStyle(
            TableStyle(
                [
                    *BARE,
                    ("LEFTPADDING", (1, 0), (-1, -1), 4),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
                    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), 4.2),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
                    ("LINEBELOW", (0, 0), (-1, 0), 0.9, hexed(PAPER.ink)),
                    ("LINEBELOW", (0, 1), (-1, -1), 0.35, hexed(PAPER.line)),
                ]
            )
        )
        return table

    # -- charts and figures

    def _figure(self, block: Figure, width: float) -> Stack:
        drawing = drawn(block.chart, self.catalogue, self.palette, width=width)
        if drawing.height > TALLEST:  # a drawing cannot go on on the next page
            factor = TALLEST / drawing.height
            drawing.scale(factor, factor)
            drawing.width, drawing.height = drawing.width * factor, TALLEST
        picture = Picture(
            drawing,
            one_line(f"{block.chart.title}. {block.chart.alt}"),
        )
        if not block.caption:
            return [picture, Spacer(0, 10)]
        return [picture, Spacer(0, 3), *self.writer.words(block.caption, "caption"), Spacer(0, 10)]

    def _key_figures(self, block: KeyFigures, width: float) -> Flowable:
        wide = width / max(1, len(block.items))
        colours = [
            light_colour(item.light) if item.light else hexed(self.palette.brand) for item in block.items
        ]
        lines = [
            ("LINEABOVE", (column, 0), (column, 0), 1.6, colour) for column, colour in enumerate(colours)
        ]
        cells = [self._key_figure(item, wide - 12) for item in block.items]
        # A little white between the lines above: each cell ends before the next begins.
        return grid(
            [cells],
            [wide] * len(cells),
            [*lines, ("TOPPADDING", (0, 0), (-1, -1), 5), ("RIGHTPADDING", (0, 0), (-1, -1), 12)],
        )

    def _key_figure(self, item: KeyFigure, width: float) -> Stack:
        label: Stack = list(self.writer.words(item.label, "strong"))
        if item.light is not None:
            label = [Beside([[Lamp(item.light)], label], [LAMP, width - LAMP])]
        note = self.writer.words(item.note, "muted") if item.note else []
        return [*self.writer.words(item.value, "figure"), Spacer(0, 4), *label, *note]

    def _contents(self, block: Contents) -> Stack:
        lines = [
            ContentsLine(
                self.writer.words(entry.title, "entry")[0],
                self.writer.words(entry.claim, "small")[0],
                entry.anchor,
                one_line(entry.title),
            )
            for entry in block.entries
        ]
        return [Open("TOC"), *lines, Close(), Spacer(0, 14)]

    def _steps(self, block: Steps, width: float) -> Flowable:
        # Seven levels stand better as four and three than as five and two.
        columns = ceil(len(block.items) / max(1, ceil(len(block.items) / STEPS_IN_A_ROW)))
        cells = [
            [
                *self.writer.words(number, "figure"),
                Spacer(0, 5),
                *self.writer.words(name, "strong"),
                Spacer(0, 2),
                *self.writer.words(meaning, "muted"),
            ]
            for number, name, meaning in block.items
        ]
        rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
        return grid(
            [[*row, *([""] * (columns - len(row)))] for row in rows],
            [width / max(1, columns)] * columns,
            [
                ("LINEABOVE", (0, 0), (-1, -1), 0.9, hexed(self.palette.brand)),
                ("TOPPADDING", (0, 0), (-1, -1), 7),
                ("BOTTOMPADDING", (0, 0), (-1, -2), 10),
                ("RIGHTPADDING", (0, 0), (-1, -1), 9),
            ],
        )


def _widths(table: Table, width: float) -> list[float]:
    """Return the columns' widths: as asked for, but none narrower than the longest word of its head."""
    whole = sum(column.width for column in table.columns)
    asked = [width * column.width / whole for column in table.columns]
    head = style("head")
    needed = [
        HEAD_ROOM
        + max(stringWidth(word, head.fontName, head.fontSize) for word in one_line(column.head).split(" "))
        for column in table.columns
    ]
    missing = sum(max(0.0, need - wide) for need, wide in zip(needed, asked, strict=True))
    spare = sum(max(0.0, wide - need) for need, wide in zip(needed, asked, strict=True))
    if not missing or spare < missing:
        return asked
    share = missing / spare
    return [max(need, wide - (wide - need) * share) for need, wide in zip(needed, asked, strict=True)]


def _anchors(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Card():
                if block.anchor:
                    yield block.anchor
            case Table():
                yield from (line.anchor for row in block.rows for one in row for line in one if line.anchor)
            case Columns():
                yield from _anchors((*block.left, *block.right))
            case OnePage():
                yield from _anchors(block.blocks)
            case _:
                pass
