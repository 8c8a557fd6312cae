"""Foreign text as other programs can take it: no control characters, no direction marks that turn their own text around."""

import re

_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff"  # direction marks, zero width
    "\ufffe\uffff]"  # no characters at all, and XML refuses them
)
_SURROGATES = re.compile("[\ud800-\udfff]")
CUT = "…"


def plain(text: str) -> str:
    """Return the text with line breaks of one kind and without what cannot be seen."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", _SURROGATES.sub("\ufffd", text))).replace("\t", " ").strip()


def one_line(text: str, *, longest: int | None = None) -> str:
    """Return the plain text in one line; a longer one is cut, and the cut is shown."""
    line = " ".join(plain(text).split())
    return line if longest is None or len(line) <= longest else line[: longest - len(CUT)].rstrip() + CUT
