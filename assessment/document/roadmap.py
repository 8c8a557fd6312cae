"""The roadmap: what it brings, over time with its load, in waves; what fell out of it and why."""

from collections.abc import Iterator
from math import ceil

from assessment.charts import Timeline, progress_curve, timeline, wave_of
from assessment.document.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Figure,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Table,
    cell,
)
from assessment.document.buying import what_days_buy
from assessment.document.claims import what_the_plan_brings
from assessment.document.obstacles import obstacle
from assessment.document.planned import WAVE_NAMES, effort_of, proof_line, way_back, why_not
from assessment.document.telling import ROADMAP, Teller
from assessment.roadmap import SLOTS_PER_MONTH, Postponed, Reason, Slot

ROWS_PER_PAGE = 28
"""So many measures stand in one timeline; the others follow in the next."""

UNNAMED: tuple[Reason, ...] = ("done", "dropped", "no_gap", "no_gain", "not_asked", "not_applicable")
"""For these reasons the measures are listed together, not one by one."""


def roadmap(tell: Teller) -> Iterator[Block]:
    """Yield the roadmap and what fell out of it; nothing if the questionnaire has no measures."""
    c, plan = tell.c, tell.report.roadmap
    if not tell.questionnaire.measures:
        return
    yield Heading(
        level=1, text=what_the_plan_brings(tell), anchor=ROADMAP, eyebrow=c.t("Roadmap"), short=c.t("Roadmap")
    )
    yield Paragraph(text=_frame(tell), style="lede")
    if plan.clarify:
        lines = tuple(Line(text=tell.question(question)) for question in plan.clarify)
        yield Callout(tone="note", title=c.t("To be clarified before anything else"), lines=lines)
    if plan.obstacles:
        lines = tuple(Line(text=text) for text in obstacle_lines(tell))
        yield Callout(tone="warning", title=c.t("What was asked for and cannot be"), lines=lines)
    if plan.slots:
        for part in _parts(timeline(tell.report, tell.language)):
            yield Figure(chart=part)
        yield Heading(level=2, text=c.t("What each wave takes and brings"))
        yield _waves(tell)
        yield Paragraph(
            text=c.t(
                "Index and levels after a wave are what the scoring engine makes of the answers once its measures "
                "are done; they are a forecast, not a promise."
            ),
            style="caption",
        )
        yield from _chain(tell)
        yield Heading(level=2, text=c.t("The index month by month"))
        yield Figure(chart=progress_curve(tell.report, tell.language))
        yield from what_days_buy(tell)
    yield from _left_out(tell)
    yield PageBreak()


def _frame(tell: Teller) -> str:
    c, plan = tell.c, tell.report.roadmap
    if not plan.slots:
        return c.t(
            "The plan reckons with {capacity} person-days a month for {months} months.",
            capacity=tell.days(plan.capacity.per_month),
            months=plan.capacity.months,
        )
    return c.t(
        "Within {capacity} person-days a month over {months} months: conditions that limit levels first, then what "
        "gains most for its effort.",
        capacity=tell.days(plan.capacity.per_month),
        months=plan.capacity.months,
    )


def obstacle_lines(tell: Teller) -> list[str]:
    """Return what was asked for and cannot be, with what to relax."""
    return [obstacle(tell, item) for item in tell.report.roadmap.obstacles]


def _chain(tell: Teller) -> Iterator[Block]:
    """Yield what decides how long the plan takes, and how good it is known to be."""
    c, plan = tell.c, tell.report.roadmap
    if len(plan.critical) > 1:
        yield Paragraph(
            text=c.t(
                "How long the plan takes is decided by this chain: {list}. A delay in it moves the end.",
                list=" → ".join(tell.measure(name) for name in plan.critical),
            )
        )
    if proof := proof_line(tell):
        yield Paragraph(text=proof, style="caption")


def _parts(whole: Timeline) -> Iterator[Timeline]:
    """Cut a long timeline into even pages; the load stands under the last."""
    count = max(1, ceil(len(whole.bars) / ROWS_PER_PAGE))
    size = ceil(len(whole.bars) / count)
    for number in range(count):
        bars = whole.bars[number * size : (number + 1) * size]
        yield whole.model_copy(update={"bars": bars, "load": whole.load if number == count - 1 else ()})


def _waves(tell: Teller) -> Table:
    c = tell.c
    return Table(
        summary=c.t("Measures, effort and result of each wave"),
        columns=(
            Column(head=c.t("Wave"), width=1.2),
            Column(head=c.t("Months"), width=2.2),
            Column(head=c.t("Measures"), width=1, align="right"),
            Column(head=c.t("Effort"), width=2.2, align="right"),
            Column(head=c.t("Conditions settled"), width=1.4, align="right"),
            Column(head=c.t("Level after it"), width=1.2, align="right"),
            Column(head=c.t("Index after it"), width=1.2, align="right"),
        ),
        rows=tuple(
            _wave(tell, number, slots)
            for number in range(len(WAVE_NAMES))
            if (slots := [s for s in tell.report.roadmap.slots if wave_of(s.begin) == number])
        ),
    )


def _wave(tell: Teller, number: int, slots: list[Slot]) -> tuple[Cell, ...]:
    c, plan = tell.c, tell.report.roadmap
    end = max(slot.end for slot in slots)
    after = plan.projection[min(ceil(end / SLOTS_PER_MONTH), plan.capacity.months)]
    name = tell.questionnaire.id
    return (
        cell(c.t(WAVE_NAMES[number]), "strong"),
        cell(tell.months(min(slot.begin for slot in slots), end)),
        cell(c.number(len(slots), 0)),
        cell(tell.effort(sum(slot.effort_low for slot in slots), sum(slot.effort_high for slot in slots))),
        cell(c.number(sum(len(slot.lifts) for slot in slots), 0)),
        cell(c.number(after.levels[name], 0)),
        cell(tell.points(tell.overall, after.values[name])),
    )


def _left_out(tell: Teller) -> Iterator[Block]:
    c, out = tell.c, tell.report.roadmap.postponed
    wanted = [item for item in out if item.reason not in UNNAMED]
    if wanted:
        yield Heading(
            level=2,
            text=c.n("One measure is not in the plan", "{count} measures are not in the plan", len(wanted)),
        )
        yield Table(
            summary=c.t("Measures that are not in the plan, and why"),
            columns=(
                Column(head=c.t("Measure"), width=2.4),
                Column(head=c.t("Effort"), width=1.3),
                Column(head=c.t("Why not, and what would bring it in"), width=4.2),
            ),
            rows=tuple(_out(tell, item) for item in wanted),
        )
    for reason in UNNAMED:
        rest = [item for item in out if item.reason == reason]
        if rest:
            yield Heading(level=2, text=_set_aside(tell, reason, len(rest)))
            yield Paragraph(
                text=c.t(
                    "{reason} Concerned: {measures}.",
                    reason=why_not(tell, rest[0]),
                    measures=tell.c.join(tell.measure(item.measure) for item in rest),
                ),
                style="small",
            )


def _out(tell: Teller, item: Postponed) -> tuple[Cell, ...]:
    effort, back = effort_of(tell, item), way_back(tell, item)
    return (
        cell(tell.measure(item.measure), "strong"),
        cell(tell.effort(effort.low, effort.high) if effort else ""),
        (Line(text=why_not(tell, item)), *((Line(text=back, tone="muted"),) if back else ())),
    )


def _set_aside(tell: Teller, reason: Reason, count: int) -> str:
    c = tell.c
    match reason:
        case "no_gap" | "covered" | "no_gain" | "little_gain":
            return c.n("One measure is not needed", "{count} measures are not needed", count)
        case "done":
            return c.n("One measure is done", "{count} measures are done", count)
        case "dropped":
            return c.n("One measure was taken out", "{count} measures were taken out", count)
        case "not_asked":
            return c.n(
                "One measure is left to the complete version",
                "{count} measures are left to the complete version",
                count,
            )
        case _:
            return c.n("One measure does not apply", "{count} measures do not apply", count)
