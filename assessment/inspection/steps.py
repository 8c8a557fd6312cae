"""Whether there is a measure for each step that a project can bring about, and one that lifts each cap."""

from collections.abc import Iterator
from itertools import pairwise

from assessment.inspection.possible import possible
from assessment.inspection.result import Finding
from assessment.questionnaire import Cap, Effect, Questionnaire, Section
from assessment.questions import LevelQuestion
from assessment.values import TOLERANCE


def findings(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield sections with a step, and caps with a question, that no measure moves; nothing where there are no measures."""
    if not questionnaire.measures:
        return
    effects: dict[str, list[Effect]] = {}
    for measure in questionnaire.measures:
        for effect in measure.effects:
            together = (*measure.applies_if, *questionnaire.conditions_of[effect.question])
            if possible(together, questionnaire):
                effects.setdefault(effect.question, []).append(effect)
    for section in questionnaire.whole.walk():
        yield from _of_section(questionnaire, section, effects)
    for cap in questionnaire.caps:
        yield from _of_cap(questionnaire, cap, effects.get(cap.question, []))


def _of_section(
    questionnaire: Questionnaire, section: Section, effects: dict[str, list[Effect]]
) -> Iterator[Finding]:
    asked = [
        question
        for question in section.questions
        if isinstance(question, LevelQuestion) and question.weight and not question.own_scale
    ]
    moves = [effect for question in asked for effect in effects.get(question.id, [])]
    levels = [step.level for step in questionnaire.scale.levels]
    missing = [
        f"from {one} to {other}"
        for one, other in list(pairwise(levels))[:-1]  # no project reaches the top: it is proven over time
        if not any(_covers(effect, one, other) for effect in moves)
    ]
    if asked and missing:
        yield Finding(
            kind="step_without_measure",
            severity="warning",
            where=questionnaire.path(section.id),
            what=f"no measure moves a question of this section {', '.join(missing)}.",
            why="Whoever stands there gets a gap and nothing to do about it. The last step, to the top, needs none: it is proven over time.",
            to_do="Add an effect with this `from` and `to` to a measure, or a measure.",
        )


def _covers(effect: Effect, one: int, other: int) -> bool:
    """Say whether an effect takes a level question over a step; values of its levels are whole numbers."""
    from_ = one if effect.needs is None else effect.needs
    return (
        isinstance(from_, (int, float))
        and isinstance(effect.to, (int, float))
        and from_ <= one
        and effect.to >= other
    )


def _of_cap(questionnaire: Questionnaire, cap: Cap, effects: list[Effect]) -> Iterator[Finding]:
    question = questionnaire.questions_by_id[cap.question]
    lifted = question.worth(cap.below) - TOLERANCE
    if not any(question.worth(effect.to) >= lifted for effect in effects):
        yield Finding(
            kind="gate_without_measure",
            severity="warning",
            where=("caps", cap.id),
            what=f"no measure moves “{cap.question}” to where this cap is lifted, for any organisation that is asked.",
            why="The plan cannot lift the limit that holds everything else down.",
            to_do="Add an effect on the question to a measure, or a measure; compare the conditions of both.",
        )
