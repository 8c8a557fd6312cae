"""Sites become a roll-up: each by what it weighs, section by section."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assessment.questionnaire import Questionnaire
from assessment.report import Light, legal_status
from assessment.rollup.likeness import same_measure
from assessment.rollup.result import Apart, LegalRollup, Measure, Rollup, SectionRollup, Site, SiteScore
from assessment.rollup.weak import in_common
from assessment.scoring import Score, Scorecard, score
from assessment.values import TOLERANCE, Id

LIGHTS: tuple[Light, ...] = ("red", "amber", "not_assessed", "green")
"""Worst first: what nobody assessed is not cleared, and no worse than what is known to be amiss."""


class _Answered(NamedTuple):
    """A site with what its own version of the questionnaire makes of its answers."""

    site: Site
    by: Questionnaire
    card: Scorecard


def roll_up(questionnaire: Questionnaire, sites: Sequence[Site], *, by: Measure) -> Rollup:
    """Put sites together.

    Args:
        questionnaire: the one by which the group is told; a site may have answered by another version of it.
        sites: one at least, with different ids.
        by: what they weigh by; where no site says, all weigh the same, and the result says so.
    """
    weights = {site.id: _weight(site, by) for site in sites}
    is_said = by != "equal" and any(weights.values())
    used: Measure = by if is_said else "equal"
    heavy = {name: float(weight or 0) if is_said else 1.0 for name, weight in weights.items()}
    total = sum(heavy.values())
    answered = [
        _Answered(site, own, score(own, site.sheet))
        for site in sites
        for own in [site.questionnaire or questionnaire]
    ]
    everywhere, mostly, only_there = in_common(questionnaire, sites)
    short = tuple(site.id for site in sites if site.sheet.short)
    return Rollup(
        by=used,
        shares={name: weight / total for name, weight in heavy.items()},
        unweighted=tuple(site.id for site in sites if is_said and not weights[site.id]),
        short=short if len(short) < len(sites) else (),
        sections=tuple(
            _section(section.id, answered, heavy, questionnaire) for section in questionnaire.whole.walk()
        ),
        legal=_legal(questionnaire, answered, heavy),
        everywhere=everywhere,
        mostly=mostly,
        only_there=only_there,
    )


def mean(values: Mapping[str, float], heavy: Mapping[str, float]) -> float | None:
    """Return the weighted mean; None where nothing weighs anything."""
    total = sum(heavy[name] for name in values)
    if total <= 0:
        return None
    return sum(heavy[name] * value for name, value in values.items()) / total


def _weight(site: Site, by: Measure) -> int | None:
    return {"contacts": site.contacts, "heads": site.heads, "equal": None}[by]


def _section(
    section: Id, answered: Sequence[_Answered], heavy: Mapping[str, float], questionnaire: Questionnaire
) -> SectionRollup:
    scores: dict[str, Score] = {}
    apart = []
    for one in answered:
        found = one.card.overall.find(section)
        if found is None or section not in one.by.sections_by_id:
            apart.append(Apart(site=one.site.id, why="missing"))
        elif not same_measure(section, one.by, questionnaire):
            apart.append(Apart(site=one.site.id, why="otherwise"))
        elif found.status != "not_applicable":
            scores[one.site.id] = found
    return _put_together(section, scores, heavy, questionnaire).model_copy(update={"apart": tuple(apart)})


def _put_together(
    section: Id, scores: Mapping[str, Score], heavy: Mapping[str, float], questionnaire: Questionnaire
) -> SectionRollup:
    bottom, top = _ends(section, scores, questionnaire)
    total = sum(heavy[name] for name in scores)
    shares = {name: heavy[name] / total if total else 0.0 for name in scores}
    known = {name: found.value for name, found in scores.items() if found.certain and found.value is not None}
    value = mean(known, heavy)
    sites = tuple(
        SiteScore(
            site=name,
            share=shares[name],
            value=known.get(name),
            low=bottom if found.low is None else found.low,
            high=top if found.high is None else found.high,
            level=found.level if name in known else None,
            coverage=found.coverage or 0.0,
            certain=found.certain,
            to_the_top=None if value is None or name not in known else _part(name, known, heavy, top),
            drive=_drive(name, known, heavy),
        )
        for name, found in scores.items()
    )
    carried = sum(shares[name] for name in known)
    return SectionRollup(
        of=section,
        bottom=bottom,
        top=top,
        value=value,
        low=sum(site.share * site.low for site in sites) if total else bottom,
        high=sum(site.share * site.high for site in sites) if total else top,
        known=carried,
        coverage=sum(site.share * site.coverage for site in sites),
        certain=value is not None and carried >= questionnaire.minimum_coverage - TOLERANCE,
        at_least={
            level.level: sum(
                site.share for site in sites if site.level is not None and site.level >= level.level
            )
            for level in questionnaire.scale.levels
        },
        sites=sites,
    )


def _ends(section: Id, scores: Mapping[str, Score], questionnaire: Questionnaire) -> tuple[float, float]:
    """Return where the index runs: as at any site, for they are asked and weighed alike."""
    first = next(iter(scores.values()), None)
    if first is not None:
        return first.bottom, first.top
    points = questionnaire.sections_by_id[section].points
    scale = questionnaire.scale
    return (points.low, points.high) if points else (scale.bottom, scale.top)


def _part(name: str, known: Mapping[str, float], heavy: Mapping[str, float], top: float) -> float:
    total = sum(heavy[other] for other in known)
    return heavy[name] * (top - known[name]) / total


def _drive(name: str, known: Mapping[str, float], heavy: Mapping[str, float]) -> float | None:
    if name not in known:
        return None
    whole = mean(known, heavy)
    without = mean({other: value for other, value in known.items() if other != name}, heavy)
    return None if whole is None or without is None else whole - without


def _legal(
    questionnaire: Questionnaire, answered: Sequence[_Answered], heavy: Mapping[str, float]
) -> tuple[LegalRollup, ...]:
    lights: dict[Id, dict[str, Light]] = {}
    for one in answered:
        for topic in legal_status(one.by, one.site.sheet, one.card):
            if topic.section in questionnaire.sections_by_id:
                lights.setdefault(topic.section, {})[one.site.id] = topic.light
    found = []
    for section, here in lights.items():
        total = sum(heavy[name] for name in here)
        open_ = sum(heavy[name] for name, light in here.items() if light != "green")
        found.append(
            LegalRollup(
                section=section,
                worst=min(here.values(), key=LIGHTS.index),
                not_cleared=open_ / total if total else 0.0,
                sites=tuple(here.items()),
            )
        )
    return tuple(found)
