"""The plan as a table that the reader's spreadsheet opens by a double click."""

import csv
import io
from collections.abc import Iterable, Iterator

from babel.numbers import get_decimal_symbol

from assessment.brand import UNBRANDED, Brand
from assessment.charts.days import first_day, last_day
from assessment.document.parts import EVERYTHING, Parts
from assessment.document.planned import (
    effort_of,
    role_name,
    teller,
    wave,
    way_back,
    why,
    why_not,
    why_then,
)
from assessment.document.telling import Teller
from assessment.document.tracked import COLUMNS, status_of
from assessment.exports import Exporter
from assessment.exports.plan.plain import one_line
from assessment.report import Report
from assessment.roadmap import Postponed, Slot
from assessment.values import Variety, language_of, round_half_up

COMMA = ("en",)
"""Excel parts cells by the list separator of the country's settings: the comma in English ones, the semicolon in those of
Germany, Switzerland and the Netherlands, also where, as in Switzerland, the decimal sign is a point."""

DIGITS = 2
"""Plans reckon in hundredths of a person-day."""


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return one row for each measure, planned or not; with the mark by which Excel knows UTF-8."""
    tell = teller(report, language)
    planned = (_planned(tell, slot) for slot in report.roadmap.slots)
    postponed = (_postponed(tell, item) for item in report.roadmap.postponed)
    return written([_head(tell), *planned, *postponed], language)


def written(rows: Iterable[Iterable[str]], language: Variety) -> bytes:
    """Return rows of texts for the spreadsheet program of a reader of this language; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if language_of(language) in COMMA else ";", lineterminator="\r\n")
    writer.writerows(map(_cells, rows))
    return out.getvalue().encode("utf-8-sig")


def _cells(texts: Iterable[str]) -> list[str]:
    """Keep a spreadsheet from reading a text as a formula."""
    lines = (one_line(text) for text in texts)
    # a mark or a tab before the sign is gone by now; it can only stand first
    # so do words that begin like a guarded text: what comes back loses one guard
    return [f"'{line}" if line.lstrip("'").startswith(("=", "+", "-", "@")) else line for line in lines]


def _head(tell: Teller) -> Iterator[str]:
    c = tell.c
    yield from (c.t(name) for name in COLUMNS.values())
    yield c.t("Wave")
    yield from (c.t("Begin"), c.t("End"), c.t("Half-months"))
    yield from (c.t("Person-days, at least"), c.t("Person-days, planned"), c.t("Person-days, at most"))
    for role in tell.questionnaire.planning.roles:
        yield c.t("Person-days: {role}", role=role_name(tell, role.id))
    yield from (c.t("External cost"), c.t("Why"), c.t("Why then"))
    yield from (c.t("Waits for"), c.t("Unlocks"), c.t("Slack in half-months"), c.t("Raises levels"))
    yield from (c.t("Why not in the plan"), c.t("What would bring it in"))


def _tracked(tell: Teller, measure: str) -> Iterator[str]:
    """Yield what may come back with an edited table."""
    settled, track = tell.report.roadmap.wishes.of(measure), tell.report.tracking.of(measure)
    days = (
        (settled.begin, settled.end) if settled is not None and settled.standing != "pinned" else (None, None)
    )
    yield from (measure, tell.measure(measure), status_of(tell, measure), track.owner)
    yield from (day.isoformat() if day is not None else "" for day in days)
    yield track.note


def _planned(tell: Teller, slot: Slot) -> Iterator[str]:
    start, planning = tell.report.roadmap.capacity.start, tell.questionnaire.planning
    yield from _tracked(tell, slot.measure)
    yield wave(tell, slot)
    yield from (first_day(start, slot.begin).isoformat(), last_day(start, slot.end).isoformat())
    yield str(slot.end - slot.begin)
    yield from (_number(tell, days) for days in (slot.effort_low, slot.effort, slot.effort_high))
    yield from (_number(tell, slot.work[role.id]) if role.id in slot.work else "" for role in planning.roles)
    yield _number(tell, slot.cost) if planning.money else ""
    yield from (why(tell, slot), why_then(tell, slot))
    yield from (", ".join(slot.waits_for), ", ".join(slot.unlocks), str(slot.slack))
    yield "; ".join(f"{tell.section(rise.section)} → {rise.to}" for rise in slot.raises)
    yield from ("", "")


def _postponed(tell: Teller, item: Postponed) -> Iterator[str]:
    effort = effort_of(tell, item)
    yield from _tracked(tell, item.measure)
    yield from [""] * 4
    days = (effort.low, effort.middle, effort.high) if effort is not None else ()
    yield from [_number(tell, amount) for amount in days] or [""] * 3
    yield from [""] * len(tell.questionnaire.planning.roles)
    yield from [""] * 3
    yield ", ".join(item.waits_for)
    yield from [""] * 3
    yield from (why_not(tell, item), way_back(tell, item))


def _number(tell: Teller, value: float) -> str:
    """Return a number as a spreadsheet reads it: the language's decimal sign, nothing between thousands."""
    said = f"{round_half_up(value, DIGITS):.{DIGITS}f}".rstrip("0").rstrip(".")
    return said.replace(".", str(get_decimal_symbol(tell.c.locale)))


EXPORTER = Exporter(format="csv", suffix=".csv", media_type="text/csv; charset=utf-8", render=render)
