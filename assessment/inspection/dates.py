"""Days that passed since the content was last looked at: never an error, so that no day breaks a build by itself."""

from collections.abc import Iterator
from datetime import date

from assessment.inspection.result import Finding
from assessment.questionnaire import Questionnaire


def findings(questionnaire: Questionnaire, today: date) -> Iterator[Finding]:
    """Yield the days of the watch list that have passed, and a register that counts as old."""
    register = questionnaire.register_
    if register is None:
        return
    if register.is_old(today):
        age = (today - register.as_of).days
        yield Finding(
            kind="register_old",
            severity="warning",
            where=("register", "as_of"),
            what=f"the register was looked at {age} days ago, on {register.as_of}; after {register.stale_after} it counts as old.",
            why="Laws change, and people read it as the present state.",
            to_do="Look every row up again, change what changed, and set `as_of` to the day on which you did.",
        )
    for entry in register.passed(today):
        yield Finding(
            kind="date_passed",
            severity="warning",
            where=("register", "watch", entry.id),
            what=f"{entry.day} has passed; it concerns {', '.join(entry.rows)}.",
            why="What the register announces is there by now, or was put off.",
            to_do="Look the rows up again, change their texts, then remove the entry or give it a new day.",
        )
