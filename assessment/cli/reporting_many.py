"""The reports of a folder of assessments, on every core that there is."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import click

from assessment.cli.telling import write
from assessment.errors import AnswersError, AssessmentError, Problem, ReportError
from assessment.loader.places import Place, places_of

AHEAD = 4
"""So many sheets a worker wait in line, so that memory stays flat however many there are."""


class Asking(NamedTuple):
    """A report to be made in another process."""

    place: Place
    output: Path


Make = Callable[[Place], bytes]
"""Makes the file of one sheet; must be known by name to other processes, or be a partial of one that is."""


def write_reports(answers: Path, folder: Path, suffix: str, *, make: Make) -> int:
    """Write a report for each sheet of a folder or of a file with one in each line, and return how many.

    Args:
        answers: where the sheets are.
        folder: where the reports go; made if it is not there.
        suffix: of the reports.
        make: makes one.

    Raises:
        AssessmentError: with the problems of every sheet that could not be reported; the other reports are written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReportError(
            [
                Problem(
                    "the folder cannot be made: {reason}.",
                    "Choose a place that is yours and has room.",
                    file=str(folder),
                    values={"reason": reason},
                )
            ]
        ) from None
    tasks = list(_tasks(answers, folder, suffix))
    if not tasks:
        remedy = "Give a folder of answers files (.json, .yaml), or a .jsonl file with one in each line."
        raise AnswersError([Problem("there are no answers here.", remedy, file=str(answers))])
    problems: list[Problem] = []
    written = 0
    workers = min(len(tasks), _cores())
    with (
        click.progressbar(
            length=len(tasks), label="Reports", file=sys.stderr, hidden=not sys.stderr.isatty(), show_pos=True
        ) as bar,
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool,
    ):
        for done in _in_turn(pool, tasks, make, ahead=workers * AHEAD):
            found = done.result()
            problems += found
            written += not found
            bar.update(1)
    if problems:
        raise ReportError(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
    return written


def _in_turn(
    pool: ProcessPoolExecutor, tasks: list[Asking], make: Make, *, ahead: int
) -> Iterator[Future[list[Problem]]]:
    waiting = iter(tasks)
    running = {pool.submit(_write_one, task, make) for task in islice(waiting, ahead)}
    while running:
        done = next(as_completed(running))
        running.remove(done)
        for task in waiting:
            running.add(pool.submit(_write_one, task, make))
            break
        yield done


def _write_one(task: Asking, make: Make) -> list[Problem]:
    """Write one report, in a process of its own; return what kept it from being written."""
    try:
        write(make(task.place), task.output)
    except AssessmentError as error:
        return list(error.problems)
    return []


def _tasks(answers: Path, folder: Path, suffix: str) -> Iterator[Asking]:
    """Yield each sheet with its report's file: named like the sheet's own, with the line where a file has many."""
    taken: set[str] = set()
    for place in places_of(answers):
        stem = place.file.stem if place.line is None else f"{place.file.stem}-{place.line}"
        name, number = stem, 2
        while name in taken:  # a.json and a.yaml in one folder
            name, number = f"{stem}-{number}", number + 1
        taken.add(name)
        yield Asking(place, folder / f"{name}{suffix}")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
