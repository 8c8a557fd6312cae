"""What comes of several sites put together, as data: the group's index with its range, levels by weight, who drives it."""

from typing import Literal, NamedTuple

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.report import Light
from assessment.values import Id, Model

Measure = Literal["contacts", "heads", "equal"]
"""What a site weighs by; equal only where nobody said anything else."""


class Site(NamedTuple):
    """A site and its answers."""

    id: str
    name: str
    sheet: AnswerSheet
    contacts: int | None = None
    """A year."""
    heads: int | None = None
    questionnaire: Questionnaire | None = None
    """Another version than the group's, by which the site answered; None: the group's."""


class SiteScore(Model):
    """One site's part of a section."""

    site: str
    share: float
    """Of the weight of all sites that this section applies to, 0 to 1."""
    value: float | None
    """Its index; None while too little is answered for one."""
    low: float
    high: float
    level: int | None
    """None while too little is answered for one."""
    coverage: float
    """Share of its own weight that is answered, 0 to 1."""
    certain: bool
    to_the_top: float | None
    """Points of the group's index that are missing to the top because of this site; they add up to all that is missing."""
    drive: float | None
    """The group's index minus what it would be without this site; None without an index there or elsewhere."""


class Apart(Model):
    """A site whose section cannot be put together with the others'."""

    site: str
    why: Literal["missing", "otherwise"]
    """Its version of the questionnaire has no such section; or asks or weighs otherwise there."""


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
    """Share of the weight at sites that have an index."""
    coverage: float
    """Share of the weight that is answered: each site's coverage by what it weighs."""
    certain: bool
    """Whether sites enough have an index for the group to have one: as much as the questionnaire asks of a single site."""
    at_least: dict[int, float]
    """By level, the share of the weight that is known to stand at it or higher."""
    sites: tuple[SiteScore, ...]
    """In the order in which the sites were given; without those to which the section does not apply."""
    apart: tuple[Apart, ...] = ()
    """Sites that answered something else here; they are in none of the figures of this section."""

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
    short: tuple[str, ...]
    """Sites that answered the short edition among others that answered the whole one."""
    everywhere: tuple[Weak, ...]
    """Weak at every site that answered, at least two: worth doing once for all."""
    mostly: tuple[Weak, ...]
    """Weak at more than half of the sites that answered, at least three, but not at all of them."""
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
