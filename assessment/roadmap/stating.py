"""A situation stated as a problem: which measures can be planned, what they take, and what raising each question counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.questionnaire import Cap, Measure
from assessment.roadmap.problem import SHARE_BEYOND_TARGET, Effect, Goalpost, Problem, Steps, Task
from assessment.roadmap.result import Obstacle
from assessment.roadmap.situation import HUNDREDTHS, Situation, hundredths, is_below, spread
from assessment.roadmap.terms import SLOTS_PER_MONTH
from assessment.roadmap.worth import height, serving, shares
from assessment.scoring import active_caps, evaluate
from assessment.values import TOLERANCE

WHOLE = 10_000_000 * SHARE_BEYOND_TARGET
"""What the whole index from end to end is worth for a month."""


@dataclass
class Stated:
    """A situation as a problem, with what its numbers stand for."""

    situation: Situation
    problem: Problem
    measures: tuple[Measure, ...]
    """By task."""
    numbers: dict[str, int]
    """Task by measure."""
    roles: tuple[str, ...]
    """The roles that stand behind the total, resource by resource."""


def state(found: Situation) -> Stated:
    """Return the situation as a problem, with pinned measures where they can stand."""
    measures = found.candidates()
    numbers = {measure.id: number for number, measure in enumerate(measures)}
    roles = tuple(role.id for role in found.questionnaire.planning.roles if role.id in found.capacity.roles)
    questions, steps, worth_to_step = _questions(found, measures)
    problem = Problem(
        tasks=tuple(_task(found, measure, numbers, questions, worth_to_step, roles) for measure in measures),
        room=_room(found, measures, roles),
        slots_per_period=SLOTS_PER_MONTH,
        budget=_budget(found),
        questions=steps,
        caps=_caps(found, questions, worth_to_step),
        targets=_targets(found),
        day_price=max(1, round(found.questionnaire.planning.day_worth * WHOLE / HUNDREDTHS)),
        barred=_barred(found, measures, numbers),
        fixed={numbers[name]: begin for name, begin in found.fixed.items() if name in numbers},
    )
    return Stated(found, problem, tuple(measures), numbers, roles)


def _barred(found: Situation, measures: list[Measure], numbers: Mapping[str, int]) -> frozenset[int]:
    """Return the measures that need one that is not wanted."""
    dropped = {name for name, reason in found.reasons.items() if reason.reason == "dropped"}
    return frozenset(
        numbers[measure.id]
        for measure in measures
        if set(measure.requires) & dropped and measure.id not in found.running
    )


def _budget(found: Situation) -> int | None:
    known = found.capacity.budget is not None and found.questionnaire.planning.money
    return int(found.capacity.budget or 0) if known else None


def _task(
    found: Situation,
    measure: Measure,
    numbers: Mapping[str, int],
    questions: Mapping[str, int],
    worth_to_step: Mapping[str, list[float]],
    roles: tuple[str, ...],
) -> Task:
    effects = []
    for effect in measure.effects:
        if effect.question in questions and is_below(found, measure, effect.question):
            asked, rises = (
                found.questionnaire.questions_by_id[effect.question],
                worth_to_step[effect.question],
            )
            needs = 0 if effect.needs is None else _step(rises, asked.worth(effect.needs))
            to = _step(rises, asked.worth(effect.to))
            if to > needs:
                effects.append(Effect(questions[effect.question], needs, to))
    running = measure.id in found.running
    length, lag = found.length(measure), found.adoption(measure)
    if running and (beyond := found.fixed[measure.id] + length - found.slots) > 0:
        length, lag = length - beyond, lag + beyond  # it ends after the horizon
    return Task(
        name=measure.id,
        length=length,
        # what runs takes its room before all else, be there enough or not
        work=(0,) * (1 + len(roles)) if running else _work(found, measure, roles),
        after=() if running else tuple(numbers[name] for name in measure.requires if name in numbers),
        lead=found.lead(measure),
        lag=lag,
        cost=0 if running else round(found.cost(measure)),
        effects=tuple(effects),
    )


def _work(found: Situation, measure: Measure, roles: tuple[str, ...]) -> tuple[int, ...]:
    total = round(found.effort(measure).middle * HUNDREDTHS)
    return (total, *(round(total * measure.work.get(role, 0) / 100) for role in roles))


def _step(rises: list[float], worth: float) -> int:
    """Return the step that stands for a worth: 0 for what is reached already."""
    return sum(rise <= worth + TOLERANCE for rise in rises)


def _questions(
    found: Situation, measures: list[Measure]
) -> tuple[dict[str, int], tuple[Steps, ...], dict[str, list[float]]]:
    """Return the questions that measures raise, numbered; what each step counts; and the worth of each step."""
    rises: dict[str, set[float]] = {}
    for measure in measures:
        for effect in measure.effects:
            now = found.begun.get(effect.question)
            if now is None:
                continue
            asked = found.questionnaire.questions_by_id[effect.question]
            values = [effect.to] if effect.needs is None else [effect.needs, effect.to]
            above = {worth for value in values if (worth := asked.worth(value)) > now + TOLERANCE}
            rises.setdefault(effect.question, set()).update(above)
    for cap in _open_caps(found):
        if cap.question in rises:
            asked = found.questionnaire.questions_by_id[cap.question]
            rises[cap.question].add(asked.worth(cap.below))
    ordered = {name: sorted(worths) for name, worths in rises.items() if worths}
    questions, _ = shares(found.questionnaire, found.begun)
    parts = _parts(found)
    steps = []
    for name, worths in ordered.items():
        part = parts.get(name, 0)
        below, amounts = found.begun[name], []
        for worth in worths:
            counts = worth - below if part else _counts(found, name, below, worth)
            amounts.append(round(questions.get(name, 0.0) * counts * WHOLE / SHARE_BEYOND_TARGET))
            below = worth
        steps.append(Steps(tuple(amount * SHARE_BEYOND_TARGET for amount in amounts), part))
    return {name: number for number, name in enumerate(ordered)}, tuple(steps), ordered


def _counts(found: Situation, question: str, low: float, high: float) -> float:
    """Return how much a step counts: the weakest first, and the goal's more; at most as much as in the index itself."""
    counts = height(found.questionnaire, low, high)
    goal, factor = found.wishes.goal, found.questionnaire.planning.goal_factor
    if goal is None:
        return counts
    return counts * (1 + (factor - 1) * serving(found.questionnaire, question, high, goal)) / factor


def _targeted(found: Situation) -> list[str]:
    """Return the sections with a target, those nearest to the questions first."""
    known = [name for name in found.wishes.targets if name in found.questionnaire.sections_by_id]
    return sorted(known, key=lambda name: (-len(found.questionnaire.path(name)), name))


def _parts(found: Situation) -> dict[str, int]:
    """Return for each question below a section with a target the number of its part; others belong to part 0."""
    parts: dict[str, int] = {}
    for number, name in enumerate(_targeted(found), start=1):
        for question in found.questionnaire.sections_by_id[name].all_questions():
            parts.setdefault(question.id, number)
    return parts


def _targets(found: Situation) -> tuple[int | None, ...]:
    """Return how much the questions of each part may add before its target is reached; part 0 has none."""
    nodes = evaluate(found.questionnaire, found.begun, missing=found.reading.missing)
    _, sections = shares(found.questionnaire, found.begun)
    targets: list[int | None] = [None]
    for name in _targeted(found):
        node = nodes[name]
        wide = node.high - node.low
        missing = (found.wishes.targets[name] - (node.value or node.low)) / wide if wide else 0.0
        amount = round(max(0.0, missing) * sections.get(name, 0.0) * WHOLE / SHARE_BEYOND_TARGET)
        targets.append(amount * SHARE_BEYOND_TARGET)
    return tuple(targets)


def _open_caps(found: Situation) -> list[Cap]:
    """Return the caps that apply because of an answer that measures could raise."""
    return [
        cap
        for cap in active_caps(found.questionnaire, found.begun, unknown=found.reading.unknown)
        if cap.question in found.begun
    ]


def _caps(
    found: Situation, questions: Mapping[str, int], worth_to_step: Mapping[str, list[float]]
) -> tuple[Goalpost, ...]:
    """Return the caps that measures can lift; no number of others outweighs a legal one."""
    caps = [cap for cap in _open_caps(found) if cap.question in questions]
    legal = found.questionnaire.legal_caps
    return tuple(
        Goalpost(
            questions[cap.question],
            _step(
                worth_to_step[cap.question],
                found.questionnaire.questions_by_id[cap.question].worth(cap.below),
            ),
            legal_weight(found) if cap.id in legal else 1,
        )
        for cap in caps
    )


def legal_weight(found: Situation) -> int:
    """Return what a month with a legal cap counts, in months with another one: more than all others together."""
    others = [cap for cap in _open_caps(found) if cap.id not in found.questionnaire.legal_caps]
    return len(others) * found.capacity.months + 1


def _room(found: Situation, measures: list[Measure], roles: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Return the days there are by resource and month, without what running measures take."""
    capacity = found.capacity
    months = range(capacity.months)
    rows = [[hundredths(capacity.in_month(month)) for month in months]]
    rows += [
        [hundredths(capacity.roles[role] * capacity.share_of_month(month)) for month in months]
        for role in roles
    ]
    for measure in measures:
        if measure.id in found.running:
            for resource, efforts in enumerate(_work(found, measure, roles)):
                for month, taken in spread(efforts, found.fixed[measure.id], found.length(measure)).items():
                    if month < capacity.months:
                        rows[resource][month] -= taken
                        if rows[resource][month] < 0:
                            rows[resource][month] = 0
                            _tell_overload(found, measure, None if resource == 0 else roles[resource - 1])
    return tuple(map(tuple, rows))


def _tell_overload(found: Situation, measure: Measure, role: str | None) -> None:
    obstacle = Obstacle(kind="running_over_capacity", measure=measure.id, role=role)
    if obstacle not in found.obstacles:
        found.obstacles.append(obstacle)
