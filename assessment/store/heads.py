"""What is kept of an assessment beside its answers: whose it is, when it was held, profile, plan, brand; each fact by itself."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from assessment.answers import ProfileValue
from assessment.brand import Brand
from assessment.roadmap import Terms
from assessment.store.book import Act
from assessment.store.database import Database
from assessment.store.problems import unknown_assessment
from assessment.store.records import plan_of, profile_as_json, profile_from_json, storable
from assessment.store.rights import Gate, Right
from assessment.store.tables import ASSESSMENT, FOLLOW_UP, in_utc
from assessment.store.writer import Writer
from assessment.values import Language


class Heads:
    """The heads of the assessments in one database, for any number of threads."""

    _database: Database
    _writer: Writer
    _gate: Gate
    _now: Callable[[], datetime]

    def save_head(
        self,
        assessment: str,
        *,
        organisation: str | None = None,
        unit: str | None = None,
        author: str | None = None,
        held_on: date | None = None,
        short: bool | None = None,
        language: Language | None = None,
    ) -> None:
        """Save the facts given and leave the others as they are.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written.
        """
        texts = {"organisation": organisation, "unit": unit, "author": author}
        facts: dict[str, Any] = {name: storable(text) for name, text in texts.items() if text is not None}
        others = {"held_on": held_on, "short": short, "language": language}
        facts |= {name: value for name, value in others.items() if value is not None}
        self._change_head(assessment, lambda _head: facts)

    def save_profile(self, assessment: str, field: str, *, value: ProfileValue | None) -> None:
        """Save one profile field and leave the others as they are; no value takes the field out.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written.
        """

        def facts(head: RowMapping) -> dict[str, Any]:
            profile = profile_from_json(head["profile"])
            profile.pop(field, None)
            return {"profile": profile_as_json(profile | {field: value} if value else profile)}

        self._change_head(assessment, facts)

    def save_plan(self, assessment: str, plan: Terms, *, over: Terms | None) -> bool:
        """Save what the plan is made under, and say whether that was done.

        Args:
            assessment: which one.
            plan: the terms as a whole.
            over: those that were there when these were made from them, None for none. If others are there by now, they stand:
                they are a colleague's, who may have changed something else.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written.
        """
        saved = False

        def facts(head: RowMapping) -> dict[str, Any]:
            nonlocal saved
            saved = plan_of(head) == over
            return {"plan": storable(plan.model_dump_json())} if saved else {}

        self._change_head(assessment, facts)
        return saved

    def save_brand(self, assessment: str, brand: Brand) -> None:
        """Save whose name and colours the reports carry.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written.
        """
        self._change_head(assessment, lambda _head: {"brand": storable(brand.model_dump_json())})

    def ask_everything(self, assessment: str) -> None:
        """Let a pulse ask all questions, not only those that should have moved.

        Raises:
            StoreError: the assessment is not there any more, or nothing could be written.
        """

        def change(connection: Connection) -> None:
            self._hold(connection, assessment)
            this = update(FOLLOW_UP).where(FOLLOW_UP.c.assessment == assessment)
            connection.execute(this.values(questions=None))
            _touch(connection, assessment, changed_at=self._now())

        self._writer.write(assessment, change)

    def _hold(self, connection: Connection, assessment: str, *, act: Act = "changed") -> RowMapping:
        """Return the head of an assessment that may be changed, locked against other processes until the transaction ends.

        Raises:
            StoreError: there is no such assessment, or it may not be changed.
        """
        this = select(ASSESSMENT).where(ASSESSMENT.c.id == assessment).with_for_update()
        head = connection.execute(this).mappings().one_or_none()
        if head is None:
            raise unknown_assessment()
        self._gate.allow(connection, assessment, Right.CHANGE, act=act)
        return head

    def _change_head(self, assessment: str, facts: Callable[[RowMapping], dict[str, Any]]) -> None:
        def change(connection: Connection) -> None:
            head = self._hold(connection, assessment)
            new = {name: value for name, value in facts(head).items() if head[name] != value}
            if new:
                _touch(connection, assessment, changed_at=self._now(), **new)

        self._writer.write(assessment, change)


def _touch(connection: Connection, assessment: str, *, changed_at: datetime, **facts: Any) -> None:
    connection.execute(
        update(ASSESSMENT).where(ASSESSMENT.c.id == assessment).values(changed_at=in_utc(changed_at), **facts)
    )
