"""The story that the slides tell: a choice from the document's chapters, claim by claim, in the order of a board meeting."""

from io import BytesIO

from babel.core import get_global

from assessment.brand import Brand, palette_of
from assessment.document.blocks import Cover, Document
from assessment.document.telling import (
    CERTAINTY,
    CHANGE,
    DECISIONS,
    GLANCE,
    LEGAL,
    MEASURES,
    METHOD,
    PEOPLE,
    ROADMAP,
    VALUE,
)
from assessment.exports.pptx.change import change_slides
from assessment.exports.pptx.chapters import Chapter, chapters, cleaned
from assessment.exports.pptx.cover import cover
from assessment.exports.pptx.finishing import describe
from assessment.exports.pptx.flowing import Flow
from assessment.exports.pptx.middle import (
    dimension_slide,
    legal_slides,
    measures_slides,
    method_slide,
    roadmap_slides,
    sheet_of,
    value_slides,
)
from assessment.exports.pptx.opening import certainty_slide, decision_slide, glance_slides
from assessment.exports.pptx.people import people_slides
from assessment.exports.pptx.sheets import Deck
from assessment.exports.zipped import settled
from assessment.i18n import Catalogue, catalogue

DIMENSION = "section-"
"""How the anchors of dimensions begin."""
OTHER_SLIDES = 3
"""A chapter that this story does not know takes so many slides at most."""


def presented(document: Document, brand: Brand) -> bytes:
    """Return the document's story as a presentation."""
    document = cleaned(document)
    c = catalogue(document.language)
    deck = Deck(
        document, palette_of(brand), c, language=tag_of(c), name=brand.name.strip() or document.title[:60]
    )
    for block in document.blocks:
        if isinstance(block, Cover):
            cover(deck, block, brand.logo)
    every = chapters(document)
    for chapter in sorted(every, key=lambda one: _place(one, every)):
        _tell(deck, chapter, every)
    deck.close()
    describe(deck.file, document, deck.language)
    target = BytesIO()
    deck.file.save(target)
    return settled(target.getvalue())


def tag_of(c: Catalogue) -> str:
    """Return the language as programs know it for their spelling: de-DE, nl-NL, en-GB, de-CH."""
    if c.locale.territory:
        return f"{c.locale.language}-{c.locale.territory}"
    likely = str(get_global("likely_subtags").get(c.locale.language, c.locale.language))
    *_, territory = likely.split("_")
    return (
        f"{c.locale.language}-{territory}"
        if len(territory) == 2 and territory.isupper()
        else c.locale.language
    )


def _place(chapter: Chapter, every: list[Chapter]) -> float:
    """Return a chapter's place: as in the document, but how sure it is comes right after the decisions."""
    anchors = [one.heading.anchor for one in every]
    if chapter.heading.anchor == CERTAINTY and DECISIONS in anchors:
        return anchors.index(DECISIONS) + 0.5
    return float(every.index(chapter))


def _tell(deck: Deck, chapter: Chapter, every: list[Chapter]) -> None:
    anchor = chapter.heading.anchor or ""
    by_anchor = {one.heading.anchor: one for one in every}
    match anchor:
        case str() if anchor == DECISIONS:
            decision_slide(deck, chapter)
        case str() if anchor == CERTAINTY:
            certainty_slide(deck, chapter, by_anchor.get(DECISIONS))
        case str() if anchor == GLANCE:
            glance_slides(deck, chapter)
        case str() if anchor.startswith(DIMENSION):
            dimension_slide(deck, chapter)
        case str() if anchor == LEGAL:
            legal_slides(deck, chapter)
        case str() if anchor == ROADMAP:
            roadmap_slides(deck, chapter)
        case str() if anchor == MEASURES:
            measures_slides(deck, chapter)
        case str() if anchor == VALUE:
            value_slides(deck, chapter)
        case str() if anchor == CHANGE:
            change_slides(deck, chapter)
        case str() if anchor == PEOPLE:
            people_slides(deck, chapter)
        case str() if anchor == METHOD:
            method_slide(deck, chapter, by_anchor.get(LEGAL))
        case _:
            flow = Flow(deck, sheet_of(deck, chapter), lambda: sheet_of(deck, chapter), most=OTHER_SLIDES)
            flow.put(chapter.told()[1 if chapter.lede else 0 :])
