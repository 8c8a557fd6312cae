"""The cover: whose, when, which questionnaire; the organisation's own radar as motif."""

from collections.abc import Iterator

from assessment.brand import Brand
from assessment.charts import radar
from assessment.document.blocks import Block, Cover, KeyFigure
from assessment.document.telling import Teller


def cover(tell: Teller, brand: Brand) -> Iterator[Block]:
    """Yield the cover."""
    c, subject = tell.c, tell.report.subject
    organisation = subject.organisation.strip() or c.t("Organisation not named")
    details = [c.date(subject.held_on)]
    if subject.unit.strip():
        details.insert(0, subject.unit)
    if subject.author.strip():
        details.append(c.t("Prepared by {author}", author=subject.author))
    if brand.name.strip():
        details.append(brand.name.strip())
    details.append(c.t("Questionnaire version {version}", version=tell.questionnaire.version))
    yield Cover(
        eyebrow=c.t("Maturity and roadmap") if tell.questionnaire.measures else c.t("Maturity"),
        title=tell.say(tell.questionnaire.title),
        organisation=organisation,
        details=tuple(details),
        figures=tuple(_figures(tell)),
        motif=radar(tell.report, tell.language),
        logo=c.t("Logo of {name}", name=brand.name.strip()) if brand.name.strip() else c.t("Logo"),
        footnote=c.t("Confidential. For the use of the organisation named above only."),
    )


def _figures(tell: Teller) -> Iterator[KeyFigure]:
    c, score = tell.c, tell.overall
    yield KeyFigure(
        value=tell.level(score),
        label=c.t("level today, of {highest}", highest=tell.questionnaire.scale.highest),
    )
    if score.certain:
        yield KeyFigure(value=tell.index(score), label=c.t("index, range {range}", range=tell.between(score)))
    yield KeyFigure(value=c.percent(score.coverage), label=c.t("of the weight answered"))
    if tell.questionnaire.measures:
        yield KeyFigure(
            value=c.number(len(tell.report.roadmap.slots), 0),
            label=c.n("measure planned", "measures planned", len(tell.report.roadmap.slots)),
        )
    broken = sum(topic.light == "red" for topic in tell.report.legal)
    if tell.legal_is_assessed:
        yield KeyFigure(
            value=c.number(broken, 0), label=c.n("legal topic on red", "legal topics on red", broken)
        )
