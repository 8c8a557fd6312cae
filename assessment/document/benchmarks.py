"""Where an organisation stands among others, told: never a rank, never without how many the others are."""

from collections.abc import Iterator, Sequence

from assessment.charts import is_code
from assessment.document.blocks import Block, Cell, Column, Paragraph, Table, Tone, cell
from assessment.i18n import MISSING, N_, Catalogue
from assessment.pooling import Place, Pool
from assessment.questionnaire import Questionnaire

WHERE: dict[str, str] = {
    "below": N_("below the middle half"),
    "middle": N_("in the middle half"),
    "above": N_("above the middle half"),
}


def among_others(
    pool: Pool, found: Sequence[Place], questionnaire: Questionnaire, c: Catalogue
) -> Iterator[Block]:
    """Yield a table of the sections: one's own position, the middle half of the others, how many they are."""
    yield Paragraph(
        text=c.n(
            "Among {number} organisations from one source. Positions run from 0, the lowest, to 100.",
            "Among {number} organisations from {count} sources. Positions run from 0, the lowest, to 100.",
            len(pool.sources),
            number=c.number(pool.organisations, 0),
        )
    )
    top = {questionnaire.id, *(section.id for section in questionnaire.sections)}
    yield Table(
        summary=c.t("The own position in each section beside those of the others"),
        columns=(
            Column(head=c.t("Section"), width=3.2),
            Column(head=c.t("Own position"), width=1.2, align="right"),
            Column(head=c.t("Middle half"), width=1.4, align="right"),
            Column(head=c.t("Median"), width=1, align="right"),
            Column(head=c.t("Where"), width=1.8),
            Column(head=c.t("Organisations"), width=1.2, align="right"),
        ),
        rows=tuple(_row(place, questionnaire, c) for place in found if place.of in top),
    )
    yield Paragraph(
        text=c.t(
            "The others chose to share; they are no sample of the trade. The middle half lies between the lower and the upper quartile."
        ),
        style="caption",
    )


def _row(place: Place, questionnaire: Questionnaire, c: Catalogue) -> tuple[Cell, ...]:
    title = questionnaire.sections_by_id[place.of].title.localize(c.language)
    tone: Tone = "strong" if place.of == questionnaire.id else "plain"
    among = place.among
    return (
        cell(f"{place.of.upper()} · {title}" if is_code(place.of) else title, tone),
        cell(MISSING if place.position is None else c.number(place.position, 0), tone),
        cell(f"{c.number(among.lower, 0)}–{c.number(among.upper, 0)}"),
        cell(c.number(among.median, 0)),
        cell(MISSING if place.where is None else c.t(WHERE[place.where])),
        cell(c.number(among.organisations, 0)),
    )
