"""The process's store: which database it is, opened once."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

from assessment.store import Store
from assessment.ui import callers, logs

_STORES: dict[str, Store] = {}
_OPENING = Lock()


def store() -> Store:
    """Return the process's store: DATABASE_URL, or SQLite in the folder ASSESSMENT_DATA. It serves whoever runs it.

    Raises:
        StoreError: it cannot be opened; the message says where and why.
    """
    return _store(address())


def close() -> None:
    """Close what was opened: of SQLite nothing is left beside its file."""
    with _OPENING:
        while _STORES:
            _STORES.popitem()[1].close()


def address() -> str:
    """Return the URL of the program's database."""
    url = os.environ.get("DATABASE_URL")
    return f"sqlite:///{Path(_folder()).absolute() / 'assessment.db'}" if url is None else url


def _folder() -> str:
    return os.environ.get("ASSESSMENT_DATA", "data")


def _store(url: str) -> Store:
    with _OPENING:
        if url not in _STORES:
            if "DATABASE_URL" not in os.environ:
                with suppress(OSError):  # the store says better what is wrong with the folder
                    Path(_folder()).mkdir(parents=True, exist_ok=True)
            logs.keep_links_out()  # `streamlit run` comes by here
            # Who uses the app need not know where a server's database is; on a laptop it is the file they look for.
            called = "PostgreSQL" if url.startswith("postgres") else ""
            _STORES[url] = Store(url, called=called, caller=callers.mark)
        return _STORES[url]
