"""How the figures are made, every score with what it is made of, the register's rows that matter, and the sources."""

from collections.abc import Iterator

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
from assessment.document.telling import METHOD, Teller
from assessment.i18n import N_
from assessment.questionnaire import RegisterRow
from assessment.scoring import FULLY, LARGELY, Score

CONFIDENCE = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}


def method(tell: Teller) -> Iterator[Block]:
    """Yield the method, every score, the register extract and the sources."""
    c, q = tell.c, tell.questionnaire
    yield Heading(
        level=1,
        text=c.t("Every figure can be checked"),
        anchor=METHOD,
        eyebrow=c.t("Appendix"),
        short=c.t("Method and sources"),
    )
    yield Paragraph(text=_origin(tell), style="lede")
    yield Heading(level=2, text=c.t("How the figures are made"))
    for title, text in _rules(tell):
        yield Heading(level=3, text=title)
        yield Paragraph(text=text)
    yield Heading(level=2, text=c.t("Every score, and what its level rests on"))
    yield _scores(tell)
    yield Paragraph(
        text=c.t(
            "The columns on the right give the share of weight answered at that level or higher; the level follows "
            "from them and from the limits."
        ),
        style="caption",
    )
    yield from _register(tell)
    if q.sources:
        yield Heading(level=2, text=c.t("Sources"))
        yield Bullets(items=tuple(Line(text=tell.say(source)) for source in q.sources), numbered=True)


def _origin(tell: Teller) -> str:
    c, report = tell.c, tell.report
    return c.t(
        "Made from the questionnaire “{title}”, version {version}, with engine version {engine}. The same answers "
        "always give the same report.",
        title=tell.say(report.questionnaire.title),
        version=report.questionnaire.version,
        engine=report.engine_version,
    )


def _rules(tell: Teller) -> Iterator[tuple[str, str]]:
    c, q = tell.c, tell.questionnaire
    yield (
        c.t("Index"),
        c.t(
            "How far along, from {lowest} to {highest}: the mean of the given answers by weight, from questions to "
            "capabilities to dimensions to the whole.",
            lowest=q.scale.lowest,
            highest=q.scale.highest,
        ),
    )
    yield (
        c.t("Level"),
        c.t(
            "What is safely in place. A level is reached when more than {largely} of the weight stands there or "
            "higher, and more than {fully} at each level below it. No average produces it.",
            largely=c.percent(LARGELY),
            fully=c.percent(FULLY),
        ),
    )
    yield (c.t("Limits"), _limits(tell))
    yield (
        c.t("Range and coverage"),
        c.t(
            "The range is the result if every answer that is missing turned out worst, and best. Coverage is the "
            "share of the applicable weight that is answered; below {share} there is no headline figure.",
            share=c.percent(q.minimum_coverage),
        ),
    )
    if q.unproven_counts_as is not None:
        yield (
            c.t("As rated and as confirmed"),
            c.t(
                "As confirmed, an answer above level {level} without documented evidence counts as level {level}. The "
                "difference is what is claimed and not shown.",
                level=q.unproven_counts_as,
            ),
        )
    yield (
        c.t("Roadmap"),
        c.t(
            "Measures that settle conditions come first, then those that gain most for their effort; no month is "
            "loaded beyond capacity. Gains are computed by the scoring engine, not estimated."
        ),
    )


def _limits(tell: Teller) -> str:
    c, above = tell.c, tell.questionnaire.at_most_above_weakest
    if above is None:
        return c.t(
            "A condition that is not met limits the level of its parts, whatever else is in place. It never changes "
            "the index."
        )
    return c.t(
        "A condition that is not met limits the level of its parts, whatever else is in place. The whole stands at "
        "most {steps} above its weakest dimension. Neither changes the index.",
        steps=c.n("one level", "{count} levels", above),
    )


def _scores(tell: Teller) -> Table:
    c, q = tell.c, tell.questionnaire
    upper = [step.level for step in q.scale.levels[1:]]
    return Table(
        summary=c.t("Weight, index, level and share of weight at each level, for every part"),
        columns=(
            Column(head=c.t("Part"), width=3.4),
            Column(head=c.t("Weight"), width=0.9, align="right"),
            Column(head=c.t("Index"), width=0.8, align="right"),
            Column(head=c.t("Level"), width=0.9, align="right"),
            Column(head=c.t("Limited to"), width=1, align="right"),
            *(Column(head=c.t("from {level}", level=level), width=0.8, align="right") for level in upper),
        ),
        rows=tuple(
            _score(tell, section.id, tell.report.scorecard.of(section.id)) for section in q.whole.walk()
        ),
    )


def _score(tell: Teller, identifier: str, score: Score) -> tuple[Cell, ...]:
    c, q = tell.c, tell.questionnaire
    limits = [limit.level for limit in score.limited_by if limit.applies]
    depth = len(q.path(identifier))
    shares = score.shares[1:] if score.shares else (None,) * (len(q.scale.levels) - 1)
    return (
        cell(tell.section(identifier), "plain" if depth > 1 else "strong"),
        cell(c.number(score.weight, 1)),
        cell(c.number(score.value)),
        cell(c.number(score.level, 0)),
        cell(c.number(min(limits), 0) if limits else ""),
        *(cell(c.percent(share)) for share in shares),
    )


def _register(tell: Teller) -> Iterator[Block]:
    c, register = tell.c, tell.questionnaire.register_
    rows = _rows_that_matter(tell)
    if register is None or not rows:
        return
    yield Heading(
        level=2, text=c.t("Extract from the legal register, as of {date}", date=c.date(register.as_of))
    )
    yield Callout(
        tone="note",
        title=c.t("Not legal advice"),
        lines=(
            Line(
                text=c.t(
                    "Prompts for a lawyer, not a legal opinion. The last column says how each was checked: V1 the "
                    "law itself was read, V2 two sources, V3 one source, V0 not looked up."
                )
            ),
        ),
    )
    yield Table(
        summary=c.t("Rows of the legal register behind the conditions and the legal questions"),
        columns=(
            Column(head=c.t("Reference"), width=2.2),
            Column(head=c.t("Duty"), width=4),
            Column(head=c.t("State"), width=2),
            Column(head=c.t("Checked"), width=0.9),
        ),
        rows=tuple(_row(tell, row) for row in rows),
    )


def _rows_that_matter(tell: Teller) -> list[RegisterRow]:
    """Return the rows that questions or conditions name and that concern a topic not in place in these countries."""
    q = tell.questionnaire
    concerned = {row for topic in tell.report.legal if topic.light != "green" for row in topic.rows}
    named = {name for cap in q.caps for name in cap.references} | {
        name for x in q.questions_by_id.values() for name in x.references
    }
    rows = q.register_.rows if q.register_ else ()
    return [row for row in rows if row.id in concerned & named]


def _row(tell: Teller, row: RegisterRow) -> tuple[Cell, ...]:
    c = tell.c
    return (
        cell(tell.say(row.instrument), "strong"),
        cell(tell.say(row.duty)),
        cell(tell.say(row.state)),
        (Line(text=row.verified), Line(text=c.t(CONFIDENCE[row.confidence]), tone="muted")),
    )
