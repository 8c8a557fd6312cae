"""Foreign text becomes text that can be set: what office files take, too, and no glyph that the typeface lacks."""

import re
from functools import cache
from unicodedata import combining, is_normalized

from assessment.exports.pdf.faces import drawable
from assessment.exports.spelling import LONGEST, plain

MISSING_GLYPH = "\u25a1"
SOFT_HYPHEN = "\u00ad"

_SET_ANYWAY = frozenset("\n" + SOFT_HYPHEN)


@cache
def _as_it_is() -> re.Pattern[str]:
    """Match texts that are clean as they are: of characters that every face draws, that are seen and join no other."""
    seen = {
        c
        for c in map(chr, drawable())
        if is_normalized("NFC", c) and not combining(c) and (plain(c) == c or c == " ")
    }
    return re.compile(f"[{''.join(map(re.escape, sorted(seen | _SET_ANYWAY)))}]*")


def clean(text: str) -> str:
    """Return plain text in which a box stands for what the typeface lacks."""
    if len(text) <= LONGEST and _as_it_is().fullmatch(text):
        return text.strip()
    whole = plain(text, longest=LONGEST)
    strange = _strange(whole)
    return whole.translate(dict.fromkeys(map(ord, strange), MISSING_GLYPH)) if strange else whole


def replaced(text: str) -> str:
    """Return the characters of a text that no face has and that are shown as a box, each as often as it stands there."""
    if not _strange(text):
        return ""
    seen = plain(text, longest=len(text))
    strange = _strange(seen)
    return "".join(c for c in seen if c in strange)


def _strange(text: str) -> set[str]:
    known = drawable()
    return {c for c in set(text) if ord(c) not in known} - _SET_ANYWAY


def one_line(text: str) -> str:
    """Return clean text without line breaks."""
    return " ".join(clean(text).split("\n"))


LINES_AS_WRITTEN = 40
"""A text with more lines is set as running text: thousands of lines would fill pages with one word each."""


def running(text: str) -> str:
    """Return clean text with the line breaks that its writer made, unless there are so many that they would fill pages."""
    whole = clean(text)
    return " ".join(whole.split()) if whole.count("\n") > LINES_AS_WRITTEN else whole
