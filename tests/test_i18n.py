"""Words, numbers and dates in the reader's language."""

from datetime import date
from importlib.resources import files
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from assessment.i18n import MISSING, Catalogue, catalogue, languages
from assessment.values import round_half_up

DAY = date(2026, 3, 1)


def test_the_interface_speaks_english_german_and_dutch() -> None:
    assert languages() == ("en", "de", "nl")


def test_a_message_without_a_translation_is_said_in_english() -> None:
    for language in ("en", "de", "nl", "fr"):
        assert (
            catalogue(language).t("A sentence that nobody translates, {name}.", name="Ada")
            == "A sentence that nobody translates, Ada."
        )


def test_an_unknown_language_gets_english_numbers_and_dates_too() -> None:
    assert catalogue("xx").language == "en"
    assert catalogue("xx").date(DAY) == "1 March 2026"


@pytest.mark.parametrize(("language", "shown"), [("en", "1,234.50"), ("de", "1.234,50"), ("nl", "1.234,50")])
def test_a_number_has_the_marks_of_its_language(language: str, shown: str) -> None:
    assert catalogue(language).number(1234.5) == shown


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (2.345, 2, "2.35"),
        (2.675, 2, "2.68"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.345, 2, "-2.35"),
        (3, 2, "3.00"),
        (0.004, 2, "0.00"),
    ],
)
def test_halves_are_rounded_up_when_shown(value: float, digits: int, shown: str) -> None:
    assert catalogue("en").number(value, digits) == shown


def test_a_number_that_rounds_to_nought_has_no_minus() -> None:
    assert catalogue("en").number(-0.001) == "0.00"
    assert catalogue("de").number(-0.0) == "0,00"


def test_a_number_just_below_a_half_because_of_floats_counts_as_the_half() -> None:
    assert round_half_up(2.5 - 1e-12, 0) == 3
    assert round_half_up(2.5 - 1e-6, 0) == 2


def test_what_is_not_known_is_a_dash_and_never_a_nought() -> None:
    for language in ("en", "de", "nl"):
        assert catalogue(language).number(None) == catalogue(language).percent(None) == MISSING


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "13%"), ("de", "13\N{NO-BREAK SPACE}%"), ("nl", "13%")]
)
def test_a_share_is_whole_percent_rounded_half_up(language: str, shown: str) -> None:
    assert catalogue(language).percent(0.125) == shown


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "1 March 2026", "Mar 2026"),
        ("de", "1. März 2026", "März 2026"),
        ("nl", "1 maart 2026", "mrt 2026"),
    ],
)
def test_dates_are_written_out_in_the_language(language: str, day: str, month: str) -> None:
    assert catalogue(language).date(DAY) == day
    assert catalogue(language).month(DAY).replace(".", "") == month


@pytest.mark.parametrize(("language", "name"), [("en", "English"), ("de", "Deutsch"), ("nl", "Nederlands")])
def test_a_language_is_called_by_its_own_name(language: str, name: str) -> None:
    assert catalogue(language).own_name == name


def test_lists_are_joined_as_in_a_sentence() -> None:
    c = catalogue("en")
    assert [c.join(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"], (word for word in "xy"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
        "x and y",
    ]
    assert catalogue("de").join("abc") == "a, b und c"
    assert catalogue("nl").join("abc") == "a, b en c"


def test_one_is_one_and_nought_is_many() -> None:
    c = catalogue("en")
    assert [c.n("{count} measure", "{count} measures", count) for count in (0, 1, 2, 1000)] == [
        "0 measures",
        "1 measure",
        "2 measures",
        "1,000 measures",
    ]


def test_braces_in_a_message_without_values_are_left_alone() -> None:
    assert catalogue("en").t("{en: …}") == "{en: …}"


def test_the_language_is_an_argument_and_never_a_state() -> None:
    german, dutch = catalogue("de"), catalogue("nl")
    assert isinstance(german, Catalogue)
    assert (german.number(1.5), dutch.date(DAY), german.date(DAY)) == ("1,50", "1 maart 2026", "1. März 2026")


@pytest.mark.parametrize("language", ["de", "nl"])
def test_a_translation_puts_in_exactly_the_values_of_its_source(language: str) -> None:
    def names(said: str) -> set[str]:
        return {field for _, field, _, _ in Formatter().parse(said) if field is not None}

    with files("assessment").joinpath("locale", f"{language}.po").open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    assert len(messages) > 100
    for message in messages:
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), sources
        assert not message.fuzzy, sources
        allowed = set().union(*(names(source) for source in sources))
        needed = names(sources[-1])
        for said in strings:
            assert names(said) <= allowed, (sources, said)
        assert names(strings[-1]) == needed, (sources, strings)
