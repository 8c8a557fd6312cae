"""Chart specs: plain data made from a Report in one language. The screen and the PDF each draw them in their own way.

Every chart carries a title, a text alternative that says what it shows, and enough plain numbers for a table.
"""

from datetime import date
from typing import Literal

from dateutil.relativedelta import relativedelta

from assessment.findings import capabilities
from assessment.i18n import Catalogue, catalogue
from assessment.report import Report
from assessment.roadmap import SLOTS_PER_MONTH
from assessment.values import Id, Language, Model


class Series(Model):
    """One line of a radar."""

    name: str
    role: Literal["present", "planned"]
    values: tuple[float | None, ...]


class Radar(Model):
    """The maturity of several sections at a glance."""

    kind: Literal["radar"] = "radar"
    title: str
    alt: str
    axes: tuple[str, ...]
    ids: tuple[Id, ...]
    lowest: float
    highest: float
    series: tuple[Series, ...]


class Bar(Model):
    """A section's index with its range, its level, and what the plan makes of it."""

    id: Id
    label: str
    value: float | None
    """None while too little is answered."""
    low: float | None
    high: float | None
    level: int | None
    planned: float | None


class Bars(Model):
    """Indexes of several sections with ranges."""

    kind: Literal["bars"] = "bars"
    title: str
    alt: str
    lowest: float
    highest: float
    planned_name: str
    bars: tuple[Bar, ...]


class Cell(Model):
    """One section in the heatmap."""

    id: Id
    label: str
    level: int | None
    planned: int | None


class Row(Model):
    """One dimension in the heatmap."""

    id: Id
    label: str
    cells: tuple[Cell, ...]


class Heatmap(Model):
    """The level of every capability, by dimension."""

    kind: Literal["heatmap"] = "heatmap"
    title: str
    alt: str
    levels: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]


class Span(Model):
    """One measure in the timeline."""

    id: Id
    label: str
    begin: int
    end: int
    """In half-months; `end` is the first one after."""
    wave: int
    lifts_cap: bool
    quick: bool
    waits_for: tuple[Id, ...]


class Timeline(Model):
    """The plan over time with its load."""

    kind: Literal["timeline"] = "timeline"
    title: str
    alt: str
    months: tuple[str, ...]
    slots_per_month: int
    bars: tuple[Span, ...]
    load: tuple[float, ...]
    """Person-days by month."""
    capacity: float
    load_name: str
    capacity_name: str


class Curve(Model):
    """A figure over the months of the plan."""

    kind: Literal["curve"] = "curve"
    title: str
    alt: str
    months: tuple[str, ...]
    lowest: float
    highest: float
    series: tuple[Series, ...]


Chart = Radar | Bars | Heatmap | Timeline | Curve

WAVES = (3, 9)
"""A measure that begins before month 3 is in the first wave, before month 9 in the second, later in the third."""


def wave_of(begin: int) -> int:
    """Return the wave, from 0, of a measure that begins in this half-month."""
    return sum(begin >= month * SLOTS_PER_MONTH for month in WAVES)


def months_of(report: Report, c: Catalogue) -> tuple[str, ...]:
    """Return the names of the plan's months."""
    start = report.roadmap.capacity.start
    return tuple(c.month(month_after(start, number)) for number in range(report.roadmap.capacity.months))


def month_after(start: date, months: int) -> date:
    """Return the day so many months later."""
    later: date = start + relativedelta(months=months)
    return later


def radar(report: Report, language: Language, *, of: str | None = None) -> Radar:
    """Return the radar of all capabilities, or of those of one dimension: today and after the plan."""
    c = catalogue(language)
    ids = tuple(
        i for i in capabilities(report.questionnaire) if of is None or of in report.questionnaire.path(i)
    )
    places = [report.questionnaire.sections_by_id[i] for i in ids]
    present = tuple(report.scorecard.of(i).value for i in ids)
    planned = tuple(report.roadmap.projection[-1].values[i] for i in ids)
    rated = [(value, place) for value, place in zip(present, places, strict=True) if value is not None]
    if rated:
        strongest, weakest = max(rated, key=lambda r: r[0]), min(rated, key=lambda r: r[0])
        alt = c.t(
            "Radar of {count} capabilities. Strongest: {strongest} with {high}; weakest: {weakest} with {low}.",
            count=len(ids),
            strongest=strongest[1].title.localize(language),
            high=c.number(strongest[0]),
            weakest=weakest[1].title.localize(language),
            low=c.number(weakest[0]),
        )
    else:
        alt = c.t("Radar of {count} capabilities; nothing is answered yet.", count=len(ids))
    return Radar(
        title=c.t("Maturity by capability"),
        alt=alt,
        axes=tuple(place.title.localize(language) for place in places),
        ids=ids,
        lowest=float(report.questionnaire.scale.lowest),
        highest=float(report.questionnaire.scale.highest),
        series=(
            Series(name=c.t("today"), role="present", values=present),
            Series(name=c.t("after the plan"), role="planned", values=planned),
        ),
    )


def bars(report: Report, language: Language, *, of: str | None = None) -> Bars:
    """Return index and range of the dimensions, or of the parts of one dimension."""
    c = catalogue(language)
    parent = report.questionnaire.sections_by_id[of or report.questionnaire.id]
    made = []
    for section in parent.sections:
        score = report.scorecard.of(section.id)
        made.append(
            Bar(
                id=section.id,
                label=section.title.localize(language),
                value=score.value if score.certain else None,
                low=score.low,
                high=score.high,
                level=score.level if score.certain else None,
                planned=report.roadmap.projection[-1].values[section.id],
            )
        )
    said = "; ".join(
        c.t(
            "{section}: {value}, range {low} to {high}",
            section=bar.label,
            value=c.number(bar.value),
            low=c.number(bar.low),
            high=c.number(bar.high),
        )
        for bar in made
    )
    return Bars(
        title=c.t("Index with range"),
        alt=said + ".",
        lowest=float(report.questionnaire.scale.lowest),
        highest=float(report.questionnaire.scale.highest),
        planned_name=c.t("after the plan"),
        bars=tuple(made),
    )


def heatmap(report: Report, language: Language) -> Heatmap:
    """Return the level of every capability, by dimension."""
    c = catalogue(language)
    rows = []
    for dimension in report.questionnaire.sections:
        cells = []
        for section in dimension.walk():
            if section.questions:
                score = report.scorecard.of(section.id)
                cells.append(
                    Cell(
                        id=section.id,
                        label=section.title.localize(language),
                        level=score.level if score.certain else None,
                        planned=report.roadmap.projection[-1].levels[section.id],
                    )
                )
        rows.append(Row(id=dimension.id, label=dimension.title.localize(language), cells=tuple(cells)))
    counted = {
        step.level: sum(cell.level == step.level for row in rows for cell in row.cells)
        for step in report.questionnaire.scale.levels
    }
    said = c.join(
        c.t("{count} on level {level}", count=count, level=level) for level, count in counted.items() if count
    )
    return Heatmap(
        title=c.t("Level by capability"),
        alt=c.t("Levels of the capabilities: {list}.", list=said or c.t("none yet")),
        levels=tuple(
            (step.level, step.label.localize(language)) for step in report.questionnaire.scale.levels
        ),
        rows=tuple(rows),
    )


def timeline(report: Report, language: Language) -> Timeline:
    """Return the plan over time with its load against capacity."""
    c = catalogue(language)
    plan = report.roadmap
    quick = report.questionnaire.quick_wins
    made = tuple(
        Span(
            id=slot.measure,
            label=report.questionnaire.measures_by_id[slot.measure].title.localize(language),
            begin=slot.begin,
            end=slot.end,
            wave=wave_of(slot.begin),
            lifts_cap=slot.why == "cap",
            quick=slot.measure in quick,
            waits_for=slot.waits_for,
        )
        for slot in plan.slots
    )
    busiest = max(plan.load, default=0.0)
    months = months_of(report, c)
    return Timeline(
        title=c.t("Roadmap with load"),
        alt=c.t(
            "{count} measures from {first} to {last}; the busiest month takes {busiest} of {capacity} person-days.",
            count=len(made),
            first=months[0],
            last=months[-1],
            busiest=c.number(busiest, 1),
            capacity=c.number(plan.capacity.per_month, 1),
        ),
        months=months,
        slots_per_month=SLOTS_PER_MONTH,
        bars=made,
        load=plan.load,
        capacity=plan.capacity.per_month,
        load_name=c.t("person-days planned"),
        capacity_name=c.t("capacity"),
    )


def progress_curve(report: Report, language: Language) -> Curve:
    """Return the overall index after each month of the plan."""
    c = catalogue(language)
    values = tuple(step.values[report.questionnaire.id] for step in report.roadmap.projection)
    months = (c.t("today"), *months_of(report, c))
    return Curve(
        title=c.t("Index over the plan"),
        alt=c.t(
            "The overall index goes from {first} today to {last} at the end of the plan.",
            first=c.number(values[0]),
            last=c.number(values[-1]),
        ),
        months=months,
        lowest=float(report.questionnaire.scale.lowest),
        highest=float(report.questionnaire.scale.highest),
        series=(Series(name=c.t("overall index"), role="planned", values=values),),
    )
