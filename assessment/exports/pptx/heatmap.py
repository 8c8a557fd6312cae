"""The level of every capability as native tables side by side, one for each dimension, today's level beside that after the plan."""

from collections.abc import Sequence

from assessment.charts import Cell, Heatmap, Row
from assessment.exports.pptx.geometry import Place
from assessment.exports.pptx.lettering import SPARE, longest_word
from assessment.exports.pptx.markup import MUTED, Para, Run, say, stacked
from assessment.exports.pptx.sheets import Deck, Sheet
from assessment.exports.pptx.tables import BESIDE, Box, Grid, grid_xml, row_height
from assessment.i18n import MISSING
from assessment.theme import on

COLUMNS = 4
"""So many tables stand side by side."""
FEW = 8
"""So few capabilities stand under each other as they are."""
APART = 14.0
LEVEL_WIDTH = 40.0
NUMBER = 13.0
SMALL = 8.5
LEAST, MOST = 20.0, 58.0
"""A row is no lower and no higher."""
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)
KEY_HEIGHT = 20.0


def sets(chart: Heatmap) -> list[tuple[Row, ...]]:
    """Return what stands on each slide: the tables side by side."""
    few = sum(len(row.cells) for row in chart.rows) <= FEW
    columns = chart.columns(len(chart.rows) if few else COLUMNS)
    return [columns[start : start + COLUMNS] for start in range(0, len(columns), COLUMNS)]


def heatmap(deck: Deck, sheet: Sheet, chart: Heatmap, place: Place, rows: Sequence[Row] = ()) -> None:
    """Put the tables of one slide and below them what the numbers are called."""
    shown = tuple(rows) or next(iter(sets(chart)), ())
    planned = any(cell.planned is not None for row in chart.rows for cell in row.cells)
    count = max(1, len(shown))
    wide = min((place.width - APART * (count - 1)) / count, 420.0)
    words = [deck.c.t("today"), *([deck.c.t("after the plan")] if planned else [])]
    needed = max(longest_word(word, SMALL) for word in words) / SPARE + 2 * BESIDE + 1
    level_width = max(LEVEL_WIDTH, needed)
    widths = (wide - level_width * len(words), *([level_width] * len(words)))
    name_width = widths[0]
    most = max((len(row.cells) for row in shown), default=1)
    heads = [_head(row, words, widths) for row in shown]
    head_tall = max((row_height(head, widths) for head in heads), default=0.0)
    tall = max(LEAST, min(MOST, (place.height - KEY_HEIGHT - 14 - head_tall) / max(1, most)))
    size = _size(shown, name_width, tall)
    for number, (row, head) in enumerate(zip(shown, heads, strict=True)):
        grid = Grid(
            summary=f"{row.label}. {chart.title}" if row.label else f"{chart.title}. {chart.alt}",
            widths=widths,
            head=head,
            rows=tuple(
                _row(deck, chart, cell, name_width, tall, size, planned=planned) for cell in row.cells
            ),
            least=tall,
            head_least=head_tall,
        )
        x = place.x + number * (wide + APART)
        sheet.add(grid_xml(grid, sheet.next(), row.label or chart.title, x, place.y, deck.language))
    below = min(place.height - KEY_HEIGHT, head_tall + tall * most + 16)
    _key(deck, sheet, chart, Place(place.x, place.y + below, place.width, KEY_HEIGHT))


def _head(row: Row, words: Sequence[str], widths: Sequence[float]) -> tuple[Box, ...]:
    return (
        Box((say(row.label, 11, bold=True).cut(widths[0] - 2 * BESIDE, 3),)),
        *(
            Box((say(word, SMALL, colour=MUTED, align="ctr").cut(widths[1] - 2 * BESIDE, 3),))
            for word in words
        ),
    )


def _named(cell: Cell, size: float) -> Para:
    code = (Run(f"{cell.code} ", True, MUTED),) if cell.code else ()
    return Para((*code, Run(cell.label)), size)


def _size(rows: Sequence[Row], wide: float, tall: float) -> float:
    """Return the size in which most names fit into their row."""
    cells = [cell for row in rows for cell in row.cells]
    for size in SIZES:
        if all(stacked([_named(cell, size)], wide - 2 * BESIDE) + 7 <= tall for cell in cells):
            return size
    return SIZES[-1]


def _row(
    deck: Deck, chart: Heatmap, cell: Cell, wide: float, tall: float, size: float, *, planned: bool
) -> tuple[Box, ...]:
    lines = max(1, int((tall - 7) / (size * 1.2)))
    name = Box((_named(cell, size).cut(wide - 2 * BESIDE, lines),), middle=True)
    levels = [cell.level, *([cell.planned] if planned else [])]
    return (name, *(_level(deck, chart, level, min(NUMBER, tall - 9)) for level in levels))


def _level(deck: Deck, chart: Heatmap, level: int | None, size: float) -> Box:
    if level is None:
        return Box((say(MISSING, size, colour=MUTED, align="ctr"),), middle=True)
    ground = chart.shade(level, deck.palette.levels)
    ink = on(ground)
    return Box((say(deck.c.number(level, 0), size, bold=True, colour=ink, align="ctr"),), ground, middle=True)


def _key(deck: Deck, sheet: Sheet, chart: Heatmap, place: Place) -> None:
    """Put the levels with their names as one row."""
    wide = place.width / max(1, len(chart.levels))
    widths, cells = [], []
    for level, name in chart.levels:
        widths += [26.0, wide - 26.0]
        cells += [
            _level(deck, chart, level, 10.0),
            Box((say(name, 10, colour=MUTED).cut(wide - 36, 1),), middle=True),
        ]
    grid = Grid(
        deck.c.t("How to read the levels"), tuple(widths), (), (tuple(cells),), row_heads=False, ruled=False
    )
    sheet.add(grid_xml(grid, sheet.next(), grid.summary, place.x, place.y, deck.language))
