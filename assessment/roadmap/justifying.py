"""Everything to be done as the core of the shortest schedule sees it: from the left and, on mirrored time, from the right.

Serial schedule generation in packed lanes, as in the planner's scheduler and with the same result; but the horizon is open,
and nothing is told but the ends, because many thousand schedules are made to keep one. Pushing to the right and back after
Tormos and Lova (2001) and Valls, Ballestín and Quintanilla (2005).
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import accumulate

from assessment.roadmap.lanes import Lanes
from assessment.roadmap.problem import Problem

LOOK = 24
"""Periods at whose begins an even load is tried at once, by one subtraction."""

Load = dict[tuple[int, int], int]
"""Amounts by period and resource."""

Decoder = Callable[[Sequence[int], int, int], list[int] | None]
"""Says where the tasks of a list end, given the room, packed, and the slot by which all must; none if they cannot so."""


class Stated:
    """The tasks to be done, numbered anew so that each stands behind what it needs, and the room without end."""

    def __init__(self, problem: Problem, tasks: Collection[int] | None, beyond: Sequence[int] | None) -> None:
        # what stands needs nothing any more
        standing = tuple(
            replace(task, after=()) if number in problem.fixed else task
            for number, task in enumerate(problem.tasks)
        )
        self.problem = problem = replace(problem, tasks=standing)
        self.size = problem.slots_per_period
        self.beyond = tuple(row[-1] for row in problem.room) if beyond is None else tuple(beyond)
        self._taken: dict[tuple[int, int], int] = {}
        for task, begin in problem.fixed.items():
            for place, amount in problem.load(task, begin).items():
                self._taken[place] = self._taken.get(place, 0) + amount
        asked = range(len(problem.tasks)) if tasks is None else tasks
        wanted = {one for task in asked for one in problem.chains[task]} - problem.fixed.keys()
        never = {task for task in wanted if task in problem.barred or not self._fits_alone(task)}
        kept = {task for task in wanted if never.isdisjoint(problem.chains[task])}
        self.left_out = tuple(sorted(wanted - kept))
        order = dict.fromkeys(one for task in sorted(kept) for one in problem.chains[task] if one in kept)
        self.numbers = tuple(order)
        """The tasks of the problem, by number."""
        number = {task: place for place, task in enumerate(self.numbers)}
        items = [problem.tasks[task] for task in self.numbers]
        self.length = [item.length for item in items]
        self.lead = [item.lead for item in items]
        self.after = [tuple(number[one] for one in item.after if one in number) for item in items]
        self.followers: list[list[int]] = [[] for _ in items]
        for follower, needed in enumerate(self.after):
            for first in needed:
                self.followers[first].append(follower)
        ends = {task: begin + problem.tasks[task].length for task, begin in problem.fixed.items()}
        self.ready = [max((ends[one] for one in item.after if one in ends), default=0) for item in items]
        """When what is fixed and needed has ended."""
        self.fixed_end = max(ends.values(), default=0)
        self.loads = [[problem.load(task, phase) for phase in range(self.size)] for task in self.numbers]
        """By number and phase of a period in which it begins."""
        self.most = max(
            [*(amount for row in problem.room for amount in row), *self.beyond]
            + [amount for phases in self.loads for load in phases for amount in load.values()]
        )
        self._paths()
        self.bound = self._bound()

    def _fits_alone(self, task: int) -> bool:
        return any(
            all(
                amount <= self.beyond[resource]
                for (_, resource), amount in self.problem.load(task, phase).items()
            )
            for phase in range(self.size)
        )

    def _paths(self) -> None:
        """Find by task the first slot at which it could begin with people enough, and what must follow its end."""
        count = len(self.numbers)
        self.head, self.tail = [0] * count, [0] * count
        for task in range(count):
            ends = [self.head[one] + self.length[one] for one in self.after[task]]
            self.head[task] = max([self.ready[task], *ends]) + self.lead[task]
        for task in reversed(range(count)):
            self.tail[task] = max(
                (self.lead[one] + self.length[one] + self.tail[one] for one in self.followers[task]),
                default=0,
            )

    def _bound(self) -> int:
        """Return a slot before which nothing can be over: the longest path, and the work between any head and tail."""
        bound = max(
            [self.fixed_end, *(h + n + t for h, n, t in zip(self.head, self.length, self.tail, strict=True))]
        )
        by_tail = sorted(range(len(self.numbers)), key=self.tail.__getitem__, reverse=True)
        for resource in range(len(self.beyond)):
            works = [
                (self.head[one], self.problem.tasks[self.numbers[one]].work[resource], self.tail[one])
                for one in by_tail
                if self.length[one] and self.problem.tasks[self.numbers[one]].work[resource]
            ]
            room = list(
                accumulate(
                    (self.room(period, resource) for period in range(bound // self.size + 1)), initial=0
                )
            )
            for head in sorted({head for head, _, _ in works}):
                total = room[head // self.size]
                for other, work, tail in works:
                    if other < head:
                        continue
                    total += work
                    while room[-1] < total:
                        room.append(room[-1] + self.room(len(room) - 1, resource))
                    # the period in which the last of the work is done, and at least one slot of it
                    ended = (bisect_left(room, total) - 1) * self.size + 1
                    bound = max(bound, ended + tail)
        return bound

    def room(self, period: int, resource: int) -> int:
        """Return what fixed tasks leave of the room of a period."""
        rows = self.problem.room
        there = rows[resource][period] if period < self.problem.periods else self.beyond[resource]
        return max(0, there - self._taken.get((period, resource), 0))

    def until(self, end: int) -> Problem:
        """Return the problem with a horizon behind a slot, without budget and deadlines."""
        periods = -(-end // self.size)
        rows = [
            (*row[:periods], *[more] * (periods - len(row)))
            for row, more in zip(self.problem.room, self.beyond, strict=True)
        ]
        tasks = tuple(replace(task, deadline=None) for task in self.problem.tasks)
        return replace(self.problem, tasks=tasks, room=tuple(rows), budget=None, barred=frozenset())


class Direction:
    """Makes schedules from lists, from the left or, on mirrored time, from the right."""

    def __init__(self, stated: Stated, lanes: Lanes, *, mirrored: bool) -> None:
        self.stated, self.lanes, self.mirrored = stated, lanes, mirrored
        count, size = len(stated.numbers), stated.size
        nothing = [0] * count
        self.behind = stated.lead if mirrored else nothing
        """Slots that must pass between an end and what follows it."""
        self._lead = nothing if mirrored else stated.lead
        self._ready = nothing if mirrored else stated.ready
        self._after = [tuple(each) for each in stated.followers] if mirrored else stated.after
        paths = stated.head if mirrored else stated.tail
        self._tail = [length + path for length, path in zip(stated.length, paths, strict=True)]
        longest = max(stated.length, default=0)
        self.spare = max(LOOK if size == 1 else 0, -(-longest // size) + size + 1)
        """Periods that must follow the last one in use, so that a load is always tried against room."""
        loads = [[self._load(number, phase) for phase in range(size)] for number in range(count)]
        even = size == 1 and all(
            len({amount for place, amount in load.items() if place[1] == resource}) <= 1
            for (load,) in loads
            for resource in range(lanes.resources)
        )
        self.ends = self._even(loads) if even else self._uneven(loads)

    def _load(self, number: int, phase: int) -> Load:
        """Return what a task takes that begins at a phase of the first period; on mirrored time its last slot comes first."""
        size = self.stated.size
        if not self.mirrored:
            return self.stated.loads[number][phase]
        end = phase + self.stated.length[number]
        periods = -(-end // size)
        load = self.stated.loads[number][periods * size - end]
        return {(periods - 1 - period, resource): amount for (period, resource), amount in load.items()}

    def _guards(self, load: Load) -> int:
        lane = 1 << (self.lanes.width - 1)
        return sum(
            lane << ((period * self.lanes.resources + each) * self.lanes.width) for period, each in load
        )

    def room(self, until: int, *, more: int = 0) -> int:
        """Return the room of the periods before one, in this direction, and behind them room that nothing has taken."""
        behind = self.spare + more
        stated = self.stated
        periods = range(until)[::-1] if self.mirrored else range(until)
        rows = [
            [*(stated.room(period, resource) for period in periods), *[usual] * behind]
            for resource, usual in enumerate(stated.beyond)
        ]
        return replace(self.lanes, periods=until + behind).free(rows)

    def _even(self, loads: list[list[Load]]) -> Decoder:
        """Return the maker of schedules for tasks that take the same in each of their periods."""
        stated, packed, stride, look = self.stated, self.lanes.packed, self.lanes.stride, self.spare
        each = sum(1 << (period * stride) for period in range(look))
        window, all_guards = (1 << look * stride) - 1, replace(self.lanes, periods=look).guards
        items = []
        for number, (load,) in enumerate(loads):
            first = packed(
                {(0, resource): amount for (period, resource), amount in load.items() if not period}
            )
            items.append(
                (
                    self._after[number],
                    self._ready[number],
                    self._lead[number],
                    first * each,
                    self._guards(load),
                    look - stated.length[number],
                    packed(load),
                    self._tail[number],
                    stated.length[number] + self.behind[number],
                )
            )

        def ends(order: Sequence[int], room: int, limit: int) -> list[int] | None:
            found = [0] * len(items)
            for task in order:
                after, begin, lead, everywhere, guards, reach, load, tail, length = items[task]
                for first in after:
                    if found[first] > begin:  # noqa: PLR1730 - faster than max
                        begin = found[first]
                begin += lead
                # a load in each of the next periods at once: guards are up where it is too much
                full = ((room >> begin * stride) & window) - everywhere & all_guards ^ all_guards
                hit = full & guards
                if hit:
                    seen = begin
                    while hit:
                        step = (hit.bit_length() - 1) // stride + 1  # behind the last full period
                        begin += step
                        if begin - seen > reach:
                            seen = begin
                            full = ((room >> begin * stride) & window) - everywhere & all_guards ^ all_guards
                        else:
                            full >>= step * stride
                        hit = full & guards
                if begin + tail > limit:
                    return None
                room -= load << begin * stride
                found[task] = begin + length
            return found

        return ends

    def _uneven(self, loads: list[list[Load]]) -> Decoder:
        """Return the maker of schedules for tasks whose load by period depends on where in a period they begin."""
        stated, stride, size = self.stated, self.lanes.stride, self.stated.size
        items = [
            (
                self._after[number],
                self._ready[number],
                self._lead[number],
                [(self.lanes.packed(load), self._guards(load)) for load in phases],
                self._tail[number],
                stated.length[number] + self.behind[number],
            )
            for number, phases in enumerate(loads)
        ]

        def ends(order: Sequence[int], room: int, limit: int) -> list[int] | None:
            found = [0] * len(items)
            for task in order:
                after, begin, lead, phases, tail, length = items[task]
                for first in after:
                    if found[first] > begin:  # noqa: PLR1730 - faster than max
                        begin = found[first]
                begin += lead
                while True:
                    period, phase = divmod(begin, size)
                    load, guards = phases[phase]
                    left = (room >> period * stride) - load & guards
                    if left == guards:
                        break
                    full = period + ((left ^ guards).bit_length() - 1) // stride
                    # as in the planner: a full period is left behind, or its load grows smaller at its very end only
                    begin = max(begin, full * size) + 1
                if begin + tail > limit:
                    return None
                room -= load << period * stride
                found[task] = begin + length
            return found

        return ends
