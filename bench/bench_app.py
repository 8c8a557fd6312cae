"""The part of the benchmarks that measures the app over Streamlit's own protocol, against an empty page of Streamlit.

The peer is Streamlit as its name alone installs it: its default settings, without the packages of its `performance` extra
(`peers/stock.py`), showing one word (`peers/empty_app.py`). The same empty page on our server's settings tells what the
settings do and what our pages cost. Visitors (`peers/visitor.py`) speak the protocol of the browser's WebSocket; the clock
runs from sending a choice to the report that the script has run, and each answer is looked up in the database afterwards.

`python bench/bench_app.py` measures everything, `python bench/bench_app.py answers crowd paint bytes` those parts.
"""

import asyncio
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench_scoring import Told
from peers import crowd
from peers.crowd import Errand, Given, Person
from peers.visitor import Visitor
from peers.walk import Step, Walk

from assessment.answers import asked
from assessment.loader import read_sample
from assessment.questionnaire import Questionnaire
from assessment.questions import LevelQuestion
from assessment.store import Created, Store

HERE = Path(__file__).parent
ROOT = HERE.parent
PEERS = HERE / "peers"
ROUNDS, TURNS, PAUSE = 5, 12, 0.1
"""Rounds, each with so many open answers and so many changed ones; seconds between two reruns, in which a server can rest."""
PEOPLE, THOUGHT, JOINING, STEADY = 200, 5.0, 30.0, 60.0
LOADS = 9
LANGUAGES = ("de", "nl", "en")
MOST_SENT = 60_000
"""Bytes that a rerun should send at most."""
STOCK = "an empty page of stock Streamlit"
SETTLED = "an empty page on our server's settings"


def measured(parts: Sequence[str] = ()) -> Told:
    """Measure and tell; without a browser, what only a browser can tell is left out."""
    told = Told([], [])
    for name, measure in PARTS.items():
        if not parts or name in parts:
            measure(told)
    return told


# ── servers, and assessments to answer ───────────────────────────────────────────────────────────────────────────────


class Server(NamedTuple):
    """A server that runs."""

    url: str
    pid: int

    def memory(self) -> float:
        """Return what the process holds in memory, in MB; 0 where the system does not say."""
        status = Path(f"/proc/{self.pid}/status")
        said = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.is_file() else None
        return int(said[1]) / 1000 if said else 0.0

    def cpu(self) -> float:
        """Return the seconds of processor time that it has used; 0 where the system does not say."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.is_file():
            return 0.0
        fields = stat.read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(command: Callable[[int], list[str]], folder: Path, **environment: str) -> Iterator[Server]:
    """Start a server in a folder and stop it afterwards; its settings come from the command and the folder alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith("STREAMLIT_")
    }
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *command(port)],
            cwd=folder,
            env={**kept, "HOME": str(folder), **environment},
            stdout=log,
            stderr=log,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.1)
        else:
            raise AssertionError(f"a server did not start:\n{(folder / 'server.log').read_text()}")
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def ours(folder: Path, **environment: str) -> Iterator[Server]:
    """Serve the app as a user does, with its data in a folder if its environment names no other database."""
    command = lambda port: ["-m", "assessment", "serve", "--port", str(port), "--data", str(folder)]
    settings = {"ASSESSMENT_DATA": str(folder), "PYTHONPATH": str(ROOT)} | environment
    with running(command, folder, **settings) as server:
        asyncio.run(_arrived(server, "start"))
        yield server


@contextmanager
def stock() -> Iterator[Server]:
    """Serve an empty page by `streamlit run` with default settings, but for the port, the browser and the statistics."""
    settings = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"]

    def command(port: int) -> list[str]:
        return [str(PEERS / "stock.py"), "run", "empty_app.py", f"--server.port={port}", *settings]

    with tempfile.TemporaryDirectory() as name:
        shutil.copy(PEERS / "empty_app.py", name)
        with running(command, Path(name)) as server:
            asyncio.run(_arrived(server, ""))
            yield server


@contextmanager
def settled() -> Iterator[Server]:
    """Serve an empty page by our server with our settings."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(PEERS / "empty_app.py", folder)
        shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
        script = str(folder / "empty_app.py")
        command = lambda port: [str(PEERS / "settled.py"), script, str(port)]
        with running(command, folder, PYTHONPATH=str(ROOT)) as server:
            asyncio.run(_arrived(server, ""))
            yield server


async def _arrived(server: Server, page: str) -> None:
    """Visit a page once: what the first visitor pays for is no part of any figure."""
    async with Visitor(server.url) as visitor:
        await visitor.arrive(page)


def begun(database: str, count: int) -> list[Created]:
    """Make assessments of the sample's profile with nothing answered."""
    _, sheet, subject = read_sample("nordlicht", language="en")
    empty = sheet.model_copy(update={"answers": ()})
    with Store(database) as store:
        return [store.put(empty, subject, language="en") for _ in range(count)]


def scales() -> dict[str, int]:
    """Return the questions with levels that are asked, and how many levels each has."""
    questionnaire, sheet, _ = read_sample("nordlicht", language="en")
    return {
        question.id: len(question.control().options)
        for question in asked(questionnaire, sheet.model_copy(update={"answers": ()}))
        if isinstance(question, LevelQuestion)
    }


def lost(
    database: str, made: Sequence[Created], given: Sequence[Given], *, or_more: bool = False
) -> list[str]:
    """Return the answers that are not in the database as they were given last, or not as often as they were given.

    `or_more` where somebody may have given one more whose acknowledgement never came.
    """
    questionnaire: Questionnaire = read_sample("nordlicht", language="en")[0]
    times: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one in given:
        times[one.person, one.question].append(one.option)
    missing = []
    with Store(database) as store:
        stored = {person: store.open(made[person].token) for person, _ in times}
    for (person, question), options in times.items():
        wanted = questionnaire.questions_by_id[question].control().options[options[-1]]
        answer = stored[person].sheet.by_question.get(question)
        if or_more and stored[person].revision(question) == len(options) + 1:
            continue
        if answer is None or answer.value != wanted or stored[person].revision(question) != len(options):
            missing.append(f"person {person}, {question}: {options} given, {answer} stored")
    return missing


def database_in(folder: Path) -> str:
    """Return the URL of the database in a folder."""
    return f"sqlite:///{folder / 'assessment.db'}"


# ── one answer, against an empty page ────────────────────────────────────────────────────────────────────────────────


class Beside(NamedTuple):
    """One answer, and the peers' reruns right beside it; seconds."""

    round: int
    was_open: bool
    ours: float
    stock: float
    settled: float


def _answers(told: Told) -> None:
    """One person: open questions and changed answers in turn, each with a rerun of both empty pages beside it."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        made = begun(database_in(folder), ROUNDS)
        given: list[Given] = []
        servers = [stack.enter_context(each) for each in (ours(folder), stock(), settled())]
        found = [
            one
            for number in range(ROUNDS)
            for one in asyncio.run(_round(number, servers, made[number].token, given))
        ]
        stack.close()
        missing = lost(database_in(folder), made, given)
    ways = {
        "one answer, on disk, each open question once": [one for one in found if one.was_open],
        "one answer changed, on disk": [one for one in found if not one.was_open],
        "one answer on disk, open and changed in turn": found,
    }
    for what, here in ways.items():
        for peer, of in ((STOCK, "stock"), (SETTLED, "settled")):
            told.rows.append((f"App: {what}", f"a rerun of {peer}", _against(here, of)))
    middle = ", ".join(
        f"{what} {milliseconds([getattr(one, of) for one in here])}"
        for what, here, of in (
            ("an open question answered", ways[next(iter(ways))], "ours"),
            ("an answer changed", [one for one in found if not one.was_open], "ours"),
            (f"a rerun of {STOCK}", found, "stock"),
            (f"a rerun of {SETTLED}", found, "settled"),
        )
    )
    told.notes.append(
        f"App, one person, {ROUNDS} rounds of {TURNS} open questions and {TURNS} changed answers, each beside a rerun of both empty "
        f"pages: {middle} (medians, in brackets the 95th percentile). {_stored(missing, len(given))} Stock Streamlit is "
        "`streamlit run` with its defaults, without uvloop, httptools and orjson, whose import is blocked. "
        f"The visitors share the {os.cpu_count()} cores; {_load()}."
    )


async def _round(number: int, servers: Sequence[Server], token: str, given: list[Given]) -> list[Beside]:
    """One assessment: open questions and changed answers in turn."""
    dice, found = Random(number), []
    async with AsyncExitStack() as stack:
        own, plain, tuned = [
            await stack.enter_async_context(Visitor(server.url, query=query))
            for server, query in zip(servers, (f"a={token}&lang=en", "", ""), strict=True)
        ]
        await own.arrive(crowd.PAGE)
        own.check()
        await plain.arrive()
        await tuned.arrive()
        person = Person(own, dice, scales())
        for turn in range(2 * TURNS):
            times = {}
            for which in dice.sample(("ours", "stock", "settled"), 3):
                await asyncio.sleep(PAUSE)
                if which == "ours":
                    done = await person.answer_open() if turn % 2 == 0 else await person.change()
                    assert done is not None
                    question, option, run = done
                    given.append(Given(number, question, option, turn % 2 == 0, run.seconds, 0.0))
                else:
                    run = await (plain if which == "stock" else tuned).rerun()
                times[which] = run.seconds
            found.append(Beside(number, turn % 2 == 0, **times))
    return found


def _against(found: Sequence[Beside], peer: str) -> str:
    """Return the ratio of the medians, and from which to which round it goes."""
    ratios = [
        _ratio([one for one in found if one.round == number], peer)
        for number in sorted({one.round for one in found})
    ]
    return f"{_ratio(found, peer):.2f} × its time ({min(ratios):.2f} to {max(ratios):.2f})"


def _ratio(found: Sequence[Beside], peer: str) -> float:
    return statistics.median(one.ours for one in found) / statistics.median(
        getattr(one, peer) for one in found
    )


def _stored(missing: Sequence[str], count: int) -> str:
    if missing:
        return f"{len(missing)} of {count:,} answers were not in the database as given: {'; '.join(missing[:3])}."
    return f"All {count:,} answers were in the database as given, each as often as it was given."


# ── many people ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _crowd(told: Told) -> None:
    """Two hundred people, in a process of their own, at one process of ours."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = begun(database_in(folder), PEOPLE)
        errand = Errand("", [one.token for one in made], scales(), THOUGHT, JOINING, STEADY)
        with ours(folder) as server, stolen() as away:
            before, used = server.memory(), server.cpu()
            done = subprocess.run(
                [sys.executable, str(PEERS / "crowd.py")],
                input=json.dumps(asdict(errand) | {"url": server.url}),
                env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE), str(ROOT)))},
                capture_output=True,
                text=True,
                check=True,
            )
            after, used = server.memory(), server.cpu() - used
        came = crowd.Told(**json.loads(done.stdout))
        given = [Given(*one) for one in came.given]
        missing = lost(database_in(folder), made, given)
    steady = [one for one in given if one.at >= JOINING]
    times = sorted(one.seconds for one in steady)
    errors = sum(came.errors.values())
    told.rows.append(
        (
            f"App: 95th percentile of an answer while {PEOPLE} people answer, about {THOUGHT:.0f} s of thought before each, "
            "one process, everything on disk",
            "150 ms",
            f"{share(times, 0.95) / 0.15:.2f} × it ({1000 * share(times, 0.95):.0f} ms; {errors} errors in {len(times):,} answers)",
        )
    )
    kinds = ", ".join(
        f"{what} {milliseconds([one.seconds for one in steady if one.was_open == is_open])}"
        for what, is_open in (("open questions answered", True), ("answers changed", False))
    )
    told.notes.append(
        f"App, {PEOPLE} people who came within {JOINING:.0f} s and then answered for {STEADY:.0f} s, {len(times) / STEADY:.0f} answers a second: "
        f"50th, 95th and 99th percentile {', '.join(f'{1000 * share(times, part):.0f}' for part in (0.5, 0.95, 0.99))} ms, "
        f"the slowest {1000 * times[-1]:.0f} ms; {kinds}; a page turned {milliseconds(came.turns)}; the first page "
        f"{milliseconds(came.arrivals)} (medians, in brackets the 95th percentile). {errors} errors"
        f"{''.join(f'; {count} × {what}' for what, count in came.errors.items())}. {_stored(missing, len(given))} "
        f"The server's memory went from {before:.0f} to {after:.0f} MB. The people are a process of their own on the same "
        f"{os.cpu_count()} cores: it used {came.cpu:.0f} s of processor time, the server {used:.0f} s, in {JOINING + STEADY:.0f} s. "
        f"Meanwhile other machines of this host had {100 * away[0]:.0f} % of the cores' time. Somebody who waits gives the next answer later."
    )


def share(times: Sequence[float], part: float) -> float:
    """Return the smallest of the sorted times that this part of them does not exceed."""
    return times[min(len(times) - 1, int(part * len(times)))] if times else 0.0


def milliseconds(times: Sequence[float]) -> str:
    """Return the median of some seconds, and in brackets their 95th percentile."""
    ordered = sorted(times)
    if not ordered:
        return "never"
    return f"{1000 * statistics.median(ordered):.0f} ms ({1000 * share(ordered, 0.95):.0f} ms)"


@contextmanager
def stolen() -> Iterator[list[float]]:
    """Give a list in which the share of the cores' time that the host took away stands afterwards; 0 where it is not told."""
    share = [0.0]
    before = _ticks()
    yield share
    passed = [after - then for after, then in zip(_ticks(), before, strict=True)]
    share[0] = passed[7] / sum(passed[:8]) if sum(passed[:8]) else 0.0


def _ticks() -> list[int]:
    stat = Path("/proc/stat")
    return [int(each) for each in stat.read_text().split("\n")[0].split()[1:]] if stat.is_file() else [0] * 10


def _load() -> str:
    return f"the machine's load was {os.getloadavg()[0]:.1f}"


# ── first paint ──────────────────────────────────────────────────────────────────────────────────────────────────────

WATCH = """
(() => {
  const look = () => {
    const main = document.querySelector('[data-testid=stMain]');
    if (main?.querySelector('h1, [data-testid=stMarkdownContainer] p')) window.contentAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})();
"""
"""Notes when the page's first heading or paragraph is there; what is shown while it loads is not in the page's main part."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


class Load(NamedTuple):
    """One load by a browser that has never been there; milliseconds after the address was called."""

    paint: float
    content: float
    bytes: float


def _paint(told: Told) -> None:
    """The start page and an empty page, in turn, each in a browser of its own."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        told.notes.append("No Chromium is there, the rows on the first paint are left out.")
        return
    found: dict[str, list[Load]] = {"ours": [], "stock": []}
    with tempfile.TemporaryDirectory() as name, ours(Path(name)) as own, stock() as plain:
        addresses = {"ours": own.url, "stock": plain.url}
        for number in range(LOADS + 1):
            for which in Random(number).sample(sorted(addresses), 2):
                load = _loaded(path, addresses[which])
                if number:  # the first finds the browser's own files cold
                    found[which].append(load)
    for what, of in (("first paint of the start page", "paint"), ("content of the start page", "content")):
        ratios = [getattr(a, of) / getattr(b, of) for a, b in zip(found["ours"], found["stock"], strict=True)]
        middle = {
            which: statistics.median(getattr(load, of) for load in loads) for which, loads in found.items()
        }
        told.rows.append(
            (
                f"App: {what}, a browser that was never there (median of {LOADS})",
                STOCK,
                f"{middle['ours'] / middle['stock']:.2f} × its time ({min(ratios):.2f} to {max(ratios):.2f}; "
                f"{middle['ours']:.0f} and {middle['stock']:.0f} ms)",
            )
        )
    sent = {which: statistics.median(load.bytes for load in loads) / 1e6 for which, loads in found.items()}
    told.notes.append(
        "The first paint is Chromium's First Contentful Paint: ours is the line that says in the reader's language that the page "
        f"loads, then as for the peer what Streamlit draws. Sent over HTTP: {sent['ours']:.2f} MB and {sent['stock']:.2f} MB; {_load()}."
    )


def _loaded(path: str, address: str) -> Load:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(WATCH)
        page.goto(address)
        page.wait_for_function(
            "() => window.contentAt && performance.getEntriesByName('first-contentful-paint').length"
        )
        paint, content, size = page.evaluate(
            "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.contentAt,"
            " performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0)]"
        )
        browser.close()
    return Load(paint, content, size)


# ── what a rerun sends ───────────────────────────────────────────────────────────────────────────────────────────────


def _bytes(told: Told) -> None:
    """A walk through every page of the sample in each language."""
    with tempfile.TemporaryDirectory() as name, ours(Path(name)) as server:
        steps = {language: asyncio.run(walked(server.url, language)) for language in LANGUAGES}
    largest = {language: max(found, key=lambda step: step.run.size) for language, found in steps.items()}
    language, most = max(largest.items(), key=lambda pair: pair[1].run.size)
    count = sum(map(len, steps.values()))
    told.rows.append(
        (
            f"App: the most that a rerun sends, of {count} on a walk through every page of the sample",
            f"{MOST_SENT / 1000:.0f} kB",
            f"{most.run.size / MOST_SENT:.2f} × it ({most.run.size / 1000:.0f} kB: {most.page}, {most.what}, “{language}”)",
        )
    )
    pages = defaultdict(list)
    for step in steps[language]:
        pages[step.page].append(step.run.size)
    over = sum(step.run.size > MOST_SENT for found in steps.values() for step in found)
    told.notes.append(
        f"App, the most that a rerun of each page sends over the WebSocket (“{language}”): "
        + ", ".join(f"{page} {max(sizes) / 1000:.0f} kB" for page, sizes in pages.items())
        + f". {over} of {count} reruns send more than {MOST_SENT / 1000:.0f} kB. Of the largest: {_parts(most)}."
    )


async def walked(url: str, language: str) -> list[Step]:
    """Return every rerun of a walk in one language."""
    async with Visitor(url, query=f"lang={language}") as visitor:
        return [step async for step in Walk(visitor).steps()]


def _parts(step: Step) -> str:
    kinds: dict[str, list[int]] = defaultdict(list)
    for part in step.parts:
        kinds[part.kind].append(part.size)
    ordered = sorted(kinds.items(), key=lambda pair: -sum(pair[1]))
    return ", ".join(f"{len(sizes)} {kind} {sum(sizes) / 1000:.0f} kB" for kind, sizes in ordered[:5])


PARTS: dict[str, Callable[[Told], None]] = {
    "answers": _answers,
    "crowd": _crowd,
    "paint": _paint,
    "bytes": _bytes,
}


if __name__ == "__main__":
    said = measured(sys.argv[1:])
    print("\n".join(" | ".join(row) for row in said.rows), *said.notes, sep="\n\n")
