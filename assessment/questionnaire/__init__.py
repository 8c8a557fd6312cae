"""The content's types: scale, profile, sections of any depth, caps, checks, measures, the legal register."""

from assessment.questionnaire.doubts import AllTop, Check, Contradiction, ManySetAside, StraightLining
from assessment.questionnaire.legal import Legal, Register, RegisterRow, Union
from assessment.questionnaire.measures import Effect, Effort, Goal, Measure, Quick
from assessment.questionnaire.scale import Level, Range, Scale
from assessment.questionnaire.structure import Cap, LevelMethod, Limit, Method, Option, ProfileField, Section
from assessment.questionnaire.whole import Questionnaire

__all__ = [
    "AllTop",
    "Cap",
    "Check",
    "Contradiction",
    "Effect",
    "Effort",
    "Goal",
    "Legal",
    "Level",
    "LevelMethod",
    "Limit",
    "ManySetAside",
    "Measure",
    "Method",
    "Option",
    "ProfileField",
    "Questionnaire",
    "Quick",
    "Range",
    "Register",
    "RegisterRow",
    "Scale",
    "Section",
    "StraightLining",
    "Union",
]
