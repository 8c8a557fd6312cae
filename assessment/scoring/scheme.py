"""A questionnaire laid out for scoring: its sections bottom up, its questions numbered, its caps with their thresholds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assessment.questionnaire import Cap, LevelMethod, Method, Questionnaire, Section
from assessment.questions import NumberQuestion, Question, TextQuestion, Value
from assessment.values import TOLERANCE


@dataclass(frozen=True)
class Leaf:
    """A question's place in the score."""

    number: int
    """Where its worth stands in the lists of worths."""
    of: str
    weight: float
    low: float
    width: float
    """Its points run from `low` to `low + width`."""
    stage: int
    """The position, among the levels, of the one it belongs to; 0 for none."""


@dataclass(frozen=True)
class Branch:
    """A section's place in the score."""

    of: str
    weight: float
    method: Method
    levels: LevelMethod
    low: float
    width: float
    """Its index runs from `low` to `low + width`; a sum finds its own ends."""
    branches: tuple["Branch", ...]
    leaves: tuple[Leaf, ...]
    first: int
    """The number of its first leaf; the others follow."""
    below: tuple[Leaf, ...]
    """Every scored question here and below, sections without weight left out."""
    caps: tuple[tuple[int, int], ...]
    """The caps that limit it: their number and the level."""
    step: int | None
    """The level may be this many above the weakest branch."""

    def walk(self) -> Iterator["Branch"]:
        """Yield this branch and those below, bottom up."""
        for branch in self.branches:
            yield from branch.walk()
        yield self


@dataclass(frozen=True)
class Gate:
    """A cap's place in the score."""

    cap: Cap
    question: int
    below: float
    """It applies while the question is worth less than this, the tolerance taken off already."""


@dataclass(frozen=True)
class Scheme:
    """Everything the rules look up, looked up once."""

    questions: tuple[str, ...]
    numbers: dict[str, int]
    whole: Branch
    branches: tuple[Branch, ...]
    """Bottom up; the last one is the whole."""
    gates: tuple[Gate, ...]
    lowest: int
    highest: int
    thresholds: tuple[float, ...]
    """The worth from which each level is meant, the tolerance taken off already."""
    steps: tuple[float, ...]
    """The same without the lowest level."""
    positions: tuple[float, ...]
    """The worth from which each level is meant, exactly."""
    ends: tuple[float, ...]
    """Where the index of a section by stages stands with each stage: as the positions, and at the very end with the last."""
    adds: bool
    """Some section is a sum or goes by stages, so that it matters what is missing and what is not settled."""
    staged: float
    """The worth from which a question's stage counts as reached, the tolerance taken off already."""


def scheme(questionnaire: Questionnaire) -> Scheme:
    """Return the questionnaire laid out for scoring; made once for each questionnaire."""
    made: dict[str, Any] = questionnaire.worked_out
    if "scheme" not in made:
        made["scheme"] = _scheme(questionnaire)
    known: Scheme = made["scheme"]
    return known


def worth_of(questionnaire: Questionnaire, question: Question, value: Value) -> float:
    """Return a value's worth from 0 to 1; worked out once for each value, except where there is no end of values."""
    if isinstance(question, NumberQuestion | TextQuestion):
        return question.worth(value)
    known: dict[tuple[str, Value], float] = questionnaire.worked_out.setdefault("worths", {})
    found = known.get((question.id, value))
    if found is None:
        found = known[question.id, value] = question.worth(value)
    return found


def _scheme(questionnaire: Questionnaire) -> Scheme:
    questions = tuple(questionnaire.questions_by_id)
    numbers = {name: number for number, name in enumerate(questions)}
    whole = _branch(questionnaire, questionnaire.whole, numbers)
    scale = questionnaire.scale
    gates = tuple(
        Gate(
            cap,
            numbers[cap.question],
            questionnaire.questions_by_id[cap.question].worth(cap.below) - TOLERANCE,
        )
        for cap in questionnaire.caps
    )
    return Scheme(
        questions=questions,
        numbers=numbers,
        whole=whole,
        branches=tuple(whole.walk()),
        gates=gates,
        lowest=scale.lowest,
        highest=scale.highest,
        thresholds=tuple(position - TOLERANCE for position in scale.thresholds),
        steps=tuple(position - TOLERANCE for position in scale.thresholds[1:]),
        positions=scale.thresholds,
        ends=(*scale.thresholds[:-1], 1.0),
        adds=any(branch.method in ("sum", "staged") or branch.levels == "staged" for branch in whole.walk()),
        staged=questionnaire.staged_threshold - TOLERANCE,
    )


def _branch(questionnaire: Questionnaire, section: Section, numbers: dict[str, int]) -> Branch:
    branches = tuple(_branch(questionnaire, part, numbers) for part in section.sections)
    leaves = []
    for question in section.questions:
        low, high = question.bounds()
        stage = questionnaire.stage_of[question.id]
        leaves.append(
            Leaf(
                number=numbers[question.id],
                of=question.id,
                weight=question.weight,
                low=low,
                width=high - low,
                stage=0 if stage is None else stage - questionnaire.scale.lowest,
            )
        )
    scale = questionnaire.scale
    low, high = (section.points.low, section.points.high) if section.points else (scale.bottom, scale.top)
    return Branch(
        of=section.id,
        weight=section.weight,
        method=section.method,
        levels=questionnaire.levels_of(section),
        low=low,
        width=high - low,
        branches=branches,
        leaves=tuple(leaves),
        first=leaves[0].number if leaves else 0,
        below=tuple(
            [leaf for branch in branches if branch.weight for leaf in branch.below]
            + [leaf for leaf in leaves if leaf.weight]
        ),
        caps=tuple(
            (number, limit.level)
            for number, cap in enumerate(questionnaire.caps)
            for limit in cap.limits
            if limit.section == section.id
        ),
        step=section.at_most_above_weakest,
    )
