"""Which questions concern whom: conditions read with what is known, for one sheet or for many at once.

The rules are written once, with `&`, `|` and `^ True`, which mean the same for one truth value and for a column of them.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from assessment.conditions import Condition
from assessment.questionnaire import Questionnaire

Bool = Any
"""A truth value, or a column of truth values, one for each sheet."""


class Truth(NamedTuple):
    """Whether something holds."""

    yes: Bool
    """As things stand: a test of what is not answered does not hold."""
    may: Bool
    """Some way of answering what is open makes it hold."""
    must: Bool
    """Every way of answering what is open makes it hold."""


HOLDS = Truth(yes=True, may=True, must=True)


class Facts(Protocol):
    """What is known of a sheet, or of many sheets."""

    @property
    def short(self) -> Bool:
        """Whether only the short edition is asked."""
        ...

    def given(self, question: str) -> Bool:
        """Whether the question is answered with a value."""
        ...

    def aside(self, question: str) -> Bool:
        """Whether the question was said not to apply."""
        ...

    def holds(self, test: Condition) -> Bool:
        """Whether the value there is passes a single test; anything where there is no value."""
        ...

    def filled(self, field: str) -> Bool:
        """Whether the profile field has a value."""
        ...


class Visibility:
    """Reads conditions with one set of facts; every question is read once."""

    def __init__(self, questionnaire: Questionnaire, facts: Facts) -> None:
        self._questionnaire, self._facts = questionnaire, facts
        self._short = facts.short
        self._seen: dict[str, Truth] = {}
        self._held: dict[int, tuple[Condition, Truth]] = {}
        """By identity: a section's conditions stand above each of its questions."""

    def of(self, question: str) -> Truth:
        """Say whether a question is asked: in this edition, and with its own and its sections' conditions met.

        A key figure stands outside the tree: in both editions, with its own conditions alone.
        """
        known = self._seen.get(question)
        if known is None:
            if question in self._questionnaire.figure_conditions:
                return self.all(self._questionnaire.figure_conditions[question])
            conditions = self._questionnaire.conditions_of[question]
            known = self.all(conditions) if conditions else HOLDS
            if self._short is not False and not self._questionnaire.questions_by_id[question].short:
                whole = self._short ^ True
                known = Truth(known.yes & whole, known.may & whole, known.must & whole)
            self._seen[question] = known
        return known

    def all(self, conditions: Iterable[Condition]) -> Truth:
        """Say whether all of these hold."""
        yes, may, must = HOLDS
        for condition in conditions:
            one = self.holds(condition)
            yes, may, must = yes & one.yes, may & one.may, must & one.must
        return Truth(yes, may, must)

    def holds(self, condition: Condition) -> Truth:
        """Say whether a condition holds."""
        known = self._held.get(id(condition))
        if known is None:
            known = self._held[id(condition)] = (condition, self._read(condition))
        return known[1]

    def _read(self, condition: Condition) -> Truth:
        if condition.not_ is not None:
            return _opposite(self.holds(condition.not_))
        if condition.all is not None:
            return self.all(condition.all)
        if condition.any is not None:
            return _opposite(self._none(condition.any))
        answered = condition if condition.answered is not False else None
        truth = self._profile(condition) if condition.profile is not None else self._answer(condition)
        return truth if answered is not None else _opposite(truth)

    def _none(self, conditions: Iterable[Condition]) -> Truth:
        yes, may, must = HOLDS
        for condition in conditions:
            one = _opposite(self.holds(condition))
            yes, may, must = yes & one.yes, may & one.may, must & one.must
        return Truth(yes, may, must)

    def _profile(self, test: Condition) -> Truth:
        filled = self._facts.filled(test.profile or "")
        yes = filled if test.answered is not None else filled & self._facts.holds(test)
        return Truth(yes, yes | (filled ^ True), yes)

    def _answer(self, test: Condition) -> Truth:
        decider = test.question or ""
        given, there = self._facts.given(decider), self._facts.aside(decider) ^ True
        passed = given if test.answered is not None else given & self._facts.holds(test)
        asked = self.of(decider)
        return Truth(
            yes=asked.yes & there & passed,
            may=asked.may & there & (passed | (given ^ True)),
            must=asked.must & there & passed,
        )


def _opposite(truth: Truth) -> Truth:
    return Truth(truth.yes ^ True, truth.must ^ True, truth.may ^ True)
