"""Measures: effects that move nothing, measures that concern nobody, questions that no measure moves."""

from collections.abc import Iterator

from assessment.inspection import Finding
from assessment.questionnaire import Effect, Measure
from assessment.simulation.material import Material
from assessment.simulation.worlds import worlds
from assessment.values import TOLERANCE


def findings(stuff: Material, hidden: frozenset[str]) -> Iterator[Finding]:
    """Yield what is wrong with the measures."""
    questionnaire = stuff.questionnaire
    for measure in questionnaire.measures:
        tried = worlds(stuff, measure.applies_if)
        if measure.applies_if and not tried.played.all_hold(measure.applies_if).yes.any():
            yield Finding(
                kind="measure_never_possible",
                severity="error",
                where=("measures", measure.id),
                what="its conditions hold for nobody.",
                why="No plan ever contains it, and what requires it counts it as done.",
                to_do="Correct `applies_if`, or remove the measure.",
                proven=tried.every,
            )
            continue
        for effect in measure.effects:
            yield from _of_effect(stuff, measure, effect, hidden)
    if not questionnaire.measures:
        return
    moved = {effect.question for measure in questionnaire.measures for effect in measure.effects}
    gates = {cap.question for cap in questionnaire.caps}
    for question in questionnaire.questions_by_id.values():
        if (
            question.id not in moved
            and question.id not in hidden
            and (question.weight or question.id in gates)
        ):
            gate = question.id in gates
            yield Finding(
                kind="question_without_measure",
                severity="notice",
                where=questionnaire.path(question.id),
                what="no measure moves this question" + (", and a cap hangs on it." if gate else "."),
                why="The plan has nothing to offer to whoever answers it badly.",
                to_do="Add an effect to a measure, or a measure.",
            )


def _of_effect(
    stuff: Material, measure: Measure, effect: Effect, hidden: frozenset[str]
) -> Iterator[Finding]:
    questionnaire = stuff.questionnaire
    question = questionnaire.questions_by_id[effect.question]
    where = ("measures", measure.id, "effects", effect.question)
    to = question.worth(effect.to)
    from_ = 0.0 if effect.needs is None else question.worth(effect.needs)
    if to <= from_ + TOLERANCE:
        yield Finding(
            kind="effect_moves_nothing",
            severity="error",
            where=where,
            what=f"to {effect.to!r} is no better than "
            + ("the worst answer." if effect.needs is None else f"from {effect.needs!r}."),
            why="The measure promises a step and moves nothing.",
            to_do="Give `to` a value that is worth more, or leave the effect out.",
        )
        return
    if question.id in hidden or not _meets(stuff, measure, question.id):
        yield Finding(
            kind="effect_never_asked",
            severity="error",
            where=where,
            what="the question is hidden wherever the measure applies.",
            why="What is not asked cannot be moved.",
            to_do="Compare the conditions of the measure with those of the question.",
        )
    gates = {cap.question for cap in questionnaire.caps}
    if not question.weight and question.id not in gates:
        yield Finding(
            kind="effect_without_score",
            severity="warning",
            where=where,
            what="the question has weight 0, and no cap hangs on it.",
            why="The plan weighs effects by what they change in index and level: this one counts for nothing.",
            to_do="Give the question a weight or a cap, or leave the effect out.",
        )


def _meets(stuff: Material, measure: Measure, question: str) -> bool:
    conditions = (*measure.applies_if, *stuff.questionnaire.conditions_of[question])
    if not conditions:
        return True
    played = worlds(stuff, conditions).played
    return bool((played.all_hold(measure.applies_if).yes & played.asked(question)).any())
