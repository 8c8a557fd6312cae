"""One thread that writes. What arrives while it commits goes into its next commit together: many writers, one flush."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from assessment.store.database import Database
from assessment.store.problems import Unavailable, closed

T = TypeVar("T")

LARGEST_BATCH = 256


class Job(NamedTuple):
    """One change that somebody waits for."""

    assessment: str
    change: Callable[[Connection], Any]
    done: "Future[Any]"


class Writer:
    """Makes changes one after the other and reports each only after it is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._entry = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, assessment: str, change: Callable[[Connection], T]) -> T:
        """Return what `change` returns, once that is committed. It may be run twice, so it only touches the database.

        Raises:
            StoreError: nothing of this change was saved.
        """
        done: Future[T] = Future()
        with self._entry:
            if self._closed:
                raise closed(self._database.where)
            self._jobs.put(Job(assessment, change, done))
        return done.result()

    def close(self) -> None:
        """Finish what was handed in and end the thread; later changes are refused."""
        with self._entry:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            batch, last = self._next_batch()
            if batch:
                self._commit(batch)
            if last:
                return

    def _next_batch(self) -> tuple[list[Job], bool]:
        batch: list[Job] = []
        while len(batch) < LARGEST_BATCH:
            try:
                job = self._jobs.get_nowait() if batch else self._jobs.get()
            except Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
        # Every process takes row locks in the same order, so that two of them never wait for each other.
        return sorted(batch, key=lambda job: job.assessment), False

    def _commit(self, batch: list[Job]) -> None:
        try:
            with self._database.writing() as connection:
                results = [job.change(connection) for job in batch]
        except Unavailable as error:
            # Each of them would wait as long as the whole batch did.
            for job in batch:
                job.done.set_exception(Unavailable(error.problems))
        except BaseException as error:
            if len(batch) == 1:
                batch[0].done.set_exception(error)
                return
            # The change that cannot be made must not take the others with it.
            for job in batch:
                self._commit([job])
        else:
            for job, result in zip(batch, results, strict=True):
                job.done.set_result(result)
