"""What closed tabs leave behind is let go of in time: memory does not grow with the visits.

A tab leaves about a megabyte whose parts hold one another, and files that were uploaded in it; Streamlit keeps that for two minutes,
so that a lost connection finds it again. Python finds it only when it looks through everything, which takes a third of a second in
which nobody is answered: so it looks not by itself, but each time a number of tabs were closed.
"""

import asyncio
import gc
from typing import Any

from assessment.ui.watching import App, Scope

MANY = 25
"""So many closed tabs are let go of together."""
LOOK = 10.0
"""Seconds between two looks at how many there are."""
LONG = 30
"""After so many looks a few are let go of, too: two minutes until Streamlit drops them, and some more."""


class Closed:
    """How many tabs were closed since everything was looked through."""

    def __init__(self) -> None:
        self.count = 0
        self._looks = 0

    def note(self) -> None:
        """Count one more."""
        self.count += 1

    def is_time(self) -> bool:
        """Say at each look whether everything is to be looked through now."""
        self._looks += 1
        if self.count < MANY and not (self.count and self._looks >= LONG):
            return False
        self.count = self._looks = 0
        return True


closed = Closed()


class Counted:
    """Counts the tabs that are closed: each has one connection."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Hand everything on."""
        try:
            await self.app(scope, receive, send)
        finally:
            if scope["type"] == "websocket":
                closed.note()


async def go_on() -> None:
    """Let go of what closed tabs left behind, as long as the server runs."""
    while True:
        await asyncio.sleep(LOOK)
        if closed.is_time():
            gc.collect()
