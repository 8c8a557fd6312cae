"""The profile's facts, one field each, with what they are for beside them; saved by comparing, after each change."""

import streamlit as st

from assessment.i18n import Catalogue
from assessment.questionnaire import ProfileField
from assessment.store import Assessment
from assessment.ui import state
from assessment.ui.widgets import as_group
from assessment.ui.words import plain

ALONE = "none"
"""An option of this id says that none of the others is true: ticking one side takes the other back."""
LONG = 40
"""Characters: options with longer names stand one below the other."""


def ask(field: ProfileField, opened: Assessment, c: Catalogue) -> bool:
    """Draw one fact and save what changes; say whether it is given."""
    key = f"profile-{field.id}-{c.language}-{opened.id}"
    if field.type == "many":
        return bool(_several(field, opened, key, c))
    return _one(field, opened, key, c) is not None


def _one(field: ProfileField, opened: Assessment, key: str, c: Catalogue) -> str | None:
    names = _names(field, c)
    stored = opened.sheet.profile.get(field.id)
    index = list(names).index(stored) if isinstance(stored, str) and stored in names else None
    if field.type == "yes_no":
        left, right = st.columns([3, 1], gap="small", vertical_alignment="center")
    else:
        left = right = st.container(gap="xsmall")
    with left:
        _label(field, c)
    with right:
        value = st.radio(
            plain(field.label.localize(c.language)),
            list(names),
            index=index,
            format_func=names.__getitem__,
            key=key,
            horizontal=not _is_long(names),
            label_visibility="collapsed",
        )
    if value and value != stored:
        state.writing().save_profile(opened.id, field.id, value=value)
    return value


def _several(field: ProfileField, opened: Assessment, key: str, c: Catalogue) -> tuple[str, ...]:
    names = _names(field, c)
    stored = opened.sheet.profile.get(field.id)
    given = (stored,) if isinstance(stored, str) else tuple(stored or ())
    boxes = {name: f"{key}-{name}" for name in names}
    for name, box in boxes.items():
        if not state.has_widget(box):
            state.set_widget(box, name in given)
    _exclude(boxes, before=tuple(state.shown(key) or given))
    group = f"group-{field.id}"
    with st.container(gap="xsmall"):
        _label(field, c)
        with st.container(
            horizontal=not _is_long(names), gap="xsmall" if _is_long(names) else "small", key=group
        ):
            ticked = tuple(name for name, box in boxes.items() if st.checkbox(names[name], key=box))
            as_group(group, field.label.localize(c.language))
    state.note_shown(key, ticked)
    if ticked != tuple(option for option in names if option in given):
        state.writing().save_profile(opened.id, field.id, value=ticked or None)
    return ticked


def _exclude(boxes: dict[str, str], *, before: tuple[str, ...]) -> None:
    """Let what was ticked last stand: "none of these" or some of these."""
    ticked = {name for name, box in boxes.items() if state.widget(box)}
    if ALONE not in ticked or len(ticked) == 1:
        return
    taken_back = ticked - {ALONE} if ALONE not in before else {ALONE}
    for name in taken_back:
        state.set_widget(boxes[name], value=False)


def _label(field: ProfileField, c: Catalogue) -> None:
    label = f"**{plain(field.label.localize(c.language))}**"
    said = f"  \n{plain(field.help.localize(c.language))}" if field.help else ""
    st.markdown(label + said)


def _names(field: ProfileField, c: Catalogue) -> dict[str, str]:
    if field.type == "yes_no":
        return {"yes": c.t("Yes"), "no": c.t("No")}
    return {option.id: plain(option.label.localize(c.language)) for option in field.options}


def _is_long(names: dict[str, str]) -> bool:
    return max(map(len, names.values()), default=0) > LONG
