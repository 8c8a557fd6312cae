"""The roadmap and its measures, as the plan was made for the answers of the report."""

from assessment.charts import month_after
from assessment.charts.axes import digits_of
from assessment.charts.days import first_day, last_day
from assessment.document.measures import COST
from assessment.document.planned import (
    effort_of,
    room_to_slip,
    wave,
    way_back,
    what_follows,
    why,
    why_not,
    why_then,
)
from assessment.document.telling import Teller
from assessment.exports.xlsx.book import Sheet
from assessment.exports.xlsx.formulas import total
from assessment.roadmap import Slot

FIRST = 5


def write_roadmap(tell: Teller, sheet: Sheet) -> None:
    """Write the plan, its load and result month by month, and what is not in it."""
    c, plan, money = tell.c, tell.report.roadmap, bool(tell.questionnaire.planning.money)
    sheet.widths(36, 9, 12, 12, 14, 14, 14, 12, 26, 36, 26, 28, 9)
    sheet.put(0, 0, c.t("Roadmap"), "title")
    sheet.put(
        1,
        0,
        c.t(
            "The plan reckons with {capacity} person-days a month for {months} months.",
            capacity=tell.days(plan.capacity.per_month),
            months=plan.capacity.months,
        ),
        "lede",
    )
    sheet.put(
        2,
        0,
        c.t(
            "The plan was computed for the answers of the report. It does not change with the answers in this workbook."
        ),
        "note",
    )
    heads = (
        c.t("Measure"),
        c.t("Wave"),
        c.t("Begin"),
        c.t("End"),
        c.t("Person-days, at least"),
        c.t("Person-days, planned"),
        c.t("Person-days, at most"),
        c.t("External cost") if money else "",
        c.t("Why"),
        c.t("Why then"),
        c.t("Waits for"),
        c.t("Raises levels"),
        c.t("Id"),
    )
    sheet.heads(FIRST - 1, heads)
    row = FIRST
    for slot in plan.slots:
        _slot(tell, sheet, slot, row, money=money)
        row += 1
    if not plan.slots:
        sheet.put(row, 0, c.t("No measure is in the plan."), "text")
        row += 1
    else:
        sheet.put(row, 0, c.t("Together"), "strong")
        for column in (1, 2, 3, *range(8, 13)):
            sheet.put(row, column, None, "strong")
        for column in (4, 5, 6, 7):
            known = column < 7 or money
            sheet.put(row, column, total(sheet.span(FIRST, row - 1, column)) if known else None, "amount")
        row += 1
    row = _months(tell, sheet, row + 1)
    _left_out(tell, sheet, row + 1)
    sheet.finish(freeze=(FIRST, 1), repeat=FIRST - 1, columns=len(heads))


def _slot(tell: Teller, sheet: Sheet, slot: Slot, row: int, *, money: bool) -> None:
    start = tell.report.roadmap.capacity.start
    raises = "; ".join(f"{tell.section(rise.section)} → {rise.to}" for rise in slot.raises)
    sheet.row(
        row,
        (
            tell.measure(slot.measure),
            wave(tell, slot),
            first_day(start, slot.begin),
            last_day(start, slot.end),
            slot.effort_low,
            slot.effort,
            slot.effort_high,
            slot.cost if money else None,
            why(tell, slot),
            why_then(tell, slot),
            "; ".join(tell.measure(name) for name in slot.waits_for),
            raises,
            slot.measure,
        ),
        (
            "strong",
            "text",
            "day",
            "day",
            "amount",
            "amount",
            "amount",
            "amount",
            "text",
            "text",
            "text",
            "text",
            "muted",
        ),
    )


def _months(tell: Teller, sheet: Sheet, row: int) -> int:
    """Write load and result month by month."""
    c, plan, q = tell.c, tell.report.roadmap, tell.questionnaire
    digits = digits_of(tell.overall.bottom, tell.overall.top)
    sheet.put(row, 0, c.t("Month by month"), "heading")
    sheet.heads(
        row + 1,
        (
            c.t("Month"),
            c.t("Person-days"),
            c.t("Capacity"),
            c.t("Index after it"),
            c.t("Level after it"),
            c.t("Conditions in force"),
        ),
    )
    row += 2
    for step in plan.projection:
        month = step.month - 1
        today = month < 0
        sheet.put(
            row,
            0,
            c.t("today") if today else month_after(plan.capacity.start, month),
            "month" if not today else "text",
        )
        sheet.put(row, 1, None if today or month >= len(plan.load) else plan.load[month], "amount")
        sheet.put(row, 2, None if today else plan.capacity.in_month(month), "amount")
        sheet.put(row, 3, step.values.get(q.id), "index", digits=digits)
        sheet.put(row, 4, step.levels.get(q.id), "whole")
        sheet.put(row, 5, len(step.caps), "whole")
        row += 1
    return row


def _left_out(tell: Teller, sheet: Sheet, row: int) -> None:
    """Write what is not in the plan, and why."""
    c, out = tell.c, tell.report.roadmap.postponed
    if not out:
        return
    sheet.put(
        row,
        0,
        c.n("One measure is not in the plan", "{count} measures are not in the plan", len(out)),
        "heading",
    )
    heads = (c.t("Measure"), "", "", "", c.t("Person-days, at least"), "", c.t("Person-days, at most"), "")
    sheet.heads(
        row + 1, (*heads, c.t("Why not in the plan"), c.t("What would bring it in"), "", "", c.t("Id"))
    )
    for here, item in enumerate(out, start=row + 2):
        effort = effort_of(tell, item)
        sheet.put(here, 0, tell.measure(item.measure), "strong")
        for column in (1, 2, 3, 5, 7, 10, 11):
            sheet.put(here, column, None, "text")
        sheet.put(here, 4, effort.low if effort else None, "amount")
        sheet.put(here, 6, effort.high if effort else None, "amount")
        sheet.put(here, 8, why_not(tell, item), "text")
        sheet.put(here, 9, way_back(tell, item), "text")
        sheet.put(here, 12, item.measure, "muted")


def write_measures(tell: Teller, sheet: Sheet) -> None:
    """Write what there is to know about each measure of the plan."""
    c = tell.c
    sheet.widths(30, 8, 38, 44, 18, 8, 12, 22, 24, 30, 18, 8)
    sheet.put(0, 0, c.t("Measures"), "title")
    sheet.put(
        1,
        0,
        c.t(
            "Efforts are ranges of internal work, scaled to the size of the organisation; the plan reckons with their middle."
        ),
        "note",
    )
    heads = (
        c.t("Measure"),
        c.t("Wave"),
        c.t("What to do"),
        c.t("First steps"),
        c.t("Who"),
        c.t("Weeks"),
        c.t("External cost"),
        c.t("Key figure"),
        c.t("Risk"),
        c.t("What it brings"),
        c.t("Room to slip"),
        c.t("Id"),
    )
    sheet.heads(3, heads)
    for row, slot in enumerate(tell.report.roadmap.slots, start=4):
        measure = tell.questionnaire.measures_by_id[slot.measure]
        steps = "\n".join(
            f"{number}. {tell.say(step)}" for number, step in enumerate(measure.first_steps, start=1)
        )
        sheet.row(
            row,
            (
                tell.measure(slot.measure),
                wave(tell, slot),
                tell.say(measure.what),
                steps,
                tell.say(measure.role),
                measure.weeks,
                c.t(COST[measure.cost - 1]),
                tell.say(measure.key_figure),
                tell.say(measure.risk),
                " ".join(what_follows(tell, slot)),
                room_to_slip(tell, slot),
                slot.measure,
            ),
            (
                "strong",
                "text",
                "text",
                "text",
                "text",
                "whole",
                "text",
                "text",
                "text",
                "text",
                "text",
                "muted",
            ),
        )
    sheet.finish(freeze=(4, 1), repeat=3, columns=len(heads))
