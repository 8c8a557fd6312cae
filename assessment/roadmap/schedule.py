"""The scheduling core: tasks, one after the other, at the first slot at which what they need is done and there is room.

The order of the list decides; a task whose prerequisites are not yet placed brings them with it. Serial schedule generation
after Kelley (1963); shifting to the right and back after Tormos and Lova (2001).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assessment.roadmap.problem import Problem

NEVER = -1


class Schedule(NamedTuple):
    """Where the tasks of a list stand."""

    order: tuple[int, ...]
    """The tasks placed, each behind what it needs."""
    ends: list[int]
    """By task: the slot behind it; -1 if it is not planned."""
    in_effect: list[int]
    """By task: the number of periods at whose ends it has taken effect."""
    room: tuple[int, ...]
    """What is free before each task of the order is placed, and at last; packed."""
    effort: int

    def begins(self, problem: Problem) -> dict[int, int]:
        """Return the begin of each task planned."""
        tasks = problem.tasks
        return {number: end - tasks[number].length for number, end in enumerate(self.ends) if end >= 0}


class Scheduler:
    """Makes schedules of a problem from lists."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._guards = problem.lanes.guards
        self._after = [task.after for task in problem.tasks]
        self._lead = [task.lead for task in problem.tasks]
        self._length = [task.length for task in problem.tasks]
        self._effort = [task.work[0] if task.work else 0 for task in problem.tasks]
        self._loads = problem.loads
        self._size, self._stride, self._last = (
            problem.slots_per_period,
            problem.lanes.stride,
            problem.periods,
        )
        self._possible = [number in problem.possible for number in range(len(problem.tasks))]
        room = problem.all_room
        ends, in_effect, effort = [NEVER] * len(problem.tasks), [0] * len(problem.tasks), 0
        for number, begin in problem.fixed.items():
            room -= problem.loads[number][begin]
            ends[number] = begin + self._length[number]
            in_effect[number] = problem.effective[number][begin]
            effort += self._effort[number]
        self.empty = Schedule((), ends, in_effect, (room,), effort)

    def _chain(self, task: int, ends: Sequence[int]) -> Sequence[int]:
        """Return the task behind everything it needs that is not planned yet."""
        for first in self._after[task]:
            if ends[first] < 0:
                return [one for one in self.problem.chains[task] if ends[one] < 0]
        return (task,)

    def first_begin(self, task: int, room: int, earliest: int) -> int:
        """Return the first slot, from `earliest` on, at which the task has room; -1 if there is none."""
        loads, guards = self._loads[task], self._guards
        begin, count = earliest, len(loads)
        size, stride, last = self._size, self._stride, self._last
        while begin < count:
            left = (room - loads[begin]) & guards
            if left == guards:
                return begin
            full = ((left ^ guards).bit_length() - 1) // stride
            if full >= last:  # the budget, not a period
                return NEVER
            # a full period is left behind, or its load grows smaller at its very end only
            begin = max(begin, full * size) + 1
        return NEVER

    def schedule(self, order: Sequence[int], *, known: Schedule | None = None, upto: int = 0) -> Schedule:
        """Return the schedule of a list; what does not fit, or needs what does not, is left out.

        Args:
            order: the tasks.
            known: a schedule whose order begins with the same `upto` tasks.
            upto: how many of them.
        """
        start, effective = self.empty, self.problem.effective
        ends, in_effect, effort = start.ends.copy(), start.in_effect.copy(), start.effort
        if known is not None and upto:
            rooms = list(known.room[: upto + 1])
            placed = list(known.order[:upto])
            for task in placed:
                ends[task] = known.ends[task]
                in_effect[task] = known.in_effect[task]
                effort += self._effort[task]
            rest: Iterable[int] = order[upto:]
        else:
            rooms, placed, rest = list(start.room), [], order
        room = rooms[-1]
        lengths, efforts, loads = self._length, self._effort, self.problem.loads
        for task in rest:
            if ends[task] >= 0 or not self._possible[task]:
                continue
            began = len(placed)
            for one in self._chain(task, ends):
                earliest = 0
                for first in self._after[one]:
                    earliest = max(earliest, ends[first])
                begin = self.first_begin(one, room, earliest + self._lead[one])
                if begin < 0:
                    for other in placed[began:]:
                        ends[other], in_effect[other] = NEVER, 0
                        effort -= efforts[other]
                    del placed[began:], rooms[began + 1 :]
                    room = rooms[-1]
                    break
                room -= loads[one][begin]
                ends[one] = begin + lengths[one]
                in_effect[one] = effective[one][begin]
                effort += efforts[one]
                placed.append(one)
                rooms.append(room)
        return Schedule(tuple(placed), ends, in_effect, tuple(rooms), effort)
