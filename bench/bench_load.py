"""The part of the benchmarks that lets many people answer at the same time, where firms run it, and finds where it becomes slow.

The people are a process of its own on the same cores (`peers/crowd.py`): each has a connection that speaks Streamlit's protocol,
thinks about 5 s before each answer, from half of it to half more, and so falls out of step with the others. Each acknowledged
answer is looked up in the database afterwards.

`python bench/bench_load.py` measures everything, `python bench/bench_load.py sqlite postgresql three knee` those parts;
`--small` with fewer people and for a shorter time, to see that it works.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from bench_app import HERE, ROOT, begun, lost, scales, share, stolen
from bench_scoring import Told
from peers import crowd
from peers.crowd import Errand, Given
from places import PLACES, Place

THOUGHT = 5.0
WANTED, TOO_SLOW = 0.15, 1.0
"""Seconds within which 95 of 100 answers should be there; and where the search for the knee ends."""


class Size(NamedTuple):
    """How much is measured."""

    one: int
    """People at one process."""
    three: int
    """People at three."""
    joining: float
    steady: float
    first: int
    """People of the first step of the search for the knee; twice as many at each further one."""
    most: int
    step: float
    """Seconds of one step."""


LARGE = Size(one=200, three=500, joining=30.0, steady=90.0, first=25, most=3200, step=30.0)
SMALL = Size(one=20, three=30, joining=5.0, steady=10.0, first=5, most=10, step=8.0)


class Load(NamedTuple):
    """What came of one crowd."""

    people: int
    times: list[float]
    """Seconds of each answer after everybody had come, sorted."""
    steady: float
    errors: dict[str, int]
    given: int
    missing: list[str]
    arrivals: list[float]
    turns: list[float]
    memory: float
    servers: float
    """Seconds of processor time of the app servers."""
    crowd: float
    rest: float
    """The same of everything else on the machine: the database, nginx, and what has nothing to do with it."""
    stolen: float

    def at(self, part: float) -> float:
        """Return the time of this part of the answers, in seconds; without any answer, for ever."""
        return share(self.times, part) if self.times else float("inf")

    def count(self) -> int:
        """Return how many errors there were."""
        return sum(self.errors.values())


def load(place: Place, people: int, *, joining: float, steady: float) -> Load:
    """Let so many people come and answer."""
    made = begun(place.database, people)
    errand = Errand(place.url, [one.token for one in made], scales(), THOUGHT, joining, steady)
    with stolen() as away:
        used, busy = place.cpu(), _busy()
        done = subprocess.run(
            [sys.executable, str(HERE / "peers" / "crowd.py")],
            input=json.dumps(asdict(errand)),
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE), str(ROOT)))},
            capture_output=True,
            text=True,
            check=True,
        )
        used, busy, memory = place.cpu() - used, _busy() - busy, place.memory()
    came = crowd.Told(**json.loads(done.stdout))
    given = [Given(*one) for one in came.given]
    return Load(
        people=people,
        times=sorted(one.seconds for one in given if one.at >= joining),
        steady=steady,
        errors=came.errors,
        given=len(given),
        missing=lost(place.database, made, given, or_more=bool(came.errors)),
        arrivals=came.arrivals,
        turns=came.turns,
        memory=memory,
        servers=used,
        crowd=came.cpu,
        rest=max(0.0, busy - used - came.cpu),
        stolen=away[0],
    )


def _busy() -> float:
    """Return the seconds that the cores have worked so far; 0 where the system does not say."""
    try:
        with Path("/proc/stat").open(encoding="ascii") as stat:
            ticks = [int(each) for each in stat.readline().split()[1:8]]
    except OSError:
        return 0.0
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def measured(parts: Sequence[str] = (), size: Size = LARGE) -> Told:
    """Measure and tell."""
    told = Told([], [])
    for name, opened in PLACES.items():
        if not parts or name in parts:
            with opened() as place:
                people = size.three if len(place.servers) > 1 else size.one
                _tell(told, place.name, load(place, people, joining=size.joining, steady=size.steady))
    if not parts or "knee" in parts:
        for name in ("sqlite", "three"):
            _knee(told, PLACES[name], size)
    return told


def _tell(told: Told, place: str, came: Load) -> None:
    told.rows.append(
        (
            f"Load: 95th percentile of an answer while {came.people} people answer, about {THOUGHT:.0f} s of thought before each, {place}",
            f"{1000 * WANTED:.0f} ms",
            f"{came.at(0.95) / WANTED:.2f} × it ({1000 * came.at(0.95):.0f} ms; {came.count()} errors in {len(came.times):,} answers)",
        )
    )
    kept = (
        f"{len(came.missing)} of {came.given:,} acknowledged answers were LOST: {'; '.join(came.missing[:3])}"
        if came.missing
        else f"all {came.given:,} acknowledged answers were in the database, each as often as it was given"
    )
    told.notes.append(
        f"Load, {place}, {came.people} people for {came.steady:.0f} s after all had come, {len(came.times) / came.steady:.0f} answers a "
        f"second: 50th, 95th and 99th percentile {_three(came)} ms, the slowest {1000 * came.at(1):.0f} ms; a page turned "
        f"{1000 * share(sorted(came.turns), 0.95):.0f} ms, the first page {1000 * share(sorted(came.arrivals), 0.95):.0f} ms (95th "
        f"percentile); {came.count()} errors{''.join(f'; {count} × {what}' for what, count in came.errors.items())}; {kept}. "
        f"Memory of the largest app server {came.memory:.0f} MB. {_whose(came)}"
    )


def _three(came: Load) -> str:
    return ", ".join(f"{1000 * came.at(part):.0f}" for part in (0.5, 0.95, 0.99))


def _whose(came: Load) -> str:
    return (
        f"Processor time: app servers {came.servers:.0f} s ({1000 * came.servers / max(1, came.given):.1f} ms an answer), the people "
        f"{came.crowd:.0f} s, everything else on this machine, the database "
        f"included, {came.rest:.0f} s; other machines of this host had {100 * came.stolen:.0f} % of the {os.cpu_count()} cores' time."
    )


def _knee(told: Told, opened: Callable[[], AbstractContextManager[Place]], size: Size) -> None:
    """Double the people until an answer takes too long; each time with servers that have just begun."""
    steps: list[Load] = []
    people, name = size.first, ""
    while people <= size.most and (not steps or steps[-1].at(0.95) <= TOO_SLOW):
        with opened() as place:
            name = place.name
            joining = max(size.step / 3, people / 15)  # nobody opens twenty tabs a second
            steps.append(load(place, people, joining=joining, steady=size.step))
        people *= 2
    fits = max((one.people for one in steps if one.at(0.95) <= WANTED), default=0)
    slow = next((one.people for one in steps if one.at(0.95) > TOO_SLOW), None)
    bend = (
        f"fast up to {fits}, over 1 s at {slow}"
        if slow
        else f"fast up to {fits}, never over 1 s up to {size.most}"
    )
    told.rows.append(
        (
            f"Load: people of whom 95 of 100 answers take at most {1000 * WANTED:.0f} ms, doubled from {size.first}, {name}",
            "200",
            bend,
        )
    )
    told.notes.append(
        f"Load, the knee, {name}, {size.step:.0f} s each with servers that have just begun: "
        + "; ".join(
            f"{one.people} people {_three(one)} ms (50th, 95th, 99th percentile), {len(one.times) / one.steady:.0f} answers a second, "
            f"app servers {100 * one.servers / (one.steady + max(size.step / 3, one.people / 15)):.0f} % of a core, {one.count()} errors"
            f"{f', {len(one.missing)} answers LOST' if one.missing else ''}, stolen {100 * one.stolen:.0f} %"
            for one in steps
        )
        + "."
    )


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if not word.startswith("-")]
    said = measured(asked, SMALL if "--small" in sys.argv else LARGE)
    print("\n".join(" | ".join(row) for row in said.rows), *said.notes, sep="\n\n")
