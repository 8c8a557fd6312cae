"""A Report told in one language: typed blocks in reading order, which every exporter sets in its own way."""

from collections.abc import Callable, Iterable, Iterator

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
from assessment.document.links import without_dead_links
from assessment.document.measures import measures
from assessment.document.method import method
from assessment.document.parts import EVERYTHING, NAMES, Part, Parts
from assessment.document.people import people
from assessment.document.plain import as_text
from assessment.document.pursuit import pursuit
from assessment.document.roadmap import roadmap
from assessment.document.telling import Teller
from assessment.document.value import value
from assessment.errors import Problem, ReportError
from assessment.i18n import catalogue
from assessment.report import Report
from assessment.values import Variety, language_of

__all__ = ["Block", "Document", "as_text", "compose", "parts_of"]

CHAPTERS: tuple[tuple[Part, Callable[[Teller], Iterator[Block]]], ...] = (
    ("dimensions", dimensions),
    ("legal", legal),
    ("roadmap", roadmap),
    ("roadmap", measures),
    ("roadmap", pursuit),
    ("value", value),
    ("change", change),
    ("people", people),
    ("answers", answers),
    ("method", method),
)
"""What may be left out, in reading order; of the method the beginning stays: from which answers the figures are."""


def parts_of(report: Report, language: Variety) -> tuple[Part, ...]:
    """Return what can be left out of this report: the chapters that have something to say."""
    tell = Teller(report, language, catalogue(language))
    found = (part for part, chapter in CHAPTERS if next(chapter(tell), None) is not None)
    return tuple(dict.fromkeys(found))


def compose(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> Document:
    """Return the document in this language, with a brand's name and footer and without the chapters that were left out.

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
    tell = Teller(report, language, catalogue(language), parts)
    first = _on_one_page(decision_page(tell))
    rest = (
        *_on_one_page(glance(tell)),
        *_on_one_page(certainty(tell)),
        *(
            block
            for part, chapter in CHAPTERS
            if part in parts or part == "method"
            for block in chapter(tell)
        ),
    )
    left_out = _left_out(tell)
    blocks = (*cover(tell, brand), *first, *contents(tell, (*first, *rest), left_out=left_out), *rest)
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
        left_out=left_out,
        blocks=without_dead_links(blocks) if left_out else blocks,
    )


def _left_out(tell: Teller) -> str:
    """Return which chapters were left out; nothing if the reader misses none."""
    c, missed = tell.c, []
    if tell.parts.without:
        there = parts_of(tell.report, tell.language)
        missed = [c.t("“{name}”", name=c.t(NAMES[part])) for part in tell.parts.without if part in there]
    if not missed:
        return ""
    return c.t(
        "Left out of this report: {list}. Every figure is that of the whole assessment.",
        list=c.join(missed),
    )


def _on_one_page(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return (OnePage(blocks=tuple(block for block in blocks if not isinstance(block, PageBreak))), PageBreak())
