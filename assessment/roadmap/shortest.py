"""The shortest schedule: everything that can be done, ended as early as the people there are allow, and the chain that decides it.

The scheduling core is the planner's: tasks from a list, one after the other, at the first slot at which what they need is
done and there is room, in packed lanes. What the planner never needs is the same core on mirrored time, in which schedules
are pushed to the right and back. Money and deadlines do not count here; the question is how long it takes.

Serial schedule generation after Kelley (1963), orders by priority after Kolisch (1996), a population of lists crossed at two
points after Hartmann (1998), each schedule pushed to the right and back after Tormos and Lova (2001) and Valls, Ballestín and
Quintanilla (2005), lists taken from schedules in both directions after Debels and Vanhoucke (2007).
"""

from collections.abc import Callable, Collection, Sequence
from typing import Literal, NamedTuple

from assessment.roadmap.breeding import Search
from assessment.roadmap.justifying import Stated
from assessment.roadmap.problem import Problem
from assessment.roadmap.schedule import Schedule
from assessment.roadmap.shifting import placed

MOVES = 600
"""Schedules made while somebody looks."""

Waiting = Literal["start", "fixed", "after", "room"]
"""What a begin waits for: nothing but the start and its lead; a wish; what the task needs; the people to be free."""


class Link(NamedTuple):
    """A task of the chain that decides."""

    task: int
    waits_for: Waiting
    """After the link before it, or for the room which that one takes."""


class Shortest(NamedTuple):
    """The shortest schedule found."""

    problem: Problem
    """The problem, its horizon as long as the schedule; without budget and deadlines."""
    begins: dict[int, int]
    """By task."""
    end: int
    """The slot behind everything."""
    bound: int
    """No schedule ends before it."""
    chain: tuple[Link, ...]
    """Tasks each of which waits for the one before it; the last one ends last."""
    left_out: tuple[int, ...]
    """Tasks asked for that never fit, are barred, or need such a one."""

    @property
    def schedule(self) -> Schedule:
        """The begins as a schedule of the problem."""
        made = placed(self.problem, self.begins)
        assert made is not None, "what the search makes keeps to the room and to what comes first"
        return made

    @property
    def proven(self) -> bool:
        """Whether there can be no shorter one."""
        return self.end == self.bound


def shortest(
    problem: Problem,
    *,
    tasks: Collection[int] | None = None,
    beyond: Sequence[int] | None = None,
    moves: int = MOVES,
    stop: Callable[[], bool] | None = None,
) -> Shortest:
    """Return the schedule that ends earliest among those found: deterministic by the number of moves.

    Args:
        problem: what is to be done and with whom.
        tasks: those that are to be done, with what they need; none: all.
        beyond: the room by resource in each period behind the horizon; none: what the last period has.
        moves: how many schedules are made.
        stop: asked before each move; what it says depends on who asks, so that a clock stays outside.
    """
    stated = Stated(problem, tasks, beyond)
    begins = dict(problem.fixed)
    if stated.numbers:
        ends = Search(stated).found(moves, stop)
        begins |= {
            task: end - problem.tasks[task].length for task, end in zip(stated.numbers, ends, strict=True)
        }
    end = max((begin + problem.tasks[task].length for task, begin in begins.items()), default=0)
    whole = stated.until(max(end, 1))
    return Shortest(whole, begins, end, stated.bound, chain(whole, begins), stated.left_out)


# ── what decides ─────────────────────────────────────────────────────────────────────────────────────────────────────


def chain(problem: Problem, begins: dict[int, int]) -> tuple[Link, ...]:
    """Return the chain that decides how long a schedule takes: from its start, each task waiting for the one before."""
    tasks = problem.tasks
    ends = {task: begin + tasks[task].length for task, begin in begins.items()}
    found: list[Link] = []
    task = min(ends, key=lambda one: (-ends[one], one), default=None)
    while task is not None:
        ready = {one: ends[one] + tasks[task].lead for one in tasks[task].after if one in ends}
        before = None
        waits_for: Waiting = "room"
        if task in problem.fixed:
            waits_for = "fixed"
        elif begins[task] <= max(ready.values(), default=tasks[task].lead):
            waits_for = "after" if ready else "start"
            before = min(ready, key=lambda one: (-ready[one], one), default=None)
        else:
            before = _in_the_way(problem, begins, task)
        found.append(Link(task, waits_for))
        task = before
    return tuple(reversed(found))


def _in_the_way(problem: Problem, begins: dict[int, int], task: int) -> int | None:
    """Return which task keeps another from beginning a slot earlier: the one that leaves most room when it does.

    None if nobody leaves, but more people come.
    """
    loads = {one: problem.load(one, begin) for one, begin in begins.items() if one != task}
    full = [
        place
        for place, amount in problem.load(task, begins[task] - 1).items()
        if sum(load.get(place, 0) for load in loads.values()) + amount > problem.room[place[1]][place[0]]
    ]
    leaves = {
        one: max(load.get(place, 0) - load.get((place[0] + 1, place[1]), 0) for place in full)
        for one, load in loads.items()
        if begins[one] < begins[task]
    }
    return min((one for one in leaves if leaves[one] > 0), key=lambda one: (-leaves[one], one), default=None)
