"""Questions: one capability a page beside the outline of all, each answer saved as it is given."""

import streamlit as st

from assessment.charts import is_code
from assessment.document.grounds import FEW_POINTS, points_of, reference_points, strongest
from assessment.ui import blocks, pulsing, state
from assessment.ui.controls import ask
from assessment.ui.frame import bottom, page_of, required, tell_trouble, way
from assessment.ui.offered import questionnaire
from assessment.ui.outline import outline, title_of
from assessment.ui.rooms import rooms_of
from assessment.ui.words import plain

opened = required()
known = questionnaire(opened.sheet.questionnaire)
c = state.words()

PAGE, QUESTION = "p", "q"
rooms = {room.key: room for room in rooms_of(known, opened.sheet, only=pulsing.only(opened))}
if not rooms:
    st.title(c.t("Nothing is asked"), anchor=False)
    st.markdown(c.t("No question of this questionnaire concerns you as the profile stands."))
    st.stop()
here = str(st.query_params.get(PAGE))
if here not in rooms:
    here = next((key for key, room in rooms.items() if not room.is_done), next(iter(rooms)))
    st.query_params[PAGE] = here  # stays here until somebody turns the page
order = list(rooms)
place = order.index(here)
room = rooms[here]
section = room.section
dimension = known.sections_by_id[known.path(section.id)[0]]


def go(key: str) -> None:
    """Show another capability; the address carries it."""
    st.query_params[PAGE] = key
    st.query_params.pop(QUESTION, None)
    state.turn()


desk = st.container(horizontal=True, key="desk", gap="large")
with desk.container(key="outline", width=300):
    outline(opened.sheet, list(rooms.values()), here=here, c=c, go=go)
with desk.container(key="paper", width="stretch"):
    tell_trouble(c)
    pulsing.banner(opened, c)
    if dimension.id != section.id:
        st.caption(plain(dimension.title.localize(c.language)))
    st.title(plain(title_of(room, c)), anchor=False)
    st.markdown(plain(section.description.localize(c.language)))
    points = points_of(section.id, known)
    if section.why or points:
        with st.expander(c.t("Why this matters"), icon=":material/lightbulb:", type="compact"):
            if section.why:
                st.markdown(plain(section.why.localize(c.language)))
            blocks.show(reference_points(strongest(points)[:FEW_POINTS], c=c), key=f"points-{section.id}")
    missing = [
        field
        for field in known.profile
        if field.id in known.deciding_fields and not opened.sheet.profile.get(field.id)
    ]
    if missing:
        st.info(
            c.n(
                "One fact of the profile is missing; questions that depend on it are not shown.",
                "{count} facts of the profile are missing; questions that depend on them are not shown.",
                len(missing),
            )
            + "\n"
            + "\n".join(f"- {plain(field.label.localize(c.language))}" for field in missing)
        )
        if st.button(c.t("To the profile"), icon=":material/domain:", key="missing-facts"):
            st.switch_page(page_of("profile"))
    if known.unproven_counts_as is not None:
        st.caption(
            c.t("Choose the highest statement that is true today, not the one you are working towards.")
        )
    if place == 0:
        with st.container(key="keys-hint"):
            st.caption(
                c.t("By keyboard: the digits choose in the question that has the focus, Enter goes on.")
            )
    state.note_shown(
        "questions", state.OnPage(opened.id, known.id, tuple(question.id for question in room.questions))
    )
    for number, question in enumerate(room.questions, start=room.first):
        pulsing.asked_again(opened, question.id, c)
        ask(question.id, question.id.upper() if is_code(question.id) else c.number(number, 0))

with bottom():
    if place:
        st.button(
            c.t("Back"), icon=":material/arrow_back:", on_click=go, args=(order[place - 1],), key="back"
        )
    else:
        way(c.t("To the profile"), "profile", key="to-profile")
    if place + 1 < len(order):
        st.button(
            c.t("Review"),
            icon=":material/fact_check:",
            type="tertiary",
            on_click=state.leave_for,
            args=("review",),
            key="to-review",
        )
        st.button(
            c.t("Next"),
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=go,
            args=(order[place + 1],),
            key="next",
        )
    else:
        way(c.t("To the review"), "review", key="last", is_on=True)
