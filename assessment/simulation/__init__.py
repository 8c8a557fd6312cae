"""A questionnaire put to the proof before people answer it: thousands of sheets, the extremes, its texts in each language."""

from collections.abc import Iterator
from typing import get_args

import numpy as np

from assessment.inspection import (
    SEVERITIES,
    Finding,
    PlayedKind,
    Readability,
    Severity,
    TextKind,
    accepted,
    language,
    translations,
    unused,
)
from assessment.inspection.texts import texts
from assessment.questionnaire import Questionnaire
from assessment.simulation import doubts, hiding, influence, levels, limits, steps
from assessment.simulation.material import material
from assessment.simulation.result import (
    CapUse,
    CheckUse,
    Influence,
    LevelShare,
    LevelsReached,
    Minutes,
    Simulation,
)
from assessment.simulation.tempers import COMPLETE, constructed, fullest, joined, sampled

__all__ = [
    "CapUse",
    "CheckUse",
    "Finding",
    "Influence",
    "LevelShare",
    "LevelsReached",
    "Minutes",
    "Readability",
    "Severity",
    "Simulation",
    "simulate",
]

SHEETS = 10_000

TOLD = (*get_args(PlayedKind), *get_args(TextKind), "option_set_unused")
"""The kinds of findings that playing a questionnaire tells; reading it tells more."""


def simulate(questionnaire: Questionnaire, *, sheets: int = SHEETS, seed: int = 1) -> Simulation:
    """Play thousands of sheets of different temper and the extremes, and read every text.

    Args:
        questionnaire: checked by the loader.
        sheets: how many to sample; the constructed ones come on top.
        seed: the same seed gives the same result.
    """
    chance = np.random.default_rng(seed)
    stuff = material(questionnaire)
    pools = sampled(stuff, sheets, chance=chance)
    profiles = fullest(stuff, chance=chance)
    edges = constructed(stuff, profiles)
    tempers = tuple(pool.play(stuff) for pool in pools)
    extremes = (edges.play(stuff),)
    everything = (*tempers, *extremes)
    hidden = hiding.hidden_questions(stuff, everything)
    reached = levels.levels_reached(stuff, tempers, extremes)
    reached, settled = levels.searched(stuff, reached, profiles[0])
    complete = [pool for pool in pools if pool.temper in COMPLETE]
    questions, sections = influence.influences(stuff, joined(complete), chance)
    checks = doubts.check_uses(stuff, pools, tempers)
    times = hiding.minutes(stuff, pools, tempers)
    measured = language.readabilities(questionnaire)

    def found() -> Iterator[Finding]:
        yield from levels.findings(stuff, reached, settled, sheets)
        yield from influence.findings(stuff, questions, hidden)
        yield from limits.findings(stuff, everything, hidden)
        yield from unused.option_sets(questionnaire)
        yield from hiding.findings(stuff, hidden, everything)
        yield from hiding.too_long(times, questionnaire)
        yield from doubts.findings(stuff, checks, everything)
        yield from steps.findings(stuff, hidden)
        places = tuple(texts(questionnaire))
        yield from translations.findings(places, questionnaire.languages)
        yield from language.findings(questionnaire, places, measured)

    left = accepted.left(found(), [entry for entry in questionnaire.accepted if entry.finding in TOLD])
    return Simulation(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        seed=seed,
        sheets=sheets,
        constructed=len(edges),
        profiles=stuff.profiles,
        profiles_sampled=min(stuff.profiles, sheets),
        findings=tuple(sorted(left.findings, key=lambda each: SEVERITIES.index(each.severity))),
        accepted=left.accepted,
        levels=reached,
        questions=questions,
        sections=sections,
        caps=limits.cap_uses(stuff, pools, tempers),
        checks=checks,
        minutes=times,
        readability=measured,
    )
