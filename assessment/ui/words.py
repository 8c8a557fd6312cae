"""Text for the screen: user text is never markup."""

import re

from assessment.charts import is_code

_MARKUP = re.compile(r"([\\`*_{}\[\]|<>$:~&^])")
"""Signs that mean something wherever they stand."""
_FIRST = re.compile(r"^([^\S\n]*\d*)([-+#=.)])", re.MULTILINE)
"""Signs that make a list or a heading of a line that begins with them; elsewhere they are left, and read aloud as they are.

It stays in its line: one that looks on from each empty line to the next text takes minutes for a page of them."""
_LINK = re.compile(r"://|www\.|@", re.IGNORECASE)
"""Markdown makes links of bare addresses; a character without width after these prevents it."""


def code(identifier: str) -> str:
    """Return an id in brackets if it is a code that people know, like W1-Q2; else nothing."""
    return f" ({identifier.upper()})" if is_code(identifier) else ""


def plain(text: str) -> str:
    """Return text that Markdown shows as it is; line breaks stay."""
    unlinked = _LINK.sub(lambda found: found.group(0) + "\u2060", text)
    return _FIRST.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", unlinked)).replace("\n", "  \n")
