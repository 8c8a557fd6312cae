"""The style sheet: paragraph, character and table styles, numbering, so that a report can be restyled in one place."""

from dataclasses import replace

from assessment.exports.docx.looks import (
    BULLETS,
    FRAMES,
    LIST,
    LOOKS,
    MARKS,
    NUMBERS,
    STEPS,
    TEXT_WIDTH,
    Look,
    measures,
)
from assessment.exports.docx.markup import TWIPS, Node, w, written
from assessment.exports.pdf.cover_page import darkened, legible
from assessment.report import Light
from assessment.theme import Palette, mixed

SLOTS = {
    "ink": "text1",
    "paper": "background1",
    "text": "text2",
    "tint": "background2",
    "brand": "accent1",
    "accent": "accent2",
    "brand_soft": "accent3",
    "green": "accent4",
    "amber": "accent5",
    "red": "accent6",
}
"""Where a colour stands in the document's theme, through which all that has it can be changed at once."""
BODY = "minorHAnsi"
"""The theme's typeface for text."""
LINK, CHAPTER, STRONG, FACT_NAME = "Hyperlink", "Chapter", "Strong", "FactName"
LIGHT_STYLES: dict[Light, str] = {
    "red": "LightRed",
    "amber": "LightAmber",
    "green": "LightGreen",
    "not_assessed": "LightNeutral",
}


class Colours:
    """The palette by the names that the looks use."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self.ground = darkened(palette.brand, palette.ink)
        self._named = {name: getattr(palette, name) for name in (*SLOTS, "line", "muted", "neutral")}
        self._named |= {f"wave {number}": wave for number, wave in enumerate(palette.waves, start=1)}
        self._named["cover eyebrow"] = legible(palette.accent, self.ground, 0.25)
        self._named["cover soft"] = legible(palette.brand, self.ground, 0.62)
        self._named["cover line"] = mixed(palette.brand, palette.paper, 0.25)

    def value(self, name: str) -> str:
        """Return six digits."""
        return str(self._named[name]).removeprefix("#")

    def text(self, name: str) -> Node:
        """Return the colour of words."""
        slot = {"themeColor": SLOTS[name]} if name in SLOTS else {}
        return w("color", val=self.value(name), **slot)

    def edge(self, name: str, where: str, width: float, *, space: int = 0) -> Node:
        """Return a line; `width` in points."""
        slot = {"themeColor": SLOTS[name]} if name in SLOTS else {}
        return w(
            where,
            val="single",
            sz=max(2, round(width * 8)),
            space=space,
            color=self.value(name),
            **slot,
        )

    def ground_of(self, name: str) -> Node:
        """Return a shading."""
        slot = {"themeFill": SLOTS[name]} if name in SLOTS else {}
        return w("shd", val="clear", color="auto", fill=self.value(name), **slot)


def looks(palette: Palette, names: dict[str, float]) -> dict[str, Look]:
    """Return every paragraph style by its id.

    Args:
        palette: has a colour for each wave of a plan.
        names: for the styles of facts, how many points their names take.
    """
    made = {look.id: look for look in (*LOOKS, *measures(len(palette.waves)))}
    return made | {one: replace(made[one], left=wide, hanging=wide) for one, wide in names.items()}


def style_sheet(styles: dict[str, Look], colours: Colours, *, tongue: str) -> bytes:
    """Return the part with all styles.

    Args:
        styles: paragraph styles by id.
        colours: the report's.
        tongue: the language's tag: de-DE.
    """
    fonts = w("rFonts", asciiTheme=BODY, hAnsiTheme=BODY, eastAsiaTheme=BODY, cstheme=BODY)
    normal = styles["Normal"]
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                fonts,
                colours.text("text"),
                w("sz", val=round(normal.size * 2)),
                w("szCs", val=round(normal.size * 2)),
                w("lang", val=tongue, eastAsia=tongue, bidi="ar-SA"),
            ),
        ),
        w("pPrDefault", w("pPr", w("spacing", after=0, line=240, lineRule="auto"))),
    )
    return written(
        w(
            "styles",
            defaults,
            *(_paragraph_style(look, styles.get(look.based), colours) for look in styles.values()),
            *_character_styles(colours),
            *_table_styles(colours),
        )
    )


def _paragraph_style(look: Look, base: Look | None, colours: Colours) -> Node:
    """Return a style that says only what it does not have from the one it is based on: change that, and it follows."""
    default = {"default": "1"} if base is None else {}
    custom = {"customStyle": "1"} if look.name[:1].isupper() and look.id not in BUILT_IN else {}

    def own(name: str) -> bool:
        return base is None or getattr(look, name) != getattr(base, name)

    def switch(name: str, on: bool, before: bool) -> Node | None:
        return w(name, **({} if on else {"val": 0})) if on != before else None

    room = {"before": look.before, "after": look.after}
    spacing = {side: round(size * TWIPS) for side, size in room.items() if own(side)}
    lines = {"line": round(look.line * 240), "lineRule": "auto"} if own("line") else {}
    indents = {side: round(getattr(look, side) * TWIPS) for side in ("left", "right", "hanging") if own(side)}
    rule = look.rule if own("rule") else None
    outlined, was_outlined = look.outline is not None, base is not None and base.outline is not None
    settings = w(
        "pPr",
        switch("keepNext", look.with_next, base is not None and base.with_next),
        switch("keepLines", outlined, was_outlined),
        switch("pageBreakBefore", look.new_page, base is not None and base.new_page),
        w("numPr", w("numId", val=look.numbering)) if look.numbering else None,
        w("pBdr", colours.edge(rule.colour, rule.edge, rule.width, space=rule.space)) if rule else None,
        _stops(look) if own("hanging") or look.id in AT_THE_EDGE else None,
        switch("suppressAutoHyphens", outlined or look.size > LARGE, was_outlined),
        w("spacing", **spacing, **lines) if spacing or lines else None,
        w("ind", **indents) if indents else None,
        w("jc", val=look.aligned) if own("aligned") else None,
        w("outlineLvl", val=look.outline) if outlined and own("outline") else None,
    )
    words = w(
        "rPr",
        switch("b", look.bold, base is not None and base.bold),
        switch("i", look.italic, base is not None and base.italic),
        switch("caps", look.caps, base is not None and base.caps),
        colours.text(look.colour) if own("colour") else None,
        w("sz", val=round(look.size * 2)) if own("size") else None,
        w("szCs", val=round(look.size * 2)) if own("size") else None,
    )
    return w(
        "style",
        w("name", val=look.name),
        w("basedOn", val=look.based) if look.based else None,
        w("next", val=look.then) if look.then else None,
        w("uiPriority", val=39 if look.name.startswith("toc") else 9),
        w("qFormat"),
        settings if len(settings) else None,
        words if len(words) else None,
        type="paragraph",
        styleId=look.id,
        **default,
        **custom,
    )


LARGE = 12.0
"""Words larger than this are never hyphenated."""
AT_THE_EDGE = ("Header", "Footer", "Toc1")
"""What has a part set against the right edge."""
BUILT_IN = ("Normal", "TOCHeading", "ListBullet", "ListNumber", "Title", "Subtitle")


def _stops(look: Look) -> Node | None:
    """Return the tab stops of what is set against the right edge, and of a hanging indent."""
    if look.id in AT_THE_EDGE:
        return w("tabs", w("tab", val="right", pos=round(TEXT_WIDTH * TWIPS)))
    return w("tabs", w("tab", val="left", pos=round(look.left * TWIPS))) if look.hanging else None


def _character(name: str, *looks: Node, identifier: str = "", custom: bool = True) -> Node:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="DefaultParagraphFont"),
        w("uiPriority", val=9),
        w("qFormat"),
        w("rPr", *looks),
        type="character",
        styleId=identifier or name.title().replace(" ", ""),
        **({"customStyle": "1"} if custom else {}),
    )


def _character_styles(colours: Colours) -> list[Node]:
    lights = {"Red": "red", "Amber": "amber", "Green": "green", "Neutral": "neutral"}
    return [
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            w("uiPriority", val=1),
            w("semiHidden"),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        _character("Hyperlink", colours.text("brand"), identifier=LINK, custom=False),
        _character("Strong", w("b"), colours.text("ink"), identifier=STRONG, custom=False),
        _character("Chapter", w("noProof"), identifier=CHAPTER),
        _character(
            "Fact name", colours.text("muted"), w("sz", val=16), w("szCs", val=16), identifier=FACT_NAME
        ),
        *(
            _character(
                f"Light {name}",
                w("rFonts", ascii=MARKS, hAnsi=MARKS, eastAsia=MARKS, cs=MARKS),
                colours.text(colour),
            )
            for name, colour in lights.items()
        ),
    ]


def _table_style(
    name: str,
    *,
    edges: tuple[Node, ...] = (),
    ground: Node | None = None,
    head: Node | None = None,
) -> Node:
    """Return a table style; `head` is the edge below the first row."""
    sides = zip(("top", "left", "bottom", "right"), FRAMES[name], strict=True)
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=9),
        w("qFormat"),
        w(
            "tblPr",
            w("tblBorders", *edges) if edges else None,
            w("tblCellMar", *(w(side, w=round(room * TWIPS), type="dxa") for side, room in sides)),
        ),
        w("tcPr", ground) if ground is not None else None,
        w("tblStylePr", w("tcPr", w("tcBorders", head)), type="firstRow") if head is not None else None,
        type="table",
        styleId=name.title().replace(" ", ""),
        customStyle=1,
    )


def _table_styles(colours: Colours) -> list[Node]:
    ink = colours.edge("ink", "bottom", 0.9)

    def line(where: str) -> Node:
        return colours.edge("line", where, 0.35)

    normal = w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w(
            "tblPr",
            w("tblInd", w=0, type="dxa"),
            w(
                "tblCellMar",
                *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")),
            ),
        ),
        type="table",
        default=1,
        styleId="TableNormal",
    )

    def callout(name: str, colour: str) -> Node:
        return _table_style(
            name, edges=(colours.edge(colour, "left", 2.25),), ground=colours.ground_of("tint")
        )

    def callouts(name: str, left: str, right: str) -> Node:
        colour = {"callout": "brand", "warning": "red"}
        made = _table_style(name)
        for side, tone in (("firstCol", left), ("lastCol", right)):
            edge = w("tcBorders", colours.edge(colour[tone], "left", 2.25))
            made.append(w("tblStylePr", w("tcPr", edge, colours.ground_of("tint")), type=side))
        return made

    return [
        normal,
        _table_style("Report layout"),
        _table_style("Report table", edges=(line("bottom"), line("insideH")), head=ink),
        callout("Report callout", "brand"),
        callout("Report warning", "red"),
        *(
            callouts(f"Report {left} {right}", left, right)
            for left in ("callout", "warning")
            for right in ("callout", "warning")
        ),
        _table_style("Report decisions", edges=(line("top"), line("bottom"), line("insideH"))),
        _table_style("Report card", ground=colours.ground_of("tint")),
        _table_style("Report figures"),
        _table_style("Report chart table", edges=(line("bottom"), line("insideH")), head=ink),
    ]


def numbering(lists: list[int]) -> bytes:
    """Return the part with the numbering definitions, and for each list with numbers one that begins anew.

    Args:
        lists: for each, its definition; the first is number 4.
    """

    def definition(number: int, style: str, kind: str, mark: str) -> Node:
        return w(
            "abstractNum",
            w("multiLevelType", val="singleLevel"),
            w(
                "lvl",
                w("start", val=1),
                w("numFmt", val=kind),
                w("pStyle", val=style),
                w("lvlText", val=mark),
                w("lvlJc", val="left"),
                w("pPr", w("ind", left=round(LIST * TWIPS), hanging=round(LIST * TWIPS))),
                ilvl=0,
            ),
            abstractNumId=number,
        )

    def listed(number: int, of: int) -> Node:
        again = w("lvlOverride", w("startOverride", val=1), ilvl=0) if number > STEPS else None
        return w("num", w("abstractNumId", val=of), again, numId=number)

    kinds = (
        (BULLETS, "ListBullet", "bullet", "–"),
        (NUMBERS, "ListNumber", "decimal", "%1"),
        (STEPS, "CardStep", "decimal", "%1"),
    )
    return written(
        w(
            "numbering",
            *(definition(*kind) for kind in kinds),
            *(listed(number, number) for number, *_ in kinds),
            *(listed(number, of) for number, of in enumerate(lists, start=STEPS + 1)),
        )
    )
