"""Stages in formulas: a level is reached when every question of it and of all lower ones is."""

from assessment.exports.xlsx.formulas import Formula, Operand, is_number, made, products, some, total, when
from assessment.exports.xlsx.places import FIRST_WAY, LACKS, STAGE, SURELY, WEIGHT
from assessment.exports.xlsx.working import Working


def write_stages(b: Working, way: int) -> None:
    """Write how many questions of each stage are not reached."""
    c = b.tell.c
    for number in range(len(b.scheme.thresholds)):
        level = b.scheme.lowest + number
        open_ones: Operand = 0
        if b.block.parts:
            applies, there, _ = _of_stage(b, way, level)
            open_ones = products(applies) - products(there)
        b.put(("open", number), way, open_ones, "whole")
        b.label(("open", number), c.t("Questions of level {level} not reached", level=level))


def _of_stage(b: Working, way: int, level: int) -> tuple[Formula, Formula, Formula]:
    """Return, question by question, whether it belongs to a stage and applies, whether it is reached, and its weight."""
    column, here = b.stage_span(FIRST_WAY + way), b.stage_span(STAGE).same(level)
    counted = is_number(column)
    applies = (counted + b.stage_span(LACKS)) * here if way % 3 == 0 else counted * here
    there = counted * (column >= b.rules.reached - b.rules.tolerance) * here
    return applies, there, b.stage_span(WEIGHT)


def passed(b: Working, number: int, way: int) -> Formula:
    """Return whether every question of this stage and of all lower ones is reached."""
    rows = b.block.span("open", number + 1)
    return total(b.sheet.span(*rows, FIRST_WAY + way)).same(0)


def write_stage_reached(b: Working, way: int) -> None:
    """Write the index and the shares of a section whose index is the stage reached."""
    c, levels = b.tell.c, len(b.scheme.thresholds)
    weight = b.weighed(way)
    ends: list[Operand] = [*b.rules.positions[:-1], made(1)]
    so_far = b.put(("reached", 0), way, ends[0])
    b.label(("reached", 0), c.t("Position with level {level}", level=b.scheme.lowest))
    for number in range(1, levels):
        level = b.scheme.lowest + number
        share: Operand = 1
        if b.block.parts:
            applies, there, weights = _of_stage(b, way, level)
            due = products(weights * applies)
            share = when(due > 0, products(weights * there) / due, 1)
        done = b.put(("done", number), way, share)
        b.label(("done", number), c.t("Share of level {level} that is reached", level=level))
        one, other = made(ends[number - 1]), made(ends[number])
        so_far = b.put(
            ("reached", number),
            way,
            when(passed(b, number - 1, way), one + (other - one) * done, so_far),
        )
        b.label(("reached", number), c.t("Position with level {level}", level=level))
    position: Formula = so_far
    if way % 3:
        # stages without a question are passed by doing nothing: that must not help where nothing may turn out to apply
        firm = products(b.span("part", SURELY)) > 0 if b.block.parts else made(False)
        position = when(some(firm, passed(b, levels - 1, way)), so_far, ends[0])
    b.index(way, when(weight > 0, position, ""))
    b.shares_by_weight(way, weight)
