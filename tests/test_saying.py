"""A value of any question type, in the reader's words and format."""

import re
from pathlib import Path

import pytest

from assessment.document.saying import amount, number, saying
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.questions import Value
from assessment.values import Text
from tests.journeys.words import word

LANGUAGES = ("en", "de", "nl")


@pytest.fixture(scope="module")
def every_type() -> Questionnaire:
    return read_questionnaire(Path(__file__).parent / "every-type")


def said(
    known: Questionnaire, question: str, value: Value, language: str = "en", *, inside: bool = False
) -> str:
    return saying(
        known.questions_by_id[question], value, c=catalogue(language), language=language, inside=inside
    ).line


@pytest.mark.parametrize(
    ("question", "value", "line"),
    [
        ("way", 2, "Level 2: There is one written way for all."),
        ("handover", 0, "0 on a scale from 0 to 3: Nothing is written down."),
        ("privacy", True, "Yes"),
        ("privacy", False, "No"),
        ("called-back", "mostly", "Mostly"),
        ("first-contact", 62.5, "62.5%"),
        ("requests", 1250, "1,250\u00a0requests a month"),
        ("tools", ("tickets", "remote"), "2 of 3: A ticket system; Remote access to the caller's screen"),
        ("tools", (), "None of these"),
        ("missing", "Quiet & time", "Quiet & time"),
    ],
)
def test_each_type_is_said_in_its_own_way(
    every_type: Questionnaire, question: str, value: Value, line: str
) -> None:
    assert said(every_type, question, value) == line


def test_inside_a_sentence_words_are_small_and_numbers_short(every_type: Questionnaire) -> None:
    assert said(every_type, "way", 1, inside=True).startswith("level 1: ")
    assert said(every_type, "privacy", True, inside=True) == "yes"
    assert said(every_type, "first-contact", 68.888889, inside=True) == "68.89%"


def test_a_number_has_the_format_of_the_language(every_type: Questionnaire) -> None:
    assert said(every_type, "first-contact", 62.5, "de") == "62,5\u00a0%"
    assert said(every_type, "first-contact", 62.5, "nl") == "62,5%"
    assert said(every_type, "requests", 1250, "de") == "1.250\u00a0Anliegen im Monat"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "3"),
        (3.0, "3"),
        (0.1, "0.1"),
        (-2.25, "-2.25"),
        (1e6, "1,000,000"),
        (1 / 3, "0.333333"),
        (1e-9, "0"),
    ],
)
def test_a_number_keeps_the_decimals_it_was_given_with(value: float, shown: str) -> None:
    assert number(value, catalogue("en")) == shown
    assert amount(value, None, c=catalogue("en"), language="en") == shown
    assert amount(value, Text({"en": "days"}), c=catalogue("en"), language="en") == f"{shown}\u00a0days"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_every_question_is_said_in_each_language(
    every_type: Questionnaire, language: str
) -> None:
    for question in every_type.questions_by_id.values():
        for value in question.values():
            line = said(every_type, question.id, value, language)
            assert line and not re.search(r"[{}]", line)
            for text in question.words(value):
                assert text.localize(language) in line


def test_a_text_without_the_readers_language_is_said_in_its_first(every_type: Questionnaire) -> None:
    question = every_type.questions_by_id["called-back"]
    assert saying(question, "never", c=catalogue("en"), language="fr").short == "Never"


def test_a_value_that_is_not_admitted_is_not_said(every_type: Questionnaire) -> None:
    with pytest.raises(ValueError, match="must be one of"):
        said(every_type, "called-back", "now and then")


def test_none_of_these_is_said_as_the_app_says_it(every_type: Questionnaire) -> None:
    for language in LANGUAGES:
        assert said(every_type, "tools", (), language) == word("None of these", language)
