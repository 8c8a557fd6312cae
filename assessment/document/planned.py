"""The plan in words, wherever it is told: why a measure is in it, why then, why another is not, what would bring it in."""

from collections.abc import Iterator
from math import ceil
from typing import assert_never

from assessment.charts import wave_of
from assessment.document.telling import Teller
from assessment.document.tracked import STATUSES
from assessment.i18n import N_, catalogue
from assessment.questionnaire import Effort
from assessment.report import Report
from assessment.roadmap import Postponed, Slot, effort_factor
from assessment.values import TOLERANCE, Variety

WAVE_NAMES = (N_("Wave 1"), N_("Wave 2"), N_("Wave 3"))

FINER = 10
"""Person-days are said with one decimal."""

LEAST_SHARE = 0.005
"""A smaller share of the gain is not told."""


def teller(report: Report, language: Variety) -> Teller:
    """Return the report told in a language."""
    return Teller(report, language, catalogue(language))


def title_of(tell: Teller) -> str:
    """Return what the plan is called."""
    organisation = tell.report.subject.organisation.strip()
    name = tell.c.t("Roadmap")
    return (
        tell.c.t("{title}: {organisation}", title=name, organisation=organisation) if organisation else name
    )


def wave(tell: Teller, slot: Slot) -> str:
    """Return the name of the wave in which a measure begins."""
    return tell.c.t(WAVE_NAMES[wave_of(slot.begin)])


def why(tell: Teller, slot: Slot) -> str:
    """Return what a measure is in the plan for."""
    c = tell.c
    match slot.why:
        case "cap":
            return c.t("Settles a condition that limits levels")
        case "prerequisite":
            return c.t("Needed by a later measure")
        case "quick_win":
            return c.t("Quick win")
        case "value":
            return c.t("Much gain for its effort")
        case "pinned":
            return c.t("Its begin is set")
        case "running":
            return c.t("Under way")
        case _:
            assert_never(slot.why)


def why_then(tell: Teller, slot: Slot) -> str:
    """Return why a measure begins when it does and not earlier."""
    c, others = tell.c, tell.some(tell.measure(name) for name in slot.held_by_measures)
    match slot.held_by:
        case "start":
            return c.t("It begins with the plan.")
        case "prerequisite":
            return c.t("It begins right after what it needs first: {list}.", list=others)
        case "lead":
            lead = tell.questionnaire.measures_by_id[slot.measure].lead
            because = tell.say(lead.because) if lead is not None else ""
            return c.t("Waiting time is planned first. {reason}", reason=because).rstrip()
        case "capacity":
            if not others:
                return c.t("There is no room for it earlier.")
            return c.t("There is no room for it earlier beside: {list}.", list=others)
        case "role":
            role = role_name(tell, slot.held_by_role)
            if not others:
                return c.t("{role}: there is no room for it earlier.", role=role)
            return c.t("{role}: there is no room for it earlier beside: {list}.", role=role, list=others)
        case "pinned":
            return c.t("It begins when it was set to begin.")
        case "running":
            return c.t("It is under way already.")
        case "in_time":
            return c.t("It could begin earlier, but nothing would be reached earlier by that.")
        case _:
            assert_never(slot.held_by)


def what_follows(tell: Teller, slot: Slot) -> Iterator[str]:
    """Yield what a measure leads to: levels, other measures, what would be lost without it."""
    c = tell.c
    if slot.raises:
        rises = [
            c.t("{section} to level {level}", section=tell.section(rise.section), level=rise.to)
            for rise in slot.raises
        ]
        yield c.t("Lifts {list}.", list=tell.some(rises))
    if slot.unlocks:
        yield c.t("Makes way for: {list}.", list=tell.some(tell.measure(name) for name in slot.unlocks))
    if slot.cap_months:
        yield c.n(
            "Without it, conditions would limit levels for one month longer.",
            "Without it, conditions would limit levels for {count} months longer.",
            slot.cap_months,
        )
    elif slot.worth >= LEAST_SHARE:
        yield c.t("Without it, the plan would bring {share} less up to its end.", share=c.percent(slot.worth))


def room_to_slip(tell: Teller, slot: Slot) -> str:
    """Return how far a measure can slip with everything else where it is."""
    c = tell.c
    if slot.slack <= 0:
        return c.t("none: a delay moves other measures or leaves the plan")
    return c.n("half a month", "{months} months", slot.slack, months=c.number(slot.slack / 2, 1))


def assumed(tell: Teller, slot: Slot) -> str:
    """Return what is taken as done and must be clarified; nothing if there is nothing."""
    if not slot.assumes:
        return ""
    return tell.c.t(
        "Taken as done, because the answers do not say: {list}.",
        list=tell.some(tell.measure(name) for name in slot.assumes),
    )


def proof_line(tell: Teller) -> str:
    """Return how good the plan is known to be; nothing if it was not proven."""
    c, proof = tell.c, tell.report.roadmap.proof
    if proof is None:
        return ""
    if proof.optimal:
        return c.t("Proven: under these terms no plan is better.")
    if not proof.caps_proven:
        return c.t("Not proven yet: another plan might settle the limiting conditions earlier.")
    return c.t(
        "Proven: no plan can gain more than {share} beyond this one.",
        share=c.percent(max(proof.beyond, 0.01)),
    )


def described(tell: Teller, slot: Slot) -> str:
    """Return what there is to know about a measure of the plan, in lines."""
    return "\n".join((*followed_up(tell, slot.measure), *_lines(tell, slot)))


def followed_up(tell: Teller, measure: str) -> Iterator[str]:
    """Yield what is settled and noted about a measure, in lines: where it stands, who answers for it, the note."""
    c, track = tell.c, tell.report.tracking.of(measure)
    settled = tell.report.roadmap.wishes.of(measure)
    lines = []
    if settled is not None and settled.standing != "pinned":
        lines.append(f"{c.t('Status')}: {c.t(STATUSES[settled.standing])}")
        if settled.begin is not None:
            lines.append(f"{c.t('Begun on')}: {c.day(settled.begin)}")
        if settled.end is not None:
            lines.append(
                f"{c.t('Finished on') if settled.standing != 'dropped' else c.t('Dropped on')}: {c.day(settled.end)}"
            )
    if track.owner.strip():
        lines.append(f"{c.t('Owner')}: {track.owner.strip()}")
    if track.note.strip():
        lines.append(f"{c.t('Note')}: {track.note.strip()}")
    yield from lines
    if lines:
        yield ""


def _lines(tell: Teller, slot: Slot) -> Iterator[str]:
    c, measure = tell.c, tell.questionnaire.measures_by_id[slot.measure]
    yield tell.say(measure.what)
    if measure.first_steps:
        yield ""
        yield f"{c.t('First steps')}:"
        yield from (f"– {tell.say(step)}" for step in measure.first_steps)
    yield ""
    yield f"{c.t('Who')}: {tell.say(measure.role)}"
    yield f"{c.t('Effort')}: {tell.effort(slot.effort_low, slot.effort_high)}"
    yield f"{c.t('Why')}: {why(tell, slot)}"
    yield f"{c.t('Why then')}: {why_then(tell, slot)}"
    if slot.waits_for:
        yield f"{c.t('Needs first')}: {c.join(tell.measure(name) for name in slot.waits_for)}"


def role_name(tell: Teller, role: str | None) -> str:
    """Return what a planning role is called; its id, if the questionnaire does not know it."""
    names = {each.id: tell.say(each.label) for each in tell.questionnaire.planning.roles}
    return names.get(role or "", role or "")


def why_not(tell: Teller, item: Postponed) -> str:
    """Return why a measure is not in the plan."""
    c, capacity = tell.c, tell.report.roadmap.capacity.per_month
    match item.reason:
        case "capacity":
            if item.needs_per_month is not None and item.needs_per_month > capacity:
                return c.t(
                    "Alone it takes {needs} person-days a month; there are {capacity}.",
                    needs=tell.days(item.needs_per_month),
                    capacity=tell.days(capacity),
                )
            return c.t("The people are taken by measures that gain more for their effort.")
        case "role":
            return c.t(
                "{role}: taken by measures that gain more for their effort.", role=role_name(tell, item.role)
            )
        case "budget":
            return c.t("The budget is taken by other measures.")
        case "horizon":
            return c.t("It would end after the plan's horizon.")
        case "prerequisite":
            return c.t("It needs something first that the plan does not contain.")
        case "covered":
            return c.t("Other measures of the plan bring the same.")
        case "no_gain":
            return c.t("It would raise no index and settle no condition.")
        case "little_gain":
            return c.t("It would bring too little for its effort within this horizon.")
        case "no_gap":
            return c.t("The answers are already where it would lead.")
        case "not_applicable":
            return c.t("It does not apply to this organisation.")
        case "unclear":
            return c.t("It depends on answers that are not known.")
        case "not_asked":
            return c.t("The short version does not ask about it.")
        case "dropped":
            return c.t("It was taken out of the plan.")
        case "done":
            return c.t("It is done.")
        case _:
            assert_never(item.reason)


def way_back(tell: Teller, item: Postponed) -> str:
    """Return what would bring a measure into the plan, as far as something would and is known."""
    return " ".join(_ways(tell, item))


def _ways(tell: Teller, item: Postponed) -> Iterator[str]:
    c, known = tell.c, tell.questionnaire
    if item.fits_per_month is not None:
        yield _with_more_days(tell, item, _at_least(tell, item.fits_per_month))
    elif item.fits_months is not None:
        yield c.t("There is room beside this plan within {months} months.", months=item.fits_months)
    if item.fits_budget is not None:
        yield c.t(
            "There is room beside this plan with a budget of {budget}.",
            budget=c.number(ceil(item.fits_budget - TOLERANCE), 0),
        )
    if item.reason == "covered":
        return  # what it waits for are the measures that stand in its place
    measures = [tell.measure(name) for name in item.waits_for if name in known.measures_by_id]
    questions = [tell.question(name) for name in item.waits_for if name in known.answerable]
    if measures:
        yield c.t("Waits for: {list}.", list=c.join(measures))
    if questions:
        yield c.t("Depends on: {list}", list=" · ".join(questions))
    if item.reason == "dropped":
        yield c.t("It can be taken in again.")
    if item.reason == "not_asked":
        yield c.t("The complete version asks about it.")


def _with_more_days(tell: Teller, item: Postponed, days: str) -> str:
    """Return how many person-days would be enough, or, with as many as there are, how many months."""
    c, months = tell.c, item.fits_months
    if item.role is None and months is None:
        return c.t("There is room beside this plan from {days} person-days a month.", days=days)
    if item.role is None:
        return c.t(
            "There is room beside this plan from {days} person-days a month, or within {months} months.",
            days=days,
            months=months,
        )
    role = role_name(tell, item.role)
    if months is None:
        return c.t(
            "There is room beside this plan from {days} person-days a month of {role}.", days=days, role=role
        )
    return c.t(
        "There is room beside this plan from {days} person-days a month of {role}, or within {months} months.",
        days=days,
        role=role,
        months=months,
    )


def _at_least(tell: Teller, days: float) -> str:
    """Return person-days rounded up, so that what is said is enough."""
    return tell.days(ceil(days * FINER - TOLERANCE) / FINER)


NEVER_NEEDED = ("covered", "no_gain", "no_gap", "not_applicable", "done")
"""For these reasons nothing is left to do; an effort would only mislead whoever adds them up."""


def effort_of(tell: Teller, item: Postponed) -> Effort | None:
    """Return what a postponed measure would take, in person-days; None if it is not needed."""
    if item.reason in NEVER_NEEDED:
        return None
    own = tell.report.roadmap.wishes.efforts.get(item.measure)
    if own is not None:
        return own
    effort = tell.questionnaire.measures_by_id[item.measure].effort
    factor = effort_factor(tell.questionnaire, tell.report.sheet)
    return Effort(low=effort.low * factor, high=effort.high * factor)
