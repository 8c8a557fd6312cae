"""What person-days buy, and which measures every goal wants: computed when somebody opens it, and remembered."""

import streamlit as st

from assessment.charts.buying import payoff
from assessment.document.blocks import Cell, Column, Table, Tone, cell
from assessment.document.telling import Teller
from assessment.report import Report
from assessment.roadmap import Terms
from assessment.roadmap.outlook import Bought, TradeOff, UnderGoals, trade_off, under_goals
from assessment.store import Assessment
from assessment.ui import blocks, state
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
    c, terms = tell.c, state.settings(opened)
    st.header(c.t("What person-days buy"), anchor=False)
    with st.spinner(c.t("Planning with fewer and with more days …")):
        trade = _trade(tell.report.sheet.model_dump_json(), terms.model_dump_json(), tell.report, terms)
    st.markdown(_knee(tell, trade))
    blocks.chart(payoff(trade, c=c), key="payoff")
    blocks.show([_table(tell, trade)], key="payoff-table")
    st.caption(
        c.t(
            "The days are spread evenly over {months} months; everything else stays as you set it. The gain counts each "
            "step up for as long as it holds.",
            months=terms.capacity.months,
        )
    )
    with st.expander(
        c.t("Which measures stay right whatever counts most?"),
        icon=":material/flag:",
        key=f"goals-{c.language}-{state.mark()}",
        on_change="rerun",
    ) as part:
        if part.open:
            _under_goals(tell, terms)


def _knee(tell: Teller, trade: TradeOff) -> str:
    c = tell.c
    if trade.knee is None:
        return c.t("There is no bend: as far as the curve goes, more days keep paying.")
    point = trade.at(trade.knee)
    return c.t(
        "**The bend is at {days} person-days** ({monthly} a month): they bring {share} of what the most days bring. "
        "Each further day brings less.",
        days=c.number(point.days, 0),
        monthly=tell.days(round(point.per_month, 1)),
        share=c.percent(point.gain),
    )


def _table(tell: Teller, trade: TradeOff) -> Table:
    c = tell.c
    return Table(
        summary=c.t("What person-days buy"),
        columns=(
            Column(head=c.t("Person-days"), width=1, align="right"),
            Column(head=c.t("a month"), width=1, align="right"),
            Column(head=c.t("Gain"), width=1, align="right"),
            Column(head=c.t("Index at the end"), width=1, align="right"),
            Column(head=c.t("Level at the end"), width=1, align="right"),
            Column(head=c.t("Open conditions"), width=1, align="right"),
            Column(head=c.t("Measures"), width=1, align="right"),
        ),
        rows=tuple(_row(tell, point, bent=point.days == trade.knee) for point in trade.points),
    )


def _row(tell: Teller, point: Bought, *, bent: bool) -> tuple[Cell, ...]:
    c = tell.c
    tone: Tone = "strong" if bent else "plain"
    return (
        cell(c.number(point.days, 0), tone),
        cell(tell.days(round(point.per_month, 1))),
        cell(c.percent(point.gain), tone),
        cell(tell.point(tell.overall, point.index)),
        cell(c.number(point.level, 0)),
        cell(c.number(point.caps, 0)),
        cell(c.number(point.measures, 0)),
    )


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
