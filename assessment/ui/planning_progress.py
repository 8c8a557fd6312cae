"""How far the plan has come: sums, everything that is followed up, whose it is; and the team's edited table taken in again."""

from datetime import date

import streamlit as st

from assessment.document.pursuit import everything, sums
from assessment.document.telling import Teller
from assessment.document.tracked import COLUMNS, STATUSES
from assessment.errors import AnswersError
from assessment.loader import Difference, read_tracked
from assessment.report import pursuit_of
from assessment.roadmap import Pursuit, aims
from assessment.store import Assessment
from assessment.ui import blocks, reckoning
from assessment.ui.frame import tell as tell_problems
from assessment.ui.planning_fields import keep
from assessment.ui.planning_outlook import with_plan_kept
from assessment.ui.settling import settle
from assessment.ui.widgets import key_of
from assessment.ui.words import plain

EVERYBODY, NOBODY = "*", "-"
"""Of the filter: everything, and what nobody answers for. No name is one sign alone."""

SHOWN = 60
"""So many differences of a table are listed."""


def follow_up(opened: Assessment, tell: Teller) -> None:
    """Draw how far the plan has come, and the ways to change that."""
    c, today = tell.c, date.today()  # noqa: DTZ011 - the day on the wall
    found = pursuit_of(tell.report, as_of=today)
    st.header(c.t("How far the plan has come"), anchor=False)
    _measure_against(opened, tell)
    if found is None:
        st.info(
            c.t(
                "Nothing is followed up yet. Keep the plan here, or say of a measure that it is under way or done, or who answers for it."
            )
        )
    else:
        shown = _of_owner(tell, found)
        blocks.show([sums(tell, shown)], key="progress-sums")
    _change_one(opened, tell)
    if found is not None:
        blocks.show([everything(tell, shown)], key="progress")
    _take_in(opened, tell, today)


def _measure_against(opened: Assessment, tell: Teller) -> None:
    """Say which plan progress is measured against, and draw the way to the present one."""
    c, terms, plan = tell.c, reckoning.settings(opened), tell.report.roadmap
    tracking = terms.tracking
    if tracking.aims and tracking.kept_on:
        st.caption(c.t("Measured against the plan that was kept on {day}.", day=c.date(tracking.kept_on)))
    if plan.slots and aims(plan, tracking) != tracking.aims:
        label = (
            c.t("Measure against the present plan from now on")
            if tracking.aims
            else c.t("Keep this plan and measure progress against it")
        )
        hint = c.t("What is late then counts from this plan. What is done stays on the days planned for it.")
        if st.button(label, icon=":material/bookmark_add:", key="keep-progress", help=hint):
            keep(opened, with_plan_kept(terms, plan))


def _of_owner(tell: Teller, found: Pursuit) -> Pursuit:
    """Draw whose measures are shown, if somebody answers for any, and return those."""
    c = tell.c
    names = list(dict.fromkeys(sorted((row.owner.strip() for row in found.rows), key=str.casefold)))
    owners = [name for name in names if name]
    if not owners:
        return found
    said = {EVERYBODY: c.t("Everybody"), NOBODY: c.t("Nobody yet")}
    options = [EVERYBODY, *(f"={name}" for name in owners), *([NOBODY] if "" in names else [])]
    chosen = st.selectbox(
        c.t("Whose measures?"),
        options,
        format_func=lambda one: said.get(one) or plain(one.removeprefix("=")),
        key=key_of("owner", "progress", c),
        width=360,
        placeholder=c.t("Choose an option"),
    )
    if chosen in (None, EVERYBODY):
        return found
    return found.of_owner("" if chosen == NOBODY else chosen.removeprefix("="))


def _change_one(opened: Assessment, tell: Teller) -> None:
    """Draw the choice of a measure, and below it what can be settled and noted about it."""
    c = tell.c
    known = [slot.measure for slot in tell.report.roadmap.slots]
    known += [each.measure for each in tell.report.roadmap.wishes.commitments if each.measure not in known]
    known = [name for name in known if name in tell.questionnaire.measures_by_id]
    if not known:
        return
    chosen = st.selectbox(
        c.t("Say how a measure stands"),
        known,
        index=None,
        format_func=lambda name: plain(tell.measure(name)),
        key=key_of("one", "progress", c),
        placeholder=c.t("Choose a measure"),
    )
    if chosen is not None:
        settle(opened, tell, chosen)


# ── the team's table ─────────────────────────────────────────────────────────────────────────────────────────────────


def _take_in(opened: Assessment, tell: Teller, today: date) -> None:
    """Draw the upload of an edited table: what it says otherwise is shown, and taken over if somebody says so."""
    c, terms = tell.c, reckoning.settings(opened)
    with st.expander(
        c.t("Take in an edited table"), icon=":material/upload_file:", key=key_of("take-in", "progress", c)
    ):
        st.markdown(
            c.t(
                "Download the plan as a table under “Take along”, let your team change status, owner, days and notes in it, and hand it in here. "
                "You see what it says otherwise before anything is taken over."
            )
        )
        given = st.file_uploader(
            c.t("The table, as CSV"), type=["csv", "txt"], key=key_of("table", "progress", c)
        )
        if given is None:
            return
        try:
            brought = read_tracked(
                given.getvalue(), given.name, questionnaire=tell.questionnaire, terms=terms, on=today
            )
        except AnswersError as error:
            tell_problems(error, c)
            st.caption(c.t("Nothing was taken over."))
            return
        if not brought.differences:
            st.success(c.t("The table says what stands here already."), icon=":material/done_all:")
            return
        st.markdown("\n".join(f"- {_said(tell, each)}" for each in brought.differences[:SHOWN]))
        rest = len(brought.differences) - SHOWN
        if rest > 0:
            st.caption(c.n("One more difference.", "{count} more differences.", rest))
        label = c.n("Take over one change", "Take over {count} changes", len(brought.differences))
        if st.button(label, type="primary", icon=":material/check:", key="take-table-over"):
            keep(opened, brought.terms)


def _said(tell: Teller, each: Difference) -> str:
    """Return a difference in a line: the measure, what it is about, before and after."""
    c = tell.c
    return c.t(
        "**{measure}** · {what}: {before} → {after}",
        measure=plain(tell.measure(each.measure)),
        what=c.t(COLUMNS[each.column]),
        before=_value(tell, each, each.before),
        after=_value(tell, each, each.after),
    )


def _value(tell: Teller, each: Difference, value: str) -> str:
    c = tell.c
    match each.column:
        case "status":
            words = {str(standing): word for standing, word in STATUSES.items()}
            return c.t(words[value]) if value in words else c.t("as planned")
        case "begun" | "ended":
            return c.day(date.fromisoformat(value)) if value else c.t("no day")
        case _:
            return plain(" ".join(value.split())) if value else c.t("nothing")
