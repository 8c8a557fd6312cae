"""Charts and the cover's ground as pictures, each with its text alternative."""

from reportlab.graphics.shapes import Drawing

from assessment.charts import Chart
from assessment.exports.docx.markup import EMU, NAMESPACES, Node, other, w, worded
from assessment.exports.painting import painted
from assessment.exports.pdf.drawings import drawn
from assessment.i18n import Catalogue
from assessment.theme import Palette

TALLEST = 600.0
"""A taller drawing is made smaller."""


def tall_of(picture: Node) -> float:
    """Return the height of a picture in its line, in points."""
    return int(picture[0].get("cy", "0")) / EMU


def resized(picture: Node, factor: float) -> None:
    """Make a picture in its line larger or smaller."""
    for one in picture.iter():
        if one.tag in ("wp:extent", "a:ext"):
            for side in ("cx", "cy"):
                one.set(side, str(round(int(one.get(side, "0")) * factor)))


class Album:
    """The document's pictures, each with a number of its own."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []
        """PNG, in the order of their numbers, from one."""

    def chart(self, chart: Chart, c: Catalogue, palette: Palette, *, width: float, alt: str) -> Node:
        """Return a chart, drawn for this width, as a run."""
        drawing: Drawing = drawn(chart, c, palette, width=width)
        factor = min(1.0, TALLEST / drawing.height)
        raw = painted(drawing, factor=factor)
        return self.inline(raw, (drawing.width * factor, drawing.height * factor), alt=alt)

    def inline(self, raw: bytes, size: tuple[float, float], *, alt: str) -> Node:
        """Return a picture that stands in its line; size in points."""
        wide, tall = (round(length * EMU) for length in size)
        made = other(
            "wp:inline",
            other("wp:extent", cx=wide, cy=tall),
            *self._picture(raw, (wide, tall), alt),
            distT=0,
            distB=0,
            distL=0,
            distR=0,
        )
        return w("r", w("drawing", made))

    def behind(self, raw: bytes, size: tuple[float, float], *, alt: str) -> Node:
        """Return a picture that lies behind the words from the corner of the page; size in points."""
        wide, tall = (round(length * EMU) for length in size)
        made = other(
            "wp:anchor",
            other("wp:simplePos", x=0, y=0),
            *(
                other(f"wp:position{way}", worded("wp:posOffset", "0"), relativeFrom="page")
                for way in ("H", "V")
            ),
            other("wp:extent", cx=wide, cy=tall),
            other("wp:effectExtent", l=0, t=0, r=0, b=0),
            other("wp:wrapNone"),
            *self._picture(raw, (wide, tall), alt),
            distT=0,
            distB=0,
            distL=0,
            distR=0,
            simplePos=0,
            relativeHeight=0,
            behindDoc=1,
            locked=1,
            layoutInCell=1,
            allowOverlap=1,
        )
        return w("r", w("drawing", made))

    def _picture(self, raw: bytes, size: tuple[int, int], alt: str) -> list[Node]:
        self.pictures.append(raw)
        number = len(self.pictures)
        wide, tall = size
        picture = other(
            "pic:pic",
            other(
                "pic:nvPicPr",
                other("pic:cNvPr", id=number, name=f"Picture {number}", descr=alt),
                other("pic:cNvPicPr"),
            ),
            other(
                "pic:blipFill",
                other("a:blip", embed=f"picture{number}"),
                other("a:stretch", other("a:fillRect")),
            ),
            other(
                "pic:spPr",
                other("a:xfrm", other("a:off", x=0, y=0), other("a:ext", cx=wide, cy=tall)),
                other("a:prstGeom", other("a:avLst"), prst="rect"),
            ),
        )
        return [
            other("wp:docPr", id=number, name=f"Picture {number}", descr=alt),
            other("wp:cNvGraphicFramePr", other("a:graphicFrameLocks", noChangeAspect=1)),
            other("a:graphic", other("a:graphicData", picture, uri=NAMESPACES["pic"])),
        ]
