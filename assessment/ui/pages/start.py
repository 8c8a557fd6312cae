"""Start: what this is, and the ways in: new, the open one, those of this browser, by link, sample, from a file."""

import streamlit as st

from assessment.ui import remembered, state
from assessment.ui.beginning import begin_as_asked, choice_of_questionnaire, has_short, ways
from assessment.ui.coming_back import by_link, from_a_file
from assessment.ui.frame import guarded, way
from assessment.ui.mine import my_assessments
from assessment.ui.offered import main_one, minutes_of
from assessment.ui.picture import picture
from assessment.ui.resuming import resume
from assessment.ui.words import plain

c = state.words()
known = state.chosen_questionnaire()
begin_as_asked(known, c)
is_open = state.token() is not None


def title() -> None:
    """Draw the page's headline."""
    if known.id == main_one():
        st.title(c.t("Where does your customer service stand, and what comes next?"), anchor=False)
    else:
        st.title(plain(known.title.localize(c.language)), anchor=False)


def facts() -> None:
    """Draw what one wants to know before beginning: how long, whether one may stop, where the answers are."""
    short = has_short(known)
    here = remembered.is_on_this_computer()
    told = (
        (
            ":material/schedule:",
            c.t("About {minutes} minutes", minutes=minutes_of(known, short=short)),
            c.t("for the short version") if short else c.t("for all questions"),
        ),
        (":material/save:", c.t("Saved as you go"), c.t("stop and go on at any time")),
        (
            ":material/computer:" if here else ":material/dns:",
            c.t("Stays on this computer") if here else c.t("Stays on this server"),
            c.t("nothing is sent anywhere"),
        ),
    )
    with st.grid(3, min_column_width=140, key="facts"):
        for icon, what, more in told:
            st.markdown(f"{icon} **{what}**  \n{more}")


if is_open:
    title()
    with guarded(c, part="resume"):
        resume()
else:
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with left:
        title()
        st.markdown(plain(known.introduction.localize(c.language)))
        facts()
    with right:
        picture()
my_assessments()

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.header(c.t("Start a new assessment"), anchor=False, width="content")
    choice_of_questionnaire(known, c)
ways(known, c, first=not is_open)

st.header(c.t("Continue"), anchor=False)
with st.grid(2, min_column_width=280):
    by_link()
    from_a_file()

with st.container(border=True, horizontal=True, vertical_alignment="center", key="for-consultants"):
    st.markdown(
        c.t(
            "**Several clients or sites?** A desk keeps their assessments together and puts sites side by side."
        ),
        width="stretch",
    )
    way(c.t("Clients and sites"), "clients", key="to-clients", icon=":material/folder_shared:")

st.header(c.t("What happens with your data"), anchor=False)
st.markdown(
    c.t(
        "Your answers stay on the computer that runs this app. Nothing is sent anywhere, your use is not tracked, and nothing is "
        "loaded from outside. Each answer is saved as soon as you give it."
    )
)
way(c.t("What is stored, why, and how long"), "privacy", key="to-privacy", icon=":material/shield_person:")
remembered.shared_computer()
