"""What measures change in the answers, and what that is worth: always through the scoring engine."""

from collections.abc import Iterable, Mapping

from assessment.answers import AnswerSheet
from assessment.questionnaire import Measure, Questionnaire
from assessment.scoring import evaluate
from assessment.values import TOLERANCE

LEVEL_GAIN = 0.25
"""A level counts like this many points of the index: levels are what is safely in place."""

SHARE_OF_DEPTH = {0: 1.0, 1: 0.25, 2: 0.05}
"""How much a level at this depth counts: the whole, a dimension, a capability."""


def effort_factor(questionnaire: Questionnaire, sheet: AnswerSheet) -> float:
    """Return what all efforts are multiplied by for this organisation's profile."""
    factor = 1.0
    for place in questionnaire.profile:
        for option in place.options:
            chosen = sheet.profile.get(place.id, ())
            if option.effort_factor and option.id in ((chosen,) if isinstance(chosen, str) else chosen):
                factor *= option.effort_factor
    return factor


def moved_by(
    questionnaire: Questionnaire, worths: Mapping[str, float], measures: Iterable[Measure]
) -> dict[str, float]:
    """Return the worths that these measures change together, whatever the order they were done in."""
    changed: dict[str, float] = {}
    waiting = list(measures)
    while True:
        before = dict(changed)
        for measure in waiting:
            changed.update(_step(questionnaire, {**worths, **changed}, measure))
        if changed == before:
            return changed


def _step(questionnaire: Questionnaire, worths: Mapping[str, float], measure: Measure) -> dict[str, float]:
    step: dict[str, float] = {}
    for effect in measure.effects:
        question = questionnaire.questions_by_id[effect.question]
        now = worths.get(effect.question)
        if now is None or (effect.needs is not None and now < question.worth(effect.needs) - TOLERANCE):
            continue
        to = question.worth(effect.to)
        if now < to - TOLERANCE:
            step[effect.question] = max(step.get(effect.question, 0.0), to)
    return step


def objective(
    questionnaire: Questionnaire, worths: Mapping[str, float], *, missing: frozenset[str] = frozenset()
) -> float:
    """Return what answers are worth to the plan: the overall index, counted in steps of the levels, and the levels."""
    nodes = evaluate(questionnaire, worths, missing=missing)
    steps = questionnaire.scale.highest - questionnaire.scale.lowest
    total = 0.0
    for identifier, node in nodes.items():
        if node.value is None or node.level is None:
            continue
        depth = len(questionnaire.path(identifier))
        index = node.worth * steps if depth == 0 else 0.0
        total += index + LEVEL_GAIN * node.level * SHARE_OF_DEPTH.get(depth, 0.0)
    return total
