"""Agreement, the middle, what is shown of a round, which questions are worth talking about."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.questions import ChoiceQuestion, LevelQuestion, NumberQuestion, YesNoQuestion
from assessment.scoring import Scorecard, score
from assessment.workshop import (
    ROLES,
    SMALLEST,
    Group,
    Role,
    Stake,
    Tally,
    Vote,
    agenda,
    agreement,
    can_be_voted_on,
    composition,
    middle,
    options_of,
    order,
    sitting,
    tally,
    to_vote_on,
    votable,
)
from tests.conftest import (
    FULL_PROFILE,
    a_questionnaire,
    a_report,
    a_sheet,
    cap,
    gate,
    level_question,
    measure,
    section,
    text,
    two_dimensions,
)
from tests.strategies import questionnaires, sheets

LEVELS = LevelQuestion.model_validate(level_question("q"))
GATE = YesNoQuestion.model_validate(gate("g"))
CHOICE = ChoiceQuestion.model_validate(
    {
        "id": "c",
        "type": "choice",
        "label": text("Which?"),
        "options": [
            {"id": name, "label": text(name), "worth": worth}
            for name, worth in (("most", 4), ("none", 0), ("half", 2))
        ],
    }
)


def votes(*values: Any, role: Role = "agent") -> list[Vote]:
    return [Vote(role, value) for value in values]


def everybody(*values: Any, question: Any = LEVELS) -> Group:
    group = tally(question, votes(*values), round=1, smallest=1).everybody
    assert group is not None
    return group


def shown(question: str, *values: Any, known: Questionnaire) -> dict[str, Tally]:
    """Return what is shown of one open round on one question."""
    return {question: tally(known.questions_by_id[question], votes(*values), round=1, smallest=1)}


def said(found: tuple[Stake, ...]) -> dict[str, Stake]:
    return {stake.question: stake for stake in found}


# ── agreement and the middle ─────────────────────────────────────────────────────────────────────────────────────────

choices = st.sampled_from(LEVELS.values())


@given(choices, st.integers(2, 30))
def test_all_the_same_is_agreement_1(value: Any, many: int) -> None:
    assert agreement(LEVELS, everybody(*[value] * many)) == 1


@given(st.integers(1, 20))
def test_half_at_each_end_is_agreement_0(many: int) -> None:
    assert agreement(LEVELS, everybody(*[1] * many, *[5] * many)) == 0


@pytest.mark.parametrize(
    ("values", "found"),
    [
        # the mean is 3; two are 2/4 away and two 1/4: 1 + (2 log2 0.5 + 2 log2 0.75) / 5
        ((1, 2, 3, 4, 5), 1 + (2 * -1 + 2 * -0.4150374993) / 5),
        # the mean is 1.5, everybody 0.5/4 away: 1 + log2 0.875
        ((1, 1, 2, 2), 1 - 0.1926450779),
        # the mean is 2.5, everybody 1.5/4 away: 1 + log2 0.625
        ((1, 1, 4, 4), 1 - 0.6780719051),
        # the mean is 2; three are 1/4 away and one 3/4: 1 + (3 log2 0.75 + log2 0.25) / 4
        ((1, 1, 1, 5), 1 + (3 * -0.4150374993 - 2) / 4),
    ],
)
def test_agreement_is_the_published_formula(values: tuple[int, ...], found: float) -> None:
    assert agreement(LEVELS, everybody(*values)) == pytest.approx(found, abs=1e-9)


@given(st.lists(choices, min_size=2, max_size=20), st.randoms(use_true_random=False))
def test_agreement_is_from_0_to_1_and_the_same_in_any_order_and_upside_down(
    values: list[Any], chance: Any
) -> None:
    found = agreement(LEVELS, everybody(*values))
    assert found is not None and 0 <= found <= 1
    assert (found == 1) == (len(set(values)) == 1)
    mixed = chance.sample(values, len(values))
    assert agreement(LEVELS, everybody(*mixed)) == found
    assert agreement(LEVELS, everybody(*(6 - value for value in values))) == pytest.approx(found)


@given(st.lists(choices, min_size=2, max_size=20))
def test_agreement_is_the_same_on_every_scale(values: list[Any]) -> None:
    long = LevelQuestion.model_validate(level_question("q", levels=range(0, 41, 10)))
    found = agreement(long, everybody(*(10 * (value - 1) for value in values), question=long))
    assert found == pytest.approx(agreement(LEVELS, everybody(*values)))


@pytest.mark.parametrize("values", [(3,), (3, None, None), (None, None)])
def test_fewer_than_two_who_know_neither_agree_nor_disagree(values: tuple[Any, ...]) -> None:
    assert agreement(LEVELS, everybody(*values)) is None


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((1, 2, 5), 2),
        ((1, 2, 4, 5), 2),
        ((4,), 4),
        ((None, 3, None), 3),
        ((None, None), None),
        ((2, 2, 5, 5, 5), 5),
    ],
)
def test_the_middle_is_the_median_and_of_two_the_lower(values: tuple[Any, ...], found: Any) -> None:
    assert middle(LEVELS, everybody(*values)) == found


def test_the_middle_of_a_choice_goes_by_worth_and_not_by_the_order_of_its_options() -> None:
    assert middle(CHOICE, everybody("most", "none", "half", question=CHOICE)) == "half"


def test_what_is_chosen_and_differs_in_worth_can_be_voted_on() -> None:
    plain = {"id": "n", "label": text("?")}
    number = NumberQuestion.model_validate(
        {**plain, "type": "number", "worths": [{"at": 0, "worth": 0}, {"at": 9, "worth": 1}]}
    )
    alike = ChoiceQuestion.model_validate(
        {
            **plain,
            "type": "choice",
            "weight": 0,
            "options": [{"id": name, "label": text(name)} for name in "ab"],
        }
    )
    assert [can_be_voted_on(one) for one in (LEVELS, GATE, CHOICE, number, alike)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert options_of(CHOICE) == ("most", "none", "half")


# ── what is shown of a round ─────────────────────────────────────────────────────────────────────────────────────────


def groups(made: Tally) -> dict[Role | None, int]:
    return {group.role: group.people for group in made.groups}


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ({"agent": 3}, {}),
        ({"agent": 4}, {None: 4}),
        ({"agent": 2, "it": 2}, {None: 4}),
        ({"agent": 4, "it": 4}, {None: 8, "agent": 4, "it": 4}),
        ({"agent": 4, "it": 1}, {None: 5}),
        ({"agent": 5, "planner": 4, "it": 1}, {None: 10, "agent": 5}),
        ({"agent": 4, "planner": 4, "it": 1}, {None: 9, "agent": 4}),
        ({"agent": 4, "planner": 5, "it": 3}, {None: 12, "planner": 5}),
        ({"agent": 4, "planner": 2, "it": 2}, {None: 8, "agent": 4}),
        ({"agent": 9, "planner": 4, "management": 4, "other": 2}, {None: 19, "agent": 9, "planner": 4}),
    ],
)
def test_roles_of_four_are_shown_while_nobody_is_left_over_or_four_are(
    people: dict[Role, int], told: Any
) -> None:
    cast = [vote for role, many in people.items() for vote in votes(*[3] * many, role=role)]
    made = tally(LEVELS, cast, round=2, smallest=SMALLEST)
    assert groups(made) == told
    assert (made.question, made.round, made.smallest, made.people) == ("q", 2, 4, sum(people.values()))


def test_open_votes_show_every_role() -> None:
    cast = [*votes(1, role="it"), *votes(2, role="agent"), *votes(None, role="other")]
    assert groups(tally(LEVELS, cast, round=1, smallest=1)) == {None: 3, "agent": 1, "it": 1, "other": 1}


def test_nobody_voted_is_nothing_to_show() -> None:
    assert tally(LEVELS, [], round=1, smallest=1).groups == ()


def test_a_group_counts_each_value_in_the_order_of_the_values_and_who_does_not_know() -> None:
    group = everybody("most", None, "none", "most", "half", question=CHOICE)
    assert [(count.value, count.people) for count in group.counts] == [("none", 1), ("half", 1), ("most", 2)]
    assert (group.people, group.unknown) == (5, 1)


def test_a_value_that_is_none_of_the_questions_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        tally(LEVELS, votes(1, 2, 3, 6), round=1, smallest=4)


cast_votes = st.lists(st.builds(Vote, st.sampled_from(ROLES), st.one_of(st.none(), choices)), max_size=30)


@given(cast_votes, st.integers(1, 6))
def test_what_is_shown_is_counted_right_and_comes_back_equal_from_json(
    cast: list[Vote], smallest: int
) -> None:
    made = tally(LEVELS, cast, round=1, smallest=smallest)
    assert made.people == len(cast)
    assert Tally.model_validate_json(made.model_dump_json()) == made
    for group in made.groups:
        mine = [vote.value for vote in cast if group.role in (None, vote.role)]
        assert group.people == len(mine) >= smallest
        assert group.unknown == mine.count(None)
        assert {count.value: count.people for count in group.counts} == Counter(
            v for v in mine if v is not None
        )
    assert [group.role for group in made.groups[1:]] == [role for role in ROLES if made.group(role)]


def test_who_takes_part_is_said_as_far_as_groups_are_big_enough() -> None:
    many: dict[Role, int] = {"it": 1, "agent": 4, "planner": 5}
    there = [role for role, people in many.items() for _ in range(people)]
    assert composition(there, smallest=4).roles == (("planner", 5),)
    assert composition(there, smallest=1).roles == (("agent", 4), ("planner", 5), ("it", 1))
    assert composition(there[:3], smallest=4).roles == ()
    assert composition(there, smallest=4).people == 10


# ── what is worth talking about ──────────────────────────────────────────────────────────────────────────────────────


def test_every_question_that_is_asked_and_can_be_voted_on_is_there_once() -> None:
    known = two_dimensions(profile=[{"id": "home", "type": "yes_no", "label": text("Home?")}])
    sheet = a_sheet(known, dict.fromkeys("abcdef", 3))
    assert to_vote_on(known, sheet) == votable(known) == tuple("abcdgef")
    assert sorted(said(order(known, sheet, tallies={}))) == sorted("abcdefg")


def test_a_question_that_nobody_is_asked_is_not_talked_about() -> None:
    known = a_questionnaire(
        section(
            "s",
            gate("g"),
            level_question("a", applies_if=[{"question": "g", "any_of": ["yes"]}]),
            level_question("b"),
        )
    )
    assert to_vote_on(known, a_sheet(known, {"g": False})) == ("g", "b")
    assert to_vote_on(known, a_sheet(known, {"g": True})) == ("g", "a", "b")


def test_a_question_on_which_all_agree_comes_last_and_is_worth_nothing() -> None:
    known = two_dimensions()
    sheet = a_sheet(known, {**dict.fromkeys("abcdef", 3), "g": True})
    tallies = (
        shown("a", 3, 3, 3, 3, known=known)
        | shown("b", 2, 3, 4, 5, known=known)
        | shown("c", 1, 3, 3, 5, known=known)
    )
    found = said(order(known, sheet, tallies=tallies))
    assert found["a"].value == found["a"].disagreement == 0
    assert min(found["b"].value, found["c"].value, found["e"].value) > 0
    assert found["a"].is_voted and not found["e"].is_voted


def test_a_gate_without_weight_and_without_a_cap_can_change_nothing_and_is_worth_nothing() -> None:
    known = two_dimensions()
    found = said(
        order(known, a_sheet(known, dict.fromkeys("abcdef", 3)), tallies=shown("g", True, False, known=known))
    )
    assert found["g"].disagreement == 1
    assert found["g"].value == found["g"].shift == found["g"].days == 0
    assert found["g"].levels == found["g"].caps == ()


def test_a_gate_without_weight_that_caps_a_level_is_worth_that_level() -> None:
    known = two_dimensions(caps=[cap("low", "g", {"y": 1}, below=True)])
    sheet = a_sheet(known, {**dict.fromkeys("abcdef", 4), "g": True})
    gate_ = said(order(known, sheet, tallies=shown("g", True, False, known=known)))["g"]
    # the dimension falls from 4 to 1: three steps of a half; and a cap that is not a legal one
    assert (gate_.levels, gate_.caps, gate_.shift) == (("y",), ("low",), 0)
    assert gate_.value == pytest.approx(3 * 0.5 + 0.125)


def test_what_hangs_on_an_answer_is_worked_out_by_hand() -> None:
    known = two_dimensions()
    sheet = a_sheet(known, {**dict.fromkeys("abcdef", 3), "g": True})
    stake = said(order(known, sheet, tallies=shown("e", 1, 1, 3, 5, 5, known=known)))["e"]
    # e goes from 1 to 5 beside f at 3: y from 2 to 4, the whole from 2.5 to 3.5; agreement is 1 + 4 log2(0.5) / 5 = 0.2
    assert stake.disagreement == pytest.approx(0.8)
    assert stake.shift == pytest.approx(1.0)
    low, high = (score(known, sheet.with_answer(Answer(question="e", value=end))) for end in (1, 5))
    steps = {name: (high.of(name).level or 0) - (low.of(name).level or 0) for name in ("small", "y")}
    assert stake.levels == tuple(name for name, by in steps.items() if by)
    assert stake.value == pytest.approx(0.8 * (1.0 + steps["small"] + 0.5 * steps["y"]))


@pytest.mark.parametrize(
    ("values", "disagreement", "shift"),
    [
        ((3, 3, 3, 3), 0.0, 0.0),
        # half do not know: the others' agreement counts half, and the answer may be a step off: 2 to 4
        ((3, 3, None, None), 0.5, 0.5),
        # nobody knows: the whole scale
        ((None, None), 1.0, 1.0),
        # one voice is no agreement
        ((3,), 1.0, 0.5),
        ((3, None, None), 1.0, 0.5),
        # the middle half says the same: all votes count
        ((1, 3, 3, 3, 3, 3, 3), None, 0.5),
        # the middle half of eight goes from the second to the seventh
        ((1, 2, 2, 2, 3, 3, 3, 5), None, 0.25),
    ],
)
def test_plausible_is_the_middle_half_of_the_votes_and_who_does_not_know_opens_a_question(
    values: tuple[Any, ...], disagreement: float | None, shift: float
) -> None:
    known = two_dimensions()
    sheet = a_sheet(known, {**dict.fromkeys("abcdef", 3), "g": True})
    stake = said(order(known, sheet, tallies=shown("e", *values, known=known)))["e"]
    assert stake.shift == pytest.approx(shift)  # a quarter of a point for each step of e
    if disagreement is not None:
        assert stake.disagreement == pytest.approx(disagreement)


def test_before_any_vote_the_less_is_known_and_proven_the_earlier() -> None:
    known = a_questionnaire(section("s", *(level_question(name) for name in "abcdefghij")))
    evidence = {"b": "verified", "c": "documented", "d": "stated", "e": "none"}
    answers = [
        Answer.model_validate({"question": name, "value": 3, "evidence": proof})
        for name, proof in evidence.items()
    ]
    others = a_sheet(known, dict.fromkeys("fghij", Answer(question="f", value=3, evidence="verified")))
    given = [
        answer.model_copy(update={"question": name})
        for name, answer in zip("fghij", others.answers, strict=True)
    ]
    found = order(known, others.with_answers((*answers, *given)), tallies={})
    assert [stake.question for stake in found][:5] == ["a", "e", "d", "c", "b"]
    assert [stake.disagreement for stake in found][:5] == [1, 0.6, 0.45, 0.2, 0.1]


def test_what_was_said_not_to_apply_is_not_talked_about_unless_people_voted_on_it() -> None:
    known = two_dimensions()
    sheet = a_sheet(known, {**dict.fromkeys("abcdf", 3), "e": "n/a", "g": True})
    assert said(order(known, sheet, tallies={}))["e"].value == 0
    assert said(order(known, sheet, tallies=shown("e", 1, 5, known=known)))["e"].value > 0


def test_a_round_that_may_not_be_shown_is_as_if_nobody_had_voted() -> None:
    known = two_dimensions()
    sheet = a_sheet(known, {**dict.fromkeys("abcdef", 3), "g": True})
    hidden = tally(known.questions_by_id["e"], votes(1, 5, 5), round=1, smallest=4)
    assert order(known, sheet, tallies={"e": hidden}) == order(known, sheet, tallies={})


def test_days_of_the_plan_count_that_are_not_needed_if_the_best_plausible_answer_is_right() -> None:
    known = a_questionnaire(
        section("s", *(level_question(name) for name in "abcd")),
        measures=[measure("m", {"a": 3, "b": 5}, effort=(10, 10))],
    )
    report = a_report(known, a_sheet(known, dict.fromkeys("abcd", 2)), per_month=20)
    assert report.roadmap.slots
    with_plan, without = (
        said(order(known, report.sheet, tallies={}, roadmap=plan)) for plan in (report.roadmap, None)
    )
    # a may be at 3 already, b at most at 3 and not at 5; c is moved by nothing
    assert {name: stake.days for name, stake in with_plan.items()} == {"a": 5, "b": 0, "c": 0, "d": 0}
    assert with_plan["a"].value == pytest.approx(without["a"].value + 0.6 * 0.5)
    assert with_plan["c"] == without["c"]


def test_of_equals_the_one_asked_first_comes_first() -> None:
    known = a_questionnaire(section("s", *(level_question(name) for name in "dbca")))
    found = order(known, a_sheet(known, dict.fromkeys("abcd", 3)), tallies={})
    assert [stake.question for stake in found] == ["d", "b", "c", "a"]


@st.composite
def rooms(draw: st.DrawFn) -> tuple[Questionnaire, AnswerSheet, dict[str, list[Vote]]]:
    known = draw(questionnaires())
    sheet = draw(sheets(known))
    cast = {}
    for name in to_vote_on(known, sheet):
        if draw(st.booleans()):
            one = st.one_of(st.none(), st.sampled_from(known.questions_by_id[name].values()))
            cast[name] = draw(st.lists(st.builds(Vote, st.sampled_from(ROLES[:3]), one), max_size=9))
    return known, sheet, cast


def counted(known: Questionnaire, cast: Mapping[str, list[Vote]]) -> dict[str, Tally]:
    return {
        name: tally(known.questions_by_id[name], some, round=1, smallest=2) for name, some in cast.items()
    }


@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_is_the_same_whatever_the_order_of_votes_and_answers(room: Any, chance: Any) -> None:
    known, sheet, cast = room
    mixed = {name: chance.sample(some, len(some)) for name, some in cast.items()}
    shuffled = sheet.with_answers(chance.sample(sheet.answers, len(sheet.answers)))
    assert order(known, sheet, tallies=counted(known, cast)) == order(
        known, shuffled, tallies=counted(known, mixed)
    )


@given(rooms())
def test_nothing_is_less_than_nothing_and_only_shown_votes_count_as_votes(room: Any) -> None:
    known, sheet, cast = room
    tallies = counted(known, cast)
    found = order(known, sheet, tallies=tallies)
    assert [stake.value for stake in found] == pytest.approx(sorted((s.value for s in found), reverse=True))
    for stake in found:
        made = tallies.get(stake.question)
        assert 0 <= stake.disagreement <= 1 and stake.value >= 0 and stake.shift >= 0
        assert stake.is_voted == bool(made and made.groups)


@given(questionnaires(), st.data())
@settings(max_examples=150)
def test_what_hangs_on_an_answer_is_what_scoring_one_sheet_after_the_other_says(
    known: Questionnaire, data: st.DataObject
) -> None:
    sheet = data.draw(sheets(known))
    # two people who differ: their two answers are what is plausible, and they agree on nothing but by the formula
    ends = {
        name: data.draw(st.permutations(known.questions_by_id[name].values()))[:2]
        for name in to_vote_on(known, sheet)
    }
    cast = {name: votes(*pair) for name, pair in ends.items()}
    tallies = {
        name: tally(known.questions_by_id[name], some, round=1, smallest=1) for name, some in cast.items()
    }
    for stake in order(known, sheet, tallies=tallies):
        question = known.questions_by_id[stake.question]
        if question.worth(ends[question.id][0]) == question.worth(ends[question.id][1]):
            assert stake.value == 0
            continue
        low, high = (
            score(known, sheet.with_answer(Answer(question=question.id, value=end)))
            for end in ends[question.id]
        )
        assert stake.shift == pytest.approx(difference(low, high, known.id, ("value", "low", "high")))
        assert stake.levels == tuple(
            place.id
            for place in known.whole.walk()
            if difference(low, high, place.id, ("level", "level_low", "level_high")) > 0
        )


def difference(low: Scorecard, high: Scorecard, section_: str, names: tuple[str, str, str]) -> float:
    """Return by how much a figure differs: the mean of the ends of its range, and of itself where enough is answered."""
    one, other = low.of(section_), high.of(section_)
    seen = names if one.certain and other.certain else names[1:]
    by = [(getattr(one, name), getattr(other, name)) for name in seen]
    apart = [abs(a - b) for a, b in by if a is not None and b is not None]
    return sum(apart) / len(apart) if apart else 0.0


def test_from_an_empty_sheet_what_caps_the_most_comes_first_and_something_hangs_on_everything(
    flagship: Questionnaire,
) -> None:
    found = order(flagship, a_sheet(flagship, profile=FULL_PROFILE), tallies={})
    assert found[0].caps and flagship.id in found[0].levels
    assert len({round(stake.value, 6) for stake in found}) > 10
    capping = {one.question for one in flagship.caps}
    assert {stake.question for stake in found if stake.value == 0} <= set(flagship.questions_by_id) - capping


# ── the agenda ───────────────────────────────────────────────────────────────────────────────────────────────────────


def stakes(*values: float) -> tuple[Stake, ...]:
    return tuple(
        Stake(question=f"q{place}", value=value, disagreement=1, is_voted=False, levels=(), shift=0, days=0)
        for place, value in enumerate(values)
    )


@pytest.mark.parametrize(
    ("values", "minutes", "many"),
    [
        ((5, 3, 1, 1), 480, 2),
        ((5, 2.9, 1.1, 1), 480, 3),
        ((1, 1, 1, 1, 1), 480, 4),
        ((1, 1, 1, 1, 1), 16, 2),
        ((1, 1, 1, 1, 1), 23, 2),
        ((1, 1), 5, 1),
        ((4, 0, 0), 480, 1),
        ((0, 0), 480, 0),
        ((), 480, 0),
    ],
)
def test_the_agenda_is_the_fewest_questions_that_carry_most_as_far_as_there_is_time(
    values: tuple[float, ...], minutes: int, many: int
) -> None:
    assert agenda(stakes(*values), minutes=minutes) == tuple(f"q{place}" for place in range(many))


@given(st.lists(st.floats(0, 10), max_size=20), st.integers(8, 300), st.integers(1, 20))
def test_an_agenda_keeps_to_the_time_and_no_shorter_one_carries_as_much(
    values: list[float], minutes: int, each: int
) -> None:
    found = stakes(*sorted(values, reverse=True))
    chosen = agenda(found, minutes=minutes, each=each)
    told = sitting(found, chosen, each=each)
    assert [stake.question for stake in found][: len(chosen)] == list(chosen)
    assert told.minutes <= max(minutes, each)
    if len(chosen) > 1:
        assert sitting(found, chosen[:-1]).share < 0.8
    if (len(chosen) + 1) * each <= minutes and sum(values) > 1e-6:
        assert told.share >= 0.8 - 1e-6


def test_an_agenda_says_how_many_of_all_questions_decide_how_much_in_which_time() -> None:
    found = stakes(5, 3, 1, 1)
    told = sitting(found, agenda(found, minutes=70))
    assert (told.questions, told.of, told.minutes, told.share) == (2, 4, 16, 0.8)
    assert sitting(found, ("q3", "q0")).share == 0.6
    assert sitting(stakes(0, 0), ()).share == 0
