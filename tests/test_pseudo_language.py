"""The language that nobody speaks (tests/pseudo.py) does what the journeys rest on: longer, never a plain letter, values kept."""

import re
import subprocess
import sys
from collections import Counter
from string import Formatter

import pytest

from assessment.i18n import catalogue
from assessment.loader import questionnaire_ids, read_questionnaire
from assessment.values import Text
from tests.extraction import messages
from tests.journeys.conftest import ROOT
from tests.pseudo import KEPT, VALUE, own, pseudo, pseudo_catalogue

MESSAGES = sorted({text for each in messages() for text in ([each] if isinstance(each, str) else each)})


def texts_of(questionnaire: str) -> list[str]:
    """Return every text of a questionnaire, in English."""
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, Text):
            found.append(value.root["en"])
        elif isinstance(value, tuple | list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            walk(tuple(value.values()))
        elif hasattr(value, "__pydantic_fields__"):
            for name in type(value).__pydantic_fields__:
                walk(getattr(value, name))

    walk(read_questionnaire(questionnaire))
    return found


SHIPPED = [text for name in questionnaire_ids() for text in texts_of(name)]


def values(text: str) -> Counter[tuple[str, str | None, str | None]]:
    return Counter((name, form, sign) for _, name, form, sign in Formatter().parse(text) if name is not None)


def has_letters(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", KEPT.sub("", text)))


def test_every_message_keeps_its_values_and_its_emphasis() -> None:
    wrong = [
        text
        for text in MESSAGES
        if values(text) != values(pseudo(text)) or text.count("**") != pseudo(text).count("**")
    ]
    assert wrong == []


@pytest.mark.parametrize("texts", [MESSAGES, SHIPPED], ids=["messages", "questionnaires"])
def test_every_text_is_at_least_40_percent_longer_and_a_short_one_more(texts: list[str]) -> None:
    assert len(texts) > 500
    for line in {line.strip() for text in texts for line in text.split("\n") if has_letters(line)}:
        before = len(VALUE.sub("", line))
        after = len(VALUE.sub("", pseudo(line))) - len("⟦⟧")
        least = 2.0 if before <= 10 else 1.7 if before <= 20 else 1.4
        assert after >= least * before - 1, (line, pseudo(line))


@pytest.mark.parametrize("texts", [MESSAGES, SHIPPED], ids=["messages", "questionnaires"])
def test_no_plain_letter_is_left_in_a_text(texts: list[str]) -> None:
    left = [said for text in texts if re.search("[A-Za-z]", KEPT.sub("", said := pseudo(text)))]
    assert left == []


@pytest.mark.parametrize("texts", [MESSAGES, SHIPPED], ids=["messages", "questionnaires"])
def test_every_text_with_letters_stands_between_brackets(texts: list[str]) -> None:
    open_ones = [
        text
        for text in texts
        for line in text.split("\n")
        if has_letters(line) and not re.fullmatch(r"[^⟦⟧]*⟦[^⟦⟧]+⟧\s*", pseudo(line))
    ]
    assert open_ones == []


def test_the_catalogue_says_every_message_with_plurals() -> None:
    made = pseudo_catalogue()
    assert made["Language"].string == pseudo("Language")
    one, many = next(each for each in messages() if isinstance(each, tuple))
    assert made[one].string == (pseudo(one), pseudo(many))


def test_what_a_user_wrote_is_marked_and_not_stretched() -> None:
    assert own("Quiet") == "⟪Quiet⟫"
    assert own("") == ""


def test_it_is_spoken_in_no_process_but_its_own() -> None:
    assert "⟦" not in catalogue("nl").t("Language")
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tests import pseudo; pseudo.switch_on(); from assessment.i18n import catalogue; print(catalogue('nl').t('Language'))",
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert said.stdout.strip() == pseudo("Language")
