"""The part of the benchmarks that makes the shortest schedule of projects whose best known lengths are public: PSPLIB.

The instances (Kolisch and Sprecher 1997) are not part of this repository. They are looked for in the folder that PSPLIB or
the first argument names, else in shared/data/psplib beside the repository: a folder of .sm files for each set, and
bounds.csv with the columns set, instance and best_known. Each instance has one second of one thread; a checker of its own,
which knows nothing of the scheduler, goes through each schedule slot by slot.
"""

import csv
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench_scoring import Told

from assessment.roadmap.problem import Problem, Task
from assessment.roadmap.shortest import shortest

HERE = Path(__file__).parent
BESIDE = HERE.parent.parent / "shared" / "data" / "psplib"
SECONDS = 1.0
RESERVE = 0.05
"""Of the second, what is kept for putting the schedule together."""
ENDLESS = 10**9
SETS = {"j30": 30, "j60": 60, "j120": 120}


class Project(NamedTuple):
    """An instance as its file tells it."""

    length: list[int]
    needs: list[list[int]]
    """By job and resource."""
    followers: list[list[int]]
    there: list[int]
    """By resource."""


class Run(NamedTuple):
    """What became of an instance."""

    instance: str
    length: int
    best_known: int
    proven: bool
    seconds: float
    fault: str | None

    @property
    def gap(self) -> float:
        """How much longer than the best known, in percent."""
        return (self.length / self.best_known - 1) * 100


def measured(folder: Path | None = None) -> Told:
    """Measure and tell; without instances, tell that they are not there."""
    place = folder or Path(os.environ.get("PSPLIB") or BESIDE)
    told = Told([], [])
    if not (place / "bounds.csv").is_file():
        told.notes.append(
            "The shortest schedules were left out: the instances of PSPLIB are not there (`PSPLIB` names their folder)."
        )
        return told
    for name, jobs in SETS.items():
        runs = list(_runs(place, name))
        if not runs:
            continue
        faults = [f"{run.instance}: {run.fault}" for run in runs if run.fault]
        reached = sum(run.length <= run.best_known for run in runs)
        shown = f"{reached} of {len(runs)} as short; {statistics.mean(run.gap for run in runs):.2f} % longer in the mean"
        what = f"Shortest schedule of {jobs} tasks with four kinds of people, {SECONDS:.0f} second each, one thread ({len(runs)} of PSPLIB {name})"
        told.rows.append(
            (what, "the best known", shown if not faults else f"{shown}; wrong: {'; '.join(faults)}")
        )
        told.notes.append(
            f"PSPLIB {name}: {sum(run.proven for run in runs)} of {len(runs)} proven by our own bound; "
            f"the largest gap is {max(run.gap for run in runs):.1f} %; the longest run took {max(run.seconds for run in runs):.2f} s; "
            f"every schedule was checked slot by slot, and {len(faults)} were wrong."
        )
    return told


def _runs(place: Path, name: str) -> Iterator[Run]:
    with (place / "bounds.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["set"] == name]
    for row in rows:
        file = place / name / f"{row['instance']}.sm"
        if file.is_file():
            yield run(row["instance"], project(file.read_text("latin-1")), int(row["best_known"]))


def run(instance: str, found: Project, best_known: int) -> Run:
    """Return how long the shortest schedule found in a second is."""
    begin = time.perf_counter()
    until = begin + SECONDS - RESERVE
    made = shortest(stated(found), moves=ENDLESS, stop=lambda: time.perf_counter() > until)
    taken = time.perf_counter() - begin
    return Run(instance, made.end, best_known, made.proven, taken, fault(found, made.begins, made.end))


def project(text: str) -> Project:
    """Return what an .sm file tells; jobs are counted from 0."""
    lines = text.splitlines()

    def below(title: str, skipped: int) -> list[list[str]]:
        first = next(number for number, line in enumerate(lines) if line.startswith(title)) + skipped
        last = next(number for number in range(first, len(lines)) if lines[number].startswith("***"))
        return [line.split() for line in lines[first:last]]

    followers = [[int(job) - 1 for job in words[3:]] for words in below("PRECEDENCE RELATIONS", 2)]
    requests = [[int(word) for word in words] for words in below("REQUESTS/DURATIONS", 3)]
    (there,) = below("RESOURCEAVAILABILITIES", 2)
    return Project(
        [row[2] for row in requests], [row[3:] for row in requests], followers, [int(word) for word in there]
    )


def stated(found: Project) -> Problem:
    """Return an instance as a problem of ours: a slot is a period, and work is need by length."""
    after: list[list[int]] = [[] for _ in found.length]
    for job, followers in enumerate(found.followers):
        for one in followers:
            after[one].append(job)
    tasks = tuple(
        Task(str(job), length, tuple(each * length for each in needs), tuple(after[job]))
        for job, (length, needs) in enumerate(zip(found.length, found.needs, strict=True))
    )
    return Problem(tasks, tuple((amount,) for amount in found.there), slots_per_period=1)


def fault(found: Project, begins: dict[int, int], end: int) -> str | None:
    """Return what is wrong with a schedule, if anything is."""
    jobs = range(len(found.length))
    if set(begins) != set(jobs) or min(begins.values()) < 0:
        return "a job has no begin"
    for job in jobs:
        if begins[job] + found.length[job] > end:
            return f"job {job + 1} ends behind the end"
        for one in found.followers[job]:
            if begins[one] < begins[job] + found.length[job]:
                return f"job {one + 1} begins before job {job + 1} has ended"
    for slot in range(end):
        at_work = [job for job in jobs if begins[job] <= slot < begins[job] + found.length[job]]
        for resource, there in enumerate(found.there):
            if sum(found.needs[job][resource] for job in at_work) > there:
                return f"too much of resource {resource + 1} in slot {slot}"
    return None


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    told = measured(Path(arguments[0]) if arguments else None)
    for row in told.rows:
        print("| " + " | ".join(row) + " |")
    print("\n".join(told.notes))


if __name__ == "__main__":
    main(sys.argv[1:])
