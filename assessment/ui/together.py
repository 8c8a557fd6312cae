"""A client's sites put together, each by what it weighs; beside one another; and against an earlier time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from assessment.document import rollups
from assessment.document.rollups import Group
from assessment.errors import AssessmentError
from assessment.i18n import N_, Catalogue
from assessment.rollup import Measure, Rollup, roll_up
from assessment.rollup import Site as Weighed
from assessment.store import Client, Filed, Site
from assessment.trend import Occasion, Trend, compare
from assessment.ui import blocks, filed
from assessment.ui.frame import tell
from assessment.ui.offered import questionnaire
from assessment.ui.over_time import read
from assessment.ui.words import plain

BY: dict[Measure, str] = {"contacts": N_("Contacts a year"), "heads": N_("People who work there")}


def together(client: Client, c: Catalogue) -> None:
    """Draw the sites put together."""
    latest = {site.id: one for site in client.sites if (one := _latest(site, None, c)) is not None}
    if not latest:
        st.info(c.t("No site has answers yet."), icon=":material/pending:")
        return
    kinds = Counter(one.questionnaire for one in latest.values())
    identifier = kinds.most_common(1)[0][0]
    here = [
        site for site in client.sites if site.id in latest and latest[site.id].questionnaire == identifier
    ]
    _left_out(client, here, latest, c)
    by = st.radio(
        c.t("What does a site count by?"),
        list(BY),
        format_func=lambda one: c.t(BY[one]),
        horizontal=True,
        key=f"by-{client.id}-{c.language}",
    )
    try:
        found = _rolled_up(identifier, here, [latest[site.id] for site in here], by=by)
    except AssessmentError as error:
        tell(error, c)
        return
    group = Group(found, questionnaire(identifier), {site.id: site.name for site in here}, c)
    _draw(group, client, c)
    _since(group, here, identifier, by, c)


def _draw(group: Group, client: Client, c: Catalogue) -> None:
    blocks.show(rollups.standing(group), key="together")
    below = st.toggle(c.t("Every capability"), key=f"below-{client.id}-{c.language}")
    st.header(c.t("Where the group stands"), anchor=False)
    blocks.show(rollups.sections(group, below=below), key="together-sections")
    if len(group.names) > 1:
        st.header(c.t("Sites beside one another"), anchor=False)
        blocks.show(rollups.beside(group, below=below), key="together-beside")
    if group.rollup.legal:
        st.header(c.t("Legal status: as far as the worst site"), anchor=False)
        blocks.show(rollups.legal(group), key="together-legal")
    blocks.show(rollups.to_do(group), key="together-to-do")


def _latest(site: Site, until: date | None, c: Catalogue) -> Filed | None:
    """Return the site's latest complete assessment, else its latest with answers; `until` a day, if one is given."""
    there = [
        one
        for one in site.assessments
        if one.archived_at is None and one.answered and (until is None or one.held_on <= until)
    ]
    return next((one for one in there if filed.standing(one, c).share >= 1), there[0] if there else None)


def _left_out(client: Client, here: Sequence[Site], latest: dict[str, Filed], c: Catalogue) -> None:
    """Say which sites are not in the figures, and why."""
    names = {site.id for site in here}
    empty = [plain(site.name) for site in client.sites if site.id not in latest]
    others = [plain(site.name) for site in client.sites if site.id in latest and site.id not in names]
    if empty:
        st.caption(c.t("Without answers, and so not in these figures: {list}.", list=c.join(empty)))
    if others:
        st.caption(
            c.t("Answered another questionnaire, and so not in these figures: {list}.", list=c.join(others))
        )


def positions(client: Client, identifier: str, c: Catalogue) -> dict[str, float]:
    """Return where the client's complete sites stand together in each section, from 0 to 100; nothing where one is not complete.

    The short edition is left out: it asks less, and is not compared with the whole.

    Raises:
        StoreError: an assessment cannot be read.
    """
    latest = [(site, one) for site in client.sites if (one := _latest(site, None, c)) is not None]
    if not latest or not all(
        one.questionnaire == identifier and not one.short and filed.standing(one, c).share >= 1
        for _, one in latest
    ):
        return {}
    found = _rolled_up(identifier, [site for site, _ in latest], [one for _, one in latest], by="contacts")
    return {
        section.of: 100 * (section.value - section.bottom) / (section.top - section.bottom)
        for section in found.sections
        if section.value is not None
        and section.top > section.bottom
        and all(site.certain for site in section.sites)
    }


@st.cache_data(max_entries=128, show_spinner=False)
def _kept(
    identifier: str, by: Measure, what: tuple[tuple[str | int | None, ...], ...], _sites: list[Weighed]
) -> Rollup:
    return roll_up(questionnaire(identifier), _sites, by=by)


def _rolled_up(identifier: str, sites: Sequence[Site], ones: Sequence[Filed], *, by: Measure) -> Rollup:
    what = tuple(
        (site.id, site.contacts, site.heads, one.assessment, one.changed_at.isoformat())
        for site, one in zip(sites, ones, strict=True)
    )
    weighed = [
        Weighed(site.id, site.name, read(one.assessment).sheet, site.contacts, site.heads)
        for site, one in zip(sites, ones, strict=True)
    ]
    return _kept(identifier, by, what, weighed)


def _trend(one: Filed, other: Filed) -> Trend:
    """Return how a site's own assessment changed."""
    occasions = (
        Occasion(questionnaire(held.questionnaire), read(held.assessment).sheet) for held in (one, other)
    )
    return compare(*occasions)


def _since(group: Group, here: Sequence[Site], identifier: str, by: Measure, c: Catalogue) -> None:
    """Draw what became of the group since a day; nothing where every site was assessed once."""
    if not any(len(site.assessments) > 1 for site in here):
        return
    st.header(c.t("What has become of the group"), anchor=False)
    day = st.date_input(
        c.t("Compared with the state on"), None, key=f"since-{c.language}", format=c.day_pattern
    )
    if day is None:
        return
    then = {site.id: one for site in here if (one := _latest(site, day, c)) is not None}
    were = [site for site in here if site.id in then and then[site.id].questionnaire == identifier]
    if not were:
        st.info(c.t("No site had been assessed by then."), icon=":material/history:")
        return
    before = _rolled_up(identifier, were, [then[site.id] for site in were], by=by)
    now = {site.id: one for site in were if (one := _latest(site, None, c)) is not None}
    trends = {name: _trend(then[name], one) for name, one in now.items()}
    blocks.show(rollups.since(before, group, then=c.date(day), trends=trends), key="together-since")
    st.caption(c.t("Sites weigh then what they weigh now: earlier contacts and people are not kept."))
