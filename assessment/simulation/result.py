"""What a simulation returns: findings about the questionnaire, each with what to do, and the numbers they rest on."""

from typing import Literal

from assessment.inspection.result import Finding, Readability, Severity
from assessment.values import Id, Model


class LevelShare(Model):
    """How often a section reaches a level."""

    level: int
    reached: bool
    """In some sheet, a constructed one included."""
    share: float
    """Of the sheets sampled that score the section, 0 to 1."""
    most: float
    """The same in the temper that reaches it most often."""


class LevelsReached(Model):
    """One section's levels."""

    section: Id
    scored: float
    """Share of the sheets sampled in which the section has an index."""
    levels: tuple[LevelShare, ...]


class Influence(Model):
    """How far one question, or all questions of a section, can move the whole from worst to best, all else left alone."""

    of: Id
    points: float
    """Points of the overall index: the median over the sheets tried."""
    most: float
    """The largest movement in one of them."""
    share: float
    """The largest movement as a share of the whole index."""
    levels: float
    """In which share of the sheets tried it decides the level of some section."""
    own: float
    """The largest movement of the index of the section it stands in, as a share of that index."""


class CapUse(Model):
    """How often a cap applies to a section, and how often it holds the level down."""

    cap: Id
    section: Id
    level: int
    applies: float
    """Share of the complete sheets sampled."""
    binds: float
    """Of all these sheets, the share in which the level would be higher without it."""


class CheckUse(Model):
    """How often a check raises its doubt: in complete sheets whose answers are drawn evenly, and in steady ones."""

    check: Id
    even: float
    steady: float
    """Answers that lie close together on their ladders, as those of one organisation mostly do."""


class Minutes(Model):
    """How long one edition takes, over the combinations of the profile and of the answers that decide what is asked."""

    edition: Literal["complete", "short"]
    median: int
    low: int
    high: int
    questions_low: int
    questions_high: int


class Simulation(Model):
    """A questionnaire put to the proof."""

    questionnaire: Id
    version: str
    seed: int
    sheets: int
    """Sheets sampled; the constructed ones come on top."""
    constructed: int
    profiles: int
    """Combinations of the profile that make a difference."""
    profiles_sampled: int
    findings: tuple[Finding, ...]
    """Worst first, then in the questionnaire's order."""
    accepted: int = 0
    """So many more that the questionnaire's authors accepted."""
    levels: tuple[LevelsReached, ...]
    questions: tuple[Influence, ...]
    """Largest influence first."""
    sections: tuple[Influence, ...]
    caps: tuple[CapUse, ...]
    checks: tuple[CheckUse, ...]
    minutes: tuple[Minutes, ...]
    readability: tuple[Readability, ...]

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.severity == severity for finding in self.findings)
