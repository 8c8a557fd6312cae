"""A score opened: the printed formula gives the printed index by every method; what is left out says why; what limits is named."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.document.blocks import Bullets, Heading, Paragraph, Table
from assessment.document.formula import MADE_OF, TERMS, not_answered, other_way, parts, terms_of, worked_out
from assessment.document.opened import opened
from assessment.document.telling import Teller
from assessment.i18n import MISSING, catalogue
from assessment.loader import read_questionnaire, sheet_from_data
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.values import round_half_up
from tests.conftest import (
    Data,
    a_questionnaire,
    a_report,
    a_sheet,
    cap,
    gate,
    level_question,
    section,
    text,
    two_dimensions,
)
from tests.strategies import questionnaires, sheets

BY_HAND = Path(__file__).parent / "models" / "by_hand"
NOTHING = "Nothing in this section counts towards an index yet."


def teller(report: Report, language: str = "en") -> Teller:
    return Teller(report, language, catalogue(language))


def told(questionnaire: Questionnaire, said: dict[str, Any], **more: Any) -> Teller:
    return teller(a_report(questionnaire, a_sheet(questionnaire, said, **more)))


def formula(tell: Teller, of: str = "s") -> str:
    return worked_out(tell, tell.report.explanation(of))


def rows(tell: Teller, of: str = "s") -> list[list[str]]:
    table = parts(tell, tell.report.explanation(of))
    head = [column.head for column in table.columns]
    return [head, *([" / ".join(line.text for line in one) for one in row] for row in table.rows)]


def of_four(**more: Any) -> Data:
    return section("s", *(level_question(name) for name in "abcd"), **more)


def figure(number: float, digits: int) -> float:
    return round_half_up(number, digits)


def reckoned(said: str) -> tuple[float, float, int]:
    """Reckon a printed formula out: what its figures give, what it says they give, and with how many decimals."""
    said = re.sub(r" (from (one|[\d,]+) more|for what is not answered)", "", said.rpartition(": ")[2])
    left, result = said.split(" = ")
    result = result.split(" of ")[0].replace(",", "")
    left = left.replace(",", "").replace("×", "*").replace("÷", "/").replace("−", "-")
    assert re.fullmatch(r"[\d.()*/+ -]+", left), said
    return float(eval(left)), float(result), len(result.partition(".")[2])


# ── the formula ──────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.data())
def test_the_figures_as_printed_give_the_index_as_printed_by_every_method(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    tell = teller(a_report(questionnaire, data.draw(sheets(questionnaire))))
    for explanation in tell.report.explanations:
        said, value = worked_out(tell, explanation), explanation.value
        if value is None:
            assert said == NOTHING
        elif explanation.method == "min":
            listed, named = said.removeprefix("The lowest of ").split(" is ", 1)
            figures = [float(one.replace(",", "")) for one in listed.split(" · ")]
            assert min(figures) == float(re.split(r" of |: ", named)[0].replace(",", ""))
        elif said.startswith("Every question of every level is reached"):
            assert explanation.gate is None
        else:
            gives, result, digits = reckoned(said)
            assert figure(gives, digits) == result, said


@given(st.data())
def test_unrounded_the_terms_give_the_index_too(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    report = a_report(questionnaire, data.draw(sheets(questionnaire)))
    for explanation in report.explanations:
        terms, value = terms_of(explanation), report.scorecard.of(explanation.of).value
        if value is None:
            continue
        assert explanation.value == value
        added = sum(term.weight * term.value for term in terms)
        match explanation.method:
            case "mean" | "mean_of_leaves":
                assert value == pytest.approx(added / sum(term.weight for term in terms))
            case "sum":
                assert value == pytest.approx(added + not_answered(explanation))
            case "min":
                assert value == pytest.approx(min(term.value for term in terms))
            case "staged":
                pass  # its terms are not added; the printed formula is reckoned out above


def test_a_mean_is_divided_by_the_weights_that_count() -> None:
    questionnaire = a_questionnaire(
        section("s", level_question("a", weight=2), level_question("b"), level_question("c", weight=0.25))
    )
    assert (
        formula(told(questionnaire, {"a": 4, "b": 3, "c": 1}))
        == "(2 × 4.00 + 3.00 + 0.25 × 1.00) ÷ 3.25 = 3.46"
    )
    assert formula(told(questionnaire, {"b": 3, "c": "n/a"})) == "3.00 ÷ 1 = 3.00"


def test_figures_get_more_decimals_where_two_would_not_add_up() -> None:
    heavy = section("p", *(level_question(f"p{n}") for n in range(3)), weight=3)
    light = section("q", *(level_question(f"q{n}") for n in range(3)))
    questionnaire = a_questionnaire(section("s", heavy, light))
    tell = told(questionnaire, {"p0": 3, "p1": 3, "p2": 2, "q0": 3, "q1": 2, "q2": 2})
    # 3 × 2.67 + 2.33 would be 10.34, a fourth of which is 2.59
    assert tell.report.scorecard.of("s").value == pytest.approx(31 / 12)
    assert formula(tell) == "(3 × 2.667 + 2.333) ÷ 4 = 2.58"
    tell = told(questionnaire, {"p0": 3, "p1": 3, "p2": 3, "q0": 3, "q1": 2, "q2": 2})
    assert formula(tell) == "(3 × 3.00 + 2.33) ÷ 4 = 2.83"


def test_of_many_terms_the_last_are_added_up_to_one() -> None:
    names = [f"q{number}" for number in range(TERMS + 8)]
    questionnaire = a_questionnaire(section("s", *map(level_question, names)))
    said = formula(told(questionnaire, dict.fromkeys(names, 3)))
    assert said.count("3.00") == TERMS, "eleven terms and the result"
    assert said.endswith("+ 27.00 from 9 more) ÷ 20 = 3.00")
    one_more = a_questionnaire(section("s", *map(level_question, names[:TERMS])))
    assert "more" not in formula(told(one_more, dict.fromkeys(names, 3)))


def test_a_sum_adds_points_and_says_what_is_counted_for_no_answer() -> None:
    questionnaire = a_questionnaire(of_four(method="sum"))
    assert (
        formula(told(questionnaire, {"a": 5, "b": 4, "c": 3, "d": 2}))
        == "5.00 + 4.00 + 3.00 + 2.00 = 14.00 of 20"
    )
    tell = told(questionnaire, {"a": 5, "b": 4})
    assert formula(tell) == "5.00 + 4.00 + 2.00 for what is not answered = 11.00 of 20"
    assert (
        formula(told(questionnaire, {"a": 5, "b": 4, "c": "n/a", "d": "n/a"})) == "5.00 + 4.00 = 9.00 of 10"
    )


def test_the_weakest_is_named_with_all_that_were_compared() -> None:
    questionnaire = a_questionnaire(of_four(method="min"))
    said = formula(told(questionnaire, {"a": 5, "b": 2, "c": 3, "d": 2}))
    assert said == "The lowest of 5.00 · 2.00 · 3.00 · 2.00 is 2.00: “How is b?” and “How is d?”."


def test_a_mean_of_leaves_takes_the_questions_of_every_part() -> None:
    questionnaire = two_dimensions(method="mean_of_leaves")
    tell = told(questionnaire, {"a": 5, "b": 5, "c": 5, "d": 5, "e": 1, "f": 3})
    assert formula(tell, "small") == "(5.00 + 5.00 + 5.00 + 5.00 + 1.00 + 3.00) ÷ 6 = 4.00"
    explanation = tell.report.explanation("small")
    assert (
        other_way(tell, explanation)
        == "Averaged over the parts instead of all questions, the index would be 3.50."
    )
    tell = told(two_dimensions(), {"a": 5, "b": 5, "c": 5, "d": 5, "e": 1, "f": 3})
    assert formula(tell, "small") == "(5.00 + 2.00) ÷ 2 = 3.50"
    assert other_way(tell, tell.report.explanation("small")).endswith("the index would be 4.00.")
    assert other_way(tell, tell.report.explanation("x1")) == ""


def staged() -> tuple[Questionnaire, dict[str, Any]]:
    questionnaire = read_questionnaire(BY_HAND / "energy-capability")
    said = {"assets-1a": "li", "assets-1b": "fi", "assets-1c": "pi", "threats-1a": "fi", "threats-1b": "pi"}
    return questionnaire, said


def by_hand(questionnaire: Questionnaire, said: dict[str, Any], **profile: Any) -> Teller:
    data = {"questionnaire": questionnaire.id, "version": "1.0.0", "profile": profile, "answers": said}
    _, sheet, _ = sheet_from_data(data, questionnaire=questionnaire)
    return teller(a_report(questionnaire, sheet))


def test_stages_show_the_one_reached_and_the_share_of_the_next() -> None:
    questionnaire, said = staged()
    tell = by_hand(questionnaire, said)
    assert (
        formula(tell, "energy-capability")
        == "Of level 2, 50% of the weight is reached: 1.00 + (2.00 − 1.00) × 0.5 = 1.50"
    )
    assert rows(tell, "threats") == [
        ["Part", "Answer", "Belongs to level", "Weight", "Remark"],
        ["Sources are known.", "Fully implemented", "1", "1.0", "reached"],
        ["Sources are watched.", "Partially implemented", "2", "1.0", "not reached"],
        ["There is a policy.", MISSING, "3", "1.0", "open; not reached"],
        ["There are enough people.", MISSING, "3", "1.0", "open; not reached"],
    ]
    tell = by_hand(questionnaire, {**said, "assets-1c": "fi"})
    assert formula(tell, "assets") == "Every question of every level is reached: 3.00."


def test_an_index_of_percent_has_the_decimals_of_one() -> None:
    questionnaire = read_questionnaire(BY_HAND / "security-requirements")
    tell = by_hand(
        questionnaire,
        {"accounts": 3, "remote": True, "second-factor": "admins", "contracts": 50},
        cloud="rented",
    )
    assert formula(tell, "access") == "(2 × 66.7 + 25.0) ÷ 3 = 52.8"
    assert formula(tell, "security-requirements") == "(52.8 + 50.0) ÷ 2 = 51.4"


def test_without_an_answer_there_is_no_formula() -> None:
    assert formula(told(a_questionnaire(), {})) == NOTHING


# ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_part_says_what_was_answered_what_it_is_worth_and_why_it_is_left_out() -> None:
    questionnaire = a_questionnaire(
        section(
            "s",
            *(level_question(name) for name in "abcd"),
            level_question("e", applies_if=[{"question": "g", "any_of": ["yes"]}]),
            gate("g"),
            gate("h"),
            {"id": "words", "type": "text", "label": text("What else?")},
        ),
        caps=[cap("k", "g", {"s": 2})],
    )
    said = {"a": 4, "b": "unknown", "c": "n/a", "e": 5, "g": False, "h": True, "words": "Much."}
    head, *found = rows(told(questionnaire, said))
    assert head == ["Part", "Answer", "Value", "Weight", "Remark"]
    condition = "asked for its condition, without weight in the index"
    assert found == [
        ["How is a?", "level 4", "4.00", "1.0", ""],
        ["How is b?", MISSING, MISSING, "1.0", "not known"],
        ["How is c?", MISSING, MISSING, "1.0", "does not apply: We do not do this."],
        ["How is d?", MISSING, MISSING, "1.0", "open"],
        ["How is e?", MISSING, MISSING, "1.0", "does not apply"],
        ["Is g?", "no", MISSING, "0.0", condition],
        ["Is h?", "yes", MISSING, "0.0", "without weight in the index"],
        ["What else?", "answered in words", MISSING, "0.0", "without weight in the index"],
    ]


def test_what_counts_as_worst_although_nobody_answered_says_so() -> None:
    questionnaire = a_questionnaire(unanswered="worst")
    tell = told(questionnaire, {"a": 5, "b": 5, "c": "unknown"})
    assert [row[-1] for row in rows(tell)[1:]] == [
        "",
        "",
        "not answered; counts as worst",
        "not answered; counts as worst",
    ]
    assert formula(tell) == "(5.00 + 5.00 + 1.00 + 1.00) ÷ 4 = 3.00"


def test_without_a_remark_or_a_question_there_is_no_column_for_it() -> None:
    tell = told(two_dimensions(), dict.fromkeys("abcdef", 3))
    assert rows(tell, "small")[0] == ["Part", "Value", "Weight"]
    assert rows(tell, "y")[0] == ["Part", "Answer", "Value", "Weight"]


def test_a_weight_is_not_rounded_to_another_one() -> None:
    questionnaire = a_questionnaire(
        section("s", level_question("a", weight=0.25), level_question("b", weight=2))
    )
    assert [row[3] for row in rows(told(questionnaire, {"a": 3, "b": 3}))[1:]] == ["0.25", "2.0"]


# ── the level ────────────────────────────────────────────────────────────────────────────────────────────────────────


def headings(tell: Teller, of: str) -> list[str]:
    return [block.text for block in opened(tell, of) if isinstance(block, Heading)]


def listed(tell: Teller, of: str, title: str) -> list[str]:
    blocks = list(opened(tell, of))
    start = next(
        number for number, one in enumerate(blocks) if isinstance(one, Heading) and one.text == title
    )
    return [line.text for line in next(one for one in blocks[start:] if isinstance(one, Bullets)).items]


def test_a_limit_in_force_and_one_that_could_come_are_told_apart() -> None:
    caps = [cap("k", "g", {"x2": 2}), cap("l", "c", {"x2": 3}, below=2, unknown_counts=False)]
    questionnaire = two_dimensions(caps=caps, at_most_above_weakest=0)
    said = {**dict.fromkeys("abdef", 5), "g": False}
    tell = told(questionnaire, said)
    assert listed(tell, "x2", "What limits the level") == [
        "Because. Limits x2 to level 2.",
        "Not known: How is c? Less than “level 2” limits x2 to level 3.",
    ]
    held = told(questionnaire, {**said, "c": 5, "f": 1, "g": True})
    assert listed(held, "small", "What limits the level") == [
        "“y” is the weakest part; “Small” may stand no higher than level 1."
    ]
    tell = told(questionnaire, {**said, "g": "unknown", "c": 5})
    assert listed(tell, "x2", "What could still limit the level") == [
        "Not known: Is g? A “no” limits x2 to level 2."
    ]
    assert "What limits the level" not in headings(told(questionnaire, {**said, "g": True, "c": 5}), "x2")


@pytest.mark.parametrize(
    ("way", "needs", "who", "count"),
    [
        (
            "process_attribute",
            "Level 3 needs more than 50% of the weight at level 3 or higher; here it is 50%.",
            "The 2 questions that stand lower:",
            2,
        ),
        (
            "bands",
            "Level 3 needs an index of 3.00; here it is 2.50.",
            "The 4 questions that are not at their best, those that hold most back first:",
            4,
        ),
        (
            "staged",
            "Level 2 needs every question that belongs to level 2; here 50% of their weight is reached.",
            "The one question not reached:",
            1,
        ),
    ],
)
def test_what_the_next_level_needs_is_told_in_the_way_it_is_found(
    way: str, needs: str, who: str, count: int
) -> None:
    stages = dict(zip("abcd", (2, 2, 3, 3), strict=True))
    asked = (level_question(name, stage=stage) for name, stage in stages.items())
    questionnaire = a_questionnaire(section("s", *asked, levels=way), staged_threshold=0.5)
    blocks = list(opened(told(questionnaire, {"a": 3, "b": 2, "c": 3, "d": 2}), "s"))
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert needs in said
    assert who in said
    assert count == len(next(block for block in blocks if isinstance(block, Bullets)).items)


def test_the_smallest_change_and_the_answers_that_decide_the_range_stand_there() -> None:
    tell = told(a_questionnaire(), {"a": 2, "b": 2, "c": 3})
    assert headings(tell, "s") == [
        MADE_OF["mean"],
        "What level 3 still needs",
        "One answer is all that separates you from level 3",
        "These answers would narrow the range most",
    ]
    (change,) = (
        block for block in opened(tell, "s") if isinstance(block, Table) and block.columns[1].head == "Today"
    )
    assert [[line.text for line in one] for one in change.rows[0]] == [
        ["How is a?"],
        ["level\u00a02"],
        ["level 3: a at 3"],
    ]
    assert listed(tell, "s", "These answers would narrow the range most") == [
        "How is d? Known, it narrows the index by at least 1.00."
    ]


@given(st.data())
def test_any_score_of_any_model_opens(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    tell = teller(a_report(questionnaire, data.draw(sheets(questionnaire))))
    for place in questionnaire.whole.walk():
        said = " ".join(block.model_dump_json() for block in opened(tell, place.id))
        assert not re.search(r"\bnan\b|\bNone\b(?! of these)|[{]\w+[}]", said)
