"""A Report told in one language: typed blocks in reading order, which every exporter sets in its own way."""

from collections.abc import Iterable

from assessment.brand import UNBRANDED, Brand
from assessment.document.answers import answers
from assessment.document.blocks import Block, Document, OnePage, PageBreak
from assessment.document.change import change
from assessment.document.contents import contents
from assessment.document.cover import cover
from assessment.document.decision_page import decision_page
from assessment.document.dimensions import dimensions
from assessment.document.glance import certainty, glance
from assessment.document.legal import legal
from assessment.document.measures import measures
from assessment.document.method import method
from assessment.document.plain import as_text
from assessment.document.roadmap import roadmap
from assessment.document.telling import Teller
from assessment.document.value import value
from assessment.errors import Problem, ReportError
from assessment.i18n import catalogue
from assessment.report import Report
from assessment.values import Variety, language_of

__all__ = ["Block", "Document", "as_text", "compose"]


def compose(report: Report, language: Variety, *, brand: Brand = UNBRANDED) -> Document:
    """Return the whole document in this language, with a brand's name and footer.

    Raises:
        ReportError: the report's questionnaire is not written in this language.
    """
    if language_of(language) not in report.questionnaire.languages:
        raise ReportError(
            [
                Problem(
                    "the questionnaire “{questionnaire}” is not written in “{language}”.",
                    "Choose one of: {languages}.",
                    values={
                        "questionnaire": report.questionnaire.id,
                        "language": language,
                        "languages": ", ".join(report.questionnaire.languages),
                    },
                )
            ]
        )
    tell = Teller(report, language, catalogue(language))
    first = _on_one_page(decision_page(tell))
    rest = (
        *_on_one_page(glance(tell)),
        *_on_one_page(certainty(tell)),
        *dimensions(tell),
        *(
            block
            for chapter in (legal, roadmap, measures, value, change, answers, method)
            for block in chapter(tell)
        ),
    )
    c, subject = tell.c, report.subject
    title = tell.say(report.questionnaire.title)
    organisation = subject.organisation.strip()
    return Document(
        language=language,
        title=c.t("{title}: {organisation}", title=title, organisation=organisation)
        if organisation
        else title,
        subject=c.t("Maturity and roadmap") if tell.questionnaire.measures else c.t("Maturity"),
        author=subject.author.strip(),
        organisation=organisation,
        held_on=subject.held_on,
        running_foot=" · ".join(
            part
            for part in (
                brand.name.strip(),
                brand.footer.strip() or c.t("Confidential"),
                c.t("as of {date}", date=c.date(subject.held_on)),
            )
            if part
        ),
        blocks=(*cover(tell, brand), *first, *contents(tell, (*first, *rest)), *rest),
    )


def _on_one_page(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return (OnePage(blocks=tuple(block for block in blocks if not isinstance(block, PageBreak))), PageBreak())
