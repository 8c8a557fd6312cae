"""The part of the benchmarks that tells whether the app's memory grows: six hours of fifty people, put into twenty minutes.

Who comes stays for twenty minutes in life; here for seconds. Each comes in with a link of their own, answers what is still open,
opens results, roadmap and report, and leaves; as many as in six hours. The process's memory is read all the while. After a third
of the visits, when what is kept on purpose is there, a line is laid through the rest: its slope should be nothing, or less than
its own uncertainty. In the end everybody has gone, and so should their sessions and threads.

`python bench/bench_soak.py --minutes 18`; `--visits 30` for fewer of them, to see that it works.
"""

import argparse
import asyncio
import math
import re
import socket
import statistics
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench_app import Server, database_in, ours, scales, share, stolen
from bench_scoring import Told
from peers.crowd import TROUBLE, Person
from peers.visitor import Visitor

from assessment.loader import read_sample
from assessment.store import Store

PEOPLE, HOURS, STAY = 50, 6, 20
"""Who would be there at the same time, for so many hours, each for so many minutes."""
VISITS = PEOPLE * HOURS * 60 // STAY
OPEN = 8
"""Questions that are still open when somebody comes."""
INSIDE = 12
"""So many are there at the same time at most: on a busy machine they would pile up, and memory would tell that and nothing else."""
THOUGHT = 0.2
"""Seconds before each step."""
BLOCKS = 12
"""The samples are put together to so many: neighbours in time are alike, and would make the line look surer than it is."""
REST = 150.0
"""Seconds after which Streamlit has forgotten the sessions of tabs that were closed (120), and a little more."""


class Sample(NamedTuple):
    """What the process held at a moment."""

    at: float
    visits: int
    """How many had gone by then."""
    memory: float


class Slope(NamedTuple):
    """A line through the samples."""

    by: float
    """MB a hundred visits."""
    error: float
    """Its standard error."""


def slope(samples: list[Sample]) -> Slope:
    """Return how memory grows with the visits, by least squares through the means of blocks."""
    size = max(1, math.ceil(len(samples) / BLOCKS))
    blocks = [samples[start : start + size] for start in range(0, len(samples), size)]
    x = [statistics.fmean(one.visits for one in block) / 100 for block in blocks]
    y = [statistics.fmean(one.memory for one in block) for block in blocks]
    if len(blocks) < 3 or len(set(x)) < 2:
        return Slope(0.0, math.inf)
    line = statistics.linear_regression(x, y)
    left = sum((b - line.intercept - line.slope * a) ** 2 for a, b in zip(x, y, strict=True))
    spread = sum((a - statistics.fmean(x)) ** 2 for a in x)
    return Slope(line.slope, math.sqrt(left / (len(blocks) - 2) / spread))


class Soak:
    """The people, one after the other and some at a time, and what the process holds meanwhile."""

    def __init__(self, server: Server, tokens: list[str], *, minutes: float) -> None:
        self.server, self.tokens, self.minutes = server, tokens, minutes
        self.scales = scales()
        self.room = asyncio.Semaphore(INSIDE)
        self.begin = time.perf_counter()
        self.samples: list[Sample] = []
        self.gone = 0
        self.seconds: dict[str, list[float]] = {}
        self.errors: Counter[str] = Counter()

    async def run(self) -> None:
        """Let everybody come and go."""
        watch = asyncio.create_task(self._watch())
        await asyncio.gather(*(self._visit(number) for number in range(len(self.tokens))))
        watch.cancel()

    async def _watch(self) -> None:
        while True:
            now = time.perf_counter() - self.begin
            self.samples.append(Sample(now, self.gone, self.server.memory()))
            await asyncio.sleep(1)

    async def _visit(self, number: int) -> None:
        await asyncio.sleep(60 * self.minutes * number / len(self.tokens))
        try:
            async with (
                self.room,
                Visitor(self.server.url, query=f"a={self.tokens[number]}&lang=en") as visitor,
            ):
                person = Person(visitor, Random(number), self.scales)
                self._note("the first page", (await visitor.arrive("questions")).seconds)
                visitor.check()
                for _ in range(OPEN):
                    await visitor.think(THOUGHT)
                    self._note("an answer", (await person.answer_open())[2].seconds)
                for page in ("results", "roadmap", "report"):
                    await visitor.think(THOUGHT)
                    self._note(page, (await visitor.visit(page)).seconds)
                    visitor.check()
                    await visitor.think(1.0)  # what a page brings later
        except TROUBLE as error:
            self.errors[f"{type(error).__name__}: {error}"[:200]] += 1
        self.gone += 1

    def _note(self, what: str, seconds: float) -> None:
        self.seconds.setdefault(what, []).append(seconds)


def threads(server: Server) -> int:
    """Return how many threads the process has; 0 where the system does not say."""
    status = Path(f"/proc/{server.pid}/status")
    said = re.search(r"Threads:\s+(\d+)", status.read_text()) if status.is_file() else None
    return int(said[1]) if said else 0


def figure(port: int, name: str) -> float:
    """Return one of the figures that the server has for Prometheus."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        found = re.search(rf"^{name} (\S+)$", answer.read().decode(), re.MULTILINE)
    return float(found[1]) if found else math.nan


def begun(database: str, count: int) -> list[str]:
    """Make assessments of the sample in which some questions on a scale are still open; return their links."""
    _, sheet, subject = read_sample("nordlicht", language="en")
    names, made = list(scales()), []
    with Store(database) as store:
        for number in range(count):
            still_open = set(Random(number).sample(names, OPEN + 4))
            answers = tuple(answer for answer in sheet.answers if answer.question not in still_open)
            mine = sheet.model_copy(update={"answers": answers})
            made.append(store.put(mine, subject, language="en").token)
    return made


def measured(*, minutes: float = 18.0, visits: int = VISITS, rest: float = REST) -> Told:
    """Measure and tell."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tokens = begun(database_in(folder), visits)
        with ours(folder, ASSESSMENT_METRICS_PORT=str(port)) as server, stolen() as away:
            fresh, at_first = server.memory(), threads(server)
            soak = Soak(server, tokens, minutes=minutes)
            asyncio.run(soak.run())
            took, most = time.perf_counter() - soak.begin, figure(port, "assessment_sessions_open")
            busy = threads(server)
            time.sleep(rest)
            left, memory, idle = figure(port, "assessment_sessions_open"), server.memory(), threads(server)
    warm = [one for one in soak.samples if one.visits >= visits / 3]
    found = slope(warm)
    whole = found.by * visits / 100
    errors = sum(soak.errors.values())
    told = Told([], [])
    told.rows.append(
        (
            f"Soak: memory after the first third of {visits} visits, as many as {PEOPLE} people make in {HOURS} hours, one process",
            "flat",
            f"{found.by:+.1f} ± {2 * found.error:.1f} MB a hundred visits, of {warm[0].memory:.0f} MB; {errors} errors",
        )
    )
    told.notes.append(
        f"Soak, {visits} visits in {took / 60:.1f} minutes, each with {OPEN} answers, results, roadmap and report: memory "
        f"{fresh:.0f} MB at first, {warm[0].memory:.0f} MB after a third, {statistics.fmean(one.memory for one in soak.samples[-10:]):.0f} MB "
        f"after all, {memory:.0f} MB {rest:.0f} s later; the line's slope {found.by:+.2f} MB a hundred visits, twice its standard error "
        f"{2 * found.error:.2f} (in {HOURS} hours {whole:+.0f} MB). Threads {at_first}, {busy} as the last one left, {idle} in the end; sessions "
        f"{most:.0f} and {left:.0f}. "
        + ", ".join(
            f"{what} {1000 * share(sorted(taken), 0.95):.0f} ({1000 * share(sorted(taken), 0.5):.0f}) ms"
            for what, taken in soak.seconds.items()
        )
        + f" (95th percentile, in brackets the median). {errors} errors"
        f"{''.join(f'; {count} × {what}' for what, count in soak.errors.items())}. "
        f"Other machines of this host had {100 * away[0]:.0f} % of the cores' time."
    )
    return told


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=18.0)
    options.add_argument("--visits", type=int, default=VISITS)
    options.add_argument("--rest", type=float, default=REST)
    said = measured(**vars(options.parse_args()))
    print("\n".join(" | ".join(row) for row in said.rows), *said.notes, sep="\n\n")
