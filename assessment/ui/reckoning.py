"""Results, computed once for each state of the answers and kept for everybody who looks at the same."""

from datetime import date

import streamlit as st

from assessment.report import Report, assess, replan, with_roadmap, with_tracking, with_trade_off
from assessment.roadmap import NOT_TRACKED, Capacity, Roadmap, Terms, Tracking
from assessment.store import Assessment
from assessment.ui import proofs, state
from assessment.ui.offered import questionnaire
from assessment.workshop import Workshop


def settings(opened: Assessment) -> Terms:
    """Return what the plan is made under, or what to start with: the usual capacity from the next month on."""
    day = opened.subject.held_on
    usual = questionnaire(opened.sheet.questionnaire).usual_capacity
    start = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return opened.plan or Terms(capacity=Capacity(start=start, per_month=usual))


@st.cache_resource(max_entries=64, show_spinner=False)
def _assessed(sheet: str, subject: str, before: str, held: str, _opened: Assessment) -> Report:
    known = questionnaire(_opened.sheet.questionnaire)
    terms = settings(_opened)
    return assess(
        known,
        _opened.sheet,
        subject=_opened.subject,
        capacity=terms.capacity,
        wishes=terms.wishes,
        earlier=state.store().earlier(_opened.id) if before else None,
        workshop=_held(_opened),
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _planned(sheet: str, subject: str, before: str, held: str, terms: str, _opened: Assessment) -> Report:
    whole = _assessed(sheet, subject, before, held, _opened)
    wanted, made = settings(_opened), whole.roadmap
    if (made.capacity, made.wishes) == (wanted.capacity, wanted.wishes):
        return whole
    return replan(whole, capacity=wanted.capacity, wishes=wanted.wishes)


@st.cache_resource(max_entries=64, show_spinner=False)
def _proven(
    sheet: str, subject: str, before: str, held: str, terms: str, _made: Report, _plan: Roadmap
) -> Report:
    return with_roadmap(_made, _plan)


@st.cache_resource(max_entries=16, show_spinner=False)
def _to_hand_over(sheet: str, subject: str, before: str, held: str, plan: str, _made: Report) -> Report:
    return with_trade_off(_made)


@st.cache_resource(max_entries=64, show_spinner=False)
def _tracked(
    content: tuple[str, ...], plan: str, tracking: str, _made: Report, _tracking: Tracking
) -> Report:
    return with_tracking(_made, _tracking)


def found_at_once(opened: Assessment) -> Report:
    """Return the whole result with the plan that the search finds, proven or not."""
    return _followed_up(_planned(*_content(opened), opened), opened)


def _followed_up(made: Report, opened: Assessment) -> Report:
    """Return the result with what is noted about measures; that makes no other plan."""
    tracking = settings(opened).tracking
    if made.tracking == tracking:
        return made
    plan = made.roadmap.model_dump_json()
    return _tracked(_content(opened), plan, tracking.model_dump_json(), made, tracking)


def report(opened: Assessment) -> Report:
    """Return the whole result, computed once for each state of the answers; other terms make a new plan only.

    Where a plan under these terms was proven, it is the one that is shown.
    """
    made = found_at_once(opened)
    proven = proofs.found(made)
    return made if proven is None else _followed_up(_proven(*_content(opened), made, proven), opened)


def report_to_hand_over(opened: Assessment) -> Report:
    """Return the whole result with what takes longer to find: what fewer and more days would buy."""
    made = report(opened)
    sheet, subject, before, held, _ = _content(opened)
    plan, tracking = made.roadmap.model_dump_json(), made.tracking
    ready = _to_hand_over(sheet, subject, before, held, plan, with_tracking(made, NOT_TRACKED))
    return ready if ready.tracking == tracking else with_tracking(ready, tracking)


def _held(opened: Assessment) -> Workshop | None:
    """Return what a workshop on this assessment left behind, so far if it goes on; None where nothing was talked about."""
    record = state.store().workshops.record(opened.id)
    return record if record is not None and record.topics else None


def _content(opened: Assessment) -> tuple[str, str, str, str, str]:
    """Return what a result is made of, to know it again."""
    held = _held(opened)
    return (
        opened.sheet.model_dump_json(),
        opened.subject.model_dump_json(),
        opened.id if opened.earlier_on else "",
        held.model_dump_json() if held else "",
        settings(opened).model_dump_json(exclude={"tracking"}),
    )
