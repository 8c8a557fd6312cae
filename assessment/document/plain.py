"""A document as plain text: for people reading differences, for tests, and wherever there is no layout."""

from collections.abc import Iterator
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
    Document,
    Fact,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    OnePage,
    PageBreak,
    Paragraph,
    Steps,
    Table,
)


def as_text(document: Document) -> str:
    """Return every word of a document, one line for each thing that is said."""
    lines = [document.title, *(line for block in document.blocks for line in _lines(block))]
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Cover():
            yield from (
                block.eyebrow,
                block.title,
                block.organisation,
                *block.details,
                *map(_figure, block.figures),
                block.motif.alt,
                block.footnote,
            )
        case Heading():
            yield from ("", f"{'#' * block.level} {block.text}")
            if block.eyebrow:
                yield f"({block.eyebrow} · {block.short})"
        case Paragraph():
            yield block.text
        case Bullets():
            for number, item in enumerate(block.items, start=1):
                yield f"{number}. {_line(item)}" if block.numbered else f"- {_line(item)}"
        case Table():
            yield f"[{block.summary}]"
            yield " | ".join(column.head for column in block.columns)
            for row in block.rows:
                yield " | ".join(" / ".join(_line(line) for line in one) for one in row)
        case Figure():
            yield f"[{block.chart.title}: {block.chart.alt}]"
            if block.caption:
                yield block.caption
        case Callout():
            yield from (f"! {block.title}", *(f"! {_line(line)}" for line in block.lines))
        case KeyFigures():
            yield from map(_figure, block.items)
        case Decisions():
            for number, decision in enumerate(block.items, start=1):
                yield f"{number}. {decision.title}"
                yield from (f"   {_fact(fact)}" for fact in (*decision.reasons, *decision.facts))
        case Card():
            yield f"[{block.mark}] {block.title} ({block.subtitle})"
            yield from (
                block.text,
                f"{block.steps_title}:",
                *(f"- {step}" for step in block.steps),
                *map(_fact, block.facts),
            )
        case Contents():
            yield from (f"{entry.title}: {entry.claim}" for entry in block.entries)
        case Steps():
            yield from (f"{number} {name}: {meaning}" for number, name, meaning in block.items)
        case Columns():
            for part in (*block.left, *block.right):
                yield from _lines(part)
        case OnePage():
            for part in block.blocks:
                yield from _lines(part)
        case PageBreak():
            yield ""
        case _:
            assert_never(block)


def _figure(figure: KeyFigure) -> str:
    said = f"{figure.value} {figure.label}"
    return f"{said} ({figure.note})" if figure.note else said


def _fact(fact: Fact) -> str:
    return f"{fact.name}: {fact.value}"


def _line(line: Line) -> str:
    return f"({line.light}) {line.text}" if line.light else line.text
