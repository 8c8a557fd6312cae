"""The chapters one by one, for the screen: each yields its blocks."""

from assessment.document.change import change
from assessment.document.decision_page import decision_page
from assessment.document.dimensions import dimension
from assessment.document.findings import to_ask_again
from assessment.document.glance import certainty, glance
from assessment.document.legal import legal
from assessment.document.measures import measures
from assessment.document.people import people
from assessment.document.pursuit import pursuit
from assessment.document.roadmap import roadmap
from assessment.document.value import value

__all__ = [
    "certainty",
    "change",
    "decision_page",
    "dimension",
    "glance",
    "legal",
    "measures",
    "people",
    "pursuit",
    "roadmap",
    "to_ask_again",
    "value",
]
