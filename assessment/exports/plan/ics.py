"""The plan as a calendar (iCalendar, RFC 5545): an event of whole days for each measure.

What is done stays in the calendar on its real days, what was dropped is cancelled in it. An event keeps its id whatever becomes
of its measure, and its number grows with every change, so that taking the file in again changes what is there.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from assessment.brand import UNBRANDED, Brand
from assessment.charts.days import first_day
from assessment.document.parts import EVERYTHING, Parts
from assessment.document.planned import described, followed_up, teller, title_of, wave
from assessment.document.telling import Teller
from assessment.exports import Exporter
from assessment.exports.plan.plain import one_line, plain
from assessment.report import Report
from assessment.roadmap import Commitment, Slot
from assessment.values import Variety

if TYPE_CHECKING:
    from icalendar import Event


FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""An event's number is the seconds from here to its last change: it grows with each, and needs no memory."""
MOST = 2**31 - 1
"""The largest number that RFC 5545 allows."""


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return the calendar; it says nothing about the day on which it was made."""
    from icalendar import Calendar  # takes as long to import as a plan to make

    tell = teller(report, language)
    calendar = Calendar()
    calendar.add("prodid", f"-//Transformation assessment//Plan//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", one_line(title_of(tell)))
    changed = _changed(report)
    for slot in report.roadmap.slots:
        calendar.add_component(_planned(tell, slot, changed))
    planned = {slot.measure for slot in report.roadmap.slots}
    for settled in report.roadmap.wishes.commitments:
        if settled.measure not in planned and settled.measure in report.questionnaire.measures_by_id:
            event = _settled(tell, settled, changed)
            if event is not None:
                calendar.add_component(event)
    body: bytes = calendar.to_ical()
    return body


def _changed(report: Report) -> datetime:
    """Return when anything that the plan is made of was changed last, as far as that is known."""
    held = datetime.combine(report.subject.held_on, time(), UTC)
    known = [answer.at for answer in report.sheet.answers if answer.at is not None]
    known += [report.tracking.changed] if report.tracking.changed is not None else []
    moments = (each if each.tzinfo else each.replace(tzinfo=UTC) for each in known)
    return max((held, *moments)).astimezone(UTC).replace(microsecond=0)


def _planned(tell: Teller, slot: Slot, changed: datetime) -> "Event":
    start, settled = tell.report.roadmap.capacity.start, tell.report.roadmap.wishes.of(slot.measure)
    first, after = first_day(start, slot.begin), first_day(start, slot.end)
    if settled is not None and settled.standing == "running":
        if settled.begin is not None and settled.begin < after:
            first = settled.begin
        if settled.end is not None and settled.end >= first:
            after = settled.end + timedelta(days=1)
    event = _event(tell, slot.measure, days=(first, after), changed=changed)
    event.add("description", plain(described(tell, slot)))
    event.add("categories", [wave(tell, slot)])
    if slot.why in ("running", "pinned"):
        event.add("status", "CONFIRMED")
    for name in slot.waits_for:
        # of the relations of RFC 9253 the one that can be read in one direction only
        event.add("related-to", _uid(tell.report, name), parameters={"reltype": "DEPENDS-ON"})
    return event


def _settled(tell: Teller, settled: Commitment, changed: datetime) -> "Event | None":
    """Return the event of a measure that is done, on its real days, or was dropped; None if there is nothing to say."""
    days = _days_of(tell.report, settled)
    if settled.standing == "dropped":
        # cancelled wherever it stands: a calendar that knows it takes it away, another one is told no day that counts
        known = days or (first_day(tell.report.roadmap.capacity.start, 0),) * 2
        event = _event(tell, settled.measure, days=(known[0], known[1] + timedelta(days=1)), changed=changed)
        event.add("status", "CANCELLED")
    elif settled.standing == "done" and days is not None:
        event = _event(tell, settled.measure, days=(days[0], days[1] + timedelta(days=1)), changed=changed)
        event.add("status", "CONFIRMED")
        event.add("categories", [tell.c.t("Done")])
    else:
        return None
    event.add("description", plain("\n".join(followed_up(tell, settled.measure))))
    return event


def _days_of(report: Report, settled: Commitment) -> tuple[date, date] | None:
    """Return first and last day of what is done or was dropped: the real ones, else those it was planned for."""
    aim = report.tracking.aim(settled.measure)
    if settled.standing == "dropped":
        return (aim.begin, aim.end) if aim else None
    end = settled.end or (aim.end if aim else None)
    if end is None:
        return None
    begin = settled.begin or (aim.begin if aim else None)
    return (begin, end) if begin is not None and begin <= end else (end, end)


def _event(tell: Teller, measure: str, *, days: tuple[date, date], changed: datetime) -> "Event":
    """Return what every measure's event says; the second day is the first one after it."""
    from icalendar import Event

    event, track = Event(), tell.report.tracking.of(measure)
    event.add("uid", _uid(tell.report, measure))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", min(MOST, max(0, int((changed - FIRST).total_seconds()))))
    event.add("dtstart", days[0])
    event.add("dtend", days[1])
    event.add("summary", one_line(tell.measure(measure)))
    event.add("transp", "TRANSPARENT")  # whoever works on a measure for weeks is not busy for weeks
    if one_line(track.owner):
        event.add("contact", one_line(track.owner))
    if plain(track.note):
        event.add("comment", plain(track.note))
    return event


def _uid(report: Report, measure: str) -> str:
    """Return the same id for a measure however it is planned, so that a calendar moves the event that it has."""
    whose = report.subject
    parts = (report.questionnaire.id, whose.organisation, whose.unit, measure)
    return str(uuid5(NAMESPACE_URL, "\n".join(one_line(part) for part in parts)))


EXPORTER = Exporter(format="ics", suffix=".ics", media_type="text/calendar; charset=utf-8", render=render)
