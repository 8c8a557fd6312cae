"""Which answers count at each step between then and now, and what they score."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assessment.answers import Answer, AnswerSheet, ProfileValue, applies, asked
from assessment.questionnaire import Questionnaire, Section
from assessment.questions import Question
from assessment.scoring import Score, score
from assessment.values import Id

Counting = Mapping[str, Answer | None]
"""The answers that count, by question; None where a question is asked and has no answer."""


class Occasion(NamedTuple):
    """One assessment: the questionnaire it is scored by, and its checked answers."""

    questionnaire: Questionnaire
    sheet: AnswerSheet


class Scores(NamedTuple):
    """The score of every section, by id."""

    self_rated: Mapping[str, Score]
    confirmed: Mapping[str, Score]


class Plain:
    """A questionnaire without conditions and editions: what counts is said from outside, whatever the answers are."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        fields = {
            info.alias or name: getattr(questionnaire, name)
            for name, info in type(questionnaire).model_fields.items()
        }
        sections = tuple(map(_plain, questionnaire.sections))
        self.questionnaire = Questionnaire.model_validate({**fields, "sections": sections})
        self._aside = {
            name: Answer(question=name, state="not_applicable", reason="does not count")
            for name in questionnaire.questions_by_id
        }

    def score(self, counting: Counting) -> Scores:
        """Score the answers that count; every other question is as if it were not there."""
        answers = (counting.get(name, aside) for name, aside in self._aside.items())
        sheet = AnswerSheet(
            questionnaire=self.questionnaire.id,
            version=self.questionnaire.version,
            answers=tuple(answer for answer in answers if answer is not None),
        )
        card = score(self.questionnaire, sheet)
        overall = self._by_section(card.overall)
        return Scores(
            overall, overall if card.confirmed is card.overall else self._by_section(card.confirmed)
        )

    def _by_section(self, whole: Score) -> dict[str, Score]:
        return {found.of: found for found in _walk(whole) if found.of in self.questionnaire.sections_by_id}


def _plain(section: Section) -> Section:
    return section.model_copy(
        update={
            "applies_if": (),
            "sections": tuple(map(_plain, section.sections)),
            "questions": tuple(q.model_copy(update={"applies_if": ()}) for q in section.questions),
        }
    )


def _walk(found: Score) -> Iterator[Score]:
    yield found
    for part in found.parts:
        yield from _walk(part)


@dataclass(frozen=True)
class Steps:
    """The answers that count at each step."""

    then: Counting
    """With the old questionnaire, which it is the only one to be scored by."""
    carried: Counting
    """Of these, in the form of the new questionnaire, those it still has a place for."""
    by_the_new_questionnaire: Counting
    in_the_new_scope: Counting
    with_the_new_people: Counting
    with_what_is_known: Counting
    now: Counting


def steps(old: Occasion, new: Occasion) -> Steps:
    """Lay out the answers that count at each step; the package says by which rules."""
    then, now = _counting(old), _counting(new)
    facts = facts_then(old, new.questionnaire)
    answered = facts.by_question
    carried = {
        name: answered.get(name)
        for name, answer in then.items()
        if name in new.questionnaire.questions_by_id and (answer is None or name in answered)
    }
    rescored = {
        name: answer
        for name, answer in carried.items()
        if applies(new.questionnaire.questions_by_id[name], new.questionnaire, facts) is not False
    }
    scope = {name: carried.get(name, answer) for name, answer in now.items()}
    people = {
        name: now[name] if name in carried and by_others(answer, now[name]) else answer
        for name, answer in scope.items()
    }
    known = {
        name: now[name] if (value_of(answer) is None) != (value_of(now[name]) is None) else answer
        for name, answer in people.items()
    }
    return Steps(then, carried, rescored, scope, people, known, now)


def _counting(occasion: Occasion) -> dict[str, Answer | None]:
    answers = occasion.sheet.by_question
    return {
        question.id: answer
        for question in asked(*occasion)
        if (answer := answers.get(question.id)) is None or answer.state != "not_applicable"
    }


def by_others(old: Answer | None, new: Answer | None) -> bool:
    """Say whether two answers are known to be by different people."""
    names = {answer.respondent.strip() for answer in (old, new) if answer is not None}
    return len(names) == 2 and "" not in names


def value_of(answer: Answer | None) -> object:
    """Return the value, or None where there is none."""
    return None if answer is None else answer.value


def facts_then(old: Occasion, questionnaire: Questionnaire) -> AnswerSheet:
    """Return what was known then in the form of the new questionnaire: what that has no place for is left out."""
    known = questionnaire.answerable
    found = (
        _admitted(known[answer.question], answer) for answer in old.sheet.answers if answer.question in known
    )
    return AnswerSheet(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        short=old.sheet.short,
        profile=_profile(old.sheet.profile, questionnaire),
        answers=tuple(answer for answer in found if answer is not None),
    )


def _admitted(question: Question, answer: Answer) -> Answer | None:
    if answer.value is None:
        return answer
    try:
        return answer.model_copy(update={"value": question.admit(answer.value)})
    except ValueError:
        return None


def _profile(profile: Mapping[str, ProfileValue], questionnaire: Questionnaire) -> dict[Id, ProfileValue]:
    options = {field.id: field.option_ids for field in questionnaire.profile}
    kept: dict[Id, ProfileValue] = {}
    for field, value in profile.items():
        chosen = (value,) if isinstance(value, str) else value
        left = tuple(option for option in chosen if option in options.get(field, ()))
        if left:
            kept[field] = left[0] if isinstance(value, str) else left
    return kept
