"""A scorecard becomes findings: data without a sentence, worst first. The sentence is made in `document`."""

from collections.abc import Callable, Iterator
from typing import Literal

from assessment.answers import AnswerSheet, applies
from assessment.questionnaire import Questionnaire
from assessment.scoring import Score, Scorecard
from assessment.values import Id, Model

Kind = Literal["cap", "possible_cap", "gap", "strength", "imbalance", "blind_spot", "unproven"]

IMBALANCE = 2
"""Dimensions this many levels apart hold each other back."""
STRENGTH_SHARE = 0.75
GAP_SHARE = 0.5
"""A capability is a strength from this point of the scale's span on, and a gap below that one."""


class Finding(Model):
    """One thing worth knowing about the result."""

    kind: Kind
    section: Id
    question: Id | None = None
    source: Id | None = None
    """The cap, or the other section of an imbalance."""
    severity: float
    """Higher is more urgent; comparable within a kind, kinds are ordered by `Kind`."""
    level: int | None = None
    measures: tuple[Id, ...] = ()
    """Measures that move what is found, in the questionnaire's order."""


def find(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> tuple[Finding, ...]:
    """Return every finding, ordered by kind, then by severity, then by id."""
    found = [finding for rule in RULES for finding in rule(questionnaire, sheet, scorecard)]
    order = {kind: number for number, kind in enumerate(Kind.__args__)}  # type: ignore[attr-defined]
    return tuple(
        sorted(found, key=lambda f: (order[f.kind], -f.severity, f.section, f.question or "", f.source or ""))
    )


def measures_for(questionnaire: Questionnaire, questions: set[str]) -> tuple[str, ...]:
    """Return the measures that move one of these questions."""
    return tuple(m.id for m in questionnaire.measures if any(e.question in questions for e in m.effects))


def capabilities(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the sections that hold questions themselves."""
    return tuple(section.id for section in questionnaire.whole.walk() if section.questions)


def _caps(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    caps = {cap.id: cap for cap in questionnaire.caps}
    for score in _sections(scorecard.overall):
        for limit in score.limited_by:
            if limit.kind != "cap":
                continue
            cap = caps[limit.source]
            yield Finding(
                kind="cap" if limit.applies else "possible_cap",
                section=score.of,
                question=cap.question,
                source=cap.id,
                level=limit.level,
                severity=float(questionnaire.scale.highest - limit.level + len(cap.limits)),
                measures=measures_for(questionnaire, {cap.question}),
            )


def _gaps_and_strengths(
    questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard
) -> Iterator[Finding]:
    scale = questionnaire.scale
    span = scale.highest - scale.lowest
    for identifier in capabilities(questionnaire):
        score = scorecard.of(identifier)
        if score.value is None or not score.certain:
            continue
        share = (score.value - scale.lowest) / span
        weight = _influence(scorecard.overall, identifier)
        if share < GAP_SHARE:
            middle = scale.lowest + GAP_SHARE * span
            weak = {part.of for part in score.parts if part.value is not None and part.value < middle}
            yield Finding(
                kind="gap",
                section=identifier,
                level=score.level,
                severity=(1 - share) * weight,
                measures=measures_for(questionnaire, weak),
            )
        elif share >= STRENGTH_SHARE:
            yield Finding(kind="strength", section=identifier, level=score.level, severity=share * weight)


def _imbalances(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    rated = [
        (part.level, part.of) for part in scorecard.overall.parts if part.level is not None and part.certain
    ]
    if len(rated) > 1:
        (low, weakest), (high, strongest) = min(rated), max(rated)
        if high - low >= IMBALANCE:
            yield Finding(
                kind="imbalance", section=weakest, source=strongest, level=low, severity=float(high - low)
            )


def _blind_spots(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    for identifier in capabilities(questionnaire):
        score = scorecard.of(identifier)
        unknown = [
            question.id
            for question in questionnaire.sections_by_id[identifier].questions
            if (answer := sheet.by_question.get(question.id))
            and answer.state == "unknown"
            and applies(question, questionnaire, sheet) is not False
        ]
        if unknown and score.coverage is not None:
            yield Finding(
                kind="blind_spot",
                section=identifier,
                question=unknown[0],
                severity=(1 - score.coverage) * _influence(scorecard.overall, identifier),
            )


def _unproven(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    ceiling = questionnaire.unproven_counts_as
    for identifier in capabilities(questionnaire) if ceiling is not None else ():
        claimed, confirmed = scorecard.of(identifier), scorecard.confirmed_of(identifier)
        if claimed.value is None or confirmed.value is None or claimed.value - confirmed.value < 0.25:
            continue
        open_claims = [
            question.id
            for question in questionnaire.sections_by_id[identifier].questions
            if (scorecard.of(question.id).value or 0) > (scorecard.confirmed_of(question.id).value or 0)
        ]
        yield Finding(
            kind="unproven",
            section=identifier,
            question=open_claims[0] if open_claims else None,
            level=confirmed.level,
            severity=claimed.value - confirmed.value,
        )


RULES: tuple[Callable[[Questionnaire, AnswerSheet, Scorecard], Iterator[Finding]], ...] = (
    _caps,
    _gaps_and_strengths,
    _imbalances,
    _blind_spots,
    _unproven,
)


def _sections(score: Score) -> Iterator[Score]:
    yield score
    for part in score.parts:
        if part.parts or part.limited_by:
            yield from _sections(part)


def _influence(score: Score, identifier: str) -> float:
    """Return the weight of a section in the whole, 0 to 1."""
    if score.of == identifier:
        return 1.0
    total = sum(part.weight for part in score.parts if part.coverage is not None)
    for part in score.parts:
        if part.find(identifier) is not None and total:
            return part.weight / total * _influence(part, identifier)
    return 0.0
