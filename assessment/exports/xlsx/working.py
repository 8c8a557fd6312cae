"""A section's rows on the sheet that calculates, and what every way of making an index puts there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add

from assessment.document.telling import Teller
from assessment.exports.xlsx.answers import Leaf as Answered
from assessment.exports.xlsx.book import Look, Sheet
from assessment.exports.xlsx.formulas import Formula, Operand, is_number, made, number_of, products, when
from assessment.exports.xlsx.lists import Rules
from assessment.exports.xlsx.places import FIRST_WAY, LABEL, WEIGHT, Block, Key
from assessment.scoring.scheme import Branch, Scheme


@dataclass
class Working:
    """One section's block. Those of the sections below must be written before it."""

    tell: Teller
    sheet: Sheet
    rules: Rules
    scheme: Scheme
    blocks: dict[str, Block]
    answers: dict[str, Answered]
    forces: list[tuple[Formula, ...]]
    """Which conditions apply, in the six ways."""
    branch: Branch
    block: Block = field(init=False)

    def __post_init__(self) -> None:
        self.block = self.blocks[self.branch.of]

    def here(self, key: Key, way: int = 0) -> Formula:
        """Return a figure of this section."""
        return self.sheet.cell(self.block.rows[key], FIRST_WAY + way)

    def there(self, part: Branch, key: Key, way: int = 0) -> Formula:
        """Return a figure of a section below, written before."""
        return self.sheet.cell(self.blocks[part.of].rows[key], FIRST_WAY + way)

    def put(self, key: Key, way: int, content: Operand, look: Look = "share") -> Formula:
        """Write a figure of this section."""
        return self.sheet.put(self.block.rows[key], FIRST_WAY + way, made(content), look)

    def label(self, key: Key, text: str, look: Look = "muted") -> None:
        """Name a row."""
        row = self.block.rows[key]
        self.sheet.put(row, LABEL, text, look)
        if not self.sheet.has(row, WEIGHT):
            self.sheet.put(row, WEIGHT, None, look)

    def span(self, name: str, column: int, *, leaves_only: bool = False) -> Formula:
        """Return a column of the parts, or of the questions among them."""
        start = len(self.block.sections) if leaves_only else 0
        return self.sheet.span(*self.block.span(name, self.block.parts, start), column)

    def stage_span(self, column: int) -> Formula:
        """Return a column of all questions below."""
        number = len(self.block.below) or self.block.parts
        return self.sheet.span(*self.block.span("below" if self.block.below else "part", number), column)

    def threshold(self, number: int) -> Formula:
        """Return the worth from which a level counts, the tolerance taken off."""
        return self.rules.positions[number] - self.rules.tolerance

    def index(self, way: int, position: Operand) -> None:
        """Write position and index of what is not a sum."""
        c, b = self.tell.c, self.branch
        there = self.put("position", way, position)
        self.label("position", c.t("Position"))
        self.put("index", way, when(is_number(there), made(b.low) + there * b.width, ""), "index")
        self.label("index", c.t("Index"), "strong")

    def weighed(self, way: int) -> Formula:
        """Write the weight that counts."""
        counted: Operand = 0
        if self.block.parts:
            counted = products(self.span("part", WEIGHT) * is_number(self.span("part", FIRST_WAY + way)))
        self.label("weight", self.tell.c.t("Weight that counts"))
        return self.put("weight", way, counted)

    def shares_by_weight(self, way: int, weight: Formula) -> None:
        """Write the share of weight at each level or higher."""
        for number in range(1, len(self.scheme.thresholds)):
            terms = []
            if self.block.leaves:
                column = self.span("part", FIRST_WAY + way, leaves_only=True)
                weights = self.span("part", WEIGHT, leaves_only=True)
                terms.append(products(weights * is_number(column) * (column >= self.threshold(number))))
            for place, part in enumerate(self.block.sections):
                own = self.sheet.cell(self.block.rows["part", place], WEIGHT)
                terms.append(own * number_of(self.there(part, ("share", number), way)))
            self.share(number, way, when(weight > 0, added(terms) / weight, ""))

    def share(self, number: int, way: int, content: Operand) -> None:
        """Write the share of weight at a level or higher."""
        level = self.scheme.lowest + number
        self.put(("share", number), way, content)
        self.label(
            ("share", number), self.tell.c.t("Share of weight at level {level} or higher", level=level)
        )


def added(terms: Sequence[Formula]) -> Formula:
    """Return the sum of the terms; 0 if there are none."""
    return reduce(add, terms) if terms else made(0)
