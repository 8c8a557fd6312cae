"""The typeface, embedded: Source Sans 3 in five cuts, and no way for an unembedded font to slip in."""

from functools import cache
from importlib.resources import as_file, files

from reportlab import rl_config
from reportlab.graphics import shapes
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

LIGHT = "SourceSans3-Light"
REGULAR = "SourceSans3-Regular"
ITALIC = "SourceSans3-Italic"
SEMIBOLD = "SourceSans3-SemiBold"
BOLD = "SourceSans3-Bold"

FACES = (LIGHT, REGULAR, ITALIC, SEMIBOLD, BOLD)


@cache
def register() -> None:
    """Make the faces known to reportlab, once a process."""
    for face in FACES:
        with as_file(files("assessment").joinpath("fonts", f"{face}.ttf")) as path:
            registerFont(TTFont(face, str(path), asciiReadable=0))
    registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD)
    # A drawing starts with Helvetica unless told otherwise, and Helvetica is never embedded.
    shapes.STATE_DEFAULTS["fontName"] = REGULAR
    # Our drawings are typed and tested; checking each attribute of each shape again takes longer than drawing them.
    if "__setattr__" in vars(shapes.Shape):
        del shapes.Shape.__setattr__
    rl_config.useA85 = 0
    # Colours are given as objects; no text may be evaluated as one.
    rl_config.toColorCanUse = None


@cache
def drawable() -> frozenset[int]:
    """Return the code points that every face can draw."""
    register()
    return frozenset.intersection(*(frozenset(getFont(face).face.charToGlyph) for face in FACES))
