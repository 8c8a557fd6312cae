"""The decision page: where we stand, how sure that is, what to decide, what may not go ahead yet, what nobody knows."""

from collections.abc import Iterator

from assessment.document.blocks import (
    Block,
    Callout,
    Columns,
    Decisions,
    Heading,
    KeyFigures,
    Line,
    Paragraph,
)
from assessment.document.claims import where_it_stands
from assessment.document.decisions import decisions
from assessment.document.findings import a_word_of_doubt, what_stands_out
from assessment.document.standing import figures, index_bars
from assessment.document.telling import CERTAINTY, DECISIONS, LEGAL, Teller

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
        short=c.t("Decisions") if tell.questionnaire.measures else c.t("On one page"),
    )
    yield Paragraph(text=where_in_words(tell), style="lede")
    yield KeyFigures(items=tuple(figures(tell, tell.overall, tell.confirmed)))
    due = decisions(tell)
    if due:
        yield Heading(level=2, text=c.n("One decision is due", "{count} decisions are due", len(due)))
        yield Decisions(items=due)
    elif not sums_up(tell):
        yield Heading(level=2, text=c.t("No decision is due"))
        yield Paragraph(text=c.t("None of the measures in this questionnaire would change the result."))
    else:
        if len(tell.questionnaire.sections) > 1:
            yield from index_bars(tell)
        yield from what_stands_out(tell)
    if tell.questionnaire.legal is None and not tell.questionnaire.caps:
        yield _not_known(tell)
    else:
        yield Columns(left=(_not_yet_allowed(tell),), right=(_not_known(tell),))


def sums_up(tell: Teller) -> bool:
    """Say whether the page sums up the result, because there are no measures to decide on and nothing else is due."""
    return not tell.questionnaire.measures and not decisions(tell)


def where_in_words(tell: Teller) -> str:
    """Return two sentences: the level in words, and how sure it is."""
    c, score = tell.c, tell.overall
    low, high = tell.ends(score)
    if score.coverage is None or score.low is None or score.high is None:
        return c.t("There is no result, because no question that counts applies or is answered.")
    if not score.certain or score.level is None:
        return c.t(
            "With {share} answered, the index lies between {low} and {high}; that is too wide for a single figure.",
            share=c.percent(score.coverage),
            low=low,
            high=high,
        )
    meaning = tell.say(tell.questionnaire.scale.at(score.level).description)
    if low == high:
        return c.t(
            "Level {level} means: {meaning} The index is {value}; nothing is left open that could change it.",
            level=score.level,
            meaning=meaning,
            value=tell.point(score, score.value),
        )
    return c.t(
        "Level {level} means: {meaning} The index is {value}; what is not known could still move it between {low} "
        "and {high}.",
        level=score.level,
        meaning=meaning,
        value=tell.point(score, score.value),
        low=low,
        high=high,
    )


def _not_yet_allowed(tell: Teller) -> Callout:
    c = tell.c
    if tell.questionnaire.legal is None:
        return _not_met(tell)
    open_gates = [gate for topic in tell.report.legal for gate in topic.open_gates]
    broken = [cap for cap in tell.questionnaire.caps if cap.question in open_gates]
    if not broken:
        said = (
            c.t("No condition is known to be broken.")
            if tell.legal_is_assessed
            else c.t("The legal status is not assessed yet.")
        )
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
        said = (
            c.n(
                "One more condition is on the legal page.",
                "{count} more conditions are on the legal page.",
                more,
            )
            if "legal" in tell.parts
            else c.n("One more condition is not met.", "{count} more conditions are not met.", more)
        )
        lines.append(Line(text=said, link=LEGAL))
    return Callout(tone="warning", title=c.t("What may legally not be rolled out yet"), lines=tuple(lines))


def _not_met(tell: Teller) -> Callout:
    c = tell.c
    applying = tell.report.roadmap.projection[0].caps
    broken = [cap for cap in tell.questionnaire.caps if cap.id in applying]
    lines = [Line(text=tell.say(cap.reason), light="red") for cap in broken[:SHOWN]]
    if len(broken) > SHOWN:
        lines.append(
            Line(
                text=c.n(
                    "One more condition is not met.",
                    "{count} more conditions are not met.",
                    len(broken) - SHOWN,
                )
            )
        )
    return Callout(
        tone="warning" if broken else "note",
        title=c.t("What holds the level"),
        lines=tuple(lines) or (Line(text=c.t("No condition is known to be broken.")),),
    )


def _not_known(tell: Teller) -> Callout:
    c = tell.c
    deciding = tell.report.explanation(tell.questionnaire.id).deciding
    if not deciding:
        return Callout(
            tone="note",
            title=c.t("What we do not know"),
            lines=(Line(text=c.t("Nothing that counts was left open.")), *a_word_of_doubt(tell)),
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
    lines += a_word_of_doubt(tell)
    return Callout(tone="note", title=c.t("What we do not know"), lines=tuple(lines))
