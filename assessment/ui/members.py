"""Desks of people who sign in: those one belongs to, who else does and as what, invitations; and how a desk with a link becomes one's own."""

from datetime import datetime

import streamlit as st

from assessment.i18n import N_, Catalogue
from assessment.store import Member, Role, Workspace
from assessment.ui import addresses, desks, state, trail
from assessment.ui.words import plain

INVITED = "i"
"""What of the address carries an invitation."""
MADE = "invitation-made"
"""Under this name the session keeps the link of the invitation it has just made, which nobody can look up again."""
LONGEST = 250
ROLES: tuple[Role, ...] = ("reader", "contributor", "consultant", "owner")
NAMES: dict[Role, str] = {
    "reader": N_("Reader: sees results, plans and reports"),
    "contributor": N_("Contributor: also answers questions"),
    "consultant": N_("Consultant: also changes everything about clients and assessments"),
    "owner": N_("Owner: also decides who belongs here, and deletes clients"),
}
SHORT: dict[Role, str] = {
    "reader": N_("Reader"),
    "contributor": N_("Contributor"),
    "consultant": N_("Consultant"),
    "owner": N_("Owner (full rights)"),
}


def come_in() -> None:
    """Take the invitation that the address carries; it leaves the address, whether it is valid or not.

    Raises:
        StoreError: it is not valid, or not any more.
    """
    asked = st.query_params.get(INVITED)
    if asked:
        del st.query_params[INVITED]
        desks.sit_down(state.writing().people.accept(asked).workspace)


def at_the_door(c: Catalogue) -> None:
    """Draw the desks one belongs to, and the ways to another."""
    st.title(c.t("Several clients, several sites"), anchor=False)
    st.markdown(
        c.t(
            "A desk keeps the assessments of your clients and their sites together. Who belongs to it, and as what, its owners decide."
        )
    )
    for one in state.store().people.desks():
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"desk-{one.workspace}"
        ):
            with st.container(width="stretch", gap="xsmall"):
                st.header(plain(one.name) or c.t("Clients"), anchor=False)
                st.caption(c.t(SHORT[one.role]))
            st.button(
                c.t("Open"),
                icon=":material/arrow_forward:",
                key=f"sit-{one.workspace}",
                on_click=desks.sit_down,
                args=(one.workspace,),
                help=c.t("Open the desk {name}", name=plain(one.name)),
            )
    with st.grid(2, min_column_width=280):
        with st.form("open-desk", border=True):
            name = st.text_input(c.t("Name of the desk, for example your firm's"), max_chars=desks.LONGEST)
            if st.form_submit_button(c.t("Open a desk"), type="primary", icon=":material/folder_shared:"):
                desks.sit_down(state.writing().clients.open(name.strip()))
                st.rerun()
        with st.form("enter-desk", border=True):
            typed = st.text_input(
                c.t("Private link of a desk that was opened without an account"), placeholder="http…/?d=…"
            )
            if st.form_submit_button(c.t("Make it mine"), icon=":material/key:"):
                token = desks.token_in(typed)
                if token:
                    desks.sit_down(state.writing().people.take_over(token))
                    st.rerun()
                st.warning(c.t("Please paste the desk's link into the field first."), icon=":material/link:")


def about_the_desk(here: Workspace, c: Catalogue) -> None:
    """Draw the desk's name, who belongs to it, and the way out."""
    role = state.store().people.role(desks.desk())
    with st.expander(c.t("This desk: name and people"), icon=":material/group:", key=f"about-{c.language}"):
        if role == "owner":
            _name(here, c)
        if role in ("owner", "consultant"):
            _people(here, c, is_owner=role == "owner")
        if role == "owner":
            _invitations(here, c)
        with st.container(horizontal=True):
            st.button(
                c.t("To my other desks"),
                icon=":material/arrow_back:",
                key="leave-desk",
                on_click=desks.leave,
            )
            if st.button(c.t("Leave this desk for good"), icon=":material/logout:", key="leave-for-good"):
                state.writing().people.leave(desks.desk())
                desks.leave()
                st.rerun()
        if role == "owner":
            desks.delete(here, c)
    if role == "owner":
        trail.of_desk(c)


def _name(here: Workspace, c: Catalogue) -> None:
    name = st.text_input(
        c.t("Name of the desk"), here.name, max_chars=desks.LONGEST, key=f"desk-name-{here.id}"
    )
    if name is not None and name.strip() != here.name:
        state.writing().clients.rename(desks.desk(), name.strip())
        st.rerun()


def _people(here: Workspace, c: Catalogue, *, is_owner: bool) -> None:
    st.header(c.t("Who belongs here"), anchor=False)
    for one in state.store().people.members(desks.desk()):
        with st.container(horizontal=True, vertical_alignment="center", key=f"member-{one.person.id}"):
            with st.container(width="stretch", gap=None):
                st.markdown(f"**{plain(one.person.name)}**")
                said = [plain(one.person.email), _where(here, one.client, c)]
                st.caption(" · ".join(part for part in said if part))
            if is_owner:
                _change(here, one, c)
            else:
                st.caption(c.t(SHORT[one.role]))


def _where(here: Workspace, client: str | None, c: Catalogue) -> str:
    if client is None:
        return ""
    name = next((line.name for line in here.clients if line.id == client), "")
    return c.t("only {client}", client=plain(name))


def _change(here: Workspace, one: Member, c: Catalogue) -> None:
    key = f"role-{one.person.id}-{one.role}-{c.language}"
    chosen = st.selectbox(
        c.t("Role of {name}", name=plain(one.person.name)),
        ROLES,
        index=ROLES.index(one.role),
        format_func=lambda role: c.t(SHORT[role]),
        key=key,
        label_visibility="collapsed",
        width=160,
    )
    if chosen != one.role:
        client = None if chosen == "owner" else one.client
        state.writing().people.save_member(desks.desk(), one.person.id, role=chosen, client=client)
        st.rerun()
    if st.button(
        c.t("Remove"),
        icon=":material/person_remove:",
        key=f"remove-{one.person.id}",
        help=c.t(
            "Remove {name}: from this moment on the desk is closed to them.", name=plain(one.person.name)
        ),
    ):
        state.writing().people.remove_member(desks.desk(), one.person.id)
        st.rerun()


def _invitations(here: Workspace, c: Catalogue) -> None:
    st.header(c.t("Invite somebody"), anchor=False)
    with st.form(f"invite-{here.id}", border=False, clear_on_submit=True):
        email = st.text_input(c.t("Their e-mail address, as they sign in with it"), max_chars=LONGEST)
        role = st.selectbox(c.t("What they may do"), ROLES, index=2, format_func=lambda one: c.t(NAMES[one]))
        names = {"": c.t("All clients"), **{line.id: line.name for line in here.clients}}
        client = st.selectbox(
            c.t("Which clients they see"), list(names), format_func=lambda one: plain(names[one])
        )
        sent = st.form_submit_button(c.t("Make an invitation"), icon=":material/person_add:")
    if sent and "@" not in (email or ""):
        st.warning(c.t("Please enter an e-mail address."), icon=":material/edit:")
    elif sent and role == "owner" and client:
        st.warning(c.t("An owner has access to everything: choose all clients."), icon=":material/edit:")
    elif sent:
        made = state.writing().people.invite(desks.desk(), email.strip(), role=role, client=client or None)
        state.note_lasting(MADE, (made.id, link_of(made.token)))
    known, link = state.lasting(MADE) or ("", "")
    for one in state.store().people.invited(desks.desk()):
        with st.container(border=True, key=f"invitation-{one.id}"):
            said = [c.t(SHORT[one.role]), _where(here, one.client, c), _until(one.until, c)]
            st.markdown(f"**{plain(one.email)}** · " + " · ".join(part for part in said if part))
            if one.id == known:
                st.markdown(
                    c.t(
                        "Send this link to them; nothing is sent from here, and the link is shown only now. "
                        "It can be used once, by whoever signs in with this address."
                    )
                )
                st.markdown(plain(link))
            if st.button(c.t("Take back"), icon=":material/link_off:", key=f"take-back-{one.id}"):
                state.writing().people.take_back(desks.desk(), one.id)
                st.rerun()


def link_of(token: str) -> str:
    """Return the link of an invitation."""
    return f"{addresses.home()}clients?{INVITED}={token}"


def _until(until: datetime, c: Catalogue) -> str:
    return c.t("valid until {moment}", moment=state.moment(until))
