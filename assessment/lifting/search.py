"""The search in the section to be lifted."""

from collections.abc import Sequence

from assessment.answers import AnswerSheet
from assessment.lifting.states import State, joined, nothing, reaches, terms_of, undominated
from assessment.lifting.wants import Effort, Want
from assessment.questionnaire import Questionnaire
from assessment.questions import ChecklistQuestion, Value
from assessment.scoring import as_given, read
from assessment.values import TOLERANCE, Id, Model

LOOSE = 1e-6
"""A bound prunes only what lacks more than this; the last word has the exact comparison."""


MOST_TRIED = 150_000
"""States tried before the search is content with what is most promising: about a second."""


class Change(Model):
    """One answer that would have to be another."""

    question: Id
    present: Value | None
    to: Value


class Lift(Model):
    """The smallest set of answer changes that lifts a section's level by one."""

    level: int
    changes: tuple[Change, ...]
    exact: bool = True
    """It is proven that no smaller set does; with hundreds of questions the search may stop before the proof."""


def lift(questionnaire: Questionnaire, sheet: AnswerSheet, section: str) -> Lift | None:
    """Find the smallest set of answer changes that lifts a section's level by one.

    Fewest questions; ties by levels to climb, then by ids. Answers that are open or unknown may be among them. Which
    questions apply is taken as it stands. Of a number, the values at its points and those at which a level is reached are
    tried.

    Returns:
        None if the section has no level, is at the top, or no change of answers lifts it.
    """
    reading = read(questionnaire, sheet)
    nodes = as_given(questionnaire, reading)
    before = nodes[section].level
    if before is None or before >= questionnaire.scale.highest:
        return None
    want = Want(questionnaire, reading, nodes, section, before + 1, Effort(MOST_TRIED))
    inside = {question.id for question in questionnaire.sections_by_id[section].all_questions()}
    changes: dict[str, Value] = {}
    for name in sorted(want.forced - inside):
        options = want.options(questionnaire.questions_by_id[name])
        if not options:
            return None
        changes[name] = options[0][0]
    movable = sum(1 for name in inside if want.options(questionnaire.questions_by_id[name]))
    best, most = None, max(2, len(want.forced & inside))
    while best is None:
        most = min(most * 2, movable)
        best = _cheapest(want, most)
        if best is None and most == movable:
            return None
    changes |= dict(best.changes)
    return Lift(
        level=before + 1,
        changes=tuple(_change(questionnaire, sheet, name, changes[name]) for name in sorted(changes)),
        exact=want.effort.exact,
    )


def _change(questionnaire: Questionnaire, sheet: AnswerSheet, name: str, to: Value) -> Change:
    answer = sheet.by_question.get(name)
    present = answer.value if answer else None
    question = questionnaire.questions_by_id[name]
    if isinstance(question, ChecklistQuestion) and isinstance(present, tuple):
        to = _more_ticked(question, present, to)
    return Change(question=name, present=present, to=to)


def _more_ticked(question: ChecklistQuestion, present: tuple[str, ...], to: Value) -> Value:
    """Return what is ticked already and as much more as makes it worth what is wanted."""
    wanted = question.worth(to)
    ticked = set(present)
    for name in question.required or question.option_ids:
        if question.worth(question.admit(tuple(ticked))) >= wanted - TOLERANCE:
            break
        ticked.add(name)
    return question.admit(tuple(ticked))


def _cheapest(want: Want, most: int) -> State | None:
    terms = [undominated(want, each) for each in terms_of(want, want.branch, most)]
    if any(not each for each in terms):
        return None
    needs = want.needs(want.branch) or ()
    if want.branch.method == "min" or max(needs, default=-1.0) < 0:
        return _each_by_itself(want, terms, needs)
    rooms = [[_slack(want, state, needs) for state in each] for each in terms]
    reach = _Reach(rooms, len(needs))
    for count in range(min(most, reach.widest) + 1):
        if all(reach.best(0, index, count) > -LOOSE for index in range(len(needs))):
            found = _search(want, rooms, reach, count)
            if found is not None:
                return found
    return None


def _each_by_itself(want: Want, terms: Sequence[list[State]], needs: tuple[float, ...]) -> State | None:
    """Return the cheapest state where each part must reach what is needed by itself, or nothing but what is forced."""
    state = nothing(want, want.branch)
    for each in terms:
        enough = [term for term in each if reaches(term, needs)] if want.branch.method == "min" else each
        if not enough:
            return None
        cheapest = min(enough, key=lambda term: term.cost)
        state = next(joined(want.branch, [state], [cheapest], cheapest.cost[0] + state.cost[0]))
    return state


def _slack(want: Want, state: State, needs: tuple[float, ...]) -> State:
    """Return the state with what it has beyond the needed figures in place of its sums: this adds up over parts."""
    return state._replace(
        sums=tuple(_beyond(want, state, needs)), weights=(0.0, 0.0), leaves=(), leaf_weight=0.0
    )


def _beyond(want: Want, state: State, needs: tuple[float, ...]) -> list[float]:
    direct = want.branch.method == "mean_of_leaves"
    amounts = state.leaves[: want.width] if direct else state.sums
    shares = len(want.shares)
    return [
        amount - need * (state.leaf_weight if direct else state.weights[place >= shares])
        for place, (amount, need) in enumerate(zip(amounts, needs, strict=True))
    ]


class _Reach:
    """The most that the parts from one on can give to one figure with so many changes, each figure for itself."""

    def __init__(self, rooms: Sequence[list[State]], figures: int) -> None:
        self.widest = sum(max(term.cost[0] for term in terms) for terms in rooms)
        table: list[list[list[float]]] = [[[0.0]] * figures]
        for terms in reversed(rooms):
            after = table[-1]
            table.append([_with(_gains(terms, index), after[index]) for index in range(figures)])
        table.reverse()
        self._table = table

    def best(self, first: int, figure: int, count: int) -> float:
        """Return what the parts from `first` on can give to the figure with `count` changes at most."""
        row = self._table[first][figure]
        return row[min(count, len(row) - 1)]


def _gains(terms: list[State], figure: int) -> list[float]:
    """Return the most that one part gives to a figure with at most 0, 1, … changes; minus infinity where nothing is so cheap."""
    widest = max(term.cost[0] for term in terms)
    best = [float("-inf")] * (widest + 1)
    for term in terms:
        best[term.cost[0]] = max(best[term.cost[0]], term.sums[figure])
    for count in range(1, widest + 1):
        best[count] = max(best[count], best[count - 1])
    return best


def _with(gains: list[float], after: list[float]) -> list[float]:
    made = [float("-inf")] * (len(gains) + len(after) - 1)
    for used, gain in enumerate(gains):
        for count, rest in enumerate(after):
            made[used + count] = max(made[used + count], gain + rest)
    return made


def _search(want: Want, rooms: Sequence[list[State]], reach: _Reach, most: int) -> State | None:
    """Return the cheapest state with so many changes at most that lacks nothing; None if none does."""
    figures = len(rooms[0][0].sums) if rooms else 0
    states = [State((0, 0.0, ()), (0.0,) * figures, (0.0, 0.0), (), 0.0, ())]
    for number, room in enumerate(rooms, start=1):

        def promise(state: State, number: int = number) -> float:
            left = most - state.cost[0]
            return min(amount + reach.best(number, index, left) for index, amount in enumerate(state.sums))

        states = undominated(
            want,
            (state for state in joined(want.branch, states, room, most) if promise(state) > -LOOSE),
            promise,
        )
    good = [state for state in states if all(amount >= 0 for amount in state.sums)]
    return min(good, key=lambda state: state.cost, default=None)
