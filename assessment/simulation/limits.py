"""Caps: how often they apply, how often they hold a level down, and those that never do."""

from collections.abc import Iterator, Sequence

import numpy as np

from assessment.inspection import Finding
from assessment.questionnaire import Cap, Limit
from assessment.scoring.scheme import scheme
from assessment.scoring.table import Truths
from assessment.simulation.material import Material
from assessment.simulation.playing import Played
from assessment.simulation.result import CapUse
from assessment.simulation.tempers import COMPLETE, Pool


def cap_uses(stuff: Material, pools: Sequence[Pool], tempers: Sequence[Played]) -> tuple[CapUse, ...]:
    """Count for each cap and each section it limits how often it applies and how often it binds, in complete sheets."""
    complete = [played for pool, played in zip(pools, tempers, strict=True) if pool.temper in COMPLETE]
    size = sum(map(len, complete)) or 1
    found = []
    for number, cap in enumerate(stuff.questionnaire.caps):
        applies = sum(int(played.active[number].sum()) for played in complete)
        for limit in cap.limits:
            binds = sum(int(_binds(stuff, played, number, limit).sum()) for played in complete)
            found.append(
                CapUse(
                    cap=cap.id,
                    section=limit.section,
                    level=limit.level,
                    applies=applies / size,
                    binds=binds / size,
                )
            )
    return tuple(found)


def _binds(stuff: Material, played: Played, number: int, limit: Limit) -> Truths:
    """Say where the cap applies and the answers, held down by weaker parts alone, would reach a higher level."""
    result = played.results[limit.section]
    level = played.floats(result.free)
    branch = next(each for each in scheme(stuff.questionnaire).branches if each.of == limit.section)
    if branch.step is not None:
        for part in branch.branches:
            level = np.minimum(level, played.floats(played.results[part.of].bound) + branch.step)
    return played.active[number] & played.scored(limit.section) & (level > limit.level)


def findings(stuff: Material, everything: Sequence[Played], hidden: frozenset[str]) -> Iterator[Finding]:
    """Yield caps that never apply, and caps that never hold a level down.

    None can apply for ever: the value that its `below` names is an answer, and lifts it.
    """
    for number, cap in enumerate(stuff.questionnaire.caps):
        applies = sum(int(played.active[number].sum()) for played in everything)
        if not applies:
            yield _never_applies(cap, hidden)
            continue
        for limit in cap.limits:
            if not any(_binds(stuff, played, number, limit).any() for played in everything):
                yield _never_binds(stuff, cap, limit)


def _never_applies(cap: Cap, hidden: frozenset[str]) -> Finding:
    never = cap.question in hidden
    return Finding(
        kind="cap_never_applies",
        severity="error" if never else "warning",
        where=("caps", cap.id),
        what=f"its question “{cap.question}” is hidden for everybody, so the cap never applies."
        if never
        else "the cap applies in no sheet, sampled or constructed.",
        why="A knock-out that cannot happen promises a floor that is not there.",
        to_do="Look at the conditions of the question and at `below`.",
        proven=never,
    )


def _never_binds(stuff: Material, cap: Cap, limit: Limit) -> Finding:
    top = limit.level >= stuff.questionnaire.scale.highest
    return Finding(
        kind="cap_never_binds",
        severity="warning",
        where=("caps", cap.id, limit.section),
        what=f"limiting “{limit.section}” to level {limit.level} never lowers its level.",
        why="That is the highest level there is."
        if top
        else "Wherever the cap applies, the level is that low without it.",
        to_do="Give a lower level, or leave this limit out.",
        proven=top,
    )
