"""Whose desk is open in this session, how one comes to a desk, and the list of its clients."""

from datetime import date

import streamlit as st

from assessment.i18n import Catalogue
from assessment.store import RIGHTS, ClientLine, Right, UnknownLink, Workspace
from assessment.ui import addresses, pocket, state
from assessment.ui.words import plain

DESK, CLIENT, VIEW = "d", "k", "v"
"""What of the address names the desk, the client, and what of it is shown."""
WHAT = state.DESK
LEFT = "desk-left"
"""Under this name the session keeps that the desk was closed: the browser is to forget it, not to be asked for it."""
LONGEST = 200
MANY = 12
"""From so many clients on one may search."""
AT_ONCE = 25
"""So many clients are shown, and so many more at each wish: a firm's hundreds would take seconds to draw."""


def desk() -> str:
    """Return the secret part of the open desk's link; nothing without one."""
    asked = st.query_params.get(DESK)
    if asked:
        state.note_lasting(WHAT, asked)
    return str(state.lasting(WHAT) or "")


def sit_down(token: str) -> None:
    """Open a desk; the address carries it."""
    state.note_lasting(LEFT, None)
    state.note_lasting(WHAT, token)
    st.query_params[DESK] = token


def leave() -> None:
    """Close the desk in this session; `at_the_door` lets the browser forget it."""
    state.note_lasting(LEFT, True)
    state.note_lasting(WHAT, None)
    state.note_lasting(CLIENT, None)
    for name in (DESK, CLIENT, VIEW):
        st.query_params.pop(name, None)


def may_change() -> bool:
    """Say whether one may change anything on the open desk; the store refuses it otherwise."""
    return RIGHTS[state.store().people.role(desk())] >= Right.CHANGE


def may_own() -> bool:
    """Say whether one may do on the open desk what only an owner may."""
    return RIGHTS[state.store().people.role(desk())] >= Right.OWN


def client() -> str:
    """Return the id of the client that the address names, else of the one seen last; nothing for the list of all."""
    return str(st.query_params.get(CLIENT) or state.lasting(CLIENT) or "")


def go_to(client: str = "", view: str = "") -> None:
    """Show a client, or all; for callbacks."""
    state.note_lasting(CLIENT, client)
    for name, value in ((CLIENT, client), (VIEW, view)):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def link_of(token: str) -> str:
    """Return the private link of a desk."""
    return f"{addresses.home()}clients?{DESK}={token}"


def token_in(typed: str) -> str:
    """Return the secret part of a desk's link, however much of the link was typed."""
    return typed.rsplit(f"{DESK}=", 1)[-1].split("&", maxsplit=1)[0].strip()


def at_the_door(c: Catalogue) -> None:
    """Draw what a desk is for, and the ways to one."""
    st.title(c.t("Several clients, several sites"), anchor=False)
    st.markdown(
        c.t(
            "A desk keeps the assessments of your clients and their sites together: status and next steps, pulses after some months, "
            "sites beside one another and rolled up, each client's own brand. It needs no account; its private link opens it."
        )
    )
    if state.lasting(LEFT):
        pocket.forget(WHAT)
    else:
        pocket.look_for(WHAT, sit_down)
    with st.grid(2, min_column_width=280):
        with st.form("open-desk", border=True):
            name = st.text_input(c.t("Name of the desk, for example your firm's"), max_chars=LONGEST)
            if st.form_submit_button(c.t("Open a desk"), type="primary", icon=":material/folder_shared:"):
                sit_down(state.writing().clients.open(name.strip()))
                st.rerun()
        with st.form("enter-desk", border=True):
            typed = st.text_input(c.t("Private link of a desk"), placeholder="http…/?d=…")
            if st.form_submit_button(c.t("Continue"), icon=":material/login:"):
                token = token_in(typed)
                if token:
                    state.store().clients.workspace(token)
                    sit_down(token)
                    st.rerun()
                st.warning(c.t("Please paste the desk's link into the field first."), icon=":material/link:")


def opened(c: Catalogue) -> Workspace | None:
    """Return the open desk; None, and the browser forgets it, where nothing is behind its link any more."""
    token = desk()
    if not token:
        return None
    try:
        found = state.store().clients.workspace(token)
    except UnknownLink:
        leave()
        st.warning(
            c.t("There is no desk behind this link. Check that it was copied completely."),
            icon=":material/link_off:",
        )
        return None
    if st.query_params.get(DESK) != token:
        st.query_params[DESK] = token
    pocket.keep(WHAT, token)
    return found


def all_clients(here: Workspace, c: Catalogue) -> None:
    """Draw the desk's clients, what is due first, and the ways to more."""
    st.title(plain(here.name) or c.t("Clients"), anchor=False)
    present = [line for line in here.clients if line.archived_at is None]
    away = [line for line in here.clients if line.archived_at is not None]
    wanted = ""
    if len(present) >= MANY:
        wanted = st.text_input(c.t("Search"), key=f"search-{here.id}-{c.language}", icon=":material/search:")
    shown = [line for line in present if wanted.casefold() in line.name.casefold()]
    if not here.clients:
        st.info(c.t("No client yet. Give the first one a name below."), icon=":material/domain_add:")
    elif wanted and not shown:
        st.caption(c.t("No client's name contains “{text}”.", text=plain(wanted)))
    _lines(here, sorted(shown, key=_by_due), wanted, c)
    if may_change():
        _add(here, c)
    if away:
        with st.expander(
            c.n("One client put away", "{count} clients put away", len(away)), icon=":material/archive:"
        ):
            for line in away:
                _line(line, c)


def _by_due(line: ClientLine) -> tuple[date, str]:
    return line.next_on or date.max, line.name.casefold()


def _lines(here: Workspace, lines: list[ClientLine], wanted: str, c: Catalogue) -> None:
    """Draw the clients that are due first, and the way to the others."""
    place = f"clients-shown-{here.id}"
    asked, most = state.lasting(place) or ("", AT_ONCE)
    if asked != wanted:
        most = AT_ONCE
    for line in lines[:most]:
        _line(line, c)
    if len(lines) > most:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                c.t(
                    "{shown} of {count} clients, those with the next due day first.",
                    shown=c.number(most, 0),
                    count=c.number(len(lines), 0),
                )
            )
            st.button(
                c.t("Show more"),
                icon=":material/expand_more:",
                key="more-clients",
                on_click=state.note_lasting,
                args=(place, (wanted, most + AT_ONCE)),
            )


def _line(line: ClientLine, c: Catalogue) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="medium", key=f"client-{line.id}"
    ):
        with st.container(width="stretch", gap="xsmall"):
            st.header(plain(line.name), anchor=False)
            said = [
                c.n("one site", "{count} sites", line.sites),
                c.n("one assessment", "{count} assessments", line.assessments),
            ]
            if line.changed_at is not None:
                said.append(c.t("last changed {moment}", moment=state.moment(line.changed_at)))
            st.caption(" · ".join(said))
            due(line.next_step, line.next_on, c)
        st.button(
            c.t("Open"),
            icon=":material/arrow_forward:",
            key=f"open-{line.id}",
            on_click=go_to,
            args=(line.id,),
            help=c.t("Open the client {name}", name=plain(line.name)),
        )


def due(step: str, on: date | None, c: Catalogue) -> None:
    """Draw what is to be done next, and whether that is overdue; nothing where nothing is."""
    if not step and on is None:
        return
    today = date.today()  # noqa: DTZ011 - the day on the wall
    said = plain(step) or c.t("Next step")
    if on is None:
        st.markdown(f":material/flag: {said}")
    else:
        when = c.date(on)
        late = on < today
        told = c.t("{step}, by {day}", step=said, day=when)
        st.markdown(f":red[:material/flag: {told} · {c.t('overdue')}]" if late else f":material/flag: {told}")


def _add(here: Workspace, c: Catalogue) -> None:
    with st.form(f"add-client-{len(here.clients)}", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(c.t("Another client"), max_chars=LONGEST, placeholder=c.t("Name"))
            sent = st.form_submit_button(c.t("Add"), icon=":material/add:")
        if sent and not name.strip():
            st.warning(c.t("Please give the client a name first."), icon=":material/edit:")
        elif sent:
            go_to(state.writing().clients.add_client(desk(), name.strip()))
            st.rerun()


def about_the_desk(here: Workspace, c: Catalogue) -> None:
    """Draw the desk's name and private link, and the way out."""
    with st.expander(
        c.t("This desk: name and private link"), icon=":material/key:", key=f"about-{c.language}"
    ):
        name = st.text_input(
            c.t("Name of the desk"), here.name, max_chars=LONGEST, key=f"desk-name-{here.id}"
        )
        if name is not None and name.strip() != here.name:
            state.writing().clients.rename(desk(), name.strip())
            st.rerun()
        st.markdown(
            c.t(
                "Whoever has this link sees all clients on the desk and can change and delete them. Keep it like a key; this browser remembers it."
            )
        )
        st.markdown(plain(link_of(desk())))
        if st.button(c.t("Close the desk in this browser"), icon=":material/logout:", key="leave-desk"):
            leave()
            st.rerun()
        delete(here, c)


def delete(here: Workspace, c: Catalogue) -> None:
    """Draw the way to delete a desk for good, once nothing is on it."""
    if here.clients:
        st.caption(c.t("A desk can be deleted once its clients are."))
        return
    sure = st.checkbox(c.t("Yes, delete the desk"), key=f"sure-desk-{here.id}")
    if st.button(c.t("Delete the desk"), icon=":material/delete:", disabled=not sure, key="delete-desk"):
        state.writing().clients.delete_desk(desk())
        leave()
        st.rerun()
