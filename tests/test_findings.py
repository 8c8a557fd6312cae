"""Findings are data, worst first; each kind by example."""

from typing import Any

from assessment.findings import Finding, Kind, find
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.scoring import score
from tests.conftest import (
    a_questionnaire,
    a_sheet,
    cap,
    gate,
    level_question,
    measure,
    section,
    text,
    two_dimensions,
)


def found(questionnaire: Questionnaire, said: dict[str, Any], kind: str, **more: Any) -> list[Finding]:
    sheet = a_sheet(questionnaire, said, **more)
    return [
        finding for finding in find(questionnaire, sheet, score(questionnaire, sheet)) if finding.kind == kind
    ]


def test_a_cap_that_applies_is_found_for_each_section_it_limits_with_the_measures_that_lift_it() -> None:
    questionnaire = two_dimensions(
        caps=[cap("k", "g", {"x2": 2, "x": 3})],
        measures=[measure("m1", {"a": 3}), measure("m2", {"g": True})],
    )
    said = {**dict.fromkeys("abcdef", 3), "g": False}
    caps = found(questionnaire, said, "cap")
    assert [(f.section, f.question, f.source, f.level, f.measures) for f in caps] == [
        ("x2", "g", "k", 2, ("m2",)),
        ("x", "g", "k", 3, ("m2",)),
    ]
    assert found(questionnaire, said, "possible_cap") == []


def test_a_gate_not_known_is_a_possible_cap() -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 2})])
    said = {**dict.fromkeys("abcdef", 3), "g": "unknown"}
    assert [f.section for f in found(questionnaire, said, "possible_cap")] == ["x2"]
    assert found(questionnaire, said, "cap") == []


def test_a_capability_below_the_middle_is_a_gap_with_the_measures_for_its_weak_questions() -> None:
    questionnaire = two_dimensions(
        measures=[measure("m1", {"a": 3}), measure("m2", {"b": 3}), measure("m3", {"e": 3})]
    )
    gaps = found(questionnaire, {"a": 1, "b": 4, "c": 3, "d": 3, "e": 3, "f": 3}, "gap")
    assert [(f.section, f.measures) for f in gaps] == [("x1", ("m1",))]


def test_gap_and_strength_begin_exactly_where_they_say() -> None:
    questionnaire = two_dimensions()
    said = {"a": 3, "b": 3, "c": 4, "d": 4, "e": 3, "f": 2}
    assert [f.section for f in found(questionnaire, said, "gap")] == ["y"]
    assert [f.section for f in found(questionnaire, said, "strength")] == ["x2"]


def test_what_is_answered_too_little_is_neither_gap_nor_strength() -> None:
    questionnaire = two_dimensions(minimum_coverage=0.6)
    said = {"a": 1, "b": "unknown", "c": 5, "d": "unknown"}
    assert found(questionnaire, said, "gap") == []
    assert found(questionnaire, said, "strength") == []
    assert [f.section for f in found(questionnaire, said, "blind_spot")] == ["x1", "x2"]


def test_the_heavier_gap_comes_first() -> None:
    questionnaire = a_questionnaire(
        section("light", level_question("a")), section("heavy", level_question("b"), weight=5)
    )
    assert [f.section for f in found(questionnaire, {"a": 1, "b": 2}, "gap")] == ["heavy", "light"]


def test_dimensions_two_levels_apart_are_an_imbalance() -> None:
    questionnaire = two_dimensions()
    said = {**dict.fromkeys("abcd", 2), "e": 4, "f": 4}
    (one,) = found(questionnaire, said, "imbalance")
    assert (one.section, one.source, one.level, one.severity) == ("x", "y", 2, 2)
    assert found(questionnaire, {**said, "e": 3, "f": 3}, "imbalance") == []


def test_an_answer_not_asked_yet_is_no_blind_spot_but_one_not_known_is() -> None:
    questionnaire = two_dimensions()
    assert found(questionnaire, {"a": "open", "c": 3}, "blind_spot") == []
    (one,) = found(questionnaire, {"a": 3, "b": "unknown"}, "blind_spot")
    assert (one.section, one.question) == ("x1", "b")


def test_a_hidden_question_is_no_blind_spot() -> None:
    home = {"id": "home", "type": "yes_no", "label": text("Home?")}
    questionnaire = a_questionnaire(
        section(
            "s", level_question("a"), level_question("b", applies_if=[{"profile": "home", "any_of": ["yes"]}])
        ),
        profile=[home],
    )
    said = {"a": 3, "b": "unknown"}
    assert found(questionnaire, said, "blind_spot", profile={"home": "no"}) == []
    assert len(found(questionnaire, said, "blind_spot", profile={"home": "yes"})) == 1


def test_a_claim_far_above_its_evidence_is_found_and_the_question_that_lacks_it_named() -> None:
    questionnaire = two_dimensions(unproven_counts_as=3)
    (one,) = found(questionnaire, {**dict.fromkeys("abcd", 3), "e": 5, "f": 3}, "unproven")
    assert (one.section, one.question, one.severity, one.level) == ("y", "e", 1, 3)
    assert (
        found(questionnaire, {**dict.fromkeys("abcd", 3), "e": 5, "f": 3}, "unproven", evidence="documented")
        == []
    )


def test_the_question_named_is_the_one_that_claims_more_than_it_can_show() -> None:
    questionnaire = two_dimensions(unproven_counts_as=3)
    (one,) = found(questionnaire, {**dict.fromkeys("abcd", 3), "e": 2, "f": 5}, "unproven")
    assert one.question == "f"


def test_findings_are_ordered_by_kind_then_by_severity_then_by_id(flagship_report: Report) -> None:
    kinds = list(Kind.__args__)  # type: ignore[attr-defined]
    key = [(kinds.index(f.kind), -f.severity, f.section) for f in flagship_report.findings]
    assert key == sorted(key)
    assert {f.kind for f in flagship_report.findings} == {
        "cap",
        "possible_cap",
        "gap",
        "contradiction",
        "blind_spot",
        "unproven",
        "straight_lining",
    }


def test_a_gate_in_a_capability_without_scored_answers_is_still_found() -> None:
    questionnaire = a_questionnaire(
        section("x", level_question("a")),
        section("y", level_question("b"), gate("g")),
        caps=[cap("k", "g", {"y": 2})],
    )
    assert [(f.section, f.source) for f in found(questionnaire, {"a": 3, "g": False}, "cap")] == [("y", "k")]
