"""What the server writes down: no private link, no code, no answer, no name, no address of a person.

As text for a laptop, or as one JSON object a line for whoever collects the lines of several servers.
"""

import json
import linecache
import logging
import re
import sys
import threading
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Literal, TextIO

from streamlit import logger as streamlits
from uvicorn.config import LOGGING_CONFIG

Form = Literal["text", "json"]

FORM = "ASSESSMENT_LOG"
"""Set to `json` where lines are collected."""
OWN = "assessment"
LOG = logging.getLogger(OWN)
_PLACE = re.compile(r'"([^"]+)", line (\d+)')
_TYPE = re.compile(r"^([A-Za-z_][\w.]*)(?::|$)")


def keep_links_out() -> None:
    """Switch the server's access log off: it would write private links down, and with them every answer."""
    logging.getLogger("uvicorn.access").disabled = True


class Lines(logging.Formatter):
    """Writes a record as one line of JSON: our own messages as they are, of others only what stands in their source."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        own = record.name.split(".")[0] == OWN
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage() if own else said_in_source(record),
            "logger": record.name,
        }
        numbers = getattr(record, "numbers", None)
        if own and numbers:
            told |= {name: value for name, value in numbers.items() if isinstance(value, int | float)}
        if record.exc_info and record.exc_info[1] is not None:
            told |= {"error": type(record.exc_info[1]).__name__, "at": places(record.exc_info[2])}
        return json.dumps(told, ensure_ascii=False)


def said_in_source(record: logging.LogRecord) -> str:
    """Return a message of a library if it stands in its source as it is, so that it quotes nobody; else where it was said."""
    message = str(record.msg)
    if message and _stands_in(record.pathname, message):
        told = record.args if isinstance(record.args, tuple) else ()
        with suppress(TypeError, ValueError):
            return message % tuple(value if isinstance(value, int | float) else "…" for value in told)
        return message
    return f"{Path(record.pathname).name}:{record.lineno}"


@lru_cache(maxsize=512)
def _stands_in(path: str, message: str) -> bool:
    source = "".join(linecache.getlines(path))
    return f'"{message}"' in source or f"'{message}'" in source


def places(trace: TracebackType | None) -> str:
    """Return where in the code it happened, innermost last; no message, which may quote answers."""
    return " > ".join(
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-6:]
    )


def without_words(told: str) -> str:
    """Return of a traceback written as text its places and the error's type; of anything else nothing."""
    found = [f"{Path(name).name}:{line}" for name, line in _PLACE.findall(told)][-6:]
    kind = _TYPE.match(told.strip().splitlines()[-1]) if found else None
    return " > ".join([*found, *([kind.group(1)] if kind else [])])


def write_lines(stream: TextIO | None = None) -> None:
    """Write everything that is logged from now on as lines of JSON, whatever it was set up to be."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for known in list(logging.Logger.manager.loggerDict.values()):
        if isinstance(known, logging.Logger):
            _hand_up(known)
    streamlits.setup_formatter = _hand_up  # type: ignore[assignment]  # loggers that Streamlit makes later, too
    for part in ("loggers", "handlers"):  # or the server sets its own up again when it starts
        LOGGING_CONFIG[part].clear()
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it says at each look which dialect it found
    logging.captureWarnings(True)
    sys.excepthook = _note
    threading.excepthook = lambda told: _note(told.exc_type, told.exc_value, told.exc_traceback)


def _hand_up(known: logging.Logger) -> None:
    known.handlers.clear()
    known.propagate = True


def _note(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        LOG.error("a thread ended by an error", exc_info=(kind, error, trace))
