"""Fields for what a plan is made under: each shows what is stored, and what is changed in it is saved at once.

Two tabs do not undo each other: a field says what was changed in it, not what it happens to hold.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import streamlit as st

from assessment.i18n import Catalogue
from assessment.roadmap import Capacity, Terms, Wishes
from assessment.store import Assessment
from assessment.ui import reckoning, state
from assessment.ui.widgets import key_of

MOST_DAYS = 100_000.0

OTHERS = "plan-of-others"
"""Under this name the session keeps that a click came to nothing because somebody else had changed the plan."""


class Field(NamedTuple):
    """What a field holds, and whether that differs from what is stored because somebody changed it here."""

    key: str
    value: Any
    changed: bool


def keep(opened: Assessment, terms: Terms, *fields: Field) -> None:
    """Save other terms and draw the page anew under them; nothing happens if they are the stored ones.

    The fields that were changed show afterwards what was stored, which may be tidier than what was entered. If somebody else
    changed the terms since this page read them, theirs stand; a field still holds what was changed in it, and the page that is
    drawn anew saves that on top of theirs.
    """
    differs = terms != reckoning.settings(opened)
    if differs:
        stamped = terms.stamped(datetime.now(UTC).replace(microsecond=0))
        if not state.writing().save_plan(opened.id, stamped, over=opened.plan):
            state.note_shown(OTHERS, not fields)
            st.rerun()
    for each in fields:
        state.note_shown(each.key, None)
    if differs:
        st.rerun()


def told(c: Catalogue) -> None:
    """Tell that the last click came to nothing, if it did."""
    if state.shown(OTHERS):
        state.note_shown(OTHERS, None)
        st.warning(
            c.t(
                "Somebody else changed the plan in the meantime, so it was left as it is. Look at it again, and decide anew."
            ),
            icon=":material/sync_problem:",
        )


def with_capacity(terms: Terms, **changes: object) -> Terms:
    """Return the terms with something else to work with."""
    capacity = Capacity.model_validate({**terms.capacity.model_dump(), **changes})
    return terms.model_copy(update={"capacity": capacity})


def with_wishes(terms: Terms, **changes: object) -> Terms:
    """Return the terms with other wishes."""
    wishes = Wishes.model_validate({**terms.wishes.model_dump(), **changes})
    return terms.model_copy(update={"wishes": wishes})


def with_entry(entries: dict[str, Any], name: str, value: object) -> dict[str, Any]:
    """Return a mapping with another entry, or without it if there is no value."""
    others = {key: each for key, each in entries.items() if key != name}
    return others if value is None else {**others, name: value}


def field(name: str, stored: object, draw: Callable[[str], Any], *, c: Catalogue) -> Field:
    """Draw a field that shows what is stored, and say whether somebody just changed it.

    Args:
        name: tells the field from the others of the assessment.
        stored: what it shows while nobody changes it.
        draw: draws the widget of this key and returns what it holds.
        c: its language; in another one it is another widget.
    """
    key = key_of(name, "plan", c)
    seen = state.shown(key) if state.has_widget(key) else None
    if seen is None or (seen[0] != stored and state.widget(key) == seen[0]):
        state.set_widget(key, stored)
        seen = (stored,)
    state.note_shown(key, seen)
    value = draw(key)
    return Field(key, value, changed=value != seen[0])


def days_field(
    name: str, stored: float | None, label: str, *, c: Catalogue, least: float = 0.0, hint: str | None = None
) -> Field:
    """Draw a field for person-days that may be left empty."""
    return number_field(name, stored, label, (least, MOST_DAYS), c=c, step=1.0, form="%g", hint=hint)


def number_field(
    name: str,
    stored: float | None,
    label: str,
    limits: tuple[float, float],
    *,
    c: Catalogue,
    step: float,
    form: str,
    hint: str | None = None,
) -> Field:
    """Draw a field for a number that may be left empty."""
    low, high = limits
    return field(
        name,
        None if stored is None else min(max(float(stored), low), high),
        lambda key: st.number_input(
            label, min_value=low, max_value=high, value=None, step=step, format=form, key=key, help=hint
        ),
        c=c,
    )


FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)


def day_field(name: str, stored: date | None, label: str, *, c: Catalogue, hint: str | None = None) -> Field:
    """Draw a field for a day that may be left empty."""
    return field(
        name,
        stored,
        lambda key: st.date_input(
            label,
            value=None,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format=c.day_pattern,
            key=key,
            help=hint,
        ),
        c=c,
    )


def choice_field(
    name: str,
    stored: str,
    label: str,
    options: Sequence[str],
    said: Callable[[str], str],
    *,
    c: Catalogue,
    hint: str | None = None,
) -> Field:
    """Draw a menu of which one option is always chosen; what is stored is offered, whatever it is."""
    every = [*options, *([stored] if stored not in options else [])]
    return field(
        name,
        stored,
        lambda key: st.selectbox(
            label, every, format_func=said, key=key, help=hint, placeholder=c.t("Choose an option")
        ),
        c=c,
    )
