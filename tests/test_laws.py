"""Laws of scoring (scoring.md, section 9): they hold for every questionnaire and every sheet."""

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet
from assessment.lifting import lift
from assessment.loader import sheet_as_data, sheet_from_data
from assessment.questionnaire import Questionnaire
from assessment.report import Report
from assessment.scoring import Reading, Score, Scorecard, as_given, read, score
from tests.conftest import (
    a_questionnaire,
    a_report,
    a_sheet,
    an_answer,
    cap,
    gate,
    level_question,
    section,
)
from tests.reference import Reference
from tests.strategies import OPTIONS, questionnaires, said_to, sheets, values_of

CLOSE = 1e-9


def all_scores(overall: Score) -> Iterator[Score]:
    yield overall
    for part in overall.parts:
        yield from all_scores(part)


def said(sheet: AnswerSheet) -> dict[str, Answer]:
    return {answer.question: answer for answer in sheet.answers}


def again(questionnaire: Questionnaire, **changed: Any) -> Questionnaire:
    """The questionnaire anew, with some of its fields as plain data in place of its own."""
    return Questionnaire.model_validate({**questionnaire.model_dump(by_alias=True), **changed})


def position(found: Score, value: float) -> float:
    """Where a value lies between the ends of its index."""
    return (value - found.bottom) / (found.top - found.bottom)


def same(left: Score, right: Score, *, weights: bool = True) -> None:
    """Assert that two scores say the same, whatever the order of their parts."""
    assert left.of == right.of
    for name in ("status", "level", "level_low", "level_high"):
        assert getattr(left, name) == getattr(right, name), (left.of, name)
    for name in ("value", "low", "high", "coverage", *(["weight"] if weights else [])):
        one, other = getattr(left, name), getattr(right, name)
        if (
            not weights and name != "coverage" and one is not None and other is not None
        ):  # a sum grows with the weights
            one, other = position(left, one), position(right, other)
        assert (one is None) == (other is None), (left.of, name)
        assert one is None or abs(one - other) <= CLOSE, (left.of, name)
    assert len(left.shares) == len(right.shares)
    assert all(abs(one - other) <= CLOSE for one, other in zip(left.shares, right.shares, strict=True))
    by = {part.of: part for part in right.parts}
    assert {part.of for part in left.parts} == set(by)
    for part in left.parts:
        same(part, by[part.of], weights=weights)
    key = [(hold.kind, hold.source, hold.level, hold.applies) for hold in left.limited_by]
    assert sorted(key) == sorted(
        (hold.kind, hold.source, hold.level, hold.applies) for hold in right.limited_by
    )


both = st.shared(questionnaires(), key="questionnaire")
answered = both.flatmap(sheets)


# ── scoring ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(both, answered)
@settings(max_examples=500)
def test_index_level_and_coverage_are_those_of_exact_arithmetic(
    questionnaire: Questionnaire, sheet: AnswerSheet
) -> None:
    card = score(questionnaire, sheet)
    for confirmed, overall in ((False, card.overall), (True, card.confirmed)):
        reference = Reference(questionnaire, sheet, confirmed=confirmed)
        for place in questionnaire.whole.walk():
            expected, found = reference.of(place), overall.find(place.id)
            assert found is not None
            assert (found.value is None) == (expected.index is None), place.id
            assert expected.index is None or abs(found.value - expected.index) <= CLOSE, place.id
            assert found.level == expected.level, place.id
            assert (found.coverage is None) == (expected.coverage is None), place.id
            assert expected.coverage is None or abs(found.coverage - expected.coverage) <= CLOSE, place.id
            assert len(found.shares) == len(expected.shares)
            assert all(abs(a - b) <= CLOSE for a, b in zip(found.shares, expected.shares, strict=True)), (
                place.id
            )


@given(both, answered)
def test_a_score_stays_on_its_scale(questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    scale = questionnaire.scale
    card = score(questionnaire, sheet)
    for found in (*all_scores(card.overall), *all_scores(card.confirmed)):
        for value in (found.value, found.low, found.high):
            assert value is None or found.bottom - CLOSE <= value <= found.top + CLOSE
        for level in (found.level, found.level_low, found.level_high):
            assert level is None or scale.lowest <= level <= scale.highest
        assert found.coverage is None or -CLOSE <= found.coverage <= 1 + CLOSE
        assert (found.value is None) == (found.level is None)


@given(both, answered)
def test_the_confirmed_score_is_never_better_than_the_self_rated(
    questionnaire: Questionnaire, sheet: AnswerSheet
) -> None:
    card = score(questionnaire, sheet)
    for claimed in all_scores(card.overall):
        confirmed = card.confirmed_of(claimed.of)
        assert (claimed.value is None) == (confirmed.value is None)
        if claimed.value is not None and confirmed.value is not None:
            assert confirmed.value <= claimed.value + CLOSE
            assert (confirmed.level or 0) <= (claimed.level or 0)


plain = st.shared(questionnaires(question_conditions=False), key="plain")


@given(plain, plain.flatmap(sheets), st.data())
def test_a_better_answer_never_lowers_an_index_or_a_level(
    questionnaire: Questionnaire, sheet: AnswerSheet, data: st.DataObject
) -> None:
    known = questionnaire.questions_by_id
    better = [a for a in sheet.answers if a.state == "given" and known[a.question].worth(a.value) < 1]
    better = [a for a in better if known[a.question].values()]
    assume(better)
    answer = data.draw(st.sampled_from(better))
    question = known[answer.question]
    now = question.worth(answer.value)
    value = data.draw(values_of(question).filter(lambda value: question.worth(value) > now))
    before = score(questionnaire, sheet)
    after = score(questionnaire, sheet.with_answer(answer.model_copy(update={"value": value})))
    for old, new in ((before.overall, after.overall), (before.confirmed, after.confirmed)):
        for was in all_scores(old):
            now = new.find(was.of)
            assert now is not None
            for name in ("value", "low", "high", "level", "level_low", "level_high"):
                one, other = getattr(was, name), getattr(now, name)
                assert (one is None) == (other is None)
                assert one is None or other >= one - CLOSE, (was.of, name)


@given(both, answered, st.data())
def test_turning_a_given_answer_into_unknown_never_narrows_a_range(
    questionnaire: Questionnaire, sheet: AnswerSheet, data: st.DataObject
) -> None:
    known = [a.question for a in sheet.answers if a.state == "given"]
    assume(known)
    name = data.draw(st.sampled_from(known))
    before = score(questionnaire, sheet).overall
    after = score(questionnaire, sheet.with_answer(an_answer(name, "unknown"))).overall
    for was in all_scores(before):
        now = after.find(was.of)
        assert now is not None
        if was.low is not None:
            assert now.low <= was.low + CLOSE, was.of
            assert now.high >= was.high - CLOSE, was.of
            assert now.level_low <= was.level_low, was.of
            assert now.level_high >= was.level_high, was.of


@given(both, answered)
def test_all_weights_times_three_change_nothing(questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    def heavier(place: dict[str, Any]) -> dict[str, Any]:
        return {
            **place,
            "weight": place["weight"] * 3,
            "sections": [heavier(part) for part in place["sections"]],
            "questions": [{**question, "weight": question["weight"] * 3} for question in place["questions"]],
        }

    data = questionnaire.model_dump(by_alias=True)
    heavy = again(questionnaire, sections=[heavier(place) for place in data["sections"]])
    before, after = score(questionnaire, sheet), score(heavy, sheet)
    same(before.overall, after.overall, weights=False)
    same(before.confirmed, after.confirmed, weights=False)
    for place in questionnaire.whole.walk():
        assert lift(questionnaire, sheet, place.id) == lift(heavy, sheet, place.id)


ungrouped = st.shared(questionnaires(groups=False), key="ungrouped")


@given(ungrouped, ungrouped.flatmap(sheets), st.data())
def test_a_question_not_applicable_is_as_if_absent(
    questionnaire: Questionnaire, sheet: AnswerSheet, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(questionnaire.questions_by_id)))
    # what depends on it is as if absent, too
    gone, before = {name}, set()
    while gone != before:
        before = set(gone)
        gone |= {
            q.id
            for q in questionnaire.questions_by_id.values()
            if any(c.question in gone for c in q.applies_if)
        }

    def without(place: dict[str, Any]) -> dict[str, Any]:
        return {
            **place,
            "sections": [without(part) for part in place["sections"]],
            "questions": [question for question in place["questions"] if question["id"] not in gone],
        }

    plain_data = questionnaire.model_dump(by_alias=True)
    smaller = again(
        questionnaire,
        sections=[without(place) for place in plain_data["sections"]],
        caps=[knock_out for knock_out in plain_data["caps"] if knock_out["question"] not in gone],
    )
    set_aside = score(questionnaire, sheet.with_answer(an_answer(name, "n/a")))
    absent = score(smaller, sheet.with_answers(a for a in sheet.answers if a.question not in gone))
    for one, other in ((set_aside.overall, absent.overall), (set_aside.confirmed, absent.confirmed)):
        for there in all_scores(other):
            here = one.find(there.of)
            assert here is not None
            same(here.model_copy(update={"parts": ()}), there.model_copy(update={"parts": ()}))
    assert all(part.status == "not_applicable" for part in all_scores(set_aside.overall) if part.of in gone)


@given(both, answered, st.randoms(use_true_random=False))
def test_the_order_of_answers_questions_and_sections_changes_nothing(
    questionnaire: Questionnaire, sheet: AnswerSheet, chance: Any
) -> None:
    def mixed(place: dict[str, Any]) -> dict[str, Any]:
        sections = [mixed(part) for part in place["sections"]]
        questions = list(place["questions"])
        chance.shuffle(sections)
        chance.shuffle(questions)
        return {**place, "sections": sections, "questions": questions}

    data = questionnaire.model_dump(by_alias=True)
    sections, caps = [mixed(place) for place in data["sections"]], list(data["caps"])
    answers = list(sheet.answers)
    for items in (sections, caps, answers):
        chance.shuffle(items)
    shuffled = again(questionnaire, sections=sections, caps=caps)
    before, after = score(questionnaire, sheet), score(shuffled, sheet.with_answers(answers))
    same(before.overall, after.overall)
    same(before.confirmed, after.confirmed)
    for place in questionnaire.whole.walk():
        assert lift(questionnaire, sheet, place.id) == lift(shuffled, sheet, place.id)


@given(both, answered)
@settings(max_examples=500)
def test_the_range_contains_the_score(questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    card = score(questionnaire, sheet)
    for found in (*all_scores(card.overall), *all_scores(card.confirmed)):
        if found.value is not None:
            assert found.low - CLOSE <= found.value <= found.high + CLOSE, found.of
            assert found.level_low <= found.level <= found.level_high, found.of


@given(both, answered, st.data())
@settings(max_examples=500)
def test_every_completion_of_the_open_answers_lies_in_the_range(
    questionnaire: Questionnaire, sheet: AnswerSheet, data: st.DataObject
) -> None:
    profile = dict(sheet.profile)
    for field in questionnaire.profile:
        if not profile.get(field.id):
            profile[field.id] = data.draw(st.sampled_from(OPTIONS[field.id]))
    answers = said(sheet)
    for question in questionnaire.questions_by_id.values():
        answer = answers.get(question.id)
        if answer is None or answer.state in ("open", "unknown"):
            answers[question.id] = an_answer(question.id, said_to(data.draw, question, given_only=True))
    complete = AnswerSheet(
        questionnaire=sheet.questionnaire,
        version=sheet.version,
        short=sheet.short,
        profile=profile,
        answers=tuple(answers.values()),
    )
    promised = score(questionnaire, sheet).overall
    for found in all_scores(score(questionnaire, complete).overall):
        place = promised.find(found.of)
        assert place is not None
        if found.value is not None:
            assert place.low is not None, found.of
            assert place.low - CLOSE <= found.value <= place.high + CLOSE, found.of
            assert place.level_low <= found.level <= place.level_high, found.of


def completions(questionnaire: Questionnaire, sheet: AnswerSheet) -> Iterator[AnswerSheet]:
    open_ = [
        q
        for q in questionnaire.questions_by_id.values()
        if (a := said(sheet).get(q.id)) is None or a.value is None
    ]
    for values in product(*(question.values() for question in open_)):
        given_ = [an_answer(question.id, value) for question, value in zip(open_, values, strict=True)]
        names = {answer.question for answer in given_}
        yield sheet.with_answers([*(a for a in sheet.answers if a.question not in names), *given_])


def test_a_range_is_met_at_both_ends_by_some_completion() -> None:
    """Not only safe but tight, where no condition is in play."""
    questionnaire = a_questionnaire(
        section("x", level_question("a", weight=2), level_question("b")),
        section("y", level_question("c"), gate("g"), level_question("d")),
        caps=[cap("k", "g", {"y": 2})],
        at_most_above_weakest=1,
    )
    sheet = a_sheet(questionnaire, {"a": 4, "b": "unknown", "c": 5})
    found = score(questionnaire, sheet).overall
    made = [score(questionnaire, complete).overall for complete in completions(questionnaire, sheet)]
    assert len(made) == 5 * 5 * 2
    assert min(one.value for one in made) == pytest.approx(found.low)
    assert max(one.value for one in made) == pytest.approx(found.high)
    assert {min(one.level for one in made), max(one.level for one in made)} == {
        found.level_low,
        found.level_high,
    }


# ── the counterfactual ───────────────────────────────────────────────────────────────────────────────────────────────

little = st.shared(
    questionnaires(
        most_questions=5,
        levels=((1, 2, 3), (0, 1, 2, 3), (1, 2, 3, 4, 5)),
        question_conditions=False,
        minimum=False,
    ),
    key="little",
)

Cheapest = tuple[int, float, tuple[str, ...]]


def cheapest_by_trying_everything(
    questionnaire: Questionnaire, sheet: AnswerSheet, place: str
) -> Cheapest | None:
    """Try every set of changes to better answers, the smaller sets first; return the cheapest that lifts the level."""
    before = score(questionnaire, sheet).of(place).level
    if before is None:
        return None
    reading = read(questionnaire, sheet)
    scale = questionnaire.scale
    span = scale.highest - scale.lowest
    marks = [*scale.thresholds, questionnaire.staged_threshold]
    movable = []
    for question in questionnaire.questions_by_id.values():
        if question.id in reading.given or question.id in reading.missing:
            now = reading.given.get(question.id, -1.0)
            base = max(now, 0.0)
            values = [*question.values(), *(question.reaching(mark) for mark in marks)]
            worths = sorted({round(question.worth(value), 12) for value in values if value is not None})
            movable.append([(question.id, w, (w - base) * span) for w in worths if w > now + 1e-9])
    for size in range(1, len(movable) + 1):
        best: Cheapest | None = None
        for chosen in combinations(movable, size):
            for changes in product(*chosen):
                cost = (size, round(sum(c[2] for c in changes), 9), tuple(sorted(c[0] for c in changes)))
                if best is not None and cost >= best:
                    continue
                worths = {**reading.given, **{name: worth for name, worth, _ in changes}}
                changed = frozenset(name for name, _, _ in changes)
                then = Reading(
                    worths, reading.missing - changed, reading.unsettled, reading.unknown - changed
                )
                level = as_given(questionnaire, then)[place].level
                if level is not None and level > before:
                    best = cost
        if best is not None:
            return best
    return None


@given(little, little.flatmap(lambda q: sheets(q, short=False)))
@settings(max_examples=500)
def test_the_lift_really_lifts_and_no_cheaper_set_of_changes_does(
    questionnaire: Questionnaire, sheet: AnswerSheet
) -> None:
    for place in questionnaire.whole.walk():
        expected = cheapest_by_trying_everything(questionnaire, sheet, place.id)
        found = lift(questionnaire, sheet, place.id)
        if found is None:
            assert expected is None, place.id
            continue
        before = score(questionnaire, sheet).of(place.id).level
        changed = sheet
        for change in found.changes:
            assert change.present == (answer.value if (answer := said(sheet).get(change.question)) else None)
            changed = changed.with_answer(an_answer(change.question, change.to))
        after = score(questionnaire, changed).of(place.id).level
        assert before is not None and after is not None
        assert after > before, place.id
        assert found.level == before + 1
        reading = read(questionnaire, sheet)
        span = questionnaire.scale.highest - questionnaire.scale.lowest
        climbed = sum(
            (questionnaire.questions_by_id[c.question].worth(c.to) - reading.given.get(c.question, 0.0))
            * span
            for c in found.changes
        )
        assert (
            len(found.changes),
            round(climbed, 9),
            tuple(c.question for c in found.changes),
        ) == expected, place.id


# ── out and in again ─────────────────────────────────────────────────────────────────────────────────────────────────


@given(both, answered)
def test_a_scorecard_comes_back_equal_from_json(questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    card = score(questionnaire, sheet)
    assert Scorecard.model_validate_json(card.model_dump_json()) == card


@given(both, answered)
def test_a_sheet_comes_back_equal_from_plain_data(questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    _, back, _ = sheet_from_data(sheet_as_data(sheet), questionnaire=questionnaire)
    assert back == sheet


@given(questionnaires(measures=4), st.data())
@settings(max_examples=500)
def test_a_report_comes_back_equal_from_json(questionnaire: Questionnaire, data: st.DataObject) -> None:
    report = a_report(questionnaire, data.draw(sheets(questionnaire)), per_month=3, months=6)
    back = Report.model_validate_json(report.model_dump_json(by_alias=True))
    assert back == report
    assert score(back.questionnaire, back.sheet) == report.scorecard
