"""Looking for the shortest schedule: rules to start from, then lists bred from the best, counted in moves, never by the clock.

Orders by priority after Kolisch (1996), a population of lists crossed at two points after Hartmann (1998), lists taken from
schedules in both directions after Debels and Vanhoucke (2007).
"""

from bisect import insort
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from assessment.roadmap.justifying import Direction, Stated
from assessment.roadmap.lanes import Lanes

POPULATION = range(40, 121)
"""How many schedules are bred from: fewer of many tasks, because each takes longer."""

TASKS_BRED = 4800
"""So many tasks stand in all schedules that are bred from, within the limits of the population."""

PATIENCE = 15
"""After so many moves for each schedule of the population without a new one, all but the best give way to fresh ones."""

JITTER = 2.0
"""How far a priority is shaken to start from, in mean lengths of a task."""

SWAPS = 0.1
"""Neighbours in a list that change places, as a share of the list."""

MOST_MOVED = 10
"""Tasks that are taken out of a list and put elsewhere, at most."""

LEFT_FIRST = 0.6
"""The share of lists that are made into a schedule from the left before they are pushed to the right."""

SIGHT = 10
"""Slots behind the end of the best schedule that are kept in sight: short numbers are fast."""

FAR = 1.4
"""A list may at first give a schedule so many times as long as the first one, before it is pushed."""

SLACK = 6
"""A schedule pushed to the right may be so many slots longer than one worth keeping: it grows shorter on its way back."""


class _Made(NamedTuple):
    """A schedule to breed from; the less the better."""

    end: int
    total: int
    """All ends together: of two schedules as long as each other, the one that has more done early is better."""
    number: int
    """When it was made."""
    ends: list[int]
    order: list[int]
    """Its tasks by their ends, the last first: the list from which it is pushed to the right."""


class _Sight(NamedTuple):
    """How far a search looks."""

    limit: int
    periods: int
    room: int
    """Packed."""


class Search:
    """A search for one problem."""

    def __init__(self, stated: Stated) -> None:
        self.stated = stated
        self.pick = Random(1).random  # noqa: S311 - moves, no secrets
        self.count = len(stated.numbers)
        lanes = Lanes.for_amounts(0, len(stated.beyond), most=stated.most)
        self.left = Direction(stated, lanes, mirrored=False)
        self.right = Direction(stated, lanes, mirrored=True)
        self.constant = all(
            stated.room(period, resource) == more
            for resource, more in enumerate(stated.beyond)
            for period in range(-(-max(stated.problem.slots, stated.fixed_end) // stated.size))
        )
        self.wanted = min(max(TASKS_BRED // max(self.count, 1), POPULATION[0]), POPULATION[-1])
        self.kept: list[_Made] = []
        self.known: set[int] = set()
        self.mirrors: dict[int, int] = {}
        self.rules = self._rules()
        self.jitter = JITTER * sum(stated.length) / max(self.count, 1)
        self.made = self.renewed = 0
        # everything one after the other, behind the horizon given
        last = max(stated.problem.slots, stated.fixed_end) + sum(stated.length) + sum(stated.lead)
        self.far = self.near = self._sight(last + stated.size * (self.count + 1))

    def _rules(self) -> list[list[float]]:
        """Return priorities: what must begin or end early, what much or much work hangs on comes first."""
        stated = self.stated
        latest_end = [-tail for tail in stated.tail]
        latest_begin = [end - length for end, length in zip(latest_end, stated.length, strict=True)]
        behind: list[set[int]] = [set() for _ in range(self.count)]
        for task in reversed(range(self.count)):
            for one in stated.followers[task]:
                behind[task] |= {one} | behind[one]
        hangs = [-len(each) for each in behind]
        weight = [
            -stated.length[task] - sum(stated.length[one] for one in stated.followers[task])
            for task in range(self.count)
        ]
        return [list(map(float, rule)) for rule in (latest_end, latest_begin, hangs, weight)]

    def _sight(self, limit: int) -> _Sight:
        """Return the room up to a slot or somewhat further."""
        periods = -(-limit // self.stated.size)
        return _Sight(limit, periods, self.left.room(periods))

    def _whole(self, order: Sequence[int]) -> _Made | None:
        """Return the schedule of a list, made from the left, however long it is within reason."""
        ends = self.left.ends(order, self.far.room, self.far.limit)
        return None if ends is None else self._as_made(ends)

    def found(self, moves: int, stop: Callable[[], bool] | None) -> list[int]:
        """Return the ends of the shortest schedule met in so many moves."""
        best: _Made | None = None
        for number in range(max(moves, 1)):
            if best is not None and (best.end <= self.stated.bound or (stop is not None and stop())):
                break
            self.made = number
            if number - self.renewed > PATIENCE * self.wanted:
                del self.kept[1:]
                self.known.clear()
                self.renewed = number
            new = self._bred() if len(self.kept) >= self.wanted else self._fresh(number)
            if new is None:
                continue
            if best is None or new.end < best.end:
                best = new
                if number == 0:
                    self.far = self._sight(int(best.end * FAR) + SIGHT)
                self.near = self._sight(best.end + SIGHT)
            self._keep(new)
        assert best is not None, "the first list is never cut short"
        return best.ends

    def _keep(self, new: _Made) -> None:
        mark = hash(tuple(new.ends))
        if mark in self.known or (len(self.kept) >= self.wanted and new > self.kept[-1]):
            return
        self.known.add(mark)
        insort(self.kept, new)
        del self.kept[self.wanted :]
        self.renewed = self.made

    # ── from scratch ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _fresh(self, number: int) -> _Made | None:
        """Return the schedule of a rule, shaken unless it is the first time, pushed to and fro while that helps."""
        if number < len(self.rules):
            rank = self.rules[number]
        else:
            gauss = self._gauss
            rank = [each + gauss() for each in self.rules[number % 2]]
        made = self._whole(self._by(rank))
        while made is not None and (again := self._pushed(made.order, made.end, 0)) is not None:
            if again.end == made.end:
                return again
            made = again
        return made

    def _gauss(self) -> float:
        return sum(self.pick() for _ in range(12)) * self.jitter - 6 * self.jitter

    def _by(self, rank: Sequence[float]) -> list[int]:
        """Return the tasks by rank, each behind what it needs."""
        waits = [len(after) for after in self.stated.after]
        open_ = sorted(((rank[task], task) for task in range(self.count) if not waits[task]), reverse=True)
        order = []
        while open_:
            _, task = open_.pop()
            order.append(task)
            for one in self.stated.followers[task]:
                waits[one] -= 1
                if not waits[one]:
                    insort(open_, (rank[one], one), key=lambda item: (-item[0], -item[1]))
        return order

    # ── bred ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _bred(self) -> _Made | None:
        """Return the schedule of a list crossed from two and changed a little; None if it is not worth keeping."""
        pick, count = self.pick, len(self.kept)
        one, other = min(int(pick() * count), int(pick() * count)), int(pick() * count)
        order = self._crossed(self.kept[one].order, self.kept[other].order)
        self._change(order)
        worst = self.kept[-1].end
        if pick() < LEFT_FIRST:
            made = self._whole(order[::-1])
            if made is None:
                return None
            order = made.order
        return self._pushed(order, worst, SLACK)

    def _crossed(self, one: list[int], other: list[int]) -> list[int]:
        """Return the first list with a stretch, a quarter to three quarters long, in the order of the other."""
        width = int(self.count * (0.25 + self.pick() * 0.5))
        begin = int(self.pick() * (self.count - width))
        head = one[:begin]
        taken = set(head)
        stretch = [task for task in other if task not in taken][:width]
        taken.update(stretch)
        return [*head, *stretch, *(task for task in one if task not in taken)]

    def _change(self, order: list[int]) -> None:
        """Move some tasks within what they need and what needs them; swap some neighbours. The list runs backwards."""
        pick, count = self.pick, self.count
        after, followers = self.stated.after, self.stated.followers
        for _ in range(int(pick() * MOST_MOVED + 0.5)):
            place = int(pick() * count)
            task = order[place]
            low = high = place
            while low > 0 and order[low - 1] not in followers[task]:
                low -= 1
            while high < count - 1 and order[high + 1] not in after[task]:
                high += 1
            order.insert(low + int(pick() * (high - low + 1)), order.pop(place))
        for place in range(count - 1):
            if pick() < SWAPS and order[place + 1] not in after[order[place]]:
                order[place], order[place + 1] = order[place + 1], order[place]

    # ── to the right and back ────────────────────────────────────────────────────────────────────────────────────────

    def _pushed(self, order: list[int], limit: int, slack: int) -> _Made | None:
        """Return the schedule of a list, last first, made from the right and from that made from the left.

        None if it ends behind the limit, or by more than the slack at first.
        """
        sight = self.near if limit <= self.near.limit else self.far
        right = self.right.ends(order, self._mirror(limit, sight), limit + slack)
        if right is None:
            return None
        begins = [end - behind for end, behind in zip(right, self.right.behind, strict=True)]
        ends = self.left.ends(
            sorted(range(self.count), key=begins.__getitem__, reverse=True), sight.room, limit
        )
        return None if ends is None else self._as_made(ends)

    def _mirror(self, end: int, sight: _Sight) -> int:
        """Return the room on time mirrored at the end of the period of a slot; of even room, there is one mirror for all."""
        periods = sight.periods if self.constant else -(-end // self.stated.size)
        if periods not in self.mirrors:
            self.mirrors[periods] = self.right.room(periods, more=SLACK)
        return self.mirrors[periods]

    def _as_made(self, ends: list[int]) -> _Made:
        order = sorted(range(self.count), key=ends.__getitem__)[::-1]
        return _Made(max(self.stated.fixed_end, *ends), sum(ends), self.made, ends, order)
