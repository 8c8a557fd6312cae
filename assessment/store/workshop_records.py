"""What a workshop's screens read from the store."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, Self

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from assessment.questions import Value
from assessment.values import Id, Model, Written
from assessment.workshop import Role, Topic

Phase = Literal["lobby", "apart", "voting", "revealed", "over"]
"""`apart`: everybody answers the whole agenda on their own, for days if need be."""

_TOPICS = TypeAdapter(tuple[Topic, ...])


class Live(Model):
    """Where a workshop stands."""

    id: str
    assessment: str
    code: str | None
    """None once it is over."""
    opened_at: datetime
    smallest: int
    phase: Phase
    question: str
    """The one that is talked about; empty while none is."""
    round: int
    until: datetime | None
    """When the time for this step is up; None without a clock."""
    left: int | None
    """Seconds left while it is paused; None while it is not."""
    revision: int
    people: int
    """How many joined."""
    topic: Topic | None
    """What is known of the question that is talked about."""

    @property
    def is_paused(self) -> bool:
        """Say whether everything rests."""
        return self.left is not None

    @classmethod
    def from_row(cls, row: RowMapping) -> Self:
        """Return what a row of the table says."""
        topic = topics_from_json(row["topic"])[0] if row["topic"] else None
        names = ("id", "assessment", "code", "opened_at", "smallest", "phase", "question", "round")
        more = ("until", "left", "revision", "people")
        return cls(**{name: row[name] for name in (*names, *more)}, topic=topic)


class Desk(Model):
    """An open workshop as its facilitator sees it: how many voted, never who or what."""

    live: Live
    agenda: tuple[Id, ...]
    topics: tuple[Topic, ...]
    voted: int
    """How many have voted in this round."""
    answered: dict[str, int]
    """How many have voted on each question of the agenda in the round that comes next, while everybody answers on their own."""
    roles: tuple[Role, ...]
    """The role of each seat: to be shown only as `assessment.workshop.composition` allows."""
    contested: dict[str, int]
    """How many wrote that they do not agree, by question."""

    def topic(self, question: str) -> Topic | None:
        """Return what is known of a question; None if it was not talked about."""
        return next((topic for topic in self.topics if topic.question == question), None)


class Seat(Model):
    """A seat that was taken, and the only time its token is known."""

    id: str
    token: str


class Ballot(Model):
    """One vote: on which question, in which round, and what; no value for "don't know"."""

    question: Id
    round: int
    value: Value | None = None


class Errand(Model):
    """What somebody has to answer on their own."""

    agenda: tuple[Id, ...]
    rounds: dict[str, int]
    """The number of the round of each question."""
    ballots: tuple[Ballot, ...]
    """What this person voted so far."""

    def ballot(self, question: str) -> Ballot | None:
        """Return what this person voted on a question; None if not yet."""
        return next((one for one in self.ballots if one.question == question), None)

    @property
    def following(self) -> str:
        """The first question that is not voted on yet; the last of all where none is left."""
        return next((name for name in self.agenda if self.ballot(name) is None), self.agenda[-1])


class Attendance(Model):
    """A workshop as somebody who takes part sees it."""

    live: Live
    questionnaire: Id
    version: str
    role: Role
    ballot: Ballot | None
    """What this person voted in this round; None if not yet."""
    dissent: Written = ""
    """What this person wrote against what was agreed on."""
    signed: bool = False
    errand: Errand | None = None
    """What there is to answer; while everybody answers on their own."""

    def at(self, question: str) -> "Attendance":
        """Return the same at one question of what there is to answer, as if the room were voting on it."""
        if self.errand is None:
            return self
        here = {"question": question, "round": self.errand.rounds[question], "phase": "voting"}
        return self.model_copy(
            update={"live": self.live.model_copy(update=here), "ballot": self.errand.ballot(question)}
        )

    def with_ballot(self, ballot: Ballot) -> "Attendance":
        """Return the same after a vote."""
        errand = self.errand
        if errand is not None:
            others = tuple(one for one in errand.ballots if one.question != ballot.question)
            errand = errand.model_copy(update={"ballots": (*others, ballot)})
        return self.model_copy(update={"ballot": ballot, "errand": errand})

    @classmethod
    def from_row(cls, row: RowMapping) -> Self:
        """Return what a row of the joined tables says."""
        live = Live.from_row(row)
        ballot = None
        if row["voter"] is not None:
            ballot = Ballot(question=live.question, round=live.round, value=value_from_json(row["value"]))
        return cls(
            live=live,
            questionnaire=row["questionnaire"],
            version=row["version"],
            role=row["role"],
            ballot=ballot,
            dissent=row["text"] or "",
            signed=bool(row["signed"]),
        )


def value_from_json(stored: str | None) -> Value | None:
    """Return a vote's value; None for "don't know"."""
    found = None if stored is None else json.loads(stored)
    return tuple(found) if isinstance(found, list) else found


def topics_as_json(topics: Iterable[Topic]) -> str:
    """Return topics as JSON text."""
    return _TOPICS.dump_json(tuple(topics), by_alias=True).decode()


def topics_from_json(text: str) -> tuple[Topic, ...]:
    """Return the topics of a JSON text."""
    return _TOPICS.validate_json(text)


def rounds_in(row: RowMapping) -> dict[str, int]:
    """Return the number of the next round of each question of a workshop's agenda."""
    revealed = {topic.question: len(topic.tallies) for topic in topics_from_json(row["topics"])}
    return {name: revealed.get(name, 0) + 1 for name in json.loads(row["agenda"])}


def topic_in(row: RowMapping, question: str) -> Topic | None:
    """Return what a workshop's row knows of a question; None if it was not talked about."""
    return next((topic for topic in topics_from_json(row["topics"]) if topic.question == question), None)
