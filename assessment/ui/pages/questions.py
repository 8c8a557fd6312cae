"""Questions: one capability a page, each answer saved as it is given."""

import streamlit as st

from assessment.answers import asked, progress
from assessment.findings import capabilities
from assessment.ui import state
from assessment.ui.controls import ask
from assessment.ui.frame import page_of, required
from assessment.ui.words import plain

opened = required()
known = state.questionnaire(opened.sheet.questionnaire)
c = state.words()

PAGE = "p"
rooms = [name for name in capabilities(known) if any(asked(known, opened.sheet, section=name))]
if not rooms:
    st.title(c.t("Nothing is asked"), anchor=False)
    st.markdown(c.t("No question of this questionnaire concerns you as the profile stands."))
    st.stop()
here = st.query_params.get(PAGE)
if here not in rooms:
    here = next((name for name in rooms if progress(known, opened.sheet, section=name).share < 1), rooms[0])
    st.query_params[PAGE] = here  # stays here until somebody turns the page
place = rooms.index(here)
section = known.sections_by_id[here]
dimension = known.sections_by_id[known.path(here)[0]]


def go(name: str) -> None:
    """Show another capability; the address carries it."""
    st.query_params[PAGE] = name


def label_of(name: str) -> str:
    """Return a capability's name with how far it is answered."""
    done = progress(known, opened.sheet, section=name)
    mark = "✓" if done.share == 1 else "○" if not done.answered else "◐"
    title = known.sections_by_id[name].title.localize(c.language)
    return c.t(
        "{mark} {code} {title} ({answered}/{asked})",
        mark=mark,
        code=name.upper(),
        title=title,
        answered=done.answered,
        asked=done.asked,
    )


def jump() -> None:
    """Follow the menu."""
    go(str(state.widget(f"jump-{c.language}")))


whole = progress(known, opened.sheet)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
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
st.selectbox(c.t("Go to"), rooms, format_func=label_of, key=f"jump-{c.language}", on_change=jump)

st.title(f"{here.upper()} · {plain(section.title.localize(c.language))}", anchor=False)
st.markdown(plain(section.description.localize(c.language)))
if section.why:
    with st.expander(c.t("Why this matters"), icon=":material/lightbulb:"):
        st.markdown(plain(section.why.localize(c.language)))
missing = sum(1 for field in known.profile if not opened.sheet.profile.get(field.id))
if missing:
    st.info(
        c.n(
            "One fact of the profile is missing; questions that depend on it are not shown.",
            "{count} facts of the profile are missing; questions that depend on them are not shown.",
            missing,
        )
    )
if known.unproven_counts_as is not None:
    st.caption(c.t("Choose the highest statement that is true today, not the one you are working towards."))

for question in asked(known, opened.sheet, section=here):
    if known.parent[question.id] == here:
        ask(question.id, question.id.upper())

with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute"):
    if place:
        st.button(
            c.t("Back"), icon=":material/arrow_back:", on_click=go, args=(rooms[place - 1],), key="back"
        )
    elif st.button(c.t("To the profile"), icon=":material/arrow_back:"):
        st.switch_page(page_of("profile"))
    if place + 1 < len(rooms):
        st.button(
            c.t("Next"),
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=go,
            args=(rooms[place + 1],),
            key="next",
        )
    elif st.button(
        c.t("To the results"), type="primary", icon=":material/arrow_forward:", icon_position="right"
    ):
        st.switch_page(page_of("results"))
