"""Many sheets scored at once: the rules of `rules`, with a column of answers in the place of an answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.scoring import rules
from assessment.scoring.columns import MANY_SHEETS
from assessment.scoring.figures import Result, Worths
from assessment.scoring.result import Status
from assessment.scoring.scheme import Scheme, scheme
from assessment.scoring.table import Floats, Table, Truths, nowhere, read_table, table_of
from assessment.values import TOLERANCE

BATCH = 4096
"""Sheets in one table: columns of this length stay in the processor's cache, and memory stays flat."""


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
    laid_out, count = scheme(questionnaire), len(table)
    reading = read_table(questionnaire, table, confirmed=confirmed)
    nobody = nowhere(reading.given)
    results = [
        _evaluated(laid_out, reading.as_given, reading.unknown),
        _evaluated(laid_out, reading.turned(0.0), nobody),
        _evaluated(laid_out, reading.turned(1.0), nobody),
    ]
    covered = rules.coverage(laid_out, MANY_SHEETS, reading.given, reading.missing)
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
