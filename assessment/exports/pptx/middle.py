"""The slides in the middle: one for each dimension, the legal status, the plan, its measures, its worth."""

from collections.abc import Sequence
from functools import partial

from assessment.charts import Bars, Curve, Payoff, Timeline
from assessment.document.blocks import (
    Block,
    Bullets,
    Card,
    Cell,
    Heading,
    KeyFigures,
    Paragraph,
    Table,
)
from assessment.exports.pptx import charts
from assessment.exports.pptx.chapters import Chapter, Section
from assessment.exports.pptx.flowing import AFTER, SUBHEAD, Flow, draw
from assessment.exports.pptx.geometry import BOTTOM, GUTTER, WIDE, Place
from assessment.exports.pptx.grids import CELL, HEAD, grid_of, needed_for, shared
from assessment.exports.pptx.lettering import shortened
from assessment.exports.pptx.markup import BRAND, BULLET, MUTED, Para, Run, say, stacked
from assessment.exports.pptx.panels import key_figures, panel, side_by_side
from assessment.exports.pptx.saying import AFTER_LINE, fitting, item_para, panel_lines, texts_of
from assessment.exports.pptx.sheets import Deck, Sheet
from assessment.exports.pptx.tables import Box, Grid, Row, shorter
from assessment.exports.pptx.timeline import pieces, timeline

CHART_WIDTH = 452.0
MEASURE_WIDTHS = (40.0, 270.0, 150.0, 128.0, 150.0, 142.0)
ROOM_FOR_HEADING = 40.0
LARGER = 1.15
"""A table is set larger where there is room; its columns are wide enough for that."""


def sheet_of(deck: Deck, chapter: Chapter, *, title: str = "", lede: str = "") -> Sheet:
    """Begin a slide of a chapter; under its claim and lede, or another title."""
    head = chapter.heading
    return deck.sheet(title or head.text, eyebrow=head.eyebrow, lede=lede if title else lede or chapter.lede)


# -- a dimension


def dimension_slide(deck: Deck, chapter: Chapter) -> None:
    """Make a dimension's slide: its parts as bars; what holds its level, what comes next, what is planned."""
    sheet = sheet_of(deck, chapter)
    for section in chapter.sections:
        sheet.note(section.title, *(text for block in section.blocks for text in texts_of(block)))
    bars = [chart for chart in chapter.charts(Bars) if isinstance(chart, Bars)]
    place = sheet.room
    for figures in chapter.of(KeyFigures):
        place = place.below(key_figures(deck, sheet, figures, place) + AFTER)
    if not bars and len(chapter.sections) == 1:
        flow = Flow(deck, sheet, lambda: sheet_of(deck, chapter), most=1)
        flow.y = place.y
        flow.put(chapter.told(without=tuple(chapter.of(KeyFigures)))[1 if chapter.lede else 0 :])
        return
    beside = place
    if bars:
        charts.bars(deck, sheet, bars[0], Place(place.x, place.y, CHART_WIDTH, place.height))
        beside = Place(place.x + CHART_WIDTH + GUTTER, place.y, WIDE - CHART_WIDTH - GUTTER, place.height)
    paras: list[Para] = []
    for section in chapter.sections[1:]:
        paras += _section(deck, section, beside.width)
    if paras:
        shown = fitting(paras, beside.width, beside.height)
        sheet.text(shown, beside.upper(max(stacked(shown, beside.width), 1.0)), name=shown[0].text[:60])
    for more in bars[1:]:
        further = sheet_of(deck, chapter)
        further.note(f"{more.title}. {more.alt}")
        charts.bars(deck, further, more, further.room)


def _section(deck: Deck, section: Section, wide: float) -> list[Para]:
    """Return a section as a heading and a list; of a table, what each row asks and what can be observed then."""
    made = [say(section.title, 12, bold=True, colour=BRAND, after=3)]
    for block in section.blocks:
        match block:
            case Bullets():
                made += [item_para(item, 11, deck.palette, after=3) for item in block.items]
            case Table():
                made += [_observed(row, wide) for row in block.rows]
            case Paragraph():
                made.append(say(block.text, 10, colour=MUTED, after=3))
            case _:
                continue
    last = made[-1]
    return [*made[:-1], Para(last.runs, last.size, last.align, last.mark, last.mark_colour, 9)]


def _observed(row: Sequence[Cell], wide: float) -> Para:
    """Return a question, shortened, and what can be observed once its answer has changed."""
    cells = [" ".join(line.text for line in cell) for cell in row]
    question = shortened(cells[0], 11, wide - BULLET, most=2, bold=True)
    return Para((Run(f"{question} ", True), Run(cells[-1])), 11, mark="–", after=3)


# -- the law


def legal_slides(deck: Deck, chapter: Chapter) -> None:
    """Make the slides on the legal status: each topic with its light, then the conditions that limit levels."""
    flow = Flow(deck, sheet_of(deck, chapter), lambda: sheet_of(deck, chapter))
    flow.put(chapter.sections[0].blocks[1:] if chapter.lede else chapter.sections[0].blocks)
    wanted = deck.c.t("Conditions that are not met, what they limit, and what settles them")
    for section in chapter.sections[1:]:
        tables = [block for block in section.blocks if isinstance(block, Table) and block.summary == wanted]
        if not tables:
            continue
        if flow.left() < grid_of(tables[0], deck.palette, WIDE).height + ROOM_FOR_HEADING:
            begin = partial(sheet_of, deck, chapter, title=section.title)
            Flow(deck, begin(), begin).put(section.blocks)
        else:
            flow.put([Heading(level=2, text=section.title), *section.blocks])


# -- the plan


def roadmap_slides(deck: Deck, chapter: Chapter) -> None:
    """Make the slides on the plan: over time, with its load and what it brings, what other days would buy."""
    drawn = [chart for chart in chapter.charts(Timeline) if isinstance(chart, Timeline)]
    if not drawn:
        flow = Flow(deck, sheet_of(deck, chapter), lambda: sheet_of(deck, chapter), most=2)
        flow.put(chapter.told()[1 if chapter.lede else 0 :])
        return
    whole = drawn[-1].model_copy(update={"bars": tuple(bar for part in drawn for bar in part.bars)})
    for bars in pieces(whole):
        sheet = sheet_of(deck, chapter)
        sheet.note(f"{whole.title}. {whole.alt}")
        sheet.note(*(text for block in chapter.callouts for text in texts_of(block)))
        timeline(deck, sheet, whole, bars, sheet.room)
    _asked(deck, chapter)
    _load(deck, chapter, whole)
    for section in chapter.sections:
        found = [
            block
            for block in section.blocks
            if getattr(getattr(block, "chart", None), "kind", "") == "payoff"
        ]
        if found:
            _payoff(deck, chapter, section)


def _asked(deck: Deck, chapter: Chapter) -> None:
    """Make a slide of what was asked for and cannot be, if there is any; what is to be clarified is among the decisions."""
    warnings = [block for block in chapter.callouts if block.tone == "warning"]
    if not warnings:
        return
    sheet = sheet_of(deck, chapter, title=warnings[0].title)
    items = [item_para(line, 14, deck.palette, after=8) for block in warnings for line in block.lines]
    sheet.note(*(text for block in warnings for text in texts_of(block)))
    sheet.text(fitting(items, WIDE, sheet.room.height), sheet.room, name=warnings[0].title)


def _load(deck: Deck, chapter: Chapter, whole: Timeline) -> None:
    curves = [chart for chart in chapter.charts(Curve) if isinstance(chart, Curve)]
    title = (curves[0].alt if curves else whole.alt).removesuffix(".")
    sheet = sheet_of(deck, chapter, title=title)
    waves = [
        block
        for block in chapter.of(Table)
        if block.summary == deck.c.t("Measures, effort and result of each wave")
    ]
    room = sheet.room
    tables = [shorter(grid_of(block, deck.palette, WIDE, size=11), 44) for block in waves]
    below = sum(grid.height + AFTER for grid in tables)
    upper = room.upper(max(140.0, room.height - below - AFTER))
    sheet.note(f"{whole.title}. {whole.alt}", *(f"{curve.title}. {curve.alt}" for curve in curves))
    halves = (upper.left(0.5), upper.right(0.5)) if curves else (upper, upper)
    head = say(whole.title, SUBHEAD, bold=True).cut(halves[0].width, 1)
    sheet.text([head], halves[0].upper(18), name=whole.title)
    charts.load(deck, sheet, whole, halves[0].below(20))
    for curve in curves[:1]:
        head = say(curve.title, SUBHEAD, bold=True).cut(halves[1].width, 1)
        sheet.text([head], halves[1].upper(18), name=curve.title)
        charts.curve(deck, sheet, curve, halves[1].below(20))
    y = upper.y + upper.height + AFTER
    for block, grid in zip(waves, tables, strict=True):
        sheet.note(*texts_of(block))
        if y + grid.height <= BOTTOM:
            sheet.table(grid, room.x, y, name=block.summary)
            y += grid.height + AFTER
    sheet.note(*(text for block in chapter.of(Paragraph) for text in texts_of(block)))


def _payoff(deck: Deck, chapter: Chapter, section: Section) -> None:
    """Make the slide on what days buy: the curve, beside it the figures, under it the sentence."""
    drawn = [chart for chart in chapter.charts(Payoff) if isinstance(chart, Payoff)]
    said = [block for block in section.blocks if isinstance(block, Paragraph)]
    bend = drawn[0].knee_name
    title = (
        f"{bend[:1].upper()}{bend[1:]}" if bend else said[0].text.removesuffix(".") if said else section.title
    )
    sheet = sheet_of(deck, chapter, title=title, lede=said[0].text if bend and said else "")
    sheet.note(*(text for block in section.blocks for text in texts_of(block)))
    tables = [block for block in section.blocks if isinstance(block, Table)]
    room = sheet.room
    small = [say(block.text, 10, colour=MUTED).cut(WIDE, 2) for block in said[1:2]]
    foot = stacked(small, WIDE)
    upper = room.upper(room.height - foot - AFTER)
    left = upper.left(0.5) if tables else upper
    draw(deck, sheet, drawn[0], left)
    for table in tables[:1]:
        right = upper.right(0.5)
        grid = grid_of(table, deck.palette, right.width, size=12)
        sheet.table(
            shorter(grid, max(24.0, right.height / (len(grid.rows) + 2))),
            right.x,
            right.y,
            name=table.summary,
        )
    if small:
        sheet.text(small, Place(room.x, BOTTOM - foot, WIDE, foot), name=section.title)


def measures_slides(deck: Deck, chapter: Chapter) -> None:
    """Make the table of the plan: what, when, how much, who, why."""
    cards, c = chapter.of(Card), deck.c
    names = (c.t("When"), c.t("Effort"), c.t("Who"))
    rows = [_measure(card, names) for card in cards]
    head = tuple(
        Box((say(name, HEAD, bold=True, colour=MUTED),)) for name in ("", c.t("Measure"), *names, c.t("Why"))
    )
    wanted: tuple[float, ...] = MEASURE_WIDTHS
    if not any(card.mark for card in cards):
        wanted, head, rows = wanted[1:], head[1:], [row[1:] for row in rows]
    short = {head.index(box) for box in head if box.paras[0].text in names[:2]}
    needed = [
        needed_for(column, whole=number in short) * LARGER
        for number, column in enumerate(zip(*rows, strict=True))
    ]
    grid = Grid(
        summary=chapter.heading.text,
        widths=shared(wanted, needed, WIDE),
        head=head,
        rows=tuple(rows),
        row_heads=False,
    )
    flow = Flow(deck, sheet_of(deck, chapter), lambda: sheet_of(deck, chapter), most=MEASURE_SLIDES)
    flow.table(grid, notes=(f"{card.mark} {card.title}: {card.text}".strip() for card in cards), several=True)


MEASURE_SLIDES = 100
"""Three hundred measures are too many to present, and still none of them is lost."""


def _measure(card: Card, names: Sequence[str]) -> Row:
    facts = {fact.name: fact.value for fact in card.facts}
    mark = Box((say(card.mark, CELL - 0.5, bold=True, colour=MUTED),))
    title = Box((say(card.title, CELL, bold=True),))
    return (
        mark,
        title,
        *(Box((say(facts.get(name, ""), CELL),)) for name in names),
        Box((say(card.subtitle, CELL),)),
    )


# -- worth


def value_slides(deck: Deck, chapter: Chapter) -> None:
    """Make the slide on what it may be worth: benefits beside cost and years, and what that does not say."""
    sheet = sheet_of(deck, chapter)
    first = chapter.sections[0]
    tables = [block for block in first.blocks if isinstance(block, Table)]
    if len(tables) < 2:
        flow = Flow(deck, sheet, lambda: sheet_of(deck, chapter), most=2)
        flow.put(chapter.told()[1 if chapter.lede else 0 :])
        return
    sheet.note(*(text for block in chapter.blocks for text in texts_of(block)))
    halves = (sheet.room.left(0.5), sheet.room.right(0.5))
    low = sheet.room.y
    for table, half in zip(tables, halves, strict=False):
        grid = shorter(grid_of(table, deck.palette, half.width, size=11), 40)
        sheet.table(grid, half.x, half.y, name=table.summary)
        low = max(low, half.y + grid.height)
    place = sheet.room.below(low - sheet.room.y + AFTER)
    callouts = chapter.callouts
    if callouts and place.height > 60:
        side_by_side(deck, sheet, callouts[-1:], place)


# -- how it is made


def method_slide(deck: Deck, chapter: Chapter, legal: Chapter | None) -> None:
    """Make the last slide: how the figures are made, from what, what was left out, and that they are no legal advice."""
    sheet = sheet_of(deck, chapter)
    c, room = deck.c, sheet.room
    made = _named(chapter, c.t("How the figures are made"))
    sources = _named(chapter, c.t("Sources"))
    if not made:  # left out: what stays is from which answers the figures are
        flow = Flow(deck, sheet, lambda: sheet_of(deck, chapter), most=1)
        flow.put([*chapter.told()[1 if chapter.lede else 0 :], *_left_out(deck)])
        return
    advice = (legal.callouts if legal is not None else chapter.callouts)[-1:]
    sheet.note(*(text for block in (*made, *sources, *advice) for text in texts_of(block)))
    left, right = room.left(0.5), room.right(0.5)
    paras = [
        say(c.t("How the figures are made"), SUBHEAD, bold=True, after=AFTER_LINE),
        *_paragraphs([*_left_out(deck), *made]),
    ]
    shown = fitting(paras, left.width, left.height)
    sheet.text(shown, left, name=shown[0].text)
    used = 0.0
    for block in advice:
        used = min(stacked(panel_lines(block, deck.palette, 11), right.width - 28) + 26, right.height / 2)
        panel(deck, sheet, block, Place(right.x, BOTTOM - used, right.width, used), size=11)
    items = [
        item_para(item, 10.5, deck.palette)
        for block in sources
        if isinstance(block, Bullets)
        for item in block.items
    ]
    if items:
        place = right.upper(right.height - used - AFTER)
        shown = fitting(
            [say(c.t("Sources"), SUBHEAD, bold=True, after=AFTER_LINE), *items], place.width, place.height
        )
        sheet.text(shown, place, name=shown[0].text)


def _left_out(deck: Deck) -> list[Block]:
    said = deck.document.left_out
    return [Paragraph(text=said, style="small")] if said else []


def _named(chapter: Chapter, title: str) -> list[Block]:
    return next((section.blocks for section in chapter.sections if section.title == title), [])


def _paragraphs(blocks: Sequence[Block]) -> list[Para]:
    made: list[Para] = []
    name = ""
    for block in blocks:
        match block:
            case Heading():
                name = block.text
            case Paragraph():
                runs = (Run(f"{name}: ", True), Run(block.text)) if name else (Run(block.text),)
                made.append(Para(runs, 11, after=AFTER_LINE))
                name = ""
            case _:
                continue
    return made
