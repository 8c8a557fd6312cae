"""What lifting a section's level asks for: levels of parts, answers that must change, shares and indexes that must grow."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assessment.questionnaire import Questionnaire
from assessment.questions import Question, Value
from assessment.scoring import FULLY, LARGELY, Node, Reading, active_caps, counted
from assessment.scoring.scheme import Branch, Leaf, Scheme, scheme
from assessment.values import TOLERANCE


@dataclass
class Effort:
    """How much was tried. Beyond a limit only the most promising states are kept, and the answer is not proven any more."""

    limit: int
    tried: int = 0
    exact: bool = True

    @property
    def spent(self) -> bool:
        """Whether the limit is reached."""
        return self.tried > self.limit


@dataclass(frozen=True)
class Want:
    """A level of a section, and everything that it hangs on."""

    questionnaire: Questionnaire
    reading: Reading
    nodes: dict[str, Node]
    """The sections as they stand."""
    section: str
    level: int
    effort: Effort
    awake: frozenset[str] = frozenset()
    """Sections by stages without an answer today, of which some question will be answered."""
    frozen: frozenset[str] = frozenset()
    """Questions left as they are."""

    @cached_property
    def scheme(self) -> Scheme:
        """The questionnaire laid out for scoring."""
        return scheme(self.questionnaire)

    @cached_property
    def branch(self) -> Branch:
        """The section."""
        return next(branch for branch in self.scheme.branches if branch.of == self.section)

    @cached_property
    def levels(self) -> dict[str, int]:
        """The level wanted of the section, and of every part that must not be too far below it."""
        return dict(_wanted(self.branch, self.level))

    @cached_property
    def forced(self) -> frozenset[str]:
        """Questions that must be answered otherwise: a cap holds a section below its level, or a stage lacks them."""
        today = counted(self.questionnaire, self.reading)
        active = active_caps(self.questionnaire, today, unknown=self.reading.unknown)
        names = {
            cap.question
            for cap in active
            if any(self._holds(limit.section, limit.level) for limit in cap.limits)
        }
        lacking = {
            name
            for branch in self.branch.walk()
            if branch.of in self.levels and not self.sleeps(branch)
            for name in self.lacking(branch)
        }
        return frozenset(names | lacking)

    @cached_property
    def floors(self) -> dict[str, float]:
        """The worth that a question must at least have once it is answered otherwise."""
        found: dict[str, float] = {}
        for cap in self.questionnaire.caps:
            if any(self._holds(limit.section, limit.level) for limit in cap.limits):
                below = self.questionnaire.questions_by_id[cap.question].worth(cap.below)
                found[cap.question] = max(found.get(cap.question, 0.0), below)
        for branch in self.branch.walk():
            for leaf in self._staged_leaves(branch):
                found[leaf.of] = max(found.get(leaf.of, 0.0), self.questionnaire.staged_threshold)
        return found

    @cached_property
    def shares(self) -> tuple[int, ...]:
        """The levels, as places on the scale, whose shares count."""
        rated = [
            level
            for branch in self.branch.walk()
            if branch.levels == "process_attribute" and (level := self.levels.get(branch.of)) is not None
        ]
        return tuple(range(1, max(rated, default=self.scheme.lowest) - self.scheme.lowest + 1))

    @cached_property
    def index(self) -> bool:
        """Whether some wanted level is a band of the index."""
        return any(branch.levels == "bands" and branch.of in self.levels for branch in self.branch.walk())

    @cached_property
    def stages(self) -> int:
        """How many stages must be told apart, because the index of a section is the stage it reached."""
        staged = self.index and any(branch.method == "staged" for branch in self.branch.walk())
        return len(self.scheme.positions) if staged else 0

    @cached_property
    def by_leaves(self) -> bool:
        """Whether some section takes the questions below it directly, past the sections between."""
        return any(branch.method in ("mean_of_leaves", "staged") for branch in self.branch.walk())

    @property
    def width(self) -> int:
        """How many figures of a section count: shares, and the index."""
        return len(self.shares) + self.index

    def given(self, question: str) -> float | None:
        """Return the worth that counts today."""
        worth = self.reading.given.get(question)
        if worth is None and self.questionnaire.unanswered == "worst" and question in self.reading.missing:
            return 0.0
        return worth

    def applies(self, question: str) -> bool:
        """Say whether a question can be answered otherwise."""
        return question in self.reading.given or question in self.reading.missing

    def worth(self, question: str) -> float:
        """Return the worth today; 0 where there is no answer."""
        return self.reading.given.get(question, 0.0)

    def needs(self, branch: Branch) -> tuple[float, ...] | None:
        """Return what each figure of a section must reach for its level; None if it wants no level of its own."""
        level = self.levels.get(branch.of)
        if level is None or level <= self.scheme.lowest:
            return None
        place = level - self.scheme.lowest
        rated, banded = branch.levels == "process_attribute", branch.levels == "bands"
        shares = [
            (LARGELY if index == place else FULLY) + TOLERANCE if rated and index <= place else -1.0
            for index in self.shares
        ]
        return (*shares, *((self.scheme.thresholds[place] if banded else -1.0,) if self.index else ()))

    def options(self, question: Question) -> list[tuple[Value, float]]:
        """Return the values worth changing to, with their worth: better than now, and none that only costs more."""
        if not self.applies(question.id) or question.id in self.frozen:
            return []
        known = self.reading.given.get(question.id, -1.0)
        least = self.floors.get(question.id, 0.0)
        wanted = [self.scheme.positions[place] for place in self.shares] + [least]
        if self.index:
            wanted += [*self.scheme.positions, self.questionnaire.staged_threshold]
        found: dict[float, Value] = {}
        if self.index or not question.weight:
            found = {question.worth(value): value for value in reversed(question.values())}
        for worth in wanted:
            value = question.reaching(worth)
            if value is not None:
                found.setdefault(question.worth(value), value)
        better = sorted(worth for worth in found if worth > known + TOLERANCE and worth >= least - TOLERANCE)
        if self.index:
            return [(found[worth], worth) for worth in better]
        reached: dict[tuple[bool, ...], float] = {}
        for worth in better:
            reached.setdefault(self.reached(worth), worth)
        return [(found[worth], worth) for worth in reached.values()]

    def reached(self, worth: float) -> tuple[bool, ...]:
        """Return which of the levels that count an answer reaches."""
        return tuple(worth >= self.scheme.thresholds[place] for place in self.shares)

    def _holds(self, section: str, level: int) -> bool:
        return level < self.levels.get(section, level)

    def sleeps(self, branch: Branch) -> bool:
        """Say whether a section by stages has no answer: as long as nothing of it is answered, it holds nobody back."""
        asleep = branch.of != self.section and branch.of not in self.awake
        return asleep and branch.levels == "staged" and self.nodes[branch.of].value is None

    def lacking(self, branch: Branch) -> set[str]:
        """Return the questions that a section's stages lack."""
        leaves = self._staged_leaves(branch)
        return {
            leaf.of
            for leaf in leaves
            if leaf.of not in self.frozen and self.worth(leaf.of) < self.scheme.staged
        }

    def _staged_leaves(self, branch: Branch) -> list[Leaf]:
        """Return the questions that must reach their stage."""
        level = self.levels.get(branch.of)
        if branch.levels != "staged" or level is None:
            return []
        place = level - self.scheme.lowest
        return [leaf for leaf in branch.below if leaf.stage <= place and self.applies(leaf.of)]


def _wanted(branch: Branch, level: int) -> Iterator[tuple[str, int]]:
    yield branch.of, level
    if branch.step is not None:
        for part in branch.branches:
            yield from _wanted(part, level - branch.step)
