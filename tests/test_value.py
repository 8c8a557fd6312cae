"""The value model: the worked example of its source, the order in which nothing is counted twice, ranges, what is missing."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet, check_sheet
from assessment.errors import AnswersError
from assessment.explanation import explain
from assessment.loader import read_questionnaire, read_sample
from assessment.questionnaire import Questionnaire, Span, ValueInput
from assessment.roadmap import Capacity, plan
from assessment.scoring import score
from assessment.scoring.portfolio import score_sheets
from assessment.trend import Occasion, compare
from assessment.value import NEEDS, ONE_OFF, YEARLY, Value, value
from tests.conftest import two_dimensions

WORKED = {
    "contacts": 750_000,
    "service-cost": 6_000_000,
    "variable-share": 60,
    "avoidable-share": 12,
    "removed-share": 25,
    "suitable-share": 30,
    "used-share": 20,
    "resolved-share": 60,
    "automated-cost": 0.5,
    "assisted-share": 60,
    "seconds-saved": 20,
    "productive-hours": 1150,
    "cashable-share": 50,
    "full-time-cost": 48_000,
    "full-time-at-home": 60,
    "home-productivity": 0,
    "headcount": 100,
    "attrition": 25,
    "attrition-avoided": 10,
    "replacement-cost": 8000,
    "desks": 100,
    "most-on-site": 60,
    "desk-buffer": 10,
    "desk-cost": 4500,
    "space-cashable-share": 50,
    "days-of-work": 420,
    "day-rate": 650,
    "external-cost": 150_000,
    "licences": 90_000,
    "people-at-home": 60,
    "home-days": 90,
    "home-allowance": 2.45,
    "engineers": 3,
    "effect-in-year-1": 30,
    "effect-in-year-2": 70,
    "effect-in-year-3": 100,
}
"""The worked example of the domain sheet, section F.2; shares in percent."""


@cache
def flagship() -> Questionnaire:
    return read_questionnaire("service-transformation")


def sheet(figures: dict[str, float], **more: float) -> AnswerSheet:
    """Return a sheet with these numbers for the value model; `more` by the full name of the answer."""
    named = {**{f"value-{role}": number for role, number in figures.items()}, **more}
    return AnswerSheet(
        questionnaire="service-transformation",
        version=flagship().version,
        profile={"currency": "eur"},
        answers=tuple(Answer(question=name, value=number) for name, number in named.items()),
    )


def exactly(figures: dict[str, float]) -> AnswerSheet:
    """Return a sheet in which nothing is uncertain."""
    ends = {f"value-{role}-{end}": number for role, number in figures.items() for end in ("low", "high")}
    return sheet(figures, **ends)


def worked_out(figures: AnswerSheet, **plan: Span) -> Value:
    found = value(flagship(), figures, **plan)
    assert found is not None
    return found


def base(found: Value, kind: str) -> float:
    amount = next(benefit.amount for benefit in found.benefits if benefit.kind == kind)
    assert amount is not None
    return amount.expected


def test_the_worked_example_comes_out_as_in_its_source() -> None:
    found = worked_out(exactly(WORKED))
    assert base(found, "avoided") == pytest.approx(108_000)
    assert base(found, "self-service") == pytest.approx(107_100)
    assert base(found, "assisted") == pytest.approx(48_730.43, abs=0.01)
    assert base(found, "at-home") == 0
    assert base(found, "attrition") == pytest.approx(20_000)
    assert base(found, "space") == pytest.approx(76_500)
    assert found.total is not None and found.total.expected == pytest.approx(360_330.43, abs=0.01)
    assert found.one_off is not None and found.one_off.expected == pytest.approx(423_000)
    assert found.yearly is not None and found.yearly.expected == pytest.approx(247_230)
    assert [year.expected for year in found.net] == pytest.approx(
        [-139_130.87, 5_001.30, 113_100.43], abs=0.01
    )
    assert found.after_three_years is not None
    assert found.after_three_years.expected == pytest.approx(-444_029.13, abs=0.01)
    assert found.payback == pytest.approx(3.74, abs=0.005)


def test_where_nothing_is_uncertain_the_three_cases_are_one() -> None:
    found = worked_out(exactly(WORKED))
    amounts = [found.total, found.one_off, found.yearly, found.after_three_years, *found.net]
    assert all(
        amount is not None and amount.cautious == amount.expected == amount.hopeful for amount in amounts
    )


def test_an_expected_number_without_ends_keeps_the_width_of_the_example() -> None:
    found = worked_out(sheet({**WORKED, "resolved-share": 50}))
    span = next(each.span for each in found.used if each.role == "resolved-share")
    example = flagship().value_inputs["resolved-share"].example
    assert example is not None
    assert (span.low, span.base, span.high) == (
        50 - (example.base - example.low),
        50,
        50 + (example.high - example.base),
    )
    assert found.total is not None and found.total.cautious < found.total.expected < found.total.hopeful


def test_home_work_is_worth_nothing_unless_somebody_says_otherwise() -> None:
    found = worked_out(sheet({role: n for role, n in WORKED.items() if role != "home-productivity"}))
    at_home = next(benefit.amount for benefit in found.benefits if benefit.kind == "at-home")
    assert at_home is not None and (at_home.cautious, at_home.expected) == (0, 0)
    assert at_home.hopeful > 0


@pytest.mark.parametrize("kind", NEEDS)
def test_a_benefit_without_its_figures_is_not_worked_out_and_says_what_is_missing(kind: str) -> None:
    inputs = flagship().value_inputs
    role = next(role for role in NEEDS[kind] if inputs[role].example is None)  # type: ignore[index]
    found = worked_out(sheet({name: n for name, n in WORKED.items() if name != role}))
    benefit = next(each for each in found.benefits if each.kind == kind)
    assert benefit.amount is None and benefit.missing == (role,)
    assert found.total is not None


def test_contacts_that_are_avoided_are_not_assisted_as_well() -> None:
    few = worked_out(exactly({**WORKED, "removed-share": 0}))
    many = worked_out(exactly({**WORKED, "removed-share": 100}))
    assert base(many, "assisted") < base(few, "assisted")
    assert base(few, "assisted") - base(many, "assisted") == pytest.approx(
        750_000 * 0.12 * 0.6 * 20 / 3600 * 48_000 / 1150 * 0.5
    )


@pytest.mark.parametrize("role", [*ONE_OFF, *YEARLY])
def test_without_a_part_of_the_cost_no_year_is_told(role: str) -> None:
    found = worked_out(sheet({name: n for name, n in WORKED.items() if name != role}))
    assert role in found.missing
    assert found.after_three_years is None and found.payback is None


def test_the_effort_of_the_plan_counts_until_one_has_its_own() -> None:
    figures = {role: n for role, n in WORKED.items() if role != "days-of-work"}
    plan = Span(low=100, base=200, high=300)
    of_the_plan = worked_out(sheet(figures), days_of_work=plan)
    assert next(each for each in of_the_plan.used if each.role == "days-of-work").origin == "plan"
    assert of_the_plan.one_off is not None and of_the_plan.one_off.expected == pytest.approx(
        200 * 650 + 150_000
    )
    own = worked_out(sheet(WORKED), days_of_work=plan)
    assert own.one_off is not None and own.one_off.expected == pytest.approx(423_000)


def test_a_key_figure_counts_where_the_model_has_no_number_of_its_own() -> None:
    figures = {role: n for role, n in WORKED.items() if role != "attrition"}
    found = worked_out(sheet(figures, attrition=25))
    assert next(each for each in found.used if each.role == "attrition").origin == "key_figure"
    assert base(found, "attrition") == pytest.approx(20_000)


def test_what_does_not_pay_back_has_no_payback() -> None:
    found = worked_out(exactly({**WORKED, "engineers": 30}))
    assert found.payback is None and found.after_three_years is not None


def test_without_any_figure_nothing_is_known() -> None:
    found = worked_out(sheet({}))
    assert not found.known and found.net == ()


def test_a_questionnaire_without_a_value_model_has_no_value() -> None:
    assert flagship().key_figures is not None
    assert value(two_dimensions(), AnswerSheet(questionnaire="two", version="1.0.0")) is None


def _plausible(each: ValueInput) -> st.SearchStrategy[float]:
    return st.floats(each.low, each.high, allow_nan=False).map(lambda number: max(each.low, round(number, 3)))


@settings(max_examples=300)
@given(st.data())
def test_the_figures_of_each_case_add_up_down_its_own_column(data: st.DataObject) -> None:
    inputs = flagship().value_inputs
    figures = {role: data.draw(_plausible(each), label=role) for role, each in inputs.items()}
    found = worked_out(sheet(figures))
    for case in ("cautious", "expected", "hopeful"):
        total = sum(getattr(benefit.amount, case) for benefit in found.benefits)
        assert getattr(found.total, case) == pytest.approx(total)
        years = sum(getattr(year, case) for year in found.net)
        assert getattr(found.after_three_years, case) == pytest.approx(years - getattr(found.one_off, case))


def test_with_the_examples_the_cautious_case_is_the_lowest_throughout() -> None:
    found = worked_out(
        sheet({role: n for role, n in WORKED.items() if flagship().value_inputs[role].example is None})
    )
    for amount in (found.total, found.after_three_years, *found.net):
        assert amount is not None and amount.cautious < amount.expected < amount.hopeful
    assert found.one_off is not None and found.one_off.cautious >= found.one_off.hopeful


def test_ends_alone_go_around_the_example_and_a_fact_counts_with_the_middle_of_both() -> None:
    figures = {role: n for role, n in WORKED.items() if role not in ("variable-share", "day-rate")}
    ends = {"value-variable-share-low": 55, "value-variable-share-high": 80, "value-day-rate-low": 500}
    used = {each.role: each for each in worked_out(sheet(figures, **ends)).used}
    share = used["variable-share"]
    assert (share.span.low, share.span.base, share.span.high, share.origin) == (55, 60, 80, "example")
    assert "day-rate" not in used, "one end of a fact is no number to count with"
    used = {
        each.role: each for each in worked_out(sheet(figures, **ends, **{"value-day-rate-high": 700})).used
    }
    assert (used["day-rate"].span.low, used["day-rate"].span.base, used["day-rate"].span.high) == (
        500,
        600,
        700,
    )


def test_a_key_figure_that_does_not_concern_the_organisation_does_not_count() -> None:
    figures = {role: n for role, n in WORKED.items() if role != "resolved-share"}
    by_channel = {
        channel: worked_out(
            sheet(figures, **{"true-resolution": 30}).model_copy(
                update={"profile": {"currency": "eur", "channels": (channel,)}}
            )
        )
        for channel in ("bot", "email")
    }
    origins = {
        channel: next(each.origin for each in found.used if each.role == "resolved-share")
        for channel, found in by_channel.items()
    }
    assert origins == {"bot": "key_figure", "email": "example"}


@pytest.mark.parametrize(("low", "high"), [(700_000, 800_000), (500_000, 550_000)])
def test_ends_on_the_wrong_side_are_marked_and_the_expected_number_stands_in(low: float, high: float) -> None:
    figures = {**WORKED, "contacts": 600_000}
    found = worked_out(sheet(figures, **{"value-contacts-low": low, "value-contacts-high": high}))
    used = next(each for each in found.used if each.role == "contacts")
    assert used.crossed
    assert used.span.low <= used.span.base == 600_000 <= used.span.high
    assert not any(each.crossed for each in found.used if each.role != "contacts")


# ── figures beside the answers ───────────────────────────────────────────────────────────────────────────────────────


def test_no_figure_changes_a_score_an_explanation_or_a_plan_for_one_sheet_or_for_many() -> None:
    known, bare, _ = read_sample("nordlicht", language="en")
    answers = tuple(answer for answer in bare.answers if answer.question in known.questions_by_id)
    without = bare.with_answers(answers)
    assert len(answers) < len(bare.answers)
    assert score(known, bare) == score(known, without)
    assert explain(known, bare, "legal") == explain(known, without, "legal")
    wanted = Capacity(start=date(2026, 12, 1))
    assert plan(known, bare, capacity=wanted) == plan(known, without, capacity=wanted)
    (many,) = score_sheets(known, [bare, without])
    assert many.of("legal").value[0] == many.of("legal").value[1]


def test_what_was_given_for_a_figure_passes_from_version_to_version() -> None:
    known, sheet, _ = read_sample("nordlicht", language="en")
    trend = compare(Occasion(known, sheet), Occasion(known, sheet))
    assert trend.versions.answers_left_out == ()


@pytest.mark.parametrize(
    ("figure", "value"), [("aht", 5), ("fcr", 101), ("value-contacts", 10.5), ("value-attrition-low", -1)]
)
def test_a_figure_that_cannot_be_is_refused_with_its_limits(figure: str, value: float) -> None:
    wrong = sheet({}, **{figure: value})
    with pytest.raises(AnswersError, match=f"answers › {figure}: the value .* is not one of the answers"):
        check_sheet(flagship(), wrong)
