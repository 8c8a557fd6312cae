"""What person-days buy, and which measures every goal wants: computed when somebody opens it, and remembered."""

import streamlit as st

from assessment.charts.buying import payoff
from assessment.document.blocks import Column, Table, cell
from assessment.document.buying import bend, days_table, how_days_are_spread
from assessment.document.telling import Teller
from assessment.report import Report
from assessment.roadmap import Terms
from assessment.roadmap.outlook import TradeOff, UnderGoals, trade_off, under_goals
from assessment.store import Assessment
from assessment.ui import blocks, reckoning, state
from assessment.ui.planning_controls import goal_name, goals_of
from assessment.ui.words import plain

YES = "✓"


@st.cache_resource(max_entries=32, show_spinner=False)
def _trade(sheet: str, terms: str, _report: Report, _terms: Terms) -> TradeOff:
    return trade_off(_report.questionnaire, _report.sheet, capacity=_terms.capacity, wishes=_terms.wishes)


@st.cache_resource(max_entries=32, show_spinner=False)
def _goals(sheet: str, terms: str, _report: Report, _terms: Terms) -> UnderGoals:
    return under_goals(_report.questionnaire, _report.sheet, capacity=_terms.capacity, wishes=_terms.wishes)


def what_days_buy(opened: Assessment, tell: Teller) -> None:
    """Draw what more or fewer person-days buy, as a curve and as a table."""
    c, terms = tell.c, reckoning.settings(opened)
    st.header(c.t("What person-days buy"), anchor=False)
    with st.spinner(c.t("Planning with fewer and with more days …")):
        trade = _trade(tell.report.sheet.model_dump_json(), terms.model_dump_json(), tell.report, terms)
    st.markdown(plain(bend(tell, trade)))
    blocks.chart(payoff(trade, c=c), key="payoff")
    blocks.show([days_table(tell, trade)], key="payoff-table")
    st.caption(how_days_are_spread(tell, terms.capacity.months))
    with st.expander(
        c.t("Which measures stay right whatever counts most?"),
        icon=":material/flag:",
        key=f"goals-{c.language}-{state.mark()}",
        on_change="rerun",
    ) as part:
        if part.open:
            _under_goals(tell, terms)


def _under_goals(tell: Teller, terms: Terms) -> None:
    c, goals = tell.c, goals_of(tell)
    with st.spinner(c.t("Planning for each goal …")):
        found = _goals(tell.report.sheet.model_dump_json(), terms.model_dump_json(), tell.report, terms)
    if found.always:
        st.markdown(
            c.n(
                "**One measure is in the plan whatever counts most.** It can begin without deciding that.",
                "**{count} measures are in the plan whatever counts most.** They can begin without deciding that.",
                len(found.always),
            )
        )
    wanted = {name for measures in found.by_goal.values() for name in measures}
    rest = sorted(wanted - set(found.always), key=lambda name: (-len(found.goals_of(name)), name))
    blocks.show(
        [
            Table(
                summary=c.t("Measures under each goal"),
                columns=(
                    Column(head=c.t("Measure"), width=3),
                    *(Column(head=goal_name(goal, c), width=1) for goal in goals),
                ),
                rows=tuple(
                    (
                        cell(tell.measure(name), "strong" if name in found.always else "plain"),
                        *(cell(YES if name in found.by_goal.get(goal, ()) else "") for goal in goals),
                    )
                    for name in (*found.always, *rest)
                ),
            )
        ],
        key="goals",
    )
    for goal in goals:
        only = found.only.get(goal, ())
        if only:
            names = c.join(tell.measure(name) for name in only)
            st.caption(
                plain(c.t("Only if this counts most: {goal}: {list}.", goal=goal_name(goal, c), list=names))
            )
