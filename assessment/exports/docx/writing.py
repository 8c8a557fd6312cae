"""Words, lines, lists, links and bookmarks as paragraphs in styles."""

import re
from collections.abc import Collection, Iterable, Sequence

from assessment.document.blocks import Anchor, Bullets, Cell, Fact, Tone
from assessment.exports.docx.looks import NUMBERS, STEPS
from assessment.exports.docx.markup import TWIPS, Node, paragraph, run, tab, w
from assessment.exports.docx.sheet import FACT_NAME, LIGHT_STYLES, LINK
from assessment.exports.spelling import plain
from assessment.report import Light

LINES_AS_WRITTEN = 40
"""A text with more lines is set as running text: thousands of lines would fill pages with one word each."""
SIGNS: dict[Light, str] = {"red": "■", "amber": "▲", "green": "●", "not_assessed": "○"}
"""A light needs no colour to be told from the others."""
LONGEST_NAME = 30
"""Word allows forty characters in the name of a bookmark."""
TONES: dict[Tone, str] = {
    "plain": "Cell",
    "strong": "CellStrong",
    "muted": "CellMuted",
    "quote": "CellQuote",
}

_NO_NAME = re.compile("[^A-Za-z0-9]+")


def said(text: str) -> str:
    """Return foreign text as it is set."""
    whole = plain(text)
    return " ".join(whole.split()) if whole.count("\n") > LINES_AS_WRITTEN else whole


class Writer:
    """Makes paragraphs; a link is one only if its anchor exists. Counts what must have a number of its own."""

    def __init__(self, anchors: Iterable[Anchor], chapters: Collection[Anchor] = ()) -> None:
        self.names = {
            # By this name programs know what stands in the contents.
            anchor: f"_Toc{number:09}" if anchor in chapters else f"B{number}_{_named(anchor)}"
            for number, anchor in enumerate(dict.fromkeys(anchors), start=1)
        }
        self.lists: list[int] = []
        """The definition of each list with numbers."""
        self._marked: dict[Anchor, int] = {}

    def words(
        self,
        text: str,
        style: str,
        *,
        link: Anchor | None = None,
        light: Light | None = None,
        anchor: Anchor | None = None,
        right: bool = False,
    ) -> Node:
        """Return a text as one paragraph, with its light in front."""
        content = self.linked([run(said(text))], link, text)
        if light is not None:
            content = [*lamp(light), *content]
        return paragraph(f"{style}Right" if right else style, *self.marked(content, anchor))

    def linked(self, content: list[Node], link: Anchor | None, text: str = "") -> list[Node]:
        """Return the content as a link, if what it leads to is there."""
        if link is None or link not in self.names:
            return content
        made = w(
            "hyperlink", *([run(said(text), LINK)] if text else content), anchor=self.names[link], history=1
        )
        return [made]

    def marked(self, content: list[Node], anchor: Anchor | None) -> list[Node]:
        """Return the content in the bookmark of the anchor; the first that has the anchor is it."""
        if not anchor or anchor in self._marked:
            return content
        number = self._marked[anchor] = len(self._marked) + 1
        start = w("bookmarkStart", id=number, name=self.names[anchor])
        return [start, *content, w("bookmarkEnd", id=number)]

    def lines(self, lines: Cell, *, right: bool = False, plain_style: str = "Cell") -> list[Node]:
        """Return the lines under each other, each in its tone."""
        return [
            self.words(
                line.text,
                plain_style if line.tone == "plain" else TONES[line.tone],
                link=line.link,
                light=line.light,
                anchor=line.anchor,
                right=right,
            )
            for line in lines
        ]

    def bullets(self, block: Bullets) -> list[Node]:
        """Return a list, marked with dashes, numbers or lights."""
        style = "ListNumber" if block.numbered else "ListBullet"
        again = self._begun(NUMBERS) if block.numbered else {}
        made = []
        for item in block.items:
            words = self.linked([run(said(item.text))], item.link, item.text)
            if item.light is not None:
                made.append(paragraph("ListLight", *lamp(item.light, gap=False), tab(), *words))
            else:
                made.append(paragraph(style, *words, **again))
        return made

    def steps(self, steps: Sequence[str]) -> list[Node]:
        """Return the first steps of a measure, numbered from one."""
        again = self._begun(STEPS)
        return [paragraph("CardStep", run(said(step)), **again) for step in steps]

    def _begun(self, definition: int) -> dict[str, Node]:
        self.lists.append(definition)
        number = STEPS + len(self.lists)
        return {"numbering": w("numPr", w("ilvl", val=0), w("numId", val=number))}

    def fact(self, fact: Fact, style: str = "Fact") -> Node:
        """Return a fact: its name and beside it what it is."""
        value = self.linked([run(said(fact.value))], fact.link, fact.value)
        return paragraph(style, run(said(fact.name), FACT_NAME), tab(), *value)


def _named(anchor: Anchor) -> str:
    return _NO_NAME.sub("_", anchor)[:LONGEST_NAME]


def lamp(light: Light, *, gap: bool = True) -> list[Node]:
    """Return a light as a sign, with a space behind it."""
    return [run(SIGNS[light], LIGHT_STYLES[light]), *([run("\u00a0\u00a0")] if gap else [])]


def twips(points: float) -> int:
    """Return a length as WordprocessingML has it."""
    return round(points * TWIPS)
