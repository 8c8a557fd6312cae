"""What a comparison returns, as data: the split of each index, what became of each answer, and why."""

from typing import Literal

from assessment.answers import Answer, ProfileValue
from assessment.scoring import Limitation, Status
from assessment.values import Id, Model

Part = Literal["questionnaire", "scope", "people", "real"]
PARTS: tuple[Part, ...] = ("questionnaire", "scope", "people", "real")
"""In the order in which the change is split."""

Step = Literal["then", "by_the_new_questionnaire", "in_the_new_scope", "with_the_new_people", "now"]
"""The scores between which the parts lie."""

Kind = Literal[
    "better", "worse", "other", "evidence", "known", "not_known", "new", "taken_up", "set_aside", "gone", "not_admitted"
]  # fmt: skip
"""What became of an answer: its worth rose or fell; another value of the same worth; other evidence for the same value; known
now or not any more; counts now and did not then; said not to be applicable then or now; does not count any more; its old
value is not admitted by the new question."""


class CapChange(Model):
    """A cap that held a section then and does not now, or the other way round."""

    cap: Id
    change: Literal["lifted", "opened"]
    part: Part
    """What lifted or opened it."""


class Movement(Model):
    """One section's index and level, then and now. Every index runs from `bottom` to `top`, as the new one does."""

    bottom: float
    top: float
    reported: float | None
    """The old index as it was reported."""
    rescaled: bool
    """The old index ran over another range, and was brought to the new one by its position."""
    old: float | None
    new: float | None
    old_low: float | None
    old_high: float | None
    new_low: float | None
    new_high: float | None
    change: float | None
    questionnaire: float | None
    scope: float | None
    people: float | None
    real: float | None
    """The four parts add up to the change. A part is None if there is no index before or after it."""
    known: float | None
    """Contained in `real`: what comes from answers that were not known at one of the two times."""
    not_comparable: Step | None
    """Where there is no index, so that the change or some parts cannot be told: the times first, then the first step between."""
    within_range: bool
    """Each index lies in the range of the other: what is not known could explain the whole change."""
    old_status: Status
    new_status: Status
    old_level: int | None
    new_level: int | None
    old_holds: tuple[Limitation, ...]
    new_holds: tuple[Limitation, ...]
    """The caps and weakest parts that limit the level; without any, the answers themselves hold it."""
    caps: tuple[CapChange, ...]

    def part(self, part: Part) -> float | None:
        """Return one part of the change."""
        parts: dict[Part, float | None] = {
            "questionnaire": self.questionnaire,
            "scope": self.scope,
            "people": self.people,
            "real": self.real,
        }
        return parts[part]


class AnswerChange(Model):
    """What became of one answer."""

    question: Id
    kind: Kind
    part: Part
    """Where it counts. A value not admitted any more leaves with the questionnaire; what is answered now comes in with scope."""
    old: Answer | None
    new: Answer | None
    by: float | None
    """Difference in worth, −1 to 1, on the new question; None unless there is a value both times."""


class Influence(Model):
    """What one changed answer does to a section's index: the index now, minus what it would be with this answer as it was.

    Influences are about one answer each and do not add up to the change. None if there is no index without the change.
    """

    question: Id
    self_rated: float | None
    confirmed: float | None


class SectionTrend(Model):
    """One section, or the whole, then and now."""

    of: Id
    self_rated: Movement
    confirmed: Movement
    answers: tuple[Influence, ...]
    """The answers in and below this section that changed, the greatest influence first."""


class Moved(Model):
    """A question or section that stands in another section now."""

    of: Id
    old: Id
    new: Id


class Versions(Model):
    """What the questionnaire part is about."""

    old: str
    new: str
    """The versions that each side is scored by."""
    old_answered: str
    new_answered: str
    """The versions that the answers were given to."""
    added: tuple[Id, ...]
    removed: tuple[Id, ...]
    moved: tuple[Moved, ...]
    reweighted: tuple[Id, ...]
    """Questions and sections with another weight."""
    revalued: tuple[Id, ...]
    """Questions whose old answer is worth something else now."""
    answers_left_out: tuple[Id, ...]
    """Answers that counted, to questions that are gone."""
    values_left_out: tuple[Id, ...]
    """Answers that counted, with a value that the new question does not admit."""
    profile_left_out: tuple[Id, ...]
    """Profile fields that are gone, or have lost an option that was chosen."""
    sections_added: tuple[Id, ...]
    sections_removed: tuple[Id, ...]


class ProfileChange(Model):
    """A profile field that was filled in otherwise."""

    field: Id
    old: ProfileValue | None
    new: ProfileValue | None


class Scope(Model):
    """What the scope part is about."""

    old_short: bool
    new_short: bool
    """Whether it was the short edition."""
    profile: tuple[ProfileChange, ...]
    entered: tuple[Id, ...]
    """Questions that count now and did not then."""
    left: tuple[Id, ...]
    """Questions of the new version that counted then and do not now."""


class Summary(Model):
    """What to say first, about the self-rated result."""

    change: float | None
    largest: Part | None
    """The part that moves the whole most; None if nothing does or it cannot be told."""
    within_range: bool
    levels: int | None
    """Levels gained or lost."""
    rising: tuple[Id, ...]
    falling: tuple[Id, ...]
    """Sections, the whole included, whose real part is above or below 0."""
    lifted: tuple[Id, ...]
    opened: tuple[Id, ...]
    """Caps that limit some section no more, or now."""
    answers: dict[Kind, int]
    """How many answers became what."""


class Trend(Model):
    """Two assessments compared."""

    questionnaire: Id
    versions: Versions
    scope: Scope
    sections: tuple[SectionTrend, ...]
    """The whole first, then every section that is in both versions, in the order of the new one."""
    answers: tuple[AnswerChange, ...]
    summary: Summary

    def of(self, section: str) -> SectionTrend:
        """Return what became of a section.

        Raises:
            KeyError: it is not in both versions.
        """
        for found in self.sections:
            if found.of == section:
                return found
        raise KeyError(section)

    def answer(self, question: str) -> AnswerChange:
        """Return what became of an answer.

        Raises:
            KeyError: it did not change.
        """
        for found in self.answers:
            if found.question == question:
                return found
        raise KeyError(question)
