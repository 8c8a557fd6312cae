"""What is to be planned, in whole numbers: tasks with loads, what they raise, what that is worth, and the room there is.

Time runs in slots, several to a period; room is given by period. Effort is in hundredths of a person-day. A task raises
questions to steps; what a question is worth at each step counts from the end of the period in which the step is reached, so
the worth of a plan is the area under a curve over the periods. Nothing here knows a questionnaire; `stating` makes a problem
of one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from assessment.roadmap.lanes import Lanes

SHARE_BEYOND_TARGET = 20
"""Progress beyond a target counts one part in this many."""

Objective = tuple[int, int]
"""Periods that caps stay in force, summed with their weights; and the worth of the plan, negative. Less is better."""


@dataclass(frozen=True)
class Effect:
    """A task raises a question to a step, once the question has reached the step `needs`."""

    question: int
    needs: int
    to: int


@dataclass(frozen=True)
class Task:
    """Something to be done."""

    name: str
    length: int
    """Slots."""
    work: tuple[int, ...]
    """Effort by resource; the first resource is the total, of which the others are parts."""
    after: tuple[int, ...] = ()
    """The tasks that must have ended."""
    lead: int = 0
    """Slots that must pass between what it comes after, or the start of the plan, and its begin."""
    lag: int = 0
    """Slots after its end until it takes effect."""
    cost: int = 0
    effects: tuple[Effect, ...] = ()
    deadline: int | None = None
    """The slot by which it must have ended; none: the horizon."""


@dataclass(frozen=True)
class Steps:
    """What raising a question is worth: multiples of `SHARE_BEYOND_TARGET`, so that nothing is rounded."""

    worth: tuple[int, ...]
    """By step: what reaching it adds for each period."""
    part: int = 0
    """The part, such as a dimension, whose target it counts towards."""


@dataclass(frozen=True)
class Goalpost:
    """A cap: lifted when its question reaches a step."""

    question: int
    step: int
    weight: int = 1
    """What each period in force counts."""


@dataclass(frozen=True)
class Problem:
    """Everything a plan is made from."""

    tasks: tuple[Task, ...]
    room: tuple[tuple[int, ...], ...]
    """By resource and period."""
    slots_per_period: int = 2
    budget: int | None = None
    questions: tuple[Steps, ...] = ()
    caps: tuple[Goalpost, ...] = ()
    """To be lifted as early as possible, before all else."""
    targets: tuple[int | None, ...] = (None,)
    """By part: how much its questions may add per period before the target is reached; none: no target."""
    day_price: int = 1
    """What each hundredth of a person-day must be worth; at least 1, so that of two plans alike the easier one is better."""
    fixed: dict[int, int] = field(default_factory=dict)
    """Begins that stand."""
    barred: frozenset[int] = frozenset()
    """Tasks that must not be planned."""

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return len(self.room[0])

    @property
    def slots(self) -> int:
        """How many slots there are."""
        return self.periods * self.slots_per_period

    # ── looked up once ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def chains(self) -> tuple[tuple[int, ...], ...]:
        """By task: everything it needs, itself last, in an order in which each can be done."""
        known: dict[int, tuple[int, ...]] = {}

        def chain(task: int) -> tuple[int, ...]:
            if task not in known:
                order: dict[int, None] = {}
                for first in self.tasks[task].after:
                    order.update(dict.fromkeys(chain(first)))
                known[task] = (*order, task)
            return known[task]

        return tuple(chain(task) for task in range(len(self.tasks)))

    @cached_property
    def followers(self) -> tuple[tuple[int, ...], ...]:
        """By task: those that come directly after it."""
        found: list[list[int]] = [[] for _ in self.tasks]
        for number, task in enumerate(self.tasks):
            for first in task.after:
                found[first].append(number)
        return tuple(map(tuple, found))

    @cached_property
    def dependants(self) -> tuple[frozenset[int], ...]:
        """By task: itself and everything that needs it, directly or not."""
        found: list[set[int]] = [set() for _ in self.tasks]
        for number, chain in enumerate(self.chains):
            for first in chain:
                found[first].add(number)
        return tuple(map(frozenset, found))

    @cached_property
    def lanes(self) -> Lanes:
        """How room and loads are packed; a lane for the budget stands behind the last period."""
        most = max(
            max((amount for row in self.room for amount in row), default=0),
            max(
                (
                    amount
                    for number, task in enumerate(self.tasks)
                    for phase in range(self.slots_per_period if task.length else 0)
                    for amount in self.load(number, phase).values()
                ),
                default=0,
            ),
            self.budget or 0,
            max((task.cost for task in self.tasks), default=0),
        )
        return Lanes.for_amounts(self.periods + 1, len(self.room), most=most)

    @cached_property
    def all_room(self) -> int:
        """What is free before anything is planned."""
        money = 0 if self.budget is None else self.budget
        return self.lanes.free([(*row, money if number == 0 else 0) for number, row in enumerate(self.room)])

    def load(self, task: int, begin: int) -> dict[tuple[int, int], int]:
        """Return what a task takes, by period and resource, spread evenly over its slots."""
        found: dict[tuple[int, int], int] = {}
        item, size = self.tasks[task], self.slots_per_period
        for resource, effort in enumerate(item.work):
            each, rest = divmod(effort, item.length) if item.length else (0, 0)
            for slot in range(item.length if effort else 0):
                place = ((begin + slot) // size, resource)
                found[place] = found.get(place, 0) + each + (slot < rest)
        return found

    @cached_property
    def loads(self) -> tuple[tuple[int, ...], ...]:
        """By task and begin: what it takes, packed. A task has as many begins as leave it room before the horizon."""
        found = []
        for number, task in enumerate(self.tasks):
            size = self.slots_per_period
            money = 0 if self.budget is None else self.lanes.packed({(self.periods, 0): task.cost})
            phases = [self.lanes.packed(self.load(number, phase)) for phase in range(size)]
            found.append(
                tuple(
                    (phases[begin % size] << (begin // size * self.lanes.stride)) + money
                    for begin in range(self.begins(number))
                )
            )
        return tuple(found)

    def begins(self, task: int) -> int:
        """Return how many begins leave a task time before its deadline."""
        item = self.tasks[task]
        end = self.slots if item.deadline is None else min(item.deadline, self.slots)
        return max(0, end - item.length + 1)

    @cached_property
    def effective(self) -> tuple[tuple[int, ...], ...]:
        """By task and begin: the number of periods at whose ends it has taken effect."""
        size, periods = self.slots_per_period, self.periods
        return tuple(
            tuple(
                max(0, periods + 1 + (-(begin + task.length + task.lag) // size))
                for begin in range(self.begins(number))
            )
            for number, task in enumerate(self.tasks)
        )

    @cached_property
    def possible(self) -> frozenset[int]:
        """The tasks that may be planned: neither they nor what they need is barred or longer than the horizon."""
        return frozenset(
            number
            for number, chain in enumerate(self.chains)
            if all(self.loads[one] and one not in self.barred for one in chain)
        )

    @cached_property
    def suppliers(self) -> tuple[tuple[tuple[int, int, int], ...], ...]:
        """By question: the tasks that raise it, with the step needed and the step reached."""
        found: list[list[tuple[int, int, int]]] = [[] for _ in self.questions]
        for number, task in enumerate(self.tasks):
            for effect in task.effects:
                found[effect.question].append((number, effect.needs, effect.to))
        return tuple(map(tuple, found))

    @cached_property
    def useful(self) -> frozenset[int]:
        """The possible tasks that raise something, or that something possible needs."""
        raising = {number for number in self.possible if self.tasks[number].effects}
        return frozenset(number for number in self.possible if self.dependants[number] & raising)


def raised(
    suppliers: Sequence[tuple[int, int, int]], in_effect: Sequence[int], steps: int
) -> tuple[int, ...]:
    """Return, for each step of a question, the number of periods at whose ends it is reached.

    Args:
        suppliers: who raises it, with the step needed and the step reached.
        in_effect: for each of them, the number of periods at whose ends it has taken effect; 0 for never.
        steps: how many steps the question has.
    """
    reached = [0] * steps
    step = 0
    waiting: list[tuple[int, int]] = []
    order = sorted(range(len(suppliers)), key=lambda place: -in_effect[place])
    for place in order:
        left = in_effect[place]
        if not left:
            break
        waiting.append(suppliers[place][1:])
        moved = True
        while moved:
            moved = False
            for needs, to in waiting:
                if needs <= step < to:
                    reached[step:to] = [left] * (to - step)
                    step, moved = to, True
    return tuple(reached)


class _About(NamedTuple):
    """What there is to know of a question to say what it adds."""

    suppliers: tuple[tuple[int, int, int], ...]
    steps: Steps
    caps: tuple[Goalpost, ...]
    """The caps that hang on it."""


_Added = tuple[int, int, int]
"""Periods without caps, weighed; worth; and the curve of a part with a target."""


class Judge:
    """Says what plans are worth. What each question adds is worked out once for each timing of those who raise it.

    The curves of parts that have a target are packed side by side in one number, lane by part and period, so that they add up
    in one step, and what lies beyond the targets is found in three.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        caps: dict[int, list[Goalpost]] = {}
        for cap in problem.caps:
            caps.setdefault(cap.question, []).append(cap)
        self._questions: list[tuple[Callable[[Sequence[int]], object], dict[object, _Added], _About]] = [
            (
                itemgetter(*(task for task, _, _ in suppliers)),
                {},
                _About(suppliers, problem.questions[number], tuple(caps.get(number, ()))),
            )
            for number, suppliers in enumerate(problem.suppliers)
            if suppliers
        ]
        self._price = problem.day_price
        self._delay = sum(cap.weight for cap in problem.caps) * problem.periods
        self._prepare_targets()

    def _prepare_targets(self) -> None:
        problem = self.problem
        total = sum(amount for steps in problem.questions for amount in steps.worth)
        highest = max([total, *(target or 0 for target in problem.targets)])
        # wide enough for the sum of all lanes, so that the remainder below is that sum
        width = (highest * problem.periods * len(problem.targets) + 1).bit_length() + 1
        self._width = width
        lanes = [target for target in problem.targets if target is not None for _ in range(problem.periods)]
        self._first_lane = {
            part: place * problem.periods
            for place, part in enumerate(p for p, target in enumerate(problem.targets) if target is not None)
        }
        self._guards = sum(1 << ((place + 1) * width - 1) for place in range(len(lanes)))
        self._targets = sum(target << (place * width) for place, target in enumerate(lanes))

    def __call__(self, in_effect: Sequence[int], effort: int) -> Objective:
        """Return what a plan is worth.

        Args:
            in_effect: by task, the number of periods at whose ends it has taken effect; 0 for never, or not planned.
            effort: of all tasks planned, charged with its price.
        """
        delay, worth, curves = self._delay, -effort * self._price, 0
        for times, known, about in self._questions:
            key = times(in_effect)
            found = known.get(key)
            if found is None:
                found = known[key] = self._added(about, key)
            lifted, gained, curve = found
            delay -= lifted
            worth += gained
            curves += curve
        if curves:
            beyond = (curves | self._guards) - self._targets
            over = beyond & self._guards
            beyond &= over - (
                over >> (self._width - 1)
            )  # only lanes above their target, without their guards
            excess = beyond % ((1 << self._width) - 1)  # the sum of all lanes
            worth -= excess - excess // SHARE_BEYOND_TARGET
        return delay, -worth

    def _added(self, about: _About, key: object) -> _Added:
        times = key if isinstance(key, tuple) else (key,)
        reached = raised(about.suppliers, times, len(about.steps.worth))
        lifted = sum(reached[cap.step - 1] * cap.weight for cap in about.caps)
        worth, curve, periods = 0, 0, self.problem.periods
        first = self._first_lane.get(about.steps.part)
        for left, amount in zip(reached, about.steps.worth, strict=True):
            worth += left * amount
            if first is not None:
                for period in range(periods - left, periods):
                    curve += amount << ((first + period) * self._width)
        return lifted, worth, curve
