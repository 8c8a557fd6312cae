"""A table of sheets played through the rules of scoring: what is asked, which caps apply, every section's bare result."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from assessment.conditions import Condition
from assessment.questionnaire import Questionnaire
from assessment.scoring import rules
from assessment.scoring.columns import MANY_SHEETS
from assessment.scoring.figures import Result
from assessment.scoring.scheme import scheme
from assessment.scoring.table import Floats, Table, TableFacts, TableReading, Truths, read_table
from assessment.visibility import Truth, Visibility


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
    def reading(self) -> TableReading:
        """What counts of the answers."""
        return read_table(self.questionnaire, self.table)

    @cached_property
    def worths(self) -> Mapping[str, Floats]:
        """The worth of each answer; 0 where there is none."""
        return dict(zip(scheme(self.questionnaire).questions, self.reading.worths, strict=True))

    @cached_property
    def active(self) -> tuple[Truths, ...]:
        """Which caps apply, in the questionnaire's order."""
        worths, unknown = self.reading.as_given, self.reading.unknown
        return tuple(self.truths(each) for each in rules.active(scheme(self.questionnaire), worths, unknown))

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """Every section's bare result, from the answers given."""
        worths = self.reading.as_given
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
