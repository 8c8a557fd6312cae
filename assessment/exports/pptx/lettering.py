"""How much room words take in the deck's typeface, and how they are cut where there is less of it."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from unicodedata import normalize

from reportlab.pdfbase.pdfmetrics import getFont

FACE = "Arial"
"""On every Windows and every Mac, in the browser's PowerPoint, Keynote and Google Slides; free programs have a face of the
same widths. Those widths are Helvetica's, which are known to a thousandth: what fits here fits there."""
LEADING = 1.2
"""Height of a line in sizes of its type; a little more than programs take."""
SPARE = 0.98
"""Share of the room that words may fill; programs round differently."""
ELLIPSIS = "…"
SHORT, LINE = 2, 20
"""A last word so short does not stand alone below so many characters."""
FULL = 1000.0
"""Width of a sign that the typeface may lack, in thousandths of its size: as wide as it is high."""

Part = tuple[int, int]
"""Where a line begins and ends in its text."""


@cache
def _widths(bold: bool) -> dict[str, float]:
    face: Any = getFont("Helvetica-Bold" if bold else "Helvetica")
    known = {}
    for code in range(32, 256):
        sign = bytes([code]).decode("cp1252", errors="ignore")
        if sign:
            known[sign] = float(face.widths[code])
    return known


@cache
def _wide(sign: str, bold: bool) -> float:
    known = _widths(bold)
    return known.get(sign) or known.get(normalize("NFD", sign)[0]) or FULL


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text in one line is, in points."""
    return sum(_wide(sign, bold) for sign in text) * size / 1000


def _parts(text: str, size: float, room: float, bold: bool, spare: float = SPARE) -> Iterator[Part]:
    """Yield the lines of a text: broken at spaces and line ends; words that are too long between two signs."""
    most = max(room, size) * spare * 1000 / size
    at = 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        start, used, space = at, 0.0, -1
        place = at
        while place < end:
            wide = _wide(text[place], bold)
            if text[place] == " ":
                space = place
            if used + wide > most and place > start and text[place] != " ":
                stop = space if space > start else place
                yield start, stop
                start = stop + 1 if stop == space else stop
                used = sum(_wide(sign, bold) for sign in text[start:place])
                space = -1
            used += wide
            place += 1
        yield start, end
        at = end + 1


def lines(text: str, size: float, room: float, *, bold: bool = False, spare: float = SPARE) -> list[str]:
    """Return the lines into which a text falls within so many points."""
    return [text[start:end] for start, end in _parts(text, size, room, bold, spare)]


def together(text: str) -> str:
    """Return the text with a last word as short as a number kept on the line of the one before it."""
    words, _, last = text.rpartition(" ")
    return f"{words}\u00a0{last}" if len(words) > LINE and len(last) <= SHORT else text


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of the widest word, in points."""
    return max((width(word, size, bold=bold) for word in text.split()), default=0.0)


def shortened(text: str, size: float, room: float, *, most: int = 1, bold: bool = False) -> str:
    """Return the text on at most so many lines, ended by an ellipsis where it was cut."""
    made: list[Part] = []
    for part in _parts(text, size, room, bold):
        if len(made) == max(1, most):
            break
        made.append(part)
    else:
        return text
    start, end = made[-1]
    while end > start and width(text[start:end] + ELLIPSIS, size, bold=bold) > room * SPARE:
        end -= 1
    kept = text[start:end]
    word = kept.rfind(" ")
    if word > len(kept) / 2 and text[end : end + 1] not in ("", " ", "\n"):
        end = start + word
    return text[:end].rstrip(" ,;:.–\n") + ELLIPSIS
