"""What the widgets of a question hold, and the answer it means: both ways, for each type, in each language's format."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.questions import Count
from assessment.ui.drafts import (
    ASIDE,
    HERE,
    NONE,
    UNKNOWN,
    Draft,
    UnfinishedError,
    answer_of,
    draft_of,
    read_number,
    same,
    told_anew,
)
from assessment.values import Text

EN, DE = catalogue("en"), catalogue("de")
ANY = Count(low=None, high=None, whole=False, unit=None)


@pytest.fixture(scope="module")
def every_type() -> Questionnaire:
    return read_questionnaire(Path(__file__).parent / "every-type")


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_every_answer_comes_back_from_its_draft(every_type: Questionnaire, language: str) -> None:
    c = catalogue(language)
    for question in every_type.questions_by_id.values():
        values = (*question.values(), *{"requests": (0, 1250), "missing": (" a\nb ",)}.get(question.id, ()))
        answers = [Answer(question=question.id, value=value) for value in values]
        answers += [
            Answer(question=question.id, state="unknown", comment="Ask Ms Example."),
            Answer(question=question.id, state="not_applicable", reason="We do not do this."),
            Answer(question=question.id, state="open", evidence="stated"),
        ]
        assert len(answers) > 3
        for answer in answers:
            assert same(answer_of(question, draft_of(question, answer, c), c), answer)


def test_nothing_ticked_is_open_and_none_of_these_is_an_answer(every_type: Questionnaire) -> None:
    tools = every_type.questions_by_id["tools"]
    assert answer_of(tools, Draft(HERE), EN).state == "open"
    assert answer_of(tools, Draft(NONE), EN) == Answer(question="tools", value=())
    assert draft_of(tools, Answer(question="tools", value=()), EN) == Draft(NONE)
    assert draft_of(tools, None, EN) == Draft(HERE)


def test_ticks_are_kept_in_the_authors_order(every_type: Questionnaire) -> None:
    tools = every_type.questions_by_id["tools"]
    assert answer_of(tools, Draft(HERE, ticked=("tickets", "remote")), EN).value == ("tickets", "remote")


def test_an_empty_field_is_open_and_a_state_goes_before_what_is_written(every_type: Questionnaire) -> None:
    for name in ("first-contact", "missing"):
        question = every_type.questions_by_id[name]
        assert answer_of(question, Draft(HERE, written="  "), EN).state == "open"
        assert answer_of(question, Draft(UNKNOWN, written="12"), EN) == Answer(question=name, state="unknown")


@pytest.mark.parametrize(
    ("written", "language", "why"),
    [
        ("120", "en", "Not saved yet: this must be at most 100."),
        ("-1", "en", "Not saved yet: this must be at least 0."),
        ("sixty", "en", "Not saved yet: please write a number in digits, for example 1,234.5."),
        ("62,5", "en", "Not saved yet: decimals have a “.” here, for example 1.5."),
        ("4.80", "de", "Noch nicht gespeichert: Dezimalstellen stehen hier nach „,“, zum Beispiel 1,5."),
        (
            "Mio",
            "de",
            "Noch nicht gespeichert: Bitte schreiben Sie eine Zahl in Ziffern, zum Beispiel 1.234,5.",
        ),
        ("1e3", "en", "Not saved yet: please write a number in digits, for example 1,234.5."),
    ],
)
def test_what_is_no_answer_is_not_saved_and_says_why(
    every_type: Questionnaire, written: str, language: str, why: str
) -> None:
    with pytest.raises(UnfinishedError) as told:
        answer_of(
            every_type.questions_by_id["first-contact"], Draft(HERE, written=written), catalogue(language)
        )
    assert str(told.value) == why


@pytest.mark.parametrize(
    ("written", "language", "currency", "meant"),
    [
        ("1,5 Mio", "de", "", 1_500_000),
        ("6 Mio.", "de", "", 6_000_000),
        ("65 Tsd", "de", "", 65_000),
        ("1.5 million", "en", "", 1_500_000),
        ("1,5 mln", "nl", "", 1_500_000),
        ("0,1 Mio", "de", "", 100_000),
        ("6.000.000 €", "de", "EUR", 6_000_000),
        ("EUR 6000000", "nl", "EUR", 6_000_000),
        ("1,5 Mio €", "de", "EUR", 1_500_000),
        ("£6,000.50", "en", "GBP", 6000.5),
        ("6’000", "de-CH", "CHF", 6000),
        ("CHF 6'000.50", "de-CH", "CHF", 6000.5),
        ("Fr. 600", "de-CH", "CHF", 600),
    ],
)
def test_large_numbers_and_amounts_are_read_as_people_write_them(
    written: str, language: str, currency: str, meant: float
) -> None:
    unit = Text({"en": currency, "de": currency, "nl": currency}) if currency else None
    read = read_number(written, Count(low=None, high=None, whole=False, unit=unit), catalogue(language))
    assert read == meant
    assert isinstance(read, int) == float(meant).is_integer()


@pytest.mark.parametrize("written", ["CHF 9000", "£104", "9000 €"])
def test_another_currency_than_the_profiles_is_not_guessed_at(written: str) -> None:
    dollars = Count(low=None, high=None, whole=False, unit=Text({"en": "USD"}))
    with pytest.raises(UnfinishedError, match="in digits"):
        read_number(written, dollars, EN)
    with pytest.raises(UnfinishedError, match="in digits"):
        read_number(written, ANY, EN)


def test_a_number_with_decimals_where_none_are_wanted_is_not_saved(every_type: Questionnaire) -> None:
    requests = every_type.questions_by_id["requests"]
    with pytest.raises(UnfinishedError, match="must be a whole number"):
        answer_of(requests, Draft(HERE, written="12.5"), EN)
    assert answer_of(requests, Draft(HERE, written="12.0"), EN).value == 12


def test_a_limit_is_told_in_the_format_of_the_language(every_type: Questionnaire) -> None:
    question = every_type.questions_by_id["first-contact"].model_copy(update={"high": 1234.5})
    with pytest.raises(UnfinishedError, match=r"1\.234,5"):
        answer_of(question, Draft(HERE, written="2000"), DE)


def test_not_applicable_waits_for_its_reason(every_type: Questionnaire) -> None:
    for question in every_type.questions_by_id.values():
        with pytest.raises(UnfinishedError, match="please say in the field above"):
            answer_of(question, Draft(ASIDE, reason=" "), EN)


@pytest.mark.parametrize(
    ("written", "language", "number"),
    [
        ("1,234.5", "en", 1234.5),
        ("1.234,5", "de", 1234.5),
        ("1.234", "de", 1234),
        ("1 234,5", "de", 1234.5),
        ("1\u202f234,5", "nl", 1234.5),
        ("\u22123", "en", -3),
        ("+3", "en", 3),
        ("12 %", "de", 12),
        ("007", "en", 7),
    ],
)
def test_a_number_is_read_as_people_of_that_language_write_it(
    written: str, language: str, number: float
) -> None:
    unit = every_percent() if "%" in written else None
    assert read_number(written, ANY.model_copy(update={"unit": unit}), catalogue(language)) == number


def every_percent() -> object:
    from assessment.values import Text

    return Text({"en": "%"})


@pytest.mark.parametrize(
    ("written", "language"),
    [("1.5", "de"), ("1,5", "en"), ("12.34.5", "en"), ("nan", "en"), ("1,23,4", "en"), ("٣", "en")],
)
def test_what_means_something_else_in_another_language_is_not_guessed_at(written: str, language: str) -> None:
    with pytest.raises(UnfinishedError):
        read_number(written, ANY, catalogue(language))


@given(
    value=st.one_of(st.integers(-(10**12), 10**12), st.decimals(-(10**6), 10**6, places=4).map(float)),
    language=st.sampled_from(["en", "de", "nl"]),
)
def test_every_number_that_is_shown_can_be_read_again(value: float, language: str) -> None:
    from assessment.document.saying import number

    assert read_number(number(value, catalogue(language)), ANY, catalogue(language)) == value


def test_what_was_typed_in_another_language_is_told_anew_in_this_one(every_type: Questionnaire) -> None:
    question = every_type.questions_by_id["first-contact"]
    assert told_anew(Draft(HERE, written="120,5"), question, "de", EN).written == "120.5"
    assert told_anew(Draft(HERE, written="a lot"), question, "de", EN).written == "a lot"
    text = every_type.questions_by_id["missing"]
    assert told_anew(Draft(HERE, written="1,5"), text, "de", EN).written == "1,5"


def test_a_stored_value_that_is_not_admitted_any_more_is_shown_as_open(every_type: Questionnaire) -> None:
    for name, value in (("called-back", "yearly"), ("tools", ("radio",)), ("first-contact", 150), ("way", 9)):
        draft = draft_of(every_type.questions_by_id[name], Answer(question=name, value=value), EN)
        assert draft in (Draft(None), Draft(HERE))


def test_an_option_named_like_a_state_is_still_an_option(every_type: Questionnaire) -> None:
    choice = every_type.questions_by_id["called-back"]
    renamed = choice.model_copy(
        update={
            "options": tuple(
                o.model_copy(update={"id": "unknown"}) if o.id == "never" else o for o in choice.options
            )
        }
    )
    answer = Answer(question="called-back", value="unknown")
    assert answer_of(renamed, draft_of(renamed, answer, EN), EN) == answer


def test_more_decimals_than_are_shown_do_not_make_an_answer_look_changed(every_type: Questionnaire) -> None:
    question = every_type.questions_by_id["first-contact"]
    typed = answer_of(question, Draft(HERE, written="33.33333333"), EN)
    assert same(answer_of(question, draft_of(question, typed, EN), EN), typed)
