"""The smallest set of answer changes that lifts a level by one, exactly.

Dynamic programming up the tree of sections. A state is what a set of changes makes of a section: its cost (number of
questions, then levels climbed, then ids, compared in this order) and its weighted shares at the levels that count. Of
two states, the one that costs no less and gives no more is dropped. In the section to be lifted, what a state still
lacks is additive (share − needed share, times weight), so that a bound on what the remaining parts can give prunes
nearly everything that leads nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assessment.answers import AnswerSheet
from assessment.questionnaire import Cap, Questionnaire, Section
from assessment.questions import Question, Value
from assessment.scoring import FULLY, LARGELY, Reading, active_caps, evaluate, read
from assessment.values import TOLERANCE, Id, Model


class Change(Model):
    """One answer that would have to be another."""

    question: Id
    present: Value | None
    to: Value


class Lift(Model):
    """The smallest set of answer changes that lifts a section's level by one."""

    level: int
    changes: tuple[Change, ...]


Cost = tuple[int, float, tuple[str, ...]]


@dataclass(frozen=True)
class _State:
    cost: Cost
    sums: tuple[float, ...]
    """By level that counts: weight standing at that level or higher."""
    weight: float
    changes: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class _Want:
    """What is looked for."""

    questionnaire: Questionnaire
    reading: Reading
    forced: frozenset[str]
    """Questions that must be answered otherwise, because of a cap."""
    floors: Mapping[str, Value]
    """What an answer must at least be if it is changed, or a cap would apply."""
    levels: tuple[int, ...]
    """The levels whose shares count, lowest first; the last one is the level wanted."""
    most: int
    """Changes at most."""


def lift(questionnaire: Questionnaire, sheet: AnswerSheet, section: str) -> Lift | None:
    """Find the smallest set of answer changes that lifts a section's level by one.

    Fewest questions; ties by levels to climb, then by ids. Answers that are open or unknown may be among them. Which
    questions apply is taken as it stands.

    Returns:
        None if the section has no level, is at the top, or no change of answers lifts it.
    """
    reading = read(questionnaire, sheet)
    before = evaluate(questionnaire, reading.given, unknown=reading.unknown)[section].level
    scale = questionnaire.scale
    if before is None or before >= scale.highest:
        return None
    place = questionnaire.sections_by_id[section]
    target = before + 1
    caps = _caps_below(questionnaire, place, target)
    floors = _floors(questionnaire, caps)
    active = active_caps(questionnaire, reading.given, unknown=reading.unknown)
    forced = frozenset(cap.question for cap in caps if cap in active)
    levels = tuple(step.level for step in scale.levels if scale.lowest < step.level <= target)
    movable = sum(
        1 for question in place.all_questions() if _options(question, reading, questionnaire, target)
    )
    most = 2
    while True:
        most = min(most * 2, movable)
        best = _cheapest(_Want(questionnaire, reading, forced, floors, levels, most), place, target)
        if best is not None:
            changes = {**{name: floors[name] for name in forced}, **dict(best.changes)}
            return Lift(
                level=target, changes=tuple(_change(sheet, name, changes[name]) for name in sorted(changes))
            )
        if most == movable:
            return None


def _change(sheet: AnswerSheet, question: str, to: Value) -> Change:
    answer = sheet.by_question.get(question)
    return Change(question=question, present=answer.value if answer else None, to=to)


def _caps_below(questionnaire: Questionnaire, section: Section, target: int) -> list[Cap]:
    """Return the caps that would hold the section, or a part the level hangs on, below the target."""
    wanted = {section.id: target}
    for place in section.walk():
        if place.at_most_above_weakest is not None and place.id in wanted:
            for part in place.sections:
                wanted[part.id] = wanted[place.id] - place.at_most_above_weakest
    return [
        cap
        for cap in questionnaire.caps
        if any(limit.level < wanted.get(limit.section, limit.level) for limit in cap.limits)
    ]


def _floors(questionnaire: Questionnaire, caps: Iterable[Cap]) -> dict[str, Value]:
    """Return what each question of these caps must at least be, so that none of them applies."""
    floors: dict[str, Value] = {}
    for cap in caps:
        worth = questionnaire.questions_by_id[cap.question].worth
        floors[cap.question] = max(floors.get(cap.question, cap.below), cap.below, key=worth)
    return floors


def _options(
    question: Question, reading: Reading, questionnaire: Questionnaire, target: int
) -> list[tuple[Value, float]]:
    """Return the values worth changing to, with the point on the scale: better than now, no better than the target."""
    if question.id not in reading.given and question.id not in reading.missing:
        return []
    now = reading.given.get(question.id, -1.0)
    points = [(value, question.worth(value)) for value in question.values()]
    better = [
        (value, questionnaire.scale.of_worth(worth)) for value, worth in points if worth > now + TOLERANCE
    ]
    enough = [point for _, point in better if point >= target - TOLERANCE]
    return [(value, point) for value, point in better if not enough or point <= min(enough) + TOLERANCE]


def _terms_of(want: _Want, section: Section, need: int | None) -> list[list[_State]]:
    """Return, for each part and question of a section, the states it can be brought to."""
    parts = [[_normalised(s, part.weight) for s in _front(want, part, need)] for part in section.sections]
    return parts + [_question(want, question) for question in section.questions]


def _front(want: _Want, section: Section, need: int | None) -> list[_State]:
    """Return the undominated states of a section; with `need`, only those that reach this level."""
    limit = section.at_most_above_weakest
    states = [_State((0, 0.0, ()), (0.0,) * len(want.levels), 0.0, ())]
    for terms in _terms_of(want, section, None if need is None or limit is None else need - limit):
        states = _undominated(_joined(states, terms, want.most))
    return [state for state in states if need is None or _reaches(want, state, need)]


def _normalised(state: _State, weight: float) -> _State:
    if not state.weight or not weight:
        return _State(state.cost, (0.0,) * len(state.sums), 0.0, state.changes)
    return _State(
        state.cost, tuple(weight * amount / state.weight for amount in state.sums), weight, state.changes
    )


def _question(want: _Want, question: Question) -> list[_State]:
    scale = want.questionnaire.scale

    def at(point: float | None, cost: Cost, changes: tuple[tuple[str, Value], ...]) -> _State:
        if point is None or not question.weight:
            return _State(cost, (0.0,) * len(want.levels), 0.0, changes)
        sums = tuple(question.weight if point >= level - TOLERANCE else 0.0 for level in want.levels)
        return _State(cost, sums, question.weight, changes)

    worth = want.reading.given.get(question.id)
    now = None if worth is None else scale.of_worth(worth)
    base = scale.lowest if now is None else now
    least = scale.of_worth(question.worth(want.floors[question.id])) if question.id in want.floors else None
    terms = []
    if question.id in want.forced:
        if least is not None and not question.weight:
            return [at(None, (1, least - base, (question.id,)), ((question.id, want.floors[question.id]),))]
    else:
        terms.append(at(now, (0, 0.0, ()), ()))
    for value, point in _options(
        question, want.reading, want.questionnaire, max(want.levels[-1], int(least or 0))
    ):
        if question.weight and (least is None or point >= least - TOLERANCE):
            terms.append(at(point, (1, point - base, (question.id,)), ((question.id, value),)))
    return terms


def _joined(states: Iterable[_State], terms: list[_State], most: int) -> Iterator[_State]:
    for state in states:
        for term in terms:
            if state.cost[0] + term.cost[0] <= most:
                yield _State(
                    (
                        state.cost[0] + term.cost[0],
                        round(state.cost[1] + term.cost[1], 9),
                        tuple(sorted((*state.cost[2], *term.cost[2]))),
                    ),
                    tuple(a + b for a, b in zip(state.sums, term.sums, strict=True)),
                    state.weight + term.weight,
                    (*state.changes, *term.changes),
                )


def _undominated(states: Iterable[_State]) -> list[_State]:
    """Keep the states that no cheaper one of the same weight matches."""
    skylines: dict[float, list[tuple[float, ...]]] = {}
    kept = []
    for state in sorted(states, key=lambda item: item.cost):
        skyline = skylines.setdefault(round(state.weight, 9), [])
        sums = tuple(amount - TOLERANCE for amount in state.sums)
        if any(_covers(peer, sums) for peer in skyline):
            continue
        skyline[:] = [peer for peer in skyline if not _covers(state.sums, peer)]
        skyline.append(state.sums)
        kept.append(state)
    return kept


def _covers(more: tuple[float, ...], less: tuple[float, ...]) -> bool:
    for one, other in zip(more, less, strict=True):  # noqa: SIM110 - a loop: this is where the time goes
        if one < other:
            return False
    return True


def _needed(want: _Want, target: int) -> tuple[float, ...]:
    """Return the share that each level must exceed for `target` to be reached; −1 where none is needed."""
    return tuple(LARGELY if level == target else FULLY if level < target else -1.0 for level in want.levels)


def _reaches(want: _Want, state: _State, target: int) -> bool:
    if target <= want.questionnaire.scale.lowest or not state.weight:
        return True  # a part without an answer has no level and holds nobody back
    needed = _needed(want, target)
    return all(
        amount / state.weight > share + TOLERANCE for amount, share in zip(state.sums, needed, strict=True)
    )


# ── the section to be lifted ─────────────────────────────────────────────────────────────────────────────────────────


def _cheapest(want: _Want, section: Section, target: int) -> _State | None:
    need = None if section.at_most_above_weakest is None else target - section.at_most_above_weakest
    needed = _needed(want, target)
    rooms = [[_slack(state, needed) for state in terms] for terms in _terms_of(want, section, need)]
    rooms = [sorted(terms, key=lambda term: term.cost) for terms in rooms]
    reach = _Reach(rooms, len(needed), want.most)
    for most in range(want.most + 1):
        if all(reach.best(0, index, most) > TOLERANCE for index in range(len(needed))):
            found = _search(rooms, reach, most)
            if found is not None:
                return found
    return None


def _slack(state: _State, needed: tuple[float, ...]) -> _State:
    """Return the state with what it has beyond the needed share in place of its sums: this adds up over parts."""
    sums = tuple(amount - share * state.weight for amount, share in zip(state.sums, needed, strict=True))
    return _State(state.cost, sums, 0.0, state.changes)


class _Reach:
    """The most that the parts from one on can give to one level with so many changes, each level for itself."""

    def __init__(self, rooms: list[list[_State]], levels: int, most: int) -> None:
        nothing = [[0.0] * (most + 1) for _ in range(levels)]
        self._table = [nothing]
        for terms in reversed(rooms):
            widest = max((term.cost[0] for term in terms), default=0)
            gains = [_gains(terms, level, min(widest, most)) for level in range(levels)]
            after = self._table[-1]
            self._table.append(
                [
                    [
                        max(
                            gain[used] + after[level][count - used]
                            for used in range(min(count, len(gain) - 1) + 1)
                        )
                        for count in range(most + 1)
                    ]
                    for level, gain in enumerate(gains)
                ]
            )
        self._table.reverse()

    def best(self, first: int, level: int, count: int) -> float:
        """Return what the parts from `first` on can give to the level with `count` changes at most."""
        return self._table[first][level][count]


def _gains(terms: list[_State], level: int, most: int) -> list[float]:
    """Return the most that one part gives to a level with 0, 1, … changes; minus infinity where nothing is that cheap."""
    return [
        max((term.sums[level] for term in terms if term.cost[0] <= count), default=float("-inf"))
        for count in range(most + 1)
    ]


def _search(rooms: list[list[_State]], reach: _Reach, most: int) -> _State | None:
    states = [_State((0, 0.0, ()), (0.0,) * len(rooms[0][0].sums), 0.0, ())] if rooms and rooms[0] else []
    for number, terms in enumerate(rooms, start=1):
        states = _undominated(
            state
            for state in _joined(states, terms, most)
            if all(
                amount + reach.best(number, level, most - state.cost[0]) > TOLERANCE
                for level, amount in enumerate(state.sums)
            )
        )
    return min(states, key=lambda state: state.cost, default=None)
