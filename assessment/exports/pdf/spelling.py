"""Foreign text becomes text that can be set: no markup, no control characters, no glyph that the typeface lacks."""

import re
from unicodedata import normalize

from assessment.exports.pdf.faces import drawable

LONGEST = 6000
"""Characters of one text; the rest is cut and the cut is shown."""
CUT = " […]"
MISSING_GLYPH = "\u25a1"
SOFT_HYPHEN = "\u00ad"

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # direction marks, joiners, zero width
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors, tags
    "\ue000-\uf8ff\U000f0000-\U0010ffff]"  # private use
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SET_ANYWAY = frozenset("\n\r\t" + SOFT_HYPHEN)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\u0085]")


def clean(text: str) -> str:
    """Return the text in one normal form, without what cannot be seen or drawn, cut at the longest length."""
    whole = _UNSEEN.sub("", _BREAKS.sub("\n", _SURROGATES.sub("\ufffd", text)))
    whole = normalize("NFC", whole).replace("\t", " ")
    if len(whole) > LONGEST:
        kept = whole[: LONGEST - len(CUT)]
        whole = (kept.rsplit(" ", 1)[0] if " " in kept[-200:] else kept) + CUT
    strange = {c for c in set(whole) if ord(c) not in drawable()} - _SET_ANYWAY
    return whole.translate(dict.fromkeys(map(ord, strange), MISSING_GLYPH)) if strange else whole


def replaced(text: str) -> str:
    """Return the characters of a text that no face has and that are shown as a box, each as often as it stands there."""
    strange = {c for c in set(text) if ord(c) not in drawable()} - _SET_ANYWAY
    if not strange:
        return ""
    seen = _UNSEEN.sub("", _SURROGATES.sub("\ufffd", normalize("NFC", text)))
    return "".join(c for c in seen if c in strange)


def one_line(text: str) -> str:
    """Return clean text without line breaks."""
    return " ".join(clean(text).split("\n"))


LINES_AS_WRITTEN = 40
"""A text with more lines is set as running text: thousands of lines would fill pages with one word each."""


def running(text: str) -> str:
    """Return clean text with the line breaks that its writer made, unless there are so many that they would fill pages."""
    whole = clean(text)
    return " ".join(whole.split()) if whole.count("\n") > LINES_AS_WRITTEN else whole
