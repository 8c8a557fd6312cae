"""What sites have in common: questions that are weak everywhere, at most sites, or at one alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assessment.answers import asked
from assessment.questionnaire import Questionnaire
from assessment.rollup.likeness import measured
from assessment.rollup.result import Site, Weak
from assessment.values import TOLERANCE, Id

LOW, FAIR = 0.25, 0.5
"""Worths up to which an answer is weak, from which it is not: the second level of five, and the third."""


class InCommon(NamedTuple):
    """Weak questions, by where; each site that answered counts once, whatever it weighs."""

    everywhere: tuple[Weak, ...]
    mostly: tuple[Weak, ...]
    only_there: tuple[Weak, ...]


def in_common(questionnaire: Questionnaire, sites: Sequence[Site]) -> InCommon:
    """Find what is weak at all sites, at most of them, at one and well at the others; the weakest first."""
    everywhere, mostly, only_there = [], [], []
    for question, here in _worths(questionnaire, sites).items():
        low = tuple(site for site, worth in here.items() if worth <= LOW + TOLERANCE)
        others = [worth for site, worth in here.items() if site not in low]
        weak = Weak(question=question, sites=low)
        if len(low) > 1 and not others:
            everywhere.append((sum(here.values()) / len(here), -len(low), weak))
        elif len(low) > 1 and 2 * len(low) > len(here):
            mostly.append((-len(low) / len(here), sum(here.values()) / len(here), weak))
        elif len(low) == 1 and others and min(others) >= FAIR - TOLERANCE:
            only_there.append((here[low[0]] - min(others), 0, weak))
    return InCommon(*(tuple(_by_size(found)) for found in (everywhere, mostly, only_there)))


def _by_size(found: Sequence[tuple[float, float, Weak]]) -> Iterator[Weak]:
    return (weak for *_, weak in sorted(found, key=lambda one: one[:2]))


def _worths(questionnaire: Questionnaire, sites: Sequence[Site]) -> Mapping[Id, Mapping[str, float]]:
    """Return by question what its answer is worth at each site that gave one to the same question."""
    found: dict[Id, dict[str, float]] = {}
    alike = {name: measured(question) for name, question in questionnaire.questions_by_id.items()}
    for site in sites:
        for question in asked(site.questionnaire or questionnaire, site.sheet):
            answer = site.sheet.by_question.get(question.id)
            if answer is None or answer.value is None or question.weight <= 0:
                continue
            if site.questionnaire is None or measured(question) == alike.get(question.id):
                found.setdefault(question.id, {})[site.id] = question.worth(answer.value)
    return found
