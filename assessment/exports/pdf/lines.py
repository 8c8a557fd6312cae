"""Plain text broken into lines: one face, one size, no markup, and therefore many times faster than a general paragraph."""

from collections.abc import Iterator

from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.exports.pdf.lettering import beginning

SOFT_HYPHEN = "\u00ad"
LONG_WORD = 40
KNOWN_AT_MOST = 20_000
"""The widths of so many words of at most so many characters are remembered; then it begins anew."""


class Measure:
    """Widths of words in one face and size, in points."""

    def __init__(self, face: str, size: float) -> None:
        self.face, self.size = face, size
        self.space = stringWidth(" ", face, size)
        self._known: dict[str, float] = {}

    def of(self, word: str) -> float:
        """Return how wide a word is."""
        wide = self._known.get(word)
        if wide is None:
            wide = stringWidth(word.replace(SOFT_HYPHEN, ""), self.face, self.size)
            if len(word) <= LONG_WORD:
                if len(self._known) >= KNOWN_AT_MOST:
                    self._known.clear()
                self._known[word] = wide
        return wide


_measures: dict[tuple[str, float], Measure] = {}


def measure(face: str, size: float) -> Measure:
    """Return the measure of a registered typeface at a size."""
    found = _measures.get((face, size))
    return found or _measures.setdefault((face, size), Measure(face, size))


def broken(text: str, face: str, size: float, width: float) -> tuple[str, ...]:
    """Return the text in lines no wider than `width`; a line break stays one, a word that is too long is hyphenated.

    Args:
        text: clean text; a space is a place to break, a no-break space is none, a soft hyphen is one that shows only there.
        face: the name of a registered typeface.
        size, width: in points.
    """
    widths = measure(face, size)
    return tuple(line for part in text.split("\n") for line in _broken(part, widths, width))


def _broken(text: str, widths: Measure, width: float) -> Iterator[str]:
    line: list[str] = []
    room = width
    for each in text.split(" "):
        if not each:
            continue
        word, wide = each, widths.of(each)
        if line and wide + widths.space > room:
            if SOFT_HYPHEN in word:
                head, word = _hyphenated(word, widths, room - widths.space)
                line += [head] if head else []
                wide = widths.of(word)
            yield _shown(line)
            line, room = [], width
        while wide > width and len(word) > 1:
            head, word = _hyphenated(word, widths, width)
            if not head:
                head = beginning(word.replace(SOFT_HYPHEN, ""), widths.face, widths.size, width)
                word = word.replace(SOFT_HYPHEN, "")[len(head) :]
                head += "-"
            yield head
            wide = widths.of(word)
        room -= wide + (widths.space if line else 0)
        line.append(word)
    yield _shown(line)


def _hyphenated(word: str, widths: Measure, room: float) -> tuple[str, str]:
    """Return the beginning that fits up to one of the word's own places to break, and the rest; no beginning if none fits."""
    best = ("", word)
    for place, sign in enumerate(word[:-1]):
        if sign == SOFT_HYPHEN:
            head = word[:place].replace(SOFT_HYPHEN, "") + "-"
        elif sign in "-/" and place > 1:
            head = word[: place + 1].replace(SOFT_HYPHEN, "")
        else:
            continue
        if widths.of(head) > room:
            break
        best = (head, word[place + 1 :])
    return best


def _shown(line: list[str]) -> str:
    return " ".join(line).replace(SOFT_HYPHEN, "")
