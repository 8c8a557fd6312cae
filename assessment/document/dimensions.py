"""One page a dimension: its capabilities, what holds its level, the next step up in observable words."""

from collections.abc import Iterator
from typing import assert_never

from assessment.document.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyFigures,
    Line,
    OnePage,
    PageBreak,
    Paragraph,
    Table,
    cell,
)
from assessment.document.claims import where_a_dimension_stands
from assessment.document.opened import NOT_PROVEN, would_limit
from assessment.document.standing import figures, index_bars, what_a_level_needs
from assessment.document.telling import Teller, anchor_of_measure, anchor_of_question, anchor_of_section
from assessment.lifting import Change
from assessment.questionnaire import Section
from assessment.questions import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    NumberQuestion,
    TextQuestion,
    YesNoQuestion,
)

HOLDING = 3
STEPS = 3
MEASURES = 3
"""So many of each stand on the page; the others are counted."""
SHORT = 12
"""An answer of so many characters at most needs little room."""


def dimensions(tell: Teller) -> Iterator[Block]:
    """Yield one page for each dimension."""
    for section in tell.questionnaire.sections:
        yield OnePage(blocks=tuple(dimension(tell, section.id)))
        yield PageBreak()


def dimension(tell: Teller, identifier: str) -> Iterator[Block]:
    """Yield what stands on one dimension's page."""
    section = tell.questionnaire.sections_by_id[identifier]
    order = [one.id for one in tell.questionnaire.sections]
    c, score = tell.c, tell.report.scorecard.of(identifier)
    yield Heading(
        level=1,
        text=where_a_dimension_stands(tell, section.id),
        anchor=anchor_of_section(section.id),
        eyebrow=c.t("Dimension {number} of {count}", number=order.index(identifier) + 1, count=len(order))
        if len(order) > 1
        else tell.say(tell.questionnaire.title),
        short=tell.section(section.id),
    )
    yield Paragraph(text=tell.say(section.description), style="lede")
    if score.status == "not_applicable":
        yield Paragraph(
            text=c.t(
                "No question of this part applies to this organisation, by its profile or by its answers."
            )
        )
        return
    yield KeyFigures(items=tuple(figures(tell, score, tell.report.scorecard.confirmed_of(section.id))))
    if section.sections or len(section.questions) > 1:
        yield from index_bars(tell, of=section.id)
    yield from _what_holds(tell, section)
    yield from _next_step(tell, section)
    yield from _planned(tell, section)


def _what_holds(tell: Teller, section: Section) -> Iterator[Block]:
    c, score = tell.c, tell.report.scorecard.of(section.id)
    lines = list(_limits(tell, section))
    gate = tell.report.explanation(section.id).gate
    if gate is not None and score.certain and score.level is not None and tell.holder(score) is None:
        lines.insert(0, Line(text=what_a_level_needs(tell, gate, score)))
    if not lines:
        return
    yield Heading(level=2, text=c.t("What holds the level"))
    yield Bullets(items=tuple(lines[:HOLDING]))
    if len(lines) > HOLDING:
        more = len(lines) - HOLDING
        said = (
            c.n(
                "One more limit is listed in the appendix.",
                "{count} more limits are listed in the appendix.",
                more,
            )
            if "method" in tell.parts
            else c.n("There is one more limit.", "There are {count} more limits.", more)
        )
        yield Paragraph(text=said, style="small")


def _limits(tell: Teller, section: Section) -> Iterator[Line]:
    """Yield what limits this section and its parts: each condition once, with all that it limits here."""
    c = tell.c
    limited: dict[tuple[str, bool], list[str]] = {}
    for part in section.walk():
        for limit in tell.report.scorecard.of(part.id).limited_by:
            name = tell.section(part.id)
            if limit.kind == "cap":
                said = c.t("{section} to level {level}", section=name, level=limit.level)
                limited.setdefault((limit.source, limit.applies), []).append(said)
            elif limit.applies:
                yield Line(
                    text=c.t(
                        "“{weakest}” is the weakest part; “{section}” may stand no higher than level {level}.",
                        weakest=tell.section(limit.source),
                        section=name,
                        level=limit.level,
                    )
                )
    for (source, applies), names in limited.items():
        cap = tell.cap(source)
        if applies:
            text = c.t("{reason} Limits {list}.", reason=tell.say(cap.reason), list=tell.some(names))
            yield Line(text=text, light="red")
        else:
            yield Line(text=would_limit(tell, cap, tell.some(names)), light="amber")


def _next_step(tell: Teller, section: Section) -> Iterator[Block]:
    c, lift = tell.c, tell.report.explanation(section.id).lift
    if lift is None or not lift.changes or not tell.report.scorecard.of(section.id).certain:
        return
    today = [_present(tell, change) for change in lift.changes[:STEPS]]
    yield Heading(
        level=2,
        text=c.n(
            "The shortest way to level {level}: one answer would have to change",
            "The shortest way to level {level}: {count} answers would have to change",
            len(lift.changes),
            level=lift.level,
        ),
    )
    yield Table(
        summary=c.t("Answers that would have to change, with what would be observable then"),
        columns=(
            Column(head=c.t("Question"), width=3.2),
            Column(head=c.t("Today"), width=0.8 if all(len(said) <= SHORT for said in today) else 1.6),
            Column(head=c.t("What can be observed then"), width=3.6),
        ),
        rows=tuple(
            (
                cell(tell.question(change.question), "strong", link=anchor_of_question(change.question)),
                cell(said),
                cell(_observable(tell, change)),
            )
            for change, said in zip(lift.changes[:STEPS], today, strict=True)
        ),
    )
    if len(lift.changes) > STEPS:
        yield Paragraph(
            text=c.n(
                "One more answer would have to change.",
                "{count} more answers would have to change.",
                len(lift.changes) - STEPS,
            ),
            style="small",
        )
    if not lift.exact:
        yield Paragraph(text=c.t(NOT_PROVEN), style="small")


def _present(tell: Teller, change: Change) -> str:
    if change.present is None:
        return tell.c.t("not known")
    return tell.answer(change.question, change.present, inside=True).short


def _observable(tell: Teller, change: Change) -> str:
    c, question = tell.c, tell.questionnaire.questions_by_id[change.question]
    said = tell.answer(change.question, change.to, inside=True)
    match question:
        case LevelQuestion():
            return "; ".join(said.more)
        case YesNoQuestion():
            return c.t("The answer is “{answer}”, with proof.", answer=said.short)
        case ChoiceQuestion():
            return c.t("The answer is “{answer}”.", answer=said.short)
        case ChecklistQuestion():
            return c.t("This is true: {items}.", items="; ".join(said.more) or said.short)
        case NumberQuestion():
            return c.t("{value} or better", value=said.short)
        case TextQuestion():
            return said.short
        case _:
            assert_never(question)


def _planned(tell: Teller, section: Section) -> Iterator[Block]:
    c = tell.c
    here = {question.id for question in section.all_questions()}
    slots = [slot for slot in tell.report.roadmap.slots if here & set(slot.moves)]
    if not slots:
        return
    after = tell.report.roadmap.projection[-1]
    if tell.report.scorecard.of(section.id).certain:
        text = c.n(
            "One planned measure acts here; after the plan: level {level}, index {value}",
            "{count} planned measures act here; after the plan: level {level}, index {value}",
            len(slots),
            level=c.number(after.levels[section.id], 0),
            value=tell.point(tell.report.scorecard.of(section.id), after.values[section.id]),
        )
    else:
        text = c.n("One planned measure acts here", "{count} planned measures act here", len(slots))
    yield Heading(level=2, text=text)
    yield Bullets(
        items=tuple(
            Line(
                text=c.t(
                    "{measure}: {months}",
                    measure=tell.measure(slot.measure),
                    months=tell.months(slot.begin, slot.end),
                ),
                link=anchor_of_measure(slot.measure),
            )
            for slot in slots[:MEASURES]
        )
    )
    if len(slots) > MEASURES:
        more = len(slots) - MEASURES
        said = (
            c.n("One more is in the roadmap.", "{count} more are in the roadmap.", more)
            if "roadmap" in tell.parts
            else c.n("There is one more.", "There are {count} more.", more)
        )
        yield Paragraph(text=said, style="small")
