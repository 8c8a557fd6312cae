"""What is on the screen while a browser comes to a server that does not know it is not thrown away.

After a server was killed, the browser connects to another one within a second, tells what its widgets hold, and has the page
drawn there. Two things would be lost then. A click on a part of the page that the new server has not drawn yet is dropped by
Streamlit: it is made a run of the whole page. And what the widgets hold would be painted over with what is stored: so
the first run leaves them as the browser brought them, and a second one compares.
"""

from collections import OrderedDict
from functools import wraps
from threading import Lock

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx

MOST = 500
"""So many sessions are remembered until their first page is drawn."""


class Brought:
    """The keys of the widgets that browsers brought along, by session, until the first page is drawn."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._keys: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._used: set[str] = set()

    def note(self, session: str, keys: frozenset[str]) -> None:
        """Remember what a new session's browser brought along."""
        with self._lock:
            self._keys[session] = keys
            while len(self._keys) > MOST:
                self._used.discard(self._keys.popitem(last=False)[0])

    def has(self, session: str, key: str) -> bool:
        """Say whether a widget's value was brought along; it is left as it is then."""
        with self._lock:
            found = key in self._keys.get(session, ())
            if found:
                self._used.add(session)
            return found

    def settle(self, session: str) -> bool:
        """Forget it, and say whether any of it was left as it is and has to be compared now."""
        with self._lock:
            self._keys.pop(session, None)
            is_used = session in self._used
            self._used.discard(session)
            return is_used


_brought = Brought()


def was_brought(key: str) -> bool:
    """Say whether this browser brought a widget's value along from a server that is gone."""
    here = get_script_run_ctx()
    return here is not None and _brought.has(here.session_id, key)


def settle() -> bool:
    """Say, once the page is drawn, whether it has to be drawn again to compare what was brought along."""
    here = get_script_run_ctx()
    return here is not None and _brought.settle(here.session_id)


def watch() -> None:
    """Let every session begin with what its browser holds."""
    asked = AppSession.request_rerun
    if hasattr(asked, "__wrapped__"):
        return

    @wraps(asked)
    def request_rerun(session: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None:
            if not hasattr(session, "is_known_here"):
                session.is_known_here = True  # type: ignore[attr-defined]
                keys = frozenset(key_of(each.id) for each in client_state.widget_states.widgets)
                if keys:
                    _brought.note(session.id, keys)
            if is_lost(session, client_state):
                client_state.fragment_id = ""
        asked(session, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign, assignment]


def key_of(identifier: str) -> str:
    """Return the key that we gave a widget, out of the id that Streamlit has made of it."""
    return identifier.split("-", 2)[-1]


def is_lost(session: AppSession, client_state: ClientState) -> bool:
    """Say whether Streamlit would drop this click; a part that draws itself anew every few seconds may be dropped."""
    part = client_state.fragment_id
    return bool(part) and not client_state.is_auto_rerun and not session.has_fragment(part)
