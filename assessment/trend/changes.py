"""What is different between two assessments: the questionnaire, the scope, and each answer."""

from assessment.answers import Answer
from assessment.questionnaire import Questionnaire
from assessment.questions import Question
from assessment.trend.result import AnswerChange, Kind, Moved, Part, ProfileChange, Scope, Versions
from assessment.trend.steps import Occasion, Steps, by_others, facts_then, value_of
from assessment.values import TOLERANCE, Id


def versions_of(old: Occasion, new: Occasion, steps: Steps) -> Versions:
    """Return how the two versions differ, and which old answers have no place in the new one."""
    before, after = old.questionnaire, new.questionnaire
    facts = facts_then(old, after)
    left_out = [
        name for name, answer in steps.then.items() if _is_answered(answer) and name not in steps.carried
    ]
    return Versions(
        old=before.version,
        new=after.version,
        old_answered=old.sheet.version,
        new_answered=new.sheet.version,
        added=tuple(name for name in after.questions_by_id if name not in before.questions_by_id),
        removed=tuple(name for name in before.questions_by_id if name not in after.questions_by_id),
        moved=tuple(
            Moved(of=name, old=before.parent[name], new=place)
            for name, place in after.parent.items()
            if before.parent.get(name, place) != place
        ),
        reweighted=tuple(
            name for name, weight in _weights(after).items() if _weights(before).get(name, weight) != weight
        ),
        revalued=tuple(
            name
            for name, answer in steps.carried.items()
            if _revalued(name, steps.then[name], answer, old, new)
        ),
        answers_left_out=tuple(name for name in left_out if name not in after.questions_by_id),
        values_left_out=tuple(name for name in left_out if name in after.questions_by_id),
        profile_left_out=tuple(
            name for name, value in old.sheet.profile.items() if value and facts.profile.get(name) != value
        ),
        sections_added=tuple(name for name in after.sections_by_id if name not in before.sections_by_id),
        sections_removed=tuple(name for name in before.sections_by_id if name not in after.sections_by_id),
    )


def _weights(questionnaire: Questionnaire) -> dict[Id, float]:
    parts = (*questionnaire.sections_by_id.values(), *questionnaire.questions_by_id.values())
    return {part.id: part.weight for part in parts}


def _revalued(name: Id, was: Answer | None, answer: Answer | None, old: Occasion, new: Occasion) -> bool:
    if was is None or was.value is None or answer is None or answer.value is None:
        return False
    worth = old.questionnaire.questions_by_id[name].worth(was.value)
    return abs(new.questionnaire.questions_by_id[name].worth(answer.value) - worth) > TOLERANCE


def _is_answered(answer: Answer | None) -> bool:
    return answer is not None and answer.state != "open"


def scope_of(old: Occasion, new: Occasion, steps: Steps) -> Scope:
    """Return how what counts differs, and the facts that make it so."""
    before, after = old.sheet.profile, new.sheet.profile
    fields = dict.fromkeys((*after, *before))
    return Scope(
        old_short=old.sheet.short,
        new_short=new.sheet.short,
        profile=tuple(
            ProfileChange(field=name, old=before.get(name) or None, new=after.get(name) or None)
            for name in fields
            if (before.get(name) or None) != (after.get(name) or None)
        ),
        entered=tuple(name for name in steps.now if name not in steps.then),
        left=tuple(
            name for name in steps.then if name not in steps.now and name in new.questionnaire.questions_by_id
        ),
    )


def answer_changes(old: Occasion, new: Occasion, steps: Steps) -> tuple[AnswerChange, ...]:
    """Return what became of each answer that counts now or counted then, in the order of the questionnaires."""
    before, after = old.sheet.by_question, new.sheet.by_question
    found = []
    for name in dict.fromkeys((*new.questionnaire.questions_by_id, *old.questionnaire.questions_by_id)):
        one, other = before.get(name), after.get(name)
        change = _change(name, steps, new.questionnaire.questions_by_id.get(name), one, other)
        if change is not None:
            kind, part, by = change
            found.append(AnswerChange(question=name, kind=kind, part=part, old=one, new=other, by=by))
    return tuple(found)


def _change(
    name: Id, steps: Steps, question: Question | None, old: Answer | None, new: Answer | None
) -> tuple[Kind, Part, float | None] | None:
    then, now = name in steps.then, name in steps.now
    if question is not None and now and name in steps.carried:
        return _of_both_times(question, steps.carried[name], new)
    if (
        (not then and not now)
        or (now and not then and not _is_answered(new))
        or (then and not now and not (_is_answered(old) or _is_answered(new)))
    ):
        return None
    if now:
        if then:
            return "not_admitted", "questionnaire", None
        put_aside = old is not None and old.state == "not_applicable"
        return "taken_up" if put_aside else "new", "scope", None
    part: Part = "scope" if name in steps.by_the_new_questionnaire else "questionnaire"
    return "set_aside" if new is not None and new.state == "not_applicable" else "gone", part, None


def _of_both_times(
    question: Question, old: Answer | None, new: Answer | None
) -> tuple[Kind, Part, float | None] | None:
    part: Part = "people" if by_others(old, new) else "real"
    if old is None or new is None or old.value is None or new.value is None:
        one, other = value_of(old), value_of(new)
        if one is None and other is None:
            return None
        return "known" if one is None else "not_known", part, None
    by = question.worth(new.value) - question.worth(old.value)
    if abs(by) > TOLERANCE:
        return "better" if by > 0 else "worse", part, by
    if old.value != new.value:
        return "other", part, 0.0
    return None if old.evidence == new.evidence else ("evidence", part, 0.0)
