"""One writer at a time. What arrives while it commits goes into the next commit together: many writers, one flush.

Whoever has something to write does it in their own thread, and takes along what others have handed in meanwhile: handing it
to a thread of its own cost more than the writing.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from assessment.errors import StoreError
from assessment.store.book import Book
from assessment.store.database import Database
from assessment.store.problems import Unavailable, closed

T = TypeVar("T")

LARGEST_BATCH = 256
SOON = 0.5
"""Seconds."""


class Job(NamedTuple):
    """One change that somebody waits for."""

    assessment: str
    change: Callable[[Connection], Any]
    done: "Future[Any]"


class Writer:
    """Makes changes one after the other and reports each only after it is committed; for any number of threads."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book
        self._jobs: deque[Job] = deque()
        self._entry = threading.Lock()
        self._turn = threading.Lock()
        self._closed = False
        self._is_due = threading.Event()

    def write(self, assessment: str, change: Callable[[Connection], T]) -> T:
        """Return what `change` returns, once that is committed. It may be run twice, so it only touches the database.

        Raises:
            StoreError: nothing of this change was saved.
        """
        done: Future[T] = Future()
        with self._entry:
            if self._closed:
                raise closed(self._database.where)
            self._jobs.append(Job(assessment, change, done))
        while not done.done():
            with self._turn:
                if not done.done():  # else somebody has taken it along
                    self._commit(self._next_batch())
        return done.result()

    def write_notes_soon(self) -> None:
        """Write what was noted while somebody read, in a moment, for all that is read until then: nobody waits for it."""
        if self._book.is_waiting() and not self._is_due.is_set():
            self._is_due.set()
            timer = threading.Timer(SOON, self._write_due)
            timer.daemon = True
            timer.start()

    def _write_due(self) -> None:
        self._is_due.clear()
        self.write_notes()

    def write_notes(self) -> None:
        """Write what was noted while somebody read; if that cannot be done now, it waits for the next change."""
        if self._book.is_waiting():
            with suppress(StoreError):
                self.write("", lambda _connection: None)

    def waiting(self) -> int:
        """Return how many changes wait for the next commit."""
        return len(self._jobs)

    def close(self) -> None:
        """Wait until what was handed in is finished; later changes are refused."""
        if not self._closed:
            self.write_notes()
        with self._entry:
            self._closed = True
        while self._jobs:
            with self._turn:
                if self._jobs:
                    self._commit(self._next_batch())
        with self._turn:  # what was taken is finished
            pass

    def _next_batch(self) -> list[Job]:
        with self._entry:
            batch = [self._jobs.popleft() for _ in range(min(len(self._jobs), LARGEST_BATCH))]
        # Every process takes row locks in the same order, so that two of them never wait for each other.
        return sorted(batch, key=lambda job: job.assessment)

    def _written(self, batch: list[Job]) -> list[Any]:
        """Return what the changes return, once they are committed with what the trail tells of them."""

        def change(connection: Connection) -> list[Any]:
            self._book.begin()
            results = [job.change(connection) for job in batch]
            self._book.put(connection)
            return results

        is_written = False
        try:
            results = self._database.write(change)
            is_written = True
        finally:
            self._book.end(is_written=is_written)
        return results

    def _commit(self, batch: list[Job]) -> None:
        try:
            results = self._written(batch)
        except Unavailable as error:
            # Each of them would wait as long as the whole batch did.
            for job in batch:
                job.done.set_exception(Unavailable(error.problems))
        except Exception as error:
            if len(batch) == 1:
                batch[0].done.set_exception(error)
                return
            # The change that cannot be made must not take the others with it.
            try:
                for job in batch:
                    self._commit([job])
            except BaseException as ending:
                _let_go(batch, ending)
                raise
        except BaseException as ending:
            _let_go(batch, ending)
            raise
        else:
            for job, result in zip(batch, results, strict=True):
                job.done.set_result(result)


def _let_go(batch: list[Job], ending: BaseException) -> None:
    """Tell that the thread was ended which took these along: nobody waits for ever."""
    for job in batch:
        if not job.done.done():
            job.done.set_exception(ending)
