"""The first slide: whose, when, which questionnaire; the organisation's own web as motif, the brand's logo."""

from io import BytesIO
from math import cos, pi, sin

from PIL import Image

from assessment.charts import Radar
from assessment.document.blocks import Cover
from assessment.exports.pptx.geometry import Place
from assessment.exports.pptx.lettering import width
from assessment.exports.pptx.markup import Colour, colour_xml, say, stacked, units
from assessment.exports.pptx.sheets import Deck, Sheet
from assessment.exports.pptx.template import COVER_SIZE, COVER_TITLE, COVER_WHOSE, WHOSE_SIZE

SOFT: Colour = "accent1:20:80"
RING: Colour = "accent1:75:25"
WEB: Colour = "accent1:40:60"
CENTRE, REACH = (740.0, 232.0), 186.0
LOGO = Place(56, 40, 170, 60)
PLATE = 10.0
RINGS = 4
LEAST_TITLE = 22.0
EYEBROW_ABOVE = 28.0
ONE_LINE = (38.0, 36.0, 34.0)
"""A title a little too long for a line is set a little smaller."""
DETAILS_TOP, FIGURES_TOP, FOOT_TOP = 364.0, 432.0, 506.0


def cover(deck: Deck, block: Cover, logo: bytes) -> None:
    """Make the cover."""
    sheet = deck.cover()
    size = next((one for one in ONE_LINE if say(block.title, one).lines(COVER_TITLE.width) == 1), COVER_SIZE)
    while size > LEAST_TITLE and stacked([say(block.title, size)], COVER_TITLE.width) > COVER_TITLE.height:
        size -= 2
    most = int(COVER_TITLE.height / (size * 1.2))
    title = say(block.title, size).cut(COVER_TITLE.width, most)
    sheet.fill(0, [title])
    sheet.fill(1, [say(block.organisation, WHOSE_SIZE, bold=True).cut(COVER_WHOSE.width, 1)])
    _motif(sheet, block.motif)
    _logo(sheet, block.logo, logo)
    above = COVER_TITLE.y + COVER_TITLE.height - stacked([title], COVER_TITLE.width) - EYEBROW_ABOVE
    sheet.text(
        [say(block.eyebrow, 13, colour=SOFT).cut(480, 1)], Place(56, above, 500, 18), name=block.eyebrow
    )
    sheet.shape("rect", Place(56, 315, 52, 3), name="–", fill="accent2")
    details = say(" · ".join(block.details), 12, colour="bg1").cut(500, 3)
    sheet.text([details], Place(56, DETAILS_TOP, 500, 46), name=block.details[0] if block.details else "–")
    _figures(sheet, block)
    sheet.text(
        [say(block.footnote, 9, colour=SOFT).cut(848, 1)],
        Place(56, FOOT_TOP, 848, 14),
        name=block.footnote[:60],
    )
    sheet.note(block.title, block.organisation, *block.details)
    sheet.note(*(f"{item.label}: {item.value}" for item in block.figures), block.footnote)


def _figures(sheet: Sheet, block: Cover) -> None:
    wide = 848 / max(1, len(block.figures))
    inner = wide - 16
    for number, item in enumerate(block.figures):
        x = 56 + number * wide
        size = 26.0
        while size > 13 and width(item.value, size) > inner:
            size -= 1
        sheet.shape("rect", Place(x, FIGURES_TOP - 6, inner, 0.75), name="–", fill=RING)
        paras = [say(item.value, size, colour="bg1"), say(item.label, 10, colour=SOFT).cut(inner, 2)]
        sheet.text(paras, Place(x, FIGURES_TOP, inner, 62), name=item.label)


def _logo(sheet: Sheet, said: str, logo: bytes) -> None:
    """Put the logo on a white plate, because it may be dark."""
    if not logo:
        return
    with Image.open(BytesIO(logo)) as picture:
        wide, tall = picture.size
    factor = min(LOGO.width / wide, LOGO.height / tall)
    wide_, tall_ = wide * factor, tall * factor
    plate = Place(LOGO.x, LOGO.y, wide_ + 2 * PLATE, tall_ + 2 * PLATE)
    sheet.shape("rect", plate, name="–", fill="#FFFFFF")
    place = [units(at) for at in (LOGO.x + PLATE, LOGO.y + PLATE, wide_, tall_)]
    shape = sheet.slide.shapes.add_picture(BytesIO(logo), *place)
    named = shape._element.nvPicPr.cNvPr
    named.set("id", str(sheet.next()))
    named.set("name", said)
    named.set("descr", said)


def _motif(sheet: Sheet, motif: Radar) -> None:
    """Draw the web as shapes."""
    count = max(3, len(motif.axes))
    x0, y0 = CENTRE

    def at(axis: int, share: float) -> tuple[float, float]:
        angle = pi / 2 - 2 * pi * axis / count
        reach = REACH * (0.12 + 0.88 * share)
        return x0 + reach * cos(angle), y0 - reach * sin(angle)

    for ring in range(RINGS + 1):
        points = [at(axis, ring / RINGS) for axis in range(count)]
        sheet.path(points, name="–", line=RING, thick=0.75)
    for series in reversed(motif.series):
        known = [
            at(axis, motif.share(value)) for axis, value in enumerate(series.values) if value is not None
        ]
        if len(known) < 3:
            continue
        if series.role == "present":
            veil = colour_xml(WEB).replace("</a:schemeClr>", '<a:alpha val="35000"/></a:schemeClr>')
            sheet.path(known, name="–", fill=f"<a:solidFill>{veil}</a:solidFill>", line=WEB, thick=2)
        else:
            sheet.path(known, name="–", line="accent2", thick=1.75, dash="sysDash")
