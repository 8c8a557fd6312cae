"""Type sizes and colours on paper."""

from functools import cache
from typing import Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from assessment.exports.pdf.faces import ITALIC, LIGHT, REGULAR, SEMIBOLD
from assessment.report import Light
from assessment.theme import LIGHT as PAPER
from assessment.theme import Palette

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
SIDE, TOP, BOTTOM = 20 * MM, 26 * MM, 20 * MM
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
GUTTER = 16.0

Name = Literal[
    "h1",
    "h2",
    "h3",
    "eyebrow",
    "lede",
    "body",
    "small",
    "caption",
    "cell",
    "strong",
    "muted",
    "quote",
    "head",
    "figure",
    "number",
    "entry",
    "fact",
]

_SIZES: dict[Name, tuple[str, float, float, str, str]] = {
    "h1": (LIGHT, 24, 28.5, PAPER.ink, "H1"),
    "h2": (SEMIBOLD, 12, 16, PAPER.ink, "H2"),
    "h3": (SEMIBOLD, 10, 13, PAPER.ink, "H3"),
    "eyebrow": (SEMIBOLD, 8, 11, PAPER.brand, "P"),
    "lede": (LIGHT, 12.5, 17.5, PAPER.ink, "P"),
    "body": (REGULAR, 9.6, 14, PAPER.text, "P"),
    "small": (REGULAR, 8.6, 11.8, PAPER.text, "P"),
    "caption": (REGULAR, 7.6, 10, PAPER.muted, "P"),
    "cell": (REGULAR, 8.2, 11, PAPER.text, "P"),
    "strong": (SEMIBOLD, 8.2, 11, PAPER.ink, "P"),
    "muted": (REGULAR, 7.6, 10.2, PAPER.muted, "P"),
    "fact": (REGULAR, 7.9, 10.2, PAPER.text, "P"),
    "quote": (ITALIC, 8.2, 11, PAPER.text, "P"),
    "head": (SEMIBOLD, 7.6, 10, PAPER.muted, "P"),
    "figure": (LIGHT, 25, 28, PAPER.ink, "P"),
    "number": (LIGHT, 19, 22, PAPER.brand, "Lbl"),
    "entry": (SEMIBOLD, 9.6, 12.5, PAPER.ink, "P"),
}


@cache
def style(name: Name, *, right: bool = False, tag: str = "", brand: str = PAPER.brand) -> ParagraphStyle:
    """Return a style; `tag` is the structure type, if it is not the style's own; `brand` colours what is in that colour."""
    font, size, leading, own_colour, own = _SIZES[name]
    colour = brand if own_colour == PAPER.brand else own_colour
    made = ParagraphStyle(
        f"{name}-{right}-{tag}-{colour}",
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=hexed(colour),
        alignment=TA_RIGHT if right else TA_LEFT,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )
    made.tag = tag or own
    return made


@cache
def hexed(colour: str) -> Color:
    """Return #rrggbb as a colour."""
    return HexColor(colour)


def mixed(one: str, other: str, share: float) -> Color:
    """Return the colour between two, `share` of the way to the other."""
    a, b = hexed(one), hexed(other)
    return Color(
        a.red + (b.red - a.red) * share,
        a.green + (b.green - a.green) * share,
        a.blue + (b.blue - a.blue) * share,
    )


def light_colour(light: Light) -> Color:
    """Return the colour of a traffic light."""
    return hexed(
        {"red": PAPER.red, "amber": PAPER.amber, "green": PAPER.green, "not_assessed": PAPER.neutral}[light]
    )


def wave_colour(palette: Palette, wave: int) -> Color:
    """Return the colour of a wave of the plan; later ones than there are colours have the last."""
    return hexed(palette.waves[min(wave, len(palette.waves) - 1)])
