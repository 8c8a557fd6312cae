"""Doubts: contradiction and flattery, each at the edges of its rule; they ask a question and change nothing."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet
from assessment.conditions import Condition
from assessment.document.blocks import Bullets, Heading, Line, Table
from assessment.document.findings import (
    a_word_of_doubt,
    answer_in_words,
    sentence,
    to_ask_again,
    what_stands_out,
)
from assessment.document.telling import ANSWERS, Teller
from assessment.findings import Finding, find
from assessment.i18n import catalogue
from assessment.loader import read_sample
from assessment.questionnaire import Contradiction, Questionnaire
from assessment.report import Report, Subject
from assessment.scoring import score
from tests.conftest import (
    FULL_PROFILE,
    START,
    Data,
    a_questionnaire,
    a_report,
    a_sheet,
    cap,
    every_answer,
    gate,
    level_question,
    questionnaire_data,
    section,
    text,
    two_dimensions,
)
from tests.strategies import questionnaires, sheets

DOUBTS = ("contradiction", "all_top", "straight_lining", "many_set_aside")


def check(kind: str, identifier: str = "k", **more: Any) -> Data:
    return {"id": identifier, "kind": kind, "follow_up": text(f"Why {identifier}?"), **more}


def contradiction(*when: Data, identifier: str = "k") -> Data:
    return check("contradiction", identifier, when=list(when))


def high(question: str, level: int = 4) -> Data:
    return {"question": question, "at_least": level}


def low(question: str, level: int = 1) -> Data:
    return {"question": question, "at_most": level}


def doubts(questionnaire: Questionnaire, said: Mapping[str, Any], **more: Any) -> tuple[Finding, ...]:
    return doubts_of(questionnaire, a_sheet(questionnaire, said, **more))


def doubts_of(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[Finding, ...]:
    found = find(questionnaire, sheet, score(questionnaire, sheet))
    return tuple(finding for finding in found if finding.kind in DOUBTS)


# -- contradiction


def test_a_contradiction_is_found_when_all_its_conditions_hold_and_names_its_questions() -> None:
    questionnaire = two_dimensions(checks=[contradiction(low("b"), high("a"))])
    (one,) = doubts(questionnaire, {"a": 4, "b": 1})
    assert (one.kind, one.source, one.questions) == ("contradiction", "k", ("a", "b"))
    assert doubts(questionnaire, {"a": 3, "b": 1}) == ()
    assert doubts(questionnaire, {"a": 4, "b": 2}) == ()


@pytest.mark.parametrize("said", ["unknown", "open", "n/a"])
def test_no_contradiction_is_found_while_one_of_its_answers_is_not_given(said: str) -> None:
    questionnaire = two_dimensions(checks=[contradiction(high("a"), low("b"))])
    assert doubts(questionnaire, {"a": 4, "b": said}) == ()
    assert doubts(questionnaire, {"a": 4}) == ()


def test_what_another_answer_could_still_undo_is_no_contradiction() -> None:
    questionnaire = two_dimensions(checks=[contradiction(high("a"), {"not": high("b", 2)})])
    assert doubts(questionnaire, {"a": 4, "b": "unknown"}) == ()
    assert [one.questions for one in doubts(questionnaire, {"a": 4, "b": 1})] == [("a", "b")]


def test_a_contradiction_belongs_to_the_innermost_section_around_its_questions() -> None:
    pairs = {"x1": ("a", "b"), "x": ("b", "c"), "y": ("e", "f"), "small": ("a", "f")}
    for where, (one, other) in pairs.items():
        questionnaire = two_dimensions(checks=[contradiction(high(one), low(other))])
        assert [found.section for found in doubts(questionnaire, {one: 5, other: 1})] == [where]


def test_of_several_ways_only_the_questions_of_those_that_hold_are_named() -> None:
    questionnaire = two_dimensions(
        checks=[contradiction(low("a"), {"any": [high("b"), {"all": [high("c"), high("d")]}]})]
    )
    named = {
        ("a", "b"): {"a": 1, "b": 4, "c": 4, "d": 3},
        ("a", "c", "d"): {"a": 1, "b": 3, "c": 4, "d": 4},
        ("a", "b", "c", "d"): {"a": 1, "b": 4, "c": 4, "d": 4},
    }
    for questions, said in named.items():
        assert [one.questions for one in doubts(questionnaire, said)] == [questions]


def test_a_hidden_question_contradicts_nothing() -> None:
    home = {"id": "home", "type": "yes_no", "label": text("Home?")}
    asked_at_home = level_question("b", applies_if=[{"profile": "home", "any_of": ["yes"]}])
    questionnaire = a_questionnaire(
        section("s", level_question("a"), asked_at_home),
        profile=[home],
        checks=[contradiction(high("a"), low("b"))],
    )
    said = {"a": 5, "b": 1}
    assert len(doubts(questionnaire, said, profile={"home": "yes"})) == 1
    assert doubts(questionnaire, said, profile={"home": "no"}) == ()
    assert doubts(questionnaire, said) == ()


def test_a_fact_of_the_profile_can_contradict_an_answer() -> None:
    home = {"id": "home", "type": "yes_no", "label": text("Home?")}
    questionnaire = a_questionnaire(
        profile=[home], checks=[contradiction(high("a"), {"profile": "home", "any_of": ["no"]})]
    )
    (one,) = doubts(questionnaire, {"a": 5}, profile={"home": "no"})
    assert (one.section, one.questions) == ("s", ("a",))


def test_a_contradiction_that_can_cap_a_level_comes_before_one_that_cannot() -> None:
    questionnaire = two_dimensions(
        caps=[cap("c", "g", {"x": 2})],
        checks=[
            contradiction(high("e"), low("f"), identifier="a-heavy-one"),
            contradiction(high("c"), {"question": "g", "any_of": ["no"]}, identifier="with-a-gate"),
        ],
    )
    found = doubts(questionnaire, {**dict.fromkeys("abcde", 4), "f": 1, "g": False})
    assert [one.source for one in found] == ["with-a-gate", "a-heavy-one"]
    assert [one.severity for one in found] == [pytest.approx(1.125), pytest.approx(0.5)]


# -- the same answer many times in a row

ROW = [check("straight_lining", in_a_row=4)]


def test_a_run_is_found_from_exactly_its_length_on() -> None:
    questionnaire = two_dimensions(checks=ROW)
    said = {"a": 2, "b": 3, "c": 3, "d": 3, "e": 3, "f": 2}
    (one,) = doubts(questionnaire, said)
    assert (one.questions, one.section) == (("b", "c", "d", "e"), "small")
    assert one.severity == pytest.approx(4 / 6)
    assert doubts(questionnaire, {**said, "e": 2}) == ()


@pytest.mark.parametrize("said", ["unknown", "open", "n/a"])
def test_a_run_is_broken_by_an_answer_that_is_not_given(said: str) -> None:
    questionnaire = two_dimensions(checks=ROW)
    assert doubts(questionnaire, {"a": 3, "b": 3, "c": said, "d": 3, "e": 3}) == ()
    assert doubts(questionnaire, {"a": 3, "b": 3, "d": 3, "e": 3}) == ()


def test_unknown_many_times_in_a_row_is_no_run() -> None:
    assert doubts(two_dimensions(checks=ROW), dict.fromkeys("abcdef", "unknown")) == ()


@pytest.mark.parametrize("said", [True, False, "unknown", "n/a"])
def test_a_gate_between_neither_counts_nor_breaks(said: Any) -> None:
    questionnaire = two_dimensions(checks=ROW)
    (one,) = doubts(questionnaire, {"b": 3, "c": 3, "d": 3, "g": said, "e": 3})
    assert one.questions == ("b", "c", "d", "e")
    assert doubts(questionnaire, {"c": 3, "d": 3, "g": said, "e": 3}) == ()


def test_a_scored_question_of_another_type_breaks_a_run() -> None:
    def of(weight: int) -> Questionnaire:
        parts = [level_question("a"), level_question("b"), gate("g", weight=weight)]
        return a_questionnaire(
            section("s", *parts, level_question("c"), level_question("d")),
            levels=(0, 1, 2),
            checks=ROW,
        )

    said = {**dict.fromkeys("abcd", 1), "g": True}
    assert len(doubts(of(0), said)) == 1
    assert doubts(of(1), said) == ()


def test_a_hidden_question_does_not_break_a_run() -> None:
    hidden = level_question("h", applies_if=[{"question": "a", "at_least": 5}])
    questionnaire = a_questionnaire(
        section("s", level_question("a"), level_question("b"), hidden, *map(level_question, "cd")),
        checks=ROW,
    )
    (one,) = doubts(questionnaire, {**dict.fromkeys("abcd", 3), "h": 1})
    assert one.questions == ("a", "b", "c", "d")


def test_only_what_is_asked_in_the_short_edition_makes_a_run() -> None:
    short = [level_question(name, short=name != "c") for name in "abcde"]
    questionnaire = a_questionnaire(section("s", *short), checks=ROW)
    said = {**dict.fromkeys("abde", 3), "c": 1}
    assert doubts(questionnaire, said) == ()
    assert [one.questions for one in doubts(questionnaire, said, short=True)] == [("a", "b", "d", "e")]


def test_the_longest_run_is_told_and_of_equal_ones_the_first() -> None:
    parts = [level_question(f"q{number:02}") for number in range(14)]
    questionnaire = a_questionnaire(section("s", *parts), checks=ROW)
    names = [part["id"] for part in parts]
    for values, run in (
        ((1, 1, 1, 1, 2, 2, 2, 2, 2, 1, 3, 3, 3, 3), names[4:9]),
        ((1, 1, 1, 1, 5, 2, 2, 2, 2, 1, 3, 3, 3, 3), names[0:4]),
    ):
        (one,) = doubts(questionnaire, dict(zip(names, values, strict=True)))
        assert list(one.questions) == run


# -- all at their best without proof

TOP = [check("all_top", from_questions=3)]


def tops(**more: Any) -> Questionnaire:
    return a_questionnaire(
        section("s", *map(level_question, "abcd"), gate("g")),
        section("t", *map(level_question, "ef")),
        checks=TOP,
        **more,
    )


def test_a_section_at_its_best_is_found_from_exactly_so_many_answers_on() -> None:
    (one,) = doubts(tops(), {"a": 5, "b": 5, "c": 5})
    assert (one.section, one.questions, one.source) == ("s", ("a", "b", "c"), "k")
    assert doubts(tops(), {"a": 5, "b": 5}) == ()
    assert doubts(tops(), {"e": 5, "f": 5}) == ()


def test_one_answer_below_the_best_settles_the_doubt() -> None:
    assert doubts(tops(), {"a": 5, "b": 5, "c": 5, "d": 4}) == ()


@pytest.mark.parametrize("said", ["unknown", "open", "n/a"])
def test_what_is_not_given_neither_raises_nor_settles_the_doubt(said: str) -> None:
    assert len(doubts(tops(), {"a": 5, "b": 5, "c": 5, "d": said})) == 1
    assert doubts(tops(), {"a": 5, "b": 5, "c": said, "d": said}) == ()


@pytest.mark.parametrize(
    ("evidence", "found"), [("none", 1), ("stated", 1), ("documented", 0), ("verified", 0)]
)
def test_one_answer_with_proof_settles_the_doubt(evidence: Any, found: int) -> None:
    proven = Answer(question="b", value=5, evidence=evidence)
    assert len(doubts(tops(), {"a": 5, "b": proven, "c": 5, "d": 5})) == found


def test_a_gate_is_no_part_of_what_is_at_its_best() -> None:
    proven = Answer(question="g", value=True, evidence="verified")
    assert doubts(tops(), {"a": 5, "b": 5, "g": True}) == ()
    for said in (proven, False):
        assert [one.questions for one in doubts(tops(), {"a": 5, "b": 5, "c": 5, "g": said})] == [
            tuple("abc")
        ]


# -- much set aside

ASIDE = [check("many_set_aside", share=0.2)]


def ten(**more: Any) -> Questionnaire:
    names = [f"q{number}" for number in range(9)]
    return a_questionnaire(
        section("s", *map(level_question, names[:5])),
        section("t", *map(level_question, names[5:]), gate("g")),
        checks=ASIDE,
        **more,
    )


def test_exactly_a_fifth_set_aside_is_no_doubt_and_one_more_is() -> None:
    assert doubts(ten(), {"q0": "n/a", "g": "n/a"}) == ()
    (one,) = doubts(ten(), {"q0": "n/a", "q5": "n/a", "g": "n/a"})
    assert (one.questions, one.section) == (("q0", "q5", "g"), "small")
    assert one.severity == pytest.approx(0.3)


def test_a_share_counts_the_questions_asked_whether_answered_or_not() -> None:
    answered = {f"q{number}": 3 for number in range(3, 9)}
    aside = dict.fromkeys(("q0", "q1", "q2"), "n/a")
    assert len(doubts(ten(), aside)) == len(doubts(ten(), {**answered, **aside})) == 1


def test_what_the_profile_hides_is_not_set_aside() -> None:
    home = {"id": "home", "type": "yes_no", "label": text("Home?")}
    at_home = [{"profile": "home", "any_of": ["yes"]}]
    questionnaire = a_questionnaire(
        section("s", *map(level_question, "abcd")),
        section("t", *(level_question(name, applies_if=at_home) for name in "efgh")),
        profile=[home],
        checks=ASIDE,
    )
    said = dict.fromkeys("efgh", "n/a")
    assert len(doubts(questionnaire, said, profile={"home": "yes"})) == 1
    assert doubts(questionnaire, said, profile={"home": "no"}) == ()


def test_where_nothing_is_asked_nothing_is_doubted() -> None:
    questionnaire = two_dimensions(checks=[*ASIDE, *({**one, "id": "r"} for one in ROW)])
    assert doubts(questionnaire, {}, short=True) == ()


# -- laws


@st.composite
def with_checks(draw: st.DrawFn) -> tuple[Questionnaire, Questionnaire, AnswerSheet]:
    """A questionnaire with every kind of check, the same one without, and a sheet that often raises a doubt."""
    plain = draw(questionnaires())
    sheet = draw(sheets(plain, short=False))
    if draw(st.booleans()):
        sheet = sheet.with_answers(at_the_top(plain, answer) for answer in sheet.answers)
    named = st.sampled_from([*plain.questions_by_id])

    def fitting(name: str, at: str) -> Data:
        answer = sheet.by_question.get(name)
        value = answer.value if answer is not None else None
        if isinstance(value, (int, float)):
            return {"question": name, at: float(value)}
        return {"question": name, "answered": True}

    tests = st.builds(fitting, named, st.sampled_from(("at_least", "at_most")))
    conditions = st.one_of(
        tests,
        st.builds(lambda one, other: {"any": [one, other]}, tests, tests),
        st.builds(lambda name: {"not": {"question": name, "above": 4}}, named),
    )
    made = [
        contradiction(*draw(st.lists(conditions, min_size=1, max_size=3)), identifier="c"),
        check("straight_lining", "r", in_a_row=3),
        check("all_top", "t", from_questions=2),
        check("many_set_aside", "m", share=0.3),
    ]
    data = plain.model_dump(by_alias=True, mode="json", exclude_none=True)
    return Questionnaire.model_validate({**data, "checks": made}), plain, sheet


def at_the_top(questionnaire: Questionnaire, answer: Answer) -> Answer:
    values = questionnaire.questions_by_id[answer.question].values()
    if answer.state != "given" or not values:
        return answer
    return answer.model_copy(update={"value": values[-1], "evidence": "stated"})


@given(with_checks())
def test_a_check_never_changes_a_score(case: tuple[Questionnaire, Questionnaire, AnswerSheet]) -> None:
    checked, plain, sheet = case
    assert score(checked, sheet) == score(plain, sheet)
    found = find(checked, sheet, score(checked, sheet))
    without = find(plain, sheet, score(plain, sheet))
    assert tuple(one for one in found if one.kind not in DOUBTS) == without


@given(with_checks(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(
    case: tuple[Questionnaire, Questionnaire, AnswerSheet], random: Any
) -> None:
    checked, _, sheet = case
    answers = list(sheet.answers)
    random.shuffle(answers)
    assert doubts_of(checked, sheet.with_answers(answers)) == doubts_of(checked, sheet)


@given(with_checks(), st.data())
def test_a_contradiction_stays_whatever_is_still_answered(
    case: tuple[Questionnaire, Questionnaire, AnswerSheet], data: st.DataObject
) -> None:
    checked, _, sheet = case
    if not any(one.kind == "contradiction" for one in doubts_of(checked, sheet)):
        return
    left = [
        question
        for question in checked.questions_by_id.values()
        if question.values()
        and ((answer := sheet.by_question.get(question.id)) is None or answer.state in ("open", "unknown"))
    ]
    for question in left:
        sheet = sheet.with_answer(
            Answer(question=question.id, value=data.draw(st.sampled_from(question.values())))
        )
    assert any(one.kind == "contradiction" for one in doubts_of(checked, sheet))


# -- other models


def percent(*parts: Data, **more: Any) -> Questionnaire:
    data = questionnaire_data(*parts, **more)
    return Questionnaire.model_validate(
        {**data, "scale": {**data["scale"], "index": {"low": 0, "high": 100}}}
    )


def test_findings_mean_the_same_on_an_index_from_0_to_100() -> None:
    parts = (section("s", *map(level_question, "ab")), section("t", *map(level_question, "cd")))
    more: Data = {"unproven_counts_as": 3}
    for said in ({"a": 5, "b": 4, "c": 1, "d": 2}, {"a": 3, "b": 3, "c": 4, "d": 4}, {"a": 4, "b": 3}):
        of_levels, of_percent = (
            [(one.kind, one.section, one.question, one.level, round(one.severity, 9)) for one in found]
            for found in (
                find(made, a_sheet(made, said), score(made, a_sheet(made, said)))
                for made in (a_questionnaire(*parts, **more), percent(*parts, **more))
            )
        )
        assert of_percent == of_levels != []


def test_a_section_with_points_of_its_own_is_a_gap_below_the_middle_of_them() -> None:
    points = {"low": 0, "high": 3}
    questionnaire = a_questionnaire(
        section("s", *map(level_question, "ab"), points=points),
        section("t", *map(level_question, "cd"), method="sum"),
    )

    def kinds(said: Mapping[str, Any]) -> list[tuple[str, str]]:
        sheet = a_sheet(questionnaire, said)
        return [(one.kind, one.section) for one in find(questionnaire, sheet, score(questionnaire, sheet))]

    assert ("gap", "s") in kinds({"a": 2, "b": 2})
    assert ("strength", "s") in kinds({"a": 4, "b": 4})
    assert ("gap", "t") in kinds({"c": 2, "d": 2})
    assert ("strength", "t") in kinds({"c": 4, "d": 4})
    assert kinds({"a": 3, "b": 3, "c": 3, "d": 3}) == []


def test_one_section_without_caps_or_levels_between_is_enough() -> None:
    questionnaire = a_questionnaire(section("s", level_question("a", levels=(0, 1))), levels=(0, 1))
    sheet = a_sheet(questionnaire, {"a": 0})
    assert [one.kind for one in find(questionnaire, sheet, score(questionnaire, sheet))] == ["gap"]


# -- in words


def told(questionnaire: Questionnaire, said: Mapping[str, Any], **more: Any) -> Teller:
    return Teller(a_report(questionnaire, a_sheet(questionnaire, said, **more)), "en", catalogue("en"))


def the_table(tell: Teller) -> Table:
    return next(block for block in to_ask_again(tell) if isinstance(block, Table))


def test_a_contradiction_stands_with_its_questions_their_answers_and_what_to_ask() -> None:
    questionnaire = two_dimensions(checks=[contradiction(high("a"), {"question": "g", "any_of": ["no"]})])
    ((answered, ask),) = the_table(told(questionnaire, {"a": 4, "g": False})).rows
    assert answered == (
        Line(text="These answers hardly go together.", tone="strong"),
        Line(text="How is a? Answer: level 4.", link="section-x"),
        Line(text="Is g? Answer: no.", link="section-x"),
    )
    assert [line.text for line in ask] == ["Why k?"]


def test_a_run_is_told_by_its_ends_and_its_dimensions() -> None:
    ((answered, _),) = the_table(told(two_dimensions(checks=ROW), dict.fromkeys("bcde", 3))).rows
    assert [line.text for line in answered] == [
        "The same answer stands 4 times in a row: level 3.",
        "First: How is b?",
        "Last: How is e?",
        "x: 3 questions",
        "y: one question",
    ]
    assert [line.link for line in answered[1:]] == ["section-x", "section-y", "section-x", "section-y"]


def test_what_is_set_aside_is_told_in_numbers() -> None:
    tell = told(ten(), dict.fromkeys(("q0", "q1", "g"), "n/a"))
    ((answered, _),) = the_table(tell).rows
    assert [line.text for line in answered] == [
        "3 of 10 questions were said not to apply.",
        "s: 2 questions",
        "t: one question",
    ]


def test_a_section_at_its_best_is_named() -> None:
    ((answered, _),) = the_table(told(tops(), dict.fromkeys("abc", 5))).rows
    assert answered[0].text == "Every answer that counts in “s” is at its best, so far without proof."
    assert len(answered) == 4


def test_doubts_lower_trust_where_the_result_is_summed_up() -> None:
    questionnaire = two_dimensions(checks=[contradiction(high("a"), low("b"))])
    tell = told(questionnaire, {"a": 5, "b": 1, "e": 1, "f": 1})
    (line,) = a_word_of_doubt(tell)
    assert line.link == ANSWERS
    (bullets,) = [block for block in what_stands_out(tell) if isinstance(block, Bullets)]
    assert [one.text.split(" ", 1)[0] for one in bullets.items] == ["One", "Gap:"]
    assert bullets.items[0].text == line.text
    (title, *_) = to_ask_again(tell)
    assert isinstance(title, Heading)
    assert title.text == "One point is worth asking about again"


def test_without_a_doubt_nothing_is_said_about_one() -> None:
    questionnaire = two_dimensions(checks=[contradiction(high("a"), low("b"))])
    tell = told(questionnaire, {"a": 5, "b": 2, "e": 1, "f": 1})
    assert (a_word_of_doubt(tell), list(to_ask_again(tell))) == ((), [])
    (bullets,) = [block for block in what_stands_out(tell) if isinstance(block, Bullets)]
    assert [one.text.split(" ", 1)[0] for one in bullets.items] == ["Gap:"]


def test_no_sentence_about_a_doubt_accuses(flagship: Questionnaire) -> None:
    tell = Teller(a_report(flagship, a_sheet(flagship, WORST, profile=FULL_PROFILE)), "en", catalogue("en"))
    said = [sentence(tell, one) for one in tell.report.findings if one.kind in DOUBTS]
    assert len(said) >= 2
    accusing = ("wrong", "false", "cheat", "lie", "error", "incorrect", "dishonest")
    spoken = [check.follow_up.localize("en") for check in flagship.checks] + said
    assert [text for text in spoken if any(word in text.lower().split() for word in accusing)] == []


def test_every_type_of_answer_is_said_in_a_few_words() -> None:
    options = [
        {"id": name, "label": text(name.upper()), "worth": at} for at, name in enumerate(("no", "some"))
    ]
    items = [{"id": name, "label": text(name.upper())} for name in ("one", "two")]
    label = {"label": text("?")}
    questionnaire = a_questionnaire(
        section(
            "s",
            level_question("level"),
            gate("gate"),
            {"id": "choice", "type": "choice", "options": options, **label},
            {"id": "list", "type": "checklist", "options": items, **label},
            {"id": "none", "type": "checklist", "options": items, **label},
            {"id": "number", "type": "number", "unit": text("days"), "weight": 0, **label},
            {"id": "text", "type": "text", **label},
            gate("unknown"),
            gate("aside"),
            gate("open"),
        )
    )
    said = {
        "level": 3,
        "gate": True,
        "choice": "some",
        "list": ("one", "two"),
        "none": (),
        "number": 2.5,
        "text": "Long.",
        "unknown": "unknown",
        "aside": "n/a",
    }
    report = a_report(questionnaire, a_sheet(questionnaire, {"level": 3}))
    sheet = a_sheet(questionnaire, said)
    tell = Teller(report.model_copy(update={"sheet": sheet}), "en", catalogue("en"))
    assert [answer_in_words(tell, name) for name in questionnaire.questions_by_id] == [
        "level 3",
        "yes",
        "SOME",
        "2 of 2",
        "None of these",
        "2.5\u00a0days",
        "answered in words",
        "not known",
        "not applicable",
        "not answered",
    ]


# -- the flagship


WORST = {"a4-q1": 5, "a4-q2": 1, "w6-q4": 1, "w3-q2": 5}

Way = dict[str, Any]


def ways(condition: Condition) -> Iterator[Way]:
    """Yield the smallest sets of answers that make a condition hold, one for each of its ways."""
    if condition.any is not None:
        for part in condition.any:
            yield from ways(part)
    elif condition.all is not None:
        yield from together(condition.all)
    else:
        assert condition.question is not None
        yield {condition.question: passing(condition)}


def passing(test: Condition) -> bool | float:
    """A value just inside what a single test asks for."""
    if test.any_of:
        return {"yes": True, "no": False}[test.any_of[0]]
    if test.answered:
        return 10
    for limit, step in ((test.at_least, 0), (test.at_most, 0), (test.above, 0.5), (test.below, -0.5)):
        if limit is not None:
            return int(limit) if not step else limit + step
    raise AssertionError(test)


def together(conditions: tuple[Condition, ...]) -> Iterator[Way]:
    for chosen in product(*(list(ways(condition)) for condition in conditions)):
        whole: Way = {}
        for part in chosen:
            whole |= part
        yield whole


def test_the_flagship_has_contradictions_between_answers_of_every_dimension(flagship: Questionnaire) -> None:
    contradictions = [one for one in flagship.checks if isinstance(one, Contradiction)]
    named = {
        flagship.path(test.question)[0]
        for one in contradictions
        for condition in one.when
        for test in condition.tests()
        if test.question in flagship.questions_by_id
    }
    figures = {
        one.id
        for one in contradictions
        if any(name in flagship.figures_by_id for condition in one.when for name in condition.deciders())
    }
    assert 12 <= len(contradictions) - len(figures) <= 20
    assert 8 <= len(figures) <= 15
    assert named == {section.id for section in flagship.sections}
    assert [one.kind for one in flagship.checks[len(contradictions) :]] == [
        "straight_lining",
        "all_top",
        "many_set_aside",
    ]


def test_each_way_into_each_contradiction_is_found_and_is_silent_while_one_answer_is_missing(
    flagship: Questionnaire,
) -> None:
    for one in flagship.checks:
        if not isinstance(one, Contradiction):
            continue
        for way in together(one.when):
            assert len(way) >= 2, one.id
            found = doubts(flagship, way, profile=FULL_PROFILE)
            assert [(f.source, set(f.questions)) for f in found if f.source == one.id] == [(one.id, set(way))]
            for missing in way:
                said = {**way, missing: "unknown"}
                assert one.id not in [f.source for f in doubts(flagship, said, profile=FULL_PROFILE)], one.id


def test_each_pattern_of_the_flagship_can_be_found(flagship: Questionnaire) -> None:
    kinds = {
        "all_top": dict.fromkeys(("e1-q1", "e1-q2", "e1-q3"), 5),
        "straight_lining": every_answer(flagship),
        "many_set_aside": dict.fromkeys(list(flagship.questions_by_id)[:21], "n/a"),
    }
    for kind, said in kinds.items():
        assert kind in [one.kind for one in doubts(flagship, said, profile=FULL_PROFILE)]


def test_all_answers_in_the_middle_with_every_gate_closed_contradict_nothing(flagship: Questionnaire) -> None:
    found = doubts(flagship, every_answer(flagship), profile=FULL_PROFILE)
    assert [one.kind for one in found] == ["straight_lining"], "their sameness is all there is to ask about"
    assert len(found[0].questions) == 88


def test_a_run_of_the_flagship_is_longer_than_chance_makes_it(flagship: Questionnaire) -> None:
    """With six answers in ten at one level, a run of this length comes in fewer than one sheet in a hundred."""
    (row,) = [one for one in flagship.checks if one.kind == "straight_lining"]
    scored = sum(1 for question in flagship.questions_by_id.values() if question.weight)
    share = 0.6
    # of standing at the end of a run of 0, 1, 2 … such answers, with no full run so far
    chance = [1.0] + [0.0] * (row.in_a_row - 1)
    for _ in range(scored):
        ended = sum(chance) * (1 - share)
        chance = [ended, *(each * share for each in chance[:-1])]
    assert 1 - sum(chance) < 0.01


def test_the_sample_shows_one_contradiction() -> None:
    questionnaire, sheet, _ = read_sample("nordlicht", language="en")
    assert [(one.source, one.questions) for one in doubts_of(questionnaire, sheet)] == [
        ("emergency-shortcuts", ("w3-q2", "w6-q4"))
    ]


def test_a_report_keeps_its_doubts_in_json() -> None:
    questionnaire = two_dimensions(checks=[contradiction(high("a"), low("b"))])
    report = a_report(questionnaire, a_sheet(questionnaire, {"a": 5, "b": 1}))
    again = Report.model_validate_json(report.model_dump_json(by_alias=True))
    assert again.findings == report.findings
    assert again.subject == Subject(organisation="Example", held_on=START)
