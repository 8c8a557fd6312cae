"""Findings become a roadmap: which measures, when, with the people there are; why these, why then, and why the others not.

Time runs in half-months. A measure's effort is spread evenly over its weeks; no month is loaded beyond its capacity, in all
and by role; no measure starts before what it requires is done and whoever must be asked has been. Legal caps are lifted as
early as possible; then the area under the index over the horizon decides, the weakest first, the goal's more; then less
effort. Gains are not invented: the answers that measures move go through the scoring engine.
"""

from assessment.roadmap.gains import effort_factor
from assessment.roadmap.planning import plan
from assessment.roadmap.pursuing import (
    STAGES,
    Before,
    Moved,
    Movement,
    Pursued,
    Pursuing,
    Pursuit,
    Stage,
    aims,
    pursue,
    to_follow_up,
)
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
    NOT_TRACKED,
    SLOTS_PER_MONTH,
    Aim,
    Capacity,
    Commitment,
    Standing,
    Stood,
    Terms,
    Track,
    Tracked,
    Tracking,
    Turn,
    Wishes,
    first_day,
    slot_of,
)

__all__ = [
    "NOT_TRACKED",
    "SLOTS_PER_MONTH",
    "STAGES",
    "Aim",
    "Before",
    "Capacity",
    "Commitment",
    "Held",
    "Moved",
    "Movement",
    "Obstacle",
    "ObstacleKind",
    "Postponed",
    "Projected",
    "Proof",
    "Pursued",
    "Pursuing",
    "Pursuit",
    "Reason",
    "Rise",
    "Roadmap",
    "Slot",
    "Stage",
    "Standing",
    "Stood",
    "Terms",
    "Track",
    "Tracked",
    "Tracking",
    "Turn",
    "Why",
    "Wishes",
    "aims",
    "effort_factor",
    "first_day",
    "plan",
    "pursue",
    "slot_of",
    "to_follow_up",
]
