"""What closed tabs leave behind is let go of when a number of them were closed, and a few after some minutes."""

import asyncio
import gc
import weakref
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from assessment.ui import clearing_up
from assessment.ui.clearing_up import LONG, MANY, Closed, Counted


def run(what: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: in this one a browser of other tests may have a loop already."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, what).result()


def test_many_are_let_go_of_at_once_and_a_few_after_a_while() -> None:
    closed = Closed()
    assert not any(closed.is_time() for _ in range(2 * LONG)), "nobody was here"
    for _ in range(MANY):
        closed.note()
    assert closed.is_time() and not closed.is_time()
    closed.note()
    assert [closed.is_time() for _ in range(LONG)].count(True) == 1


@pytest.mark.parametrize(("kind", "count"), [("websocket", 1), ("http", 0), ("lifespan", 0)])
def test_only_tabs_count_and_those_that_broke_off_too(
    kind: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Closed()
    monkeypatch.setattr(clearing_up, "closed", here)

    async def breaks_off(scope: Any, receive: Any, send: Any) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        run(Counted(breaks_off)({"type": kind}, None, None))
    assert here.count == count


def test_what_holds_itself_is_gone_after_the_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    class Session:
        """Like one of Streamlit's: its parts hold one another."""

    here, session = Closed(), Session()
    session.itself = session  # type: ignore[attr-defined]
    left = weakref.ref(session)
    monkeypatch.setattr(clearing_up, "closed", here)
    monkeypatch.setattr(clearing_up, "LOOK", 0.01)

    async def server() -> None:
        running = asyncio.create_task(clearing_up.go_on())
        await asyncio.sleep(0.05)
        assert left() is not None
        for _ in range(MANY):
            here.note()
        await asyncio.sleep(0.5)
        running.cancel()

    gc.disable()
    try:
        del session
        run(server())
    finally:
        gc.enable()
    assert left() is None
