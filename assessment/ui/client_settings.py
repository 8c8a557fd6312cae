"""What is kept about a client: its name, a note, its brand; and the ways to take it along, put it away, delete it."""

import re

import streamlit as st

from assessment.i18n import Catalogue
from assessment.loader import CLIENT_SUFFIX as SUFFIX
from assessment.store import Client
from assessment.ui import branding, client_files, desks, state
from assessment.ui.deferred import for_whom

NAME, NOTE = 200, 4000


def settings(client: Client, c: Catalogue) -> None:
    """Draw what is kept about the client."""
    _facts(client, c)
    with st.expander(c.t("Brand"), icon=":material/palette:", key=f"client-brand-{c.language}"):
        st.caption(
            c.t(
                "Stands on the reports of all this client's assessments; one that was given a brand of its own keeps it. "
                "Colours that would be hard to read are darkened."
            )
        )
        whose = branding.Whose(
            client.id, lambda brand: state.writing().clients.save_client(desks.desk(), client.id, brand=brand)
        )
        branding.fields(client.brand, whose, c)
    _take_along(client, c)
    _away(client, c)


def _facts(client: Client, c: Catalogue) -> None:
    with st.container(border=True, key="client-facts"):
        name = st.text_input(
            c.t("Name of the client"),
            client.name,
            max_chars=NAME,
            key=f"client-name-{client.id}-{c.language}",
        )
        note = st.text_area(
            c.t("Note"), client.note, max_chars=NOTE, key=f"client-note-{client.id}-{c.language}"
        )
        said = (name or "").strip() or client.name
        if (said, note or "") != (client.name, client.note):
            state.writing().clients.save_client(desks.desk(), client.id, name=said, note=note or "")
            st.rerun()


def _take_along(client: Client, c: Catalogue) -> None:
    with st.container(border=True, key="client-along"):
        st.header(c.t("Take the client along"), anchor=False)
        st.markdown(
            c.t(
                "One file with the client, its sites and all assessments: answers, plans, workshops, brand. "
                "Another desk, also in another installation, takes it in whole."
            )
        )
        stem = re.sub(r"[^\w-]+", "-", client.name, flags=re.UNICODE).strip("-").lower() or "client"
        st.download_button(
            c.t("Download the client"),
            for_whom(state.who(), client_files.written, desks.desk(), client.id),
            f"{stem}{SUFFIX}",
            "application/gzip",
            icon=":material/download:",
            on_click="ignore",
            key=f"along-{client.id}",
        )


def _away(client: Client, c: Catalogue) -> None:
    clients = state.store().clients
    with st.container(border=True, key="client-away", gap="small"):
        st.header(c.t("Put away or delete"), anchor=False)
        is_away = client.archived_at is not None
        label = c.t("Bring the client back") if is_away else c.t("Put the client away")
        if st.button(label, icon=":material/archive:", key=f"archive-{client.id}"):
            clients.save_client(desks.desk(), client.id, archived=not is_away)
            st.rerun()
        count = sum(len(site.assessments) for site in client.sites)
        sure = st.checkbox(
            c.n(
                "Yes, delete the client with its one assessment and all answers",
                "Yes, delete the client with its {count} assessments and all answers",
                count,
            )
            if count
            else c.t("Yes, delete the client"),
            key=f"sure-{client.id}",
        )
        if st.button(
            c.t("Delete the client"),
            icon=":material/delete:",
            disabled=not sure,
            key=f"delete-client-{client.id}",
        ):
            clients.delete_client(desks.desk(), client.id)
            desks.go_to()
            st.rerun()
