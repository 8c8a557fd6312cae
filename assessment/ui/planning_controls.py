"""What a plan is made under, as fields: the days there are, and, folded away, what limits them and what counts most."""

from datetime import date

import streamlit as st

from assessment.charts import month_after
from assessment.document.telling import Teller
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import Goal
from assessment.roadmap import SLOTS_PER_MONTH, Terms, first_day
from assessment.roadmap.outlook import GOALS
from assessment.store import Assessment
from assessment.ui import reckoning
from assessment.ui.figure_fields import currency_of
from assessment.ui.planning_fields import (
    MOST_DAYS,
    choice_field,
    days_field,
    field,
    keep,
    number_field,
    with_capacity,
    with_entry,
    with_wishes,
)
from assessment.ui.widgets import as_group, key_of
from assessment.ui.words import plain

NAMES: dict[Goal, str] = {
    "cost": N_("Lower cost"),
    "customer": N_("Better service for customers"),
    "people": N_("Better work for our people"),
    "resilience": N_("Resilience"),
    "compliance": N_("Legal certainty"),
}

NOTHING = "-"
"""No goal: no id is a dash."""

MOST_MONEY = 1e12


def what_there_is(opened: Assessment, tell: Teller) -> None:
    """Draw what there is to work with: three fields, and the rest folded away."""
    c, terms = tell.c, reckoning.settings(opened)
    capacity = terms.capacity
    with st.container(border=True):
        st.header(c.t("What you have to work with"), anchor=False)
        with st.grid(3, min_column_width=200):
            per_month = days_field(
                "per-month", capacity.per_month, c.t("Person-days a month"), c=c,
                hint=c.t("Days a month that your people can really spend on the transformation, all together."),
            )  # fmt: skip
            months = field(
                "months",
                capacity.months,
                lambda key: st.number_input(c.t("Horizon in months"), 1, 60, step=1, key=key),
                c=c,
            )
            start = field(
                "start",
                capacity.start,
                lambda key: st.date_input(c.t("Start"), key=key, format=c.day_pattern),
                c=c,
            )
        if per_month.value is None:
            st.warning(c.t("Please say how many person-days a month there are; 0 is a number, too."))
        elif per_month.changed:
            keep(opened, with_capacity(terms, per_month=per_month.value), per_month)
        if months.changed and months.value is not None:
            keep(opened, with_capacity(terms, months=months.value), months)
        if start.changed and isinstance(start.value, date):
            keep(opened, with_capacity(terms, start=start.value.replace(day=1)), start)
        title = c.t("More: what counts most, targets, limits")  # always the same: another one would close it
        with st.expander(title, icon=":material/tune:", key=key_of("more", "plan", c)):
            _goal(opened, tell, terms)
            _targets(opened, tell, terms)
            _roles(opened, tell, terms)
            _budget(opened, tell, terms)
            _other_months(opened, tell, terms)
        if said := _set(tell, terms):
            st.caption(plain(c.t("Set: {list}.", list=c.join(said))))


def _set(tell: Teller, terms: Terms) -> list[str]:
    """Return what is set in what is folded away."""
    c, capacity, wishes = tell.c, terms.capacity, terms.wishes
    parts = {
        c.t("what counts most: {goal}", goal=goal_name(wishes.goal, c) if wishes.goal else ""): wishes.goal,
        c.n("one target", "{count} targets", len(wishes.targets)): wishes.targets,
        c.n("the limit of one group", "limits of {count} groups", len(capacity.roles)): capacity.roles,
        c.t("a budget"): capacity.budget is not None,
        c.n("one other month", "{count} other months", len(capacity.other_months)): capacity.other_months,
    }
    return [said for said, is_set in parts.items() if is_set]


def goal_name(goal: Goal, c: Catalogue) -> str:
    """Return what a goal is called."""
    return c.t(NAMES[goal])


def goals_of(tell: Teller) -> tuple[Goal, ...]:
    """Return the goals that the questionnaire's measures serve."""
    served = {goal for measure in tell.questionnaire.measures for goal in measure.goals}
    return tuple(goal for goal in GOALS if goal in served)


def _goal(opened: Assessment, tell: Teller, terms: Terms) -> None:
    c, goals = tell.c, goals_of(tell)
    if not goals:
        return
    names: dict[str, str] = {
        NOTHING: c.t("Nothing more than the rest"),
        **{goal: goal_name(goal, c) for goal in goals},
    }
    chosen = choice_field(
        "goal",
        terms.wishes.goal or NOTHING,
        c.t("What should count most?"),
        list(names),
        lambda name: names.get(name, name),
        c=c,
        hint=c.t("Conditions that limit levels still come first."),
    )
    if chosen.changed:
        keep(opened, with_wishes(terms, goal=None if chosen.value == NOTHING else chosen.value), chosen)


def _targets(opened: Assessment, tell: Teller, terms: Terms) -> None:
    c, targets = tell.c, terms.wishes.targets
    label = c.t("Targets: how far is far enough?")
    with st.container(key="targets", gap="xsmall"):
        st.markdown(f"**{label}**")
        st.caption(c.t("Beyond its target, progress in a part counts only a little. Empty: no target."))
        with st.grid(3, min_column_width=200):
            for section in tell.questionnaire.sections:
                score = tell.report.scorecard.of(section.id)
                wanted = number_field(
                    f"target-{section.id}",
                    targets.get(section.id),
                    plain(tell.section(section.id)),
                    (score.bottom, score.top),
                    c=c,
                    step=(score.top - score.bottom) / 8 or 1.0,
                    form="%g",
                )
                if wanted.changed:
                    keep(
                        opened,
                        with_wishes(terms, targets=with_entry(targets, section.id, wanted.value)),
                        wanted,
                    )
    as_group("targets", label)


def _roles(opened: Assessment, tell: Teller, terms: Terms) -> None:
    c, limits = tell.c, terms.capacity.roles
    if not tell.questionnaire.planning.roles:
        return
    label = c.t("Person-days a month of single groups")
    with st.container(key="roles", gap="xsmall"):
        st.markdown(f"**{label}**")
        st.caption(c.t("Parts of the whole; who has none here is limited by the whole alone."))
        with st.grid(3, min_column_width=200):
            for role in tell.questionnaire.planning.roles:
                name = plain(tell.say(role.label))
                days = days_field(f"role-{role.id}", limits.get(role.id), name, c=c)
                if days.changed:
                    keep(opened, with_capacity(terms, roles=with_entry(limits, role.id, days.value)), days)
    as_group("roles", label)


def _budget(opened: Assessment, tell: Teller, terms: Terms) -> None:
    c = tell.c
    if not tell.questionnaire.planning.money:
        return
    currency = currency_of(tell.questionnaire, opened, c)
    budget = number_field(
        "budget",
        terms.capacity.budget,
        c.t("Budget for external cost ({currency})", currency=plain(currency or c.t("your currency"))),
        (0.0, MOST_MONEY),
        c=c,
        step=5000.0,
        form="%.0f",
        hint=c.t(
            "Of all measures together; each is charged with the middle of its class of cost. Empty: no limit."
        ),
    )
    if budget.changed:
        keep(opened, with_capacity(terms, budget=budget.value), budget)


def _other_months(opened: Assessment, tell: Teller, terms: Terms) -> None:
    """Draw the months that have more or fewer days than the others."""
    c, capacity = tell.c, terms.capacity
    named = {
        _month(terms, number): c.month(month_after(capacity.start, number))
        for number in range(capacity.months)
    }
    for other in capacity.other_months:  # outside the horizon, too
        named.setdefault(other, c.month(date.fromisoformat(f"{other}-01")))
    chosen = field(
        "other-months",
        sorted(capacity.other_months),
        lambda key: sorted(
            st.multiselect(
                c.t("Months with fewer or more days"),
                sorted(named),
                format_func=named.__getitem__,
                key=key,
                placeholder=c.t("Months"),
            )
        ),
        c=c,
    )
    if chosen.changed:
        usual = capacity.per_month / 2
        wanted = {month: capacity.other_months.get(month, usual) for month in chosen.value}
        keep(opened, with_capacity(terms, other_months=wanted), chosen)
    with st.grid(3, min_column_width=200):
        for month in sorted(capacity.other_months):
            days = number_field(
                f"month-{month}",
                capacity.other_months[month],
                c.t("Person-days in {month}", month=named[month]),
                (0.0, MOST_DAYS),
                c=c,
                step=1.0,
                form="%g",
            )
            if days.changed and days.value is not None:
                changed = with_entry(capacity.other_months, month, days.value)
                keep(opened, with_capacity(terms, other_months=changed), days)


def _month(terms: Terms, number: int) -> str:
    """Return a month of the plan as it is stored."""
    return first_day(terms.capacity.start, number * SLOTS_PER_MONTH).isoformat()[:7]
