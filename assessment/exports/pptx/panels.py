"""Numbers side by side, and what is set apart."""

from collections.abc import Sequence

from assessment.document.blocks import Callout, KeyFigures
from assessment.exports.pptx.geometry import GUTTER, Place
from assessment.exports.pptx.grids import CELL, HEAD
from assessment.exports.pptx.lettering import shortened, width
from assessment.exports.pptx.markup import BRAND, MUTED, TINT, say, stacked
from assessment.exports.pptx.saying import LAMPS, fitting, lamp_colour, panel_lines, texts_of
from assessment.exports.pptx.sheets import Deck, Sheet

BODY = 12.0


def key_figures(deck: Deck, sheet: Sheet, block: KeyFigures, place: Place) -> float:
    """Put numbers side by side, and return how high they stand."""
    count = max(1, len(block.items))
    wide = place.width / count
    inner = wide - 14
    tall = 0.0
    stacks = []
    for item in block.items:
        colour = lamp_colour(item.light, deck.palette) if item.light else BRAND
        size = 24.0
        while size > 14 and width(item.value, size, bold=True) > inner:
            size -= 2
        label = f"{LAMPS[item.light]} {item.label}" if item.light else item.label
        paras = [
            say(shortened(item.value, size, inner, bold=True), size, bold=True, colour=colour),
            say(label, CELL, bold=True).cut(inner, 2),
            *([say(item.note, HEAD, colour=MUTED).cut(inner, 2)] if item.note else []),
        ]
        stacks.append((colour, paras))
        tall = max(tall, stacked(paras, inner) + 5)
    for number, (colour, paras) in enumerate(stacks):
        x = place.x + number * wide
        sheet.shape("rect", Place(x, place.y, inner, 1.5), name="–", fill=colour)
        sheet.text(paras, Place(x, place.y + 5, inner, tall - 5), name=block.items[number].label)
    return tall


def panel(deck: Deck, sheet: Sheet, block: Callout, place: Place, *, size: float = BODY) -> None:
    """Put what is set apart on a tinted ground, its words shortened to what the place holds."""
    inset = 12.0
    edge = deck.palette.red if block.tone == "warning" else BRAND
    inner = place.width - 2 * inset - 4
    paras = fitting(panel_lines(block, deck.palette, size), inner, place.height - 2 * inset)
    sheet.text(
        paras,
        Place(place.x + 4, place.y, place.width - 4, place.height),
        name=block.title,
        fill=TINT,
        inset=inset,
    )
    sheet.shape("rect", Place(place.x, place.y, 4, place.height), name="–", fill=edge)


def side_by_side(deck: Deck, sheet: Sheet, callouts: Sequence[Callout], room: Place) -> None:
    """Put what is set apart beside each other."""
    wide = (room.width - GUTTER * (len(callouts) - 1)) / len(callouts)
    needed = max(stacked(panel_lines(block, deck.palette, 12), wide - 28) + 26 for block in callouts)
    for number, block in enumerate(callouts):
        sheet.note(*texts_of(block))
        place = Place(room.x + number * (wide + GUTTER), room.y, wide, min(needed, room.height))
        panel(deck, sheet, block, place)
