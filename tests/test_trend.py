"""Change over time: each part by hand, alone and together; the laws; the command."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet
from assessment.cli.comparing import comparison
from assessment.errors import AnswersError
from assessment.exports.json import render
from assessment.loader import read_questionnaire, sheet_as_data
from assessment.loader.embedded import embedded_questionnaire
from assessment.loader.sheets import read_report_or_sheet
from assessment.questionnaire import Questionnaire
from assessment.report import Subject, assess
from assessment.scoring import score
from assessment.trend import PARTS, Movement, Occasion, Part, Trend, compare
from tests.conftest import (
    a_questionnaire,
    a_sheet,
    an_answer,
    cap,
    capacity,
    gate,
    level_question,
    questionnaire_data,
    section,
    text,
)
from tests.strategies import OPTIONS, WEIGHTS, profiles, questionnaires, said_to, sheets

Data = dict[str, Any]
CLOSE = 1e-12


def occasion(questionnaire: Questionnaire, said: Mapping[str, Any], **more: Any) -> Occasion:
    return Occasion(questionnaire, a_sheet(questionnaire, said, **more))


def by(name: str, value: Any, who: str, **more: Any) -> Answer:
    return an_answer(name, value, respondent=who, **more)


def split(movement: Movement) -> tuple[float | None, ...]:
    """Old, new, then the four parts, to nine digits."""
    parts = (movement.old, movement.new, *(movement.part(part) for part in PARTS))
    return tuple(None if value is None else round(value, 9) + 0.0 for value in parts)


def of_s(old: Occasion, new: Occasion) -> tuple[float | None, ...]:
    return split(compare(old, new).of("s").self_rated)


def ab(*, version: str = "1.0.0", **weights: float) -> Questionnaire:
    """One section `s` with a level question for each weight."""
    questions = [level_question(name, weight=weight) for name, weight in weights.items()]
    return a_questionnaire(section("s", *questions), version=version)


# ── the questionnaire ────────────────────────────────────────────────────────────────────────────────────────────────


def test_another_weight_is_the_questionnaires_doing() -> None:
    said = {"a": 4, "b": 2}
    old, new = occasion(ab(a=1, b=1), said), occasion(ab(a=3, b=1, version="2.0.0"), said)
    assert of_s(old, new) == (3, 3.5, 0.5, 0, 0, 0)
    trend = compare(old, new)
    assert (trend.versions.old, trend.versions.new, trend.versions.reweighted) == ("1.0.0", "2.0.0", ("a",))
    assert trend.answers == () and trend.summary.largest == "questionnaire"


def test_an_answer_to_a_question_that_is_gone_is_left_out_and_listed() -> None:
    old = occasion(ab(a=1, b=1, c=1), {"a": 4, "b": 1, "c": 4})
    new = occasion(ab(a=1, c=1, version="2.0.0"), {"a": 4, "c": 4})
    assert of_s(old, new) == (3, 4, 1, 0, 0, 0)
    trend = compare(old, new)
    assert trend.versions.removed == trend.versions.answers_left_out == ("b",)
    assert [(c.question, c.kind, c.part) for c in trend.answers] == [("b", "gone", "questionnaire")]
    assert trend.of("s").answers[0].self_rated == pytest.approx(1)


def test_a_value_that_the_new_question_does_not_admit_is_left_out_and_the_new_one_comes_in_as_scope() -> None:
    said = {"a": 2, "b": 4}
    then = ab(a=1, b=1)
    now = a_questionnaire(section("s", level_question("a"), gate("b", weight=1)), version="2.0.0")
    old, new = occasion(then, said), occasion(now, {"a": 2, "b": True})
    assert of_s(old, new) == (3, 3.5, -1, 1.5, 0, 0)
    trend = compare(old, new)
    assert (trend.versions.values_left_out, trend.versions.answers_left_out) == (("b",), ())
    assert trend.answer("b").kind == "not_admitted"


def test_a_value_is_worth_what_the_new_question_says() -> None:
    def asks(most: int, version: str) -> Questionnaire:
        question = level_question("a", levels=range(most + 1), own_scale=True)
        return a_questionnaire(section("s", question, level_question("b")), version=version)

    said = {"a": 2, "b": 3}
    old, new = occasion(asks(4, "1.0.0"), said), occasion(asks(2, "2.0.0"), said)
    assert of_s(old, new) == (3, 4, 1, 0, 0, 0)
    assert compare(old, new).versions.revalued == ("a",)


def test_a_question_that_moved_is_the_questionnaires_doing_in_both_sections() -> None:
    a, b, c = map(level_question, "abc")
    then = a_questionnaire(section("s", a, b), section("t", c))
    now = a_questionnaire(section("s", a), section("t", b, c), version="2.0.0")
    said = {"a": 1, "b": 5, "c": 1}
    trend = compare(occasion(then, said), occasion(now, said))
    assert split(trend.of("s").self_rated) == (3, 1, -2, 0, 0, 0)
    assert split(trend.of("t").self_rated) == (1, 3, 2, 0, 0, 0)
    assert split(trend.sections[0].self_rated) == (2, 2, 0, 0, 0, 0)
    assert [(m.of, m.old, m.new) for m in trend.versions.moved] == [("b", "s", "t")]
    assert trend.answers == ()


def test_sections_in_one_version_only_are_named_and_not_compared() -> None:
    then = a_questionnaire(section("s", level_question("a")), section("t", level_question("b")))
    now = a_questionnaire(
        section("s", level_question("a")), section("u", level_question("c")), version="2.0.0"
    )
    trend = compare(occasion(then, {"a": 2, "b": 2}), occasion(now, {"a": 2, "c": 2}))
    assert [found.of for found in trend.sections] == ["small", "s"]
    assert (trend.versions.sections_added, trend.versions.sections_removed) == (("u",), ("t",))
    with pytest.raises(KeyError):
        trend.of("t")


def test_a_condition_that_the_old_facts_cannot_decide_leaves_a_question_as_it_was() -> None:
    field = {"id": "home", "type": "yes_no", "label": text("Home?")}
    now = a_questionnaire(
        section(
            "s", level_question("a"), level_question("b", applies_if=[{"profile": "home", "any_of": ["yes"]}])
        ),
        profile=[field],
        version="2.0.0",
    )
    old = occasion(ab(a=1, b=1), {"a": 1, "b": 3})
    assert of_s(old, occasion(now, {"a": 1, "b": 5}, profile={"home": "yes"})) == (2, 3, 0, 0, 0, 1)
    assert of_s(old, occasion(now, {"a": 1}, profile={"home": "no"})) == (2, 1, 0, -1, 0, 0)


def test_what_the_new_version_hides_by_the_old_facts_leaves_with_the_questionnaire() -> None:
    def asks(version: str, **more: Any) -> Questionnaire:
        field = {"id": "home", "type": "yes_no", "label": text("Home?")}
        parts = section("s", level_question("a"), level_question("b", **more))
        return a_questionnaire(parts, profile=[field], version=version)

    at_home = [{"profile": "home", "any_of": ["yes"]}]
    old = occasion(asks("1.0.0"), {"a": 1, "b": 3}, profile={"home": "no"})
    version = asks("2.0.0", applies_if=at_home)
    gone = compare(old, occasion(version, {"a": 1}, profile={"home": "no"}))
    assert split(gone.of("s").self_rated) == (2, 1, -1, 0, 0, 0)
    assert [(c.kind, c.part) for c in gone.answers] == [("gone", "questionnaire")]
    back = compare(old, occasion(version, {"a": 1, "b": 5}, profile={"home": "yes"}))
    assert split(back.of("s").self_rated) == (2, 3, -1, 1, 0, 1)
    assert [(c.kind, c.part) for c in back.answers] == [("better", "real")]


def test_a_profile_field_that_is_gone_is_left_out_and_listed() -> None:
    def field(*options: str) -> Data:
        return {"id": "size", "type": "one", "label": text("Size?"), "options": [
            {"id": option, "label": text(option)} for option in options
        ]}  # fmt: skip

    gone = {"id": "home", "type": "yes_no", "label": text("Home?")}
    then = a_questionnaire(profile=[field("small", "large"), gone])
    now = a_questionnaire(profile=[field("large", "huge")], version="2.0.0")
    trend = compare(
        occasion(then, {"a": 1}, profile={"size": "small", "home": "yes"}),
        occasion(now, {"a": 1}, profile={"size": "huge"}),
    )
    assert trend.versions.profile_left_out == ("size", "home")
    assert [(p.field, p.old, p.new) for p in trend.scope.profile] == [
        ("size", "small", "huge"),
        ("home", "yes", None),
    ]


def test_a_report_cannot_be_compared_with_one_by_another_questionnaire() -> None:
    other = a_questionnaire(section("s", level_question("a")), id="other")
    with pytest.raises(AnswersError) as caught:
        compare(occasion(ab(a=1), {"a": 2}), occasion(other, {"a": 2}))
    assert "the old assessment is by “small”, the new one by “other”" in str(caught.value)


# ── scope ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_set_aside_is_scope() -> None:
    questionnaire = ab(a=1, b=1, c=1)
    old = occasion(questionnaire, {"a": 5, "b": 3, "c": 1})
    new = occasion(questionnaire, {"a": 5, "b": 3, "c": "n/a"})
    assert of_s(old, new) == (3, 4, 0, 1, 0, 0)
    trend = compare(old, new)
    assert [(c.kind, c.part) for c in trend.answers] == [("set_aside", "scope")]
    assert (trend.scope.left, trend.scope.entered) == (("c",), ())
    back = compare(new, old)
    assert split(back.of("s").self_rated) == (4, 3, 0, -1, 0, 0)
    assert [(c.kind, c.part) for c in back.answers] == [("taken_up", "scope")]


def test_a_weak_answer_that_did_not_count_then_is_scope_and_hides_no_real_progress() -> None:
    questionnaire = ab(a=1, b=1, c=1)
    old = occasion(questionnaire, {"a": 3, "b": 3, "c": "n/a"})
    new = occasion(questionnaire, {"a": 4, "b": 4, "c": 1})
    assert of_s(old, new) == (3, 3, 0, pytest.approx(-2 / 3), 0, pytest.approx(2 / 3))


def test_a_new_profile_and_what_it_hides_is_scope() -> None:
    field = {"id": "home", "type": "yes_no", "label": text("Home?")}
    questionnaire = a_questionnaire(
        section("s", level_question("a")),
        section("t", level_question("b"), applies_if=[{"profile": "home", "any_of": ["yes"]}]),
        profile=[field],
    )
    old = occasion(questionnaire, {"a": 2, "b": 4}, profile={"home": "yes"})
    new = occasion(questionnaire, {"a": 2, "b": 4}, profile={"home": "no"})
    trend = compare(old, new)
    assert split(trend.sections[0].self_rated) == (3, 2, 0, -1, 0, 0)
    assert [(p.field, p.old, p.new) for p in trend.scope.profile] == [("home", "yes", "no")]
    hidden = trend.of("t").self_rated
    assert (hidden.not_comparable, hidden.new_status, hidden.change, hidden.scope) == (
        "now", "not_applicable", None, None,
    )  # fmt: skip
    assert trend.answer("b").kind == "gone"


def test_an_improvement_that_opens_a_weak_question_is_still_an_improvement() -> None:
    follow_up = level_question("f", applies_if=[{"question": "d", "at_least": 3}])
    questionnaire = a_questionnaire(section("s", level_question("a"), level_question("d"), follow_up))
    old, new = occasion(questionnaire, {"a": 5, "d": 1}), occasion(questionnaire, {"a": 5, "d": 3, "f": 1})
    assert of_s(old, new) == (3, 3, 0, pytest.approx(-2 / 3), 0, pytest.approx(2 / 3))
    assert compare(old, new).answer("f").kind == "new"


def test_the_complete_edition_after_the_short_one_is_scope() -> None:
    questionnaire = a_questionnaire(section("s", level_question("a", short=True), level_question("b")))
    old = occasion(questionnaire, {"a": 4}, short=True)
    new = occasion(questionnaire, {"a": 4, "b": 2})
    assert of_s(old, new) == (4, 3, 0, -1, 0, 0)
    trend = compare(old, new)
    assert (trend.scope.old_short, trend.scope.new_short, trend.scope.entered) == (True, False, ("b",))


def test_an_answer_kept_from_before_it_was_hidden_is_no_old_answer() -> None:
    questionnaire = a_questionnaire(section("s", level_question("a", short=True), level_question("b")))
    old = occasion(questionnaire, {"a": 4, "b": 5}, short=True)
    new = occasion(questionnaire, {"a": 4, "b": 2})
    assert of_s(old, new) == (4, 3, 0, -1, 0, 0)


def test_a_question_that_is_new_comes_in_as_scope_also_where_open_answers_count_as_worst() -> None:
    for unanswered in ("left_out", "worst"):
        then = a_questionnaire(section("s", level_question("a")), unanswered=unanswered)
        parts = section("s", level_question("a"), level_question("b"))
        now = a_questionnaire(parts, unanswered=unanswered, version="2.0.0")
        old, new = occasion(then, {"a": 4}), occasion(now, {"a": 5, "b": 2})
        assert of_s(old, new) == (4, 3.5, 0, -1, 0, 0.5)


# ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_others_answered_otherwise_is_people() -> None:
    questionnaire = ab(a=1, b=1)
    old = occasion(questionnaire, {"a": by("a", 2, "Ute"), "b": by("b", 2, "Ute")})
    new = occasion(questionnaire, {"a": by("a", 4, "Jan"), "b": by("b", 3, "Ute")})
    assert of_s(old, new) == (2, 3.5, 0, 0, 1, 0.5)
    trend = compare(old, new)
    assert [(c.question, c.kind, c.part, c.by) for c in trend.answers] == [
        ("a", "better", "people", 0.5),
        ("b", "better", "real", 0.25),
    ]


@pytest.mark.parametrize(
    ("then", "now"), [("", "Jan"), ("Ute", ""), ("", ""), ("Ute", "Ute"), ("Ute", " Ute ")]
)
def test_people_count_only_where_both_answers_say_by_whom(then: str, now: str) -> None:
    questionnaire = ab(a=1, b=1)
    old = occasion(questionnaire, {"a": by("a", 2, then), "b": 2})
    new = occasion(questionnaire, {"a": by("a", 4, now), "b": 2})
    assert of_s(old, new) == (2, 3, 0, 0, 0, 1)


# ── real change, and what is only known now ──────────────────────────────────────────────────────────────────────────


def test_what_is_left_is_real() -> None:
    questionnaire = ab(a=3, b=1)
    trend = compare(occasion(questionnaire, {"a": 2, "b": 4}), occasion(questionnaire, {"a": 4, "b": 2}))
    assert split(trend.of("s").self_rated) == (2.5, 3.5, 0, 0, 0, 1)
    assert [(c.question, c.kind, c.by) for c in trend.answers] == [("a", "better", 0.5), ("b", "worse", -0.5)]
    assert [(i.question, i.self_rated) for i in trend.of("s").answers] == [("a", 1.5), ("b", -0.5)]
    assert trend.summary.answers == {"better": 1, "worse": 1}
    assert (trend.summary.rising, trend.summary.falling) == (("small", "s"), ())


def test_what_was_not_known_before_is_told_apart_and_lies_within_the_ranges() -> None:
    questionnaire = ab(a=1, b=1, c=1)
    old = occasion(questionnaire, {"a": 3, "b": 3, "c": "unknown"})
    moved = compare(old, occasion(questionnaire, {"a": 3, "b": 3, "c": 5})).of("s").self_rated
    assert (moved.real, moved.known) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    # The old range reaches from (3+3+1)/3 to (3+3+5)/3; the new one is a point, and the old index is not in it.
    assert (moved.old_low, moved.old_high) == (pytest.approx(7 / 3), pytest.approx(11 / 3))
    assert not moved.within_range
    both = compare(old, occasion(questionnaire, {"a": 3, "b": "unknown", "c": 4})).of("s").self_rated
    assert both.within_range and both.change == pytest.approx(0.5)
    assert both.known == pytest.approx(both.real)


def test_what_is_known_now_is_counted_before_what_became_better() -> None:
    questionnaire = ab(a=1, b=1)
    old, new = occasion(questionnaire, {"a": 1, "b": "unknown"}), occasion(questionnaire, {"a": 2, "b": 5})
    moved = compare(old, new).of("s").self_rated
    # 1 then, (1+5)/2 = 3 with what is known now, (2+5)/2 = 3.5 now
    assert (moved.old, moved.known, moved.real, moved.new) == (1, 2, 2.5, 3.5)


def test_leaving_a_weak_answer_out_is_no_progress_that_was_known() -> None:
    questionnaire = ab(a=1, b=1)
    trend = compare(
        occasion(questionnaire, {"a": 1, "b": 4}), occasion(questionnaire, {"a": "unknown", "b": 4})
    )
    moved = trend.of("s").self_rated
    assert (moved.real, moved.known) == (1.5, 1.5)
    assert trend.answer("a").kind == "not_known"


def test_better_evidence_is_real_change_of_the_confirmed_result_only() -> None:
    questionnaire = a_questionnaire(unproven_counts_as=3)
    old = occasion(questionnaire, {"a": 5, "b": 3})
    new = occasion(questionnaire, {"a": an_answer("a", 5, evidence="documented"), "b": 3})
    trend = compare(old, new)
    assert split(trend.of("s").self_rated) == (4, 4, 0, 0, 0, 0)
    assert split(trend.of("s").confirmed) == (3, 4, 0, 0, 0, 1)
    assert [(c.kind, c.by) for c in trend.answers] == [("evidence", 0)]
    assert [(i.self_rated, i.confirmed) for i in trend.of("s").answers] == [(0, 1)]


def test_another_value_of_the_same_worth_and_a_question_not_known_both_times_are_told_as_such() -> None:
    options = [
        {"id": name, "label": text(name), "worth": worth} for name, worth in (("x", 0), ("y", 1), ("z", 1))
    ]
    choice = {"id": "c", "type": "choice", "label": text("Which?"), "options": options}
    questionnaire = a_questionnaire(section("s", level_question("a"), level_question("b"), choice))
    old = occasion(questionnaire, {"a": 2, "b": "unknown", "c": "y"})
    new = occasion(questionnaire, {"a": 2, "b": "open", "c": "z"})
    assert [(c.question, c.kind) for c in compare(old, new).answers] == [("c", "other")]


# ── all together ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_four_parts_at_once() -> None:
    old = occasion(ab(a=1, b=1, c=1, z=1), {"a": by("a", 2, "Ute"), "b": 2, "c": 4, "z": 4})
    new = occasion(
        ab(a=2, b=1, c=1, e=1, version="2.0.0"), {"a": by("a", 4, "Jan"), "b": 3, "c": "n/a", "e": 5}
    )
    # then (2+2+4+4)/4 = 3 · by the new version (2·2+2+4)/4 = 2.5 · without c and with e (2·2+2+5)/4 = 2.75
    # · by Jan (2·4+2+5)/4 = 3.75 · now (2·4+3+5)/4 = 4
    assert of_s(old, new) == (3, 4, -0.5, 0.25, 1, 0.25)
    trend = compare(old, new)
    assert {c.question: (c.kind, c.part) for c in trend.answers} == {
        "a": ("better", "people"),
        "b": ("better", "real"),
        "c": ("set_aside", "scope"),
        "e": ("new", "scope"),
        "z": ("gone", "questionnaire"),
    }
    assert (trend.versions.added, trend.versions.removed, trend.versions.reweighted) == (
        ("e",),
        ("z",),
        ("a",),
    )
    assert trend.summary.largest == "people"
    # a: 4 − (2·2+3+5)/4 = 1 · e: 4 − (2·4+3)/3 = 1/3 · b: 4 − 15/4 · c: 4 − (2·4+3+5+4)/5 = 0 · z, in the old one: 8/3 − 3
    assert [(i.question, round(i.self_rated or 0, 9)) for i in trend.of("s").answers] == [
        ("a", 1.0),
        ("e", 0.333333333),
        ("z", -0.333333333),
        ("b", 0.25),
        ("c", 0.0),
    ]


# ── levels and caps ──────────────────────────────────────────────────────────────────────────────────────────────────


def capped(version: str = "1.0.0", *, caps: bool = True, **more: Any) -> Questionnaire:
    parts = section("s", level_question("a"), gate("g", **more))
    return a_questionnaire(parts, caps=[cap("no-gate", "g", {"s": 2})] if caps else [], version=version)


def test_a_cap_that_is_lifted_by_an_answer_is_real_and_moves_the_level_alone() -> None:
    old, new = occasion(capped(), {"a": 4, "g": False}), occasion(capped(), {"a": 4, "g": True})
    trend = compare(old, new)
    moved = trend.of("s").self_rated
    assert (moved.change, moved.old_level, moved.new_level) == (0, 2, 4)
    assert [(h.kind, h.source, h.level) for h in moved.old_holds] == [("cap", "no-gate", 2)]
    assert moved.new_holds == ()
    assert [(c.cap, c.change, c.part) for c in moved.caps] == [("no-gate", "lifted", "real")]
    assert (trend.summary.lifted, trend.summary.opened, trend.summary.levels) == (("no-gate",), (), 0)
    back = compare(new, old)
    assert [(c.change, c.part) for c in back.of("s").self_rated.caps] == [("opened", "real")]
    assert back.summary.opened == ("no-gate",)


def test_a_cap_that_another_version_or_another_scope_lifts_is_told_as_theirs() -> None:
    old = occasion(capped(), {"a": 4, "g": False})
    for new, part in (
        (occasion(capped("2.0.0", caps=False), {"a": 4, "g": False}), "questionnaire"),
        (occasion(capped(), {"a": 4, "g": "n/a"}), "scope"),
    ):
        found = compare(old, new).of("s").self_rated
        assert [(c.change, c.part) for c in found.caps] == [("lifted", part)]


def test_a_cap_that_comes_and_goes_on_the_way_is_told_by_the_last_part_that_turned_it() -> None:
    field = {"id": "home", "type": "yes_no", "label": text("Home?")}
    at_home = [{"profile": "home", "any_of": ["yes"]}]
    parts = section("s", level_question("a"), gate("g", applies_if=at_home))
    caps = [cap("no-gate", "g", {"s": 2})]
    now = a_questionnaire(parts, profile=[field], caps=caps, version="2.0.0")
    then = a_questionnaire(section("s", level_question("a"), gate("g")), profile=[field], caps=caps)
    # Hidden by the new version, back in the new scope with the old "no", lifted by the new "yes".
    old = occasion(then, {"a": 4, "g": False}, profile={"home": "no"})
    new = occasion(now, {"a": 4, "g": True}, profile={"home": "yes"})
    assert [(c.change, c.part) for c in compare(old, new).of("s").self_rated.caps] == [("lifted", "real")]


def test_the_weakest_part_that_holds_a_level_is_named() -> None:
    parts = (section("s", level_question("a"), weight=3), section("t", level_question("b")))
    questionnaire = a_questionnaire(*parts, at_most_above_weakest=0)
    trend = compare(occasion(questionnaire, {"a": 5, "b": 1}), occasion(questionnaire, {"a": 5, "b": 5}))
    whole = trend.sections[0].self_rated
    assert [(h.kind, h.source, h.level) for h in whole.old_holds] == [("weakest", "t", 1)]
    assert (whole.old_level, whole.new_level, whole.new_holds) == (1, 5, ())


# ── what cannot be told ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("then", "now", "missing", "known"),
    [
        ({}, {"a": 2}, "then", {"people", "real"} - {"people", "real"}),
        ({"a": 2}, {"a": "unknown"}, "now", {"questionnaire", "scope", "people"}),
        ({"a": 2, "b": "unknown"}, {"a": "n/a", "b": 3}, "in_the_new_scope", {"questionnaire"}),
    ],
)
def test_a_part_without_an_index_before_or_after_it_is_none_and_the_step_is_named(
    then: Data, now: Data, missing: str, known: set[Part]
) -> None:
    questionnaire = ab(a=1, b=1)
    moved = compare(occasion(questionnaire, then), occasion(questionnaire, now)).of("s").self_rated
    assert moved.not_comparable == missing
    assert {part for part in PARTS if moved.part(part) is not None} == known
    assert (moved.change is None) == (missing in ("then", "now"))


def test_versions_without_a_question_in_common_share_no_index() -> None:
    old, new = occasion(ab(a=1), {"a": 2}), occasion(ab(b=1, version="2.0.0"), {"b": 4})
    trend = compare(old, new)
    moved = trend.of("s").self_rated
    assert moved.not_comparable == "by_the_new_questionnaire"
    assert (moved.change, moved.questionnaire, moved.scope, moved.people, moved.real) == (2, None, None, 0, 0)
    assert trend.summary.largest is None
    assert [i.self_rated for i in trend.of("s").answers] == [None, None]


def test_somebody_else_who_does_not_know_leaves_nothing_to_compare_with() -> None:
    questionnaire = ab(a=1, b=1)
    old = occasion(questionnaire, {"a": by("a", 2, "Ute"), "b": "unknown"})
    new = occasion(questionnaire, {"a": by("a", "unknown", "Jan"), "b": 3})
    assert compare(old, new).of("s").self_rated.not_comparable == "with_the_new_people"


def test_too_little_coverage_then_or_now_is_in_the_result() -> None:
    questionnaire = a_questionnaire(minimum_coverage=0.6)
    trend = compare(occasion(questionnaire, {"a": 2}), occasion(questionnaire, dict.fromkeys("abcd", 2)))
    moved = trend.of("s").self_rated
    assert (moved.old_status, moved.new_status) == ("low_coverage", "scored")


# ── other ranges ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_index_on_another_range_is_brought_to_the_new_one_by_its_position() -> None:
    then = a_questionnaire(section("s", level_question("a"), level_question("b")))
    data = questionnaire_data(section("s", level_question("a"), level_question("b")), version="2.0.0")
    data["scale"]["index"] = {"low": 0, "high": 100}
    now = Questionnaire.model_validate(data)
    moved = compare(occasion(then, {"a": 3, "b": 3}), occasion(now, {"a": 3, "b": 5})).of("s").self_rated
    assert (moved.rescaled, moved.reported, moved.bottom, moved.top) == (True, 3, 0, 100)
    assert split(moved) == (50, 75, 0, 0, 0, 25)
    assert (moved.old_low, moved.old_high) == (50, 50)


def test_the_position_of_a_sum_is_compared_when_more_can_be_added() -> None:
    def adding(version: str, **weights: float) -> Questionnaire:
        questions = [gate(name, weight=weight) for name, weight in weights.items()]
        return a_questionnaire(section("s", *questions, method="sum"), version=version)

    old = occasion(adding("1.0.0", a=2, b=2), {"a": True, "b": False})
    same = compare(old, occasion(adding("1.0.0", a=2, b=2), {"a": True, "b": True})).of("s").self_rated
    assert (same.rescaled, split(same)) == (False, (2, 4, 0, 0, 0, 2))
    more = compare(old, occasion(adding("2.0.0", a=2, b=2, c=4), {"a": True, "b": True, "c": False}))
    # 2 of 4 then, 4 of 8 now: as far as before. With c and without b only a quarter would have been reached.
    moved = more.of("s").self_rated
    assert (moved.rescaled, moved.reported) == (True, 2)
    assert split(moved) == (4, 4, 0, -2, 0, 2)


STATES = ("unknown", "open", "n/a")

# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_data(questionnaire: Questionnaire) -> Data:
    return questionnaire.model_dump(mode="json", by_alias=True, exclude_none=True)


def all_sections(parts: list[Data]) -> list[Data]:
    return [found for part in parts for found in (part, *all_sections(part.get("sections", [])))]


def asks_only(condition: Data, names: set[str]) -> bool:
    """Whether a condition, with all it joins, mentions no other questions than these."""
    parts = [*condition.get("all", ()), *condition.get("any", ()), *filter(None, [condition.get("not")])]
    mentioned = condition.get("question")
    return (mentioned is None or mentioned in names) and all(asks_only(part, names) for part in parts)


@st.composite
def next_version(draw: st.DrawFn, questionnaire: Questionnaire) -> Questionnaire:
    """Questions are taken out, added, moved and weighted anew; conditions come and go; so do caps."""
    data = as_data(questionnaire) | {"version": "2.0.0"}
    places = all_sections(data["sections"])
    questions = [question for place in places for question in place["questions"]]
    kept = [q for q in questions if draw(st.integers(0, 4))] or questions[:1]
    names = {q["id"] for q in kept}
    levels = [step["level"] for step in data["scale"]["levels"]]
    for number in range(draw(st.integers(0, 3))):
        made = level_question(f"n{number}", levels=levels, weight=draw(st.sampled_from(WEIGHTS)))
        kept.append(made | {"short": draw(st.booleans()), "stage": draw(st.sampled_from(levels))})
    homes = {q["id"]: place["id"] for place in places for q in place["questions"]}
    for place in places:
        place["questions"] = []
        if not draw(st.integers(0, 3)):
            place["weight"] = draw(st.sampled_from(WEIGHTS))
    by_id = {place["id"]: place for place in places}
    below: Data = {}
    for question in kept:
        stays = question["id"] in homes and draw(st.integers(0, 3))
        home = homes[question["id"]] if stays else draw(st.sampled_from(sorted(by_id)))
        by_id[home]["questions"].append(question)
        if question.get("weight", 1) and question["type"] != "text" and not draw(st.integers(0, 3)):
            question["weight"] = draw(st.sampled_from(WEIGHTS))
        if question["type"] == "level" and not draw(st.integers(0, 5)):
            question |= {"own_scale": True, "anchors": {step: text("x") for step in levels[:2]}}
            below[question["id"]] = levels[1]
        conditions = [c for c in question.get("applies_if", ()) if asks_only(c, names)]
        if not draw(st.integers(0, 3)):
            conditions = []
        if data["profile"] and not draw(st.integers(0, 5)):
            field = draw(st.sampled_from(sorted(OPTIONS)))
            conditions.append({"profile": field, "any_of": [draw(st.sampled_from(OPTIONS[field]))]})
        question["applies_if"] = conditions
    caps = [c for c in data["caps"] if c["question"] in names]
    data["caps"] = [c | {"below": below.get(c["question"], c["below"])} for c in caps]
    return Questionnaire.model_validate(data)


@st.composite
def answered(draw: st.DrawFn, questionnaire: Questionnaire) -> AnswerSheet:
    """A sheet in which most questions have a value, and most values say by whom."""
    answers = []
    for question in questionnaire.questions_by_id.values():
        said = said_to(draw, question, given_only=draw(st.integers(0, 4)) > 0)
        evidence = draw(st.sampled_from(("none", "documented"))) if said not in STATES else "none"
        who = draw(st.sampled_from(("Ute", "Jan", "Jan", "")))
        answers.append(an_answer(question.id, said, respondent=who, evidence=evidence))
    profile = draw(profiles(questionnaire))
    whole = a_sheet(questionnaire, profile=profile, short=not draw(st.integers(0, 7)))
    return whole.with_answers(answers)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Occasion, Occasion]:
    """Two assessments, by the same version or by two."""
    then = draw(questionnaires(profile_conditions=draw(st.booleans())))
    now = draw(next_version(then)) if draw(st.booleans()) else then
    return Occasion(then, draw(answered(then))), Occasion(now, draw(answered(now)))


def movements(trend: Trend) -> list[Movement]:
    return [movement for found in trend.sections for movement in (found.self_rated, found.confirmed)]


@settings(max_examples=500)
@given(pairs())
def test_the_parts_add_up_to_the_change_between_what_the_two_assessments_report(
    pair: tuple[Occasion, Occasion],
) -> None:
    trend = compare(*pair)
    for movement in movements(trend):
        parts = [movement.part(part) for part in PARTS]
        if movement.not_comparable is None:
            assert movement.change is not None
            assert abs(sum(part for part in parts if part is not None) - movement.change) <= CLOSE
        assert (None in parts) == (movement.not_comparable is not None)
        assert (movement.change is None) == (movement.not_comparable in ("then", "now"))
    old, new = (score(*one) for one in pair)
    for found in trend.sections:
        for movement, then, now in (
            (found.self_rated, old.of(found.of), new.of(found.of)),
            (found.confirmed, old.confirmed_of(found.of), new.confirmed_of(found.of)),
        ):
            assert movement.reported == then.value
            assert movement.new == pytest.approx(now.value, abs=CLOSE)
            if not movement.rescaled:
                assert movement.old == pytest.approx(then.value, abs=CLOSE)
            assert (movement.old_level, movement.new_level) == (then.level, now.level)


@settings(max_examples=500)
@given(st.data())
def test_a_sheet_compared_with_itself_has_not_changed_at_all(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    one = Occasion(questionnaire, data.draw(answered(questionnaire)))
    trend = compare(one, one)
    assert trend.answers == () and trend.scope.entered == trend.scope.left == ()
    for movement in movements(trend):
        assert not movement.caps and not movement.rescaled
        if movement.old is not None:
            assert [movement.part(part) for part in PARTS] == [0, 0, 0, 0]
            assert (movement.change, movement.known) == (0, 0)
            low, high = movement.old_low, movement.old_high
            assert movement.within_range == (
                low is not None and high is not None and low - 1e-9 <= movement.old <= high + 1e-9
            )


@settings(max_examples=500)
@given(pairs())
def test_old_and_new_swapped_negate_the_change(pair: tuple[Occasion, Occasion]) -> None:
    there, back = compare(*pair), compare(*reversed(pair))
    assert {found.of for found in there.sections} == {found.of for found in back.sections}
    for found in there.sections:
        for one, other in (
            (found.self_rated, back.of(found.of).self_rated),
            (found.confirmed, back.of(found.of).confirmed),
        ):
            assert one.rescaled == other.rescaled and one.within_range == other.within_range
            assert (one.change is None) == (other.change is None)
            if one.change is not None and other.change is not None and not one.rescaled:
                assert abs(one.change + other.change) <= CLOSE
            turned = {"lifted": "opened", "opened": "lifted"}
            assert [(c.cap, turned[c.change]) for c in one.caps] == [(c.cap, c.change) for c in other.caps]


@settings(max_examples=500)
@given(st.data())
def test_by_one_version_with_nothing_set_aside_or_hidden_only_answers_change_anything(
    data: st.DataObject,
) -> None:
    plain = data.draw(questionnaires(profile_conditions=False, question_conditions=False))
    one, other = (
        sheet.with_answers(a for a in sheet.answers if a.state != "not_applicable")
        for sheet in (data.draw(sheets(plain, short=False)), data.draw(sheets(plain, short=False)))
    )
    for movement in movements(compare(Occasion(plain, one), Occasion(plain, other))):
        assert {movement.questionnaire, movement.scope, movement.people} <= {0, None}


@settings(max_examples=500)
@given(pairs())
def test_where_nothing_became_worse_real_change_beyond_what_was_not_known_is_never_negative(
    pair: tuple[Occasion, Occasion],
) -> None:
    old, new = pair
    worth = {q.id: q.worth for q in new.questionnaire.questions_by_id.values()}
    risen = []
    for answer in new.sheet.answers:
        before = old.sheet.by_question.get(answer.question)
        try:
            fell = before is not None and worth[answer.question](answer.value) < worth[answer.question](
                before.value
            )
        except ValueError:  # not known at one of the two times, or not admitted any more
            fell = False
        risen.append(before if fell and before is not None else answer)
    trend = compare(old, Occasion(new.questionnaire, new.sheet.with_answers(risen)))
    assert not any(change.kind == "worse" for change in trend.answers)
    for found in trend.sections:
        moved = found.self_rated
        if moved.real is not None and moved.known is not None:
            assert moved.real - moved.known >= -CLOSE * 100


@settings(max_examples=500)
@given(st.data())
def test_the_questionnaire_part_is_the_old_answers_scored_by_the_new_version(data: st.DataObject) -> None:
    then = data.draw(questionnaires(profile_conditions=False, question_conditions=False, shapes=False))
    sheet = data.draw(sheets(then, short=False))
    now = data.draw(next_version(then))
    kept = []
    for answer in sheet.answers:
        question = now.questions_by_id.get(answer.question)
        if question is not None and (answer.value is None or answer.value in question.values()):
            kept.append(answer)  # the values of these types are the ones that they admit
    rescored = score(now, AnswerSheet(questionnaire=now.id, version=now.version, answers=tuple(kept)))
    before = score(then, sheet)
    trend = compare(Occasion(then, sheet), Occasion(now, data.draw(sheets(now))))
    for found in trend.sections:
        one, other = before.of(found.of).value, rescored.of(found.of).value
        if one is not None and other is not None:
            assert found.self_rated.questionnaire == pytest.approx(other - one, abs=CLOSE)


@settings(max_examples=500)
@given(pairs())
def test_a_trend_is_the_same_out_of_json_and_lists_each_change_in_the_sections_above_it_by_its_influence(
    pair: tuple[Occasion, Occasion],
) -> None:
    trend = compare(*pair)
    assert Trend.model_validate_json(trend.model_dump_json()) == trend
    assert {found.question for found in trend.sections[0].answers} == {c.question for c in trend.answers}
    for found in trend.sections:
        effects = [float("inf") if i.self_rated is None else abs(i.self_rated) for i in found.answers]
        assert all(one >= other for one, other in pairwise(effects))


# ── the command, and old reports ─────────────────────────────────────────────────────────────────────────────────────


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(comparison, [str(argument) for argument in arguments])


def folder_of(questionnaire: Questionnaire, place: Path) -> Path:
    """The questionnaire as its authors would keep it."""
    folder = place / questionnaire.version / questionnaire.id
    folder.mkdir(parents=True)
    data = questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)
    for part in all_sections(data["sections"]):
        for question in part.get("questions", ()):
            if "anchors" in question:
                question["anchors"] = {int(step): words for step, words in question["anchors"].items()}
    (folder / "questionnaire.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return folder


def answers_file(one: Occasion, file: Path, **head: object) -> Path:
    data = {"held_on": "2026-01-01", **head, **sheet_as_data(one.sheet)}
    file.write_text(json.dumps(data), "utf-8")
    return file


def report_file(one: Occasion, file: Path, **head: Any) -> Path:
    subject = Subject(**{"held_on": date(2026, 1, 1), **head})
    made = assess(one.questionnaire, one.sheet, subject=subject, capacity=capacity())
    file.write_bytes(render(made, "en"))
    return file


@pytest.fixture
def mixed(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The old report and the new answers of the case with all four parts, and the new version."""
    old = occasion(ab(a=1, b=1, c=1, z=1), {"a": by("a", 2, "Ute"), "b": 2, "c": 4, "z": 4})
    version = ab(a=2, b=1, c=1, e=1, version="2.0.0")
    new = occasion(version, {"a": by("a", 4, "Jan"), "b": 3, "c": "n/a", "e": 5})
    return (
        report_file(old, tmp_path / "old.json"),
        answers_file(new, tmp_path / "new.json"),
        folder_of(version, tmp_path),
    )


def test_the_table_splits_each_section_with_the_old_reports_own_questionnaire(
    mixed: tuple[Path, Path, Path],
) -> None:
    old, new, version = mixed
    result = run(old, new, "-q", version)
    assert result.exit_code == 0, result.output
    table = result.stdout.splitlines()
    assert table[0].split()[:9] == ["section", "title", "old", "new", "change", *PARTS]
    assert table[3].split() == [
        "s",
        "s",
        "3.00",
        "4.00",
        "+1.00",
        "-0.50",
        "+0.25",
        "+1.00",
        "+0.25",
        "2",
        "→",
        "4",
    ]
    assert "left out, because the questions are gone: z." in result.stderr


def test_json_is_the_whole_trend_and_csv_has_numbers_that_stay_numbers(
    mixed: tuple[Path, Path, Path],
) -> None:
    old, new, version = mixed
    trend = Trend.model_validate_json(run(old, new, "-q", version, "--format", "json").stdout)
    assert split(trend.of("s").self_rated) == (3, 4, -0.5, 0.25, 1, 0.25)
    rows = list(csv.DictReader(io.StringIO(run(old, new, "-q", version, "--format", "csv").stdout)))
    assert [(row["section"], row["result"]) for row in rows] == [
        ("small", "self-rated"), ("small", "confirmed"), ("s", "self-rated"), ("s", "confirmed"),
    ]  # fmt: skip
    assert float(rows[2]["questionnaire"]) == -0.5 and rows[2]["within_range"] == "no"
    assert sum(float(rows[2][part]) for part in PARTS) == float(rows[2]["change"])


def test_a_section_opens_down_to_its_answers_by_influence(mixed: tuple[Path, Path, Path]) -> None:
    old, new, version = mixed
    shown = run(old, new, "-q", version, "--section", "s").stdout
    lines = [line.split() for line in shown.split("\n\n")[1].splitlines()[2:]]
    assert [line[0] for line in lines] == ["a", "e", "z", "b", "c"]
    assert lines[0] == ["a", "How", "is", "a?", "better", "people", "2", "4", "+0.50", "+1.00", "+1.00"]
    assert lines[4][4:] == ["set", "aside", "scope", "4", "not", "applicable", "0.00", "0.00"]
    data = json.loads(run(old, new, "-q", version, "--section", "s", "--format", "json").stdout)
    assert [change["question"] for change in data["answers"]] == ["a", "e", "z", "b", "c"]
    assert data["section"]["self_rated"]["people"] == 1.0
    rows = list(
        csv.DictReader(io.StringIO(run(old, new, "-q", version, "-s", "s", "--format", "csv").stdout))
    )
    assert [row["became"] for row in rows] == ["better", "new", "gone", "better", "set aside"]
    assert float(rows[2]["influence"]) == -0.3333


def test_caps_and_what_holds_the_level_are_shown_with_the_section(tmp_path: Path) -> None:
    folder = folder_of(capped(), tmp_path)
    old = answers_file(occasion(capped(), {"a": 4, "g": False}), tmp_path / "old.json")
    new = answers_file(occasion(capped(), {"a": 4, "g": True}), tmp_path / "new.json")
    shown = run(old, new, "-q", folder, "-s", "s").stdout
    assert "Cap no-gate: lifted (real)." in shown and "2 → 4" in shown
    assert "The level is limited then by: cap no-gate (level 2)." in shown
    same = run(old, old, "-q", folder, "-s", "s")
    assert "No answer changed." in same.stdout and same.stderr == ""


def test_what_cannot_be_told_is_said_in_the_table(tmp_path: Path) -> None:
    folder = folder_of(ab(a=1, b=1), tmp_path)
    old = answers_file(occasion(ab(a=1, b=1), {"a": 2, "b": "unknown"}), tmp_path / "old.json")
    for said, note in (
        ({"a": "n/a", "b": 3}, "no old answer counts in the new scope"),
        ({"a": "unknown"}, "no index now"),
        ({"a": 3, "b": "unknown"}, "inside the ranges"),
    ):
        new = answers_file(occasion(ab(a=1, b=1), said), tmp_path / "new.json")
        assert note in run(old, new, "-q", folder).stdout


def test_the_shipped_questionnaire_compares_by_itself_and_speaks_the_language(
    flagship: Questionnaire, tmp_path: Path
) -> None:
    levels = [q.id for q in flagship.questions_by_id.values() if q.type == "level"]
    old = report_file(occasion(flagship, dict.fromkeys(levels, 2)), tmp_path / "old.json")
    new = report_file(occasion(flagship, {**dict.fromkeys(levels, 2), levels[0]: 4}), tmp_path / "new.json")
    result = run(old, new, "--language", "de")
    assert result.exit_code == 0 and result.stderr == ""
    assert "Transformation im Kundenservice" in result.stdout


def test_other_organisations_and_a_later_old_date_are_noticed_and_compared_all_the_same(
    tmp_path: Path,
) -> None:
    folder = folder_of(ab(a=1), tmp_path)
    one = occasion(ab(a=1), {"a": 2})
    old = answers_file(one, tmp_path / "old.json", organisation="Beispiel", unit="Nord", held_on="2026-06-01")
    new = answers_file(one, tmp_path / "new.json", organisation="Voorbeeld")
    result = run(old, new, "-q", folder)
    assert result.exit_code == 0
    assert "Note: the old assessment is of “Beispiel, Nord”, the new one of “Voorbeeld”." in result.stderr
    assert (
        "Note: the old assessment was held later (2026-06-01) than the new one (2026-01-01)." in result.stderr
    )


def test_old_answers_take_the_folder_of_their_version_or_the_new_one_with_a_notice(tmp_path: Path) -> None:
    then, minor, major = ab(a=1, b=1), ab(a=3, b=1, version="1.1.0"), ab(a=3, b=1, version="2.0.0")
    said = {"a": 4, "b": 2}
    old = answers_file(occasion(then, said), tmp_path / "old.json")
    folders = [folder_of(version, tmp_path) for version in (then, minor, major)]
    new = answers_file(occasion(minor, said), tmp_path / "new.json")
    result = run(old, new, "-q", folders[1], "--format", "json")
    assert json.loads(result.stdout)["sections"][0]["self_rated"]["questionnaire"] == 0
    assert "the old answers were given to version 1.0.0 and are scored by version 1.1.0" in result.stderr
    named = run(old, new, "-q", folders[1], "--old-questionnaire", folders[0], "--format", "json")
    assert (
        json.loads(named.stdout)["sections"][0]["self_rated"]["questionnaire"] == 0.5 and named.stderr == ""
    )
    far = answers_file(occasion(major, said), tmp_path / "far.json")
    refused = run(old, far, "-q", folders[2])
    assert refused.exit_code == 1
    assert (
        "old.json:1: version: the answers were given to version 1.0.0; this is version 2.0.0"
        in refused.stderr
    )
    assert run(old, far, "-q", folders[2], "--old-questionnaire", folders[0]).exit_code == 0


def test_wrong_input_is_told_with_file_and_reason(mixed: tuple[Path, Path, Path], tmp_path: Path) -> None:
    old, new, version = mixed
    other = a_questionnaire(section("s", level_question("a")), id="other")
    report = report_file(occasion(other, {"a": 2}), tmp_path / "other.json")
    no_file = tmp_path / "none.json"
    listed = tmp_path / "list.json"
    listed.write_text("[1]", "utf-8")
    for arguments, says in (
        ((report, new, "-q", version), "the old assessment is by “other”, the new one by “small”"),
        ((no_file, new, "-q", version), "none.json: the file cannot be read: No such file or directory."),
        ((old, listed, "-q", version), "list.json:1: this is not an answers file"),
        ((old, new), "new.json:1: questionnaire: there is no questionnaire “small”."),
        (
            (old, new, "-q", version, "-s", "ss"),
            "there is no section “ss” in both assessments. Did you mean “s”?",
        ),
        ((old, new, "-q", version, "-l", "de"), "the questionnaire has no language “de”. Known: en."),
        ((old, new, "-q", tmp_path / "nowhere"), "there is no questionnaire “"),
    ):
        result = run(*arguments)
        assert result.exit_code == 1, result.output
        assert says in result.stderr


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ((), None, "questionnaire: the questionnaire inside this report cannot be read"),
        (("sections",), "s", "questionnaire › sections: the questionnaire inside this report cannot be read"),
        (
            ("scale", "nonsense"),
            1,
            "questionnaire › scale › nonsense: the questionnaire inside this report cannot",
        ),
        (("caps",), [cap("c", "nobody", {"s": 2}, references=[])], "there is no question “nobody”."),
    ],
)
def test_a_report_whose_questionnaire_cannot_be_read_says_so_and_can_be_given_another(
    mixed: tuple[Path, Path, Path], tmp_path: Path, path: tuple[str, ...], value: object, says: str
) -> None:
    old, new, version = mixed
    report = json.loads(old.read_text("utf-8"))
    place = report
    for step in ("questionnaire", *path)[:-1]:
        place = place[step]
    place[("questionnaire", *path)[-1]] = value
    old.write_text(json.dumps(report), "utf-8")
    result = run(old, new, "-q", version)
    assert result.exit_code == 1
    assert f"{old}: " in result.stderr and says in result.stderr and "as a folder" in result.stderr
    folder = folder_of(ab(a=1, b=1, c=1, z=1), tmp_path)
    assert run(old, new, "-q", version, "--old-questionnaire", folder).exit_code == 0


def test_an_embedded_questionnaire_is_the_one_that_was_embedded(flagship: Questionnaire) -> None:
    sets = [{"id": "steps", "options": [
        {"id": name, "label": text(name), "worth": worth} for name, worth in (("no", 0), ("yes", 1))
    ]}]  # fmt: skip
    choice = {"id": "c", "type": "choice", "label": text("Which?"), "option_set": "steps"}
    with_sets = a_questionnaire(section("s", choice), option_sets=sets)
    for questionnaire in (flagship, capped(), with_sets):
        data = json.loads(questionnaire.model_dump_json(by_alias=True))
        assert embedded_questionnaire(data) == questionnaire


def test_a_respondent_goes_into_an_answers_file_and_comes_back(tmp_path: Path) -> None:
    folder = folder_of(ab(a=1, b=1), tmp_path)
    file = answers_file(occasion(ab(a=1, b=1), {"a": by("a", 2, "Ute"), "b": 3}), tmp_path / "answers.json")
    assert json.loads(file.read_text("utf-8"))["answers"] == {"a": {"value": 2, "respondent": "Ute"}, "b": 3}
    _, sheet, _ = read_report_or_sheet(file, questionnaire=read_questionnaire(folder))
    assert [answer.respondent for answer in sheet.answers] == ["Ute", ""]
