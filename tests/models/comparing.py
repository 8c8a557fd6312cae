"""What must come out, and whether it does: of one sheet scored alone, and of many scored at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from assessment.answers import AnswerSheet, check_sheet
from assessment.questionnaire import Questionnaire
from assessment.scoring import Score, score
from assessment.scoring.portfolio import score_sheets
from tests.conftest import a_sheet

CLOSE = 1e-9

Said = Mapping[str, Any]
"""By question: a value, "unknown", "open" or "n/a"."""

Pair = tuple[Fraction | None, int | None]
"""Index and level; none where nothing is given."""

NOTHING: Pair = (None, None)
OPEN, ASIDE = ("unknown", "open"), "n/a"


@dataclass(frozen=True)
class Sheet:
    """What was said, and the profile it was said with."""

    said: Said
    profile: Mapping[str, Any]


@dataclass(frozen=True)
class Expected:
    """By section: index and level as given, at worst and at best, and the share that is given."""

    given: Mapping[str, Pair]
    worst: Mapping[str, Pair]
    best: Mapping[str, Pair]
    coverage: Mapping[str, Fraction | None]


def agree(
    questionnaire: Questionnaire, sheets: Iterable[Sheet], expected: Callable[[Sheet], Expected]
) -> None:
    """Assert that every section of every sheet comes out as expected, alone and among many."""
    known = list(sheets)
    read = [
        check_sheet(questionnaire, a_sheet(questionnaire, sheet.said, profile=sheet.profile))
        for sheet in known
    ]
    cards = [score(questionnaire, sheet).overall for sheet in read]
    for sheet, card in zip(known, cards, strict=True):
        _as_expected(questionnaire, parts_of(card), expected(sheet), sheet)
    _as_alone(questionnaire, read, [parts_of(card) for card in cards])


def parts_of(score: Score) -> dict[str, Score]:
    """This score and all below it, by id."""
    found = {score.of: score}
    for part in score.parts:
        found |= parts_of(part)
    return found


def _as_expected(
    questionnaire: Questionnaire, card: Mapping[str, Score], wanted: Expected, sheet: Sheet
) -> None:
    assert set(wanted.given) == set(questionnaire.sections_by_id), "the reference knows every section"
    for name in questionnaire.sections_by_id:
        found = card[name]
        for what, (index, level), (got, reached) in (
            ("given", wanted.given[name], (found.value, found.level)),
            ("worst", wanted.worst[name], (found.low, found.level_low)),
            ("best", wanted.best[name], (found.high, found.level_high)),
        ):
            assert (got is None) == (index is None), (what, name, index, got, sheet)
            if index is not None and got is not None:
                assert abs(got - index) <= CLOSE, (what, name, float(index), got, sheet)
            assert reached == level, (what, name, level, reached, sheet)
        share = wanted.coverage[name]
        assert (found.coverage is None) == (share is None), ("coverage", name, share, found.coverage, sheet)
        if share is not None and found.coverage is not None:
            assert abs(found.coverage - share) <= CLOSE, ("coverage", name, share, found.coverage, sheet)
        if found.value is not None:
            assert found.bottom - CLOSE <= found.value <= found.top + CLOSE, (name, sheet)


def _as_alone(
    questionnaire: Questionnaire, sheets: Sequence[AnswerSheet], cards: Sequence[Mapping[str, Score]]
) -> None:
    row = 0
    for scores in score_sheets(questionnaire, sheets):
        for place in range(len(next(iter(scores.sections.values())).value)):
            for name in questionnaire.sections_by_id:
                many, alone = scores.of(name), cards[row][name]
                assert many.status(place) == alone.status, name
                for there, values, value in (
                    (many.scored, many.value, alone.value),
                    (many.scored, many.level, alone.level),
                    (many.possible, many.low, alone.low),
                    (many.possible, many.high, alone.high),
                    (many.possible, many.level_low, alone.level_low),
                    (many.possible, many.level_high, alone.level_high),
                    (many.applies, many.coverage, alone.coverage),
                ):
                    assert (values[place] if there[place] else None) == value, (name, value)
            row += 1
    assert row == len(sheets)


# ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────────

MIXES = {"complete": (0.0, 0.0), "gaps": (0.3, 0.0), "aside": (0.0, 0.3), "both": (0.25, 0.25)}
"""How many answers are missing, how many questions do not apply."""


def drawn(values: Mapping[str, Sequence[Any]], mix: str, *, seed: int, most: float = 1.0) -> Said:
    """Answers drawn from what each question admits; some missing, some not applicable, as the mix has it.

    Args:
        values: by question, what may be answered, worst first.
        mix: one of MIXES.
        seed: the same seed gives the same answers.
        most: how likely the best answer is drawn outright, so that high levels are reached, too.
    """
    chance = Random(f"{mix} {seed}")
    good = chance.choice((0.0, 0.5, 0.9, 0.97)) * most
    missing, aside = MIXES[mix]
    thin = chance.choice((0.1, 1.0, 1.0, 2.5))
    said: dict[str, Any] = {}
    for name, admitted in values.items():
        place = chance.random()
        if place < missing * thin:
            if chance.random() < 0.7:  # the others are not even mentioned
                said[name] = chance.choice(OPEN)
        elif place < (missing + aside) * thin:
            said[name] = ASIDE
        else:
            said[name] = admitted[-1] if chance.random() < good else chance.choice(admitted)
    return said


def state(said: Said, question: str) -> str:
    """Given, missing or aside."""
    value = said.get(question, "open")
    return "aside" if value == ASIDE else "missing" if value in OPEN else "given"


def mean(values: Iterable[Fraction | int]) -> Fraction | None:
    known = list(values)
    return Fraction(sum(known)) / len(known) if known else None
