"""Where roles see a question differently, and what hangs on who is right: levels, the index, measures that come or go."""

from collections.abc import Iterable, Iterator

from assessment.answers import applies
from assessment.document.blocks import Block, Cell, Column, Heading, Line, Paragraph, Table
from assessment.document.telling import Teller, anchor_of_measure, anchor_of_question
from assessment.i18n import N_
from assessment.questions import Value
from assessment.workshop import Outcome, Role, RoleGap

GROUPS: dict[Role, str] = {
    "agent": N_("customer service agents"),
    "team-lead": N_("team leads"),
    "planner": N_("planning and steering"),
    "it": N_("IT"),
    "data-protection": N_("data protection"),
    "works-council": N_("works council"),
    "management": N_("managers"),
    "other": N_("other roles"),
}
"""What those who have a role are called together, inside a sentence."""


def groups_said(tell: Teller, roles: Iterable[Role]) -> str:
    """Return these roles as a list in a sentence."""
    return tell.c.join(tell.c.t(GROUPS[role]) for role in roles)


def question_cell(tell: Teller, identifier: str, *more: Line) -> Cell:
    """Return a question's wording, which leads to its answer where that is told."""
    question = tell.questionnaire.questions_by_id[identifier]
    told = applies(question, tell.questionnaire, tell.report.sheet) is not False
    return (
        Line(text=tell.say(question.label), link=anchor_of_question(identifier) if told else None),
        *more,
    )


def role_gaps(tell: Teller, outcome: Outcome) -> Iterator[Block]:
    """Yield the gaps on which a level, a condition or a measure hangs; the others are counted."""
    c = tell.c
    told = [gap for gap in outcome.gaps if gap.changes_plan or gap.levels or gap.caps]
    rest = len(outcome.gaps) - len(told)
    if not outcome.gaps:
        return
    yield Heading(level=2, text=_claim(tell, told))
    if told:
        yield Table(
            summary=c.t("Questions that roles see differently, with what hangs on who is right"),
            columns=(
                Column(head=c.t("Question"), width=2.6),
                Column(head=c.t("Lowest"), width=1.5),
                Column(head=c.t("Highest"), width=1.5),
                Column(head=c.t("What hangs on it"), width=3.4),
            ),
            rows=tuple(_row(tell, gap) for gap in told),
        )
    if any(gap.needed_if_low and gap.needed_if_high for gap in told):
        yield Paragraph(
            text=c.t(
                "Both are planned under the terms of this plan: what one needs takes the room of other measures."
            ),
            style="caption",
        )
    if rest:
        yield Paragraph(
            text=c.n(
                "One more question is seen differently; no level hangs on it.",
                "{count} more questions are seen differently; no level hangs on them.",
                rest,
            )
            if told
            else c.n(
                "One question is seen differently by two roles.",
                "{count} questions are seen differently by two roles.",
                rest,
            ),
            style="caption",
        )


def _claim(tell: Teller, told: list[RoleGap]) -> str:
    c = tell.c
    plans = sum(gap.changes_plan for gap in told)
    if plans:
        return c.n(
            "One difference between roles changes what is to be done",
            "{count} differences between roles change what is to be done",
            plans,
        )
    if told:
        return c.n(
            "One difference between roles changes a level; the plan stays",
            "{count} differences between roles change a level; the plan stays",
            len(told),
        )
    return c.t("Roles see some things differently, but no level hangs on it")


def _row(tell: Teller, gap: RoleGap) -> tuple[Cell, ...]:
    return (
        question_cell(tell, gap.question),
        _end(tell, gap.question, gap.low, gap.lowest),
        _end(tell, gap.question, gap.high, gap.highest),
        tuple(_what_hangs_on_it(tell, gap)),
    )


def _end(tell: Teller, question: str, value: Value, roles: tuple[Role, ...]) -> Cell:
    said = Line(text=tell.answer(question, value).short, tone="strong")
    return said, Line(text=groups_said(tell, roles), tone="muted")


def _what_hangs_on_it(tell: Teller, gap: RoleGap) -> Iterator[Line]:
    c, low, high = tell.c, gap.with_low, gap.with_high
    for value, needed in ((gap.low, gap.needed_if_low), (gap.high, gap.needed_if_high)):
        if needed:
            text = c.t(
                "Only planned if “{answer}” is right: {list}",
                answer=tell.answer(gap.question, value).short,
                list=_names(tell, needed),
            )
            yield Line(text=text, tone="strong", link=_link(tell, needed))
    for each in gap.levels:
        ends = {"low": c.number(each.low, 0), "high": c.number(each.high, 0)}
        yield Line(
            text=c.t("Level of the whole: {low} or {high}", **ends)
            if each.section == tell.questionnaire.id
            else c.t("Level of “{section}”: {low} or {high}", section=tell.section(each.section), **ends)
        )
    for cap in gap.caps:
        yield Line(
            text=c.t(
                "If “{answer}” is right, levels are limited: {reason}",
                answer=tell.answer(gap.question, gap.low).short,
                reason=tell.say(tell.cap(cap).reason),
            )
        )
    ends = {"low": tell.points(tell.overall, low.value), "high": tell.points(tell.overall, high.value)}
    if ends["low"] != ends["high"]:
        yield Line(text=c.t("Index: {low} or {high}", **ends), tone="muted")


def _names(tell: Teller, measures: tuple[str, ...]) -> str:
    return tell.c.join(tell.c.t("“{name}”", name=tell.measure(name)) for name in measures)


def _link(tell: Teller, measures: tuple[str, ...]) -> str | None:
    """Return where the first of them is found that is in the plan as it is."""
    planned = {slot.measure for slot in tell.report.roadmap.slots}
    return next((anchor_of_measure(name) for name in measures if name in planned), None)
