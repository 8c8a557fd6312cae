"""What stands in a document, also within its columns and pages."""

from collections.abc import Iterator, Sequence

from assessment.document.blocks import (
    Anchor,
    Block,
    Card,
    Columns,
    Contents,
    Decisions,
    Fact,
    Heading,
    OnePage,
    Table,
)


def inside(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks that hold no others, in reading order."""
    for block in blocks:
        match block:
            case Columns():
                yield from inside((*block.left, *block.right))
            case OnePage():
                yield from inside(block.blocks)
            case _:
                yield block


def anchors(blocks: Sequence[Block]) -> Iterator[Anchor]:
    """Yield what links can lead to."""
    for block in inside(blocks):
        if isinstance(block, Heading | Card) and block.anchor:
            yield block.anchor
        elif isinstance(block, Table):
            yield from (line.anchor for row in block.rows for one in row for line in one if line.anchor)


def chapters(blocks: Sequence[Block]) -> frozenset[Anchor]:
    """Return what the contents lead to."""
    return frozenset(
        entry.anchor for block in inside(blocks) if isinstance(block, Contents) for entry in block.entries
    )


def cards(blocks: Sequence[Block]) -> Iterator[Card]:
    """Yield the measures."""
    return (block for block in inside(blocks) if isinstance(block, Card))


def facts_of_decisions(blocks: Sequence[Block]) -> Iterator[Fact]:
    """Yield the facts of the decisions, whose names stand in a column."""
    for block in inside(blocks):
        if isinstance(block, Decisions):
            yield from (fact for item in block.items for fact in (*item.reasons, *item.facts))
