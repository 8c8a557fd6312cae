"""The plan over time as native shapes: whoever edits the slide drags a bar to where it belongs."""

from collections.abc import Iterator
from math import ceil

from assessment.charts import Span, Timeline
from assessment.exports.pptx.geometry import Place
from assessment.exports.pptx.lettering import LEADING, width
from assessment.exports.pptx.markup import BRAND, LINE, MUTED, TINT, Colour, Para, Run, say
from assessment.exports.pptx.sheets import Deck, Sheet

BARS = 14
"""So many measures stand on one slide."""
NAMES = 300.0
HEAD, KEY = 22.0, 22.0
ROW_MOST = 36.0
WAVES: tuple[Colour, ...] = ("accent1:75", "accent1:85:15", "accent1:60:40")
"""First wave to last; one hue from dark to light."""
MONTH_WIDTH = 46.0
"""A month's name needs so much room."""
NAME_SIZE, SMALL = 11.0, 9.0


def pieces(chart: Timeline) -> Iterator[tuple[Span, ...]]:
    """Yield the measures of each slide, spread evenly."""
    count = max(1, ceil(len(chart.bars) / BARS))
    size = max(1, ceil(len(chart.bars) / count))
    for start in range(0, len(chart.bars), size):
        yield chart.bars[start : start + size]


def timeline(deck: Deck, sheet: Sheet, chart: Timeline, bars: tuple[Span, ...], place: Place) -> None:
    """Put these measures under a head of months, with a key below."""
    tall = min(ROW_MOST, (place.height - HEAD - KEY) / max(1, len(bars)))
    grid = Place(place.x + NAMES, place.y + HEAD, place.width - NAMES, tall * len(bars))
    _months(deck, sheet, chart, grid)
    slots = max(1, len(chart.months) * chart.slots_per_month)
    for number, bar in enumerate(bars):
        y = grid.y + number * tall
        _bar(deck, sheet, chart, bar, Place(place.x, y, place.width, tall), slot=grid.width / slots)
    _key(deck, sheet, bars, Place(place.x, grid.y + grid.height + 6, place.width, KEY - 6))


def _months(deck: Deck, sheet: Sheet, chart: Timeline, grid: Place) -> None:
    count = max(1, len(chart.months))
    wide = grid.width / count
    every = max(1, ceil(MONTH_WIDTH / wide))
    for number in range(0, count, every):
        x = grid.x + number * wide
        room = wide * min(every, count - number)
        if number // every % 2 == 0:
            sheet.shape("rect", Place(x, grid.y, room, grid.height), name="–", fill=TINT)
        name = say(chart.months[number], SMALL, colour=MUTED)
        if width(name.text, SMALL) <= room:
            sheet.text([name], Place(x + 2, grid.y - 16, room - 2, 14), name=name.text)


def _bar(deck: Deck, sheet: Sheet, chart: Timeline, bar: Span, row: Place, *, slot: float) -> None:
    name = say(bar.label, NAME_SIZE).cut(NAMES - 24, 1 if row.height < 2.2 * NAME_SIZE * LEADING else 2)
    sheet.shape("rect", Place(row.x, row.y + row.height - 0.5, row.width, 0.5), name="–", fill=LINE)
    sheet.text([name], Place(row.x + 14, row.y, NAMES - 24, row.height), name=bar.label[:60], anchor="ctr")
    middle = row.y + row.height / 2
    if bar.lifts_cap:
        sheet.shape("rect", Place(row.x, middle - 4, 8, 8), name="–", fill=deck.palette.red)
    elif bar.quick:
        sheet.shape("ellipse", Place(row.x, middle - 4, 8, 8), name="–", line=deck.palette.green, thick=1.75)
    thick = min(16.0, row.height - 6)
    begin, end = (max(0, min(len(chart.months) * chart.slots_per_month, at)) for at in (bar.begin, bar.end))
    said = deck.c.t("{measure}: {months}", measure=bar.label, months=_lasts(deck, chart, bar))
    place = Place(
        row.x + NAMES + begin * slot, middle - thick / 2, max(slot / 2, (end - begin) * slot), thick
    )
    fill = WAVES[min(bar.wave, len(WAVES) - 1)]
    sheet.shape("roundRect", place, name=bar.label[:60], fill=fill, line=BRAND, thick=0.75, said=said)


def _lasts(deck: Deck, chart: Timeline, bar: Span) -> str:
    last = len(chart.months) - 1
    first, end = (
        chart.months[max(0, min(last, slot // chart.slots_per_month))]
        for slot in (bar.begin, max(bar.begin, bar.end - 1))
    )
    return first if first == end else deck.c.t("{begin} to {end}", begin=first, end=end)


def _key(deck: Deck, sheet: Sheet, bars: tuple[Span, ...], place: Place) -> None:
    c, runs = deck.c, []
    for wave in sorted({min(bar.wave, len(WAVES) - 1) for bar in bars}):
        runs += [
            Run("■ ", colour=WAVES[wave]),
            Run(c.t("wave {number}", number=wave + 1) + "     ", colour=MUTED),
        ]
    if any(bar.lifts_cap for bar in bars):
        said = c.t("settles a condition that limits levels")
        runs += [Run("■ ", colour=deck.palette.red), Run(said + "     ", colour=MUTED)]
    if any(bar.quick and not bar.lifts_cap for bar in bars):
        runs += [Run("○ ", True, deck.palette.green), Run(c.t("quick win"), colour=MUTED)]
    sheet.text([Para(tuple(runs), 10)], place, name=c.t("Wave"))
