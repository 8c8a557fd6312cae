"""Two assessments become a trend."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from assessment.errors import AnswersError, Problem
from assessment.scoring import Score, Scorecard, score
from assessment.trend.changes import answer_changes, scope_of, versions_of
from assessment.trend.result import (
    PARTS,
    AnswerChange,
    CapChange,
    Influence,
    Movement,
    Part,
    SectionTrend,
    Step,
    Summary,
    Trend,
)
from assessment.trend.steps import Occasion, Plain, Scores, Steps, steps
from assessment.values import TOLERANCE, Id

Five = tuple[Score, Score, Score, Score, Score]
BETWEEN: tuple[Step, Step, Step] = ("by_the_new_questionnaire", "in_the_new_scope", "with_the_new_people")


def compare(old: Occasion, new: Occasion) -> Trend:
    """Split what has changed from the old to the new assessment, for the whole and for each section in both.

    Raises:
        AnswersError: they are assessments by different questionnaires.
    """
    if old.questionnaire.id != new.questionnaire.id:
        raise AnswersError(
            [
                Problem(
                    "the old assessment is by “{old}”, the new one by “{new}”: nothing in them can be compared.",
                    "Compare two assessments by the same questionnaire; its versions may differ.",
                    at="questionnaire",
                    values={"old": old.questionnaire.id, "new": new.questionnaire.id},
                )
            ]
        )
    return _Comparison(old, new).trend()


class _Comparison:
    """Everything that is scored once for a comparison."""

    def __init__(self, old: Occasion, new: Occasion) -> None:
        self._old, self._new = old, new
        self._steps = found = steps(old, new)
        self._plain_old, self._plain_new = Plain(old.questionnaire), Plain(new.questionnaire)
        by_new = self._plain_new.score
        self._then = self._plain_old.score(found.then)
        self._between = (
            by_new(found.by_the_new_questionnaire),
            by_new(found.in_the_new_scope),
            by_new(found.with_the_new_people),
        )
        self._known, self._now = by_new(found.with_what_is_known), by_new(found.now)

    def trend(self) -> Trend:
        """Return the whole comparison."""
        old, new = self._old, self._new
        changes = answer_changes(old, new, self._steps)
        told = score(*old), score(*new)
        variants = {change.question: self._without(change.question) for change in changes}
        sections = tuple(
            SectionTrend(
                of=section.id,
                self_rated=self._movement(section.id, told, confirmed=False),
                confirmed=self._movement(section.id, told, confirmed=True),
                answers=self._influences(section.id, changes, variants),
            )
            for section in new.questionnaire.whole.walk()
            if section.id in old.questionnaire.sections_by_id
        )
        return Trend(
            questionnaire=new.questionnaire.id,
            versions=versions_of(old, new, self._steps),
            scope=scope_of(old, new, self._steps),
            sections=sections,
            answers=changes,
            summary=_summary(sections, changes),
        )

    def _movement(self, section: str, told: tuple[Scorecard, Scorecard], *, confirmed: bool) -> Movement:
        def of(scores: Scores) -> Score:
            return (scores.confirmed if confirmed else scores.self_rated)[section]

        first, second, third = map(of, self._between)
        reported = [card.confirmed_of(section) if confirmed else card.of(section) for card in told]
        return _movement((of(self._then), first, second, third, of(self._now)), of(self._known), reported)

    def _without(self, question: str) -> "_Pair":
        """Score one side with and without what became of one answer."""
        found: Steps = self._steps
        if question in found.now or question in found.carried:
            otherwise = dict(found.now)
            otherwise.pop(question, None)
            if question in found.carried:
                otherwise[question] = found.carried[question]
            return _Pair(self._new, self._plain_new.score(otherwise), self._now)
        remaining = {name: answer for name, answer in found.then.items() if name != question}
        return _Pair(self._old, self._then, self._plain_old.score(remaining))

    def _influences(
        self, section: str, changes: Sequence[AnswerChange], variants: dict[Id, "_Pair"]
    ) -> tuple[Influence, ...]:
        found = [
            variants[change.question].influence(change.question, section, self._now)
            for change in changes
            if variants[change.question].concerns(change.question, section)
        ]
        return tuple(sorted(found, key=_by_weight))


class _Pair:
    """The scores with an answer as it was, and as it is."""

    def __init__(self, occasion: Occasion, before: Scores, after: Scores) -> None:
        self._questionnaire, self._before, self._after = occasion.questionnaire, before, after

    def concerns(self, question: str, section: str) -> bool:
        """Say whether the question stands in or below the section."""
        return section in (self._questionnaire.id, *self._questionnaire.path(question))

    def influence(self, question: str, section: str, now: Scores) -> Influence:
        """Return what the answer does to the section's index."""
        before, after = self._before, self._after
        return Influence(
            question=question,
            self_rated=_shift(before.self_rated[section], after.self_rated[section], now.self_rated[section]),
            confirmed=_shift(before.confirmed[section], after.confirmed[section], now.confirmed[section]),
        )


def _by_weight(influence: Influence) -> tuple[float, float]:
    """Order by effect, greatest first; an answer without which there is no index comes before all others."""
    one, other = (
        float("inf") if effect is None else abs(effect)
        for effect in (influence.self_rated, influence.confirmed)
    )
    return -one, -other


def _shift(before: Score, after: Score, ends: Score) -> float | None:
    one, other = _on(before.value, before, ends), _on(after.value, after, ends)
    return None if one is None or other is None else other - one


def _same_ends(one: Score, other: Score) -> bool:
    return abs(one.bottom - other.bottom) <= TOLERANCE and abs(one.top - other.top) <= TOLERANCE


def _on(value: float | None, own: Score, ends: Score) -> float | None:
    """Return a value of one score's index as the value at the same position of another's."""
    if value is None or _same_ends(own, ends):
        return value
    width = own.top - own.bottom
    return ends.bottom + ((value - own.bottom) / width if width else 0.0) * (ends.top - ends.bottom)


def _movement(five: Five, known: Score, told: Sequence[Score]) -> Movement:
    """Split one index; `told` are the scores as each assessment reports them, with their ranges."""
    then, now = five[0], five[-1]
    values = [_on(step.value, step, now) for step in five]
    parts = [_difference(one, other) for one, other in pairwise(values)]
    low, high = _on(told[0].low, then, now), _on(told[0].high, then, now)
    within = _inside(values[-1], low, high) and _inside(values[0], told[1].low, told[1].high)
    return Movement(
        bottom=now.bottom,
        top=now.top,
        reported=told[0].value,
        rescaled=not _same_ends(then, now),
        old=values[0],
        new=values[-1],
        old_low=low,
        old_high=high,
        new_low=told[1].low,
        new_high=told[1].high,
        change=_difference(values[0], values[-1]),
        questionnaire=parts[0],
        scope=parts[1],
        people=parts[2],
        real=parts[3],
        known=_difference(values[3], _on(known.value, known, now)),
        not_comparable=_missing(values),
        within_range=within,
        old_status=told[0].status,
        new_status=told[1].status,
        old_level=told[0].level,
        new_level=told[1].level,
        old_holds=tuple(limit for limit in told[0].limited_by if limit.applies),
        new_holds=tuple(limit for limit in told[1].limited_by if limit.applies),
        caps=_caps(five),
    )


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else other - one


def _inside(value: float | None, low: float | None, high: float | None) -> bool:
    if value is None or low is None or high is None:
        return False
    return low - TOLERANCE <= value <= high + TOLERANCE


def _missing(values: Sequence[float | None]) -> Step | None:
    if values[0] is None:
        return "then"
    if values[-1] is None:
        return "now"
    return next((step for step, value in zip(BETWEEN, values[1:-1], strict=True) if value is None), None)


def _caps(five: Five) -> tuple[CapChange, ...]:
    """Return the caps that hold at one end only, with the last part that turned them."""
    holding = [
        {limit.source for limit in step.limited_by if limit.kind == "cap" and limit.applies} for step in five
    ]
    found = []
    for cap in sorted(holding[0] ^ holding[-1]):
        turns = [
            part
            for part, a, b in zip(PARTS, holding[:-1], holding[1:], strict=True)
            if (cap in a) != (cap in b)
        ]
        change: Part = turns[-1]
        found.append(CapChange(cap=cap, change="lifted" if cap in holding[0] else "opened", part=change))
    return tuple(found)


def _summary(sections: Sequence[SectionTrend], changes: Sequence[AnswerChange]) -> Summary:
    whole = sections[0].self_rated
    parts: dict[Part, float] = {part: abs(whole.part(part) or 0.0) for part in PARTS}
    largest = max(PARTS, key=lambda part: parts[part])
    known = whole.not_comparable is None and parts[largest] > TOLERANCE
    both = whole.old_level is not None and whole.new_level is not None
    caps = [change for section in sections for change in section.self_rated.caps]
    return Summary(
        change=whole.change,
        largest=largest if known else None,
        within_range=whole.within_range,
        levels=(whole.new_level or 0) - (whole.old_level or 0) if both else None,
        rising=tuple(s.of for s in sections if (s.self_rated.real or 0.0) > TOLERANCE),
        falling=tuple(s.of for s in sections if (s.self_rated.real or 0.0) < -TOLERANCE),
        lifted=tuple(sorted({change.cap for change in caps if change.change == "lifted"})),
        opened=tuple(sorted({change.cap for change in caps if change.change == "opened"})),
        answers=dict(Counter(change.kind for change in changes)),
    )
