"""Where every figure of every section stands on the sheet that calculates; known before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment.scoring.rules import UNBOUNDED
from assessment.scoring.scheme import Branch, Leaf, Scheme

LABEL, WEIGHT = 0, 1
FIRST_WAY, WAYS = 2, 6
APPLIES, ANSWERED, SURELY, LACKS, STAGE = range(8, 13)
NONE = UNBOUNDED
"""The limit of what has none."""

Key = str | tuple[str, int]
"""A row of a block: a figure, or a figure of a part or a level."""


@dataclass(frozen=True)
class Block:
    """A section's rows."""

    rows: dict[Key, int]
    leaves: tuple[Leaf, ...]
    """The questions that are parts."""
    sections: tuple[Branch, ...]
    """The sections that are parts; they stand before the questions."""
    below: tuple[Leaf, ...]
    """Every question below, where levels go by stages and these are not the parts."""

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.sections) + len(self.leaves)

    def span(self, name: str, count: int, start: int = 0) -> tuple[int, int]:
        """Return the first and the last row of a figure that there is for each part or level."""
        return self.rows[name, start], self.rows[name, count - 1]


def blocks_of(branches: Sequence[Branch], scheme: Scheme, *, first: int) -> dict[str, Block]:
    """Return the blocks of sections, one under the other from a row on."""
    steps = {part.of: branch.step for branch in branches for part in branch.branches}
    made: dict[str, Block] = {}
    row = first
    for branch in branches:
        gathers = branch.method in ("mean_of_leaves", "staged")
        sections = () if gathers else tuple(part for part in branch.branches if part.weight)
        leaves = branch.below if gathers else tuple(leaf for leaf in branch.leaves if leaf.weight)
        by_stage = branch.levels == "staged" or branch.method == "staged"
        below = branch.below if by_stage and sections else ()
        block = Block({}, leaves, sections, below)
        for key in _keys(branch, block, scheme, bound=steps.get(branch.of) is not None):
            block.rows[key] = row
            row += 1
        row += 2
        made[branch.of] = block
    return made


def _keys(branch: Branch, block: Block, scheme: Scheme, *, bound: bool) -> Iterator[Key]:
    levels = len(scheme.thresholds)
    yield from ("title", "head")
    yield from (("part", number) for number in range(block.parts))
    if branch.method == "sum":
        for name in ("from", "to", "points"):
            yield from ((name, number) for number in range(block.parts))
    if block.below:
        yield "below"
        yield from (("below", number) for number in range(len(block.below)))
    if branch.levels == "staged" or branch.method == "staged":
        yield from (("open", number) for number in range(levels))
    match branch.method:
        case "mean" | "mean_of_leaves":
            yield from ("weight", "total")
        case "sum":
            yield from ("low", "high", "sum", "weight")
        case "staged":
            yield "weight"
            yield from (("done", number) for number in range(1, levels))
            yield from (("reached", number) for number in range(levels))
        case "min":
            pass
    yield from ("position", "index")
    yield from (("share", number) for number in range(1, levels))
    if scheme.adds:
        yield from ("surely", "lacks")
    yield "free"
    if branch.caps or branch.step is not None:
        yield "limit"
    yield "level"
    if bound:
        yield "bound"
    yield from ("applicable", "coverage")
