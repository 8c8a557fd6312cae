"""What blocks say as paragraphs: lines with their lights, and everything in plain lines for the notes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assessment.document import blocks as said
from assessment.document.blocks import (
    Block,
    Bullets,
    Callout,
    Decisions,
    Figure,
    Heading,
    KeyFigures,
    Line,
    Paragraph,
)
from assessment.exports.pptx.lettering import together
from assessment.exports.pptx.markup import BRAND, INK, MUTED, Para, Run, say, stacked
from assessment.report import Light
from assessment.theme import Palette

AFTER_LINE = 4.0
LAMPS: dict[Light, str] = {"red": "■", "amber": "▲", "green": "●", "not_assessed": "○"}
"""A shape for each light, beside its colour and its word."""


def lamp_colour(light: Light, palette: Palette) -> str:
    """Return the colour of a light; it stays red whatever the template."""
    colours: dict[Light, str] = {
        "red": palette.red,
        "amber": palette.amber,
        "green": palette.green,
        "not_assessed": palette.neutral,
    }
    return colours[light]


def line_para(line: Line, size: float, palette: Palette, *, align: str = "l") -> Para:
    """Return a line of a cell, with its light in front."""
    runs: tuple[Run, ...] = (
        Run(together(line.text), line.tone == "strong", MUTED if line.tone == "muted" else ""),
    )
    if line.light is not None:
        runs = (Run(f"{LAMPS[line.light]} ", True, lamp_colour(line.light, palette)), *runs)
    return Para(runs, size, align)


def item_para(line: Line, size: float, palette: Palette, *, after: float = AFTER_LINE) -> Para:
    """Return a line of a list, its light as its mark."""
    light = line.light
    mark, colour = (LAMPS[light], lamp_colour(light, palette)) if light else ("–", BRAND)
    return say(
        together(line.text), size, bold=line.tone == "strong", mark=mark, mark_colour=colour, after=after
    )


def panel_lines(block: Callout, palette: Palette, size: float) -> list[Para]:
    """Return what stands in a panel."""
    colour = palette.red if block.tone == "warning" else INK
    return [
        say(block.title, size + 1, bold=True, colour=colour, after=5),
        *(item_para(line, size, palette) for line in block.lines),
    ]


def texts_of(block: Block) -> Iterator[str]:
    """Yield what a block says, for the notes."""
    match block:
        case Paragraph() | Heading():
            yield block.text
        case Bullets():
            yield from (f"– {item.text}" for item in block.items)
        case Callout():
            yield block.title
            yield from (f"– {line.text}" for line in block.lines)
        case KeyFigures():
            yield from (
                ": ".join(filter(None, (item.label, item.value))) + (f" ({item.note})" if item.note else "")
                for item in block.items
            )
        case said.Table():
            for row in block.rows:
                cells = (" ".join(line.text for line in cell) for cell in row)
                yield " | ".join(
                    f"{c.head}: {text}" for c, text in zip(block.columns, cells, strict=True) if text
                )
        case Decisions():
            for number, item in enumerate(block.items, start=1):
                yield f"{number}. {item.title}"
                yield from (f"   {fact.name}: {fact.value}" for fact in (*item.reasons, *item.facts))
        case Figure():
            yield f"{block.chart.title}. {block.chart.alt}"
        case _:
            return


def _restored(cut: list[Para], whole: Sequence[Para], wide: float, tall: float) -> list[Para]:
    """Return what was cut, as many of its lines given back as there is room for."""
    for number, one in enumerate(whole):
        for most in range(cut[number].lines(wide) + 1, one.lines(wide) + 1):
            tried = [*cut[:number], one.cut(wide, most), *cut[number + 1 :]]
            if stacked(tried, wide) > tall:
                break
            cut = tried
    return cut


def fitting(paragraphs: Sequence[Para], wide: float, tall: float, *, least: float = 10.0) -> list[Para]:
    """Return the paragraphs as they fit: a little smaller, then on fewer lines each, then fewer of them."""
    shown = list(paragraphs)
    for step in (0.0, 0.5, 1.0, 1.5):
        shown = [one.sized(max(least, one.size - step)) for one in paragraphs]
        if stacked(shown, wide) <= tall:
            return shown
    for most in (6, 5, 4, 3, 2, 1):
        cut = [one.cut(wide, most) for one in shown]
        if stacked(cut, wide) <= tall:
            return _restored(cut, shown, wide, tall)
    while len(cut) > 1 and stacked(cut, wide) > tall:
        cut.pop()
    if len(cut) < len(shown) and cut:
        cut[-1] = replace(
            cut[-1],
            runs=(
                *cut[-1].runs[:-1],
                replace(cut[-1].runs[-1], text=cut[-1].runs[-1].text.rstrip("…") + "…"),
            ),
        )
    return cut
