"""The legal status: lights that follow the answers, conditions, and the register as it was for the report."""

from datetime import date

from assessment.document.grounds import CHECKED, checked_said, place_of
from assessment.document.legal import LIGHTS
from assessment.document.telling import Teller
from assessment.exports.xlsx.answers import Leaf
from assessment.exports.xlsx.book import Sheet, area
from assessment.exports.xlsx.formulas import DASH, Formula, at, every, is_number, made, no, some, when
from assessment.exports.xlsx.lists import Choices, Lists
from assessment.exports.xlsx.scores import ScoresSheet
from assessment.questionnaire import RegisterRow, Section
from assessment.theme import LIGHT as PAPER

SIGNS = {"red": "■", "amber": "▲", "green": "●", "not_assessed": "○"}
"""A shape for each light, so that nobody needs the colour."""
TOPICS = 6
WIDTHS = (50, 22, 12, 14, 14, 18, 18, 18, 40)
DUTY, LIMITS, SETTLED = sum(WIDTHS[3:7]), sum(WIDTHS[2:5]), sum(WIDTHS[5:7])
"""Widths of merged cells."""


def write_legal(
    tell: Teller, sheet: Sheet, lists: Lists, *, scores: ScoresSheet, leaves: dict[str, Leaf]
) -> None:
    """Write the legal status. There must be one."""
    c, q = tell.c, tell.questionnaire
    sheet.widths(*WIDTHS)
    sheet.put(0, 0, c.t("Legal status"), "title")
    sheet.put(1, 0, c.t("Each topic has its own light; a good one does not make up for a bad one."), "lede")
    sheet.put(
        2,
        0,
        c.t("This page reports what was answered. It is not legal advice and does not replace it."),
        "note",
    )
    sheet.put(
        3,
        0,
        c.t("Lights and conditions follow the answers. Register and plan are those of the report."),
        "note",
    )
    lists.heading(c.t("Legal status"))
    words = lists.add(c.t("Status"), [f"{SIGNS[light]} {c.t(word)}" for light, word in LIGHTS.items()])
    sheet.heads(
        TOPICS - 1,
        (
            c.t("Topic"),
            c.t("Status"),
            c.t("Level"),
            c.t("Level at worst"),
            c.t("Level at best"),
            c.t("Conditions not met"),
            c.t("Conditions not known"),
            c.t("Coverage"),
        ),
        right=range(3, 8),
    )
    row = TOPICS
    topics = q.sections_by_id[q.legal.section].sections if q.legal else ()
    for topic in topics:
        _topic(tell, sheet, topic, row, scores=scores, leaves=leaves, words=words)
        row += 1
    for light in LIGHTS:
        colour = {
            "red": PAPER.red,
            "amber": PAPER.amber,
            "green": PAPER.green,
            "not_assessed": PAPER.neutral,
        }[light]
        sheet.paper.conditional_format(
            area(TOPICS, 1, max(row - 1, TOPICS), 1),
            {
                "type": "text",
                "criteria": "begins with",
                "value": SIGNS[light],
                "format": sheet.book.plain_format({"font_color": colour, "bold": True}),
            },
        )
    row = _conditions(tell, sheet, row + 1, scores)
    row = _register(tell, sheet, row + 1)
    _coming(tell, sheet, row + 1)
    sheet.finish(freeze=(0, 1), columns=9)


def _topic(
    tell: Teller,
    sheet: Sheet,
    topic: Section,
    row: int,
    *,
    scores: ScoresSheet,
    leaves: dict[str, Leaf],
    words: Choices,
) -> None:
    q, line = tell.questionnaire, scores.lines[topic.id]
    gates = {
        cap.question: number
        for number, cap in enumerate(q.caps)
        if any(limit.section == topic.id for limit in cap.limits)
    }
    caps = [number for number, cap in enumerate(q.caps) if cap.question in gates]
    opened: dict[str, Formula] = {}
    for number in caps:
        name = q.caps[number].question
        opened[name] = some(opened.get(name, made(False)), scores.opened[number])
    unknown = [leaves[name].missing for name in sorted(gates)]
    sheet.put(row, 0, tell.section(topic.id), "strong")
    level = line.level[0]
    sheet.put(row, 2, when(line.certain, level, DASH), "level")
    sheet.put(row, 3, line.level[1], "whole")
    sheet.put(row, 4, line.level[2], "whole")
    broken = sheet.put(row, 5, _how_many([opened[name] for name in sorted(opened)]), "whole")
    doubtful = sheet.put(row, 6, _how_many(unknown), "whole")
    sheet.put(row, 7, line.coverage, "percent")
    green = q.legal.green_from if q.legal else q.scale.highest
    nothing = some(
        line.status.same(at(scores.statuses.values, 4)), every(no(is_number(level)), broken.same(0))
    )
    safe = every(doubtful.same(0), line.certain, is_number(level), level >= green)
    light = when(
        nothing,
        at(words.values, 4),
        when(broken > 0, at(words.values, 1), when(safe, at(words.values, 3), at(words.values, 2))),
    )
    sheet.put(row, 1, light, "strong")


def _how_many(conditions: list[Formula]) -> Formula:
    counted = [when(condition, 1, 0) for condition in conditions]
    made_of = made(0)
    for each in counted:
        made_of = each if made_of.fixed else made_of + each
    return made_of


def _conditions(tell: Teller, sheet: Sheet, row: int, scores: ScoresSheet) -> int:
    c, q, plan = tell.c, tell.questionnaire, tell.report.roadmap
    if not q.caps:
        return row
    sheet.put(row, 0, c.t("Conditions that limit levels"), "heading")
    sheet.heads(
        row + 1,
        (c.t("Condition"), c.t("In force"), c.t("Limits"), "", "", c.t("Settled by"), "", c.t("By")),
    )
    row += 2
    for number, cap in enumerate(q.caps):
        slot = next((slot for slot in plan.slots if cap.id in slot.lifts), None)
        limits = [
            c.t("{section}: level {level}", section=tell.section(limit.section), level=limit.level)
            for limit in cap.limits
        ]
        sheet.put(row, 0, tell.say(cap.reason), "text")
        sheet.put(row, 1, scores.forces[number][0], "force")
        for first, last in ((2, 4), (5, 6)):
            sheet.paper.merge_range(row, first, row, last, "", sheet.book.look("text"))
        sheet.put(row, 2, "\n".join(limits), "text", wide=LIMITS)
        sheet.put(row, 5, tell.measure(slot.measure) if slot else None, "text", wide=SETTLED)
        sheet.put(row, 7, tell.month_of_end(slot.end) if slot else None, "text")
        row += 1
    return row


def _register(tell: Teller, sheet: Sheet, row: int) -> int:
    c, register = tell.c, tell.questionnaire.register_
    concerned = {name for topic in tell.report.legal for name in topic.rows}
    rows = [each for each in register.rows if each.id in concerned] if register else []
    if register is None or not rows:
        return row
    sheet.put(
        row, 0, c.t("Extract from the legal register, as of {date}", date=c.date(register.as_of)), "heading"
    )
    sheet.put(row + 1, 0, c.t(CHECKED), "note")
    sheet.heads(
        row + 2,
        (
            c.t("Reference"),
            c.t("Country"),
            c.t("Since"),
            c.t("Duty"),
            "",
            "",
            "",
            c.t("Checked"),
            c.t("State"),
        ),
    )
    row += 3
    for each in rows:
        _register_row(tell, sheet, each, row)
        row += 1
    return row


def _register_row(tell: Teller, sheet: Sheet, each: RegisterRow, row: int) -> None:
    sheet.put(row, 0, tell.say(each.instrument), "strong")
    sheet.put(row, 1, place_of(each, tell.questionnaire, c=tell.c), "text")
    since: str | date | None = each.since
    if each.since is not None and len(each.since) == len("2026-11-21"):
        since = date.fromisoformat(each.since)
    sheet.put(row, 2, since, "day" if isinstance(since, date) else "text")
    sheet.paper.merge_range(row, 3, row, 6, "", sheet.book.look("text"))
    duty = tell.say(each.duty)
    sheet.put(row, 3, duty, "text", wide=DUTY)
    sheet.put(row, 7, checked_said(each, c=tell.c), "muted")
    state = tell.say(each.state)
    sheet.put(row, 8, state, "text")


def _coming(tell: Teller, sheet: Sheet, row: int) -> None:
    """Write the days on which rows of the register need another look."""
    c, register = tell.c, tell.questionnaire.register_
    if register is None:
        return
    concerned = {name for topic in tell.report.legal for name in topic.rows}
    coming = sorted(
        (each for each in register.watch if concerned & set(each.rows)), key=lambda each: each.day or date.max
    )
    if not coming:
        return
    sheet.put(row, 0, c.t("What is changing in the law"), "heading")
    sheet.heads(row + 1, (c.t("What"), c.t("When")))
    for number, each in enumerate(coming, start=row + 2):
        sheet.put(number, 0, tell.say(each.event), "text")
        sheet.put(number, 1, each.day or c.t("day open"), "day" if each.day else "text")
