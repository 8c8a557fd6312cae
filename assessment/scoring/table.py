"""Many sheets in one table, column by column, and how they are read for scoring.

A table holds, for each question, which of its known answers each sheet gives. What an answer is worth and which conditions
it meets is worked out once for each distinct answer, not for each sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessment.answers import PROVEN, Answer, AnswerSheet, ProfileValue, State
from assessment.conditions import Condition
from assessment.questionnaire import Questionnaire
from assessment.questions import Question, Value
from assessment.scoring.figures import Worths
from assessment.scoring.reading import ceiling
from assessment.scoring.scheme import scheme, worth_of
from assessment.visibility import Visibility

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Reply:
    """One of the answers that sheets give to a question."""

    state: State
    value: Value | None = None
    proven: bool = False
    """There is documented evidence."""


OPEN, UNKNOWN, ASIDE = Reply("open"), Reply("unknown"), Reply("not_applicable")


@dataclass
class Known:
    """The distinct answers to one question so far; an answer's code is its place."""

    answers: list[Reply] = field(default_factory=lambda: [OPEN, UNKNOWN, ASIDE])
    codes: dict[Any, int] = field(default_factory=lambda: {None: 0})
    """By plain value, without evidence."""
    proven: dict[Any, int] = field(default_factory=dict)
    """By value, with documented evidence."""

    def code(self, value: Value, *, proven: bool = False) -> int:
        """Return the code of a given value."""
        known = self.proven if proven else self.codes
        found = known.get(value)
        if found is None:
            found = known[value] = len(self.answers)
            self.answers.append(Reply("given", value, proven))
        return found


@dataclass
class Table:
    """Some sheets of one questionnaire, column by column."""

    short: Truths
    profile: Mapping[str, Sequence[ProfileValue | None]]
    """By field, one value for each sheet."""
    known: Mapping[str, Known]
    """By question."""
    codes: Mapping[str, Codes]
    """By question, one code for each sheet."""

    def __len__(self) -> int:
        return len(self.short)


_STATES: dict[State, int] = {"open": 0, "unknown": 1, "not_applicable": 2}


def table_of(questionnaire: Questionnaire, sheets: Sequence[AnswerSheet]) -> Table:
    """Return checked sheets column by column."""
    names = tuple(questionnaire.questions_by_id)
    width = len(names)
    known = {name: Known() for name in names}
    places = {name: (number, room, room.codes) for number, (name, room) in enumerate(known.items())}
    codes = [0] * (width * len(sheets))
    row = 0
    for sheet in sheets:
        for answer in sheet.answers:
            place = places.get(answer.question)
            if place is None:  # a key figure: no part of any score
                continue
            number, room, plain = place
            # most answers are plain values met before; a list of items or a state is not, nor is one with evidence
            found = (
                plain.get(answer.value) if answer.evidence == "none" and answer.value is not None else None
            )
            codes[row + number] = code_of(answer, room) if found is None else found
        row += width
    grid = np.array(codes, dtype=np.intp).reshape(len(sheets), width)
    return Table(
        short=np.array([sheet.short for sheet in sheets], dtype=np.bool_),
        profile={
            place.id: [sheet.profile.get(place.id) for sheet in sheets] for place in questionnaire.profile
        },
        known=known,
        codes={name: np.ascontiguousarray(grid[:, number]) for number, name in enumerate(names)},
    )


def code_of(answer: Answer, room: Known) -> int:
    """Return the code of a checked answer, a new one where it was not known."""
    value = answer.value
    if value is None:
        return _STATES[answer.state]
    if answer.evidence in PROVEN:
        return room.code(value, proven=True)
    found = room.codes.get(value)
    return room.code(value) if found is None else found


class TableFacts:
    """What conditions ask of a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def short(self) -> Truths:
        """Whether only the short edition is asked, sheet by sheet."""
        return self._table.short

    def given(self, question: str) -> Truths:
        """Whether the question is answered with a value."""
        return self.has(question, "given")

    def aside(self, question: str) -> Truths:
        """Whether the question was said not to apply."""
        return self.has(question, "not_applicable")

    def has(self, question: str, state: State) -> Truths:
        """Whether the answer is in this state."""
        codes = self._table.codes[question]
        return codes > 2 if state == "given" else codes == _STATES[state]

    def filled(self, field: str) -> Truths:
        """Whether the profile field has a value."""
        return np.array([bool(value) for value in self._table.profile[field]], dtype=np.bool_)

    def holds(self, test: Condition) -> Truths:
        """Whether the value there passes a single test."""
        if test.profile is not None:
            known: dict[Any, bool] = {None: False}
            found = []
            for value in self._table.profile[test.profile]:
                if value not in known:
                    known[value] = test.test((value,) if isinstance(value, str) else value)
                found.append(known[value])
            return np.array(found, dtype=np.bool_)
        name = test.question or ""
        passed = [
            said.value is not None and test.test(said.value) for said in self._table.known[name].answers
        ]
        return np.array(passed, dtype=np.bool_).take(self._table.codes[name])


@dataclass(frozen=True)
class TableReading:
    """A table read for scoring: question by question, in the questionnaire's order, what `Reading` says of one sheet."""

    visibility: Visibility
    given: Sequence[Truths]
    missing: Sequence[Truths]
    unsettled: Sequence[Truths]
    unknown: Sequence[Truths]
    worths: Sequence[Floats]
    """From 0 to 1 where an answer is given; 0 elsewhere."""
    as_given: Worths
    """What counts: what is missing is left out, or worst if the questionnaire says so."""

    def turned(self, worth: float) -> Worths:
        """Return the worths with everything missing or unsettled turned out like this."""
        sure = [one & (other ^ True) for one, other in zip(self.given, self.unsettled, strict=True)]
        loose = [one | other for one, other in zip(self.missing, self.unsettled, strict=True)]
        counted = [one | other for one, other in zip(sure, loose, strict=True)]
        turning = [np.where(one, known, worth) for one, known in zip(sure, self.worths, strict=True)]
        return Worths(counted, turning, nowhere(self.given), self.unsettled)


def nowhere(columns: Sequence[Truths]) -> list[Truths]:
    """Return as many columns in which nothing holds."""
    return [np.zeros_like(column) for column in columns[:1]] * len(columns)


def read_table(questionnaire: Questionnaire, table: Table, *, confirmed: bool = False) -> TableReading:
    """Read a table; in the confirmed reading a high level without documented evidence counts less."""
    facts = TableFacts(table)
    seen = Visibility(questionnaire, facts)
    highest = ceiling(questionnaire) if confirmed else None
    given, missing, unsettled, unknown, worths = [], [], [], [], []
    for name in scheme(questionnaire).questions:
        truth = seen.of(name)
        there, answered = facts.aside(name) ^ True, facts.given(name)
        given.append(answered & truth.yes & there)
        missing.append((answered ^ True) & truth.yes & there)
        unsettled.append(truth.may & (truth.must ^ True) & there)
        unknown.append(facts.has(name, "unknown") & truth.yes)
        worths.append(_worths(questionnaire, questionnaire.questions_by_id[name], table, highest))
    as_given = Worths(given, worths, missing, nowhere(given))
    if questionnaire.unanswered == "worst":
        counted = [one | other for one, other in zip(given, missing, strict=True)]
        least = [np.where(one, worth, 0.0) for one, worth in zip(given, worths, strict=True)]
        as_given = Worths(counted, least, nowhere(given), nowhere(given))
    return TableReading(seen, given, missing, unsettled, unknown, worths, as_given)


def _worths(questionnaire: Questionnaire, question: Question, table: Table, highest: float | None) -> Floats:
    def worth(said: Reply) -> float:
        if said.value is None:
            return 0.0
        found = worth_of(questionnaire, question, said.value)
        limited = highest is not None and question.weight and not said.proven
        return min(found, highest) if limited and highest is not None else found

    known = np.array([worth(said) for said in table.known[question.id].answers], dtype=np.float64)
    return known.take(table.codes[question.id])
