"""What sheets are made from: for each question values to answer with, for each profile field choices that differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import prod
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from assessment.answers import ProfileValue
from assessment.conditions import Condition
from assessment.questionnaire import Contradiction, ProfileField, Questionnaire
from assessment.questions import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    Number,
    NumberQuestion,
    Question,
    TextQuestion,
    Value,
    YesNoQuestion,
)
from assessment.scoring.table import Known

Codes = NDArray[np.intp]

GIVEN = 3
"""The code of the worst value; 0 is open, 1 unknown, 2 not applicable."""

MOST_SUBSETS = 10
"""With up to so many options every set of choices is tried; with more, the small and the large ones."""


@dataclass(frozen=True)
class Material:
    """The values and choices of one questionnaire."""

    questionnaire: Questionnaire
    values: Mapping[str, tuple[Value, ...]]
    """By question, worst first."""
    worths: Mapping[str, NDArray[np.float64]]
    """Their worths, 0 to 1."""
    known: Mapping[str, Known]
    """By question: code 3 is the worst value, and so on; then the same with documented evidence."""
    tests: Mapping[str, tuple[Condition, ...]]
    """By question or profile field, every test there is of it."""
    choices: Mapping[str, tuple[tuple[ProfileValue, ...], ...]]
    """By profile field: groups of choices; the choices of a group meet the same tests."""

    @property
    def names(self) -> tuple[str, ...]:
        """The questions, in their order, and the key figures that some check looks at."""
        return tuple(self.values)

    @property
    def profiles(self) -> int:
        """How many combinations of the profile make a difference."""
        return prod(len(groups) for groups in self.choices.values())

    def profile(self, number: int) -> dict[str, tuple[ProfileValue, ...]]:
        """Return one combination: for each field the choices that are alike in it."""
        found: dict[str, tuple[ProfileValue, ...]] = {}
        for field, groups in self.choices.items():
            number, place = divmod(number, len(groups))
            found[field] = groups[place]
        return found

    def best(self, question: str) -> int:
        """Return the code of the best value."""
        return GIVEN + len(self.values[question]) - 1


def material(questionnaire: Questionnaire) -> Material:
    """Return the values and choices to make sheets from."""
    tests: dict[str, list[Condition]] = {}
    for condition in every_condition(questionnaire):
        for test in condition.tests():
            tests.setdefault(test.question or test.profile or "", []).append(test)
    questions = {
        name: question
        for name, question in questionnaire.answerable.items()
        if name in questionnaire.questions_by_id or name in tests
    }
    values = {name: _values(question, tuple(tests.get(name, ()))) for name, question in questions.items()}
    return Material(
        questionnaire=questionnaire,
        values=values,
        worths={
            name: np.array([questions[name].worth(value) for value in known])
            for name, known in values.items()
        },
        known={name: _known(known) for name, known in values.items()},
        tests={name: tuple(known) for name, known in tests.items()},
        choices={
            field.id: _grouped(field, tuple(tests.get(field.id, ()))) for field in questionnaire.profile
        },
    )


def every_condition(questionnaire: Questionnaire) -> Iterator[Condition]:
    """Yield every condition of sections, questions, measures and checks."""
    for section in questionnaire.whole.walk():
        yield from section.applies_if
        for question in section.questions:
            yield from question.applies_if
    for measure in questionnaire.measures:
        yield from measure.applies_if
        if measure.lead is not None:
            yield from measure.lead.applies_if
    for check in questionnaire.checks:
        if isinstance(check, Contradiction):
            yield from check.when


def _known(values: tuple[Value, ...]) -> Known:
    known = Known()
    for proven in (False, True):
        for value in values:
            known.code(value, proven=proven)
    return known


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _values(question: Question, tests: tuple[Condition, ...]) -> tuple[Value, ...]:
    """Return values to answer with, worst first: all, or those where the worth or the outcome of a test changes."""
    found: tuple[Value, ...]
    match question:
        case LevelQuestion() | YesNoQuestion() | ChoiceQuestion():
            found = question.values()
        case ChecklistQuestion():
            found = tuple(_ticked(question))
        case NumberQuestion():
            found = tuple(_numbers(question, tests))
        case TextQuestion():
            found = ("A text.", *(word for test in tests for word in test.any_of or ()))
        case _:
            assert_never(question)
    admitted = dict.fromkeys(value for each in found if (value := _admitted(question, each)) is not None)
    return tuple(sorted(admitted, key=question.worth))


def _admitted(question: Question, value: Value) -> Value | None:
    try:
        return question.admit(value)
    except ValueError:
        return None


def _ticked(question: ChecklistQuestion) -> Iterator[Value]:
    names = question.option_ids
    yield from question.values()
    yield from ((name,) for name in names)
    yield from (tuple(other for other in names if other != name) for name in names)
    yield names


def _numbers(question: NumberQuestion, tests: tuple[Condition, ...]) -> Iterator[Value]:
    places: list[Number] = [point.at for point in question.worths]
    yield from places
    yield from (one + (other - one) * part for one, other in pairwise(places) for part in (0.25, 0.5, 0.75))
    yield from (round(one + (other - one) / 2) for one, other in pairwise(places))
    yield from (limit for limit in (question.low, question.high) if limit is not None)
    if question.low is not None and question.high is not None:
        yield from (
            question.low + (question.high - question.low) * tenth / 10 for tenth in range(11)
        )  # tenths of what is plausible
    for test in tests:
        for limit in (test.at_least, test.above, test.at_most, test.below):
            if limit is not None:
                step = 1.0 if question.whole else max(abs(limit) * 0.001, 0.001)
                yield from (limit - step, limit, limit + step)
        yield from (float(word) for word in test.any_of or () if _is_number(word))
    if not places:
        yield from (0.0, 1.0, 10.0, 100.0)


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


# ── the profile ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _grouped(field: ProfileField, tests: tuple[Condition, ...]) -> tuple[tuple[ProfileValue, ...], ...]:
    groups: dict[tuple[bool, ...], list[ProfileValue]] = {}
    for choice in _choices(field):
        met = tuple(test.test((choice,) if isinstance(choice, str) else choice) for test in tests)
        groups.setdefault(met, []).append(choice)
    return tuple(tuple(group) for group in groups.values())


def _choices(field: ProfileField) -> Iterator[ProfileValue]:
    options = field.option_ids
    if field.type != "many":
        yield from options
        return
    sizes = (
        range(1, len(options) + 1) if len(options) <= MOST_SUBSETS else (1, 2, len(options) - 1, len(options))
    )
    for size in sizes:
        yield from combinations(options, size)
