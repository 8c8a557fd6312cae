"""The plan as a Gantt chart in Mermaid's text, which wikis and repositories draw."""

import re
from collections.abc import Iterator
from datetime import date

from assessment.brand import UNBRANDED, Brand
from assessment.charts import wave_of
from assessment.charts.days import first_day, last_day
from assessment.document.parts import EVERYTHING, Parts
from assessment.document.planned import WAVE_NAMES, teller, title_of, wave
from assessment.document.telling import Teller
from assessment.exports import Exporter
from assessment.exports.plan.plain import one_line
from assessment.report import Report
from assessment.roadmap import Slot
from assessment.values import Variety

LONGEST = 150
"""A longer title would leave no room for the bars."""

_SIGNS = str.maketrans(
    {":": "∶", ";": ",", "#": "♯", '"': "”", "`": "’", "<": "‹", ">": "›", "{": "(", "}": ")", "\\": "/"}
)
"""Mermaid ends a title at some of these and reads others as markup; escapes are not known to all that draw it."""

_COLON = re.compile(r"\s*:(?=\s|$)")
_PERCENT = re.compile("%+")
"""Two begin a comment."""


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return the chart: a section for each wave, the chain that decides the plan's length marked as critical."""
    return ("\n".join(_lines(teller(report, language))) + "\n").encode()


def safe(text: str) -> str:
    """Return the text in one line, with what means something to Mermaid replaced by what looks like it."""
    line = _COLON.sub(" –", one_line(text, longest=LONGEST))
    return _PERCENT.sub("%", line).translate(_SIGNS)


def _lines(tell: Teller) -> Iterator[str]:
    slots = tell.report.roadmap.slots
    yield "gantt"
    yield f"    title {safe(title_of(tell))}"
    yield "    dateFormat YYYY-MM-DD"
    yield "    axisFormat %Y-%m"
    yield "    inclusiveEndDates"
    if not slots:
        yield "    todayMarker off"  # there is no scale to place it on
    done = [item.measure for item in tell.report.roadmap.postponed if item.reason == "done"]
    if done:
        yield f"    section {safe(tell.c.t('Done'))}"
        yield from (_done(tell, number, name) for number, name in enumerate(done, start=1))
    number = len(done)
    for place in range(len(WAVE_NAMES)):
        here = [slot for slot in slots if wave_of(slot.begin) == place]
        if here:
            yield f"    section {safe(wave(tell, here[0]))}"
        for slot in here:
            number += 1
            if slot.waits_for:
                # a comment: with `after` in the task itself, Mermaid would set the date anew
                yield f"    %% {_id(slot.measure)} after {' '.join(map(_id, slot.waits_for))}"
            yield _task(tell, number, slot)


def _task(tell: Teller, number: int, slot: Slot) -> str:
    plan = tell.report.roadmap
    tags = [
        *(["crit"] if slot.measure in plan.critical else []),
        *(["active"] if slot.why == "running" else []),
    ]
    begin, end = first_day(plan.capacity.start, slot.begin), last_day(plan.capacity.start, slot.end)
    return _line(tell, number, slot.measure, [*tags, _id(slot.measure), begin.isoformat(), end.isoformat()])


def _done(tell: Teller, number: int, measure: str) -> str:
    """Return a finished measure: with its days where they are known, else as a point where the plan begins."""
    start = first_day(tell.report.roadmap.capacity.start, 0)
    begin, end = _days_of(tell, measure)
    if begin is not None and end is not None and begin <= end:
        return _line(tell, number, measure, ["done", _id(measure), begin.isoformat(), end.isoformat()])
    point = end or start
    return _line(tell, number, measure, ["done", "milestone", _id(measure), point.isoformat(), "0d"])


def _days_of(tell: Teller, measure: str) -> tuple[date | None, date | None]:
    known, aim = tell.report.roadmap.wishes.of(measure), tell.report.tracking.aim(measure)
    if known is None:
        return (None, None)
    # begun when it was to begin, if nobody said when
    return (known.begin or (aim.begin if aim else None), known.end)


def _line(tell: Teller, number: int, measure: str, data: list[str]) -> str:
    # the number keeps a title from beginning with a word that Mermaid takes for a command: section, click, title
    owner = one_line(tell.report.tracking.of(measure).owner)
    title = f"{tell.measure(measure)} ({owner})" if owner else tell.measure(measure)
    return f"    {number} · {safe(title)} :{', '.join(data)}"


def _id(measure: str) -> str:
    """Return the task's name; with its first part no measure is taken for a tag such as `done`."""
    return f"task-{measure}"


EXPORTER = Exporter(format="mermaid", suffix=".mmd", media_type="text/vnd.mermaid", render=render)
