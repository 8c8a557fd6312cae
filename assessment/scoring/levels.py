"""How a level is reached: by process attribute, by bands of the index, by stages."""

from collections.abc import Sequence

from assessment.scoring.arithmetic import Arithmetic, Bool, Number
from assessment.scoring.figures import Worths
from assessment.scoring.scheme import Branch, Scheme
from assessment.values import TOLERANCE

LARGELY = 0.50
FULLY = 0.85
"""Upper bounds, inclusive, of the ratings "partially" and "largely" (ISO/IEC 33020)."""


def level_of(a: Arithmetic, shares: Sequence[Number], *, lowest: int) -> Number:
    """Return the level that the shares of weight at each level or higher reach (process attribute)."""
    level: Number = lowest
    fully: Bool = True
    for index in range(1, len(shares)):
        reached = fully & (shares[index] > LARGELY + TOLERANCE)
        level = a.where(reached, lowest + index, level)
        fully = reached & (shares[index] > FULLY + TOLERANCE)
    return level


def band(scheme: Scheme, worth: Number) -> Number:
    """Return the highest level that begins at this position of the index or below."""
    level: Number = scheme.lowest
    for threshold in scheme.thresholds[1:]:
        level = level + 1 * (worth >= threshold)
    return level


def stages(scheme: Scheme, branch: Branch, worths: Worths) -> tuple[list[Bool], list[Number], list[Number]]:
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


def stage(scheme: Scheme, a: Arithmetic, branch: Branch, worths: Worths) -> Number:
    """Return the stage reached: each question of it and of all lower ones is; a stage without a question is passed."""
    lacking, _, _ = stages(scheme, branch, worths)
    level: Number = scheme.lowest
    so_far: Bool = lacking[0] ^ True
    for index in range(1, len(lacking)):
        so_far = so_far & (lacking[index] ^ True)
        level = a.where(so_far, scheme.lowest + index, level)
    return level
