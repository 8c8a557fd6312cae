"""What a backup promises, on SQLite and on PostgreSQL and from one to the other: everything, checked, or nothing."""

import gzip
import json
import shutil
import sqlite3
import stat
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, insert, text

from assessment.cli import main
from assessment.errors import StoreError
from assessment.store import Store
from assessment.store import backup as whole
from assessment.store.backup_file import value_of
from assessment.store.database import Database
from assessment.store.tables import ANSWER
from tests.conftest import NOON, a_database
from tests.life_samples import live_through, picture
from tests.test_store import as_of, count, head, raw


@pytest.fixture
def lived(url: str) -> str:
    """A database with something in most tables."""
    with Store(url) as store:
        live_through(store)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Another database, once of each kind, with nothing in it."""
    (tmp_path / "empty").mkdir()
    with a_database(request.param, request, tmp_path / "empty") as made:
        yield made


def said(error: "pytest.ExceptionInfo[StoreError]") -> str:
    assert all(problem.remedy for problem in error.value.problems), "an error says what to do"
    return str(error.value)


def test_a_backup_of_either_kind_is_restored_into_either_kind_with_every_row(
    lived: str, empty: str, tmp_path: Path
) -> None:
    made = whole.backup(lived, tmp_path / "backup.gz")
    restored = whole.restore(tmp_path / "backup.gz", empty)
    assert restored.tables == made.tables
    assert restored.tables == whole.check(empty).found.tables
    assert picture(empty) == picture(lived)
    assert sum(each.rows > 0 for each in made.tables) > 12, "most tables had something in them"
    with Store(empty) as store:  # it can be worked with, and the database writes ahead
        again = store.create("service-transformation", "1.0.0", language="de")
        assert store.open(again.token).id == again.assessment


def test_moving_reports_both_sides_table_by_table_and_leaves_the_first_as_it_was(
    lived: str, empty: str
) -> None:
    before = picture(lived)
    result = CliRunner().invoke(main, ["db", "move", "--from", lived, "--to", empty])
    assert result.exit_code == 0, result.stderr
    assert picture(lived) == before == picture(empty)
    lines = [line.split() for line in result.stdout.splitlines()[2:]]
    assert {line[0]: int(line[1]) for line in lines} == dict(count(lived))
    assert all(line[1] == line[2] and line[3] == line[4] and line[5] == "same" for line in lines)


def test_a_backup_is_its_owners_alone_appears_whole_and_holds_no_link(url: str, tmp_path: Path) -> None:
    with Store(url) as store:
        made = store.create("q", "1.0.0", language="de")
        code = store.let_in(made.assessment).code
    file = tmp_path / "backup.gz"
    whole.backup(url, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    inside = gzip.decompress(file.read_bytes()).decode()
    assert made.token not in inside and code not in inside and made.assessment in inside
    assert not list(tmp_path.glob(".*partial"))
    with pytest.raises(StoreError) as caught:
        whole.backup(url, file)
    assert "this file is there already" in said(caught)
    whole.backup(url, file, replace=True)
    with pytest.raises(StoreError) as caught:
        whole.backup(url, tmp_path / "nowhere" / "backup.gz")
    assert "cannot be written" in said(caught)


def test_a_database_with_data_is_not_overwritten_unless_it_is_said(
    lived: str, empty: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.gz"
    whole.backup(lived, file)
    with Store(empty) as store:
        mine = store.create("q", "1.0.0", language="nl")
    with pytest.raises(StoreError) as caught:
        whole.restore(file, empty)
    assert "has data already, in assessment" in said(caught)
    with Store(empty) as store:
        assert store.open(mine.token).language == "nl"
    whole.restore(file, empty, force=True)
    assert picture(empty) == picture(lived)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_damaged_or_cut_backup_is_refused_before_anything_is_changed(
    lived: str, empty: str, tmp_path: Path
) -> None:
    good = tmp_path / "backup.gz"
    whole.backup(lived, good)
    with Store(empty) as store:
        mine = store.create("q", "1.0.0", language="nl")
    packed, lines = good.read_bytes(), gzip.decompress(good.read_bytes()).splitlines(keepends=True)

    def swapped(old: bytes, new: bytes) -> bytes:
        body = b"".join(lines)
        assert old in body
        return gzip.compress(body.replace(old, new, 1))

    broken = {
        "cut": packed[: len(packed) // 2],
        "cut at its end": packed[:-3],
        "overwritten": packed[:300] + b"\0\0\0\0" + packed[304:],
        "no end": gzip.compress(b"".join(lines[:-1])),
        "a row less": gzip.compress(b"".join(lines[:1] + lines[2:])),
        "another value": swapped(b"Nordlicht", b"Nordlucht"),
        "other columns": swapped(b'"author"', b'"writer2"'),
        "more after it": packed + gzip.compress(b"{}\n"),
        "not gzip": b"assessment",
        "empty": b"",
        "other json": gzip.compress(b"[1]\n"),
        "no json": gzip.compress(b"hello\n"),
        "deep": gzip.compress(b"[" * 100_000 + b"\n"),
    }
    for how, body in broken.items():
        file = tmp_path / "broken.gz"
        file.write_bytes(body)
        with pytest.raises(StoreError) as caught:
            whole.restore(file, empty, force=True)
        assert "no backup, or not a whole one" in said(caught), how
        with Store(empty) as store:
            assert store.open(mine.token).language == "nl", how
    later = swapped(b'"version":1', b'"version":2')
    (tmp_path / "later.gz").write_bytes(later)
    with pytest.raises(StoreError) as caught:
        whole.restore(tmp_path / "later.gz", empty, force=True)
    assert "newer version of this program" in said(caught)


def test_a_backup_that_cannot_be_read_makes_no_database(tmp_path: Path) -> None:
    target = tmp_path / "new.db"
    with pytest.raises(StoreError) as caught:
        whole.restore(tmp_path / "nothing.gz", f"sqlite:///{target}")
    assert "cannot be read" in said(caught)
    assert not target.exists()
    with pytest.raises(StoreError) as caught:
        whole.backup(f"sqlite:///{target}", tmp_path / "b.gz")
    assert "there is no database" in said(caught)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["backup -o b.gz", "check", "purge", "person find Nina"])
def test_a_command_in_a_folder_without_a_database_says_so_and_leaves_nothing_behind(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("ASSESSMENT_DATA", raising=False)
    done = CliRunner().invoke(main, ["db", *command.split()])
    assert done.exit_code == 1 and f"{tmp_path / 'data' / 'assessment.db'}" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_backup_of_an_older_schema_is_restored_and_brought_to_the_present_one(
    url: str, empty: str, tmp_path: Path
) -> None:
    old = Database(url, patience=1, migrations=as_of(tmp_path, "0001"))
    with old.writing() as connection:
        an_old_assessment(connection)
    old.close()
    made = whole.backup(url, tmp_path / "old.gz")
    assert made.schema == "0001" and {each.table for each in made.tables} == {
        "assessment",
        "answer",
        "answer_history",
    }
    assert whole.check(url).is_current is False, "looking changes nothing"
    whole.restore(tmp_path / "old.gz", empty)
    found = whole.check(empty)
    assert found.is_current and found.found.schema == head()
    with Store(empty) as store:
        assert store.open("token").sheet.by_question["q1"].value == 4


def an_old_assessment(connection: Connection) -> None:
    """Put an assessment in as the first version of the program did, behind the link “token”."""
    connection.execute(
        text(
            "INSERT INTO assessment (id, token_hash, questionnaire, version, language, created_at, changed_at, organisation,"
            " unit, author, held_on, short, profile) VALUES (:id, :hash, 'q', '1.0.0', 'de', :now, :now, '', '', '', :day, :no, '{}')"
        ),
        {
            "id": "a" * 32,
            "hash": sha256(b"token").hexdigest(),
            "now": NOON.isoformat(" "),
            "day": NOON.date().isoformat(),
            "no": False,
        },
    )
    connection.execute(
        text(
            "INSERT INTO answer (assessment, question, state, value, reason, evidence, comment, changed_at, writer, revision)"
            " VALUES (:id, 'q1', 'given', '4', '', 'stated', 'so', :now, 'w', 2)"
        ),
        {"id": "a" * 32, "now": NOON.isoformat(" ")},
    )


def test_a_backup_sees_one_moment_while_others_write(
    lived: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, lines = picture(lived), whole._lines
    with Store(lived) as store:

        def while_another_writes(*given: object) -> object:
            store.create("meanwhile", "1.0.0", language="de")
            return lines(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(whole, "_lines", while_another_writes)
        made = whole.backup(lived, tmp_path / "backup.gz")
    assert {each.table: each.rows for each in made.tables}["assessment"] == before["assessment"]
    assert picture(lived)["assessment"] > before["assessment"]


def test_what_was_put_in_otherwise_is_found_and_taken_back(
    lived: str, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.backup(lived, tmp_path / "backup.gz")
    monkeypatch.setattr(whole, "value_of", lambda said, kind: "x" if said == "Desk" else value_of(said, kind))
    with pytest.raises(StoreError) as caught:
        whole.restore(tmp_path / "backup.gz", empty)
    assert "is not what was read, in workspace" in said(caught)
    with Store(empty) as store:
        assert store.create("q", "1.0.0", language="de")


def test_a_hundred_thousand_rows_need_little_memory(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/many.db"
    with Store(url) as store:
        made = store.create("q", "1.0.0", language="de")
        row = {
            "assessment": made.assessment,
            "state": "given",
            "value": "3",
            "reason": "",
            "evidence": "stated",
        }
        row |= {"comment": "c" * 100, "changed_at": NOON, "writer": "w", "respondent": "", "revision": 1}
        with store._database.writing() as connection:
            connection.execute(insert(ANSWER), [row | {"question": f"q{n}"} for n in range(100_000)])
    tracemalloc.start()
    try:
        whole.backup(url, tmp_path / "many.gz")
        whole.restore(tmp_path / "many.gz", f"sqlite:///{tmp_path}/again.db")
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()
    assert count(f"sqlite:///{tmp_path}/again.db")["answer"] == 100_000


def test_check_counts_every_table_and_names_what_is_wrong(lived: str) -> None:
    result = CliRunner().invoke(main, ["db", "check", "--database", lived])
    assert result.exit_code == 0, result.stderr
    assert "Everything is in order." in result.stderr and f"schema {head()}, the present one" in result.stderr
    found = {line.split()[0]: int(line.split()[1]) for line in result.stdout.splitlines()[2:]}
    assert found == dict(count(lived))
    if lived.startswith("sqlite"):
        engine = raw(lived)
        with engine.begin() as connection:  # another program, without checking references
            connection.exec_driver_sql("UPDATE answer SET assessment = 'nobody'")
        engine.dispose()
        result = CliRunner().invoke(main, ["db", "check", "--database", lived])
        assert result.exit_code == 1
        assert (
            "answer.assessment: 3 → assessment" in result.stderr and "assessment db restore" in result.stderr
        )


def test_the_commands_take_the_programs_own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSESSMENT_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    with Store(f"sqlite:///{tmp_path}/data/assessment.db") as store:
        store.create("q", "1.0.0", language="de")
    run = CliRunner().invoke
    assert run(main, ["db", "backup", "-o", str(tmp_path / "b.gz")]).exit_code == 0
    target = f"sqlite:///{tmp_path}/new.db"
    assert run(main, ["db", "restore", str(tmp_path / "b.gz"), "--database", target]).exit_code == 0
    assert json.loads(gzip.decompress((tmp_path / "b.gz").read_bytes()).splitlines()[0])["schema"] == head()
    assert "backup" in run(main, ["db", "bakup"]).stderr


def test_an_older_file_is_copied_before_its_schema_is_changed_and_the_last_copies_stay(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "assessment.db"
    old = Database(f"sqlite:///{file}", patience=1, migrations=as_of(tmp_path, "0001"))
    old.close()
    assert not list(tmp_path.glob("*.before-*"))
    empty = tmp_path / "empty.db"
    shutil.copy(file, empty)
    with old.writing() as connection:
        an_old_assessment(connection)
    old.close()
    for name in ("0003", "0004", "0005"):
        (tmp_path / f"assessment.db.before-{name}").touch()
    caplog.set_level("INFO", "assessment")
    Store(f"sqlite:///{file}").close()
    copy = tmp_path / f"assessment.db.before-{head()}"
    assert sorted(one.name[-4:] for one in tmp_path.glob("*.before-*")) == ["0004", "0005", head()]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert str(copy) in caplog.text
    assert whole.check(f"sqlite:///{copy}").found.schema == "0001"
    assert count_old(copy) == 1
    Store(f"sqlite:///{empty}").close()
    assert not list(tmp_path.glob("empty.db.before-*")), "of nothing, no copy"


def count_old(file: Path) -> int:
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT count(*) FROM answer").fetchone()[0]
    assert isinstance(found, int)
    return found
