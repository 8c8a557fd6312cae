"""Foreign text becomes text that can be set: no markup, no control characters, no glyph that the typeface lacks."""

import re
from unicodedata import normalize
from xml.sax.saxutils import escape

from assessment.exports.pdf.faces import drawable

LONGEST = 6000
"""Characters of one text; the rest is cut and the cut is shown."""
CUT = " […]"
MISSING_GLYPH = "\u25a1"
SOFT_HYPHEN = "\u00ad"
WORDS_PER_PARAGRAPH = 300
"""Splitting a paragraph over pages takes time with the square of its words; longer texts become several paragraphs."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # direction marks, joiners, zero width
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors, tags
    "\ue000-\uf8ff\U000f0000-\U0010ffff]"  # private use
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085]")


def clean(text: str) -> str:
    """Return the text in one normal form, without what cannot be seen or drawn, cut at the longest length."""
    whole = _UNSEEN.sub("", _BREAKS.sub("\n", _SURROGATES.sub("\ufffd", text)))
    whole = normalize("NFC", whole).replace("\t", " ")
    if len(whole) > LONGEST:
        kept = whole[: LONGEST - len(CUT)]
        whole = (kept.rsplit(" ", 1)[0] if " " in kept[-200:] else kept) + CUT
    known = drawable()
    return "".join(c if c in "\n" + SOFT_HYPHEN or ord(c) in known else MISSING_GLYPH for c in whole)


def one_line(text: str) -> str:
    """Return clean text without line breaks."""
    return " ".join(clean(text).split("\n"))


LINES_AS_WRITTEN = 40
"""A text with more lines is set as running text: thousands of lines would fill pages with one word each."""


def paragraphs(text: str) -> list[str]:
    """Return the text escaped for reportlab, cut where it is too long for one paragraph."""
    whole = clean(text)
    if whole.count("\n") > LINES_AS_WRITTEN:
        whole = " ".join(whole.split())
    words = whole.split(" ")
    cut = (" ".join(words[i : i + WORDS_PER_PARAGRAPH]) for i in range(0, len(words), WORDS_PER_PARAGRAPH))
    return [escape(part).replace("\n", "<br/>") for part in cut]
