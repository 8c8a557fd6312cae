"""Several people answer one assessment together: blind votes, what may be shown of them, what is worth talking about."""

from assessment.workshop.agreement import agreement, as_asked, can_be_voted_on, middle, options_of, votable
from assessment.workshop.outcome import outcome
from assessment.workshop.protection import composition, tally
from assessment.workshop.result import (
    AGREED,
    Became,
    LevelGap,
    Outcome,
    RoleGap,
    Shift,
    Spread,
    Standing,
    TopicOutcome,
)
from assessment.workshop.talking import Sitting, Stake, agenda, order, sitting, to_vote_on
from assessment.workshop.votes import (
    ROLES,
    SMALLEST,
    Composition,
    Count,
    Dissent,
    Group,
    Role,
    Tally,
    Topic,
    Vote,
    Workshop,
)

__all__ = [
    "AGREED",
    "ROLES",
    "SMALLEST",
    "Became",
    "Composition",
    "Count",
    "Dissent",
    "Group",
    "LevelGap",
    "Outcome",
    "Role",
    "RoleGap",
    "Shift",
    "Sitting",
    "Spread",
    "Stake",
    "Standing",
    "Tally",
    "Topic",
    "TopicOutcome",
    "Vote",
    "Workshop",
    "agenda",
    "agreement",
    "as_asked",
    "can_be_voted_on",
    "composition",
    "middle",
    "options_of",
    "order",
    "outcome",
    "sitting",
    "tally",
    "to_vote_on",
    "votable",
]
