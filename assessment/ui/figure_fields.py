"""Fields for key figures and for the numbers of the value model: each is saved like an answer, as it is written."""

from typing import Literal, assert_never

import streamlit as st

from assessment.answers import AnswerSheet
from assessment.document.saying import number
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import KeyFigure, Questionnaire, Unit, ValueInput
from assessment.questions import NumberQuestion
from assessment.store import Assessment
from assessment.ui import state
from assessment.ui.controls import catch_up, save, told
from assessment.ui.frame import guarded
from assessment.ui.offered import questionnaire
from assessment.ui.widgets import as_group, key_of, on_screen, settle
from assessment.ui.words import plain
from assessment.value import crossed
from assessment.values import Text

End = Literal["low", "base", "high"]
ENDS: dict[End, str] = {"low": N_("Low"), "base": N_("Expected"), "high": N_("High")}

WIDE = 460
"""Pixels of a field that stands alone."""


@st.fragment
def ask_figure(figure: KeyFigure, currency: str) -> None:
    """Draw a key figure with its definition and the field for one's own number."""
    c = state.words()
    label = figure.label.localize(c.language)
    with guarded(c, part=figure.id), state.one_run():
        opened = state.assessment()
        if opened is None:
            return
        if state.is_leaving():
            st.rerun()
        with st.container(border=True, key=f"card-{figure.id}"):
            st.markdown(f"**{plain(label)}**  \n{plain(figure.formula.localize(c.language))}")
            st.caption(plain(figure.watch_out.localize(c.language)))
            _field(
                opened,
                figure.id,
                _limits(figure, currency, c),
                c,
                currency=_money(figure, currency),
                width=WIDE,
            )
        as_group(f"card-{figure.id}", label)


@st.fragment
def ask_input(each: ValueInput, currency: str) -> None:
    """Draw a number of the value model: the expected one, and both ends of its span."""
    c = state.words()
    label = each.label.localize(c.language)
    with guarded(c, part=each.id), state.one_run():
        opened = state.assessment()
        if opened is None:
            return
        with st.container(border=True, key=f"card-value-{each.id}"):
            st.markdown(f"**{plain(label)}**  \n{plain(_limits(each, currency, c))}")
            st.caption(plain(each.note.localize(c.language)))
            for end, place in zip(ENDS, st.columns(len(ENDS)), strict=True):
                with place:
                    _field(
                        opened,
                        each.key(end),
                        c.t(ENDS[end]),
                        c,
                        currency=_money(each, currency),
                        example=_example(each, end, c),
                    )
            sheet = (state.assessment() or opened).sheet
            base = sheet.by_question.get(each.key())
            if base is not None and isinstance(base.value, (int, float)) and crossed(each, base.value, sheet):
                st.warning(
                    c.t(
                        "Low, expected and high are not in rising order: please check. Until then the expected number stands in for the end that does not fit."
                    ),
                    icon=":material/swap_vert:",
                )
            elif base is None or base.value is None:
                _tell_ends_alone(each, sheet, c)
        as_group(f"card-value-{each.id}", label)


def _tell_ends_alone(each: ValueInput, sheet: AnswerSheet, c: Catalogue) -> None:
    """Say that one end of a fact alone counts for nothing."""
    ends = [sheet.by_question.get(each.key(end)) for end in ("low", "high")]
    given = sum(answer is not None and answer.value is not None for answer in ends)
    if each.example is None and given == 1:
        st.warning(
            c.t("Please give the expected number, too: one end alone cannot be counted with."),
            icon=":material/pending:",
        )


def _example(each: ValueInput, end: End, c: Catalogue) -> str:
    if each.example is None:
        return ""
    return c.t("example: {number}", number=number(getattr(each.example, end), c))


def _money(part: KeyFigure | ValueInput, currency: str) -> str:
    """Return the currency where an amount is asked for."""
    return currency if part.unit == "money" else ""


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


def _field(
    opened: Assessment,
    identifier: str,
    label: str,
    c: Catalogue,
    *,
    currency: str = "",
    example: str = "",
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """Draw one field and save what changes."""
    known = questionnaire(opened.sheet.questionnaire)
    question: NumberQuestion = known.figures_by_id[identifier]
    if currency:
        question = question.model_copy(update={"unit": Text(dict.fromkeys(known.languages, currency))})
    stored = opened.sheet.by_question.get(identifier)
    settle(question, c)
    catch_up(question, stored, opened.revision(identifier), c)
    st.text_input(
        plain(label), key=key_of(identifier, "written", c), placeholder=example or None, width=width
    )
    if stored is not None and stored.state == "unknown":
        st.caption(c.t("We don't know"))
    elif stored is not None and stored.state == "not_applicable":
        st.caption(f"{c.t('Does not apply to us')}: {plain(stored.reason)}")
    screen = on_screen(question, c)
    if screen is not None:
        told(question, save(opened.part(identifier), question, screen, c, redraw=True), c)
