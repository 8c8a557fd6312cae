"""What is done with the assessments on a desk: begun, filed, moved, copied, read, opened, compared, put away, deleted."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from assessment.clients import ClientFile
from assessment.report import Earlier
from assessment.store.book import Act
from assessment.store.codes import hashed
from assessment.store.database import Database
from assessment.store.filing import (
    client_on,
    found,
    on_the_desk,
    place,
    put_at,
    site_on,
)
from assessment.store.moving import client_file, put_client
from assessment.store.problems import unknown_link
from assessment.store.records import Assessment, Created, storable
from assessment.store.rights import Gate, Here, Right, desk_of
from assessment.store.tables import ASSESSMENT, EARLIER, FILED
from assessment.store.whole import HEAD, New, further_link, read, read_earlier
from assessment.store.writer import Writer

T = TypeVar("T")


class Files:
    """The assessments on the desks in one database. `desk` is what opens it: a link's secret, or its id to members."""

    def __init__(
        self, database: Database, writer: Writer, gate: Gate, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._gate = gate
        self._now = now

    # ── assessments ──

    def begin(self, desk: str, site: str, new: New) -> str:
        """Make an assessment at a site, under the client's brand if it has none of its own, and return its id."""

        def change(connection: Connection, here: Here) -> str:
            made = put_at(connection, found(connection, site_on(here, site)), new, now=self._now())
            self._gate.note("changed", link=here.link, assessment=made, workspace=here["id"])
            return made

        return self._change(desk, change, is_noted=False)

    def file(self, desk: str, site: str, link: str) -> str:
        """File the assessment behind a private link at a site, and return its id; at another site of the desk before, it moves.

        Raises:
            StoreError: the link is unknown or not its owner's (who files it owns it), it is filed on another desk, or the site is
                not on this one.
        """

        def change(connection: Connection, here: Here) -> str:
            row = found(connection, site_on(here, site))
            own = select(ASSESSMENT.c.id).where(ASSESSMENT.c.token_hash == hashed(link))
            assessment: str | None = connection.execute(own).scalar_one_or_none()
            if assessment is None:
                assessment = self._gate.behind(connection, link)
            if assessment is None:
                raise unknown_link()
            is_here = desk_of(connection, assessment) == here["id"]
            self._gate.shown(link).allow(connection, assessment, Right.CHANGE if is_here else Right.OWN)
            place(connection, here, assessment, row)
            return assessment

        return self._change(desk, change, is_noted=False)

    def move(self, desk: str, assessment: str, site: str) -> None:
        """File an assessment of the desk at another of its sites."""

        def change(connection: Connection, here: Here) -> None:
            self._filed(connection, here, assessment, "changed")
            place(connection, here, assessment, found(connection, site_on(here, site)))

        self._change(desk, change, is_noted=False)

    def duplicate(self, desk: str, assessment: str, *, site: str | None = None) -> str:
        """Make a copy with all answers, their dates, plan and brand, at the same site or another; return its id.

        The history of the answers, workshops and private links stay with the first.
        """

        def change(connection: Connection, here: Here) -> str:
            filed = self._filed(connection, here, assessment, "saw")
            there = found(connection, site_on(here, site or filed["site"]))
            opened = self._read(connection, assessment)
            new = New(
                opened.sheet,
                opened.subject,
                opened.language,
                plan=opened.plan,
                brand=opened.brand,
                earlier=read_earlier(connection, assessment, where=self._database.where),
                questions=opened.pulse,
            )
            made = put_at(connection, there, new, now=self._now())
            self._gate.note("changed", link=here.link, assessment=made, workspace=here["id"])
            return made

        return self._change(desk, change, is_noted=False)

    def read(self, desk: str, assessment: str) -> Assessment:
        """Return an assessment of the desk with its answers.

        Raises:
            StoreError: it is not on this desk, or the database cannot be read.
        """
        with self._database.reading() as connection:
            here = self._gate.desk(connection, desk, Right.READ, is_noted=False)
            self._filed(connection, here, assessment, "saw")
            return self._read(connection, assessment)

    def read_earlier(self, desk: str, assessment: str) -> Earlier | None:
        """Return what an assessment of the desk is compared with, or None.

        Raises:
            StoreError: it is not on this desk, or the database cannot be read.
        """
        with self._database.reading() as connection:
            here = self._gate.desk(connection, desk, Right.READ, is_noted=False)
            self._filed(connection, here, assessment, "saw")
            return read_earlier(connection, assessment, where=self._database.where)

    def whole(self, desk: str, client: str) -> ClientFile:
        """Return a client with all that belongs to it, to be taken along.

        Raises:
            StoreError: it is not on this desk, or the database cannot be read.
        """
        with self._database.reading() as connection:
            here = self._gate.desk(connection, desk, Right.CHANGE, act="exported")
            row = found(connection, client_on(here, client))
            return client_file(connection, row, where=self._database.where)

    def take_in(self, desk: str, file: ClientFile) -> str:
        """Put a client of a file on the desk, whole or not at all, and return its id; twice makes two."""
        return self._change(
            desk,
            lambda connection, here: put_client(connection, here, file, now=self._now()),
            whole=True,
        )

    def enter(self, desk: str, assessment: str) -> Created:
        """Return a private link of one's own to an assessment of the desk; a member who has signed in needs none but its id."""

        def change(connection: Connection, here: Here) -> Created:
            self._filed(connection, here, assessment, "saw" if here.is_members else "shared")
            if here.is_members:
                return Created(assessment=assessment, token=assessment)
            return further_link(connection, assessment, now=self._now())

        return self._change(desk, change, right=Right.READ, is_noted=False)

    def compare(self, desk: str, assessment: str, earlier: Earlier | None) -> None:
        """Compare an assessment with an earlier one, or another site's, from now on; None: with none."""

        def change(connection: Connection, here: Here) -> None:
            self._filed(connection, here, assessment, "changed")
            connection.execute(delete(EARLIER).where(EARLIER.c.assessment == assessment))
            if earlier is not None:
                content = storable(earlier.model_dump_json(by_alias=True))
                connection.execute(insert(EARLIER), {"assessment": assessment, "content": content})
            on = earlier and earlier.subject.held_on
            this = update(ASSESSMENT).where(ASSESSMENT.c.id == assessment)
            connection.execute(this.values(earlier_on=on))

        self._change(desk, change, is_noted=False)

    def save_step(self, desk: str, assessment: str, *, text: str, on: date | None) -> None:
        """Save what is to be done next with an assessment, and by when."""
        self._refile(desk, assessment, lambda _row: {"next_step": storable(text), "next_on": on})

    def archive(self, desk: str, assessment: str, *, archived: bool) -> None:
        """Put an assessment away, or bring it back; its links open it all the same."""
        self._refile(
            desk,
            assessment,
            lambda row: {"archived_at": (row["archived_at"] or self._now()) if archived else None},
        )

    def take_off(self, desk: str, assessment: str) -> Created:
        """Take an assessment off the desk without deleting it: its private links still open it, and a new one of its owner's.

        Of what was begun on a desk nobody may have a link.
        """

        def change(connection: Connection, here: Here) -> Created:
            self._filed(connection, here, assessment, "shared")
            made = further_link(connection, assessment, now=self._now(), role="owner")
            connection.execute(delete(FILED).where(FILED.c.assessment == assessment))
            return made

        return self._change(desk, change, right=Right.OWN, is_noted=False)

    def delete(self, desk: str, assessment: str) -> None:
        """Delete an assessment of the desk with everything that belongs to it."""

        def change(connection: Connection, here: Here) -> None:
            self._filed(connection, here, assessment, "deleted")
            connection.execute(delete(ASSESSMENT).where(ASSESSMENT.c.id == assessment))

        self._change(desk, change, is_noted=False)

    # ── inside ──

    def _change(
        self,
        desk: str,
        change: Callable[[Connection, Here], T],
        *,
        right: Right = Right.CHANGE,
        whole: bool = False,
        act: Act | None = None,
        is_noted: bool = True,
    ) -> T:
        def changed(connection: Connection) -> T:
            here = self._gate.desk(connection, desk, right, whole=whole, act=act, is_noted=is_noted)
            return change(connection, here)

        return self._writer.write(hashed(desk), changed)

    def _filed(self, connection: Connection, here: Here, assessment: str, act: Act) -> RowMapping:
        """Return where on this desk an assessment is filed, and note what is done with it.

        Raises:
            StoreError: it is not on this desk.
        """
        row = found(connection, on_the_desk(here, assessment))
        self._gate.note(act, link=here.link, assessment=assessment, workspace=here["id"])
        return row

    def _refile(self, desk: str, assessment: str, facts: Callable[[RowMapping], dict[str, Any]]) -> None:
        def change(connection: Connection, here: Here) -> None:
            row = self._filed(connection, here, assessment, "changed")
            this = update(FILED).where(FILED.c.assessment == assessment)
            connection.execute(this.values(**facts(row)))

        self._change(desk, change, is_noted=False)

    def _read(self, connection: Connection, assessment: str) -> Assessment:
        head = connection.execute(HEAD.where(ASSESSMENT.c.id == assessment)).mappings().one()
        return read(connection, head, where=self._database.where)
