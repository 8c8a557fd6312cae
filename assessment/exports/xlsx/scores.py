"""The sheet that calculates: every section's index, range, level and coverage, as `assessment.scoring.rules` says, in formulas.

One block for each section, the whole first. Six columns stand side by side, each the same calculation with other worths: as
rated and as confirmed, each as answered, with everything missing at its worst, and at its best.
"""

from dataclasses import dataclass

from assessment.charts.axes import digits_of
from assessment.document.telling import Teller
from assessment.exports.xlsx.answers import Leaf as Answered
from assessment.exports.xlsx.book import Look, Sheet
from assessment.exports.xlsx.formulas import (
    Formula,
    at,
    every,
    is_number,
    some,
    when,
)
from assessment.exports.xlsx.lists import Choices, Lists, Rules
from assessment.exports.xlsx.places import (
    APPLIES,
    FIRST_WAY,
    LABEL,
    WAYS,
    WEIGHT,
    Block,
    blocks_of,
)
from assessment.exports.xlsx.sections import Section
from assessment.i18n import N_
from assessment.scoring.scheme import Branch, scheme

FIRST = 7
HELD_AT_MOST = 40
"""So many reasons are looked through for the one that holds a level; beyond that the block shows the limit alone."""
STATUSES = (N_("scored"), N_("too little answered"), N_("not answered"), N_("not applicable"))
(PART, OVER_WEIGHT) = (0, 1)
INDEX, LEVEL = 2, 8
(COVERAGE, STATUS, HELD, ID) = range(14, 18)


@dataclass(frozen=True)
class Line:
    """Where a section stands, in the overview."""

    index: tuple[Formula, ...]
    """In the six ways."""
    level: tuple[Formula, ...]
    coverage: Formula
    status: Formula
    """As a word."""
    certain: Formula
    """Whether there is a headline figure."""
    held: Formula | str
    """What holds the level; empty where nothing can."""


class ScoresSheet:
    """Writes the calculation."""

    def __init__(
        self, tell: Teller, sheet: Sheet, lists: Lists, *, rules: Rules, leaves: dict[str, Answered]
    ) -> None:
        self.tell, self.sheet, self.rules, self.leaves = tell, sheet, rules, leaves
        self.scheme = scheme(tell.questionnaire)
        lists.heading(tell.c.t("Status"))
        self.statuses: Choices = lists.add(tell.c.t("Status"), [tell.c.t(word) for word in STATUSES])
        self.lines: dict[str, Line] = {}
        self.blocks: dict[str, Block] = {}
        self.forces: list[tuple[Formula, ...]] = []
        """Which conditions apply, in the six ways."""
        self.opened: list[Formula] = []
        """Which conditions a given answer breaks."""
        self.reasons: list[Formula] = []

    def write(self) -> None:
        """Write overview, conditions and blocks."""
        c, order = self.tell.c, _top_down(self.scheme.whole)
        caps = FIRST + len(order) + 3
        self.blocks = blocks_of(
            order, self.scheme, first=caps + len(self.scheme.gates) + (4 if self.scheme.gates else 0)
        )
        self._head()
        self._caps(caps)
        for branch in self.scheme.branches:
            Section(
                self.tell, self.sheet, self.rules, self.scheme, self.blocks, self.leaves, self.forces, branch
            ).write()
        for number, branch in enumerate(order):
            depth = len(self.tell.questionnaire.path(branch.of))
            look: Look = "strong" if depth < 2 else "text"
            self.sheet.put(FIRST + number, PART, self.tell.section(branch.of), look, indent=max(0, depth - 1))
        for number, branch in enumerate(order):
            self.lines[branch.of] = self._line(branch, FIRST + number)
        self.sheet.heads(FIRST - 1, self._names(), right=range(1, STATUS))
        self.sheet.put(FIRST - 1, STATUS, c.t("Status"), "head")
        self.sheet.put(FIRST - 1, HELD, c.t("Held by"), "head")
        self.sheet.put(FIRST - 1, ID, c.t("Id"), "head")
        self.sheet.finish(freeze=(0, 1), columns=COVERAGE)

    def _head(self) -> None:
        c, sheet = self.tell.c, self.sheet
        sheet.widths(50, 10, *(11,) * 12, 11, 20, 44, 22)
        sheet.put(0, LABEL, c.t("Scores"), "title")
        sheet.put(
            1,
            LABEL,
            c.t("Everything here is calculated from the sheet “{name}”.", name=c.t("Answers")),
            "lede",
        )
        sheet.put(
            2,
            LABEL,
            c.t(
                "Six columns, each the same calculation: as rated and as confirmed by evidence; each as answered, with what is "
                "missing at its worst, and at its best."
            ),
            "note",
        )
        sheet.put(
            3,
            LABEL,
            c.t(
                "A position runs from 0, the lowest point of an index, to 1, the highest. An empty cell does not count."
            ),
            "note",
        )
        sheet.put(FIRST - 2, LABEL, c.t("All parts"), "heading")

    def _names(self) -> tuple[str, ...]:
        c = self.tell.c
        index, level = (
            (c.t("Index"), c.t("Index at worst"), c.t("Index at best")),
            (c.t("Level"), c.t("Level at worst"), c.t("Level at best")),
        )

        def confirmed(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(c.t("{name}, confirmed", name=name) for name in names)

        return (
            c.t("Part"),
            c.t("Weight"),
            *index,
            *confirmed(index),
            *level,
            *confirmed(level),
            c.t("Coverage"),
        )

    def _line(self, branch: Branch, row: int) -> Line:
        sheet, block, rules = self.sheet, self.blocks[branch.of], self.rules
        score = self.tell.report.scorecard.of(branch.of)
        digits = digits_of(score.bottom, score.top)
        sheet.put(row, OVER_WEIGHT, branch.weight, "amount")
        index = tuple(
            sheet.put(
                row, INDEX + way, sheet.cell(block.rows["index"], FIRST_WAY + way), "index", digits=digits
            )
            for way in range(WAYS)
        )
        level = tuple(
            sheet.put(row, LEVEL + way, sheet.cell(block.rows["level"], FIRST_WAY + way), "whole")
            for way in range(WAYS)
        )
        applicable = sheet.cell(block.rows["applicable"], FIRST_WAY)
        coverage = sheet.put(row, COVERAGE, sheet.cell(block.rows["coverage"], FIRST_WAY), "percent")
        enough = every(coverage > 0, coverage >= rules.enough - rules.tolerance)
        number = when(
            applicable > 0,
            when(is_number(index[0]), when(enough, 1, 2), 3),
            when(is_number(index[1]), 3, 4),
        )
        status = sheet.put(row, STATUS, at(self.statuses.values, number), "text")
        held = self._held(branch, block, level[0])
        if held:
            held = sheet.put(row, HELD, held, "muted")
        sheet.put(row, ID, branch.of, "muted")
        certain = status.same(at(self.statuses.values, 1))
        return Line(index, level, coverage, status, certain, held)

    def _held(self, branch: Branch, block: Block, level: Formula) -> Formula | str:
        """Return what holds a level: the weakest part, or a condition."""
        if "limit" not in block.rows:
            return ""
        sheet = self.sheet
        limit = sheet.cell(block.rows["limit"], FIRST_WAY)
        found: list[tuple[Formula, Formula]] = []
        if branch.step is not None:
            for part in branch.branches:
                bound = sheet.cell(self.blocks[part.of].rows["bound"], FIRST_WAY)
                name = sheet.cell(FIRST + list(self.blocks).index(part.of), PART)
                found.append(((bound + branch.step).same(limit), name))
        for number, top in branch.caps:
            found.append((every(self.forces[number][0].same(1), limit.same(top)), self.reasons[number]))
        said: Formula | str = ""
        for holds, name in reversed(found[:HELD_AT_MOST]):
            said = when(holds, name, said)
        return when(is_number(level), when(level.same(limit), said, ""), "")

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _caps(self, row: int) -> None:
        c, q, sheet, rules = self.tell.c, self.tell.questionnaire, self.sheet, self.rules
        if not self.scheme.gates:
            return
        sheet.put(row - 1, LABEL, c.t("Conditions that limit levels"), "heading")
        sheet.heads(
            row,
            (c.t("Condition"), c.t("Met from worth"), *ways_named(self.tell), c.t("Not known counts")),
            right=range(1, LEVEL),
        )
        for number, gate in enumerate(self.scheme.gates):
            here, leaf = row + 1 + number, self.leaves[gate.cap.question]
            self.reasons.append(sheet.put(here, LABEL, self.tell.say(gate.cap.reason)))
            below = sheet.put(
                here, WEIGHT, q.questions_by_id[gate.cap.question].worth(gate.cap.below), "share"
            )
            self.opened.append(_below(leaf.worths[0], below, rules))
            unknown_counts = gate.cap.unknown_counts
            force = []
            for way, worth in enumerate(leaf.worths):
                applies = _below(worth, below, rules)
                if unknown_counts and way % 3 == 0:
                    applies = some(applies, leaf.unknown)
                force.append(sheet.put(here, FIRST_WAY + way, when(applies, 1, 0), "force"))
            sheet.put(here, APPLIES, c.t("yes") if unknown_counts else c.t("no"), "center")
            self.forces.append(tuple(force))


def ways_named(tell: Teller) -> tuple[str, ...]:
    """Return what the six columns are called."""
    c = tell.c
    return (
        c.t("As rated"),
        c.t("At worst"),
        c.t("At best"),
        c.t("As confirmed"),
        c.t("At worst, as confirmed"),
        c.t("At best, as confirmed"),
    )


def _below(worth: Formula, needed: Formula, rules: Rules) -> Formula:
    return every(is_number(worth), worth < needed - rules.tolerance)


def _top_down(branch: Branch) -> list[Branch]:
    return [branch, *(below for part in branch.branches for below in _top_down(part))]
