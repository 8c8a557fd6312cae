"""The one definition of scoring: index and level of every section from worths, for one sheet or for many at once.

Nothing here knows whether a value is a number or a column of numbers, one for each sheet; what must be written differently
for the two is in `arithmetic` and `columns`. Sums are added in the order of the questionnaire, so both give the same to the
last bit.

The index says how far along; the level says what is safely in place, and no average produces it. Levels by process
attribute follow the rating of ISO/IEC 33020: with f(k) the share of weight answered at level k or higher, level n is reached
when f(n) is more than 0.50 and f(m) is more than 0.85 for each lower level m above the lowest. Levels by stages follow C2M2
and CMMI: a stage is reached when every question of it and of all lower ones is.
"""

from collections.abc import Sequence
from typing import assert_never

from assessment.scoring import indexes, levels
from assessment.scoring.arithmetic import Arithmetic, Bool, Number
from assessment.scoring.figures import Index, Result, Worths
from assessment.scoring.scheme import Branch, Leaf, Scheme

UNBOUNDED = 10**6
"""A level nobody reaches: the limit of what has none."""

Memory = dict[tuple[str, tuple[object, ...]], tuple[Index, Number]]
"""Index and free level of sections met before, by what is known of their questions: for one sheet read several times."""


def evaluate(
    scheme: Scheme, a: Arithmetic, worths: Worths, active: Sequence[Bool], *, memory: Memory | None = None
) -> dict[str, Result]:
    """Return the result of each section, by id.

    Args:
        scheme: the questionnaire.
        a: arithmetic of one sheet or of many.
        worths: what is known of each question.
        active: which caps apply, in the questionnaire's order.
        memory: what was found before for one sheet with other worths; sections that did not change are not computed again.
    """
    results: dict[str, Result] = {}
    for branch in scheme.branches:
        parts = [results[part.of] for part in branch.branches]
        if memory is None or parts:
            index, free = _reached(scheme, a, branch, worths, parts)
        else:
            key = (branch.of, worths.cells[branch.first : branch.first + len(branch.leaves)])
            found = memory.get(key)
            if found is None:
                found = memory[key] = _reached(scheme, a, branch, worths, ())
            index, free = found
        level: Number = free
        open_end: Number = UNBOUNDED
        if branch.caps or branch.step is not None:
            limit = _limit(a, branch, parts, active)
            level = a.least(free, limit)
            open_end = a.where(limit < scheme.highest, limit, UNBOUNDED)
        results[branch.of] = Result(*index, free, level, a.where(index.present, level, open_end))
    return results


def active(scheme: Scheme, worths: Worths, unknown: Sequence[Bool]) -> list[Bool]:
    """Return which caps apply: their question is worth too little, or is not known and the cap says that this counts."""
    found = []
    for gate in scheme.gates:
        applies = worths.present[gate.question] & (worths.worth[gate.question] < gate.below)
        found.append(applies | unknown[gate.question] if gate.cap.unknown_counts else applies)
    return found


def coverage(
    scheme: Scheme, a: Arithmetic, given: Sequence[Bool], missing: Sequence[Bool]
) -> dict[str, tuple[Bool, Number]]:
    """Return for each section whether anything applies, and the share of its weight that is given, 0 to 1."""
    found: dict[str, tuple[Bool, Number]] = {}
    for branch in scheme.branches:
        total: Number = 0.0
        covered: Number = 0.0
        if branch.method in ("mean_of_leaves", "staged"):
            leaves: Sequence[Leaf] = branch.below
        else:
            leaves = branch.leaves
            for part in branch.branches:
                some, share = found[part.of]
                total = total + part.weight * some
                covered = covered + part.weight * some * share
        for leaf in leaves:
            total = total + leaf.weight * (given[leaf.number] | missing[leaf.number])
            covered = covered + leaf.weight * given[leaf.number]
        found[branch.of] = (total > 0, a.ratio(covered, total))
    return found


# ── one section ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _reached(
    scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths, parts: Sequence[Result]
) -> tuple[Index, Number]:
    """Return a section's index, and its level without limits."""
    match branch.method:
        case "mean":
            index = indexes.mean(scheme, a, branch, worths, parts)
        case "mean_of_leaves":
            index = indexes.mean_of_leaves(scheme, a, branch, worths)
        case "sum":
            index = indexes.sum_of(scheme, a, branch, worths, parts)
        case "min":
            index = indexes.weakest(scheme, a, branch, worths, parts)
        case "staged":
            index = indexes.stage_reached(scheme, a, branch, worths)
        case _:
            assert_never(branch.method)
    match branch.levels:
        case "process_attribute":
            return index, levels.level_of(a, index.shares, lowest=scheme.lowest)
        case "bands":
            return index, levels.band(scheme, index.worth)
        case "staged":
            return index, levels.stage(scheme, a, branch, worths)
        case _:
            assert_never(branch.levels)


def _limit(a: Arithmetic, branch: Branch, parts: Sequence[Result], active: Sequence[Bool]) -> Number:
    """Return the level that is not exceeded: by caps, and by the weakest part where the section says so."""
    limit: Number = UNBOUNDED
    for number, level in branch.caps:
        limit = a.where(active[number], a.least(limit, level), limit)
    if branch.step is not None:
        for part in parts:
            limit = a.least(limit, part.bound + branch.step)
    return limit
