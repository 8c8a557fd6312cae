"""What a workshop in the database promises, on SQLite and on PostgreSQL: a vote counts once or is refused, and who voted is forgotten."""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, inspect, select, text

from assessment import migrations
from assessment.answers import Answer, AnswerSheet
from assessment.errors import StoreError
from assessment.questions import LevelQuestion, Value
from assessment.report import Subject
from assessment.store import Ballot, Created, Live, Store, UnknownLink
from assessment.store import store as store_module
from assessment.store.codes import WRONG_A_MINUTE
from assessment.store.database import Database
from assessment.store.seats import OPEN_FOR
from assessment.store.tables import DISSENT, METADATA, SEAT, VERSION_TABLE, VOTE, WORKSHOP
from assessment.store.workshops import WHO
from assessment.workshop import ROLES, Dissent, Role, Tally, Topic, Vote, tally
from tests.conftest import NOON, Clock, level_question

QUESTIONS = {name: LevelQuestion.model_validate(level_question(name)) for name in ("q1", "q2", "q3")}


def counting(question: str) -> Callable[[Iterable[Vote], int, int], Tally]:
    return lambda votes, round, smallest: tally(QUESTIONS[question], votes, round=round, smallest=smallest)


class Room:
    """A facilitator and people in seats."""

    def __init__(self, store: Store, assessment: str, *, smallest: int = 4) -> None:
        self.store = store
        self.assessment = assessment
        self.id = store.workshops.open(assessment, smallest=smallest, agenda=("q1", "q2")).id
        self.seats: list[str] = []

    @property
    def live(self) -> Live:
        desk = self.store.workshops.desk(self.assessment)
        assert desk is not None
        return desk.live

    def join(self, *roles: Role) -> list[str]:
        """Take seats; their tokens."""
        code = self.live.code
        assert code is not None
        taken = [self.store.seats.join(code, role).token for role in roles]
        self.seats += taken
        return taken

    def command(self, name: str, *args: Any, **more: Any) -> bool:
        """Give a command over where things stand now."""
        done = getattr(self.store.workshops, name)(self.id, *args, seen=self.live.revision, **more)
        assert isinstance(done, bool)
        return done

    def ask(self, question: str = "q1") -> None:
        assert self.command("ask", question)

    def reveal(self) -> Tally:
        assert self.command("reveal", counting(self.live.question))
        assert self.live.topic is not None
        return self.live.topic.tallies[-1]

    def vote(self, *values: Value | None) -> None:
        """Let the seats vote in their order on what is asked."""
        here = self.live
        for token, value in zip(self.seats, values, strict=False):
            ballot = Ballot(question=here.question, round=here.round, value=value)
            assert self.store.seats.vote(token, ballot)

    def decided(self, question: str = "q1", value: Value = 3, reason: str = "") -> None:
        self.ask(question)
        self.reveal()
        assert self.command("decide", Answer(question=question, value=value), reason)


@pytest.fixture
def room(store: Store, made: Created) -> Room:
    return Room(store, made.assessment)


def rows(store: Store, *tables: Any) -> dict[str, list[Any]]:
    with store._database.reading() as connection:
        return {table.name: list(connection.execute(select(table)).all()) for table in tables}


def topics_of(room: Room) -> tuple[Topic, ...]:
    found = room.store.workshops.record(room.assessment)
    assert found is not None
    return found.topics


# ── opening and joining ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_workshop_that_is_open_is_returned_again_and_stays_as_it_is(room: Room, store: Store) -> None:
    again = store.workshops.open(room.assessment, smallest=7, agenda=("q3",))
    assert again == room.live
    desk = store.workshops.desk(room.assessment)
    assert desk is not None
    assert (desk.agenda, desk.live.smallest, desk.live.phase) == (("q1", "q2"), 4, "lobby")
    assert len(rows(store, WORKSHOP)["workshop"]) == 1


def test_many_who_open_a_workshop_at_once_open_one(store: Store, made: Created, url: str) -> None:
    with Store(url, now=lambda: NOON) as other, ThreadPoolExecutor(12) as pool:
        opened = [
            pool.submit(one.workshops.open, made.assessment, smallest=4, agenda=())
            for one in (store, other) * 6
        ]
        assert len({each.result().id for each in opened}) == 1


def test_no_workshop_is_opened_on_an_assessment_that_is_not_there(store: Store) -> None:
    with pytest.raises(StoreError, match="not there any more"):
        store.workshops.open("0" * 32, smallest=4, agenda=())
    assert store.workshops.desk("0" * 32) is None
    assert store.workshops.record("0" * 32) is None


def test_a_code_is_understood_however_it_is_typed_and_a_seat_has_a_role_and_no_name(room: Room) -> None:
    code = room.live.code
    assert code is not None
    typed = [code, code.lower(), code.replace("-", ""), f" {code[:4]} {code[5:]} "]
    seats = [room.store.seats.join(each, "planner") for each in typed]
    assert len({seat.token for seat in seats}) == 4
    assert room.live.people == 4
    here = room.store.seats.attend(seats[0].token)
    assert (here.role, here.ballot, here.live.id) == ("planner", None, room.id)
    assert here.questionnaire == "service-transformation"
    stored = str(rows(room.store, SEAT))
    assert not any(seat.token in stored for seat in seats)


def test_all_who_join_at_once_are_in_and_counted(room: Room, url: str) -> None:
    code = str(room.live.code)
    with Store(url, now=lambda: NOON) as other, ThreadPoolExecutor(24) as pool:
        joined = [
            pool.submit((room.store, other)[n % 2].seats.join, code, ROLES[n % len(ROLES)]) for n in range(24)
        ]
        assert len({each.result().token for each in joined}) == 24
    desk = room.store.workshops.desk(room.assessment)
    assert desk is not None
    assert desk.live.people == len(desk.roles) == 24
    assert sorted(desk.roles) == sorted(ROLES * 3)


def test_joining_leaves_the_facilitators_command_valid(room: Room) -> None:
    seen = room.live.revision
    room.join("agent")
    assert room.store.workshops.ask(room.id, "q1", seen=seen)


@pytest.mark.parametrize("by", ["join", "is_code"])
def test_who_tries_codes_of_workshops_is_stopped(store: Store, room: Room, by: str) -> None:
    code = str(room.live.code)
    assert store.seats.is_code(code)
    for number in range(WRONG_A_MINUTE):
        wrong = f"AAAA-{number:04}"
        if by == "is_code":
            assert not store.seats.is_code(wrong)
            continue
        with pytest.raises(StoreError, match="no workshop is open under this code"):
            store.seats.join(wrong, "agent")
    for tries in (partial(store.seats.join, code, "agent"), partial(store.seats.is_code, code)):
        with pytest.raises(StoreError, match="too many wrong codes"):
            tries()
    with pytest.raises(
        StoreError, match="too many wrong codes"
    ):  # nor are the codes of assessments tried then
        store.enter(code)
    assert room.live.people == 0


def test_a_code_ends_after_its_days_though_the_workshop_was_forgotten(
    room: Room, store: Store, clock: Clock
) -> None:
    code = str(room.live.code)
    clock.now = NOON + OPEN_FOR
    assert store.seats.is_code(code)
    clock.now += timedelta(seconds=1)
    with pytest.raises(StoreError, match="no workshop is open"):
        store.seats.join(code, "agent")


def test_a_seat_that_nobody_took_neither_sees_nor_says_anything(room: Room) -> None:
    room.decided()
    seats = room.store.seats
    for action in (
        partial(seats.attend, "x"),
        partial(seats.vote, "x", Ballot(question="q1", round=1, value=3)),
        partial(seats.dissent, "x", "q1", "no", signed=False),
    ):
        with pytest.raises(UnknownLink, match="your place in this workshop"):
            action()


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def commands(room: Room) -> dict[str, Callable[..., bool]]:
    lead = room.store.workshops
    return {
        "arrange": partial(lead.arrange, room.id, ("q3",)),
        "ask": partial(lead.ask, room.id, "q2"),
        "reveal": partial(lead.reveal, room.id, counting("q1")),
        "again": partial(lead.again, room.id),
        "decide": partial(lead.decide, room.id, Answer(question="q1", value=5), "so"),
        "pause": partial(lead.pause, room.id),
        "resume": partial(lead.resume, room.id),
        "rest": partial(lead.rest, room.id),
        "close": partial(lead.close, room.id),
    }


@pytest.mark.parametrize(
    "name", ["arrange", "ask", "reveal", "again", "decide", "pause", "resume", "rest", "close"]
)
def test_a_command_over_an_older_revision_does_nothing(room: Room, made: Created, name: str) -> None:
    room.join("agent")
    room.ask()
    if name == "again":
        room.reveal()
    if name == "resume":
        assert room.command("pause")
    before = rows(room.store, *METADATA.sorted_tables)
    seen = room.live.revision
    for other in (seen - 1, seen + 1):
        assert commands(room)[name](seen=other) is False
        assert rows(room.store, *METADATA.sorted_tables) == before
    assert commands(room)[name](seen=seen) is True, "over where things stand it is done"
    assert commands(room)[name](seen=seen) is False, "a double click does it once"


def test_of_many_who_give_the_same_command_at_once_one_does_it(room: Room, url: str) -> None:
    room.join("agent")
    room.ask()
    room.reveal()
    seen = room.live.revision
    with Store(url, now=lambda: NOON) as other, ThreadPoolExecutor(16) as pool:
        done = [pool.submit(one.workshops.again, room.id, seen=seen) for one in (room.store, other) * 8]
        assert sorted(each.result() for each in done) == [False] * 15 + [True]
    assert (room.live.round, room.live.phase, room.live.revision) == (2, "voting", seen + 1)


def test_commands_that_have_nothing_to_act_on_do_nothing(room: Room) -> None:
    assert not room.command("reveal", counting("q1"))
    assert not room.command("again")
    assert not room.command("resume")
    assert not room.command("decide", Answer(question="q1", value=3), "")
    room.ask()
    assert not room.command("again"), "a round that goes on is not begun again"
    room.reveal()
    assert not room.command("reveal", counting("q1")), "a round is counted once"
    assert room.live.topic is not None
    assert len(room.live.topic.tallies) == 1


def test_no_command_reaches_an_unknown_or_closed_workshop(room: Room) -> None:
    assert room.store.workshops.rest("0" * 32, seen=1) is False
    seen = room.live.revision
    assert room.command("close")
    for name, command in commands(room).items():
        assert command(seen=seen + 1) is False, name


def test_the_clock_is_stopped_and_goes_on_with_what_was_left(room: Room, clock: Clock) -> None:
    [seat] = room.join("agent")
    assert room.command("ask", "q1", seconds=90)
    assert room.live.until == NOON + timedelta(seconds=90)
    clock.now += timedelta(seconds=30)
    assert room.command("pause")
    assert room.live.is_paused
    assert room.live.left == 60
    assert not room.live.until
    ballot = Ballot(question="q1", round=1, value=2)
    assert not room.store.seats.vote(seat, ballot), "everything rests"
    assert not room.command("pause")
    clock.now += timedelta(hours=1)
    assert room.command("resume")
    assert (room.live.is_paused, room.live.until) == (False, clock.now + timedelta(seconds=60))
    assert room.store.seats.vote(seat, ballot)


def test_the_agenda_is_arranged(room: Room) -> None:
    assert room.command("arrange", ("q3", "q1"))
    desk = room.store.workshops.desk(room.assessment)
    assert desk is not None
    assert desk.agenda == ("q3", "q1")


# ── votes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_votes_are_counted_when_they_are_revealed_and_not_seen_before(room: Room) -> None:
    room.join("agent", "agent", "agent", "agent", "it")
    room.ask()
    room.vote(1, 2, 2, None, 5)
    desk = room.store.workshops.desk(room.assessment)
    assert desk is not None
    assert desk.voted == 5
    assert desk.topics == (Topic(question="q1"),)
    assert room.live.topic == Topic(question="q1")
    found = room.reveal()
    everybody = found.everybody
    assert everybody is not None
    assert (found.round, found.people, everybody.unknown) == (1, 5, 1)
    assert {count.value: count.people for count in everybody.counts} == {1: 1, 2: 2, 5: 1}
    assert len(found.groups) == 1, "the one of IT would come out"
    assert topics_of(room)[0].tallies == (found,)
    assert room.store.seats.attend(room.seats[0]).live.topic == room.live.topic


@pytest.mark.parametrize(
    "too_late", [Ballot(question="q1", round=1, value=5), Ballot(question="q1", round=2, value=5)]
)
def test_votes_after_the_reveal_are_refused_and_change_nothing(room: Room, too_late: Ballot) -> None:
    room.join("agent", "agent", "agent", "agent", "agent")
    room.ask()
    room.vote(1, 1, 1, 1)
    found = room.reveal()
    stored = rows(room.store, VOTE)
    for seat in room.seats:
        assert room.store.seats.vote(seat, too_late) is False
    assert rows(room.store, VOTE) == stored
    assert room.live.topic is not None
    assert room.live.topic.tallies == (found,)
    assert found.people == 4


@pytest.mark.parametrize(
    "astray",
    [
        Ballot(question="q2", round=1, value=5),
        Ballot(question="q1", round=2, value=5),
        Ballot(question="q1", round=0, value=5),
    ],
)
def test_a_vote_on_another_question_or_round_than_the_one_that_is_open_is_refused(
    room: Room, astray: Ballot
) -> None:
    room.join("agent")
    room.ask()
    assert room.store.seats.vote(room.seats[0], astray) is False
    assert rows(room.store, VOTE)["vote"] == []


def test_before_anything_is_asked_and_after_it_is_put_aside_no_vote_counts(room: Room) -> None:
    [seat] = room.join("agent")
    ballot = Ballot(question="q1", round=1, value=1)
    assert room.store.seats.vote(seat, ballot) is False
    room.ask()
    assert room.command("rest")
    assert room.store.seats.vote(seat, ballot) is False
    assert rows(room.store, VOTE)["vote"] == []


def test_a_vote_that_is_changed_counts_once_as_what_it_was_last(room: Room) -> None:
    room.join("agent", "agent", "agent", "agent")
    room.ask()
    room.vote(1, 1, 1, 1)
    room.vote(5, None, 2)
    assert room.store.seats.attend(room.seats[1]).ballot == Ballot(question="q1", round=1, value=None)
    room.vote(4)
    assert room.store.seats.attend(room.seats[0]).ballot == Ballot(question="q1", round=1, value=4)
    assert len(rows(room.store, VOTE)["vote"]) == 4
    everybody = room.reveal().everybody
    assert everybody is not None
    assert (everybody.people, everybody.unknown) == (4, 1)
    assert {count.value: count.people for count in everybody.counts} == {1: 1, 2: 1, 4: 1}


def test_one_person_who_votes_on_many_screens_at_once_counts_once(room: Room, url: str) -> None:
    [seat] = room.join("agent")
    room.ask()
    with Store(url, now=lambda: NOON) as other, ThreadPoolExecutor(16) as pool:
        ballots = [Ballot(question="q1", round=1, value=n % 5 + 1) for n in range(16)]
        done = [
            pool.submit((room.store, other)[n % 2].seats.vote, seat, each) for n, each in enumerate(ballots)
        ]
        assert all(each.result() for each in done)
    assert room.reveal().people == 1


@pytest.mark.parametrize("value", [True, False, 1, 5, "good", None])
def test_a_vote_comes_back_as_what_it_was(room: Room, value: Value | None) -> None:
    [seat] = room.join("agent")
    room.ask()
    room.vote(value)
    ballot = room.store.seats.attend(seat).ballot
    assert ballot is not None
    assert (type(ballot.value), ballot.value) == (type(value), value)
    seen: list[Vote] = []

    def count(votes: Iterable[Vote], round: int, smallest: int) -> Tally:
        seen[:] = votes
        return Tally(question="q1", round=round, smallest=smallest, people=1, groups=())

    assert room.command("reveal", count)
    assert [(type(vote.value), vote) for vote in seen] == [(type(value), Vote("agent", value))]


@pytest.mark.parametrize("stores", [1, 2])
@pytest.mark.parametrize("trial", range(3))
def test_a_vote_is_counted_or_refused_and_never_lost_while_another_reveals(
    room: Room, url: str, stores: int, trial: int
) -> None:
    room.join(*(ROLES[n % 3] for n in range(24)))
    room.ask()
    seen = room.live.revision
    start, enough = threading.Barrier(25), threading.Semaphore(0)

    def one_votes(store: Store, token: str, value: int) -> bool | None:
        """The last that was reported: whether the second vote counts, or only the first, or none."""
        start.wait()
        first = store.seats.vote(token, Ballot(question="q1", round=1, value=1))
        enough.release()
        second = store.seats.vote(token, Ballot(question="q1", round=1, value=value))
        return None if not first and not second else second

    def one_reveals(store: Store) -> bool:
        start.wait()
        for _ in range(8 * trial):
            enough.acquire()
        return store.workshops.reveal(room.id, counting("q1"), seen=seen)

    with Store(url, now=lambda: NOON) as other, ThreadPoolExecutor(25) as pool:
        open_stores = (room.store, other)[:stores]
        voting = [
            pool.submit(one_votes, open_stores[n % stores], token, n % 4 + 2)
            for n, token in enumerate(room.seats)
        ]
        revealing = pool.submit(one_reveals, open_stores[-1])
        assert revealing.result()
        said = [each.result() for each in voting]
    assert room.live.topic is not None
    [found] = room.live.topic.tallies
    assert found.people == sum(each is not None for each in said) == len(rows(room.store, VOTE)["vote"])
    expected = [n % 4 + 2 if is_second else 1 for n, is_second in enumerate(said) if is_second is not None]
    counted = {} if found.everybody is None else {c.value: c.people for c in found.everybody.counts}
    if found.people >= 4:
        assert counted == {value: expected.count(value) for value in set(expected)}


def test_people_join_vote_and_object_over_two_stores_at_once_and_nobody_is_turned_away(
    room: Room, url: str
) -> None:
    room.decided("q2")
    room.join(*ROLES, *ROLES)
    room.ask()
    code = str(room.live.code)
    start = threading.Barrier(16)

    def one(store: Store, token: str, value: int) -> bool:
        start.wait()
        for n in range(6):
            assert store.seats.vote(token, Ballot(question="q1", round=1, value=value))
            store.seats.join(code, "other")
            assert store.seats.dissent(token, "q2", f"{value} {n}", signed=False)
        return True

    two = Store(url, now=lambda: NOON), Store(url, now=lambda: NOON)
    with two[0], two[1], ThreadPoolExecutor(16) as pool:
        done = [pool.submit(one, two[n % 2], token, n % 5 + 1) for n, token in enumerate(room.seats)]
        assert all(each.result() for each in done)
    assert room.live.people == 16 + 16 * 6
    assert room.reveal().people == 16
    assert len(rows(room.store, DISSENT)["dissent"]) == 16


# ── rounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_round_is_blind_and_from_nothing_and_leaves_the_first_as_it_was(room: Room) -> None:
    room.join("agent", "agent", "agent", "agent")
    room.ask()
    room.vote(1, 1, 5, 5)
    first = room.reveal()
    assert room.command("again", seconds=60)
    desk = room.store.workshops.desk(room.assessment)
    assert desk is not None
    assert (desk.voted, room.live.round, room.live.phase) == (0, 2, "voting")
    assert room.store.seats.attend(room.seats[0]).ballot is None
    room.vote(3, 3, 3)
    second = room.reveal()
    assert (second.round, second.people, second.groups) == (2, 3, ())
    assert room.live.topic is not None
    assert room.live.topic.tallies == (first, second)
    assert room.live.until is None


def test_a_round_left_unrevealed_waits_and_goes_on_with_its_votes(room: Room) -> None:
    room.join("agent", "agent", "agent", "agent")
    room.ask("q1")
    room.vote(2, 2)
    assert room.command("rest")
    assert (room.live.phase, room.live.question, room.live.topic) == ("lobby", "", None)
    room.ask("q2")
    room.vote(5, 5, 5, 5)
    assert room.reveal().question == "q2"
    room.ask("q1")
    assert room.live.round == 1
    assert room.store.seats.attend(room.seats[0]).ballot == Ballot(question="q1", round=1, value=2)
    assert room.reveal().people == 2
    room.ask("q2")
    assert room.live.round == 2, "what was revealed is counted; asked again it is another round"
    assert room.reveal().people == 0


def test_topics_are_kept_in_the_order_in_which_they_were_last_talked_about(room: Room) -> None:
    for question in ("q2", "q1", "q2"):
        room.ask(question)
        room.reveal()
    assert [(topic.question, len(topic.tallies)) for topic in topics_of(room)] == [("q1", 1), ("q2", 2)]
    room.ask("q3")
    assert [topic.question for topic in topics_of(room)] == ["q1", "q2"], "nothing came of q3 yet"


# ── what was agreed on ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_answers_the_assessment_and_keeps_evidence_comment_and_what_was_said_before(
    room: Room, store: Store, made: Created, clock: Clock
) -> None:
    before = Answer(
        question="q1", value=2, evidence="documented", comment="Handbook p. 4", respondent="Ute", at=NOON
    )
    store.save_answer(room.assessment, before, seen=0)
    room.ask()
    room.reveal()
    clock.now += timedelta(minutes=9)
    assert room.command("decide", Answer(question="q1", value=4), "  All saw the new desk.\x00 ")
    answer = store.open(made.token).sheet.by_question["q1"]
    agreed = Answer(
        question="q1", value=4, evidence="documented", comment="Handbook p. 4", respondent=WHO, at=clock.now
    )
    assert answer == agreed
    assert [(each.answer, each.revision) for each in store.history(room.assessment, "q1")] == [(before, 1)]
    [topic] = topics_of(room)
    assert (topic.before, topic.decided) == (before, agreed)
    assert (topic.reason, topic.at) == ("All saw the new desk.", clock.now)
    assert room.live.topic is not None
    assert room.live.topic.decided == agreed


def test_a_decision_on_what_nobody_answered_is_an_answer_and_can_be_taken_anew(
    room: Room, store: Store, made: Created
) -> None:
    room.decided("q1", 3)
    assert room.command("decide", Answer(question="q1", state="unknown"), "Nobody was there.")
    answer = store.open(made.token).sheet.by_question["q1"]
    assert (answer.state, answer.respondent) == ("unknown", WHO)
    assert [each.answer.value for each in store.history(room.assessment, "q1")] == [3]
    [topic] = topics_of(room)
    assert topic.before is None
    assert topic.decided == answer


def test_what_somebody_saved_meanwhile_is_put_aside_by_a_decision_and_not_lost(
    room: Room, store: Store, made: Created
) -> None:
    room.ask()
    room.reveal()
    store.save_answer(room.assessment, Answer(question="q1", value=1, comment="Mine."), seen=0)
    assert room.command("decide", Answer(question="q1", value=5), "")
    assert store.open(made.token).sheet.by_question["q1"].comment == "Mine."
    assert [each.answer.value for each in store.history(room.assessment, "q1")] == [1]


def test_a_decision_on_another_question_leaves_the_one_on_the_screen(room: Room) -> None:
    room.decided("q1")
    room.ask("q2")
    assert room.command("decide", Answer(question="q1", value=5), "After all.")
    assert room.live.question == "q2"
    assert room.live.topic == Topic(question="q2")
    assert {topic.question: topic.decided and topic.decided.value for topic in topics_of(room)} == {"q1": 5}


# ── who does not agree ───────────────────────────────────────────────────────────────────────────────────────────────


def test_dissent_is_anonymous_or_signed_by_role_and_can_be_changed_and_taken_back(room: Room) -> None:
    one, two, three = room.join("agent", "works-council", "it")
    room.decided()
    dissent = room.store.seats.dissent
    assert dissent(one, "q1", " Too high. ", signed=False)
    assert dissent(two, "q1", "Not agreed with us.", signed=True)
    assert dissent(three, "q1", "Hm.", signed=True)
    desk = room.store.workshops.desk(room.assessment)
    assert desk is not None
    assert desk.contested == {"q1": 3}
    assert dissent(three, "q1", "  ", signed=True), "no text takes it back"
    assert dissent(one, "q1", "Far too high.", signed=False), "another text stands in place of the first"
    expected = (Dissent(text="Far too high."), Dissent(text="Not agreed with us.", role="works-council"))
    [topic] = topics_of(room)
    assert topic.dissents == expected
    here = room.store.seats.attend(two)
    assert (here.dissent, here.signed) == ("Not agreed with us.", True)
    assert room.store.seats.attend(three).dissent == ""
    assert room.live.topic is not None
    assert room.live.topic.dissents == (), "no screen of the room shows it while it is open"


def test_who_wrote_first_cannot_be_told_from_the_order(room: Room) -> None:
    room.join("agent", "it", "agent")
    room.decided()
    for seat, words in zip(room.seats, ("c", "a", "b"), strict=True):
        assert room.store.seats.dissent(seat, "q1", words, signed=False)
    assert [each.text for each in topics_of(room)[0].dissents] == ["a", "b", "c"]
    assert room.command("close")
    assert [each.text for each in topics_of(room)[0].dissents] == ["a", "b", "c"]


def test_nobody_dissents_from_what_is_not_decided(room: Room) -> None:
    [seat] = room.join("agent")
    room.ask("q1")
    assert room.store.seats.dissent(seat, "q1", "No.", signed=False) is False
    assert room.store.seats.dissent(seat, "q2", "No.", signed=False) is False
    assert rows(room.store, DISSENT)["dissent"] == []


# ── closing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_closing_forgets_who_voted_and_wrote_what_and_keeps_what_was_talked_about(
    room: Room, store: Store, clock: Clock
) -> None:
    room.join("agent", "agent", "agent", "agent", "it")
    room.ask("q1")
    room.vote(1, 1, 2, 2, 5)
    found = room.reveal()
    assert room.command("decide", Answer(question="q1", value=2), "So it is.")
    assert store.seats.dissent(room.seats[0], "q1", "No.", signed=False)
    assert store.seats.dissent(room.seats[4], "q1", "Never.", signed=True)
    room.ask("q2")
    room.vote(1, 2, 3)  # not revealed: forgotten, too
    so_far = store.workshops.record(room.assessment)
    assert so_far is not None
    clock.now += timedelta(hours=2)
    assert room.command("close")
    assert rows(store, VOTE, DISSENT) == {"vote": [], "dissent": []}
    record = store.workshops.record(room.assessment)
    assert record == so_far.model_copy(update={"closed_at": clock.now})
    [topic] = record.topics
    assert topic.tallies == (found,)
    assert topic.dissents == (Dissent(text="Never.", role="it"), Dissent(text="No."))
    assert (record.people, record.smallest, record.opened_at) == (5, 4, NOON)
    assert store.workshops.desk(room.assessment) is None
    stored = rows(store, WORKSHOP)["workshop"][0]._mapping
    assert (stored["code"], stored["topic"], stored["phase"]) == (None, None, "over")
    for seat in rows(store, SEAT)["seat"]:
        assert seat._mapping["id"] not in str(stored), "no seat is named in what is kept"


def test_nobody_joins_votes_or_writes_after_the_close(room: Room, store: Store) -> None:
    [seat] = room.join("agent")
    code = str(room.live.code)
    room.decided()
    assert room.command("again")
    assert room.command("close")
    with pytest.raises(StoreError, match="no workshop is open under this code"):
        store.seats.join(code, "agent")
    assert not store.seats.is_code(code)
    for ballot in (Ballot(question="q1", round=2, value=1), Ballot(question="q1", round=1, value=1)):
        assert store.seats.vote(seat, ballot) is False
    assert store.seats.dissent(seat, "q1", "No.", signed=False) is False
    here = store.seats.attend(seat)
    assert (here.live.phase, here.live.code, here.live.people) == ("over", None, 1)
    assert rows(store, VOTE, DISSENT) == {"vote": [], "dissent": []}


def test_somebody_who_joins_while_it_closes_is_in_before_or_turned_away(room: Room, url: str) -> None:
    code, seen = str(room.live.code), room.live.revision
    start = threading.Barrier(13)

    def joins(store: Store) -> bool:
        start.wait()
        try:
            store.seats.join(code, "agent")
        except StoreError as error:
            assert "no workshop is open" in str(error)
            return False
        return True

    def closes() -> bool:
        start.wait()
        return room.store.workshops.close(room.id, seen=seen)

    with Store(url, now=lambda: NOON) as other, ThreadPoolExecutor(13) as pool:
        joining = [pool.submit(joins, (room.store, other)[n % 2]) for n in range(12)]
        assert pool.submit(closes).result()
        joined = sum(each.result() for each in joining)
    record = room.store.workshops.record(room.assessment)
    assert record is not None
    assert record.people == joined == len(rows(room.store, SEAT)["seat"])


def test_after_one_workshop_another_can_be_opened_and_is_the_latest(
    room: Room, store: Store, clock: Clock
) -> None:
    [seat] = room.join("agent")
    room.decided()
    assert room.command("close")
    clock.now += timedelta(days=200)
    second = Room(store, room.assessment, smallest=5)
    assert second.id != room.id
    record = store.workshops.record(room.assessment)
    assert record is not None
    assert (record.opened_at, record.topics, record.people) == (clock.now, (), 0)
    second.ask()
    assert store.seats.vote(seat, Ballot(question="q1", round=1, value=1)) is False, (
        "an old seat is none here"
    )


def test_a_workshop_goes_with_its_assessment_and_leaves_others_alone(room: Room, store: Store) -> None:
    other = Room(store, store.create("q", "1.0.0", language="de").assessment)
    for each in (room, other):
        each.join("agent", "it")
        each.decided()
        assert each.command("again")
        each.vote(1, 2)
        assert store.seats.dissent(each.seats[0], "q1", "No.", signed=False)
    store.delete(room.assessment)
    left = {name: len(found) for name, found in rows(store, WORKSHOP, SEAT, VOTE, DISSENT).items()}
    assert left == {"workshop": 1, "seat": 2, "vote": 2, "dissent": 1}
    assert store.workshops.desk(room.assessment) is None
    with pytest.raises(UnknownLink):
        store.seats.attend(room.seats[0])
    assert room.store.workshops.rest(room.id, seen=1) is False
    assert other.reveal().people == 2


def test_the_votes_of_two_workshops_are_not_mixed(room: Room, store: Store) -> None:
    other = Room(store, store.create("q", "1.0.0", language="de").assessment)
    for each in (room, other):
        each.join("agent", "agent", "agent", "agent")
        each.ask()
    room.vote(1, 1, 1, 1)
    other.vote(5, 5)
    assert (room.reveal().people, other.reveal().people) == (4, 2)
    assert room.command("close")
    assert len(rows(store, VOTE)["vote"]) == 2


# ── from the schema before ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def before_workshops(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> Iterator[Store]:
    """A store as the program was before there were workshops, schema 0004."""
    folder = tmp_path / "until-0004"
    shutil.copytree(Path(str(migrations.__file__)).parent, folder)
    for file in (folder / "versions").glob("0*.py"):
        if file.name[:4] > "0004":
            file.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "Database", partial(Database, migrations=str(folder)))
        opened = Store(url, now=clock)
    monkeypatch.setattr(opened._doorkeeper, "let_try", lambda: None)  # it counted in its own memory then
    with opened:
        yield opened


def test_a_database_from_before_workshops_loses_nothing_and_can_hold_one(
    before_workshops: Store, url: str, clock: Clock
) -> None:
    old = before_workshops
    with old._database.reading() as connection:
        tables = set(inspect(connection).get_table_names())
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one() == "0004"
    assert not tables & {"workshop", "seat", "vote", "dissent"}
    answers = (
        Answer(question="q1", value=2, comment="„so“", at=NOON),
        Answer(question="q2", state="unknown"),
    )
    sheet = AnswerSheet(questionnaire="q", version="1.0.0", profile={"size": "large"}, answers=answers)
    made = [
        old.put(sheet, Subject(organisation=name, held_on=date(2026, 2, 1)), language="nl") for name in "AB"
    ]
    old.save_answer(made[0].assessment, Answer(question="q1", value=3), seen=1)
    device = old.enter(old.let_in(made[0].assessment).code)
    found = MetaData()  # as they are there, without what later versions add to them
    found.reflect(old._database._engine, only=tables & METADATA.tables.keys())
    kept = list(found.sorted_tables)
    assert len(kept) == 6
    before = rows(old, *kept)
    assert all(before[name] for name in ("assessment", "answer", "answer_history", "link", "code"))
    old.close()
    for _ in range(2):  # the second opening finds the present schema
        with Store(url, now=clock) as store:
            assert rows(store, *kept) == before
            opened = [store.open(each.token) for each in (*made, device)]
            assert [each.subject.organisation for each in opened] == ["A", "B", "A"]
            values = [{a.question: (a.value, a.state, a.at) for a in each.sheet.answers} for each in opened]
            assert values[0] == values[2] == {"q1": (3, "given", NOON), "q2": (None, "unknown", NOON)}
            assert values[1] == {"q1": (2, "given", NOON), "q2": (None, "unknown", NOON)}
            assert all(each.sheet.profile == {"size": "large"} for each in opened)
    with Store(url, now=clock) as store:
        room = Room(store, made[0].assessment)
        room.decided("q1", 5)
        assert store.open(made[0].token).sheet.by_question["q1"].comment == ""
        assert [each.answer.value for each in store.history(room.assessment, "q1")] == [2, 3]


# ── everybody on their own ───────────────────────────────────────────────────────────────────────────────────────────


def test_on_their_own_people_vote_on_the_whole_agenda_and_on_nothing_else(room: Room) -> None:
    seat, other = room.join("agent", "it")
    assert not room.store.seats.vote(seat, Ballot(question="q1", round=1, value=2)), "nothing is asked yet"
    assert room.command("apart")
    assert room.store.seats.vote(seat, Ballot(question="q2", round=1, value=2))
    assert room.store.seats.vote(seat, Ballot(question="q2", round=1, value=4))
    assert not room.store.seats.vote(seat, Ballot(question="q3", round=1, value=2)), "not on the agenda"
    assert not room.store.seats.vote(seat, Ballot(question="q1", round=2, value=2)), "another round"
    errand = room.store.seats.attend(seat).errand
    assert errand is not None
    assert errand.agenda == ("q1", "q2")
    assert errand.ballots == (Ballot(question="q2", round=1, value=4),)
    assert errand.following == "q1"
    theirs = room.store.seats.attend(other).errand
    assert theirs is not None
    assert theirs.ballots == ()
    desk = room.store.workshops.desk(room.assessment)
    assert desk is not None
    assert desk.answered == {"q1": 0, "q2": 1}


def test_all_that_people_voted_on_their_own_is_counted_at_once_and_later_votes_are_refused(
    room: Room, store: Store, made: Created
) -> None:
    store.save_answer(made.assessment, Answer(question="q1", value=5), seen=0)
    seats = room.join("agent", "agent", "it", "it", "planner")
    assert room.command("apart")
    for number, seat in enumerate(seats):
        assert store.seats.vote(seat, Ballot(question="q1", round=1, value=1 + number % 2))
    assert room.command("reveal_all", counting)
    assert room.live.phase == "lobby"
    (topic,) = topics_of(room)
    assert topic.question == "q1", "nobody voted on the other: it is still to be asked"
    assert topic.before is not None
    assert topic.before.value == 5
    everybody = topic.tallies[0].everybody
    assert everybody is not None
    assert {count.value: count.people for count in everybody.counts} == {1: 3, 2: 2}
    assert not store.seats.vote(seats[0], Ballot(question="q1", round=1, value=4))
    assert store.seats.attend(seats[0]).errand is None
    assert not room.command("reveal_all", counting), "once"

    assert room.command("show", "q1")
    assert (room.live.phase, room.live.round) == ("revealed", 1)
    assert room.command("again")
    assert store.seats.vote(seats[0], Ballot(question="q1", round=2, value=4))
    assert room.reveal().people == 1
    assert not room.command("show", "q2"), "there are no votes to show"


def test_a_break_also_stops_those_who_answer_on_their_own(room: Room) -> None:
    (seat,) = room.join("agent")
    assert room.command("apart")
    assert room.command("pause")
    assert not room.store.seats.vote(seat, Ballot(question="q1", round=1, value=2))
    assert room.store.seats.attend(seat).errand is None
    assert room.command("resume")
    assert room.store.seats.vote(seat, Ballot(question="q1", round=1, value=2))
