"""The legal status: a light for each topic, what is limited by it, who settles it by when; dated, no legal advice."""

from collections.abc import Iterator

from assessment.answers import PROVEN, asked
from assessment.document.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    PageBreak,
    Paragraph,
    Table,
    cell,
)
from assessment.document.claims import what_is_open_in_law
from assessment.document.grounds import watch_list
from assessment.document.telling import LEGAL, Teller, anchor_of_measure
from assessment.i18n import N_
from assessment.questionnaire import Cap
from assessment.report import LegalTopic, Light
from assessment.roadmap import Slot

LIGHTS: dict[Light, str] = {
    "red": N_("not met"),
    "amber": N_("not safe"),
    "green": N_("in place"),
    "not_assessed": N_("not assessed"),
}
"""The word beside each light, so that nobody needs the colour."""


def legal(tell: Teller) -> Iterator[Block]:
    """Yield the legal status; nothing if the questionnaire has no legal part."""
    c = tell.c
    if not tell.report.legal:
        return
    yield Heading(
        level=1,
        text=what_is_open_in_law(tell),
        anchor=LEGAL,
        eyebrow=c.t("Legal status"),
        short=c.t("Legal status"),
    )
    yield Paragraph(
        text=c.t("Each topic has its own light; a good one does not make up for a bad one."), style="lede"
    )
    yield KeyFigures(items=tuple(_count(tell, light) for light in LIGHTS))
    yield Table(
        summary=c.t("Light, level, reason and proof of each legal topic"),
        columns=(
            Column(head=c.t("Topic"), width=2.4),
            Column(head=c.t("Status"), width=1.3),
            Column(head=c.t("Level, possible"), width=1.1),
            Column(head=c.t("Why"), width=3.2),
            Column(head=c.t("Answers with evidence"), width=1.1, align="right"),
        ),
        rows=tuple(_topic(tell, topic) for topic in tell.report.legal),
    )
    yield from _as_of(tell)
    yield from _conditions(tell)
    if tell.questionnaire.register_ is not None:
        rows = {row for topic in tell.report.legal for row in topic.rows}
        yield from watch_list(tell.questionnaire.register_, rows, today=tell.report.subject.held_on, c=c)
    yield PageBreak()


def _count(tell: Teller, light: Light) -> KeyFigure:
    count = sum(topic.light == light for topic in tell.report.legal)
    return KeyFigure(value=tell.c.number(count, 0), label=tell.c.t(LIGHTS[light]), light=light)


def _topic(tell: Teller, topic: LegalTopic) -> tuple[Cell, ...]:
    c, score = tell.c, tell.report.scorecard.of(topic.section)
    questions = [q.id for q in asked(tell.questionnaire, tell.report.sheet, section=topic.section)]
    answers = [
        a for q in questions if (a := tell.report.sheet.by_question.get(q)) is not None and a.state == "given"
    ]
    proven = sum(answer.evidence in PROVEN for answer in answers)
    return (
        cell(tell.section(topic.section), "strong"),
        cell(c.t(LIGHTS[topic.light]), "strong", light=topic.light),
        cell(tell.level(score)) + cell(c.t("possible: {range}", range=tell.levels_between(score)), "muted"),
        tuple(_reasons(tell, topic)),
        cell(c.t("{part} of {whole}", part=proven, whole=len(answers))),
    )


def _reasons(tell: Teller, topic: LegalTopic) -> Iterator[Line]:
    c, score = tell.c, tell.report.scorecard.of(topic.section)
    for cap in tell.questionnaire.caps:
        if cap.question in topic.open_gates:
            yield Line(text=tell.say(cap.reason))
    for gate in topic.unknown_gates:
        yield Line(text=c.t("Not known: {question}", question=tell.question(gate)))
    if topic.open_gates or topic.unknown_gates:
        return
    match topic.light:
        case "amber" if not score.certain:
            yield Line(text=c.t("Only {share} is answered.", share=c.percent(score.coverage)))
        case "amber" | "red":
            green_from = (
                tell.questionnaire.legal.green_from
                if tell.questionnaire.legal
                else tell.questionnaire.scale.highest
            )
            yield Line(
                text=c.t("Below level {level}, from which a topic counts as in place.", level=green_from)
            )
        case "green":
            yield Line(text=c.t("Every condition is met."))
        case "not_assessed":
            yield Line(text=c.t("Not applicable, or not answered."))


def _conditions(tell: Teller) -> Iterator[Block]:
    c = tell.c
    applying = tell.report.roadmap.projection[0].caps
    caps = [cap for cap in tell.questionnaire.caps if cap.id in applying]
    if not caps:
        return
    yield Heading(
        level=2,
        text=c.n(
            "One condition that is not met limits levels",
            "{count} conditions that are not met limit levels",
            len(caps),
        ),
    )
    yield Table(
        summary=c.t("Conditions that are not met, what they limit, and what settles them"),
        columns=(
            Column(head=c.t("Condition"), width=3),
            Column(head=c.t("Limits"), width=2.4),
            Column(head=c.t("Settled by"), width=2.2),
            Column(head=c.t("Reference"), width=1.8),
        ),
        rows=tuple(_condition(tell, cap) for cap in caps),
    )


def _condition(tell: Teller, cap: Cap) -> tuple[Cell, ...]:
    c = tell.c
    limits = tuple(
        Line(text=c.t("{section}: level {level}", section=tell.section(limit.section), level=limit.level))
        for limit in cap.limits
    )
    slot = next((slot for slot in tell.report.roadmap.slots if cap.id in slot.lifts), None)
    rows = [
        tell.questionnaire.register_by_id[name]
        for name in cap.references
        if name in tell.questionnaire.register_by_id
    ]
    known = {name for topic in tell.report.legal for name in topic.rows}
    here = [row for row in rows if row.id in known]
    return (
        cell(tell.say(cap.reason), "strong"),
        limits,
        _settled(tell, slot),
        tuple(Line(text=tell.say(row.instrument), tone="muted") for row in here),
    )


def _settled(tell: Teller, slot: Slot | None) -> Cell:
    c = tell.c
    if slot is None:
        return cell(c.t("nothing in the plan"), "strong", light="red")
    role = tell.say(tell.questionnaire.measures_by_id[slot.measure].role)
    return (
        Line(text=tell.measure(slot.measure), link=anchor_of_measure(slot.measure)),
        Line(text=c.t("{role}, by {month}", role=role, month=tell.month_of_end(slot.end)), tone="muted"),
    )


def _as_of(tell: Teller) -> Iterator[Block]:
    c, register = tell.c, tell.questionnaire.register_
    lines = [
        Line(text=c.t("This page reports what was answered. It is not legal advice and does not replace it."))
    ]
    if register is not None:
        lines.append(
            Line(
                text=c.t(
                    "The references were compiled as of {date}; have them checked before you rely on them.",
                    date=c.date(register.as_of),
                )
            )
        )
        if register.is_old(tell.report.subject.held_on):
            lines.append(
                Line(
                    text=c.t(
                        "That is longer ago than its authors want it to be: laws may have changed since."
                    )
                )
            )
    yield Callout(tone="note", title=c.t("Not legal advice"), lines=tuple(lines))
