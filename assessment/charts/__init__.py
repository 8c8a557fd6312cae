"""Chart specs: plain data made from a Report in one language. The screen and the PDF each draw them in their own way.

Every chart carries a title, a text alternative that says what it shows, and enough plain numbers for a table.
"""

from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from assessment.charts.axes import Axis, axis_of, digits_of
from assessment.charts.specs import (
    Bar,
    Bars,
    Bridge,
    Cell,
    Chart,
    Curve,
    Gained,
    Heatmap,
    Payoff,
    Radar,
    Row,
    Scaled,
    Series,
    Span,
    Stage,
    Timeline,
)
from assessment.findings import capabilities
from assessment.i18n import MISSING, Catalogue, catalogue
from assessment.questionnaire import Questionnaire, Section
from assessment.report import Report
from assessment.roadmap import SLOTS_PER_MONTH
from assessment.scoring import Score
from assessment.values import TOLERANCE, Variety

__all__ = [
    "NAMED_AXES",
    "WAVES",
    "Bar",
    "Bars",
    "Bridge",
    "Cell",
    "Chart",
    "Curve",
    "Gained",
    "Heatmap",
    "Payoff",
    "Radar",
    "Row",
    "Scaled",
    "Series",
    "Span",
    "Stage",
    "Timeline",
    "bars",
    "heatmap",
    "heatmap_of",
    "index_said",
    "is_code",
    "month_after",
    "months_of",
    "progress_curve",
    "radar",
    "range_said",
    "timeline",
    "wave_of",
]

LONGEST_CODE = 6
"""An id of so many characters at most, with a digit in it, is a code that people know: W1, G06, W1-Q2."""
NAMED_AXES = 8
"""A radar with more axes carries their codes; the heatmap beside it says what they are."""
MOST_AXES = 24
"""A radar with more axes cannot be read: it shows the dimensions instead of the capabilities."""

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


def index_said(questionnaire: Questionnaire, score: Score, value: float | None, *, c: Catalogue) -> str:
    """Return a point of a score's index in words; where it does not run over the questionnaire's scale, with its top."""
    said = c.number(value, digits_of(score.bottom, score.top))
    scale = questionnaire.scale
    own = abs(score.bottom - scale.bottom) > TOLERANCE or abs(score.top - scale.top) > TOLERANCE
    if value is None or not own:
        return said
    return c.t(
        "{value} of {highest}", value=said, highest=c.number(score.top, 0 if score.top.is_integer() else 1)
    )


def range_said(score: Score, *, c: Catalogue) -> str:
    """Return the possible range of a score's index in words."""
    if score.low is None or score.high is None:
        return MISSING
    low, high = (c.number(value, digits_of(score.bottom, score.top)) for value in (score.low, score.high))
    return low if low == high else c.t("{low} to {high}", low=low, high=high)


def is_code(identifier: str) -> bool:
    """Say whether an id is read as a code; a longer one is for authors only."""
    return len(identifier) <= LONGEST_CODE and any(sign.isdigit() for sign in identifier)


def codes_of(ids: Sequence[str]) -> tuple[str, ...]:
    """Return a short name for each id: the ids themselves where they are codes, else their number; none where few need none."""
    if all(map(is_code, ids)):
        return tuple(identifier.upper() for identifier in ids)
    if len(ids) <= NAMED_AXES:
        return ("",) * len(ids)
    return tuple(str(number) for number in range(1, len(ids) + 1))


def radar(report: Report, language: Variety, *, of: str | None = None) -> Radar:
    """Return the radar of all capabilities, or of those of one dimension: today and, where there are measures, after the plan."""
    c = catalogue(language)
    ids = tuple(
        i for i in capabilities(report.questionnaire) if of is None or of in report.questionnaire.path(i)
    )
    codes = codes_of(ids)
    if len(ids) > MOST_AXES:
        above = report.questionnaire.sections_by_id[of or report.questionnaire.id].sections
        ids = tuple(part.id for part in above) or ids
        codes = ()
    places = [report.questionnaire.sections_by_id[i] for i in ids]
    scores = [report.scorecard.of(i) for i in ids]
    axis = axis_of(scores)
    present = tuple(axis.at(score, score.value) for score in scores)
    series = [Series(name=c.t("today"), role="present", values=present)]
    if report.questionnaire.measures:
        after = report.roadmap.projection[-1].values
        planned = tuple(axis.at(score, after[score.of]) for score in scores)
        series.append(Series(name=c.t("after the plan"), role="planned", values=planned))
    return Radar(
        title=c.t("Maturity by capability"),
        alt=_radar_said(places, present, axis, language=language, c=c),
        axes=tuple(place.title.localize(language) for place in places),
        ids=ids,
        codes=codes,
        lowest=axis.low,
        highest=axis.high,
        percent=axis.percent,
        digits=axis.digits,
        series=tuple(series),
    )


def _radar_said(
    places: Sequence[Section], values: Sequence[float | None], axis: Axis, *, language: Variety, c: Catalogue
) -> str:
    rated = [(value, place) for value, place in zip(values, places, strict=True) if value is not None]
    if not rated:
        return c.t("Radar of {count} capabilities; nothing is answered yet.", count=len(places))
    strongest, weakest = max(rated, key=lambda r: r[0]), min(rated, key=lambda r: r[0])
    return c.t(
        "Radar of {count} capabilities. Strongest: {strongest} with {high}; weakest: {weakest} with {low}.",
        count=len(places),
        strongest=strongest[1].title.localize(language),
        high=_on_axis(strongest[0], axis, c),
        weakest=weakest[1].title.localize(language),
        low=_on_axis(weakest[0], axis, c),
    )


def _on_axis(value: float, axis: Axis, c: Catalogue) -> str:
    return c.percent(value / 100) if axis.percent else c.number(value, axis.digits)


def bars(report: Report, language: Variety, *, of: str | None = None) -> Bars:
    """Return index and range of the dimensions, of the parts of one, or of its questions where it has no parts."""
    c = catalogue(language)
    parent = report.questionnaire.sections_by_id[of or report.questionnaire.id]
    names = {section.id: section.title for section in parent.sections}
    if not names:
        names = {question.id: question.label for question in parent.questions if question.weight}
    scores = [
        score for name in names if (score := report.scorecard.of(name)).low is not None or parent.sections
    ]
    axis = axis_of(scores)
    after = report.roadmap.projection[-1].values if report.questionnaire.measures else {}
    made = []
    for score in scores:
        low, high = (c.number(value, digits_of(score.bottom, score.top)) for value in (score.low, score.high))
        made.append(
            Bar(
                id=score.of,
                label=names[score.of].localize(language),
                value=axis.at(score, score.value) if score.certain else None,
                low=axis.at(score, score.low),
                high=axis.at(score, score.high),
                level=score.level if score.certain else None,
                planned=axis.at(score, after.get(score.of)),
                said=index_said(report.questionnaire, score, score.value if score.certain else None, c=c),
                between="" if low == high else c.t("{low} to {high}", low=low, high=high),
            )
        )
    said = "; ".join(
        c.t(
            "{section}: {value}, range {low} to {high}",
            section=bar.label,
            value=bar.said,
            low=c.number(score.low, digits_of(score.bottom, score.top)),
            high=c.number(score.high, digits_of(score.bottom, score.top)),
        )
        for bar, score in zip(made, scores, strict=True)
    )
    return Bars(
        title=c.t("Index with range"),
        alt=said + ".",
        lowest=axis.low,
        highest=axis.high,
        percent=axis.percent,
        digits=axis.digits,
        planned_name=c.t("after the plan") if any(bar.planned is not None for bar in made) else "",
        bars=tuple(made),
    )


def heatmap(report: Report, language: Variety) -> Heatmap:
    """Return the level of every capability, by dimension."""
    c = catalogue(language)
    rows = []
    ids = capabilities(report.questionnaire)
    codes = dict(zip(ids, codes_of(ids), strict=True))
    after = report.roadmap.projection[-1].levels if report.questionnaire.measures else {}
    for dimension in report.questionnaire.sections:
        cells = [
            _cell(report, section, codes[section.id], planned=after.get(section.id), c=c)
            for section in dimension.walk()
            if section.questions
        ]
        rows.append(Row(id=dimension.id, label=dimension.title.localize(language), cells=tuple(cells)))
    if all([cell.id for cell in row.cells] == [row.id] for row in rows):
        rows = [
            Row(id=report.questionnaire.id, label="", cells=tuple(cell for row in rows for cell in row.cells))
        ]
    return _heatmap(report, rows, c=c)


def heatmap_of(report: Report, language: Variety, *, section: str) -> Heatmap:
    """Return the level of each part of one section; no cells where it has no parts."""
    c = catalogue(language)
    place = report.questionnaire.sections_by_id[section]
    codes = [part.id.upper() if is_code(part.id) else "" for part in place.sections]
    after = report.roadmap.projection[-1].levels if report.questionnaire.measures else {}
    cells = tuple(
        _cell(report, part, code, planned=after.get(part.id), c=c)
        for part, code in zip(place.sections, codes, strict=True)
    )
    return _heatmap(report, [Row(id=section, label="", cells=cells)], c=c)


def _cell(report: Report, section: Section, code: str, *, planned: int | None, c: Catalogue) -> Cell:
    score = report.scorecard.of(section.id)
    low, high = score.level_low, score.level_high
    return Cell(
        id=section.id,
        label=section.title.localize(c.language),
        code=code,
        level=score.level if score.certain else None,
        planned=planned,
        between="" if low is None or low == high else c.t("{low} to {high}", low=low, high=high),
        answered="" if score.coverage is None else c.percent(score.coverage),
    )


def _heatmap(report: Report, rows: Sequence[Row], *, c: Catalogue) -> Heatmap:
    language = c.language
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


def timeline(report: Report, language: Variety) -> Timeline:
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
        capacities=tuple(map(plan.capacity.in_month, range(plan.capacity.months)))
        if plan.capacity.other_months
        else (),
        load_name=c.t("person-days planned"),
        capacity_name=c.t("capacity"),
    )


def progress_curve(report: Report, language: Variety) -> Curve:
    """Return the overall index after each month of the plan."""
    c = catalogue(language)
    values = tuple(step.values[report.questionnaire.id] for step in report.roadmap.projection)
    axis = axis_of([report.scorecard.overall])
    months = (c.t("today"), *months_of(report, c))
    return Curve(
        title=c.t("Index over the plan"),
        alt=c.t(
            "The overall index goes from {first} today to {last} at the end of the plan.",
            first=c.number(values[0], axis.digits),
            last=c.number(values[-1], axis.digits),
        ),
        months=months,
        lowest=axis.low,
        highest=axis.high,
        digits=axis.digits,
        series=(Series(name=c.t("overall index"), role="planned", values=values),),
    )
