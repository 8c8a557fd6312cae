"""Looking for a good plan: greedy by worth for effort, then local search, counted in moves and never by the clock.

The moves change the list that schedules are made from; what is no worse is kept. Several short runs and the best of them gone
on from were better in our measurements than one long run, and than accepting worse plans for a while.
"""

from collections.abc import Container, Sequence
from heapq import heappop, heappush
from operator import ne
from random import Random
from typing import NamedTuple

from assessment.roadmap.problem import Judge, Objective, Problem
from assessment.roadmap.schedule import Schedule, Scheduler

MOVES = 3000
"""Moves of the local search while somebody looks."""

SHORTEST_RUN = 300
MOVES_PER_TASK = 6
"""A run makes so many moves for each task that can be planned, and no fewer than the shortest one."""

DETOUR = 1.1
"""The search for an early end of the caps may take so many times the effort on its way."""


class Keep(NamedTuple):
    """A plan made before that is to change little."""

    tasks: tuple[int, ...]
    ends: tuple[int, ...]
    """Where each of the tasks stood."""
    price: int
    """What a plan must be worth more for each of them that stands elsewhere. What comes in besides costs nothing."""

    def cost(self, ends: list[int]) -> int:
        """Return what the changes cost."""
        moved: int = sum(map(ne, map(ends.__getitem__, self.tasks), self.ends))
        return self.price * moved


class Search:
    """A search on one problem."""

    def __init__(self, problem: Problem, *, keep: "Keep | None" = None, seed: int = 1) -> None:
        self.problem = problem
        self.keep = keep
        self.scheduler = Scheduler(problem)
        self.judge = Judge(problem)
        self.random = Random(seed)  # noqa: S311 - moves, no secrets
        self.useful = sorted(problem.useful - problem.fixed.keys())
        self._raises = {
            number: tuple({effect.question for effect in problem.tasks[number].effects})
            for number in self.useful
        }
        self._raisers = {
            question: tuple(sorted({task for task, _, _ in suppliers} & set(self.useful)))
            for question, suppliers in enumerate(problem.suppliers)
        }

    def of(self, made: Schedule) -> Objective:
        """Return what a schedule is worth, changes to the plan before charged with their price."""
        found = self.judge(made.in_effect, made.effort)
        if self.keep is None:
            return found
        return found[0], found[1] + self.keep.cost(made.ends)

    # ── greedy ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def filled(self, made: Schedule, *, barred: Container[int] = ()) -> Schedule:
        """Return the schedule with whatever gains most for its effort added, again and again, until nothing gains.

        What is barred is not added.
        """
        now = self.of(made)
        heap: list[tuple[tuple[float, float], int, int]] = []
        version = 0

        def gain(task: int) -> tuple[float, float] | None:
            tried = self.scheduler.schedule((*made.order, task), known=made, upto=len(made.order))
            if len(tried.order) == len(made.order):
                return None
            then = self.of(tried)
            effort = max(tried.effort - made.effort, 1)
            found = ((then[0] - now[0]) / effort, (then[1] - now[1]) / effort)
            return found if found < (0, 0) else None

        for task in self.useful:
            if made.ends[task] < 0 and task not in barred and (found := gain(task)) is not None:
                heappush(heap, (found, task, version))
        while heap:
            found, task, seen = heappop(heap)
            if made.ends[task] >= 0:
                continue
            if seen != version:
                again = gain(task)
                if again is None:
                    continue
                if heap and heap[0][0] < again:
                    heappush(heap, (again, task, version))
                    continue
            before = set(made.order)
            made = self.scheduler.schedule((*made.order, task), known=made, upto=len(made.order))
            now, version = self.of(made), version + 1
            for other in {f for new in made.order if new not in before for f in self.problem.followers[new]}:
                if made.ends[other] >= 0 or other not in self._raises or other in barred:
                    continue
                if (better := gain(other)) is not None:
                    heappush(heap, (better, other, version))
        return made

    # ── caps first ───────────────────────────────────────────────────────────────────────────────────────────────────

    def lifted(self, made: Schedule, *, moves: int) -> Schedule:
        """Return a schedule of only what lifts caps, as early as so many moves find, with little effort."""
        raisers = sorted(
            {task for cap in self.problem.caps for task in self._raisers[cap.question]} & set(self.useful)
        )
        if not raisers:
            return self.scheduler.empty
        needed = {one for task in raisers for one in self.problem.chains[task]}
        present = self.scheduler.schedule([task for task in made.order if task in needed])
        now = (self.of(present)[0], present.effort)
        best, record = present, now
        for _ in range(moves):
            order = self._shuffled(list(present.order), raisers, present)
            tried = self.scheduler.schedule(order, known=present, upto=_same(order, present.order))
            then = (self.of(tried)[0], tried.effort)
            if then[0] < now[0] or (then[0] == now[0] and then[1] <= now[1] * DETOUR):
                present, now = tried, then
                if then < record:
                    best, record = tried, then
        return best

    def _shuffled(self, order: list[int], raisers: list[int], present: Schedule) -> list[int]:
        pick, count = self.random.random, len(order)
        kind = pick()
        if kind < 0.5 and count > 1:
            order.insert(int(pick() * count), order.pop(int(pick() * count)))
        elif kind < 0.75:
            task = raisers[int(pick() * len(raisers))]
            if present.ends[task] < 0:
                order.insert(int(pick() * (count + 1)), task)
            else:
                order = [one for one in order if one not in self.problem.dependants[task]]
        elif count > 1:
            one, other = int(pick() * count), int(pick() * count)
            order[one], order[other] = order[other], order[one]
        return order

    # ── local search ─────────────────────────────────────────────────────────────────────────────────────────────────

    def improved(self, made: Schedule, *, moves: int) -> Schedule:
        """Return the best schedule met in so many moves from this one; caps never stay in force for longer."""
        now = self.of(made)
        best, record = made, now
        for _ in range(moves):
            order = self._moved(list(made.order), made)
            same = _same(order, made.order)
            if same == len(order) == len(made.order):
                continue
            tried = self.scheduler.schedule(order, known=made, upto=same)
            then = self.of(tried)
            if then <= now:
                made, now = tried, then
                if then < record:  # of plans worth the same, the one found first stands
                    best, record = tried, then
        return best

    def best_of_runs(self, made: Schedule, *, moves: int) -> Schedule:
        """Return the best of several runs from this schedule, gone on from with what is left of the moves.

        Each run climbs to a peak of its own, and many short ones find a higher one than a long one does.
        """
        length = max(SHORTEST_RUN, MOVES_PER_TASK * len(self.useful))
        runs = max(1, moves // length - 1)
        peaks = [self.improved(made, moves=length) for _ in range(runs)]
        return self.improved(min(peaks, key=self.of), moves=max(0, moves - runs * length))

    def tidied(self, made: Schedule) -> Schedule:
        """Return the schedule with all that still gains, and without tasks that it is no worse without."""
        made = self.filled(made)
        for task in reversed(made.order):
            if made.ends[task] < 0:
                continue
            without = [one for one in made.order if one not in self.problem.dependants[task]]
            tried = self.scheduler.schedule(without, known=made, upto=_same(without, made.order))
            if self.of(tried) <= self.of(made):
                made = tried
        return made

    def hurried(self, made: Schedule) -> Schedule:
        """Return the schedule with what lifts caps earlier within its period, where that costs nothing.

        Worths are counted by period, so two plans may be alike although one of them lets a cap stand half a period longer.
        """
        lifting = {task for cap in self.problem.caps for task in self._raisers[cap.question]}
        needed = {one for task in lifting for one in self.problem.chains[task]}
        for task in [one for one in made.order if one in needed]:
            place = made.order.index(task)
            for to in range(place):
                order = list(made.order)
                order.insert(to, order.pop(place))
                tried = self.scheduler.schedule(order, known=made, upto=to)
                if -1 < tried.ends[task] < made.ends[task] and self.of(tried) <= self.of(made):
                    made = tried
                    break
        return made

    def _moved(self, order: list[int], present: Schedule) -> list[int]:
        pick, count = self.random.random, len(order)
        kind = pick() if count > 1 else 0.5
        if kind < 0.45:
            place = int(pick() * count)
            task = order.pop(place)
            to = int(pick() * count) if pick() < 0.5 else place + int((pick() - 0.6) * 12)
            order.insert(max(0, min(count - 1, to)), task)
        elif kind < 0.62:
            out = [task for task in self.useful if present.ends[task] < 0]
            if out:
                order.insert(int(pick() * (count + 1)), out[int(pick() * len(out))])
        elif kind < 0.75:
            dropped = self.problem.dependants[order[int(pick() * count)]]
            order = [task for task in order if task not in dropped]
        elif kind < 0.92:
            order = self._replaced(order, present)
        else:
            one, other = int(pick() * count), int(pick() * count)
            order[one], order[other] = order[other], order[one]
        return order

    def _replaced(self, order: list[int], present: Schedule) -> list[int]:
        pick = self.random.random
        task = order[int(pick() * len(order))]
        dropped, raises = self.problem.dependants[task], self._raises[task]
        peers: Sequence[int] = self.useful
        if raises and pick() < 0.6:
            peers = self._raisers[raises[int(pick() * len(raises))]]
        new = peers[int(pick() * len(peers))]
        made: list[int] = []
        for one in order:
            if one == task and present.ends[new] < 0:
                made.append(new)
            if one not in dropped:
                made.append(one)
        return made


def _same(order: Sequence[int], other: Sequence[int]) -> int:
    """Return with how many of the same tasks two lists begin."""
    count = 0
    for one, two in zip(order, other, strict=False):
        if one != two:
            break
        count += 1
    return count


def search(
    problem: Problem,
    *,
    moves: int = MOVES,
    known: Sequence[Sequence[int]] = (),
    keep: Keep | None = None,
) -> Schedule:
    """Return the best schedule found: deterministic by the number of moves.

    Args:
        problem: what is to be planned.
        moves: how many the local search makes; a fifth as many look for an early end of the caps first.
        known: lists to start from, too, such as the order of a plan made before.
        keep: a plan that is to change little.
    """
    found = Search(problem, keep=keep)
    starts = [found.filled(found.scheduler.empty)]
    if problem.caps:
        starts.append(found.filled(found.lifted(starts[0], moves=moves // 5)))
    starts += [found.filled(found.scheduler.schedule(order)) for order in known]
    best = found.best_of_runs(min(starts, key=found.of), moves=moves)
    return found.hurried(found.tidied(best))
