"""What named people contribute to an assessment: in files that came back, or answer by answer behind a personal link.

Nothing here touches the assessment's own answers: what is taken over is saved like any other answer.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from assessment.answers import AnswerSheet
from assessment.contributions import Contributed, Contribution
from assessment.store.codes import hashed
from assessment.store.contribution_records import (
    Contributor,
    Invitation,
    Invited,
    contributed_as_row,
    contributed_from_row,
)
from assessment.store.database import Database
from assessment.store.problems import damaged, unknown_assessment, unknown_contribution, unknown_invitation
from assessment.store.records import PULSE, profile_from_json, storable
from assessment.store.rights import Gate, Right
from assessment.store.tables import ASSESSMENT, CONTRIBUTED, CONTRIBUTION, FOLLOW_UP
from assessment.store.whole import new_token
from assessment.store.writer import Writer

VALID_FOR = timedelta(days=30)
"""So long a personal link opens, if nothing else is said."""


class Contributions:
    """The contributions in one database, for any number of threads."""

    def __init__(
        self, database: Database, writer: Writer, gate: Gate, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._gate = gate
        self._now = now

    # ── what came back ──

    def add(self, assessment: str, contribution: Contribution, *, replace: bool = False) -> str:
        """Keep what somebody contributed beside what there is, and return its id.

        To `replace` is to let go of what the same person handed in before; what they answer behind a personal link stays.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written.
        """

        def change(connection: Connection) -> str:
            _hold(connection, assessment)
            self._gate.allow(connection, assessment, Right.CHANGE)
            if replace:
                connection.execute(
                    delete(CONTRIBUTION).where(
                        CONTRIBUTION.c.assessment == assessment,
                        CONTRIBUTION.c.respondent == storable(contribution.respondent),
                        CONTRIBUTION.c.until.is_(None),
                    )
                )
            return put_contribution(connection, assessment, contribution)

        return self._writer.write(assessment, change)

    def all(self, assessment: str) -> tuple[Contributor, ...]:
        """Return what everybody contributed, in the order in which it was received or last changed.

        Raises:
            StoreError: the database cannot be read.
        """
        wanted = select(CONTRIBUTION).where(CONTRIBUTION.c.assessment == assessment)
        theirs = (
            select(CONTRIBUTED)
            .join_from(CONTRIBUTED, CONTRIBUTION)
            .where(CONTRIBUTION.c.assessment == assessment)
        )
        with self._database.reading() as connection:
            self._gate.allow(connection, assessment, Right.CHANGE, act="saw")
            heads = connection.execute(wanted).mappings().all()
            answers = connection.execute(theirs).mappings().all()
        try:
            found = [
                Contributor(
                    contribution=_contribution(
                        head, [row for row in answers if row["contribution"] == head["id"]]
                    ),
                    until=head["until"],
                    is_revoked=head["until"] is not None and head["token_hash"] is None,
                )
                for head in heads
            ]
        except (ValidationError, ValueError) as error:
            raise damaged(self._database.where, error) from error
        return tuple(sorted(found, key=lambda one: (one.contribution.received_at, one.id)))

    def remove(self, assessment: str, contribution: str) -> None:
        """Delete a contribution with its answers and its link; what was taken over from it stays.

        Raises:
            StoreError: nothing was deleted.
        """
        this = delete(CONTRIBUTION).where(
            CONTRIBUTION.c.id == contribution, CONTRIBUTION.c.assessment == assessment
        )

        def change(connection: Connection) -> None:
            self._gate.allow(connection, assessment, Right.CHANGE, act="deleted")
            connection.execute(this)

        self._writer.write(assessment, change)

    def settle(self, assessment: str, question: str, *, shown: Iterable[tuple[str, datetime]]) -> None:
        """Note that somebody has decided what becomes of these answers: of each contribution, as it was shown, changed then.

        One that was changed since asks for a decision again.

        Raises:
            StoreError: nothing was noted.
        """
        shown = tuple(shown)

        def change(connection: Connection) -> None:
            self._gate.allow(connection, assessment, Right.CHANGE)
            for contribution, at in shown:
                mine = select(CONTRIBUTION.c.id).where(
                    CONTRIBUTION.c.id == contribution, CONTRIBUTION.c.assessment == assessment
                )
                this = update(CONTRIBUTED).where(
                    CONTRIBUTED.c.contribution.in_(mine),
                    CONTRIBUTED.c.question == question,
                    CONTRIBUTED.c.changed_at <= at,
                )
                connection.execute(this.values(settled=True))

        self._writer.write(assessment, change)

    # ── personal links ──

    def invite(
        self, assessment: str, respondent: str, *, role: str = "", until: datetime | None = None
    ) -> Invited:
        """Make a personal link for somebody; it opens for 30 days, if nothing else is said.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written.
        """
        made = Invited(
            contribution=secrets.token_hex(16), token=new_token(), until=until or self._now() + VALID_FOR
        )
        row = {
            "id": made.contribution,
            "assessment": assessment,
            "respondent": storable(respondent),
            "role": storable(role),
            "received_at": self._now(),
            "token_hash": hashed(made.token),
            "until": made.until,
        }

        def change(connection: Connection) -> None:
            _hold(connection, assessment)
            self._gate.allow(connection, assessment, Right.CHANGE, act="shared")
            connection.execute(insert(CONTRIBUTION), row)

        self._writer.write(assessment, change)
        return made

    def renew(self, assessment: str, contribution: str, *, until: datetime | None = None) -> Invited:
        """Make another personal link to what somebody has answered; the one before opens nothing any more.

        Raises:
            StoreError: there is no such contribution by a link, or nothing could be written.
        """
        made = Invited(contribution=contribution, token=new_token(), until=until or self._now() + VALID_FOR)
        self._relink(assessment, contribution, token_hash=hashed(made.token), until=made.until)
        return made

    def revoke(self, assessment: str, contribution: str) -> None:
        """Take a personal link back: it opens nothing any more; what was answered is kept.

        Raises:
            StoreError: there is no such contribution by a link, or nothing could be written.
        """
        self._relink(assessment, contribution, token_hash=None)

    def open(self, token: str) -> Invitation:
        """Return what somebody sees behind a personal link.

        Raises:
            StoreError: it opens nothing, or the database cannot be read.
        """
        columns = (
            ASSESSMENT.c.questionnaire,
            ASSESSMENT.c.version,
            ASSESSMENT.c.short,
            ASSESSMENT.c.profile,
            ASSESSMENT.c.organisation,
            ASSESSMENT.c.language,
            FOLLOW_UP.c.questions,
        )
        pulse = FOLLOW_UP.c.assessment == ASSESSMENT.c.id
        joined = select(CONTRIBUTION, *columns).join_from(CONTRIBUTION, ASSESSMENT)
        wanted = joined.join(FOLLOW_UP, pulse, isouter=True)
        with self._database.reading() as connection:
            head = (
                connection.execute(wanted.where(CONTRIBUTION.c.token_hash == hashed(token)))
                .mappings()
                .one_or_none()
            )
            if head is None or head["until"] < self._now():
                raise unknown_invitation()
            theirs = select(CONTRIBUTED).where(CONTRIBUTED.c.contribution == head["id"])
            answers = connection.execute(theirs).mappings().all()
        try:
            contribution = _contribution(head, answers)
            return Invitation(
                contribution=contribution,
                assessment=head["assessment"],
                organisation=head["organisation"],
                language=head["language"],
                until=head["until"],
                only=None
                if head["questions"] is None
                else tuple(one.question for one in PULSE.validate_json(head["questions"])),
                sheet=AnswerSheet(
                    questionnaire=head["questionnaire"],
                    version=head["version"],
                    short=head["short"],
                    profile=profile_from_json(head["profile"]),
                    answers=tuple(one.answer for one in contribution.answers),
                ),
            )
        except (ValidationError, ValueError) as error:
            raise damaged(self._database.where, error) from error

    def save(self, token: str, one: Contributed) -> datetime:
        """Save one answer behind a personal link in place of the one before, and return when.

        Raises:
            StoreError: the link opens nothing any more, or nothing could be written.
        """
        now = self._now()
        row = contributed_as_row(one)

        def change(connection: Connection) -> datetime:
            wanted = select(CONTRIBUTION.c.id, CONTRIBUTION.c.until).where(
                CONTRIBUTION.c.token_hash == hashed(token)
            )
            head = connection.execute(wanted.with_for_update()).mappings().one_or_none()
            if head is None or head["until"] < now:
                raise unknown_invitation()
            this = {"contribution": head["id"], "question": one.answer.question}
            connection.execute(
                delete(CONTRIBUTED).where(*(CONTRIBUTED.c[name] == what for name, what in this.items()))
            )
            connection.execute(insert(CONTRIBUTED), {**this, **row, "changed_at": now, "settled": False})
            here = update(CONTRIBUTION).where(CONTRIBUTION.c.id == head["id"])
            connection.execute(here.values(received_at=now))
            return now

        return self._writer.write(hashed(token), change)

    def _relink(self, assessment: str, contribution: str, **facts: object) -> None:
        def change(connection: Connection) -> None:
            self._gate.allow(connection, assessment, Right.CHANGE, act="shared")
            this = update(CONTRIBUTION).where(
                CONTRIBUTION.c.id == contribution,
                CONTRIBUTION.c.assessment == assessment,
                CONTRIBUTION.c.until.is_not(None),
            )
            if not connection.execute(this.values(**facts)).rowcount:
                raise unknown_contribution()

        self._writer.write(assessment, change)


def put_contribution(connection: Connection, assessment: str, contribution: Contribution) -> str:
    """Keep a contribution beside an assessment, without any link to it, and return the id that it gets."""
    identifier = secrets.token_hex(16)
    row = {
        "id": identifier,
        "assessment": assessment,
        "respondent": storable(contribution.respondent),
        "role": storable(contribution.role),
        "received_at": contribution.received_at,
    }
    answers = [
        {
            "contribution": identifier,
            "changed_at": one.answer.at or contribution.received_at,
            **contributed_as_row(one),
        }
        for one in {one.answer.question: one for one in contribution.answers}.values()
    ]
    connection.execute(insert(CONTRIBUTION), row)
    if answers:
        connection.execute(insert(CONTRIBUTED), answers)
    return identifier


def contributions_to(connection: Connection, assessment: str) -> tuple[Contribution, ...]:
    """Return what everybody contributed, without who may still change it, in the order in which it was received."""
    heads = connection.execute(select(CONTRIBUTION).where(CONTRIBUTION.c.assessment == assessment))
    found = []
    for head in heads.mappings().all():
        theirs = select(CONTRIBUTED).where(CONTRIBUTED.c.contribution == head["id"])
        found.append(_contribution(head, connection.execute(theirs).mappings().all()))
    return tuple(sorted(found, key=lambda one: (one.received_at, one.respondent, one.id)))


def _contribution(head: RowMapping, answers: Sequence[RowMapping]) -> Contribution:
    rows = sorted(answers, key=lambda row: str(row["question"]))
    return Contribution(
        id=head["id"],
        respondent=head["respondent"],
        role=head["role"],
        received_at=head["received_at"],
        answers=tuple(contributed_from_row(row, head["respondent"]) for row in rows),
    )


def _hold(connection: Connection, assessment: str) -> None:
    """Lock the assessment against being deleted meanwhile.

    Raises:
        StoreError: there is no such assessment.
    """
    this = select(ASSESSMENT.c.id).where(ASSESSMENT.c.id == assessment).with_for_update()
    if connection.execute(this).scalar_one_or_none() is None:
        raise unknown_assessment()
