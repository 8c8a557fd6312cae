"""The overview: where one stands in one sentence, what holds the level, the smallest change that lifts it, and the way to each number."""

import streamlit as st

from assessment.document import chapters
from assessment.document.blocks import Bullets, KeyFigures, Line
from assessment.document.claims import what_is_open_in_law
from assessment.document.formula import name_of
from assessment.document.opened import NOT_PROVEN, limit_said
from assessment.document.standing import what_a_level_needs
from assessment.document.telling import Teller
from assessment.lifting import Lift
from assessment.ui import blocks, places
from assessment.ui.opened import from_outside, opens
from assessment.ui.words import plain

CHANGES = 3
LIMITS = 4
"""So many of each stand here; the others are with the number, opened."""


def overview(tell: Teller) -> None:
    """Draw the overview."""

    def press(section: str) -> None:
        places.open_number(section, tell.questionnaire)

    for number, block in enumerate(chapters.decision_page(tell)):
        blocks.show([block], key=f"decision-{number}", opens=press)
        if isinstance(block, KeyFigures):
            opens(tell, tell.questionnaire.id, key="whole")
            _what_it_hangs_on(tell)
            _legal(tell)
    blocks.show(chapters.glance(tell), key="glance", opens=press)
    st.caption(tell.c.t("Press a capability to open its number down to its answers."))
    blocks.show(chapters.certainty(tell), key="certainty", opens=press)
    blocks.show(chapters.to_ask_again(tell), key="again")
    from_outside(tell, tell.questionnaire.id)


def _what_it_hangs_on(tell: Teller) -> None:
    """Draw what holds the level of the whole and the smallest change that lifts it; nothing while neither is known."""
    score, explanation, c = tell.overall, tell.report.explanation(tell.questionnaire.id), tell.c
    if not score.certain:
        return
    limits = [limit_said(tell, score, limit) for limit in score.limited_by if limit.applies]
    if explanation.gate is not None and tell.holder(score) is None:
        limits.insert(0, Line(text=what_a_level_needs(tell, explanation.gate, score)))
    lift = explanation.lift
    if not limits and (lift is None or not lift.changes):
        return
    with st.container(border=True, key="hangs-on"):
        if limits:
            st.header(c.t("What holds the level"), anchor=False)
            blocks.show([Bullets(items=tuple(limits[:LIMITS]))], key="limits")
        if lift is not None and lift.changes:
            _smallest_change(tell, lift)
            opens(tell, tell.questionnaire.id, key="lift", label=c.t("See what would be observable then"))


def _smallest_change(tell: Teller, lift: Lift) -> None:
    c = tell.c
    st.header(
        c.n(
            "One answer is all that separates you from level {level}",
            "{count} answers are the shortest way to level {level}",
            len(lift.changes),
            level=lift.level,
        ),
        anchor=False,
    )
    named = [name_of(tell, change.question) for change in lift.changes]
    st.markdown("\n".join(f"- {plain(name)}" for name in named[:CHANGES]))
    if len(named) > CHANGES:
        more = len(named) - CHANGES
        st.caption(
            c.n("One more answer would have to change.", "{count} more answers would have to change.", more)
        )
    if not lift.exact:
        st.caption(c.t(NOT_PROVEN))


def _legal(tell: Teller) -> None:
    """Draw the legal status in one line, with the way to it; nothing where the questionnaire has none."""
    if not tell.report.legal:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="legal-line"):
        st.markdown(f":material/gavel: {plain(what_is_open_in_law(tell))}", width="content")
        st.button(
            tell.c.t("To the legal status"),
            type="tertiary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key=f"to-legal-{tell.c.language}",
            on_click=places.go,
            args=(places.named(places.LEGAL, tell.questionnaire),),
        )
