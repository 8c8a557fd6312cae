"""A language that nobody speaks, to prove what the real ones cannot: that no text is too long, and none bypasses the catalogue.

Every message of the code and every text of a questionnaire is written in letters with accents, at least 40 % longer, between
⟦ and ⟧. It takes the place of Dutch, whose formats of numbers and dates stay. A plain letter on a page is then a text that
came from elsewhere, and a bracket without its partner is one that was cut.

It is built here and only in the process that this file starts, `python -m tests.pseudo serve`: nothing in the product knows of it.
"""

import re
from functools import lru_cache
from math import ceil
from typing import Any

from babel.messages.catalog import Catalog

from assessment.answers import AnswerSheet
from assessment.report import Subject
from tests.extraction import messages

INSTEAD_OF = "nl"
FROM = "en"

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
LETTERS = str.maketrans(PLAIN, ACCENTED)

LONGER = ((10, 2.0), (20, 1.7), (30, 1.5))
"""Up to so many characters a text becomes so many times as long: short ones grow most from one language to another."""
LEAST = 1.4
LONGEST_WORD = 24
"""Letters that a word is stretched to at most; what is missing follows as words of its own."""
MORE = "öñéé ţŵöö ţĥŕééé ƒöûûŕ ƒîîṽé"

KEPT = re.compile(
    r"\{\{|\}\}|\{[^{}]*\}"  # values, and braces that mean themselves
    r"|`[^`]*`|:material/\w+:|\]\([^)]*\)|<[^<>]+>|&\w+;"  # Markdown and HTML
    r"|https?[:…]\S+"  # addresses
)
VALUE = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
BEGINS_A_LINE = re.compile(r"\s*(?:(?:[-*>]|#+|\d+\.)\s+)?")
VOWELS = "aeiouyAEIOUY"

OWN_BEGINS, OWN_ENDS = "⟪", "⟫"
"""Around what a user wrote: it is in no catalogue, and nobody stretches it."""


@lru_cache(maxsize=100_000)
def pseudo(text: str) -> str:
    """Return the text longer, in accented letters and between brackets, line by line; values and markup as they are."""
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    if not re.search(r"[^\W\d_]", KEPT.sub("", line)):
        return line  # nothing that anybody translates: a number, a sign, only values
    found = BEGINS_A_LINE.match(line)
    start = found.end() if found else 0
    before, rest = line[:start], line[start:]
    body = rest.rstrip()
    return f"{before}⟦{_longer(body)}⟧{rest[len(body) :]}"


def _longer(text: str) -> str:
    length = len(VALUE.sub("", text))
    factor = next((times for most, times in LONGER if length <= most), LEAST)
    lacking = ceil(length * (factor - 1))
    parts: list[str] = []
    place = 0
    letters = sum(map(str.isalpha, KEPT.sub("", text)))
    share = lacking / letters if letters else 0
    for found in KEPT.finditer(text):
        parts += [*_words(text[place : found.start()], share), found.group()]
        place = found.end()
    parts += _words(text[place:], share)
    missing = length + lacking - len(VALUE.sub("", "".join(parts)))
    return "".join(parts) + (" " + _fillers(missing - 1) if missing > 0 else "")


def _words(text: str, share: float) -> list[str]:
    return [
        _stretched(part, ceil(len(part) * share)) if part.isalpha() else part
        for part in re.split(r"([^\W\d_]+)", text)
    ]


def _stretched(word: str, by: int) -> str:
    """Return the word in accented letters, its vowels repeated until it is longer by so many letters."""
    by = max(0, min(by, LONGEST_WORD - len(word)))
    places = [number for number, letter in enumerate(word) if letter in VOWELS] or [len(word) - 1]
    each, rest = divmod(by, len(places))
    again = {place: each + (turn < rest) for turn, place in enumerate(places)}
    return "".join(letter + letter.lower() * again.get(n, 0) for n, letter in enumerate(word)).translate(
        LETTERS
    )


def _fillers(length: int) -> str:
    """Return words of so many letters at least."""
    return (f"{MORE} " * (max(length, 1) // len(MORE) + 1))[: max(length, 4)].strip()


def own(text: str) -> str:
    """Return a text as its user's own."""
    return f"{OWN_BEGINS}{text}{OWN_ENDS}" if text else text


def as_own(sheet: AnswerSheet, subject: Subject) -> tuple[AnswerSheet, Subject]:
    """Return answers and subject with everything that a person wrote marked as that person's own."""
    answers = tuple(
        answer.model_copy(
            update={name: own(getattr(answer, name)) for name in ("reason", "comment", "respondent")}
        )
        for answer in sheet.answers
    )
    names = ("organisation", "unit", "author")
    marked = subject.model_copy(update={name: own(getattr(subject, name)) for name in names})
    return sheet.with_answers(answers), marked


def pseudo_catalogue() -> Catalog:
    """Return every message of the code, said in the pseudo-language."""
    made = Catalog(locale=INSTEAD_OF)
    for message in messages():
        if isinstance(message, str):
            made.add(message, string=pseudo(message))
        else:
            made.add(message, string=tuple(map(pseudo, message)))
    return made


def switch_on() -> None:
    """Let this process speak the pseudo-language in place of Dutch; to be called before the app is imported."""
    from assessment import i18n
    from assessment.loader import samples
    from assessment.values import Text, language_of

    read_po, localize, from_data = i18n.read_po, Text.localize, samples.sheet_from_data

    def read(file: Any, locale: str) -> Catalog:
        return pseudo_catalogue() if locale == INSTEAD_OF else read_po(file, locale=locale)

    def said(text: Text, language: str) -> str:
        if language_of(language) == INSTEAD_OF:
            return pseudo(localize(text, FROM))
        return localize(text, language)

    def sample(data: Any, **more: Any) -> Any:
        questionnaire, sheet, subject = from_data(data, **more)
        return (questionnaire, *as_own(sheet, subject))

    i18n.read_po = read
    Text.localize = said  # type: ignore[method-assign]
    samples.sheet_from_data = sample  # type: ignore[attr-defined]


if __name__ == "__main__":
    switch_on()
    from assessment.cli import main

    main()
