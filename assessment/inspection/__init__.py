"""A questionnaire read for what its authors probably did not mean: texts, terms, parts nobody uses, steps without measures, days that passed."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from assessment.inspection import (
    accepted,
    address,
    dates,
    language,
    released,
    sources,
    steps,
    terms,
    translations,
    unused,
    vague,
)
from assessment.inspection.glossary import Glossary, Rendering, Term
from assessment.inspection.released import Released, ReleaseFile, released_of
from assessment.inspection.result import (
    SEVERITIES,
    Finding,
    Inspection,
    Kind,
    PlayedKind,
    Readability,
    ReadKind,
    Severity,
    TextKind,
)
from assessment.inspection.texts import texts
from assessment.questionnaire import Questionnaire

__all__ = [
    "SEVERITIES",
    "Finding",
    "Glossary",
    "Inspection",
    "Kind",
    "PlayedKind",
    "ReadKind",
    "Readability",
    "ReleaseFile",
    "Released",
    "Rendering",
    "Severity",
    "Term",
    "TextKind",
    "inspect",
    "released_of",
]


def inspect(
    questionnaire: Questionnaire,
    *,
    today: date,
    glossary: Glossary | None = None,
    release: Released | None = None,
) -> Inspection:
    """Read a questionnaire; no sheet is played, and nothing that a person may have meant is an error.

    Args:
        questionnaire: checked by the loader.
        today: the day from which dates have passed.
        glossary: the terms that its texts should keep to; None: none are laid down.
        release: what was fixed when it was last released; None: it never was.
    """
    places = tuple(texts(questionnaire))

    def found() -> Iterator[Finding]:
        yield from translations.findings(places, questionnaire.languages, glossary)
        yield from language.findings(questionnaire, places, language.readabilities(questionnaire))
        if glossary is not None:
            yield from terms.findings(places, questionnaire.languages, glossary)
        yield from address.findings(places, questionnaire.languages)
        yield from vague.findings(places)
        yield from unused.findings(questionnaire)
        yield from steps.findings(questionnaire)
        yield from sources.findings(questionnaire)
        yield from dates.findings(questionnaire, today)
        if release is not None:
            yield from released.findings(questionnaire, release)

    played = get_args(PlayedKind)
    entries = [entry for entry in questionnaire.accepted if entry.finding not in played]
    left = accepted.left(found(), entries)
    return Inspection(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        findings=tuple(sorted(left.findings, key=lambda each: SEVERITIES.index(each.severity))),
        accepted=left.accepted,
    )
