"""What a workshop is made of, as data: votes, what may be shown of them, what was agreed on, who disagrees.

Nothing here knows a name or a link: who votes is a number to the store and a role to everybody else.
"""

from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import Field

from assessment.answers import Answer
from assessment.questions import Value
from assessment.values import Id, Model, Written

Role = Literal[
    "agent", "team-lead", "planner", "it", "data-protection", "works-council", "management", "other"
]
ROLES: tuple[Role, ...] = (
    "agent",
    "team-lead",
    "planner",
    "it",
    "data-protection",
    "works-council",
    "management",
    "other",
)

SMALLEST = 4
"""So many people a group has at least whose votes are shown, unless the workshop was opened with another number."""


class Vote(NamedTuple):
    """What one person says to one question in one round."""

    role: Role
    value: Value | None
    """None for "don't know"."""


class Count(Model):
    """How many chose one value."""

    value: Value
    people: int = Field(ge=1)


class Group(Model):
    """What may be shown of the votes of one role, or of everybody."""

    role: Role | None
    """None: everybody who voted."""
    people: int = Field(ge=1)
    """How many voted, "don't know" among them."""
    counts: tuple[Count, ...]
    """In the order of the question's values; values that nobody chose are left out."""
    unknown: int = Field(ge=0)


class Tally(Model):
    """What may be shown of one round of votes on one question; made once, when the round is revealed, and never again."""

    question: Id
    round: int = Field(ge=1)
    smallest: int = Field(ge=1)
    people: int = Field(ge=0)
    """How many voted. That many are known to have voted even where their votes are not shown."""
    groups: tuple[Group, ...]
    """Everybody first, then roles in the order of `ROLES`; nothing at all where too few voted."""

    @property
    def everybody(self) -> Group | None:
        """What everybody said; None where too few voted."""
        return self.groups[0] if self.groups else None

    def group(self, role: Role) -> Group | None:
        """Return what a role said, where that may be shown."""
        return next((group for group in self.groups if group.role == role), None)


class Composition(Model):
    """Who takes part, as far as it may be said."""

    people: int = Field(ge=0)
    roles: tuple[tuple[Role, int], ...] = ()
    """Roles of enough people, with how many; the others are not told apart."""


class Dissent(Model):
    """What somebody wants to be kept who does not agree, in their own words."""

    text: Written
    role: Role | None = None
    """Set only where the person wants it to be."""


class Topic(Model):
    """One question that was talked about."""

    question: Id
    before: Answer | None = None
    """What the sheet said before the workshop."""
    tallies: tuple[Tally, ...] = ()
    """The rounds, first to last."""
    decided: Answer | None = None
    """What was agreed on; None while nothing is, or where it was skipped."""
    reason: Written = ""
    at: datetime | None = None
    dissents: tuple[Dissent, ...] = ()


class Workshop(Model):
    """What a workshop leaves behind."""

    opened_at: datetime
    closed_at: datetime | None = None
    smallest: int = SMALLEST
    people: int = Field(default=0, ge=0, le=100_000)
    """How many joined."""
    topics: tuple[Topic, ...] = ()
    """In the order in which they were talked about."""
