"""Workshops as their facilitator leads them: opened on an assessment, rounds of blind votes revealed, what was agreed on.

The database is what everybody in the room has in common: whoever votes writes a row, every screen reads where things stand
every few seconds. Where a workshop stands has a revision: a command given over an older one does nothing, so that a double
click or a second screen of the facilitator's never skips a step.

Who voted what is known to the database alone and only until the workshop closes. A round is counted when it is revealed, in
the same transaction that ends the voting, by `assessment.workshop.tally`; what may not be shown is not in that count.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from assessment.answers import Answer
from assessment.store.answering import put_answer
from assessment.store.codes import new_code
from assessment.store.database import Database
from assessment.store.problems import unknown_assessment
from assessment.store.records import answer_from_row, storable
from assessment.store.rights import Gate, Right
from assessment.store.statements import DESK, PEOPLE, VOTED, VOTES
from assessment.store.tables import ANSWER, ASSESSMENT, DISSENT, SEAT, VOTE, WORKSHOP
from assessment.store.workshop_records import (
    Desk,
    Live,
    rounds_in,
    topic_in,
    topics_as_json,
    topics_from_json,
    value_from_json,
)
from assessment.store.writer import Writer
from assessment.workshop import Dissent, Tally, Topic, Vote, Workshop

WHO = "workshop"
"""Who answered what a workshop agreed on: the same at every assessment."""

Step = Callable[[Connection, RowMapping], dict[str, Any] | None]
"""A facilitator's command: from where things stand to what changes; None for nothing."""


class Workshops:
    """The workshops in one database, for any number of threads."""

    def __init__(
        self, database: Database, writer: Writer, gate: Gate, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._gate = gate
        self._now = now

    def open(self, assessment: str, *, smallest: int, agenda: Sequence[str]) -> Live:
        """Open a workshop; one that is open already stays, and is returned.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written.
        """

        def change(connection: Connection) -> RowMapping:
            here = select(ASSESSMENT.c.id).where(ASSESSMENT.c.id == assessment).with_for_update()
            if connection.execute(here).scalar_one_or_none() is None:
                raise unknown_assessment()
            self._gate.allow(connection, assessment, Right.CHANGE)
            present = connection.execute(DESK, {"whose": assessment}).mappings().one_or_none()
            if present is None:
                row = {
                    "id": secrets.token_hex(16),
                    "assessment": assessment,
                    "code": new_code(),
                    "opened_at": self._now(),
                    "smallest": smallest,
                    "phase": "lobby",
                    "question": "",
                    "round": 0,
                    "revision": 1,
                    "agenda": json.dumps(list(agenda)),
                    "topics": topics_as_json(()),
                }
                connection.execute(insert(WORKSHOP), row)
                present = connection.execute(DESK, {"whose": assessment}).mappings().one()
            return present

        return Live.from_row(self._writer.write(assessment, change))

    def desk(self, assessment: str) -> Desk | None:
        """Return the open workshop of an assessment as its facilitator sees it; None without one.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._database.reading() as connection:
            self._gate.allow(connection, assessment, Right.READ)
            row = connection.execute(DESK, {"whose": assessment}).mappings().one_or_none()
            if row is None:
                return None
            this = {"workshop": row["id"], "question": row["question"], "round": row["round"]}
            voted = connection.execute(VOTED, this).scalar_one()
            roles = (
                connection.execute(select(SEAT.c.role).where(SEAT.c.workshop == row["id"])).scalars().all()
            )
            answered = _voted_on(connection, row) if row["phase"] == "apart" else {}
            contested = connection.execute(
                select(DISSENT.c.question, func.count())
                .where(DISSENT.c.workshop == row["id"])
                .group_by(DISSENT.c.question)
            ).all()
        return Desk(
            live=Live.from_row(row),
            agenda=tuple(json.loads(row["agenda"])),
            topics=topics_from_json(row["topics"]),
            voted=voted,
            answered=answered,
            roles=tuple(roles),
            contested=dict(contested),
        )

    def arrange(self, workshop: str, agenda: Sequence[str], *, seen: int) -> bool:
        """Put other questions on the agenda, or in another order; say whether that was done."""
        return self._step(workshop, lambda _connection, _row: {"agenda": json.dumps(list(agenda))}, seen=seen)

    def ask(self, workshop: str, question: str, *, seen: int, seconds: int | None = None) -> bool:
        """Let everybody vote on a question; a round that was left unrevealed goes on. Say whether that was done."""

        def step(connection: Connection, row: RowMapping) -> dict[str, Any]:
            topic = topic_in(row, question) or Topic(
                question=question, before=_stored(connection, row["assessment"], question)
            )
            return {
                "phase": "voting",
                "question": question,
                "round": len(topic.tallies) + 1,
                **self._timer(seconds),
                **_with(row, topic),
            }

        return self._step(workshop, step, seen=seen)

    def reveal(self, workshop: str, count: Callable[[Iterable[Vote], int, int], Tally], *, seen: int) -> bool:
        """End the voting and count the round: `count` gets the votes, the round's number and the smallest group.

        Say whether that was done. A vote is either in the count or was refused.
        """

        def step(connection: Connection, row: RowMapping) -> dict[str, Any] | None:
            topic = topic_in(row, row["question"])
            if row["phase"] != "voting" or topic is None:
                return None
            counted = _counted(connection, row, topic, count)
            return {"phase": "revealed", "until": None, "left": None, **_with(row, counted)}

        return self._step(workshop, step, seen=seen)

    def apart(self, workshop: str, *, seen: int) -> bool:
        """Let everybody answer the whole agenda on their own, for as long as it takes; say whether that was done."""

        def step(_connection: Connection, row: RowMapping) -> dict[str, Any] | None:
            return {"phase": "apart", "until": None} if row["phase"] == "lobby" and rounds_in(row) else None

        return self._step(workshop, step, seen=seen)

    def reveal_all(
        self, workshop: str, count: Callable[[str], Callable[[Iterable[Vote], int, int], Tally]], *, seen: int
    ) -> bool:
        """End that everybody answers on their own, and count every question on which somebody voted; say whether that was done."""

        def step(connection: Connection, row: RowMapping) -> dict[str, Any] | None:
            if row["phase"] != "apart":
                return None
            topics = {topic.question: topic for topic in topics_from_json(row["topics"])}
            for question, votes in _voted_on(connection, row).items():
                if votes:
                    before = _stored(connection, row["assessment"], question)
                    topic = topics.get(question) or Topic(question=question, before=before)
                    topics[question] = _counted(connection, row, topic, count(question))
            return {"phase": "lobby", "left": None, "topics": topics_as_json(topics.values())}

        return self._step(workshop, step, seen=seen)

    def show(self, workshop: str, question: str, *, seen: int) -> bool:
        """Put a question on the screen on which the votes were counted already; say whether that was done."""

        def step(_connection: Connection, row: RowMapping) -> dict[str, Any] | None:
            topic = topic_in(row, question)
            if topic is None or not topic.tallies:
                return None
            place = {"phase": "revealed", "question": question, "round": len(topic.tallies)}
            return {**place, "until": None, "left": None, **_with(row, topic)}

        return self._step(workshop, step, seen=seen)

    def again(self, workshop: str, *, seen: int, seconds: int | None = None) -> bool:
        """Let everybody vote once more, blind again and from nothing; say whether that was done."""

        def step(_connection: Connection, row: RowMapping) -> dict[str, Any] | None:
            if row["phase"] != "revealed":
                return None
            return {"phase": "voting", "round": row["round"] + 1, **self._timer(seconds)}

        return self._step(workshop, step, seen=seen)

    def decide(self, workshop: str, answer: Answer, reason: str, *, seen: int) -> bool:
        """Note what was agreed on and why, and answer the assessment's question so; say whether that was done.

        Evidence and comment that stand with the answer stay; what it said before goes to its history.
        """

        def step(connection: Connection, row: RowMapping) -> dict[str, Any] | None:
            topic = topic_in(row, answer.question)
            if topic is None:
                return None
            stored, now = _stored(connection, row["assessment"], answer.question), self._now()
            kept = {"evidence": stored.evidence, "comment": stored.comment} if stored else {}
            agreed = answer.model_copy(update={**kept, "respondent": WHO, "at": now})
            put_answer(connection, row["assessment"], agreed, seen=None, writer="", now=now)
            told = storable(reason.strip())
            facts = _with(row, topic.model_copy(update={"decided": agreed, "reason": told, "at": now}))
            if answer.question != row["question"]:  # decided from the agenda: the screen stays as it is
                del facts["topic"]
            return facts

        return self._step(workshop, step, seen=seen)

    def pause(self, workshop: str, *, seen: int) -> bool:
        """Stop the clock and the voting; say whether that was done."""

        def step(_connection: Connection, row: RowMapping) -> dict[str, Any] | None:
            if row["left"] is not None:
                return None
            left = (row["until"] - self._now()).total_seconds() if row["until"] else 0
            return {"until": None, "left": max(0, round(left))}

        return self._step(workshop, step, seen=seen)

    def resume(self, workshop: str, *, seen: int) -> bool:
        """Let the clock and the voting go on; say whether that was done."""

        def step(_connection: Connection, row: RowMapping) -> dict[str, Any] | None:
            return None if row["left"] is None else self._timer(row["left"] or None)

        return self._step(workshop, step, seen=seen)

    def rest(self, workshop: str, *, seen: int) -> bool:
        """Go back to the agenda; a round that was not revealed waits there. Say whether that was done."""
        back = {"phase": "lobby", "question": "", "round": 0, "topic": None, "until": None, "left": None}
        return self._step(workshop, lambda _connection, _row: back, seen=seen)

    def close(self, workshop: str, *, seen: int) -> bool:
        """End the workshop: nobody joins or votes any more, and who voted or wrote what is forgotten. Say whether that was done."""

        return self._step(
            workshop, lambda connection, row: closed(connection, row, now=self._now()), seen=seen
        )

    def record(self, assessment: str) -> Workshop | None:
        """Return what the latest workshop of an assessment leaves behind, so far if it is still open; None without one.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._database.reading() as connection:
            self._gate.allow(connection, assessment, Right.READ)
            return record_of(connection, assessment)

    def _timer(self, seconds: int | None) -> dict[str, Any]:
        return {"until": self._now() + timedelta(seconds=seconds) if seconds else None, "left": None}

    def _step(self, workshop: str, step: Step, *, seen: int) -> bool:
        def change(connection: Connection) -> bool:
            held = select(WORKSHOP).where(WORKSHOP.c.id == workshop).with_for_update()
            row = connection.execute(held).mappings().one_or_none()
            if row is None:
                return False
            self._gate.allow(connection, row["assessment"], Right.CHANGE)
            if row["revision"] != seen or row["phase"] == "over":
                return False
            facts = step(connection, row)
            if facts is None:
                return False
            changed = update(WORKSHOP).where(WORKSHOP.c.id == workshop)
            connection.execute(changed.values(**facts, revision=seen + 1))
            return True

        return self._writer.write(workshop, change)


def record_of(connection: Connection, assessment: str) -> Workshop | None:
    """Return what the latest workshop of an assessment leaves behind; None without one."""
    latest = (
        select(WORKSHOP, PEOPLE)
        .where(WORKSHOP.c.assessment == assessment)
        .order_by(WORKSHOP.c.opened_at.desc(), WORKSHOP.c.id)
        .limit(1)
    )
    row = connection.execute(latest).mappings().one_or_none()
    if row is None:
        return None
    return Workshop(
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        smallest=row["smallest"],
        people=row["people"] if row["brought"] is None else row["brought"],
        topics=tuple(topic for topic in _with_dissent(connection, row) if topic.tallies or topic.decided),
    )


def closed(connection: Connection, row: RowMapping, *, now: datetime) -> dict[str, Any]:
    """Forget who voted or wrote what in a workshop, and return what its row says once it is over."""
    topics = _with_dissent(connection, row)
    for table in (VOTE, DISSENT):
        connection.execute(delete(table).where(table.c.workshop == row["id"]))
    nothing = dict.fromkeys(("topic", "until", "left", "code"))
    topics_kept = topics_as_json(topics)
    over = {"phase": "over", "question": "", "round": 0, "closed_at": now, "topics": topics_kept}
    return nothing | over


def restore(connection: Connection, assessment: str, held: Workshop, *, now: datetime) -> None:
    """Put what a workshop left behind, which came from a file, beside its assessment; it is over, and nobody can join it."""
    row = {
        "id": secrets.token_hex(16),
        "assessment": assessment,
        "opened_at": held.opened_at,
        "closed_at": held.closed_at or now,
        "smallest": held.smallest,
        "phase": "over",
        "question": "",
        "round": 0,
        "revision": 1,
        "agenda": json.dumps([topic.question for topic in held.topics]),
        "topics": storable(topics_as_json(held.topics)),
        "brought": held.people,
    }
    connection.execute(insert(WORKSHOP), row)


def _counted(
    connection: Connection,
    row: RowMapping,
    topic: Topic,
    count: Callable[[Iterable[Vote], int, int], Tally],
) -> Topic:
    """Return a topic with the round that ends now."""
    number = len(topic.tallies) + 1
    this = {"workshop": row["id"], "question": topic.question, "round": number}
    votes = [Vote(role, value_from_json(value)) for role, value in connection.execute(VOTES, this).all()]
    return topic.model_copy(update={"tallies": (*topic.tallies, count(votes, number, row["smallest"]))})


def _voted_on(connection: Connection, row: RowMapping) -> dict[str, int]:
    """Return how many have voted on each question of the agenda, in the round that comes next."""
    return {
        question: connection.execute(
            VOTED, {"workshop": row["id"], "question": question, "round": number}
        ).scalar_one()
        for question, number in rounds_in(row).items()
    }


def _with(row: RowMapping, topic: Topic) -> dict[str, Any]:
    """Return the columns that hold a topic, among all and on the screen."""
    others = tuple(each for each in topics_from_json(row["topics"]) if each.question != topic.question)
    return {"topic": topics_as_json((topic,)), "topics": topics_as_json((*others, topic))}


def _stored(connection: Connection, assessment: str, question: str) -> Answer | None:
    this = select(ANSWER).where(ANSWER.c.assessment == assessment, ANSWER.c.question == question)
    row = connection.execute(this).mappings().one_or_none()
    return None if row is None else answer_from_row(row)


def _with_dissent(connection: Connection, row: RowMapping) -> tuple[Topic, ...]:
    """Return the topics with what was written against them, in an order that says nothing about who sat down when."""
    said = (
        select(DISSENT.c.question, DISSENT.c.text, DISSENT.c.signed, SEAT.c.role)
        .join_from(DISSENT, SEAT, DISSENT.c.seat == SEAT.c.id)
        .where(DISSENT.c.workshop == row["id"])
    )
    found: dict[str, list[Dissent]] = {}
    for question, text, signed, role in connection.execute(said).all():
        found.setdefault(question, []).append(Dissent(text=text, role=role if signed else None))
    return tuple(
        topic.model_copy(
            update={
                "dissents": tuple(
                    sorted((*topic.dissents, *found.get(topic.question, ())), key=lambda one: one.text)
                )
            }
        )
        for topic in topics_from_json(row["topics"])
    )
