"""Who may do what: every command of the store asks here, inside its own transaction, before it reads or changes anything.

Without a word about who asks, the store serves whoever runs it: the command line, backups, tests. The app never does that:
it asks as somebody who shows a private link, or who has signed in (`Store.seen_by`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, Literal, NamedTuple

from sqlalchemy import BindParameter, Connection, RowMapping, bindparam, select

from assessment.store.book import Act, Book, Note
from assessment.store.codes import hashed
from assessment.store.problems import not_allowed, not_signed_in, unknown_assessment, unknown_desk
from assessment.store.tables import ASSESSMENT, CLIENT, FILED, LINK, MEMBERSHIP, SITE, WORKSPACE

Role = Literal["owner", "consultant", "contributor", "reader"]
"""What somebody is in a workspace, or what a private link lets one do."""


class Right(IntEnum):
    """What is asked for; whoever has a higher one has those below it, too."""

    READ = 1
    """See answers, results, plans and reports."""
    ANSWER = 2
    """Answer questions."""
    CHANGE = 3
    """Change everything else: profile, plan, brand, workshops, contributions, clients, sites, links; delete an assessment."""
    OWN = 4
    """Change who may do what, delete clients, read the trail."""


RIGHTS: dict[Role, Right] = {
    "reader": Right.READ,
    "contributor": Right.ANSWER,
    "consultant": Right.CHANGE,
    "owner": Right.OWN,
}
"""The highest right of each role."""


ACTS: dict[Right, Act] = {
    Right.READ: "saw",
    Right.ANSWER: "answered",
    Right.CHANGE: "changed",
    Right.OWN: "changed",
}
"""What the trail says of who used a right, if nothing else is said."""


class Who(NamedTuple):
    """Who asks: what they show, and as whom they have signed in. Both may be empty: a stranger."""

    links: tuple[str, ...] = ()
    """The secret parts of the private links that are open: of assessments, and of a desk."""
    person: str = ""
    """The id of the person who has signed in."""


@dataclass(frozen=True, slots=True)
class Here:
    """A desk, as it is open to somebody."""

    row: RowMapping
    role: Role
    only: str | None
    """The one client they may see; None: all."""
    is_members: bool
    """Open to somebody who has signed in, not by a link."""
    link: str = ""
    """The hash of the private link that opened it; nothing where they have signed in."""

    def __getitem__(self, name: str) -> Any:
        """Return a column of the desk."""
        return self.row[name]


_WHOSE: BindParameter[str] = bindparam("whose")
_HASH: BindParameter[str] = bindparam("hash")
_HASHES: BindParameter[str] = bindparam("hashes", expanding=True)
_PERSON: BindParameter[str] = bindparam("person")
_DESK: BindParameter[str] = bindparam("desk")
_NOW: BindParameter[datetime] = bindparam("now")
_OWN = select(ASSESSMENT.c.token_hash).where(ASSESSMENT.c.id == _WHOSE, ASSESSMENT.c.token_hash == _HASH)
_LENT = select(LINK.c.role, LINK.c.token_hash).where(
    LINK.c.token_hash.in_(_HASHES),
    LINK.c.assessment == _WHOSE,
    LINK.c.until.is_(None) | (LINK.c.until > _NOW),
)
_BEHIND = select(LINK.c.assessment).where(
    LINK.c.token_hash == _HASH, LINK.c.until.is_(None) | (LINK.c.until > _NOW)
)
_ENDS = select(LINK.c.until).where(LINK.c.token_hash == _HASH)
_ON_A_DESK = (
    select(WORKSPACE.c.token_hash)
    .join_from(FILED, SITE)
    .join(CLIENT)
    .join(WORKSPACE)
    .where(FILED.c.assessment == _WHOSE, WORKSPACE.c.token_hash.in_(_HASHES))
)
_MINE = (MEMBERSHIP.c.client.is_(None)) | (MEMBERSHIP.c.client == CLIENT.c.id)
_MEMBER_AT = (
    select(MEMBERSHIP.c.role)
    .join_from(FILED, SITE)
    .join(CLIENT)
    .join(MEMBERSHIP, MEMBERSHIP.c.workspace == CLIENT.c.workspace)
    .where(FILED.c.assessment == _WHOSE, MEMBERSHIP.c.person == _PERSON, _MINE)
)
_DESK_OF = select(CLIENT.c.workspace).join_from(FILED, SITE).join(CLIENT).where(FILED.c.assessment == _WHOSE)
_DESK_BY_LINK = select(WORKSPACE).where(WORKSPACE.c.token_hash == _HASH)
_DESK_BY_NAME = (
    select(WORKSPACE, MEMBERSHIP.c.role, MEMBERSHIP.c.client.label("only"))
    .join_from(WORKSPACE, MEMBERSHIP, MEMBERSHIP.c.workspace == WORKSPACE.c.id)
    .where(WORKSPACE.c.id == _DESK, MEMBERSHIP.c.person == _PERSON)
)


def desk_of(connection: Connection, assessment: str) -> str | None:
    """Return the id of the desk on which an assessment is filed; None for none."""
    found: str | None = connection.execute(_DESK_OF, {"whose": assessment}).scalar_one_or_none()
    return found


class Gate:
    """What somebody may do in one database; for any number of threads."""

    def __init__(self, who: Who | None, *, now: Callable[[], datetime], book: Book | None) -> None:
        self.who = who
        self._now = now
        self._book = book

    @property
    def person(self) -> str:
        """Return the id of the person who has signed in; nothing for none."""
        return "" if self.who is None else self.who.person

    def allow(
        self,
        connection: Connection,
        assessment: str,
        right: Right,
        *,
        act: Act | None = None,
        what: str = "",
        is_noted: bool = True,
    ) -> str:
        """Let somebody do something with an assessment, and note it: as this `act`, else as what the right is for.

        Returns the hash of the link that lets them; not `is_noted`, who asks notes it themselves once it is done.

        Raises:
            StoreError: they may not, or there is no such assessment.
        """
        if self.who is None:
            return ""
        found = self._found(connection, assessment)
        if found is None:
            # Whoever may not see it is not told whether it is there.
            raise unknown_assessment()
        role, link = found
        if RIGHTS[role] < right:
            raise not_allowed()
        if is_noted:
            desk = desk_of(connection, assessment) if act == "deleted" else None
            self.note(act or ACTS[right], link=link, assessment=assessment, workspace=desk or "", what=what)
        return link

    def ends(self, connection: Connection, assessment: str) -> datetime | None:
        """Return when the link ends that lets somebody do what they do at an assessment; None for one that does not, and for a member."""
        found = self._found(connection, assessment)
        return (
            connection.execute(_ENDS, {"hash": found[1]}).scalar_one_or_none() if found and found[1] else None
        )

    def enter(self, connection: Connection, assessment: str) -> Role:
        """Return what somebody is at an assessment that they open, and note that.

        Raises:
            StoreError: it is not theirs, or there is none.
        """
        self.allow(connection, assessment, Right.READ)
        role = self.role_at(connection, assessment)
        if role is None:  # the same transaction has just seen it
            raise unknown_assessment()
        return role

    def note(
        self, act: Act, *, link: str = "", assessment: str = "", workspace: str = "", what: str = ""
    ) -> None:
        """Note what somebody does; of whoever runs the store nothing is noted here."""
        if self.who is not None and self._book is not None:
            self._book.note(Note(act, self.who.person, link, assessment, workspace, what))

    def may(self, connection: Connection, assessment: str, right: Right) -> bool:
        """Say whether somebody may do something with an assessment; with one that is not there nobody may."""
        if self.who is None:
            return True
        role = self.role_at(connection, assessment)
        return role is not None and RIGHTS[role] >= right

    def behind(self, connection: Connection, token: str) -> str | None:
        """Return the id of the assessment behind a further private link, or of the one a member names; None for none."""
        shown = {"hash": hashed(token), "now": self._now()}
        found: str | None = connection.execute(_BEHIND, shown).scalar_one_or_none()
        if found is None and self.person:
            asked = {"whose": token, "person": self.person}
            found = token if connection.execute(_MEMBER_AT, asked).first() is not None else None
        return found

    def role_at(self, connection: Connection, assessment: str) -> Role | None:
        """Return what somebody is at an assessment; None for a stranger."""
        found = self._found(connection, assessment)
        return found and found[0]

    def _found(self, connection: Connection, assessment: str) -> tuple[Role, str] | None:
        """Return what somebody is at an assessment, and the hash of the link that makes them so; None for a stranger."""
        who = self.who
        if who is None:
            return "owner", ""
        found: list[tuple[Role, str]] = []
        if who.links:
            shown: dict[str, Any] = {"whose": assessment, "hashes": [hashed(link) for link in who.links]}
            for one in shown[
                "hashes"
            ]:  # one by one: it is nearly always the first, and a list costs each answer a tenth more
                if connection.execute(_OWN, {"whose": assessment, "hash": one}).first() is not None:
                    return "owner", one
            if (link := connection.execute(_ON_A_DESK, shown).scalars().first()) is not None:
                return "owner", link
            found += connection.execute(_LENT, shown | {"now": self._now()})
        if who.person:
            asked = {"whose": assessment, "person": who.person}
            found += [(role, "") for role in connection.execute(_MEMBER_AT, asked).scalars()]
        return max(found, key=lambda one: RIGHTS[one[0]], default=None)

    def desk(
        self,
        connection: Connection,
        desk: str,
        right: Right,
        *,
        whole: bool = False,
        act: Act | None = None,
        is_noted: bool = True,
    ) -> Here:
        """Return a desk, and note that: behind its private link, or by its id for a member who has signed in.

        What concerns the `whole` desk is not for somebody who sees one client only. Not `is_noted` what concerns one
        assessment: whoever asks notes that, once it is found there.

        Raises:
            StoreError: there is none for them, or they may not do that there.
        """
        here = self._here(connection, desk)
        if RIGHTS[here.role] < right or (whole and here.only is not None):
            raise not_allowed()
        if is_noted:
            self.note(act or ACTS[right], link=here.link, workspace=here["id"])
        return here

    def _here(self, connection: Connection, desk: str) -> Here:
        row = connection.execute(_DESK_BY_LINK, {"hash": hashed(desk)}).mappings().one_or_none()
        if row is not None:
            return Here(row, "owner", None, is_members=False, link=row["token_hash"])
        asked = {"desk": desk, "person": self.person}
        row = connection.execute(_DESK_BY_NAME, asked).mappings().one_or_none() if self.person else None
        if row is None:
            raise unknown_desk()
        return Here(row, row["role"], row["only"], is_members=True)

    def shown(self, link: str) -> "Gate":
        """Return the gate for the same person who shows one private link; whoever runs the store shows it, too."""
        book = (
            None if self.who is None else self._book
        )  # of whoever runs the store nothing is noted, whatever they show
        return Gate(Who((link,), self.person), now=self._now, book=book)

    def only_the_program(self) -> None:
        """Refuse what only whoever runs the store does.

        Raises:
            StoreError: somebody else asks.
        """
        if self.who is not None:
            raise not_allowed()

    def signed_in(self) -> str:
        """Return the id of the person who has signed in.

        Raises:
            StoreError: nobody has.
        """
        if not self.person:
            raise not_signed_in()
        return self.person
