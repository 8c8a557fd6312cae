"""Private links to an assessment that are handed out: told apart by a label, they may end, let do less, and be taken back."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from assessment.store.codes import hashed
from assessment.store.database import Database
from assessment.store.people_records import Lent, Shared
from assessment.store.problems import not_allowed, unknown_assessment
from assessment.store.records import Created, storable
from assessment.store.rights import RIGHTS, Gate, Right, Role
from assessment.store.tables import ASSESSMENT, CODE, LINK
from assessment.store.whole import new_token
from assessment.store.writer import Writer

LENT: tuple[Role, ...] = ("reader", "contributor", "consultant")
"""What a link that is handed out may let one do, the least first."""


class Links:
    """The further private links in one database, for any number of threads."""

    def __init__(
        self, database: Database, writer: Writer, gate: Gate, *, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._writer = writer
        self._gate = gate
        self._now = now

    def all(self, assessment: str) -> tuple[Shared, ...]:
        """Return the further links to an assessment, the oldest first; those that have ended, too.

        Raises:
            StoreError: it may not be seen, or the database cannot be read.
        """
        wanted = select(LINK).where(LINK.c.assessment == assessment)
        with self._database.reading() as connection:
            self._gate.allow(connection, assessment, Right.CHANGE, act="saw")
            rows = connection.execute(wanted.order_by(LINK.c.created_at, LINK.c.token_hash)).mappings().all()
        who = self._gate.who
        mine = frozenset(map(hashed, who.links if who else ()))
        return tuple(
            Shared(
                mark=row["token_hash"],
                label=row["label"],
                role=row["role"],
                created_at=row["created_at"],
                until=row["until"],
                is_mine=row["token_hash"] in mine,
            )
            for row in rows
        )

    def share(self, assessment: str, label: str, *, role: Role, until: datetime | None = None) -> Lent:
        """Make a link that lets one do as much as this role, until then or until it is taken back.

        Raises:
            StoreError: it was not made; a link never lets one do more than whoever makes it may, nor longer.
        """
        if role not in LENT:
            raise not_allowed()
        token = new_token()
        made = Lent(mark=hashed(token), token=token)
        row = {
            "token_hash": made.mark,
            "assessment": assessment,
            "created_at": self._now(),
            "role": role,
            "label": storable(label),
        }

        def change(connection: Connection) -> None:
            self._hold(connection, assessment, max(Right.CHANGE, RIGHTS[role]))
            ends = [one for one in (until, self._gate.ends(connection, assessment)) if one is not None]
            connection.execute(insert(LINK), row | {"until": min(ends, default=None)})

        self._writer.write(assessment, change)
        return made

    def take_back(self, assessment: str, mark: str) -> None:
        """Take a further link back: it opens nothing any more. Taking it back twice is no error.

        Raises:
            StoreError: nothing was changed; nobody takes back a link that lets one do more than they may.
        """

        def change(connection: Connection) -> None:
            this = (LINK.c.assessment == assessment) & (LINK.c.token_hash == mark)
            role: Role | None = connection.execute(select(LINK.c.role).where(this)).scalar_one_or_none()
            self._hold(connection, assessment, max(Right.CHANGE, RIGHTS[role]) if role else Right.CHANGE)
            connection.execute(delete(LINK).where(this))

        self._writer.write(assessment, change)

    def renew(self, assessment: str) -> Created:
        """Make a new first link, and take back all others, short codes included: nobody who had one gets in any more.

        Members who have signed in, workshops, and personal links to answer by stay as they are. Only an owner may: whoever has
        the first link owns the assessment.

        Raises:
            StoreError: nothing was changed.
        """
        made = Created(assessment=assessment, token=new_token())

        def change(connection: Connection) -> None:
            self._hold(connection, assessment, Right.OWN)
            connection.execute(delete(LINK).where(LINK.c.assessment == assessment))
            connection.execute(delete(CODE).where(CODE.c.assessment == assessment))
            this = update(ASSESSMENT).where(ASSESSMENT.c.id == assessment)
            connection.execute(this.values(token_hash=hashed(made.token)))

        self._writer.write(assessment, change)
        return made

    def _hold(self, connection: Connection, assessment: str, right: Right) -> None:
        this = select(ASSESSMENT.c.id).where(ASSESSMENT.c.id == assessment).with_for_update()
        if connection.execute(this).first() is None:
            raise unknown_assessment()
        self._gate.allow(connection, assessment, right, act="shared")
