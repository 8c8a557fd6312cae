"""The slides on what a workshop came to: how far the room agrees, question by question; then who sees what differently, and why."""

from assessment.document.blocks import Cell, KeyFigures, Paragraph, Table
from assessment.exports.pptx.chapters import Chapter
from assessment.exports.pptx.flowing import AFTER, Flow
from assessment.exports.pptx.geometry import WIDE
from assessment.exports.pptx.grids import grid_of
from assessment.exports.pptx.middle import sheet_of
from assessment.exports.pptx.panels import key_figures
from assessment.exports.pptx.saying import texts_of
from assessment.exports.pptx.sheets import Deck
from assessment.exports.pptx.tables import shorter

ROW_AT_MOST = 33.0
WIDER = 1.8
"""So much wider the questions stand than on paper, so that more of them fit on a slide."""
MOST = 3
"""So many slides each half of the chapter takes at most; the report has the rest."""


def people_slides(deck: Deck, chapter: Chapter) -> None:
    """Make the slide with the claim and the questions, then the one on roles, decisions and dissent."""
    first = chapter.sections[0]
    sheet = sheet_of(deck, chapter)
    room = sheet.room
    flow = Flow(deck, sheet, lambda: sheet_of(deck, chapter), most=MOST)
    for block in first.blocks:
        match block:
            case KeyFigures():
                flow.y += key_figures(deck, sheet, block, room) + AFTER
                sheet.note(*texts_of(block))
            case Table():
                grid = grid_of(_brief(block), deck.palette, WIDE)
                flow.table(shorter(grid, ROW_AT_MOST), notes=texts_of(block))
            case Paragraph():
                sheet.note(block.text)
            case _:
                continue
    if len(chapter.sections) > 1:
        title = chapter.sections[1].title
        rest = Flow(
            deck,
            sheet_of(deck, chapter, title=title),
            lambda: sheet_of(deck, chapter, title=title),
            most=MOST,
        )
        rest.put(chapter.told(without=tuple(first.blocks))[1:])


def _brief(table: Table) -> Table:
    """Return the table with more room for questions, without what stands small in its cells; the notes have it."""
    rows = tuple(tuple(_first(cell) for cell in row) for row in table.rows)
    first, *others = table.columns
    wider = first.model_copy(update={"width": first.width * WIDER})
    return table.model_copy(update={"columns": (wider, *others), "rows": rows})


def _first(cell: Cell) -> Cell:
    return tuple(line for number, line in enumerate(cell) if not number or line.tone != "muted")
