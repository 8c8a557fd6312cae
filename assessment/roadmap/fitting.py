"""Where measures fit: after what they require, within each month's capacity, before the horizon."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from assessment.questionnaire import Measure, Questionnaire
from assessment.roadmap.gains import moved_by
from assessment.roadmap.result import SLOTS_PER_MONTH, Capacity, Slot, Why
from assessment.scoring import active_caps
from assessment.values import TOLERANCE

WEEKS_PER_SLOT = 52 / 24


@dataclass
class Draft:
    """The plan being made. Arithmetic on effort is in hundredths of a person-day, whole numbers."""

    questionnaire: Questionnaire
    capacity: Capacity
    factor: float
    worths: dict[str, float]
    missing: frozenset[str]
    """Questions that apply and are not answered."""
    open_: frozenset[str]
    """The same, and those of which it is not known whether they apply."""
    met: set[str]
    """Measures that need not be done: not applicable, or nothing left to move."""
    used: list[int] = field(default_factory=list)
    ends: dict[str, int] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)

    @property
    def slots_in_horizon(self) -> int:
        return self.capacity.months * SLOTS_PER_MONTH


def chain_of(state: Draft, measure: Measure) -> list[Measure]:
    """Return the measure behind everything it requires that is neither planned nor met."""
    order: list[Measure] = []
    seen: set[str] = set()

    def visit(identifier: str) -> None:
        if identifier in seen or identifier in state.met or identifier in state.ends:
            return
        seen.add(identifier)
        for required in state.questionnaire.measures_by_id[identifier].requires:
            visit(required)
        order.append(state.questionnaire.measures_by_id[identifier])

    visit(measure.id)
    return order


def effort_by_slot(state: Draft, measure: Measure) -> tuple[int, int]:
    """Return the length in half-months and the effort of each of them in hundredths of a person-day."""
    length = max(1, ceil(measure.weeks / WEEKS_PER_SLOT - TOLERANCE))
    return length, round(measure.effort.middle * state.factor * 100 / length)


def _earliest(state: Draft, measure: Measure, ends: Mapping[str, int], used: list[int]) -> int | None:
    length, load = effort_by_slot(state, measure)
    limit = int(state.capacity.per_month * 100 + TOLERANCE)
    begin = max((ends[required] for required in measure.requires if required in ends), default=0)
    while begin + length <= state.slots_in_horizon:
        months: dict[int, int] = {}
        for slot in range(begin, begin + length):
            months[slot // SLOTS_PER_MONTH] = months.get(slot // SLOTS_PER_MONTH, 0) + load
        blocked = [month for month, amount in months.items() if used[month] + amount > limit]
        if not blocked:
            return begin
        begin = begin + 1
    return None


def places_for(state: Draft, chain: list[Measure]) -> list[tuple[Measure, int]] | None:
    """Return where each of the chain would stand; None if one does not fit."""
    ends, used = dict(state.ends), list(state.used)
    placed = []
    for measure in chain:
        begin = _earliest(state, measure, ends, used)
        if begin is None:
            return None
        length, load = effort_by_slot(state, measure)
        for slot in range(begin, begin + length):
            used[slot // SLOTS_PER_MONTH] += load
        ends[measure.id] = begin + length
        placed.append((measure, begin))
    return placed


def commit(state: Draft, placed: list[tuple[Measure, int]], *, why: Why) -> None:
    for measure, begin in placed:
        length, load = effort_by_slot(state, measure)
        before = {cap.id for cap in active_caps(state.questionnaire, state.worths)}
        planned = [state.questionnaire.measures_by_id[identifier] for identifier in state.ends]
        moved = moved_by(state.questionnaire, state.worths, [*planned, measure])
        state.worths.update(moved)
        lifted = before - {cap.id for cap in active_caps(state.questionnaire, state.worths)}
        for slot in range(begin, begin + length):
            state.used[slot // SLOTS_PER_MONTH] += load
        state.ends[measure.id] = begin + length
        reason: Why = why
        if measure is not placed[-1][0]:
            reason = "prerequisite"
        elif why == "value" and measure.id in state.questionnaire.quick_wins:
            reason = "quick_win"
        state.slots.append(
            Slot(
                measure=measure.id,
                begin=begin,
                end=begin + length,
                effort=measure.effort.middle * state.factor,
                effort_low=measure.effort.low * state.factor,
                effort_high=measure.effort.high * state.factor,
                why="cap" if lifted else reason,
                moves=tuple(sorted(moved)),
                lifts=tuple(sorted(lifted)),
                waits_for=tuple(sorted(r for r in measure.requires if r in state.ends)),
            )
        )
