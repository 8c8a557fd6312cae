"""A browser comes to a server that does not know it: what it brings along is known until its first page is drawn."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

from assessment.ui import reconnecting
from assessment.ui.reconnecting import MOST, Brought, is_lost, key_of


def test_what_was_brought_along_is_forgotten_once_the_page_is_drawn() -> None:
    brought = Brought()
    brought.note("one", frozenset({"choice-q1"}))
    assert not brought.has("one", "choice-q2") and not brought.has("other", "choice-q1")
    assert brought.has("one", "choice-q1")
    assert brought.settle("one"), "something was left as it is and has to be compared"
    assert not brought.settle("one") and not brought.has("one", "choice-q1")
    brought.note("two", frozenset({"choice-q1"}))
    assert not brought.settle("two"), "nobody asked for it"


def test_no_more_sessions_are_remembered_than_can_come_at_once() -> None:
    brought = Brought()
    for number in range(MOST + 1):
        brought.note(str(number), frozenset({"key"}))
    assert not brought.has("0", "key") and brought.has(str(MOST), "key")


@pytest.mark.parametrize(
    ("part", "by_itself", "known", "lost"),
    [
        ("x", False, False, True),
        ("x", False, True, False),
        ("x", True, False, False),
        ("", False, False, False),
    ],
)
def test_a_click_on_a_part_that_is_not_known_is_lost_unless_it_was_the_clock(
    part: str, by_itself: bool, known: bool, lost: bool
) -> None:
    session: Any = SimpleNamespace(has_fragment=lambda _: known)
    assert is_lost(session, ClientState(fragment_id=part, is_auto_rerun=by_itself)) is lost


def test_a_lost_click_runs_the_whole_page_and_watching_twice_is_as_good_as_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(AppSession, "request_rerun", lambda _, state: asked.append(state.fragment_id))
    reconnecting.watch()
    once = AppSession.request_rerun
    reconnecting.watch()
    assert AppSession.request_rerun is once
    session: Any = SimpleNamespace(id="session", has_fragment=lambda part: part == "known")
    once(session, ClientState(fragment_id="gone"))
    once(session, ClientState(fragment_id="known"))
    assert asked == ["", "known"]


def test_the_key_of_a_widget_is_read_off_its_id() -> None:
    assert key_of("$$ID-0123abcd-choice-w1-q1-en-89ab") == "choice-w1-q1-en-89ab"
