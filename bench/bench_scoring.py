"""The part of the benchmarks that scores many sheets, against SurveyJS and against a loop written by hand in JavaScript.

Time is processor time, each rate is the median of five rounds, and the peers run between ours; each ratio is the median of
three such runs, because the mood of a machine changes from minute to minute.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from peers import throughput

from assessment.answers import AnswerSheet
from assessment.loader import read_questionnaire, read_sample, sheet_from_data
from assessment.loader.places import Place
from assessment.loader.portfolio import batches, read_portfolio
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from assessment.scoring.portfolio import score_sheets, score_table

HERE = Path(__file__).parent
PEER = HERE / "peers" / "surveyjs.mjs"
PACKAGE = "survey-core@3.1.1"
SHEETS, MANY, SURVEYED, STALE = 10_000, 100_000, 1_000, 2_000
RUNS, ROUNDS = 3, 5
NEAR = Fraction(1, 10**12)


class Told(NamedTuple):
    """What the page says: rows of its table, and sentences below it."""

    rows: list[tuple[str, str, str]]
    notes: list[str]


class Peer(NamedTuple):
    """What a peer made of the responses."""

    node: str
    version: str
    rate: float
    """Responses per second of processor time."""
    scores: list[list[float | None]]


def measured() -> Told:
    """Measure, compare every score with the exact reference, and tell both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        questionnaire = questionnaire_in(folder)
        responses = list(throughput.responses(SHEETS))
        stale = list(throughput.responses(STALE, stale=True))
        rows = [throughput.as_sheet(response) for response in responses]
        file = folder / "sheets.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        told = Told([], [])
        _speed(told, questionnaire, rows, file)
        _memory(told, questionnaire, file)
        _identity(told, questionnaire, folder, responses, stale)
        return told


def questionnaire_in(folder: Path) -> Questionnaire:
    """Return the throughput questionnaire, written to files and read by the loader like any other."""
    place = folder / "throughput"
    place.mkdir()
    (place / "questionnaire.yaml").write_text(json.dumps(throughput.questionnaire()), "utf-8")
    return read_questionnaire(place)


def rate(run: Callable[[], object], count: int) -> float:
    """Return how many sheets are done per second of processor time, the median of several rounds."""
    run()
    rates = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        run()
        rates.append(count / (time.process_time() - begin))
    return statistics.median(rates)


def each(values: Iterator[object]) -> None:
    """Go through all of them and keep none."""
    for _ in values:
        pass


def peer(mode: str, count: int, *, stale: bool = False) -> Peer | None:
    """Run a peer; None where Node or the package is not there."""
    place = node_folder()
    if place is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "scores"
        command = ["node", str(PEER), mode, str(count), str(out), *(["--stale"] if stale else [])]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        if done.returncode:
            return None
        said = json.loads(done.stdout)
        scores = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return Peer(said["node"], said["version"], statistics.median(said["rates"]), scores)


_SCRATCH = tempfile.TemporaryDirectory()


def node_folder() -> Path | None:
    """Return a folder from which Node finds the peer: PEERS, or a scratch folder into which npm puts it for this run."""
    if shutil.which("node") is None:
        return None
    place = Path(os.environ.get("PEERS") or _SCRATCH.name)
    if not (place / "node_modules").is_dir() and shutil.which("npm"):
        install = ["npm", "install", "--no-save", "--no-package-lock", "--silent", PACKAGE]
        subprocess.run(install, cwd=place, capture_output=True, check=False)
    return place


# ── how fast ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _speed(told: Told, questionnaire: Questionnaire, rows: list[dict[str, Any]], file: Path) -> None:
    sheets = [sheet_from_data(row, questionnaire=questionnaire)[1] for row in rows]
    ways: dict[str, Callable[[], None]] = {
        "lines": lambda: each(_scored_lines(questionnaire, file)),
        "rows": lambda: each(_scored_rows(questionnaire, rows)),
        "sheets": lambda: each(score_sheets(questionnaire, sheets)),
    }
    names = {
        "lines": "from JSON lines on disk: reading, checking, scoring",
        "rows": "from rows already parsed by a JSON parser: checking, scoring",
        "sheets": "from checked AnswerSheet objects: scoring",
    }
    against: dict[str, dict[str, list[float]]] = {way: {"survey": [], "plain": []} for way in ways}
    rates: dict[str, list[float]] = {way: [] for way in (*ways, "survey", "plain")}
    node = ""
    for _ in range(RUNS):
        slow = peer("survey", SURVEYED)
        own = {way: rate(run, len(rows)) for way, run in ways.items()}
        fast = peer("plain", SHEETS)
        for way, found in own.items():
            rates[way].append(found)
            for name, other in (("survey", slow), ("plain", fast)):
                if other is not None:
                    against[way][name].append(found / other.rate)
        if slow is not None:
            rates["survey"].append(slow.rate)
            node = f"SurveyJS {slow.version} on Node {slow.node}"
        if fast is not None:
            rates["plain"].append(fast.rate)
    for way in ways:
        for name, whom in (
            ("survey", "SurveyJS, one model for all responses"),
            ("plain", "a JavaScript loop by hand"),
        ):
            ratios = against[way][name]
            shown = (
                f"{statistics.median(ratios):.{0 if name == 'survey' else 2}f} × its rate "
                f"({min(ratios):.{0 if name == 'survey' else 2}f} to {max(ratios):.{0 if name == 'survey' else 2}f})"
                if ratios
                else "left out: Node or survey-core is not there"
            )
            told.rows.append((f"{SHEETS:,} sheets of 72 questions {names[way]}", whom, shown))
    middle = {name: statistics.median(found) for name, found in rates.items() if found}
    told.notes.append(
        "Sheets per second of processor time: "
        + ", ".join(f"{name} {middle[name]:,.0f}" for name in ("survey", "plain", *ways) if name in middle)
        + (
            f". The peer is {node}."
            if node
            else ". The peers were left out: Node or survey-core is not there."
        )
    )
    few = sheets[:500]
    own_time = [
        _milliseconds(lambda: [score(questionnaire, sheet) for sheet in few]) / len(few) for _ in range(RUNS)
    ]
    flagship, sample, _ = read_sample("nordlicht", language="en")
    whole = [_milliseconds(lambda: [score(flagship, sample) for _ in range(100)]) / 100 for _ in range(RUNS)]
    told.notes.append(
        f"A single sheet by `score`: {statistics.median(own_time):.2f} ms for the 72 questions, each sheet another; "
        f"{statistics.median(whole):.2f} ms for the sample of the shipped questionnaire (103 questions, self-rated and confirmed)."
    )


def _scored_lines(questionnaire: Questionnaire, file: Path) -> Iterator[object]:
    return (
        score_table(questionnaire, batch.table)
        for batch in read_portfolio(file, questionnaire=questionnaire).batches
    )


def _scored_rows(questionnaire: Questionnaire, rows: list[dict[str, Any]]) -> Iterator[object]:
    places = (Place(Path("rows"), number, data=row) for number, row in enumerate(rows, 1))
    return (score_table(questionnaire, batch.table) for batch in batches(questionnaire, places))


def _milliseconds(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return (time.process_time() - begin) * 1000


# ── how much memory ──────────────────────────────────────────────────────────────────────────────────────────────────


def _memory(told: Told, questionnaire: Questionnaire, file: Path) -> None:
    many = file.with_name("many.jsonl")
    with many.open("w", encoding="utf-8") as out:
        for _ in range(MANY // SHEETS):
            out.write(file.read_text("utf-8"))
    peaks = []
    for lines in (file, many):
        command = [sys.executable, __file__, str(file.parent / "throughput"), str(lines)]
        peaks.append(float(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    told.rows.append(
        (
            f"Peak memory for {MANY:,} sheets from JSON lines",
            f"for {SHEETS:,} sheets",
            f"{peaks[1] / peaks[0]:.2f} × its memory ({peaks[0]:.0f} and {peaks[1]:.0f} MB, Python included)",
        )
    )


def _alone(folder: str, lines: str) -> None:
    """Score one file and print the peak of this process's memory in MB."""
    each(_scored_lines(read_questionnaire(folder), Path(lines)))
    status = Path("/proc/self/status")
    if status.is_file():  # the other figure also knows the process that started this one
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        print(int(peak.split()[1]) / 1000)
    else:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


# ── how right ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _identity(
    told: Told,
    questionnaire: Questionnaire,
    folder: Path,
    responses: list[dict[str, Any]],
    stale: list[dict[str, Any]],
) -> None:
    for what, some, is_stale in (
        ("as people give them", responses, False),
        ("with answers left over", stale, True),
    ):
        expected = [_expected(response) for response in some]
        rows = [throughput.as_sheet(response) for response in some]
        own = list(chain.from_iterable(map(_indexes, _scored_rows(questionnaire, rows))))
        sheets: list[AnswerSheet] = [sheet_from_data(row, questionnaire=questionnaire)[1] for row in rows]
        single = [
            [score(questionnaire, sheet).of(name).value for name in (*throughput.DIMENSIONS, "throughput")]
            for sheet in sheets
        ]
        other = peer("survey", SURVEYED if not is_stale else STALE, stale=is_stale)
        theirs = (
            f"SurveyJS differs in {_wrong(other.scores, expected):,} of {len(other.scores):,}"
            if other
            else "SurveyJS was left out"
        )
        told.notes.append(
            f"Responses {what}, compared with exact fractions in each dimension and the whole, to 10⁻¹²: of {len(some):,} sheets "
            f"ours differ in {_wrong(own, expected)} (many at once) and {_wrong(single, expected)} (one by one); {theirs}."
        )


def _expected(response: dict[str, Any]) -> list[Fraction | None]:
    dimensions, whole, _ = throughput.reference(response)
    return [*dimensions, whole]


def _indexes(scores: Any) -> Iterator[list[float | None]]:
    columns = [scores.of(name).rows() for name in (*throughput.DIMENSIONS, "throughput")]
    return ([each.value for each in row] for row in zip(*columns, strict=True))


def _wrong(found: list[list[float | None]], expected: list[list[Fraction | None]]) -> int:
    def same(value: float | None, exact: Fraction | None) -> bool:
        if value is None or exact is None:
            return value is exact
        return abs(Fraction(value) - exact) <= NEAR

    return sum(not all(map(same, row, exact)) for row, exact in zip(found, expected, strict=False))


if __name__ == "__main__":
    _alone(*sys.argv[1:])
