"""How the figures are made, every score with what it is made of, the register's rows that matter, and the sources."""

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from assessment.document.blocks import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Heading,
    Line,
    Paragraph,
    Table,
    cell,
)
from assessment.document.formula import weight_said
from assessment.document.grounds import CHECKED, reference_points, register_table, strongest
from assessment.document.rules import (
    MANY,
    how_made,
    levels_used,
    limits_said,
    method_of,
    methods_used,
)
from assessment.document.telling import METHOD, Teller
from assessment.i18n import N_
from assessment.questionnaire import LevelMethod, Method, RegisterRow, Section
from assessment.report import Report
from assessment.values import TOLERANCE

SHORT: dict[Method, str] = {
    "mean": N_("mean"),
    "mean_of_leaves": N_("mean of questions"),
    "sum": N_("sum"),
    "min": N_("weakest"),
    "staged": N_("stages"),
}
"""The ways of making an index, as a table names them."""
FOUND: dict[LevelMethod, str] = {
    "process_attribute": N_("shares of weight"),
    "bands": N_("index"),
    "staged": N_("stages"),
}
"""The ways of finding a level, as a table names them."""


def method(tell: Teller) -> Iterator[Block]:
    """Yield what the figures were made from; and the method, every score, the register extract and the sources, unless left out."""
    c, q = tell.c, tell.questionnaire
    whole = "method" in tell.parts
    yield Heading(
        level=1,
        text=c.t("Every figure can be checked") if whole else c.t("What these figures were made from"),
        anchor=METHOD,
        eyebrow=c.t("Appendix"),
        short=c.t("Method and sources") if whole else c.t("Origin"),
    )
    yield Paragraph(text=_origin(tell), style="lede")
    yield Paragraph(
        text=c.t("Checksum of the answers (SHA-256): {sum}", sum=checksum(tell.report)), style="small"
    )
    if not whole:
        return
    yield Heading(level=2, text=c.t("How the figures are made"))
    yield from how_made(tell)
    yield from _scores(tell)
    yield from _register(tell)
    yield from _standards(tell)
    if q.reference_points:
        yield Heading(level=2, text=c.t("Figures from outside"))
        yield Paragraph(
            text=c.t("For comparison and never as a target; each with its source and what to mind."),
            style="small",
        )
        yield from reference_points(strongest(q.reference_points), c=c)
    if q.sources:
        yield Heading(level=2, text=c.t("Sources"))
        yield Bullets(items=tuple(Line(text=tell.say(source)) for source in q.sources), numbered=True)


def _standards(tell: Teller) -> Iterator[Block]:
    """Yield the standards that questions map to, with what they give and in which state they were."""
    c, q = tell.c, tell.questionnaire
    used = {each.standard for question in q.questions_by_id.values() for each in question.standards}
    lines = tuple(
        Line(text=f"{each.name}. {tell.say(each.gives)} {tell.say(each.state)}")
        for each in q.standards
        if each.id in used
    )
    if lines:
        yield Heading(level=2, text=c.t("Standards that questions map to"))
        yield Bullets(items=lines)


def checksum(report: Report) -> str:
    """Return what tells whether two reports are of the same answers, as hexadecimal digits in eights."""
    digits = sha256(report.sheet.model_dump_json().encode()).hexdigest()
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))


def _origin(tell: Teller) -> str:
    c, report = tell.c, tell.report
    return c.t(
        "Made from the questionnaire “{title}”, version {version}, with engine version {engine}. The same answers "
        "always give the same report.",
        title=tell.say(report.questionnaire.title),
        version=report.questionnaire.version,
        engine=report.engine_version,
    )


class _Shown(NamedTuple):
    """Which columns the table of scores has."""

    method: bool
    found: bool
    limits: bool
    own_range: bool
    """Some index does not run over the questionnaire's scale."""
    shares: tuple[int, ...]
    """The levels whose share of weight is shown."""


def _shown(tell: Teller) -> _Shown:
    q = tell.questionnaire
    found = levels_used(q)
    scores = [tell.report.scorecard.of(section.id) for section in q.whole.walk()]
    upper = tuple(step.level for step in q.scale.levels[1:])
    return _Shown(
        method=len(methods_used(q)) > 1,
        found=len(found) > 1,
        limits=bool(limits_said(tell)),
        own_range=any(
            abs(score.bottom - q.scale.bottom) > TOLERANCE or abs(score.top - q.scale.top) > TOLERANCE
            for score in scores
        ),
        shares=upper if "process_attribute" in found and len(upper) <= MANY else (),
    )


def _scores(tell: Teller) -> Iterator[Block]:
    c, q, shown = tell.c, tell.questionnaire, _shown(tell)
    yield Heading(level=2, text=c.t("Every score, and what its level rests on"))
    columns = [
        Column(head=c.t("Part"), width=3.4),
        Column(head=c.t("Weight"), width=0.9, align="right"),
        *([Column(head=c.t("Put together"), width=1.3)] if shown.method else []),
        Column(head=c.t("Index"), width=1.2 if shown.own_range else 0.8, align="right"),
        Column(head=c.t("Level"), width=0.9, align="right"),
        *([Column(head=c.t("Found by"), width=1.3)] if shown.found else []),
        *([Column(head=c.t("Limited to"), width=1, align="right")] if shown.limits else []),
        *(Column(head=c.t("from {level}", level=level), width=0.8, align="right") for level in shown.shares),
    ]
    yield Table(
        summary=c.t("Weight, index, level and share of weight at each level, for every part")
        if shown.shares
        else c.t("Weight, index and level of every part"),
        columns=tuple(columns),
        rows=tuple(_score(tell, section, shown) for section in q.whole.walk()),
    )
    if shown.shares:
        yield Paragraph(text=_on_shares(tell, shown), style="caption")
    if shown.own_range:
        yield Paragraph(
            text=c.t("An index that runs over a range of its own stands with the top of that range."),
            style="caption",
        )


def _on_shares(tell: Teller, shown: _Shown) -> str:
    c = tell.c
    if shown.found:
        return c.t(
            "The columns on the right give the share of weight answered at that level or higher, where the level follows "
            "from it."
        )
    if not shown.limits:
        return c.t(
            "The columns on the right give the share of weight answered at that level or higher; the level follows "
            "from them."
        )
    return c.t(
        "The columns on the right give the share of weight answered at that level or higher; the level follows "
        "from them and from the limits."
    )


def _score(tell: Teller, section: Section, shown: _Shown) -> tuple[Cell, ...]:
    c, q, score = tell.c, tell.questionnaire, tell.report.scorecard.of(section.id)
    limits = [limit.level for limit in score.limited_by if limit.applies]
    found = q.levels_of(section)
    shares: tuple[float | None, ...] = (None,) * len(shown.shares)
    if score.shares and shown.shares:
        shares = score.shares[1:]
    return (
        cell(tell.section(section.id), "plain" if len(q.path(section.id)) > 1 else "strong"),
        cell(weight_said(score.weight, c)),
        *([cell(c.t(SHORT[method_of(section, methods_used(q))]))] if shown.method else []),
        cell(tell.point(score, score.value)),
        cell(c.number(score.level, 0)),
        *([cell(c.t(FOUND[found]))] if shown.found else []),
        *([cell(c.number(min(limits), 0) if limits else "")] if shown.limits else []),
        *(cell(c.percent(share) if found == "process_attribute" else "") for share in shares),
    )


def _register(tell: Teller) -> Iterator[Block]:
    c, register = tell.c, tell.questionnaire.register_
    rows = _rows_that_matter(tell)
    if register is None or not rows:
        return
    yield Heading(
        level=2, text=c.t("Extract from the legal register, as of {date}", date=c.date(register.as_of))
    )
    yield Callout(tone="note", title=c.t("Not legal advice"), lines=(Line(text=c.t(CHECKED)),))
    yield from register_table(rows, tell.questionnaire, c=c)


def _rows_that_matter(tell: Teller) -> list[RegisterRow]:
    """Return the rows that questions or conditions name and that concern a topic not in place in these countries."""
    q = tell.questionnaire
    concerned = {row for topic in tell.report.legal if topic.light != "green" for row in topic.rows}
    named = {name for cap in q.caps for name in cap.references} | {
        name for x in q.questions_by_id.values() for name in x.references
    }
    rows = q.register_.rows if q.register_ else ()
    return [row for row in rows if row.id in concerned & named]
