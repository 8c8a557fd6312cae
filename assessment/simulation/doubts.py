"""The questionnaire's checks: how often each raises its doubt, and those that never can."""

from collections.abc import Iterator, Sequence
from typing import assert_never

import numpy as np

from assessment.inspection import Finding
from assessment.questionnaire import AllTop, Check, Contradiction, ManySetAside, StraightLining
from assessment.scoring.scheme import worth_of
from assessment.scoring.table import Truths
from assessment.simulation.material import Material
from assessment.simulation.playing import Played
from assessment.simulation.result import CheckUse
from assessment.simulation.tempers import Pool
from assessment.simulation.worlds import worlds
from assessment.values import TOLERANCE

OFTEN = 1 / 3
"""A contradiction that arises in more than this share of steady sheets says little."""


def check_uses(stuff: Material, pools: Sequence[Pool], tempers: Sequence[Played]) -> tuple[CheckUse, ...]:
    """Count how often each check arises."""

    def share(check: Check, temper: str) -> float:
        chosen = [played for pool, played in zip(pools, tempers, strict=True) if pool.temper == temper]
        raised = sum(int(arises(stuff, played, check).sum()) for played in chosen)
        return raised / (sum(map(len, chosen)) or 1)

    return tuple(
        CheckUse(check=check.id, even=share(check, "even"), steady=share(check, "steady"))
        for check in stuff.questionnaire.checks
    )


def findings(stuff: Material, uses: Sequence[CheckUse], everything: Sequence[Played]) -> Iterator[Finding]:
    """Yield the checks that never arise, and contradictions that arise more often than not."""
    by_id = {use.check: use.steady for use in uses}
    for check in stuff.questionnaire.checks:
        if not any(arises(stuff, played, check).any() for played in everything):
            proven = False
            if isinstance(check, Contradiction):
                tried = worlds(stuff, check.when)
                if arises(stuff, tried.played, check).any():
                    continue
                proven = tried.every
            yield Finding(
                kind="check_never_arises",
                severity="error" if proven else "warning",
                where=("checks", check.id),
                what="no combination of answers raises this doubt."
                if proven
                else "the doubt arises in no sheet, sampled or constructed.",
                why="It looks as if answers were checked against each other, and they are not.",
                to_do="Look at the conditions: they exclude each other, or test what is hidden."
                if isinstance(check, Contradiction)
                else "Lower the number that it asks for, or remove the check.",
                proven=proven,
            )
        elif isinstance(check, Contradiction) and by_id[check.id] > OFTEN:
            yield Finding(
                kind="check_arises_often",
                severity="notice",
                where=("checks", check.id),
                what=f"the doubt arises in {by_id[check.id]:.0%} of the sheets whose answers lie close together.",
                why="A follow-up question that nearly everybody gets is part of the questionnaire, not a doubt.",
                to_do="Narrow its conditions.",
                proven=False,
            )


def arises(stuff: Material, played: Played, check: Check) -> Truths:
    """Say in which sheets a check raises its doubt: the rules of `findings`, for many sheets at once."""
    match check:
        case Contradiction():
            return np.asarray(played.all_hold(check.when).must)
        case StraightLining():
            return _longest_run(stuff, played) >= check.in_a_row
        case AllTop():
            return _all_top(stuff, played, check)
        case ManySetAside():
            return _many_set_aside(stuff, played, check)
        case _:
            assert_never(check)


def _longest_run(stuff: Material, played: Played) -> np.ndarray:
    """Return the longest run of one value, over the scored questions of one type in the order they are asked."""
    ids: dict[tuple[str, object], int] = {}
    size = len(played)
    run, longest = np.zeros(size, dtype=np.intp), np.zeros(size, dtype=np.intp)
    before = np.full(size, -1)
    for question in stuff.questionnaire.questions_by_id.values():
        if not question.weight:
            continue
        said = [
            -1 if each.value is None else ids.setdefault((question.type, each.value), len(ids))
            for each in stuff.known[question.id].answers
        ]
        chosen = np.array(said).take(played.table.codes[question.id])
        asked, given = played.asked(question.id), played.facts.given(question.id)
        run = np.where(asked, np.where(chosen == before, run + 1, 1), run)
        before = np.where(asked, chosen, before)
        longest = np.where(asked & given, np.maximum(longest, run), longest)
    return longest


def _all_top(stuff: Material, played: Played, check: AllTop) -> Truths:
    """Say where the scored answers of some section, enough of them, are all at their best and none is documented."""
    found = np.zeros(len(played), dtype=np.bool_)
    for section in stuff.questionnaire.whole.walk():
        count = np.zeros(len(played), dtype=np.intp)
        top = np.ones(len(played), dtype=np.bool_)
        for question in section.questions:
            if not question.weight:
                continue
            given = played.asked(question.id) & played.facts.given(question.id)
            best = [
                each.value is not None
                and not each.proven
                and worth_of(stuff.questionnaire, question, each.value) >= 1 - TOLERANCE
                for each in stuff.known[question.id].answers
            ]
            count = count + given
            top = top & (~given | np.array(best).take(played.table.codes[question.id]))
        found |= top & (count >= check.from_questions)
    return found


def _many_set_aside(stuff: Material, played: Played, check: ManySetAside) -> Truths:
    asked = np.zeros(len(played), dtype=np.intp)
    aside = np.zeros(len(played), dtype=np.intp)
    for name in stuff.questionnaire.questions_by_id:
        there = played.asked(name)
        asked = asked + there
        aside = aside + (there & played.facts.aside(name))
    return np.asarray((asked > 0) & (aside > (check.share + TOLERANCE) * asked))
