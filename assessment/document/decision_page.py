"""The decision page: where we stand, how sure that is, what to decide, what may not go ahead yet, what nobody knows."""

from collections.abc import Iterator

from assessment.document.blocks import (
    Block,
    Callout,
    Columns,
    Decisions,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
)
from assessment.document.claims import where_it_stands
from assessment.document.decisions import decisions
from assessment.document.telling import CERTAINTY, DECISIONS, LEGAL, Teller
from assessment.scoring import Score

SHOWN = 3
"""So many conditions and gaps of knowledge stand on the page; the others are counted."""


def decision_page(tell: Teller) -> Iterator[Block]:
    """Yield the page that an executive reads when there are five minutes."""
    c = tell.c
    yield Heading(
        level=1,
        text=where_it_stands(tell),
        anchor=DECISIONS,
        eyebrow=c.t("On one page"),
        short=c.t("Decisions"),
    )
    yield Paragraph(text=where_in_words(tell), style="lede")
    yield KeyFigures(items=tuple(figures(tell, tell.overall, tell.confirmed)))
    due = decisions(tell)
    if due:
        yield Heading(level=2, text=c.n("One decision is due", "{count} decisions are due", len(due)))
        yield Decisions(items=due)
    else:
        yield Heading(level=2, text=c.t("No decision is due"))
        yield Paragraph(text=c.t("None of the measures in this questionnaire would change the result."))
    yield Columns(left=(_not_yet_allowed(tell),), right=(_not_known(tell),))


def where_in_words(tell: Teller) -> str:
    """Return two sentences: the level in words, and how sure it is."""
    c, score = tell.c, tell.overall
    if score.coverage is None or score.low is None or score.high is None:
        return c.t("There is no result, because no question that counts applies or is answered.")
    if not score.certain or score.level is None:
        return c.t(
            "With {share} answered, the index lies between {low} and {high}; that is too wide for a single figure.",
            share=c.percent(score.coverage),
            low=c.number(score.low),
            high=c.number(score.high),
        )
    meaning = tell.say(tell.questionnaire.scale.at(score.level).description)
    if c.number(score.low) == c.number(score.high):
        return c.t(
            "Level {level} means: {meaning} The index is {value}; nothing is left open that could change it.",
            level=score.level,
            meaning=meaning,
            value=c.number(score.value),
        )
    return c.t(
        "Level {level} means: {meaning} The index is {value}; what is not known could still move it between {low} "
        "and {high}.",
        level=score.level,
        meaning=meaning,
        value=c.number(score.value),
        low=c.number(score.low),
        high=c.number(score.high),
    )


def figures(tell: Teller, score: Score, confirmed: Score) -> Iterator[KeyFigure]:
    """Yield level, index, coverage and proof of one score, each with what it rests on."""
    c = tell.c
    yield KeyFigure(
        value=tell.level(score),
        label=c.t("level as rated"),
        note=c.t("possible: {range}", range=tell.levels_between(score)),
    )
    yield KeyFigure(
        value=tell.index(score),
        label=c.t("index as rated"),
        note=c.t("possible: {range}", range=tell.between(score)),
    )
    yield KeyFigure(
        value=c.percent(score.coverage), label=c.t("of the weight answered"), note=_at_least(tell)
    )
    yield KeyFigure(
        value=tell.level(confirmed),
        label=c.t("level confirmed"),
        note=_confirmed(tell, confirmed),
    )


def _confirmed(tell: Teller, confirmed: Score) -> str:
    ceiling = tell.questionnaire.unproven_counts_as
    if ceiling is None:
        return tell.c.t("index {value}", value=tell.index(confirmed))
    return tell.c.t("index {value}; above {level} needs evidence", value=tell.index(confirmed), level=ceiling)


def _at_least(tell: Teller) -> str:
    return tell.c.t(
        "{share} is needed for a result", share=tell.c.percent(tell.questionnaire.minimum_coverage)
    )


def _not_yet_allowed(tell: Teller) -> Callout:
    c = tell.c
    open_gates = [gate for topic in tell.report.legal for gate in topic.open_gates]
    broken = [cap for cap in tell.questionnaire.caps if cap.question in open_gates]
    if not broken:
        if not tell.report.legal:
            said = c.t("This questionnaire has no legal part.")
        elif tell.legal_is_assessed:
            said = c.t("No condition is known to be broken.")
        else:
            said = c.t("The legal status is not assessed yet.")
        return Callout(
            tone="note", title=c.t("What may legally not be rolled out yet"), lines=(Line(text=said),)
        )
    lines = []
    for cap in broken[:SHOWN]:
        lines.append(Line(text=tell.say(cap.reason), light="red"))
        if cap.at_once:
            lines.append(Line(text=c.t("At once: {what}", what=tell.say(cap.at_once)), tone="strong"))
    lines.append(Line(text=c.t("Nothing that rests on these points may go live before they are settled.")))
    if len(broken) > SHOWN:
        more = len(broken) - SHOWN
        lines.append(
            Line(
                text=c.n(
                    "One more condition is on the legal page.",
                    "{count} more conditions are on the legal page.",
                    more,
                ),
                link=LEGAL,
            )
        )
    return Callout(tone="warning", title=c.t("What may legally not be rolled out yet"), lines=tuple(lines))


def _not_known(tell: Teller) -> Callout:
    c = tell.c
    deciding = tell.report.explanation(tell.questionnaire.id).deciding
    if not deciding:
        return Callout(
            tone="note",
            title=c.t("What we do not know"),
            lines=(Line(text=c.t("Nothing that counts was left open.")),),
        )
    lines = [Line(text=tell.question(item.question)) for item in deciding[:SHOWN]]
    if len(deciding) > SHOWN:
        lines.append(
            Line(
                text=c.n(
                    "One more answer is missing.", "{count} more answers are missing.", len(deciding) - SHOWN
                ),
                link=CERTAINTY,
            )
        )
    return Callout(tone="note", title=c.t("What we do not know"), lines=tuple(lines))
