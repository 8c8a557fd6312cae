"""The part of the benchmarks that asks a full database for every list that the app shows: 10,000 assessments, a million answers.

They lie on the desks of one large firm (300 clients) and 35 smaller ones, with sites, people, links, contributions, workshops, a
history and a trail, put in in bulk. Each list is asked for many times, each time of another client or assessment, as a member who
has signed in; what the trail notes of it is part of its time.

`python bench/bench_store.py` measures both databases, `python bench/bench_store.py sqlite` one; `--small` with a fiftieth of it.
"""

import asyncio
import hashlib
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import psycopg
from bench_app import database_in, ours, share, stolen
from bench_scoring import Told
from peers.visitor import Visitor
from places import postgresql
from sqlalchemy import Table, make_url

from assessment.answers import Answer
from assessment.loader import read_sample
from assessment.store import Store, Who
from assessment.store.codes import hashed
from assessment.store.records import answer_as_row, profile_as_json
from assessment.store.tables import (
    ANSWER,
    ANSWER_HISTORY,
    ASSESSMENT,
    CLIENT,
    CONTRIBUTED,
    CONTRIBUTION,
    FILED,
    INVITATION,
    LINK,
    MEMBERSHIP,
    PERSON,
    SEAT,
    SITE,
    TRAIL,
    VOTE,
    WORKSHOP,
    WORKSPACE,
)

NOW = datetime.now(UTC).replace(microsecond=0)
ANSWERS, SITES, WAVES = 100, 2, 5
"""Answers of an assessment, sites of a client, assessments of a site."""
WANTED = 0.1
"""Seconds within which 95 of 100 lists should be there."""
TIMES = 200
FILE = "What is stored about me"


class Size(NamedTuple):
    """How much is in the database."""

    clients: int
    """Of the large firm."""
    desks: int
    """Of smaller firms."""
    each: int
    """Clients of a smaller firm."""
    people: int
    """Members of the large firm; the smaller ones have a tenth."""


LARGE = Size(clients=300, desks=35, each=20, people=100)
SMALL = Size(clients=10, desks=1, each=10, people=10)


class Full(NamedTuple):
    """What opens something of a full database."""

    desk: str
    """The id of the large firm's desk; its private link is the word `token` makes of it."""
    person: str
    """One of its owners."""
    clients: list[str]
    assessments: list[str]
    """On the large firm's desk."""
    rows: dict[str, int]
    seconds: float
    """How long it took to fill."""


def named(kind: str, *numbers: int) -> str:
    """Return an id that is the same each time."""
    return hashlib.sha256(f"{kind} {numbers}".encode()).hexdigest()[:32]


def token(identifier: str) -> str:
    """Return the secret part of a private link to what has this id."""
    return f"secret-{identifier}"


# ── a full database ──────────────────────────────────────────────────────────────────────────────────────────────────


def filled(database: str, size: Size) -> Full:
    """Fill an empty database."""
    Store(database).close()  # makes the tables
    begin, rows, full = time.perf_counter(), {}, _Filling(size)
    with _bulk(database) as put:
        for table, lines in full.tables():
            rows[table.name] = rows.get(table.name, 0) + put(table, lines)
    return Full(
        named("desk", 0),
        named("person", 0, 0),
        full.clients,
        full.assessments,
        rows,
        time.perf_counter() - begin,
    )


class _Filling:
    """Makes the lines of all tables, desk by desk."""

    def __init__(self, size: Size) -> None:
        self.size, self.dice = size, Random(1)
        self.clients: list[str] = []
        self.assessments: list[str] = []
        _, sheet, subject = read_sample("nordlicht", language="en")
        self.sheet, self.subject = sheet, subject
        self.answers = [answer_as_row(answer) for answer in sheet.answers[:ANSWERS]]

    def tables(self) -> Iterator[tuple[Table, Iterable[dict[str, Any]]]]:
        for desk in range(self.size.desks + 1):
            workspace = named("desk", desk)
            link = {
                "id": workspace,
                "token_hash": hashed(token(workspace)),
                "name": f"Firm {desk} (fictitious)",
            }
            yield WORKSPACE, [link | {"created_at": NOW, "pools": None}]
            yield from self._people(desk, workspace)
            count = self.size.each if desk else self.size.clients
            for number in range(count):
                yield from self._client(desk, number, workspace)

    def _people(self, desk: int, workspace: str) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
        people = [named("person", desk, n) for n in range(max(2, self.size.people // (10 if desk else 1)))]
        yield (
            PERSON,
            [
                {
                    "id": one,
                    "issuer": "https://id.example",
                    "subject": one,
                    "email": f"{one[:8]}@example.org",
                    "name": f"Person {one[:8]}",
                    "created_at": NOW,
                    "seen_at": NOW,
                }
                for one in people
            ],
        )
        yield (
            MEMBERSHIP,
            [
                {
                    "workspace": workspace,
                    "person": one,
                    "role": "consultant" if n else "owner",
                    "client": None,
                    "since": NOW,
                }
                for n, one in enumerate(people)
            ],
        )
        yield (
            INVITATION,
            [
                {
                    "id": named("invitation", desk, n),
                    "token_hash": hashed(named("invitation", desk, n)),
                    "workspace": workspace,
                    "client": None,
                    "role": "reader",
                    "email": f"new{n}@example.org",
                    "created_at": NOW,
                    "until": NOW + timedelta(days=14),
                }
                for n in range(len(people) // 2)
            ],
        )

    def _client(self, desk: int, number: int, workspace: str) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
        client = named("client", desk, number)
        if not desk:
            self.clients.append(client)
        name = f"Client {desk}-{number} (fictitious)"
        yield (
            CLIENT,
            [
                {
                    "id": client,
                    "workspace": workspace,
                    "name": name,
                    "note": "",
                    "brand": None,
                    "created_at": NOW,
                    "archived_at": None,
                }
            ],
        )
        for place in range(SITES):
            site = named("site", desk, number, place)
            weight = self.dice.randrange(1_000, 900_000)
            row = {
                "id": site,
                "client": client,
                "name": f"Site {place}",
                "contacts": weight,
                "heads": weight // 900,
            }
            yield SITE, [row | {"created_at": NOW}]
            for wave in range(WAVES):
                yield from self._assessment(desk, (desk, number, place, wave), site, workspace, name)

    def _assessment(
        self, desk: int, key: tuple[int, ...], site: str, workspace: str, name: str
    ) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
        one, dice = named("assessment", *key), self.dice
        if not desk:
            self.assessments.append(one)
        held = date(2022, 3, 1) + timedelta(days=300 * key[-1])
        yield (
            ASSESSMENT,
            [
                {
                    "id": one,
                    "token_hash": hashed(token(one)),
                    "questionnaire": self.sheet.questionnaire,
                    "version": self.sheet.version,
                    "language": "en",
                    "created_at": NOW,
                    "changed_at": NOW,
                    "organisation": name,
                    "unit": "",
                    "author": "",
                    "held_on": held,
                    "short": False,
                    "profile": profile_as_json(self.sheet.profile),
                    "plan": None,
                    "brand": None,
                    "earlier_on": None,
                }
            ],
        )
        yield (
            FILED,
            [
                {
                    "assessment": one,
                    "site": site,
                    "next_step": "Call",
                    "next_on": NOW.date(),
                    "archived_at": None,
                }
            ],
        )
        stamped = {"assessment": one, "changed_at": NOW, "writer": ""}
        yield ANSWER, [row | stamped | {"revision": 2} for row in self.answers]
        yield ANSWER_HISTORY, [row | stamped | {"revision": 1} for row in dice.sample(self.answers, 10)]
        yield (
            LINK,
            [
                {
                    "token_hash": hashed(f"{one} {n}"),
                    "assessment": one,
                    "created_at": NOW,
                    "role": "reader",
                    "label": f"Link {n}",
                    "until": None,
                }
                for n in range(3)
            ],
        )
        yield (
            TRAIL,
            [
                {
                    "at": NOW,
                    "act": "saw",
                    "person": named("person", desk, n % 2),
                    "link": "",
                    "assessment": one,
                    "workspace": workspace,
                    "what": "",
                }
                for n in range(20)
            ],
        )
        if dice.random() < 0.1:
            yield from self._others(one)

    def _others(self, one: str) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
        """Give an assessment twelve contributors, and a workshop with twenty people that is under way."""
        given = [
            {key: value for key, value in row.items() if key != "respondent"} for row in self.answers[:40]
        ]
        for n in range(12):
            contribution = hashlib.sha256(f"{one} {n}".encode()).hexdigest()[:32]
            yield (
                CONTRIBUTION,
                [
                    {
                        "id": contribution,
                        "assessment": one,
                        "respondent": f"Person {n}",
                        "role": "agent",
                        "received_at": NOW,
                        "token_hash": hashed(contribution),
                        "until": NOW + timedelta(days=30),
                    }
                ],
            )
            more = {"contribution": contribution, "confidence": None, "changed_at": NOW, "settled": False}
            yield CONTRIBUTED, [row | more for row in given]
        workshop = hashlib.sha256(f"{one} w".encode()).hexdigest()[:32]
        row: dict[str, Any] = dict.fromkeys(("closed_at", "until", "left", "topic", "brought"))
        row |= {"id": workshop, "assessment": one, "code": workshop[:9], "opened_at": NOW, "smallest": 4}
        row |= {"phase": "voting", "question": "w1-q1", "round": 1, "revision": 2, "agenda": '["w1-q1"]'}
        yield WORKSHOP, [row | {"topics": "[]"}]
        seats = [hashlib.sha256(f"{one} s {n}".encode()).hexdigest()[:32] for n in range(20)]
        yield (
            SEAT,
            [
                {
                    "id": seat,
                    "workshop": workshop,
                    "token_hash": hashed(seat),
                    "role": "agent",
                    "joined_at": NOW,
                }
                for seat in seats
            ],
        )
        vote = {"workshop": workshop, "question": "w1-q1", "round": 1, "value": json.dumps(3)}
        yield VOTE, [vote | {"seat": seat} for seat in seats]


@contextmanager
def _bulk(database: str) -> Iterator[Callable[[Table, Iterable[dict[str, Any]]], int]]:
    """Give what puts lines into a table of this database, as fast as its driver can."""
    if database.startswith("sqlite"):
        with sqlite3.connect(make_url(database).database or "") as connection:

            def put(table: Table, lines: Iterable[dict[str, Any]]) -> int:
                lines = list(lines)
                names = list(lines[0])
                asked = f"INSERT INTO {table.name} ({_quoted(names)}) VALUES ({', '.join('?' * len(names))})"
                connection.executemany(asked, [[_as_text(line[name]) for name in names] for line in lines])
                return len(lines)

            yield put
        return
    with psycopg.connect(make_url(database).set(drivername="postgresql").render_as_string(False)) as server:
        kept: dict[str, list[dict[str, Any]]] = {}

        def copy(table: str) -> None:
            names = list(kept[table][0])
            with server.cursor().copy(f"COPY {table} ({_quoted(names)}) FROM STDIN") as there:
                for line in kept[table]:
                    there.write_row([line[name] for name in names])

        def keep(table: Table, lines: Iterable[dict[str, Any]]) -> int:
            before = len(kept.setdefault(table.name, []))
            kept[table.name] += lines
            return len(kept[table.name]) - before

        yield keep
        for table in (one.name for one in ASSESSMENT.metadata.sorted_tables if one.name in kept):
            copy(table)
    with psycopg.connect(
        make_url(database).set(drivername="postgresql").render_as_string(False), autocommit=True
    ) as server:
        server.execute("VACUUM ANALYZE")  # as its own housekeeping does within minutes


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _as_text(value: Any) -> Any:
    """Return a value as the program writes it into SQLite."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


# ── the lists ────────────────────────────────────────────────────────────────────────────────────────────────────────


def lists(store: Store, full: Full) -> dict[str, Callable[[Random], object]]:
    """Return every list that the app shows, and what is asked for it."""
    seen, desk = store.seen_by(Who(person=full.person)), full.desk
    one = lambda dice: dice.choice(full.assessments)
    client = lambda dice: seen.clients.client(desk, dice.choice(full.clients))

    def over_time(dice: Random) -> None:
        for site in client(dice).sites:
            for filed in site.assessments:
                seen.clients.read(desk, filed.assessment)

    def together(dice: Random) -> None:
        for site in client(dice).sites:
            seen.clients.read(desk, site.assessments[0].assessment)

    return {
        "one's desks": lambda _: seen.people.desks(),
        "the desk with its clients": lambda _: seen.clients.workspace(desk),
        "a client with its sites": client,
        "a client over time, ten assessments read": over_time,
        "a client's sites together, two assessments read": together,
        "an assessment": lambda dice: seen.open(one(dice)),
        "an assessment by its link": lambda dice: store.seen_by(Who()).open(token(one(dice))),
        "one answer": lambda dice: seen.open_part(one(dice), "w1-q1"),
        "an answer's history": lambda dice: seen.history(one(dice), "w1-q1"),
        "contributions": lambda dice: seen.contributions.all(one(dice)),
        "links": lambda dice: seen.links.all(one(dice)),
        "members": lambda _: seen.people.members(desk),
        "invitations": lambda _: seen.people.invited(desk),
        "a workshop's desk": lambda dice: seen.workshops.desk(one(dice)),
        "a workshop's record": lambda dice: seen.workshops.record(one(dice)),
        "an assessment's trail": lambda dice: seen.trail.of(one(dice)),
        "the desk's trail": lambda _: seen.trail.of_desk(desk),
        FILE: lambda _: seen.privacy.about_me(),
        "an answer saved": lambda dice: seen.save_answer(
            one(dice), Answer(question="w1-q2", value=dice.randrange(1, 5)), seen=99
        ),
    }


def asked_for(database: str, full: Full, *, times: int) -> dict[str, list[float]]:
    """Return the seconds of each list, sorted; each list is warm, what it shows is not."""
    dice, found = Random(2), {}
    with Store(database) as store:
        for name, ask in lists(store, full).items():
            ask(dice)
            found[name] = taken = []
            for _ in range(times):
                begin = time.perf_counter()
                ask(dice)
                taken.append(time.perf_counter() - begin)
            taken.sort()
    return found


async def pages(url: str, full: Full, *, times: int) -> dict[str, list[float]]:
    """Return the seconds of each page of the desk over the real protocol, sorted; each of another client."""
    dice, found = Random(3), {}
    views = {"the list of clients": "", "a client": "&k={}", "a client, together": "&k={}&v=together"}
    for name, query in (views | {"a client, over time": "&k={}&v=time"}).items():
        found[name] = taken = []
        for number in range(times + 1):
            asked = f"d={token(full.desk)}&lang=en{query.format(dice.choice(full.clients))}"
            async with Visitor(url, query=asked) as visitor:
                run = await visitor.arrive("clients")
                visitor.check()
            if number:  # the first finds the page's own code cold
                taken.append(run.seconds)
        taken.sort()
    return found


def measured(parts: Sequence[str] = (), size: Size = LARGE, times: int = TIMES) -> Told:
    """Measure and tell."""
    told = Told([], [])
    if not parts or "sqlite" in parts:
        with tempfile.TemporaryDirectory() as name:
            _tell(told, "SQLite", database_in(Path(name)), Path(name), size, times)
    if not parts or "postgresql" in parts:
        with tempfile.TemporaryDirectory() as name, postgresql() as url:
            _tell(told, "PostgreSQL", url, Path(name), size, times)
    return told


def _tell(told: Told, kind: str, database: str, folder: Path, size: Size, times: int) -> None:
    full = filled(database, size)
    with stolen() as away:
        found = asked_for(database, full, times=times)
    about = found.pop(FILE)
    worst = max(found, key=lambda name: share(found[name], 0.95))
    slow = [name for name, taken in found.items() if share(taken, 0.95) > WANTED]
    count = f"{full.rows['assessment']:,} assessments with {full.rows['answer']:,} answers"
    told.rows.append(
        (
            f"Store: the slowest of {len(found)} lists, 95th percentile of {times}, {count}, {kind}",
            f"{1000 * WANTED:.0f} ms",
            f"{share(found[worst], 0.95) / WANTED:.2f} × it ({_ms(found[worst])} ms: {worst}; {len(slow)} over {1000 * WANTED:.0f} ms)",
        )
    )
    told.notes.append(
        f"Store, {kind}, filled in {full.seconds:.0f} s ({', '.join(f'{n:,} {table}' for table, n in full.rows.items())}). 95th percentile "
        f"of {times}, in brackets the median: "
        + ", ".join(
            f"{name} {_ms(taken)} ({1000 * share(taken, 0.5):.1f}) ms" for name, taken in found.items()
        )
        + f". {FILE} is a file to be downloaded, not a list: {_ms(about)} ({1000 * share(about, 0.5):.1f}) ms, most of it for the trail of "
        f"somebody who looked at every assessment of the firm ten times. The large firm has {size.clients} clients. Other machines of this "
        f"host had {100 * away[0]:.0f} % of the cores' time."
    )
    with ours(folder, DATABASE_URL=database) as server:
        shown = asyncio.run(pages(server.url, full, times=max(5, times // 10)))
    told.notes.append(
        f"Store, {kind}, the same database seen as whole pages over the real protocol, scores and drawing included, each of another "
        f"client that nobody has looked at before: "
        + ", ".join(
            f"{name} {_ms(taken)} ({1000 * share(taken, 0.5):.1f}) ms" for name, taken in shown.items()
        )
        + "."
    )


def _ms(taken: Sequence[float]) -> str:
    return f"{1000 * share(taken, 0.95):.1f}"


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if not word.startswith("-")]
    is_small = "--small" in sys.argv
    said = measured(asked, SMALL if is_small else LARGE, 20 if is_small else TIMES)
    print("\n".join(" | ".join(row) for row in said.rows), *said.notes, sep="\n\n")
