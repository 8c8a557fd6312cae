"""The slides on what has changed since an earlier assessment: how the index came from then to now, and what moved it."""

from assessment.charts import Bridge
from assessment.document.blocks import Paragraph, Table
from assessment.exports.pptx.chapters import Chapter
from assessment.exports.pptx.flowing import AFTER, Flow, draw
from assessment.exports.pptx.geometry import BOTTOM, WIDE, Place
from assessment.exports.pptx.grids import grid_of
from assessment.exports.pptx.markup import MUTED, say, stacked
from assessment.exports.pptx.middle import sheet_of
from assessment.exports.pptx.saying import texts_of
from assessment.exports.pptx.sheets import Deck
from assessment.exports.pptx.tables import parts, shorter

CHART_LEAST = 130.0
ROW_AT_MOST = 40.0
ANSWERS = 10
"""So many answers are named; the report has the others."""


def change_slides(deck: Deck, chapter: Chapter) -> None:
    """Make the slide with the whole and its dimensions then and now, then the one on conditions and answers."""
    first = chapter.sections[0]
    sheet = sheet_of(deck, chapter)
    sheet.note(*(text for block in first.blocks for text in texts_of(block)))
    room = sheet.room
    bridges = [chart for chart in chapter.charts(Bridge) if isinstance(chart, Bridge)]
    tables = [block for block in first.blocks if isinstance(block, Table)]
    doubts = [block for block in first.blocks if isinstance(block, Paragraph) and block.style == "body"]
    words = [say(block.text, 11, colour=MUTED, after=3).cut(WIDE, 2) for block in doubts[:2]]
    said = stacked(words, WIDE)
    grids = [shorter(grid_of(_upper(table), deck.palette, WIDE), ROW_AT_MOST) for table in tables[:1]]
    y = room.y
    if bridges:
        tall = max(CHART_LEAST, room.height - sum(grid.height + AFTER for grid in grids) - said - AFTER)
        draw(deck, sheet, bridges[0], Place(room.x, y, WIDE, tall))
        y += tall + AFTER
    if words:
        sheet.text(words, Place(room.x, y, WIDE, said), name=chapter.heading.short)
        y += said + AFTER
    for grid in grids:
        part = next(parts(grid, BOTTOM - y, BOTTOM - y))
        sheet.table(part, room.x, y, name=grid.summary)
    if len(chapter.sections) > 1:
        title = chapter.sections[1].title
        flow = Flow(
            deck, sheet_of(deck, chapter, title=title), lambda: sheet_of(deck, chapter, title=title), most=2
        )
        left_out = [block for block in chapter.of(Paragraph) if block.style == "caption"]
        told = chapter.told(without=(*first.blocks, *left_out))[1:]
        flow.put(_fewer(block) if isinstance(block, Table) else block for block in told)


def _fewer(table: Table) -> Table:
    """Return the rows that matter most, which come first."""
    return table.model_copy(update={"rows": table.rows[:ANSWERS]})


def _upper(table: Table) -> Table:
    """Return the rows of the whole and its dimensions, if those stand out; the report has the others."""
    rows = tuple(row for row in table.rows if row[0] and row[0][0].tone == "strong")
    return table.model_copy(update={"rows": rows}) if rows else table
