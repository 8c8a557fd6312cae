"""What a workshop came to, as data: how far people agree, what was decided against what was there, which gaps between roles matter."""

from typing import Literal

from assessment.questions import Value
from assessment.values import TOLERANCE, Id, Model
from assessment.workshop.votes import Composition, Role

AGREED = 0.8
"""From this agreement on a room is said to agree: on five levels, one half on one level and one half on the next still does."""
KNOWING = 0.75
"""So many of those who voted must have given a value for that: who does not know agrees with nobody."""

Became = Literal["raised", "lowered", "kept", "other", "settled", "unsettled", "undecided"]
"""What a decision made of the answer before it: worth more, less, the same value, another value of the same worth; a value where there
was none, none where there was one; nothing was decided."""


class Spread(Model):
    """What everybody said in one round that may be shown."""

    round: int
    people: int
    unknown: int
    median: Value | None
    """Of two middle ones the lower; None where all said that they do not know."""
    agreement: float | None
    """From 0 to 1; None where fewer than two gave a value."""

    @property
    def agrees(self) -> bool:
        """Say whether the room agrees."""
        known = (self.people - self.unknown) / self.people
        return (
            self.agreement is not None
            and self.agreement >= AGREED - TOLERANCE
            and known >= KNOWING - TOLERANCE
        )


class TopicOutcome(Model):
    """What became of one question."""

    question: Id
    first: Spread | None
    last: Spread | None
    """The first and the last round that may be shown: the same where there was one; None without any."""
    moved: float | None
    """By how much the worth of the median rose from the first to the last round, −1 to 1; None without two medians."""
    became: Became
    dissents: int
    """How many wrote that they do not agree."""

    @property
    def agrees(self) -> bool:
        """Say whether the room agrees, as far as may be shown, in the end."""
        return self.last is not None and self.last.agrees

    @property
    def talked_again(self) -> bool:
        """Say whether there are votes to show before and after talking."""
        return self.first is not None and self.last is not None and self.first.round != self.last.round


class Standing(Model):
    """Where the whole stands with certain answers; nothing where too little is answered to say so."""

    value: float | None
    level: int | None


class LevelGap(Model):
    """A section whose level hangs on who is right."""

    section: Id
    low: int | None
    high: int | None


class RoleGap(Model):
    """Two shown roles whose medians lie at least one step apart in the last round that shows several roles."""

    question: Id
    round: int
    lowest: tuple[Role, ...]
    highest: tuple[Role, ...]
    low: Value
    high: Value
    steps: int
    """How many of the question's steps lie between them."""
    with_low: Standing
    with_high: Standing
    levels: tuple[LevelGap, ...]
    """Sections whose level differs, the whole first."""
    caps: tuple[Id, ...]
    """Caps that apply with the lowest and not with the highest."""
    planned: bool = False
    """Whether it was planned with both."""
    needed_if_low: tuple[Id, ...] = ()
    needed_if_high: tuple[Id, ...] = ()
    """Measures that are in the plan only if the lowest role is right, and only if the highest is."""

    @property
    def changes_plan(self) -> bool:
        """Say whether measures come in or go."""
        return bool(self.needed_if_low or self.needed_if_high)

    @property
    def changes_result(self) -> bool:
        """Say whether a level, a condition or the index of the whole hangs on it."""
        one, other = self.with_low, self.with_high
        moved = abs((other.value or 0.0) - (one.value or 0.0)) > TOLERANCE
        return bool(self.levels or self.caps) or moved or one.level != other.level


class Shift(Model):
    """Where the whole stands before the workshop, by the first votes, and as decided; other answers are the report's in all three."""

    topics: tuple[Id, ...]
    """What was decided: only these answers differ."""
    before: Standing
    voted: Standing
    """With the medians of the first round; where none may be shown, the answer is the one before."""
    decided: Standing


class Outcome(Model):
    """What a workshop came to."""

    people: int
    """How many joined."""
    voted: Composition
    """Who voted in the round with the most votes, as far as its count shows it."""
    smallest: int
    topics: tuple[TopicOutcome, ...]
    """In the order in which they were talked about."""
    agreement: float | None
    """Mean agreement in the last round of each question; None where nothing may be shown."""
    agreement_before: float | None
    agreement_after: float | None
    """Mean agreement in the first and the last round, over the questions that have both; None without any."""
    gaps: tuple[RoleGap, ...]
    """The gap on which most hangs first."""
    shift: Shift | None
    """None where nothing was decided."""

    @property
    def shown(self) -> tuple[TopicOutcome, ...]:
        """Questions with votes that may be shown."""
        return tuple(topic for topic in self.topics if topic.last is not None)

    @property
    def agreed(self) -> tuple[TopicOutcome, ...]:
        """Questions on which the room agrees."""
        return tuple(topic for topic in self.topics if topic.agrees)

    @property
    def decided(self) -> tuple[TopicOutcome, ...]:
        """Questions on which something was decided."""
        return tuple(topic for topic in self.topics if topic.became != "undecided")

    @property
    def contested(self) -> tuple[TopicOutcome, ...]:
        """Questions on which somebody wrote that they do not agree."""
        return tuple(topic for topic in self.topics if topic.dissents)
