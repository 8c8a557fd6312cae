"""The plan as a calendar (iCalendar, RFC 5545): an event of whole days for each measure."""

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from assessment.brand import UNBRANDED, Brand
from assessment.charts.days import first_day
from assessment.document.parts import EVERYTHING, Parts
from assessment.document.planned import described, teller, title_of, wave
from assessment.document.telling import Teller
from assessment.exports import Exporter
from assessment.exports.plan.plain import one_line, plain
from assessment.report import Report
from assessment.roadmap import Slot
from assessment.values import Variety

if TYPE_CHECKING:
    from icalendar import Event


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
    for slot in report.roadmap.slots:
        calendar.add_component(_event(tell, slot))
    body: bytes = calendar.to_ical()
    return body


def _event(tell: Teller, slot: Slot) -> "Event":
    from icalendar import Event

    start, event = tell.report.roadmap.capacity.start, Event()
    event.add("uid", _uid(tell.report, slot.measure))
    event.add("dtstamp", datetime.combine(tell.report.subject.held_on, time(), UTC))
    event.add("dtstart", first_day(start, slot.begin))
    event.add("dtend", first_day(start, slot.end))  # the first day after it
    event.add("summary", one_line(tell.measure(slot.measure)))
    event.add("description", plain(described(tell, slot)))
    event.add("categories", [wave(tell, slot)])
    event.add("transp", "TRANSPARENT")  # whoever works on a measure for weeks is not busy for weeks
    for name in slot.waits_for:
        # of the relations of RFC 9253 the one that can be read in one direction only
        event.add("related-to", _uid(tell.report, name), parameters={"reltype": "DEPENDS-ON"})
    return event


def _uid(report: Report, measure: str) -> str:
    """Return the same id for a measure however it is planned, so that a calendar moves the event that it has."""
    whose = report.subject
    parts = (report.questionnaire.id, whose.organisation, whose.unit, measure)
    return str(uuid5(NAMESPACE_URL, "\n".join(one_line(part) for part in parts)))


EXPORTER = Exporter(format="ics", suffix=".ics", media_type="text/calendar; charset=utf-8", render=render)
