"""Whether the texts keep to the glossary: words it rules out, and terms that one language has and another does not."""

from collections.abc import Iterator, Sequence

from assessment.inspection.glossary import Glossary
from assessment.inspection.result import Finding
from assessment.inspection.texts import OFFICIAL, Place
from assessment.values import Language

FROM: Language = "en"
"""The language that says which terms a place is about."""


def findings(places: Sequence[Place], languages: Sequence[Language], glossary: Glossary) -> Iterator[Finding]:
    """Yield words that the glossary rules out, and terms that a translation does not render as laid down."""
    for place in places:
        if place.field in OFFICIAL:
            continue
        for language in languages:
            yield from _never(place, language, glossary)
        yield from _between(place, languages, glossary)


def _never(place: Place, language: Language, glossary: Glossary) -> Iterator[Finding]:
    said = place.text.root.get(language, "")
    told = set()
    for hit in glossary.wrong(said, language):
        if hit.said not in told:
            told.add(hit.said)
            yield _avoided(place, language, hit.said, hit.term.words[language].term)


def _between(place: Place, languages: Sequence[Language], glossary: Glossary) -> Iterator[Finding]:
    """Yield what the other languages make of the terms of the English text."""
    terms = {hit.term.id: hit.term for hit in glossary.used(place.text.root.get(FROM, ""), FROM)}
    for term in terms.values():
        for language in languages:
            said = place.text.root.get(language)
            if language == FROM or said is None or glossary.keeps(term, said, language):
                continue
            wanted = term.words[language].term
            others = [each for each in terms.values() if each.id != term.id]
            wrong = glossary.avoided(term, said, language, others)
            if wrong is not None:
                yield _avoided(place, language, wrong, wanted)
            elif term.strict:
                yield Finding(
                    kind="term_missing",
                    severity="warning",
                    where=(*place.where, language),
                    what=f"the English text says “{term.words[FROM].term}”; the one in “{language}” has nothing like “{wanted}”.",
                    why="A legal or trade term that changes its name from text to text is taken for another thing.",
                    to_do="Use the term of the glossary, or add the form that stands here to its `also`.",
                )


def _avoided(place: Place, language: Language, wrong: str, wanted: str) -> Finding:
    return Finding(
        kind="term_avoided",
        severity="warning",
        where=(*place.where, language),
        what=f"“{wrong}” is not the word of the glossary; that is “{wanted}”.",
        why="It means something else, or is one of several names for one thing.",
        to_do="Use the glossary's word; if the glossary is wrong, correct it there.",
    )
