"""How readers are addressed: formally or not, and the same way throughout, in each language that tells the two apart."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from assessment.inspection.result import Finding
from assessment.inspection.texts import LISTS, OFFICIAL, Place
from assessment.inspection.translations import QUOTED
from assessment.values import Language

Manner = Literal["formal", "familiar"]


class _Signs(NamedTuple):
    """What gives away how a text addresses its readers, and phrases that look like it and do not."""

    formal: re.Pattern[str]
    familiar: re.Pattern[str]
    phrases: re.Pattern[str]


_SIGNS: dict[Language, _Signs] = {
    "de": _Signs(
        # at the beginning of a sentence the capital letter says nothing
        formal=re.compile(r"(?<=[\w,:)] )(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b"),
        familiar=re.compile(
            r"\b(?:[Dd]u|[Dd]ir|[Dd]ich|[Dd]ein(?:e[mnrs]?)?|[Ee]uch|[Ee]ure[mnrs]?|[Ee]uer)\b|"
            r"\b[Ii]hr (?:habt|seid|könnt|müsst|sollt|wollt|werdet|dürft|macht|braucht)\b"
        ),
        phrases=re.compile(r"\bauf du und du\b", re.I),
    ),
    "nl": _Signs(
        formal=re.compile(r"(?<!\d )\b(?:[Uu]|[Uu]w|[Uu]zelf)\b(?!\.)"),  # 24 u: hours
        familiar=re.compile(r"\b(?:[Jj]e|[Jj]ij|[Jj]ouw?|[Jj]ullie|[Jj]ezelf)\b"),
        phrases=re.compile(
            r"\bje van het\b|\bje reinste\b|\bdank je wel\b|\bje weet (?:maar )?nooit\b|\bwat je noemt\b",
            re.I,
        ),
    ),
}

_CALLED: dict[Language, dict[Manner, str]] = {
    "de": {"formal": "Sie", "familiar": "du"},
    "nl": {"formal": "u", "familiar": "je"},
}


def findings(places: Sequence[Place], languages: Sequence[Language]) -> Iterator[Finding]:
    """Yield the texts that address readers otherwise than most texts of their language do."""
    for language in languages:
        signs = _SIGNS.get(language)
        if signs is None:
            continue
        found = [(place, _manners(place, language, signs)) for place in places if language in place.text.root]
        formal = sum("formal" in manners for _, manners in found)
        familiar = sum("familiar" in manners for _, manners in found)
        usual, other = _usual(formal=formal, familiar=familiar)
        for place, manners in found:
            if other in manners and usual != other and min(formal, familiar):
                yield _mixed(place, language, manners[other], usual)


def _usual(*, formal: int, familiar: int) -> tuple[Manner, Manner]:
    return ("formal", "familiar") if formal >= familiar else ("familiar", "formal")


def _manners(place: Place, language: Language, signs: _Signs) -> dict[Manner, str]:
    """Return the manners that a text shows, each with the word that shows it; quotes and lists are left out."""
    if place.field in OFFICIAL | LISTS:
        return {}
    said = signs.phrases.sub(" ", QUOTED.sub(" ", place.text.root[language]))
    formal, familiar = signs.formal.search(said), signs.familiar.search(said)
    found: dict[Manner, str] = {}
    if formal:
        found["formal"] = formal.group()
    if familiar:
        found["familiar"] = familiar.group()
    return found


def _mixed(place: Place, language: Language, word: str, usual: Manner) -> Finding:
    called = _CALLED[language][usual]
    return Finding(
        kind="address_mixed",
        severity="warning",
        where=(*place.where, language),
        what=f"“{word}” addresses the reader otherwise than most texts in “{language}” do, which say “{called}”.",
        why="Being addressed now one way, now the other sounds careless, and to some impolite.",
        to_do=f"Say “{called}” here, or change all the others.",
    )
