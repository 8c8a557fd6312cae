"""Whether two versions of a questionnaire ask and weigh the same in a section: words may differ, nothing that counts may."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from assessment.questionnaire import Questionnaire
from assessment.values import Text

_ASIDE = frozenset({"references", "standards", "at_once", "reason", "why", "help", "evidence"})
"""What is read beside a question or a condition and never counted."""


def same_measure(section: str, one: Questionnaire, other: Questionnaire) -> bool:
    """Say whether a section of both is asked, weighed and levelled alike, so that its indexes can be put together."""
    return one is other or _rules(section, one) == _rules(section, other)


def measured(part: Any) -> Any:
    """Return what counts of a part of a questionnaire, to be compared with another's: all but the words and their order of saying.

    A unit is a word that counts: 5 of a hundred is not 5 of a thousand.
    """
    match part:
        case Text():
            return None
        case BaseModel():
            named = {
                name: str(value.root) if name == "unit" and isinstance(value, Text) else measured(value)
                for name in type(part).model_fields
                if name not in _ASIDE and (value := getattr(part, name)) is not None
            }
            return type(part).__name__, tuple(sorted(named.items()))
        case Mapping():
            return tuple(sorted((str(key), measured(value)) for key, value in part.items()))
        case tuple():
            return tuple(map(measured, part))
        case _:
            return part


def _rules(section: str, questionnaire: Questionnaire) -> Any:
    found = questionnaire.sections_by_id[section]
    below = {part.id for part in found.walk()}
    caps = [cap for cap in questionnaire.caps if any(limit.section in below for limit in cap.limits)]
    return (
        measured(found.model_copy(update={"weight": 1.0, "levels": found.levels or questionnaire.levels})),
        tuple(sorted(map(str, map(measured, caps)))),
        measured(questionnaire.scale),
        questionnaire.unanswered,
        questionnaire.staged_threshold,
        questionnaire.minimum_coverage,
    )
