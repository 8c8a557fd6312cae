"""A client: its sites with what each weighs and the assessments held there, and the ways to more of both."""

from datetime import date

import streamlit as st

from assessment.answers import AnswerSheet
from assessment.clients import MOST
from assessment.errors import AssessmentError
from assessment.i18n import Catalogue
from assessment.report import Subject
from assessment.store import Client, New, Site
from assessment.ui import desks, filed, state
from assessment.ui.beginning import has_short
from assessment.ui.frame import page_of, tell
from assessment.ui.offered import main_one, offered, questionnaire
from assessment.ui.words import plain
from assessment.values import language_of

LONGEST = 200


def sites(client: Client, c: Catalogue) -> None:
    """Draw the client's sites and their assessments."""
    if not client.sites:
        st.info(
            c.t("No site yet. A site is whatever you assess on its own: a place, a team, a service partner."),
            icon=":material/add_location_alt:",
        )
    for site in client.sites:
        _site(client, site, c)
    if desks.may_change():
        _add_site(client, c)


def _site(client: Client, site: Site, c: Catalogue) -> None:
    with st.container(key=f"site-{site.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch", gap="xsmall"):
                st.header(plain(site.name), anchor=False)
                st.caption(" · ".join(_weights(site, c)))
            if desks.may_change():
                _begin(client, site, c)
                _edit(site, c)
        present = [one for one in site.assessments if one.archived_at is None]
        away = [one for one in site.assessments if one.archived_at is not None]
        for one in present:
            filed.row(client, site, one, c)
        if not present:
            st.caption(c.t("No assessment here yet."))
        if away:
            with st.expander(
                c.n("One assessment put away", "{count} assessments put away", len(away)),
                icon=":material/archive:",
                key=f"away-{site.id}-{c.language}",
            ):
                for one in away:
                    filed.row(client, site, one, c)


def _weights(site: Site, c: Catalogue) -> list[str]:
    said = []
    if site.contacts is not None:
        said.append(
            c.n(
                "one contact a year",
                "{number} contacts a year",
                site.contacts,
                number=c.number(site.contacts, 0),
            )
        )
    if site.heads is not None:
        said.append(c.n("one person", "{number} people", site.heads, number=c.number(site.heads, 0)))
    return said or [
        c.t("Without contacts or people so far: then it weighs nothing when sites are put together.")
    ]


def _begin(client: Client, site: Site, c: Catalogue) -> None:
    """Draw the ways to an assessment at this site: a new one, or one that exists already."""
    with st.popover(c.t("Assessment"), icon=":material/add:", key=f"begin-{site.id}-{c.language}"):
        names = list(offered())
        chosen = names[0]
        if len(names) > 1:
            titles = {name: questionnaire(name).title.localize(c.language) for name in names}
            chosen = st.selectbox(
                c.t("Questionnaire"),
                names,
                index=names.index(main_one()) if main_one() in names else 0,
                format_func=titles.__getitem__,
                key=f"which-{site.id}-{c.language}",
                placeholder=c.t("Choose an option"),
            )
        known = questionnaire(chosen)
        for short in (True, False) if has_short(known) else (False,):
            label = c.t("Start the short version") if short else c.t("Start the complete version")
            if st.button(
                label,
                icon=":material/bolt:" if short else ":material/checklist:",
                key=f"begin-{short}-{site.id}",
            ):
                _start(client, site, known.id, short=short)
        typed = st.text_input(
            c.t("Or file one of your own that exists, by its first private link"),
            key=f"file-{site.id}-{len(site.assessments)}",
            placeholder="http…/?a=…",
        )
        if typed and typed.strip():
            _file(site, typed.strip(), c)


def _start(client: Client, site: Site, identifier: str, *, short: bool) -> None:
    known, clients = questionnaire(identifier), state.writing().clients
    sheet = AnswerSheet(questionnaire=known.id, version=known.version, short=short)
    unit = site.name if len(client.sites) > 1 else ""
    subject = Subject(organisation=client.name, unit=unit, held_on=date.today())  # noqa: DTZ011 - the day on the wall
    made = clients.begin(desks.desk(), site.id, New(sheet, subject, language_of(state.language())))
    state.open_link(clients.enter(desks.desk(), made).token)
    st.switch_page(page_of("profile"))


def _file(site: Site, typed: str, c: Catalogue) -> None:
    link = typed.rsplit(f"{state.LINK}=", 1)[-1].split("&", maxsplit=1)[0].strip()
    try:
        state.writing().clients.file(desks.desk(), site.id, link)
    except AssessmentError as error:
        tell(error, c)
    else:
        st.rerun()


def _edit(site: Site, c: Catalogue) -> None:
    with st.popover(c.t("Edit"), icon=":material/edit:", key=f"edit-{site.id}-{c.language}"):
        name = st.text_input(
            c.t("Name of the site"), site.name, max_chars=LONGEST, key=f"site-name-{site.id}-{c.language}"
        )
        contacts = _number(c.t("Contacts a year"), site.contacts, f"site-contacts-{site.id}-{c.language}")
        heads = _number(c.t("People who work there"), site.heads, f"site-heads-{site.id}-{c.language}")
        said = (name or "").strip() or site.name
        if (said, contacts, heads) != (site.name, site.contacts, site.heads):
            state.writing().clients.save_site(
                desks.desk(), site.id, name=said, contacts=contacts, heads=heads
            )
            st.rerun()
        if not site.assessments and st.button(
            c.t("Delete the site"), icon=":material/delete:", key=f"delete-site-{site.id}"
        ):
            state.writing().clients.delete_site(desks.desk(), site.id)
            st.rerun()


def _number(label: str, stored: int | None, key: str) -> int | None:
    given = st.number_input(label, min_value=0, max_value=MOST, value=stored, step=1, key=key)
    return None if given is None else int(given)


def _add_site(client: Client, c: Catalogue) -> None:
    with st.form(f"add-site-{client.id}-{len(client.sites)}", border=True):
        with st.grid(4, min_column_width=180, vertical_alignment="bottom"):
            name = st.text_input(c.t("Another site"), max_chars=LONGEST, placeholder=c.t("Name"))
            contacts = _number(c.t("Contacts a year"), None, f"new-contacts-{len(client.sites)}")
            heads = _number(c.t("People who work there"), None, f"new-heads-{len(client.sites)}")
            sent = st.form_submit_button(c.t("Add"), icon=":material/add:", width="stretch")
        if sent and not name.strip():
            st.warning(c.t("Please give the site a name first."), icon=":material/edit:")
        elif sent:
            state.writing().clients.add_site(
                desks.desk(), client.id, name.strip(), contacts=contacts, heads=heads
            )
            st.rerun()
