"""Blocks become paragraphs and tables: each kind of block is set in one way, and only here."""

from collections.abc import Sequence
from typing import assert_never

from assessment.document.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Columns,
    Contents,
    Cover,
    Decisions,
    Figure,
    Heading,
    KeyFigures,
    OnePage,
    PageBreak,
    Paragraph,
    Steps,
    Table,
)
from assessment.exports.docx.chart_tables import chart_tables
from assessment.exports.docx.looks import GUTTER, TEXT_HEIGHT, TEXT_WIDTH, Look
from assessment.exports.docx.markup import Node, closed, field, opened, paragraph, run, style_of, tab, w
from assessment.exports.docx.paging import Pages
from assessment.exports.docx.pictures import Album, resized, tall_of
from assessment.exports.docx.set_apart import (
    SHORT_FRAME,
    callout,
    callouts,
    card,
    decisions,
    key_figures,
    steps,
)
from assessment.exports.docx.sheet import CHAPTER, STRONG
from assessment.exports.docx.tables import Box, Tier, laid, table
from assessment.exports.docx.writing import Writer, said
from assessment.exports.spelling import one_line
from assessment.i18n import Catalogue
from assessment.theme import Palette

CONTENTS = "contents"
"""The anchor of the heading that does not stand in the contents itself."""
SHORT = 4
SMALLEST = 0.8
"""What belongs on one page has its pictures made smaller, but not below this."""
SAFE = 0.98
"""So much of a page is filled: the reckoned heights are not Word's own."""
TEXTS = {"lede": "Lede", "body": "Normal", "small": "Small", "caption": "Caption"}


class Setter:
    """Sets blocks."""

    def __init__(
        self, writer: Writer, album: Album, c: Catalogue, palette: Palette, *, styles: dict[str, Look]
    ) -> None:
        self.writer, self.album, self.c, self.palette, self.styles = writer, album, c, palette, styles
        self.awaited: dict[str, Node] = {}
        """By bookmark, the run in the contents that says its page, which is known at the end."""

    def flow(self, blocks: Sequence[Block], width: float = TEXT_WIDTH) -> list[Node]:
        """Return the blocks in reading order; two tables never touch, for Word would make them one."""
        made: list[Node] = []
        breaking = False
        for number, block in enumerate(blocks):
            if isinstance(block, PageBreak):
                breaking = True
                continue
            before = blocks[number - 1] if number else None
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            match block:
                case Figure():
                    nodes = self._figure(block, width, told=isinstance(after, Table))
                case Paragraph() if isinstance(before, Heading) and isinstance(after, Table):
                    # A heading is not left behind with the line below it.
                    nodes = [self._paragraph(block, near=w("keepNext"))]
                case _:
                    nodes = self.set(block, width)
            # A chapter begins on a new page by its style.
            if breaking and made and not _begins_chapter(nodes):
                made.append(paragraph("Spacer", break_=w("pageBreakBefore")))
            breaking = False
            for node in nodes:
                if made and made[-1].tag == node.tag == "w:tbl":
                    made.append(paragraph("Spacer"))
                made.append(node)
        return made

    def set(self, block: Block, width: float) -> list[Node]:
        """Return the paragraphs and tables of one block."""
        writer = self.writer
        match block:
            case Cover() | PageBreak():
                return []
            case Heading():
                return self._heading(block)
            case Paragraph():
                return [self._paragraph(block)]
            case Bullets():
                return writer.bullets(block)
            case Table():
                return [table(writer, block, width), paragraph("Spacer")]
            case Figure():
                return self._figure(block, width, told=False)
            case Callout():
                return [callout(writer, block, width), paragraph("Spacer")]
            case KeyFigures():
                return [key_figures(writer, block, width), paragraph("Spacer")]
            case Decisions():
                return [decisions(writer, block, width), paragraph("Spacer")]
            case Card():
                return [*card(writer, block, width, waves=len(self.palette.waves)), paragraph("Spacer")]
            case Contents():
                return self._contents(block)
            case Steps():
                return [steps(writer, block, width), paragraph("Spacer")]
            case Columns(left=(Callout() as left,), right=(Callout() as right,)):
                return [callouts(writer, left, right, width=width), paragraph("Spacer")]
            case Columns():
                half = (width - GUTTER) / 2
                sides = [self.flow(side, half) for side in (block.left, block.right)]
                return [
                    laid(
                        [Tier([Box(sides[0]), Box([]), Box(sides[1])], whole=_short(*sides))],
                        [half, GUTTER, half],
                        "ReportLayout",
                    ),
                    paragraph("Spacer"),
                ]
            case OnePage():
                return self._one_page(self.flow(block.blocks, width))
            case _:
                assert_never(block)

    def _paragraph(self, block: Paragraph, **settings: Node) -> Node:
        return paragraph(TEXTS[block.style], run(said(block.text)), **settings)

    def _one_page(self, nodes: list[Node]) -> list[Node]:
        """Make the pictures smaller if that keeps the nodes on their page; if it would be too small, let them flow."""
        pictures = [one for node in nodes for one in node.iter("wp:inline")]
        drawn = sum(tall_of(picture) for picture in pictures)
        over = Pages(self.styles).tall(nodes) - TEXT_HEIGHT * SAFE
        if drawn and 0 < over <= drawn * (1 - SMALLEST):
            for picture in pictures:
                resized(picture, 1 - over / drawn)
        return nodes

    def _heading(self, block: Heading) -> list[Node]:
        # The last word of a title does not stand alone on its line if it is as short as a number.
        words, _, last = block.text.rpartition(" ")
        text = f"{words}\u00a0{last}" if words and len(last) <= SHORT else block.text
        if block.level > 1:
            above = [self.writer.words(block.eyebrow, "Eyebrow")] if block.eyebrow else []
            return [*above, self.writer.words(text, f"Heading{block.level}", anchor=block.anchor)]
        short = one_line(block.short or block.text, longest=120)
        eyebrow = one_line(block.eyebrow)
        before = [run(f"{eyebrow} · ")] if eyebrow and eyebrow != short else []
        style = "TOCHeading" if block.anchor == CONTENTS else "Heading1"
        return [
            # The chapter's name is what the head of the page repeats.
            paragraph("ChapterEyebrow", *before, run(short, CHAPTER)),
            self.writer.words(text, style, anchor=block.anchor),
        ]

    def _figure(self, block: Figure, width: float, *, told: bool) -> list[Node]:
        """Return a chart and, unless a table beside it says the same, its figures."""
        chart = block.chart
        alt = one_line(f"{chart.title}. {chart.alt}")
        picture = self.album.chart(chart, self.c, self.palette, width=width, alt=alt)
        beside = () if told else chart_tables(chart, self.c)
        near = {"near": w("keepNext")} if block.caption or beside else {}
        made = [paragraph("Figure", picture, **near)]
        if block.caption:
            made.append(self.writer.words(block.caption, "Caption"))
        for one in beside:
            made += [table(self.writer, one, width, chart=True), paragraph("Spacer")]
        return made

    def _contents(self, block: Contents) -> list[Node]:
        """Return the table of contents as a field with its entries, each a link with the page that it leads to."""
        lines = []
        for entry in block.entries:
            content = [run(f"{said(entry.title)}:", STRONG), run(f" {said(entry.claim)}"), tab()]
            name = self.writer.names.get(entry.anchor)
            if name is not None:
                self.awaited[name] = page = run("-")
                content = self.writer.linked([*content, *field(f"PAGEREF {name} \\h", page)], entry.anchor)
            lines.append(paragraph("Toc1", *content))
        if not lines:
            return []
        for place, mark in enumerate(opened('TOC \\o "1-1" \\h \\z \\u'), start=1):
            lines[0].insert(place, mark)
        lines[-1].append(closed())
        return [
            w(
                "sdt",
                w("sdtPr", w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))),
                w("sdtContent", *lines),
            )
        ]


def _short(*sides: Sequence[Node]) -> bool:
    """Say whether stacks side by side are short enough to stay together."""
    letters = sum(len(text) for side in sides for node in side for text in node.itertext())
    return letters <= SHORT_FRAME


def _begins_chapter(nodes: Sequence[Node]) -> bool:
    return bool(nodes) and style_of(nodes[0]) == "ChapterEyebrow"
