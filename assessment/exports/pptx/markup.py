"""Words, paragraphs and colours as DrawingML; foreign text is escaped here and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from assessment.exports.pptx.lettering import LEADING, SPARE, lines, shortened

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
POINT = 12700
"""English Metric Units in a point."""

Colour = str
"""A colour of the theme, so that another template brings its own, with shares of light if need be (“accent1:60:40”);
or #rrggbb for what must not change with the template, as levels and lights."""

INK: Colour = "tx1"
MUTED: Colour = "tx2"
PAPER: Colour = "bg1"
TINT: Colour = "bg2"
LINE: Colour = "bg2:88"
BRAND: Colour = "accent1"
ACCENT: Colour = "accent2"
LATER: Colour = "accent2:60:40"
"""What the plan adds."""

BULLET = 12.0
"""So far are the words of a list from their margin."""


def units(points: float) -> int:
    """Return points in English Metric Units."""
    return round(points * POINT)


def quoted(text: str) -> str:
    """Return a text as the inside of an attribute."""
    return escape(text, {'"': "&quot;", "\n": "&#10;"})


def colour_xml(colour: Colour) -> str:
    """Return a colour's element."""
    if colour.startswith("#"):
        return f'<a:srgbClr val="{colour[1:]}"/>'
    name, *light = colour.split(":")
    kinds = ("lumMod", "lumOff")
    inside = "".join(f'<a:{kind} val="{share}000"/>' for kind, share in zip(kinds, light, strict=False))
    return f'<a:schemeClr val="{name}">{inside}</a:schemeClr>'


def fill_xml(colour: Colour) -> str:
    """Return a filling; none for an empty colour."""
    return f"<a:solidFill>{colour_xml(colour)}</a:solidFill>" if colour else "<a:noFill/>"


def line_xml(colour: Colour, points: float, *, dash: str = "") -> str:
    """Return an outline; none for an empty colour."""
    if not colour:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{units(points)}">{fill_xml(colour)}{dashed}</a:ln>'


@dataclass(frozen=True)
class Run:
    """Words of one look."""

    text: str
    bold: bool = False
    colour: Colour = ""


@dataclass(frozen=True)
class Para:
    """A paragraph."""

    runs: tuple[Run, ...]
    size: float = 12
    align: str = "l"
    mark: str = ""
    """The sign of a list."""
    mark_colour: Colour = BRAND
    after: float = 0
    """Points below it."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether any of it is bold; then it is measured as if all were."""
        return any(run.bold for run in self.runs)

    def room(self, width: float) -> float:
        """Return what a width leaves for its words."""
        return width - BULLET if self.mark else width

    def lines(self, width: float, *, spare: float = SPARE) -> int:
        """Return how many lines it takes."""
        return len(lines(self.text, self.size, self.room(width), bold=self.bold, spare=spare))

    def height(self, width: float, *, spare: float = SPARE) -> float:
        """Return how high it stands, with what is below it, in points."""
        return self.lines(width, spare=spare) * self.size * LEADING + self.after

    def sized(self, size: float) -> "Para":
        """Return it in another size."""
        return replace(self, size=size)

    def cut(self, width: float, most: int) -> "Para":
        """Return it on at most so many lines, as it is if it needs no more."""
        short = shortened(self.text, self.size, self.room(width), most=most, bold=self.bold)
        if short == self.text:
            return self
        left, runs = len(short), []
        for run in self.runs:
            if left <= 0:
                break
            runs.append(replace(run, text=short[len(short) - left :][: len(run.text)]))
            left -= len(run.text)
        if left > 0 and runs:  # the ellipsis stood beyond the last run
            runs[-1] = replace(runs[-1], text=runs[-1].text + short[len(short) - left :])
        return replace(self, runs=tuple(runs))


def say(
    text: str,
    size: float = 12,
    *,
    bold: bool = False,
    colour: Colour = "",
    align: str = "l",
    mark: str = "",
    mark_colour: Colour = BRAND,
    after: float = 0,
) -> Para:
    """Return a paragraph of one look."""
    return Para((Run(text, bold, colour),), size, align, mark, mark_colour, after)


def stacked(paragraphs: Iterable[Para], width: float, *, spare: float = SPARE) -> float:
    """Return how high paragraphs stand under each other, in points."""
    return sum(one.height(width, spare=spare) for one in paragraphs)


def run_xml(run: Run, size: float, language: str) -> str:
    """Return words; line breaks in them break the line; nothing for no words."""
    look = f'lang="{language}" sz="{round(size * 100)}" b="{int(run.bold)}" dirty="0"'
    colour = fill_xml(run.colour) if run.colour else ""
    parts = [
        f"<a:r><a:rPr {look}>{colour}</a:rPr><a:t>{escape(part)}</a:t></a:r>" if part else ""
        for part in run.text.split("\n")
    ]
    return f"<a:br><a:rPr {look}/></a:br>".join(parts)


def para_xml(para: Para, language: str) -> str:
    """Return a paragraph."""
    after = f'<a:spcAft><a:spcPts val="{round(para.after * 100)}"/></a:spcAft>'
    before = '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
    indent = 'marL="0" indent="0"'
    mark = "<a:buNone/>"
    if para.mark:
        indent = f'marL="{units(BULLET)}" indent="-{units(BULLET)}"'
        mark = (
            f"<a:buClr>{colour_xml(para.mark_colour)}</a:buClr>"
            f'<a:buFont typeface="Arial"/><a:buChar char="{quoted(para.mark)}"/>'
        )
    said = "".join(run_xml(run, para.size, language) for run in para.runs)
    end = f'<a:endParaRPr lang="{language}" sz="{round(para.size * 100)}" dirty="0"/>'
    return f'<a:p><a:pPr {indent} algn="{para.align}">{before}{after}{mark}</a:pPr>{said}{end}</a:p>'


def body_xml(paragraphs: Sequence[Para], language: str) -> str:
    """Return paragraphs; an empty one where there are none, because there must be one."""
    return "".join(para_xml(one, language) for one in paragraphs) or (
        f'<a:p><a:endParaRPr lang="{language}" sz="800"/></a:p>'
    )
