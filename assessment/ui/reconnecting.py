"""What is clicked while a browser comes back to a server that does not know its page yet is not thrown away.

After a server was killed, the browser connects to another one within a second and begins to draw the page there. A click on a
part of the page in that moment asks for a part that this server has not drawn yet, and Streamlit drops it: the choice would be
on the screen and then gone. It is made a run of the whole page, which saves what was chosen.
"""

from functools import wraps

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession


def keep_early_clicks() -> None:
    """Let a click on a part of the page that is not known run the whole page."""
    asked = AppSession.request_rerun
    if hasattr(asked, "__wrapped__"):
        return

    @wraps(asked)
    def request_rerun(session: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None and is_lost(session, client_state):
            client_state.fragment_id = ""
        asked(session, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign, assignment]


def is_lost(session: AppSession, client_state: ClientState) -> bool:
    """Say whether Streamlit would drop this click; a part that draws itself anew every few seconds may be dropped."""
    part = client_state.fragment_id
    return bool(part) and not client_state.is_auto_rerun and not session.has_fragment(part)
