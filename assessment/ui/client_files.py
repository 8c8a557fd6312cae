"""Whole clients as files: taken along from a desk, taken in by another."""

import streamlit as st

from assessment.errors import AnswersError
from assessment.i18n import Catalogue
from assessment.loader import client_as_bytes, read_client
from assessment.ui import desks, state
from assessment.ui.frame import tell


def written(desk: str, client: str) -> bytes:
    """Return the file of a client as it is now; the browser asks for it outside a page, so the desk is given."""
    return client_as_bytes(state.store().clients.whole(desk, client))


def take_in(c: Catalogue) -> None:
    """Draw the upload of a client's file; one that cannot be read is told, and nothing was taken in."""
    with st.expander(
        c.t("A client from a file"), icon=":material/upload_file:", key=f"client-file-{c.language}"
    ):
        given = st.file_uploader(
            c.t("The file that another desk wrote"), type=["gz", "json"], key="client-upload"
        )
        if given is None:
            return
        st.caption(c.t("Everything in it is added as a client of its own; nothing on this desk is changed."))
        if st.button(c.t("Take the client in"), type="primary", icon=":material/move_to_inbox:"):
            try:
                file = read_client(given.getvalue(), given.name)
            except AnswersError as error:
                tell(error, c)
                return
            desks.go_to(state.writing().clients.take_in(desks.desk(), file))
            st.rerun()
