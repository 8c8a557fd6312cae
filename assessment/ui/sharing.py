"""Links to the open assessment for others: what each lets one do, until when, and how it is taken back."""

from datetime import UTC, datetime

import streamlit as st

from assessment.i18n import N_, Catalogue
from assessment.store import Assessment, Right, Role
from assessment.ui import addresses, roles, state
from assessment.ui.members import SHORT
from assessment.ui.words import plain

MADE = "shared-link"
"""Under this name the session keeps the link it has just made, which nobody can look up again."""
LONGEST = 120
WHAT: dict[Role, str] = {
    "reader": N_("look at results, plan and report"),
    "contributor": N_("answer questions, too"),
    "consultant": N_("change everything, too"),
}


def sharing(opened: Assessment, c: Catalogue) -> None:
    """Draw the links that were handed out, and the ways to another: folded away until somebody wants it."""
    with st.expander(
        c.t("Links for others"),
        icon=":material/share:",
        key=f"sharing-{state.mark()}-{c.language}",
        on_change="rerun",
    ) as folded:
        if folded.open:
            _made(opened, c)
            _another(opened, c)
            if roles.may(opened, Right.OWN):
                _renew(opened, c)


def _made(opened: Assessment, c: Catalogue) -> None:
    mark, link = state.shown(MADE) or ("", "")
    now = datetime.now(UTC)
    for one in state.store().links.all(opened.id):
        with st.container(border=True, key=f"shared-{one.mark[:12]}"):
            said = [f"**{plain(one.label) or c.t('Another device')}**", c.t(SHORT[one.role])]
            if one.until is not None:
                over = one.until <= now
                moment = state.moment(one.until)
                said.append(
                    c.t("ended {moment}", moment=moment)
                    if over
                    else c.t("valid until {moment}", moment=moment)
                )
            if one.is_mine:
                said.append(c.t("this device"))
            st.markdown(" · ".join(said))
            st.caption(c.t("made {moment}", moment=state.moment(one.created_at)))
            if one.mark == mark:
                st.markdown(c.t("Copy this link now: it is shown only once."))
                st.markdown(plain(link))
            if st.button(c.t("Take back"), icon=":material/link_off:", key=f"unshare-{one.mark[:12]}"):
                state.writing().links.take_back(opened.id, one.mark)
                st.rerun()


def _another(opened: Assessment, c: Catalogue) -> None:
    with st.form(f"share-{opened.id}", border=False, clear_on_submit=True):
        label = st.text_input(c.t("For whom or what for"), max_chars=LONGEST)
        role = st.selectbox(
            c.t("Whoever has the link may"), list(WHAT), format_func=lambda one: c.t(WHAT[one])
        )
        ends = st.date_input(
            c.t("Until the end of this day"), value=None, min_value="today", format=c.day_pattern
        )
        sent = st.form_submit_button(c.t("Make a link"), icon=":material/add_link:")
    if sent and not label.strip():
        st.warning(
            c.t("Please say whom the link is for: so you know later which one to take back."),
            icon=":material/edit:",
        )
    elif sent:
        until = None if ends is None else state.end_of(ends)
        made = state.writing().links.share(opened.id, label.strip(), role=role, until=until)
        state.note_shown(MADE, (made.mark, addresses.address_of(made.token)))
        st.rerun()


def _renew(opened: Assessment, c: Catalogue) -> None:
    sure = st.checkbox(
        c.t("A link got into the wrong hands: make all links and codes void, including this one"),
        key=f"renew-sure-{opened.id}",
    )
    if st.button(c.t("Make a new private link"), icon=":material/key_off:", disabled=not sure, key="renew"):
        state.open_link(state.writing().links.renew(opened.id).token)
        st.rerun()
