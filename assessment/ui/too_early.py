"""No figure before its dimension is complete, because it would steer the answers; and a quiet way for those who are done all the same."""

from dataclasses import dataclass

import streamlit as st

from assessment.answers import Progress, progress
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import Section
from assessment.store import Assessment
from assessment.ui import places, state
from assessment.ui.frame import page_of
from assessment.ui.offered import questionnaire
from assessment.ui.words import plain

SHOWN = "too-early"
TITLES = {
    "results": N_("The result comes when everything is answered"),
    "roadmap": N_("The roadmap comes when everything is answered"),
    "report": N_("The report comes when everything is answered"),
}
"""What each page says that waits for the answers."""


@dataclass(frozen=True)
class Standing:
    """How far a dimension is answered."""

    section: Section
    progress: Progress

    @property
    def is_complete(self) -> bool:
        """Whether every question asked has an answer, "we don't know" and "does not apply" among them."""
        return self.progress.answered == self.progress.asked


def standings(opened: Assessment) -> tuple[Standing, ...]:
    """Return how far each dimension is answered."""
    known = questionnaire(opened.sheet.questionnaire)
    return tuple(
        Standing(section=part, progress=progress(known, opened.sheet, section=part.id))
        for part in known.sections
    )


def is_wanted_early() -> bool:
    """Say whether somebody chose, in this session and for this assessment, to see what there is so far."""
    return bool(state.shown(SHOWN))


def is_complete(opened: Assessment, *, section: str = "") -> bool:
    """Say whether the dimension of a section is complete; without one, or for the whole, whether all are."""
    known = questionnaire(opened.sheet.questionnaire)
    path = known.path(section) if section else ()
    return all(each.is_complete for each in standings(opened) if not path or each.section.id == path[0])


def ready(opened: Assessment, c: Catalogue, *, page: str) -> bool:
    """Say whether the figures of the whole may be shown; if not, draw what is open instead and why nothing is shown.

    Where somebody chose to see them early, they are shown below a note that says what they are.
    """
    if is_complete(opened):
        return True
    if is_wanted_early():
        note(c, page=page)
        return True
    st.title(c.t(TITLES[page]), anchor=False)
    st.markdown(c.t(
        "No figure is shown before all of it is answered: figures seen early tend to steer the answers that are still to come. "
        "“We don't know” and “Does not apply to us” are answers, too."
    ))  # fmt: skip
    every = standings(opened)
    first = next(each for each in every if not each.is_complete)
    for each in every:
        with st.container(border=True):
            st.header(plain(each.section.title.localize(c.language)), anchor=False)
            _how_far(each, opened, c, page=page, is_main=each == first)
    offer(opened, c, page=page)
    return False


def wait(opened: Assessment, c: Catalogue, *, section: str) -> None:
    """Draw how far the dimension of a section is answered, with the way to its next open question."""
    name = questionnaire(opened.sheet.questionnaire).path(section)[0]
    each = next(one for one in standings(opened) if one.section.id == name)
    title = each.section.title.localize(c.language)
    st.title(plain(c.t("“{section}” is not complete yet", section=title)), anchor=False)
    st.markdown(c.t(
        "Its figures come when its last question is answered: figures seen early tend to steer the answers that are still to come."
    ))  # fmt: skip
    with st.container(border=True):
        _how_far(each, opened, c, page="wait", is_main=True)
    offer(opened, c, page=f"wait-{name}")


def note(c: Catalogue, *, page: str) -> None:
    """Say that what follows is provisional, with the way back to answering without figures."""
    with st.container(key=f"provisional-{page}", border=True):
        st.markdown(f"**{c.t('A provisional picture')}**  \n" + c.t(
            "Questions are still open. They widen the ranges, and figures seen now tend to steer the answers that are still to come."
        ))  # fmt: skip
        if st.button(c.t("Hide the figures again"), type="tertiary", key=f"hide-{page}-{c.language}"):
            state.note_shown(SHOWN, False)
            st.rerun()


def offer(opened: Assessment, c: Catalogue, *, page: str) -> None:
    """Offer, quietly, to show what there is so far; not before anything is answered."""
    known = questionnaire(opened.sheet.questionnaire)
    if not progress(known, opened.sheet).answered:
        return
    st.caption(c.t(
        "Done, although questions stay open? What there is so far can be shown as a provisional picture. Open questions widen its ranges, "
        "and figures seen early tend to steer the remaining answers."
    ))  # fmt: skip
    key = f"early-{page}-{c.language}"
    if st.button(c.t("Show what there is so far"), type="tertiary", icon=":material/visibility:", key=key):
        state.note_shown(SHOWN, True)
        st.rerun()


def _how_far(each: Standing, opened: Assessment, c: Catalogue, *, page: str, is_main: bool) -> None:
    if not each.progress.asked:
        st.caption(c.t("Nothing is asked here, by your profile or by your answers."))
        return
    known, name = questionnaire(opened.sheet.questionnaire), each.section.id
    answered, asked = each.progress.answered, each.progress.asked
    st.progress(
        each.progress.share,
        text=c.t("{answered} of {asked} questions answered", answered=answered, asked=asked),
    )
    key = f"{page}-{name}-{c.language}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if each.is_complete:
            st.badge(c.t("Complete"), icon=":material/check:", color="green")
            if st.button(
                c.t("See its result"), type="tertiary", icon=":material/monitoring:", key=f"see-{key}"
            ):
                if page != "results":
                    st.switch_page(page_of("results"), query_params={**state.carried(), places.PART: name})
                places.go(name)
                st.rerun()
            return
        room = places.room_of(known, opened.sheet, section=name, is_open=True)
        label = c.t("To its next open question") if answered else c.t("To its first question")
        if room is not None and st.button(
            label,
            type="primary" if is_main else "secondary",
            icon=":material/arrow_forward:",
            key=f"next-{key}",
        ):
            st.switch_page(page_of("questions"), query_params=places.address_of(room))
        st.caption(c.n("about one minute left", "about {count} minutes left", each.progress.minutes_left))
