"""What tells a program where things stand in a form, whatever language it is in and wherever rows and columns have moved."""

from typing import Literal

Field = Literal["question", "answer", "reason", "evidence", "confidence", "comment"]
"""What a column holds: a question's id, and what somebody filled in."""

MARKS: dict[Field, str] = {
    "question": "#question",
    "answer": "#answer",
    "reason": "#reason",
    "evidence": "#evidence",
    "confidence": "#confidence",
    "comment": "#comment",
}
"""The heads of columns, in a row that is not shown."""

NAME, ROLE, DAY = "@name", "@role", "@day"
"""In place of a question's id: who filled the form in, in which role, and when."""

BELOW = "/"
"""Between a question's id and an item's, where several can be ticked."""

SHEET = "form-data"
"""The sheet, not shown, that says which questionnaire this is."""

FORMAT, EDITION = "transformation-assessment-form", 1
"""What a form calls itself, and the edition of how it is made."""
