"""Benchmarks as ratios against a peer in the same run: `make bench` writes docs/benchmarks.md.

A figure in seconds says more about the machine than about us; a ratio to something everybody knows, measured in the same
minute on the same machine, can be compared. `python bench/everything.py app` measures the app, the workshop and the store alone and leaves the rest
of the page as it is; `python bench/everything.py load` does so with what a firm asks for: many people at once, a full database, six hours.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import bench_app
import bench_load
import bench_planning
import bench_psplib
import bench_reports
import bench_scoring
import bench_soak
import bench_store
import bench_workshop
from bench_scoring import Told

from assessment.answers import Answer, AnswerSheet, asked
from assessment.loader import read_questionnaire, read_sample
from assessment.questionnaire import Questionnaire, Section
from assessment.scoring import evaluate, read, score
from assessment.store import Store

HERE = Path(__file__).parent


def seconds(run: Callable[[], object], *, times: int = 5) -> float:
    """Return the median time of several runs, in seconds."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def random_sheet(questionnaire: Questionnaire, seed: int) -> AnswerSheet:
    """Return a seeded sheet in which everything asked is answered."""
    dice = random.Random(seed)
    _, sample, _ = read_sample("nordlicht", language="en")
    bare = sample.model_copy(update={"answers": ()})
    answers = tuple(
        Answer(
            question=q.id,
            value=dice.random() < 0.7 if q.type == "yes_no" else dice.choice((1, 1, 2, 2, 2, 3, 3, 4)),
        )
        for q in asked(questionnaire, bare)
    )
    return AnswerSheet(
        questionnaire=bare.questionnaire, version=bare.version, profile=bare.profile, answers=answers
    )


def exact(questionnaire: Questionnaire, section: Section, values: dict[str, int]) -> Fraction | None:
    """The peer of scoring: the weighted mean of means in exact fractions, and nothing else."""
    terms = [(Fraction(str(p.weight)), exact(questionnaire, p, values)) for p in section.sections]
    terms += [
        (Fraction(str(q.weight)), Fraction(values[q.id]) if q.id in values else None)
        for q in section.questions
    ]
    known = [(weight, value) for weight, value in terms if value is not None and weight]
    return sum(w * v for w, v in known) / sum(w for w, _ in known) if known else None


def saves_together(folder: Path, people: int, each: int) -> float:
    """Return the time for many people to save at once through the store."""
    with Store(f"sqlite:///{folder / 'ours.db'}") as store:
        made = [
            store.create("service-transformation", "1.0.0", language="en").assessment for _ in range(people)
        ]

        def work(assessment: str) -> None:
            for number in range(each):
                store.save_answer(assessment, Answer(question=f"q{number}", value=3), seen=0)

        return seconds(lambda: list(ThreadPoolExecutor(people).map(work, made)), times=1)


def saves_alone(folder: Path, people: int, each: int) -> float:
    """The peer of storage: a connection for each save, the same durability."""
    file = folder / "peer.db"
    with sqlite3.connect(file) as database:
        database.execute("pragma journal_mode=wal")
        database.execute(
            "create table answer(assessment int, question text, value int, primary key(assessment, question))"
        )

    def work(person: int) -> None:
        for number in range(each):
            with sqlite3.connect(file, timeout=60) as database:
                database.execute("pragma synchronous=full")
                database.execute("insert into answer values(?, ?, 3)", (person, f"q{number}"))

    return seconds(lambda: list(ThreadPoolExecutor(people).map(work, range(people))), times=1)


PAGE = HERE.parent / "docs" / "benchmarks.md"


def storage() -> tuple[str, str, str]:
    """Measure the store against a connection for each save."""
    ratios = []
    for _ in range(5):  # the disk's mood changes from run to run: each ratio is of two neighbours in time
        with tempfile.TemporaryDirectory() as name:
            ratios.append(saves_together(Path(name), 40, 20) / saves_alone(Path(name), 40, 20))
    return (
        "Storage: 40 people saving 20 answers each at once, durable (median of 5 pairs)",
        "a connection for each save",
        f"{statistics.median(ratios):.2f} × its time ({min(ratios):.2f} to {max(ratios):.2f})",
    )


def app_alone() -> None:
    """Measure the app and how the store saves, and put them in the place of what the page says of them."""
    parts = (Told([storage()], []), bench_app.measured(), bench_workshop.measured())
    replace(parts, "Storage:", "App:", "App,", "The first paint", "Workshop:", "Workshop,")


def load_alone() -> None:
    """Measure what a firm asks for, one after the other, and put it in the place of what the page says of it."""
    parts = (bench_load.measured(), bench_store.measured(), bench_soak.measured())
    replace(parts, "Load:", "Load,", "Store:", "Store,", "Soak:", "Soak,")


def replace(parts: Iterable[Told], *begin: str) -> None:
    """Put rows and notes in the place of those on the page that begin so; the rest of the page stays."""
    here = (*begin, *(f"| {each}" for each in begin))
    kept = [line for line in PAGE.read_text("utf-8").split("\n") if not line.startswith(here)]
    last = max(number for number, line in enumerate(kept) if line.startswith("| "))
    parts = list(parts)
    rows = [f"| {' | '.join(row)} |" for part in parts for row in part.rows]
    text = "\n".join([*kept[: last + 1], *rows, *kept[last + 1 :]]).rstrip("\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    notes = [note for part in parts for note in part.notes]
    PAGE.write_text("\n\n".join([text, *notes]) + "\n", encoding="utf-8")
    print(*rows, *notes, sep="\n\n")


def main() -> None:
    """Measure and write the page."""
    questionnaire = read_questionnaire("service-transformation")
    sheets = [random_sheet(questionnaire, seed) for seed in range(20)]
    rows = []

    values = [{a.question: int(a.value) for a in s.answers if not isinstance(a.value, bool)} for s in sheets]  # type: ignore[arg-type]
    worths = [read(questionnaire, s).given for s in sheets]
    bare = seconds(lambda: [exact(questionnaire, questionnaire.whole, v) for v in values])
    light = seconds(lambda: [evaluate(questionnaire, w) for w in worths])
    whole = seconds(lambda: [score(questionnaire, s) for s in sheets])
    rows.append(
        (
            "Scoring: index, levels and caps of one set of answers",
            "exact weighted mean in fractions, index only",
            f"{light / bare:.2f} × its time",
        )
    )
    rows.append(
        (
            "Scoring: the whole scorecard (self-rated and confirmed, ranges, coverage, caps)",
            "the same",
            f"{whole / bare:.1f} × its time",
        )
    )

    plans = bench_planning.measured(questionnaire, sheets)
    rows += plans.rows
    shortest = bench_psplib.measured()
    rows += shortest.rows

    reports = bench_reports.measured()
    rows += reports.rows

    rows.append(storage())

    many = bench_scoring.measured()
    rows += many.rows

    served = [part.measured() for part in (bench_app, bench_workshop, bench_load, bench_store, bench_soak)]
    rows += [row for told in served for row in told.rows]
    notes = "\n\n".join(note for told in (plans, shortest, reports, many, *served) for note in told.notes)

    table = "\n".join(f"| {what} | {peer} | {ratio} |" for what, peer, ratio in rows)
    page = (
        "# Benchmarks\n\nWritten by `make bench`: ratios against a peer in the same run, so that they mean the same on another machine.\n"
        "Below 1 × its time is faster than the peer, above 1 × its rate or its gain is better.\n\n"
        f"| what | peer | ratio |\n| --- | --- | --- |\n{table}\n\n{notes}\n"
    )
    PAGE.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    {"app": app_alone, "load": load_alone}.get("".join(sys.argv[1:2]), main)()
