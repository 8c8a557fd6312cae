"""Wrong codes are counted for all app servers together, and nobody who holds a link is locked out by them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from assessment.errors import StoreError
from assessment.store import Created, Store
from assessment.store.codes import WRONG_A_MINUTE, WRONG_BY_ONE
from assessment.store.tables import WRONG_CODE
from assessment.ui import callers
from tests.conftest import Clock

SERVER = """
import json, sys
from assessment.errors import StoreError
from assessment.store import Store
said = []
with Store(sys.argv[1]) as store:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(40):
        try:
            store.enter(f"AAAA-{number:04}") if number % 2 else store.seats.join(f"AAAA-{number:04}", "agent")
        except StoreError as error:
            said.append("too many" in str(error))
print(json.dumps(said))
"""


@pytest.fixture
def three(url: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Three processes on one database, each about to try forty wrong codes."""
    Store(url).close()
    command = [sys.executable, "-c", SERVER, url]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    yield started
    for one in started:
        one.kill()
        one.wait()


def test_the_limit_holds_over_three_processes_and_links_open_during_the_flood(
    url: str, three: list[subprocess.Popen[str]]
) -> None:
    with Store(url) as store:
        made = store.create("q", "1.0.0", language="en")
        code = store.let_in(made.assessment).code
        for one in three:
            assert one.stdout is not None and one.stdout.readline() == "open\n"
        for one in three:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        said = [refused for one in three for refused in json.loads(one.communicate(timeout=60)[0])]
        assert len(said) == 120
        tried = said.count(False)
        assert WRONG_A_MINUTE <= tried < WRONG_A_MINUTE + 3, "one more at most for each other server"
        with pytest.raises(StoreError, match="too many wrong codes"):
            store.enter(code)
        assert store.open(made.token).id == made.assessment, "who holds a link comes in"


def test_after_a_minute_the_door_is_open_again_and_nothing_is_kept(
    store: Store, clock: Clock, made: Created
) -> None:
    code = store.let_in(made.assessment).code
    for number in range(WRONG_A_MINUTE):
        with pytest.raises(StoreError, match="no assessment is open"):
            store.enter(f"AAAA-{number:04}")
    clock.now += timedelta(seconds=59)
    with pytest.raises(StoreError, match="too many wrong codes"):
        store.enter(code)
    clock.now += timedelta(seconds=2)
    assert store.enter(code).assessment == made.assessment
    with pytest.raises(StoreError, match="no assessment is open"):
        store.enter("AAAA-AAAA")
    with store._database.reading() as connection:
        (row,) = connection.execute(select(WRONG_CODE)).all()
    assert (row.kind, row.at, row.caller) == ("assessment", clock.now, "")
    assert store.figures().wrong_codes == WRONG_A_MINUTE + 1


def test_a_clock_that_is_set_back_does_not_keep_the_door_shut(
    store: Store, clock: Clock, made: Created
) -> None:
    code = store.let_in(made.assessment).code
    clock.now += timedelta(hours=3)
    for number in range(WRONG_A_MINUTE):
        with pytest.raises(StoreError, match="no assessment is open"):
            store.enter(f"AAAA-{number:04}")
    clock.now -= timedelta(hours=3)
    assert store.enter(code).assessment == made.assessment


def test_the_code_of_an_assessment_is_no_wrong_code_of_a_workshop(store: Store, made: Created) -> None:
    code = store.let_in(made.assessment).code
    for _ in range(WRONG_A_MINUTE + 1):
        assert not store.seats.is_code(code)
    assert store.figures().wrong_codes == 0


def test_one_caller_who_tries_codes_is_stopped_before_the_others_are(url: str, clock: Clock) -> None:
    caller = ["a"]
    with Store(url, now=clock, caller=lambda: caller[0]) as store:
        code = store.let_in(store.create("q", "1.0.0", language="en").assessment).code
        for number in range(WRONG_BY_ONE + 20):
            with pytest.raises(
                StoreError, match="no assessment" if number < WRONG_BY_ONE else "too many wrong codes"
            ):
                store.enter(f"AAAA-{number:04}")
        caller[0] = "b"
        assert store.enter(code)
        assert store.figures().wrong_codes == WRONG_BY_ONE, "who is stopped is not counted against the others"


def test_of_a_callers_address_only_a_keyed_hash_is_kept() -> None:
    mark = callers.mark_of("192.0.2.7", "key")
    assert len(mark) == 32 and "192" not in mark
    assert mark == callers.mark_of(" 192.0.2.7", "key") != callers.mark_of("192.0.2.8", "key")
    assert mark != callers.mark_of("192.0.2.7", "another key")
    assert callers.mark_of("2001:db8::1", "key") == callers.mark_of("2001:db8::2", "key"), "one household"
    assert callers.mark_of("2001:db8::1", "key") != callers.mark_of("2001:db8:0:1::1", "key")
    assert callers.mark_of("<script>", "key") == ""


def test_without_a_key_callers_are_not_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(callers.KEY, raising=False)
    assert callers.mark() == ""
