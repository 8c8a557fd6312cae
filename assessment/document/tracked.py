"""What the plan's table has of how a measure is followed up: the columns that may come back, and the words in them.

Written by `exports`, read again by `loader`: both say it by these words.
"""

from typing import Literal

from assessment.document.telling import Teller
from assessment.i18n import N_, Catalogue
from assessment.roadmap import Standing

Column = Literal["id", "measure", "status", "owner", "begun", "ended", "note"]

COLUMNS: dict[Column, str] = {
    "id": N_("Id"),
    "measure": N_("Measure"),
    "status": N_("Status"),
    "owner": N_("Owner"),
    "begun": N_("Begun on"),
    "ended": N_("Finished on"),
    "note": N_("Note"),
}

READ: tuple[Column, ...] = ("status", "owner", "begun", "ended", "note")
"""What is taken over from a table that comes back."""

STATUSES: dict[Standing, str] = {
    "running": N_("Under way"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}
"""What is settled about a measure; whatever else stands there is said by the plan alone."""

IN_PLAN, NOT_IN_PLAN = N_("In the plan"), N_("Not in the plan")

ALSO: dict[str, Standing | None] = {
    N_("Not wanted"): "dropped",
    N_("Not begun"): None,
    N_("As planned"): None,
}
"""What people write for it who have seen the other words."""


def status_of(tell: Teller, measure: str) -> str:
    """Return a measure's status as the plan's table says it."""
    c, plan = tell.c, tell.report.roadmap
    settled = plan.wishes.of(measure)
    if settled is not None and settled.standing in STATUSES:
        return c.t(STATUSES[settled.standing])
    return c.t(IN_PLAN) if plan.slot(measure) is not None else c.t(NOT_IN_PLAN)


def columns_said(c: Catalogue) -> dict[str, Column]:
    """Return the columns by what they are called in a language."""
    return {c.t(name).casefold(): column for column, name in COLUMNS.items()}


def statuses_said(c: Catalogue) -> dict[str, Standing | None]:
    """Return the statuses by what they are called in a language; None: settled is nothing."""
    plain: dict[str, Standing | None] = {c.t(word).casefold(): None for word in (IN_PLAN, NOT_IN_PLAN)}
    also = {c.t(word).casefold(): standing for word, standing in ALSO.items()}
    return {**plain, **also, **{c.t(word).casefold(): standing for standing, word in STATUSES.items()}}
