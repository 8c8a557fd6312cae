"""Benchmarks on the desk: made of one's own clients, put together of files, and where a client stands among the others."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import streamlit as st

from assessment.document.benchmarks import among_others
from assessment.errors import AssessmentError
from assessment.i18n import Catalogue
from assessment.loader import POOL_SUFFIX, pool_as_bytes, pool_of
from assessment.pooling import SMALLEST, Pool, kept_back, places, put_together, summed_up
from assessment.store import Client, Workspace
from assessment.ui import blocks, desks, state, together
from assessment.ui.frame import tell
from assessment.ui.offered import main_one, offered, questionnaire
from assessment.ui.words import plain

MADE = "benchmark-made"


class Organisation(NamedTuple):
    """A client as one organisation among others."""

    client: Client
    positions: Mapping[str, float]
    """By section, from 0 to 100."""


def benchmarks(here: Workspace, c: Catalogue) -> None:
    """Draw the ways to make a benchmark and to compare with one."""
    folded = st.expander(
        c.t("Compare with others, without a server"),
        icon=":material/query_stats:",
        key=f"benchmarks-{c.language}",
        on_change="rerun",
    )
    if not folded.open:  # all clients are read for it
        return
    with folded:
        st.markdown(
            c.t(
                "A benchmark is a file. It needs {count} organisations at least, names nobody, and says how many are in it. "
                "What one organisation has in two sections cannot be linked.",
                count=c.number(SMALLEST, 0),
            )
        )
        names = [name for name in offered() if name == main_one()] or list(offered())[:1]
        organisations = _organisations(here, names[0], c)
        _make(here, names[0], organisations, c)
        _compare(names[0], organisations, c)


def _organisations(here: Workspace, identifier: str, c: Catalogue) -> list[Organisation]:
    """Return the desk's clients whose sites are all assessed completely."""
    found = []
    for line in here.clients:
        if line.archived_at is not None or not line.assessments:
            continue
        client = state.store().clients.client(desks.desk(), line.id)
        try:
            positions = together.positions(client, identifier, c)
        except AssessmentError:
            continue  # the client's own page says what is the matter
        if positions:
            found.append(Organisation(client, positions))
    return found


def _make(here: Workspace, identifier: str, organisations: list[Organisation], c: Catalogue) -> None:
    st.subheader(c.t("Give one away"), anchor=False)
    st.caption(
        c.n(
            "One client is assessed completely.",
            "{count} clients are assessed completely.",
            len(organisations),
        )
    )
    if st.button(c.t("Make a benchmark of these clients"), icon=":material/groups_2:", key="make-benchmark"):
        before = here.pools.get(identifier)
        try:
            pool = summed_up(
                questionnaire(identifier),
                [one.positions for one in organisations],
                short=False,
                source=before.sources[0].id if before else secrets.token_hex(16),
                month=f"{date.today():%Y-%m}",  # noqa: DTZ011 - the day on the wall
                after=before,
            )
        except AssessmentError as error:
            tell(error, c)
            return
        state.writing().clients.keep_pool(desks.desk(), identifier, pool)
        state.note_lasting(MADE, pool_as_bytes(pool))
        kept = kept_back(pool, questionnaire(identifier), [one.positions for one in organisations])
        if kept:
            st.info(
                c.n(
                    "One section stays as it was told before: too few organisations changed in it.",
                    "{count} sections stay as they were told before: too few organisations changed in them.",
                    len(kept),
                ),
                icon=":material/shield:",
            )
    made = state.lasting(MADE)
    if made:
        st.download_button(
            c.t("Download the benchmark"),
            made,
            f"{identifier}{POOL_SUFFIX}",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
            key="benchmark-file",
        )


def _compare(identifier: str, organisations: list[Organisation], c: Catalogue) -> None:
    st.subheader(c.t("Compare a client"), anchor=False)
    given = st.file_uploader(
        c.t("Benchmark files, also several"),
        type=["json"],
        accept_multiple_files=True,
        key="benchmark-upload",
    )
    if not given or not organisations:
        return
    try:
        pool = put_together([pool_of(file.getvalue(), file.name) for file in given])
    except AssessmentError as error:
        tell(error, c)
        return
    one = st.selectbox(
        c.t("Client"),
        range(len(organisations)),
        format_func=lambda place: plain(organisations[place].client.name),
        key=f"benchmark-client-{c.language}",
        placeholder=c.t("Choose an option"),
    )
    _show(pool, organisations[one], identifier, c)


def _show(pool: Pool, one: Organisation, identifier: str, c: Catalogue) -> None:
    known = questionnaire(identifier)
    try:
        found = places(pool, known, one.positions, short=False)
    except AssessmentError as error:
        tell(error, c)
        return
    blocks.show(among_others(pool, found, known, c), key="among-others")
