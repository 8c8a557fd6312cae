"""How hard a text is to read: words, sentences and syllables counted, and the published formulas.

Formulas: Flesch (1948) for English, 206.835 - 1.015 · words per sentence - 84.6 · syllables per word; Amstad (1978) for
German, 180 - words per sentence - 58.5 · syllables per word; Douma (1960) for Dutch, 206.84 - 0.93 · words per sentence
- 77 · syllables per word; LIX (Björnsson 1968) for every language, words per sentence + percentage of words of more than
six letters. They were made for running text of a hundred words or more, so whole sections are measured, never a sentence.

Syllables are counted by the groups of vowels that a language speaks as one (below). That is right for most words and for
the average of a text; it is not a dictionary.
"""

import re
from dataclasses import dataclass

from assessment.values import Language

_WORD = re.compile(r"[^\W_]+(?:['’.·\-/&][^\W_]+)*")
_ABBREVIATION = re.compile(
    r"\b(?:e\.\s?g|i\.\s?e|z\.\s?B|d\.\s?h|u\.\s?a|o\.\s?g|bzw|ggf|usw|etc|vgl|ca|Nr|Abs|Art|Ziff|Buchst|lit|bijv|bv|"
    r"o\.\s?a|d\.\s?w\.\s?z|resp|art|nr|no|vs|ss?|para|paras|Dr|St|max|min|inkl|incl|excl|m\.\s?b\.\s?t)\."
)
_ORDINAL = re.compile(r"(?<=\d)\.(?=\s+(?:[a-zäöü]|Januar|Februar|März|April|Mai|Ju[nl]i|August|\w+ber\b))")
_END = re.compile(r"[.!?…]+(?=[\s”“\"’)]|$)|\n+|;\s")

_GROUPS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"[aeiouy]+"),
    "de": re.compile(r"aa|ee|oo|ai|ei|ay|ey|au|äu|eu|ie|[aeiouyäöüàáâéèêëïîóôûå]"),
    "nl": re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyäöüàáâéèêëïîóôûå]"),
}

_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouysxzcg]es|[^aeiouy]les)$")
"""English endings whose e is not spoken: made, used, times; not table, wanted, cases."""
_APART = re.compile(
    r"ia(?!l\b|n\b)|io(?!n|us)|iu|(?<!p)eo(?!us)|ua(?!r)|ue(?=n)|(?<=[aeiouy])ing|ism\b|creat|(?<!q)uous"
)
"""English vowels that stand together and are spoken apart: trial, radio, create, doing."""

_BORROWED = re.compile(
    r"(?<=servic)e|(?<=offic)e|(?<=softwar)e|(?<=hardwar)e|(?<=onlin)e|(?<=offlin)e|(?<=\bhom)e"
)
"""The silent e of English words that German and Dutch use every day."""


@dataclass(frozen=True)
class Counts:
    """What the formulas need of a text."""

    words: int
    sentences: int
    syllables: int
    long: int
    """Words of more than six letters."""

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.words + other.words,
            self.sentences + other.sentences,
            self.syllables + other.syllables,
            self.long + other.long,
        )


NOTHING = Counts(0, 0, 0, 0)


def words_of(text: str) -> list[str]:
    """Return the words: letters and figures, joined by hyphens, apostrophes or points within."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences: they end with . ! ? … or a semicolon or at a line's end, not after an abbreviation or ordinal."""
    kept = _ORDINAL.sub("", _ABBREVIATION.sub(lambda hit: hit.group().replace(".", ""), text))
    return [part for each in _END.split(kept) if words_of(part := each.strip())]


def syllables(word: str, language: Language) -> int:
    """Return a word's syllables, at least one; an abbreviation in capitals is spelled, a figure counts as one."""
    if len(word) <= 5 and word.isupper() and word.isalpha() and len(word) > 1:
        return len(word)
    total = 0
    for part in re.split(r"[^\w]+", word.lower()):
        spoken = part.replace("qu", "q")
        if language != "en":
            spoken = _BORROWED.sub("", spoken)
        found = len(_GROUPS[language].findall(spoken))
        if language == "en":
            found -= bool(_SILENT.search(spoken))
            found += len(_APART.findall(spoken))
        total += max(found, 1) if part else 0
    return max(total, 1)


def count(text: str, language: Language) -> Counts:
    """Count a text."""
    words = words_of(text)
    known = language in _GROUPS
    return Counts(
        words=len(words),
        sentences=len(sentences_of(text)),
        syllables=sum(syllables(word, language) for word in words) if known else 0,
        long=sum(sum(letter.isalpha() for letter in word) > 6 for word in words),
    )


def flesch(counts: Counts, language: Language) -> float | None:
    """Return the reading ease by the language's own formula; None for a language without one, or without words."""
    if not counts.words or not counts.sentences:
        return None
    length, weight = counts.words / counts.sentences, counts.syllables / counts.words
    match language:
        case "en":
            return 206.835 - 1.015 * length - 84.6 * weight
        case "de":
            return 180 - length - 58.5 * weight
        case "nl":
            return 206.84 - 0.93 * length - 77 * weight
        case _:
            return None


def lix(counts: Counts) -> float | None:
    """Return LIX: below 40 easy, from 50 hard, from 60 very hard; None without words."""
    if not counts.words or not counts.sentences:
        return None
    return counts.words / counts.sentences + 100 * counts.long / counts.words
