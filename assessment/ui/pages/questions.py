"""Questions: one capability a page, each answer saved as it is given."""

import streamlit as st

from assessment.answers import progress
from assessment.charts import is_code
from assessment.document.grounds import FEW_POINTS, points_of, reference_points, strongest
from assessment.ui import blocks, state
from assessment.ui.controls import ask
from assessment.ui.frame import page_of, required
from assessment.ui.offered import questionnaire
from assessment.ui.rooms import Room, rooms_of
from assessment.ui.words import plain

opened = required()
known = questionnaire(opened.sheet.questionnaire)
c = state.words()

PAGE = "p"
rooms = {room.key: room for room in rooms_of(known, opened.sheet)}
if not rooms:
    st.title(c.t("Nothing is asked"), anchor=False)
    st.markdown(c.t("No question of this questionnaire concerns you as the profile stands."))
    st.stop()
here = st.query_params.get(PAGE)
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


def title_of(room: Room) -> str:
    """Return a page's name: its code, where people know one, and its title."""
    title = room.section.title.localize(c.language)
    if room.parts > 1:
        title = c.t("{title}, part {part} of {parts}", title=title, part=room.part + 1, parts=room.parts)
    return f"{room.section.id.upper()} · {title}" if is_code(room.section.id) else title


def label_of(key: str) -> str:
    """Return a page's name with how far it is answered."""
    one = rooms[key]
    mark = "✓" if one.is_done else "○" if not one.answered else "◐"
    return f"{mark} {title_of(one)} ({c.number(one.answered, 0)}/{c.number(len(one.questions), 0)})"


def jump() -> None:
    """Follow the menu."""
    go(str(state.widget(f"jump-{c.language}")))


whole = progress(known, opened.sheet)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    if dimension.id != section.id:
        st.badge(plain(dimension.title.localize(c.language)), color="blue")
    if whole.minutes_left:
        st.badge(
            c.n("about one minute left", "about {count} minutes left", whole.minutes_left),
            icon=":material/schedule:",
            color="gray",
        )
st.progress(
    whole.share,
    text=c.t("{answered} of {asked} questions answered", answered=whole.answered, asked=whole.asked),
)

state.set_widget(f"jump-{c.language}", here)
st.selectbox(c.t("Go to"), order, format_func=label_of, key=f"jump-{c.language}", on_change=jump)

st.title(plain(title_of(room)), anchor=False)
st.markdown(plain(section.description.localize(c.language)))
points = points_of(section.id, known)
if section.why or points:
    with st.expander(c.t("Why this matters"), icon=":material/lightbulb:"):
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
    st.caption(c.t("Choose the highest statement that is true today, not the one you are working towards."))

for number, question in enumerate(room.questions, start=room.first):
    ask(question.id, question.id.upper() if is_code(question.id) else c.number(number, 0))

with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute"):
    if place:
        st.button(
            c.t("Back"), icon=":material/arrow_back:", on_click=go, args=(order[place - 1],), key="back"
        )
    elif st.button(c.t("To the profile"), icon=":material/arrow_back:"):
        st.switch_page(page_of("profile"))
    if place + 1 < len(order):
        st.button(
            c.t("Next"),
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=go,
            args=(order[place + 1],),
            key="next",
        )
    elif st.button(
        c.t("To the results"), type="primary", icon=":material/arrow_forward:", icon_position="right"
    ):
        st.switch_page(page_of("results"))
