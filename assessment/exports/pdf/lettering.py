"""Words inside drawings: wrapped to a width, cut with an ellipsis where there is no more room, never outside it."""

from reportlab.graphics.shapes import Group, String
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.exports.pdf.faces import REGULAR
from assessment.exports.pdf.spelling import one_line

ELLIPSIS = "…"


def wrapped(words: str, font: str, size: float, width: float, *, lines: int = 2) -> list[str]:
    """Return the words on at most so many lines, none wider than `width`; a word too long is hyphenated."""
    waiting = one_line(words).split(" ")
    made: list[str] = []
    line = ""
    while waiting and len(made) < lines:
        word = waiting.pop(0)
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) <= width:
            line = longer
        elif line:
            made.append(line)
            line = ""
            waiting.insert(0, word)
        else:
            head = beginning(word, font, size, width)
            made.append(head + "-")
            waiting.insert(0, word[len(head) :])
    if line and len(made) < lines:
        made.append(line)
    elif line or waiting:
        made[-1] = fitted(made[-1] + ELLIPSIS, font, size, width)
    return made


VOWELS = "aeiouyäöüéèAEIOUÄÖÜ"


def beginning(word: str, font: str, size: float, width: float) -> str:
    """Return the longest beginning that fits with a hyphen; preferably one that ends before a consonant and a vowel."""
    most = max(
        1,
        next(
            (n for n in range(1, len(word)) if stringWidth(word[: n + 1] + "-", font, size) > width),
            len(word) - 1,
        ),
    )
    for length in range(most, max(2, most - 6), -1):
        if (
            length + 1 < len(word)
            and word[length] not in VOWELS
            and word[length + 1] in VOWELS
            and word[length - 1] != "c"
        ):
            return word[:length]
    return word[:most]


def fitted(words: str, font: str, size: float, width: float) -> str:
    """Return one line of the words no wider than `width`, ending in an ellipsis if cut."""
    line = one_line(words)
    if stringWidth(line, font, size) <= width:
        return line
    line = line[:400].rstrip(ELLIPSIS)
    while line and stringWidth(line + ELLIPSIS, font, size) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def letter(
    group: Group,
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    colour: Color,
    font: str = REGULAR,
    anchor: str = "start",
) -> None:
    """Put one line of words into a drawing."""
    group.add(
        String(x, y, one_line(words), fontName=font, fontSize=size, fillColor=colour, textAnchor=anchor)
    )


def stack(
    group: Group,
    x: float,
    middle: float,
    lines: list[str],
    *,
    size: float,
    colour: Color,
    font: str = REGULAR,
    anchor: str = "start",
) -> None:
    """Put lines of words under each other, their middle at a height."""
    leading = size * 1.18
    top = middle + leading * (len(lines) - 1) / 2 - size * 0.34
    for number, line in enumerate(lines):
        letter(group, x, top - number * leading, line, size=size, colour=colour, font=font, anchor=anchor)
