"""The deck's theme: colours from the palette and a typeface that is on every machine."""

from lxml import etree

from assessment.exports.pptx.lettering import FACE
from assessment.theme import Palette

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def themed(raw: bytes, palette: Palette, name: str) -> bytes:
    """Return an Office theme with the palette's colours and the deck's typeface.

    Args:
        raw: the theme to change.
        palette: the colours; text and paper, brand and accent, then tints for those who draw more.
        name: what the theme is called.
    """
    root = etree.fromstring(raw)
    root.set("name", name)
    colours = {
        "dk1": palette.ink,
        "lt1": palette.paper,
        "dk2": palette.muted,
        "lt2": palette.tint,
        "accent1": palette.brand,
        "accent2": palette.accent,
        "accent3": palette.brand_soft,
        "accent4": palette.waves[-1],
        "accent5": palette.neutral,
        "accent6": palette.green,
        "hlink": palette.brand,
        "folHlink": palette.muted,
    }
    scheme = root.find(f".//{A}clrScheme")
    scheme.set("name", name)
    for kind, colour in colours.items():
        place = scheme.find(A + kind)
        place.clear()
        etree.SubElement(place, A + "srgbClr", val=colour[1:])
    fonts = root.find(f".//{A}fontScheme")
    fonts.set("name", FACE)
    for latin in fonts.iter(A + "latin"):
        latin.set("typeface", FACE)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
