"""Words that stand in anchors where a fact should: what is regular or adequate to one reader is not to the next."""

import re
from collections.abc import Iterator, Sequence

from assessment.inspection.result import Finding
from assessment.inspection.texts import Place
from assessment.values import Language

_VAGUE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:good|well-functioning|regular(?:ly)?|appropriate(?:ly)?|adequate(?:ly)?|sufficient(?:ly)?|suitabl[ey]|modern|timely|"
        r"proper(?:ly)?|professional(?:ly)?|effective(?:ly)?|efficient(?:ly)?|optimal(?:ly)?|state-of-the-art|best practices?|"
        r"reasonabl[ey]|high-quality)\b",
        re.I,
    ),
    "de": re.compile(
        r"\b(?:(?:gut|regelmäßig|angemessen|ausreichend|hinreichend|zeitnah|modern|zeitgemäß|sachgerecht|professionell|effektiv|"
        r"effizient|optimal|sinnvoll|hochwertig|adäquat)(?:e[mnrs]?)?)\b",
        re.I,
    ),
    "nl": re.compile(
        r"\b(?:goede?|regelmatige?|passende?|voldoende|toereikende?|tijdige?|moderne?|adequate?|deugdelijke?|professionele?|"
        r"professioneel|effectie(?:f|ve)|efficiënte?|optimale?|optimaal|degelijke?|hoogwaardige?)\b",
        re.I,
    ),
}


def findings(places: Sequence[Place]) -> Iterator[Finding]:
    """Yield the anchors that judge where they should describe."""
    for place in places:
        if place.field != "anchors":
            continue
        found = {
            language: sorted({word.lower() for word in _VAGUE[language].findall(said)})
            for language, said in place.text.root.items()
            if language in _VAGUE
        }
        told = "; ".join(f"{', '.join(words)} (“{language}”)" for language, words in found.items() if words)
        if told:
            yield Finding(
                kind="vague_word",
                severity="notice",
                where=place.where,
                what=f"the anchor judges instead of telling a fact: {told}.",
                why="Two people who look at the same thing choose different levels.",
                to_do="Say what a visitor would see: who, how often, since when, how many.",
            )
