"""Answers become a scorecard: index, level, range and coverage of every part, on self-rated and on confirmed answers.

The index says how far along; the level says what is safely in place, and no average produces it. Levels follow the
process-attribute rating of ISO/IEC 33020: with f(k) the share of weight answered at level k or higher, level n is reached
when f(n) is more than 0.50 and f(m) is more than 0.85 for each lower level m above the lowest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.answers import PROVEN, AnswerSheet, applies
from assessment.questionnaire import Cap, Questionnaire, Section
from assessment.values import TOLERANCE, Id, Model

LARGELY = 0.50
FULLY = 0.85
"""Upper bounds, inclusive, of the ratings "partially" and "largely" (ISO/IEC 33020)."""

Status = Literal["scored", "low_coverage", "incomplete", "not_applicable", "unscored"]


class Limitation(Model):
    """What holds a level down, or would."""

    kind: Literal["cap", "weakest"]
    level: int
    """The level that is not exceeded."""
    source: Id
    """The cap, or the weakest section."""
    applies: bool
    """False: it would apply if an answer that is unknown or open turned out worst."""


class Score(Model):
    """The score of a question, a capability, a dimension or the whole: one shape for all of them."""

    of: Id
    weight: float
    status: Status
    value: float | None = None
    """Index on the questionnaire's scale, from the given answers."""
    level: int | None = None
    low: float | None = None
    high: float | None = None
    """The index if every unknown and open answer turned out worst, best."""
    level_low: int | None = None
    level_high: int | None = None
    coverage: float | None = None
    """Weight given ÷ weight applicable, 0 to 1; None if nothing is applicable."""
    shares: tuple[float, ...] = ()
    """f(k) for each level k of the scale: share of weight answered at k or higher."""
    limited_by: tuple[Limitation, ...] = ()
    parts: tuple["Score", ...] = ()

    @property
    def certain(self) -> bool:
        """Whether there is enough coverage to show the index as a headline."""
        return self.status == "scored"

    def find(self, identifier: str) -> "Score | None":
        """Return the score of this id here or below."""
        if self.of == identifier:
            return self
        return next((hit for part in self.parts if (hit := part.find(identifier))), None)


class Scorecard(Model):
    """The whole result, twice: as people rated themselves, and as far as it is confirmed by evidence."""

    overall: Score
    confirmed: Score

    def of(self, identifier: str) -> Score:
        """Return the self-rated score of a section or question.

        Raises:
            KeyError: there is no such id.
        """
        return _found(self.overall, identifier)

    def confirmed_of(self, identifier: str) -> Score:
        """Return the confirmed score of a section or question.

        Raises:
            KeyError: there is no such id.
        """
        return _found(self.confirmed, identifier)


def _found(score: Score, identifier: str) -> Score:
    hit = score.find(identifier)
    if hit is None:
        raise KeyError(identifier)
    return hit


@dataclass(frozen=True)
class Reading:
    """A questionnaire's answers, read once for scoring: worths from 0 to 1 by question id."""

    given: Mapping[str, float]
    """Answers that count."""
    missing: frozenset[str]
    """Applicable and unknown or open."""
    unsettled: frozenset[str]
    """Whether they apply is not known; they count in the range only."""
    unknown: frozenset[str]
    """Of the missing, those answered "don't know"."""

    def at(self, worth: float) -> dict[str, float]:
        """Return the worths with everything missing or unsettled turned out like this."""
        return {**dict.fromkeys(self.missing | self.unsettled, worth), **self.given}


def read(questionnaire: Questionnaire, sheet: AnswerSheet, *, confirmed: bool = False) -> Reading:
    """Turn answers into worths; in the confirmed reading a high level without documented evidence counts less."""
    given: dict[str, float] = {}
    missing, unsettled, unknown = set(), set(), set()
    for question in questionnaire.questions_by_id.values():
        applicable = applies(question, questionnaire, sheet)
        answer = sheet.by_question.get(question.id)
        if applicable is False or (answer is not None and answer.state == "not_applicable"):
            continue
        if applicable is None:
            unsettled.add(question.id)
        elif answer is None or answer.value is None:
            missing.add(question.id)
            if answer is not None and answer.state == "unknown":
                unknown.add(question.id)
        else:
            worth = question.worth(answer.value)
            ceiling = questionnaire.unproven_counts_as
            if confirmed and ceiling is not None and question.weight > 0 and answer.evidence not in PROVEN:
                scale = questionnaire.scale
                worth = min(worth, (ceiling - scale.lowest) / (scale.highest - scale.lowest))
            given[question.id] = worth
    return Reading(given, frozenset(missing), frozenset(unsettled), frozenset(unknown))


@dataclass
class Node:
    """A section's bare result for one set of worths: what ranges, plans and explanations are computed from."""

    value: float | None
    level: int | None
    shares: tuple[float, ...]
    holds: tuple[tuple[str, str, int], ...] = ()
    """What limited the level: kind, source, level."""
    ceiling: int | None = None
    """The level that a section without an answer could not exceed, because of a cap on it or below it."""


def evaluate(
    questionnaire: Questionnaire, worths: Mapping[str, float], *, unknown: frozenset[str] = frozenset()
) -> dict[str, Node]:
    """Compute index and level of every section from worths by question; a question without one is as if absent.

    Args:
        questionnaire: its scale, weights, sections and caps are used.
        worths: from 0 to 1, by question id.
        unknown: questions answered "don't know"; they open the caps that say so.

    Returns:
        One node for each section, by id; the whole under the questionnaire's id.
    """
    active = active_caps(questionnaire, worths, unknown=unknown)
    nodes: dict[str, Node] = {}
    _evaluate(questionnaire, questionnaire.whole, worths, active, nodes)
    return nodes


def active_caps(
    questionnaire: Questionnaire, worths: Mapping[str, float], *, unknown: frozenset[str] = frozenset()
) -> tuple[Cap, ...]:
    """Return the caps whose question is worth less than it must be."""
    found = []
    for cap in questionnaire.caps:
        worth = worths.get(cap.question)
        below = questionnaire.questions_by_id[cap.question].worth(cap.below)
        if (worth is not None and worth < below - TOLERANCE) or (
            cap.unknown_counts and cap.question in unknown
        ):
            found.append(cap)
    return tuple(found)


def _evaluate(
    questionnaire: Questionnaire,
    section: Section,
    worths: Mapping[str, float],
    active: tuple[Cap, ...],
    nodes: dict[str, Node],
) -> Node:
    scale = questionnaire.scale
    span = scale.highest - scale.lowest
    levels = [step.level for step in scale.levels]
    weight = total = 0.0
    sums = [0.0] * len(levels)
    below: list[tuple[int, str]] = []
    for part in section.sections:
        node = _evaluate(questionnaire, part, worths, active, nodes)
        bound = node.ceiling if node.level is None else node.level
        if bound is not None:
            below.append((bound, part.id))
        if node.value is not None and part.weight:
            weight += part.weight
            total += part.weight * node.value
            for index, share in enumerate(node.shares):
                sums[index] += part.weight * share
    for question in section.questions:
        worth = worths.get(question.id)
        if worth is not None and question.weight:
            value = scale.lowest + worth * span
            weight += question.weight
            total += question.weight * value
            for index, level in enumerate(levels):
                if value >= level - TOLERANCE:
                    sums[index] += question.weight
    if not weight:
        ceiling, holds = _limited(section, scale.highest, below, active)
        caps = tuple(hold for hold in holds if hold[0] == "cap")
        node = Node(None, None, (), caps, ceiling if ceiling < scale.highest else None)
    else:
        shares = tuple(amount / weight for amount in sums)
        level, holds = _limited(section, level_of(shares, levels), below, active)
        node = Node(total / weight, level, shares, holds)
    nodes[section.id] = node
    return node


def level_of(shares: tuple[float, ...], levels: list[int]) -> int:
    """Return the level that the shares of weight at each level or higher reach."""
    reached = levels[0]
    for index in range(1, len(levels)):
        if shares[index] <= LARGELY + TOLERANCE or any(
            share <= FULLY + TOLERANCE for share in shares[1:index]
        ):
            break
        reached = levels[index]
    return reached


def _limited(
    section: Section, level: int, below: list[tuple[int, str]], active: tuple[Cap, ...]
) -> tuple[int, tuple[tuple[str, str, int], ...]]:
    limits = [
        ("cap", cap.id, limit.level) for cap in active for limit in cap.limits if limit.section == section.id
    ]
    if section.at_most_above_weakest is not None and below:
        weakest, identifier = min(below)
        limits.append(("weakest", identifier, weakest + section.at_most_above_weakest))
    binding = tuple(limit for limit in limits if limit[2] < level or limit[0] == "cap")
    return min([level, *(limit[2] for limit in limits)]), binding


def score(questionnaire: Questionnaire, sheet: AnswerSheet) -> Scorecard:
    """Score a sheet of checked answers.

    Returns:
        Self-rated and confirmed score of every section and question; indexes on the questionnaire's scale,
        levels as its whole numbers. Nothing is rounded.
    """
    return Scorecard(
        overall=score_reading(questionnaire, read(questionnaire, sheet)),
        confirmed=score_reading(questionnaire, read(questionnaire, sheet, confirmed=True)),
    )


def score_reading(questionnaire: Questionnaire, reading: Reading) -> Score:
    """Score worths already read: the same function three times, as given, at worst and at best."""
    as_given = evaluate(questionnaire, reading.given, unknown=reading.unknown)
    worst = evaluate(questionnaire, reading.at(0.0))
    best = evaluate(questionnaire, reading.at(1.0))
    return _section_score(questionnaire, questionnaire.whole, reading, (as_given, worst, best))


def _section_score(
    questionnaire: Questionnaire, section: Section, reading: Reading, nodes: tuple[dict[str, Node], ...]
) -> Score:
    parts = tuple(
        [_section_score(questionnaire, part, reading, nodes) for part in section.sections]
        + [_question_score(questionnaire, question.id, reading) for question in section.questions]
    )
    counting = [part for part in parts if part.coverage is not None and part.weight]
    weight = sum(part.weight for part in counting)
    coverage = sum(part.weight * (part.coverage or 0.0) for part in counting) / weight if weight else None
    given, worst, best = (tree[section.id] for tree in nodes)
    certain = {(kind, source) for kind, source, _ in given.holds}
    limited_by = [
        Limitation(kind=kind, source=source, level=level, applies=True) for kind, source, level in given.holds
    ]
    limited_by += [
        Limitation(kind=kind, source=source, level=level, applies=False)
        for kind, source, level in worst.holds
        if kind == "cap" and (kind, source) not in certain
    ]
    status: Status
    if coverage is None:
        status = "not_applicable" if worst.value is None else "incomplete"
    elif given.value is None:
        status = "incomplete"
    else:
        status = "scored" if coverage >= questionnaire.minimum_coverage - TOLERANCE else "low_coverage"
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
        coverage=coverage,
        shares=given.shares,
        limited_by=tuple(limited_by),
        parts=parts,
    )


def _question_score(questionnaire: Questionnaire, identifier: str, reading: Reading) -> Score:
    question = questionnaire.questions_by_id[identifier]
    scale = questionnaire.scale
    if identifier in reading.given:
        value = scale.of_worth(reading.given[identifier])
        level = int(value + TOLERANCE)
        return Score(
            of=identifier,
            weight=question.weight,
            status="scored" if question.weight else "unscored",
            value=value,
            level=level,
            low=value,
            high=value,
            level_low=level,
            level_high=level,
            coverage=1.0,
        )
    if identifier in reading.missing or identifier in reading.unsettled:
        return Score(
            of=identifier,
            weight=question.weight,
            status="incomplete" if question.weight else "unscored",
            low=float(scale.lowest),
            high=float(scale.highest),
            level_low=scale.lowest,
            level_high=scale.highest,
            coverage=0.0 if identifier in reading.missing else None,
        )
    return Score(of=identifier, weight=question.weight, status="not_applicable")
