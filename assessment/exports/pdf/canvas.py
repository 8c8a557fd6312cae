# mypy: disallow-subclassing-any=False
"""A canvas that records what each drawn thing is: real content in the structure tree, everything else an artifact.

Only leaves (a paragraph, a drawing) open marked content; containers exist in the tree alone. Whatever is drawn outside
a leaf becomes an artifact when its page is finished, so that no rule or background can be forgotten.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from assessment.exports.pdf.embedding import Attachment, embed
from assessment.exports.pdf.metadata import conform, output_intents, xmp
from assessment.exports.pdf.structure import Annotation, Content, Element, write_tree

PRINTED = 4
"""Annotation flag: shown on paper, too (PDF/A asks for it)."""


class _Begin(str):
    """Code that opens marked content."""


class _End(str):
    """Code that closes it."""


class _Link(pdfdoc.LinkAnnotation):
    permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent", "F")


class _Text(PDFTextObject):
    """Text whose lines end in a space, so that extraction and screen readers do not glue words together."""

    def line(self, text: str) -> None:
        """Put a line of words and go to the next."""
        if text and text[-1] not in " -\u2010\u2011/":
            text += " "
        self._textOut(text, 1)


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

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> PDFTextObject:  # noqa: N802
        """Return a text object."""
        return _Text(self, x, y, direction=direction)

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
        super().save()


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
