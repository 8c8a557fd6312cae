"""What was drawn and not sent yet is kept while one part of the page is drawn anew."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from assessment.ui import sending


@pytest.fixture
def clear(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(
        AppSession, "_clear_queue", getattr(AppSession._clear_queue, "__wrapped__", AppSession._clear_queue)
    )
    sending.keep()
    return AppSession._clear_queue


def drawn(part: str) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.fragment_id = part
    message.delta.new_element.markdown.body = part
    message.metadata.delta_path.extend((0, len(part)))
    return message


def a_page() -> tuple[Any, list[ForwardMsg]]:
    """A session of which a page with two parts was drawn, and nothing sent yet; and what waits."""
    finished = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    waiting = [drawn("one"), drawn("three"), finished]
    session: Any = SimpleNamespace(_browser_queue=ForwardMsgQueue())
    for message in waiting:
        session._browser_queue.enqueue(message)
    return session, waiting


def test_a_part_that_is_drawn_anew_takes_nothing_back_and_comes_behind_what_waits(clear: Any) -> None:
    session, waiting = a_page()
    clear(session, ["one"])
    session._browser_queue.enqueue(drawn("one"))
    assert session._browser_queue.flush() == [*waiting, drawn("one")]


def test_a_page_that_is_drawn_anew_takes_the_place_of_what_waits_which_counts_as_ended_early(
    clear: Any,
) -> None:
    session, _ = a_page()
    clear(session)
    assert session._browser_queue.flush() == [ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN)]


def test_keeping_twice_is_as_good_as_once(clear: Any) -> None:
    sending.keep()
    assert AppSession._clear_queue is clear
