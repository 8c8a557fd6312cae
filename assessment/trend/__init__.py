"""What has changed between two assessments of the same organisation, and how much of it is real.

The change of an index splits into four parts, in this order. Each step is scored by the one scoring function, so that the
parts add up to the change.

1. *questionnaire*: the answers that counted then, scored by the new version, minus the old index. Answers to questions that
   are gone and values that the new question does not admit are left out. A question that the new version hides because of
   what was known then leaves here, too; where that is not enough to tell, it stays as it was.
2. *scope*: what counts now. The new profile, the new edition, what is said not to be applicable and what the conditions make
   of all answers decide which questions count; those that counted then keep their old answers. A question that did not count
   then (it is new, it was hidden, it was said not to be applicable, its old value is not admitted any more) has nothing to be
   compared with, so it comes in here, with its new answer: from here on only like is compared with like.
3. *people*: of the questions that counted both times, those answered by somebody else, where both answers say by whom.
4. *real*: the rest, that is, questions that counted both times. `known` says how much of it comes from answers that were not
   known at one of the two times: it may be knowledge rather than change. Without it, and if no answer became worse, real
   change is never negative, however many weak new answers came in.
"""

from assessment.trend.comparison import compare
from assessment.trend.result import (
    PARTS,
    AnswerChange,
    CapChange,
    Influence,
    Kind,
    Moved,
    Movement,
    Part,
    ProfileChange,
    Scope,
    SectionTrend,
    Step,
    Summary,
    Trend,
    Versions,
)
from assessment.trend.steps import Occasion

__all__ = [
    "PARTS",
    "AnswerChange",
    "CapChange",
    "Influence",
    "Kind",
    "Moved",
    "Movement",
    "Occasion",
    "Part",
    "ProfileChange",
    "Scope",
    "SectionTrend",
    "Step",
    "Summary",
    "Trend",
    "Versions",
    "compare",
]
