"""Index, level, range and coverage by example. The laws are in test_laws, whole cases in tests/cases."""

import pytest

from assessment.scoring import Limitation, score
from assessment.scoring.arithmetic import ONE_SHEET
from assessment.scoring.levels import level_of
from tests.conftest import a_questionnaire, a_sheet, cap, gate, level_question, section, two_dimensions


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
