"""Characters that a workbook's XML cannot hold are written as Excel writes them: `_x000D_`."""

import re

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("x(?=[0-9A-Fa-f]{4})")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """Return the text as a cell holds it.

    An `x` that could be read as the beginning of an escape is itself escaped; not the line before it, as Excel would do,
    because openpyxl removes that form when it reads.
    """
    safe = _LIKE_AN_ESCAPE.sub("_x0078_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", safe)


def plain(text: str) -> str:
    """Return a cell's text as people mean it."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
