"""Colours and type, one set for screen and paper."""

from assessment.values import Model


class Palette(Model):
    """Colours of one background, as #rrggbb."""

    paper: str
    tint: str
    line: str
    ink: str
    text: str
    muted: str
    brand: str
    brand_soft: str
    """For ranges and areas."""
    accent: str
    """Marks only, never small text: targets, what would apply."""
    waves: tuple[str, ...]
    """First wave of a plan to last: one hue, from dark to light."""
    levels: tuple[str, ...]
    """Lowest to highest; one hue from light to dark, so that they keep their order in grey and for colour-blind readers."""
    red: str
    amber: str
    green: str
    neutral: str


LIGHT = Palette(
    paper="#FFFFFF",
    tint="#F3F6F9",
    line="#D5DBE3",
    ink="#0F1722",
    text="#2F3B4A",
    muted="#5A6675",
    brand="#1F4E79",
    brand_soft="#A9C4DE",
    accent="#E07A3F",
    waves=("#183552", "#1F4E79", "#7D98B1"),
    levels=("#DCE8F3", "#A9C7E3", "#6C9DCB", "#35709F", "#173F66"),
    red="#B3261E",
    amber="#B26A00",
    green="#2E7D4F",
    neutral="#7A8694",
)

DARK = Palette(
    paper="#10161E",
    tint="#1A222D",
    line="#3A4654",
    ink="#F2F6FA",
    text="#D9E0E8",
    muted="#A3AFBD",
    brand="#7CB8F5",
    brand_soft="#3B5A7A",
    accent="#F4A261",
    waves=("#C3DFF7", "#7FB3E0", "#4A86BA"),
    levels=("#243B53", "#335E85", "#4A86BA", "#7FB3E0", "#C3DFF7"),
    red="#FF8A80",
    amber="#F2B84B",
    green="#7FD8A0",
    neutral="#93A0AE",
)


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return the colour between two, `share` of the way to the other."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def toned(colour: str, wanted: float) -> str:
    """Return the colour made as light as wanted: mixed with white, or darkened with its hue kept.

    Args:
        colour: #rrggbb.
        wanted: the relative luminance to come close to, 0 to 1.
    """
    end = "#FFFFFF" if luminance(colour) < wanted else "#000000"
    low, high = 0.0, 1.0
    for _ in range(12):  # halves the way so often that the next colour is no other
        middle = (low + high) / 2
        reached = luminance(mixed(colour, end, middle))
        if (reached < wanted) == (end == "#FFFFFF"):
            low = middle
        else:
            high = middle
    return mixed(colour, end, (low + high) / 2)


def on(background: str) -> str:
    """Return the text colour, dark or white, that reads best on a background."""
    return max((LIGHT.ink, "#FFFFFF"), key=lambda colour: contrast(colour, background))
