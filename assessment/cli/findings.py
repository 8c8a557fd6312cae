"""What is found in questionnaires, told for their authors: alike together, with why it matters and what to do."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from assessment.inspection import SEVERITIES, Finding, Severity


def told_findings(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the lines that tell findings, worst first; what they have in common is said once."""
    ordered = sorted(
        findings, key=lambda each: (SEVERITIES.index(each.severity), each.kind, each.why, each.to_do)
    )
    for (severity, kind, why, to_do), group in groupby(
        ordered, key=lambda each: (each.severity, each.kind, each.why, each.to_do)
    ):
        yield f"{severity.upper()}  {kind.replace('_', ' ')}"
        yield from map(_line, group)
        yield f"    Why it matters: {why}"
        yield f"    What to do: {to_do}\n"


def summary(
    findings: Iterable[Finding], accepted: int, *, severities: Iterable[Severity] = SEVERITIES
) -> str:
    """Return how many there are of each severity, and how many more are accepted."""
    known = tuple(findings)
    counts = ((severity, sum(each.severity == severity for each in known)) for severity in severities)
    told = ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts)
    left = f"{accepted} accepted by the authors" if accepted else ""
    return "; ".join(part for part in (told, left) if part)


def _line(finding: Finding) -> str:
    doubt = "" if finding.proven else " (as far as the sheets tell)"
    return f"  {' › '.join(finding.where)}: {finding.what}{doubt}"
