"""A document's tables as native ones: columns wide enough for their words."""

from collections.abc import Iterable, Sequence

from assessment.document.blocks import Table
from assessment.exports.pptx.lettering import SPARE, longest_word, width
from assessment.exports.pptx.markup import MUTED, say
from assessment.exports.pptx.saying import line_para
from assessment.exports.pptx.tables import BESIDE, Box, Grid
from assessment.theme import Palette

CELL, HEAD = 10.5, 9.5


def grid_of(table: Table, palette: Palette, wide: float, *, size: float = CELL) -> Grid:
    """Return a document's table as a native one, its columns as wide as it wants them and wide enough for each word."""
    columns = table.columns
    aligns = ["r" if column.align == "right" else "l" for column in columns]
    head = tuple(
        Box((say(column.head, HEAD, bold=True, colour=MUTED, align=align),))
        for column, align in zip(columns, aligns, strict=True)
    )
    rows = tuple(
        tuple(
            Box(tuple(line_para(line, size, palette, align=align) for line in cell))
            for cell, align in zip(row, aligns, strict=True)
        )
        for row in table.rows
    )
    needed = [
        max(
            needed_for([head[number]]),
            needed_for((row[number] for row in rows), whole=aligns[number] == "r"),
        )
        for number in range(len(columns))
    ]
    widths = shared([column.width for column in columns], needed, wide)
    return Grid(table.summary, widths, head, rows, table.row_heads)


def needed_for(boxes: Iterable[Box], *, whole: bool = False) -> float:
    """Return how wide a column must be so that none of its words is broken; of numbers, so that none of its lines is."""
    texts = [
        (part, para)
        for box in boxes
        for para in box.paras
        for part in (para.text.split("\n") if whole else [para.text])
    ]
    measure = width if whole else longest_word
    most = max((measure(text, para.size, bold=para.bold) for text, para in texts), default=0.0)
    return most / SPARE + 2 * BESIDE + 1


def shared(wanted: Sequence[float], needed: Sequence[float], wide: float) -> tuple[float, ...]:
    """Return widths in these proportions, none less than needed as long as there is enough for all."""
    most = wide / max(1, len(wanted))
    least = [min(each, most * 1.6) for each in needed]
    if sum(least) >= wide:
        return tuple(each * wide / sum(least) for each in least)
    share = wide / sum(wanted)
    widths = [max(each * share, low) for each, low in zip(wanted, least, strict=True)]
    over = sum(widths) - wide
    spare = [each - low for each, low in zip(widths, least, strict=True)]
    total = sum(spare)
    return tuple(
        each - over * room / total if total else each for each, room in zip(widths, spare, strict=True)
    )
