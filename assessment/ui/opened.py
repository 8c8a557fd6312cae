"""A number opened: the terms of a score, what holds its level, the smallest change that lifts it, what decides its range."""

from typing import assert_never

import streamlit as st

from assessment.document.blocks import KeyFigures
from assessment.document.standing import figures, what_a_level_needs
from assessment.document.telling import Teller
from assessment.explanation import Explanation, Gate, OtherMean, Part
from assessment.i18n import N_
from assessment.lifting import Lift
from assessment.questionnaire import Method
from assessment.scoring import Score
from assessment.ui import blocks
from assessment.ui.words import code, plain

LEFT_OUT = {
    "": "",
    "no weight": N_("asked for its condition, without weight in the index"),
    "not applicable": N_("does not apply"),
    "not known": N_("not known"),
    "open": N_("open"),
}
SHOWN = 12
TERMS = 12
"""So many lines of a list, and terms of a formula, are shown."""

MADE_OF: dict[Method, str] = {
    "mean": N_("The index is the weighted mean of these"),
    "mean_of_leaves": N_("The index is the weighted mean of all questions below"),
    "sum": N_("The index is the weighted sum of these"),
    "min": N_("The index is that of the weakest of these"),
    "staged": N_("The index follows the stage that is reached"),
}


def open_section(tell: Teller, section: str) -> None:
    """Draw a section's score down to its answers."""
    c, score = tell.c, tell.report.scorecard.of(section)
    explanation = tell.report.explanation(section)
    confirmed = tell.report.scorecard.confirmed_of(section)
    blocks.show([KeyFigures(items=tuple(figures(tell, score, confirmed)))], key=f"opened-{section}")
    st.subheader(c.t(MADE_OF[explanation.method]), anchor=False)
    st.markdown(
        "\n".join(
            [
                "| | " + c.t("Value") + " | " + c.t("Weight") + " | |",
                "|:--|--:|--:|:--|",
                *(_part(tell, part, score) for part in explanation.parts),
            ]
        )
    )
    st.caption(_formula(tell, explanation, score))
    if explanation.other_mean is not None:
        st.caption(plain(_other_mean(tell, explanation.other_mean, score)))
    if explanation.gate:
        _gate(tell, explanation.gate, score)
    if explanation.lift:
        _lift(tell, explanation.lift)
    if explanation.deciding:
        st.subheader(c.t("These answers would narrow the range most"), anchor=False)
        st.markdown(
            "\n".join(
                f"- {plain(tell.question(item.question))}{code(item.question)}: {tell.points(score, item.shrinks)}"
                for item in explanation.deciding[:SHOWN]
            )
        )


def _part(tell: Teller, part: Part, score: Score) -> str:
    c = tell.c
    known = tell.questionnaire.questions_by_id
    name = tell.question(part.of) if part.of in known else tell.section(part.of)
    why = c.t(LEFT_OUT[part.left_out]) if part.left_out else ""
    return f"| {plain(name)} | {tell.points(score, part.value)} | {c.number(part.weight, 1)} | {why} |"


def _formula(tell: Teller, explanation: Explanation, score: Score) -> str:
    """Return the index worked out in figures."""
    c = tell.c
    terms = [part for part in explanation.parts if not part.left_out]
    if not terms or explanation.value is None:
        return c.t("Nothing in this section counts towards an index yet.")
    weighted = [f"{c.number(part.weight, 1)} × {tell.points(score, part.value)}" for part in terms[:TERMS]]
    more = " + …" if len(terms) > TERMS else ""
    result = tell.point(score, explanation.value)
    match explanation.method:
        case "mean" | "mean_of_leaves":
            whole = c.number(sum(part.weight for part in terms), 1)
            return plain(f"({' + '.join(weighted)}{more}) ÷ {whole} = {result}")
        case "sum":
            return plain(f"{' + '.join(weighted)}{more} = {result}")
        case "min" | "staged":
            return plain(c.t("Index: {value}", value=result))
        case _:
            assert_never(explanation.method)


def _other_mean(tell: Teller, other: OtherMean, score: Score) -> str:
    c = tell.c
    value = tell.point(score, other.value)
    if other.method == "mean_of_leaves":
        return c.t(
            "Averaged over all questions instead of the parts, the index would be {value}.", value=value
        )
    return c.t("Averaged over the parts instead of all questions, the index would be {value}.", value=value)


def _gate(tell: Teller, gate: Gate, score: Score) -> None:
    c = tell.c
    st.subheader(c.t("What level {level} still needs", level=gate.level), anchor=False)
    st.markdown(plain(what_a_level_needs(tell, gate, score)))
    if not gate.questions:
        return
    with st.expander(
        c.n(
            "The one question that stands lower",
            "The {count} questions that stand lower",
            len(gate.questions),
        )
    ):
        st.markdown("\n".join(f"- {plain(tell.question(name))}{code(name)}" for name in gate.questions))


def _lift(tell: Teller, lift: Lift) -> None:
    c = tell.c
    count = len(lift.changes)
    st.subheader(
        c.n(
            "One answer is all that separates you from level {level}",
            "{count} answers are the shortest way to level {level}",
            count,
            level=lift.level,
        ),
        anchor=False,
    )
    for change in lift.changes[:SHOWN]:
        present = (
            c.t("open")
            if change.present is None
            else tell.answer(change.question, change.present, inside=True).short
        )
        way = f"{plain(present)} → {plain(tell.answer(change.question, change.to, inside=True).line)}"
        st.markdown(f"- **{plain(tell.question(change.question))}**{code(change.question)}: {way}")
    if count > SHOWN:
        st.caption(c.n("One more answer is missing.", "{count} more answers are missing.", count - SHOWN))
