"""A number opened: the terms of a score, what holds its level, the smallest change that lifts it, what decides its range."""

import streamlit as st

from assessment.document.blocks import KeyFigures
from assessment.document.decision_page import figures
from assessment.document.telling import Teller
from assessment.explanation import Explanation, Gate, Part
from assessment.i18n import N_
from assessment.lifting import Lift
from assessment.questions import LevelQuestion, Value
from assessment.ui import blocks
from assessment.ui.words import plain

LEFT_OUT = {
    "": "",
    "no weight": N_("asked for its condition, without weight in the index"),
    "not applicable": N_("does not apply"),
    "not known": N_("not known"),
    "open": N_("open"),
}
SHOWN = 12


def open_section(tell: Teller, section: str) -> None:
    """Draw a section's score down to its answers."""
    c, score = tell.c, tell.report.scorecard.of(section)
    explanation = tell.report.explanation(section)
    confirmed = tell.report.scorecard.confirmed_of(section)
    blocks.show([KeyFigures(items=tuple(figures(tell, score, confirmed)))], key=f"opened-{section}")
    st.subheader(c.t("The index is the weighted mean of these"), anchor=False)
    st.markdown(
        "\n".join(
            [
                "| | " + c.t("Value") + " | " + c.t("Weight") + " | |",
                "|:--|--:|--:|:--|",
                *(_part(tell, part) for part in explanation.parts),
            ]
        )
    )
    st.caption(_formula(tell, explanation))
    if explanation.gate:
        _gate(tell, explanation.gate)
    if explanation.lift:
        _lift(tell, explanation.lift)
    if explanation.deciding:
        st.subheader(c.t("These answers would narrow the range most"), anchor=False)
        st.markdown(
            "\n".join(
                f"- {plain(tell.question(item.question))} ({item.question.upper()}): {c.number(item.shrinks)}"
                for item in explanation.deciding[:SHOWN]
            )
        )


def _part(tell: Teller, part: Part) -> str:
    c = tell.c
    known = tell.questionnaire.questions_by_id
    name = tell.question(part.of) if part.of in known else tell.section(part.of)
    return f"| {plain(name)} | {c.number(part.value)} | {c.number(part.weight, 1)} | {c.t(LEFT_OUT[part.left_out]) if part.left_out else ''} |"


def _formula(tell: Teller, explanation: Explanation) -> str:
    c = tell.c
    terms = [part for part in explanation.parts if not part.left_out]
    if not terms:
        return c.t("Nothing in this section counts towards an index yet.")
    top = " + ".join(f"{c.number(part.weight, 1)} × {c.number(part.value)}" for part in terms)
    total = sum(part.weight for part in terms)
    value = sum(part.weight * (part.value or 0.0) for part in terms) / total
    return plain(f"({top}) ÷ {c.number(total, 1)} = {c.number(value)}")


def _gate(tell: Teller, gate: Gate) -> None:
    c = tell.c
    st.subheader(c.t("What level {level} still needs", level=gate.level), anchor=False)
    st.markdown(
        c.t(
            "More than {needed} of the weight has to stand at level {rated} or higher; today it is {share}.",
            needed=c.percent(gate.needed), rated=gate.rated, share=c.percent(gate.share),
        )
    )  # fmt: skip
    with st.expander(
        c.n(
            "The one question below that level", "The {count} questions below that level", len(gate.questions)
        )
    ):
        st.markdown("\n".join(f"- {plain(tell.question(name))} ({name.upper()})" for name in gate.questions))


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
        way = f"{_said(tell, change.present)} → {_said(tell, change.to)}{_anchor(tell, change.question, change.to)}"
        st.markdown(f"- **{plain(tell.question(change.question))}** ({change.question.upper()}): {way}")
    if count > SHOWN:
        st.caption(c.n("One more answer is missing.", "{count} more answers are missing.", count - SHOWN))


def _said(tell: Teller, value: Value | None) -> str:
    if isinstance(value, bool):
        return tell.c.t("Yes") if value else tell.c.t("No")
    return tell.c.t("open") if value is None else str(value)


def _anchor(tell: Teller, identifier: str, value: Value) -> str:
    question = tell.questionnaire.questions_by_id[identifier]
    if isinstance(question, LevelQuestion):
        return ": " + plain(tell.say(question.anchors[int(value)]))
    return ""
