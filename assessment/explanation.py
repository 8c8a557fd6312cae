"""Every number opens: the parts of a score, what holds a level, the smallest change that lifts it, the answers that decide the range."""

from collections.abc import Iterator, Mapping
from typing import Literal

from assessment.answers import AnswerSheet
from assessment.lifting import Lift, lift
from assessment.questionnaire import Questionnaire, Section
from assessment.scoring import FULLY, LARGELY, Node, Reading, evaluate, read
from assessment.values import TOLERANCE, Id, Model


class Part(Model):
    """One term of a section's index."""

    of: Id
    weight: float
    value: float | None
    """On the questionnaire's scale."""
    left_out: Literal["", "no weight", "not applicable", "not known", "open"] = ""


class Gate(Model):
    """The rating that a level needs and does not get."""

    level: int
    """The level that is not reached."""
    rated: int
    """Questions are counted that stand at this level or higher."""
    share: float
    """Their share of weight, 0 to 1."""
    needed: float
    """The share must be more than this."""
    questions: tuple[Id, ...]
    """The questions that stand lower."""


class Deciding(Model):
    """An answer not known, and how much the section's range shrinks at least once it is."""

    question: Id
    shrinks: float


class Explanation(Model):
    """What a score is made of, as data."""

    of: Id
    parts: tuple[Part, ...]
    gate: Gate | None
    lift: Lift | None
    deciding: tuple[Deciding, ...]


def explain(questionnaire: Questionnaire, sheet: AnswerSheet, section: str) -> Explanation:
    """Explain a section's self-rated score.

    Raises:
        KeyError: there is no such section.
    """
    reading = read(questionnaire, sheet)
    nodes = evaluate(questionnaire, reading.given, unknown=reading.unknown)
    place = questionnaire.sections_by_id[section]
    return Explanation(
        of=section,
        parts=tuple(_parts(questionnaire, place, reading, nodes)),
        gate=_gate(questionnaire, place, reading, nodes[section]),
        lift=lift(questionnaire, sheet, section),
        deciding=tuple(_deciding(questionnaire, place, reading)),
    )


def _parts(
    questionnaire: Questionnaire, section: Section, reading: Reading, nodes: Mapping[str, Node]
) -> Iterator[Part]:
    for part in section.sections:
        value = nodes[part.id].value
        known = any(question.id in reading.missing for question in part.all_questions())
        left_out: Literal["", "no weight", "not applicable", "open"] = ""
        if value is None:
            left_out = "open" if known else "not applicable"
        elif not part.weight:
            left_out = "no weight"
        yield Part(of=part.id, weight=part.weight, value=value, left_out=left_out)
    for question in section.questions:
        worth = reading.given.get(question.id)
        value = None if worth is None else questionnaire.scale.of_worth(worth)
        why: Literal["", "no weight", "not applicable", "not known", "open"] = ""
        if question.id in reading.unknown:
            why = "not known"
        elif question.id in reading.missing | reading.unsettled:
            why = "open"
        elif value is None:
            why = "not applicable"
        elif not question.weight:
            why = "no weight"
        yield Part(of=question.id, weight=question.weight, value=value, left_out=why)


def _gate(questionnaire: Questionnaire, section: Section, reading: Reading, node: Node) -> Gate | None:
    levels = [step.level for step in questionnaire.scale.levels]
    if node.level is None:
        return None
    for index, level in enumerate(levels[1:], start=1):
        for lower in range(1, index + 1):
            needed = LARGELY if lower == index else FULLY
            if node.shares[lower] <= needed + TOLERANCE:
                weak = tuple(
                    question.id
                    for question in section.all_questions()
                    if question.weight
                    and question.id in reading.given
                    and questionnaire.scale.of_worth(reading.given[question.id]) < levels[lower] - TOLERANCE
                )
                return Gate(
                    level=level, rated=levels[lower], share=node.shares[lower], needed=needed, questions=weak
                )
    return None


def _deciding(questionnaire: Questionnaire, section: Section, reading: Reading) -> list[Deciding]:
    def width(given: Mapping[str, float], without: str = "") -> float:
        pinned = Reading(given, reading.missing - {without}, reading.unsettled - {without}, frozenset())
        low, high = (evaluate(questionnaire, pinned.at(worth))[section.id].value for worth in (0.0, 1.0))
        return 0.0 if low is None or high is None else high - low

    now = width(reading.given)
    found = []
    for question in section.all_questions():
        if question.weight and question.id in reading.missing | reading.unsettled:
            then = max(width({**reading.given, question.id: worth}, question.id) for worth in (0.0, 1.0))
            found.append(Deciding(question=question.id, shrinks=now - then))
    return sorted(found, key=lambda item: (-round(item.shrinks, 9), item.question))
