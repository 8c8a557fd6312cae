"""A document set as a Word file: its parts, and what each is to the others."""

from collections.abc import Iterable

from babel import Locale
from babel.core import get_global
from reportlab.pdfbase.pdfmetrics import stringWidth

from assessment.brand import UNBRANDED, Brand, palette_of
from assessment.document.blocks import Cover, Document, Fact
from assessment.exports.docx import frame
from assessment.exports.docx.cover import cover
from assessment.exports.docx.inside import anchors, cards, chapters, facts_of_decisions
from assessment.exports.docx.layout import Setter
from assessment.exports.docx.looks import TEXT_WIDTH
from assessment.exports.docx.markup import Node, paragraph, run, w, written
from assessment.exports.docx.package import Part, packed
from assessment.exports.docx.paging import Pages
from assessment.exports.docx.pictures import Album
from assessment.exports.docx.set_apart import facts_beside
from assessment.exports.docx.sheet import Colours, looks, numbering, style_sheet
from assessment.exports.docx.writing import Writer, said
from assessment.exports.pdf.faces import REGULAR, register
from assessment.i18n import catalogue

NAME_SIZE, NAME_GAP = 8.0, 9.0
NARROWEST, WIDEST = 40.0, 92.0
"""The column with the names of facts, in points."""


def set_document(document: Document, brand: Brand = UNBRANDED) -> bytes:
    """Return the document as a Word file."""
    register()
    palette = palette_of(brand)
    colours, c, album = Colours(palette), catalogue(document.language), Album()
    writer = Writer(anchors(document.blocks), chapters(document.blocks))
    measures = list(cards(document.blocks))
    names = {
        "Fact": _names_wide(
            fact for card in measures for fact in card.facts[facts_beside(card, TEXT_WIDTH) :]
        ),
        "FactBeside": _names_wide(
            fact for card in measures for fact in card.facts[: facts_beside(card, TEXT_WIDTH)]
        ),
        "DecisionFact": _names_wide(facts_of_decisions(document.blocks)),
    }
    styles = looks(palette, names)
    setter = Setter(writer, album, c, palette, styles=styles)
    pages = Pages(styles)
    first: list[Node] = []
    for block in document.blocks:
        if isinstance(block, Cover):
            first += cover(writer, block, album, colours=colours, logo=brand.logo)
            ending = {"section": frame.section(cover=True)}
            first.append(paragraph("CoverNote", run(said(block.footnote)), **ending))
            pages.turn()
    body = setter.flow([block for block in document.blocks if not isinstance(block, Cover)])
    pages.lay(body)
    for name, awaited in setter.awaited.items():
        for words in awaited.iter("w:t"):
            words.text = str(pages.of.get(name, pages.page))
    tongue = tongue_of(c.locale)
    text = w("document", w("body", *first, *body, frame.section(cover=False)))
    return packed(
        [
            Part("styles", style_sheet(styles, colours, tongue=tongue)),
            Part("numbering", numbering(writer.lists)),
            Part("settings", frame.settings(tongue)),
            Part("fontTable", frame.fonts()),
            Part("theme", frame.theme(colours)),
            Part("header", frame.head(document)),
            Part("footer", frame.foot(document, c)),
        ],
        text=written(text),
        pictures=album.pictures,
        core=frame.core(document, tongue),
        application=frame.application(),
    )


def tongue_of(locale: Locale) -> str:
    """Return the tag by which Word knows a language and its country: de-DE."""
    if locale.territory:
        return f"{locale.language}-{locale.territory}"
    likely = str(get_global("likely_subtags").get(locale.language, locale.language))
    return f"{locale.language}-{likely.rsplit('_', maxsplit=1)[-1]}"


def _names_wide(facts: Iterable[Fact]) -> float:
    """Return the width that the names of facts need."""
    widest = max((stringWidth(said(fact.name), REGULAR, NAME_SIZE) for fact in facts), default=0.0)
    return min(WIDEST, max(NARROWEST, widest + NAME_GAP))
