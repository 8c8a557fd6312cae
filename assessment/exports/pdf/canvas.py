# mypy: disallow-subclassing-any=False
"""A canvas that records what each drawn thing is: real content in the structure tree, everything else an artifact.

Only leaves (a paragraph, a drawing) open marked content; containers exist in the tree alone. Whatever is drawn outside
a leaf becomes an artifact when its page is finished, so that no rule or background can be forgotten.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.rl_accel import fp_str
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfmetrics import getFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

from assessment.exports.pdf.embedding import Attachment, embed
from assessment.exports.pdf.metadata import conform, output_intents, xmp
from assessment.exports.pdf.structure import Annotation, Content, Element, Written, write_tree

GLUED = " -\u2010\u2011/"
"""A line that ends so needs no space after it."""
PRINTED = 4
"""Annotation flag: shown on paper, too (PDF/A asks for it)."""


class _Begin(str):
    """Code that opens marked content."""


class _End(str):
    """Code that closes it."""


class _Link(pdfdoc.LinkAnnotation):
    permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent", "F")


class _Codes(dict[int, int]):
    """From a character to its code in a face's subset for a document; a new character is given the next code."""

    def __init__(self, face: str, document: pdfdoc.PDFDocument) -> None:
        super().__init__()
        self.font, self.document = getFont(face), document

    def __missing__(self, character: int) -> int:
        ((subset, code),) = self.font.splitString(chr(character), self.document)
        made: int = subset << 8 | code[0]
        self[character] = made
        return made

    def coded(self, line: str) -> list[tuple[int, bytes]]:
        """Return a line in pieces, each with the number of its subset."""
        try:
            return [(0, line.translate(self).encode("latin-1"))]
        except UnicodeEncodeError:  # a character beyond the first subset
            pieces: list[tuple[int, bytes]] = self.font.splitString(line, self.document)
            return pieces

    def named(self, subset: int) -> str:
        """Return the name of a subset's font."""
        return str(self.font.getSubsetInternalName(subset, self.document))


class TaggedCanvas(Canvas):
    """Draws and keeps the structure tree, page marks for the contents, and numbers that are known only at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["pdfVersion"] = (1, 7)
        conform()
        super().__init__(*args, **kwargs)
        self.root = Element("Document")
        self.open = [self.root]
        self.section = ""
        """The chapter, for the top of the page."""
        self.pages: dict[str, int] = {}
        """Page of each anchor."""
        self._inside = False
        self._mute = 0
        self._contents: list[Element] = []
        self._parents: dict[int, Element | list[Element]] = {}
        self._awaited: dict[str, tuple[str, float, Color]] = {}
        self._shared: dict[object, Element] = {}
        self._codes: dict[str, _Codes] = {}
        self.files: Sequence[Attachment] = ()
        """What travels inside the document."""
        self.setViewerPreference("DisplayDocTitle", "true")

    # -- structure

    @property
    def tagging(self) -> bool:
        """Whether a leaf may be opened here: not within another, nor within an artifact."""
        return not self._inside and not self._mute

    def element(self, tag: str, *, alt: str = "", attributes: str = "") -> Element:
        """Return a new element in the container that is open."""
        return Element(tag, self.open[-1], alt, attributes)

    def shared(self, key: object, tag: str) -> Element:
        """Return one element for all pieces that a flowable was split into."""
        if key not in self._shared:
            self._shared[key] = self.element(tag)
        return self._shared[key]

    @contextmanager
    def within(self, element: Element) -> Iterator[Element]:
        """Put what is made inside into this container."""
        self.open.append(element)
        try:
            yield element
        finally:
            self.open.pop()

    @contextmanager
    def content_of(self, element: Element) -> Iterator[None]:
        """Mark what is drawn inside as this element's content."""
        if not self.tagging:
            yield
            return
        self._code.append(_Begin(f"/{element.tag} <</MCID {len(self._contents)}>> BDC"))
        element.kids.append(Content(self._pageNumber, len(self._contents)))
        self._contents.append(element)
        self._inside = True
        try:
            yield
        finally:
            self._inside = False
            self._code.append(_End("EMC"))

    def mute(self) -> None:
        """From here on nothing is content, as in a header row that is repeated."""
        self._mute += 1

    def unmute(self) -> None:
        """Take back one `mute`."""
        self._mute -= 1

    def set_lines(
        self, lines: Sequence[str], style: ParagraphStyle, *, place: tuple[float, float], width: float
    ) -> None:
        """Draw lines of words under each other: the same operators as a text object makes, in a fraction of its time.

        Each line ends in a space, so that extraction and screen readers do not glue words together.

        Args:
            lines: in the style's face, size, leading, colour and alignment.
            style: left or right aligned.
            place: where the first line's baseline begins.
            width: of the lines.
        """
        face, size, leading, colour = style.fontName, style.fontSize, style.leading, style.textColor
        codes = self._codes.get(face)
        if codes is None:
            codes = self._codes[face] = _Codes(face, self._doc)
        x, y = place
        said = [f"BT 1 0 0 1 {fp_str(x, y)} Tm", f"{fp_str(colour.red, colour.green, colour.blue)} rg"]
        current = -1
        for number, line in enumerate(lines):
            if style.alignment == TA_RIGHT:
                left = x + width - stringWidth(line, face, size)
                said.append(f"1 0 0 1 {fp_str(left, y - number * leading)} Tm")
            whole = line if not line or line[-1] in GLUED else line + " "
            for subset, piece in codes.coded(whole):
                if subset != current:
                    said.append(f"{codes.named(subset)} {fp_str(size)} Tf {fp_str(leading)} TL")
                    current = subset
                said.append(f"({self._escape(piece)}) Tj")
            said.append("T*")
        said.append("ET")
        self._code.append(" ".join(said))

    def link(
        self, element: Element, anchor: str, *, words: str, box: tuple[float, float, float, float]
    ) -> None:
        """Make a box of the current coordinates lead to an anchor, as part of a Link element."""
        key = len(self._parents)
        self._parents[key] = element
        annotation = _Link(
            Rect=self._absRect(box, 1),
            Contents=words,
            Destination=self._bookmarkReference(anchor),
            Border="[0 0 0]",
            StructParent=key,
            F=PRINTED,
        )
        self._addAnnotation(annotation)
        element.kids.append(Annotation(self._pageNumber, self._annotationrefs[-1].name))

    # -- numbers that are known at the end

    def later(self, key: str, point: tuple[float, float], *, font: str, size: float, colour: Color) -> None:
        """Draw, right-aligned at a point, a number that is known when the document is complete."""
        form = f"later-{key}"
        self._awaited[form] = (font, size, colour)
        self.saveState()
        self.translate(*point)
        self.doForm(form)
        self.restoreState()

    def _define_later(self) -> None:
        known = {f"later-{key}": str(page) for key, page in self.pages.items()}
        known["later-total"] = str(self._pageNumber - 1)
        for form, (font, size, colour) in self._awaited.items():
            words = known.get(form, "")
            self.beginForm(form, -60, -10, 60, size + 4)
            self.setFont(font, size)
            self.setFillColor(colour)
            self.drawString(-stringWidth(words, font, size), 0, words)
            self.endForm()

    # -- page and document end

    def showPage(self) -> None:  # noqa: N802
        """Finish the page: what is not content becomes an artifact."""
        self._code: list[str] = _with_artifacts(self._code)
        key = len(self._parents)
        self._parents[key] = self._contents
        self._contents = []
        name = f"Page{self._doc.pageCounter}"
        super().showPage()
        page = self._doc.idToObject[name]
        # On this page only, not on the class: two more keys that reportlab does not know.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = key
        page.Tabs = pdfdoc.PDFName("S")
        # Compressed now, not at the end, when the code of all pages would be in memory at once.
        stream = pdfdoc.PDFStream(content=page.stream)
        stream.filters = [pdfdoc.PDFZCompress]
        page.Contents, page.stream = Written(stream.format(self._doc)), None

    def save(self) -> None:
        """Write the numbers that had to wait, the tree and the metadata."""
        if self._code:
            self.showPage()
        self._define_later()
        document = self._doc
        catalogue = document.Catalog
        catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
        catalogue.StructTreeRoot = write_tree(document, self.root, parents=self._parents)
        catalogue.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalogue.Metadata = pdfdoc.XMP(creator=xmp)
        catalogue.OutputIntents = output_intents(document)
        embed(document, self.files)
        with SUBSETTING:
            super().save()


SUBSETTING = Lock()
"""The typefaces are shared, and each remembers where it was last read: one document at a time takes its letters."""
STATE = ("cm", "w", "rg", "RG", "g", "G", "gs", "J", "j", "d", "M", "i", "ri", "Tf", "TL")
"""Operators that set state and paint nothing."""


def _with_artifacts(code: list[str]) -> list[str]:
    """Return the page's code with everything that paints outside marked content wrapped as an artifact."""
    made: list[str] = []
    loose: list[str] = []
    inside = False

    def close() -> None:
        if any(_paints(line) for line in loose):
            made.extend(("/Artifact BMC", *loose, "EMC"))
        else:
            made.extend(loose)
        loose.clear()

    for line in code:
        if isinstance(line, _Begin):
            close()
            inside = True
            made.append(line)
        elif isinstance(line, _End):
            inside = False
            made.append(line)
        elif inside:
            made.append(line)
        else:
            loose.append(line)
    close()
    return made


def _paints(line: str) -> bool:
    words = line.split()
    if not words or words[-1] in ("q", "Q", "n", *STATE):
        return False
    if words[0] == "BT":
        return any(word.endswith(("Tj", "TJ", "'")) for word in words)
    return True
