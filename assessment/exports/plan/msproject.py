"""The plan as a project (the XML of Microsoft Project), which most planning programs read.

Its elements stand in the order of the schema, which Project insists on. Days begin at eight and have eight hours.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent, tostring

from assessment.brand import UNBRANDED, Brand
from assessment.charts import wave_of
from assessment.charts.days import DAY, first_day, last_day, working_days
from assessment.document.parts import EVERYTHING, Parts
from assessment.document.planned import WAVE_NAMES, described, role_name, teller, title_of
from assessment.document.telling import Teller
from assessment.exports import Exporter
from assessment.exports.plan.plain import one_line, plain
from assessment.report import Report
from assessment.roadmap import Slot
from assessment.values import Variety

NAMESPACE = "http://schemas.microsoft.com/project"
VERSION = 14
"""Project 2010, the first that knows tasks planned by hand, which these are not."""

HOURS = 8
HALVES = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
BEGIN, END = time(8), time(17)
FEWEST_DAYS = 20
"""A month has so many working days at least."""

LONGEST_NAME = 255
IN_DAYS = 7
"""Project's number for durations and lags said in days."""
FIXED_DURATION = 1
"""Project's number for tasks that keep their days, whoever works on them how much."""
NOT_EARLIER = 4
"""Project's number for tasks that start no earlier than a day."""
FINISH_TO_START = 1
OWN_CALENDAR = 1

Said = str | int


@dataclass(frozen=True)
class _Task:
    """A measure on the working days of its half-months."""

    slot: Slot
    uid: int
    days: tuple[date, ...]
    lag: int
    """Working days to wait before it."""
    work: dict[str, int]
    """Seconds of work by role; an empty name stands for the whole team."""

    @property
    def start(self) -> str:
        return datetime.combine(self.days[0], BEGIN).isoformat()

    @property
    def finish(self) -> str:
        return datetime.combine(self.days[-1], END).isoformat()

    @property
    def seconds(self) -> int:
        return sum(self.work.values())

    def units(self, role: str) -> float:
        """Return how many people of a role work on it, on average."""
        return self.work[role] / (len(self.days) * HOURS * 3600)


@dataclass(frozen=True)
class _Plan:
    """The plan as Project sees it."""

    tell: Teller

    @cached_property
    def tasks(self) -> tuple[_Task, ...]:
        """The measures of the plan, in its order."""
        start = self.tell.report.roadmap.capacity.start
        return tuple(
            _Task(
                slot=slot,
                uid=self.uids[slot.measure],
                days=working_days(first_day(start, slot.begin), last_day(start, slot.end)),
                lag=len(working_days(first_day(start, slot.begin - slot.lead), last_day(start, slot.begin))),
                work=self._work(slot),
            )
            for slot in self.tell.report.roadmap.slots
        )

    @cached_property
    def uids(self) -> dict[str, int]:
        """A number for each measure, the same however it is planned."""
        return {
            measure.id: number for number, measure in enumerate(self.tell.questionnaire.measures, start=1)
        }

    @cached_property
    def roles(self) -> dict[str, int]:
        """The number of each resource; an empty name stands for the whole team, where it is not said who does it."""
        names = [role.id for role in self.tell.questionnaire.planning.roles]
        team = [""] if not names or any("" in task.work for task in self.tasks) else []
        return {name: number for number, name in enumerate([*names, *team], start=1)}

    def _work(self, slot: Slot) -> dict[str, int]:
        """Return who works how many seconds; what rounding leaves goes to whoever does most."""
        whole = round(slot.effort * HOURS * 3600)
        names = [role.id for role in self.tell.questionnaire.planning.roles if slot.work.get(role.id)]
        if not names:
            return {"": whole} if whole else {}
        work = {name: round(slot.work[name] * HOURS * 3600) for name in names}
        most = max(names, key=lambda name: work[name])
        work[most] += whole - sum(work.values())
        return {name: seconds for name, seconds in work.items() if seconds}

    def peak(self, role: str) -> float:
        """Return how many people of a role work at the same time at most."""
        busy: defaultdict[int, float] = defaultdict(float)
        for task in self.tasks:
            if role in task.work:
                for slot in range(task.slot.begin, task.slot.end):
                    busy[slot] += task.units(role)
        return max(busy.values(), default=0.0)


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return the project: waves as summaries, measures on their days, who works on them how much, what waits for what."""
    plan = _Plan(teller(report, language))
    project = Element("Project", xmlns=NAMESPACE)
    _head(project, plan)
    _calendars(SubElement(project, "Calendars"), plan)
    _tasks(SubElement(project, "Tasks"), plan)
    _resources(SubElement(project, "Resources"), plan)
    _assignments(SubElement(project, "Assignments"), plan)
    indent(ElementTree(project))
    body: bytes = tostring(project, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _fill(parent: Element, **fields: Said) -> None:
    """Add elements, in this order."""
    for name, value in fields.items():
        SubElement(parent, name).text = str(value)


def _head(project: Element, plan: _Plan) -> None:
    report = plan.tell.report
    day = _workday(first_day(report.roadmap.capacity.start, 0))
    begin = datetime.combine(day, BEGIN).isoformat()
    _fill(
        project,
        SaveVersion=VERSION,
        Name=one_line(title_of(plan.tell), longest=LONGEST_NAME),
        Title=one_line(title_of(plan.tell), longest=LONGEST_NAME),
        Company=one_line(report.subject.organisation, longest=LONGEST_NAME),
        Author=one_line(report.subject.author, longest=LONGEST_NAME),
        CreationDate=datetime.combine(report.subject.held_on, BEGIN).isoformat(),
        ScheduleFromStart=1,
        StartDate=begin,
        FinishDate=max((task.finish for task in plan.tasks), default=begin),
        CalendarUID=OWN_CALENDAR,
        DefaultStartTime=BEGIN.isoformat(),
        DefaultFinishTime=END.isoformat(),
        MinutesPerDay=HOURS * 60,
        MinutesPerWeek=HOURS * 60 * 5,
        DaysPerMonth=FEWEST_DAYS,
        DefaultTaskType=FIXED_DURATION,
        DurationFormat=IN_DAYS,
        WorkFormat=IN_DAYS,
        HonorConstraints=1,
        NewTasksEffortDriven=0,
        NewTasksEstimated=0,
        NewTasksAreManual=0,
    )


def _workday(day: date) -> date:
    """Return the day, or the Monday after it."""
    return working_days(day, day + 2 * DAY)[0]


def _calendars(parent: Element, plan: _Plan) -> None:
    calendar = SubElement(parent, "Calendar")
    _fill(calendar, UID=OWN_CALENDAR, Name="Standard", IsBaseCalendar=1, BaseCalendarUID=-1)
    days = SubElement(calendar, "WeekDays")
    for number in range(1, 8):  # Project counts from Sunday
        works = number not in (1, 7)
        day = SubElement(days, "WeekDay")
        _fill(day, DayType=number, DayWorking=int(works))
        if works:
            times = SubElement(day, "WorkingTimes")
            for begin, end in HALVES:
                _fill(SubElement(times, "WorkingTime"), FromTime=begin, ToTime=end)
    for role, number in plan.roles.items():
        # Project wants one for each resource; these differ from the first one in nothing
        _fill(
            SubElement(parent, "Calendar"),
            UID=OWN_CALENDAR + number,
            Name=_resource(plan, role),
            IsBaseCalendar=0,
            BaseCalendarUID=OWN_CALENDAR,
        )


def _tasks(parent: Element, plan: _Plan) -> None:
    row, outline = 0, 0
    for place, name in enumerate(WAVE_NAMES):
        here = [task for task in plan.tasks if wave_of(task.slot.begin) == place]
        if not here:
            continue
        row, outline = row + 1, outline + 1
        uid = len(plan.uids) + 1 + place
        _summary(SubElement(parent, "Task"), plan.tell.c.t(name), here, ids=(uid, row, str(outline)))
        for number, task in enumerate(here, start=1):
            row += 1
            _task(SubElement(parent, "Task"), plan, task, ids=(task.uid, row, f"{outline}.{number}"))


Ids = tuple[int, int, str]
"""A task's own number, its row, and its place in the outline."""


def _summary(element: Element, name: str, tasks: list[_Task], *, ids: Ids) -> None:
    first, last = min(task.days[0] for task in tasks), max(task.days[-1] for task in tasks)
    _begun(element, name, ids=ids)
    _fill(
        element,
        Start=datetime.combine(first, BEGIN).isoformat(),
        Finish=datetime.combine(last, END).isoformat(),
        Duration=_duration(len(working_days(first, last)) * HOURS * 3600),
        DurationFormat=IN_DAYS,
        Work=_duration(sum(task.seconds for task in tasks)),
        EffortDriven=0,
        Estimated=0,
        Milestone=0,
        Summary=1,
    )


def _task(element: Element, plan: _Plan, task: _Task, *, ids: Ids) -> None:
    tell, slot = plan.tell, task.slot
    owner = one_line(tell.report.tracking.of(slot.measure).owner, longest=LONGEST_NAME)
    _begun(element, tell.measure(slot.measure), ids=ids, contact=owner)
    _fill(
        element,
        Start=task.start,
        Finish=task.finish,
        Duration=_duration(len(task.days) * HOURS * 3600),
        DurationFormat=IN_DAYS,
        Work=_duration(task.seconds),
        EffortDriven=0,
        Estimated=0,
        Milestone=0,
        Summary=0,
        FixedCost=round(slot.cost * 100),  # Project keeps money in hundredths
        ConstraintType=NOT_EARLIER,
        ConstraintDate=task.start,
        Notes=plain(described(tell, slot)),
    )
    for name in slot.waits_for:
        _fill(
            SubElement(element, "PredecessorLink"),
            PredecessorUID=plan.uids[name],
            Type=FINISH_TO_START,
            CrossProject=0,
            LinkLag=task.lag * HOURS * 60 * 10,  # tenths of a minute
            LagFormat=IN_DAYS,
        )


def _begun(element: Element, name: str, *, ids: Ids, contact: str = "") -> None:
    uid, row, outline = ids
    _fill(
        element,
        UID=uid,
        ID=row,
        Name=one_line(name, longest=LONGEST_NAME),
        Active=1,
        Manual=0,
        Type=FIXED_DURATION,
        IsNull=0,
        **({"Contact": contact} if contact else {}),
        WBS=outline,
        OutlineNumber=outline,
        OutlineLevel=outline.count(".") + 1,
        Priority=500,  # what Project gives every task
    )


def _resources(parent: Element, plan: _Plan) -> None:
    for role, number in plan.roles.items():
        _fill(
            SubElement(parent, "Resource"),
            UID=number,
            ID=number,
            Name=_resource(plan, role),
            Type=1,  # somebody who works, not material
            IsNull=0,
            MaxUnits=_people(max(_limit(plan, role) / FEWEST_DAYS, plan.peak(role))),
            CalendarUID=OWN_CALENDAR + number,
        )


def _limit(plan: _Plan, role: str) -> float:
    """Return the person-days a month of a role.

    The plan counts by month and Project by the hour: a half-month may take what the whole month has. That is why nobody is
    given fewer hours than the plan takes, or Project would call a plan too full that is not.
    """
    capacity = plan.tell.report.roadmap.capacity
    return capacity.roles.get(role, capacity.per_month)


def _resource(plan: _Plan, role: str) -> str:
    name = role_name(plan.tell, role) if role else plan.tell.c.t("Team")
    return one_line(name, longest=LONGEST_NAME)


def _assignments(parent: Element, plan: _Plan) -> None:
    for number, (task, role) in enumerate(_pairs(plan), start=1):
        _fill(
            SubElement(parent, "Assignment"),
            UID=number,
            TaskUID=task.uid,
            ResourceUID=plan.roles[role],
            Finish=task.finish,
            RemainingWork=_duration(task.work[role]),
            Start=task.start,
            Units=_people(task.units(role)),
            Work=_duration(task.work[role]),
        )


def _pairs(plan: _Plan) -> Iterator[tuple[_Task, str]]:
    for task in plan.tasks:
        for role in task.work:
            yield task, role


def _people(units: float) -> str:
    """Return a number of people as Project writes it: one person is 1, half a day each day is 0.5."""
    return f"{units:.6f}".rstrip("0").rstrip(".")


def _duration(seconds: int) -> str:
    """Return a length of time as XML writes it."""
    minutes, rest = divmod(seconds, 60)
    return f"PT{minutes // 60}H{minutes % 60}M{rest}S"


EXPORTER = Exporter(format="msproject", suffix=".xml", media_type="application/xml", render=render)
