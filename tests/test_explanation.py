"""Every number opens: its parts, what holds the level, the smallest change that lifts it, what decides the range."""

import pytest

from assessment.explanation import explain
from assessment.lifting import Change, lift
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.scoring import score
from tests.conftest import a_questionnaire, a_sheet, cap, gate, level_question, section, two_dimensions


def test_the_parts_say_what_was_counted_and_what_was_left_out_and_why() -> None:
    questionnaire = a_questionnaire(
        section("s", *(level_question(name, weight=2) for name in "abcd"), level_question("e"), gate("g"))
    )
    sheet = a_sheet(questionnaire, {"a": 4, "b": "unknown", "c": "n/a", "d": "open", "g": True})
    parts = {
        part.of: (part.weight, part.value, part.left_out) for part in explain(questionnaire, sheet, "s").parts
    }
    assert parts == {
        "a": (2, 4, ""),
        "b": (2, None, "not known"),
        "c": (2, None, "not applicable"),
        "d": (2, None, "open"),
        "e": (1, None, "open"),
        "g": (0, 5, "no weight"),
    }


def test_the_parts_of_a_section_give_its_index_again(flagship_report: Report) -> None:
    for explanation in flagship_report.explanations:
        counted = [(part.weight, part.value) for part in explanation.parts if not part.left_out]
        weight = sum(w for w, _ in counted)
        found = flagship_report.scorecard.of(explanation.of).value
        assert found == pytest.approx(sum(w * (v or 0) for w, v in counted) / weight), explanation.of


def test_the_gate_names_the_share_that_is_missing_and_who_stands_lower() -> None:
    questionnaire = a_questionnaire()
    gate_ = explain(questionnaire, a_sheet(questionnaire, {"a": 3, "b": 3, "c": 2, "d": 1}), "s").gate
    assert gate_ is not None
    assert (gate_.level, gate_.rated, gate_.share, gate_.needed, gate_.questions) == (
        3,
        2,
        0.75,
        0.85,
        ("d",),
    )
    gate_ = explain(questionnaire, a_sheet(questionnaire, {"a": 3, "b": 3, "c": 2, "d": 2}), "s").gate
    assert gate_ is not None
    assert (gate_.level, gate_.rated, gate_.share, gate_.needed, gate_.questions) == (
        3,
        3,
        0.5,
        0.5,
        ("c", "d"),
    )


def test_at_the_top_no_gate_is_left_and_nothing_is_to_be_lifted() -> None:
    questionnaire = a_questionnaire()
    explanation = explain(questionnaire, a_sheet(questionnaire, dict.fromkeys("abcd", 5)), "s")
    assert (explanation.gate, explanation.lift, explanation.deciding) == (None, None, ())


def test_without_an_answer_there_is_nothing_to_lift() -> None:
    questionnaire = a_questionnaire()
    explanation = explain(questionnaire, a_sheet(questionnaire), "s")
    assert (explanation.gate, explanation.lift) == (None, None)


def test_a_section_that_is_not_there_is_a_key_error() -> None:
    questionnaire = a_questionnaire()
    with pytest.raises(KeyError):
        explain(questionnaire, a_sheet(questionnaire), "nowhere")


def test_the_answers_that_decide_the_range_come_with_what_they_would_shrink() -> None:
    questionnaire = a_questionnaire(
        section("s", level_question("a", weight=2), level_question("b"), level_question("c"))
    )
    deciding = explain(questionnaire, a_sheet(questionnaire, {"c": 3}), "s").deciding
    assert [(one.question, pytest.approx(one.shrinks)) for one in deciding] == [("a", 2.0), ("b", 1.0)]


def lifted(questionnaire: Questionnaire, said: dict[str, object], section_: str) -> dict[str, object] | None:
    sheet = a_sheet(questionnaire, said)
    found = lift(questionnaire, sheet, section_)
    if found is None:
        return None
    changed = {change.question: change.to for change in found.changes}
    before = score(questionnaire, sheet).of(section_).level
    after = score(questionnaire, a_sheet(questionnaire, {**said, **changed})).of(section_).level
    assert before is not None and after is not None and after > before
    return changed


def test_the_smallest_change_takes_the_fewest_questions_then_the_fewest_levels_then_the_first_id() -> None:
    questionnaire = a_questionnaire()
    assert lifted(questionnaire, {"a": 2, "b": 2, "c": 3, "d": 3}, "s") == {"a": 3}
    assert lifted(questionnaire, {"a": 1, "b": 2, "c": 3, "d": 3}, "s") == {"a": 3}
    assert lifted(questionnaire, {"a": 1, "b": 1, "c": 1, "d": 1}, "s") == {"a": 2, "b": 2, "c": 2}


def test_a_change_names_the_present_answer_and_none_where_there_is_none() -> None:
    questionnaire = a_questionnaire()
    found = lift(questionnaire, a_sheet(questionnaire, {"a": 1, "b": 2, "c": "unknown", "d": "n/a"}), "s")
    assert found is not None
    assert found.changes == (Change(question="a", present=1, to=2),)
    found = lift(questionnaire, a_sheet(questionnaire, {"a": 2, "b": "unknown"}), "s")
    assert found is not None
    assert found.changes == (Change(question="a", present=2, to=3),)


def test_a_lift_closes_the_gate_that_holds_the_level() -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 2})])
    assert lifted(questionnaire, {**dict.fromkeys("abcdef", 4), "g": False}, "x2") == {"g": True}
    assert lifted(questionnaire, {**dict.fromkeys("abcdef", 2), "g": False}, "x2") == {
        "c": 3,
        "d": 3,
        "g": True,
    }


def test_of_two_caps_on_one_question_the_higher_one_is_met() -> None:
    caps = [cap("high", "a", {"s": 1}, below=4), cap("low", "a", {"s": 1}, below=2)]
    for order in (caps, caps[::-1]):
        questionnaire = a_questionnaire(section("s", level_question("a"), level_question("b")), caps=order)
        assert lifted(questionnaire, {"a": 1, "b": 1}, "s") == {"a": 4, "b": 2}


def test_an_open_question_is_not_answered_so_low_that_its_cap_would_apply() -> None:
    questionnaire = a_questionnaire(
        section("s", *(level_question(name) for name in "abc")), caps=[cap("k", "a", {"s": 1}, below=4)]
    )
    assert lifted(questionnaire, {"b": 1, "c": 2}, "s") == {"b": 2}
    assert lifted(questionnaire, {"a": "unknown", "b": 5, "c": 1}, "s") == {"c": 2}


def test_a_lift_reaches_through_the_weakest_part_at_two_depths() -> None:
    questionnaire = a_questionnaire(
        section(
            "x",
            section("x1", level_question("a"), weight=9),
            section("x2", level_question("b")),
            at_most_above_weakest=0,
            weight=9,
        ),
        section("y", level_question("c")),
        at_most_above_weakest=0,
    )
    assert lifted(questionnaire, {"a": 2, "b": 1, "c": 2}, "small") == {"b": 2}
    assert lifted(questionnaire, {"a": 1, "b": 1, "c": 2}, "small") == {"a": 2, "b": 2}


def test_a_gate_outside_the_section_is_named_when_it_holds_the_section() -> None:
    questionnaire = a_questionnaire(
        section("x", level_question("a")),
        section("y", level_question("b"), gate("g")),
        caps=[cap("k", "g", {"x": 2})],
    )
    assert lifted(questionnaire, {"a": 5, "b": 1, "g": False}, "x") == {"g": True}


def test_the_whole_flagship_is_lifted_by_the_dimension_that_holds_it(flagship_report: Report) -> None:
    """Everything at 2 and an open gate: to reach 3 every dimension must reach 2, and most of the weight 3."""
    found = flagship_report.explanation("l3").lift
    assert found is not None
    assert (found.level, [(c.question, c.to) for c in found.changes]) == (
        3,
        [("g06", True), ("l3-q1", 3), ("l3-q2", 3), ("l3-q3", 3)],
    )
