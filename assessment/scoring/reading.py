"""One sheet read for scoring: what counts, what is missing, what is not settled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessment.answers import PROVEN, AnswerSheet, visibility
from assessment.questionnaire import Questionnaire
from assessment.scoring.scheme import worth_of


@dataclass(frozen=True)
class Reading:
    """A questionnaire's answers, read once for scoring: worths from 0 to 1 by question id."""

    given: Mapping[str, float]
    """Answers that count."""
    missing: frozenset[str]
    """Asked and unknown or open."""
    unsettled: frozenset[str]
    """Whether they apply hangs on an answer not known; in the range they count as worst and as best."""
    unknown: frozenset[str]
    """Of the missing, those answered "don't know"."""

    def at(self, worth: float) -> dict[str, float]:
        """Return the worths with everything missing or unsettled turned out like this."""
        turned = dict.fromkeys(self.missing | self.unsettled, worth)
        return {**turned, **{name: given for name, given in self.given.items() if name not in self.unsettled}}


def ceiling(questionnaire: Questionnaire) -> float | None:
    """Return the worth that an answer without documented evidence does not exceed in the confirmed reading."""
    level = questionnaire.unproven_counts_as
    return None if level is None else questionnaire.scale.worth_of_level(level)


def read(questionnaire: Questionnaire, sheet: AnswerSheet, *, confirmed: bool = False) -> Reading:
    """Turn answers into worths; in the confirmed reading a high level without documented evidence counts less."""
    return read_twice(questionnaire, sheet)[confirmed]


def read_twice(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[Reading, Reading]:
    """Return the self-rated and the confirmed reading; the same one, if no answer counts less for want of evidence."""
    given: dict[str, float] = {}
    limited: dict[str, float] = {}
    missing, unsettled, unknown = set(), set(), set()
    seen, answers = visibility(questionnaire, sheet), sheet.by_question
    highest = ceiling(questionnaire)
    for name, question in questionnaire.questions_by_id.items():
        truth, answer = seen.of(name), answers.get(name)
        if not truth.may or (answer is not None and answer.state == "not_applicable"):
            continue
        if not truth.must:
            unsettled.add(name)
        if not truth.yes:
            continue
        if answer is None or answer.value is None:
            missing.add(name)
            if answer is not None and answer.state == "unknown":
                unknown.add(name)
        else:
            given[name] = worth = worth_of(questionnaire, question, answer.value)
            if highest is not None and worth > highest and question.weight and answer.evidence not in PROVEN:
                limited[name] = highest
    reading = Reading(given, frozenset(missing), frozenset(unsettled), frozenset(unknown))
    return reading, replace(reading, given={**given, **limited}) if limited else reading
