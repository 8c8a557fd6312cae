"""One widget for each control, with the states beside the answer itself: not known, does not apply."""

import json
from typing import assert_never

import streamlit as st

from assessment.answers import Answer, Evidence
from assessment.document.saying import number, saying
from assessment.i18n import Catalogue
from assessment.questions import Choose, Count, LevelQuestion, Question, Tick, Value, Write
from assessment.ui import reconnecting, state
from assessment.ui.drafts import ASIDE, HERE, NONE, UNKNOWN, Draft, word_of
from assessment.ui.words import plain

LONGEST = 6000
"""Characters of a reason or a comment."""
LONG = 40
"""Characters of an option beyond which options stand one above the other as cards."""
SHORT_TEXT = 150
"""A text of so many characters at most is written on one line."""


def key_of(identifier: str, part: str, c: Catalogue) -> str:
    """Name a widget: another language or another assessment is another widget, with nothing of this one in it."""
    return f"{part}-{identifier}-{c.language}-{state.mark()}"


def on_screen(question: Question, c: Catalogue) -> Draft | None:
    """Return what the widgets of a question hold before they are drawn; None if they are not there yet."""
    is_written = isinstance(question.control(), Count | Write)
    if not state.has_widget(key_of(question.id, "written", c) if is_written else _choice(question, c)):
        return None

    def typed(part: str) -> str:
        return str(state.widget(key_of(question.id, part, c)) or "")

    choice = state.widget(_choice(question, c))
    evidence, comment = beneath(question, c)
    return Draft(
        choice=choice,
        ticked=tuple(name for name in _items(question) if state.widget(_box(question, name, c))),
        written=typed("written") if is_written else "",
        reason=typed("reason") if choice == ASIDE else "",
        evidence=evidence,
        comment=comment,
    )


def is_as_seen(question: Question, seen: Answer | None, c: Catalogue) -> bool:
    """Say that nothing of a question was touched, where that is plain at a glance: a choice, and nothing unfolded."""
    if not isinstance(question.control(), Choose) or state.has_widget(key_of(question.id, "evidence", c)):
        return False
    choice = state.widget(_choice(question, c))
    if seen is None or seen.state == "open":
        return choice is None
    return seen.state == "given" and choice == word_of(seen.value)


def is_brought(question: Question, c: Catalogue) -> bool:
    """Say that the browser brought along what the widgets of a question hold, from a server that is gone."""
    return reconnecting.was_brought(_choice(question, c))


def is_chosen_anew(question: Question, seen: Answer | None, c: Catalogue) -> bool:
    """Say that another option is chosen than the one that was seen."""
    if not isinstance(question.control(), Choose) or state.widget(_choice(question, c)) is None:
        return False
    return not is_as_seen(question, seen, c)


def beneath(question: Question, c: Catalogue) -> tuple[Evidence, str]:
    """Return evidence and comment: as their fields hold them; while these are folded away, as held or as last seen."""
    evidence = state.widget(key_of(question.id, "evidence", c))
    if evidence is not None:
        return evidence, str(state.widget(key_of(question.id, "comment", c)) or "")
    waiting, known = state.held(question.id), state.seen(question.id)
    if waiting is not None:
        return waiting.draft.evidence, waiting.draft.comment
    return (known.answer.evidence, known.answer.comment) if known and known.answer else ("none", "")


def put_beneath(question: Question, evidence: Evidence, comment: str, c: Catalogue) -> None:
    """Give the fields of evidence and comment what they show, before they are drawn."""
    state.set_widget(key_of(question.id, "evidence", c), evidence)
    state.set_widget(key_of(question.id, "comment", c), comment)


def put_on_screen(question: Question, draft: Draft, c: Catalogue) -> None:
    """Give the widgets of a question what they show, before they are drawn.

    Only those that are drawn: each widget of Streamlit walks through all that a session holds.
    """
    control = question.control()
    state.set_widget(_choice(question, c), draft.choice)
    parts = []
    if state.has_widget(key_of(question.id, "evidence", c)):
        parts += ["evidence", "comment"]
    if draft.choice == ASIDE:
        parts.append("reason")
    if isinstance(control, Count | Write):
        parts.append("written")
    for part in parts:
        state.set_widget(key_of(question.id, part, c), getattr(draft, part))
    for name in _items(question):
        state.set_widget(_box(question, name, c), name in draft.ticked)
    if not isinstance(control, Choose):
        state.set_widget(key_of(question.id, "before", c), (draft.choice, draft.written))


def settle(question: Question, c: Catalogue) -> None:
    """Let what was changed last stand: who ticks or writes does not have to take back "We don't know" as well.

    Text stays in its field when another choice is made: choosing back brings it back.
    """
    screen = on_screen(question, c)
    if screen is None or isinstance(question.control(), Choose):
        return
    choice, written = state.widget(key_of(question.id, "before", c)) or (HERE, "")
    if screen.choice != HERE and screen.choice == choice and (screen.ticked or screen.written != written):
        state.set_widget(_choice(question, c), HERE)
    elif screen.choice != HERE:
        for name in screen.ticked:
            state.set_widget(_box(question, name, c), False)
    now = state.widget(_choice(question, c))
    state.set_widget(key_of(question.id, "before", c), (now, screen.written))


def draw(question: Question, c: Catalogue) -> None:
    """Draw the widget of a question's control, with the states beside it; `on_screen` says what it holds."""
    control = question.control()
    match control:
        case Choose():
            _states(question, _options(question, control, c), c)
        case Tick():
            _tick(question, control, c)
        case Count():
            _count(question, control, c)
        case Write():
            _write(question, control, c)
        case _:
            assert_never(control)


def _tick(question: Question, control: Tick, c: Catalogue) -> None:
    group = f"items-{question.id}-{c.language}"
    with st.container(key=group, gap="xsmall"):
        st.caption(c.t("Tick everything that is true."))
        for name in control.options:
            label = saying(question, (name,), c=c, language=c.language).more[0]
            st.checkbox(plain(label), key=_box(question, name, c))
    as_group(group, question.label.localize(c.language))
    words = {HERE: c.t("As ticked above"), NONE: c.t("None of these")}
    _states(question, words, c)


def _count(question: Question, control: Count, c: Catalogue) -> None:
    st.text_input(limits_of(control, c), key=key_of(question.id, "written", c), max_chars=40, width=460)
    _states(question, {HERE: c.t("As written above")}, c)


def limits_of(control: Count, c: Catalogue) -> str:
    """Return what is to be written: the unit and the limits, in the language's format."""
    unit = control.unit.localize(c.language) if control.unit else ""
    said = [c.t("Number ({unit})", unit=plain(unit)) if unit else c.t("Number")]
    low, high = (None if limit is None else plain(number(limit, c)) for limit in (control.low, control.high))
    if low is not None and high is not None:
        said.append(c.t("from {low} to {high}", low=low, high=high))
    elif low is not None:
        said.append(c.t("{low} or more", low=low))
    elif high is not None:
        said.append(c.t("{high} at most", high=high))
    if control.whole:
        said.append(c.t("without decimals"))
    return ", ".join(said)


def _write(question: Question, control: Write, c: Catalogue) -> None:
    key = key_of(question.id, "written", c)
    label = c.t("In your own words")
    if control.longest <= SHORT_TEXT:
        st.text_input(label, key=key, max_chars=control.longest)
    else:
        st.text_area(label, key=key, max_chars=control.longest, height=120)
    _states(question, {HERE: c.t("As written above")}, c)


def _states(question: Question, words: dict[str, str], c: Catalogue) -> None:
    """Draw the choice with "We don't know" and "Does not apply to us", which asks for a reason."""
    every = {**words, UNKNOWN: c.t("We don't know"), ASIDE: c.t("Does not apply to us")}
    choice = st.radio(
        question.label.localize(c.language),
        list(every),
        format_func=every.__getitem__,
        index=None,  # else a browser that comes back to a server without its session answers what is open with the first option
        key=_choice(question, c),
        label_visibility="collapsed",
    )
    if choice == ASIDE:
        key = key_of(question.id, "reason", c)
        st.text_input(c.t("Why does this not apply? (needed)"), key=key, max_chars=LONGEST)


def _choice(question: Question, c: Catalogue) -> str:
    """Name the widget that chooses: by its name the style sheet tells options one above the other from those side by side."""
    return key_of(question.id, "choice" if _is_stacked(question, c) else "pick", c)


def _is_stacked(question: Question, c: Catalogue) -> bool:
    if isinstance(question, LevelQuestion):
        return True
    control = question.control()
    return isinstance(control, Choose) and max(map(len, _options(question, control, c).values())) > LONG


def _options(question: Question, control: Choose, c: Catalogue) -> dict[str, str]:
    return {word_of(value): _option(question, value, c) for value in control.options}


def _option(question: Question, value: Value, c: Catalogue) -> str:
    if isinstance(question, LevelQuestion):
        (anchor,) = question.words(value)
        return f"**{value}** · {plain(anchor.localize(c.language))}"
    return plain(saying(question, value, c=c, language=c.language).short)


def _items(question: Question) -> tuple[str, ...]:
    control = question.control()
    return control.options if isinstance(control, Tick) else ()


def _box(question: Question, name: str, c: Catalogue) -> str:
    return key_of(question.id, f"item-{name}", c)


def as_group(key: str, label: str) -> None:
    """Say to assistive technology that fields belong together and to what; Streamlit has no group of its own."""
    name = json.dumps(label).replace("<", "\\u003c")
    st.html(
        f"<script>(()=>{{const g=document.querySelector('.st-key-{key}');"
        f"g?.setAttribute('role','group');g?.setAttribute('aria-label',{name})}})()</script>",
        unsafe_allow_javascript=True,
    )
