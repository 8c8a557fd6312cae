"""One section's calculation in formulas: parts, index, shares, level, limits, coverage."""

from typing import assert_never

from assessment.document.method import FOUND, SHORT
from assessment.exports.xlsx.formulas import (
    Formula,
    Operand,
    count,
    every,
    is_number,
    least,
    made,
    no,
    number_of,
    products,
    some,
    when,
)
from assessment.exports.xlsx.places import (
    ANSWERED,
    APPLIES,
    FIRST_WAY,
    LABEL,
    LACKS,
    NONE,
    STAGE,
    SURELY,
    WAYS,
    WEIGHT,
)
from assessment.exports.xlsx.stages import passed, write_stage_reached, write_stages
from assessment.exports.xlsx.sums import write_sum
from assessment.exports.xlsx.working import Working, added
from assessment.scoring.scheme import Leaf


class Section(Working):
    """Writes the block."""

    def write(self) -> None:
        """Write the block."""
        self._heads()
        self._parts()
        self._below()
        for way in range(WAYS):
            self._way(way)
        if self.scheme.adds:
            self._standing()
        for way in range(WAYS):
            self._level(way)
        self._coverage()

    # ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _heads(self) -> None:
        c, sheet, rows = self.tell.c, self.sheet, self.block.rows
        title = c.t(
            "{part} (index: {method}; level: {found})",
            part=self.tell.section(self.branch.of),
            method=c.t(SHORT[self.branch.method]),
            found=c.t(FOUND[self.branch.levels]),
        )
        sheet.put(rows["title"], LABEL, title, "heading")
        names = [
            c.t("Part, with its position"),
            c.t("Weight"),
            c.t("As rated"),
            c.t("At worst"),
            c.t("At best"),
            c.t("As confirmed"),
            c.t("At worst, as confirmed"),
            c.t("At best, as confirmed"),
            c.t("Applies"),
            c.t("Answered"),
        ]
        if self.scheme.adds:
            names += [c.t("Surely applies"), c.t("Missing"), c.t("Stage")]
        sheet.heads(rows["head"], names, right=range(1, STAGE + 1))

    def _parts(self) -> None:
        for number, part in enumerate(self.block.sections):
            row = self.block.rows["part", number]
            self.sheet.put(row, LABEL, self.tell.section(part.of), "text")
            self.sheet.put(row, WEIGHT, part.weight, "amount")
            for way in range(WAYS):
                self.sheet.put(row, FIRST_WAY + way, self.there(part, "position", way), "share")
            applies = self.there(part, "applicable") > 0
            self.sheet.put(row, APPLIES, when(applies, 1, 0), "calc")
            self.sheet.put(row, ANSWERED, number_of(self.there(part, "coverage")), "percent")
            if self.scheme.adds:
                self.sheet.put(row, SURELY, self.there(part, "surely"), "calc")
                self.sheet.put(row, LACKS, self.there(part, "lacks"), "calc")
                self.sheet.put(row, STAGE, None, "calc")
        for number, leaf in enumerate(self.block.leaves):
            self._leaf(leaf, self.block.rows["part", len(self.block.sections) + number])

    def _below(self) -> None:
        if not self.block.below:
            return
        self.sheet.put(
            self.block.rows["below"], LABEL, self.tell.c.t("Questions below, for the stages"), "strong"
        )
        for number, leaf in enumerate(self.block.below):
            self._leaf(leaf, self.block.rows["below", number])

    def _leaf(self, leaf: Leaf, row: int) -> None:
        sheet, answer = self.sheet, self.answers[leaf.of]
        sheet.put(row, LABEL, self.tell.question(leaf.of), "text")
        sheet.put(row, WEIGHT, leaf.weight, "amount")
        for way, worth in enumerate(answer.worths):
            sheet.put(row, FIRST_WAY + way, worth, "share")
        applies = some(answer.counts, answer.missing)
        sheet.put(row, APPLIES, when(applies, 1, 0), "calc")
        sheet.put(row, ANSWERED, when(answer.counts, 1, 0), "percent")
        if self.scheme.adds:
            sheet.put(row, SURELY, when(every(applies, no(answer.unsettled)), 1, 0), "calc")
            worst = self.tell.questionnaire.unanswered == "worst"
            sheet.put(row, LACKS, 0 if worst else when(answer.missing, 1, 0), "calc")
            sheet.put(row, STAGE, self.scheme.lowest + leaf.stage, "calc")

    # ── the index ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _way(self, way: int) -> None:
        """Write index and shares of one of the six columns."""
        if self.branch.levels == "staged" or self.branch.method == "staged":
            write_stages(self, way)
        match self.branch.method:
            case "mean" | "mean_of_leaves":
                self._mean(way)
            case "sum":
                write_sum(self, way)
            case "min":
                self._weakest(way)
            case "staged":
                write_stage_reached(self, way)
            case _:
                assert_never(self.branch.method)

    def _mean(self, way: int) -> None:
        c = self.tell.c
        weight = self.weighed(way)
        added: Operand = 0
        if self.block.parts:
            added = products(self.span("part", WEIGHT), self.span("part", FIRST_WAY + way))
        amount = self.put("total", way, added)
        self.label("total", c.t("Weight times position, added up"))
        self.index(way, when(weight > 0, amount / weight, ""))
        self.shares_by_weight(way, weight)

    def _weakest(self, way: int) -> None:
        if not self.block.parts:
            self.index(way, "")
            for number in range(1, len(self.scheme.thresholds)):
                self.share(number, way, "")
            return
        column = self.span("part", FIRST_WAY + way)
        some_count = count(column) > 0
        self.index(way, when(some_count, least(1, column), ""))
        for number in range(1, len(self.scheme.thresholds)):
            parts: list[Operand] = [1]
            parts += [self.there(part, ("share", number), way) for part in self.block.sections]
            if self.block.leaves:
                leaves = self.span("part", FIRST_WAY + way, leaves_only=True)
                lower = products(is_number(leaves) * (leaves < self.threshold(number)))
                parts.append(when(lower > 0, 0, 1))
            self.share(number, way, when(some_count, least(*parts), ""))

    # ── standing, level, coverage ────────────────────────────────────────────────────────────────────────────────────

    def _standing(self) -> None:
        """Write whether anything surely applies, and whether all that applies is missing."""
        c, parts = self.tell.c, bool(self.block.parts)
        surely = products(self.span("part", SURELY)) > 0 if parts else made(False)
        lacks = products(self.span("part", LACKS)) > 0 if parts else made(False)
        self.put("surely", 0, when(surely, 1, 0), "whole")
        self.put("lacks", 0, when(every(no(is_number(self.here("position"))), lacks), 1, 0), "whole")
        self.label("surely", c.t("Some question surely applies"))
        self.label("lacks", c.t("Questions apply and none is answered"))

    def _level(self, way: int) -> None:
        c, b, lowest = self.tell.c, self.branch, self.scheme.lowest
        position = self.here("position", way)
        free = self.put(
            "free", way, when(is_number(position), self._free(way, position, lowest), ""), "whole"
        )
        self.label("free", c.t("Level without limits"))
        level, limit = free, made(NONE)
        if "limit" in self.block.rows:
            limits: list[Operand] = [NONE]
            limits += [when(self.forces[number][way].same(1), top, NONE) for number, top in b.caps]
            if b.step is not None:
                limits += [self.there(part, "bound", way) + b.step for part in b.branches]
            limit = self.put("limit", way, least(*limits), "limit")
            self.label("limit", c.t("Limit, by conditions and by the weakest part"))
            level = when(is_number(free), least(free, limit), "")
        reached = self.put("level", way, level, "whole")
        self.label("level", c.t("Level"), "strong")
        if "bound" in self.block.rows:
            without = when(limit < self.scheme.highest, limit, NONE)
            self.put("bound", way, when(is_number(reached), reached, without), "limit")
            self.label("bound", c.t("Counts as, for the part above"))

    def _free(self, way: int, position: Formula, lowest: int) -> Formula:
        levels = len(self.scheme.thresholds)
        match self.branch.levels:
            case "process_attribute":
                shares = self.sheet.span(*self.block.span("share", levels, 1), FIRST_WAY + way)
                fully, largely = (
                    products((shares > edge + self.rules.tolerance) * 1)
                    for edge in (self.rules.fully, self.rules.largely)
                )
                return made(lowest) + least(fully + 1, largely)
            case "bands":
                return made(lowest) + products((position >= self.rules.above - self.rules.tolerance) * 1)
            case "staged":
                levels_passed = [passed(self, number, way) * 1 for number in range(1, levels)]
                return made(lowest) + added(levels_passed)
            case _:
                assert_never(self.branch.levels)

    def _coverage(self) -> None:
        c, parts = self.tell.c, bool(self.block.parts)
        applicable: Operand = 0
        covered: Operand = 0
        if parts:
            weights, applies = self.span("part", WEIGHT), self.span("part", APPLIES)
            applicable = products(weights, applies)
            covered = products(weights, applies, self.span("part", ANSWERED))
        there = self.put("applicable", 0, applicable)
        self.label("applicable", c.t("Weight that applies"))
        self.put("coverage", 0, when(there > 0, made(covered) / there, ""), "percent")
        self.label("coverage", c.t("Coverage: share of it that is answered"))
