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


def on(background: str) -> str:
    """Return the text colour, dark or white, that reads best on a background."""
    return max((LIGHT.ink, "#FFFFFF"), key=lambda colour: contrast(colour, background))
