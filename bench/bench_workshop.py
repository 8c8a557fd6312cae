"""The part of the benchmarks that measures a workshop with many people over Streamlit's own protocol.

The people are a process of its own (`peers/room.py`) on the same cores. Some questions are voted on over half a minute, one by
everybody within two seconds. Every acknowledged vote is looked up in the database afterwards.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench_app import HERE, ROOT, database_in, milliseconds, ours, share, stolen
from bench_scoring import Told
from peers import room
from peers.room import Plan, Seen, Voted

from assessment.loader import read_sample
from assessment.store import Store
from assessment.workshop import ROLES

PEOPLE, JOINING = 200, 20.0
SPANS = (25.0, 25.0, 2.0)
"""Seconds within which everybody votes on a question; the last is everybody at once."""
QUESTIONS = ("e1-q2", "w1-q3", "w1-q4")


def measured() -> Told:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        leader, seats = _gathered(folder)
        plan = Plan("", leader, seats, JOINING, list(SPANS))
        with ours(folder) as server, stolen() as away:
            used = server.cpu()
            done = subprocess.run(
                [sys.executable, str(HERE / "peers" / "room.py")],
                input=json.dumps(asdict(plan) | {"url": server.url}),
                env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE), str(ROOT)))},
                capture_output=True,
                text=True,
                check=True,
            )
            used = server.cpu() - used
        came = room.Told(**json.loads(done.stdout))
        votes, seen = [Voted(*one) for one in came.votes], [Seen(*one) for one in came.seen]
        with sqlite3.connect(folder / "assessment.db") as database:
            stored = dict(
                database.execute("SELECT question, count(*) FROM vote GROUP BY question").fetchall()
            )
    steady = sorted(vote.seconds for vote in votes if vote.round < len(SPANS))
    burst = sorted(vote.seconds for vote in votes if vote.round == len(SPANS))
    late = max(behind(votes, seen), default=0.0)
    errors = sum(came.errors.values())
    told = Told([], [])
    for what, times in (("votes over 25 s", steady), ("everybody votes within 2 s", burst)):
        told.rows.append(
            (
                f"Workshop: 95th percentile of a vote's acknowledgement, {PEOPLE} people, {what}, one process, on disk",
                "300 ms",
                f"{share(times, 0.95) / 0.3:.2f} × it ({1000 * share(times, 0.95):.0f} ms; {errors} errors in {len(votes)} votes)",
            )
        )
    told.rows.append(
        (
            f"Workshop: how far the facilitator's count was behind the acknowledged votes at most, {PEOPLE} people",
            "3 s",
            f"{late / 3:.2f} × it ({late:.1f} s)",
        )
    )
    lost = len(votes) - sum(stored.values())
    told.notes.append(
        f"Workshop, {PEOPLE} people who came within {JOINING:.0f} s and voted on {len(SPANS)} questions: a vote over 25 s {milliseconds(steady)}, "
        f"all within 2 s {milliseconds(burst)}, the page on coming {milliseconds(came.arrivals)} (medians, in brackets the 95th "
        f"percentile). {len(votes)} votes acknowledged, {sum(stored.values())} in the database"
        f"{'' if lost <= 0 else f', {lost} LOST'}. {errors} errors"
        f"{''.join(f'; {count} × {what}' for what, count in came.errors.items())}. The people used {came.cpu:.0f} s of processor time, "
        f"the server {used:.0f} s. Other machines of this host had {100 * away[0]:.0f} % of the cores' time."
    )
    return told


def _gathered(folder: Path) -> tuple[str, list[str]]:
    """Open a workshop on the sample and let everybody take a seat; return the private link and the seats."""
    _, sheet, subject = read_sample("nordlicht", language="en")
    with Store(database_in(folder)) as store:
        made = store.put(sheet, subject, language="en")
        live = store.workshops.open(made.assessment, smallest=4, agenda=QUESTIONS)
        seats = [store.seats.join(live.code or "", ROLES[number % len(ROLES)]) for number in range(PEOPLE)]
    return made.token, [seat.token for seat in seats]


def behind(votes: Sequence[Voted], seen: Sequence[Seen]) -> list[float]:
    """Return for each look at the count how long ago the oldest vote was acknowledged that it did not count; 0 if none."""
    found = []
    for look in seen:
        acknowledged = sorted(vote.at for vote in votes if vote.round == look.round)
        missing = acknowledged[look.count :] if look.count < len(acknowledged) else []
        found.append(max(0.0, look.at - missing[0]) if missing else 0.0)
    return found


if __name__ == "__main__":
    one = measured()
    for row in one.rows:
        print(" | ".join(row))
    print(*one.notes, sep="\n\n")
