"""What has changed since an earlier assessment, and how much of it is real: the split of every index, what was settled, which
answers moved it."""

from collections.abc import Iterator

from assessment.charts.axes import digits_of
from assessment.charts.change import PART_NAMES, bridge
from assessment.document.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Table,
    Tone,
    cell,
)
from assessment.document.telling import CHANGE, Teller, anchor_of_question, anchor_of_section
from assessment.i18n import MISSING, N_
from assessment.trend import PARTS, AnswerChange, Kind, Movement, SectionTrend, Trend
from assessment.values import TOLERANCE

MOST_ANSWERS = 15
"""So many answers are named, those that move the whole most."""

BECAME: dict[Kind, str] = {
    "better": N_("better"),
    "worse": N_("worse"),
    "other": N_("another answer of the same worth"),
    "evidence": N_("other evidence"),
    "known": N_("known now"),
    "not_known": N_("not known any more"),
    "new": N_("counts for the first time"),
    "taken_up": N_("applies now"),
    "set_aside": N_("does not apply any more"),
    "gone": N_("does not count any more"),
    "not_admitted": N_("the old answer does not fit the new question"),
}


def change(tell: Teller) -> Iterator[Block]:
    """Yield what has changed; nothing where there is no earlier assessment."""
    trend, earlier = tell.report.trend, tell.report.earlier
    if trend is None or earlier is None:
        return
    c, whole = tell.c, trend.sections[0].self_rated
    then = c.date(earlier.subject.held_on)
    yield Heading(
        level=1, text=_claim(tell, whole, then), anchor=CHANGE, eyebrow=c.t("Change"), short=c.t("Change")
    )
    yield Paragraph(
        text=c.t(
            "A change splits into four parts that add up to it: what a new version of the questionnaire explains, what other "
            "questions count now, what other people answered, and what is left: real change."
        ),
        style="lede",
    )
    drawn = bridge(whole, then=then, now=c.date(tell.report.subject.held_on), c=c)
    if drawn is not None:
        yield Figure(chart=drawn)
    yield from _doubt(tell, whole)
    yield _sections(tell, trend)
    yield Paragraph(
        text=c.t(
            "Levels and indices are the self-rated ones; a dash stands where there was no index to compare with."
        ),
        style="caption",
    )
    yield from _settled(tell, trend)
    yield from _answers(tell, trend)
    yield from _otherwise(tell, trend)
    yield PageBreak()


def _claim(tell: Teller, whole: Movement, then: str) -> str:
    c, digits = tell.c, digits_of(whole.bottom, whole.top)
    if whole.change is None:
        return c.t("What has changed since {date} cannot be put into one figure", date=then)
    if abs(whole.change) <= TOLERANCE:
        return c.t("Since {date} the index has stayed where it was", date=then)
    said = c.change(whole.change, digits)
    if whole.within_range:
        return c.t(
            "Since {date} the index has moved by {change}, within what is not known", date=then, change=said
        )
    if whole.real is None:
        return c.t("Since {date} the index has moved by {change}", date=then, change=said)
    if whole.known is not None and abs(whole.known) >= abs(whole.real) - TOLERANCE > 0:
        return c.t(
            "Since {date} the index has moved by {change}; that may be knowledge rather than change",
            date=then,
            change=said,
        )
    if abs(whole.change - whole.real) <= TOLERANCE:
        return c.t("Since {date} the index has moved by {change}, all of it real", date=then, change=said)
    real = c.change(whole.real, digits)
    return c.t(
        "Since {date} the index has moved by {change}; real change: {real}", date=then, change=said, real=real
    )


def _doubt(tell: Teller, whole: Movement) -> Iterator[Block]:
    """Yield what makes the change less sure than its figures look."""
    c, digits = tell.c, digits_of(whole.bottom, whole.top)
    if whole.known is not None and abs(whole.known) > TOLERANCE:
        yield Paragraph(
            text=c.t(
                "{known} of the real change comes from answers that were not known at one of the two times: it may be "
                "knowledge rather than change.",
                known=c.change(whole.known, digits),
            )
        )
    if whole.within_range and abs(whole.change or 0.0) > TOLERANCE:
        yield Paragraph(
            text=c.t(
                "Each index lies in the possible range of the other: answers not known could explain the whole change."
            )
        )


def _sections(tell: Teller, trend: Trend) -> Table:
    c = tell.c
    return Table(
        summary=c.t("Index and level of each section then and now, with what explains the change"),
        columns=(
            Column(head=c.t("Section"), width=3.4),
            Column(head=c.t("Then"), width=1, align="right"),
            Column(head=c.t("Now"), width=1, align="right"),
            Column(head=c.t("Change"), width=1.2, align="right"),
            *(Column(head=_capital(c.t(PART_NAMES[part])), width=1.5, align="right") for part in PARTS),
            Column(head=c.t("Level"), width=1.2, align="right"),
        ),
        rows=tuple(_section(tell, found, whole=not number) for number, found in enumerate(trend.sections)),
    )


def _section(tell: Teller, found: SectionTrend, *, whole: bool) -> tuple[Cell, ...]:
    c, moved = tell.c, found.self_rated
    digits = digits_of(moved.bottom, moved.top)
    top = whole or found.of in {section.id for section in tell.questionnaire.sections}
    tone: Tone = "strong" if top else "plain"
    title = tell.section(found.of)
    levels = (
        f"{c.number(moved.old_level, 0)} → {c.number(moved.new_level, 0)}"
        if moved.old_level != moved.new_level
        else c.number(moved.new_level, 0)
    )
    return (
        cell(title, tone, link=None if whole else anchor_of_section(found.of)),
        cell(c.number(moved.old, digits)),
        cell(c.number(moved.new, digits)),
        cell(c.change(moved.change, digits), tone),
        *(
            cell(_part(tell, moved.part(part), digits), "strong" if part == "real" else "plain")
            for part in PARTS
        ),
        cell(levels),
    )


def _part(tell: Teller, amount: float | None, digits: int) -> str:
    """Return a part of a change; nothing where it explains nothing, so that the others stand out."""
    if amount is None:
        return MISSING
    return tell.c.change(amount, digits) if abs(amount) > TOLERANCE else "0"


def _settled(tell: Teller, trend: Trend) -> Iterator[Block]:
    c, caps = tell.c, {cap.id: cap for cap in tell.questionnaire.caps}
    lines = [
        Line(text=c.t("No longer limits levels: {reason}", reason=tell.say(caps[name].reason)), light="green")
        for name in trend.summary.lifted
        if name in caps
    ]
    lines += [
        Line(text=c.t("Limits levels now: {reason}", reason=tell.say(caps[name].reason)), light="red")
        for name in trend.summary.opened
        if name in caps
    ]
    if lines:
        yield Heading(level=2, text=c.t("Conditions that limit levels"))
        yield Bullets(items=tuple(lines))


def _answers(tell: Teller, trend: Trend) -> Iterator[Block]:
    c, whole = tell.c, trend.sections[0]
    known = tell.questionnaire.questions_by_id
    moving = [
        (influence.self_rated, trend.answer(influence.question))
        for influence in whole.answers
        if influence.self_rated is not None
        and abs(influence.self_rated) > TOLERANCE
        and influence.question in known
    ]
    if not moving:
        return
    shown = moving[:MOST_ANSWERS]
    yield Heading(level=2, text=c.t("The answers that move the index most"))
    yield Table(
        summary=c.t("Answers then and now, with what each does to the index"),
        columns=(
            Column(head=c.t("Question"), width=4),
            Column(head=c.t("Then"), width=1.6),
            Column(head=c.t("Now"), width=1.6),
            Column(head=c.t("What became of it"), width=1.7),
            Column(head=c.t("Effect on the index"), width=1.3, align="right"),
        ),
        rows=tuple(_answer(tell, by, changed) for by, changed in shown),
    )
    rest = len(moving) - len(shown)
    if rest:
        yield Paragraph(
            text=c.n("One more answer moves it less.", "{count} more answers move it less.", rest),
            style="caption",
        )


def _answer(tell: Teller, by: float, changed: AnswerChange) -> tuple[Cell, ...]:
    c, digits = tell.c, digits_of(tell.overall.bottom, tell.overall.top) + 1
    return (
        cell(tell.question(changed.question), link=anchor_of_question(changed.question)),
        cell(_said(tell, changed, now=False)),
        cell(_said(tell, changed, now=True)),
        cell(c.t(BECAME[changed.kind])),
        cell(c.change(by, digits), "strong"),
    )


def _said(tell: Teller, changed: AnswerChange, *, now: bool) -> str:
    answer = changed.new if now else changed.old
    if answer is None:
        return MISSING
    if answer.state == "not_applicable":
        return tell.c.t("Not applicable")
    if answer.value is None:
        return tell.c.t("Don't know") if answer.state == "unknown" else MISSING
    try:
        return tell.answer(changed.question, answer.value).short
    except ValueError:  # the old answer belongs to the old question
        return MISSING


def _otherwise(tell: Teller, trend: Trend) -> Iterator[Block]:
    """Yield what else is not as it was: version, questions, edition, profile."""
    c, versions, scope = tell.c, trend.versions, trend.scope
    lines = []
    if versions.old != versions.new:
        lines.append(
            c.t("Questionnaire: version {new} instead of {old}.", old=versions.old, new=versions.new)
        )
    if scope.entered:
        lines.append(
            c.n(
                "One question counts now and did not then.",
                "{count} questions count now and did not then.",
                len(scope.entered),
            )
        )
    if scope.left:
        lines.append(
            c.n(
                "One question does not count any more.",
                "{count} questions do not count any more.",
                len(scope.left),
            )
        )
    if scope.old_short != scope.new_short:
        lines.append(
            c.t("Then the short version was answered, now the complete one.")
            if scope.old_short
            else c.t("Then the complete version was answered, now the short one.")
        )
    fields = {field.id: tell.say(field.label) for field in tell.questionnaire.profile}
    filled = [fields[each.field] for each in scope.profile if each.field in fields]
    if filled:
        lines.append(c.t("The profile says otherwise now: {list}.", list=c.join(filled)))
    if lines:
        yield Heading(level=2, text=c.t("What else is not as it was"))
        yield Bullets(items=tuple(Line(text=line) for line in lines))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
