"""The exact model: it finds what trying everything finds, its bound holds, and it runs beside the app without getting in the way."""

import io
import json
import time
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment import proving
from assessment.answers import AnswerSheet
from assessment.proving import Proving
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.roadmap import Capacity, Commitment, Wishes, plan
from assessment.roadmap.exact import Standing, prove
from assessment.roadmap.pinning import with_pins
from assessment.roadmap.problem import Effect, Goalpost, Judge, Objective, Problem, Steps, Task
from assessment.roadmap.proving import proven
from assessment.roadmap.schedule import Scheduler
from assessment.roadmap.search import search
from assessment.roadmap.shifting import placed
from assessment.roadmap.situation import situation
from tests.conftest import START, capacity
from tests.strategies import questionnaires, sheets
from tests.test_planning_laws import rooms, wishes

planned = st.shared(questionnaires(measures=4), key="proven")
to_plan = planned.flatmap(sheets)
wished = planned.flatmap(wishes)


def every_plan(problem: Problem) -> Iterator[dict[int, int]]:
    """Everything that can be planned, by trying: each task nowhere or at each slot, what does not fit left out at once."""
    order = sorted(problem.possible - problem.fixed.keys(), key=lambda one: (len(problem.chains[one]), one))
    guards = problem.lanes.guards
    room = Scheduler(problem).empty.room[0]

    def go_on(number: int, begins: dict[int, int], left: int) -> Iterator[dict[int, int]]:
        if number == len(order):
            yield dict(begins)
            return
        task = order[number]
        yield from go_on(number + 1, begins, left)
        item = problem.tasks[task]
        if any(first not in begins for first in item.after):
            return
        ready = max([begins[one] + problem.tasks[one].length for one in item.after], default=0) + item.lead
        for begin in range(ready, len(problem.loads[task])):
            rest = left - problem.loads[task][begin]
            if rest & guards == guards:
                begins[task] = begin
                yield from go_on(number + 1, begins, rest)
                del begins[task]

    yield from go_on(0, dict(problem.fixed), room)


def worth(problem: Problem, judge: Judge, begins: dict[int, int]) -> Objective:
    in_effect = [0] * len(problem.tasks)
    for task, begin in begins.items():
        in_effect[task] = problem.effective[task][begin]
    return judge(in_effect, sum(problem.tasks[task].work[0] for task in begins))


def best_by_trying(problem: Problem) -> Objective:
    judge = Judge(problem)
    return min(worth(problem, judge, begins) for begins in every_plan(problem))


@given(planned, to_plan, rooms(), wished)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_proven_plan_is_the_best_of_all_plans(
    questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity, wish: Wishes
) -> None:
    room = room.model_copy(update={"months": min(room.months, 3)})
    problem = with_pins(situation(questionnaire, sheet, capacity=room, wishes=wish)).problem
    if not problem.useful:
        return
    start = search(problem, moves=50).begins(problem)
    found = prove(problem, start, seconds=20)
    best = best_by_trying(problem)
    judge = Judge(problem)
    assert placed(problem, found.begins) is not None
    assert found.optimal
    got = worth(problem, judge, found.begins)
    assert got[0] == best[0] == found.delay_bound
    # the solver's tolerance is a share of what is at stake, not a fixed amount
    assert got[1] - best[1] <= 2 + abs(best[1]) * 1e-6
    assert -found.worth_bound <= best[1] + 2 + abs(best[1]) * 1e-6


def eight(seed: int) -> Problem:
    """Eight measures under a tight capacity: questions shared, steps that need others, two caps, a target, a role."""
    dice = Random(seed)
    tasks = tuple(
        Task(
            name=f"t{number}",
            length=dice.choice((1, 2, 2, 3)),
            work=((effort := dice.choice((100, 200, 300, 450))), effort if number % 3 == 0 else 0),
            after=(dice.randrange(number),) if number and dice.random() < 0.4 else (),
            lead=dice.choice((0, 0, 1)),
            lag=dice.choice((0, 0, 1)),
            cost=dice.choice((0, 5, 10)),
            effects=tuple(
                Effect(question, 1 if dice.random() < 0.3 and to == 2 else 0, to)
                for question in dice.sample(range(4), 2)
                for to in (dice.choice((1, 2)),)
            ),
        )
        for number in range(8)
    )
    return Problem(
        tasks=tasks,
        room=((400, 300), (200, 250)),
        budget=25,
        questions=tuple(Steps((20 * dice.randint(1, 9), 20 * dice.randint(1, 9)), q // 2) for q in range(4)),
        caps=(Goalpost(0, 2, weight=3), Goalpost(3, 1)),
        targets=(None, 200),
    )


@pytest.mark.parametrize("seed", range(6))
def test_of_eight_measures_the_proven_plan_is_the_best_and_the_search_no_better(seed: int) -> None:
    problem = eight(seed)
    made = search(problem, moves=400)
    best = best_by_trying(problem)
    assert Judge(problem)(made.in_effect, made.effort) >= best
    found = prove(problem, made.begins(problem), seconds=20)
    assert found.optimal
    assert worth(problem, Judge(problem), found.begins) == best


def test_a_proven_plan_is_no_worse_and_says_how_good_it_is(flagship_report: Report) -> None:
    first = flagship_report.roadmap
    better = proven(flagship_report.questionnaire, flagship_report.sheet, present=first, seconds=3)
    assert (better.delay, -better.gain) <= (first.delay, -first.gain)
    assert better.proof is not None
    assert 0 <= better.proof.beyond <= 1
    assert better.capacity == first.capacity
    assert max(better.load) <= first.capacity.per_month
    assert first.proof is None


def test_where_nothing_can_be_planned_that_is_proven_at_once(flagship_report: Report) -> None:
    nothing = plan(flagship_report.questionnaire, flagship_report.sheet, capacity=capacity(0, 6))
    found = proven(flagship_report.questionnaire, flagship_report.sheet, present=nothing, seconds=5)
    assert found.slots == ()
    assert found.proof is not None
    assert found.proof.beyond == 0


def test_a_proof_keeps_what_is_settled(flagship_report: Report) -> None:
    names = [slot.measure for slot in flagship_report.roadmap.slots][:2]
    wish = Wishes(
        commitments=(
            Commitment(measure=names[0], standing="dropped"),
            Commitment(measure=names[1], standing="running", begin=START),
        )
    )
    first = plan(flagship_report.questionnaire, flagship_report.sheet, capacity=capacity(12, 12), wishes=wish)
    found = proven(flagship_report.questionnaire, flagship_report.sheet, present=first, seconds=2)
    assert found.slot(names[0]) is None
    running = found.slot(names[1])
    assert running is not None
    assert (running.begin, running.why) == (0, "running")


# ── beside the app ───────────────────────────────────────────────────────────────────────────────────────────────────


def waited(proof: Proving, *states: str, seconds: float = 60) -> str:
    end = time.monotonic() + seconds
    while proof.progress().state not in states:
        assert time.monotonic() < end, proof.progress()
        time.sleep(0.05)
    return proof.progress().state


def test_a_proof_runs_in_a_process_of_its_own_and_gives_its_plan(flagship_report: Report) -> None:
    report = flagship_report
    proof = Proving(report.questionnaire, report.sheet, report.roadmap, seconds=3)
    assert proof.found() is None
    assert waited(proof, "proven", "failed", "cancelled") == "proven", proof.progress()
    found = proof.found()
    assert found is not None
    assert found.proof is not None
    assert proof.progress().beyond == found.proof.beyond
    assert (found.delay, -found.gain) <= (report.roadmap.delay, -report.roadmap.gain)


def test_a_proof_can_be_cancelled_while_it_works_and_while_it_waits(flagship_report: Report) -> None:
    report = flagship_report
    first = Proving(report.questionnaire, report.sheet, report.roadmap, seconds=60)
    second = Proving(report.questionnaire, report.sheet, report.roadmap, seconds=60)
    waited(first, "working")
    assert second.progress().state == "waiting"
    second.cancel()
    first.cancel()
    assert waited(first, "cancelled") == "cancelled"
    assert waited(second, "cancelled") == "cancelled"
    assert first.found() is second.found() is None


def test_a_proof_that_breaks_says_so_and_lets_the_next_one_begin(
    flagship_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = flagship_report
    monkeypatch.setattr(proving.sys, "executable", "/nowhere/python")
    broken = Proving(report.questionnaire, report.sheet, report.roadmap, seconds=1)
    assert waited(broken, "failed") == "failed"
    assert "/nowhere/python" in broken.progress().reason
    monkeypatch.undo()
    fine = Proving(report.questionnaire, report.sheet, report.roadmap, seconds=1)
    assert waited(fine, "proven", "failed") == "proven", fine.progress()


def test_a_proof_without_time_says_that_little_is_known_instead_of_breaking(flagship_report: Report) -> None:
    report = flagship_report
    proof = Proving(report.questionnaire, report.sheet, report.roadmap, seconds=0.01)
    assert waited(proof, "proven", "failed") == "proven", proof.progress()
    found = proof.found()
    assert found is not None
    assert found.proof is not None
    assert not found.proof.optimal
    assert 0 < found.proof.beyond <= 1
    assert (found.delay, -found.gain) <= (report.roadmap.delay, -report.roadmap.gain)


def test_the_process_ends_itself_when_whoever_started_it_is_gone(
    flagship_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = flagship_report
    task = {
        "questionnaire": report.questionnaire.model_dump_json(by_alias=True),
        "sheet": report.sheet.model_dump_json(),
        "present": report.roadmap.model_dump_json(),
        "seconds": 60,
    }
    parents = iter([1, *([2] * 10_000)])
    monkeypatch.setattr(proving.os, "getppid", lambda: next(parents))
    lines: list[str] = []
    begin = time.monotonic()
    proving.work(io.StringIO(json.dumps(task)), lines.append)
    assert time.monotonic() - begin < 30
    assert "plan" in json.loads(lines[-1])


def test_the_bound_never_falls_below_what_is_found(flagship_report: Report) -> None:
    told: list[Standing] = []

    def watch(standing: Standing) -> bool:
        told.append(standing)
        return True

    proven(
        flagship_report.questionnaire,
        flagship_report.sheet,
        present=flagship_report.roadmap,
        seconds=2,
        watch=watch,
    )
    assert told
    assert all(one.bound >= one.worth - 1 for one in told)
