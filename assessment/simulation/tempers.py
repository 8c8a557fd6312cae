"""Thousands of answer sheets of different temper, and the extremes constructed one by one. Chance comes in as a generator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessment.answers import ProfileValue
from assessment.scoring.table import Table
from assessment.simulation.material import GIVEN, Codes, Material
from assessment.simulation.playing import Played

Profile = dict[str, ProfileValue | None]

COMPLETE = ("even", "low", "high", "steady", "by_section", "by_stage")
"""Tempers with an answer to everything; `by_stage` where levels go by stages only."""

SPREAD = 0.12
"""How far an answer strays from the sheet's or the section's own position, as a share of its ladder."""

LOOKED_AT = 2000
"""Profiles among which those with the most and the fewest questions are looked for."""

ROOM = 20_000
"""So many extremes are constructed at most."""

WAYS = 16
"""Places at which the way from one extreme to another stops at most."""


@dataclass(frozen=True)
class Pool:
    """Sheets of one temper."""

    temper: str
    codes: Mapping[str, Codes]
    profiles: tuple[Profile, ...]
    short: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.profiles)

    def take(self, rows: NDArray[np.intp]) -> "Pool":
        """Return some of the sheets, in this order; one may come more than once."""
        return Pool(
            self.temper,
            {name: codes.take(rows) for name, codes in self.codes.items()},
            tuple(self.profiles[row] for row in rows),
            self.short.take(rows),
        )

    def play(self, stuff: Material) -> Played:
        """Score the sheets."""
        fields = [field.id for field in stuff.questionnaire.profile]
        profile = {field: [known[field] for known in self.profiles] for field in fields}
        table = Table(short=self.short, profile=profile, known=stuff.known, codes=self.codes)
        return Played(stuff.questionnaire, table)


def joined(pools: Sequence[Pool]) -> Pool:
    """Return several pools as one."""
    return Pool(
        pools[0].temper,
        {name: np.concatenate([pool.codes[name] for pool in pools]) for name in pools[0].codes},
        tuple(profile for pool in pools for profile in pool.profiles),
        np.concatenate([pool.short for pool in pools]),
    )


def sampled(stuff: Material, count: int, *, chance: np.random.Generator) -> tuple[Pool, ...]:
    """Return so many sheets, divided among the tempers; every combination of the profile comes up, if there is room."""
    stages = any(stage is not None for stage in stuff.questionnaire.stage_of.values())
    tempers = [name for name in (*COMPLETE, "gaps", "short") if stages or name != "by_stage"]
    order = chance.permutation(stuff.profiles) if stuff.profiles <= count else None
    pools, begin = [], 0
    for number, temper in enumerate(tempers):
        size = count // len(tempers) + (number < count % len(tempers))
        places = range(begin, begin + size)
        begin += size
        profiles = tuple(
            _any_of(
                _some(stuff, chance) if order is None else stuff.profile(int(order[place % len(order)])),
                chance,
            )
            for place in places
        )
        pools.append(_pool(stuff, temper, profiles, chance))
    return tuple(pool for pool in pools if len(pool))


def _some(stuff: Material, chance: np.random.Generator) -> dict[str, tuple[ProfileValue, ...]]:
    """Return one combination by chance, however many there are."""
    return {field: groups[int(chance.integers(len(groups)))] for field, groups in stuff.choices.items()}


def _any_of(groups: Mapping[str, tuple[ProfileValue, ...]], chance: np.random.Generator) -> Profile:
    return {field: alike[int(chance.integers(len(alike)))] for field, alike in groups.items()}


def _pool(stuff: Material, temper: str, profiles: tuple[Profile, ...], chance: np.random.Generator) -> Pool:
    size = len(profiles)
    position = chance.random(size)  # where a sheet stands on the whole
    sections: dict[str, Any] = {}
    shares = {"unknown": chance.random(size) * 0.5, "aside": chance.random(size) * 0.3}
    shares["open"] = chance.random(size) * 0.3
    careful = chance.random(size)  # how much of a sheet is documented
    stage_of = stuff.questionnaire.stage_of
    top = stuff.questionnaire.scale.highest
    codes = {}
    for name, known in stuff.values.items():
        parent = stuff.questionnaire.parent.get(name, name)
        if parent not in sections:
            sections[parent] = chance.random(size)
        drawn = chance.random(size)
        match temper:
            case "even":
                place = drawn
            case "low":
                place = drawn**3
            case "high":
                place = 1 - drawn**3
            case "steady":
                place = position + (drawn - 0.5) * 4 * SPREAD
            case "by_stage":
                share = (stage_of.get(name) or 0) / (top + 1)
                place = np.where(position > share, 1 - drawn**3, drawn**3)
            case _:
                place = sections[parent] + (drawn - 0.5) * 4 * SPREAD
        rank = np.clip((place * len(known)).astype(np.intp), 0, len(known) - 1)
        code = GIVEN + rank + len(known) * (chance.random(size) < careful)
        if temper == "gaps":
            luck = chance.random(size)
            code = np.where(luck < shares["unknown"], 1, code)
            code = np.where(chance.random(size) < shares["aside"], 2, code)
            code = np.where(chance.random(size) < shares["open"], 0, code)
        codes[name] = code.astype(np.intp)
    return Pool(temper, codes, profiles, np.full(size, temper == "short"))


# ── the extremes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def fullest(stuff: Material, *, chance: np.random.Generator, few: int = 12) -> tuple[Profile, ...]:
    """Return a few profiles, the one with the most questions first."""
    groups = (
        [stuff.profile(number) for number in range(stuff.profiles)]
        if stuff.profiles <= LOOKED_AT
        else [_some(stuff, chance) for _ in range(LOOKED_AT)]
    )
    profiles: tuple[Profile, ...] = tuple(
        {field: alike[0] for field, alike in each.items()} for each in groups
    )
    best = {name: np.full(len(profiles), stuff.best(name)) for name in stuff.names}
    played = Pool("", best, profiles, np.zeros(len(profiles), dtype=np.bool_)).play(stuff)
    asked = np.sum([played.asked(name) for name in stuff.names], axis=0)
    order = sorted(range(len(profiles)), key=lambda row: (-int(asked[row]), row))
    step = max(1, len(order) // few)
    return tuple(profiles[row] for row in order[::step][:few])


def constructed(stuff: Material, profiles: tuple[Profile, ...]) -> Pool:
    """Return the extremes: all worst and best, each level and just below the next, each question alone, and ways between."""
    rows: list[dict[str, int]] = []
    whom: list[Profile] = []
    uniform = list(_uniform(stuff))
    for profile in profiles[: max(1, ROOM // len(uniform))]:
        for row in uniform:
            rows.append(row)
            whom.append(profile)
    for row in _alone(stuff):
        rows.append(row)
        whom.append(profiles[0])
    codes = {name: np.array([row[name] for row in rows], dtype=np.intp) for name in stuff.names}
    return Pool("constructed", codes, tuple(whom), np.zeros(len(rows), dtype=np.bool_))


def _uniform(stuff: Material) -> Iterator[dict[str, int]]:
    worst = dict.fromkeys(stuff.names, GIVEN)
    best = {name: stuff.best(name) for name in stuff.names}
    yield worst
    yield best
    yield dict.fromkeys(stuff.names, 2)
    scale = stuff.questionnaire.scale
    steps = [worst]
    for level in range(scale.lowest, scale.highest + 1):
        steps.append({name: _from(stuff, name, level) for name in stuff.names})
        steps.append({name: _below(stuff, name, level + 1) for name in stuff.names})
    steps.append(best)
    yield from steps
    gates = {cap.question for cap in stuff.questionnaire.caps}
    for one in (worst, *steps[1::2]):
        yield {name: best[name] if name in gates else code for name, code in one.items()}
        for other in (*steps[1::2], best):
            yield from _between(stuff, one, other)
    for stage in range(scale.lowest, scale.highest + 1):
        stages = stuff.questionnaire.stage_of
        yield {name: best[name] if (stages.get(name) or 0) <= stage else worst[name] for name in stuff.names}


def _between(stuff: Material, one: dict[str, int], other: dict[str, int]) -> Iterator[dict[str, int]]:
    """Turn one sheet into another, in all sections at once, question by question; the gates stand at their best."""
    gates = {cap.question for cap in stuff.questionnaire.caps}
    places: dict[str, int] = {}
    for section in stuff.questionnaire.whole.walk():
        scored = [question for question in section.questions if question.weight]
        heavy = sorted(scored, key=lambda question: -question.weight)
        places |= {question.id: number for number, question in enumerate(heavy)}
    longest = max(places.values(), default=0)
    for count in range(1, longest + 1, max(1, longest // WAYS)):
        yield {
            name: stuff.best(name)
            if name in gates
            else other[name]
            if places.get(name, 0) < count
            else one[name]
            for name in stuff.names
        }


def _alone(stuff: Material) -> Iterator[dict[str, int]]:
    worst = dict.fromkeys(stuff.names, GIVEN)
    best = {name: stuff.best(name) for name in stuff.names}
    for name in stuff.names:
        yield {**best, name: GIVEN}
        yield {**worst, name: best[name]}


def _from(stuff: Material, name: str, level: int) -> int:
    """Return the code of the worst value that is worth this level."""
    wanted = stuff.questionnaire.scale.worth_of_level(level)
    enough = np.flatnonzero(stuff.worths[name] >= wanted - 1e-9)
    return GIVEN + int(enough[0]) if len(enough) else stuff.best(name)


def _below(stuff: Material, name: str, level: int) -> int:
    """Return the code of the best value that is not worth this level yet."""
    scale = stuff.questionnaire.scale
    if level > scale.highest:
        return stuff.best(name)
    less = np.flatnonzero(stuff.worths[name] < scale.worth_of_level(level) - 1e-9)
    return GIVEN + int(less[-1]) if len(less) else GIVEN
