"""What named people say apart, beside what stands in the assessment: what differs, what is new, and what waits for a decision."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet
from assessment.contributions import Contributed, Contribution, differences, uncontested
from assessment.questionnaire import Questionnaire
from tests.conftest import a_questionnaire, a_sheet, an_answer, gate, level_question, section
from tests.strategies import questionnaires, sheets

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
KNOWN = a_questionnaire(
    section(
        "s",
        level_question("a"),
        level_question("b"),
        gate("g"),
        level_question("c", applies_if=[{"question": "g", "any_of": ["yes"]}]),
    )
)


def said(name: str, *, settled: tuple[str, ...] = (), later: int = 0, **answers: object) -> Contribution:
    return Contribution(
        id=f"{name}-{later}",
        respondent=name,
        received_at=NOON + timedelta(hours=later),
        answers=tuple(
            Contributed(answer=an_answer(question, value, respondent=name), settled=question in settled)
            for question, value in answers.items()
        ),
    )


def kinds(sheet: AnswerSheet, *contributions: Contribution) -> dict[str, str]:
    return {each.question: each.kind for each in differences(KNOWN, sheet, contributions)}


def test_what_agrees_is_the_same_what_differs_waits_and_what_is_open_is_new() -> None:
    sheet = a_sheet(KNOWN, {"a": 3, "b": "open", "g": "unknown"})
    kim, lou = said("Kim", a=3, b=2, g="unknown"), said("Lou", a=3, b="open")
    assert kinds(sheet, kim, lou) == {"a": "same", "b": "new", "g": "same"}
    assert kinds(sheet, kim, said("Lou", a=4, b=5, g=True)) == {
        "a": "conflict",
        "b": "conflict",
        "g": "conflict",
    }
    assert kinds(sheet, said("Kim", c=2)) == {"c": "not_asked"}


def test_the_last_that_a_person_said_counts() -> None:
    sheet = a_sheet(KNOWN, {"a": 3})
    assert kinds(sheet, said("Kim", a=1), said("Kim", a=3, later=1)) == {"a": "same"}
    [found] = differences(KNOWN, sheet, [said("Kim", a=1), said("Lou", a=2), said("Kim", a=4, later=1)])
    assert [(one.answer.respondent, one.answer.value) for one in found.offered] == [("Lou", 2), ("Kim", 4)]


def test_what_was_decided_waits_no_more_until_somebody_says_something_else() -> None:
    sheet = a_sheet(KNOWN, {"a": 3, "b": "open"})
    kept = said("Kim", a=4, b=2, settled=("a", "b"))
    assert kinds(sheet, kept) == {"a": "settled", "b": "settled"}
    assert kinds(sheet, kept, said("Lou", a=3)) == {"a": "settled", "b": "settled"}
    assert kinds(sheet, kept, said("Lou", a=5, b=4)) == {"a": "conflict", "b": "conflict"}
    assert kinds(a_sheet(KNOWN, {"a": 4}), kept)["a"] == "same"


def test_a_number_is_the_same_however_it_is_kept_and_yes_is_not_one() -> None:
    yes = Answer(question="a", value=True)
    sheet = AnswerSheet(questionnaire="small", version="1.0.0", answers=(Answer(question="a", value=1),))
    assert kinds(sheet, said("Kim", a=1.0)) == {"a": "same"}
    assert kinds(sheet, said("Kim", a=yes)) == {}, "no level, so it says nothing"


def test_an_answer_that_lets_another_question_be_asked_brings_that_one_along() -> None:
    sheet = a_sheet(KNOWN, {"a": 3})
    found = uncontested(KNOWN, sheet, [said("Kim", a=3, g=True, c=4)])
    assert [(answer.question, answer.value) for answer in found] == [("g", True), ("c", 4)]
    assert uncontested(KNOWN, sheet, [said("Kim", g=False, c=4)])[0].value is False
    assert uncontested(KNOWN, sheet, [said("Kim", g=True, c=4), said("Lou", c=2)])[-1].question == "g"


@given(known=questionnaires(), data=st.data())
def test_taking_over_what_nobody_contests_overwrites_nothing_and_leaves_nothing_new(
    known: Questionnaire, data: st.DataObject
) -> None:
    sheet: AnswerSheet = data.draw(sheets(known))
    people = [
        Contribution(
            id=name,
            respondent=name,
            received_at=NOON,
            answers=tuple(Contributed(answer=answer) for answer in data.draw(sheets(known)).answers),
        )
        for name in ("Kim", "Lou")
    ]
    taken = uncontested(known, sheet, people)
    merged = sheet
    for answer in taken:
        merged = merged.with_answer(answer)
    for answer in sheet.answers:
        if answer.state != "open":
            assert merged.by_question[answer.question] == answer
    after = differences(known, merged, people)
    assert not any(each.kind == "new" for each in after)
    offered = {
        (one.answer.question, one.answer.state, one.answer.value) for each in after for one in each.offered
    }
    assert {(answer.question, answer.state, answer.value) for answer in taken} <= offered
