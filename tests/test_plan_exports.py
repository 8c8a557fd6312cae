"""The plan in the formats of other programs: read back with eyes other than ours, it is the same plan."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from lxml import etree

from assessment.answers import AnswerSheet
from assessment.charts import wave_of
from assessment.charts.days import first_day, last_day, working_days
from assessment.cli import main
from assessment.cli.planning import FORMS, SUFFIXES
from assessment.document.planned import teller, way_back, why, why_not, why_then
from assessment.exports.plan import CSV, ICS, MERMAID, MSPROJECT, PLAN_EXPORTERS
from assessment.exports.plan.plain import one_line, plain
from assessment.i18n import catalogue
from assessment.loader import read_sample
from assessment.questionnaire import Questionnaire
from assessment.report import Report, Subject, assess
from assessment.roadmap import Capacity, Commitment, Postponed, Slot, Wishes, plan
from assessment.values import Text
from tests.report_samples import NASTY, report_of, small, small_sheet

READINGS = ("en", "de", "nl", "de-CH")
SAMPLES = ("nordlicht", "seeblick")
START = date(2026, 12, 1)

HOSTILE = (
    '=HYPERLINK("http://x";"section: plan; #1") %% comment\nsection Wave 9\nmine :crit, a1, 2020-01-01, 3d',
    "click task-m1 call alert(1)",
    "%%{init: {'theme': 'dark'}}%%\r\nEND:VEVENT\r\nBEGIN:VALARM",
    "\t+1+cmd|' /C calc'!A0 </Name><Task>&amp;]]><!--",
    NASTY,
)
"""Titles that mean something to a spreadsheet, a calendar, a diagram or XML."""


@cache
def sample(name: str, language: str) -> Report:
    questionnaire, sheet, subject = read_sample(name, language=language)
    capacity = Capacity(start=START, per_month=questionnaire.usual_capacity)
    return assess(questionnaire, sheet, subject=subject, capacity=capacity)


@cache
def hostile() -> Report:
    questionnaire = small()
    measures = tuple(
        measure.model_copy(
            update={
                "title": Text.model_construct(root=dict.fromkeys(("en", "de", "nl"), title)),
                "what": Text.model_construct(root=dict.fromkeys(("en", "de", "nl"), title * 3)),
            }
        )
        for measure, title in zip(questionnaire.measures, HOSTILE, strict=True)
    )
    return all_planned(
        questionnaire.model_copy(update={"measures": measures}), organisation=HOSTILE[0] + NASTY
    )


def all_planned(questionnaire: Questionnaire, *, organisation: str = "Nordlicht") -> Report:
    """A plan in which each of the small questionnaire's measures has its place."""
    said = {"p1": 3, "p2": 1, "f1": 1, "f2": 3, "d1": 3, "t1": 2, "g1": False}
    report = report_of(questionnaire, small_sheet(said), organisation=organisation, per_month=200, months=24)
    assert len(report.roadmap.slots) == len(questionnaire.measures)
    return report


@cache
def settled() -> Report:
    """A plan of the flagship with a measure done, one done without days, one running, one pinned, one dropped."""
    report = sample("nordlicht", "en")
    before, after = date(2026, 10, 1), date(2027, 2, 10)
    first, second, third, *_, last = report.roadmap.slots
    free = [slot.measure for slot in report.roadmap.slots if not slot.waits_for and not slot.unlocks]
    commitments = (
        Commitment(measure=first.measure, standing="done", begin=before, end=date(2026, 11, 15)),
        Commitment(measure=second.measure, standing="done"),
        Commitment(measure=third.measure, standing="running", begin=before, end=after),
        Commitment(measure=free[-2], standing="pinned", begin=date(2027, 9, 1)),
        Commitment(measure=last.measure, standing="dropped"),
    )
    return replanned(report, wishes=Wishes(commitments=commitments))


def replanned(report: Report, *, wishes: Wishes | None = None, **capacity: Any) -> Report:
    terms = report.roadmap.capacity.model_copy(update=capacity)
    roadmap = plan(report.questionnaire, report.sheet, capacity=terms, wishes=wishes)
    return report.model_copy(update={"roadmap": roadmap})


@cache
def empty() -> Report:
    return report_of(small(), small_sheet(), per_month=0)


@cache
def without_measures() -> Report:
    return report_of(small().model_copy(update={"measures": ()}), small_sheet())


def reports(language: str) -> Iterator[Report]:
    yield from (sample(name, language) for name in SAMPLES)
    yield from (hostile(), settled(), empty(), without_measures())


def days_of(report: Report, slot: Slot) -> tuple[date, date]:
    """The first and the last day, reckoned here by hand from the month of the start."""
    start = report.roadmap.capacity.start

    def day(number: int) -> date:
        months = start.year * 12 + start.month - 1 + number // 2
        return date(months // 12, months % 12 + 1, 16 if number % 2 else 1)

    return day(slot.begin), day(slot.end) - timedelta(days=1)


# ── all formats ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", READINGS)
@pytest.mark.parametrize("exporter", PLAN_EXPORTERS, ids=lambda one: one.format)
def test_the_same_plan_gives_the_same_bytes(exporter: Any, language: str) -> None:
    for report in reports(language):
        body = exporter.render(report, language)
        assert body == exporter.render(report.model_copy(deep=True), language)
        assert body.decode("utf-8")


@pytest.mark.parametrize("exporter", PLAN_EXPORTERS, ids=lambda one: one.format)
def test_no_format_lets_a_control_character_or_a_direction_mark_through(exporter: Any) -> None:
    text = exporter.render(hostile(), "en").decode("utf-8-sig")
    assert re.findall("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text) == []


def test_every_format_has_a_name_and_a_suffix_of_its_own() -> None:
    assert len({one.suffix for one in PLAN_EXPORTERS}) == len(PLAN_EXPORTERS)
    assert {one.suffix: one.format for one in PLAN_EXPORTERS} | {".json": "json"} == SUFFIXES
    assert set(FORMS) == {"table", "terms", *SUFFIXES.values()}


def test_half_months_begin_on_the_first_and_the_sixteenth_whatever_the_day_of_the_start() -> None:
    start = date(2027, 1, 31)
    assert [first_day(start, slot) for slot in range(4)] == [
        date(2027, 1, 1),
        date(2027, 1, 16),
        date(2027, 2, 1),
        date(2027, 2, 16),
    ]
    assert [last_day(start, slot) for slot in range(1, 5)] == [
        date(2027, 1, 15),
        date(2027, 1, 31),
        date(2027, 2, 15),
        date(2027, 2, 28),
    ]
    assert first_day(date(2199, 12, 31), 24 * 5) == date(2204, 12, 1)


def test_nobody_works_on_saturdays_and_sundays() -> None:
    assert working_days(date(2027, 1, 1), date(2027, 1, 5)) == (
        date(2027, 1, 1),
        date(2027, 1, 4),
        date(2027, 1, 5),
    )


def test_text_keeps_its_words_and_loses_what_steers() -> None:
    assert plain("a\r\nb\u2028c\td\x00\x1b[31m\u202e\ud800\ufffe") == "a\nb\nc d[31m\ufffd"
    assert one_line("  a \n b  ") == "a b"
    assert one_line("abcdef", longest=4) == "abc…"
    assert one_line("Ünïcode 😀 漢字") == "Ünïcode 😀 漢字"


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────

SEPARATORS = {"en": (",", "."), "de": (";", ","), "nl": (";", ","), "de-CH": (";", ".")}
"""Between cells, and of decimals, as Excel has them in that country's settings."""


def rows_of(report: Report, language: str) -> list[dict[str, str]]:
    body = CSV.render(report, language)
    assert body.startswith(b"\xef\xbb\xbf")
    text = body.decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATORS[language][0]))
    assert len(set(head)) == len(head)
    assert {len(row) for row in rows} <= {len(head)}
    assert text.endswith("\r\n")
    names = dict(zip([c(language, name) for name in HEAD], HEAD, strict=True))
    return [dict(zip((names.get(name, name) for name in head), row, strict=True)) for row in rows]


HEAD = (
    *("Id", "Measure", "Status", "Owner", "Begun on", "Finished on", "Note"),
    *("Wave", "Begin", "End", "Half-months"),
    *("Person-days, at least", "Person-days, planned", "Person-days, at most"),
    *("External cost", "Why", "Why then", "Waits for", "Unlocks", "Slack in half-months", "Raises levels"),
    *("Why not in the plan", "What would bring it in"),
)


def c(language: str, message: str) -> str:
    return catalogue(language).t(message)


def amount(said: str, language: str) -> float:
    assert re.fullmatch(r"\d+(" + re.escape(SEPARATORS[language][1]) + r"\d{1,2})?", said), said
    return float(said.replace(SEPARATORS[language][1], "."))


@pytest.mark.parametrize("language", READINGS)
def test_the_table_read_back_is_the_plan(language: str) -> None:
    for report in reports(language):
        rows = rows_of(report, language)
        slots, postponed = report.roadmap.slots, report.roadmap.postponed
        assert [row["Id"] for row in rows] == [each.measure for each in (*slots, *postponed)]
        for row, slot in zip(rows, slots, strict=False):
            begin, end = days_of(report, slot)
            assert (row["Begin"], row["End"]) == (begin.isoformat(), end.isoformat())
            assert int(row["Half-months"]) == slot.end - slot.begin
            assert int(row["Slack in half-months"]) == slot.slack
            assert tuple(filter(None, row["Waits for"].split(", "))) == slot.waits_for
            assert tuple(filter(None, row["Unlocks"].split(", "))) == slot.unlocks
            effort = [row[f"Person-days, {part}"] for part in ("at least", "planned", "at most")]
            assert [amount(days, language) for days in effort] == pytest.approx(
                [slot.effort_low, slot.effort, slot.effort_high], abs=0.005
            )
            assert row["Why"] and row["Why then"] and not row["Why not in the plan"]
            assert len(row["Raises levels"].split(" → ")) == len(slot.raises) + 1
        for row, item in zip(rows[len(slots) :], postponed, strict=True):
            assert row["Why not in the plan"] and not row["Begin"] and not row["Why"]
            found = (item.fits_per_month, item.fits_months, item.fits_budget)
            assert any(found) <= bool(row["What would bring it in"])


@pytest.mark.parametrize("language", READINGS)
def test_the_days_of_the_roles_add_up_to_the_days_of_the_measure(language: str) -> None:
    report = sample("nordlicht", language)
    roles = [
        catalogue(language).t("Person-days: {role}", role=role.label.localize(language))
        for role in report.questionnaire.planning.roles
    ]
    rows = rows_of(report, language)
    assert roles and set(roles) < set(rows[0])
    for row, slot in zip(rows, report.roadmap.slots, strict=False):
        added = sum(amount(row[role], language) for role in roles if row[role])
        assert added == pytest.approx(slot.effort, abs=0.01)
        assert amount(row["External cost"], language) == slot.cost


def test_large_amounts_have_no_sign_between_thousands() -> None:
    plans = replanned(sample("nordlicht", "de-CH"), per_month=5000.0)
    costs = {row["External cost"] for row in rows_of(plans, "de-CH")}
    assert "15000" in costs


def test_no_cell_is_read_as_a_formula() -> None:
    for report in (hostile(), sample("nordlicht", "en")):
        cells = [cell for row in rows_of(report, "en") for cell in row.values()]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    titles = [row["Measure"] for row in rows_of(hostile(), "de")]
    assert sum(title.startswith(("'=", "'+")) for title in titles) == 2


def test_what_is_settled_is_said_in_the_table() -> None:
    report = settled()
    rows = {row["Id"]: row for row in rows_of(report, "en")}
    standing = {each.standing: each.measure for each in report.roadmap.wishes.commitments}
    assert rows[standing["running"]]["Status"] == "Under way"
    assert rows[standing["done"]]["Status"] == "Done" and not rows[standing["done"]]["Person-days, planned"]
    assert rows[standing["dropped"]]["Status"] == "Dropped"
    assert rows[standing["dropped"]]["Why not in the plan"] == "It was taken out of the plan."
    assert rows[standing["dropped"]]["Person-days, planned"]
    assert rows[standing["pinned"]]["Begin"] == "2027-09-01"


@pytest.mark.parametrize("language", READINGS)
def test_everything_that_a_plan_can_say_has_its_words(language: str) -> None:
    tell = teller(sample("nordlicht", language), language)
    slot = tell.report.roadmap.slots[-1]
    names = [measure.id for measure in tell.questionnaire.measures]
    led = next(measure.id for measure in tell.questionnaire.measures if measure.lead)
    said = [
        why_then(tell, slot.model_copy(update={"measure": led, "held_by": held, "held_by_measures": by}))
        for held in ("start", "prerequisite", "lead", "capacity", "role", "pinned", "running", "in_time")
        for by in ((), tuple(names[:5]))
    ]
    said += [why(tell, slot.model_copy(update={"why": each})) for each in ("pinned", "running", "cap")]
    reasons = ("capacity", "role", "budget", "horizon", "prerequisite", "covered", "no_gain", "no_gap")
    reasons += ("not_applicable", "unclear", "not_asked", "dropped", "done")
    said += [why_not(tell, Postponed(measure=names[0], reason=each, role="people")) for each in reasons]
    assert all(text and "{" not in text for text in said)


def test_what_would_bring_a_measure_in_is_rounded_up_so_that_it_is_enough() -> None:
    tell = teller(sample("nordlicht", "en"), "en")
    item = Postponed(measure=tell.questionnaire.measures[0].id, reason="role", role="people")
    days = {"fits_per_month": 3.41}
    assert way_back(tell, item.model_copy(update=days)) == (
        "There is room beside this plan from 3.5 person-days a month of HR and training."
    )
    assert way_back(tell, item.model_copy(update={**days, "fits_months": 24})) == (
        "There is room beside this plan from 3.5 person-days a month of HR and training, or within 24 months."
    )
    total = item.model_copy(update={**days, "role": None, "reason": "capacity"})
    assert way_back(tell, total) == "There is room beside this plan from 3.5 person-days a month."
    assert way_back(tell, total.model_copy(update={"fits_months": 24})) == (
        "There is room beside this plan from 3.5 person-days a month, or within 24 months."
    )
    months = item.model_copy(update={"role": None, "reason": "horizon", "fits_months": 24})
    assert way_back(tell, months) == "There is room beside this plan within 24 months."
    money = item.model_copy(update={"reason": "budget", "fits_budget": 52_500.25})
    assert way_back(tell, money) == "There is room beside this plan with a budget of 52,501."
    covered = item.model_copy(update={"reason": "covered", "waits_for": (item.measure,)})
    assert way_back(tell, covered) == ""


# ── the calendar ─────────────────────────────────────────────────────────────────────────────────────────────────────


def events_of(report: Report, language: str) -> list[Any]:
    body = ICS.render(report, language)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"") and body.endswith(b"END:VCALENDAR\r\n")
    calendar = Calendar.from_ical(body)
    assert calendar["version"] == "2.0" and calendar["prodid"]
    assert not any(part.subcomponents or part.errors for part in calendar.subcomponents)
    planned = len(report.roadmap.slots)
    over = [each.get("status") for each in calendar.subcomponents[planned:]]
    # after the plan's, the measures that are over: done on days that are known, or dropped
    assert {part.name for part in calendar.subcomponents} <= {"VEVENT"}
    assert len(calendar.subcomponents) >= planned and set(over) <= {"CONFIRMED", "CANCELLED"}
    return list(calendar.subcomponents)[:planned]


@pytest.mark.parametrize("language", READINGS)
def test_the_calendar_read_back_has_each_measure_on_its_days(language: str) -> None:
    for report in reports(language):
        events = events_of(report, language)
        uids = {slot.measure: event["uid"] for slot, event in zip(report.roadmap.slots, events, strict=True)}
        assert len(set(uids.values())) == len(events)
        for slot, event in zip(report.roadmap.slots, events, strict=True):
            begin, end = days_of(report, slot)
            begun = report.roadmap.wishes.of(slot.measure)
            if begun is not None and begun.standing == "running":
                begin, end = begun.begin or begin, begun.end or end
            measure = report.questionnaire.measures_by_id[slot.measure]
            assert (event.decoded("dtstart"), event.decoded("dtend")) == (begin, end + timedelta(days=1))
            assert event.decoded("dtstamp") == datetime.combine(
                report.subject.held_on, datetime.min.time(), UTC
            )
            assert event["summary"] == one_line(measure.title.localize(language))
            assert plain(measure.what.localize(language)) in str(event["description"])
            assert [str(name) for name in event["categories"].cats] == [
                catalogue(language).t(("Wave 1", "Wave 2", "Wave 3")[wave_of(slot.begin)])
            ]
            needed = event.get("related-to", [])
            needed = needed if isinstance(needed, list) else [needed]
            assert [str(uid) for uid in needed] == [uids[name] for name in slot.waits_for]
            assert {uid.params["reltype"] for uid in needed} <= {"DEPENDS-ON"}
            assert "alarm" not in str(event).lower() or report is hostile()


def test_an_event_says_what_to_do_first_who_and_why_then() -> None:
    report = sample("nordlicht", "de")
    text = str(events_of(report, "de")[0]["description"])
    measure = report.questionnaire.measures_by_id[report.roadmap.slots[0].measure]
    assert all(f"– {step.localize('de')}" in text for step in measure.first_steps)
    assert f"Zuständig: {measure.role.localize('de')}" in text
    assert "Aufwand: 12 bis 25 Personentage" in text


def test_a_measure_keeps_its_event_when_the_plan_moves_it() -> None:
    before = sample("nordlicht", "en")
    after = replanned(before, per_month=20.0, start=date(2027, 4, 1))
    uids = [
        {
            slot.measure: event["uid"]
            for slot, event in zip(one.roadmap.slots, events_of(one, "en"), strict=True)
        }
        for one in (before, after)
    ]
    both = set(uids[0]) & set(uids[1])
    assert both and all(uids[0][name] == uids[1][name] for name in both)
    other = before.model_copy(update={"subject": Subject(organisation="Another", held_on=START)})
    assert not {event["uid"] for event in events_of(other, "en")} & set(uids[0].values())


# ── the diagram ──────────────────────────────────────────────────────────────────────────────────────────────────────

TAGS = {"done", "active", "crit", "milestone", "vert"}
COMMAND = re.compile(
    r"gantt|dateFormat\s|inclusiveEndDates|topAxis|axisFormat\s|tickInterval\s|includes\s|excludes\s|todayMarker\s"
    r"|weekday\s|weekend\s|title\s|accTitle|accDescr|section\s|click\s|call\s|href\s|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)
"""Where a line begins like this, Mermaid does not read a task; the strictest of its versions counts."""


def drawing_of(report: Report, language: str) -> tuple[list[str], list[dict[str, Any]], dict[str, list[str]]]:
    """Read the diagram as Mermaid's grammar does: sections, tasks, and what the comments say about the order."""
    first, *lines = MERMAID.render(report, language).decode("utf-8").splitlines()
    assert first == "gantt"
    assert [line.split(" ")[4] for line in lines[:4]] == [
        *("title", "dateFormat", "axisFormat", "inclusiveEndDates"),
    ]
    sections: list[str] = []
    tasks: list[dict[str, Any]] = []
    order: dict[str, list[str]] = {}
    for line in (line.strip() for line in lines[4:]):
        if line.startswith("%%"):
            name, after = line.removeprefix("%% ").split(" after ")
            order[name] = after.split()
        elif line.startswith("section "):
            sections.append(line.removeprefix("section "))
        elif line != "todayMarker off":
            assert not COMMAND.match(line) and "%%" not in line
            found = re.fullmatch(r"([^#:;\n]+):([^#:;\n]+)", line)
            assert found, line
            *tags, identifier, begin, end = [part.strip() for part in found[2].split(",")]
            assert set(tags) <= TAGS and identifier not in TAGS
            tasks.append(
                {
                    "section": sections[-1],
                    "text": found[1],
                    "tags": tags,
                    "id": identifier,
                    "days": (begin, end),
                }
            )
    return sections, tasks, order


@pytest.mark.parametrize("language", READINGS)
def test_the_diagram_read_back_has_each_measure_on_its_days(language: str) -> None:
    for report in reports(language):
        sections, tasks, order = drawing_of(report, language)
        planned = [task for task in tasks if "done" not in task["tags"]]
        slots = sorted(report.roadmap.slots, key=lambda slot: wave_of(slot.begin))
        assert [task["id"] for task in planned] == [f"task-{slot.measure}" for slot in slots]
        for task, slot in zip(planned, slots, strict=True):
            assert task["days"] == tuple(day.isoformat() for day in days_of(report, slot))
            assert ("crit" in task["tags"]) == (slot.measure in report.roadmap.critical)
            assert ("active" in task["tags"]) == (slot.why == "running")
            assert order.get(task["id"], []) == [f"task-{name}" for name in slot.waits_for]
        waves = [catalogue(language).t(f"Wave {number}") for number in (1, 2, 3)]
        assert [name for name in sections if name in waves] == [
            wave for number, wave in enumerate(waves) if any(wave_of(slot.begin) == number for slot in slots)
        ]


def test_a_title_cannot_draw_anything_of_its_own() -> None:
    sections, tasks, _ = drawing_of(hostile(), "en")
    assert len(tasks) == len(HOSTILE)
    assert set(sections) <= {"Wave 1", "Wave 2", "Wave 3"}
    text = MERMAID.render(hostile(), "en").decode()
    assert not set('"<>{}#;\\') & set(text)
    assert not any("%%" in line.strip()[2:] for line in text.splitlines())


def test_titles_stay_legible() -> None:
    texts = [task["text"] for task in drawing_of(sample("seeblick", "en"), "en")[1]]
    assert texts[0] == "1 · A rule for abusive contacts "
    assert (
        "title Roadmap – Seeblick Reisen (fictitious)\n"
        in MERMAID.render(sample("seeblick", "en"), "en").decode()
    )


def test_finished_measures_are_drawn_as_done_and_running_ones_as_active() -> None:
    report = settled()
    tasks = {task["id"]: task for task in drawing_of(report, "en")[1]}
    done = [each for each in report.roadmap.wishes.commitments if each.standing == "done"]
    assert tasks[f"task-{done[0].measure}"]["tags"] == ["done"]
    assert tasks[f"task-{done[0].measure}"]["days"] == ("2026-10-01", "2026-11-15")
    assert tasks[f"task-{done[1].measure}"]["tags"] == ["done", "milestone"]
    assert tasks[f"task-{done[1].measure}"]["days"] == ("2026-12-01", "0d")
    assert sum("active" in task["tags"] for task in tasks.values()) == 1


# ── the project ──────────────────────────────────────────────────────────────────────────────────────────────────────

PROJECT = "{http://schemas.microsoft.com/project}"
ORDER = {
    "Project": "SaveVersion UID Name GUID Title Subject Category Company Manager Author CreationDate Revision LastSaved"
    " ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode"
    " CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth"
    " DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat WorkFormat"
    " EditableActualCosts HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary MultipleCriticalPaths"
    " NewTasksEffortDriven NewTasksEstimated SplitsInProgressTasks SpreadActualCost SpreadPercentComplete"
    " TaskUpdatesResource FiscalYearStart WeekStartDay StatusDate CurrentDate Autolink NewTaskStartDate NewTasksAreManual"
    " OutlineCodes WBSMasks ExtendedAttributes Calendars Tasks Resources Assignments",
    "Calendar": "UID GUID Name IsBaseCalendar IsBaselineCalendar BaseCalendarUID WeekDays Exceptions WorkWeeks",
    "WeekDay": "DayType DayWorking TimePeriod WorkingTimes",
    "Task": "UID GUID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority"
    " Start Finish Duration DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring OverAllocated Estimated"
    " Milestone Summary DisplayAsSummary Critical IsSubproject IsSubprojectReadOnly SubprojectName ExternalTask"
    " ExternalTaskProject EarlyStart EarlyFinish LateStart LateFinish StartVariance FinishVariance WorkVariance FreeSlack"
    " TotalSlack StartSlack FinishSlack FixedCost FixedCostAccrual PercentComplete PercentWorkComplete Cost OvertimeCost"
    " OvertimeWork ActualStart ActualFinish ActualDuration ActualCost ActualOvertimeCost ActualWork ActualOvertimeWork"
    " RegularWork RemainingDuration RemainingCost RemainingWork RemainingOvertimeCost RemainingOvertimeWork ACWP CV"
    " ConstraintType CalendarUID ConstraintDate Deadline LevelAssignments LevelingCanSplit LevelingDelay"
    " LevelingDelayFormat PreLeveledStart PreLeveledFinish Hyperlink HyperlinkAddress HyperlinkSubAddress"
    " IgnoreResourceCalendar Notes HideBar Rollup BCWS BCWP PhysicalPercentComplete EarnedValueMethod PredecessorLink",
    "PredecessorLink": "PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat",
    "Resource": "UID GUID ID Name Type IsNull Initials Phonetics NTAccount MaterialLabel Code Group WorkGroup EmailAddress"
    " Hyperlink HyperlinkAddress HyperlinkSubAddress MaxUnits PeakUnits OverAllocated AvailableFrom AvailableTo Start"
    " Finish CanLevel AccrueAt Work RegularWork OvertimeWork ActualWork RemainingWork CalendarUID Notes",
    "Assignment": "UID GUID TaskUID ResourceUID PercentWorkComplete ActualCost ActualFinish ActualOvertimeCost"
    " ActualOvertimeWork ActualStart ActualWork ACWP Confirmed Cost CostRateTable CostVariance CV Delay Finish"
    " FinishVariance Hyperlink HyperlinkAddress HyperlinkSubAddress WorkVariance HasFixedRateUnits FixedMaterial"
    " LevelingDelay LevelingDelayFormat LinkedFields Milestone Notes Overallocated OvertimeCost OvertimeWork PeakUnits"
    " RateScale RegularWork RemainingCost RemainingOvertimeCost RemainingOvertimeWork RemainingWork ResponsePending Start"
    " Stop Resume StartVariance Summary SV Units UpdateNeeded VAC Work WorkContour",
}
"""The elements of the schema, in its order."""


def project_of(report: Report, language: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    root = etree.fromstring(MSPROJECT.render(report, language), parser)
    assert root.tag == f"{PROJECT}Project" and root.nsmap == {None: PROJECT.strip("{}")}
    for element in root.iter():
        order = ORDER.get(element.tag.removeprefix(PROJECT))
        if order is not None:
            places = [order.split().index(child.tag.removeprefix(PROJECT)) for child in element]
            assert places == sorted(places), element.tag
    return root


def fields_of(element: Any) -> dict[str, str]:
    return {child.tag.removeprefix(PROJECT): child.text or "" for child in element}


def listed(root: Any, path: str) -> list[Any]:
    return root.findall("/".join(f"{PROJECT}{part}" for part in path.split("/")))


def hours(said: str) -> float:
    found = re.fullmatch(r"PT(\d+)H(\d+)M(\d+)S", said)
    assert found, said
    return int(found[1]) + int(found[2]) / 60 + int(found[3]) / 3600


def later(moment: datetime, *, working: int) -> datetime:
    """The beginning of the first working day after so many full ones, from the end of a day."""
    day = moment.date()
    for _ in range(working + 1):
        day += timedelta(days=1)
        while day.isoweekday() > 5:
            day += timedelta(days=1)
    return datetime.combine(day, datetime.min.time()).replace(hour=8)


@pytest.mark.parametrize("language", READINGS)
def test_the_project_read_back_has_each_measure_on_its_working_days(language: str) -> None:
    for report in reports(language):
        root = project_of(report, language)
        tasks = [task for task in map(fields_of, listed(root, "Tasks/Task")) if task["Summary"] == "0"]
        slots = sorted(report.roadmap.slots, key=lambda slot: wave_of(slot.begin))
        assert len(tasks) == len(slots)
        for task, slot in zip(tasks, slots, strict=True):
            begin, end = days_of(report, slot)
            title = report.questionnaire.measures_by_id[slot.measure].title.localize(language)
            assert task["Name"] == one_line(title, longest=255)
            days = [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
            days = [day for day in days if day.isoweekday() <= 5]
            assert (task["Start"], task["Finish"]) == (f"{days[0]}T08:00:00", f"{days[-1]}T17:00:00")
            assert hours(task["Duration"]) == 8 * len(days)
            assert hours(task["Work"]) == pytest.approx(8 * slot.effort, abs=1 / 3600)
            assert (task["Manual"], task["ConstraintType"], task["ConstraintDate"]) == (
                "0",
                "4",
                task["Start"],
            )
            assert int(task["FixedCost"]) == round(slot.cost * 100)
        assert len({task["UID"] for task in tasks}) == len(tasks)


@pytest.mark.parametrize("language", READINGS)
def test_what_a_measure_needs_ends_before_it_and_the_time_to_wait(language: str) -> None:
    waiting = 0
    for report in (*reports(language), replanned(sample("nordlicht", language), per_month=60.0)):
        root = project_of(report, language)
        tasks = {fields_of(task)["UID"]: task for task in listed(root, "Tasks/Task")}
        ids = {str(number): each.id for number, each in enumerate(report.questionnaire.measures, start=1)}
        for uid, task in tasks.items():
            slot = report.roadmap.slot(ids.get(uid, ""))
            links = [fields_of(link) for link in task.findall(f"{PROJECT}PredecessorLink")]
            assert [ids[link["PredecessorUID"]] for link in links] == list(slot.waits_for if slot else ())
            for link in links:
                assert slot is not None
                assert (link["Type"], link["LagFormat"], link["CrossProject"]) == ("1", "7", "0")
                before = datetime.fromisoformat(fields_of(tasks[link["PredecessorUID"]])["Finish"])
                days, rest = divmod(int(link["LinkLag"]), 8 * 60 * 10)
                assert rest == 0 and (days > 0) == (slot.lead > 0)
                waiting += days > 0
                assert later(before, working=days) <= datetime.fromisoformat(fields_of(task)["Start"])
    assert waiting


@pytest.mark.parametrize("language", READINGS)
def test_the_work_of_the_assignments_adds_up_to_that_of_the_tasks_and_of_the_plan(language: str) -> None:
    for report in reports(language):
        root = project_of(report, language)
        tasks = {task["UID"]: task for task in map(fields_of, listed(root, "Tasks/Task"))}
        resources = {one["UID"]: one for one in map(fields_of, listed(root, "Resources/Resource"))}
        work = dict.fromkeys(tasks, 0.0)
        for one in map(fields_of, listed(root, "Assignments/Assignment")):
            task, units = tasks[one["TaskUID"]], float(one["Units"])
            work[one["TaskUID"]] += hours(one["Work"])
            assert one["ResourceUID"] in resources and one["RemainingWork"] == one["Work"]
            assert (one["Start"], one["Finish"]) == (task["Start"], task["Finish"])
            assert units * hours(task["Duration"]) == pytest.approx(hours(one["Work"]), abs=0.01)
            assert units <= float(resources[one["ResourceUID"]]["MaxUnits"]) + 1e-5
        single = {uid: task for uid, task in tasks.items() if task["Summary"] == "0"}
        assert all(work[uid] == pytest.approx(hours(task["Work"])) for uid, task in single.items())
        summed = sum(hours(task["Work"]) for task in tasks.values() if task["Summary"] == "1")
        assert summed == pytest.approx(sum(work.values()))
        assert sum(work.values()) == pytest.approx(
            8 * sum(slot.effort for slot in report.roadmap.slots), abs=0.01
        )


def test_each_role_works_as_much_as_in_the_plan_and_without_roles_the_team_does() -> None:
    report = sample("nordlicht", "en")
    root = project_of(report, "en")
    names = {one["UID"]: one["Name"] for one in map(fields_of, listed(root, "Resources/Resource"))}
    assert list(names.values()) == [role.label.localize("en") for role in report.questionnaire.planning.roles]
    done = dict.fromkeys(names.values(), 0.0)
    for one in map(fields_of, listed(root, "Assignments/Assignment")):
        done[names[one["ResourceUID"]]] += hours(one["Work"]) / 8
    for role in report.questionnaire.planning.roles:
        planned = sum(slot.work.get(role.id, 0.0) for slot in report.roadmap.slots)
        assert done[role.label.localize("en")] == pytest.approx(planned, abs=0.01)
    for one in (sample("seeblick", "en"), empty()):
        assert [fields_of(each)["Name"] for each in listed(project_of(one, "en"), "Resources/Resource")] == [
            "Team"
        ]


@pytest.mark.parametrize("name", SAMPLES)
def test_waves_are_summaries_over_their_measures(name: str) -> None:
    tasks = [fields_of(task) for task in listed(project_of(sample(name, "en"), "en"), "Tasks/Task")]
    assert [task["ID"] for task in tasks] == [str(number) for number in range(1, len(tasks) + 1)]
    assert tasks[0]["OutlineLevel"] == "1" and tasks[0]["Name"] == "Wave 1"
    for before, after in pairwise(tasks):
        assert int(after["OutlineLevel"]) <= int(before["OutlineLevel"]) + 1
        assert (after["OutlineLevel"] == "1") == (after["Summary"] == "1")
        assert after["OutlineNumber"].count(".") + 1 == int(after["OutlineLevel"])
    for number, summary in enumerate([task for task in tasks if task["Summary"] == "1"], start=1):
        inside = [task for task in tasks if task["OutlineNumber"].startswith(f"{number}.")]
        assert summary["Start"] == min(task["Start"] for task in inside)
        assert summary["Finish"] == max(task["Finish"] for task in inside)
        assert summary["OutlineNumber"] == str(number) and inside


def test_the_calendar_of_the_project_works_from_monday_to_friday() -> None:
    root = project_of(empty(), "en")
    days = [fields_of(day) for day in listed(root, "Calendars/Calendar/WeekDays/WeekDay")]
    assert [(day["DayType"], day["DayWorking"]) for day in days] == [
        *(("1", "0"), ("2", "1"), ("3", "1"), ("4", "1"), ("5", "1"), ("6", "1"), ("7", "0")),
    ]
    assert fields_of(root)["StartDate"] == "2027-01-01T08:00:00"
    assert listed(root, "Tasks/Task") == [] and listed(root, "Assignments/Assignment") == []


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("plan") / "answers.json"
    assert run("sample", "--language", "de", "-o", file).exit_code == 0
    return file


@pytest.mark.parametrize("exporter", PLAN_EXPORTERS, ids=lambda one: one.format)
def test_the_suffix_of_the_file_says_the_format_of_the_plan(
    exporter: Any, answers: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"plan{exporter.suffix}"
    assert run("plan", answers, "--language", "de", "-o", file).exit_code == 0
    assert file.read_bytes() == exporter.render(sample("nordlicht", "de"), "de")
    printed = run("plan", answers, "--language", "de", "--format", exporter.format)
    assert printed.stdout_bytes == file.read_bytes()


def test_the_format_named_goes_before_the_suffix(answers: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.xml"
    assert run("plan", answers, "--format", "json", "-o", file).exit_code == 0
    assert file.read_text("utf-8") == run("plan", answers, "--format", "json").stdout
    assert run("plan", answers, "--format", "table", "-o", file).exit_code == 0
    assert file.read_text("utf-8") == run("plan", answers).stdout


def test_the_table_of_the_plan_says_when_and_how_far_it_can_slip(answers: Path) -> None:
    head, _, *rows = run("plan", answers).stdout.splitlines()
    assert head.split() == ["measure", "title", "begin", "end", "person_days", "why", "waits_for", "slack"]
    first = sample("nordlicht", "en").roadmap.slots[0]
    assert rows[0].startswith(first.measure)
    assert "2026-12-01  2027-01-31" in rows[0] and rows[0].endswith("none")
    assert any("not in the plan: capacity" in row for row in rows)
    assert any(row.endswith(" months") for row in rows)


def test_a_suffix_that_no_format_has_is_told_with_those_that_there_are(answers: Path, tmp_path: Path) -> None:
    result = run("plan", answers, "-o", tmp_path / "plan.icl")
    assert result.exit_code == 1
    assert result.stderr == (
        "there is no format of a plan “.icl”. Did you mean “.ics”?\n"
        "    Name the file with one of these suffixes, or give --format.\n"
    )
    assert not list(tmp_path.iterdir())


def test_a_plan_that_cannot_be_written_is_told(answers: Path, tmp_path: Path) -> None:
    result = run("plan", answers, "-o", tmp_path / "nowhere" / "plan.ics")
    assert result.exit_code == 1
    assert "the file cannot be written: No such file or directory." in result.stderr


def test_a_sheet_without_answers_has_a_plan_in_every_format() -> None:
    questionnaire = sample("nordlicht", "en").questionnaire
    sheet = AnswerSheet(questionnaire=questionnaire.id, version=questionnaire.version)
    report = assess(
        questionnaire, sheet, subject=Subject(held_on=START), capacity=Capacity(start=START, per_month=12)
    )
    assert len(rows_of(report, "nl")) == len(questionnaire.measures)
    assert drawing_of(report, "nl")[1] == [] and events_of(report, "nl") == []
    assert "title Stappenplan\n" in MERMAID.render(report, "nl").decode()
