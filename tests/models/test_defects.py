"""Defects found in other tools, each as a test that shows that it is not here."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from assessment.answers import AnswerSheet, asked, check_sheet
from assessment.document import as_text, compose
from assessment.errors import AnswersError, QuestionnaireError
from assessment.explanation import explain
from assessment.loader import read_sheet, sheet_from_data
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from assessment.scoring.portfolio import score_sheets
from assessment.values import round_half_up
from tests.conftest import a_report, a_sheet
from tests.models.building import Data, choice, figure, levels, loaded, model, own_scale, section, words
from tests.models.conditions import Visible, standing

PERCENT = {"index": {"low": 0, "high": 100}, "levels": levels(range(4), (0, 40, 70, 90))}
SHARE = {"none": 0, "some": 25, "half": 50, "most": 75, "all": 100}


def percent(name: str, *parts: Data, **more: Any) -> Data:
    return model(name, *parts, scale=PERCENT, levels="bands", **more)


def test_skipping_the_weak_questions_lifts_no_score_unseen(tmp_path: Path) -> None:
    """There, a skipped question vanished from the mean: a score of 100 with nothing beside it."""
    questions = [choice(f"q{n}", worths=SHARE) for n in range(10)]
    questionnaire = loaded(percent("skipping", section("s", *questions), minimum_coverage=0.6), tmp_path)
    honest = {f"q{n}": "all" if n < 4 else "none" for n in range(10)}
    for skipped in ("unknown", "open"):
        flattering = {name: skipped if value == "none" else value for name, value in honest.items()}
        found = score(questionnaire, a_sheet(questionnaire, flattering)).overall
        assert (found.value, found.coverage, found.status) == (100, pytest.approx(0.4), "low_coverage")
        assert found.low == pytest.approx(score(questionnaire, a_sheet(questionnaire, honest)).overall.value)
        assert (found.level_low, found.level_high) == (1, 3)


def test_among_answers_worth_100_a_number_and_a_checklist_matter_as_much_as_a_choice(tmp_path: Path) -> None:
    """There, choices counted up to 100 and numbers up to 4: nine choices at 50 made 50, whatever the number was."""
    items = [{"id": f"i{n}", "label": words(f"Item {n}")} for n in range(4)]
    others: list[tuple[Data, Any, Any]] = [
        (figure("last", [(0, 0), (4, 4)]), 0, 4),
        (
            {"id": "last", "type": "checklist", "label": words("Which?"), "options": items},
            (),
            ("i0", "i1", "i2", "i3"),
        ),
        ({"id": "last", "type": "yes_no", "label": words("Is it so?")}, False, True),
        (own_scale("last", range(1, 5)), 1, 4),
    ]
    nine = [choice(f"q{n}", worths=SHARE) for n in range(9)]
    for number, (other, worst, best) in enumerate(others):
        data = percent(f"mixed-{number}", section("s", *nine, other))
        questionnaire = loaded(data, tmp_path)
        halves: Data = {f"q{n}": "half" for n in range(9)}
        ends = [
            score(questionnaire, a_sheet(questionnaire, {**halves, "last": value})).overall.value
            for value in (worst, best)
        ]
        assert ends == [pytest.approx(45), pytest.approx(55)], other["type"]


def test_no_score_falls_between_two_levels(tmp_path: Path) -> None:
    """There, a score in a gap between two ranges got the lowest label."""
    questionnaire = loaded(percent("tiling", section("s", figure("x", [(0, 0), (100, 100)]))), tmp_path)
    starts = (0, 40, 70, 90)
    for tenths in range(0, 1001):
        found = score(questionnaire, a_sheet(questionnaire, {"x": tenths / 10})).overall
        assert found.level == sum(Fraction(tenths, 10) >= start for start in starts) - 1, tenths
    for between in (39.999, 69.9999, 89.99999):
        found = score(questionnaire, a_sheet(questionnaire, {"x": between})).overall
        assert found.level == sum(between >= start for start in starts) - 1


@pytest.mark.parametrize("starts", [(10, 40, 70, 90), (0, 70, 40, 90), (0, 40, 40, 90), (0, 40, 70, 110)])
def test_levels_that_leave_a_gap_are_refused(tmp_path: Path, starts: tuple[int, ...]) -> None:
    scale = {"index": {"low": 0, "high": 100}, "levels": levels(range(4), starts)}
    data = model("gaps", section("s", choice("q", worths=SHARE)), scale=scale, levels="bands")
    with pytest.raises(QuestionnaireError, match="tile the scale"):
        loaded(data, tmp_path)


def test_a_missing_answer_shifts_no_other(tmp_path: Path) -> None:
    """There, answers were assigned by position: one gap moved all that followed to the wrong practice."""
    names = [f"q{n}" for n in range(6)]
    parts = [
        section(f"s{n}", *(choice(name, worths=SHARE) for name in names[n * 2 : n * 2 + 2])) for n in range(3)
    ]
    questionnaire = loaded(percent("by-id", *parts), tmp_path)
    said = dict(zip(names, ("none", "all", "half", "half", "all", "all"), strict=True))
    whole = score(questionnaire, a_sheet(questionnaire, said))
    assert [whole.of(f"s{n}").value for n in range(3)] == [50, 50, 100]
    for gap in names:
        rest = {name: value for name, value in reversed(said.items()) if name != gap}
        card = score(questionnaire, a_sheet(questionnaire, rest))
        for number in range(3):
            if gap not in names[number * 2 : number * 2 + 2]:
                assert card.of(f"s{number}") == whole.of(f"s{number}")


def test_what_is_not_applicable_is_in_no_denominator_and_every_answer_counts(tmp_path: Path) -> None:
    """There, a comparison counted the word "Y" only, over all questions, and divided by nothing where there were none."""
    ratings = {"ni": 0, "pi": 1, "li": 2, "fi": 3}
    parts = [section(f"s{n}", *(choice(f"q{n}{m}", worths=ratings) for m in "ab")) for n in range(3)]
    questionnaire = loaded(percent("denominators", *parts), tmp_path)
    said = {"q0a": "fi", "q0b": "n/a", "q1a": "li", "q1b": "pi", "q2a": "n/a", "q2b": "n/a"}
    card = score(questionnaire, a_sheet(questionnaire, said))
    assert [card.of(f"s{n}").value for n in range(3)] == [100, pytest.approx(50), None]
    assert (card.overall.value, card.overall.coverage) == (pytest.approx(75), 1)
    aside = score(questionnaire, a_sheet(questionnaire, dict.fromkeys(said, "n/a"))).overall
    assert (aside.value, aside.level, aside.low, aside.coverage, aside.status) == (
        *(None,) * 4,
        "not_applicable",
    )


def test_one_rule_scores_the_single_view_and_the_comparison(tmp_path: Path) -> None:
    """There, the comparison of several assessments had a formula of its own, and a cruder one."""
    questionnaire = loaded(
        percent("one-rule", section("s", *(choice(f"q{n}", worths=SHARE) for n in "abc"))), tmp_path
    )
    sheets = [
        a_sheet(questionnaire, {"qa": one, "qb": other})
        for one, other in product(SHARE, ("n/a", "open", *SHARE))
    ]
    (many,) = score_sheets(questionnaire, sheets)
    for row, sheet in enumerate(sheets):
        alone = score(questionnaire, sheet).overall
        column = many.of("one-rule")
        assert (column.value[row], column.low[row], column.high[row]) == (alone.value, alone.low, alone.high)


@pytest.mark.parametrize("written", ["2,5", "2.5", "1.000", "50 %"])
def test_a_number_written_for_another_country_is_refused_and_not_misread(
    tmp_path: Path, written: str
) -> None:
    """There, formulas died on a spreadsheet that was not English; a figure in words is no figure in any language."""
    questionnaire = loaded(percent("figures", section("s", figure("x", [(0, 0), (100, 100)]))), tmp_path)
    data = {"questionnaire": "figures", "version": "1.0.0", "answers": {"x": written}}
    with pytest.raises(AnswersError, match="must be a number"):
        sheet_from_data(data, questionnaire=questionnaire)


def test_a_mean_of_means_is_chosen_and_said_where_it_differs(tmp_path: Path) -> None:
    """There, a group's figure was the mean of its parts' means, whatever their size, and nobody saw it."""
    small = section("small", choice("q0", worths=SHARE))
    large = section("large", *(choice(f"q{n}", worths=SHARE) for n in range(1, 10)))
    said = {"q0": "all", **{f"q{n}": "none" for n in range(1, 10)}}
    found = {}
    for method in ("mean", "mean_of_leaves"):
        questionnaire = loaded(percent(method.replace("_", "-"), small, large, method=method), tmp_path)
        sheet = a_sheet(questionnaire, said)
        other = explain(questionnaire, sheet, questionnaire.id).other_mean
        assert other is not None
        found[method] = (score(questionnaire, sheet).overall.value, other.method, other.value)
    assert found["mean"] == (50, "mean_of_leaves", pytest.approx(10))
    assert found["mean_of_leaves"] == (pytest.approx(10), "mean", pytest.approx(50))


def test_no_level_hangs_on_the_last_bit_and_nothing_is_cut_off(tmp_path: Path) -> None:
    """There, results were cut after one decimal and compared as stored: 0.7 added up from tenths missed its threshold."""
    scale = {"index": {"low": 0, "high": 1}, "levels": levels(range(11), [n / 10 for n in range(11)])}
    tenths = [{"id": f"q{n}", "type": "yes_no", "label": words(f"{n}?"), "weight": 0.1} for n in range(10)]
    for method in ("mean", "sum"):
        data = model(f"tenths-{method}", section("s", *tenths, method=method), scale=scale, levels="bands")
        questionnaire = loaded(data, tmp_path)
        for count in range(11):
            said = {f"q{n}": n < count for n in range(10)}
            assert score(questionnaire, a_sheet(questionnaire, said)).of("s").level == count, (method, count)
    assert [round_half_up(value, 1) for value in (2.69433333, 2.65, 68.3333333, 4.35)] == [
        2.7,
        2.7,
        68.3,
        4.4,
    ]


def test_minus_one_is_an_answer_and_what_is_missing_is_none(tmp_path: Path) -> None:
    """There, -1 meant "missing"; here it is a point on a scale like any other."""
    questionnaire = loaded(percent("minus", section("s", own_scale("q", range(-2, 3)))), tmp_path)
    given = score(questionnaire, a_sheet(questionnaire, {"q": -1})).overall
    assert (given.value, given.low, given.high, given.coverage) == (25, 25, 25, 1)
    for missing in ("unknown", "open"):
        found = score(questionnaire, a_sheet(questionnaire, {"q": missing})).overall
        assert (found.value, found.level, found.low, found.high) == (None, None, 0, 100)


@pytest.mark.parametrize("missing", ["unknown", "open"])
def test_a_missing_figure_is_neither_best_nor_worst_also_where_less_is_better(
    tmp_path: Path, missing: str
) -> None:
    """There, a missing value gave the first end of the recoding: the best for inverted figures, the worst for others."""
    asked_ = [figure("more", [(0, 0), (100, 100)]), figure("less", [(0, 100), (100, 0)])]
    questionnaire = loaded(percent("inverted", section("s", *asked_)), tmp_path)
    for name, other in (("more", "less"), ("less", "more")):
        found = score(questionnaire, a_sheet(questionnaire, {name: 60, other: missing})).overall
        alone = 60 if name == "more" else 40
        assert (found.value, found.low, found.high) == (alone, alone / 2, (alone + 100) / 2)


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_a_model_in_three_languages_has_a_report_with_something_in_it_in_each(
    tmp_path: Path, language: str
) -> None:
    """There, the report was empty in all languages but one."""

    def in_three(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"en"}:
            return {"en": value["en"], "de": f"{value['en']} (de)", "nl": f"{value['en']} (nl)"}
        if isinstance(value, dict):
            return {key: in_three(each) for key, each in value.items()}
        return [in_three(each) for each in value] if isinstance(value, list) else value

    parts = [
        section(name, *(choice(f"{name}-{n}", worths=SHARE) for n in range(3)))
        for name in ("access", "people")
    ]
    data = {**in_three(percent("spoken", *parts)), "languages": ["en", "de", "nl"]}
    questionnaire = loaded(data, tmp_path)
    said = dict.fromkeys(questionnaire.questions_by_id, "some")
    text = as_text(compose(a_report(questionnaire, a_sheet(questionnaire, said)), language))
    for part in ("access", "people"):
        assert (part if language == "en" else f"{part} ({language})") in text
    assert len(text) > 2000


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────

P: Data = {"question": "p", "any_of": ["yes"]}
Q: Data = {"question": "q", "at_least": 2}
R: Data = {"question": "r", "any_of": ["a", "b"]}
CONDITIONS: Mapping[str, list[Data]] = {
    "p": [P],
    "not-p": [{"not": P}],
    "p-and-q": [P, Q],
    "all-of-p-q-r": [{"all": [P, Q, R]}],
    "p-or-q": [{"any": [P, Q]}],
    "neither": [{"not": {"any": [P, Q]}}],
    "not-both": [{"not": {"all": [P, Q]}}],
    "either-or": [{"any": [{"all": [P, {"not": Q}]}, {"all": [{"not": P}, Q]}]}],
    "not-not-r": [{"not": {"not": R}}],
    "r-unanswered": [{"question": "r", "answered": False}],
    "nested": [{"any": [{"not": {"all": [P, {"any": [Q, {"not": R}]}]}}, {"question": "q", "below": 1}]}],
}


def rules() -> Data:
    """Three questions that decide, the third hidden by the first; one question for each condition; and one that hangs on it."""
    deciders: list[Data] = [
        {"id": "p", "type": "yes_no", "label": words("p?"), "weight": 0},
        own_scale("q", range(4)),
        choice("r", worths={"a": 0, "b": 1, "c": 2}, applies_if=[P]),
    ]
    hidden = [choice(f"on-{name}", worths=SHARE, applies_if=tests) for name, tests in CONDITIONS.items()]
    chained = [
        choice(
            f"then-{name}", worths=SHARE, applies_if=[{"question": f"on-{name}", "any_of": ["all", "most"]}]
        )
        for name in CONDITIONS
    ]
    return percent("rules", section("s", *deciders, *hidden, *chained))


def test_every_condition_holds_as_its_truth_table_says(tmp_path: Path) -> None:
    """There, the two functions that hide questions always said yes."""
    data = rules()
    questionnaire = loaded(data, tmp_path)
    states = ("open", "unknown", "n/a")
    tables = product(
        (True, False, *states), (0, 1, 2, 3, *states), ("a", "b", "c", *states), ("all", "none", "open")
    )
    differing = set()
    for p, q, r, then in tables:
        said = {"p": p, "q": q, "r": r, **{f"on-{name}": then for name in CONDITIONS}}
        sheet = check_sheet(questionnaire, a_sheet(questionnaire, said))
        shown = {question.id for question in asked(questionnaire, sheet)}
        visible = Visible(data, said)
        assert shown == {name for name in visible.conditions if visible.now(name)}, said
        differing.add(frozenset(shown))
    assert len(differing) >= 20


def test_the_truth_tables_worked_out_by_hand(tmp_path: Path) -> None:
    questionnaire = loaded(rules(), tmp_path)

    def shown(**said: Any) -> set[str]:
        sheet = a_sheet(questionnaire, said)
        return {q.id.removeprefix("on-") for q in asked(questionnaire, sheet) if q.id.startswith("on-")}

    assert shown(p=True, q=2, r="a") == {"p", "p-and-q", "all-of-p-q-r", "p-or-q", "not-not-r"}
    assert shown(p=False, q=2, r="a") == {
        "not-p",
        "p-or-q",
        "not-both",
        "either-or",
        "r-unanswered",
        "nested",
    }
    assert shown(p=False, q=0) == {"not-p", "neither", "not-both", "r-unanswered", "nested"}
    # r is answered, but hidden with p: its answer is stale and counts for nothing
    assert "not-not-r" not in shown(p=False, q=3, r="b")


def test_what_hangs_on_an_open_answer_is_unsettled_and_shows_in_the_range(tmp_path: Path) -> None:
    data = rules()
    questionnaire = loaded(data, tmp_path)
    said = {"q": 3, "on-p": "none", "on-not-p": "all"}
    assert standing(data, said, ["on-p", "on-not-p"]) == {"on-p": "loose-gone", "on-not-p": "loose"}
    open_, yes, no = (
        score(questionnaire, a_sheet(questionnaire, {**said, **more})).overall
        for more in ({}, {"p": True}, {"p": False})
    )
    for settled in (yes, no):
        assert open_.low is not None and settled.low is not None
        assert open_.low <= settled.low + 1e-9
        assert (open_.high or 0) >= (settled.high or 0) - 1e-9


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_answers_to_one_question_are_refused_and_none_is_kept_in_silence(tmp_path: Path) -> None:
    """There, putting two files together kept the earlier date without a word."""
    questionnaire: Questionnaire = loaded(percent("twice", section("s", choice("q", worths=SHARE))), tmp_path)
    file = tmp_path / "answers.yaml"
    file.write_text('questionnaire: twice\nversion: 1.0.0\nanswers:\n  q: "all"\n  q: "none"\n', "utf-8")
    with pytest.raises(AnswersError, match="given twice; the first is in line 4"):
        read_sheet(file, questionnaire=questionnaire)


def test_the_order_in_which_answers_are_written_changes_nothing(tmp_path: Path) -> None:
    questionnaire = loaded(rules(), tmp_path)
    said = {"p": True, "q": 2, "r": "b", "on-p": "half", "on-p-or-q": "all", "then-p-or-q": "most"}
    one = a_sheet(questionnaire, said)
    other: AnswerSheet = one.with_answers(reversed(one.answers))
    assert score(questionnaire, one) == score(questionnaire, other)
