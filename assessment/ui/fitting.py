"""A stored assessment and a questionnaire that its author has changed since."""

from collections.abc import Mapping

from assessment.answers import ProfileValue, is_admitted
from assessment.questionnaire import Questionnaire
from assessment.store import Assessment, Part
from assessment.ui.offered import questionnaire


def fitting(opened: Assessment) -> Assessment:
    """Return the assessment without what its questionnaire does not ask or admit any more, after its author changed it."""
    known = questionnaire(opened.sheet.questionnaire)
    answers = tuple(a for a in opened.sheet.answers if is_admitted(known, a))
    profile = _profile(known, opened.sheet.profile)
    if len(answers) == len(opened.sheet.answers) and profile == opened.sheet.profile:
        return opened
    sheet = opened.sheet.with_answers(answers).model_copy(update={"profile": profile})
    return opened.model_copy(update={"sheet": sheet})


def fitting_part(part: Part) -> Part:
    """Return the answer, or none if its questionnaire does not ask for it or admit it any more."""
    if part.answer is None or is_admitted(questionnaire(part.questionnaire), part.answer):
        return part
    return part.model_copy(update={"answer": None})


def _profile(known: Questionnaire, profile: Mapping[str, ProfileValue]) -> dict[str, ProfileValue]:
    """Return the facts that the questionnaire still asks for, with the options that it still has."""
    options = {field.id: field.option_ids for field in known.profile}
    kept: dict[str, ProfileValue] = {}
    for field, value in profile.items():
        chosen = (value,) if isinstance(value, str) else value
        left = tuple(option for option in chosen if option in options.get(field, ()))
        if left:
            kept[field] = left[0] if isinstance(value, str) else left
    return kept
