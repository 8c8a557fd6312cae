"""Index, level, range and coverage by example. The laws are in test_laws, whole cases in tests/cases."""

from typing import Any

import numpy as np
import pytest

from assessment.questionnaire import Questionnaire
from assessment.scoring import Limitation, Score, evaluate, portfolio, read, score
from assessment.scoring.arithmetic import ONE_SHEET
from assessment.scoring.columns import MANY_SHEETS
from assessment.scoring.levels import level_of
from assessment.scoring.portfolio import score_sheets
from assessment.scoring.table import table_of
from tests.conftest import (
    Data,
    a_questionnaire,
    a_sheet,
    cap,
    gate,
    level_question,
    section,
    text,
    two_dimensions,
)


@pytest.mark.parametrize(
    ("shares", "level"),
    [
        ((1, 0.5, 0, 0, 0), 1),
        ((1, 0.500001, 0, 0, 0), 2),
        ((1, 0.85, 0.85, 0, 0), 2),
        ((1, 0.850001, 0.5, 0, 0), 2),
        ((1, 0.850001, 0.500001, 0, 0), 3),
        ((1, 0.9, 0.85, 0.8, 0.8), 3),
        ((1, 0.9, 0.86, 0.86, 0.51), 5),
        ((1, 1, 1, 1, 0.5), 4),
        ((1, 1, 1, 1, 1), 5),
    ],
)
def test_a_level_is_reached_above_half_with_all_lower_ones_above_eighty_five_percent(
    shares: tuple[float, ...], level: int
) -> None:
    assert level_of(ONE_SHEET, shares, lowest=1) == level


@pytest.mark.parametrize(("stored", "level"), [(0.5 + 1e-12, 1), (0.4999999999999, 1), (0.5 + 1e-8, 2)])
def test_a_level_does_not_jump_because_a_half_was_stored_a_little_off(stored: float, level: int) -> None:
    assert level_of(ONE_SHEET, (1, stored, 0, 0, 0), lowest=1) == level


def test_eighty_five_percent_added_up_from_tenths_is_still_eighty_five_percent() -> None:
    """17 of 20 in weights that no float holds exactly: 0.1 seventeen times."""
    questions = [level_question(f"q{n}", weight=0.1) for n in range(20)]
    questionnaire = a_questionnaire(section("s", *questions))
    found = score(questionnaire, a_sheet(questionnaire, {f"q{n}": 5 if n < 17 else 1 for n in range(20)})).of(
        "s"
    )
    assert found.shares[1] == pytest.approx(0.85)
    assert found.level == 2


def test_weights_are_used_at_every_depth() -> None:
    questionnaire = a_questionnaire(
        section(
            "x",
            section("x1", level_question("a", weight=3), level_question("b")),
            section("x2", level_question("c"), weight=2),
            weight=1,
        ),
        section("y", level_question("d"), weight=3),
    )
    card = score(questionnaire, a_sheet(questionnaire, {"a": 5, "b": 1, "c": 2, "d": 3}))
    assert card.of("x1").value == pytest.approx((3 * 5 + 1) / 4)
    assert card.of("x").value == pytest.approx((4 + 2 * 2) / 3)
    assert card.overall.value == pytest.approx((8 / 3 + 3 * 3) / 4)


def test_each_scored_question_can_move_the_score_from_end_to_end_whatever_its_type() -> None:
    """A peer gave numeric questions four points of a hundred: they could never matter."""
    questionnaire = a_questionnaire(section("s", gate("yes", weight=1), level_question("many")))
    ends = [
        score(questionnaire, a_sheet(questionnaire, {"yes": said, "many": level})).overall.value
        for said, level in ((False, 1), (True, 1), (False, 5), (True, 5))
    ]
    assert ends == [1, 3, 3, 5]


def test_answers_are_scored_by_id_so_that_a_gap_shifts_nothing() -> None:
    """A peer assigned answers by position: one missing answer moved all that followed into the wrong practice."""
    questionnaire = two_dimensions()
    card = score(questionnaire, a_sheet(questionnaire, {"a": 1, "c": 3, "d": 3, "e": 5, "f": 5}))
    assert [card.of(name).value for name in ("x1", "x2", "y")] == [1, 3, 5]


def test_skipping_the_weak_question_shows_in_coverage_and_range() -> None:
    """A peer dropped skipped questions from the mean without a trace."""
    questionnaire = a_questionnaire()
    honest = score(questionnaire, a_sheet(questionnaire, {"a": 5, "b": 5, "c": 1, "d": 1})).overall
    flattering = score(questionnaire, a_sheet(questionnaire, {"a": 5, "b": 5})).overall
    assert (honest.value, honest.coverage) == (3, 1)
    assert (flattering.value, flattering.coverage) == (5, 0.5)
    assert (flattering.low, flattering.high) == (3, 5)
    assert flattering.level_low == honest.level == 1


def test_an_empty_questionnaire_sheet_divides_by_nothing() -> None:
    questionnaire = two_dimensions()
    overall = score(questionnaire, a_sheet(questionnaire, dict.fromkeys("abcdefg", "n/a"))).overall
    assert (overall.value, overall.level, overall.low, overall.high, overall.coverage) == (None,) * 5
    assert overall.status == "not_applicable"
    assert {part.status for part in overall.parts} == {"not_applicable"}


def test_below_the_minimum_coverage_there_is_no_headline() -> None:
    questionnaire = a_questionnaire(minimum_coverage=0.5)
    statuses = [
        score(questionnaire, a_sheet(questionnaire, dict.fromkeys("abcd"[:count], 3))).overall
        for count in range(5)
    ]
    assert [one.status for one in statuses] == ["incomplete", "low_coverage", "scored", "scored", "scored"]
    assert [one.certain for one in statuses] == [False, False, True, True, True]


def test_a_cap_holds_its_section_and_names_itself() -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 2, "x": 3})])
    card = score(questionnaire, a_sheet(questionnaire, {**dict.fromkeys("abcdef", 5), "g": False}))
    assert (card.of("x2").value, card.of("x2").level) == (5, 2)
    assert (card.of("x").value, card.of("x").level) == (5, 3)
    assert card.of("y").level == 5
    assert card.of("x2").limited_by == (Limitation(kind="cap", level=2, source="k", applies=True),)
    assert card.of("x1").limited_by == ()


def test_a_cap_is_named_even_where_it_does_not_bind() -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 4})])
    found = score(questionnaire, a_sheet(questionnaire, {**dict.fromkeys("abcdef", 2), "g": False})).of("x2")
    assert found.level == 2
    assert [hold.source for hold in found.limited_by] == ["k"]


def test_a_gate_not_known_is_named_as_what_could_hold_the_level() -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 2})])
    for said in ("unknown", "open"):
        found = score(questionnaire, a_sheet(questionnaire, {**dict.fromkeys("abcdef", 5), "g": said})).of(
            "x2"
        )
        assert (found.level, found.level_low, found.level_high) == (5, 2, 5)
        assert found.limited_by == (Limitation(kind="cap", level=2, source="k", applies=False),)


def test_a_gate_that_does_not_apply_holds_nothing() -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 2}, unknown_counts=True)])
    found = score(questionnaire, a_sheet(questionnaire, {**dict.fromkeys("abcdef", 5), "g": "n/a"})).of("x2")
    assert (found.level, found.level_low, found.limited_by) == (5, 5, ())


def test_a_cap_may_hang_on_a_level_question() -> None:
    questionnaire = a_questionnaire(caps=[cap("k", "a", {"s": 2}, below=3)])
    assert score(questionnaire, a_sheet(questionnaire, {"a": 2, "b": 5, "c": 5, "d": 5})).of("s").level == 2
    assert score(questionnaire, a_sheet(questionnaire, {"a": 3, "b": 5, "c": 5, "d": 5})).of("s").level == 4


def test_the_level_is_held_by_the_weakest_part_and_says_so() -> None:
    parts = section("x", level_question("a"), weight=3), section("y", level_question("b"))
    limits = {
        None: (3, ()),
        1: (3, ()),
        0: (2, (Limitation(kind="weakest", level=2, source="y", applies=True),)),
    }
    for steps, expected in limits.items():
        questionnaire = a_questionnaire(*parts, at_most_above_weakest=steps)
        overall = score(questionnaire, a_sheet(questionnaire, {"a": 5, "b": 2})).overall
        assert (overall.level, overall.limited_by) == expected, steps


def test_a_capped_dimension_without_an_answer_holds_back_the_whole_as_it_would_when_answered() -> None:
    questionnaire = a_questionnaire(
        section("x", level_question("a"), level_question("b"), level_question("h")),
        section("y", level_question("c"), gate("g")),
        caps=[cap("k", "g", {"y": 2})],
        at_most_above_weakest=1,
    )
    card = score(questionnaire, a_sheet(questionnaire, {"a": 5, "b": 5, "h": 5, "g": False}))
    assert card.of("y").level is None
    assert card.of("y").limited_by == (Limitation(kind="cap", level=2, source="k", applies=True),)
    assert (card.overall.level, card.overall.level_high) == (3, 3)


@pytest.mark.parametrize(
    ("evidence", "counts_as"), [("none", 3), ("stated", 3), ("documented", 5), ("verified", 5)]
)
def test_a_high_answer_is_confirmed_only_with_documented_evidence(evidence: str, counts_as: int) -> None:
    questionnaire = a_questionnaire(unproven_counts_as=3)
    card = score(questionnaire, a_sheet(questionnaire, dict.fromkeys("abcd", 5), evidence=evidence))
    assert (card.overall.value, card.confirmed.value, card.confirmed.level) == (5, counts_as, counts_as)


def test_low_answers_need_no_evidence_and_gates_keep_their_word() -> None:
    questionnaire = two_dimensions(unproven_counts_as=3, caps=[cap("k", "g", {"x2": 2})])
    card = score(questionnaire, a_sheet(questionnaire, {**dict.fromkeys("abcdef", 3), "g": True}))
    assert card.confirmed == card.overall


def test_a_scale_may_begin_at_nought_and_have_four_levels() -> None:
    questionnaire = a_questionnaire(levels=range(0, 4))
    overall = score(questionnaire, a_sheet(questionnaire, {"a": 0, "b": 3, "c": 3, "d": 3})).overall
    assert (overall.value, overall.level, overall.shares) == (2.25, 1, (1, 0.75, 0.75, 0.75))


def test_an_id_that_is_not_there_is_a_key_error() -> None:
    questionnaire = a_questionnaire()
    card = score(questionnaire, a_sheet(questionnaire))
    with pytest.raises(KeyError, match="nowhere"):
        card.of("nowhere")
    with pytest.raises(KeyError, match="nowhere"):
        card.confirmed_of("nowhere")


def a_choice(identifier: str, *points: float, **more: Any) -> Data:
    """A question with an option for each of these points: `p0`, `p1` and so on."""
    options = [
        {"id": f"p{place}", "label": text(f"{worth} points"), "worth": worth}
        for place, worth in enumerate(points)
    ]
    return {"id": identifier, "type": "choice", "label": text("Which?"), "options": options, **more}


def test_a_sum_of_levels_adds_them_and_runs_from_all_lowest_to_all_highest() -> None:
    questionnaire = a_questionnaire(
        section("s", level_question("a", weight=2), level_question("b"), method="sum")
    )
    found = score(questionnaire, a_sheet(questionnaire, {"a": 3, "b": 2})).of("s")
    assert (found.value, found.bottom, found.top) == (2 * 3 + 2, 3, 15)
    assert found.worth == pytest.approx(5 / 12)


def test_a_question_below_a_sum_stands_in_its_own_points_and_below_anything_else_on_the_range() -> None:
    questionnaire = a_questionnaire(
        section("added", a_choice("a", 0, 3, 12), method="sum"),
        section("ranged", a_choice("b", 0, 3, 12), points={"low": 0, "high": 100}),
        section("plain", a_choice("c", 0, 3, 12)),
    )
    card = score(questionnaire, a_sheet(questionnaire, dict.fromkeys("abc", "p1")))
    ends = {name: (card.of(name).value, card.of(name).bottom, card.of(name).top) for name in "abc"}
    assert ends == {"a": (3, 0, 12), "b": (25, 0, 100), "c": (2, 1, 5)}
    open_ = score(questionnaire, a_sheet(questionnaire))
    assert [(open_.of(name).low, open_.of(name).high) for name in "abc"] == [(0, 12), (0, 100), (1, 5)]


def test_in_a_sum_a_part_weighs_by_the_points_it_can_give_also_in_the_level() -> None:
    questionnaire = a_questionnaire(
        section(
            "s",
            section("inner", level_question("a"), level_question("b"), points={"low": 0, "high": 6}),
            a_choice("c", 0, 1, 2),
            a_choice("d", 0, 2),
            method="sum",
        )
    )
    found = score(questionnaire, a_sheet(questionnaire, {"a": 4, "b": 2, "c": "p1", "d": "p0"})).of("s")
    # inner can give 6 of 10 points: all of it is at 2 or higher, half of it at 3 and 4; c gives 2, at 3; d gives 2, at 1
    assert found.shares == pytest.approx((1, 0.8, 0.5, 0.3, 0))
    assert found.value == pytest.approx(6 * 0.5 + 1)


@pytest.mark.parametrize(
    ("low", "high", "least"), [(1, 5, 1), (-5, -2, -2), (-5, 3, 0), (0.5, 4, 0.5), (-4, -0.5, -0.5)]
)
def test_an_unanswered_part_adds_to_a_sum_the_points_closest_to_none(
    low: float, high: float, least: float
) -> None:
    questionnaire = a_questionnaire(
        section(
            "s",
            section("inner", level_question("a"), points={"low": low, "high": high}, weight=2),
            a_choice("b", low, high, weight=3),
            a_choice("c", 0, 10),
            method="sum",
        )
    )
    found = score(questionnaire, a_sheet(questionnaire, {"c": "p1"})).of("s")
    assert found.value == pytest.approx(10 + 5 * least)
    assert (found.low, found.high) == pytest.approx((10 + 5 * low, 10 + 5 * high))


@pytest.mark.parametrize("method", ["mean", "mean_of_leaves", "min", "staged"])
@pytest.mark.parametrize("deep", [False, True])
def test_what_may_not_apply_at_all_may_also_add_nothing_to_a_sum(method: str, deep: bool) -> None:
    """The least that an answer gives is 2 points: without one, and if the question is not asked in the end, it is none."""
    hangs: Data = {"applies_if": [{"question": "g", "any_of": ["yes"]}]}
    asked = level_question("a", **hangs)
    inner = section("deep", asked) if deep else asked
    questionnaire = a_questionnaire(
        section(
            "s",
            section("inner", inner, method=method, points={"low": 2, "high": 8}),
            gate("g"),
            a_choice("c", 0, 10),
            method="sum",
        )
    )
    found = score(questionnaire, a_sheet(questionnaire, {"a": 1, "c": "p1"})).of("s")
    assert (found.low, found.high) == (10, 18)
    settled = score(questionnaire, a_sheet(questionnaire, {"a": 1, "c": "p1", "g": True})).of("s")
    assert (settled.low, settled.value, settled.high) == (12, 12, 12)
    assert (settled.bottom, settled.top) == (2, 18)


def test_a_question_that_may_not_apply_may_add_nothing_to_a_sum() -> None:
    hangs: Data = {"applies_if": [{"question": "g", "any_of": ["yes"]}]}
    questionnaire = a_questionnaire(
        section("s", a_choice("a", 2, 8, **hangs), a_choice("b", -8, -2, **hangs), gate("g"), method="sum")
    )
    found = score(questionnaire, a_sheet(questionnaire)).of("s")
    assert (found.low, found.high) == (-8, 8)
    assert (found.bottom, found.top) == (-8, 8)


def by_stages(*questions: Data, **more: Any) -> Questionnaire:
    return a_questionnaire(section("s", *questions, method="staged", levels="staged", **more))


def test_a_question_of_the_lowest_stage_that_is_not_reached_leaves_the_index_at_the_bottom() -> None:
    questionnaire = by_stages(
        level_question("a", stage=1), level_question("b", stage=2), level_question("c", stage=3)
    )
    found = score(questionnaire, a_sheet(questionnaire, {"a": 1, "b": 5, "c": 5})).of("s")
    assert (found.value, found.level) == (1, 1)


def test_the_index_of_stages_is_the_stage_reached_and_the_weight_reached_of_the_next() -> None:
    questionnaire = by_stages(
        level_question("a", stage=2),
        level_question("b", stage=3, weight=3),
        level_question("c", stage=3),
        level_question("d", stage=4),
    )
    found = score(questionnaire, a_sheet(questionnaire, {"a": 5, "b": 5, "c": 1, "d": 5})).of("s")
    assert (found.value, found.level) == (2.75, 2)


def test_a_weakest_part_names_itself_also_where_the_worst_case_is_not_held() -> None:
    questionnaire = a_questionnaire(
        section("x", level_question("a"), level_question("b"), weight=9),
        section("y", level_question("c")),
        at_most_above_weakest=1,
    )
    overall = score(questionnaire, a_sheet(questionnaire, {"a": 5, "c": 1})).overall
    assert (overall.level, overall.level_low) == (2, 1)
    assert overall.limited_by == (Limitation(kind="weakest", level=2, source="y", applies=True),)


def test_answers_are_read_as_people_rated_themselves_unless_the_confirmed_reading_is_asked_for() -> None:
    questionnaire = a_questionnaire(unproven_counts_as=3)
    sheet = a_sheet(questionnaire, {"a": 5})
    assert read(questionnaire, sheet).given == {"a": 1.0}
    assert read(questionnaire, sheet, confirmed=True).given == {"a": 0.5}


def test_evidence_counts_in_a_batch_whatever_was_said_before_without_it() -> None:
    questionnaire = a_questionnaire(unproven_counts_as=3)
    sheets = [
        a_sheet(questionnaire, dict.fromkeys("abcd", 5), evidence=evidence)
        for evidence in ("none", "verified", "stated", "documented", "none")
    ]
    (scores,) = score_sheets(questionnaire, sheets, confirmed=True)
    assert [row.value for row in scores.of("s").rows()] == [3, 5, 3, 5, 3]


def test_sheets_are_scored_batch_by_batch_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "BATCH", 300)
    questionnaire = a_questionnaire()
    two, four = (a_sheet(questionnaire, {"a": level}) for level in (2, 4))
    rows = [list(batch.of("s").rows()) for batch in score_sheets(questionnaire, [two] * 600 + [four])]
    assert [len(batch) for batch in rows] == [300, 300, 1]
    assert [batch[-1].value for batch in rows] == [2, 2, 4]
    assert list(score_sheets(questionnaire, [])) == []


def test_the_position_of_an_index_is_a_share_of_its_range() -> None:
    questionnaire = a_questionnaire(section("s", level_question("a"), points={"low": 20, "high": 60}))
    card = score(questionnaire, a_sheet(questionnaire, {"a": 4}))
    assert (card.of("s").value, card.of("s").worth) == (50, 0.75)
    assert score(questionnaire, a_sheet(questionnaire)).of("s").worth is None


def test_an_index_that_cannot_move_stands_at_the_beginning_of_its_range() -> None:
    questionnaire = a_questionnaire(section("s", gate("g"), level_question("a", weight=0), method="sum"))
    assert Score(of="s", weight=1, status="scored", value=3, bottom=3, top=3).worth == 0
    assert score(questionnaire, a_sheet(questionnaire, {"a": 4})).of("s").value is None


@pytest.mark.parametrize("method", ["mean", "mean_of_leaves", "min", "staged", "sum"])
@pytest.mark.parametrize("deep", [False, True])
def test_what_does_not_apply_adds_nothing_to_a_sum_and_what_is_open_adds_the_least(
    method: str, deep: bool
) -> None:
    asked = a_choice("a", 2, 8)
    inner = section("deep", asked, points={"low": 2, "high": 8}) if deep else asked
    ends = {} if method == "sum" else {"points": {"low": 2, "high": 8}}
    questionnaire = a_questionnaire(
        section("s", section("inner", inner, method=method, **ends), a_choice("c", 0, 10), method="sum")
    )
    found = {
        said: score(questionnaire, a_sheet(questionnaire, {"a": said, "c": "p1"})).of("s")
        for said in ("n/a", "unknown", "open", "p1")
    }
    assert {said: (one.value, one.low, one.high) for said, one in found.items()} == {
        "n/a": (10, 10, 10),
        "unknown": (12, 12, 18),
        "open": (12, 12, 18),
        "p1": (18, 18, 18),
    }


def test_a_section_without_an_answer_tells_the_level_that_a_cap_would_hold_it_to() -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 2, "y": 5})])
    found = evaluate(questionnaire, {"a": 1.0, "g": 0.0})
    assert {name: found[name].ceiling for name in ("x1", "x2", "y")} == {"x1": None, "x2": 2, "y": None}
    assert (found["x2"].level, found["x2"].value, found["x2"].holds) == (None, None, (("cap", "k", 2),))


@pytest.mark.parametrize("method", ["mean", "mean_of_leaves", "min", "staged"])
@pytest.mark.parametrize("deep", [False, True])
def test_two_parts_are_as_sure_and_as_open_as_one(method: str, deep: bool) -> None:
    ends = {"points": {"low": 2, "high": 8}}
    asked = [level_question("a"), level_question("b")]
    inner = [section(f"deep-{each['id']}", each, **ends) for each in asked] if deep else asked
    questionnaire = a_questionnaire(
        section("s", section("inner", *inner, method=method, **ends), a_choice("c", 0, 10), method="sum")
    )
    for said in ({"a": 1, "b": 1}, {"a": 1, "b": "unknown"}, {}, {"a": "unknown", "b": "n/a"}):
        found = score(questionnaire, a_sheet(questionnaire, {**said, "c": "p1"})).of("s")
        assert (found.value, found.low) == (12, 12), said


def test_the_coverage_of_a_question_is_none_while_it_may_not_apply() -> None:
    questionnaire = a_questionnaire(
        section(
            "s",
            gate("g"),
            level_question("a"),
            level_question("b", applies_if=[{"question": "g", "any_of": ["yes"]}]),
            level_question("c"),
        )
    )
    card = score(questionnaire, a_sheet(questionnaire, {"a": 5}))
    assert [card.of(name).coverage for name in "abc"] == [1, None, 0]
    assert [card.of(name).status for name in "gabc"] == ["unscored", "scored", "incomplete", "incomplete"]


def test_a_quotient_by_nothing_is_nothing_for_one_sheet_and_for_many() -> None:
    assert (ONE_SHEET.ratio(3.0, 0.0), ONE_SHEET.ratio(3.0, 2.0)) == (0, 1.5)
    with np.errstate(all="raise"):
        assert MANY_SHEETS.ratio(np.array([3.0, 3.0]), np.array([0.0, 2.0])).tolist() == [0, 1.5]


def test_a_table_says_of_each_sheet_what_it_answered() -> None:
    questionnaire = a_questionnaire()
    sheets = [
        a_sheet(questionnaire, said)
        for said in ({"a": 5}, {"a": "unknown"}, {}, {"a": "n/a"}, {"a": "open"}, {"a": 2}, {"a": 5})
    ]
    table = table_of(questionnaire, sheets)
    said = [table.known["a"].answers[code] for code in table.codes["a"]]
    assert [(one.state, one.value) for one in said] == [
        ("given", 5),
        ("unknown", None),
        ("open", None),
        ("not_applicable", None),
        ("open", None),
        ("given", 2),
        ("given", 5),
    ]
    assert len(table) == len(sheets)


@pytest.mark.parametrize(("counts", "level"), [(True, 2), (False, 5)])
def test_not_knowing_holds_the_level_where_the_cap_says_so_and_not_answering_never_does(
    counts: bool, level: int
) -> None:
    questionnaire = two_dimensions(caps=[cap("k", "g", {"x2": 2}, unknown_counts=counts)])
    found = {
        said: score(questionnaire, a_sheet(questionnaire, {**dict.fromkeys("abcdef", 5), "g": said})).of("x2")
        for said in ("unknown", "open")
    }
    assert {said: one.level for said, one in found.items()} == {"unknown": level, "open": 5}
    assert [hold.applies for hold in found["unknown"].limited_by] == [counts]
    assert [hold.applies for hold in found["open"].limited_by] == [False]


def test_where_what_is_missing_counts_as_worst_not_knowing_is_below_the_cap_as_well() -> None:
    for counts in (True, False):
        limits = [cap("k", "g", {"x2": 2}, unknown_counts=counts)]
        questionnaire = two_dimensions(caps=limits, unanswered="worst")
        for said in ("unknown", "open"):
            answers = {**dict.fromkeys("abcdef", 5), "g": said}
            assert score(questionnaire, a_sheet(questionnaire, answers)).of("x2").level == 2, (counts, said)


def test_the_weakest_question_and_the_weakest_part_decide_the_share_at_each_level() -> None:
    questionnaire = a_questionnaire(
        section("s", level_question("a"), level_question("b"), level_question("c"), method="min"),
        section(
            "t", section("t1", level_question("d"), level_question("e")), level_question("f"), method="min"
        ),
    )
    card = score(questionnaire, a_sheet(questionnaire, {"a": 4, "b": 3, "d": 5, "e": 3, "f": 4}))
    assert (card.of("s").value, card.of("s").shares, card.of("s").level) == (3, (1, 1, 1, 0, 0), 3)
    assert (card.of("t").value, card.of("t").shares, card.of("t").level) == (4, (1, 1, 1, 0.5, 0), 3)


def test_two_parts_of_a_sum_within_a_sum_are_as_sure_and_as_open_as_one() -> None:
    inner = section("inner", a_choice("a", 1, 4), a_choice("b", 1, 4), method="sum")
    questionnaire = a_questionnaire(section("s", inner, a_choice("c", 0, 10), method="sum"))
    for said, low in (({"a": "p0", "b": "p0"}, 12), ({"a": "p0", "b": "unknown"}, 12), ({"a": "n/a"}, 11)):
        found = score(questionnaire, a_sheet(questionnaire, {**said, "c": "p1"})).of("s")
        assert (found.value, found.low) == (low, low), said


def test_stages_without_a_question_lift_nothing_while_the_only_question_may_not_apply() -> None:
    """Were they counted as passed, the worst case would be better than what comes out when the question is not asked."""
    questionnaire = a_questionnaire(
        section("x", level_question("a")),
        section(
            "y",
            gate("g"),
            level_question("b", stage=4, applies_if=[{"question": "g", "any_of": ["yes"]}]),
            method="staged",
        ),
    )
    ranges = score(questionnaire, a_sheet(questionnaire, {"a": 1})).overall
    not_asked = score(questionnaire, a_sheet(questionnaire, {"a": 1, "g": False})).overall
    assert (ranges.low, not_asked.value) == (1, 1)
    missed = score(questionnaire, a_sheet(questionnaire, {"a": 1, "g": True, "b": 1})).of("y")
    assert missed.value == 3


def test_the_last_stage_ends_the_index_wherever_its_level_begins() -> None:
    starts = {1: 0, 2: 40, 3: 70, 4: 90}
    steps = [
        {"level": level, "label": text(f"L{level}"), "description": text("One."), "from": begins}
        for level, begins in starts.items()
    ]
    questionnaire = a_questionnaire(
        section(
            "s",
            *(level_question(f"q{stage}", levels=starts, stage=stage) for stage in (2, 3, 4)),
            method="staged",
            levels="staged",
        ),
        scale={"index": {"low": 0, "high": 100}, "levels": steps},
    )
    found = [
        score(questionnaire, a_sheet(questionnaire, {f"q{n}": 4 if n <= stage else 1 for n in (2, 3, 4)})).of(
            "s"
        )
        for stage in (1, 2, 3, 4)
    ]
    assert [(one.value, one.level) for one in found] == [(0, 1), (40, 2), (70, 3), (100, 4)]
