"""Looking around a plan: what days buy, what every goal wants, what would be otherwise."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.roadmap import Capacity, Commitment, Wishes, plan
from assessment.roadmap.outlook import difference, everything, trade_off, under_goals
from tests.conftest import START, a_sheet, capacity, measure, two_dimensions
from tests.strategies import questionnaires, sheets
from tests.test_planning_laws import rooms

TWO = dict.fromkeys("abcdef", 2)
planned = st.shared(questionnaires(measures=5), key="looked around")


@given(planned, planned.flatmap(sheets), rooms())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_more_days_never_buy_less(questionnaire: Questionnaire, sheet: AnswerSheet, room: Capacity) -> None:
    bought = trade_off(questionnaire, sheet, capacity=room, days=(5, 10, 20, 60), moves=60)
    assert [point.days for point in bought.points] == [5, 10, 20, 60]
    for less, more in zip(bought.points, bought.points[1:], strict=False):
        assert (more.delay, -more.gain) <= (less.delay, -less.gain)
    assert bought.knee is None or bought.knee in (5, 10, 20)


def test_the_knee_is_where_the_curve_bends() -> None:
    cheap = [measure(f"c{name}", {name: 5}, effort=(2, 2), weeks=2) for name in "abcde"]
    dear = measure("dear", {"f": 3}, effort=(90, 90), weeks=8)
    questionnaire = two_dimensions(measures=[*cheap, dear])
    bought = trade_off(
        questionnaire, a_sheet(questionnaire, TWO), capacity=capacity(10, 12), days=(5, 15, 50, 110)
    )
    assert bought.knee == 15
    assert bought.at(15).measures == 5
    assert bought.at(110).measures == 6
    with pytest.raises(KeyError):
        bought.at(16)


def test_a_straight_line_has_no_knee() -> None:
    alike = [measure(f"m{name}", {name: 3}, effort=(24, 24), weeks=8) for name in "abef"]
    questionnaire = two_dimensions(measures=alike)
    bought = trade_off(
        questionnaire, a_sheet(questionnaire, TWO), capacity=capacity(10, 12), days=(24, 96), moves=100
    )
    assert bought.knee is None


def test_what_is_planned_under_every_goal_and_what_only_under_one() -> None:
    questionnaire = two_dimensions(
        measures=[
            measure("quick", {"a": 5, "b": 5}, effort=(1, 1)),
            measure("money", {"c": 3}, effort=(10, 10), goals=["cost"]),
            measure("staff", {"e": 3}, effort=(10, 10), goals=["people"]),
        ]
    )
    sheet = a_sheet(questionnaire, TWO)
    goals = under_goals(questionnaire, sheet, capacity=capacity(11, 1))
    assert set(goals.by_goal) == {"cost", "people"}
    assert "quick" in goals.always
    assert "money" in goals.by_goal["cost"]
    assert "staff" in goals.by_goal["people"]
    assert goals.goals_of("money") == ("cost",)
    # one of the two is in the plan that has no goal either, so it is not there for a goal's sake alone
    assert {*goals.only["cost"], *goals.only["people"]} <= {"money", "staff"}
    assert len(goals.only["cost"]) + len(goals.only["people"]) == 1


def test_a_difference_names_what_came_went_and_moved(flagship_report: Report) -> None:
    report = flagship_report
    first = report.roadmap
    name = first.slots[-1].measure
    gone = Wishes(commitments=(Commitment(measure=name, standing="dropped"),))
    second = plan(report.questionnaire, report.sheet, capacity=first.capacity, wishes=gone, present=first)
    found = difference(first, second, of=report.questionnaire.id)
    assert name in found.removed
    one, two = ({slot.measure: slot.begin for slot in each.slots} for each in (first, second))
    assert set(found.added) == set(two) - set(one)
    assert {each.measure: each.by for each in found.moved} == {
        key: two[key] - one[key] for key in one if key in two and one[key] != two[key]
    }
    assert found.kept + len(found.moved) + len(found.removed) == len(first.slots)
    same = difference(first, first, of=report.questionnaire.id)
    assert (same.added, same.removed, same.moved, same.index, same.caps) == ((), (), (), 0, 0)


def test_a_capacity_grows_and_shrinks_as_a_whole() -> None:
    room = Capacity(start=START, per_month=10, roles={"it": 4}, other_months={"2026-07": 5}, budget=900)
    twice = room.scaled(20)
    assert (twice.per_month, twice.roles, twice.other_months, twice.budget) == (
        20,
        {"it": 8},
        {"2026-07": 10},
        900,
    )
    assert [room.in_month(month) for month in (5, 6, 7)] == [10, 5, 10]
    assert room.share_of_month(6) == 0.5


def test_everything_that_helps_takes_as_long_as_its_chain(flagship_report: Report) -> None:
    chain = [
        measure("m1", {"a": 3}, effort=(1, 1), weeks=8),
        measure("m2", {"c": 3}, effort=(1, 1), weeks=8, requires=["m1"]),
        measure("m3", {"e": 3}, effort=(1, 1), weeks=4),
    ]
    questionnaire = two_dimensions(measures=chain)
    found = everything(questionnaire, a_sheet(questionnaire, TWO), capacity=capacity(10, 1))
    assert (found.months, found.proven, found.chain, found.measures) == (4, True, ("m1", "m2"), 3)
    room = flagship_report.roadmap.capacity
    whole = everything(flagship_report.questionnaire, flagship_report.sheet, capacity=room, moves=40)
    assert whole.months >= whole.least > room.months
    assert whole.measures > len(flagship_report.roadmap.slots)
