"""The part of the benchmarks that plans: how good a plan is, how soon it is there, how calm it stays.

What is good is measured against the best plan that long searches and HiGHS find; `BENCH_SECONDS` says how long HiGHS looks at
each instance, 90 if not set. Alone: `python bench/bench_planning.py` from the repository's folder.
"""

import importlib.util
import multiprocessing
import os
import random
import signal
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from datetime import date
from math import ceil, inf, isfinite, log, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from bench_scoring import Told

from assessment.answers import Answer, AnswerSheet
from assessment.loader import read_questionnaire, read_sample
from assessment.questionnaire import Questionnaire
from assessment.roadmap import SLOTS_PER_MONTH, Capacity, Proof, Roadmap, plan
from assessment.roadmap.pinning import with_pins
from assessment.roadmap.planning import found_plan, told
from assessment.roadmap.problem import SHARE_BEYOND_TARGET, Effect, Goalpost, Problem, Steps, Task
from assessment.roadmap.schedule import Schedule, Scheduler
from assessment.roadmap.search import MOVES, Search, search
from assessment.roadmap.shifting import placed
from assessment.roadmap.situation import situation
from assessment.roadmap.stating import Stated
from assessment.roadmap.terms import Wishes
from assessment.scoring import score

SECONDS = float(os.environ.get("BENCH_SECONDS", "90"))
"""For HiGHS on each instance, by the clock."""
PROOF_SECONDS = min(60.0, 3 * SECONDS)
"""For HiGHS from the plan that was shown."""
PATIENT = 60
TIMES_LONGER = 10 if SECONDS >= PATIENT else 3
"""How many times the usual moves a long search makes."""
LONG_SEARCHES = 4
ROUNDS = 9 if SECONDS >= PATIENT else 5

START, MONTHS = date(2027, 1, 1), 18
PACES = (8, 15, 25)
"""Person-days a month."""
SYNTHETIC = {60: (1, 2, 3), 200: (1, 2), 500: (1,)}
"""Measures of made-up catalogues, and their seeds."""
CHANGES = (0.90, 0.95, 1.05, 1.10)
"""Times the person-days a month."""

Sheets = Sequence[AnswerSheet]


def measured(questionnaire: Questionnaire, sheets: Sheets) -> Told:
    """Measure with one sheet for each organisation, and tell rows and sentences."""
    said = Told([], [])
    _speed(said, questionnaire, sheets)
    _order(said, questionnaire, sheets)
    _calm(said, questionnaire, sheets[:10])
    if importlib.util.find_spec("highspy") is None:
        said.notes.append("Planning: what HiGHS would prove was left out, because highspy is not there.")
        return said
    _loss(said, questionnaire, sheets)
    _proof(said, sheets)
    _beside(said, questionnaire, sheets[0])
    return said


def progress(text: str) -> None:
    """Say on the error output how far the measuring is."""
    print(text, file=sys.stderr, flush=True)


def capacity(per_month: float) -> Capacity:
    """Return a capacity of so many person-days a month."""
    return Capacity(start=START, per_month=per_month, months=MONTHS)


def stated(questionnaire: Questionnaire, sheet: AnswerSheet, per_month: float) -> Stated:
    """Return an organisation's situation as a problem."""
    return with_pins(situation(questionnaire, sheet, capacity=capacity(per_month), wishes=Wishes()))


def percent(share: float, digits: int = 1) -> str:
    """Return a share in percent, without a minus in front of nothing."""
    return f"{round(share * 100, digits) + 0.0:.{digits}f} %"


def spread(shares: Sequence[float]) -> str:
    """Return the mean of shares in percent, and from where to where they go."""
    mean = percent(statistics.mean(shares))
    return (
        mean if len(shares) == 1 else f"{mean} on average ({percent(min(shares))} to {percent(max(shares))})"
    )


# ── how soon ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Took(NamedTuple):
    """What something took, in seconds."""

    clock: float
    processor: float


def took(run: Callable[[], object]) -> Took:
    """Return what one run takes."""
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return Took(time.perf_counter() - clock, time.process_time() - processor)


def _speed(said: Told, questionnaire: Questionnaire, sheets: Sheets) -> None:
    plan(questionnaire, sheets[0], capacity=capacity(15), moves=10)
    plans, cards = [], []
    for number, sheet in enumerate(sheets, start=1):
        cards.append(took(lambda sheet=sheet: [score(questionnaire, sheet) for _ in range(10)]))
        plans += [
            took(lambda sheet=sheet, days=days: plan(questionnaire, sheet, capacity=capacity(days)))
            for days in PACES
        ]
        if number % 5 == 0:
            progress(f"planning: {number} of {len(sheets)} organisations planned at {len(PACES)} paces")
    card = statistics.median(each.processor for each in cards) / 10
    middle = [statistics.median(way) for way in zip(*plans, strict=True)]
    high = [sorted(way)[ceil(len(plans) * 0.95) - 1] for way in zip(*plans, strict=True)]
    said.rows.append(
        (
            f"Planning: one plan of {len(questionnaire.measures)} measures with its explanation, "
            f"{len(sheets)} organisations at {', '.join(map(str, PACES))} days a month",
            "one whole scorecard",
            f"{middle[1] / card:.0f} × its time (95th percentile {high[1] / card:.0f} ×)",
        )
    )
    said.notes.append(
        f"A plan with its explanation takes {middle[1]:.2f} s of processor time (median; 95th percentile {high[1]:.2f} s), "
        f"by the clock of the machine as busy as it was {middle[0]:.2f} s ({high[0]:.2f} s)."
    )


# ── against the catalogue's order ────────────────────────────────────────────────────────────────────────────────────


def gained(roadmap: Roadmap, questionnaire: Questionnaire) -> float:
    """Return the area under the index over the plan, above today's, in index-months."""
    values = [step.values[questionnaire.id] or 0.0 for step in roadmap.projection]
    return sum(value - values[0] for value in values)


def _order(said: Told, questionnaire: Questionnaire, sheets: Sheets) -> None:
    ours, peers = [], []
    for sheet in sheets:
        found = stated(questionnaire, sheet, 15)
        ours.append(told(*found_plan(found)))
        peers.append(told(found, Scheduler(found.problem).schedule(range(len(found.problem.tasks)))))
    progress("planning: compared with the catalogue's order")

    def ratio(of: Callable[[Roadmap], float]) -> float:
        return sum(map(of, ours)) / sum(map(of, peers))

    title = f"{len(sheets)} organisations, 15 days a month"
    area = ratio(lambda roadmap: gained(roadmap, questionnaire))
    months = ratio(lambda roadmap: sum(len(step.caps) for step in roadmap.projection))
    said.rows.extend(
        [
            (
                f"Planning: area under the index over {MONTHS} months, {title}",
                "the catalogue's order on the same scheduler",
                f"{area:.2f} × its gain",
            ),
            (
                "Planning: months that caps stay in force, same organisations",
                "the same",
                f"{months:.2f} × its months",
            ),
            (
                "Planning: what is planned for, the weakest counting most, same organisations",
                "the same",
                f"{ratio(lambda roadmap: roadmap.gain):.2f} × its gain",
            ),
        ]
    )


# ── how calm ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Calm(NamedTuple):
    """What a change did to a plan."""

    stayed: float
    """The share of the measures still wanted that begin within a month of where they did."""
    given_up: float | None
    """The share of the gain that is less than a plan made anew gains; none where caps stay in force for longer or less."""


def stayed(before: Roadmap, after: Roadmap) -> float:
    """Return the share of the measures still wanted that begin within a month of where they did."""
    gone = {each.measure for each in after.postponed if each.reason in ("no_gap", "not_applicable", "done")}
    begins = {slot.measure: slot.begin for slot in after.slots}
    wanted = [slot for slot in before.slots if slot.measure not in gone]
    near = [
        slot
        for slot in wanted
        if slot.measure in begins and abs(begins[slot.measure] - slot.begin) <= SLOTS_PER_MONTH
    ]
    return len(near) / len(wanted) if wanted else 1.0


def with_one_other(questionnaire: Questionnaire, sheet: AnswerSheet, seed: int) -> AnswerSheet:
    """Return the sheet with one rating, which a measure could raise, a level higher or lower."""
    dice = random.Random(seed)
    raised = {effect.question for measure in questionnaire.measures for effect in measure.effects}
    places = [
        place
        for place, answer in enumerate(sheet.answers)
        if answer.question in raised and type(answer.value) is int
    ]
    place = dice.choice(places)
    value = int(sheet.answers[place].value)  # type: ignore[arg-type]
    other = value + 1 if value == 1 else value - 1 if value == 5 else value + dice.choice((-1, 1))
    return sheet.with_answer(Answer(question=sheet.answers[place].question, value=other))


def _calm(said: Told, questionnaire: Questionnaire, sheets: Sheets) -> None:
    changes = [f"{round(times * 100 - 100):+d} % of the days" for times in CHANGES]
    found: dict[str, list[tuple[Calm, Calm]]] = {
        name: [] for name in (*changes, "one answer a level higher or lower")
    }
    for number, sheet in enumerate(sheets):
        before = plan(questionnaire, sheet, capacity=capacity(15))
        others = [(sheet, capacity(15 * times)) for times in CHANGES]
        others.append((with_one_other(questionnaire, sheet, number), capacity(15)))
        for name, (other, days) in zip(found, others, strict=True):
            anew = plan(questionnaire, other, capacity=days)
            kept = plan(questionnaire, other, capacity=days, present=before)
            lost = (anew.gain - kept.gain) / anew.gain if anew.delay == kept.delay and anew.gain else None
            found[name].append((Calm(stayed(before, anew), 0.0), Calm(stayed(before, kept), lost)))
        progress(f"planning: {number + 1} of {len(sheets)} organisations planned again")
    for name, pairs in found.items():
        free, calm = (statistics.mean(each.stayed for each in way) for way in zip(*pairs, strict=True))
        losses = [kept.given_up for _, kept in pairs if kept.given_up is not None]
        said.rows.append(
            (
                f"Planning: measures that begin within a month of where they did after {name}, {len(sheets)} organisations",
                "planned anew",
                f"{percent(calm, 0)} against {percent(free, 0)}; "
                f"{spread(losses)} of the gain given up in {len(losses)} comparable plans",
            )
        )


# ── how good ─────────────────────────────────────────────────────────────────────────────────────────────────────────


OWN = "the usual search"


class Case(NamedTuple):
    """A problem whose plan is compared with the best one known, or proven."""

    group: str
    name: str
    problem: Problem
    seconds: float


class Compared(NamedTuple):
    """A plan beside the best one known."""

    case: Case
    seconds: float
    """Of processor time for the plan."""
    loss: float
    """What the best plan known with the same delay gains more, as a share of it."""
    later: int | None
    """Months that caps stay in force for longer than in the best plan known; none where they do not end later."""
    beyond: float | None
    """What no plan can gain beyond the best one known, as a share of it; none where the solver has no bound."""
    caps_proven: bool
    optimal: bool
    best_by: str


def _loss(said: Told, questionnaire: Questionnaire, sheets: Sheets) -> None:
    cases = [
        Case("flagship", f"flagship {number}", stated(questionnaire, sheet, 15).problem, SECONDS)
        for number, sheet in enumerate(sheets[:5])
    ]
    for count, seeds in SYNTHETIC.items():
        cases += [
            Case(f"{count}", f"{count} measures, seed {seed}", synthetic(count, seed), SECONDS)
            for seed in seeds
        ]
    found: dict[str, list[Compared]] = {case.group: [] for case in cases}
    # the largest first, so that none is waited for at the end
    done = in_processes(compared, sorted(cases, key=lambda case: -len(case.problem.tasks)))
    for each in sorted(done, key=lambda each: cases.index(each.case)):
        found[each.case.group].append(each)
        progress(
            f"planning: {each.case.name}: loss {percent(each.loss, 2)}, caps later by {each.later}, "
            f"bound {_bound([each])}, caps proven {each.caps_proven}, optimal {each.optimal}, "
            f"best by {each.best_by}, plan in {each.seconds:.2f} s"
        )
    for group, some in found.items():
        what = (
            f"the shipped catalogue, {len(some)} organisations, 15 days a month"
            if group == "flagship"
            else f"made-up catalogues of {group} measures, {len(some)} of them"
        )
        said.rows.append(
            (
                f"Planning: gain missed by the plan found while one looks, {what}",
                f"the best plan known: {LONG_SEARCHES} long searches, then HiGHS for {SECONDS:.0f} s",
                _loss_text(some),
            )
        )
    said.notes.append(_times_note(found))


def _loss_text(some: Sequence[Compared]) -> str:
    late = [each.later for each in some if each.later is not None]
    caps = (
        "the caps end as early"
        if not late
        else f"caps end later in {len(late)} of {len(some)}, {sum(late)} months in all"
    )
    return f"{spread([each.loss for each in some])}; {caps}; proven of the best known: no plan gains more than {_bound(some)} beyond"


def _bound(some: Sequence[Compared]) -> str:
    known = sorted(each.beyond for each in some if each.beyond is not None)
    return " / ".join([*map(percent, known), *["unknown"] * (len(some) - len(known))])


def _times_note(found: dict[str, list[Compared]]) -> str:
    times = ", ".join(
        f"{group if group == 'flagship' else group + ' measures'} {statistics.median(e.seconds for e in some):.2f} s"
        for group, some in found.items()
    )
    best = [each.best_by for some in found.values() for each in some]
    counts = ", ".join(f"{name} {best.count(name)}" for name in sorted(set(best)))
    return (
        f"The search alone takes, in processor time, {times}. The best plan known was found by: {counts}. "
        f"The long searches make {TIMES_LONGER} times the usual {MOVES:,} moves, from other seeds, in many runs or in one; HiGHS goes on "
        "from the best of them. The made-up catalogues are seeded: roles, a budget, prerequisites, adoption, shared questions, "
        "legal caps and targets, and room for 1/1.35 of the work."
    )


def in_processes(run: Callable[[Any], Any], cases: Sequence[Any]) -> list[Any]:
    """Return what becomes of each case, in any order, two at a time where there are two cores."""
    workers = max(1, min(2, os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = []
        for future in as_completed([pool.submit(run, case) for case in cases]):
            found.append(future.result())
            progress(f"planning: {run.__name__} {len(found)} of {len(cases)}")
    return found


def long_search(problem: Problem, seed: int, moves: int) -> Schedule:
    """Return what a long search from another seed finds; even seeds climb in one run."""
    found = Search(problem, seed=seed)
    starts = [found.filled(found.scheduler.empty)]
    if problem.caps:
        starts.append(found.filled(found.lifted(starts[0], moves=moves // 5)))
    start = min(starts, key=found.of)
    climbed = found.best_of_runs(start, moves=moves) if seed % 2 else found.improved(start, moves=moves)
    return found.tidied(climbed)


def compared(case: Case) -> Compared:
    """Compare the plan of one problem with the best one known."""
    from assessment.roadmap.exact import prove

    problem, judge = case.problem, Search(case.problem)
    made: list[Schedule] = []
    taken = took(lambda: made.append(search(problem)))
    longer = [long_search(problem, seed, MOVES * TIMES_LONGER) for seed in range(1, LONG_SEARCHES + 1)]
    ways = {
        OWN: made[0],
        "a long search in many runs": min(longer[::2], key=judge.of),
        "a long search in one run": min(longer[1::2], key=judge.of),
    }
    start = min(ways.values(), key=judge.of)
    proof = None
    with suppress(OverflowError):  # the solver had no bound yet when its time for the caps was over
        proof = prove(problem, start.begins(problem), seconds=case.seconds)
        last = placed(problem, proof.begins)
        assert last is not None, "a plan of the solver does not keep to the problem"
        ways["HiGHS"] = last
    worths = {name: judge.of(way) for name, way in ways.items()}
    best_by = min(worths, key=lambda name: worths[name])
    own, best = worths[OWN], worths[best_by]
    alike = -min(worth[1] for worth in worths.values() if worth[0] == own[0])
    bounded = proof is not None and isfinite(proof.worth_bound)
    return Compared(
        case=case,
        seconds=taken.processor,
        loss=(alike + own[1]) / alike,
        later=_months(problem, own[0]) - _months(problem, best[0]) if own[0] > best[0] else None,
        beyond=max(0.0, (proof.worth_bound + best[1]) / -best[1]) if proof and bounded else None,
        caps_proven=proof is not None and best[0] <= proof.delay_bound,
        optimal=proof is not None and proof.optimal,
        best_by=best_by,
    )


def _months(problem: Problem, delay: int) -> int:
    """Return the months that caps stay in force, legal and others, no weights counted."""
    return sum(divmod(delay, max((cap.weight for cap in problem.caps), default=1)))


# ── how good, proven ─────────────────────────────────────────────────────────────────────────────────────────────────


def proved(sheet: AnswerSheet) -> tuple[Roadmap, Roadmap]:
    """Return an organisation's plan at 12 days a month, and the same plan proven."""
    from assessment.roadmap.proving import proven

    questionnaire = read_questionnaire("service-transformation")
    first = plan(questionnaire, sheet, capacity=capacity(12))
    return first, proven(questionnaire, sheet, present=first, seconds=PROOF_SECONDS)


def _proof(said: Told, sheets: Sheets) -> None:
    _, sample, _ = read_sample("nordlicht", language="en")
    pairs = in_processes(proved, [sample, *sheets[:2]])
    proofs = [after.proof for _, after in pairs if after.proof is not None]
    more = [(after.gain - before.gain) / after.gain for before, after in pairs if after.delay == before.delay]
    bounds = " / ".join(
        percent(each.beyond) if each.caps_proven else "unknown" for each in sorted(proofs, key=_beyond)
    )
    said.rows.append(
        (
            f"Planning: bound proven within {PROOF_SECONDS} s, the shipped catalogue, the sample and {len(pairs) - 1} others at 12 days",
            "any plan at all",
            f"none gains more than {bounds} beyond; {sum(each.optimal for each in proofs)} of {len(pairs)} proven best, "
            f"of {sum(each.caps_proven for each in proofs)} that no cap ends earlier; "
            f"gains {spread(more)} more than the plan it began with",
        )
    )


def _beyond(proof: Proof) -> float:
    return proof.beyond if proof.caps_proven else inf


# ── made-up catalogues ───────────────────────────────────────────────────────────────────────────────────────────────

PARTS, TOP, ROLES, PERIODS = 6, 4, 5, 24
WEIGHTS_OF_LEVELS = (1.3, 1.2, 0.9, 0.6)
"""The weakest first, where a part has no target."""
WHOLE = 10_000_000
TIGHT = 1.35
"""How many times the room the work of all measures takes."""


class Area(NamedTuple):
    """Questions that belong together."""

    part: int
    questions: range


def synthetic(count: int, seed: int) -> Problem:
    """Return a seeded catalogue of so many measures for 24 months, in which not everything fits."""
    dice = random.Random(f"{count} measures, seed {seed}")
    size = 4 if count < 100 else 5
    areas = [
        Area(number % PARTS, range(number * size, (number + 1) * size))
        for number in range(PARTS * round(2 + sqrt(count) / 4))
    ]
    today = [dice.choices(range(TOP), (35, 35, 22, 8))[0] for _ in range(len(areas) * size)]
    tasks: list[Task] = []
    heights: list[int] = []
    homes: list[int] = []
    for number in range(count):
        home = number % len(areas) if number < 2 * len(areas) else dice.randrange(len(areas))
        height = 2 if number < len(areas) else dice.choices((2, 3, 4), (3, 4, 2))[0]
        effects = _effects(dice, areas, home, height, today)
        lower = [n for n in range(number) if homes[n] == home and heights[n] < height]
        after = {dice.choice(lower)} if lower and dice.random() < 0.6 else set()
        if number > 10 and dice.random() < 0.2:
            after.add(dice.randrange(number))
        tasks.append(_task(dice, f"m{number}", height, effects, tuple(sorted(after))))
        heights.append(height)
        homes.append(home)
    questions, targets = _worths(dice, areas, today, tasks)
    suppliers: dict[int, int] = {}
    for task in tasks:
        for effect in task.effects:
            if today[effect.question] < 2 and effect.needs == 0 and effect.to >= 2 - today[effect.question]:
                suppliers[effect.question] = 2 - today[effect.question]
    legal = dice.sample(sorted(suppliers), min(6, len(suppliers)))
    return Problem(
        tasks=tuple(tasks),
        room=_room(tasks),
        slots_per_period=SLOTS_PER_MONTH,
        budget=round(0.6 * sum(task.cost for task in tasks)),
        questions=questions,
        caps=tuple(Goalpost(question, suppliers[question]) for question in legal),
        targets=targets,
    )


def _effects(
    dice: random.Random, areas: Sequence[Area], home: int, height: int, today: Sequence[int]
) -> tuple[Effect, ...]:
    below = [question for question in areas[home].questions if today[question] < height]
    if not below:
        below = [question for question, level in enumerate(today) if level < height]
    chosen = dice.sample(below, min(len(below), dice.choice((1, 2, 2, 3))))
    if dice.random() < 0.3:
        chosen += dice.sample([q for q, level in enumerate(today) if level < height and q not in chosen], 1)
    found = []
    for question in sorted(chosen):
        step = height - today[question]
        needs = step - 1 if step > 1 and height > 2 and dice.random() < 0.2 else 0
        found.append(Effect(question, needs, step))
    return tuple(found)


def _task(
    dice: random.Random, name: str, height: int, effects: tuple[Effect, ...], after: tuple[int, ...]
) -> Task:
    days = min(60.0, max(2.0, dice.lognormvariate(log(8 + 1.5 * height * len(effects)), 0.5)))
    weeks = min(26.0, max(2.0, days / dice.uniform(1.2, 4.0)))
    total = round(days * 100)
    main, helper = dice.sample(range(ROLES), 2)
    by_role = [0] * ROLES
    by_role[helper] = total * dice.choice((0, 0, 0, 20, 30, 40)) // 100
    by_role[main] = total - by_role[helper]
    return Task(
        name=name,
        length=ceil(weeks * 24 / 52),
        work=(total, *by_role),
        after=after,
        lead=dice.choice((0, 0, 0, 1)),
        lag=dice.choice((0, 0, 0, 1, 2, 4)),
        cost=dice.choice((0, 0, 0, 2000, 5000, 10_000, 20_000)),
        effects=effects,
    )


def _worths(
    dice: random.Random, areas: Sequence[Area], today: Sequence[int], tasks: Sequence[Task]
) -> tuple[tuple[Steps, ...], tuple[int | None, ...]]:
    """Return what each step of each question is worth, and the targets of every second part."""
    weights = [dice.choice((1, 1, 2, 3)) * dice.choice((1, 2, 2, 3)) for _ in today]
    parts = [area.part for area in areas for _ in area.questions]
    questions = []
    for part, level, weight in zip(parts, today, weights, strict=True):
        heights = [1.0] * TOP if part % 2 else WEIGHTS_OF_LEVELS
        share = WHOLE * weight / sum(weights) / TOP
        worth = tuple(round(share * height) * SHARE_BEYOND_TARGET for height in heights[level:])
        questions.append(Steps(worth, part))
    reached = [0] * len(today)
    for task in tasks:
        for effect in task.effects:
            reached[effect.question] = max(reached[effect.question], effect.to)
    most = [0] * PARTS
    for steps, step in zip(questions, reached, strict=True):
        most[steps.part] += sum(steps.worth[:step])
    return tuple(questions), tuple(
        round(dice.choice((0.6, 0.7, 0.8)) * amount) if part % 2 else None for part, amount in enumerate(most)
    )


def _room(tasks: Sequence[Task]) -> tuple[tuple[int, ...], ...]:
    """Return days in all and by role, fewer in July and December; roles have some to spare, and enough for any one task."""
    season = [0.7 if month % 12 in (6, 11) else 1.0 for month in range(PERIODS)]
    rows = []
    for resource in range(ROLES + 1):
        usual = sum(task.work[resource] for task in tasks) / PERIODS / (1.2 if resource else TIGHT)
        month = [ceil(task.work[resource] / task.length) * SLOTS_PER_MONTH for task in tasks]
        usual = max([usual, *month]) if resource else usual
        rows.append(tuple(round(usual * share) for share in season))
    return tuple(rows)


# ── while a proof runs ───────────────────────────────────────────────────────────────────────────────────────────────


def keep_proving(problem: Problem, begun: Any) -> None:
    """Prove the same plan again and again, with little claim to the processor."""
    from assessment.roadmap.exact import prove

    os.nice(10)
    start = search(problem).begins(problem)
    begun.set()
    while True:
        with suppress(OverflowError):  # it had no bound yet when its time for the caps was over
            prove(problem, start, seconds=60)


def _beside(said: Told, questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    if not hasattr(signal, "SIGSTOP"):
        said.notes.append(
            "Planning: what a proof slows down was left out, because processes cannot be halted here."
        )
        return
    context = multiprocessing.get_context("spawn")
    begun = context.Event()
    prover = context.Process(
        target=keep_proving, args=(stated(questionnaire, sheet, 15).problem, begun), daemon=True
    )
    prover.start()
    try:
        begun.wait()
        free = _slowed(questionnaire, sheet, prover.pid or 0)
        own = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
        if own:
            os.sched_setaffinity(prover.pid or 0, own[:1])
            # threads that the solver has begun already, too
            for thread in Path(f"/proc/{prover.pid}/task").iterdir():
                os.sched_setaffinity(int(thread.name), own[:1])
            os.sched_setaffinity(0, own[:1])
            try:
                shared = _slowed(questionnaire, sheet, prover.pid or 0)
            finally:
                os.sched_setaffinity(0, own)
        assert prover.is_alive(), "nothing was proven meanwhile"
    finally:
        os.kill(prover.pid or 0, signal.SIGCONT)
        prover.terminate()
        prover.join()
    for place, what in enumerate(("one plan", "one whole scorecard")):
        one_core = f"; {shared[place]:.2f} × on one core for both" if own else ""
        said.rows.append(
            (
                f"Planning: time for {what} while a plan is proven in another process",
                "while that process is halted",
                f"{free[place]:.2f} × its time{one_core}",
            )
        )


def _slowed(questionnaire: Questionnaire, sheet: AnswerSheet, prover: int) -> tuple[float, float]:
    """Return how many times longer a plan and a scorecard take beside the prover: medians of neighbours in time."""
    ratios: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        times: dict[bool, tuple[float, float]] = {}
        # which comes first alternates, because the machine's mood drifts
        for halted in (True, False) if number % 2 else (False, True):
            os.kill(prover, signal.SIGSTOP if halted else signal.SIGCONT)
            time.sleep(0.05)
            times[halted] = (
                took(lambda: plan(questionnaire, sheet, capacity=capacity(15))).clock,
                took(lambda: [score(questionnaire, sheet) for _ in range(100)]).clock,
            )
        for found, beside, alone in zip(ratios, times[False], times[True], strict=True):
            found.append(beside / alone)
    progress("planning: measured beside a proof")
    return statistics.median(ratios[0]), statistics.median(ratios[1])


def main() -> None:
    """Measure only the planner, and print what the page would say."""
    from bench import random_sheet

    questionnaire = read_questionnaire("service-transformation")
    said = measured(questionnaire, [random_sheet(questionnaire, seed) for seed in range(20)])
    print("\n".join(f"| {what} | {peer} | {ratio} |" for what, peer, ratio in said.rows))
    print("\n" + "\n\n".join(said.notes))


if __name__ == "__main__":
    main()
