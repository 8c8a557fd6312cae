"""What a workshop came to: how far people agree, what talking changed, which gaps between roles matter, what was decided, who disagrees.

Everything is told from the counts of rounds that may be shown; see `assessment.workshop.outcome`.
"""

from collections.abc import Iterator

from assessment.answers import Answer
from assessment.charts.axes import digits_of
from assessment.document.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    PageBreak,
    Paragraph,
    Table,
    Tone,
    cell,
)
from assessment.document.role_gaps import GROUPS, groups_said, question_cell, role_gaps
from assessment.document.telling import PEOPLE, Teller
from assessment.i18n import MISSING
from assessment.questions import LevelQuestion, Value
from assessment.values import TOLERANCE
from assessment.workshop import Outcome, RoleGap, Shift, Spread, Standing, Topic, TopicOutcome, as_asked

CHANGED = ("raised", "lowered", "other", "settled", "unsettled")
"""What a decision made of an answer that did not stay as it was."""


def people(tell: Teller) -> Iterator[Block]:
    """Yield what the workshop came to; nothing where there was none, or none of its questions is there any more."""
    outcome, workshop = tell.report.outcome, tell.report.workshop
    if outcome is None or workshop is None or not outcome.topics:
        return
    c = tell.c
    standing = (as_asked(tell.report.questionnaire, topic) for topic in workshop.topics)
    topics = {topic.question: topic for topic in standing if topic is not None}
    yield Heading(
        level=1,
        text=claim(tell, outcome),
        anchor=PEOPLE,
        eyebrow=c.t("People"),
        short=c.t("People and agreement"),
    )
    yield Paragraph(text=_who(tell, outcome, c.date(workshop.opened_at.date())), style="lede")
    yield KeyFigures(items=tuple(_figures(tell, outcome)))
    yield from _topics(tell, outcome, topics)
    yield from _shift(tell, outcome.shift)
    yield from role_gaps(tell, outcome)
    yield from _decisions(tell, outcome, topics)
    yield from _dissents(tell, outcome, topics)
    yield Paragraph(text=_not_shown(tell, outcome), style="small")
    yield PageBreak()


def claim(tell: Teller, outcome: Outcome) -> str:
    """Return how far the room agrees, and the gap between roles on which most hangs."""
    c, count, agreed = tell.c, len(outcome.shown), len(outcome.agreed)
    if not count:
        return c.t("Too few voted for the votes to be shown; what was decided stands below")
    said = (
        c.n(
            "The room agrees on the one question it voted on",
            "The room agrees on all {count} questions",
            count,
        )
        if agreed == count
        else c.t(
            "The room agrees on {agreed} of {count} questions",
            agreed=c.number(agreed, 0),
            count=c.number(count, 0),
        )
    )
    if not agreed:
        said = c.n(
            "The room does not agree on the one question it voted on",
            "The room agrees on none of {count} questions",
            count,
        )
    gap = next((gap for gap in outcome.gaps if gap.changes_result), None)
    if gap is not None:
        return _with_gap(tell, said, gap)
    against = len(outcome.contested)
    if against:
        return c.n("{said}; one is contested", "{said}; {count} are contested", against, said=said)
    return said


def agreement_said(tell: Teller) -> str:
    """Return in one sentence how far those who took part in the workshop agree; nothing without votes to show."""
    outcome, c = tell.report.outcome, tell.c
    if outcome is None or not outcome.shown:
        return ""
    said = c.t(
        "In the workshop, {people} people voted; the room agrees on {agreed} of {count} questions.",
        people=c.number(outcome.voted.people, 0),
        agreed=c.number(len(outcome.agreed), 0),
        count=c.number(len(outcome.shown), 0),
    )
    against = len(outcome.contested)
    if not against:
        return said
    more = c.n(
        "On one question there are dissenting opinions.",
        "On {count} questions there are dissenting opinions.",
        against,
    )
    return f"{said} {more}"


def _with_gap(tell: Teller, said: str, gap: RoleGap) -> str:
    c = tell.c
    question = tell.questionnaire.questions_by_id[gap.question]
    words = {
        "said": said,
        "roles": groups_said(tell, (*gap.highest, *gap.lowest)),
        "section": tell.section(tell.questionnaire.parent[gap.question]),
    }
    if isinstance(question, LevelQuestion) and not question.own_scale:
        return c.n(
            "{said}; {roles} see “{section}” one level apart",
            "{said}; {roles} see “{section}” {count} levels apart",
            gap.steps,
            **words,
        )
    return c.t("{said}; {roles} see “{section}” differently", **words)


def _who(tell: Teller, outcome: Outcome, day: str) -> str:
    c = tell.c
    said = c.n(
        "One person took part in the workshop of {date}.",
        "{count} people took part in the workshop of {date}.",
        outcome.people,
        date=day,
    )
    if not outcome.voted.roles:
        return said
    roles = c.t(
        "Shown on their own: {list}. All other votes are counted with everybody.",
        list=c.join(
            c.t("{role} ({count})", role=c.t(GROUPS[role]), count=c.number(count, 0))
            for role, count in outcome.voted.roles
        ),
    )
    return f"{said} {roles}"


def _figures(tell: Teller, outcome: Outcome) -> Iterator[KeyFigure]:
    c = tell.c
    if outcome.agreement_before is not None and outcome.agreement_after is not None:
        yield KeyFigure(
            value=c.percent(outcome.agreement_after),
            label=c.t("agreement after talking"),
            note=c.t("in the first votes: {share}", share=c.percent(outcome.agreement_before)),
        )
    elif outcome.agreement is not None:
        yield KeyFigure(
            value=c.percent(outcome.agreement),
            label=c.t("agreement"),
            note=c.t("100 %: all say the same"),
        )
    decided = len(outcome.decided)
    yield KeyFigure(value=c.number(len(outcome.topics), 0), label=c.t("questions talked about"))
    changed = sum(topic.became in CHANGED for topic in outcome.decided)
    yield KeyFigure(
        value=c.number(decided, 0),
        label=c.t("decided together"),
        note=c.n("one answer changed", "{count} answers changed", changed) if changed else "",
    )
    dissents = sum(topic.dissents for topic in outcome.topics)
    yield KeyFigure(
        value=c.number(len(outcome.contested), 0),
        label=c.t("contested"),
        note=c.n("one dissenting opinion", "{count} dissenting opinions", dissents) if dissents else "",
    )


# ── the questions ────────────────────────────────────────────────────────────────────────────────────────────────────


def _topics(tell: Teller, outcome: Outcome, topics: dict[str, Topic]) -> Iterator[Block]:
    c = tell.c
    yield Table(
        summary=c.t("Each question that was talked about: before, first and last votes, what was decided"),
        columns=(
            Column(head=c.t("Question"), width=3.3),
            Column(head=c.t("Before"), width=1.3),
            Column(head=c.t("First votes"), width=1.3),
            Column(head=c.t("Last votes"), width=1.3),
            Column(head=c.t("Agreed on"), width=1.3),
            Column(head=c.t("Agreement"), width=1.5, align="right"),
        ),
        rows=tuple(_row(tell, one, topics[one.question]) for one in outcome.topics),
    )
    how = c.t(
        "Each voted without seeing the votes of others; then they talked, and voted again where it was worth it."
    )
    read = c.t(
        "Votes are told by their median. Agreement is 100 % where all say the same, and 0 % where half say the lowest and half the "
        "highest. A dash stands where there was no vote that may be shown, or no second one."
    )
    yield Paragraph(text=f"{how} {read}", style="caption")


def _row(tell: Teller, one: TopicOutcome, topic: Topic) -> tuple[Cell, ...]:
    c = tell.c
    against = []
    if one.dissents:
        said = c.n("one dissenting opinion", "{count} dissenting opinions", one.dissents)
        against.append(Line(text=said, tone="muted"))
    changed: Tone = "strong" if one.became in CHANGED else "plain"
    decided = (
        cell(_said(tell, one.question, topic.decided), changed)
        if topic.decided is not None
        else cell(c.t("nothing decided"), "muted")
    )
    return (
        question_cell(tell, one.question, *against),
        cell(_said(tell, one.question, topic.before)),
        _votes(tell, one.question, one.first),
        _votes(tell, one.question, one.last if one.talked_again else None),
        decided,
        cell(_agreement(tell, one), "strong" if one.agrees else "plain"),
    )


def _said(tell: Teller, question: str, answer: Answer | None) -> str:
    c = tell.c
    if answer is None or answer.state == "open":
        return MISSING
    if answer.state == "not_applicable":
        return c.t("Not applicable")
    return _value(tell, question, answer.value)


def _value(tell: Teller, question: str, value: Value | None) -> str:
    return tell.c.t("Not known") if value is None else tell.answer(question, value).short


def _votes(tell: Teller, question: str, spread: Spread | None) -> Cell:
    if spread is None:
        return cell(MISSING)
    lines = [Line(text=_value(tell, question, spread.median))]
    if spread.unknown:
        text = tell.c.n("one does not know", "{count} do not know", spread.unknown)
        lines.append(Line(text=text, tone="muted"))
    return tuple(lines)


def _agreement(tell: Teller, one: TopicOutcome) -> str:
    c = tell.c
    if one.last is None:
        return MISSING
    last = c.percent(one.last.agreement)
    if not one.talked_again or one.first is None:
        return last
    return f"{c.percent(one.first.agreement)} → {last}"


# ── what talking changed ─────────────────────────────────────────────────────────────────────────────────────────────


def _shift(tell: Teller, shift: Shift | None) -> Iterator[Block]:
    if shift is None or shift.decided.value is None:
        return
    c = tell.c
    yield Heading(level=2, text=_what_talking_changed(tell, shift))
    yield KeyFigures(
        items=(
            _standing(tell, shift.before, c.t("index before the workshop")),
            _standing(tell, shift.voted, c.t("index by the first votes")),
            _standing(tell, shift.decided, c.t("index as decided")),
        )
    )
    yield Paragraph(
        text=c.n(
            "Only the answer that was decided on differs between the three.",
            "Only the {count} answers that were decided on differ between the three.",
            len(shift.topics),
        ),
        style="caption",
    )


def _what_talking_changed(tell: Teller, shift: Shift) -> str:
    c, before, after = tell.c, shift.before.value, shift.decided.value
    if before is None or after is None:
        return c.t("With what was decided there is a result")
    if abs(after - before) <= TOLERANCE:
        return c.t("What was decided leaves the index where it was")
    by = c.change(after - before, digits_of(tell.overall.bottom, tell.overall.top))
    return c.t("What was decided moves the index by {change}", change=by)


def _standing(tell: Teller, standing: Standing, label: str) -> KeyFigure:
    c = tell.c
    return KeyFigure(
        value=tell.points(tell.overall, standing.value),
        label=label,
        note=c.t("level {level}", level=standing.level) if standing.level is not None else "",
    )


# ── decisions and dissent ────────────────────────────────────────────────────────────────────────────────────────────


def _decisions(tell: Teller, outcome: Outcome, topics: dict[str, Topic]) -> Iterator[Block]:
    c = tell.c
    told = [(one, topics[one.question]) for one in outcome.decided if topics[one.question].reason.strip()]
    if not told:
        return
    yield Heading(level=2, text=c.t("What was decided, and why"))
    yield Table(
        summary=c.t("Each decision with the reason that was noted"),
        columns=(
            Column(head=c.t("Question"), width=3),
            Column(head=c.t("Agreed on"), width=1.4),
            Column(head=c.t("Reason"), width=4),
        ),
        rows=tuple(
            (
                question_cell(tell, one.question),
                cell(_said(tell, one.question, topic.decided), "strong"),
                cell(topic.reason.strip(), "quote"),
            )
            for one, topic in told
        ),
    )


def _dissents(tell: Teller, outcome: Outcome, topics: dict[str, Topic]) -> Iterator[Block]:
    c, told = tell.c, outcome.contested
    if not told:
        return
    yield Heading(
        level=2,
        text=c.n(
            "On one question somebody sees it differently",
            "On {count} questions somebody sees it differently",
            len(told),
        ),
    )
    yield Table(
        summary=c.t("Dissenting opinions in their own words"),
        columns=(
            Column(head=c.t("Question"), width=3),
            Column(head=c.t("Agreed on"), width=1.4),
            Column(head=c.t("In their own words"), width=4),
        ),
        rows=tuple(
            (
                question_cell(tell, one.question),
                cell(_said(tell, one.question, topics[one.question].decided)),
                tuple(_dissent_lines(tell, topics[one.question])),
            )
            for one in told
        ),
    )


def _dissent_lines(tell: Teller, topic: Topic) -> Iterator[Line]:
    c = tell.c
    for dissent in topic.dissents:
        yield Line(text=dissent.text, tone="quote")
        if dissent.role is not None:
            yield Line(text=c.t("Role: {role}", role=c.t(GROUPS[dissent.role])), tone="muted")


def _not_shown(tell: Teller, outcome: Outcome) -> str:
    c = tell.c
    if outcome.smallest <= 1:
        return c.t("All votes are shown: the room agreed to vote openly.")
    return c.t(
        "Groups of fewer than {count} people are not shown, because everybody would know who said what; nor is anything shown from which "
        "their votes could be worked out. Who voted what is deleted at the end of a workshop.",
        count=c.number(outcome.smallest, 0),
    )
