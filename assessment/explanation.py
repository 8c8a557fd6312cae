"""Every number opens: the parts of a score, what holds a level, the smallest change that lifts it, the answers that decide the range."""

from collections.abc import Iterator, Mapping
from typing import Literal

from assessment.answers import AnswerSheet
from assessment.lifting import Lift, lift
from assessment.questionnaire import Method, Questionnaire, Section
from assessment.questions import Question
from assessment.scoring import FULLY, LARGELY, Node, Reading, as_given, counted, evaluate, read
from assessment.scoring.scheme import Branch, Leaf, scheme
from assessment.values import TOLERANCE, Id, Model

LeftOut = Literal["", "no weight", "not applicable", "not known", "open"]

WORTH_SAYING = 0.1
"""Two ways of averaging that differ by more than this share of a level's step are both told (scoring rules, section 2)."""


class Part(Model):
    """One term of a section's index."""

    of: Id
    weight: float
    value: float | None
    """As the formula takes it: on the section's own range; in a sum, in the part's own points."""
    left_out: LeftOut = ""


class Gate(Model):
    """What a level needs and does not get."""

    kind: Literal["share", "index", "stage"] = "share"
    """A share of weight at some level or higher, an index that is high enough, or every question of a stage."""
    level: int
    """The level that is not reached."""
    rated: int
    """Questions are counted that stand at this level or higher, or that belong to this stage."""
    share: float
    """What is reached, 0 to 1: a share of weight, or the index as a position on its range."""
    needed: float
    """A share must be more than this, an index at least this, a stage reaches 1."""
    questions: tuple[Id, ...]
    """The questions that stand lower; for an index, those that hold most of it back first."""


class OtherMean(Model):
    """The index that the other way of averaging would give, where the two differ noticeably."""

    method: Method
    value: float


class Deciding(Model):
    """An answer not known, and how much the section's range shrinks at least once it is."""

    question: Id
    shrinks: float


class Explanation(Model):
    """What a score is made of, as data."""

    of: Id
    method: Method = "mean"
    value: float | None = None
    """The index that the parts make by the method."""
    parts: tuple[Part, ...]
    other_mean: OtherMean | None = None
    """Averaging all questions instead of the parts, or the other way round."""
    gate: Gate | None
    lift: Lift | None
    deciding: tuple[Deciding, ...]


def explain(questionnaire: Questionnaire, sheet: AnswerSheet, section: str) -> Explanation:
    """Explain a section's self-rated score.

    Raises:
        KeyError: there is no such section.
    """
    reading = read(questionnaire, sheet)
    worths = counted(questionnaire, reading)
    nodes = as_given(questionnaire, reading)
    place = questionnaire.sections_by_id[section]
    return Explanation(
        of=section,
        method=place.method,
        value=nodes[section].value,
        parts=tuple(_parts(questionnaire, place, reading, nodes)),
        other_mean=_other_mean(questionnaire, place, worths, nodes),
        gate=_gate(questionnaire, place, reading, worths, nodes[section]),
        lift=lift(questionnaire, sheet, section),
        deciding=tuple(_deciding(questionnaire, place, reading)),
    )


def _parts(
    questionnaire: Questionnaire, section: Section, reading: Reading, nodes: Mapping[str, Node]
) -> Iterator[Part]:
    if section.method in ("mean_of_leaves", "staged"):
        counted = {leaf.of for leaf in _branch(questionnaire, section).below}
        for question in section.all_questions():
            yield _question_part(questionnaire, section, question, reading, counts=question.id in counted)
        return
    for part in section.sections:
        node = nodes[part.id]
        known = any(question.id in reading.missing for question in part.all_questions())
        left_out: LeftOut = ""
        if node.value is None:
            left_out = "open" if known else "not applicable"
        elif not part.weight:
            left_out = "no weight"
        value = (
            node.value
            if section.method == "sum" or node.value is None
            else _on(questionnaire, section, node.worth)
        )
        yield Part(of=part.id, weight=part.weight, value=value, left_out=left_out)
    for question in section.questions:
        yield _question_part(questionnaire, section, question, reading, counts=bool(question.weight))


def _question_part(
    questionnaire: Questionnaire, section: Section, question: Question, reading: Reading, *, counts: bool
) -> Part:
    worth = reading.given.get(question.id)
    if worth is None and questionnaire.unanswered == "worst" and question.id in reading.missing:
        worth = 0.0
    why: LeftOut = ""
    if worth is None and question.id in reading.unknown:
        why = "not known"
    elif worth is None and question.id in reading.missing | reading.unsettled:
        why = "open"
    elif worth is None:
        why = "not applicable"
    elif not counts:
        why = "no weight"
    value = None
    if worth is not None and section.method == "sum":
        low, high = question.bounds()
        value = low + worth * (high - low)
    elif worth is not None:
        value = _on(questionnaire, section, worth)
    return Part(of=question.id, weight=question.weight, value=value, left_out=why)


def _on(questionnaire: Questionnaire, section: Section, worth: float) -> float:
    """Return the point of the section's own range at a position from 0 to 1."""
    low, high = _range(questionnaire, section)
    return low + worth * (high - low)


def _range(questionnaire: Questionnaire, section: Section) -> tuple[float, float]:
    if section.points is not None:
        return section.points.low, section.points.high
    return questionnaire.scale.bottom, questionnaire.scale.top


def _branch(questionnaire: Questionnaire, section: Section) -> Branch:
    return next(branch for branch in scheme(questionnaire).branches if branch.of == section.id)


def _other_mean(
    questionnaire: Questionnaire, section: Section, given: Mapping[str, float], nodes: Mapping[str, Node]
) -> OtherMean | None:
    if section.method not in ("mean", "mean_of_leaves") or not section.sections:
        return None
    other: Method
    if section.method == "mean":
        other = "mean_of_leaves"
        below = _branch(questionnaire, section).below
        terms = [(leaf.weight, given[leaf.of]) for leaf in below if leaf.of in given]
    else:
        other = "mean"
        parts = [(part, nodes[part.id]) for part in section.sections]
        terms = [(part.weight, node.worth) for part, node in parts if node.value is not None and part.weight]
        terms += [(q.weight, given[q.id]) for q in section.questions if q.weight and q.id in given]
    weight = sum(each for each, _ in terms)
    now = nodes[section.id]
    if not weight or now.value is None:
        return None
    position = sum(each * worth for each, worth in terms) / weight
    steps = len(questionnaire.scale.levels) - 1
    if abs(position - now.worth) * steps <= WORTH_SAYING + TOLERANCE:
        return None
    return OtherMean(method=other, value=_on(questionnaire, section, position))


def _gate(
    questionnaire: Questionnaire,
    section: Section,
    reading: Reading,
    worths: Mapping[str, float],
    node: Node,
) -> Gate | None:
    if node.level is None:
        return None
    match questionnaire.levels_of(section):
        case "process_attribute":
            return _share_gate(questionnaire, section, worths, node)
        case "bands":
            return _index_gate(questionnaire, section, worths, node)
        case "staged":
            return _stage_gate(questionnaire, section, reading)


def _share_gate(
    questionnaire: Questionnaire, section: Section, worths: Mapping[str, float], node: Node
) -> Gate | None:
    levels = [step.level for step in questionnaire.scale.levels]
    for index, level in enumerate(levels[1:], start=1):
        for lower in range(1, index + 1):
            needed = LARGELY if lower == index else FULLY
            if node.shares[lower] <= needed + TOLERANCE:
                threshold = questionnaire.scale.thresholds[lower] - TOLERANCE
                weak = tuple(
                    leaf.of
                    for leaf in _leaves(questionnaire, section)
                    if leaf.of in worths and worths[leaf.of] < threshold
                )
                return Gate(
                    level=level, rated=levels[lower], share=node.shares[lower], needed=needed, questions=weak
                )
    return None


def _index_gate(
    questionnaire: Questionnaire, section: Section, worths: Mapping[str, float], node: Node
) -> Gate | None:
    scale = questionnaire.scale
    reached = scale.level_of_worth(node.worth)
    if reached == scale.highest:
        return None
    lost = {
        leaf.of: leaf.weight * (1 - worths[leaf.of])
        for leaf in _leaves(questionnaire, section)
        if leaf.of in worths
    }
    weak = sorted(
        (name for name, amount in lost.items() if amount > TOLERANCE), key=lambda name: (-lost[name], name)
    )
    needed = scale.worth_of_level(reached + 1)
    return Gate(
        kind="index",
        level=reached + 1,
        rated=reached + 1,
        share=node.worth,
        needed=needed,
        questions=tuple(weak),
    )


def _stage_gate(questionnaire: Questionnaire, section: Section, reading: Reading) -> Gate | None:
    known = scheme(questionnaire)
    for stage in range(1, len(known.positions)):
        mine = [
            leaf
            for leaf in _leaves(questionnaire, section)
            if leaf.stage == stage and (leaf.of in reading.given or leaf.of in reading.missing)
        ]
        lacking = [leaf for leaf in mine if reading.given.get(leaf.of, 0.0) < known.staged]
        if lacking:
            weight = sum(leaf.weight for leaf in mine)
            level = known.lowest + stage
            return Gate(
                kind="stage",
                level=level,
                rated=level,
                share=1 - sum(leaf.weight for leaf in lacking) / weight,
                needed=1.0,
                questions=tuple(leaf.of for leaf in lacking),
            )
    return None


def _leaves(questionnaire: Questionnaire, section: Section) -> tuple[Leaf, ...]:
    return _branch(questionnaire, section).below


def _deciding(questionnaire: Questionnaire, section: Section, reading: Reading) -> list[Deciding]:
    def width(given: Mapping[str, float], without: str = "") -> float:
        pinned = Reading(given, reading.missing - {without}, reading.unsettled - {without}, frozenset())
        ends = [
            evaluate(questionnaire, pinned.at(worth), loose=pinned.unsettled)[section.id].value
            for worth in (0.0, 1.0)
        ]
        low, high = ends
        return 0.0 if low is None or high is None else high - low

    now = width(reading.given)
    found = []
    for question in section.all_questions():
        if question.weight and question.id in reading.missing | reading.unsettled:
            then = max(width({**reading.given, question.id: worth}, question.id) for worth in (0.0, 1.0))
            found.append(Deciding(question=question.id, shrinks=now - then))
    return sorted(found, key=lambda item: (-round(item.shrinks, 9), item.question))
