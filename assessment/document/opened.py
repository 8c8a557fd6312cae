"""A score opened down to its answers: the index worked out, what limits and holds the level, the way up, what decides the range."""

from collections.abc import Iterator
from typing import assert_never

from assessment.document.blocks import Block, Bullets, Column, Heading, Line, Paragraph, Table, cell
from assessment.document.formula import MADE_OF, name_of, other_way, parts, worked_out
from assessment.document.standing import what_a_level_needs
from assessment.document.telling import Teller
from assessment.explanation import Explanation, Gate
from assessment.i18n import N_
from assessment.lifting import Change, Lift
from assessment.questionnaire import Cap
from assessment.questions import YesNoQuestion
from assessment.scoring import Limitation, Score
from assessment.values import TOLERANCE

NOT_PROVEN = N_("With so many questions not every way was tried; a shorter one may exist.")

SHORT = 12
"""An answer of so many characters at most stays in one line."""


def opened(tell: Teller, section: str) -> Iterator[Block]:
    """Yield what a section's score is made of and what it hangs on."""
    explanation, score = tell.report.explanation(section), tell.report.scorecard.of(section)
    yield from _index(tell, explanation)
    yield from _limits(tell, score)
    if explanation.gate is not None:
        yield from _gate(tell, explanation.gate, score)
    if explanation.lift is not None and explanation.lift.changes:
        yield from _lift(tell, explanation.lift)
    yield from _deciding(tell, explanation, score)


def _index(tell: Teller, explanation: Explanation) -> Iterator[Block]:
    yield Heading(level=3, text=tell.c.t(MADE_OF[explanation.method]))
    yield parts(tell, explanation)
    yield Paragraph(text=worked_out(tell, explanation))
    other = other_way(tell, explanation)
    if other:
        yield Paragraph(text=other, style="caption")


def _limits(tell: Teller, score: Score) -> Iterator[Block]:
    c = tell.c
    if not score.limited_by:
        return
    now = any(limit.applies for limit in score.limited_by)
    yield Heading(
        level=3, text=c.t("What limits the level") if now else c.t("What could still limit the level")
    )
    yield Bullets(items=tuple(limit_said(tell, score, limit) for limit in score.limited_by))


def limit_said(tell: Teller, score: Score, limit: Limitation) -> Line:
    """Return what limits a level, or would if an answer not known turned out too low."""
    c, name = tell.c, tell.section(score.of)
    held = c.t("{section} to level {level}", section=name, level=limit.level)
    match limit.kind:
        case "weakest":
            return Line(
                text=c.t(
                    "“{weakest}” is the weakest part; “{section}” may stand no higher than level {level}.",
                    weakest=tell.section(limit.source),
                    section=name,
                    level=limit.level,
                )
            )
        case "cap":
            cap = tell.cap(limit.source)
            if limit.applies:
                return Line(
                    text=c.t("{reason} Limits {list}.", reason=tell.say(cap.reason), list=held), light="red"
                )
            return Line(text=would_limit(tell, cap, held), light="amber")
        case _:
            assert_never(limit.kind)


def would_limit(tell: Teller, cap: Cap, held: str) -> str:
    """Return what a cap would hold down if the answer that is not known turned out too low."""
    c, question = tell.c, tell.question(cap.question)
    if isinstance(tell.questionnaire.questions_by_id[cap.question], YesNoQuestion):
        return c.t("Not known: {question} A “no” limits {list}.", question=question, list=held)
    return c.t(
        "Not known: {question} Less than “{value}” limits {list}.",
        question=question,
        value=tell.answer(cap.question, cap.below, inside=True).short,
        list=held,
    )


def _gate(tell: Teller, gate: Gate, score: Score) -> Iterator[Block]:
    c, count = tell.c, len(gate.questions)
    yield Heading(level=3, text=c.t("What level {level} still needs", level=gate.level))
    yield Paragraph(text=what_a_level_needs(tell, gate, score))
    if not gate.questions:
        return
    match gate.kind:
        case "share":
            text = c.n(
                "The one question that stands lower:", "The {count} questions that stand lower:", count
            )
        case "index":
            text = c.n(
                "The one question that is not at its best:",
                "The {count} questions that are not at their best, those that hold most back first:",
                count,
            )
        case "stage":
            text = c.n("The one question not reached:", "The {count} questions not reached:", count)
        case _:
            assert_never(gate.kind)
    yield Paragraph(text=text)
    yield Bullets(items=tuple(Line(text=name_of(tell, name)) for name in gate.questions))


def _lift(tell: Teller, lift: Lift) -> Iterator[Block]:
    c = tell.c
    yield Heading(
        level=3,
        text=c.n(
            "One answer is all that separates you from level {level}",
            "{count} answers are the shortest way to level {level}",
            len(lift.changes),
            level=lift.level,
        ),
    )
    yield Table(
        summary=c.t("Answers that would have to change, with what would be observable then"),
        columns=(
            Column(head=c.t("Question"), width=3),
            Column(head=c.t("Today"), width=1),
            Column(head=c.t("What it would have to be"), width=3),
        ),
        rows=tuple(
            (
                cell(name_of(tell, change.question)),
                cell(_today(tell, change)),
                cell(tell.answer(change.question, change.to, inside=True).line),
            )
            for change in lift.changes
        ),
    )
    if not lift.exact:
        yield Paragraph(text=c.t(NOT_PROVEN), style="caption")


def _today(tell: Teller, change: Change) -> str:
    if change.present is None:
        return tell.c.t("open")
    said = tell.answer(change.question, change.present, inside=True).short
    return said.replace(" ", "\u00a0") if len(said) <= SHORT else said


def _deciding(tell: Teller, explanation: Explanation, score: Score) -> Iterator[Block]:
    c = tell.c
    deciding = [item for item in explanation.deciding if item.shrinks > TOLERANCE]
    if not deciding:
        return
    yield Heading(level=3, text=c.t("These answers would narrow the range most"))
    yield Bullets(
        items=tuple(
            Line(
                text=c.t(
                    "{question} Known, it narrows the index by at least {points}.",
                    question=name_of(tell, item.question),
                    points=tell.points(score, item.shrinks),
                )
            )
            for item in deciding
        )
    )
