"""Profile: the facts that decide which questions, conditions and rules concern this organisation."""

import streamlit as st

from assessment.questionnaire import ProfileField
from assessment.ui import state
from assessment.ui.frame import page_of, required
from assessment.ui.offered import questionnaire
from assessment.ui.widgets import as_group
from assessment.ui.words import plain

opened = required()
known = questionnaire(opened.sheet.questionnaire)
c = state.words()


def ask(field: ProfileField) -> None:
    """Draw one profile field and save what changes."""
    names = {option.id: option.label.localize(c.language) for option in field.options}
    if field.type == "yes_no":
        names = {"yes": c.t("Yes"), "no": c.t("No")}
    stored = opened.sheet.profile.get(field.id)
    key = f"profile-{field.id}-{c.language}-{opened.id}"
    label = plain(field.label.localize(c.language))
    help_text = plain(field.help.localize(c.language)) if field.help else None
    if field.type == "many":
        given = (stored,) if isinstance(stored, str) else tuple(stored or ())
        st.markdown(label, help=help_text)
        with st.container(horizontal=True, key=f"group-{field.id}"):
            ticked = {
                name: st.checkbox(names[name], value=name in given, key=f"{key}-{name}") for name in names
            }
        as_group(f"group-{field.id}", field.label.localize(c.language))
        value: str | tuple[str, ...] | None = tuple(option for option in names if ticked[option])
        before: str | tuple[str, ...] | None = tuple(option for option in names if option in given)
    else:
        index = list(names).index(stored) if isinstance(stored, str) and stored in names else None
        value = st.radio(
            label,
            list(names),
            index=index,
            format_func=names.__getitem__,
            key=key,
            horizontal=True,
            help=help_text,
        )
        before = stored
    if value and value != before:
        state.store().save_profile(opened.id, field.id, value=value)
    elif field.type == "many" and value != before:
        state.store().save_profile(opened.id, field.id, value=None)


st.title(c.t("Your organisation"), anchor=False)
st.markdown(
    c.t(
        "These facts decide which questions you see and which rules apply. You can change them at any time; answers already given are kept."
    )
)

st.info(
    c.t("Your private link, the only way back to your answers: {link}", link=f"`{state.address()}`"),
    icon=":material/link:",
)

with st.container(border=True):
    left, right = st.columns(2)
    organisation = left.text_input(
        c.t("Organisation"), value=opened.subject.organisation, max_chars=200, key=f"organisation-{opened.id}"
    )
    unit = right.text_input(
        c.t("Unit or team"), value=opened.subject.unit, max_chars=200, key=f"unit-{opened.id}"
    )
    author = left.text_input(
        c.t("Filled in by"), value=opened.subject.author, max_chars=200, key=f"author-{opened.id}"
    )
    held_on = right.date_input(
        c.t("As of"),
        value=opened.subject.held_on,
        key=f"held-{opened.id}",
        format=c.day_pattern,
    )
    present = (
        opened.subject.organisation,
        opened.subject.unit,
        opened.subject.author,
        opened.subject.held_on,
    )
    if held_on and (organisation, unit, author, held_on) != present:
        state.store().save_head(
            opened.id, organisation=organisation, unit=unit, author=author, held_on=held_on
        )

for place in known.profile:
    with st.container(border=True):
        ask(place)

with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.badge(c.t("All changes are saved"), icon=":material/cloud_done:", color="green")
    if st.button(
        c.t("To the questions"), type="primary", icon=":material/arrow_forward:", icon_position="right"
    ):
        st.switch_page(page_of("questions"))
