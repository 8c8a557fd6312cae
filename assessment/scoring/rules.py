"""The one definition of scoring: index and level of every section from worths, for one sheet or for many at once.

Nothing here knows whether a value is a number or a column of numbers, one for each sheet; what must be written differently
for the two is in `arithmetic` and `columns`. Sums are added in the order of the questionnaire, so both give the same to the
last bit.

The index says how far along; the level says what is safely in place, and no average produces it. Levels by process
attribute follow the rating of ISO/IEC 33020: with f(k) the share of weight answered at level k or higher, level n is reached
when f(n) is more than 0.50 and f(m) is more than 0.85 for each lower level m above the lowest. Levels by stages follow C2M2
and CMMI: a stage is reached when every question of it and of all lower ones is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, assert_never

from assessment.scoring.arithmetic import Arithmetic, Bool, Number
from assessment.scoring.scheme import Branch, Leaf, Scheme
from assessment.values import TOLERANCE

LARGELY = 0.50
FULLY = 0.85
"""Upper bounds, inclusive, of the ratings "partially" and "largely" (ISO/IEC 33020)."""

UNBOUNDED = 10**6
"""A level nobody reaches: the limit of what has none."""


@dataclass(frozen=True)
class Worths:
    """What is known of every question, by its number in the scheme."""

    present: Sequence[Bool]
    """It counts."""
    worth: Sequence[Number]
    """From 0 to 1 where it counts; anything elsewhere."""
    missing: Sequence[Bool]
    """It applies and does not count, because it is not answered or not known."""
    loose: Sequence[Bool]
    """It counts although it may yet turn out not to apply."""

    @cached_property
    def cells(self) -> tuple[tuple[Bool, Number, Bool, Bool], ...]:
        """All of it, question by question."""
        return tuple(zip(self.present, self.worth, self.missing, self.loose, strict=True))


class Index(NamedTuple):
    """A section's index: what hangs on nothing but the answers below it."""

    present: Bool
    """Some question below counts."""
    missing: Bool
    """None does, and some question applies."""
    firm: Bool
    """Some question below counts that surely applies."""
    worth: Number
    """The index as a position, 0 to 1."""
    low: Number
    high: Number
    """The ends of the index."""
    value: Number
    """The index."""
    shares: tuple[Number, ...]
    """f(k) by level, lowest first."""


class Result(NamedTuple):
    """A section's bare result."""

    present: Bool
    missing: Bool
    firm: Bool
    worth: Number
    low: Number
    high: Number
    value: Number
    shares: tuple[Number, ...]
    """All of `Index`."""
    free: Number
    """The level without limits."""
    level: Number
    bound: Number
    """What a section above may be held down to: the level; without an answer, what a cap would allow."""


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
            index = _mean(scheme, a, branch, worths, parts)
        case "mean_of_leaves":
            index = _mean_of_leaves(scheme, a, branch, worths)
        case "sum":
            index = _sum(scheme, a, branch, worths, parts)
        case "min":
            index = _min(scheme, a, branch, worths, parts)
        case "staged":
            index = _stage_reached(scheme, a, branch, worths)
        case _:
            assert_never(branch.method)
    match branch.levels:
        case "process_attribute":
            return index, level_of(a, index.shares, lowest=scheme.lowest)
        case "bands":
            return index, _band(scheme, index.worth)
        case "staged":
            return index, _stage(scheme, a, branch, worths)
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


def _mean(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths, parts: Sequence[Result]) -> Index:
    weight: Number = 0.0
    total: Number = 0.0
    sums: list[Number] = [0.0] * (len(scheme.thresholds) - 1)
    missing: Bool = False
    firm: Bool = False
    for section, part in zip(branch.branches, parts, strict=True):
        if section.weight:
            counts = section.weight * part.present
            weight = weight + counts
            total = total + counts * part.worth
            for index, share in enumerate(part.shares[1:]):
                sums[index] = sums[index] + counts * share
            if scheme.adds:
                missing, firm = missing | part.missing, firm | part.firm
    for leaf in branch.leaves:
        if leaf.weight:
            counts = leaf.weight * worths.present[leaf.number]
            worth = worths.worth[leaf.number]
            weight = weight + counts
            total = total + counts * worth
            a.pile(sums, counts, worth, scheme.steps)
            if scheme.adds:
                missing = missing | worths.missing[leaf.number]
                firm = firm | (worths.present[leaf.number] & (worths.loose[leaf.number] ^ True))
    return _made(a, branch, weight, total, sums, missing, firm)


def _mean_of_leaves(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths) -> Index:
    weight: Number = 0.0
    total: Number = 0.0
    sums: list[Number] = [0.0] * (len(scheme.thresholds) - 1)
    missing: Bool = False
    firm: Bool = False
    for leaf in branch.below:
        counts = leaf.weight * worths.present[leaf.number]
        worth = worths.worth[leaf.number]
        weight = weight + counts
        total = total + counts * worth
        a.pile(sums, counts, worth, scheme.steps)
        missing = missing | worths.missing[leaf.number]
        firm = firm | (worths.present[leaf.number] & (worths.loose[leaf.number] ^ True))
    return _made(a, branch, weight, total, sums, missing, firm)


def _made(
    a: Arithmetic,
    branch: Branch,
    weight: Number,
    total: Number,
    sums: Sequence[Number],
    missing: Bool,
    firm: Bool,
) -> Index:
    present = weight > 0
    worth = a.ratio(total, weight)
    shares = (a.ratio(weight, weight), *[a.ratio(amount, weight) for amount in sums])
    value = branch.low + worth * branch.width
    high = branch.low + branch.width
    return Index(present, missing & (present ^ True), firm, worth, branch.low, high, value, shares)


def _sum(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths, parts: Sequence[Result]) -> Index:
    """Add the points. What is missing adds nothing, or as little as it can where every answer adds something."""
    points: Number = 0.0
    low: Number = 0.0
    high: Number = 0.0
    weight: Number = 0.0
    sums: list[Number] = [0.0] * (len(scheme.thresholds) - 1)
    present: Bool = False
    missing: Bool = False
    firm: Bool = False
    for heavy, counts, lacks, sure, from_, to, worth, shares, least in _terms(
        scheme, a, branch, worths, parts
    ):
        # what may yet turn out not to apply may also add nothing
        begin = a.where(sure | lacks, from_, a.least(from_, 0.0))
        end = a.where(sure | lacks, to, a.most(to, 0.0))
        applies = counts | lacks
        low = low + heavy * applies * begin
        high = high + heavy * applies * end
        points = points + heavy * counts * (begin + worth * (end - begin))
        points = points + heavy * lacks * least
        wide = heavy * counts * (end - begin)
        weight = weight + wide
        for index, share in enumerate(shares):
            sums[index] = sums[index] + wide * share
        present, missing, firm = present | counts, missing | lacks, firm | sure
    return Index(
        present=present,
        missing=missing & (present ^ True),
        firm=firm,
        worth=a.ratio(points - low, high - low),
        low=low,
        high=high,
        value=points,
        shares=(a.ratio(weight, weight), *[a.ratio(amount, weight) for amount in sums]),
    )


class _Term(NamedTuple):
    """A part of a sum."""

    weight: float
    present: Bool
    missing: Bool
    firm: Bool
    low: Number
    high: Number
    worth: Number
    shares: Sequence[Number]
    least: Number
    """The points it adds while nothing of it is answered."""


def _terms(
    scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths, parts: Sequence[Result]
) -> Iterator[_Term]:
    for section, part in zip(branch.branches, parts, strict=True):
        if section.weight:
            # a sum adds up what its own parts add, anything else as little as it can
            least = part.value if section.method == "sum" else a.most(part.low, a.least(part.high, 0.0))
            yield _Term(
                section.weight,
                part.present,
                part.missing,
                part.firm,
                part.low,
                part.high,
                part.worth,
                part.shares[1:],
                least,
            )
    for leaf in branch.leaves:
        if leaf.weight:
            worth, high = worths.worth[leaf.number], leaf.low + leaf.width
            yield _Term(
                leaf.weight,
                worths.present[leaf.number],
                worths.missing[leaf.number],
                worths.present[leaf.number] & (worths.loose[leaf.number] ^ True),
                leaf.low,
                high,
                worth,
                [worth >= threshold for threshold in scheme.thresholds[1:]],
                max(leaf.low, min(high, 0.0)),
            )


def _min(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths, parts: Sequence[Result]) -> Index:
    """Take the weakest part, for the index and for each share."""
    weakest: Number = 1.0
    shares: list[Number] = [1.0] * (len(scheme.thresholds) - 1)
    present: Bool = False
    missing: Bool = False
    firm: Bool = False
    for section, part in zip(branch.branches, parts, strict=True):
        if section.weight:
            weakest = a.where(part.present, a.least(weakest, part.worth), weakest)
            for index, share in enumerate(part.shares[1:]):
                shares[index] = a.where(part.present, a.least(shares[index], share), shares[index])
            present, missing, firm = present | part.present, missing | part.missing, firm | part.firm
    for leaf in branch.leaves:
        if leaf.weight:
            counts, worth = worths.present[leaf.number], worths.worth[leaf.number]
            weakest = a.where(counts, a.least(weakest, worth), weakest)
            for index, threshold in enumerate(scheme.thresholds[1:]):
                shares[index] = a.where(counts & (worth < threshold), 0.0, shares[index])
            present, missing = present | counts, missing | worths.missing[leaf.number]
            firm = firm | (counts & (worths.loose[leaf.number] ^ True))
    value = branch.low + weakest * branch.width
    return Index(
        present=present,
        missing=missing & (present ^ True),
        firm=firm,
        worth=weakest,
        low=branch.low,
        high=branch.low + branch.width,
        value=value,
        shares=(1.0, *shares),
    )


# ── levels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def level_of(a: Arithmetic, shares: Sequence[Number], *, lowest: int) -> Number:
    """Return the level that the shares of weight at each level or higher reach (process attribute)."""
    level: Number = lowest
    fully: Bool = True
    for index in range(1, len(shares)):
        reached = fully & (shares[index] > LARGELY + TOLERANCE)
        level = a.where(reached, lowest + index, level)
        fully = reached & (shares[index] > FULLY + TOLERANCE)
    return level


def _band(scheme: Scheme, worth: Number) -> Number:
    level: Number = scheme.lowest
    for threshold in scheme.thresholds[1:]:
        level = level + 1 * (worth >= threshold)
    return level


def _stages(scheme: Scheme, branch: Branch, worths: Worths) -> tuple[list[Bool], list[Number], list[Number]]:
    """Return by stage: whether a question of it is not reached, the weight reached, and the weight that applies."""
    count = len(scheme.thresholds)
    lacking: list[Bool] = [False] * count
    reached: list[Number] = [0.0] * count
    weight: list[Number] = [0.0] * count
    for leaf in branch.below:
        there = worths.present[leaf.number] & (worths.worth[leaf.number] >= scheme.staged)
        applies = worths.present[leaf.number] | worths.missing[leaf.number]
        lacking[leaf.stage] = lacking[leaf.stage] | (applies & (there ^ True))
        reached[leaf.stage] = reached[leaf.stage] + leaf.weight * there
        weight[leaf.stage] = weight[leaf.stage] + leaf.weight * applies
    return lacking, reached, weight


def _stage(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths) -> Number:
    """Return the stage reached; the first stages without a question are reached with the first one that has some."""
    lacking, _, weight = _stages(scheme, branch, worths)
    level: Number = scheme.lowest
    so_far: Bool = lacking[0] ^ True
    some: Bool = False
    for index in range(1, len(lacking)):
        so_far = so_far & (lacking[index] ^ True)
        some = some | (weight[index] > 0)
        level = a.where(so_far & some, scheme.lowest + index, level)
    return level


def _stage_reached(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths) -> Index:
    """The index of a staged section: the stage reached, and the share of the next one that is."""
    base = _mean_of_leaves(scheme, a, branch, worths)
    lacking, reached, weight = _stages(scheme, branch, worths)
    worth: Number = scheme.positions[0]
    from_: Number = scheme.positions[0]
    so_far: Bool = lacking[0] ^ True
    some: Bool = False
    for index in range(1, len(lacking)):
        there = weight[index] > 0
        some = some | there
        share = a.where(there, a.ratio(reached[index], weight[index]), 1.0)
        to = a.where(some, scheme.positions[index], scheme.positions[0])
        worth = a.where(so_far, from_ + (to - from_) * share, worth)
        from_ = to
        so_far = so_far & (lacking[index] ^ True)
    value = branch.low + worth * branch.width
    return Index(base.present, base.missing, base.firm, worth, base.low, base.high, value, base.shares)
