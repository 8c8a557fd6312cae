"""Which questions concern whom, as formulas: `assessment.visibility` in the language of the workbook.

Each truth is kept three times: as things stand, whether it may yet hold, and whether it must.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assessment.conditions import Condition, words_of
from assessment.exports.xlsx.facts import Facts, one_of
from assessment.exports.xlsx.formulas import FALSE, TRUE, Formula, every, exactly, no, products, some
from assessment.exports.xlsx.lists import Choices
from assessment.questionnaire import Questionnaire
from assessment.questions import ChecklistQuestion, NumberQuestion, Question, TextQuestion


class Truth(NamedTuple):
    """Whether something holds."""

    yes: Formula
    may: Formula
    must: Formula


HOLDS = Truth(TRUE, TRUE, TRUE)


@dataclass(frozen=True)
class Said:
    """An answer as conditions see it."""

    question: Question
    given: Formula
    """Whether there is a value."""
    aside: Formula
    """Whether the question was said not to apply."""
    cell: Formula
    """The answer itself."""
    place: Formula
    """Where it stands among what can be chosen; for a checklist, how many items are ticked."""
    items: dict[str, Formula]
    """Of a checklist, whether each item is ticked."""


@dataclass
class Conditions:
    """Reads conditions; where a question is asked is read once and then stands in its row."""

    questionnaire: Questionnaire
    facts: Facts
    said: dict[str, Said]
    words: dict[tuple[str, ...], Choices]
    """Words that a written answer may have to be."""
    asked: dict[str, Truth] = field(default_factory=dict)
    """What stands in the rows so far."""

    def deciders(self, question: str) -> Iterable[str]:
        """Yield the questions that must be read before this one."""
        return (name for condition in self._over(question) for name in condition.deciders())

    def of(self, question: str) -> Truth:
        """Return whether a question is asked, worked out from its conditions."""
        truth = self.all(self._over(question))
        known = self.questionnaire.questions_by_id.get(question)
        if known is not None and not known.short:
            whole = no(self.facts.short)
            return Truth(*(every(each, whole) for each in truth))
        return truth

    def _over(self, question: str) -> Sequence[Condition]:
        figures = self.questionnaire.figure_conditions
        return figures[question] if question in figures else self.questionnaire.conditions_of[question]

    def all(self, conditions: Iterable[Condition]) -> Truth:
        """Return whether all of these hold."""
        truths = [HOLDS, *map(self.holds, conditions)]
        return Truth(*(every(*(truth[which] for truth in truths)) for which in range(3)))

    def holds(self, condition: Condition) -> Truth:
        """Return whether a condition holds."""
        if condition.not_ is not None:
            return _opposite(self.holds(condition.not_))
        if condition.all is not None:
            return self.all(condition.all)
        if condition.any is not None:
            truths = [self.holds(each) for each in condition.any]
            return Truth(*(some(*(truth[which] for truth in truths)) for which in range(3)))
        truth = self._profile(condition) if condition.profile is not None else self._answer(condition)
        return _opposite(truth) if condition.answered is False else truth

    def _profile(self, test: Condition) -> Truth:
        known = self.facts.fields[test.profile or ""]
        yes = known.filled if test.answered is not None else one_of(known, test.any_of or ())
        return Truth(yes, some(yes, no(known.filled)), yes)

    def _answer(self, test: Condition) -> Truth:
        name = test.question or ""
        said, asked, there = self.said[name], self.asked[name], no(self.said[name].aside)
        passed = said.given if test.answered is not None else every(said.given, self._passes(test, said))
        return Truth(
            every(asked.yes, there, passed),
            every(asked.may, there, some(passed, no(said.given))),
            every(asked.must, there, passed),
        )

    def _passes(self, test: Condition, said: Said) -> Formula:
        """Return whether a given value passes a single test."""
        match said.question:
            case NumberQuestion():
                if test.any_of is not None:
                    return some(*(said.cell.same(number) for number in _numbers(test.any_of)))
                return _within(test, said.cell)
            case ChecklistQuestion():
                if test.any_of is not None:
                    return some(*(said.items[name] for name in test.any_of if name in said.items))
                return _within(test, said.place)
            case TextQuestion():
                if test.any_of is None:
                    return FALSE
                known = self.words[test.any_of]
                return products(exactly(known.values, said.cell) * 1) > 0
            case _:
                order = places_of(said.question)
                passing = [number for number, value in enumerate(order, start=1) if test.test(value)]
                return _among(said.place, passing, len(order))


def places_of(question: Question) -> tuple[object, ...]:
    """Return what can be chosen, in the order of the list: worst first, options as their author put them."""
    match question:
        case ChecklistQuestion() | NumberQuestion() | TextQuestion():
            return ()
        case _ if hasattr(question, "option_ids"):
            return tuple(question.option_ids)
        case _:
            return tuple(question.values())


def _opposite(truth: Truth) -> Truth:
    return Truth(no(truth.yes), no(truth.must), no(truth.may))


def _numbers(words: tuple[str, ...]) -> Iterable[float]:
    """Yield the numbers that these words stand for."""
    for word in words:
        try:
            number = float(word)
        except ValueError:
            continue
        if word in words_of(number):
            yield number


def _within(test: Condition, size: Formula) -> Formula:
    return every(
        *([size >= test.at_least] if test.at_least is not None else []),
        *([size > test.above] if test.above is not None else []),
        *([size <= test.at_most] if test.at_most is not None else []),
        *([size < test.below] if test.below is not None else []),
    )


def _among(place: Formula, passing: list[int], count: int) -> Formula:
    """Return whether a place is one of these; neighbours are told as a run."""
    runs: list[list[int]] = []
    for number in passing:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return some(*(_run(place, run[0], run[-1], count) for run in runs)) if runs else FALSE


def _run(place: Formula, first: int, last: int, count: int) -> Formula:
    if first == last:
        return place.same(first)
    if last == count:
        return place >= first
    return every(place >= first, place <= last)
