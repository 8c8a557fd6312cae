"""The rules of scoring as written, in exact fractions, sharing no code with the product's scoring."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from assessment.answers import Answer, AnswerSheet
from assessment.conditions import Condition
from assessment.questionnaire import Questionnaire, Section
from assessment.questions import Question

NOUGHT, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Expected:
    index: Fraction | None
    level: int | None
    shares: tuple[Fraction, ...]
    coverage: Fraction | None
    position: Fraction | None = None
    low: Fraction = NOUGHT
    high: Fraction = ONE


@dataclass(frozen=True)
class Term:
    """A part of a section: its weight, and its figures if it has an answer."""

    weight: Fraction
    position: Fraction | None
    shares: tuple[Fraction, ...]
    low: Fraction
    high: Fraction
    applies: bool
    least: Fraction
    """The points it adds to a sum while it is not answered."""


def nearest_to_nought(low: Fraction, high: Fraction) -> Fraction:
    return max(low, min(high, NOUGHT))


def exact(number: float | int) -> Fraction:
    return Fraction(str(number))


class Reference:
    """Index, level and coverage of one sheet."""

    def __init__(self, questionnaire: Questionnaire, sheet: AnswerSheet, *, confirmed: bool = False) -> None:
        self.q = questionnaire
        self.sheet = sheet
        self.said: dict[str, Answer] = {answer.question: answer for answer in sheet.answers}
        self.confirmed = confirmed
        scale = questionnaire.scale
        self.levels = [step.level for step in scale.levels]
        self.bottom = exact(scale.index.low) if scale.index else Fraction(self.levels[0])
        self.top = exact(scale.index.high) if scale.index else Fraction(self.levels[-1])
        if scale.levels[0].starts is None:
            count = len(self.levels) - 1
            self.marks = [Fraction(number, count) for number in range(count + 1)]
        else:
            starts = [exact(step.starts) for step in scale.levels]
            self.marks = [(start - self.bottom) / (self.top - self.bottom) for start in starts]
        self.questions: dict[str, Question] = {}
        self.above: dict[str, list[Section]] = {}
        for top in questionnaire.sections:
            self._note(top, [])
        threshold = questionnaire.staged_threshold
        self.staged = Fraction(2, 3) if abs(threshold - 2 / 3) < 1e-12 else exact(threshold)

    def _note(self, place: Section, way: list[Section]) -> None:
        for question in place.questions:
            self.questions[question.id] = question
            self.above[question.id] = [*way, place]
        for part in place.sections:
            self._note(part, [*way, place])

    # ── conditions: as things stand, and with what is open left open ──────────────────────────────────────────────────

    def asked(self, question: Question, *, open_: bool) -> bool | None:
        """Whether a question is asked; with `open_`, None where that hangs on something not known."""
        if self.sheet.short and not question.short:
            return False
        conditions = [c for place in self.above[question.id] for c in place.applies_if] + list(
            question.applies_if
        )
        return every([self.holds(condition, open_=open_) for condition in conditions])

    def holds(self, condition: Condition, *, open_: bool) -> bool | None:
        if condition.not_ is not None:
            return opposite(self.holds(condition.not_, open_=open_))
        if condition.all is not None:
            return every([self.holds(each, open_=open_) for each in condition.all])
        if condition.any is not None:
            return opposite(every([opposite(self.holds(each, open_=open_)) for each in condition.any]))
        if condition.answered is False:
            return opposite(self._tested(condition, open_=open_))
        return self._tested(condition, open_=open_)

    def _tested(self, test: Condition, *, open_: bool) -> bool | None:
        nobody_knows = None if open_ else False
        if test.profile is not None:
            chosen = self.sheet.profile.get(test.profile)
            if not chosen:
                return nobody_knows
            return test.answered is not None or bool(
                set([chosen] if isinstance(chosen, str) else chosen) & set(test.any_of or ())
            )
        decider = self.questions[test.question or ""]
        there, answer = self.asked(decider, open_=open_), self.said.get(decider.id)
        if there is False or (answer is not None and answer.state == "not_applicable"):
            return False
        if answer is None or answer.value is None:
            return nobody_knows
        passed = test.answered is not None or self._passes(test, answer.value)
        return passed and (True if there else nobody_knows)

    def _passes(self, test: Condition, value: Any) -> bool:
        if test.any_of is not None:
            if isinstance(value, bool):
                words = {"yes"} if value else {"no"}
            elif isinstance(value, tuple):
                words = set(value)
            else:
                words = {f"{value:g}"} if isinstance(value, (int, float)) else {value}
            return bool(words & set(test.any_of))
        if isinstance(value, str):
            return False
        size = len(value) if isinstance(value, tuple) else value
        wanted = [
            (test.at_least, lambda limit: size >= limit),
            (test.above, lambda limit: size > limit),
            (test.at_most, lambda limit: size <= limit),
            (test.below, lambda limit: size < limit),
        ]
        return all(compare(limit) for limit, compare in wanted if limit is not None)

    def state(self, question: Question) -> str:
        """As things stand: absent, missing or given."""
        answer = self.said.get(question.id)
        if not self.asked(question, open_=False) or (answer is not None and answer.state == "not_applicable"):
            return "absent"
        return "missing" if answer is None or answer.value is None else "given"

    # ── worths ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def ends(self, question: Question) -> tuple[Fraction, Fraction]:
        match question.type:
            case "level":
                return Fraction(min(question.anchors)), Fraction(max(question.anchors))
            case "choice":
                worths = [exact(option.worth) for option in question.options]
                return min(worths), max(worths)
            case "number":
                worths = [exact(point.worth) for point in question.worths]
                return min(worths), max(worths)
            case _:
                return NOUGHT, ONE

    def points(self, question: Question, value: Any) -> Fraction:
        match question.type:
            case "level":
                return Fraction(value)
            case "yes_no":
                return Fraction(value)
            case "choice":
                return next(exact(option.worth) for option in question.options if option.id == value)
            case "checklist":
                if question.required:
                    return Fraction(all(name in value for name in question.required))
                return Fraction(len(value), len(question.options))
            case "number":
                line = [(exact(point.at), exact(point.worth)) for point in question.worths]
                place = min(max(exact(value), line[0][0]), line[-1][0])
                for (at, worth), (then, more) in pairwise(line):
                    if at <= place <= then:
                        return worth + (more - worth) * (place - at) / (then - at)
        return NOUGHT

    def worth(self, question: Question, value: Any) -> Fraction:
        low, high = self.ends(question)
        return (self.points(question, value) - low) / (high - low) if high > low else NOUGHT

    def counted(self, question: Question) -> Fraction:
        answer = self.said[question.id]
        worth = self.worth(question, answer.value)
        ceiling = self.q.unproven_counts_as
        unproven = answer.evidence in ("none", "stated")
        if self.confirmed and ceiling is not None and question.weight and unproven:
            worth = min(worth, self.marks[self.levels.index(ceiling)])
        return worth

    # ── sections ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def limits(self) -> Iterator[tuple[str, int]]:
        for knock_out in self.q.caps:
            question = self.questions[knock_out.question]
            state, answer = self.state(question), self.said.get(knock_out.question)
            worst = state == "missing" and self.q.unanswered == "worst"
            worth = self.counted(question) if state == "given" else NOUGHT if worst else None
            low = worth is not None and worth < self.worth(question, knock_out.below)
            unknown = state == "missing" and answer is not None and answer.state == "unknown"
            if low or (unknown and knock_out.unknown_counts):
                yield from ((limit.section, limit.level) for limit in knock_out.limits)

    def bound(self, place: Section) -> int | None:
        """The level of a section, or for want of one the level that a cap on it or below it would not let it exceed."""
        level = self.of(place).level
        if level is not None:
            return level
        bounds = [step for name, step in self.limits() if name == place.id]
        parts = [step for part in place.sections if (step := self.bound(part)) is not None]
        if place.at_most_above_weakest is not None and parts:
            bounds.append(min(parts) + place.at_most_above_weakest)
        lowest = min(bounds, default=self.levels[-1])
        return lowest if lowest < self.levels[-1] else None

    def term(self, question: Question) -> Term:
        state = self.state(question)
        low, high = self.ends(question)
        worth = self.counted(question) if state == "given" else None
        if state == "missing" and self.q.unanswered == "worst":
            worth = NOUGHT
        shares = () if worth is None else tuple(Fraction(worth >= mark) for mark in self.marks)
        least = nearest_to_nought(low, high)
        return Term(exact(question.weight), worth, shares, low, high, state != "absent", least)

    def leaves(self, place: Section) -> list[Question]:
        below = [q for part in place.sections if part.weight for q in self.leaves(part)]
        return below + [q for q in place.questions if q.weight]

    def terms(self, place: Section) -> list[Term]:
        if place.method in ("mean_of_leaves", "staged"):
            return [self.term(question) for question in self.leaves(place)]
        found = []
        for part in place.sections:
            below = self.of(part)
            applies = any(self.state(question) != "absent" for question in self.leaves(part))
            found.append(
                Term(
                    exact(part.weight),
                    below.position,
                    below.shares,
                    below.low,
                    below.high,
                    applies,
                    self.unanswered_points(part),
                )
            )
        return [term for term in [*found, *map(self.term, place.questions)] if term.weight]

    def unanswered_points(self, place: Section) -> Fraction:
        below = self.of(place)
        if place.method != "sum":
            return nearest_to_nought(below.low, below.high)
        return sum((term.weight * term.least for term in self.terms(place) if term.applies), NOUGHT)

    def coverage(self, place: Section) -> Fraction | None:
        covered: list[tuple[Fraction, Fraction]] = []
        if place.method in ("mean_of_leaves", "staged"):
            questions = self.leaves(place)
        else:
            questions = [question for question in place.questions if question.weight]
            for part in place.sections:
                below = self.coverage(part)
                if below is not None and part.weight:
                    covered.append((exact(part.weight), below))
        asked = [question for question in questions if self.state(question) != "absent"]
        covered += [(exact(question.weight), Fraction(self.state(question) == "given")) for question in asked]
        base = sum(weight for weight, _ in covered)
        return sum(weight * share for weight, share in covered) / base if base else None

    def of(self, place: Section) -> Expected:
        terms = self.terms(place)
        there = [term for term in terms if term.position is not None]
        low, high = self.bottom, self.top
        if place.points is not None:
            low, high = exact(place.points.low), exact(place.points.high)
        if place.method == "sum":
            low = sum((term.weight * term.low for term in terms if term.applies), NOUGHT)
            high = sum((term.weight * term.high for term in terms if term.applies), NOUGHT)
        coverage = self.coverage(place)
        if not there:
            return Expected(None, None, (), coverage, None, low, high)
        steps = range(len(self.levels))
        match place.method:
            case "mean" | "mean_of_leaves":
                total = sum(term.weight for term in there)
                position = sum(term.weight * term.position for term in there) / total
                shares = tuple(sum(t.weight * t.shares[i] for t in there) / total for i in steps)
            case "min":
                position = min(term.position for term in there)
                shares = tuple(min(term.shares[i] for term in there) for i in steps)
            case "sum":
                points = sum(t.weight * (t.low + t.position * (t.high - t.low)) for t in there)
                points += sum(
                    t.weight * max(t.low, min(t.high, NOUGHT))
                    for t in terms
                    if t.applies and t.position is None
                )
                position = (points - low) / (high - low)
                wide = [(term.weight * (term.high - term.low), term) for term in there]
                total = sum(width for width, _ in wide)
                shares = tuple(sum(width * t.shares[i] for width, t in wide) / total for i in steps)
            case "staged":
                total = sum(term.weight for term in there)
                shares = tuple(sum(t.weight * t.shares[i] for t in there) / total for i in steps)
                position = self.stage_position(place)
        level = self.free_level(place, position, shares)
        level = min([level, *(step for name, step in self.limits() if name == place.id)])
        weakest = [step for part in place.sections if (step := self.bound(part)) is not None]
        if place.at_most_above_weakest is not None and weakest:
            level = min(level, min(weakest) + place.at_most_above_weakest)
        return Expected(low + position * (high - low), level, shares, coverage, position, low, high)

    def free_level(self, place: Section, position: Fraction, shares: tuple[Fraction, ...]) -> int:
        way = "staged" if place.method == "staged" else place.levels or self.q.levels
        if way == "bands":
            return max(level for level, mark in zip(self.levels, self.marks, strict=True) if position >= mark)
        reached = self.levels[0]
        for i in range(1, len(self.levels)):
            largely = shares[i] > Fraction(1, 2) and all(share > Fraction(17, 20) for share in shares[1:i])
            if not (self.passed(place, self.levels[i]) if way == "staged" else largely):
                break
            reached = self.levels[i]
        return reached

    def passed(self, place: Section, stage: int) -> bool:
        """Whether a stage is reached; one without a question is passed."""
        return all(self.reached(question) for question in self.leaves(place) if self.stage(question) <= stage)

    def stage(self, question: Question) -> int:
        own = [question.stage, *(place.stage for place in reversed(self.above[question.id]))]
        return next(stage for stage in own if stage is not None)

    def reached(self, question: Question) -> bool:
        """Whether a question's stage is reached as far as it goes; one that does not apply is no hindrance."""
        state = self.state(question)
        return state == "absent" or (state == "given" and self.counted(question) >= self.staged)

    def stage_position(self, place: Section) -> Fraction:
        marks = [*self.marks[:-1], ONE]
        for i in range(1, len(self.levels)):
            mine = [
                q for q in self.leaves(place) if self.stage(q) == self.levels[i] and self.state(q) != "absent"
            ]
            if not all(self.reached(question) for question in mine):
                done = sum(exact(q.weight) for q in mine if self.reached(q)) / sum(
                    exact(q.weight) for q in mine
                )
                return marks[i - 1] + (marks[i] - marks[i - 1]) * done
        return ONE


def every(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
