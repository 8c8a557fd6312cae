"""Which levels sections reach in the sheets played, and which they cannot reach."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

import numpy as np

from assessment.inspection import Finding
from assessment.questionnaire import Section
from assessment.simulation.material import GIVEN, Material
from assessment.simulation.playing import Played
from assessment.simulation.result import LevelShare, LevelsReached
from assessment.simulation.tempers import Pool, Profile

RARE = 0.001
"""A level that no temper reaches in more than this share of its sheets is rare."""

MOST = 40_000
"""With no more combinations than this, all answers of a section are tried to reach a level."""


def levels_reached(
    stuff: Material, tempers: Sequence[Played], extremes: Sequence[Played]
) -> tuple[LevelsReached, ...]:
    """Count the levels of every section: over all sheets sampled, in the temper that likes each level best, and at all."""
    scale = stuff.questionnaire.scale
    found = []
    for section in stuff.questionnaire.whole.walk():
        counts = [_counts(stuff, played, section.id) for played in tempers]
        total = np.sum(counts, axis=0)
        extreme = np.sum([_counts(stuff, played, section.id) for played in extremes], axis=0)
        reached = (total + extreme) > 0
        scored = float(np.sum(total))
        most = [max(_share(count, place) for count in counts) for place in range(len(scale.levels))]
        found.append(
            LevelsReached(
                section=section.id,
                scored=scored / sum(map(len, tempers)),
                levels=tuple(
                    LevelShare(
                        level=scale.lowest + place,
                        reached=bool(reached[place]),
                        share=float(total[place]) / scored if scored else 0.0,
                        most=most[place],
                    )
                    for place in range(len(scale.levels))
                ),
            )
        )
    return tuple(found)


def _counts(stuff: Material, played: Played, section: str) -> np.ndarray:
    scale = stuff.questionnaire.scale
    levels = played.levels(section)[played.scored(section)].astype(np.intp) - scale.lowest
    return np.bincount(levels, minlength=len(scale.levels))


def _share(counts: np.ndarray, place: int) -> float:
    total = float(np.sum(counts))
    return float(counts[place]) / total if total else 0.0


def searched(
    stuff: Material, reached: tuple[LevelsReached, ...], profile: Profile
) -> tuple[tuple[LevelsReached, ...], frozenset[str]]:
    """Try every answer of the small sections that miss a level.

    Returns:
        The levels with what was found, and the sections in which there is no other combination.
    """
    known, settled = [], set()
    for entry in reached:
        section = stuff.questionnaire.sections_by_id[entry.section]
        missed = [share for share in entry.levels if not share.reached]
        played = _every_answer(stuff, section, profile) if missed and entry.scored else None
        if played is None:
            known.append(entry)
            continue
        if not any(stuff.questionnaire.conditions_of[q.id] for q in section.all_questions()):
            settled.add(section.id)
        counts = _counts(stuff, played, section.id)
        lowest = stuff.questionnaire.scale.lowest
        levels = tuple(
            share.model_copy(update={"reached": share.reached or bool(counts[share.level - lowest])})
            for share in entry.levels
        )
        known.append(entry.model_copy(update={"levels": levels}))
    return tuple(known), frozenset(settled)


def _every_answer(stuff: Material, section: Section, profile: Profile) -> Played | None:
    """Play every combination of a section's scored answers and of the gates that cap it or a part of it."""
    below = {part.id for part in section.walk()}
    gates = {
        cap.question
        for cap in stuff.questionnaire.caps
        if any(limit.section in below for limit in cap.limits)
    }
    scored = [question.id for question in section.all_questions() if question.weight]
    tried = list(dict.fromkeys([*scored, *gates]))
    if prod(len(stuff.values[name]) for name in tried) > MOST:
        return None
    rows = np.array(list(product(*(range(len(stuff.values[name])) for name in tried))), dtype=np.intp)
    columns = {name: GIVEN + rows[:, number] for number, name in enumerate(tried)}
    codes = {
        name: columns[name] if name in columns else np.full(len(rows), stuff.best(name))
        for name in stuff.names
    }
    short = np.zeros(len(rows), dtype=np.bool_)
    return Pool("every", codes, (profile,) * len(rows), short).play(stuff)


def findings(
    stuff: Material, reached: tuple[LevelsReached, ...], settled: frozenset[str], sheets: int
) -> Iterator[Finding]:
    """Yield the sections without a score and the levels not reached, or hardly ever."""
    questionnaire = stuff.questionnaire
    for entry in reached:
        section = questionnaire.sections_by_id[entry.section]
        where = questionnaire.path(section.id) or (section.id,)
        if not any(question.weight for question in section.all_questions()):
            yield Finding(
                kind="section_without_score",
                severity="warning",
                where=where,
                what="no question in or below this section has a weight.",
                why="It never has an index nor a level, and shows as incomplete in every report.",
                to_do="Give a question a weight, or move the questions to the section that they belong to.",
            )
            continue
        if not entry.scored and not any(share.reached for share in entry.levels):
            yield Finding(
                kind="section_never_scored",
                severity="error",
                where=where,
                what=f"none of {sheets:,} sheets gives this section an index.",
                why="Its questions are hidden, or everything below it has weight 0.",
                to_do="Look at the conditions and the weights in and below it.",
                proven=False,
            )
            continue
        never = [share.level for share in entry.levels if not share.reached]
        if never:
            whole = section.id == questionnaire.id
            yield Finding(
                kind="level_unreachable",
                severity="error" if whole else "warning",
                where=where,
                what=f"{_named(never)} cannot be reached"
                + ("." if section.id in settled else f" in {sheets:,} sheets sampled nor in the extremes."),
                why="The report shows a scale with steps that nobody can stand on"
                + (", and the plan never gets there." if whole else "."),
                to_do=_remedy(stuff, section),
                proven=section.id in settled,
            )
        rare = [share.level for share in entry.levels if share.reached and share.most < RARE]
        if rare and entry.scored:
            yield Finding(
                kind="level_rare",
                severity="notice",
                where=where,
                what=f"{_named(rare)} is reached in fewer than 1 of 1,000 sheets, whatever their temper.",
                why="A step that hardly any combination of answers leads to tells organisations little apart.",
                to_do="Check that this is meant: look at caps, at the weakest part and at the bands of the levels.",
                proven=False,
            )


def _named(levels: Sequence[int]) -> str:
    return f"Level {levels[0]}" if len(levels) == 1 else f"Levels {', '.join(map(str, levels))}"


def _remedy(stuff: Material, section: Section) -> str:
    """Return what to do, by the way the section's levels are found."""
    match stuff.questionnaire.levels_of(section):
        case "staged":
            return "Give each stage a question of its own: a stage without one is reached together with the one below it."
        case "bands":
            return "Add questions or steps between worst and best, or move `from` of the levels to where indexes can lie."
        case _:
            return (
                "Add questions with steps in between: a few questions of yes and no jump over levels. "
                "Look at caps, too."
            )
