"""What was drawn and is on its way to the browser is not thrown away because one part of the page is drawn anew.

Where a page is drawn and somebody clicks before all of it was sent, Streamlit takes back of what waits what belongs to the part
that was clicked, as it is about to be drawn anew; that the page is complete it says nevertheless. A browser may then take that part
off the page, and forget what was chosen in it.
"""

from collections.abc import Callable
from functools import wraps

from streamlit.runtime.app_session import AppSession


def keep() -> None:
    """Let every session send what was drawn before a part of it is drawn anew, in that order."""
    clear: Callable[..., None] = AppSession._clear_queue
    if hasattr(clear, "__wrapped__"):
        return

    @wraps(clear)
    def clear_queue(session: AppSession, fragment_ids_this_run: list[str] | None = None) -> None:
        # With no part named, all that waits is kept; without the list, the whole page is drawn anew and takes its place.
        clear(session, None if fragment_ids_this_run is None else [])

    AppSession._clear_queue = clear_queue  # type: ignore[method-assign, assignment]
