# mypy: disallow-subclassing-any=False
"""The logical structure of a tagged PDF: elements, which content belongs to them, and how the tree is written.

ISO 32000-1, 14.7 and 14.8. Written as bytes by hand: one object for each element, and nothing else costs so little.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfdoc

Ref = Callable[[str], str]
"""From an object's name to the reference to it."""


@dataclass(frozen=True, slots=True)
class Content:
    """A marked-content sequence on a page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link annotation on a page, by the name of its object."""

    page: int
    name: str


@dataclass(eq=False, slots=True)
class Element:
    """A structure element: a container of others, or a leaf with content."""

    tag: str
    parent: "Element | None" = None
    alt: str = ""
    attributes: str = ""
    """The inside of its attribute dictionary, in PDF syntax."""
    kids: "list[Element | Content | Annotation]" = field(default_factory=list)
    name: str = ""

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.kids.append(self)

    def adopt(self, kid: "Element") -> None:
        """Take an element made without a parent as the last kid; one that has a parent stays where it is."""
        if kid.parent is None:
            kid.parent = self
            self.kids.append(kid)


KEPT_WHEN_EMPTY = frozenset({"Document", "TD", "TH"})


def prune(element: Element) -> bool:
    """Drop elements without content, except cells, which hold a table's shape; say whether this one stays."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or prune(kid)]
    return bool(element.kids) or element.tag in KEPT_WHEN_EMPTY


class Written(pdfdoc.PDFObject):
    """An object whose bytes are given."""

    __RefOnly__ = 1

    def __init__(self, body: bytes = b"") -> None:
        self.body = body

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Return the bytes."""
        return self.body


AWAITED = b"null"
"""Bytes are an object, too: an instance for each of thousands of elements would only take memory."""


def write_tree(
    document: pdfdoc.PDFDocument, root: Element, *, parents: dict[int, "Element | list[Element]"]
) -> pdfdoc.PDFDictionary:
    """Write the tree into the document.

    Args:
        document: gets one object for each element.
        root: the Document element.
        parents: for each key of a page, the elements by marked-content number; for each key of a link, its element.

    Returns:
        The StructTreeRoot, to be hung into the catalogue.
    """
    prune(root)
    order = list(_numbered(root))
    for element in order:
        document.Reference(AWAITED, element.name)
    tree = pdfdoc.PDFDictionary({})
    document.Reference(tree, "StructTreeRoot")

    def ref(name: str) -> str:
        number, version = document.idToObjectNumberAndVersion[name]
        return f"{number} {version} R"

    for element in order:
        document.idToObject[element.name] = _body(element, ref).encode("latin-1")
    numbers = "\n".join(f"{key} {_parent(value, ref)}" for key, value in sorted(parents.items()))
    nums = document.Reference(Written(f"<</Nums [{numbers}]>>".encode("latin-1")), "ParentTree")
    tree.dict.update(
        {
            "Type": pdfdoc.PDFName("StructTreeRoot"),
            "K": pdfdoc.PDFObjectReference(root.name),
            "ParentTree": nums,
            "ParentTreeNextKey": max(parents, default=-1) + 1,
        }
    )
    return tree


def _numbered(root: Element) -> Iterable[Element]:
    waiting, count = [root], 0
    while waiting:
        element = waiting.pop()
        count += 1
        element.name = f"Structure{count}"
        yield element
        waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))


def _parent(value: "Element | list[Element]", ref: Ref) -> str:
    if isinstance(value, Element):
        return ref(value.name)
    return f"[{' '.join(ref(element.name) for element in value)}]"


def _body(element: Element, ref: Ref) -> str:
    kids = " ".join(_kid(kid, ref) for kid in element.kids)
    above = ref(element.parent.name) if element.parent else ref("StructTreeRoot")
    said = [f"/Type/StructElem/S/{element.tag}/P {above}"]
    if kids:
        said.append(f"/K [{kids}]")
    if element.alt:
        said.append(f"/Alt {text(element.alt)}")
    if element.attributes:
        said.append(f"/A <<{element.attributes}>>")
    return f"<<{''.join(said)}>>"


def _kid(kid: "Element | Content | Annotation", ref: Ref) -> str:
    match kid:
        case Element():
            return ref(kid.name)
        case Content():
            return f"<</Type/MCR/MCID {kid.number}/Pg {ref(f'Page{kid.page}')}>>"
        case Annotation():
            return f"<</Type/OBJR/Obj {ref(kid.name)}/Pg {ref(f'Page{kid.page}')}>>"


def text(words: str) -> str:
    """Return words as a PDF text string, in UTF-16."""
    written = f"\ufeff{words}".encode("utf-16-be")
    return f"<{written.hex()}>"
