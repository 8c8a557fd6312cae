"""Fields for key figures and for the numbers of the value model: each is saved like an answer, as it is written."""

from typing import Literal, assert_never

import streamlit as st

from assessment.answers import Answer
from assessment.document.saying import number
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import KeyFigure, Questionnaire, Unit, ValueInput
from assessment.questions import NumberQuestion
from assessment.store import Assessment
from assessment.ui import state
from assessment.ui.controls import catch_up, keep
from assessment.ui.frame import guarded
from assessment.ui.offered import questionnaire
from assessment.ui.widgets import as_group, key_of, on_screen
from assessment.ui.words import plain

End = Literal["low", "base", "high"]
ENDS: dict[End, str] = {"low": N_("Low"), "base": N_("Expected"), "high": N_("High")}

WIDE = 460
"""Pixels of a field that stands alone."""


@st.fragment
def ask_figure(figure: KeyFigure, currency: str) -> None:
    """Draw a key figure with its definition and the field for one's own number."""
    c = state.words()
    label = figure.label.localize(c.language)
    with guarded(c, part=figure.id):
        opened = state.assessment()
        if opened is None:
            return
        with st.container(border=True, key=f"card-{figure.id}"):
            st.markdown(f"**{plain(label)}**  \n{plain(figure.formula.localize(c.language))}")
            st.caption(plain(figure.watch_out.localize(c.language)))
            _field(opened, figure.id, _limits(figure, currency, c), c, width=WIDE)
        as_group(f"card-{figure.id}", label)


@st.fragment
def ask_input(each: ValueInput, currency: str) -> None:
    """Draw a number of the value model: the expected one, and both ends of its span."""
    c = state.words()
    label = each.label.localize(c.language)
    with guarded(c, part=each.id):
        opened = state.assessment()
        if opened is None:
            return
        with st.container(border=True, key=f"card-value-{each.id}"):
            st.markdown(f"**{plain(label)}**  \n{plain(_limits(each, currency, c))}")
            st.caption(plain(each.note.localize(c.language)))
            for end, place in zip(ENDS, st.columns(len(ENDS)), strict=True):
                with place:
                    _field(opened, each.key(end), c.t(ENDS[end]), c, example=_example(each, end, c))
            if _crosses(each, state.assessment() or opened):
                st.warning(
                    c.t(
                        "Low, expected and high are not in rising order: please check. Until then the expected number stands in for the end that does not fit."
                    ),
                    icon=":material/swap_vert:",
                )
        as_group(f"card-value-{each.id}", label)


def _example(each: ValueInput, end: End, c: Catalogue) -> str:
    if each.example is None:
        return ""
    return c.t("example: {number}", number=number(getattr(each.example, end), c))


def currency_of(known: Questionnaire, opened: Assessment, c: Catalogue) -> str:
    """Return the currency that the profile names; empty while none is chosen."""
    figures = known.key_figures
    field = figures.value.currency if figures and figures.value else None
    options = {option.id: option for place in known.profile if place.id == field for option in place.options}
    chosen = opened.sheet.profile.get(field or "")
    return options[chosen].label.localize(c.language) if isinstance(chosen, str) and chosen in options else ""


def _limits(part: KeyFigure | ValueInput, currency: str, c: Catalogue) -> str:
    """Return what is to be written: the unit in words, and the limits in the language's format."""
    unit = _unit(part.unit, currency, c)
    low, high = number(part.low, c), number(part.high, c)
    if not unit:
        return c.t("Number from {low} to {high}", low=low, high=high)
    return c.t("In {unit}, from {low} to {high}", unit=unit, low=low, high=high)


def _unit(unit: Unit, currency: str, c: Catalogue) -> str:
    match unit:
        case "percent":
            return c.t("percent")
        case "money":
            return currency or c.t("your currency")
        case "seconds":
            return c.t("seconds")
        case "hours":
            return c.t("hours")
        case "days":
            return c.t("days")
        case "points":
            return c.t("points")
        case "count":
            return ""
        case _:
            assert_never(unit)


def _crosses(each: ValueInput, opened: Assessment) -> bool:
    """Say whether an end that was given lies on the wrong side of the expected number."""

    def given(end: End) -> float | None:
        answer: Answer | None = opened.sheet.by_question.get(each.key(end))
        return float(answer.value) if answer is not None and isinstance(answer.value, (int, float)) else None

    low, base, high = (given(end) for end in ENDS)
    rising = [value for value in (low, base, high) if value is not None]
    return rising != sorted(rising)


def _field(
    opened: Assessment,
    identifier: str,
    label: str,
    c: Catalogue,
    *,
    example: str = "",
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """Draw one field and save what changes."""
    question: NumberQuestion = questionnaire(opened.sheet.questionnaire).figures_by_id[identifier]
    catch_up(question, opened.sheet.by_question.get(identifier), opened.revision(identifier), c)
    st.text_input(
        plain(label), key=key_of(identifier, "written", c), placeholder=example or None, width=width
    )
    screen = on_screen(question, c)
    if screen is not None:
        keep(opened, question, screen, c)
