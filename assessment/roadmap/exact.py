"""The exact model: the same problem as a mixed-integer programme, solved by HiGHS, with a bound on what any plan could gain.

For each task and slot there is one variable that says whether it has begun by then; everything else follows from these.
Solved twice: first for the periods that caps stay in force, then, with those kept, for the worth of the plan. HiGHS
and numpy come with the optional dependency group `proof`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import highspy
import numpy as np

from assessment.roadmap.problem import SHARE_BEYOND_TARGET, Objective, Problem

Begins = dict[int, int]
"""By task: its first slot."""

FOR_THE_CAPS = 0.3
"""Of the time allowed, the share that the caps may take at most."""

SCALE = 1e-6
"""Worths are handed to the solver multiplied by this, so that its tolerances fit."""

Watch = Callable[["Standing"], bool]
"""Told how far the solver is; says whether to go on."""


class Standing(NamedTuple):
    """How far the solver is."""

    seconds: float
    worth: float
    bound: float


class Exact(NamedTuple):
    """What the solver found."""

    begins: Begins
    delay_bound: int
    """No plan has fewer periods with caps in force, weighed."""
    worth_bound: float
    """No plan with as few of them is worth more."""
    optimal: bool
    """Nothing better exists."""
    seconds: float
    """How long it took."""


class Model:
    """The programme: columns, rows, and what they stand for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[bool] = []
        self._index: list[int] = []
        self._value: list[float] = []
        self._start = [0]
        self._row_low: list[float] = []
        self._row_high: list[float] = []
        self.begun: dict[int, tuple[int, int, int]] = {}
        """By task: first and last possible begin, and the column that says whether it has begun by the first."""
        self._done: dict[tuple[int, int], int | None] = {}
        self._raised: dict[tuple[int, int, int], int | None] = {}
        self.derived: list[tuple[int, Callable[[list[float]], float]]] = []
        """Columns that follow from those before, and how: for a start from a known plan."""
        self.worth: dict[int, float] = {}
        """What each column adds to the worth."""
        self.lifted: dict[int, float] = {}
        """What each column takes off the periods that caps stay in force, weighed."""
        self._place()
        self._keep_order()
        self._keep_room()
        self._count_worth()

    # ── columns and rows ─────────────────────────────────────────────────────────────────────────────────────────────

    def column(self, count: int = 1, *, low: float = 0, high: float = 1, whole: bool = False) -> int:
        """Add columns; return the number of the first."""
        first = len(self.low)
        self.low += [low] * count
        self.high += [high] * count
        self.whole += [whole] * count
        return first

    def row(self, terms: dict[int, float], low: float, high: float) -> None:
        """Add a row."""
        self._index += terms
        self._value += terms.values()
        self._start.append(len(self._index))
        self._row_low.append(low)
        self._row_high.append(high)

    def _place(self) -> None:
        problem = self.problem
        earliest: dict[int, int] = {}
        for number in sorted(problem.useful, key=lambda one: len(problem.chains[one])):
            task = problem.tasks[number]
            ends = [earliest[one] + problem.tasks[one].length for one in task.after if one in earliest]
            earliest[number] = max(ends, default=0) + task.lead
        for number, first in earliest.items():
            last = problem.begins(number) - 1
            if first <= last and all(one in self.begun for one in problem.tasks[number].after):
                column = self.column(last - first + 1, whole=True)
                self.begun[number] = (first, last, column)
                for slot in range(last - first):
                    self.row({column + slot: 1, column + slot + 1: -1}, -highspy.kHighsInf, 0)
        for number, begin in problem.fixed.items():
            if number in self.begun:
                first, last, column = self.begun[number]
                for slot in range(first, last + 1):
                    self.low[column + slot - first] = float(slot >= begin)
                    self.high[column + slot - first] = float(slot >= begin)

    def by(self, task: int, slot: int) -> int | None:
        """Return the column that says that a task has begun by a slot; None if it cannot."""
        if task not in self.begun or slot < self.begun[task][0]:
            return None
        first, last, column = self.begun[task]
        return column + min(slot, last) - first

    def _keep_order(self) -> None:
        for number, (first, last, column) in self.begun.items():
            if number in self.problem.fixed:
                continue
            task = self.problem.tasks[number]
            for one in task.after:
                length = self.problem.tasks[one].length
                for slot in range(first, last + 1):
                    before = self.by(one, slot - task.lead - length)
                    if before is None:
                        self.high[column + slot - first] = 0
                    else:
                        self.row({column + slot - first: 1, before: -1}, -highspy.kHighsInf, 0)

    def _keep_room(self) -> None:
        problem = self.problem
        rows: dict[tuple[int, int], dict[int, float]] = {}
        for number, (first, last, column) in self.begun.items():
            for slot in range(first, last + 1):
                here = column + slot - first
                for place, amount in problem.load(number, slot).items():
                    terms = rows.setdefault(place, {})
                    # that a task begins at a slot is the difference of two neighbours
                    terms[here] = terms.get(here, 0) + amount
                    if slot > first:
                        terms[here - 1] = terms.get(here - 1, 0) - amount
        for (period, resource), terms in rows.items():
            row = {place: amount for place, amount in terms.items() if amount}
            self.row(row, -highspy.kHighsInf, problem.room[resource][period])
        if problem.budget is not None:
            costs = {
                column + last - first: problem.tasks[number].cost
                for number, (first, last, column) in self.begun.items()
                if problem.tasks[number].cost
            }
            self.row(
                {place: float(cost) for place, cost in costs.items()}, -highspy.kHighsInf, problem.budget
            )

    # ── what is raised when ──────────────────────────────────────────────────────────────────────────────────────────

    def in_effect(self, task: int, period: int) -> int | None:
        """Return the column that says that a task has taken effect at the end of a period, counted from 1."""
        item = self.problem.tasks[task]
        return self.by(task, period * self.problem.slots_per_period - item.length - item.lag)

    def raised(self, question: int, step: int, period: int) -> int | None:
        """Return the column that says that a question has reached a step at the end of a period; None if it cannot."""
        key = (question, step, period)
        if key not in self._raised:
            self._raised[key] = self._new_raised(question, step, period)
        return self._raised[key]

    def _new_raised(self, question: int, step: int, period: int) -> int | None:
        ways = []
        for task, needs, to in self.problem.suppliers[question]:
            # what needs this step or a higher one cannot be the first to reach it
            if to < step or needs >= step:
                continue
            done = self.in_effect(task, period)
            if done is None:
                continue
            if needs == 0:
                ways.append(done)
                continue
            before = self.raised(question, needs, period)
            if before is not None:
                both = self.column()
                self.row({both: 1, done: -1}, -highspy.kHighsInf, 0)
                self.row({both: 1, before: -1}, -highspy.kHighsInf, 0)
                self.derived.append((both, _least(done, before)))
                ways.append(both)
        ways = sorted(set(ways))
        if len(ways) < 2:
            return ways[0] if ways else None
        one = self.column()
        self.row({one: 1, **dict.fromkeys(ways, -1.0)}, -highspy.kHighsInf, 0)
        self.derived.append((one, lambda values: min(1.0, sum(values[way] for way in ways))))
        return one

    def _count_worth(self) -> None:
        problem = self.problem
        for period in range(1, problem.periods + 1):
            parts: dict[int, dict[int, float]] = {}
            for question, steps in enumerate(problem.questions):
                for step, amount in enumerate(steps.worth, start=1):
                    column = self.raised(question, step, period) if amount else None
                    if column is not None:
                        terms = parts.setdefault(steps.part, {})
                        terms[column] = terms.get(column, 0) + amount
            for part, terms in parts.items():
                self._count_part(part, terms)
            for cap in problem.caps:
                column = self.raised(cap.question, cap.step, period)
                if column is not None:
                    self.lifted[column] = self.lifted.get(column, 0) + cap.weight
        for number, (first, last, column) in self.begun.items():
            effort = problem.tasks[number].work[0]
            price = effort * problem.day_price
            self.worth[column + last - first] = self.worth.get(column + last - first, 0) - price

    def _count_part(self, part: int, terms: dict[int, float]) -> None:
        target = self.problem.targets[part]
        if target is None or sum(terms.values()) <= target:
            for column, amount in terms.items():
                self.worth[column] = self.worth.get(column, 0) + amount
            return
        # the whole counts little, and what lies below the target the rest
        share = 1 / SHARE_BEYOND_TARGET
        for column, amount in terms.items():
            self.worth[column] = self.worth.get(column, 0) + amount * share
        below = self.column(high=target * SCALE)
        self.row(
            {below: -1, **{column: amount * SCALE for column, amount in terms.items()}}, 0, highspy.kHighsInf
        )
        self.worth[below] = (1 - share) / SCALE
        self.derived.append(
            (below, lambda values: SCALE * min(target, sum(values[c] * a for c, a in terms.items())))
        )

    # ── to the solver and back ───────────────────────────────────────────────────────────────────────────────────────

    def programme(self, cost: dict[int, float], *, least_lifted: int | None = None) -> Any:
        """Return the programme as HiGHS takes it."""
        made = highspy.HighsLp()
        index, value, start = list(self._index), list(self._value), list(self._start)
        low, high = list(self._row_low), list(self._row_high)
        if least_lifted is not None:
            index += self.lifted
            value += self.lifted.values()
            start.append(len(index))
            low.append(least_lifted)
            high.append(highspy.kHighsInf)
        amounts = np.zeros(len(self.low))
        for column, amount in cost.items():
            amounts[column] = amount
        made.num_col_, made.num_row_ = len(self.low), len(low)
        made.col_cost_ = amounts
        made.col_lower_, made.col_upper_ = np.array(self.low, float), np.array(self.high, float)
        made.row_lower_, made.row_upper_ = np.array(low, float), np.array(high, float)
        made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        made.a_matrix_.start_ = np.array(start, np.int32)
        made.a_matrix_.index_ = np.array(index, np.int32)
        made.a_matrix_.value_ = np.array(value, float)
        made.sense_ = highspy.ObjSense.kMaximize
        made.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in self.whole
        ]
        return made

    def point(self, begins: Begins) -> list[float]:
        """Return the values of all columns for a plan."""
        found = [0.0] * len(self.low)
        for number, (first, last, column) in self.begun.items():
            if number in begins:
                for slot in range(begins[number], last + 1):
                    found[column + slot - first] = 1.0
        for column, made in self.derived:
            found[column] = made(found)
        return found

    def begins(self, values: list[float]) -> Begins:
        """Return the plan that values of the columns stand for."""
        found = {}
        for number, (first, last, column) in self.begun.items():
            slot = next((s for s in range(first, last + 1) if values[column + s - first] > 0.5), None)
            if slot is not None:
                found[number] = slot
        return found


def _least(one: int, other: int) -> Callable[[list[float]], float]:
    return lambda values: min(values[one], values[other])


def prove(
    problem: Problem, start: Begins, *, seconds: float, watch: Watch | None = None, threads: int = 1
) -> Exact:
    """Look for a better plan than the one known, and for a bound on every plan.

    Args:
        problem: what is to be planned.
        start: a plan that keeps to the problem.
        seconds: of processor time at most, roughly.
        watch: is told how far it is, about once a second, and says whether to go on.
        threads: of the solver.
    """
    model = Model(problem)
    begins, left = start, seconds
    most = sum(cap.weight for cap in problem.caps) * problem.periods
    lifted = lifted_bound = 0
    optimal = True
    if model.lifted:
        first = _solved(
            model, model.programme(model.lifted), model.point(begins), seconds * FOR_THE_CAPS, None, threads
        )
        lifted, lifted_bound = round(first.objective), int(first.bound + 1e-6)
        optimal = lifted_bound <= lifted
        left -= first.seconds
        known = model.point(begins)
        if round(sum(known[column] * weight for column, weight in model.lifted.items())) < lifted:
            begins = model.begins(first.values)
    cost = {column: amount * SCALE for column, amount in model.worth.items()}
    programme = model.programme(cost, least_lifted=lifted if model.lifted else None)
    second = _solved(model, programme, model.point(begins), max(left, 0.1), watch, threads)
    return Exact(
        begins=model.begins(second.values),
        delay_bound=most - lifted_bound,
        worth_bound=second.bound / SCALE,
        optimal=optimal and second.optimal,
        seconds=seconds - left + second.seconds,
    )


class _Solved(NamedTuple):
    values: list[float]
    objective: float
    bound: float
    optimal: bool
    seconds: float


def _solved(
    model: Model, programme: Any, start: list[float], seconds: float, watch: Watch | None, threads: int
) -> _Solved:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", threads)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-7)
    solver.passModel(programme)
    known = highspy.HighsSolution()
    known.col_value = start
    solver.setSolution(known)
    if watch is not None:

        def told(event: Any) -> None:
            data = event.data_out
            standing = Standing(data.running_time, data.mip_primal_bound / SCALE, data.mip_dual_bound / SCALE)
            if not watch(standing):
                event.interrupt()

        solver.cbMipInterrupt += told
    solver.run()
    info = solver.getInfo()
    costs, low, high = programme.col_cost_, programme.col_lower_, programme.col_upper_
    # a solver stopped at once knows no bound and, where it could not even take the start, no plan
    reachable = float(np.maximum(costs * low, costs * high).sum())
    has_plan = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = list(solver.getSolution().col_value) if has_plan else start
    return _Solved(
        values=values,
        objective=float(np.dot(costs, values)),
        bound=min(info.mip_dual_bound, reachable),
        optimal=solver.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        seconds=solver.getRunTime(),
    )


def objective_of(problem: Problem, exact: Exact) -> Objective:
    """Return the best that any plan could reach, by what the solver has proven."""
    return exact.delay_bound, -round(exact.worth_bound)
