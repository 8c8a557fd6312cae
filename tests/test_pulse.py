"""What is asked again after some months, and what is not."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet, asked, progress
from assessment.loader import read_sample
from assessment.pulse import ALWAYS, EVIDENCE_LASTS, MINUTES, Asked, Pulse, opened_anew, pulse
from assessment.questionnaire import Questionnaire
from assessment.questions import Question, Value
from assessment.report import Subject
from assessment.roadmap import Commitment, Wishes


@lru_cache
def sample() -> tuple[Questionnaire, AnswerSheet, Subject]:
    return read_sample("nordlicht", language="en")


def again(sheet: AnswerSheet | None = None, *, after: int = 120, done: tuple[str, ...] = ()) -> Pulse:
    known, first, subject = sample()
    wishes = Wishes(commitments=tuple(Commitment(measure=name, standing="done") for name in done))
    return pulse(
        known,
        sheet or first,
        since=subject.held_on,
        today=subject.held_on + timedelta(days=after),
        wishes=wishes,
    )


def by_question(found: Pulse) -> dict[str, Asked]:
    return {one.question: one for one in found.questions}


def proven(*, days_before: int | None = None) -> AnswerSheet:
    """Return the sample with every answer documented: there is nothing to doubt."""
    known, sheet, subject = sample()
    at = None
    if days_before is not None:
        at = datetime(subject.held_on.year, subject.held_on.month, subject.held_on.day, tzinfo=UTC)
        at -= timedelta(days=days_before)
    answers = (
        Answer(
            question=q.id,
            value=answer.value if answer is not None and answer.value is not None else first_of(q),
            evidence="documented",
            at=at,
        )
        for q in known.questions_by_id.values()
        for answer in [sheet.by_question.get(q.id)]
    )
    return sheet.with_answers(answers)


def first_of(question: Question) -> Value:
    """Return some answer that the question admits."""
    options = [option.id for option in getattr(question, "options", ())]
    for value in (3, True, *options[:1], options[:1], "some words", "2026-01-01"):
        with suppress(ValueError):
            return question.admit(value)
    raise AssertionError(question.id)


def test_nothing_is_asked_where_everything_is_proven_and_young_and_nothing_was_finished() -> None:
    found = again(proven())
    assert (found.questions, found.minutes, found.left_out) == ((), 0, 0)


def test_a_finished_measure_has_all_its_questions_asked_again_and_says_which_it_was() -> None:
    known, _, _ = sample()
    sheet = proven()
    here = {question.id for question in asked(known, sheet)}
    for measure in known.measures[:12]:
        wanted = {effect.question for effect in measure.effects} & here
        found = by_question(again(sheet, done=(measure.id,)))
        assert set(found) == wanted
        assert all(one.reasons == ("measure",) and one.measures == (measure.id,) for one in found.values())


def test_finished_measures_are_asked_about_however_long_that_takes() -> None:
    known, _, _ = sample()
    everything = tuple(measure.id for measure in known.measures)
    found = again(proven(), done=everything)
    assert found.minutes > MINUTES
    moved = {effect.question for measure in known.measures for effect in measure.effects}
    here = {question.id for question in asked(known, proven())}
    assert set(by_question(found)) == moved & here


def test_a_measure_that_was_finished_before_the_last_assessment_is_not_asked_about_again() -> None:
    known, _, subject = sample()
    measure = known.measures[0].id

    def found(days: int) -> Pulse:
        end = subject.held_on + timedelta(days=days)
        wishes = Wishes(commitments=(Commitment(measure=measure, standing="done", end=end),))
        day = subject.held_on + timedelta(days=90)
        return pulse(known, proven(), since=subject.held_on, today=day, wishes=wishes)

    assert found(-1).questions == ()
    assert found(0).questions


def test_planned_and_running_measures_ask_nothing_again() -> None:
    known, _, subject = sample()
    day = subject.held_on + timedelta(days=90)
    for standing in ("running", "pinned", "dropped"):
        wishes = Wishes(commitments=(Commitment(measure=known.measures[0].id, standing=standing),))
        assert pulse(known, proven(), since=subject.held_on, today=day, wishes=wishes).questions == ()


def test_evidence_is_asked_for_again_once_it_is_older_than_a_year() -> None:
    assert again(proven(), after=EVIDENCE_LASTS).questions == ()
    old = again(proven(), after=EVIDENCE_LASTS + 1)
    assert old.questions
    assert all(one.reasons == ("expired",) for one in old.questions)
    assert old.minutes <= MINUTES and old.left_out > 0, "the rest waits for the next pulse"
    assert again(proven(days_before=300), after=66).questions, "an answer's own day counts, where it has one"


def test_of_what_is_doubtful_that_comes_first_on_which_most_hangs() -> None:
    from assessment.workshop import order

    known, sheet, _ = sample()
    found = again()
    doubted = [name for name, one in by_question(found).items() if not set(one.reasons) & set(ALWAYS)]
    assert doubted, "the sample has answers that nothing proves"
    places = {stake.question: place for place, stake in enumerate(order(known, sheet, tallies={}))}
    assert min(places[name] for name in doubted) < len(places) // 10


def test_what_is_open_is_asked_and_what_is_not_asked_here_never_is() -> None:
    known, sheet, _ = sample()
    first = next(asked(known, sheet)).id
    without = sheet.with_answers(answer for answer in sheet.answers if answer.question != first)
    assert by_question(again(without))[first].reasons == ("unanswered",)
    here = {question.id for question in asked(known, sheet)}
    assert set(by_question(again())) <= here


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_a_pulse_opens_exactly_its_questions_and_keeps_every_other_answer(data: st.DataObject) -> None:
    known, sheet, _ = sample()
    done = tuple(data.draw(st.sets(st.sampled_from([measure.id for measure in known.measures]), max_size=4)))
    found = again(done=done, after=data.draw(st.integers(0, 1000)))
    opened = opened_anew(sheet, found.questions)
    asked_again = set(by_question(found))
    assert set(sheet.by_question) - set(opened.by_question) <= asked_again
    assert all(opened.by_question[name] == sheet.by_question[name] for name in opened.by_question)
    assert not asked_again & set(opened.by_question)
    assert {name: one.before for name, one in by_question(found).items()} == {
        name: sheet.by_question.get(name) for name in asked_again
    }
    assert progress(known, opened).minutes_left >= found.minutes - 1 or not asked_again
    order = [q.id for q in known.questions_by_id.values() if q.id in asked_again]
    assert [one.question for one in found.questions] == order
