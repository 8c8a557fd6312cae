"""States: what a set of changed answers makes of a section, and what it costs.

Of two states, the one that costs no less and gives no more is dropped. A section's own figures are normalised when they
are handed to the section above, so that every method finds what it combines.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from assessment.lifting.wants import Want
from assessment.questions import Value
from assessment.scoring.scheme import Branch, Leaf
from assessment.values import TOLERANCE

BEAM = 60
"""States kept once the effort is spent."""

Cost = tuple[int, float, tuple[str, ...]]
"""Questions changed, then levels climbed, then ids: compared in this order."""


class State(NamedTuple):
    """What some changes make of the parts of a section looked at so far."""

    cost: Cost
    sums: tuple[float, ...]
    """Each figure that counts, times its weight, added up; for a section handed upwards: the figures themselves."""
    weights: tuple[float, float]
    """The weight of the shares, and the weight of the index; handed upwards: 1 where there is an answer."""
    leaves: tuple[float, ...]
    """The same over all questions below, for sections that take them directly, and the weight reached by stage."""
    leaf_weight: float
    changes: tuple[tuple[str, Value], ...]


def nothing(want: Want, branch: Branch) -> State:
    """Return the state before the first part."""
    start = 1.0 if branch.method == "min" else 0.0
    leaves = (0.0,) * (want.width + want.stages) if want.by_leaves else ()
    return State((0, 0.0, ()), (start,) * want.width, (0.0, 0.0), leaves, 0.0, ())


def terms_of(want: Want, branch: Branch, most: int) -> Iterator[list[State]]:
    """Yield, for each part and question of a section, the states it can be brought to, weighed for the section.

    Args:
        want: what is looked for.
        branch: the section.
        most: changes at most.
    """
    direct = branch.method in ("mean_of_leaves", "staged")
    if direct and not any(want.needs(part) for part in branch.branches):
        counted = {leaf.of for leaf in branch.below}
        for leaf in _all_leaves(branch):
            yield _leaf_terms(want, branch, leaf, counts=leaf.of in counted)
        return
    for part in branch.branches:
        hoisted = _hoisted(want, branch, part)
        if hoisted is None:
            yield [_weighed(want, branch, part, state) for state in front(want, part, most)]
        else:
            for terms in terms_of(want, part, most):
                yield [_times(term, hoisted) for term in terms]
    for leaf in branch.leaves:
        yield _leaf_terms(want, branch, leaf, counts=bool(leaf.weight))


def _hoisted(want: Want, branch: Branch, part: Branch) -> float | None:
    """Return what the terms of a part are multiplied by to be terms of the section above; None if they cannot be.

    They can where the part wants no level of its own and its weights stay as they are, whatever is answered.
    """
    if (
        branch.method != "mean"
        or part.method != "mean"
        or not part.weight
        or want.by_leaves
        or want.needs(part)
    ):
        return None
    if any(want.levels.get(below.of) is not None for below in part.walk()):
        return None
    total = 0.0
    for below in part.branches:
        if below.weight and want.nodes[below.of].value is not None:
            total += below.weight
        elif below.weight and _lacks(want, below):
            return None
    for leaf in part.leaves:
        if leaf.weight and want.given(leaf.of) is not None:
            total += leaf.weight
        elif leaf.weight and leaf.of in want.reading.missing:
            return None
    return part.weight / total if total else None


def _times(state: State, factor: float) -> State:
    return state._replace(
        sums=tuple(factor * amount for amount in state.sums),
        weights=(factor * state.weights[0], factor * state.weights[1]),
    )


def front(want: Want, branch: Branch, most: int) -> list[State]:
    """Return the undominated states of a section, its figures normalised; only those that reach the level it needs."""
    if branch.of in want.levels and want.sleeps(branch):
        return _asleep_or_awake(want, branch, most)
    states = [nothing(want, branch)]
    for terms in terms_of(want, branch, most):
        states = undominated(want, joined(branch, states, terms, most))
    made = (finished(want, branch, state) for state in states)
    needs = want.needs(branch)
    return [state for state in made if needs is None or reaches(state, needs)]


def _asleep_or_awake(want: Want, branch: Branch, most: int) -> list[State]:
    """Return the states of a section without an answer: left alone, or with everything answered that its stages ask for."""
    awake = replace(want, awake=want.awake | {branch.of})
    states = front(awake, branch, most)
    below = frozenset(leaf.of for leaf in branch.below)
    if not below & want.forced:
        left_alone = replace(awake, frozen=want.frozen | below)
        states += front(left_alone, branch, most)
    return states


def reaches(state: State, needs: tuple[float, ...]) -> bool:
    """Say whether a finished state reaches what its level needs; a part without an answer holds nobody back."""
    if not state.weights[0]:
        return True
    return all(figure >= need for figure, need in zip(state.sums, needs, strict=True))


def finished(want: Want, branch: Branch, state: State) -> State:
    """Return the state with the section's own figures, as the section above takes them."""
    shares = len(want.shares)
    if branch.method in ("mean_of_leaves", "staged"):
        weight = state.leaf_weight
        figures = [amount / weight if weight else 0.0 for amount in state.leaves[: want.width]]
        if branch.method == "staged" and want.index:
            figures[-1] = _stage_position(want, branch, state.leaves[want.width :])
    elif branch.method == "min":
        weight, figures = state.weights[0], list(state.sums)
    else:
        weight = state.weights[0]
        figures = [
            amount / own if (own := state.weights[place >= shares]) else 0.0
            for place, amount in enumerate(state.sums)
        ]
    there = float(weight > 0)
    return state._replace(sums=tuple(figures) if there else (0.0,) * want.width, weights=(there, there))


def joined(branch: Branch, states: Iterable[State], terms: list[State], most: int) -> Iterator[State]:
    """Yield every state with every term, as long as not too many questions change."""
    weakest = branch.method == "min"
    for state in states:
        for term in terms:
            if state.cost[0] + term.cost[0] > most:
                continue
            if weakest:
                sums = state.sums if not term.weights[0] else tuple(map(min, state.sums, term.sums))
            else:
                sums = tuple(a + b for a, b in zip(state.sums, term.sums, strict=True))
            yield State(
                (
                    state.cost[0] + term.cost[0],
                    round(state.cost[1] + term.cost[1], 9),
                    tuple(sorted((*state.cost[2], *term.cost[2]))) if term.cost[2] else state.cost[2],
                ),
                sums,
                (state.weights[0] + term.weights[0], state.weights[1] + term.weights[1]),
                tuple(a + b for a, b in zip(state.leaves, term.leaves, strict=True)),
                state.leaf_weight + term.leaf_weight,
                (*state.changes, *term.changes),
            )


def undominated(
    want: Want, states: Iterable[State], promise: Callable[[State], float] = lambda state: sum(state.sums)
) -> list[State]:
    """Keep the states that no cheaper one of the same weights matches.

    Once the effort is spent, only the most promising of each number of changes are kept.
    """
    effort = want.effort
    cheapest: dict[tuple[object, ...], State] = {}
    for state in states:
        effort.tried += 1
        key = (
            *_rounded(state.weights),
            round(state.leaf_weight, 9),
            *_rounded(state.sums),
            *_rounded(state.leaves),
        )
        known = cheapest.get(key)
        if known is None or state.cost < known.cost:
            cheapest[key] = state
    found = sorted(cheapest.values(), key=lambda item: item.cost)
    if effort.spent and len(found) > BEAM:
        effort.exact = False
        best = sorted(found, key=lambda state: (-round(promise(state), 9), state.cost))
        found = sorted(best[:BEAM], key=lambda state: state.cost)
    skylines: dict[tuple[float, ...], list[tuple[float, ...]]] = {}
    kept = []
    for state in found:
        skyline = skylines.setdefault((*_rounded(state.weights), round(state.leaf_weight, 9)), [])
        figures = (*state.sums, *state.leaves)
        least = tuple(amount - TOLERANCE for amount in figures)
        if any(_covers(peer, least) for peer in skyline):
            continue
        skyline[:] = [peer for peer in skyline if not _covers(figures, peer)]
        skyline.append(figures)
        kept.append(state)
        effort.tried += len(skyline) // 8  # comparing costs, too
    return kept


def _rounded(amounts: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(amount, 9) for amount in amounts)


def _covers(more: tuple[float, ...], less: tuple[float, ...]) -> bool:
    for one, other in zip(more, less, strict=True):  # noqa: SIM110 - a loop: this is where the time goes
        if one < other:
            return False
    return True


def _all_leaves(branch: Branch) -> Iterator[Leaf]:
    for part in branch.branches:
        yield from _all_leaves(part)
    yield from branch.leaves


# ── what one part or one question adds to its section ────────────────────────────────────────────────────────────────


def _weighed(want: Want, branch: Branch, part: Branch, state: State) -> State:
    """Return a finished part's state, weighed for the section above."""
    there, weight = state.weights[0], part.weight
    none = state._replace(
        sums=(0.0,) * want.width,
        weights=(0.0, 0.0),
        leaves=state.leaves if weight else (0.0,) * len(state.leaves),
        leaf_weight=state.leaf_weight if weight else 0.0,
    )
    if not weight:
        return none
    if branch.method == "min":
        return none if not there else none._replace(sums=state.sums, weights=(1.0, 1.0))
    if branch.method == "sum":
        node = want.nodes[part.of]
        if there:
            return _added(want, none, weight, (node.low, node.high), state.sums)
        return (
            _unanswered(want, none, weight, (node.low, node.high), _least(want, part))
            if _lacks(want, part)
            else none
        )
    if not there:
        return none
    return none._replace(sums=tuple(weight * figure for figure in state.sums), weights=(weight, weight))


def _lacks(want: Want, branch: Branch) -> bool:
    return any(leaf.of in want.reading.missing for leaf in branch.below)


def _least(want: Want, branch: Branch) -> float:
    """Return the points that a section adds to a sum while nothing of it is answered; see the rules of sums."""
    node = want.nodes[branch.of]
    if branch.method != "sum":
        return max(node.low, min(node.high, 0.0))
    parts = [
        part.weight * _least(want, part) for part in branch.branches if part.weight and _lacks(want, part)
    ]
    leaves = [leaf.weight * _leaf_least(leaf) for leaf in branch.leaves if leaf.of in want.reading.missing]
    return sum(parts) + sum(leaves)


def _leaf_least(leaf: Leaf) -> float:
    return max(leaf.low, min(leaf.low + leaf.width, 0.0))


def _added(
    want: Want, none: State, weight: float, ends: tuple[float, float], figures: tuple[float, ...]
) -> State:
    """Return what an answered part adds to a sum: its points, counted from the lowest."""
    wide = weight * (ends[1] - ends[0])
    return none._replace(sums=tuple(wide * figure for figure in figures), weights=(wide, wide))


def _unanswered(want: Want, none: State, weight: float, ends: tuple[float, float], least: float) -> State:
    """Return what a part adds to a sum while it is not answered: the sum runs as far as with it."""
    sums = (*(0.0,) * len(want.shares), *((weight * (least - ends[0]),) if want.index else ()))
    return none._replace(sums=sums, weights=(0.0, weight * (ends[1] - ends[0])))


def _leaf_terms(want: Want, branch: Branch, leaf: Leaf, *, counts: bool) -> list[State]:
    """Return the states of one question: as it is, unless it must change, and changed."""
    question = want.questionnaire.questions_by_id[leaf.of]
    terms = []
    if leaf.of not in want.forced:
        terms.append(_leaf_state(want, branch, leaf, want.given(leaf.of), (0, 0.0, ()), (), counts=counts))
    options = want.options(question)
    if leaf.of in want.forced and not counts:
        options = options[:1]
    if counts or leaf.of in want.forced:
        for value, worth in options:
            climbed = (worth - want.worth(leaf.of)) * (len(want.scheme.positions) - 1)
            cost = (1, round(climbed, 9), (leaf.of,))
            terms.append(_leaf_state(want, branch, leaf, worth, cost, ((leaf.of, value),), counts=counts))
    return terms


def _leaf_state(
    want: Want,
    branch: Branch,
    leaf: Leaf,
    worth: float | None,
    cost: Cost,
    changes: tuple[tuple[str, Value], ...],
    *,
    counts: bool,
) -> State:
    base = nothing(want, branch)
    none = State(cost, (0.0,) * want.width, (0.0, 0.0), base.leaves, 0.0, changes)
    if not counts:
        return none
    if worth is None:
        missing = leaf.of in want.reading.missing
        if branch.method == "sum" and missing:
            return _unanswered(want, none, leaf.weight, (leaf.low, leaf.low + leaf.width), _leaf_least(leaf))
        return none
    figures = (*map(float, want.reached(worth)), *((worth,) if want.index else ()))
    if want.by_leaves:
        stages = [0.0] * want.stages
        if want.stages and worth >= want.scheme.staged:
            stages[leaf.stage] = leaf.weight
        leaves = (*(leaf.weight * figure for figure in figures), *stages)
        none = none._replace(leaves=leaves, leaf_weight=leaf.weight)
    if branch.method == "min":
        return none._replace(sums=figures, weights=(1.0, 1.0))
    if branch.method == "sum":
        return _added(want, none, leaf.weight, (leaf.low, leaf.low + leaf.width), figures)
    return none._replace(
        sums=tuple(leaf.weight * figure for figure in figures), weights=(leaf.weight, leaf.weight)
    )


def _stage_position(want: Want, branch: Branch, reached: tuple[float, ...]) -> float:
    """Return the index of a section by stages as a position, from the weight reached at each stage."""
    applies = [0.0] * want.stages
    for leaf in branch.below:
        if want.applies(leaf.of):
            applies[leaf.stage] += leaf.weight
    positions = want.scheme.ends
    for stage in range(1, want.stages):
        if reached[stage] < applies[stage] - TOLERANCE:
            share = reached[stage] / applies[stage]
            return positions[stage - 1] + (positions[stage] - positions[stage - 1]) * share
    return positions[-1]
