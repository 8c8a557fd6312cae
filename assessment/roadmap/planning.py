"""The plan: caps first, then gain for effort; everything placed or postponed with its reason."""

from collections.abc import Mapping

from assessment.answers import AnswerSheet, all_hold
from assessment.questionnaire import Measure, Questionnaire
from assessment.roadmap.fitting import Draft, chain_of, commit, effort_by_slot, places_for
from assessment.roadmap.gains import effort_factor, moved_by, objective
from assessment.roadmap.result import SLOTS_PER_MONTH, Capacity, Postponed, Projected, Roadmap, Slot
from assessment.scoring import Reading, active_caps, counted, evaluate, read
from assessment.values import TOLERANCE


def plan(questionnaire: Questionnaire, sheet: AnswerSheet, *, capacity: Capacity) -> Roadmap:
    """Make the roadmap: deterministic, every measure placed or postponed with its reason."""
    reading = read(questionnaire, sheet)
    state = Draft(
        questionnaire,
        capacity,
        effort_factor(questionnaire, sheet),
        worths=counted(questionnaire, reading),
        missing=reading.missing,
        open_=reading.missing | reading.unsettled,
        met=set(),
        used=[0] * capacity.months,
    )
    reasons: dict[str, Postponed] = {}
    candidates: dict[str, Measure] = {}
    for measure in questionnaire.measures:
        reason = not_needed(state, measure, sheet)
        if reason is None:
            candidates[measure.id] = measure
        else:
            reasons[measure.id] = reason
            if reason.reason != "unclear":
                state.met.add(measure.id)
    for caps in (questionnaire.legal_caps, frozenset(cap.id for cap in questionnaire.caps)):
        _place_caps(state, candidates, caps)
    _place_by_value(state, candidates)
    for identifier, measure in candidates.items():
        if identifier not in state.ends and identifier not in reasons:
            reasons[identifier] = _why_out(state, measure)
    slots = tuple(sorted(state.slots, key=lambda slot: (slot.begin, slot.end, slot.measure)))
    return Roadmap(
        capacity=capacity,
        slots=slots,
        postponed=tuple(
            reasons[m.id] for m in questionnaire.measures if m.id in reasons and m.id not in state.ends
        ),
        clarify=tuple(
            dict.fromkeys(cap.question for cap in questionnaire.caps if cap.question in reading.unknown)
        ),
        load=tuple(used / 100 for used in state.used),
        projection=project(questionnaire, reading, slots, capacity.months),
    )


def not_needed(state: Draft, measure: Measure, sheet: AnswerSheet) -> Postponed | None:
    if all_hold(measure.applies_if, state.questionnaire, sheet) is False:
        return Postponed(measure=measure.id, reason="not_applicable")
    questions = {effect.question for effect in measure.effects}
    if any(_is_below(state, measure, question) for question in questions):
        return None
    unclear = tuple(sorted(questions & state.open_))
    if unclear:
        return Postponed(measure=measure.id, reason="unclear", waits_for=unclear)
    if sheet.short and any(not state.questionnaire.questions_by_id[name].short for name in questions):
        return Postponed(measure=measure.id, reason="not_asked")
    return Postponed(
        measure=measure.id, reason="no_gap" if questions & set(state.worths) else "not_applicable"
    )


def _is_below(state: Draft, measure: Measure, question: str) -> bool:
    worth = state.worths.get(question)
    wanted = [
        state.questionnaire.questions_by_id[question].worth(e.to)
        for e in measure.effects
        if e.question == question
    ]
    return worth is not None and any(worth < to - TOLERANCE for to in wanted)


def _place_caps(state: Draft, candidates: Mapping[str, Measure], wanted: frozenset[str]) -> None:
    """Place what lifts these caps, least effort for each of them first: so that caps fall as early as possible."""
    while True:
        questionnaire = state.questionnaire
        active = {
            cap.id: cap.question for cap in active_caps(questionnaire, state.worths) if cap.id in wanted
        }
        planned = [questionnaire.measures_by_id[identifier] for identifier in state.ends]
        options = []
        for measure in candidates.values():
            if measure.id in state.ends or not any(e.question in active.values() for e in measure.effects):
                continue
            chain = chain_of(state, measure)
            worths = {**state.worths, **moved_by(questionnaire, state.worths, [*planned, *chain])}
            lifted = active.keys() - {cap.id for cap in active_caps(questionnaire, worths)}
            placed = places_for(state, chain) if lifted else None
            if placed:
                end = placed[-1][1] + effort_by_slot(state, placed[-1][0])[0]
                effort = sum(m.effort.middle for m in chain)
                options.append((effort / len(lifted), end, measure.id, placed))
        if not options:
            return
        commit(state, min(options, key=lambda option: option[:3])[3], why="cap")


def _place_by_value(state: Draft, candidates: Mapping[str, Measure]) -> None:
    """Place, again and again, the measure whose chain gains most for its effort and still fits."""
    while True:
        now = objective(state.questionnaire, state.worths, missing=state.missing)
        options = []
        for measure in candidates.values():
            if measure.id in state.ends:
                continue
            chain = chain_of(state, measure)
            planned = [state.questionnaire.measures_by_id[identifier] for identifier in state.ends]
            moved = moved_by(state.questionnaire, state.worths, [*planned, *chain])
            if not moved:
                continue
            gain = objective(state.questionnaire, {**state.worths, **moved}, missing=state.missing) - now
            effort = sum(m.effort.middle for m in chain)
            options.append((-round(gain / max(effort, 0.1), 9), measure.id, chain))
        for _, _, chain in sorted(options, key=lambda option: option[:2]):
            placed = places_for(state, chain)
            if placed:
                commit(state, placed, why="value")
                break
        else:
            return


def _why_out(state: Draft, measure: Measure) -> Postponed:
    length, load = effort_by_slot(state, measure)
    busiest = load * min(length, SLOTS_PER_MONTH) / 100
    if busiest > state.capacity.per_month + TOLERANCE:
        return Postponed(measure=measure.id, reason="capacity", needs_per_month=busiest)
    missing = tuple(sorted(r for r in measure.requires if r not in state.ends and r not in state.met))
    if missing:
        return Postponed(measure=measure.id, reason="prerequisite", waits_for=missing)
    if not moved_by(state.questionnaire, state.worths, [measure]):
        blocked = tuple(sorted(e.question for e in measure.effects if _is_below(state, measure, e.question)))
        return Postponed(
            measure=measure.id, reason="prerequisite" if blocked else "no_gap", waits_for=blocked
        )
    begin = max((state.ends[r] for r in measure.requires if r in state.ends), default=0)
    if begin + length > state.slots_in_horizon:
        return Postponed(measure=measure.id, reason="horizon")
    return Postponed(measure=measure.id, reason="capacity", needs_per_month=busiest)


def project(
    questionnaire: Questionnaire, reading: Reading, slots: tuple[Slot, ...], months: int
) -> tuple[Projected, ...]:
    """Return what the engine makes of the answers today and after each month; effects come in when a measure is done."""
    by_id = questionnaire.measures_by_id
    shown = [questionnaire.id] + [section.id for section in questionnaire.whole.walk()]
    today = counted(questionnaire, reading)
    projected = []
    for month in range(months + 1):
        done = [by_id[slot.measure] for slot in slots if slot.end <= month * SLOTS_PER_MONTH]
        worths = {**today, **moved_by(questionnaire, today, done)}
        nodes = evaluate(questionnaire, worths, unknown=reading.unknown, missing=reading.missing)
        projected.append(
            Projected(
                month=month,
                values={name: nodes[name].value for name in shown},
                levels={name: nodes[name].level for name in shown},
                caps=tuple(cap.id for cap in active_caps(questionnaire, worths, unknown=reading.unknown)),
            )
        )
    return tuple(projected)
