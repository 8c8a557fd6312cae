"""Proofs of plans, one for each content: whoever looks at the same answers under the same terms sees the same proof.

A proof belongs to no session: it goes on when whoever began it turns the page or leaves.
"""

import hashlib
import logging
import os
import threading
from contextlib import suppress

import streamlit as st

from assessment.proving import SECONDS, Progress, Proving
from assessment.report import Report
from assessment.roadmap import Roadmap
from assessment.ui.logs import without_words

LOG = logging.getLogger("assessment")

MOST_KEPT = 64
"""So many proofs are remembered; the oldest that is over goes first."""

OVER = ("proven", "cancelled", "failed")
AGAIN = ("cancelled", "failed")
"""After these, a proof of the same content may begin anew."""


class Proofs:
    """The proofs of this process, under way and over, by the content they are about."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._proofs: dict[str, Proving] = {}

    def of(self, key: str) -> Proving | None:
        """Return the proof of a content, if one was begun."""
        with self._lock:
            return self._proofs.get(key)

    def begin(self, key: str, report: Report) -> None:
        """Begin a proof, unless one of the same content is under way or done."""
        with self._lock:
            present = self._proofs.get(key)
            if present is not None and present.progress().state not in AGAIN:
                return
            self._proofs.pop(key, None)
            self._make_room()
            self._proofs[key] = Proving(
                report.questionnaire, report.sheet, report.roadmap, seconds=seconds_at_most()
            )

    def cancel(self, key: str) -> None:
        """Stop a proof and forget it at once, also while it waits for its turn."""
        with self._lock:
            proof = self._proofs.pop(key, None)
        if proof is not None:
            proof.cancel()

    def _make_room(self) -> None:
        over = [key for key, proof in self._proofs.items() if proof.progress().state in OVER]
        for key in over[: max(0, len(self._proofs) - MOST_KEPT + 1)]:
            del self._proofs[key]


@st.cache_resource(show_spinner=False)
def _proofs() -> Proofs:
    return Proofs()


def seconds_at_most() -> float:
    """Return how long a proof may take: ASSESSMENT_PROOF_SECONDS, or what is usual."""
    with suppress(ValueError):
        wanted = float(os.environ.get("ASSESSMENT_PROOF_SECONDS", SECONDS))
        if 0 < wanted < float("inf"):
            return wanted
    return SECONDS


def _key(report: Report) -> str:
    """Return a short name for what a plan is made of: questionnaire, answers, terms."""
    plan = report.roadmap
    parts = (
        report.questionnaire.id,
        report.questionnaire.version,
        report.sheet.model_dump_json(),
        plan.capacity.model_dump_json(),
        plan.wishes.model_dump_json(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def begin(report: Report) -> None:
    """Begin to prove a report's plan in the background."""
    _proofs().begin(_key(report), report)


def progress(report: Report) -> Progress | None:
    """Return how far the proof of a report's plan is; None if none was begun."""
    proof = _proofs().of(_key(report))
    return proof.progress() if proof is not None else None


def note_failure(progress: Progress) -> None:
    """Write down why a proof failed, for whoever runs the app."""
    LOG.error("a proof failed: %s", without_words(progress.reason))


def found(report: Report) -> Roadmap | None:
    """Return the proven plan of the report's answers and terms; None if there is none."""
    proof = _proofs().of(_key(report))
    return proof.found() if proof is not None and proof.progress().state == "proven" else None


def cancel(report: Report) -> None:
    """Stop the proof of a report's plan."""
    _proofs().cancel(_key(report))
