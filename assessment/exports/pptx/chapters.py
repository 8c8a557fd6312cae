"""The document's chapters and what stands under each of their headings, cleaned of what slides cannot hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from assessment.charts import Chart
from assessment.document.blocks import (
    Block,
    Callout,
    Columns,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    OnePage,
    PageBreak,
    Paragraph,
)
from assessment.document.telling import ANSWERS
from assessment.exports.spelling import plain

B = TypeVar("B")

LEFT_OUT = (ANSWERS, "contents")
"""Chapters to look things up in; a presentation points to the report for them."""
LONGEST = 1500
"""Characters of one text: more than a slide holds, enough for its notes."""


@dataclass
class Section:
    """A heading of the second level with what follows it; none before the first."""

    title: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Chapter:
    """A claim with what backs it."""

    heading: Heading
    sections: list[Section]

    @property
    def lede(self) -> str:
        """The sentence under the claim."""
        said = self.of(Paragraph)
        return said[0].text if said and said[0].style == "lede" else ""

    @property
    def blocks(self) -> list[Block]:
        """Everything in it, in reading order."""
        return [block for section in self.sections for block in section.blocks]

    def of(self, kind: type[B]) -> list[B]:
        """Return the blocks of a kind."""
        return [block for block in self.blocks if isinstance(block, kind)]

    def charts(self, kind: type[Any]) -> list[Chart]:
        """Return the charts of a kind."""
        return [block.chart for block in self.of(Figure) if isinstance(block.chart, kind)]

    def told(self, *, without: tuple[Block, ...] = ()) -> list[Block]:
        """Return everything with its headings, in reading order, without some blocks; a heading alone is left out, too."""
        made: list[Block] = []
        for section in self.sections:
            kept = [block for block in section.blocks if block not in without]
            if section.title and kept:
                made.append(Heading(level=2, text=section.title))
            made += kept
        return made

    @property
    def callouts(self) -> list[Callout]:
        """What is set apart in it."""
        return self.of(Callout)


def cleaned(document: Document) -> Document:
    """Return the document without the chapters that slides leave out, every text in it made plain."""
    blocks: list[Block] = []
    wanted = True
    for block in _flat(document.blocks):
        if isinstance(block, Heading) and block.level == 1:
            wanted = block.anchor not in LEFT_OUT
        if wanted and not isinstance(block, Contents):
            blocks.append(block)
    kept = document.model_copy(update={"blocks": tuple(blocks)})
    return Document.model_validate(_plain(kept.model_dump()))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value, longest=LONGEST)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_plain(each) for each in value)
    return value


def chapters(document: Document) -> list[Chapter]:
    """Return the chapters in reading order."""
    found: list[Chapter] = []
    for block in _flat(document.blocks):
        match block:
            case Cover():
                continue
            case Heading(level=1):
                found.append(Chapter(block, [Section("")]))
            case Heading(level=2) if found:
                found[-1].sections.append(Section(block.text))
            case _ if found:
                found[-1].sections[-1].blocks.append(block)
            case _:
                continue
    return found


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks without the pages and columns around them."""
    for block in blocks:
        match block:
            case OnePage():
                yield from _flat(block.blocks)
            case Columns():
                yield from _flat((*block.left, *block.right))
            case PageBreak():
                continue
            case _:
                yield block
