"""People who are asked to contribute: personal links made and taken back, how far each person has come, what came as a file."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from assessment.answers import asked
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.store import VALID_FOR, Assessment, Contributor, Invited
from assessment.ui import addresses, invited, leading, remembered, state
from assessment.ui.words import plain

MADE = "invited-now"
"""Under this name the session keeps the link that was just made, and for whom: the database does not know it."""
LONGEST = 200
LONGEST_DAYS = 365


def link_of(token: str) -> str:
    """Return a personal link."""
    return f"{addresses.home()}contribute?{invited.LINK}={token}"


def invite(opened: Assessment, c: Catalogue) -> None:
    """Draw the field for a person, and the link that was just made."""
    st.header(c.t("Personal links"), anchor=False)
    st.markdown(
        c.t(
            "Whoever opens a personal link answers under their name, answer by answer, on a phone or a computer, and sees nobody else's "
            "answers. Nothing is taken over before you say so."
        )
    )
    with st.form("invite", border=True, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(c.t("Name"), max_chars=LONGEST, key="invite-name")
            role = st.text_input(c.t("Role (optional)"), max_chars=LONGEST, key="invite-role")
            days = st.number_input(
                c.t("Days that the link opens"),
                min_value=1,
                max_value=LONGEST_DAYS,
                value=VALID_FOR.days,
                key="invite-days",
                width=200,
            )
        sent = st.form_submit_button(c.t("Make a link"), type="primary", icon=":material/person_add:")
    if sent and not name.strip():
        st.warning(c.t("Please enter the person's name first."), icon=":material/edit:")
    elif sent:
        until = datetime.now(UTC) + timedelta(days=int(days))
        made = state.store().contributions.invite(opened.id, name.strip(), role=role.strip(), until=until)
        state.note_shown(MADE, (name.strip(), made))
        st.rerun()
    _made(c)


def _made(c: Catalogue) -> None:
    made: tuple[str, Invited] | None = state.shown(MADE)
    if made is None:
        return
    name, link = made
    with st.container(border=True, key="link-made"):
        st.markdown(
            c.t(
                "**The link of {name}.** Copy it now: only its fingerprint is stored, so it is not shown again. If it is lost, make a new "
                "one below; the answers stay.",
                name=plain(name),
            )
        )
        st.code(link_of(link.token), language=None, wrap_lines=True)
        if remembered.is_on_this_computer():
            st.warning(
                c.t(
                    "This app runs on your own computer: code and link lead here from this computer only. Others reach it "
                    "after it was started for them, with --address."
                ),
                icon=":material/lan:",
            )
        st.button(c.t("I have copied it"), key="link-copied", on_click=state.note_shown, args=(MADE, None))


def people(
    opened: Assessment, known: Questionnaire, everybody: tuple[Contributor, ...], c: Catalogue
) -> None:
    """Draw everybody who contributes, how far they have come, and what can be done about it."""
    for one in everybody:
        with st.container(border=True, key=f"person-{one.id}", horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap="xsmall"):
                role = f" · {plain(one.contribution.role)}" if one.contribution.role else ""
                st.markdown(f"**{plain(one.contribution.respondent)}**{role}")
                st.caption(_standing(opened, known, one, c))
            _commands(opened, one, c)


def _standing(opened: Assessment, known: Questionnaire, one: Contributor, c: Catalogue) -> str:
    moment = state.moment(one.contribution.received_at)
    if not one.is_by_link or one.until is None:
        said = c.n("one answer", "{count} answers", one.answered)
        return c.t("handed in a form on {moment}: {answers}", moment=moment, answers=said)
    theirs = opened.sheet.with_answers(each.answer for each in one.contribution.answers)
    every = sum(1 for _ in asked(known, theirs))
    done = c.t(
        "{answered} of {asked} questions answered",
        answered=c.number(one.answered, 0),
        asked=c.number(every, 0),
    )
    parts = [done]
    if one.contribution.answers:
        parts.append(c.t("last answer {moment}", moment=moment))
    if one.is_revoked:
        parts.append(c.t("the link was taken back"))
    elif one.is_open(datetime.now(UTC)):
        parts.append(c.t("the link opens until {day}", day=c.date(one.until.date())))
    else:
        parts.append(c.t("the link has ended"))
    return " · ".join(parts)


def _commands(opened: Assessment, one: Contributor, c: Catalogue) -> None:
    name = plain(one.contribution.respondent)
    contributions = state.store().contributions

    def renew() -> None:
        state.note_shown(MADE, (one.contribution.respondent, contributions.renew(opened.id, one.id)))

    if one.is_by_link:
        st.button(
            c.t("New link"),
            icon=":material/link:",
            key=f"renew-{one.id}",
            on_click=leading.asks(renew),
            help=c.t("A new link for {name}; the one before opens nothing any more", name=name),
        )
    if one.is_open(datetime.now(UTC)):
        st.button(
            c.t("Take back"),
            icon=":material/link_off:",
            key=f"revoke-{one.id}",
            on_click=leading.asks(lambda: contributions.revoke(opened.id, one.id)),
            help=c.t("The link of {name} opens nothing any more; the answers stay", name=name),
        )
    with st.popover(c.t("Remove"), icon=":material/delete:", key=f"remove-{one.id}"):
        st.markdown(
            c.t("What {name} answered is deleted, and their link ends. What was taken over stays.", name=name)
        )
        st.button(
            c.t("Remove it now"),
            type="primary",
            key=f"remove-now-{one.id}",
            on_click=leading.asks(lambda: contributions.remove(opened.id, one.id)),
        )
