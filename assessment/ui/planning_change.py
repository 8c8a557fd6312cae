"""What the last change made of the plan, beside the fields that made it."""

from typing import NamedTuple

import streamlit as st

from assessment.document.telling import Teller
from assessment.i18n import Catalogue
from assessment.ui import state

NOTED = "plan-before"


class Outcome(NamedTuple):
    """What a plan comes to."""

    measures: int
    level: int | None
    """At the end; none where the range spans several."""
    points: str
    """The index at the end, with its decimals."""
    month: str
    """In which the last measure ends; empty where there is none."""


def what_changed(tell: Teller) -> None:
    """Say what the plan came to before it was changed last in this session; nothing while nothing was changed."""
    now = _outcome(tell)
    noted: tuple[Outcome, Outcome | None] | None = state.shown(NOTED)
    before = noted[1] if noted else None
    if noted and _numbers(noted[0]) != _numbers(now):
        before = noted[0]
    state.note_shown(NOTED, (now, before))
    if before is not None:
        said = tell.c.t(
            "Before the last change: {before}. Now: {now}.",
            before=_said(before, tell.c),
            now=_said(now, tell.c),
        )
        with st.container(key="plan-changed"):
            st.markdown(f":material/compare_arrows: {said}")


def _numbers(outcome: Outcome) -> tuple[int, int | None, str]:
    """Return what does not hang on the language."""
    return outcome.measures, outcome.level, "".join(filter(str.isdigit, outcome.points))


def _outcome(tell: Teller) -> Outcome:
    plan, whole = tell.report.roadmap, tell.questionnaire.id
    final = plan.projection[-1]
    return Outcome(
        measures=len(plan.slots),
        level=final.levels[whole] if tell.overall.certain else None,
        points=tell.point(tell.overall, final.values[whole]),
        month=tell.month_of_end(max(slot.end for slot in plan.slots)) if plan.slots else "",
    )


def _said(outcome: Outcome, c: Catalogue) -> str:
    said = c.n("one measure", "{count} measures", outcome.measures)
    if not outcome.month:
        return said
    if outcome.level is None:
        return c.t(
            "{measures} by {month}, index {index}", measures=said, month=outcome.month, index=outcome.points
        )
    return c.t(
        "{measures} by {month}, level {level}, index {index}",
        measures=said,
        month=outcome.month,
        level=outcome.level,
        index=outcome.points,
    )
