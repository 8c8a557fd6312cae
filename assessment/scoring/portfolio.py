"""Many sheets scored at once: the rules of `rules`, with a column of answers in the place of an answer.

A table holds, for each question, which of its known answers each sheet gives. What an answer is worth and which conditions
it meets is worked out once for each distinct answer, not for each sheet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assessment.answers import PROVEN, Answer, AnswerSheet, ProfileValue, State
from assessment.conditions import Condition
from assessment.questionnaire import Questionnaire
from assessment.questions import Question, Value
from assessment.scoring import rules
from assessment.scoring.columns import MANY_SHEETS
from assessment.scoring.figures import Result, Worths
from assessment.scoring.reading import ceiling
from assessment.scoring.result import Status
from assessment.scoring.scheme import Scheme, scheme, worth_of
from assessment.values import TOLERANCE
from assessment.visibility import Visibility

BATCH = 4096
"""Sheets in one table: columns of this length stay in the processor's cache, and memory stays flat."""

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
            number, room, plain = places[answer.question]
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


class SheetScore(NamedTuple):
    """One sheet's score of one section, as `Score` has it."""

    status: Status
    value: float | None
    level: int | None
    low: float | None
    high: float | None
    level_low: int | None
    level_high: int | None
    coverage: float | None


@dataclass(frozen=True)
class SectionScores:
    """One section's scores, one entry for each sheet; where a mask is false the entry means nothing."""

    of: str
    scored: Truths
    """There is an index."""
    value: Floats
    level: Floats
    possible: Truths
    """There is a range."""
    low: Floats
    high: Floats
    level_low: Floats
    level_high: Floats
    applies: Truths
    """There is a coverage."""
    coverage: Floats
    certain: Truths
    """Enough is answered to show the index as a headline."""

    def status(self, row: int) -> Status:
        """Return the status of one sheet's section, as `Score.status` has it."""
        return _status(self.scored[row], self.possible[row], self.applies[row], self.certain[row])

    def rows(self) -> Iterator[SheetScore]:
        """Yield the section's score of each sheet."""
        for (
            scored,
            value,
            level,
            possible,
            low,
            high,
            level_low,
            level_high,
            applies,
            coverage,
            certain,
        ) in zip(
            *(
                column.tolist()
                for column in (
                    *(self.scored, self.value, self.level),
                    *(self.possible, self.low, self.high, self.level_low, self.level_high),
                    *(self.applies, self.coverage, self.certain),
                )
            ),
            strict=True,
        ):
            yield SheetScore(
                status=_status(scored, possible, applies, certain),
                value=value if scored else None,
                level=int(level) if scored else None,
                low=low if possible else None,
                high=high if possible else None,
                level_low=int(level_low) if possible else None,
                level_high=int(level_high) if possible else None,
                coverage=coverage if applies else None,
            )


def _status(scored: bool, possible: bool, applies: bool, certain: bool) -> Status:
    if not applies:
        return "incomplete" if possible else "not_applicable"
    if not scored:
        return "incomplete"
    return "scored" if certain else "low_coverage"


@dataclass(frozen=True)
class Scores:
    """The scores of many sheets, by section; the whole under the questionnaire's id."""

    sections: Mapping[str, SectionScores]

    def of(self, section: str) -> SectionScores:
        """Return one section's scores."""
        return self.sections[section]


def score_sheets(
    questionnaire: Questionnaire, sheets: Iterable[AnswerSheet], *, confirmed: bool = False
) -> Iterator[Scores]:
    """Yield the scores of checked sheets, batch by batch and in their order; the same as one by one."""
    batch: list[AnswerSheet] = []
    for sheet in sheets:
        batch.append(sheet)
        if len(batch) == BATCH:
            yield score_table(questionnaire, table_of(questionnaire, batch), confirmed=confirmed)
            batch = []
    if batch:
        yield score_table(questionnaire, table_of(questionnaire, batch), confirmed=confirmed)


def score_table(questionnaire: Questionnaire, table: Table, *, confirmed: bool = False) -> Scores:
    """Score a table: index, level, range and coverage of every section, self-rated or confirmed."""
    laid_out = scheme(questionnaire)
    facts = _TableFacts(table)
    seen = Visibility(questionnaire, facts)
    highest = ceiling(questionnaire) if confirmed else None
    count = len(table)
    nothing = np.zeros(count, dtype=np.bool_)
    given, missing, unsure, unknown, worths = [], [], [], [], []
    for name in laid_out.questions:
        truth = seen.of(name)
        there = facts.aside(name) ^ True
        answered = facts.given(name)
        question = questionnaire.questions_by_id[name]
        given.append(answered & truth.yes & there)
        missing.append((answered ^ True) & truth.yes & there)
        unsure.append(truth.may & (truth.must ^ True) & there)
        unknown.append(facts.has(name, "unknown") & truth.yes)
        worths.append(_worths(questionnaire, question, table, highest))
    sure = [one & (other ^ True) for one, other in zip(given, unsure, strict=True)]
    loose = [one | other for one, other in zip(missing, unsure, strict=True)]
    as_given = Worths(given, worths, missing, [nothing] * len(given))
    if questionnaire.unanswered == "worst":
        counted = [one | other for one, other in zip(given, missing, strict=True)]
        least = [np.where(one, worth, 0.0) for one, worth in zip(given, worths, strict=True)]
        as_given = Worths(counted, least, [nothing] * len(given), [nothing] * len(given))
    results = [_evaluated(laid_out, as_given, unknown)]
    for turned in (0.0, 1.0):
        counted = [one | other for one, other in zip(sure, loose, strict=True)]
        turning = [np.where(one, worth, turned) for one, worth in zip(sure, worths, strict=True)]
        nowhere = [nothing] * len(given)
        results.append(_evaluated(laid_out, Worths(counted, turning, nowhere, unsure), nowhere))
    covered = rules.coverage(laid_out, MANY_SHEETS, given, missing)
    return Scores(
        {
            branch.of: _columns(
                branch.of, [tree[branch.of] for tree in results], covered[branch.of], questionnaire, count
            )
            for branch in laid_out.branches
        }
    )


def _evaluated(laid_out: Scheme, worths: Worths, unknown: Sequence[Truths]) -> dict[str, Result]:
    return rules.evaluate(laid_out, MANY_SHEETS, worths, rules.active(laid_out, worths, unknown))


def _worths(questionnaire: Questionnaire, question: Question, table: Table, highest: float | None) -> Floats:
    def worth(said: Reply) -> float:
        if said.value is None:
            return 0.0
        found = worth_of(questionnaire, question, said.value)
        limited = highest is not None and question.weight and not said.proven
        return min(found, highest) if limited and highest is not None else found

    known = np.array([worth(said) for said in table.known[question.id].answers], dtype=np.float64)
    return known.take(table.codes[question.id])


def _columns(
    of: str,
    results: Sequence[Result],
    covered: tuple[Any, Any],
    questionnaire: Questionnaire,
    count: int,
) -> SectionScores:
    given, worst, best = results
    applies, coverage = covered

    def column(values: Any, kind: type) -> Any:
        return np.broadcast_to(np.asarray(values, dtype=kind), (count,))

    scored = column(given.present, np.bool_) & applies
    share = column(coverage, np.float64)
    return SectionScores(
        of=of,
        scored=scored,
        value=column(given.value, np.float64),
        level=column(given.level, np.float64),
        possible=column(worst.present, np.bool_),
        low=column(worst.value, np.float64),
        high=column(best.value, np.float64),
        level_low=column(worst.level, np.float64),
        level_high=column(best.level, np.float64),
        applies=column(applies, np.bool_),
        coverage=share,
        certain=scored & (share > 0) & (share >= questionnaire.minimum_coverage - TOLERANCE),
    )


class _TableFacts:
    """What conditions ask of a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def short(self) -> Truths:
        return self._table.short

    def given(self, question: str) -> Truths:
        return self.has(question, "given")

    def aside(self, question: str) -> Truths:
        return self.has(question, "not_applicable")

    def has(self, question: str, state: State) -> Truths:
        codes = self._table.codes[question]
        return codes > 2 if state == "given" else codes == _STATES[state]

    def filled(self, field: str) -> Truths:
        return np.array([bool(value) for value in self._table.profile[field]], dtype=np.bool_)

    def holds(self, test: Condition) -> Truths:
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
