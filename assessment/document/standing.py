"""How a score stands: its key figures, the bars of its parts, what its level needs and does not get."""

from collections.abc import Iterator
from math import ceil
from typing import assert_never

from assessment.charts import bars
from assessment.document.blocks import Block, Figure, KeyFigure
from assessment.document.telling import Teller
from assessment.explanation import Gate
from assessment.scoring import Score

BARS = 18
"""So many bars make a chart."""


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
    ceiling = tell.questionnaire.unproven_counts_as
    if ceiling is not None:
        yield KeyFigure(
            value=tell.level(confirmed),
            label=c.t("level confirmed"),
            note=c.t(
                "index {value}; above {level} needs evidence", value=tell.index(confirmed), level=ceiling
            ),
        )


def _at_least(tell: Teller) -> str:
    if not tell.questionnaire.minimum_coverage:
        return ""
    return tell.c.t(
        "{share} is needed for a result", share=tell.c.percent(tell.questionnaire.minimum_coverage)
    )


def index_bars(tell: Teller, *, of: str | None = None) -> Iterator[Block]:
    """Yield index and range of the dimensions or of one dimension's parts; more than fit on a page in several charts."""
    whole = bars(tell.report, tell.language, of=of)
    count = max(1, ceil(len(whole.bars) / BARS))
    size = ceil(len(whole.bars) / count)
    for number in range(count):
        some = whole.bars[number * size : (number + 1) * size]
        yield Figure(chart=whole.model_copy(update={"bars": some}))


def what_a_level_needs(tell: Teller, gate: Gate, score: Score) -> str:
    """Return what a level needs and does not get: a share of the weight, an index, or every question of a stage."""
    c = tell.c
    match gate.kind:
        case "share":
            return c.t(
                "Level {level} needs more than {needed} of the weight at level {rated} or higher; here it is "
                "{share}.",
                level=gate.level,
                needed=c.percent(gate.needed),
                rated=gate.rated,
                share=c.percent(gate.share),
            )
        case "index":
            needed, reached = (
                tell.points(score, score.bottom + share * (score.top - score.bottom))
                for share in (gate.needed, gate.share)
            )
            return c.t(
                "Level {level} needs an index of {needed}; here it is {value}.",
                level=gate.level,
                needed=needed,
                value=reached,
            )
        case "stage":
            return c.t(
                "Level {level} needs every question that belongs to level {rated}; here {share} of their weight is reached.",
                level=gate.level,
                rated=gate.rated,
                share=c.percent(gate.share),
            )
        case _:
            assert_never(gate.kind)
