"""At a glance: the radar of all capabilities and the level of each; then how sure all that is."""

from collections.abc import Iterator

from assessment.charts import heatmap, radar
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
    cell,
)
from assessment.document.claims import how_sure, strongest_and_weakest
from assessment.document.decision_page import sums_up
from assessment.document.findings import what_stands_out
from assessment.document.people import agreement_said
from assessment.document.standing import index_bars
from assessment.document.telling import CERTAINTY, GLANCE, Teller, anchor_of_section
from assessment.scoring import Score

DECIDING = 6
"""So many of the answers that decide the range are listed."""
UNPROVEN = 5


def glance(tell: Teller) -> Iterator[Block]:
    """Yield the page with everything at a glance."""
    c = tell.c
    yield Heading(
        level=1,
        text=strongest_and_weakest(tell),
        anchor=GLANCE,
        eyebrow=c.t("At a glance"),
        short=c.t("At a glance"),
    )
    yield Paragraph(text=_spread(tell), style="lede")
    web = radar(tell.report, tell.language)
    if len(web.axes) > 1:
        yield Figure(chart=web)
    yield Heading(level=2, text=c.t("Level of each capability today"))
    yield Figure(chart=heatmap(tell.report, tell.language))
    yield PageBreak()


def _spread(tell: Teller) -> str:
    c = tell.c
    kinds = [finding.kind for finding in tell.report.findings]
    gaps, strengths = kinds.count("gap"), kinds.count("strength")
    if not gaps and not strengths:
        return c.t("No capability stands out, neither as a strength nor as a gap.")
    strong = (
        c.n("One capability is a strength.", "{count} capabilities are a strength.", strengths)
        if strengths
        else c.t("No capability is a strength yet.")
    )
    weak = c.n("One is a gap.", "{count} are a gap.", gaps) if gaps else c.t("None is a gap.")
    return f"{strong} {weak}"


def certainty(tell: Teller) -> Iterator[Block]:
    """Yield the page that says how sure the result is."""
    c = tell.c
    yield Heading(
        level=1,
        text=how_sure(tell),
        anchor=CERTAINTY,
        eyebrow=c.t("How sure this is"),
        short=c.t("How sure this is"),
    )
    yield Paragraph(
        text=c.t(
            "Each figure stands with its range: what the answers that are missing could still make of it, at worst "
            "and at best."
        ),
        style="lede",
    )
    agree = agreement_said(tell)
    if agree:
        yield Paragraph(text=agree)
    told = sums_up(tell)  # bars and what stands out are on the first page then
    if not told or len(tell.questionnaire.sections) == 1:
        yield from index_bars(tell)
    yield score_table(tell, [tell.overall, *tell.overall.parts])
    yield from _deciding(tell)
    yield from _unproven(tell)
    if not told:
        yield from what_stands_out(tell)
    yield PageBreak()


def score_table(tell: Teller, scores: list[Score]) -> Table:
    """Return a table of scores with range, coverage and what is proven."""
    c = tell.c
    return Table(
        summary=c.t("Level, index, range, coverage and confirmed level of each part"),
        columns=(
            Column(head=c.t("Part"), width=3.4),
            Column(head=c.t("Level"), width=0.9, align="right"),
            Column(head=c.t("Possible levels"), width=1.4, align="right"),
            Column(head=c.t("Index"), width=0.9, align="right"),
            Column(head=c.t("Possible index"), width=1.6, align="right"),
            Column(head=c.t("Answered"), width=1.1, align="right"),
            *(
                [Column(head=c.t("Level confirmed"), width=1.1, align="right")]
                if tell.questionnaire.unproven_counts_as is not None
                else []
            ),
        ),
        rows=tuple(_row(tell, score) for score in scores),
    )


def _row(tell: Teller, score: Score) -> tuple[Cell, ...]:
    c = tell.c
    dimension = (
        score.of != tell.questionnaire.id and tell.questionnaire.parent[score.of] == tell.questionnaire.id
    )
    return (
        cell(tell.section(score.of), "strong", link=anchor_of_section(score.of) if dimension else None),
        cell(c.number(score.level if score.certain else None, 0)),
        cell(tell.levels_between(score)),
        cell(tell.index(score)),
        cell(tell.between(score)),
        cell(c.percent(score.coverage)),
        *(
            [cell(tell.level(tell.report.scorecard.confirmed_of(score.of)))]
            if tell.questionnaire.unproven_counts_as is not None
            else []
        ),
    )


def _deciding(tell: Teller) -> Iterator[Block]:
    c = tell.c
    deciding = tell.report.explanation(tell.questionnaire.id).deciding
    if not deciding:
        return
    yield Heading(
        level=2,
        text=c.n(
            "This missing answer decides the range",
            "These missing answers decide the range most",
            min(len(deciding), DECIDING),
        ),
    )
    yield Bullets(
        items=tuple(
            Line(
                text=c.t(
                    "{question} Known, it narrows the index by at least {points}.",
                    question=tell.question(item.question),
                    points=tell.points(tell.overall, item.shrinks),
                )
            )
            for item in deciding[:DECIDING]
        )
    )
    if len(deciding) > DECIDING:
        more = len(deciding) - DECIDING
        said = (
            c.n("One more is in the appendix.", "{count} more are in the appendix.", more)
            if "answers" in tell.parts
            else c.n("There is one more.", "There are {count} more.", more)
        )
        yield Paragraph(text=said, style="small")


def _unproven(tell: Teller) -> Iterator[Block]:
    c = tell.c
    found = [finding for finding in tell.report.findings if finding.kind == "unproven"]
    ceiling = tell.questionnaire.unproven_counts_as
    if not found or ceiling is None:
        return
    yield Heading(level=2, text=c.t("More is claimed here than is confirmed"))
    yield Bullets(
        items=tuple(
            Line(
                text=c.t(
                    "{section}: index {claimed} as rated, {confirmed} as confirmed.",
                    section=tell.section(finding.section),
                    claimed=tell.point(claimed, claimed.value),
                    confirmed=tell.points(claimed, confirmed.value),
                )
            )
            for finding in found[:UNPROVEN]
            for claimed, confirmed in [
                (
                    tell.report.scorecard.of(finding.section),
                    tell.report.scorecard.confirmed_of(finding.section),
                )
            ]
        )
    )
    if len(found) > UNPROVEN:
        yield Paragraph(
            text=c.n(
                "The same holds for one more capability.",
                "The same holds for {count} more capabilities.",
                len(found) - UNPROVEN,
            ),
            style="small",
        )
