"""Clients: a consultant's desk with its clients, their sites, and the assessments of each, beside one another and over time."""

import streamlit as st

from assessment.i18n import N_
from assessment.ui import (
    at_client,
    benchmarking,
    client_files,
    client_settings,
    desks,
    members,
    over_time,
    signing,
    state,
    together,
)
from assessment.ui.frame import guarded, tell_trouble, way
from assessment.ui.words import plain

VIEWS = {
    "": N_("Sites and assessments"),
    "together": N_("Together"),
    "time": N_("Over time"),
    "settings": N_("About the client"),
}
SHOWN = {
    "": at_client.sites,
    "together": together.together,
    "time": over_time.over_time,
    "settings": client_settings.settings,
}
c = state.words()
signed = signing.is_on()
with guarded(c, part="invitation"):
    members.come_in()
here = desks.opened(c)
if here is None:
    (members if signed else desks).at_the_door(c)
    st.stop()
if desks.client() not in {line.id for line in here.clients}:
    desks.go_to()
    desks.all_clients(here, c)
    if desks.may_change():
        client_files.take_in(c)
        benchmarking.benchmarks(here, c)
    (members if signed else desks).about_the_desk(here, c)
    way(c.t("To the start page"), "start", key="to-start", icon=":material/home:")
    st.stop()

client = state.store().clients.client(desks.desk(), desks.client())
if st.query_params.get(desks.CLIENT) != client.id:
    desks.go_to(client.id)
st.button(
    c.t("All clients"), icon=":material/arrow_back:", type="tertiary", on_click=desks.go_to, key="all-clients"
)
st.title(plain(client.name), anchor=False)
tell_trouble(c)
if client.archived_at is not None:
    st.badge(c.t("Has been put away"), icon=":material/archive:", color="gray")
if client.note:
    st.caption(plain(client.note))
asked = str(st.query_params.get(desks.VIEW) or "")
views = VIEWS if desks.may_change() else {name: label for name, label in VIEWS.items() if name != "settings"}
view = asked if asked in views else ""
TABS = f"views-{client.id}-{c.language}"
names = {name: c.t(label) for name, label in views.items()}


def turn() -> None:
    """Follow the tabs; the address carries which one is open."""
    desks.go_to(client.id, next(name for name, label in names.items() if label == state.widget(TABS)))


state.set_widget(TABS, names[view])
for name, tab in zip(names, st.tabs(list(names.values()), key=TABS, on_change=turn), strict=True):
    if name == view:
        with tab:
            SHOWN[name](client, c)
