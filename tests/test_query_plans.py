"""Nothing that the store asks reads a whole table that grows: every statement of every command is explained, on both databases.

The statements are not written down here: they are listened to while everybody who may gives each command.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Column, Connection, Engine, String, Table, event, insert, select

from assessment.answers import Answer
from assessment.contributions import Contributed
from assessment.errors import StoreError
from assessment.questions import LevelQuestion
from assessment.report import Earlier
from assessment.store import Ballot, Store, Who
from assessment.store.rights import RIGHTS
from assessment.store.tables import METADATA, TRAIL
from assessment.workshop import Tally, Vote, tally
from tests.conftest import Clock, a_database, a_questionnaire, level_question
from tests.test_rights import AT, BY_A_SECRET, NEW, SUBJECT, Tenant, commands

NAMES = {"assessment", "workspace", "person", "link", "follows", "subject", "code"}
"""Columns that name something, beside those that the database knows as such."""

COPIES = 60
"""So many times everything that two desks hold is there beside it, so that to read a whole table is never the cheapest."""

READS_EVERYTHING = {
    "privacy.find": "looks for a name in every text",
    "privacy.forget": "looks for a name in every text",
    "privacy.people": "whoever runs it asks once",
    "privacy.about": "looks for a name in every text",
    "privacy.erase": "looks for an address however it is written",
    "privacy.purge": "the nightly round",
    "privacy.about_me": "looks for an address however it is written, among the invitations of two weeks",
    "privacy.erase_me": "the same",
}
"""Commands that have to look at every line of a table, and why; nobody waits for them while they work."""


ONES_OWN: dict[str, Callable[[Store, Tenant], object]] = {
    "create": lambda s, t: s.create("service-transformation", "1.1.0", language="de"),
    "put": lambda s, t: s.put(NEW.sheet, SUBJECT, language="de"),
    "put_new": lambda s, t: s.put_new(NEW._replace(follows=t.assessment)),
    "clients.open": lambda s, t: s.clients.open("Desk"),
    "seats.is_code": lambda s, t: s.seats.is_code(t.code),
    "people.desks": lambda s, t: s.people.desks(),
    "people.leave": lambda s, t: s.people.leave(t.desk),
    "privacy.about_me": lambda s, t: s.privacy.about_me(),
    "privacy.erase_me": lambda s, t: s.privacy.erase_me(),
    "unfit": lambda s, t: s.unfit(),
    "figures": lambda s, t: s.figures(),
}
"""What makes something new or concerns only oneself."""


BY_THE_PROGRAM: dict[str, Callable[[Store, Tenant], object]] = {
    "people.sign_in": lambda s, t: s.people.sign_in(
        "https://id.example", f"owner-{t.name}", email=f"owner@{t.name}.example", name="owner"
    ),
    "privacy.find": lambda s, t: s.privacy.find("owner"),
    "privacy.people": lambda s, t: s.privacy.people("owner"),
    "privacy.about": lambda s, t: s.privacy.about(t.people["owner"]),
    "privacy.erase": lambda s, t: s.privacy.erase(t.people["reader"]),
    "privacy.forget": lambda s, t: s.privacy.forget("owner"),
    "privacy.purge": lambda s, t: s.privacy.purge(keep=timedelta(days=30)),
}
"""What whoever runs the store does."""

COUNTING: dict[str, Callable[[Store, Tenant], object]] = {
    "workshops.reveal": lambda s, t: s.workshops.reveal(t.workshop, counted, seen=t.seen),
    "workshops.reveal_all": lambda s, t: s.workshops.reveal_all(t.workshop, lambda _: counted, seen=t.seen),
}
"""Commands that are given here in full."""


class Asked(NamedTuple):
    """A statement that a command sent."""

    by: str
    statement: str
    parameters: Any


@contextmanager
def listening(store: Store, command: str, heard: dict[tuple[str, bool], Asked]) -> Iterator[None]:
    """Take down every statement that is sent meanwhile, each once."""

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, _x: object, many: bool) -> None:
        if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", statement) and "pg_" not in statement:
            asked = Asked(command, statement, parameters[0] if many else parameters)
            heard.setdefault((statement, command in READS_EVERYTHING), asked)

    engine = store._database._engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield
    except StoreError:  # refused: what was asked until then counts, too
        pass
    finally:
        event.remove(engine, "before_cursor_execute", hear)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator["World"]:
    """A full database, once of each kind, in which nothing is kept that a command writes."""
    with (
        a_database(request.param, request, tmp_path_factory.mktemp("plans")) as url,
        Store(url, now=Clock(), patience=5) as store,
    ):
        full = World(store, tuple(Room(store, phase) for phase in ("voting", "revealed", "apart")))
        with store._database.writing() as connection:
            multiply(connection)
        with store._database.writing() as connection:
            connection.exec_driver_sql("ANALYZE")
        kept = store._database._transaction

        @contextmanager
        def forgotten(engine: Engine) -> Iterator[Connection]:
            with kept(engine) as connection:
                yield connection
                under_way = connection.get_transaction()
                assert under_way is not None
                under_way.rollback()

        store._database._transaction = forgotten  # type: ignore[method-assign]
        yield full
        store._database._transaction = kept  # type: ignore[method-assign]


class Room(Tenant):
    """A desk that has something in every table, with a workshop that has come so far."""

    def __init__(self, store: Store, phase: str) -> None:
        super().__init__(store, phase)
        own, assessment = self.own, self.assessment
        own.save_answer(assessment, Answer(question="w1-q1", value=4), seen=1)
        own.contributions.save(self.asked.token, Contributed(answer=Answer(question="w1-q1", value=2)))
        before = Earlier(questionnaire=a_questionnaire(), sheet=NEW.sheet, subject=SUBJECT)
        own.clients.compare(self.desk, assessment, before)
        own.put_new(NEW._replace(follows=assessment))
        self.seats = [store.seats.join(self.code, "agent").token for _ in range(3)]
        self.step("apart" if phase == "apart" else "ask", *([] if phase == "apart" else ["w1-q1"]))
        for seat in self.seats[:2]:  # the third has not voted yet
            assert store.seats.vote(seat, Ballot(question="w1-q1", round=1, value=3))
        if phase == "revealed":
            self.step("reveal", counted)
            self.step("decide", Answer(question="w1-q1", value=2), "so")
            assert store.seats.dissent(self.seats[0], "w1-q1", "no", signed=False)
        self.short_code = store.let_in(assessment).code
        with suppress(StoreError):
            store.enter("000 000 000")  # a wrong one is counted

    def step(self, name: str, *more: Any) -> None:
        assert getattr(self.own.workshops, name)(self.workshop, *more, seen=self.seen)
        desk = self.own.workshops.desk(self.assessment)
        assert desk is not None
        self.seen = desk.live.revision

    def asking(self, store: Store) -> list[Store]:
        """Return the store as everybody sees it who may do something here."""
        who = [Who(person=self.people[role]) for role in (*RIGHTS, "guest")]
        who += [Who(links=(self.links[role],)) for role in RIGHTS]
        return [store, *map(store.seen_by, who)]

    def secrets(self, command: str) -> list[str]:
        """Return what opens something to whoever has it: a private link, a lent one, an id to members, a wrong one."""
        links = [self.links["owner"], self.links["reader"], self.assessment]
        right = {
            "open": links,
            "open_part": links,
            "enter": [self.short_code],
            "contributions.open": [self.asked.token],
            "contributions.save": [self.asked.token],
            "seats.join": [self.code],
            "people.accept": [self.invitation.token],
        }
        return [*right.get(command, self.seats), "wrong"]


class World(NamedTuple):
    """A full database, and desks in it."""

    store: Store
    rooms: tuple[Room, ...]


def counted(votes: Iterable[Vote], round: int, smallest: int) -> Tally:
    return tally(LevelQuestion.model_validate(level_question("w1-q1")), votes, round=round, smallest=smallest)


def multiply(connection: Connection) -> None:
    """Put copies of every line beside it, each under names of its own that fit together."""

    def renamed(table: Table, row: dict[str, Any], number: int) -> dict[str, Any]:
        return {
            name: hashlib.sha256(f"{number} {value}".encode()).hexdigest()[: table.c[name].type.length]
            if name in names and isinstance(value, str) and value
            else value
            for name, value in row.items()
            if (table, name) != (TRAIL, "id")
        }

    for table in METADATA.sorted_tables:
        names = {
            column.name
            for column in table.c
            if isinstance(column.type, String)
            and getattr(column.type, "length", None)
            and column.name not in {"question", "role", "issuer"}
            and (column.primary_key or column.foreign_keys or column.unique or column.name in NAMES)
        }
        rows = [dict(row) for row in connection.execute(select(table)).mappings()]
        assert rows, f"nothing in {table}"
        connection.execute(
            insert(table), [renamed(table, row, number) for number in range(COPIES) for row in rows]
        )


def given(world: World, heard: dict[tuple[str, bool], Asked]) -> set[str]:
    """Give every command as everybody who may, take down what they send, and return the names of the commands."""
    store = world.store
    for room in world.rooms:
        for seen in room.asking(store):
            for name, command in AT.items():
                with listening(store, name, heard):
                    COUNTING.get(name, command.give)(seen, room)
            for name, own in ONES_OWN.items():
                with listening(store, name, heard):
                    own(seen, room)
        for name, by_secret in BY_A_SECRET.items():
            for secret in room.secrets(name):
                for seen in (store, store.seen_by(Who(person=room.people["owner"]))):
                    with listening(store, name, heard):
                        by_secret(seen, secret)
        for name, by_the_program in BY_THE_PROGRAM.items():
            with listening(store, name, heard):
                by_the_program(store, room)
    return AT.keys() | ONES_OWN.keys() | BY_A_SECRET.keys() | BY_THE_PROGRAM.keys()


def whole_tables(connection: Connection, asked: Asked) -> list[str]:
    """Return the tables that a statement reads as a whole, as the database itself plans it."""
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked.statement}", asked.parameters)
        lines = [str(row[3]) for row in plan]
        found = [line for line in lines if line.startswith("SCAN") or "AUTOMATIC" in line]
        return [line for line in found if not re.match(r"SCAN (CONSTANT ROW|assessment_schema\b)", line)]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    (root,) = connection.exec_driver_sql(
        f"EXPLAIN (FORMAT JSON) {asked.statement}", asked.parameters
    ).scalar_one()
    first = dict(connection.exec_driver_sql(FIRST_COLUMNS).all())
    return [
        f"{node['Node Type']} {node.get('Relation Name', node.get('Index Name'))}"
        for node in nodes(root["Plan"])
        if node["Node Type"] in {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}
        # Along an index from its beginning to its end is the whole table, too.
        and not re.search(rf"\b{first.get(node.get('Index Name'))}\b", node.get("Index Cond", ""))
        and node.get("Relation Name") != "assessment_schema"
    ]


FIRST_COLUMNS = """
    SELECT name.relname, pg_get_indexdef(indexrelid, 1, true)
    FROM pg_index JOIN pg_class AS name ON name.oid = indexrelid
"""


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every step of a plan of PostgreSQL."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def test_no_command_reads_a_whole_table_that_grows(world: World) -> None:
    heard: dict[tuple[str, bool], Asked] = {}
    assert given(world, heard) == commands(world.store) - {"close", "seen_by"}, "every command is given"
    read = {table.name for table in METADATA.sorted_tables if any(table.name in sent for sent, _ in heard)}
    assert read == METADATA.tables.keys(), "statements of every table were heard"
    found: dict[str, list[str]] = {}
    for asked in heard.values():
        with world.store._database.writing() as connection:
            for table in whole_tables(connection, asked):
                found.setdefault(asked.by, []).append(f"{table}: {asked.statement}")
    wrong = {name: told for name, told in found.items() if name not in READS_EVERYTHING}
    assert not wrong, "\n".join(f"{name}: {each}" for name, told in wrong.items() for each in told)


def test_a_statement_that_reads_a_whole_table_is_found(world: World) -> None:
    with world.store._database.writing() as connection:
        for statement in (
            "SELECT organisation FROM assessment WHERE unit = 'x'",
            "SELECT id FROM assessment",
            "DELETE FROM answer WHERE question = 'w1-q1'",
            "SELECT site.name FROM filed JOIN site ON site.name = filed.next_step WHERE filed.assessment = 'x'",
        ):
            assert whole_tables(connection, Asked("", statement, ())), statement
        assert not whole_tables(connection, Asked("", "SELECT unit FROM assessment WHERE id = 'x'", ()))


def test_what_refers_to_a_line_is_found_by_an_index_when_that_line_is_deleted() -> None:
    def is_found(column: Column[Any]) -> bool:
        of = column.table
        assert isinstance(of, Table)
        ways = (list(index.columns) for index in (of.primary_key, *of.indexes))
        return bool(column.unique) or any(way[0] is column for way in ways)

    refers = [column for table in METADATA.sorted_tables for column in table.c if column.foreign_keys]
    assert [str(column) for column in refers if not is_found(column)] == []
