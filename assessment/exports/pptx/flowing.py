"""Blocks under each other, going on on a further slide where there is no more room: lists, tables, charts, what is set apart."""

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from assessment.charts import Bars, Bridge, Chart, Curve, Heatmap, Payoff, Radar, Timeline
from assessment.document.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
)
from assessment.exports.pptx import charts, heatmap
from assessment.exports.pptx.geometry import BOTTOM, WIDE, Place
from assessment.exports.pptx.grids import grid_of
from assessment.exports.pptx.markup import MUTED, Para, say, stacked
from assessment.exports.pptx.panels import BODY, key_figures, panel
from assessment.exports.pptx.saying import AFTER_LINE, item_para, panel_lines, texts_of
from assessment.exports.pptx.sheets import Deck, Sheet
from assessment.exports.pptx.tables import Grid, parts, resized, shorter

SUBHEAD = 13.0
AFTER = 12.0
CHART_HEIGHT = 250.0
LEAST = 60.0
"""With less room than this, what follows goes to the next slide."""
SLIDES_AT_MOST = 4
"""A chapter that needs more is cut; the report has the rest."""
ROW_AT_MOST = 150.0
LARGER = (2.0, 1.5, 1.0, 0.5)
"""So much larger a table is tried."""


class Flow:
    """Sets blocks from the top of a slide's room; begins further slides as needed."""

    def __init__(
        self, deck: Deck, first: Sheet, more: Callable[[], Sheet], *, most: int = SLIDES_AT_MOST
    ) -> None:
        self.deck = deck
        self.sheet = first
        self.more = more
        self.slides, self.most = 1, most
        self.y = first.room.y
        self.full = False

    def left(self) -> float:
        """Return what is left of the slide, in points."""
        return BOTTOM - self.y

    def turn(self) -> bool:
        """Go on on a further slide; say whether there may be one."""
        if self.slides >= self.most:
            self.full = True
            return False
        self.sheet, self.slides = self.more(), self.slides + 1
        self.y = self.sheet.room.y
        return True

    def put(self, blocks: Iterable[Block]) -> None:
        """Set blocks in reading order."""
        every = list(blocks)
        for number, block in enumerate(every):
            if self.full:
                return
            self._put(block, every[number + 1 :])

    def _put(self, block: Block, following: Sequence[Block]) -> None:
        palette = self.deck.palette
        match block:
            case Heading():
                self.words([say(block.text, SUBHEAD, bold=True)], keep=LEAST)
            case Paragraph():
                small = block.style in ("small", "caption")
                self.words([say(block.text, BODY - 1.5 if small else BODY, colour=MUTED if small else "")])
            case Bullets():
                self.words([item_para(item, BODY, palette) for item in block.items])
            case Callout():
                self.panel(block)
            case KeyFigures():
                if self.left() >= LEAST or self.turn():
                    room = Place(self.sheet.room.x, self.y, WIDE, LEAST)
                    self.y += key_figures(self.deck, self.sheet, block, room) + AFTER
                    self.sheet.note(*texts_of(block))
            case Table():
                kept = sum(self._panel_height(one) + AFTER for one in following if isinstance(one, Callout))
                self.table(grid_of(block, palette, WIDE), notes=texts_of(block), kept=kept)
            case Figure():
                self.chart(block.chart)
            case _:
                return

    def words(self, paragraphs: list[Para], *, keep: float = 0.0) -> None:
        """Set paragraphs; as many as there is room for, the others on the next slide."""
        waiting = list(paragraphs)
        while waiting:
            if (
                stacked(waiting[:1], WIDE) + keep > self.left()
                and self.y > self.sheet.room.y
                and not self.turn()
            ):
                return
            now: list[Para] = []
            while waiting and stacked([*now, waiting[0]], WIDE) <= self.left():
                now.append(waiting.pop(0))
            if not now:  # taller than a whole slide
                one = waiting.pop(0)
                now = [one.cut(WIDE, max(1, int(self.left() / (one.size * 1.2))))]
            tall = stacked(now, WIDE)
            self.sheet.text(now, Place(self.sheet.room.x, self.y, WIDE, tall), name=now[0].text[:40])
            self.sheet.note(*(one.text for one in now))
            self.y += tall + (AFTER if not waiting and keep == 0 else AFTER_LINE)
            if waiting and not self.turn():
                return

    def _panel_height(self, block: Callout) -> float:
        return min(stacked(panel_lines(block, self.deck.palette, BODY - 1), WIDE - 28) + 26, 300.0)

    def panel(self, block: Callout) -> None:
        """Set what is set apart."""
        tall = self._panel_height(block)
        if tall > self.left() and self.y > self.sheet.room.y and not self.turn():
            return
        panel(
            self.deck,
            self.sheet,
            block,
            Place(self.sheet.room.x, self.y, WIDE, min(tall, self.left())),
            size=BODY - 1,
        )
        self.sheet.note(*texts_of(block))
        self.y += tall + AFTER

    def table(
        self,
        grid: Grid,
        *,
        notes: Iterable[str] = (),
        name: str = "",
        several: bool = False,
        kept: float = 0.0,
    ) -> None:
        """Set a table, cut into as many slides as it takes; as large as it can be without taking more of them.

        Args:
            grid: the table.
            notes: what the presenter reads.
            name: of the shape.
            several: nothing follows, so that it may fill its slides.
            kept: so many points are left for what follows, if it can be.
        """
        room = BOTTOM - self.sheet.room.y
        grid = shorter(grid, min(ROW_AT_MOST, room / 2))
        first = self.left()
        for larger in LARGER:
            tried = shorter(resized(grid, larger), min(ROW_AT_MOST, room / 2))
            if sum(tried.heights()) <= first - kept or (
                several and len(list(parts(tried, first, room))) <= len(list(parts(grid, first, room)))
            ):
                grid = tried
                break
        first = self.left()
        heights = grid.heights()
        if sum(heights[:3]) > first and self.y > self.sheet.room.y:
            if not self.turn():
                return
            first = self.left()
        self.sheet.note(*notes)
        for number, part in enumerate(parts(grid, first, room)):
            if number and not self.turn():
                return
            self.sheet.table(part, self.sheet.room.x, self.y, name=name or grid.summary)
            self.y += part.height + AFTER

    def chart(self, chart: Chart) -> None:
        """Set a chart over the whole width."""
        tall = min(CHART_HEIGHT, BOTTOM - self.sheet.room.y)
        if self.left() < tall and not self.turn():
            return
        tall = min(tall, self.left())
        draw(self.deck, self.sheet, chart, Place(self.sheet.room.x, self.y, WIDE, tall))
        self.sheet.note(f"{chart.title}. {chart.alt}")
        self.y += tall + AFTER


def draw(deck: Deck, sheet: Sheet, chart: Chart, place: Place) -> None:
    """Put a chart of any kind into a place."""
    match chart:
        case Radar():
            charts.radar(deck, sheet, chart, place)
        case Bars():
            charts.bars(deck, sheet, chart, place)
        case Curve():
            charts.curve(deck, sheet, chart, place)
        case Payoff():
            charts.payoff(deck, sheet, chart, place)
        case Timeline():
            charts.load(deck, sheet, chart, place)
        case Heatmap():
            heatmap.heatmap(deck, sheet, chart, place)
        case Bridge():
            charts.bridge(deck, sheet, chart, place)
        case _:
            assert_never(chart)
