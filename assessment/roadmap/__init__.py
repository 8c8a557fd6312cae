"""Findings become a roadmap: which measures, when, with the people there are; why these, why then, and why the others not.

Time runs in half-months. A measure's effort is spread evenly over its weeks; no month is loaded beyond its capacity, in all
and by role; no measure starts before what it requires is done and whoever must be asked has been. Legal caps are lifted as
early as possible; then the area under the index over the horizon decides, the weakest first, the goal's more; then less
effort. Gains are not invented: the answers that measures move go through the scoring engine.
"""

from assessment.roadmap.gains import effort_factor
from assessment.roadmap.planning import plan
from assessment.roadmap.result import (
    Held,
    Obstacle,
    ObstacleKind,
    Postponed,
    Projected,
    Proof,
    Reason,
    Rise,
    Roadmap,
    Slot,
    Why,
)
from assessment.roadmap.terms import (
    SLOTS_PER_MONTH,
    Capacity,
    Commitment,
    Standing,
    Stood,
    Terms,
    Wishes,
    first_day,
    slot_of,
)

__all__ = [
    "SLOTS_PER_MONTH",
    "Capacity",
    "Commitment",
    "Held",
    "Obstacle",
    "ObstacleKind",
    "Postponed",
    "Projected",
    "Proof",
    "Reason",
    "Rise",
    "Roadmap",
    "Slot",
    "Standing",
    "Stood",
    "Terms",
    "Why",
    "Wishes",
    "effort_factor",
    "first_day",
    "plan",
    "slot_of",
]
