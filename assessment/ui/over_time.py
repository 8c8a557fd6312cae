"""A client's sites over time: each assessment beside the one before it, and where a change comes from."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import streamlit as st

from assessment.charts.axes import digits_of
from assessment.charts.change import PART_NAMES, bridge
from assessment.document.blocks import Cell, Column, Figure, Table, cell
from assessment.errors import AssessmentError
from assessment.i18n import Catalogue
from assessment.report import Earlier
from assessment.store import Assessment, Client, Filed, Site
from assessment.trend import PARTS, Movement, Occasion, compare
from assessment.ui import blocks, desks, filed, state
from assessment.ui.fitting import fitting
from assessment.ui.frame import tell
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain


def over_time(client: Client, c: Catalogue) -> None:
    """Draw how each site changed, and any two assessments beside one another."""
    st.markdown(
        c.t(
            "A change of the index is split: what the new version of the questionnaire makes of the old answers, what counts now and did "
            "not before, what other people answered, and what has really changed."
        )
    )
    chains = [(site, _chain(site)) for site in client.sites]
    if not any(len(chain) > 1 for _, chain in chains):
        st.info(
            c.t("No site has two complete assessments by the same questionnaire yet."),
            icon=":material/history:",
        )
    for site, chain in chains:
        if len(chain) > 1:
            st.header(plain(site.name), anchor=False)
            try:
                blocks.show([_table(chain, c)], key=f"time-{site.id}")
            except AssessmentError as error:
                tell(error, c)
    _any_two(client, c)


def _chain(site: Site) -> list[Filed]:
    """Return the site's complete assessments by its latest one's questionnaire, oldest first; those put away are left out.

    One that is not complete would seem to change by what is still open in it.
    """
    c = state.words()
    here = [
        one
        for one in site.assessments
        if one.archived_at is None and one.answered and filed.standing(one, c).share >= 1
    ]
    return [one for one in reversed(here) if one.questionnaire == here[0].questionnaire]


@st.cache_data(max_entries=256, show_spinner=False)
def _movement(one: str, other: str, changed: str, _pair: tuple[Filed, Filed]) -> Movement:
    return compare(_occasion(_pair[0].assessment), _occasion(_pair[1].assessment)).sections[0].self_rated


def _occasion(assessment: str) -> Occasion:
    opened = read(assessment)
    return Occasion(questionnaire(opened.sheet.questionnaire), opened.sheet)


def read(assessment: str) -> Assessment:
    """Return an assessment of the desk as far as its questionnaire still asks for it.

    Raises:
        StoreError: it is not on the desk any more.
        QuestionnaireError: its questionnaire is not there any more.
    """
    return fitting(state.store().clients.read(desks.desk(), assessment))


def _moved(one: Filed, other: Filed) -> Movement:
    changed = f"{one.changed_at.isoformat()} {other.changed_at.isoformat()}"
    return _movement(one.assessment, other.assessment, changed, (one, other))


def _table(chain: Sequence[Filed], c: Catalogue) -> Table:
    heads = (c.t("Index"), c.t("Change"), *(c.t(PART_NAMES[part]) for part in PARTS))
    return Table(
        summary=c.t("The index of each assessment, and what explains the change since the one before"),
        columns=(
            Column(head=c.t("Assessment"), width=2.4),
            *(Column(head=head[:1].upper() + head[1:], width=1.3, align="right") for head in heads),
        ),
        rows=tuple(_rows(chain, c)),
    )


def _rows(chain: Sequence[Filed], c: Catalogue) -> Iterator[tuple[Cell, ...]]:
    steps = [(other, _moved(one, other)) for one, other in pairwise(chain)]
    first = steps[0][1]
    digits = digits_of(first.bottom, first.top)
    yield (cell(_named(chain[0], c)), cell(c.number(first.old, digits)), *[()] * (1 + len(PARTS)))
    for other, moved in steps:
        parts = (
            cell(c.change(moved.part(part), digits), "strong" if part == "real" else "plain")
            for part in PARTS
        )
        yield (
            cell(_named(other, c)),
            cell(c.number(moved.new, digits)),
            cell(c.change(moved.change, digits), "strong"),
            *parts,
        )


def _named(one: Filed, c: Catalogue) -> str:
    return f"{c.date(one.held_on)} · {c.t('Pulse')}" if one.is_pulse else c.date(one.held_on)


# ── any two ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _any_two(client: Client, c: Catalogue) -> None:
    """Draw any two assessments beside one another, of one site or of two, and put the comparison into a report."""
    every = {
        one.assessment: (site, one)
        for site in client.sites
        for one in site.assessments
        if one.archived_at is None and one.answered
    }
    if len(every) < 2:
        return
    st.header(c.t("Any two beside one another"), anchor=False)

    def said(name: str) -> str:
        site, one = every[name]
        title = questionnaire(one.questionnaire).title.localize(c.language)
        return f"{site.name} · {_named(one, c)} · {title}"

    names = list(every)
    with st.grid(2, min_column_width=260):
        later = st.selectbox(
            c.t("Assessment"),
            names,
            index=0,
            format_func=said,
            key=f"later-{client.id}-{c.language}",
            placeholder=c.t("Choose an option"),
        )
        others = [
            name
            for name in names
            if name != later and every[name][1].questionnaire == every[later][1].questionnaire
        ]
        earlier = st.selectbox(
            c.t("Compared with"),
            others,
            index=None,
            format_func=said,
            key=f"earlier-{client.id}-{later}-{c.language}",
            placeholder=c.t("Choose an option"),
        )
    if earlier:
        _two(every[later], every[earlier], c)


def _two(later: tuple[Site, Filed], earlier: tuple[Site, Filed], c: Catalogue) -> None:
    one, other = later[1], earlier[1]
    is_one_site = later[0].id == earlier[0].id

    def name(site: Site, held: Filed) -> str:
        return _named(held, c) if is_one_site else site.name

    try:
        drawn = bridge(_moved(other, one), then=name(*earlier), now=name(*later), c=c)
    except AssessmentError as error:
        tell(error, c)
        return
    if drawn is None:
        st.info(c.t("One of the two has no index yet: too little is answered."), icon=":material/pending:")
    else:
        blocks.show([Figure(chart=drawn)], key=f"two-{one.assessment}-{other.assessment}")
    if desks.may_change() and st.button(
        c.t("Put this comparison into the report of {day}", day=c.date(one.held_on)),
        icon=":material/compare_arrows:",
        key=f"compare-{one.assessment}-{other.assessment}",
        help=c.t("In place of what that report is compared with so far."),
    ):
        before = read(other.assessment)
        held = Earlier(
            questionnaire=questionnaire(before.sheet.questionnaire),
            sheet=before.sheet,
            subject=before.subject,
        )
        state.writing().clients.compare(desks.desk(), one.assessment, held)
        st.success(c.t("Done: open that assessment, and its results and report say what is different."))
