"""On which page things will stand: reckoned, because the contents name pages and only Word lays them out.

Word and LibreOffice replace the reckoned pages by their own as soon as the contents are brought up to date.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.exports.docx.looks import FRAMES, LINE, TEXT_HEIGHT, TEXT_WIDTH, Look
from assessment.exports.docx.markup import EMU, TWIPS, Node, style_of
from assessment.exports.pdf.faces import REGULAR, SEMIBOLD

NARROWER = 0.98
"""Words in the document's typeface against those in that of the PDF, whose measures are at hand."""
BEGUN = 24.0
"""So much of a row must fit that may go on on the next page."""
_FRAMES = {name.title().replace(" ", ""): room for name, room in FRAMES.items()}


class Pages:
    """Lays nodes out on pages one after the other."""

    def __init__(self, styles: dict[str, Look]) -> None:
        self.styles = styles
        self.of: dict[str, int] = {}
        """The page of each bookmark."""
        self.page, self._y = 1, 0.0

    def lay(self, nodes: Sequence[Node]) -> None:
        """Put the nodes on the pages from where the last ones ended."""
        flat = list(_flat(nodes))
        for number, node in enumerate(flat):
            if node.tag == "w:tbl":
                self._table(node)
                continue
            look = self.styles[style_of(node)]
            tall = self._tall(node, TEXT_WIDTH)
            new = look.new_page or any(part.tag == "w:pageBreakBefore" for part in node[0])
            if (new and self._y) or self._y + tall + self._kept(flat[number + 1 :], node) > TEXT_HEIGHT:
                self.turn()
            for name in _bookmarks(node):
                self.of[name] = self.page
            self._flow(tall)

    def turn(self) -> None:
        """Go on on a new page."""
        self.page, self._y = self.page + 1, 0.0

    def tall(self, nodes: Sequence[Node]) -> float:
        """Return the height of the nodes under each other, on a page without end."""
        return sum(self._tall(node, TEXT_WIDTH) for node in nodes)

    def _flow(self, tall: float) -> None:
        self._y += tall
        while self._y > TEXT_HEIGHT:
            self.page, self._y = self.page + 1, self._y - TEXT_HEIGHT

    def _kept(self, following: Sequence[Node], node: Node) -> float:
        """Return the height that must fit below a paragraph which stays with the next."""
        needed = 0.0
        for one in following:
            if not self._stays(node):
                break
            if one.tag == "w:tbl":
                rows = [row for row in one if row.tag == "w:tr"][:2]
                return needed + sum(
                    self._row(row, style_of(one)) if "w:cantSplit" in _settings(row) else BEGUN
                    for row in rows
                )
            needed += self._tall(one, TEXT_WIDTH)
            node = one
        return needed

    def _stays(self, node: Node) -> bool:
        return self.styles[style_of(node)].with_next or any(part.tag == "w:keepNext" for part in node[0])

    def _table(self, table: Node) -> None:
        style = style_of(table)
        head = 0.0
        for row in table:
            if row.tag != "w:tr":
                continue
            tall = self._row(row, style)
            settings = _settings(row)
            if self._y + tall > TEXT_HEIGHT and "w:cantSplit" in settings and self._y:
                self.turn()
                self._y += head
            for name in _bookmarks(row):
                self.of[name] = self.page
            self._flow(tall)
            head = tall if "w:tblHeader" in settings else head

    def _row(self, row: Node, style: str) -> float:
        top, left, bottom, right = _FRAMES[style]
        least = max(
            (int(one.get("w:val", "0")) for part in row for one in part if one.tag == "w:trHeight"), default=0
        )
        tallest = least / TWIPS
        for box in row:
            if box.tag == "w:tc":
                wide = int(box[0][0].get("w:w", "0")) / TWIPS - left - right
                tallest = max(tallest, top + bottom + sum(self._tall(one, wide) for one in box[1:]))
        return tallest

    def _tall(self, node: Node, width: float) -> float:
        if node.tag == "w:tbl":
            return sum(self._row(row, style_of(node)) for row in node if row.tag == "w:tr")
        if node.tag != "w:p":
            return 0.0
        look = self.styles[style_of(node)]
        pictures = [int(one.get("cy", "0")) / EMU for one in node.iter("wp:extent")]
        ruled = look.rule.space + look.rule.width if look.rule else 0.0
        if pictures:
            return look.before + max(pictures) + look.after
        lines = _lines(_words(node), look, width - look.left - look.right)
        return look.before + ruled + lines * look.size * LINE * look.line + look.after


def _flat(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.tag == "w:sdt":
            yield from _flat(list(node[-1]))
        else:
            yield node


def _settings(row: Node) -> set[str]:
    return {setting.tag for part in row if part.tag == "w:trPr" for setting in part}


def _bookmarks(node: Node) -> Iterator[str]:
    return (mark.get("w:name", "") for mark in node.iter("w:bookmarkStart"))


def _words(node: Node) -> str:
    """Return the words of a paragraph; those before a tab stand beside the others."""
    made = ""
    for one in node.iter():
        match one.tag:
            case "w:t":
                made += one.text or ""
            case "w:br":
                made += "\n"
            case "w:tab" if "w:pos" not in one.attrib:
                made = made if style_of(node) == "Toc1" else ""
            case _:
                pass
    return made


def _lines(words: str, look: Look, width: float) -> int:
    face = SEMIBOLD if look.bold else REGULAR
    space, count = _wide(" ", face) * look.size, 0
    for line in (words.upper() if look.caps else words).split("\n"):
        count, used = count + 1, 0.0
        for word in line.split(" "):
            wide = _wide(word, face) * look.size
            if used and used + wide > width:
                count, used = count + 1, 0.0
            if wide > width:
                count += int(wide / max(1.0, width))
            used += wide + space
    return count


@lru_cache(maxsize=20_000)
def _wide(word: str, face: str) -> float:
    return float(stringWidth(word, face, 1)) * NARROWER
