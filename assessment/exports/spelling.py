"""Foreign text becomes text that office programs can take: no control characters, nothing that XML refuses, no endless text."""

import re
from unicodedata import normalize

LONGEST = 6000
"""Characters of one text; the rest is cut and the cut is shown."""
CUT = " […]"

_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # direction marks, joiners, zero width
    "\ufe00-\ufe0f\U000e0000-\U000e0fff"  # variation selectors, tags
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use
    "\ufdd0-\ufdef\ufffe\uffff]"  # no characters at all, and XML refuses some of them
)
_LAST_OF_A_PLANE = re.compile(
    "[" + "".join(chr(plane << 16 | last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF)) + "]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def plain(text: str, *, longest: int = LONGEST) -> str:
    """Return the text in one normal form, with line breaks of one kind, without what cannot be seen, cut if it is longer."""
    whole = _UNSEEN.sub("", _BREAKS.sub("\n", _SURROGATES.sub("\ufffd", text)))
    whole = normalize("NFC", _LAST_OF_A_PLANE.sub("", whole)).replace("\t", " ").strip()
    if len(whole) <= longest:
        return whole
    kept = whole[: max(0, longest - len(CUT))]
    return (kept.rsplit(" ", 1)[0] if " " in kept[-200:] else kept).rstrip() + CUT[:longest]


def one_line(text: str, *, longest: int = LONGEST) -> str:
    """Return plain text in one line."""
    return plain(" ".join(plain(text, longest=max(longest, LONGEST)).split()), longest=longest)
