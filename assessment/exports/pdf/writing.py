"""Words, lines, facts and lists as flowables."""

from reportlab.platypus import Flowable

from assessment.document.blocks import Anchor, Bullets, Cell, Fact, Tone
from assessment.exports.pdf.beside import Beside
from assessment.exports.pdf.flowables import Bookmark, Dash, Lamp, Words
from assessment.exports.pdf.spelling import one_line, running
from assessment.exports.pdf.styles import Name, style
from assessment.exports.pdf.tables import ListTags, grid
from assessment.theme import Palette

Stack = list[Flowable]

LAMP = 15.0
BULLET = 14.0
FACT_NAME = 60.0


class Writer:
    """Sets text; a link is one only if its anchor exists."""

    def __init__(self, anchors: frozenset[Anchor], palette: Palette) -> None:
        self.anchors = anchors
        self.palette = palette

    def words(
        self, text: str, name: Name, *, right: bool = False, tag: str = "", link: str | None = None
    ) -> list[Words]:
        """Return a text as paragraphs; `tag` is the structure type if it is not the style's own."""
        anchor = link if link in self.anchors else None
        made = style(name, right=right, tag=tag, brand=self.palette.brand)
        said = one_line(text)[:200] if anchor else ""
        return [Words(running(text), made, anchor=anchor or "", said=said)]

    def lines(self, lines: Cell, width: float, *, right: bool = False, plain: Name = "cell") -> Stack:
        """Return the lines under each other, each in its tone, with its light in front."""
        names: dict[Tone, Name] = {"plain": plain, "strong": "strong", "muted": "muted", "quote": "quote"}
        made: Stack = []
        for line in lines:
            words = self.words(line.text, names[line.tone], right=right, link=line.link)
            if line.anchor:
                made.append(Bookmark(line.anchor))
            made += (
                words if line.light is None else [Beside([[Lamp(line.light)], words], [LAMP, width - LAMP])]
            )
        return made

    def bullets(self, block: Bullets, width: float, *, name: Name = "small") -> Flowable:
        """Return a list, marked with dashes, numbers or lights."""
        rows = []
        for number, item in enumerate(block.items, start=1):
            mark: Flowable | list[Words] = Dash(self.palette.brand)
            if item.light is not None:
                mark = Lamp(item.light)
            elif block.numbered:
                mark = self.words(str(number), "strong", tag="P")
            bare = item.model_copy(update={"light": None})
            rows.append([mark, self.lines((bare,), width - BULLET, plain=name)])
        return grid(
            rows,
            [BULLET, width - BULLET],
            [("BOTTOMPADDING", (0, 0), (-1, -1), 3.5 if name == "small" else 2)],
            tags=ListTags(numbered=block.numbered),
        )

    def named(self, fact: Fact, width: float) -> Stack:
        """Return a fact: its name and beside it what it is."""
        return [
            Beside(
                [self.words(fact.name, "muted"), self.words(fact.value, "fact", link=fact.link)],
                [FACT_NAME, width - FACT_NAME],
                below=1,
            )
        ]
