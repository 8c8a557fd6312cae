"""What measures change in the answers: always through the scoring engine."""

from collections.abc import Iterable, Mapping

from assessment.answers import AnswerSheet
from assessment.questionnaire import Measure, Questionnaire
from assessment.values import TOLERANCE


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
