"""How far single questions and whole sections move the result, and weights that change nothing."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from assessment.inspection import Finding
from assessment.questionnaire import Questionnaire, Section
from assessment.questions import Question
from assessment.simulation.material import GIVEN, Material
from assessment.simulation.playing import Played
from assessment.simulation.result import Influence
from assessment.simulation.tempers import Pool, joined
from assessment.values import TOLERANCE

TRIED = 32
"""Sheets in which each question is turned from worst to best."""

TOGETHER = 24
"""So many are played in one table."""

SMALL = 0.005
"""A question that never moves the overall index by this share of its span hardly matters."""


class _Turned(NamedTuple):
    """Some sheets twice, one after the other: with these questions at their worst, and at their best."""

    of: str
    names: tuple[str, ...]
    section: str
    """Where they stand."""
    pool: Pool

    @property
    def half(self) -> int:
        return len(self.pool) // 2


def influences(
    stuff: Material, pool: Pool, chance: np.random.Generator
) -> tuple[tuple[Influence, ...], tuple[Influence, ...]]:
    """Turn each scored question, and all questions of each section, from worst to best in some sheets of a pool.

    Besides sheets as they are, it is tried with everything else at its best and at its worst, where that leaves the
    question asked: what counts only in such company is found, too.

    Returns:
        Questions and sections, largest influence first.
    """
    played = pool.play(stuff)
    questionnaire = stuff.questionnaire
    questions, sections = [], []
    for question in questionnaire.questions_by_id.values():
        if question.weight:
            rows = _some(np.flatnonzero(played.asked(question.id)), chance)
            turned = _turned(stuff, pool.take(rows), (question.id,))
            questions.append(_Turned(question.id, (question.id,), questionnaire.parent[question.id], turned))
    for section in questionnaire.whole.walk():
        scored = tuple(question.id for question in section.all_questions() if question.weight)
        if scored and section.id != questionnaire.id:
            rows = _some(np.flatnonzero(played.scored(section.id)), chance)
            sections.append(_Turned(section.id, scored, section.id, _turned(stuff, pool.take(rows), scored)))
    return _measured(stuff, questions), _measured(stuff, sections)


def _some(rows: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    return rows if len(rows) <= TRIED else np.sort(chance.choice(rows, TRIED, replace=False))


def _turned(stuff: Material, base: Pool, names: tuple[str, ...]) -> Pool:
    both = {}
    for name, known in base.codes.items():
        company = np.concatenate([known, *_in_company(stuff, name, known)])
        ends = (GIVEN, stuff.best(name)) if name in names else None
        both[name] = np.repeat(ends, len(company)) if ends else np.tile(company, 2)
    return Pool("turned", both, base.profiles * 6, np.tile(base.short, 6))


def _measured(stuff: Material, turned: Sequence[_Turned]) -> tuple[Influence, ...]:
    """Play what was turned, many at once, and say what it changed; largest influence first."""
    found = []
    for begin in range(0, len(turned), TOGETHER):
        group = turned[begin : begin + TOGETHER]
        played = joined([each.pool for each in group]).play(stuff)
        changed = np.zeros(len(played), dtype=np.bool_)
        place = 0
        for each in group:
            worst = np.arange(place, place + each.half)
            changed[worst] = _changed(played, worst, worst + each.half)
            found.append(_influence(played, each, worst, worst + each.half, changed))
            place += len(each.pool)
    return tuple(sorted(found, key=lambda each: (-each.points, -each.most, each.of)))


def _changed(played: Played, worst: np.ndarray, best: np.ndarray) -> np.ndarray:
    """Say where some section's level is another."""
    changed = np.zeros(len(worst), dtype=np.bool_)
    for section in played.questionnaire.whole.walk():
        there, levels = played.scored(section.id), played.levels(section.id)
        changed |= there[worst] & there[best] & (levels[worst] != levels[best])
    return changed


def _influence(
    played: Played, turned: _Turned, worst: np.ndarray, best: np.ndarray, changed: np.ndarray
) -> Influence:
    whole = played.questionnaire.id
    there = played.scored(whole)[worst] & played.scored(whole)[best]
    if len(turned.names) == 1:
        asked = played.asked(turned.names[0])
        there = there & asked[worst] & asked[best]
    worst, best = worst[there], best[there]
    if not len(worst):
        return Influence(of=turned.of, points=0, most=0, share=0, levels=0, own=0)
    points = played.values(whole)[best] - played.values(whole)[worst]
    share = played.positions(whole)[best] - played.positions(whole)[worst]
    own = played.positions(turned.section)[best] - played.positions(turned.section)[worst]
    return Influence(
        of=turned.of,
        points=float(np.median(points)),
        most=float(np.max(np.abs(points))),
        share=float(np.max(np.abs(share))),
        levels=float(np.mean(changed[worst])),
        own=float(np.max(np.abs(own))),
    )


def _in_company(stuff: Material, name: str, codes: np.ndarray) -> Iterator[np.ndarray]:
    """Yield a question's answers with everything at its best, and at its worst; what conditions test stays as it is."""
    for code in (stuff.best(name), GIVEN):
        yield codes if name in stuff.tests else np.full(len(codes), code)


# ── findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def findings(stuff: Material, questions: Sequence[Influence], hidden: frozenset[str]) -> Iterator[Finding]:
    """Yield the questions that no result needs, that move nothing or hardly anything, and weights without effect."""
    questionnaire = stuff.questionnaire
    used = _used(stuff)
    by_id = {influence.of: influence for influence in questions}
    for question in questionnaire.questions_by_id.values():
        where = questionnaire.path(question.id)
        if not question.weight and question.id not in used and question.type != "text":
            yield Finding(
                kind="question_without_use",
                severity="warning",
                where=where,
                what="the question has weight 0, and no cap, condition, check or measure uses it.",
                why="People answer it for nothing.",
                to_do="Give it a weight, use it, or remove it.",
            )
        influence = by_id.get(question.id)
        if influence is not None and question.id not in hidden:
            yield from _of_scored(question, where, influence)
    yield from _weights(questionnaire)


def _used(stuff: Material) -> set[str]:
    questionnaire = stuff.questionnaire
    return (
        {cap.question for cap in questionnaire.caps}
        | {name for name in stuff.tests if name in questionnaire.questions_by_id}
        | {effect.question for measure in questionnaire.measures for effect in measure.effects}
    )


def _of_scored(question: Question, where: tuple[str, ...], influence: Influence) -> Iterator[Finding]:
    if influence.share <= TOLERANCE and influence.own <= TOLERANCE:
        yield Finding(
            kind="question_without_effect",
            severity="error",
            where=where,
            what=f"the question has the weight {question.weight:g}, and no answer to it ever moves an index.",
            why="Whoever answers it believes that it counts.",
            to_do="Look at the weights of its section and of those above, or give the question weight 0.",
        )
    elif influence.share <= TOLERANCE:
        yield Finding(
            kind="question_moves_own_section_only",
            severity="warning",
            where=where,
            what="no answer to this question moves the overall index; it moves its own section only.",
            why="The overall result is silent about something that the report presents as a part of it.",
            to_do="Give the sections above it a weight, or say in their description that they stand beside the result.",
        )
    elif influence.share < SMALL:
        yield Finding(
            kind="question_hardly_matters",
            severity="warning",
            where=where,
            what=f"from worst to best the overall index moves by {influence.share:.2%} of its span at most.",
            why=f"Below {SMALL:.1%} nobody sees it: answering takes time and changes nothing that is shown.",
            to_do="Raise its weight or that of its section, or remove the question.",
        )
    if influence.own > TOLERANCE and not influence.levels:
        yield Finding(
            kind="question_never_decides_level",
            severity="notice",
            where=where,
            what="from worst to best it changed no level, neither of its section nor of any other, in all sheets tried.",
            why="Levels are what the report leads with; this question never decides one.",
            to_do="Compare its weight with its neighbours', and look at caps that hold the section down anyway.",
            proven=False,
        )


def _weights(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield weights that change nothing, by the way their section is scored."""
    for section in questionnaire.whole.walk():
        parts: list[Section | Question] = [part for part in section.sections if _is_scored(part)]
        parts += [question for question in section.questions if question.weight]
        weights = {part.weight for part in parts}
        for part in parts:
            reason = ""
            above = _above(questionnaire, section)
            if section.method == "min" and len(weights) > 1 and part.weight != 1:
                reason = "its section takes the weakest part, whatever the weights"
            elif section.method in ("mean_of_leaves", "staged") and isinstance(part, Section):
                reason = f"the section “{section.id}” reckons with the questions below it, not with its parts"
            elif section.method == "mean" and len(parts) == 1:
                reason = f"it is the only part of “{section.id}” that counts"
            used_above = not isinstance(part, Section) and bool({"mean_of_leaves", "staged"} & above)
            if reason and part.weight != 1 and not used_above:
                yield Finding(
                    kind="weight_without_effect",
                    severity="notice",
                    where=questionnaire.path(part.id),
                    what=f"the weight {part.weight:g} changes no index: {reason}.",
                    why="A weight that looks like a decision and is none misleads whoever reads the questionnaire.",
                    to_do="Leave the weight out, or weigh what stands beside it.",
                )


def _is_scored(section: Section) -> bool:
    return bool(section.weight) and any(question.weight for question in section.all_questions())


def _above(questionnaire: Questionnaire, section: Section) -> set[str]:
    """Return the methods of the sections above this one, which may use the weights of the questions below."""
    names = questionnaire.path(section.id)[:-1]
    methods = {questionnaire.sections_by_id[name].method for name in names}
    return methods | ({questionnaire.method} if section.id != questionnaire.id else set())
