"""The content's types: scale, profile, sections of any depth, caps, checks, measures, key figures, the legal register."""

from assessment.questionnaire.doubts import AllTop, Check, Contradiction, ManySetAside, StraightLining
from assessment.questionnaire.figures import (
    End,
    Group,
    KeyFigure,
    KeyFigures,
    Span,
    Unit,
    ValueInput,
    ValueModel,
    ValueRole,
)
from assessment.questionnaire.grounds import Marker, ReferencePoint, Standard
from assessment.questionnaire.legal import Legal, Register, RegisterRow, Topic, Union, Watch
from assessment.questionnaire.measures import (
    Effect,
    Effort,
    Goal,
    Lead,
    Measure,
    Money,
    Planning,
    Quick,
    Role,
)
from assessment.questionnaire.scale import Level, Range, Scale
from assessment.questionnaire.structure import Cap, LevelMethod, Limit, Method, Option, ProfileField, Section
from assessment.questionnaire.whole import Accepted, Questionnaire

__all__ = [
    "Accepted",
    "AllTop",
    "Cap",
    "Check",
    "Contradiction",
    "Effect",
    "Effort",
    "End",
    "Goal",
    "Group",
    "KeyFigure",
    "KeyFigures",
    "Lead",
    "Legal",
    "Level",
    "LevelMethod",
    "Limit",
    "ManySetAside",
    "Marker",
    "Measure",
    "Method",
    "Money",
    "Option",
    "Planning",
    "ProfileField",
    "Questionnaire",
    "Quick",
    "Range",
    "ReferencePoint",
    "Register",
    "RegisterRow",
    "Role",
    "Scale",
    "Section",
    "Span",
    "Standard",
    "StraightLining",
    "Topic",
    "Union",
    "Unit",
    "ValueInput",
    "ValueModel",
    "ValueRole",
    "Watch",
]
