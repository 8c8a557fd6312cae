"""Slides with title, eyebrow, lede, foot, number and notes, on which texts, tables, charts and shapes are put."""

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml

from assessment.document.blocks import Document
from assessment.exports.pptx.geometry import BOTTOM, LEFT, TITLE_TOP, WIDE, Place
from assessment.exports.pptx.lettering import lines, shortened, together, width
from assessment.exports.pptx.markup import (
    SPACES,
    Colour,
    Para,
    body_xml,
    fill_xml,
    line_xml,
    quoted,
    say,
    stacked,
    units,
)
from assessment.exports.pptx.tables import Grid, grid_xml
from assessment.exports.pptx.template import (
    EYEBROW,
    EYEBROW_SIZE,
    FOOT,
    FOOT_SIZE,
    LEDE,
    LEDE_SIZE,
    NUMBER,
    NUMBER_FIELD,
    empty_deck,
    frame_xml,
)
from assessment.i18n import Catalogue
from assessment.theme import Palette

TITLE_SIZES = (24.0, 20.0)
ONE_LINE = (24.0, 23.0, 22.0)
"""A title a little too long for a line is set a little smaller."""
TITLE_LINES, LEDE_LINES = 2, 2
AFTER_TITLE, AFTER_LEDE = 5.0, 12.0
COVER, TEXT, TITLE_ONLY = 0, 1, 2
"""The layouts."""
NOTES_AT_MOST = 12_000
"""Characters of one slide's notes."""
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
"""Says of a shape that nobody misses it who cannot see it."""


class Sheet:
    """One slide; `room` is where content may stand."""

    def __init__(self, slide: Any, language: str) -> None:
        self.slide = slide
        self.language = language
        self.tree = slide.shapes._spTree
        self.room = Place(LEFT, TITLE_TOP, WIDE, BOTTOM - TITLE_TOP)
        self.notes: list[str] = []
        self._last = max((int(number) for number in self.tree.xpath("//p:cNvPr/@id")), default=1)

    # -- placeholders

    def fill(self, index: int, paragraphs: Sequence[Para]) -> None:
        """Write into a placeholder; without paragraphs, take it away."""
        shape = next(each for each in self.slide.placeholders if each.placeholder_format.idx == index)
        if not paragraphs:
            self.tree.remove(shape._element)
            return
        body = shape._element.txBody
        for old in body.findall("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
            body.remove(old)
        for paragraph in parse_xml(f"<a:txBody {SPACES}>{body_xml(paragraphs, self.language)}</a:txBody>"):
            body.append(paragraph)

    def place(self, index: int, place: Place) -> None:
        """Put a placeholder elsewhere than its layout does."""
        shape = next(each for each in self.slide.placeholders if each.placeholder_format.idx == index)
        shape.left, shape.top = units(place.x), units(place.y)
        shape.width, shape.height = units(place.width), units(place.height)

    # -- shapes

    def add(self, xml: str) -> None:
        """Put a shape on top."""
        self.tree.append(parse_xml(xml))

    def next(self) -> int:
        """Return a number for a new shape."""
        self._last += 1
        return self._last

    def text(
        self,
        paragraphs: Sequence[Para],
        place: Place,
        *,
        name: str,
        fill: Colour = "",
        inset: float = 0.0,
        anchor: str = "t",
    ) -> None:
        """Put words into a box."""
        around = " ".join(f'{side}Ins="{units(inset)}"' for side in ("l", "t", "r", "b"))
        self.add(
            f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{self.next()}" name="{quoted(name)}"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
            f"</p:nvSpPr><p:spPr>{frame_xml(place)}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill_xml(fill)}</p:spPr>'
            f'<p:txBody><a:bodyPr wrap="square" {around} rtlCol="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{body_xml(paragraphs, self.language)}</p:txBody></p:sp>"
        )

    def shape(
        self,
        kind: str,
        place: Place,
        *,
        name: str,
        fill: Colour = "",
        line: Colour = "",
        thick: float = 1.0,
        said: str = "",
    ) -> None:
        """Put a shape without words; where nothing is said of it, it is decoration."""
        self.add(
            f'<p:sp {SPACES}>{self._named(name, said)}<p:spPr>{frame_xml(place)}<a:prstGeom prst="{kind}"><a:avLst/>'
            f"</a:prstGeom>{fill_xml(fill)}{line_xml(line, thick)}</p:spPr>{_no_words(self.language)}</p:sp>"
        )

    def path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        name: str,
        fill: str = "",
        line: Colour = "",
        thick: float = 1.0,
        dash: str = "",
    ) -> None:
        """Put a closed line through points as decoration; `fill` is the filling's element."""
        left, top = min(x for x, _ in points), min(y for _, y in points)
        wide, tall = max(x for x, _ in points) - left, max(y for _, y in points) - top
        at = [f'<a:pt x="{units(x - left)}" y="{units(y - top)}"/>' for x, y in points]
        steps = f"<a:moveTo>{at[0]}</a:moveTo>" + "".join(f"<a:lnTo>{one}</a:lnTo>" for one in at[1:])
        self.add(
            f"<p:sp {SPACES}>{self._named(name, '')}<p:spPr>{frame_xml(Place(left, top, wide, tall))}<a:custGeom>"
            '<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{units(wide)}" h="{units(tall)}">{steps}<a:close/></a:path></a:pathLst></a:custGeom>'
            f"{fill or '<a:noFill/>'}{line_xml(line, thick, dash=dash)}</p:spPr>{_no_words(self.language)}</p:sp>"
        )

    def _named(self, name: str, said: str) -> str:
        descr = f' descr="{quoted(said)}"' if said else ""
        inside = "" if said else DECORATIVE
        return (
            f'<p:nvSpPr><p:cNvPr id="{self.next()}" name="{quoted(name)}"{descr}>{inside}</p:cNvPr><p:cNvSpPr/><p:nvPr/>'
            "</p:nvSpPr>"
        )

    def table(self, grid: Grid, x: float, y: float, *, name: str) -> None:
        """Put a table."""
        self.add(grid_xml(grid, self.next(), name, x, y, self.language))

    # -- notes

    def note(self, *texts: str) -> None:
        """Add to what the presenter reads."""
        self.notes += [text for text in texts if text.strip()]

    def close(self, foot: str) -> None:
        """Write foot, number and notes."""
        look = f'<a:rPr lang="{self.language}"/>'
        number = f'<a:p><a:fld id="{NUMBER_FIELD}" type="slidenum">{look}<a:t>‹#›</a:t></a:fld></a:p>'
        words = body_xml([say(foot, FOOT_SIZE)], self.language)
        for kind, name, index, inside in (
            ("ftr", "Footer", FOOT, words),
            ("sldNum", "Slide Number", NUMBER, number),
        ):
            if not any(each.placeholder_format.idx == index for each in self.slide.slide_layout.placeholders):
                continue
            self.add(
                f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{self.next()}" name="{name}"/><p:cNvSpPr>'
                f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr>'
                f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{inside}</p:txBody></p:sp>"
            )
        said = "\n".join(self.notes)[:NOTES_AT_MOST]
        body = self.slide.notes_slide.notes_text_frame._txBody
        for old in list(body.p_lst):
            body.remove(old)
        paragraphs = [say(line) for line in said.split("\n")]
        for paragraph in parse_xml(f"<a:txBody {SPACES}>{_noted(paragraphs, self.language)}</a:txBody>"):
            body.append(paragraph)


def _no_words(language: str) -> str:
    return f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{language}"/></a:p></p:txBody>'


def _noted(paragraphs: Sequence[Para], language: str) -> str:
    """Return paragraphs in the look of notes."""
    return "".join(
        f'<a:p><a:r><a:rPr lang="{language}"/><a:t>{quoted(one.text)}</a:t></a:r></a:p>' for one in paragraphs
    )


class Deck:
    """The presentation being made."""

    def __init__(
        self, document: Document, palette: Palette, c: Catalogue, *, language: str, name: str
    ) -> None:
        self.document = document
        self.palette = palette
        self.c = c
        self.language = language
        self.file: Any = empty_deck(palette, c, language=language, name=name)
        self.sheets: list[Sheet] = []
        self._titles: dict[str, int] = {}
        self._charts = 0

    def next_chart(self) -> int:
        """Return a number for a new chart."""
        self._charts += 1
        return self._charts

    def cover(self) -> Sheet:
        """Begin the first slide."""
        return self._new(COVER)

    def sheet(self, title: str, *, eyebrow: str, lede: str = "") -> Sheet:
        """Begin a slide; its room is what title and lede leave."""
        sheet = self._new(TITLE_ONLY)
        head = fitted_title(title, self._further(title))
        sheet.fill(0, [head])
        sheet.fill(
            EYEBROW,
            [say(shortened(eyebrow, EYEBROW_SIZE, WIDE, bold=True), EYEBROW_SIZE, bold=True)]
            if eyebrow
            else [],
        )
        top = TITLE_TOP + stacked([head], WIDE) + AFTER_TITLE
        words = [say(lede, LEDE_SIZE).cut(WIDE, LEDE_LINES)] if lede else []
        if words:
            tall = stacked(words, WIDE)
            sheet.place(LEDE, Place(LEFT, top, WIDE, tall))
            top += tall
        sheet.fill(LEDE, words)
        sheet.room = Place(LEFT, top + AFTER_LEDE, WIDE, BOTTOM - top - AFTER_LEDE)
        sheet.note(title, lede)
        return sheet

    def _new(self, layout: int) -> Sheet:
        sheet = Sheet(self.file.slides.add_slide(self.file.slide_layouts[layout]), self.language)
        self.sheets.append(sheet)
        return sheet

    def _further(self, title: str) -> str:
        """Return the number of a slide whose title others have, too, so that no two are the same; none for the first."""
        short = fitted_title(title).text
        self._titles[short] = number = self._titles.get(short, 0) + 1
        return "" if number == 1 else f"\u00a0({number})"

    def close(self) -> None:
        """Write feet, numbers and notes."""
        foot = shortened(self.document.running_foot, FOOT_SIZE, 780)
        for sheet in self.sheets:
            sheet.close(foot)


def fitted_title(title: str, further: str = "") -> Para:
    """Return a title on two lines at most, smaller where it is long, cut where it is too long."""
    title = together(title)
    for size in ONE_LINE:
        if len(lines(title + further, size, WIDE, bold=True)) == 1:
            return say(title + further, size, bold=True)
    for size in TITLE_SIZES:
        if len(lines(title + further, size, WIDE, bold=True)) <= TITLE_LINES:
            return say(title + further, size, bold=True)
    size = TITLE_SIZES[-1]
    room = WIDE - width(further, size, bold=True)
    return say(shortened(title, size, room, most=TITLE_LINES, bold=True) + further, size, bold=True)
