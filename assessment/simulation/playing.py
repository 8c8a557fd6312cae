"""A table of sheets played through the rules of scoring: what is asked, which caps apply, every section's bare result."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessment.conditions import Condition
from assessment.questionnaire import Questionnaire
from assessment.scoring import rules
from assessment.scoring.columns import MANY_SHEETS
from assessment.scoring.figures import Result, Worths
from assessment.scoring.portfolio import Table
from assessment.scoring.scheme import scheme, worth_of
from assessment.visibility import Truth, Visibility

Truths = NDArray[np.bool_]
Floats = NDArray[np.float64]


class TableFacts:
    """What conditions ask of a table of sheets."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def short(self) -> Truths:
        """Whether only the short edition is asked, sheet by sheet."""
        return self._table.short

    def given(self, question: str) -> Truths:
        """Whether the question is answered with a value."""
        return np.asarray(self._table.codes[question] > 2)

    def unknown(self, question: str) -> Truths:
        """Whether the question is answered with "don't know"."""
        return np.asarray(self._table.codes[question] == 1)

    def aside(self, question: str) -> Truths:
        """Whether the question was said not to apply."""
        return np.asarray(self._table.codes[question] == 2)

    def filled(self, field: str) -> Truths:
        """Whether the profile field has a value."""
        return np.array([bool(value) for value in self._table.profile[field]], dtype=np.bool_)

    def holds(self, test: Condition) -> Truths:
        """Whether the value there passes a single test."""
        if test.profile is not None:
            met: dict[Any, bool] = {None: False}
            for value in set(self._table.profile[test.profile]) - {None}:
                met[value] = test.test((value,) if isinstance(value, str) else value)
            return np.array([met[value] for value in self._table.profile[test.profile]], dtype=np.bool_)
        name = test.question or ""
        passed = [
            said.value is not None and test.test(said.value) for said in self._table.known[name].answers
        ]
        return np.array(passed, dtype=np.bool_).take(self._table.codes[name])


@dataclass(frozen=True)
class Played:
    """Some sheets, and what became of them."""

    questionnaire: Questionnaire
    table: Table

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def facts(self) -> TableFacts:
        """What conditions ask."""
        return TableFacts(self.table)

    @cached_property
    def visibility(self) -> Visibility:
        """A reader of conditions."""
        return Visibility(self.questionnaire, self.facts)

    def truths(self, values: Any) -> Truths:
        """Return a column of truth values, where it may be a single one."""
        return np.broadcast_to(np.asarray(values, dtype=np.bool_), (len(self),))

    def floats(self, values: Any) -> Floats:
        """Return a column of numbers, where it may be a single one."""
        return np.broadcast_to(np.asarray(values, dtype=np.float64), (len(self),))

    def asked(self, question: str) -> Truths:
        """Whether the question is asked as things stand."""
        return self.truths(self.visibility.of(question).yes)

    def all_hold(self, conditions: tuple[Condition, ...]) -> Truth:
        """Whether all of these conditions hold."""
        truth = self.visibility.all(conditions)
        return Truth(self.truths(truth.yes), self.truths(truth.may), self.truths(truth.must))

    @cached_property
    def worths(self) -> Mapping[str, Floats]:
        """The worth of each answer; 0 where there is none."""
        questions = self.questionnaire.questions_by_id
        found = {}
        for name, codes in self.table.codes.items():
            known = [
                0.0 if said.value is None else worth_of(self.questionnaire, questions[name], said.value)
                for said in self.table.known[name].answers
            ]
            found[name] = np.array(known).take(codes)
        return found

    @cached_property
    def _read(self) -> tuple[Worths, list[Truths]]:
        names = scheme(self.questionnaire).questions
        nothing = np.zeros(len(self), dtype=np.bool_)
        given, missing, unknown = [], [], []
        for name in names:
            asked = self.asked(name) & (self.facts.aside(name) ^ True)
            answered = self.facts.given(name)
            given.append(answered & asked)
            missing.append((answered ^ True) & asked)
            unknown.append(self.facts.unknown(name) & asked)
        worths = [self.worths[name] for name in names]
        if self.questionnaire.unanswered == "worst":
            present = [one | other for one, other in zip(given, missing, strict=True)]
            worths = [np.where(one, worth, 0.0) for one, worth in zip(given, worths, strict=True)]
            return Worths(present, worths, [nothing] * len(names), [nothing] * len(names)), unknown
        return Worths(given, worths, missing, [nothing] * len(names)), unknown

    @cached_property
    def active(self) -> tuple[Truths, ...]:
        """Which caps apply, in the questionnaire's order."""
        worths, unknown = self._read
        return tuple(self.truths(each) for each in rules.active(scheme(self.questionnaire), worths, unknown))

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """Every section's bare result, from the answers given."""
        worths, _ = self._read
        return rules.evaluate(scheme(self.questionnaire), MANY_SHEETS, worths, self.active)

    def scored(self, section: str) -> Truths:
        """Whether the section has an index."""
        return self.truths(self.results[section].present)

    def levels(self, section: str) -> Floats:
        """Return the section's level; where it has no index it means nothing."""
        return self.floats(self.results[section].level)

    def values(self, section: str) -> Floats:
        """Return the section's index; where it has none it means nothing."""
        return self.floats(self.results[section].value)

    def positions(self, section: str) -> Floats:
        """Return the section's index as a position, 0 to 1."""
        return self.floats(self.results[section].worth)
