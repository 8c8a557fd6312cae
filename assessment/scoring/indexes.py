"""How an index is made of its parts: mean, mean of all questions, sum, weakest part, stage reached."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assessment.scoring.arithmetic import Arithmetic, Bool, Number
from assessment.scoring.figures import Index, Result, Worths
from assessment.scoring.levels import stages
from assessment.scoring.scheme import Branch, Scheme


def mean(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths, parts: Sequence[Result]) -> Index:
    """Take the weighted mean of the parts, for the index and for each share."""
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


def mean_of_leaves(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths) -> Index:
    """Take the weighted mean of every question below, past the sections between."""
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


def sum_of(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths, parts: Sequence[Result]) -> Index:
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


def weakest(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths, parts: Sequence[Result]) -> Index:
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


def stage_reached(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths) -> Index:
    """Take the stage reached, and the share of the next one that is."""
    base = mean_of_leaves(scheme, a, branch, worths)
    lacking, reached, weight = stages(scheme, branch, worths)
    worth: Number = scheme.ends[0]
    so_far: Bool = lacking[0] ^ True
    for index in range(1, len(lacking)):
        share = a.where(weight[index] > 0, a.ratio(reached[index], weight[index]), 1.0)
        from_, to = scheme.ends[index - 1], scheme.ends[index]
        worth = a.where(so_far, from_ + (to - from_) * share, worth)
        so_far = so_far & (lacking[index] ^ True)
    # stages without a question are passed by doing nothing: that must not help where nothing may turn out to apply
    worth = a.where(base.firm | so_far, worth, scheme.ends[0])
    value = branch.low + worth * branch.width
    return Index(base.present, base.missing, base.firm, worth, base.low, base.high, value, base.shares)
