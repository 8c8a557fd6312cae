"""What the store promises, on SQLite and on PostgreSQL: nothing saved is lost, nothing is overwritten unseen."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, event, func, insert, inspect, make_url, select, text
from sqlalchemy.pool import Pool

from assessment import migrations
from assessment.answers import Answer, AnswerSheet
from assessment.brand import UNBRANDED, Brand
from assessment.errors import StoreError
from assessment.report import Earlier, Subject
from assessment.roadmap import Capacity, Commitment, Terms, Wishes
from assessment.store import Conflict, Created, Saved, Store, UnknownLink
from assessment.store import database as database_module
from assessment.store.codes import WRONG_A_MINUTE
from assessment.store.tables import ANSWER, ANSWER_HISTORY, ASSESSMENT, CODE, LINK, METADATA, VERSION_TABLE
from assessment.store.writer import Job
from tests.conftest import NOON, Clock
from tests.report_samples import small

ROOT = Path(__file__).parents[1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a SQLite database will be."""
    return tmp_path / "assessment.db"


def revision_of(result: Saved | Conflict) -> int:
    """Return the revision under which an answer was saved."""
    assert isinstance(result, Saved)
    return result.revision


def level(value: int, question: str = "q1", **more: Any) -> Answer:
    return Answer(question=question, value=value, **more)


def raw(url: str) -> Any:
    """The same database, seen without the store."""
    return create_engine(
        make_url(url).set(drivername=("sqlite" if "sqlite" in url else "postgresql+psycopg"))
    )


def count(url: str) -> Counter[str]:
    """The rows of each table; equal to another count where that has as many of everything."""
    engine = raw(url)
    with engine.connect() as connection:
        counted = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }
    engine.dispose()
    return Counter(counted)


def the_error(action: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as caught:
        action()
    problem = caught.value.problems[0]
    assert problem.remedy, "an error says what to do"
    return str(caught.value)


@contextmanager
def held_back(store: Store) -> Iterator[None]:
    """Let the writer wait inside a change, so that everything saved meanwhile goes into one batch."""
    inside, go_on = threading.Event(), threading.Event()

    def wait(_connection: Connection) -> None:
        inside.set()
        go_on.wait(10)

    thread = threading.Thread(target=lambda: store._writer.write("", wait))
    thread.start()
    inside.wait(10)
    try:
        yield
    finally:
        time.sleep(0.2)  # time for the others to queue up
        go_on.set()
        thread.join()


# What is kept


def test_an_assessment_opens_by_its_link_as_it_was_saved(store: Store, clock: Clock) -> None:
    sheet = AnswerSheet(
        questionnaire="service-transformation",
        version="1.2.0",
        short=True,
        profile={"countries": ("de", "nl"), "size": "large"},
        answers=(
            level(
                4,
                "a-1",
                evidence="documented",
                comment="Überprüft: „ja“ 👍\nzweite Zeile",
                respondent="Teamleitung Zwolle",
                at=NOON - timedelta(days=9),
            ),
            Answer(question="a-10", state="unknown", respondent="Ute"),
            Answer(question="a-2", state="not_applicable", reason="geen ondernemingsraad", at=NOON),
        ),
    )
    subject = Subject(organisation="Müller & Söhne", unit="Zwolle", author="Ines", held_on=date(2026, 2, 28))
    plan = Terms(capacity=Capacity(start=date(2026, 4, 1), per_month=7.5, months=24))
    made = store.put(sheet, subject, language="nl", plan=plan)
    opened = store.open(made.token)
    assert (opened.id, opened.language, opened.subject, opened.plan) == (made.assessment, "nl", subject, plan)
    assert (opened.created_at, opened.changed_at) == (NOON, NOON)
    undated = sheet.answers[1].model_copy(update={"at": NOON})
    assert opened.sheet == sheet.model_copy(update={"answers": (sheet.answers[0], undated, sheet.answers[2])})
    assert opened.revisions == {"a-1": 1, "a-10": 1, "a-2": 1}


@pytest.mark.parametrize("value", [True, False, 1, 0, 1.5, "1", "yes", ""])
def test_a_value_comes_back_as_what_it_was(store: Store, made: Created, value: Any) -> None:
    store.save_answer(made.assessment, Answer(question="q", value=value), seen=0)
    back = store.open(made.token).sheet.by_question["q"].value
    assert (type(back), back) == (type(value), value)


def test_true_and_1_are_different_answers(store: Store, made: Created) -> None:
    store.save_answer(made.assessment, Answer(question="q", value=True), seen=0)
    assert revision_of(store.save_answer(made.assessment, Answer(question="q", value=1), seen=1)) == 2


def test_a_new_assessment_is_empty_and_held_today(store: Store) -> None:
    opened = store.open(store.create("service-transformation", "1.0.0", language="de", short=True).token)
    assert opened.sheet == AnswerSheet(questionnaire="service-transformation", version="1.0.0", short=True)
    assert (opened.subject, opened.plan, opened.revision("q1")) == (Subject(held_on=NOON.date()), None, 0)


def test_the_link_is_long_and_only_its_hash_is_stored(store: Store, url: str) -> None:
    tokens = {store.create("q", "1.0.0", language="en").token for _ in range(20)}
    assert len(tokens) == 20
    assert all(
        len(token) * 6 >= 128 and token.replace("-", "").replace("_", "").isalnum() for token in tokens
    )
    engine = raw(url)
    with engine.connect() as connection:
        stored = repr([connection.execute(select(table)).all() for table in METADATA.sorted_tables])
    engine.dispose()
    assert not any(token in stored for token in tokens)


@pytest.mark.parametrize("token", ["", "x" * 32, "ü", "\0", "\ud800", "' OR 1=1 --", "x" * 100_000])
def test_an_unknown_link_opens_nothing_and_says_so(store: Store, made: Created, token: str) -> None:
    assert "no assessment behind this link" in the_error(lambda: store.open(token))


def test_the_id_of_an_assessment_is_not_its_link(store: Store, made: Created) -> None:
    assert "no assessment behind this link" in the_error(lambda: store.open(made.assessment))


def test_facts_are_saved_one_by_one_and_leave_the_others_alone(
    store: Store, made: Created, clock: Clock
) -> None:
    store.save_head(made.assessment, organisation="Nordlicht", held_on=date(2026, 1, 2))
    clock.now += timedelta(minutes=1)
    store.save_head(made.assessment, unit="Bremen", short=True, language="en")
    store.save_head(made.assessment, author="Ute")
    store.save_head(made.assessment, author="")
    opened = store.open(made.token)
    assert opened.subject == Subject(
        organisation="Nordlicht", unit="Bremen", author="", held_on=date(2026, 1, 2)
    )
    assert (opened.sheet.short, opened.language, opened.changed_at) == (True, "en", clock.now)


def test_a_profile_field_is_set_changed_and_taken_out(store: Store, made: Created) -> None:
    store.save_profile(made.assessment, "countries", value=("de", "nl"))
    store.save_profile(made.assessment, "size", value="small")
    store.save_profile(made.assessment, "size", value="large")
    store.save_profile(made.assessment, "works-council", value="yes")
    store.save_profile(made.assessment, "works-council", value=None)
    assert store.open(made.token).sheet.profile == {"countries": ("de", "nl"), "size": "large"}


def test_profile_fields_saved_at_once_are_all_kept(store: Store, made: Created) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: store.save_profile(made.assessment, f"f{n}", value=f"v{n}"), range(64)))
    assert store.open(made.token).sheet.profile == {f"f{n}": f"v{n}" for n in range(64)}


def test_the_plan_is_kept(store: Store, made: Created) -> None:
    plan = Terms(
        capacity=Capacity(start=date(2026, 5, 1), per_month=3, months=6, roles={"it": 1.5}),
        wishes=Wishes(goal="people", commitments=(Commitment(measure="m1", standing="dropped"),)),
    )
    store.save_plan(made.assessment, plan, over=None)
    assert store.open(made.token).plan == plan


# Answers, revisions, conflicts


def test_each_change_raises_the_revision_and_keeps_what_it_replaces(
    store: Store, made: Created, clock: Clock
) -> None:
    first = level(2, comment="erst so")
    assert revision_of(store.save_answer(made.assessment, first, seen=0)) == 1
    clock.now += timedelta(hours=1)
    assert revision_of(store.save_answer(made.assessment, level(3), seen=1)) == 2
    emptied = store.save_answer(made.assessment, Answer(question="q1", state="open"), seen=2)
    assert revision_of(emptied) == 3
    opened = store.open(made.token)
    assert opened.sheet.by_question["q1"].state == "open"
    assert (opened.revision("q1"), opened.changed_at) == (3, clock.now)
    earlier = store.history(made.assessment, "q1")
    assert [(e.revision, e.answer.value, e.answer.comment) for e in earlier] == [
        (1, 2, "erst so"),
        (2, 3, ""),
    ]
    assert earlier[0].answer == first.model_copy(update={"at": NOON})


def test_an_answer_that_somebody_else_changed_is_not_overwritten(store: Store, made: Created) -> None:
    store.save_answer(made.assessment, level(1), seen=0)
    store.save_answer(made.assessment, level(2, comment="von Ute"), seen=1)
    refused = store.save_answer(made.assessment, level(5), seen=1)
    assert refused == Conflict(stored=level(2, comment="von Ute", at=NOON), revision=2)
    assert store.open(made.token).sheet.by_question["q1"].value == 2
    assert isinstance(refused, Conflict)
    assert revision_of(store.save_answer(made.assessment, level(5), seen=refused.revision)) == 3


def test_an_answer_first_given_by_somebody_else_is_not_overwritten(store: Store, made: Created) -> None:
    store.save_answer(made.assessment, level(1), seen=0)
    assert isinstance(store.save_answer(made.assessment, level(2), seen=0), Conflict)


def test_a_comment_alone_is_a_change_worth_a_conflict(store: Store, made: Created) -> None:
    store.save_answer(made.assessment, level(1, comment="a"), seen=0)
    assert isinstance(store.save_answer(made.assessment, level(1, comment="b"), seen=0), Conflict)


def test_whose_answer_it_is_is_kept_with_the_answer_and_with_what_it_replaces(
    store: Store, made: Created
) -> None:
    store.save_answer(made.assessment, level(3, respondent="Ute"), seen=0)
    assert revision_of(store.save_answer(made.assessment, level(3, respondent="Jan"), seen=1)) == 2
    assert revision_of(store.save_answer(made.assessment, level(3, respondent="Jan\0"), seen=2)) == 2
    assert revision_of(store.save_answer(made.assessment, level(4), seen=2)) == 3
    assert store.open(made.token).sheet.by_question["q1"].respondent == ""
    replaced = store.history(made.assessment, "q1")
    assert [(e.answer.value, e.answer.respondent) for e in replaced] == [(3, "Ute"), (3, "Jan")]


def test_the_same_answer_of_somebody_else_is_a_conflict(store: Store, made: Created) -> None:
    store.save_answer(made.assessment, level(3, respondent="Ute"), seen=0)
    refused = store.save_answer(made.assessment, level(3, respondent="Jan"), seen=0)
    assert refused == Conflict(stored=level(3, respondent="Ute", at=NOON), revision=1)


def test_the_same_answer_again_changes_nothing(store: Store, made: Created, clock: Clock, url: str) -> None:
    store.save_answer(made.assessment, level(1), seen=0)
    before = store.open(made.token)
    clock.now += timedelta(hours=1)
    for seen in (0, 1):
        assert revision_of(store.save_answer(made.assessment, level(1, at=clock.now), seen=seen)) == 1
    assert store.open(made.token) == before
    assert count(url)["answer_history"] == 0


def test_leaving_a_question_open_that_was_never_answered_stores_nothing(
    store: Store, made: Created, url: str
) -> None:
    nothing = store.save_answer(made.assessment, Answer(question="q1", state="open"), seen=0)
    assert revision_of(nothing) == 0
    assert count(url)["answer"] == 0


def test_a_session_interrupted_after_its_save_is_not_in_conflict_with_itself(
    store: Store, made: Created
) -> None:
    store.save_answer(made.assessment, level(1), seen=0, writer="tab-a")
    assert revision_of(store.save_answer(made.assessment, level(2), seen=0, writer="tab-a")) == 2
    assert isinstance(store.save_answer(made.assessment, level(3), seen=0, writer="tab-b"), Conflict)
    store.save_answer(made.assessment, level(4), seen=2, writer="tab-b")
    assert isinstance(store.save_answer(made.assessment, level(5), seen=2, writer="tab-a"), Conflict)


def test_a_screen_ahead_of_a_restored_backup_saves_above_both(store: Store, made: Created) -> None:
    store.save_answer(made.assessment, level(1), seen=0)
    assert revision_of(store.save_answer(made.assessment, level(2), seen=7)) == 8


def test_nul_characters_from_pasting_are_dropped(store: Store, made: Created) -> None:
    store.save_answer(made.assessment, level(1, comment="a\0b"), seen=0)
    assert store.open(made.token).sheet.by_question["q1"].comment == "ab"
    assert revision_of(store.save_answer(made.assessment, level(1, comment="a\0b"), seen=1)) == 1


def test_the_assessment_before_is_kept_with_its_questionnaire_and_goes_with_its_assessment(
    store: Store, made: Created, url: str
) -> None:
    old = AnswerSheet(questionnaire="small", version="1.0.0", answers=(level(2, "p1", comment="a\0b"),))
    held = Subject(organisation="Nordlicht (fiktiv)", held_on=date(2025, 11, 2))
    earlier = Earlier(questionnaire=small(), sheet=old, subject=held)
    created = store.put(old, Subject(held_on=date(2026, 11, 22)), language="de", earlier=earlier)
    opened = store.open(created.token)
    assert opened.earlier_on == date(2025, 11, 2) and store.earlier(opened.id) == earlier
    assert store.open(made.token).earlier_on is None and store.earlier(made.assessment) is None
    store.delete(opened.id)
    assert store.earlier(opened.id) is None and count(url)["earlier"] == 0


def test_a_brand_is_kept_with_its_logo(store: Store, made: Created) -> None:
    assert store.open(made.token).brand == UNBRANDED
    brand = Brand.model_construct(
        name="Musterberatung", colour="#6B2D5C", accent=None, footer="", logo=b"\x89PNG\0"
    )
    store.save_brand(made.assessment, brand)
    assert store.open(made.token).brand == brand


def test_deleting_removes_every_trace_of_that_assessment_only(store: Store, made: Created, url: str) -> None:
    other = store.create("q", "1.0.0", language="de")
    for assessment in (made.assessment, other.assessment):
        store.save_answer(assessment, level(1), seen=0)
        store.save_answer(assessment, level(2), seen=1)
    store.delete(made.assessment)
    store.delete(made.assessment)
    assert count(url) == Counter(assessment=1, answer=1, answer_history=1)
    assert store.open(other.token).sheet.by_question["q1"].value == 2
    assert "no assessment behind this link" in the_error(lambda: store.open(made.token))
    for save in (
        lambda: store.save_answer(made.assessment, level(3), seen=2),
        lambda: store.save_head(made.assessment, unit="x"),
    ):
        assert "not there any more" in the_error(save)


def test_a_row_that_another_program_damaged_is_named(store: Store, made: Created, url: str) -> None:
    engine = raw(url)
    with engine.begin() as connection:
        connection.execute(ASSESSMENT.update().values(profile="{no json"))
    engine.dispose()
    assert "cannot be read" in the_error(lambda: store.open(made.token))


# Many at once


def test_twenty_threads_write_at_once_and_nothing_is_lost(store: Store, url: str) -> None:
    made = [store.create("q", "1.0.0", language="de") for _ in range(4)]

    def session(thread: int) -> None:
        for n in range(25):
            saved = store.save_answer(
                made[thread % 4].assessment, level(n, f"t{thread}-q{n % 5}"), seen=n // 5
            )
            assert revision_of(saved) == n // 5 + 1

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(session, range(20)))
    assert count(url) == Counter(assessment=4, answer=100, answer_history=400)
    values = {q: a.value for m in made for q, a in store.open(m.token).sheet.by_question.items()}
    assert values == {f"t{thread}-q{n}": 20 + n for thread in range(20) for n in range(5)}


def test_what_arrives_during_a_commit_shares_the_next_one(store: Store, made: Created) -> None:
    commits: list[object] = []
    event.listen(store._database._engine, "commit", commits.append)
    with ThreadPoolExecutor(20) as pool:
        with held_back(store):
            saves = [
                pool.submit(store.save_answer, made.assessment, level(n, f"q{n}"), seen=0) for n in range(20)
            ]
        assert [revision_of(save.result()) for save in saves] == [1] * 20
    assert len(commits) == 2, "one for the change that held the writer, one for the twenty"


def test_a_change_that_cannot_be_made_does_not_take_others_with_it(store: Store, made: Created) -> None:
    broken = Answer.model_construct(**level(1, "broken").__dict__ | {"comment": "a\ud800"})
    with ThreadPoolExecutor(20) as pool:
        with held_back(store):
            good = [
                pool.submit(store.save_answer, made.assessment, level(n, f"q{n}"), seen=0) for n in range(8)
            ]
            bad = pool.submit(store.save_answer, made.assessment, broken, seen=0)
            gone = pool.submit(store.save_answer, "0" * 32, level(1), seen=0)
            good += [
                pool.submit(store.save_answer, made.assessment, level(n, f"r{n}"), seen=0) for n in range(8)
            ]
        assert [revision_of(save.result()) for save in good] == [1] * 16
        assert "broken character" in the_error(bad.result)
        assert "not there any more" in the_error(gone.result)
    assert len(store.open(made.token).sheet.answers) == 16


def test_two_stores_that_answer_the_same_question_at_once_get_one_conflict(
    store: Store, url: str, made: Created
) -> None:
    with Store(url) as other, ThreadPoolExecutor(2) as pool:
        for n in range(20):
            both = [
                pool.submit(s.save_answer, made.assessment, level(v, f"q{n}"), seen=0)
                for v, s in ((1, store), (2, other))
            ]
            results = [save.result() for save in both]
            winner = next(n for n, result in enumerate(results) if isinstance(result, Saved))
            assert results[1 - winner] == Conflict(
                stored=store.open(made.token).sheet.by_question[f"q{n}"], revision=1
            )


def script(code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=tempfile.gettempdir(),
        stdin=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


WRITES = """
import sys, threading
from assessment.answers import Answer
from assessment.store import Store
url, assessment, name, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
store = Store(url)
def session(thread):
    for n in range(rounds):
        question = f"{name}-t{thread}-q{n % 7}"
        store.save_answer(assessment, Answer(question=question, value=n), seen=n // 7)
        sys.stdout.write(f"{question} {n}\\n"); sys.stdout.flush()
threads = [threading.Thread(target=session, args=(t,)) for t in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
store.close()
"""


def test_two_processes_write_to_the_same_assessment_and_nothing_is_lost(
    store: Store, url: str, made: Created
) -> None:
    running = [script(WRITES, url, made.assessment, name, "42") for name in ("a", "b")]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    answers = store.open(made.token).sheet.by_question
    assert {q: a.value for q, a in answers.items()} == {
        f"{name}-t{thread}-q{n}": 35 + n for name in ("a", "b") for thread in range(4) for n in range(7)
    }
    assert count(url)["answer_history"] == 2 * 4 * 35


@pytest.mark.parametrize("trial", range(6))
def test_an_answer_reported_as_saved_survives_kill_9(
    store: Store, url: str, made: Created, trial: int
) -> None:
    process = script(WRITES, url, made.assessment, "k", "100000")
    assert process.stdout is not None
    lines: list[str] = []
    while len(lines) < 30 + 17 * trial or len({line.split()[0] for line in lines}) < 28:
        lines.append(
            process.stdout.readline()
        )  # until each thread has reported each of its questions at least once
    process.send_signal(signal.SIGKILL)
    lines += process.stdout.read().splitlines()
    process.wait()
    assert process.returncode == -signal.SIGKILL
    reported = dict(line.split() for line in lines if len(line.split()) == 2)
    store.close()
    with Store(url) as again:
        answers = again.open(made.token).sheet.by_question
        # A value above the reported one was committed and killed before it could be reported.
        assert all(int(str(answers[q].value)) >= int(n) for q, n in reported.items())
        assert len(reported) == 28
        if url.startswith("sqlite"):
            with again._database.reading() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert again.save_answer(made.assessment, level(1, "after"), seen=0).revision == 1


OPENS = """
import sys
from assessment.store import Store
print("ready", flush=True)
sys.stdin.readline()
print(Store(sys.argv[1]).create("q", "1.0.0", language="de").token)
"""


@pytest.mark.parametrize("trial", range(3))
def test_several_processes_may_make_an_empty_database_at_once(url: str, trial: int) -> None:
    running = [script(OPENS, url) for _ in range(4)]
    for process in running:
        assert process.stdout is not None
        process.stdout.readline()  # all have imported what they need: they start together
    outputs = list(ThreadPoolExecutor(4).map(lambda process: process.communicate("go\n", 60), running))
    assert [errors for _, errors in outputs] == [""] * 4
    with Store(url) as store:
        assert all(store.open(token.strip()).language == "de" for token, _ in outputs)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_tables_that_another_process_makes_around_our_look_are_not_taken_for_a_strangers(
    url: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def look_while_another_makes_them(connection: Connection) -> Any:
        names = [] if moment == "before" else inspect(connection).get_table_names()
        if not made:
            made.append("now")
            Store(url).close()
        names = inspect(connection).get_table_names() if moment == "before" else names
        return SimpleNamespace(get_table_names=lambda: names)

    monkeypatch.setattr(database_module, "inspect", look_while_another_makes_them)
    with Store(url) as store:
        assert store.open(store.create("q", "1.0.0", language="de").token).language == "de"


def test_a_closed_store_finishes_its_saves_and_refuses_new_ones(url: str) -> None:
    store = Store(url)
    made = store.create("q", "1.0.0", language="de")
    with ThreadPoolExecutor(8) as pool:
        with held_back(store):
            saves = [
                pool.submit(store.save_answer, made.assessment, level(n, f"q{n}"), seen=0) for n in range(8)
            ]
            time.sleep(0.1)
            closing_thread = pool.submit(store.close)
        closing_thread.result()
        assert [revision_of(save.result()) for save in saves] == [1] * 8
    assert "shutting down" in the_error(lambda: store.save_answer(made.assessment, level(1), seen=0))


# The schema


def test_the_migrations_make_exactly_the_tables_that_the_program_uses(store: Store) -> None:
    with store._database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, METADATA) == []


def test_the_working_directory_does_not_matter(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = nowhere\n")
    monkeypatch.chdir(tmp_path)
    with Store(url) as store:
        assert store.open(store.create("q", "1.0.0", language="de").token).language == "de"


LATER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "later", "{head}", None, None
def upgrade():
    op.add_column("assessment", sa.Column("later", sa.Text, nullable=False, server_default="x"))
"""


def head() -> str:
    """The newest schema that the program knows."""
    folder = Path(str(migrations.__file__)).parent / "versions"
    return max(file.name[:4] for file in folder.glob("0*.py"))


def with_a_later_migration(tmp_path: Path) -> str:
    folder = tmp_path / "migrations"
    shutil.copytree(Path(str(migrations.__file__)).parent, folder)
    (folder / "versions" / "9999_later.py").write_text(LATER.replace("{head}", head()))
    return str(folder)


def as_of(tmp_path: Path, revision: str) -> str:
    """The migrations as a program of that time had them."""
    folder = tmp_path / f"until-{revision}"
    shutil.copytree(Path(str(migrations.__file__)).parent, folder)
    for file in (folder / "versions").glob("0*.py"):
        if file.name[:4] > revision:
            file.unlink()
    return str(folder)


def test_a_database_from_before_respondents_keeps_its_answers_and_its_history(
    url: str, tmp_path: Path, clock: Clock
) -> None:
    first = database_module.Database(url, patience=1, migrations=as_of(tmp_path, "0001"))
    with first.writing() as connection:
        assert "respondent" not in {column["name"] for column in inspect(connection).get_columns("answer")}
        head = {"id": "a" * 32, "token_hash": hashlib.sha256(b"token").hexdigest(), "questionnaire": "q"}
        head |= {"version": "1.0.0", "language": "de", "created_at": NOON, "changed_at": NOON}
        head |= {"organisation": "", "unit": "", "author": "", "held_on": NOON.date(), "short": False}
        connection.execute(insert(ASSESSMENT), head | {"profile": "{}", "plan": None})
        for table, revision, value in (("answer", 2, "4"), ("answer_history", 1, "3")):
            row = {"value": value, "now": NOON.isoformat(" "), "assessment": "a" * 32, "revision": revision}
            connection.execute(
                text(
                    f"INSERT INTO {table} (assessment, question, state, value, reason, evidence, comment, changed_at,"
                    " writer, revision) VALUES (:assessment, 'q1', 'given', :value, '', 'stated', 'so', :now, 'w',"
                    " :revision)"
                ),
                row,
            )
    first.close()
    for _ in range(2):  # the second opening finds the present schema
        with Store(url, now=clock) as store:
            opened = store.open("token")
            assert opened.sheet.answers == (level(4, evidence="stated", comment="so", at=NOON),)
            earlier = store.history(opened.id, "q1")
            assert [(e.answer.value, e.answer.respondent) for e in earlier] == [(3, "")]
    with Store(url, now=clock) as store:
        assert revision_of(store.save_answer(opened.id, level(5, respondent="Ute"), seen=2)) == 3
        assert store.open("token").sheet.by_question["q1"].respondent == "Ute"


def test_an_older_database_is_upgraded_with_its_answers_and_the_older_program_refuses_it_then(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(url) as store:
        made = store.create("q", "1.0.0", language="de")
        store.save_answer(made.assessment, level(3), seen=0)
    later = database_module.Database(url, patience=1, migrations=with_a_later_migration(tmp_path))
    with later.reading() as connection:
        assert connection.execute(text("SELECT later FROM assessment")).scalar_one() == "x"
        assert connection.execute(select(ANSWER.c.value)).scalar_one() == "3"
    later.close()
    said = the_error(lambda: Store(url))
    assert (
        "newer version of this program" in said
        and "its schema is later" in said
        and f"up to {head()})" in said
    )
    assert count(url)["answer"] == 1


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(url: str, tmp_path: Path) -> None:
    with Store(url) as store:
        made = store.create("q", "1.0.0", language="de")
    folder = with_a_later_migration(tmp_path)
    with Path(f"{folder}/versions/9999_later.py").open("a") as migration:
        migration.write('    op.execute("UPDATE nowhere SET x = 1")\n')
    assert "nowhere" in the_error(lambda: database_module.Database(url, patience=1, migrations=folder))
    with Store(url) as store:
        assert store.open(made.token).language == "de"


# When it goes wrong


def goes_wrong_and_recovers(store: Store, made: Created, *, broken: Any, says: str) -> None:
    """Save, break, fail to save with these words, mend, save again; everything saved is there."""
    store.save_answer(made.assessment, level(1, "before"), seen=0)
    with broken:
        assert says in the_error(lambda: store.save_answer(made.assessment, level(2, "during"), seen=0))
        assert says in the_error(lambda: store.save_head(made.assessment, unit="x" * 100))
    assert revision_of(store.save_answer(made.assessment, level(3, "after"), seen=0)) == 1
    assert {q: a.value for q, a in store.open(made.token).sheet.by_question.items()} == {
        "before": 1,
        "after": 3,
    }


def test_a_database_locked_by_another_program_is_said_and_works_again_afterwards(
    store: Store, made: Created, url: str
) -> None:
    @contextmanager
    def locked() -> Iterator[None]:
        engine = raw(url)
        with engine.connect() as other:
            if url.startswith("sqlite"):
                other.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                other.exec_driver_sql("LOCK TABLE assessment IN ACCESS EXCLUSIVE MODE")
            yield
        engine.dispose()

    goes_wrong_and_recovers(store, made, broken=locked(), says="locked by another program")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_everyone_waiting_for_a_locked_database_is_told_after_one_wait(
    store: Store, made: Created, file: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(file)) as other, ThreadPoolExecutor(20) as pool:
        other.execute("BEGIN IMMEDIATE")
        tried, writing = [], store._database.writing
        monkeypatch.setattr(store._database, "writing", lambda: tried.append(1) or writing())
        saves = [
            pool.submit(store.save_answer, made.assessment, level(n, f"q{n}"), seen=0) for n in range(20)
        ]
        for save in saves:
            assert "locked" in the_error(save.result)
        # The first may go alone; the others come along in what is tried next.
        assert len(tried) <= 3


@pytest.fixture
def sqlite_store(file: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{file}", patience=0.5) as opened:
        yield opened


@pytest.fixture
def kept(sqlite_store: Store) -> Created:
    return sqlite_store.create("q", "1.0.0", language="de")


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere; become somebody who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anybody may reach."""
    folder = Path(tempfile.mkdtemp(prefix="store-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def test_a_file_that_becomes_read_only_is_said_and_works_again_afterwards(open_folder: Path) -> None:
    file = open_folder / "assessment.db"
    with as_nobody(), Store(f"sqlite:///{file}", patience=0.5) as store:
        made = store.create("q", "1.0.0", language="de")

    @contextmanager
    def read_only() -> Iterator[None]:
        names = list(open_folder.iterdir())
        for name in names:
            name.chmod(0o444)
        store._database.close()  # open connections keep the right they had
        yield
        store._database.close()
        for name in names:
            name.chmod(0o666)

    with as_nobody(), Store(f"sqlite:///{file}", patience=0.5) as store:
        goes_wrong_and_recovers(store, made, broken=read_only(), says="can only be read")


def test_a_read_only_folder_is_said_at_the_start(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with as_nobody():
        said = the_error(lambda: Store(f"sqlite:///{open_folder}/assessment.db"))
    assert f"{open_folder}/assessment.db" in said and "cannot be opened" in said and "its folder" in said


def test_a_read_only_folder_with_a_database_in_it_is_said_at_the_start(open_folder: Path) -> None:
    with as_nobody():
        Store(f"sqlite:///{open_folder}/assessment.db").close()
    (open_folder / "assessment.db").chmod(0o444)
    open_folder.chmod(0o555)
    with as_nobody():
        said = the_error(
            lambda: Store(f"sqlite:///{open_folder}/assessment.db").create("q", "1.0.0", language="de")
        )
    assert f"{open_folder}/assessment.db" in said and "folder" in said


def test_a_database_that_may_not_grow_is_said_and_works_again_afterwards(
    sqlite_store: Store, kept: Created
) -> None:
    pages = {"limit": 1_000_000}

    def limit(connection: Any, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages['limit']}")

    event.listen(Pool, "checkout", limit)
    try:
        sqlite_store.save_answer(kept.assessment, level(1, "before"), seen=0)
        pages["limit"] = 1  # SQLite takes the present size instead
        large = level(2, "large", comment="x" * 100_000)
        assert "disk" in the_error(lambda: sqlite_store.save_answer(kept.assessment, large, seen=0))
        assert sqlite_store.open(kept.token).revisions == {"before": 1}
        pages["limit"] = 1_000_000
        assert sqlite_store.save_answer(kept.assessment, large, seen=0).revision == 1
    finally:
        event.remove(Pool, "checkout", limit)


def test_a_full_disk_is_said_and_works_again_afterwards(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root can mount a small disk; the test before this one fills a database without")
    try:
        with Store(f"sqlite:///{disk}/assessment.db") as store:
            made = store.create("q", "1.0.0", language="de")
            saved = []
            with pytest.raises(StoreError, match="is full"):
                for n in range(100):
                    store.save_answer(made.assessment, level(n, f"q{n}", comment="x" * 40_000), seen=0)
                    saved.append(f"q{n}")
            assert saved and set(store.open(made.token).revisions) == set(saved)
            subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
            assert (
                store.save_answer(made.assessment, level(1, "after", comment="x" * 40_000), seen=0).revision
                == 1
            )
            assert set(store.open(made.token).revisions) == {*saved, "after"}
            with store._database.reading() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_file_that_is_no_database_is_named_and_left_alone(file: Path) -> None:
    content = bytes(range(256)) * 64
    file.write_bytes(content)
    said = the_error(lambda: Store(f"sqlite:///{file}"))
    assert f"the file {file} is not a database" in said
    assert file.read_bytes() == content


def test_another_programs_database_is_left_alone(url: str, file: Path) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE bookmarks (address TEXT)")
        said = the_error(lambda: Store(url))
        assert "belongs to another program: it contains bookmarks" in said
    else:
        engine = raw(url)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE answer (x INTEGER)")
        said = the_error(lambda: Store(url))
        assert "it contains answer" in said
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE answer RENAME TO somebody_elses")
        engine.dispose()
        Store(url).close()  # a PostgreSQL database may be shared


def test_a_file_taken_away_is_said_and_nothing_is_reported_as_saved_into_nowhere(
    sqlite_store: Store, kept: Created, file: Path
) -> None:
    @contextmanager
    def taken_away() -> Iterator[None]:
        file.rename(file.with_suffix(".away"))
        yield
        assert not file.exists(), "no empty database is made in its place"
        file.with_suffix(".away").rename(file)

    goes_wrong_and_recovers(sqlite_store, kept, broken=taken_away(), says="moved or deleted")


def test_a_backup_put_in_place_of_the_file_is_used_from_then_on(
    sqlite_store: Store, kept: Created, file: Path
) -> None:
    sqlite_store.save_answer(kept.assessment, level(1), seen=0)
    backup = file.with_suffix(".backup")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    sqlite_store.save_answer(kept.assessment, level(2), seen=1)
    sqlite_store._database.close()
    backup.replace(file)
    assert sqlite_store.open(kept.token).sheet.by_question["q1"].value == 1
    assert sqlite_store.save_answer(kept.assessment, level(3), seen=2).revision == 3


def test_sqlite_writes_ahead_flushes_each_commit_and_checks_keys(sqlite_store: Store) -> None:
    with sqlite_store._database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 500,
        "secure_delete": 1,
    }


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("assessment.db", "is not the URL of a database"),
        ("mysql://host/name", "“mysql” is not a database this program can use"),
        ("sqlite://", "does not name a file"),
        ("sqlite:///:memory:", "does not name a file"),
        ("sqlite:////nowhere/at/all.db", "there is no folder /nowhere/at"),
        ("sqlite:////tmp", "/tmp cannot be opened"),
    ],
)
def test_a_wrong_url_is_said_with_what_to_write_instead(url: str, says: str) -> None:
    assert says in the_error(lambda: Store(url))


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    said = the_error(lambda: Store("postgresql://ute:geheim@127.0.0.1:9/name", patience=1))
    assert "ute:***@127.0.0.1:9/name cannot be reached" in said and "geheim" not in said


def test_who_uses_the_app_is_not_told_where_the_server_of_its_database_is() -> None:
    said = the_error(
        lambda: Store("postgresql://ute:geheim@127.0.0.1:9/name", patience=1, called="PostgreSQL")
    )
    assert "the database PostgreSQL cannot be reached" in said
    assert not any(word in said for word in ("ute", "geheim", "127.0.0.1"))


def test_signs_in_a_password_that_break_the_url_are_told_without_any_of_it() -> None:
    for url in ("postgresql://ute:ge/h@im#1@127.0.0.1/name", "postgresql://ute:geh@im@127.0.0.1/name"):
        said = the_error(lambda url=url: Store(url, patience=1))  # type: ignore[misc]
        assert "im" not in said.replace("127.0.0.1", "") or "stand in the password as they are" in said
        assert "im#1" not in said and "im@" not in said


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_postgresql_server_that_only_reads_is_said_and_works_again_afterwards(
    store: Store, made: Created, url: str
) -> None:

    @contextmanager
    def read_only() -> Iterator[None]:
        engine, name = raw(url), make_url(url).database
        for state in ("on", "off"):
            with engine.begin() as connection:
                connection.exec_driver_sql("SET TRANSACTION READ WRITE")
                connection.exec_driver_sql(
                    f"ALTER DATABASE {name} SET default_transaction_read_only = {state}"
                )
            store._database.close()  # the setting holds for new connections
            if state == "on":
                yield
        engine.dispose()

    goes_wrong_and_recovers(store, made, broken=read_only(), says="can only be read")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_connections_that_a_restarted_server_cut_are_replaced_unnoticed(
    store: Store, made: Created, url: str
) -> None:
    store.save_answer(made.assessment, level(1), seen=0)
    engine = raw(url)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    engine.dispose()
    assert revision_of(store.save_answer(made.assessment, level(2), seen=1)) == 2


def test_history_is_only_ever_added_to(store: Store, made: Created, url: str) -> None:
    store.save_answer(made.assessment, level(1), seen=0)
    for n in range(2, 6):
        before = store.history(made.assessment, "q1")
        store.save_answer(made.assessment, level(n), seen=n - 1)
        assert store.history(made.assessment, "q1")[: len(before)] == before
    engine = raw(url)
    with engine.connect() as connection:
        values = connection.execute(
            select(ANSWER_HISTORY.c.value).order_by(ANSWER_HISTORY.c.revision)
        ).scalars()
        assert [json.loads(value) for value in values] == [1, 2, 3, 4]
    engine.dispose()
    assert store.history(made.assessment, "never-asked") == ()
    with (
        pytest.raises(StoreError),
        store._database.writing() as writing,
    ):  # its key forbids a second row of a revision
        writing.execute(insert(ANSWER_HISTORY).from_select(ANSWER_HISTORY.c.keys(), select(ANSWER_HISTORY)))


# ── codes for the people in the same room ────────────────────────────────────────────────────────────────────────────


def test_a_code_opens_the_assessment_on_another_device_with_a_link_of_its_own(
    store: Store, made: Created
) -> None:
    code = store.let_in(made.assessment).code
    device = store.enter(code.lower().replace("-", " "))
    assert device.assessment == made.assessment
    assert device.token != made.token
    store.save_answer(made.assessment, level(4), seen=0)
    assert store.open(device.token).sheet == store.open(made.token).sheet
    assert store.enter(code).token != device.token


def test_a_thread_that_is_ended_while_it_writes_leaves_nobody_waiting(store: Store, made: Created) -> None:
    """Two changes wait for one commit: the first is not made, the second one ends the thread that took both along."""
    writer = store._writer
    refused = [Job("a", _refuse, Future()), Job("b", _end, Future()), Job("c", _refuse, Future())]
    with pytest.raises(KeyboardInterrupt):
        writer._commit(refused)
    assert all(job.done.done() for job in refused)
    assert isinstance(refused[0].done.exception(), ValueError)
    assert isinstance(refused[2].done.exception(), KeyboardInterrupt)
    assert store.save_answer(made.assessment, level(3), seen=0) == Saved(revision=1, at=NOON)


def _refuse(_: object) -> None:
    raise ValueError


def _end(_: object) -> None:
    raise KeyboardInterrupt


def test_one_answer_alone_is_what_opening_the_whole_assessment_shows_of_it(
    store: Store, made: Created
) -> None:
    device = store.enter(store.let_in(made.assessment).code)
    for value in (4, 2):
        for token in (made.token, device.token):
            whole = store.open(token)
            for question in ("q1", "q2"):
                assert store.open_part(token, question) == whole.part(question)
        seen = store.open_part(made.token, "q1").revision
        store.save_answer(made.assessment, level(value), seen=seen)
    found = store.open_part(device.token, "q1")
    assert (found.assessment, found.revision) == (made.assessment, 2)
    assert found.answer is not None
    assert found.answer.value == 2
    with pytest.raises(UnknownLink):
        store.open_part("nobody-has-this-link", "q1")
    store.delete(made.assessment)
    with pytest.raises(UnknownLink):
        store.open_part(made.token, "q1")


def test_a_code_ends_after_its_hours_or_with_the_next_one(store: Store, made: Created, clock: Clock) -> None:
    first = store.let_in(made.assessment)
    second = store.let_in(made.assessment)
    with pytest.raises(StoreError, match="no assessment is open under this code"):
        store.enter(first.code)
    device = store.enter(second.code)
    clock.now = second.until + timedelta(seconds=1)
    with pytest.raises(StoreError, match="no assessment is open under this code"):
        store.enter(second.code)
    assert store.open(device.token).id == made.assessment, "who is in stays in"


def test_who_tries_codes_is_stopped_and_the_database_holds_none_of_them(
    url: str, clock: Clock, store: Store, made: Created
) -> None:
    code = store.let_in(made.assessment).code
    for number in range(WRONG_A_MINUTE):
        with pytest.raises(StoreError, match="no assessment is open"):
            store.enter(f"AAAA-{number:04}")
    with pytest.raises(StoreError, match="too many wrong codes"):
        store.enter(code)
    with Store(url, now=clock) as other:
        with pytest.raises(StoreError, match="too many wrong codes"):
            other.enter(code)
        clock.now += timedelta(seconds=61)
        assert other.enter(code).assessment == made.assessment
        with other._database.reading() as connection:
            rows = connection.execute(select(CODE)).all() + connection.execute(select(LINK)).all()
    assert rows
    assert code not in str(rows)
    assert code.replace("-", "") not in str(rows)


def test_codes_and_further_links_go_with_their_assessment(store: Store, made: Created) -> None:
    code = store.let_in(made.assessment).code
    device = store.enter(code)
    store.delete(made.assessment)
    with pytest.raises(UnknownLink):
        store.open(device.token)
    with pytest.raises(StoreError, match="no assessment is open under this code"):
        store.enter(code)
    with pytest.raises(StoreError, match="not there any more"):
        store.let_in(made.assessment)


def test_a_sqlite_file_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Store(f"sqlite:///{tmp_path / 'new.db'}") as store:
            store.create("service-transformation", "1.1.0", language="de")
            assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    finally:
        os.umask(before)
