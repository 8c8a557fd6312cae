"""White label: whose name, colours and logo a report carries. Colours that would not read are corrected, not refused."""

import re
from typing import Annotated

from pydantic import AfterValidator, Base64Bytes, Field
from pydantic_core import PydanticCustomError

from assessment.theme import LIGHT, Palette, contrast, luminance, toned
from assessment.values import Model

_COLOUR = re.compile("#[0-9A-F]{6}")


def _colour(said: str) -> str:
    if not _COLOUR.fullmatch(said.upper()):
        raise PydanticCustomError(
            "colour", "a colour is written “#1F4E79”, six digits or letters from A to F"
        )
    return said.upper()


Colour = Annotated[str, AfterValidator(_colour)]
"""#rrggbb."""

READABLE = 4.5
"""Contrast of small text (WCAG 2.2, 1.4.3)."""
VISIBLE = 3.0
"""Contrast of marks in charts (WCAG 2.2, 1.4.11)."""


LOGO_MOST = 5_000_000
"""Bytes: as a PNG, the pixels that are kept of a logo have fewer."""


class Brand(Model):
    """Who hands a report over. Everything may be left out; then the report looks like the app."""

    name: Annotated[str, Field(max_length=80)] = ""
    """Stands on the cover and in the foot of every page."""
    colour: Colour | None = None
    """For headings, charts and the cover."""
    accent: Colour | None = None
    """For marks that must stand out: the plan in charts, the line on the cover."""
    footer: Annotated[str, Field(max_length=160)] = ""
    """In the foot of every page, instead of the note on confidentiality."""
    logo: Annotated[Base64Bytes, Field(max_length=LOGO_MOST)] = b""
    """A PNG, written anew from what was handed in."""


UNBRANDED = Brand()


def palette_of(brand: Brand) -> Palette:
    """Return the colours on paper: the brand's where it names some, each with the contrast that its use asks for.

    The tints that charts need are made from the brand's colour and are as light as those they replace, so that levels and
    waves keep their order in grey and for colour-blind readers.
    """
    palette = LIGHT
    if brand.colour is not None and brand.colour != LIGHT.brand:
        colour = readable(brand.colour, LIGHT.tint, READABLE)

        def like(other: str) -> str:
            return toned(colour, luminance(other))

        palette = palette.model_copy(
            update={
                "brand": colour,
                "brand_soft": like(LIGHT.brand_soft),
                "waves": tuple(map(like, LIGHT.waves)),
                "levels": tuple(map(like, LIGHT.levels)),
            }
        )
    if brand.accent is not None and brand.accent != LIGHT.accent:
        palette = palette.model_copy(update={"accent": readable(brand.accent, LIGHT.paper, VISIBLE)})
    return palette


def readable(colour: str, background: str, least: float) -> str:
    """Return the colour, darkened as far as it takes to stand out from a light background.

    Args:
        colour, background: #rrggbb.
        least: the contrast wanted, 1 to 21.
    """
    if contrast(colour, background) >= least:
        return colour
    wanted = (luminance(background) + 0.05) / least - 0.05
    for _ in range(20):
        made = toned(colour, wanted)
        if contrast(made, background) >= least:
            return made
        wanted *= 0.97  # whole numbers of red, green and blue fall a little short
    return LIGHT.ink
