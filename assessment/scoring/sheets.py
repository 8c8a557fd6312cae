"""One sheet scored: the rules applied three times, as given, at worst and at best, and laid out as a tree of scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.answers import AnswerSheet
from assessment.questionnaire import Cap, Questionnaire, Section
from assessment.questions import NumberQuestion, Question
from assessment.scoring import rules
from assessment.scoring.arithmetic import ONE_SHEET
from assessment.scoring.figures import Result, Worths
from assessment.scoring.reading import Reading, read_twice
from assessment.scoring.result import Limitation, Score, Scorecard, Status
from assessment.scoring.rules import Memory
from assessment.scoring.scheme import Branch, Scheme, scheme
from assessment.values import TOLERANCE

NOBODY: frozenset[str] = frozenset()

Standing = Literal["missing", "unsettled", "aside"]
"""How a question stands that has no worth: it applies, it may apply, it does not."""


@dataclass
class Node:
    """A section's bare result for one set of worths: what ranges, plans and explanations are computed from."""

    value: float | None
    level: int | None
    shares: tuple[float, ...]
    worth: float
    """The index as a position, 0 to 1; 0 without an index."""
    low: float
    high: float
    """The ends of the index."""
    holds: tuple[tuple[Literal["cap", "weakest"], str, int], ...]
    """What limited the level: kind, source, level."""
    ceiling: int | None
    """The level that a section without an answer could not exceed, because of a cap on it or below it."""


def evaluate(
    questionnaire: Questionnaire,
    worths: Mapping[str, float],
    *,
    unknown: frozenset[str] = NOBODY,
    missing: frozenset[str] = NOBODY,
    loose: frozenset[str] = NOBODY,
    memory: Memory | None = None,
) -> dict[str, Node]:
    """Compute index and level of every section from worths by question; a question without one is as if absent.

    Args:
        questionnaire: its scale, weights, methods and caps are used.
        worths: from 0 to 1, by question id.
        unknown: questions answered "don't know"; they open the caps that say so.
        missing: questions that apply and have no worth; stages are not reached while they lack, sums count them as little
            as they can.
        loose: questions that have a worth although they may yet turn out not to apply.
        memory: what was found for the same questionnaire with other worths, so that it is not computed again.

    Returns:
        One node for each section, by id; the whole under the questionnaire's id.
    """
    known = scheme(questionnaire)
    places = _worths(known, worths, missing=missing, loose=loose)
    active = rules.active(known, places, [name in unknown for name in known.questions])
    results = rules.evaluate(known, ONE_SHEET, places, active, memory=memory)
    return {branch.of: _node(known, branch, results, active) for branch in known.branches}


def active_caps(
    questionnaire: Questionnaire, worths: Mapping[str, float], *, unknown: frozenset[str] = NOBODY
) -> tuple[Cap, ...]:
    """Return the caps whose question is worth less than it must be."""
    known = scheme(questionnaire)
    places = _worths(known, worths, missing=NOBODY, loose=NOBODY)
    active = rules.active(known, places, [name in unknown for name in known.questions])
    return tuple(gate.cap for gate, applies in zip(known.gates, active, strict=True) if applies)


def _worths(
    known: Scheme, worths: Mapping[str, float], *, missing: frozenset[str], loose: frozenset[str]
) -> Worths:
    found = list(map(worths.get, known.questions))
    nowhere = [False] * len(found)
    return Worths(
        present=[worth is not None for worth in found],
        worth=[0.0 if worth is None else worth for worth in found],
        missing=[name in missing and name not in worths for name in known.questions] if missing else nowhere,
        loose=[name in loose for name in known.questions] if loose else nowhere,
    )


def _node(known: Scheme, branch: Branch, results: Mapping[str, Result], active: Sequence[bool]) -> Node:
    result = results[branch.of]
    holds: list[tuple[Literal["cap", "weakest"], str, int]] = [
        ("cap", known.gates[number].cap.id, level) for number, level in branch.caps if active[number]
    ]
    if not result.present:
        ceiling = result.bound if result.bound < known.highest else None
        return Node(None, None, (), 0.0, result.low, result.high, tuple(holds), ceiling)
    if branch.step is not None and branch.branches:
        weakest, identifier = min((results[part.of].bound, part.of) for part in branch.branches)
        if weakest + branch.step < result.free:
            holds.append(("weakest", identifier, weakest + branch.step))
    shares, worth = result.shares, result.worth
    return Node(result.value, result.level, shares, worth, result.low, result.high, tuple(holds), None)


def score(questionnaire: Questionnaire, sheet: AnswerSheet) -> Scorecard:
    """Score a sheet of checked answers.

    Returns:
        Self-rated and confirmed score of every section and question; indexes on the questionnaire's scale, or on the
        section's own, levels as the scale's whole numbers. Nothing is rounded.
    """
    self_rated, proven = read_twice(questionnaire, sheet)
    memory: Memory = {}
    overall = score_reading(questionnaire, self_rated, memory=memory)
    if proven is self_rated:
        return Scorecard(overall=overall, confirmed=overall)
    return Scorecard(overall=overall, confirmed=score_reading(questionnaire, proven, memory=memory))


def score_reading(questionnaire: Questionnaire, reading: Reading, *, memory: Memory | None = None) -> Score:
    """Score worths already read: the same function three times, as given, at worst and at best."""
    memory = {} if memory is None else memory
    given = as_given(questionnaire, reading, memory=memory)
    worst = best = given
    if reading.missing or reading.unsettled:
        worst = evaluate(questionnaire, reading.at(0.0), loose=reading.unsettled, memory=memory)
        best = evaluate(questionnaire, reading.at(1.0), loose=reading.unsettled, memory=memory)
    return _section(
        _Sheet(questionnaire, reading, _coverage(questionnaire, reading), given, worst, best),
        questionnaire.whole,
    )


def as_given(
    questionnaire: Questionnaire, reading: Reading, *, memory: Memory | None = None
) -> dict[str, Node]:
    """Compute every section from the answers given; what is missing is left out, or worst if the questionnaire says so."""
    worths = counted(questionnaire, reading)
    return evaluate(questionnaire, worths, unknown=reading.unknown, missing=reading.missing, memory=memory)


def counted(questionnaire: Questionnaire, reading: Reading) -> dict[str, float]:
    """Return the worths that count: those given, and what is missing as worst if the questionnaire says so."""
    worst = reading.missing if questionnaire.unanswered == "worst" else ()
    return {**dict.fromkeys(worst, 0.0), **reading.given}


@dataclass(frozen=True)
class _Sheet:
    """Everything the tree of scores is laid out from."""

    questionnaire: Questionnaire
    reading: Reading
    coverage: Mapping[str, float | None]
    given: Mapping[str, Node]
    worst: Mapping[str, Node]
    best: Mapping[str, Node]


def _coverage(questionnaire: Questionnaire, reading: Reading) -> dict[str, float | None]:
    known = scheme(questionnaire)
    shares = rules.coverage(
        known,
        ONE_SHEET,
        [name in reading.given for name in known.questions],
        [name in reading.missing for name in known.questions],
    )
    return {name: share if some else None for name, (some, share) in shares.items()}


def _section(sheet: _Sheet, section: Section) -> Score:
    given, worst, best = sheet.given[section.id], sheet.worst[section.id], sheet.best[section.id]
    coverage = sheet.coverage[section.id]
    status: Status
    if coverage is None:
        status = "not_applicable" if worst.value is None else "incomplete"
    elif given.value is None:
        status = "incomplete"
    else:
        enough = coverage > 0 and coverage >= sheet.questionnaire.minimum_coverage - TOLERANCE
        status = "scored" if enough else "low_coverage"
    return Score(
        of=section.id,
        weight=section.weight,
        status=status,
        value=given.value,
        level=given.level,
        low=worst.value,
        high=best.value,
        level_low=worst.level,
        level_high=best.level,
        bottom=min(given.low, worst.low),
        top=max(given.high, best.high),
        coverage=coverage,
        shares=given.shares,
        limited_by=_limitations(given, worst) if given.holds or worst.holds else (),
        parts=tuple(
            [_section(sheet, part) for part in section.sections]
            + [_question(sheet, section, question) for question in section.questions]
        ),
    )


def _limitations(given: Node, worst: Node) -> tuple[Limitation, ...]:
    certain = {(kind, source) for kind, source, _ in given.holds}
    return (
        *(
            Limitation(kind=kind, source=source, level=level, applies=True)
            for kind, source, level in given.holds
        ),
        *(
            Limitation(kind=kind, source=source, level=level, applies=False)
            for kind, source, level in worst.holds
            if kind == "cap" and (kind, source) not in certain
        ),
    )


def _question(sheet: _Sheet, section: Section, question: Question) -> Score:
    """Return a question's score; laid out once for each worth, except where there is no end of worths."""
    reading, name = sheet.reading, question.id
    worth: float | Standing | None = reading.given.get(name)
    if worth is None:
        known_to_apply = name in reading.missing
        worth = "missing" if known_to_apply else "unsettled" if name in reading.unsettled else "aside"
    if isinstance(question, NumberQuestion):
        return _laid_out(sheet.questionnaire, section, question, worth)
    made: dict[tuple[str, float | str], Score] = sheet.questionnaire.worked_out.setdefault(
        "question scores", {}
    )
    found = made.get((name, worth))
    if found is None:
        found = made[name, worth] = _laid_out(sheet.questionnaire, section, question, worth)
    return found


def _laid_out(
    questionnaire: Questionnaire, section: Section, question: Question, worth: float | Standing
) -> Score:
    """Lay out a question's score: in its own points below a sum, on its section's range below anything else."""
    scale = questionnaire.scale
    if section.method == "sum":
        low, high = question.bounds()
    elif section.points is not None:
        low, high = section.points.low, section.points.high
    else:
        low, high = scale.bottom, scale.top
    common = {"of": question.id, "weight": question.weight, "bottom": low, "top": high}
    if isinstance(worth, float):
        value, level = low + worth * (high - low), scale.level_of_worth(worth)
        return Score.model_validate(
            {
                **common,
                "status": "scored" if question.weight else "unscored",
                **dict.fromkeys(("value", "low", "high"), value),
                **dict.fromkeys(("level", "level_low", "level_high"), level),
                "coverage": 1.0,
            }
        )
    if worth == "aside":
        return Score.model_validate({**common, "status": "not_applicable"})
    return Score.model_validate(
        {
            **common,
            "status": "incomplete" if question.weight else "unscored",
            "low": low,
            "high": high,
            "level_low": scale.lowest,
            "level_high": scale.level_of_worth(1.0),
            "coverage": 0.0 if worth == "missing" else None,
        }
    )
