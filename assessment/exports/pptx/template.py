"""An empty deck: 16:9, a master and three layouts with real placeholders, made from the library's own template.

Whoever applies another template keeps the content: titles, eyebrows, ledes and texts stand in placeholders, and colours
are those of the theme.
"""

from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml

from assessment.exports.pptx.geometry import (
    BOTTOM,
    EYEBROW_HEIGHT,
    EYEBROW_TOP,
    FOOT_HEIGHT,
    FOOT_TOP,
    HEIGHT,
    LEFT,
    TITLE_HEIGHT,
    TITLE_TOP,
    WIDE,
    WIDTH,
    Place,
)
from assessment.exports.pptx.markup import (
    BRAND,
    INK,
    MUTED,
    SPACES,
    Colour,
    colour_xml,
    fill_xml,
    quoted,
    units,
)
from assessment.exports.pptx.theme import themed
from assessment.i18n import Catalogue
from assessment.theme import Palette

EYEBROW, LEDE, FOOT, NUMBER = 13, 14, 15, 16
"""Numbers of the placeholders beside title and text."""
TITLE_SIZE, LEDE_SIZE, BODY_SIZE, EYEBROW_SIZE, FOOT_SIZE = 24.0, 13.0, 13.0, 11.0, 9.0
COVER_TITLE = Place(56, 168, 500, 138)
COVER_WHOSE = Place(56, 330, 500, 26)
COVER_SIZE, WHOSE_SIZE = 38.0, 18.0
GROUND: Colour = "accent1:50"
"""Of the cover; white words read on it whatever the brand, whose colour already reads on white."""
KEPT = ("title", "obj", "titleOnly")
NUMBER_FIELD = "{B1F6A6C4-9C3A-4D1B-8B5E-6D6C0E5A7F10}"


def empty_deck(palette: Palette, c: Catalogue, *, language: str, name: str) -> Any:
    """Return a presentation without slides; its layouts are cover, title with text, title alone."""
    deck: Any = pptx.Presentation()
    deck.slide_width, deck.slide_height = units(WIDTH), units(HEIGHT)
    deck.element.find(f".//{{{_P}}}sldSz").attrib.pop("type", None)
    prompts = _Prompts(language, _prompt(language, c.t("Title")), _prompt(language, c.t("Text")))
    master = deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout._element.get("type") not in KEPT:
            deck.slide_layouts.remove(layout)
    _replace(master, _master(prompts), "cSld")
    _replace(master, _styles(language), "txStyles")
    names = (c.t("Cover"), c.t("Title and text"), c.t("Title only"))
    for layout, name_of, shapes in zip(
        deck.slide_layouts, names, (_cover(prompts), _text(prompts), _title_only(prompts)), strict=True
    ):
        _replace(layout, _slide_part(name_of, *shapes), "cSld")
    _recolour(master.part, palette, name)
    _tidy(deck)
    return deck


_P = "http://schemas.openxmlformats.org/presentationml/2006/main"


class _Prompts(NamedTuple):
    """What stands in placeholders until somebody writes into them."""

    language: str
    title: str
    text: str


def _replace(owner: Any, xml: str, tag: str) -> None:
    old = owner._element.find(f"{{{_P}}}{tag}")
    owner._element.replace(old, parse_xml(xml))


def _recolour(part: Any, palette: Palette, name: str) -> None:
    theme = part.part_related_by(RT.THEME)
    theme._blob = themed(theme.blob, palette, name)


def _tidy(deck: Any) -> None:
    """Drop what the library's template brings along: a picture of another deck, the settings of a printer, counts."""
    package = deck.part.package
    for owner, unwanted in ((package, RT.THUMBNAIL), (deck.part, RT.PRINTER_SETTINGS)):
        for name in [name for name, each in owner._rels.items() if each.reltype == unwanted]:
            owner._rels.pop(name)
    package.part_related_by(RT.EXTENDED_PROPERTIES)._blob = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        b"<PresentationFormat>Widescreen</PresentationFormat></Properties>"
    )


# -- placeholders


def placeholder(
    number: int,
    name: str,
    kind: str,
    place: Place,
    *,
    style: str = "",
    anchor: str = "t",
    said: str = "",
    fit: bool = False,
) -> str:
    """Return a placeholder of a master or layout.

    Args:
        number: of the shape.
        kind: the attributes that say which placeholder it is.
        style: how its levels look, where not as the master says.
        said: the prompt, as a paragraph's inside.
        fit: whether a program may make the words smaller when somebody writes more of them.
    """
    fitted = "<a:normAutofit/>" if fit else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{quoted(name)}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{frame_xml(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{anchor}">{fitted}'
        f"</a:bodyPr><a:lstStyle>{style}</a:lstStyle><a:p>{said}</a:p></p:txBody></p:sp>"
    )


def frame_xml(place: Place) -> str:
    """Return where a shape stands."""
    return (
        f'<a:xfrm><a:off x="{units(place.x)}" y="{units(place.y)}"/>'
        f'<a:ext cx="{units(place.width)}" cy="{units(place.height)}"/></a:xfrm>'
    )


def _level(size: float, colour: Colour, *, bold: bool = False) -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}">{fill_xml(colour)}</a:defRPr></a:lvl1pPr>'
    )


def _prompt(language: str, text: str) -> str:
    return f'<a:r><a:rPr lang="{language}"/><a:t>{escape(text)}</a:t></a:r>'


def _number(language: str) -> str:
    return f'<a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr lang="{language}"/><a:t>‹#›</a:t></a:fld>'


def _furniture(language: str, colour: Colour = MUTED) -> list[str]:
    """Return the foot and the number of a slide."""
    style = _level(FOOT_SIZE, colour)
    right = style.replace('algn="l"', 'algn="r"')
    return [
        placeholder(
            8,
            "Footer",
            f'type="ftr" sz="quarter" idx="{FOOT}"',
            Place(LEFT, FOOT_TOP, 780, FOOT_HEIGHT),
            style=style,
        ),
        placeholder(
            9,
            "Slide Number",
            f'type="sldNum" sz="quarter" idx="{NUMBER}"',
            Place(LEFT + WIDE - 80, FOOT_TOP, 80, FOOT_HEIGHT),
            style=right,
            said=_number(language),
        ),
    ]


TITLE_PLACE = Place(LEFT, TITLE_TOP, WIDE, TITLE_HEIGHT)
BODY_PLACE = Place(LEFT, 150, WIDE, BOTTOM - 150)


def _heads(prompts: _Prompts) -> list[str]:
    return [
        placeholder(2, "Title", 'type="title"', TITLE_PLACE, said=prompts.title, fit=True),
        placeholder(
            3,
            "Eyebrow",
            f'type="body" sz="quarter" idx="{EYEBROW}"',
            Place(LEFT, EYEBROW_TOP, WIDE, EYEBROW_HEIGHT),
            style=_level(EYEBROW_SIZE, BRAND, bold=True),
            said=prompts.text,
        ),
        placeholder(
            4,
            "Lede",
            f'type="body" sz="quarter" idx="{LEDE}"',
            Place(LEFT, 102, WIDE, 34),
            style=_level(LEDE_SIZE, MUTED),
            said=prompts.text,
        ),
    ]


def _title_only(prompts: _Prompts) -> tuple[str, str]:
    return "", "".join([*_heads(prompts), *_furniture(prompts.language)])


def _text(prompts: _Prompts) -> tuple[str, str]:
    body = placeholder(5, "Text", 'idx="1"', BODY_PLACE, said=prompts.text, fit=True)
    return "", "".join([*_heads(prompts), body, *_furniture(prompts.language)])


def _cover(prompts: _Prompts) -> tuple[str, str]:
    ground = f"<p:bg><p:bgPr>{fill_xml(GROUND)}<a:effectLst/></p:bgPr></p:bg>"
    return ground, "".join(
        [
            placeholder(
                2,
                "Title",
                'type="ctrTitle"',
                COVER_TITLE,
                style=_level(COVER_SIZE, "bg1"),
                anchor="b",
                said=prompts.title,
                fit=True,
            ),
            placeholder(
                3,
                "Subtitle",
                'type="subTitle" idx="1"',
                COVER_WHOSE,
                style=_level(WHOSE_SIZE, "bg1", bold=True),
                said=prompts.text,
            ),
        ]
    )


def _slide_part(name: str, ground: str, shapes: str) -> str:
    return (
        f'<p:cSld {SPACES} name="{quoted(name)}">{ground}<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
        "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
        f"{shapes}</p:spTree></p:cSld>"
    )


def _master(prompts: _Prompts) -> str:
    ground = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    shapes = [
        placeholder(2, "Title", 'type="title"', TITLE_PLACE, said=prompts.title, fit=True),
        placeholder(3, "Text", 'type="body" idx="1"', BODY_PLACE, said=prompts.text, fit=True),
        *_furniture(prompts.language),
    ]
    made = _slide_part("", ground, "".join(shapes))
    return made.replace(f'idx="{FOOT}"', 'idx="3"').replace(f'idx="{NUMBER}"', 'idx="4"')


def _styles(language: str) -> str:
    """Return how titles and texts look on every level."""
    face = '<a:latin typeface="+{0}-lt"/><a:ea typeface="+{0}-ea"/><a:cs typeface="+{0}-cs"/>'
    title = (
        '<a:lvl1pPr algn="l" rtl="0"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:buNone/><a:defRPr lang="{language}" sz="{round(TITLE_SIZE * 100)}" b="1" kern="1200">{fill_xml(INK)}'
        f"{face.format('mj')}</a:defRPr></a:lvl1pPr>"
    )
    levels = "".join(
        f'<a:lvl{level}pPr marL="{units(14 * level)}" indent="-{units(14)}" algn="l" rtl="0"><a:spcBef><a:spcPts val="400"/>'
        f"</a:spcBef><a:buClr>{colour_xml(BRAND)}</a:buClr>"
        f'<a:buFont typeface="Arial"/><a:buChar char="–"/><a:defRPr lang="{language}" '
        f'sz="{round((BODY_SIZE - min(level - 1, 2)) * 100)}" kern="1200">{fill_xml(INK)}{face.format("mn")}</a:defRPr>'
        f"</a:lvl{level}pPr>"
        for level in range(1, 6)
    )
    other = f'<a:lvl1pPr algn="l"><a:defRPr lang="{language}" sz="1200">{fill_xml(INK)}{face.format("mn")}</a:defRPr></a:lvl1pPr>'
    return (
        f"<p:txStyles {SPACES}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )
