"""Answers become a scorecard: index, level, range and coverage of every part, on self-rated and on confirmed answers.

`rules` is the one definition, with `indexes` and `levels`. `sheets` applies it to one sheet, `portfolio` to many at once.
"""

from assessment.scoring.levels import FULLY, LARGELY
from assessment.scoring.reading import Reading, read
from assessment.scoring.result import Limitation, Score, Scorecard, Status
from assessment.scoring.sheets import Node, active_caps, as_given, counted, evaluate, score, score_reading

__all__ = [
    "FULLY",
    "LARGELY",
    "Limitation",
    "Node",
    "Reading",
    "Score",
    "Scorecard",
    "Status",
    "active_caps",
    "as_given",
    "counted",
    "evaluate",
    "read",
    "score",
    "score_reading",
]
