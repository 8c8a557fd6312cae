"""The cover: the brand's colour to the edge with the organisation's own radar as motif, and words that can be edited."""

from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon

from assessment.charts import Radar
from assessment.charts.specs import AXES_AT_LEAST
from assessment.document.blocks import Cover
from assessment.exports.docx.looks import PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH, TOP
from assessment.exports.docx.markup import Node, paragraph
from assessment.exports.docx.pictures import Album
from assessment.exports.docx.sheet import Colours
from assessment.exports.docx.tables import Box, Tier, laid
from assessment.exports.docx.writing import Writer
from assessment.exports.painting import painted
from assessment.exports.pdf.styles import hexed
from assessment.exports.spelling import one_line
from assessment.theme import mixed

WORDS_FROM = 0.5
"""Share of the page above the words."""
WORDS_TALL = 290.0
TITLE, NAME, DETAIL = 80, 160, 90
"""Characters at most, so that the cover stays one page."""
LOGO_WIDTH, LOGO_HEIGHT = 150.0, 52.0
PLATE = 10.0
"""White around a logo, which may be dark."""
LOGO_DOTS = 4
"""A logo has at most so many dots a point."""
COARSE = 0.6
"""The ground has soft lines only, for which fewer dots an inch will do."""
RING = 62.0


def cover(writer: Writer, block: Cover, album: Album, *, colours: Colours, logo: bytes) -> list[Node]:
    """Return the first page but its last line, which ends the section."""
    ground = painted(_ground(block.motif, colours), factor=COARSE, ground=colours.ground)
    behind = album.behind(ground, (PAGE_WIDTH, PAGE_HEIGHT), alt=one_line(block.motif.alt))
    top = [_logo(album, logo, one_line(block.logo))] if logo else []
    words = [
        writer.words(one_line(block.eyebrow, longest=DETAIL), "CoverEyebrow"),
        writer.words(one_line(block.title, longest=TITLE), "Title"),
        paragraph("CoverRule"),
        writer.words(one_line(block.organisation, longest=NAME), "Subtitle"),
        *(writer.words(one_line(detail, longest=DETAIL), "CoverDetail") for detail in block.details),
    ]
    count = max(1, len(block.figures))
    figures = [
        Box([writer.words(figure.value, "CoverFigure"), writer.words(figure.label, "CoverLabel")])
        for figure in block.figures
    ] or [Box([])]
    return [
        paragraph("Spacer", behind),
        laid(
            [
                Tier([Box([paragraph("Normal", *top)], count)], height=PAGE_HEIGHT * WORDS_FROM - TOP),
                Tier([Box(words, count)], height=WORDS_TALL, whole=False),
                Tier(figures),
            ],
            [TEXT_WIDTH / count] * count,
            "ReportFigures",
        ),
    ]


def _ground(motif: Radar, colours: Colours) -> Drawing:
    palette = colours.palette
    drawing = Drawing(PAGE_WIDTH, PAGE_HEIGHT)
    x0, y0 = PAGE_WIDTH * 0.96, PAGE_HEIGHT * 0.66

    def ring_colour(number: int) -> object:
        return hexed(mixed(palette.brand, palette.ink, 0.55 - 0.03 * number))

    for number in range(11, 0, -1):
        drawing.add(
            Circle(
                x0, y0, RING * number / 2, fillColor=None, strokeColor=ring_colour(number), strokeWidth=0.7
            )
        )

    def point(axis: int, reach: float) -> tuple[float, float]:
        angle = pi / 2 - 2 * pi * axis / max(1, len(motif.axes))
        return x0 + reach * cos(angle), y0 + reach * sin(angle)

    for axis in range(len(motif.axes)):
        drawing.add(
            Line(*point(axis, 0), *point(axis, 5.5 * RING), strokeColor=ring_colour(11), strokeWidth=0.7)
        )
    for series in reversed(motif.series):
        present = series.role == "present"
        known = [(axis, motif.share(value)) for axis, value in enumerate(series.values) if value is not None]
        if len(known) < AXES_AT_LEAST:
            continue
        colour = hexed(mixed(palette.brand, palette.paper, 0.55) if present else palette.accent)
        drawing.add(
            Polygon(
                [place for axis, share in known for place in point(axis, RING * (0.7 + 4.6 * share))],
                fillColor=colour if present else None,
                fillOpacity=0.18 if present else 1,
                strokeColor=colour,
                strokeWidth=1.4,
                strokeDashArray=None if present else [5, 4],
            )
        )
    return drawing


def _logo(album: Album, logo: bytes, alt: str) -> Node:
    """Return the brand's logo on a white plate."""
    picture = Image.open(BytesIO(logo)).convert("RGBA")
    factor = min(LOGO_WIDTH / picture.width, LOGO_HEIGHT / picture.height)
    wide, tall = picture.width * factor, picture.height * factor
    dots = min(1 / factor, LOGO_DOTS)
    picture = picture.resize(
        (max(1, round(wide * dots)), max(1, round(tall * dots))), Image.Resampling.LANCZOS
    )
    edge = round(PLATE * dots)
    plate = Image.new("RGBA", (picture.width + 2 * edge, picture.height + 2 * edge), (255, 255, 255, 0))
    ImageDraw.Draw(plate).rounded_rectangle((0, 0, plate.width - 1, plate.height - 1), 4 * dots, fill="white")
    plate.alpha_composite(picture, (edge, edge))
    target = BytesIO()
    plate.save(target, "PNG")
    return album.inline(target.getvalue(), (wide + 2 * PLATE, tall + 2 * PLATE), alt=alt)
