"""The first slides: where it stands and what to decide, what is not allowed and not known, everything at a glance."""

from dataclasses import replace

from assessment.charts import Bars, Heatmap, Radar
from assessment.document.blocks import Decision, Decisions, Fact, KeyFigures
from assessment.exports.pptx import charts
from assessment.exports.pptx.chapters import Chapter
from assessment.exports.pptx.flowing import AFTER, SUBHEAD, Flow, draw
from assessment.exports.pptx.geometry import GUTTER, WIDE, Place
from assessment.exports.pptx.grids import HEAD, needed_for, shared
from assessment.exports.pptx.heatmap import heatmap, sets
from assessment.exports.pptx.lettering import LEADING, SPARE, longest_word
from assessment.exports.pptx.markup import BRAND, MUTED, Para, say, stacked
from assessment.exports.pptx.panels import key_figures, panel
from assessment.exports.pptx.saying import panel_lines, texts_of
from assessment.exports.pptx.sheets import Deck, Sheet
from assessment.exports.pptx.tables import BESIDE, Box, Grid, Row, row_height, shorter
from assessment.i18n import MISSING

DECISION_WIDTHS = (24.0, 258.0, 300.0, 106.0, 74.0, 118.0)
DECISION_SIZES = (12.0, 11.5, 11.0, 10.5, 10.0)
PANELS_SHARE = 0.56
RADAR_WIDTH, NAMED_WIDTH = 366.0, 540.0
VALUE_WIDTH, CODE_WIDTH, APART = 40.0, 28.0, 12.0
SMALL = 8.5
LONG_LIST = 12
"""More axes are listed in two tables."""
VALUE_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)


# -- decisions


def decision_slide(deck: Deck, chapter: Chapter) -> None:
    """Make the slide that an executive sees when there is time for one."""
    sheet = _sheet(deck, chapter)
    made = chapter.of(KeyFigures)
    decisions = chapter.of(Decisions)
    if not decisions:
        flow = Flow(deck, sheet, lambda: _sheet(deck, chapter))
        told = chapter.told(without=tuple(chapter.callouts))
        flow.put(told[1 if chapter.lede else 0 :])
        return
    place = sheet.room
    for figures in made:
        sheet.note(*texts_of(figures))
        place = place.below(key_figures(deck, sheet, figures, place) + AFTER)
    title = next((section.title for section in chapter.sections if decisions[0] in section.blocks), "")
    head = say(title, SUBHEAD, bold=True)
    tall = stacked([head], WIDE)
    sheet.text([head], place.upper(tall), name=title)
    place = place.below(tall + 2)
    sheet.note(title, *texts_of(decisions[0]))
    grid = _fitted(deck, decisions[0], title, place.height)
    sheet.table(grid, place.x, place.y, name=title)


def _sheet(deck: Deck, chapter: Chapter) -> Sheet:
    return deck.sheet(chapter.heading.text, eyebrow=chapter.heading.eyebrow, lede=chapter.lede)


def _fitted(deck: Deck, block: Decisions, title: str, room: float) -> Grid:
    """Return the decisions as a table that fits, its longest texts cut where it must."""
    for size in DECISION_SIZES:
        grid = _decisions(deck, block, title, size)
        if grid.height <= room:
            return grid
    most = max(grid.heights())
    whole = grid
    while grid.height > room and most > 2 * DECISION_SIZES[-1] * LEADING:
        most -= DECISION_SIZES[-1] * LEADING / 2
        grid = shorter(whole, most)
    return grid


def _decisions(deck: Deck, block: Decisions, title: str, size: float) -> Grid:
    c = deck.c
    heads = ("", c.t("What"), c.t("Why now"), c.t("Effort"), c.t("By"), c.t("Who"))
    rows = tuple(_decision(item, number, heads, size) for number, item in enumerate(block.items, start=1))
    return Grid(
        summary=title,
        widths=shared(DECISION_WIDTHS, [needed_for(column) for column in zip(*rows, strict=True)], WIDE),
        head=tuple(Box((say(head, HEAD, bold=True, colour=MUTED),)) for head in heads),
        rows=rows,
        row_heads=False,
    )


def _decision(item: Decision, number: int, heads: tuple[str, ...], size: float) -> Row:
    facts = {fact.name: fact.value for fact in (*item.reasons, *item.facts)}
    more = [fact for fact in item.facts if fact.name not in heads]
    cells = [Box((say(facts.get(head, MISSING), size),)) for head in heads[2:]]
    what = (say(item.title, size, bold=True), *(_further(fact, size) for fact in more))
    return (Box((say(str(number), size, bold=True, colour=BRAND),)), Box(what), *cells)


def _further(fact: Fact, size: float) -> Para:
    return say(f"{fact.name}: {fact.value}", size - 0.5, colour=MUTED)


# -- how sure


def certainty_slide(deck: Deck, chapter: Chapter, first: Chapter | None) -> None:
    """Make the slide on what may not be done yet, what is not known, and how wide that leaves the result."""
    sheet = _sheet(deck, chapter)
    callouts = first.callouts if first is not None else []
    drawn = [chart for chart in chapter.charts(Bars) if isinstance(chart, Bars)][:1]
    for block in (*callouts, *chapter.blocks):
        sheet.note(*texts_of(block))
    if not callouts:
        flow = Flow(deck, sheet, lambda: _sheet(deck, chapter), most=2)
        flow.put(chapter.told()[1 if chapter.lede else 0 :])
        return
    room = sheet.room
    wide = (room.width - GUTTER * (len(callouts) - 1)) / len(callouts)
    needed = max(stacked(panel_lines(block, deck.palette, 12), wide - 28) + 26 for block in callouts)
    tall = min(needed, room.height * (PANELS_SHARE if drawn else 1.0))
    for number, block in enumerate(callouts):
        panel(deck, sheet, block, Place(room.x + number * (wide + GUTTER), room.y, wide, tall))
    for chart in drawn:
        head = say(chart.title, SUBHEAD, bold=True)
        place = room.below(tall + AFTER)
        sheet.text([head], place.upper(18), name=chart.title)
        charts.bars(deck, sheet, chart, place.below(20))


# -- at a glance


def glance_slides(deck: Deck, chapter: Chapter) -> None:
    """Make the slide with the web and what its axes are, then the one with the level of each capability."""
    maps = [chart for chart in chapter.charts(Heatmap) if isinstance(chart, Heatmap)]
    for web in chapter.charts(Radar):
        sheet = deck.sheet(chapter.heading.text, eyebrow=chapter.heading.eyebrow, lede="")
        sheet.note(f"{web.title}. {web.alt}")
        if isinstance(web, Radar) and web.is_web:
            _web(deck, sheet, web, sheet.room)
        else:
            draw(deck, sheet, web, sheet.room)
    for chart in maps:
        for rows in sets(chart):
            title = chapter.lede.removesuffix(".") or chart.title
            sheet = deck.sheet(title, eyebrow=chapter.heading.eyebrow, lede=_subtitle(chapter, chart))
            sheet.note(f"{chart.title}. {chart.alt}")
            for row in rows:
                sheet.note(
                    *(
                        f"{row.label} – {cell.label}: {_levels(deck, cell.level, cell.planned)}"
                        for cell in row.cells
                    )
                )
            heatmap(deck, sheet, chart, sheet.room, rows)


def _subtitle(chapter: Chapter, chart: Heatmap) -> str:
    return next(
        (s.title for s in chapter.sections if s.title and chart in chapter.charts(Heatmap)), chart.title
    )


def _levels(deck: Deck, level: int | None, planned: int | None) -> str:
    said = deck.c.number(level, 0)
    return f"{said} → {deck.c.number(planned, 0)}" if planned is not None else said


def _web(deck: Deck, sheet: Sheet, web: Radar, room: Place) -> None:
    """Put the web, and beside it each axis with its values."""
    web_width = RADAR_WIDTH if any(web.codes) else NAMED_WIDTH
    charts.radar(deck, sheet, web, Place(room.x, room.y, web_width, room.height))
    blocks = 2 if len(web.axes) > LONG_LIST else 1
    long = -(-len(web.axes) // blocks)
    left = room.x + web_width + GUTTER
    wide = (room.x + room.width - left - APART * (blocks - 1)) / blocks
    for size in VALUE_SIZES:
        grids = [
            _values(deck, web, range(start, min(len(web.axes), start + long)), wide, size)
            for start in range(0, len(web.axes), long)
        ]
        tall = (room.height - max(row_height(grid.head, grid.widths) for grid in grids)) / long
        if all(row_height(row, grid.widths) <= tall for grid in grids for row in grid.rows):
            break
    for number, grid in enumerate(grids):
        even = replace(shorter(grid, tall), least=min(tall, 30.0))
        sheet.table(even, left + number * (wide + APART), room.y, name=web.title)


def _values(deck: Deck, web: Radar, axes: range, wide: float, size: float) -> Grid:
    coded = any(web.codes)
    words = [one.name for one in web.series]
    needed = max(longest_word(word, SMALL, bold=True) for word in words) / SPARE + 2 * BESIDE + 1
    value = max(VALUE_WIDTH, needed)
    code = (CODE_WIDTH,) if coded else ()
    widths = (*code, wide - sum(code) - value * len(words), *([value] * len(words)))
    head = (
        *((Box(),) if coded else ()),
        Box((say(deck.c.t("Index"), HEAD, bold=True, colour=MUTED),)),
        *(
            Box((say(word, SMALL, bold=True, colour=MUTED, align="r").cut(value - 2 * BESIDE, 3),))
            for word in words
        ),
    )
    rows = tuple(_axis(deck, web, axis, size, coded=coded) for axis in axes)
    return Grid(f"{web.title}. {web.alt}", widths, head, rows)


def _axis(deck: Deck, web: Radar, axis: int, size: float, *, coded: bool) -> Row:
    def said(value: float | None) -> str:
        if value is None:
            return MISSING
        return deck.c.percent(value / 100) if web.percent else deck.c.number(value, web.digits)

    values = (
        Box((say(said(one.values[axis]), size, bold=one.role == "present", align="r"),), middle=True)
        for one in web.series
    )
    code = (Box((say(web.codes[axis], size - 0.5, bold=True, colour=MUTED),), middle=True),) if coded else ()
    return (*code, Box((say(web.axes[axis], size),), middle=True), *values)
