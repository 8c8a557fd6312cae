"""Seats in a workshop: taken by a short code, a role and no name; blind votes, and what somebody does not agree with."""

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from assessment.store.codes import hashed, hashed_code, typed_code
from assessment.store.database import Database
from assessment.store.doorkeeper import Doorkeeper
from assessment.store.problems import unknown_seat, unknown_workshop
from assessment.store.records import storable
from assessment.store.statements import (
    APART,
    ATTENDED,
    JOINABLE,
    OWN,
    VOTABLE,
    VOTED_ANEW,
    VOTED_FIRST,
    WHERE_IT_STANDS,
)
from assessment.store.tables import CODE, DISSENT, SEAT, WORKSHOP
from assessment.store.workshop_records import (
    Attendance,
    Ballot,
    Errand,
    Seat,
    rounds_in,
    topic_in,
    value_from_json,
)
from assessment.store.writer import Writer
from assessment.workshop import Role

TOKEN_BYTES = 24
OPEN_FOR = timedelta(days=30)
"""So long people can join: answers may be gathered over days before the room meets."""


class Seats:
    """The seats of all workshops in one database, for any number of threads."""

    def __init__(
        self, database: Database, writer: Writer, doorkeeper: Doorkeeper, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._doorkeeper = doorkeeper
        self._now = now

    def is_code(self, code: str) -> bool:
        """Say whether a workshop can be joined by this code; one that opens an assessment is no wrong one, others are counted.

        Raises:
            StoreError: too many wrong codes were tried, or the database cannot be read.
        """
        return self._behind(code, others_too=True) is not None

    def join(self, code: str, role: Role) -> Seat:
        """Take a seat in the workshop behind a code, however it was typed.

        Raises:
            StoreError: there is no such workshop, too many wrong codes were tried, or nothing could be written.
        """
        workshop = self._behind(code)
        if workshop is None:
            raise unknown_workshop()
        made = Seat(id=secrets.token_hex(16), token=secrets.token_urlsafe(TOKEN_BYTES))
        row = {
            "id": made.id,
            "workshop": workshop,
            "token_hash": hashed(made.token),
            "role": role,
            "joined_at": self._now(),
        }

        def change(connection: Connection) -> None:
            if connection.execute(JOINABLE, {"held": workshop}).scalar_one_or_none() is None:
                raise unknown_workshop()
            connection.execute(insert(SEAT), row)

        self._writer.write(workshop, change)
        return made

    def attend(self, token: str) -> Attendance:
        """Return the workshop as somebody who takes part sees it: where it stands, and what they said themselves.

        Raises:
            StoreError: there is no such seat, or the database cannot be read.
        """
        with self._database.reading(alone=True) as connection:
            asked = {"hash": hashed(token)}
            row = connection.execute(ATTENDED, asked).mappings().one_or_none()
            if row is None:
                raise unknown_seat()
            here = Attendance.from_row(row)
            if here.live.phase != "apart":
                return here
            apart = connection.execute(APART, {"held": here.live.id}).mappings().one_or_none()
            own = connection.execute(OWN, asked).mappings().all()
        if apart is None:  # it went on between the two looks, or rests
            return here
        rounds = rounds_in(apart)
        ballots = tuple(
            Ballot(question=one["question"], round=one["round"], value=value_from_json(one["value"]))
            for one in own
            if rounds.get(one["question"]) == one["round"]
        )
        return here.model_copy(
            update={"errand": Errand(agenda=tuple(rounds), rounds=rounds, ballots=ballots)}
        )

    def vote(self, token: str, ballot: Ballot) -> bool:
        """Note a vote in place of an earlier one of the same round; False if that round is not open any more.

        Raises:
            StoreError: there is no such seat, or nothing could be written.
        """

        def change(connection: Connection) -> bool:
            seat = connection.execute(VOTABLE, {"hash": hashed(token)}).mappings().one_or_none()
            if seat is None:
                raise unknown_seat()
            asked = {"held": seat["workshop"], "asked": ballot.question, "number": ballot.round}
            if connection.execute(WHERE_IT_STANDS, asked).scalar_one_or_none() is None:
                apart = connection.execute(APART, asked).mappings().one_or_none()
                if apart is None or rounds_in(apart).get(ballot.question) != ballot.round:
                    return False
            value = None if ballot.value is None else json.dumps(ballot.value)
            this = {
                "whose": seat["id"],
                "held": seat["workshop"],
                "asked": ballot.question,
                "number": ballot.round,
            }
            if not connection.execute(VOTED_ANEW, this | {"what": value}).rowcount:
                row = {"workshop": seat["workshop"], "question": ballot.question, "round": ballot.round}
                connection.execute(VOTED_FIRST, row | {"seat": seat["id"], "value": value})
            return True

        return self._writer.write(hashed(token), change)

    def dissent(self, token: str, question: str, text: str, *, signed: bool) -> bool:
        """Note in somebody's own words that they do not agree; no text takes it back. False if nothing is decided there.

        Raises:
            StoreError: there is no such seat, or nothing could be written.
        """

        def change(connection: Connection) -> bool:
            seat = connection.execute(VOTABLE, {"hash": hashed(token)}).mappings().one_or_none()
            if seat is None:
                raise unknown_seat()
            held = select(WORKSHOP).where(WORKSHOP.c.id == seat["workshop"]).with_for_update(read=True)
            row = connection.execute(held).mappings().one()
            topic = topic_in(row, question)
            if row["phase"] == "over" or topic is None or topic.decided is None:
                return False
            this = {"workshop": row["id"], "question": question, "seat": seat["id"]}
            mine = [DISSENT.c[name] == what for name, what in this.items()]
            connection.execute(delete(DISSENT).where(*mine))
            if text.strip():
                connection.execute(insert(DISSENT), this | {"text": storable(text.strip()), "signed": signed})
            return True

        return self._writer.write(hashed(token), change)

    def _behind(self, code: str, *, others_too: bool = False) -> str | None:
        """Return the workshop behind a code; a wrong one is counted, with `others_too` only if it opens nothing else either.

        Raises:
            StoreError: too many wrong codes were tried, or the database cannot be read.
        """
        self._doorkeeper.let_try()
        wanted = select(WORKSHOP.c.id).where(
            WORKSHOP.c.code == typed_code(code), WORKSHOP.c.opened_at >= self._now() - OPEN_FOR
        )
        with self._database.reading(alone=True) as connection:
            found: str | None = connection.execute(wanted).scalar_one_or_none()
        if found is None and not (others_too and self._opens_an_assessment(code)):
            self._doorkeeper.note_wrong("workshop")
        return found

    def _opens_an_assessment(self, code: str) -> bool:
        wanted = select(CODE.c.code_hash).where(
            CODE.c.code_hash == hashed_code(code), CODE.c.until >= self._now()
        )
        with self._database.reading(alone=True) as connection:
            return connection.execute(wanted).scalar_one_or_none() is not None
