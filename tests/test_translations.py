"""Every sentence of interface and report exists in every language, with the same values in it."""

import re
from string import Formatter

import pytest

from assessment.i18n import catalogue, languages
from tests.extraction import catalogues, messages

LANGUAGES = tuple(code for code in languages() if code != "en")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_english_german_and_dutch_are_there() -> None:
    assert {"en", "de", "nl"} <= set(languages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_translated(language: str) -> None:
    known = catalogues()[language]
    missing = []
    for message in messages():
        entry = known.get(message if isinstance(message, str) else message[0])
        said = entry.string if entry else ""
        if not said or (isinstance(said, tuple) and not all(said)) or (entry and entry.fuzzy):
            missing.append(message)
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over_from_a_message_that_is_gone(language: str) -> None:
    present = {message if isinstance(message, str) else message[0] for message in messages()}
    left = [
        entry.id
        for entry in catalogues()[language]
        if entry.id and (entry.id if isinstance(entry.id, str) else entry.id[0]) not in present
    ]
    assert left == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_name_the_same_values_as_the_message(language: str) -> None:
    wrong = []
    for entry in catalogues()[language]:
        if not entry.id:
            continue
        wanted = placeholders(entry.id if isinstance(entry.id, str) else entry.id[1])
        several = isinstance(entry.string, tuple)
        wrong += [
            (entry.id, said)
            for said in (entry.string if several else (entry.string,))
            if not (placeholders(said) <= wanted if several else placeholders(said) == wanted)
        ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_typographic_quotes_and_no_english_ones(language: str) -> None:
    straight = [
        entry.id for entry in catalogues()[language] if entry.id and re.search(r'"', str(entry.string))
    ]
    assert straight == []


def test_numbers_and_dates_follow_the_language() -> None:
    from datetime import date

    assert [catalogue(code).number(1234.5) for code in ("en", "de", "nl")] == [
        "1,234.50",
        "1.234,50",
        "1.234,50",
    ]
    assert [catalogue(code).date(date(2026, 11, 21)) for code in ("en", "de", "nl")] == [
        "21 November 2026",
        "21. November 2026",
        "21 november 2026",
    ]
    assert catalogue("de").n("{count} Ja", "{count} Nein", 1) == "1 Ja"
