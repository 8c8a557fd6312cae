"""How each kind of paragraph looks: the style sheet, from which also the pages are reckoned."""

from dataclasses import dataclass, replace
from typing import Literal

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
SIDE, TOP, BOTTOM = 20 * MM, 24 * MM, 17 * MM
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
GUTTER = 12.0

TYPEFACE = "Calibri"
"""Comes with Word; where it is missing, Carlito has the same measures."""
MARKS = "Arial"
"""Has square, triangle, circle and ring, wherever a report is opened."""

Edge = Literal["top", "left", "bottom"]


@dataclass(frozen=True)
class Rule:
    """A line along an edge of a paragraph."""

    edge: Edge
    colour: str
    width: float
    space: int = 0


@dataclass(frozen=True)
class Look:
    """One paragraph style. Lengths in points; colours by their name in the palette."""

    name: str
    size: float
    colour: str = "text"
    bold: bool = False
    italic: bool = False
    caps: bool = False
    line: float = 1.0
    """Times the typeface's own distance of lines."""
    before: float = 0
    after: float = 0
    left: float = 0
    hanging: float = 0
    right: float = 0
    """Room at the right."""
    stop: float = 0
    """A tab stop from the left, beside the hanging indent."""
    aligned: Literal["left", "right"] = "left"
    based: str = "Normal"
    then: str = ""
    """The style of the paragraph that follows when one writes on."""
    with_next: bool = False
    new_page: bool = False
    outline: int | None = None
    """Level in the navigation pane, 0 the highest; 9 keeps a heading out of it."""
    numbering: int = 0
    rule: Rule | None = None

    @property
    def id(self) -> str:
        """The name in the file."""
        return "".join(part[:1].upper() + part[1:] for part in self.name.replace(",", "").split(" "))


LIST = 14.0
"""Room for the mark of a list item."""
BULLETS, NUMBERS, STEPS = 1, 2, 3
"""Numbering definitions."""
LINE = 1.22
"""The typeface's own distance of lines, times its size."""
FRAMES: dict[str, tuple[float, float, float, float]] = {
    "Report layout": (0, 0, 0, 0),
    "Report table": (2, 0, 2, 7),
    "Report callout": (4, 8, 3, 8),
    "Report warning": (4, 8, 3, 8),
    **{
        f"Report {left} {right}": (4, 8, 3, 8)
        for left in ("callout", "warning")
        for right in ("callout", "warning")
    },
    "Report decisions": (2, 0, 1.5, 9),
    "Report card": (6, 9, 6, 9),
    "Report chart table": (0.5, 0, 0.5, 6),
    "Report figures": (0, 0, 0, 10),
}
"""Room within the cells of each table style: top, left, bottom, right."""
LIGHTS = ("red", "amber", "green", "neutral")

_CELLS = (
    Look("Cell", 8.5, after=1),
    Look("Cell strong", 8.5, "ink", bold=True, based="Cell", after=1),
    Look("Cell muted", 8, "muted", based="Cell", after=1),
    Look("Cell quote", 8.5, italic=True, based="Cell", after=1),
    Look("Cell head", 8, "muted", bold=True, based="Cell", with_next=True, after=1),
    Look("Chart cell", 7.5, based="Cell", after=0.5),
    Look("Chart head", 7.5, "muted", bold=True, based="CellHead", with_next=True, after=0.5),
)

LOOKS: tuple[Look, ...] = (
    Look("Normal", 10, line=1.08, after=5, based=""),
    Look("heading 1", 22, "ink", line=0.92, after=6, then="Normal", with_next=True, outline=0),
    Look("heading 2", 12.5, "ink", bold=True, before=7, after=3, then="Normal", with_next=True, outline=1),
    Look("heading 3", 10.5, "ink", bold=True, before=8, after=2, then="Normal", with_next=True, outline=2),
    Look("TOC Heading", 22, "ink", line=0.92, after=7, based="Heading1", with_next=True, outline=9),
    Look("toc 1", 10, after=5),
    Look("header", 7.5, "muted", rule=Rule("bottom", "line", 0.5, 4)),
    Look("footer", 7.5, "muted"),
    Look("caption", 8, "muted", after=8),
    Look("Eyebrow", 8, "brand", bold=True, caps=True, after=3, then="Heading1", with_next=True),
    Look(
        "Chapter eyebrow",
        8,
        "brand",
        bold=True,
        caps=True,
        after=3,
        based="Eyebrow",
        then="Heading1",
        with_next=True,
        new_page=True,
    ),
    Look("Lede", 12, "ink", after=6, then="Normal"),
    Look("Small", 9, after=5),
    Look("List Bullet", 9, after=1.5, left=LIST, hanging=LIST, numbering=BULLETS),
    Look("List Number", 9, after=1.5, left=LIST, hanging=LIST, numbering=NUMBERS),
    Look("List light", 9, after=1.5, left=LIST, hanging=LIST),
    Look("Figure", 10, after=4),
    Look("Spacer", 3),
    *_CELLS,
    *(replace(one, name=f"{one.name} right", aligned="right", based=one.id) for one in _CELLS),
    Look("Callout title", 9.5, "ink", bold=True, after=1, with_next=True),
    Look("Decision number", 19, "brand", line=0.9),
    Look("Decision title", 10, "ink", bold=True, after=0.5, with_next=True),
    Look("Fact", 8.5, after=1, left=60, hanging=60),
    Look("Fact beside", 8.5, after=1, left=60, hanging=60, based="Fact"),
    Look("Decision fact", 8, after=0.5, left=60, hanging=60, based="Fact"),
    Look("Card text", 8.5, line=1.02, after=4),
    Look("Card steps", 8.5, "ink", bold=True, after=1.5, with_next=True),
    Look("Card step", 8.5, after=1.5, left=LIST, hanging=LIST, numbering=STEPS),
    Look("Key figure", 22, "ink", line=0.92, after=0, rule=Rule("top", "brand", 1.5, 4)),
    *(
        Look(
            f"Key figure {light}",
            22,
            "ink",
            line=0.92,
            based="KeyFigure",
            rule=Rule("top", light, 1.5, 4),
        )
        for light in LIGHTS
    ),
    Look("Step", 22, "ink", line=0.95, after=3, rule=Rule("top", "brand", 0.75, 4)),
    Look("Title", 40, "paper", line=0.92, after=14),
    Look("Cover eyebrow", 11, "cover eyebrow", after=10),
    Look("Cover rule", 6, "paper", after=12, rule=Rule("top", "accent", 2.5), right=TEXT_WIDTH - 46),
    Look("Subtitle", 13, "paper", bold=True, after=4),
    Look("Cover detail", 10, "paper", after=2.5),
    Look("Cover figure", 25, "paper", line=0.95, rule=Rule("top", "cover line", 0.5, 6)),
    Look("Cover label", 8, "cover soft"),
    Look("Cover note", 7.5, "cover soft", before=16),
)


def measures(count: int) -> tuple[Look, ...]:
    """Return the titles of measures: headings under a line in the colour of their wave, one style for each colour."""
    return tuple(
        Look(
            f"Measure, wave {number}",
            10.5,
            "ink",
            bold=True,
            before=8,
            after=3,
            based="Heading3",
            then="Normal",
            with_next=True,
            outline=2,
            rule=Rule("top", f"wave {number}", 1.5, 4),
        )
        for number in range(1, count + 1)
    )
