"""A brand from its file: `brand.yaml` with name, colours and footer, and a logo beside it."""

import io
import warnings
from pathlib import Path, PurePosixPath
from typing import Annotated

from PIL import Image
from pydantic import Field

from assessment.brand import Brand, Colour
from assessment.errors import Problem, ReportError
from assessment.loader.marks import Marked
from assessment.loader.separate import read_separate
from assessment.values import Model

LOGO_BYTES = 2_000_000
LOGO_SIDE = 5000
"""A logo with more pixels along one side is refused before it is unpacked."""
KEPT_SIDE = 1000
"""So many pixels along the longer side are enough to print it well."""
FORMATS = ("PNG", "JPEG")


class BrandFile(Model):
    """What a brand's file says."""

    name: Annotated[str, Field(max_length=80)] = ""
    colour: Colour | None = None
    accent: Colour | None = None
    footer: Annotated[str, Field(max_length=160)] = ""
    logo: Annotated[str, Field(max_length=200)] = ""
    """The logo's file, PNG or JPEG, in the same folder or below it."""


def read_brand(path: Path) -> Brand:
    """Read a brand and the logo that it names.

    Raises:
        QuestionnaireError: with every problem found in the file.
        ReportError: the logo cannot be used.
    """
    said, marked = read_separate(path, BrandFile, name=path.name)
    logo = _logo(path.parent, said.logo, marked) if said.logo else b""
    return Brand.model_construct(
        name=said.name, colour=said.colour, accent=said.accent, footer=said.footer, logo=logo
    )


def _logo(folder: Path, name: str, marked: Marked) -> bytes:
    file, line = marked.place(("logo",))

    def refused(message: str, remedy: str) -> ReportError:
        return ReportError([Problem(message, remedy, file=file, line=line, at="logo", values={"name": name})])

    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts or "\\" in name or ":" in name:
        raise refused("“{name}” is not a file beside this one.", "Put the logo into the same folder.")
    try:
        with (folder / inside).open("rb") as opened:
            raw = opened.read(LOGO_BYTES + 1)
    except OSError:
        raise refused(
            "there is no file “{name}” that can be read.", "Put the logo into the same folder."
        ) from None
    return logo_from(raw, name=name)


def logo_from(raw: bytes, *, name: str, largest: int = LOGO_SIDE) -> bytes:
    """Return a logo as a PNG that holds its pixels and nothing else.

    Args:
        raw: a PNG or JPEG.
        name: the file as it is told.
        largest: pixels along one side; a logo with more is refused before it is unpacked.

    Raises:
        ReportError: it is neither, it is broken, or it is too large.
    """
    values: dict[str, object] = {"most": LOGO_BYTES // 1_000_000, "side": KEPT_SIDE, "largest": largest}
    smaller = "Save it smaller: {side} pixels are enough to print it well."
    if len(raw) > LOGO_BYTES:
        message = "the logo has more than {most} MB."
        raise ReportError([Problem(message, smaller, file=name, values=values)])
    try:
        made = _unpacked(raw, largest)
    except Exception:  # whatever a broken picture sets off in its decoder
        message, remedy = "the logo cannot be read as PNG or JPEG.", "Save it anew as PNG."
        raise ReportError([Problem(message, remedy, file=name)]) from None
    if made is None:
        message = "the logo is larger than {largest} by {largest} pixels."
        raise ReportError([Problem(message, smaller, file=name, values=values)])
    made.thumbnail((KEPT_SIDE, KEPT_SIDE))
    out = io.BytesIO()
    made.save(out, "PNG", optimize=False)
    return out.getvalue()


def _unpacked(raw: bytes, largest: int) -> Image.Image | None:
    """Return the pixels alone; None if there are too many to unpack them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is looked at here
        with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
            if max(picture.size) > largest:
                return None
            picture.load()
            see_through = "A" in picture.getbands() or "transparency" in picture.info
            return picture.convert("RGBA" if see_through else "RGB")
