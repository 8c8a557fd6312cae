"""Contributions in the database: kept apart from the assessment's answers and from each other, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from assessment.answers import Answer, AnswerSheet
from assessment.contributions import Contributed, Contribution
from assessment.errors import StoreError
from assessment.pulse import Asked
from assessment.report import Subject
from assessment.store import VALID_FOR, Created, New, Store, UnknownLink
from assessment.store.tables import CONTRIBUTED, CONTRIBUTION, METADATA
from tests.conftest import NOON, Clock

GIVEN = (
    Contributed(answer=Answer(question="q1", value=3, evidence="documented", comment="so ist es", at=NOON), confidence="sure"),
    Contributed(answer=Answer(question="q2", state="unknown", at=NOON)),
    Contributed(answer=Answer(question="q3", state="not_applicable", reason="Kein Schichtbetrieb.", at=NOON)),
    Contributed(answer=Answer(question="q4", value=("a", "b"), at=NOON), confidence="unsure"),
    Contributed(answer=Answer(question="q5", state="open", comment="fragen", at=NOON)),
)  # fmt: skip


def handed_in(name: str = "Kim Beispiel", *given: Contributed, at: datetime = NOON) -> Contribution:
    return Contribution(id="", respondent=name, role="Planung", received_at=at, answers=given or GIVEN)


def said(what: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        what()
    return str(caught.value)


def test_what_came_back_is_kept_with_who_when_and_how_sure(store: Store, made: Created) -> None:
    identifier = store.contributions.add(made.assessment, handed_in())
    [found] = store.contributions.all(made.assessment)
    assert found.id == identifier and not found.is_by_link and not found.is_open(NOON)
    assert found.answered == 4
    kept = found.contribution
    assert (kept.respondent, kept.role, kept.received_at) == ("Kim Beispiel", "Planung", NOON)
    wanted = [
        one.model_copy(update={"answer": one.answer.model_copy(update={"respondent": "Kim Beispiel"})})
        for one in GIVEN
    ]
    assert list(kept.answers) == wanted
    assert store.open(made.token).sheet.answers == (), "the assessment itself has none of them"


def test_the_same_person_may_hand_in_twice_and_replaces_the_first_only_when_asked(
    store: Store, made: Created
) -> None:
    invited = store.contributions.invite(made.assessment, "Kim Beispiel")
    first = store.contributions.add(made.assessment, handed_in())
    second = store.contributions.add(made.assessment, handed_in(at=NOON + timedelta(days=1)))
    other = store.contributions.add(made.assessment, handed_in("Lou Voorbeeld"))
    assert {one.id for one in store.contributions.all(made.assessment)} == {
        invited.contribution,
        first,
        second,
        other,
    }
    third = store.contributions.add(made.assessment, handed_in(at=NOON + timedelta(days=2)), replace=True)
    assert {one.id for one in store.contributions.all(made.assessment)} == {
        invited.contribution,
        other,
        third,
    }
    assert [one.id for one in store.contributions.all(made.assessment)][-1] == third, "the latest stands last"


def test_a_contribution_is_removed_with_its_answers_and_only_from_its_own_assessment(
    store: Store, made: Created
) -> None:
    other = store.create("service-transformation", "1.0.0", language="de")
    kept = store.contributions.add(made.assessment, handed_in())
    store.contributions.remove(other.assessment, kept)
    assert len(store.contributions.all(made.assessment)) == 1
    store.contributions.remove(made.assessment, kept)
    store.contributions.remove(made.assessment, kept)
    assert store.contributions.all(made.assessment) == ()
    with store._database.reading() as connection:
        assert connection.execute(select(CONTRIBUTED)).all() == []


def test_contributions_go_with_their_assessment_and_are_not_taken_for_one_that_is_gone(
    store: Store, made: Created
) -> None:
    store.contributions.add(made.assessment, handed_in())
    invited = store.contributions.invite(made.assessment, "Lou Voorbeeld")
    store.delete(made.assessment)
    with store._database.reading() as connection:
        assert connection.execute(select(CONTRIBUTION)).all() == []
    assert "this assessment is not there any more" in said(
        lambda: store.contributions.add(made.assessment, handed_in())
    )
    assert "this assessment is not there any more" in said(
        lambda: store.contributions.invite(made.assessment, "Lou Voorbeeld")
    )
    with pytest.raises(UnknownLink):
        store.contributions.open(invited.token)


def test_whoever_is_invited_answers_into_their_own_contribution_and_sees_nobody_elses(
    store: Store, made: Created, clock: Clock
) -> None:
    store.save_answer(made.assessment, Answer(question="q1", value=1, comment="geheim"), seen=0)
    store.save_profile(made.assessment, "size", value="large")
    store.save_head(made.assessment, organisation="Beispiel AG")
    store.contributions.add(made.assessment, handed_in())
    kim = store.contributions.invite(made.assessment, "Kim Beispiel", role="IT")
    lou = store.contributions.invite(made.assessment, "Lou Voorbeeld")
    clock.now += timedelta(hours=2)
    for one in GIVEN:
        assert store.contributions.save(kim.token, one) == clock.now
    changed = Contributed(answer=Answer(question="q1", value=4), confidence="fairly")
    store.contributions.save(kim.token, changed)
    here = store.contributions.open(kim.token)
    assert (here.contribution.respondent, here.contribution.role) == ("Kim Beispiel", "IT")
    assert (here.assessment, here.organisation, here.sheet.profile) == (
        made.assessment,
        "Beispiel AG",
        {"size": "large"},
    )
    by = here.sheet.by_question
    assert (by["q1"].value, by["q1"].comment, by["q1"].respondent, by["q1"].at) == (
        4,
        "",
        "Kim Beispiel",
        clock.now,
    )
    assert by["q4"].value == ("a", "b") and by["q3"].reason == "Kein Schichtbetrieb."
    assert "geheim" not in here.model_dump_json()
    assert store.contributions.open(lou.token).sheet.answers == ()
    listed = {one.id: one for one in store.contributions.all(made.assessment)}
    assert listed[kim.contribution].answered == 4 and listed[lou.contribution].answered == 0
    assert listed[kim.contribution].contribution.received_at == clock.now
    assert store.open(made.token).sheet.by_question["q1"].value == 1, "nothing is overwritten unasked"


def test_a_personal_link_opens_for_thirty_days_or_as_long_as_is_said(
    store: Store, made: Created, clock: Clock
) -> None:
    usual = store.contributions.invite(made.assessment, "Kim Beispiel")
    short = store.contributions.invite(made.assessment, "Lou Voorbeeld", until=NOON + timedelta(days=2))
    assert usual.until == NOON + VALID_FOR == NOON + timedelta(days=30)
    clock.now = NOON + timedelta(days=2)
    assert store.contributions.open(short.token).until == clock.now
    clock.now += timedelta(seconds=1)
    told = "this personal link opens nothing, or nothing any more."
    assert told in said(lambda: store.contributions.open(short.token))
    assert told in said(lambda: store.contributions.save(short.token, GIVEN[0]))
    assert store.contributions.open(usual.token).sheet.answers == ()
    assert [one.is_open(clock.now) for one in store.contributions.all(made.assessment)].count(True) == 1


def test_a_link_that_was_taken_back_opens_nothing_and_what_was_answered_is_kept(
    store: Store, made: Created
) -> None:
    kim = store.contributions.invite(made.assessment, "Kim Beispiel")
    store.contributions.save(kim.token, GIVEN[0])
    store.contributions.revoke(made.assessment, kim.contribution)
    with pytest.raises(UnknownLink):
        store.contributions.save(kim.token, GIVEN[1])
    [found] = store.contributions.all(made.assessment)
    assert found.is_revoked and found.answered == 1 and not found.is_open(NOON)
    again = store.contributions.renew(made.assessment, kim.contribution)
    assert again.token != kim.token
    assert store.contributions.open(again.token).sheet.by_question["q1"].value == 3
    with pytest.raises(UnknownLink):
        store.contributions.open(kim.token)
    for command in (store.contributions.revoke, store.contributions.renew):
        with pytest.raises(
            StoreError, match=r"this contribution is not there any more, so nothing was changed\."
        ):
            command("somebody-elses", kim.contribution)
    filed = store.contributions.add(made.assessment, handed_in())
    with pytest.raises(StoreError, match="this contribution is not there any more"):
        store.contributions.renew(made.assessment, filed)


def test_who_reads_the_database_cannot_open_a_personal_link(store: Store, made: Created) -> None:
    invited = store.contributions.invite(made.assessment, "Kim Beispiel")
    assert len(invited.token) >= 32, "192 bits"
    with store._database.reading() as connection:
        rows = [str(row) for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    assert not any(invited.token in row for row in rows)
    other = store.contributions.invite(made.assessment, "Kim Beispiel")
    assert other.token != invited.token
    assert "this personal link opens nothing" in said(lambda: store.contributions.open(""))


def test_what_a_person_wrote_is_kept_as_it_was_written(store: Store, made: Created) -> None:
    odd = Contributed(answer=Answer(question="q1", value="=1+1\n„…“ 😀", comment="a\0b", at=NOON))
    store.contributions.add(made.assessment, handed_in("=Kim <b>", odd))
    [found] = store.contributions.all(made.assessment)
    assert found.contribution.respondent == "=Kim <b>"
    assert found.contribution.answers[0].answer.value == "=1+1\n„…“ 😀"
    assert found.contribution.answers[0].answer.comment == "ab"


def test_what_was_decided_asks_for_nothing_more_until_it_is_answered_anew(
    store: Store, made: Created, clock: Clock
) -> None:
    kim = store.contributions.invite(made.assessment, "Kim Beispiel")
    lou = store.contributions.add(made.assessment, handed_in("Lou Voorbeeld"))
    at = store.contributions.save(kim.token, GIVEN[0])

    def settled() -> dict[str, bool]:
        return {
            one.contribution.respondent: next(
                each.settled for each in one.contribution.answers if each.answer.question == "q1"
            )
            for one in store.contributions.all(made.assessment)
        }

    clock.now += timedelta(hours=1)
    store.contributions.save(kim.token, GIVEN[0])  # after it was shown, before it was decided
    store.contributions.settle(made.assessment, "q1", shown=[(kim.contribution, at), (lou, NOON)])
    assert settled() == {"Kim Beispiel": False, "Lou Voorbeeld": True}
    store.contributions.settle(made.assessment, "q1", shown=[(kim.contribution, clock.now)])
    assert settled() == {"Kim Beispiel": True, "Lou Voorbeeld": True}
    store.contributions.save(kim.token, Contributed(answer=Answer(question="q1", value=5)))
    assert settled()["Kim Beispiel"] is False
    other = store.create("service-transformation", "1.0.0", language="de")
    store.contributions.settle(other.assessment, "q1", shown=[(kim.contribution, clock.now)])
    assert settled()["Kim Beispiel"] is False


def test_whoever_is_invited_to_a_pulse_is_asked_what_it_asks(store: Store, made: Created) -> None:
    kim = store.contributions.invite(made.assessment, "Kim Beispiel")
    assert store.contributions.open(kim.token).only is None
    sheet = AnswerSheet(questionnaire="service-transformation", version="1.0.0")
    before = Answer(question="w1-q1", value=2, comment="geheim")
    again = (Asked(question="w1-q1", reasons=("expired",), before=before),)
    pulse = store.put_new(New(sheet, Subject(held_on=NOON.date()), "de", questions=again))
    lou = store.contributions.invite(pulse.assessment, "Lou Voorbeeld")
    here = store.contributions.open(lou.token)
    assert here.only == ("w1-q1",)
    assert "geheim" not in here.model_dump_json()
