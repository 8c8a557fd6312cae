"""Several sites put together, each by what it weighs: never a mean of means, never a mean of levels.

An index of the group is the index of the average contact (or head): each site counts by its contacts (or heads). What a site does not
know makes the group's range wider; no site is silently left out. Levels are whole numbers with conditions behind them, so they are not
averaged: it is told how much of the work is done at which level, and where the worst site stands.

Sites may have answered by different versions of a questionnaire. A section is put together where both versions ask, weigh and level the
same in it, whatever became of the words; a site whose version does not is named beside the section.
"""

from assessment.rollup.over_time import GroupChange, change_of
from assessment.rollup.putting import roll_up
from assessment.rollup.result import (
    Apart,
    LegalRollup,
    Measure,
    Rollup,
    SectionRollup,
    Site,
    SiteScore,
    Weak,
)

__all__ = [
    "Apart",
    "GroupChange",
    "LegalRollup",
    "Measure",
    "Rollup",
    "SectionRollup",
    "Site",
    "SiteScore",
    "Weak",
    "change_of",
    "roll_up",
]
