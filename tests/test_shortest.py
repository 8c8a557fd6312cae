"""The shortest schedule by example and by law; a peer tries every order of a few tasks."""

from dataclasses import replace
from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.roadmap.justifying import Direction, Stated
from assessment.roadmap.lanes import Lanes
from assessment.roadmap.problem import Problem, Task
from assessment.roadmap.schedule import Scheduler
from assessment.roadmap.shortest import Shortest, shortest

MOVES = 60
"""Few moves: the laws hold however long the search is."""


def task(name: str, length: int, each: int, *after: int, lead: int = 0) -> Task:
    """Return a task that takes so much in each slot."""
    return Task(name, length, (each * length,), after, lead=lead)


def of(room: int, *tasks: Task) -> Problem:
    return Problem(tasks, ((room,),), slots_per_period=1)


def names(made: Shortest) -> list[tuple[str, str]]:
    return [(made.problem.tasks[link.task].name, link.waits_for) for link in made.chain]


@st.composite
def problems(draw: st.DrawFn, most: int = 9) -> Problem:
    """Problems with one or two resources and slots, crooked loads, leads, uneven room, something fixed or barred."""
    size, resources = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    usual = [draw(st.integers(4, 12)) for _ in range(resources)]
    room = tuple(
        (*(draw(st.sampled_from((each, each, each, 0, 3))) for _ in range(4)), each) for each in usual
    )
    tasks = tuple(
        Task(
            str(number),
            length := draw(st.integers(0, 4)),
            tuple(draw(st.integers(0, 5 * length)) for _ in usual),
            tuple(draw(st.sets(st.integers(0, number - 1), max_size=2))) if number else (),
            lead=draw(st.sampled_from((0, 0, 0, 1, 3))),
            deadline=draw(st.sampled_from((None, 5))),
            cost=draw(st.integers(0, 3)),
        )
        for number in range(draw(st.integers(1, most)))
    )
    barred = frozenset(draw(st.sets(st.integers(0, len(tasks) - 1), max_size=1)))
    return Problem(tasks, room, slots_per_period=size, budget=draw(st.sampled_from((None, 2))), barred=barred)


@st.composite
def with_fixed(draw: st.DrawFn) -> Problem:
    """A problem in which the first task stands somewhere, where there is room for it."""
    problem = draw(problems())
    item = replace(problem.tasks[0], length=2, work=(0,) * len(problem.room), deadline=None)
    return replace(
        problem, tasks=(item, *problem.tasks[1:]), fixed={0: draw(st.integers(0, 3))}, barred=frozenset()
    )


def room_of(problem: Problem, period: int, resource: int) -> int:
    row = problem.room[resource]
    return row[min(period, len(row) - 1)]


@given(problems() | with_fixed())
@settings(deadline=None)
def test_what_comes_first_has_ended_and_nobody_does_more_than_there_is_room_for(problem: Problem) -> None:
    made = shortest(problem, moves=MOVES)
    used: dict[tuple[int, int], int] = {}
    for number, begin in made.begins.items():
        item = problem.tasks[number]
        if number not in problem.fixed:
            assert begin >= item.lead
            for first in item.after:
                assert made.begins[first] + problem.tasks[first].length + item.lead <= begin
        assert begin + item.length <= made.end
        for place, amount in problem.load(number, begin).items():
            used[place] = used.get(place, 0) + amount
    assert all(amount <= room_of(problem, *place) for place, amount in used.items())
    assert all(made.begins[number] == begin for number, begin in problem.fixed.items())


@given(problems() | with_fixed())
@settings(deadline=None)
def test_it_is_a_schedule_of_the_planner_as_long_as_its_horizon(problem: Problem) -> None:
    made = shortest(problem, moves=MOVES)
    assert made.schedule.begins(made.problem) == made.begins
    assert made.problem.slots - made.problem.slots_per_period < max(made.end, 1) <= made.problem.slots


@given(problems() | with_fixed())
@settings(deadline=None)
def test_every_task_has_its_place_unless_it_or_one_it_needs_is_barred_or_never_fits(problem: Problem) -> None:
    made = shortest(problem, moves=MOVES)
    size = problem.slots_per_period

    def fits(number: int) -> bool:
        return number in problem.fixed or any(
            all(
                amount <= problem.room[resource][-1]
                for (_, resource), amount in problem.load(number, phase).items()
            )
            for phase in range(size)
        )

    def possible(number: int) -> bool:
        if number in problem.fixed:
            return True
        return (
            fits(number) and number not in problem.barred and all(map(possible, problem.tasks[number].after))
        )

    assert set(made.begins) == {number for number in range(len(problem.tasks)) if possible(number)}
    assert set(made.left_out) == set(range(len(problem.tasks))) - set(made.begins)


@given(problems())
@settings(deadline=None)
def test_it_ends_neither_before_its_bound_nor_behind_all_one_after_the_other(problem: Problem) -> None:
    even = replace(problem, room=tuple((row[-1],) for row in problem.room))
    made = shortest(even, moves=MOVES)
    planned = [problem.tasks[number] for number in made.begins]
    # each may have to wait for a period of its own to begin
    waits = (problem.slots_per_period - 1) * len(planned)
    assert made.bound <= made.end <= sum(item.length + item.lead for item in planned) + waits


@given(problems() | with_fixed())
@settings(deadline=None)
def test_the_same_input_gives_the_same_schedule_and_more_moves_never_a_longer_one(problem: Problem) -> None:
    few, again, more = (shortest(problem, moves=moves) for moves in (5, 5, MOVES))
    assert (few.begins, few.chain) == (again.begins, again.chain)
    assert more.end <= few.end


@given(problems() | with_fixed())
@settings(deadline=None)
def test_the_chain_runs_to_the_end_and_each_link_waits_for_the_one_before_it(problem: Problem) -> None:
    made = shortest(problem, moves=MOVES)
    if made.chain:
        last = made.chain[-1].task
        assert made.begins[last] + problem.tasks[last].length == made.end
        assert made.chain[0].waits_for != "after"
    for before, link in pairwise(made.chain):
        item, begin = problem.tasks[link.task], made.begins[link.task]
        assert link.waits_for in ("after", "room")
        if link.waits_for == "after":
            assert before.task in item.after
            assert made.begins[before.task] + problem.tasks[before.task].length + item.lead == begin
        else:
            # a slot earlier, there is no room, in a period in which the one before is at work
            assert made.begins[before.task] < begin
            used = [problem.load(one, at) for one, at in made.begins.items() if one != link.task]
            assert any(
                sum(load.get(place, 0) for load in used) + amount > room_of(problem, *place)
                and place in problem.load(before.task, made.begins[before.task])
                for place, amount in problem.load(link.task, begin - 1).items()
            )


@given(problems(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_its_lists_become_the_schedules_that_the_planner_makes_of_them(
    problem: Problem, dice: Random
) -> None:
    stated = Stated(problem, None, None)
    order: list[int] = []
    left = list(range(len(stated.numbers)))
    while left:
        order.append(dice.choice([one for one in left if not set(stated.after[one]) & set(left)]))
        left.remove(order[-1])
    lanes = Lanes.for_amounts(0, len(stated.beyond), most=stated.most)
    direction = Direction(stated, lanes, mirrored=False)
    far = 200
    ends = direction.ends(order, direction.room(far), far) if order else []
    assert ends is not None
    planner = Scheduler(stated.until(far)).schedule([stated.numbers[one] for one in order])
    assert ends == [planner.ends[number] for number in stated.numbers]


def best_by_every_order(problem: Problem) -> int:
    """Return how long the shortest schedule is: one of the lists gives it (Kolisch 1996)."""
    size, count = problem.slots_per_period, len(problem.tasks)
    horizon = sum(item.length + item.lead + size for item in problem.tasks)
    rows = tuple((*row, *[row[-1]] * (horizon - len(row))) for row in problem.room)
    scheduler = Scheduler(replace(problem, room=rows))
    ends = []
    for order in permutations(range(count)):
        places = {number: place for place, number in enumerate(order)}
        if all(places[first] < places[number] for number in order for first in problem.tasks[number].after):
            ends.append(max(scheduler.schedule(order).ends))
    return min(ends)


@st.composite
def small_and_even(draw: st.DrawFn) -> Problem:
    """Up to six tasks with the same load in each slot."""
    room = draw(st.integers(3, 6))
    return of(
        room,
        *(
            task(
                str(number),
                draw(st.integers(1, 5)),
                draw(st.integers(0, room)),
                *(draw(st.sets(st.integers(0, number - 1), max_size=2)) if number else ()),
                lead=draw(st.sampled_from((0, 0, 1))),
            )
            for number in range(draw(st.integers(1, 6)))
        ),
    )


@given(small_and_even())
@settings(deadline=None, max_examples=60)
def test_of_a_few_tasks_it_is_the_shortest_there_is(problem: Problem) -> None:
    made = shortest(problem, moves=300)
    assert made.end == best_by_every_order(problem)


def test_without_need_and_with_people_enough_the_longest_task_decides() -> None:
    made = shortest(of(9, task("short", 2, 3), task("long", 5, 3), task("other", 4, 3)))
    assert (made.end, made.proven, names(made)) == (5, True, [("long", "start")])


def test_a_path_decides_and_its_leads_count() -> None:
    made = shortest(of(9, task("first", 2, 1, lead=1), task("second", 3, 1, 0, lead=2), task("beside", 4, 1)))
    assert (made.end, made.proven) == (8, True)
    assert names(made) == [("first", "start"), ("second", "after")]


def test_people_decide_where_two_tasks_cannot_run_at_once() -> None:
    made = shortest(of(3, task("one", 2, 2), task("other", 3, 2)))
    assert made.end == 5
    assert [why for _, why in names(made)] == ["start", "room"]


def test_five_tasks_that_only_fit_in_one_way_without_a_gap() -> None:
    # the room of 4 for 6 slots is full: 1×6 + 3×2 + 3×2 + 2×2 + 1×2
    tasks = (task("a", 6, 1), task("b", 2, 3), task("c", 2, 3), task("d", 2, 2), task("e", 2, 1))
    made = shortest(of(4, *tasks))
    assert (made.end, made.bound) == (6, 6)


def test_rules_that_take_the_longest_first_are_beaten() -> None:
    # by priority the long task goes first and blocks; the best lets the chain of short ones go before it
    tasks = (task("long", 4, 2), task("a", 1, 1), task("b", 4, 1, 1), task("c", 4, 1, 1))
    assert shortest(of(2, *tasks)).end == best_by_every_order(of(2, *tasks))


def test_nothing_to_do_is_over_at_once() -> None:
    made = shortest(of(3))
    assert (made.end, made.begins, made.chain, made.proven) == (0, {}, (), True)


def test_only_what_is_asked_for_is_done_and_what_it_needs() -> None:
    made = shortest(of(3, task("first", 2, 1), task("second", 2, 1, 0), task("not asked", 9, 3)), tasks=[1])
    assert set(made.begins) == {0, 1}
    assert (made.end, made.left_out) == (4, ())


def test_a_budget_and_a_deadline_do_not_count() -> None:
    item = Task("dear and late", 5, (5,), cost=100, deadline=2)
    made = shortest(Problem((item,), ((1,),), slots_per_period=1, budget=1))
    assert (made.end, made.left_out) == (5, ())


def test_the_room_behind_the_horizon_is_that_of_its_last_period_unless_it_is_told() -> None:
    problem = Problem((task("a", 1, 4), task("b", 1, 4)), ((0, 4, 2),), slots_per_period=1)
    assert shortest(problem).left_out == (0, 1)
    made = shortest(problem, beyond=[4])
    assert (made.end, sorted(made.begins.values())) == (4, [1, 3])
    assert names(made)[-1][1] == "room"


def test_what_stands_is_worked_around() -> None:
    tasks = (task("stands", 2, 2), task("waits", 1, 1, 0), task("free", 2, 2))
    made = shortest(Problem(tasks, ((2, 2, 2, 2),), slots_per_period=1, fixed={0: 1}))
    assert made.begins == {0: 1, 1: 3, 2: 4} or made.begins == {0: 1, 2: 3, 1: 5}
    assert made.end == 6


def test_half_months_share_the_room_of_a_month() -> None:
    # 10 days a month: two tasks of half a month and 5 days each fit into one month, a third does not
    tasks = tuple(Task(name, 1, (500,)) for name in "abc")
    made = shortest(Problem(tasks, ((1000,),), slots_per_period=2))
    assert made.end == 3


def test_whoever_asks_may_stop_it_between_two_schedules() -> None:
    tasks = tuple(task(str(number), 1 + number % 4, 1 + number % 3) for number in range(12))
    said = iter([False, False, True])  # asked once more, it would have no answer
    made = shortest(of(4, *tasks), moves=10**9, stop=lambda: next(said))
    assert set(made.begins) == set(range(12))
    assert list(said) == [] or made.proven


@pytest.mark.parametrize("room", [3, 5])
def test_more_people_never_raise_the_bound(room: int) -> None:
    tasks = tuple(task(str(number), 1 + number % 4, 1 + number % 3) for number in range(12))
    assert shortest(of(room + 1, *tasks)).bound <= shortest(of(room, *tasks)).bound
