"""Assessments kept in a database: made, opened by their private link, changed answer by answer, deleted."""

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import Self

from pydantic import ValidationError
from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select

from assessment.answers import Answer, AnswerSheet
from assessment.report import Earlier, Subject
from assessment.roadmap import Terms
from assessment.store.answering import put_answer
from assessment.store.book import Book
from assessment.store.clients import Clients
from assessment.store.codes import HOURS, hashed, hashed_code, new_code
from assessment.store.contributions import Contributions
from assessment.store.database import Database
from assessment.store.doorkeeper import Doorkeeper, nobody
from assessment.store.figures import Figures, Tally
from assessment.store.heads import Heads
from assessment.store.links import Links
from assessment.store.people import People
from assessment.store.privacy import Privacy
from assessment.store.problems import damaged, not_allowed, unknown_code, unknown_link
from assessment.store.records import (
    Assessment,
    Code,
    Conflict,
    Created,
    Part,
    Replaced,
    Saved,
    answer_from_row,
)
from assessment.store.rights import Gate, Right, Who
from assessment.store.seats import Seats
from assessment.store.statements import PART, STORED
from assessment.store.tables import ANSWER_HISTORY, ASSESSMENT, CODE
from assessment.store.trail import Trail
from assessment.store.whole import HEAD, New, further_link, put, read, read_earlier
from assessment.store.workshops import Workshops
from assessment.store.writer import Writer
from assessment.values import Language

_HASH: BindParameter[str] = bindparam("hash")
BY_LINK = HEAD.where(ASSESSMENT.c.token_hash == _HASH)


class Store(Heads):
    """The assessments in one database, for any number of threads; other processes may use the same database.

    Raises:
        StoreError: the database cannot be opened or upgraded; says which and why.
    """

    def __init__(
        self,
        url: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: float = 5.0,
        called: str = "",
        caller: Callable[[], str] = nobody,
        may_be_missing: bool = True,
    ) -> None:
        """Open `url` and bring it to the present schema; wait `patience` seconds for other programs' locks.

        A SQLite file is made, unless it must not be missing.
        Messages call the database as it is `called`; else they name its file, or its URL without the password.
        `caller` returns a mark of who tries a code just now, never an address in clear.
        """
        self._now = now
        if not may_be_missing:
            Database(url, patience=patience, as_it_is=True).close()
        self._database = Database(url, patience=patience, called=called)
        self._book = Book(now=now)
        self._writer = Writer(self._database, self._book)
        self._database.after_reading = self._writer.write_notes_soon
        self._saved = Tally()
        self._doorkeeper = Doorkeeper(self._database, self._writer, now=now, caller=caller)
        self._serve(None)

    def _serve(self, who: Who | None) -> None:
        gate = self._gate = Gate(who, now=self._now, book=self._book)
        self.clients = Clients(self._database, self._writer, gate, now=self._now)
        self.contributions = Contributions(self._database, self._writer, gate, now=self._now)
        self.links = Links(self._database, self._writer, gate, now=self._now)
        self.people = People(self._database, self._writer, gate, now=self._now)
        self.workshops = Workshops(self._database, self._writer, gate, now=self._now)
        self.privacy = Privacy(self._database, self._writer, gate, now=self._now)
        self.trail = Trail(self._database, self._writer, gate, now=self._now)
        self.seats = Seats(self._database, self._writer, self._doorkeeper, now=self._now)

    def seen_by(self, who: Who) -> "Store":
        """Return the same store as somebody sees it: every command is refused that they may not give."""
        self._gate.only_the_program()
        seen = copy(self)
        seen._serve(who)
        return seen

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Finish what is being saved and let go of the database."""
        self._gate.only_the_program()
        self._writer.close()
        self._database.close()

    def unfit(self) -> str:
        """Return what keeps the database from being used, without naming it; nothing if it answers and has the present schema."""
        return self._database.unfit()

    def figures(self) -> Figures:
        """Return what this process's store can say about itself: numbers only."""
        in_use, idle, most = self._database.connections()
        return Figures(
            answers=self._saved.counts().get("answers", 0),
            wrong_codes=self._doorkeeper.wrong(),
            errors=self._database.errors.counts(),
            waiting=self._writer.waiting(),
            in_use=in_use,
            idle=idle,
            most=most,
        )

    def create(self, questionnaire: str, version: str, *, language: Language, short: bool = False) -> Created:
        """Make an empty assessment, held today.

        Raises:
            StoreError: it was not made.
        """
        sheet = AnswerSheet(questionnaire=questionnaire, version=version, short=short)
        return self.put(sheet, Subject(held_on=self._now().date()), language=language)

    def put(
        self,
        sheet: AnswerSheet,
        subject: Subject,
        *,
        language: Language,
        plan: Terms | None = None,
        earlier: Earlier | None = None,
    ) -> Created:
        """Make an assessment of a sheet's answers, all or none; an answer that bears no date gets the present one.

        With an `earlier` assessment, this one is compared with it.

        Raises:
            StoreError: it was not made.
        """
        return self.put_new(New(sheet, subject, language, plan=plan, earlier=earlier))

    def put_new(self, new: New) -> Created:
        """Make an assessment as it is described; one that follows another is filed where that is.

        Raises:
            StoreError: it was not made.
        """

        def change(connection: Connection) -> Created:
            may_file = not new.follows or self._gate.may(connection, new.follows, Right.CHANGE)
            made = put(connection, new if may_file else new._replace(follows=""), now=self._now())
            self._gate.note("changed", link=hashed(made.token), assessment=made.assessment)
            return made

        return self._writer.write("", change)

    def open(self, token: str) -> Assessment:
        """Return the assessment behind a private link.

        Raises:
            StoreError: the link is unknown, or the database cannot be read.
        """
        with self._database.reading() as connection:
            head = connection.execute(BY_LINK, {"hash": hashed(token)}).mappings().one_or_none()
            if head is not None:
                self._gate.note("saw", link=hashed(token), assessment=head["id"])
                return read(connection, head, where=self._database.where)
            found = self._gate.behind(connection, token)  # by a further link, or as a member
            if found is None:  # a database looks for no id at all in every line
                raise unknown_link()
            head = connection.execute(HEAD.where(ASSESSMENT.c.id == found)).mappings().one_or_none()
            if head is None:
                raise unknown_link()
            opened = read(connection, head, where=self._database.where)
            role = self._gate.shown(token).enter(connection, opened.id)
            return opened.model_copy(update={"role": role})

    def open_part(self, token: str, question: str) -> Part:
        """Return one answer of the assessment behind a private link: a small part of what `open` reads.

        Raises:
            StoreError: the link is unknown, or the database cannot be read.
        """
        asked = {"wanted": question, "hash": hashed(token), "now": self._now()}
        with self._database.reading(alone=True) as connection:
            row = connection.execute(PART, asked).mappings().one_or_none()
        if row is None and self._gate.person:
            with self._database.reading() as connection:
                asked["whose"] = self._gate.behind(connection, token)
                row = connection.execute(STORED, asked).mappings().one_or_none()
        if row is None:
            raise unknown_link()
        try:
            return Part(
                assessment=row["id"],
                questionnaire=row["questionnaire"],
                answer=None if row["question"] is None else answer_from_row(row),
                revision=row["revision"] or 0,
            )
        except (ValidationError, ValueError, AttributeError, TypeError) as error:
            raise damaged(self._database.where, error) from error

    def save_answer(
        self, assessment: str, answer: Answer, *, seen: int, writer: str = ""
    ) -> Saved | Conflict:
        """Save an answer over the one that the writer has `seen`, and return after it is committed.

        `seen` is the revision on the writer's screen, 0 for none. If another answer was saved since, it stays and comes
        back as a `Conflict`; unless this same `writer` (a session's id) saved it: a session can be interrupted between
        its save and taking note of it. An answer equal to the stored one is left alone. What is replaced goes to the
        history.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written; nothing was changed.
        """

        def change(connection: Connection) -> Saved | Conflict:
            link = self._gate.allow(connection, assessment, Right.ANSWER, is_noted=False)
            done = put_answer(connection, assessment, answer, seen=seen, writer=writer, now=self._now())
            if isinstance(done, Saved):  # in a conflict nothing was changed
                self._gate.note("answered", link=link, assessment=assessment)
            return done

        done = self._writer.write(assessment, change)
        if isinstance(done, Saved):
            self._saved.count("answers")
        return done

    def earlier(self, assessment: str) -> Earlier | None:
        """Return the assessment that this one is compared with, or None.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._database.reading() as connection:
            self._gate.allow(connection, assessment, Right.READ)
            return read_earlier(connection, assessment, where=self._database.where)

    def history(self, assessment: str, question: str) -> tuple[Replaced, ...]:
        """Return the answers to a question that later ones have replaced, oldest first; empty if there are none.

        Raises:
            StoreError: the database cannot be read.
        """
        replaced = select(ANSWER_HISTORY).where(
            ANSWER_HISTORY.c.assessment == assessment, ANSWER_HISTORY.c.question == question
        )
        with self._database.reading() as connection:
            self._gate.allow(connection, assessment, Right.READ)
            rows = connection.execute(replaced.order_by(ANSWER_HISTORY.c.revision)).mappings().all()
        try:
            return tuple(Replaced(answer=answer_from_row(row), revision=row["revision"]) for row in rows)
        except ValueError as error:
            raise damaged(self._database.where, error) from error

    def let_in(self, assessment: str) -> Code:
        """Make a short code that opens the assessment on other devices for some hours; one made before ends.

        Raises:
            StoreError: the assessment is not there any more, nothing could be written, or whoever asks came by a link that ends:
                who comes by a code stays.
        """
        made = Code(code=new_code(), until=self._now() + timedelta(hours=HOURS))

        def change(connection: Connection) -> Code:
            self._hold(connection, assessment, act="shared")
            if self._gate.ends(connection, assessment) is not None:
                raise not_allowed()
            old = (CODE.c.assessment == assessment) | (CODE.c.until < self._now())
            connection.execute(delete(CODE).where(old))
            row = {"code_hash": hashed_code(made.code), "assessment": assessment, "until": made.until}
            connection.execute(insert(CODE), row)
            return made

        return self._writer.write(assessment, change)

    def enter(self, code: str) -> Created:
        """Return a private link of this device's own for a code, however it was typed.

        Raises:
            StoreError: there is no such code any more, too many wrong ones were tried, or nothing could be written.
        """
        self._doorkeeper.let_try()
        wanted = select(CODE.c.assessment).where(
            CODE.c.code_hash == hashed_code(code), CODE.c.until >= self._now()
        )
        with self._database.reading() as connection:
            assessment: str | None = connection.execute(wanted).scalar_one_or_none()
        if assessment is None:
            self._doorkeeper.note_wrong("assessment")
            raise unknown_code()
        return self._writer.write(
            assessment, lambda connection: further_link(connection, assessment, now=self._now())
        )

    def delete(self, assessment: str) -> None:
        """Delete an assessment with its answers and their history; deleting it twice is no error.

        Raises:
            StoreError: nothing was deleted.
        """

        def change(connection: Connection) -> None:
            this = ASSESSMENT.c.id == assessment
            if connection.execute(select(ASSESSMENT.c.id).where(this)).first() is not None:
                self._gate.allow(connection, assessment, Right.CHANGE, act="deleted")
                connection.execute(delete(ASSESSMENT).where(this))

        self._writer.write(assessment, change)
