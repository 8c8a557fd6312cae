"""Findings become a roadmap: which measures, when, with the people there are; and why the others are not in it.

Time runs in half-months. A measure's effort is spread evenly over its weeks; no month is loaded beyond its capacity; no
measure starts before what it requires is done. Legal caps are lifted first, then the others, then whatever gains most
for its effort. Gains are not invented: the answers that a measure moves go through the scoring engine.
"""

from assessment.roadmap.gains import effort_factor
from assessment.roadmap.planning import plan
from assessment.roadmap.result import (
    SLOTS_PER_MONTH,
    Capacity,
    Postponed,
    Projected,
    Reason,
    Roadmap,
    Slot,
    Why,
)

__all__ = [
    "SLOTS_PER_MONTH",
    "Capacity",
    "Postponed",
    "Projected",
    "Reason",
    "Roadmap",
    "Slot",
    "Why",
    "effort_factor",
    "plan",
]
