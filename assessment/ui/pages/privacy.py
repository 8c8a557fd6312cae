"""What is stored: why and how long, table by table; what is stored about who has signed in, and how to erase it."""

import streamlit as st

from assessment.store import purposes
from assessment.ui import remembered, signing, state
from assessment.ui.frame import way
from assessment.ui.my_data import my_data
from assessment.ui.stored import columns, kept_for, table_of

c = state.words()
here = remembered.is_on_this_computer()
told = tuple(purposes.told())

st.title(c.t("What is stored, why, and how long"), anchor=False)
st.markdown(
    c.t(
        "Everything is in one database on this computer. Nothing is sent anywhere, your use is not tracked, and nothing is loaded from outside."
    )
    if here
    else c.t(
        "Everything is in one database of whoever runs this app. Nothing is sent anywhere else but to the sign-on, if there is one; "
        "your use is not tracked, and nothing is loaded from outside."
    )
)
st.markdown(kept_for(c))
if signing.is_on():
    my_data(c)
for about, head in (
    ("somebody", c.t("About people")),
    ("perhaps", c.t("About people only if somebody writes a name")),
    ("nobody", c.t("About nobody")),
):
    st.header(head, anchor=False)
    st.html(table_of([one for one in told if one.purpose.about == about], head, c))
st.header(c.t("In this browser"), anchor=False)
st.markdown(
    c.t(
        "The browser remembers the private links of the assessments you opened, and when. You can clear that on the start page, "
        "and switch it off on a computer that others use, too. If people sign in here, a cookie says who you are; it counts for twelve hours. "
        "The server's log tells errors and times; no names, no answers, no links."
    )
)
with st.expander(
    c.t("Every column, for whoever checks"), key=f"columns-{c.language}", on_change="rerun"
) as folded:
    if folded.open:
        st.html(columns(told, c))
way(c.t("To the start"), "start", key="privacy-back", icon=":material/home:")
