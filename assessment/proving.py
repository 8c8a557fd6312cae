"""Proofs in the background: one process for each, of low priority, one at a time, with progress and cancel.

The process is this module run as a program: it reads the questionnaire, the sheet and the present plan from its standard
input, writes a line for each progress and, at last, the plan. It ends itself when whoever started it is gone.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Literal

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.roadmap import Roadmap
from assessment.values import Model

SECONDS = 60.0

EVERY = 0.5
"""Seconds between two lines about the progress."""

NICE = 10
"""Priority taken off, so that the reruns of others are not slowed."""

_turn = threading.BoundedSemaphore(1)
"""One proof at a time: the machine is there for those who answer questions."""

State = Literal["waiting", "working", "proven", "cancelled", "failed"]


class Progress(Model):
    """How far a proof is."""

    state: State
    seconds: float = 0.0
    beyond: float | None = None
    """So far: no plan can gain more than this share beyond the best one known; none while nothing is known."""
    reason: str = ""
    """Why it failed, in English, for the log."""


def available() -> bool:
    """Say whether the solver is installed; it comes with the optional dependency group `proof`."""
    from importlib.util import find_spec

    return find_spec("highspy") is not None and find_spec("numpy") is not None


class Proving:
    """A proof under way; all methods may be called from any thread and return at once."""

    def __init__(
        self, questionnaire: Questionnaire, sheet: AnswerSheet, present: Roadmap, *, seconds: float = SECONDS
    ) -> None:
        self.seconds = seconds
        self._task = json.dumps(
            {
                "questionnaire": questionnaire.model_dump_json(by_alias=True),
                "sheet": sheet.model_dump_json(),
                "present": present.model_dump_json(),
                "seconds": seconds,
            }
        )
        self._progress = Progress(state="waiting")
        self._found: Roadmap | None = None
        self._process: subprocess.Popen[str] | None = None
        self._cancelled = threading.Event()
        threading.Thread(target=self._run, daemon=True, name="proof").start()

    def progress(self) -> Progress:
        """Return how far it is."""
        return self._progress

    def found(self) -> Roadmap | None:
        """Return the proven plan; none until it is there."""
        return self._found

    def cancel(self) -> None:
        """Stop: whatever is known by then is forgotten."""
        self._cancelled.set()
        process = self._process
        if process is not None:
            process.terminate()

    def _run(self) -> None:
        with _turn:
            if self._cancelled.is_set():
                self._progress = Progress(state="cancelled")
                return
            try:
                self._work()
            except (OSError, ValueError) as error:
                self._progress = Progress(state="failed", reason=str(error))

    def _work(self) -> None:
        self._progress = Progress(state="working")
        process = self._process = subprocess.Popen(
            [sys.executable, "-m", "assessment.proving"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        if self._cancelled.is_set():  # between the last look and the start
            process.terminate()
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        errors: list[str] = []
        reader = threading.Thread(target=_drain, args=(process.stderr, errors), daemon=True)
        reader.start()
        try:
            process.stdin.write(self._task)
            process.stdin.close()
        except BrokenPipeError:  # it ended at once; its own words come below
            pass
        for line in process.stdout:
            said: dict[str, Any] = json.loads(line)
            if "plan" in said:
                self._found = Roadmap.model_validate_json(said["plan"])
            else:
                self._progress = Progress(state="working", seconds=said["seconds"], beyond=said["beyond"])
        process.wait()
        reader.join(timeout=1)
        if self._cancelled.is_set():
            self._found, self._progress = None, Progress(state="cancelled")
        elif self._found is not None and self._found.proof is not None:
            proof = self._found.proof
            self._progress = Progress(state="proven", seconds=proof.seconds, beyond=proof.beyond)
        else:
            self._progress = Progress(state="failed", reason="".join(errors)[-2000:])


def _drain(stream: IO[str], into: list[str]) -> None:
    into.extend(stream)


def work(source: IO[str], write: Callable[[str], None]) -> None:
    """Prove what is read; write a line of JSON for each progress, and the plan as the last one."""
    from assessment.roadmap.exact import Standing
    from assessment.roadmap.proving import proven

    task = json.loads(source.read())
    parent = os.getppid()
    present = Roadmap.model_validate_json(task["present"])

    told = 0.0

    def watch(standing: Standing) -> bool:
        nonlocal told
        if standing.seconds - told < EVERY:
            return True
        told = standing.seconds
        gained = max(standing.worth, 1.0)
        beyond = max(0.0, (standing.bound - standing.worth) / gained)
        write(json.dumps({"seconds": standing.seconds, "beyond": beyond if beyond < 1 else None}))
        return os.getppid() == parent  # whoever started this is gone otherwise

    found = proven(
        Questionnaire.model_validate_json(task["questionnaire"]),
        AnswerSheet.model_validate_json(task["sheet"]),
        present=present,
        seconds=task["seconds"],
        watch=watch,
    )
    write(json.dumps({"plan": found.model_dump_json()}))


def _said(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(NICE)
    work(sys.stdin, _said)
