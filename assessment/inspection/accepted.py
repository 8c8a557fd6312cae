"""Findings that the authors looked at and left: counted, and no longer told."""

from collections.abc import Iterable
from typing import NamedTuple

from assessment.inspection.result import Finding
from assessment.questionnaire import Accepted


class Left(NamedTuple):
    """What is still to be told."""

    findings: tuple[Finding, ...]
    accepted: int
    """Findings that are not."""


def left(findings: Iterable[Finding], entries: Iterable[Accepted]) -> Left:
    """Take out the findings that an entry accepts, and add the entries that accept nothing; errors stay whatever is said.

    Args:
        findings: what was found.
        entries: those whose kind could have been found.
    """
    known = tuple(findings)
    entries = tuple(entries)
    matched = {finding: tuple(entry for entry in entries if _accepts(entry, finding)) for finding in known}
    told = [finding for finding in known if not matched[finding]]
    used = {entry for several in matched.values() for entry in several}
    told += [_matches_nothing(entry) for entry in entries if entry not in used]
    return Left(tuple(told), sum(bool(matched[finding]) for finding in known))


def _accepts(entry: Accepted, finding: Finding) -> bool:
    """Say whether an entry means a finding: the place as it is told, or whole steps at the beginning of it."""
    if entry.finding != finding.kind or finding.severity == "error":
        return False
    told = " › ".join(finding.where)
    return told == entry.where or told.startswith(f"{entry.where} › ")


def _matches_nothing(entry: Accepted) -> Finding:
    return Finding(
        kind="accepted_without_finding",
        severity="warning",
        where=("accepted", entry.finding, entry.where),
        what=f"there is no warning or notice “{entry.finding}” at “{entry.where}” to accept.",
        why="Either it is mended, or the entry misses what it was written for, and hides the next one there unseen.",
        to_do="Remove the entry, or correct its `finding` and `where`; an error cannot be accepted.",
    )
