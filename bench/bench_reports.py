"""The part of the benchmarks that sets the report, against Typst and WeasyPrint, which are handed the same blocks.

The report is the shipped sample with every question answered and what person-days buy. Each peer sets every block in the
same typeface and sizes (`peers/report.typ`, `peers/report_html.py`), tagged, with the same files inside; before anything is
measured, its pages, words, charts, links and bookmarks are counted against ours. Both are handed the charts as SVG, made
from our drawings, and that time is theirs; composing the blocks is in all three. The organisation has another name in each
run, because Typst remembers what it has set. Time is processor time.
"""

import gc
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache, partial
from importlib import import_module
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest.mock import patch

from bench_scoring import Told
from pypdf import PdfReader

from assessment.answers import Answer, AnswerSheet, asked
from assessment.brand import UNBRANDED, palette_of
from assessment.document import compose
from assessment.exports import pdf as ours
from assessment.exports.pdf import canvas, flowables, layout, pages, spelling
from assessment.exports.pdf.tables import Grid
from assessment.loader import read_sample
from assessment.loader.sheets import sheet_as_data
from assessment.questionnaire import Questionnaire
from assessment.report import Report, assess, with_trade_off
from assessment.roadmap import Capacity

HERE = Path(__file__).parent
FONTS = HERE.parent / "assessment" / "fonts"
TEMPLATE = HERE / "peers" / "report.typ"
ALONE_SCRIPT = HERE / "peers" / "alone.py"
WARM, ROUNDS, COLD = 2, 7, 3
SHEETS, ALONE = 200, 40
SAME_PAGES, SAME_WORDS = 0.15, 0.99
TYPST, WEASYPRINT = "Typst", "WeasyPrint"
NAMES = {TYPST: "typst", WEASYPRINT: "weasyprint"}
CAPACITY = Capacity(start="2027-01-01", per_month=15, months=18)  # type: ignore[arg-type]
Render = Callable[[Report], bytes]


def measured() -> Told:
    """Measure and tell; a peer that is not there is left out."""
    told = Told([], [])
    ways: dict[str, Render] = {"ours": our_pdf}
    for name, made in ((TYPST, by_typst), (WEASYPRINT, by_weasyprint)):
        if is_there(name):
            ways[name] = made
        else:
            told.notes.append(f"{name} is not there, its rows of the report are left out.")
    report = whole_report()
    _warm(told, ways, report)
    _others(told, ways, report)
    _cold(told, ways, report)
    _folder(told)
    told.notes.append(_shares(report))
    gc.unfreeze()
    return told


def is_there(name: str) -> bool:
    """Say whether a peer can be used; a package whose libraries the system lacks cannot."""
    try:
        import_module(NAMES[name])
    except (ImportError, OSError):
        return False
    return True


# ── the report, and how each sets it ─────────────────────────────────────────────────────────────────────────────────


def whole_report() -> Report:
    """Return the sample with every question answered and what person-days buy."""
    questionnaire, sheet, subject = read_sample("nordlicht", language="en")
    there = {answer.question: answer for answer in sheet.answers}
    answers = {
        question.id: Answer(question=question.id, value=question.type == "yes_no" or 2)
        for question in asked(questionnaire, sheet)
        if question.id not in there or there[question.id].value is None
    }
    whole = sheet.model_copy(update={"answers": tuple({**there, **answers}.values())})
    return with_trade_off(assess(questionnaire, whole, subject=subject, capacity=CAPACITY))


def named(report: Report, number: int) -> Report:
    """Return the report of an organisation with another name."""
    subject = report.subject.model_copy(update={"organisation": f"Nordlicht Versand {number} (fictitious)"})
    return report.model_copy(update={"subject": subject})


def other_sheets(questionnaire: Questionnaire, sheet: AnswerSheet, count: int) -> Iterator[AnswerSheet]:
    """Yield sheets of the same profile with other answers, the same in each run."""
    questions = list(asked(questionnaire, sheet))
    for seed in range(count):
        dice = Random(seed)
        answers = tuple(
            Answer(
                question=question.id,
                value=dice.random() < 0.7
                if question.type == "yes_no"
                else dice.choice((1, 1, 2, 2, 2, 3, 3, 4)),
            )
            for question in questions
        )
        yield sheet.model_copy(update={"answers": answers})


def our_pdf(report: Report) -> bytes:
    """Return our PDF."""
    return ours.render(report, "en")


class File(NamedTuple):
    """A file that travels inside."""

    name: str
    content: str
    description: str
    relation: str


def handed_over(report: Report) -> tuple[dict[str, Any], tuple[File, ...]]:
    """Return what a peer needs: the blocks with the charts as SVG, and the files that travel inside."""
    from peers.handed_over import handed

    edition = ours.Edition(language="en", brand=UNBRANDED).model_dump_json()
    return handed(compose(report, "en")), (
        File(ours.REPORT, report.model_dump_json(by_alias=True), "The report as data", "Source"),
        File(ours.EDITION, edition, "Language and brand of these pages", "Data"),
    )


def by_typst(report: Report) -> bytes:
    """Return the PDF that Typst sets from the same blocks."""
    return compiled(typst_inputs(report))


def typst_inputs(report: Report) -> dict[str, str]:
    """Return what the template reads."""
    data, files = handed_over(report)
    inside = [
        file._asdict() | {"media_type": "application/json", "relation": file.relation.lower()}
        for file in files
    ]
    return {
        "document": json.dumps(data, ensure_ascii=False),
        "files": json.dumps(inside, ensure_ascii=False),
        "palette": palette_of(UNBRANDED).model_dump_json(),
    }


@cache
def typst_compiler() -> Any:
    """Return the compiler, which keeps fonts and template from one report to the next."""
    import typst

    return typst.Compiler(str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True)


def compiled(inputs: dict[str, str]) -> bytes:
    """Return the PDF of the template with these inputs."""
    made: bytes = typst_compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
    return made


@cache
def weasyprint_style() -> tuple[Any, Any]:
    """Return the style sheet and the fonts, which are kept from one report to the next."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return CSS(string=weasyprint_page(None)[1], font_config=fonts), fonts


def weasyprint_page(data: dict[str, Any] | None) -> tuple[str, str]:
    """Return the blocks as HTML, and the style sheet."""
    from peers.report_html import html_of, style_sheet

    palette = palette_of(UNBRANDED)
    return html_of(data, palette) if data else "", style_sheet(palette, FONTS.resolve())


def attached(file: File) -> dict[str, str]:
    """Return a file as WeasyPrint wants it."""
    return {
        "string": file.content,
        "name": file.name,
        "description": file.description,
        "relationship": file.relation,
    }


def by_weasyprint(report: Report) -> bytes:
    """Return the PDF that WeasyPrint sets from the same blocks."""
    from weasyprint import HTML
    from weasyprint import Attachment as Attached

    data, files = handed_over(report)
    style, fonts = weasyprint_style()
    made: bytes = HTML(string=weasyprint_page(data)[0]).write_pdf(
        stylesheets=[style],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        attachments=[Attached(**attached(file)) for file in files],
    )
    return made


# ── is it the same ───────────────────────────────────────────────────────────────────────────────────────────────────


class Counted(NamedTuple):
    """What a PDF holds."""

    pages: int
    words: Counter[str]
    charts: int
    """Figures with a text alternative."""
    links: int
    """Links, by page and place they lead to."""
    bookmarks: int
    files: frozenset[str]


def counted(pdf: bytes) -> Counted:
    """Return what a PDF holds."""
    reader = PdfReader(BytesIO(pdf))
    words: Counter[str] = Counter()
    links = set()
    for number, page in enumerate(reader.pages):
        # A compound that one hyphenates at the line's end and the other does not is the same words.
        words.update(re.findall(r"\w+", page.extract_text()))
        for one in page.get("/Annots") or ():
            link = one.get_object()
            if link["/Subtype"] == "/Link":
                height = round(float(link["/Rect"][1]) / 8)  # the boxes of one link on one line are one link
                links.add((number, height, str(link.get("/Dest", link.get("/A")))))
    charts = sum(bool(one.get("/Alt")) for one in _elements(reader) if one.get("/S") == "/Figure")
    return Counted(
        len(reader.pages), words, charts, len(links), len(reader.outline), frozenset(reader.attachments)
    )


def _elements(reader: PdfReader) -> Iterator[Any]:
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]  # type: ignore[index]
    while waiting:
        found = waiting.pop().get_object()
        if isinstance(found, list):
            waiting += found
        elif hasattr(found, "get"):
            yield found
            if "/K" in found:
                waiting.append(found["/K"])


def differences(theirs: Counted, own: Counted) -> list[str]:
    """Return in what a peer's PDF falls short of ours; nothing if it is the same report."""
    short = []
    if abs(theirs.pages / own.pages - 1) > SAME_PAGES:
        short.append(f"{theirs.pages} pages and not {own.pages}")
    same = (theirs.words & own.words).total() / own.words.total()
    if same < SAME_WORDS:
        short.append(f"{same:.1%} of the words")
    short += [
        f"{getattr(theirs, name)} of {getattr(own, name)} {name}"
        for name in ("charts", "links", "bookmarks")
        if getattr(theirs, name) < getattr(own, name)
    ]
    if theirs.files != own.files:
        short.append("other files inside")
    return short


# ── how fast ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def taken(run: Callable[[], object]) -> float:
    """Return the processor time of one run, in seconds."""
    begin = time.process_time()
    run()
    return time.process_time() - begin


def _warm(told: Told, ways: dict[str, Render], report: Report) -> None:
    same = {name: counted(render(named(report, 0))) for name, render in ways.items()}
    own = same["ours"]
    sizes = {name: len(render(named(report, 1))) for name, render in ways.items()}
    for _ in range(WARM - 1):
        for render in ways.values():
            render(named(report, 2))
    gc.collect()
    gc.freeze()  # what one way keeps in memory is not gone through again and again in another's time
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS):  # neighbours in time: a busy machine is as busy for each
        for name, render in ways.items():
            made = named(report, 10 + number)
            times[name].append(taken(partial(render, made)))
    for name in ways:
        if name == "ours":
            continue
        ratios = [one / other for one, other in zip(times["ours"], times[name], strict=True)]
        told.rows.append(
            (
                f"Report: a tagged PDF of {own.pages} pages with {own.charts} charts and itself inside",
                f"{name}, handed the same blocks",
                _ratio(ratios, name),
            )
        )
        lacks = differences(same[name], own)
        told.notes.append(
            f"{name} {version(NAMES[name])} sets the same report in {same[name].pages} pages and {sizes[name] / 1000:.0f} kB "
            f"(ours {own.pages} and {sizes['ours'] / 1000:.0f} kB), with "
            f"{(same[name].words & own.words).total() / own.words.total():.1%} of our words, "
            f"{same[name].charts} of {own.charts} charts, {same[name].links} of {own.links} links, "
            f"{same[name].bookmarks} of {own.bookmarks} bookmarks"
            + (f"; it falls short: {', '.join(lacks)}." if lacks else ".")
        )
    middle = ", ".join(f"{name} {statistics.median(found):.2f} s" for name, found in times.items())
    told.notes.append(
        f"Processor time of one report, warm, median of {ROUNDS}: {middle}. The peers' times hold composing the blocks and "
        f"making the SVG of the charts, as ours holds composing and drawing; {_load()}."
    )


def _ratio(ratios: list[float], name: str) -> str:
    digits = 2 if name == TYPST else 3
    return (
        f"{statistics.median(ratios):.{digits}f} × its time "
        f"({min(ratios):.{digits}f} to {max(ratios):.{digits}f})"
    )


def _others(told: Told, ways: dict[str, Render], report: Report) -> None:
    """Another organisation each time, with other answers: nothing to be remembered from one to the next."""
    if TYPST not in ways:
        return
    questionnaire, sheet = report.questionnaire, report.sheet
    ratios = []
    for number, other in enumerate(other_sheets(questionnaire, sheet, WARM + ROUNDS)):
        made = assess(questionnaire, other, subject=report.subject, capacity=CAPACITY)
        own, theirs = (taken(partial(ways[way], made)) for way in ("ours", TYPST))
        if number >= WARM:
            ratios.append(own / theirs)
    told.rows.append(
        (
            f"Report: {ROUNDS} organisations one after the other, each with answers of its own",
            f"{TYPST}, handed the same blocks",
            _ratio(ratios, TYPST),
        )
    )


def _load() -> str:
    return f"the machine's load was {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


# ── cold, and how much memory ────────────────────────────────────────────────────────────────────────────────────────


def _cold(told: Told, ways: dict[str, Render], report: Report) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.json").write_text(report.model_dump_json(by_alias=True), "utf-8")
        (folder / "fonts").symlink_to(FONTS)
        (folder / "inputs.json").write_text(json.dumps(typst_inputs(report)), "utf-8")
        data, files = handed_over(report)
        page, style = weasyprint_page(data)
        (folder / "report.html").write_text(page, "utf-8")
        (folder / "report.css").write_text(style, "utf-8")
        (folder / "files.json").write_text(json.dumps([attached(file) for file in files]), "utf-8")
        found: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
        for _ in range(COLD):
            for way in ways:
                command = [sys.executable, str(ALONE_SCRIPT), way, name]
                done = subprocess.run(command, capture_output=True, text=True, check=True, env=_environment())
                found[way].append(json.loads(done.stdout))
    middle = {
        way: {key: statistics.median(one[key] for one in runs) for key in ("seconds", "peak")}
        for way, runs in found.items()
    }
    for way in ways:
        if way == "ours":
            continue
        for key, what, unit in (
            ("seconds", "Report: processor time of a fresh process that makes one", "s"),
            ("peak", "Report: peak memory of a fresh process that makes one", "MB"),
        ):
            digits = 1 if unit == "MB" else 2
            told.rows.append(
                (
                    what,
                    f"{way} alone, everything handed over in files",
                    f"{middle['ours'][key] / middle[way][key]:.2f} × its {'memory' if unit == 'MB' else 'time'} "
                    f"({middle['ours'][key]:.{digits}f} and {middle[way][key]:.{digits}f} {unit})",
                )
            )
    alone = middle["ours"]
    told.notes.append(
        f"A fresh process that reads the report, composes and sets it takes {alone['seconds']:.2f} s of processor time and "
        f"{alone['peak']:.1f} MB at its peak; the peers' processes read blocks and charts ready made and do not import the toolkit."
    )


def _environment() -> dict[str, str]:
    path = os.pathsep.join((str(HERE.parent), os.environ.get("PYTHONPATH", "")))
    return {**os.environ, "PYTHONPATH": path}


# ── many ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _folder(told: Told) -> None:
    """A folder of sheets by the command, on every core, and a part of it on one."""
    questionnaire, sheet, subject = read_sample("nordlicht", language="en")
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    with tempfile.TemporaryDirectory() as name:
        whole, part = Path(name) / "whole", Path(name) / "part"
        whole.mkdir()
        part.mkdir()
        for number, other in enumerate(other_sheets(questionnaire, sheet, SHEETS)):
            data = sheet_as_data(other) | subject.model_dump(mode="json")
            for folder in (whole, part)[: 2 if number < ALONE else 1]:
                (folder / f"{number:03d}.json").write_text(json.dumps(data), "utf-8")
        every = _written(whole, Path(name) / "all", SHEETS, cores)
        one = _written(part, Path(name) / "one", ALONE, cores[:1]) if cores else None
    if one is not None:
        told.rows.append(
            (
                f"A folder of {SHEETS} assessments, each scored, planned and set, on {len(cores)} cores",
                f"{ALONE} of them on one core",
                f"{every[0] / one[0]:.2f} × its rate",
            )
        )
    told.notes.append(
        f"`assessment report FOLDER` (without what person-days buy) writes {every[0]:.2f} reports a second by the clock on every "
        f"core, {every[1]:.2f} s of processor time each, reading and planning among it"
        + (f"; on one core {one[0]:.2f} a second, {one[1]:.2f} s each" if one else "")
        + f"; {_load()}."
    )


def _written(sheets: Path, out: Path, count: int, cores: list[int]) -> tuple[float, float]:
    """Return reports per second by the clock, and seconds of processor time for each."""
    command = [sys.executable, "-m", "assessment", "report", str(sheets), "-o", str(out), "--no-trade-off"]
    before, begin = os.times(), time.perf_counter()
    keep = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    subprocess.run(command, check=True, capture_output=True, env=_environment(), preexec_fn=keep)
    clock, after = time.perf_counter() - begin, os.times()
    assert len(list(out.glob("*.pdf"))) == count
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return count / clock, spent / count


# ── where the time goes ──────────────────────────────────────────────────────────────────────────────────────────────

PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "composing the blocks": ((ours, "compose"),),
    "cleaning texts": (
        (spelling, "clean"),
        (ours, "_replaced"),
    ),
    "breaking lines": ((flowables, "broken"),),
    "tables": ((Grid, "wrap"), (Grid, "split"), (Grid, "draw")),
    "drawing text": ((flowables.Words, "_set"),),
    "charts": ((layout, "drawn"), (flowables.Picture, "drawOn")),
    "the structure tree": ((canvas, "write_tree"), (canvas, "_with_artifacts")),
    "the report as JSON inside": ((ours, "_inside"), (canvas, "embed")),
    "writing and compressing": ((canvas.TaggedCanvas, "save"), (canvas.TaggedCanvas, "showPage")),
    "making and placing the pieces": ((pages, "set_document"),),
}


def _shares(report: Report) -> str:
    """Tell where the time of one report goes: each part without what other parts do within it."""
    spent: Counter[str] = Counter()
    running = ["the rest"]
    since = 0.0

    def switch() -> None:
        nonlocal since
        now = time.process_time()
        spent[running[-1]] += now - since  # type: ignore[assignment]
        since = now

    def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            switch()
            running.append(part)
            try:
                return function(*args, **kwargs)
            finally:
                switch()
                running.pop()

        return run

    with ExitStack() as stack:
        for part, places in PARTS.items():
            for place, name in places:
                stack.enter_context(patch.object(place, name, timed(part, getattr(place, name))))
        for number in range(ROUNDS):
            since = time.process_time()
            our_pdf(named(report, 100 + number))
            switch()
    whole = sum(spent.values())
    parts = ", ".join(f"{part} {100 * share / whole:.0f} %" for part, share in spent.most_common())
    return f"Where the time of our report goes ({ROUNDS} reports, each part without the others that it calls): {parts}."
