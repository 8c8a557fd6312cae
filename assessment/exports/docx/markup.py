"""Elements of WordprocessingML, with their text as text: whatever it looks like, it is escaped when it is written.

Names carry their prefix as written in the file; the namespaces stand at the root.
"""

import re
from xml.etree.ElementTree import Element, tostring

Node = Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
TWIPS = 20
"""Twentieths of a point: lengths in WordprocessingML."""
EMU = 12_700
"""Lengths in DrawingML, a point."""
SOFT_HYPHEN = "\u00ad"
FIRM_HYPHEN = "\u2011"

_SIGNS = re.compile(f"([\n{SOFT_HYPHEN}{FIRM_HYPHEN}])")


def w(name: str, /, *children: Node | None, **attributes: object) -> Node:
    """Return an element of the main namespace; children that are none are left out."""
    made = Element(f"w:{name}", {f"w:{key}": str(value) for key, value in attributes.items()})
    made.extend(child for child in children if child is not None)
    return made


def other(name: str, /, *children: Node | None, **attributes: object) -> Node:
    """Return an element of another namespace, whose attributes have no prefix; `embed` has that of relationships."""
    made = Element(
        name, {"r:embed" if key == "embed" else key: str(value) for key, value in attributes.items()}
    )
    made.extend(child for child in children if child is not None)
    return made


def worded(name: str, words: str, /, **attributes: object) -> Node:
    """Return an element that holds words."""
    made = other(name, **attributes)
    made.text = words
    return made


def run(words: str, style: str = "", *, tag: str = "t") -> Node:
    """Return words in a character style; line breaks and hyphens of their own kind are what they mean in Word."""
    made = w("r", w("rPr", w("rStyle", val=style)) if style else None)
    for part in _SIGNS.split(words):
        match part:
            case "":
                continue
            case "\n":
                made.append(w("br"))
            case "\u00ad":
                made.append(w("softHyphen"))
            case "\u2011":
                made.append(w("noBreakHyphen"))
            case _:
                made.append(worded(f"w:{tag}", part, **{"xml:space": "preserve"}))
    return made


def tab() -> Node:
    """Return a jump to the next tab stop."""
    return w("r", w("tab"))


def field(code: str, *result: Node) -> list[Node]:
    """Return a field with what it shows until it is worked out anew.

    Args:
        code: made of names of ours alone, never of foreign text.
        result: runs, perhaps none.
    """
    return [*opened(code), *result, closed()]


def opened(code: str) -> list[Node]:
    """Return the beginning of a field, up to its result, which may go over several paragraphs."""
    said = w("r", worded("w:instrText", f" {code} ", **{"xml:space": "preserve"}))
    return [_mark("begin"), said, _mark("separate")]


def closed() -> Node:
    """Return the end of a field."""
    return _mark("end")


def _mark(kind: str) -> Node:
    return w("r", w("fldChar", fldCharType=kind))


def paragraph(style: str, *content: Node, **settings: Node) -> Node:
    """Return a paragraph in a style; `settings` are added to it in the order that the schema asks for."""
    return w("p", w("pPr", w("pStyle", val=style), *settings.values()), *content)


def style_of(node: Node) -> str:
    """Return the style of a paragraph or table; empty for anything else."""
    marks = ("w:pStyle", "w:tblStyle")
    return next((one.get("w:val", "") for part in node[:1] for one in part if one.tag in marks), "")


def written(root: Node, namespaces: dict[str, str] = NAMESPACES) -> bytes:
    """Return a part of the file."""
    for prefix, name in namespaces.items():
        root.set(f"xmlns:{prefix}", name)
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + tostring(root, encoding="unicode").encode()
