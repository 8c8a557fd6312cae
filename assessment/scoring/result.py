"""What scoring returns: one recursive shape for a question, a section and the whole."""

from typing import Literal

from assessment.values import Id, Model

Status = Literal["scored", "low_coverage", "incomplete", "not_applicable", "unscored"]


class Limitation(Model):
    """What holds a level down, or would."""

    kind: Literal["cap", "weakest"]
    level: int
    """The level that is not exceeded."""
    source: Id
    """The cap, or the weakest section."""
    applies: bool
    """False: it would apply if an answer that is unknown or open turned out worst."""


class Score(Model):
    """The score of a question, a capability, a dimension or the whole: one shape for all of them."""

    of: Id
    weight: float
    status: Status
    value: float | None = None
    """Index from the given answers, between `bottom` and `top`."""
    level: int | None = None
    low: float | None = None
    high: float | None = None
    """The index if every unknown and open answer turned out worst, best."""
    level_low: int | None = None
    level_high: int | None = None
    bottom: float
    top: float
    """Where this index runs: over the questionnaire's scale, or over a range of the section's own."""
    coverage: float | None = None
    """Weight given ÷ weight applicable, 0 to 1; None if nothing is applicable."""
    shares: tuple[float, ...] = ()
    """f(k) for each level k of the scale: share of weight answered at k or higher."""
    limited_by: tuple[Limitation, ...] = ()
    parts: tuple["Score", ...] = ()

    @property
    def certain(self) -> bool:
        """Whether there is enough coverage to show the index as a headline."""
        return self.status == "scored"

    @property
    def worth(self) -> float | None:
        """The index as a position from 0 (`bottom`) to 1 (`top`), to compare what runs over different ranges."""
        if self.value is None:
            return None
        return (self.value - self.bottom) / (self.top - self.bottom) if self.top > self.bottom else 0.0

    def find(self, identifier: str) -> "Score | None":
        """Return the score of this id here or below."""
        if self.of == identifier:
            return self
        return next((hit for part in self.parts if (hit := part.find(identifier))), None)


class Scorecard(Model):
    """The whole result, twice: as people rated themselves, and as far as it is confirmed by evidence."""

    overall: Score
    confirmed: Score

    def of(self, identifier: str) -> Score:
        """Return the self-rated score of a section or question.

        Raises:
            KeyError: there is no such id.
        """
        return _found(self.overall, identifier)

    def confirmed_of(self, identifier: str) -> Score:
        """Return the confirmed score of a section or question.

        Raises:
            KeyError: there is no such id.
        """
        return _found(self.confirmed, identifier)


def _found(score: Score, identifier: str) -> Score:
    hit = score.find(identifier)
    if hit is None:
        raise KeyError(identifier)
    return hit
