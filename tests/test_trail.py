"""The trail: what goes into it, what does not, who reads it, and that nothing takes a line away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update

from assessment.answers import Answer
from assessment.errors import StoreError
from assessment.store import Conflict, Store, Who
from assessment.store.book import Act
from assessment.store.tables import TRAIL
from tests.conftest import Clock
from tests.test_rights import NEW

THREE, TWO = Answer(question="w1-q1", value=3), Answer(question="w1-q1", value=2)


def begun(store: Store) -> tuple[str, str, Store]:
    """Return an assessment's id, its link, and the store as whoever shows the link sees it."""
    new = store.create("service-transformation", "1.1.0", language="de")
    return new.assessment, new.token, store.seen_by(Who(links=(new.token,)))


def person(store: Store, name: str) -> Store:
    who = store.people.sign_in("https://id.example", name, email=f"{name}@example.org", name=name.title())
    return store.seen_by(Who(person=who.id))


def acts(store: Store, assessment: str) -> list[tuple[Act, str]]:
    """Return what was done with an assessment and by whom, the oldest first; the look at it here is not in it."""
    store._writer.write_notes()  # else in a moment
    everything = select(TRAIL).where(TRAIL.c.assessment == assessment).order_by(TRAIL.c.id)
    with store._database.reading() as connection:
        return [(row["act"], row["what"]) for row in connection.execute(everything).mappings()]


def test_what_is_done_with_an_assessment_is_told_with_who_and_when(store: Store, clock: Clock) -> None:
    assessment, token, mine = begun(store)
    mine.open(token)
    mine.save_answer(assessment, THREE, seen=0)
    mine.save_head(assessment, organisation="Beispiel AG (fictitious)")
    lent = mine.links.share(assessment, "For Ute", role="contributor")
    ute = store.seen_by(Who(links=(lent.token,)))
    ute.open(lent.token)
    ute.save_answer(assessment, TWO, seen=1)
    mine.trail.exported(assessment, "pdf")
    told = [(line.act, line.link, line.what) for line in reversed(mine.trail.of(assessment))]
    assert told == [
        ("saw", "", ""),
        ("answered", "", ""),
        ("changed", "", ""),
        ("shared", "", ""),
        ("saw", "For Ute", ""),
        ("answered", "For Ute", ""),
        ("exported", "", "pdf"),
    ]
    line = mine.trail.of(assessment)[0]
    assert (line.at, line.organisation, line.is_deleted, line.is_gone) == (
        clock.now,
        "Beispiel AG (fictitious)",
        False,
        False,
    )


def test_the_same_work_is_told_once_an_hour_and_what_is_given_out_each_time(
    store: Store, clock: Clock
) -> None:
    assessment, token, mine = begun(store)
    for seen, value in enumerate((1, 2, 3, 4)):
        mine.open(token)
        mine.save_answer(assessment, Answer(question="w1-q1", value=value), seen=seen)
        mine.trail.exported(assessment, "pdf")
    assert [act for act, _ in acts(store, assessment)].count("answered") == 1
    assert [act for act, _ in acts(store, assessment)].count("saw") == 1
    assert [act for act, _ in acts(store, assessment)].count("exported") == 4
    clock.now += timedelta(hours=1)
    mine.open(token)
    mine.save_answer(assessment, Answer(question="w1-q1", value=5), seen=4)
    assert [act for act, _ in acts(store, assessment)].count("answered") == 2
    assert [act for act, _ in acts(store, assessment)].count("saw") == 2


def test_what_was_not_done_is_not_told(store: Store) -> None:
    assessment, _, mine = begun(store)
    stranger = store.seen_by(Who())
    reader = store.seen_by(Who(links=(mine.links.share(assessment, "r", role="reader").token,)))
    before = acts(store, assessment)
    for seen in (stranger, reader):
        with pytest.raises(StoreError):
            seen.save_answer(assessment, THREE, seen=0)
        with pytest.raises(StoreError):
            seen.delete(assessment)
    with pytest.raises(StoreError):  # allowed, and fails after that
        mine.contributions.renew(assessment, "nobody")
    assert acts(store, assessment) == before


def test_an_answer_that_was_not_saved_because_another_stands_is_not_told_as_answered(store: Store) -> None:
    assessment, _, mine = begun(store)
    store.save_answer(assessment, THREE, seen=0)
    assert isinstance(mine.save_answer(assessment, TWO, seen=0), Conflict)
    assert ("answered", "") not in acts(store, assessment)
    mine.save_answer(assessment, TWO, seen=1)
    assert ("answered", "") in acts(store, assessment)


def test_whoever_runs_the_program_is_not_in_it(store: Store) -> None:
    assessment, token, _ = begun(store)
    store.open(token)
    store.save_answer(assessment, THREE, seen=0)
    assert acts(store, assessment) == []


def test_a_vote_is_never_told(store: Store) -> None:
    assessment, _, mine = begun(store)
    live = mine.workshops.open(assessment, smallest=2, agenda=["w1-q1"])
    before = acts(store, assessment)
    everybody = person(store, "ute")
    everybody.seats.join(str(live.code), "agent")
    assert acts(store, assessment) == before


def test_who_has_signed_in_is_named_until_they_are_erased(store: Store) -> None:
    ute, jan = person(store, "ute"), person(store, "jan")
    desk = ute.clients.open("Beratung (fictitious)")
    ute.people.invite(desk, "jan@example.org", role="owner")
    invitation = ute.people.invite(desk, "jan@example.org", role="owner")
    jan.people.accept(invitation.token)
    jan.clients.workspace(desk)
    assert ("saw", "Jan") in [(line.act, line.person) for line in ute.trail.of_desk(desk)]
    jan.privacy.erase_me()
    after = ute.trail.of_desk(desk)
    assert "Jan" not in [line.person for line in after]
    assert ("saw", True) in [(line.act, line.is_erased) for line in after]


def test_what_is_deleted_stays_in_the_trail_of_its_desk(store: Store) -> None:
    ute = person(store, "ute")
    desk = ute.clients.open("Beratung (fictitious)")
    site = ute.clients.add_site(desk, ute.clients.add_client(desk, "Nord"), "Kiel")
    _, token, _ = begun(store)
    assessment = ute.clients.file(desk, site, token)
    ute.save_answer(assessment, THREE, seen=0)
    ute.delete(assessment)
    told = {(line.act, line.is_deleted) for line in ute.trail.of_desk(desk) if line.assessment == assessment}
    assert told == {("changed", True), ("answered", True), ("deleted", True)}
    with pytest.raises(StoreError):
        ute.trail.of(assessment)


def test_a_link_that_was_taken_back_is_told_as_one(store: Store) -> None:
    assessment, _, mine = begun(store)
    lent = mine.links.share(assessment, "For Ute", role="reader")
    store.seen_by(Who(links=(lent.token,))).open(lent.token)
    mine.links.take_back(assessment, lent.mark)
    assert ("saw", "", True) in [(line.act, line.link, line.is_gone) for line in mine.trail.of(assessment)]


def test_nobody_but_an_owner_reads_it(store: Store) -> None:
    assessment, _, mine = begun(store)
    for role in ("reader", "contributor", "consultant"):
        lent = mine.links.share(assessment, role, role=role)
        with pytest.raises(StoreError):
            store.seen_by(Who(links=(lent.token,))).trail.of(assessment)


def test_each_assessment_of_a_deleted_client_has_its_line(store: Store) -> None:
    anna = person(store, "anna")
    desk = anna.clients.open("Beratung (fictitious)")
    client = anna.clients.add_client(desk, "Nord AG (fictitious)")
    sites = [anna.clients.add_site(desk, client, name) for name in ("Kiel", "Husum")]
    inside = [anna.clients.begin(desk, site, NEW) for site in sites]
    anna.clients.delete_client(desk, client)
    assert [acts(store, one)[-1] for one in inside] == [("deleted", ""), ("deleted", "")]
    told = [line for line in anna.trail.of_desk(desk) if line.act == "deleted"]
    assert {line.assessment for line in told} == {"", *inside} and all(
        line.is_deleted for line in told if line.assessment
    )


def test_no_line_can_be_changed_and_none_of_the_last_days_deleted(store: Store, clock: Clock) -> None:
    clock.now = datetime.now(UTC)  # the database goes by its own clock
    assessment, token, mine = begun(store)
    mine.open(token)
    before = acts(store, assessment)
    assert before
    mended = update(TRAIL).values(act="saw", what="nothing")
    for statement in (mended, delete(TRAIL), text("DELETE FROM trail"), text("UPDATE trail SET person = ''")):
        with pytest.raises(StoreError), store._database.writing() as connection:
            connection.execute(statement)
    assert acts(store, assessment) == before


def test_old_lines_go_when_they_are_purged_and_no_sooner(store: Store, clock: Clock) -> None:
    assessment, token, mine = begun(store)
    mine.open(token)
    old = {"act": "saw", "person": "", "link": "", "assessment": assessment, "workspace": "", "what": "old"}
    with store._database.writing() as connection:
        connection.execute(insert(TRAIL), {"at": clock.now - timedelta(days=400), **old})
    store.privacy.purge(trail=timedelta(days=410))
    assert ("saw", "old") in acts(store, assessment)
    assert store.privacy.purge(trail=timedelta(days=390), really=False).trail == 1
    assert store.privacy.purge(trail=timedelta(days=390)).trail == 1
    assert acts(store, assessment) == [("saw", "")]
    with pytest.raises(StoreError, match="31 days"):
        store.privacy.purge(trail=timedelta(days=30))


def test_nothing_is_read_less_because_the_trail_cannot_be_written(tmp_path: Path, clock: Clock) -> None:
    """A database that cannot be written for a while is still read; what was seen is told with the next change."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with Store(url, now=clock, patience=0.2) as store:
        assessment, token, mine = begun(store)
        with Store(url, now=clock, patience=0.2) as other, other._database.writing() as connection:
            connection.execute(update(TRAIL).where(TRAIL.c.id < 0).values(act="saw"))
            assert mine.open(token).id == assessment
        assert acts(store, assessment) == [] or acts(store, assessment) == [("saw", "")]
        mine.save_answer(assessment, THREE, seen=0)
        assert acts(store, assessment) == [("saw", ""), ("answered", "")]
