"""What a step of a question counts: its share of the overall index, the weakest first, the goal's more.

The share follows the tree of sections as it stands with these answers: what is not answered carries no weight. Where a
section takes its weakest part or goes by stages, its parts count as in a mean: whichever is weakest, each must be raised.
"""

from collections.abc import Mapping

from assessment.questionnaire import Goal, Questionnaire
from assessment.scoring.scheme import Branch, scheme
from assessment.values import TOLERANCE


def shares(
    questionnaire: Questionnaire, answered: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return what part of the overall index each answered question makes up, and each section with an answer."""
    questions: dict[str, float] = {}
    sections: dict[str, float] = {}

    def has_answers(branch: Branch) -> bool:
        return any(leaf.of in answered and leaf.weight for leaf in branch.below)

    def spread(branch: Branch, share: float) -> None:
        sections[branch.of] = share
        if branch.method in ("mean_of_leaves", "staged"):
            leaves = [leaf for leaf in branch.below if leaf.of in answered and leaf.weight]
            total = sum(leaf.weight for leaf in leaves)
            for leaf in leaves:
                questions[leaf.of] = share * leaf.weight / total
            for part in branch.branches:
                _sum_up(part, questions, sections)
            return
        wide = branch.method == "sum"
        parts = [
            (part, part.weight * (part.width if wide else 1))
            for part in branch.branches
            if part.weight and has_answers(part)
        ]
        own = [
            (leaf, leaf.weight * (leaf.width if wide else 1))
            for leaf in branch.leaves
            if leaf.of in answered and leaf.weight
        ]
        total = sum(weight for _, weight in parts) + sum(weight for _, weight in own)
        for part, weight in parts:
            spread(part, share * weight / total if total else 0.0)
        for leaf, weight in own:
            questions[leaf.of] = share * weight / total if total else 0.0

    spread(scheme(questionnaire).whole, 1.0)
    return questions, sections


def _sum_up(branch: Branch, questions: Mapping[str, float], sections: dict[str, float]) -> None:
    """Give a section that is passed over the shares of its questions."""
    for part in branch.branches:
        _sum_up(part, questions, sections)
    sections[branch.of] = sum(questions.get(leaf.of, 0.0) for leaf in branch.below)


def height(questionnaire: Questionnaire, low: float, high: float) -> float:
    """Return how much it counts to go from one worth to a higher one: each level's step as the questionnaire weighs it."""
    steps = questionnaire.planning.steps
    if not steps:
        return high - low
    positions = questionnaire.scale.thresholds
    bounds = [*positions[1:-1], 1.0]
    total, below = 0.0, 0.0
    for counts, bound in zip(steps, bounds, strict=True):
        total += counts * max(0.0, min(high, bound) - max(low, below))
        below = bound
    return total


def serving(questionnaire: Questionnaire, question: str, worth: float, goal: Goal) -> float:
    """Return the share of the measures leading a question to this worth that serve a goal."""
    leading = [
        measure
        for measure in questionnaire.measures
        if any(
            effect.question == question
            and questionnaire.questions_by_id[question].worth(effect.to) >= worth - TOLERANCE
            for effect in measure.effects
        )
    ]
    return sum(goal in measure.goals for measure in leading) / len(leading) if leading else 0.0
