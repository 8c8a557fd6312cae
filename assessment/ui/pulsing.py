"""An assessment held again: begun with the answers of last time, whole or as a pulse; and what a pulse shows beside its questions."""

from datetime import date
from functools import partial

import streamlit as st

from assessment.document.saying import saying
from assessment.i18n import N_, Catalogue
from assessment.pulse import Asked, Pulse, Reason, opened_anew, pulse
from assessment.questionnaire import Questionnaire
from assessment.report import Earlier
from assessment.roadmap import Terms, to_follow_up
from assessment.store import Assessment, New
from assessment.ui import leading, reckoning, state
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain
from assessment.values import language_of

REASONS: dict[Reason, str] = {
    "unanswered": N_("Not answered yet."),
    "measure": N_("A measure that was to move this is finished: {measures}."),
    "expired": N_("The evidence is more than a year old."),
    "unknown": N_("It was not known."),
    "unproven": N_("No evidence was named for it."),
}


def found(opened: Assessment, *, today: date) -> Pulse:
    """Return what a pulse of this assessment would ask."""
    known = questionnaire(opened.sheet.questionnaire)
    wishes = opened.plan.wishes if opened.plan else None
    return pulse(known, opened.sheet, since=opened.subject.held_on, today=today, wishes=wishes)


def held_again(opened: Assessment, *, as_pulse: bool) -> New:
    """Return the assessment that follows this one, held today and compared with it; a pulse has open what it asks again."""
    today = date.today()  # noqa: DTZ011 - the day on the wall
    known = questionnaire(opened.sheet.questionnaire)
    asked = found(opened, today=today).questions if as_pulse else None
    sheet = opened.sheet.model_copy(update={"version": known.version})
    return New(
        sheet if asked is None else opened_anew(sheet, asked),
        opened.subject.model_copy(update={"held_on": today}),
        language_of(state.language()),
        plan=opened.plan and from_now_on(_followed(opened, opened.plan), today),
        brand=opened.brand,
        earlier=Earlier(questionnaire=known, sheet=opened.sheet, subject=opened.subject),
        follows=opened.id,
        questions=asked,
    )


def _followed(opened: Assessment, plan: Terms) -> Terms:
    if not plan.is_followed_up:
        return plan
    return to_follow_up(plan, reckoning.report(opened).roadmap, held_on=opened.subject.held_on)


def from_now_on(plan: Terms, today: date) -> Terms:
    """Return the plan's terms, beginning no earlier than next month: what is settled about measures stays."""
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    start = max(plan.capacity.start, following)
    return plan.model_copy(update={"capacity": plan.capacity.model_copy(update={"start": start})})


def begin_again(opened: Assessment, *, as_pulse: bool) -> None:
    """Make the assessment that follows this one, and open it.

    Raises:
        StoreError: it was not made; the present one stays open.
    """
    state.open_link(state.writing().put_new(held_again(opened, as_pulse=as_pulse)).token)


def offer_again(opened: Assessment, c: Catalogue) -> str:
    """Draw the two ways to hold an assessment again; return the page to go to once one was taken, nothing before."""
    folded = st.popover(
        c.t("Assess again"), icon=":material/history:", key=f"again-{opened.id}", on_change="rerun"
    )
    if not folded.open:  # what a pulse asks is worked out only where somebody wants to know
        return ""
    asked = found(opened, today=date.today())  # noqa: DTZ011 - the day on the wall
    with folded:
        st.markdown(
            c.t("Begins with today's answers and compares itself with them. This assessment stays as it is.")
        )
        if asked.questions:
            st.markdown(
                c.n(
                    "**Pulse:** one question, about {minutes} minutes: what finished measures should have moved, what has grown old, what was never sure.",
                    "**Pulse:** {count} questions, about {minutes} minutes: what finished measures should have moved, what has grown old, what was never sure.",
                    len(asked.questions),
                    minutes=c.number(asked.minutes, 0),
                )
            )
            if st.button(c.t("Begin a pulse"), icon=":material/bolt:", type="primary", key="again-pulse"):
                begin_again(opened, as_pulse=True)
                return "questions"
        else:
            st.caption(
                c.t(
                    "Nothing is there for a pulse: no measure was finished since, and every answer is proven and young."
                )
            )
        if st.button(c.t("Go through all questions"), icon=":material/checklist:", key="again-all"):
            begin_again(opened, as_pulse=False)
            return "profile"
    return ""


def only(opened: Assessment) -> frozenset[str] | None:
    """Return the questions that are asked; None for all."""
    return None if opened.pulse is None else frozenset(one.question for one in opened.pulse)


def banner(opened: Assessment, c: Catalogue) -> None:
    """Say that this is a pulse, and draw the way to all questions."""
    if opened.pulse is None:
        return
    with st.container(border=True, key="pulse", horizontal=True, vertical_alignment="center"):
        st.markdown(
            c.n(
                ":material/bolt: **Pulse:** one question is asked again; every other answer stands as it was.",
                ":material/bolt: **Pulse:** {count} questions are asked again; every other answer stands as it was.",
                len(opened.pulse),
            ),
            width="stretch",
        )
        if st.button(c.t("Ask all questions"), icon=":material/unfold_more:", key="ask-everything"):
            state.writing().ask_everything(opened.id)
            st.rerun()


def asked_again(opened: Assessment, identifier: str, c: Catalogue) -> None:
    """Say above a question of a pulse why it is asked again and what was answered; draw the way to leave it as it was."""
    one = next((each for each in opened.pulse or () if each.question == identifier), None)
    if one is None:
        return
    known = questionnaire(opened.sheet.questionnaire)
    st.markdown(f":material/history: {_why(one, known, c)} {_last_time(one, known, c)}".rstrip())
    present = opened.sheet.by_question.get(identifier)
    is_open = present is None or present.state == "open"
    if is_open and one.before is not None and one.before.state != "open":
        st.button(
            c.t("Still so"),
            icon=":material/done:",
            on_click=leading.asks(partial(_still_so, opened.id, one)),
            key=f"still-{identifier}",
            help=c.t("Save the answer of last time again, with its evidence and comment"),
        )


def _why(one: Asked, known: Questionnaire, c: Catalogue) -> str:
    titles = [
        known.measures_by_id[name].title.localize(c.language)
        for name in one.measures
        if name in known.measures_by_id
    ]
    said = (c.t(REASONS[reason], measures=c.join(titles)) for reason in one.reasons)
    return plain(" ".join(said))


def _last_time(one: Asked, known: Questionnaire, c: Catalogue) -> str:
    question = known.questions_by_id.get(one.question)
    if question is None or one.before is None or one.before.value is None:
        return ""
    said = saying(question, one.before.value, c=c, language=c.language).line
    return c.t("Last time: {answer}", answer=plain(said))


def _still_so(assessment: str, one: Asked) -> None:
    """Save the answer of last time as today's."""
    if one.before is not None:
        state.save(assessment, one.before.model_copy(update={"at": None}))
