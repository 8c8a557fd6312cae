"""Text for the screen: user text is never markup."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&@^=])")


_LINK = re.compile(r"://|www\.|@", re.IGNORECASE)
"""Markdown makes links of bare addresses; a character without width after these prevents it."""


def plain(text: str) -> str:
    """Return text that Markdown shows as it is; line breaks stay."""
    unlinked = _LINK.sub(lambda found: found.group(0) + "\u2060", text)
    return _MARKUP.sub(r"\\\1", unlinked).replace("\n", "  \n")
