"""Several sites put together, each by what it weighs: never a mean of means, never a mean of levels.

An index of the group is the index of the average contact (or head): each site counts by its contacts (or heads). What a site does not
know makes the group's range wider; no site is silently left out. Levels are whole numbers with conditions behind them, so they are not
averaged: it is told how much of the work is done at which level, and where the worst site stands.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from assessment.answers import AnswerSheet, asked
from assessment.questionnaire import Questionnaire
from assessment.report import Light, legal_status
from assessment.scoring import Score, Scorecard, score
from assessment.values import TOLERANCE, Id, Model

Measure = Literal["contacts", "heads", "equal"]
"""What a site weighs by; equal only where nobody said anything else."""

LOW, FAIR = 0.25, 0.5
"""Worths up to which an answer is weak, from which it is not: the second level of five, and the third."""


class Site(NamedTuple):
    """A site and its answers."""

    id: str
    name: str
    sheet: AnswerSheet
    contacts: int | None = None
    """A year."""
    heads: int | None = None


class SiteScore(Model):
    """One site's part of a section."""

    site: str
    share: float
    """Of the weight of all sites that this section applies to, 0 to 1."""
    value: float | None
    low: float
    high: float
    level: int | None
    certain: bool
    to_the_top: float | None
    """Points of the group's index that are missing to the top because of this site; they add up to all that is missing."""
    drive: float | None
    """The group's index minus what it would be without this site; None without an index there or elsewhere."""


class SectionRollup(Model):
    """One section of all sites."""

    of: Id
    bottom: float
    top: float
    value: float | None
    """The index over the sites that have one; None if none has."""
    low: float
    high: float
    """If everything unknown turned out worst, best; a site without answers runs from bottom to top."""
    known: float
    """Share of the weight whose index is known."""
    at_least: dict[int, float]
    """By level, the share of the weight that is known to stand at it or higher."""
    sites: tuple[SiteScore, ...]
    """In the order in which the sites were given; without those to which the section does not apply."""

    @property
    def worst(self) -> SiteScore | None:
        """The site with the lowest level, of equals the lowest index; None if no index is known."""
        there = [site for site in self.sites if site.value is not None]
        return min(there, key=lambda one: (one.level or 0, one.value or 0.0), default=None)

    @property
    def driver(self) -> SiteScore | None:
        """The site that moves the group's index most, up or down; None with fewer than two."""
        there = [site for site in self.sites if site.drive is not None]
        return max(there, key=lambda one: abs(one.drive or 0.0), default=None)

    @property
    def spread(self) -> float | None:
        """Points between the highest and the lowest index of a site; None with fewer than two."""
        values = [site.value for site in self.sites if site.value is not None]
        return max(values) - min(values) if len(values) > 1 else None


class LegalRollup(Model):
    """One legal topic at all sites."""

    section: Id
    worst: Light
    """The light of the site that stands worst: a floor is as low as its lowest place."""
    not_cleared: float
    """Share of the weight at sites that are not green."""
    sites: tuple[tuple[str, Light], ...]


class Weak(Model):
    """A question that is answered weakly."""

    question: Id
    sites: tuple[str, ...]
    """Where."""


class Rollup(Model):
    """All sites together."""

    by: Measure
    shares: dict[str, float]
    """Each site's share of the whole weight."""
    unweighted: tuple[str, ...]
    """Sites without a weight among others that have one: they count for nothing."""
    sections: tuple[SectionRollup, ...]
    """The whole first."""
    legal: tuple[LegalRollup, ...]
    everywhere: tuple[Weak, ...]
    """Weak at every site that answered, at least two: worth doing once for all."""
    only_there: tuple[Weak, ...]
    """Weak at one site and not at any other: worth doing there, with the help of the others."""

    def of(self, section: str) -> SectionRollup:
        """Return a section.

        Raises:
            KeyError: there is no such section.
        """
        for found in self.sections:
            if found.of == section:
                return found
        raise KeyError(section)


LIGHTS: tuple[Light, ...] = ("red", "amber", "not_assessed", "green")
"""Worst first: what nobody assessed is not cleared, and no worse than what is known to be amiss."""


def roll_up(questionnaire: Questionnaire, sites: Sequence[Site], *, by: Measure) -> Rollup:
    """Put sites together.

    Args:
        questionnaire: the one by which all of them answered.
        sites: one at least, with different ids.
        by: what they weigh by; where no site says, all weigh the same, and the result says so.
    """
    weights = {site.id: _weight(site, by) for site in sites}
    is_said = by != "equal" and any(weights.values())
    used: Measure = by if is_said else "equal"
    heavy = {name: float(weight or 0) if is_said else 1.0 for name, weight in weights.items()}
    total = sum(heavy.values())
    cards = {site.id: score(questionnaire, site.sheet) for site in sites}
    return Rollup(
        by=used,
        shares={name: weight / total for name, weight in heavy.items()},
        unweighted=tuple(site.id for site in sites if is_said and not weights[site.id]),
        sections=tuple(
            _section({name: card.of(section.id) for name, card in cards.items()}, heavy, questionnaire)
            for section in questionnaire.whole.walk()
        ),
        legal=_legal(questionnaire, sites, cards, heavy),
        everywhere=_everywhere(questionnaire, sites),
        only_there=_only_there(questionnaire, sites),
    )


def _weight(site: Site, by: Measure) -> int | None:
    return {"contacts": site.contacts, "heads": site.heads, "equal": None}[by]


def _section(
    scores: Mapping[str, Score], heavy: Mapping[str, float], questionnaire: Questionnaire
) -> SectionRollup:
    first = next(iter(scores.values()))
    here = {name: found for name, found in scores.items() if found.status != "not_applicable"}
    total = sum(heavy[name] for name in here)
    shares = {name: heavy[name] / total if total else 0.0 for name in here}
    known = {name: found.value for name, found in here.items() if found.value is not None}
    value = _mean(known, heavy)
    sites = tuple(
        SiteScore(
            site=name,
            share=shares[name],
            value=found.value,
            low=found.bottom if found.low is None else found.low,
            high=found.top if found.high is None else found.high,
            level=found.level,
            certain=found.certain,
            to_the_top=None if value is None or found.value is None else _part(name, known, heavy, first.top),
            drive=_drive(name, known, heavy),
        )
        for name, found in here.items()
    )
    carried = sum(shares[name] for name in known)
    return SectionRollup(
        of=first.of,
        bottom=first.bottom,
        top=first.top,
        value=value,
        low=sum(site.share * site.low for site in sites) if total else first.bottom,
        high=sum(site.share * site.high for site in sites) if total else first.top,
        known=carried,
        at_least={
            level.level: sum(
                site.share for site in sites if site.level is not None and site.level >= level.level
            )
            for level in questionnaire.scale.levels
        },
        sites=sites,
    )


def _mean(values: Mapping[str, float], heavy: Mapping[str, float]) -> float | None:
    """Return the weighted mean; None where nothing weighs anything."""
    total = sum(heavy[name] for name in values)
    if total <= 0:
        return None
    return sum(heavy[name] * value for name, value in values.items()) / total


def _part(name: str, known: Mapping[str, float], heavy: Mapping[str, float], top: float) -> float:
    total = sum(heavy[other] for other in known)
    return heavy[name] * (top - known[name]) / total


def _drive(name: str, known: Mapping[str, float], heavy: Mapping[str, float]) -> float | None:
    if name not in known:
        return None
    whole = _mean(known, heavy)
    without = _mean({other: value for other, value in known.items() if other != name}, heavy)
    return None if whole is None or without is None else whole - without


def _legal(
    questionnaire: Questionnaire,
    sites: Sequence[Site],
    cards: Mapping[str, Scorecard],
    heavy: Mapping[str, float],
) -> tuple[LegalRollup, ...]:
    lights: dict[Id, dict[str, Light]] = {}
    for site in sites:
        for topic in legal_status(questionnaire, site.sheet, cards[site.id]):
            lights.setdefault(topic.section, {})[site.id] = topic.light
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


def _worths(questionnaire: Questionnaire, sites: Sequence[Site]) -> Mapping[Id, Mapping[str, float]]:
    """Return by question what its answer is worth at each site that gave one."""
    found: dict[Id, dict[str, float]] = {}
    for site in sites:
        for question in asked(questionnaire, site.sheet):
            answer = site.sheet.by_question.get(question.id)
            if answer is not None and answer.value is not None and question.weight > 0:
                found.setdefault(question.id, {})[site.id] = question.worth(answer.value)
    return found


def _everywhere(questionnaire: Questionnaire, sites: Sequence[Site]) -> tuple[Weak, ...]:
    worths = _worths(questionnaire, sites)
    weak = {
        name: here for name, here in worths.items() if len(here) > 1 and max(here.values()) <= LOW + TOLERANCE
    }
    ordered = sorted(weak, key=lambda name: (sum(weak[name].values()) / len(weak[name]), -len(weak[name])))
    return tuple(Weak(question=name, sites=tuple(weak[name])) for name in ordered)


def _only_there(questionnaire: Questionnaire, sites: Sequence[Site]) -> tuple[Weak, ...]:
    found: list[tuple[float, Weak]] = []
    for name, here in _worths(questionnaire, sites).items():
        weak = [site for site, worth in here.items() if worth <= LOW + TOLERANCE]
        others = [worth for site, worth in here.items() if site not in weak]
        if len(weak) == 1 and others and min(others) >= FAIR - TOLERANCE:
            found.append((here[weak[0]] - min(others), Weak(question=name, sites=(weak[0],))))
    return tuple(weak for _, weak in sorted(found, key=lambda one: one[0]))


# ── over time ────────────────────────────────────────────────────────────────────────────────────────────────────────


class GroupChange(Model):
    """What became of a group's index, in parts that add up to the change."""

    old: float
    new: float
    sites: float
    """Sites that came, went, or had no index at one of the two times."""
    weights: float
    """Sites that weigh more or less than they did."""
    within: float
    """What changed at the sites themselves, as they weigh now."""

    @property
    def change(self) -> float:
        """The whole change."""
        return self.new - self.old


def change_of(old: SectionRollup, new: SectionRollup) -> GroupChange | None:
    """Return what became of a section's index; None without an index both times, or without a site that has one both times."""
    if old.value is None or new.value is None:
        return None
    then = {site.site: (site.value, site.share) for site in old.sites if site.value is not None}
    now = {site.site: (site.value, site.share) for site in new.sites if site.value is not None}
    both = [name for name in now if name in then]
    old_values = {name: then[name][0] for name in both}
    new_values = {name: now[name][0] for name in both}
    old_weights = {name: then[name][1] for name in both}
    new_weights = {name: now[name][1] for name in both}
    stayed = _mean(old_values, old_weights)
    reweighted, moved = _mean(old_values, new_weights), _mean(new_values, new_weights)
    if stayed is None or reweighted is None or moved is None:
        return None
    return GroupChange(
        old=old.value,
        new=new.value,
        sites=(stayed - old.value) + (new.value - moved),
        weights=reweighted - stayed,
        within=moved - reweighted,
    )
