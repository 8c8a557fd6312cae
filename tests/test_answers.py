"""Four states and never a magic number; which questions apply; how far one has come."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from assessment.answers import Answer, AnswerSheet, applies, asked, check_sheet, progress
from assessment.errors import AnswersError
from assessment.loader import sheet_as_data, sheet_from_data
from assessment.questionnaire import Questionnaire
from tests.conftest import (
    FULL_PROFILE,
    a_questionnaire,
    a_sheet,
    an_answer,
    every_answer,
    gate,
    level_question,
    section,
    text,
)

HOME = {"id": "home", "type": "yes_no", "label": text("Home?")}
WHERE = {
    "id": "where",
    "type": "many",
    "label": text("Where?"),
    "options": [{"id": name, "label": text(name)} for name in ("de", "nl")],
}


def chain() -> Questionnaire:
    """`second` is asked if `first` is at least 3, `third` if `second` is yes; `at-home` if the profile says so."""
    return a_questionnaire(
        section(
            "s",
            level_question("first", short=True),
            gate("second", applies_if=[{"question": "first", "at_least": 3}]),
            level_question("third", applies_if=[{"question": "second", "any_of": ["yes"]}]),
            level_question("at-home", applies_if=[{"profile": "home", "any_of": ["yes"]}]),
        ),
        profile=[HOME, WHERE],
    )


def applying(questionnaire: Questionnaire, said: dict[str, Any], **more: Any) -> dict[str, bool | None]:
    sheet = a_sheet(questionnaire, said, **more)
    return {q.id: applies(q, questionnaire, sheet) for q in questionnaire.questions_by_id.values()}


@pytest.mark.parametrize("state", ["unknown", "not_applicable", "open"])
def test_an_answer_without_a_value_may_not_carry_one(state: str) -> None:
    with pytest.raises(ValidationError, match="a value exactly when its state is “given”"):
        Answer(question="a", state=state, value=3, reason="because")


def test_a_given_answer_needs_its_value() -> None:
    with pytest.raises(ValidationError, match="a value exactly when its state is “given”"):
        Answer(question="a", state="given")


@pytest.mark.parametrize("reason", ["", "   "])
def test_not_applicable_needs_a_reason(reason: str) -> None:
    with pytest.raises(ValidationError, match="“not applicable” needs a reason"):
        Answer(question="a", state="not_applicable", reason=reason)


def test_no_is_an_answer_and_not_the_absence_of_one() -> None:
    assert Answer(question="g", value=False).state == "given"


def test_a_new_answer_takes_the_place_of_the_old_one_even_after_the_sheet_was_read() -> None:
    sheet = a_sheet(a_questionnaire(), {"a": 1, "b": 2})
    assert sheet.by_question["a"].value == 1
    changed = sheet.with_answer(an_answer("a", 5))
    assert changed.by_question["a"].value == 5
    assert len(changed.answers) == 2
    assert sheet.by_question["a"].value == 1


def test_a_checked_sheet_shows_the_checked_values_even_after_it_was_read() -> None:
    questionnaire = chain()
    sheet = a_sheet(questionnaire, {"second": "yes", "first": 4.0})
    assert sheet.by_question["second"].value == "yes"
    checked = check_sheet(questionnaire, sheet)
    assert checked.by_question["second"].value is True
    assert (checked.by_question["first"].value, type(checked.by_question["first"].value)) == (4, int)


def test_a_question_follows_the_answer_that_decides_it() -> None:
    questionnaire = chain()
    assert applying(questionnaire, {})["second"] is None
    assert applying(questionnaire, {"first": "unknown"})["second"] is None
    assert applying(questionnaire, {"first": "open"})["second"] is None
    assert applying(questionnaire, {"first": 2})["second"] is False
    assert applying(questionnaire, {"first": 3})["second"] is True
    assert applying(questionnaire, {"first": "n/a"})["second"] is False
    assert applying(questionnaire, {"first": 3, "second": False})["third"] is False
    assert applying(questionnaire, {"first": 3, "second": True})["third"] is True


def test_the_answer_to_a_hidden_question_decides_nothing() -> None:
    questionnaire = chain()
    assert applying(questionnaire, {"first": 1, "second": True})["third"] is False
    assert applying(questionnaire, {"first": 1})["third"] is False
    assert applying(questionnaire, {"first": "unknown", "second": True})["third"] is None


def test_the_profile_decides_and_an_empty_profile_leaves_open() -> None:
    questionnaire = chain()
    assert applying(questionnaire, {})["at-home"] is None
    assert applying(questionnaire, {}, profile={"home": "yes"})["at-home"] is True
    assert applying(questionnaire, {}, profile={"home": "no"})["at-home"] is False


def test_all_conditions_must_hold_and_one_that_fails_is_enough_to_hide() -> None:
    both = [{"profile": "home", "any_of": ["yes"]}, {"profile": "where", "any_of": ["nl"]}]
    questionnaire = a_questionnaire(section("s", level_question("q", applies_if=both)), profile=[HOME, WHERE])
    table = {
        ("yes", ("nl",)): True,
        ("yes", ("de", "nl")): True,
        ("yes", ("de",)): False,
        ("no", ("nl",)): False,
        ("yes", ()): None,
        ("no", ()): False,
        ("", ("de",)): False,
        ("", ("nl",)): None,
    }
    for (home, where), expected in table.items():
        profile = {"home": home, "where": where} if home else {"where": where}
        assert applying(questionnaire, {}, profile=profile)["q"] is expected, (home, where)


def test_the_short_edition_asks_short_questions_only() -> None:
    questionnaire = chain()
    assert [
        q.id
        for q in asked(
            questionnaire, a_sheet(questionnaire, {"first": 4}, profile={"home": "yes"}, short=True)
        )
    ] == ["first"]
    assert [
        q.id for q in asked(questionnaire, a_sheet(questionnaire, {"first": 4}, profile={"home": "yes"}))
    ] == [
        "first",
        "second",
        "at-home",
    ]


def test_do_not_know_and_not_applicable_count_as_answered() -> None:
    questionnaire = a_questionnaire()
    here = progress(questionnaire, a_sheet(questionnaire, {"a": 3, "b": "unknown", "c": "n/a", "d": "open"}))
    assert (here.answered, here.asked, here.share, here.minutes_left) == (3, 4, 0.75, 1)


def test_minutes_left_reach_zero_only_at_the_end(flagship: Questionnaire) -> None:
    everything = every_answer(flagship)
    done = progress(flagship, a_sheet(flagship, everything, profile=FULL_PROFILE))
    assert (done.answered, done.asked, done.minutes_left, done.share) == (103, 103, 0, 1)
    one_left = {name: value for name, value in everything.items() if name != "g01"}
    assert progress(flagship, a_sheet(flagship, one_left, profile=FULL_PROFILE)).minutes_left == 1
    nothing = progress(flagship, a_sheet(flagship, {}, profile=FULL_PROFILE))
    assert (nothing.answered, nothing.minutes_left) == (0, 57)


def test_progress_of_a_section_counts_that_section(flagship: Questionnaire) -> None:
    sheet = a_sheet(flagship, {"w1-q1": 3, "l1-q1": 3}, profile=FULL_PROFILE)
    assert (
        progress(flagship, sheet, section="w1").answered,
        progress(flagship, sheet, section="w1").asked,
    ) == (1, 4)


def test_nothing_to_ask_is_complete() -> None:
    questionnaire = chain()
    assert (
        progress(
            questionnaire, a_sheet(questionnaire, short=False, profile={"home": "no"}), section="s"
        ).asked
        == 1
    )
    only = a_questionnaire(
        section("s", level_question("q", applies_if=[{"profile": "home", "any_of": ["yes"]}])), profile=[HOME]
    )
    assert progress(only, a_sheet(only, profile={"home": "no"})).share == 1.0


def test_every_fault_of_a_sheet_is_named_at_once() -> None:
    questionnaire = chain()
    sheet = AnswerSheet(
        questionnaire="small",
        version="2.0.0",
        profile={"hom": "yes", "home": ("yes", "no"), "where": ("be",)},
        answers=(an_answer("frist", 3), an_answer("first", 9), an_answer("second", "maybe")),
    )
    with pytest.raises(AnswersError) as refused:
        check_sheet(questionnaire, sheet, file="a.yaml")
    assert [problem.at for problem in refused.value.problems] == [
        "version",
        "profile › hom",
        "profile › home",
        "profile › where",
        "answers › frist",
        "answers › first",
        "answers › second",
    ]
    assert all(problem.file == "a.yaml" and problem.remedy for problem in refused.value.problems)


@pytest.mark.parametrize("value", [0, 6, 2.5, True, "3", float("nan"), float("inf"), 10**400])
def test_a_level_question_admits_its_levels_and_nothing_else(value: Any) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        chain().questions_by_id["first"].admit(value)


@pytest.mark.parametrize("value", [0, 1, "ja", "true", "No", None])
def test_a_yes_no_question_admits_yes_and_no_and_nothing_else(value: Any) -> None:
    with pytest.raises(ValueError, match="must be true or false"):
        chain().questions_by_id["second"].admit(value)


def test_the_worth_of_a_value_goes_from_nought_to_one_on_the_questions_own_scale() -> None:
    question = a_questionnaire(levels=range(0, 4)).questions_by_id["a"]
    assert [question.worth(value) for value in question.values()] == pytest.approx([0, 1 / 3, 2 / 3, 1])
    yes_no = chain().questions_by_id["second"]
    assert [yes_no.worth(value) for value in yes_no.values()] == [0, 1]
    assert yes_no.control().options == (True, False)
    assert question.control().options == (0, 1, 2, 3)


def test_evidence_comment_and_time_survive_the_way_through_a_file() -> None:
    questionnaire = a_questionnaire()
    at = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    answer = Answer(question="a", value=4, evidence="verified", comment="Siehe Ablage ‹7›", at=at)
    sheet = a_sheet(
        questionnaire, {"a": answer, "b": Answer(question="b", state="not_applicable", reason="kein Telefon")}
    )
    assert sheet_from_data(sheet_as_data(sheet), questionnaire=questionnaire)[1] == sheet


def test_a_plain_answer_is_written_as_its_bare_value() -> None:
    questionnaire = chain()
    sheet = a_sheet(questionnaire, {"first": 3, "second": False, "third": "unknown"})
    assert sheet_as_data(sheet)["answers"] == {"first": 3, "second": False, "third": {"state": "unknown"}}


def test_yes_in_words_is_worth_as_much_as_true(flagship: Questionnaire) -> None:
    gate = flagship.questions_by_id["g09"]
    assert (gate.worth("yes"), gate.worth(True), gate.worth("no"), gate.worth(False)) == (1.0, 1.0, 0.0, 0.0)


@pytest.mark.parametrize("deep", [False, True])
def test_a_changed_copy_finds_its_own_parts_and_not_those_of_the_original(deep: bool) -> None:
    sheet = a_sheet(chain(), {"first": 3})
    assert set(sheet.by_question) == {"first"}
    assert set(sheet.with_answers([an_answer("second", 4)]).by_question) == {"second"}
    changed = sheet.model_copy(update={"answers": (an_answer("second", 4),)}, deep=deep)
    assert set(changed.by_question) == {"second"}
    assert changed == a_sheet(chain(), {"second": 4}) and set(sheet.by_question) == {"first"}
