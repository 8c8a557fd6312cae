"""Whether this process lives, and whether it can be given work."""

from collections.abc import Callable
from functools import partial

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assessment.errors import StoreError
from assessment.store import Store

PATIENCE = 3.0
"""Seconds for the database to answer: whoever asks would rather hear no than nothing."""


async def _alive(request: Request) -> JSONResponse:
    return JSONResponse({"ok": True})


async def _ready(
    request: Request, *, store: Callable[[], Store], one_at_a_time: anyio.CapacityLimiter
) -> JSONResponse:
    reason = "the database does not answer in time"
    with anyio.move_on_after(PATIENCE):
        reason = await to_thread.run_sync(
            partial(_reason, store), abandon_on_cancel=True, limiter=one_at_a_time
        )
    return JSONResponse({"ok": not reason, "reason": reason}, status_code=503 if reason else 200)


def _reason(store: Callable[[], Store]) -> str:
    """Return why no work can be done; without names, addresses or passwords, because anybody may ask."""
    try:
        return store().unfit()
    except StoreError:
        return "the database cannot be opened"


def routes(store: Callable[[], Store]) -> list[Route]:
    """Return `/healthz`, which asks nobody, and `/readyz`, which asks the database."""
    ready = partial(_ready, store=store, one_at_a_time=anyio.CapacityLimiter(1))
    return [Route("/healthz", _alive), Route("/readyz", ready)]
