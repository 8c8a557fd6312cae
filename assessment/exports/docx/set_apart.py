"""What stands in a frame of its own: callouts, decisions, measures, key figures, the levels of the scale."""

from math import ceil

from assessment.document.blocks import Callout, Card, Decision, Decisions, KeyFigure, KeyFigures, Line, Steps
from assessment.exports.docx.looks import GUTTER
from assessment.exports.docx.markup import Node, paragraph, run
from assessment.exports.docx.tables import Box, Tier, laid
from assessment.exports.docx.writing import Writer

FRAMED = {
    "note": "ReportCallout",
    "warning": "ReportWarning",
    ("note", "note"): "ReportCalloutCallout",
    ("note", "warning"): "ReportCalloutWarning",
    ("warning", "note"): "ReportWarningCallout",
    ("warning", "warning"): "ReportWarningWarning",
}
"""The table style of a callout, and of two side by side."""
DECISION_NUMBER = 24.0
DECISION_FACTS = 0.32
CARD_FACTS = 0.42
"""Share of the width that facts take."""
LETTERS = 0.22
"""Letters to a point of width, roughly, in lines of a card."""
NAMES = 70.0
"""Points that the names of facts take, roughly."""
LONGEST_NAME = 18
"""Letters of a name that stands beside the text."""
STEPS_IN_A_ROW = 5
SHORT_FRAME = 2500
"""What has more characters may go on on the next page."""


def callout(writer: Writer, block: Callout, width: float) -> Node:
    """Return a tinted frame with a coloured edge."""
    return laid([Tier([Box(_called(writer, block))], whole=_brief(block))], [width], FRAMED[block.tone])


def callouts(writer: Writer, left: Callout, right: Callout, *, width: float) -> Node:
    """Return two callouts side by side; in one table, for tables within tables do not go on on the next page."""
    half = (width - GUTTER) / 2
    boxes = [Box(_called(writer, left)), Box([]), Box(_called(writer, right))]
    tier = Tier(boxes, whole=_brief(left) and _brief(right))
    return laid([tier], [half, GUTTER, half], FRAMED[left.tone, right.tone], ends=True)


def _called(writer: Writer, block: Callout) -> list[Node]:
    return [writer.words(block.title, "CalloutTitle"), *writer.lines(block.lines)]


def _brief(block: Callout) -> bool:
    return sum(len(line.text) for line in block.lines) <= SHORT_FRAME


def decisions(writer: Writer, block: Decisions, width: float) -> Node:
    """Return the decisions, a row each: number, what and why, and beside it effort, date and person."""
    facts = width * DECISION_FACTS
    rows = [Tier(_decision(writer, item, number)) for number, item in enumerate(block.items, start=1)]
    return laid(rows, [DECISION_NUMBER, width - facts - DECISION_NUMBER, facts], "ReportDecisions")


def _decision(writer: Writer, item: Decision, number: int) -> list[Box]:
    return [
        Box([paragraph("DecisionNumber", run(str(number)))]),
        Box(
            [
                writer.words(item.title, "DecisionTitle", link=item.link),
                *(writer.fact(reason, "DecisionFact") for reason in item.reasons),
            ]
        ),
        Box([writer.fact(fact, "DecisionFact") for fact in item.facts]),
    ]


def card(writer: Writer, one: Card, width: float, *, waves: int) -> list[Node]:
    """Return a measure: its title as a heading, below it what and first steps, and beside them the facts."""
    wave = min(one.wave, waves - 1) + 1
    title = writer.words(one.title, f"MeasureWave{wave}", anchor=one.anchor)
    facts = width * CARD_FACTS
    left = writer.lines((Line(text=one.subtitle, tone="muted", light=one.light),))
    left.append(writer.words(one.text, "CardText"))
    if one.steps:
        left += [writer.words(one.steps_title, "CardSteps"), *writer.steps(one.steps)]
    beside = facts_beside(one, width)
    left += [paragraph("Spacer")] if beside < len(one.facts) else []
    left += [writer.fact(fact) for fact in one.facts[beside:]]
    right = [
        *([writer.words(one.mark, "CellMuted", right=True)] if one.mark else []),
        *(writer.fact(fact, "FactBeside") for fact in one.facts[:beside]),
    ]
    length = len(one.text) + sum(map(len, one.steps)) + sum(len(fact.value) for fact in one.facts)
    frame = laid(
        [Tier([Box(left), Box(right)], whole=length <= SHORT_FRAME)], [width - facts, facts], "ReportCard"
    )
    return [title, frame]


def _beside(one: Card, left: float, right: float) -> int:
    """Return how many of the facts stand beside the text; the others stand below it, so that both sides end together.

    A fact with a long name, and what follows it, stands where there is room for the name.
    """

    def lines(letters: int, width: float) -> int:
        return 1 + int(letters / (width * LETTERS))

    steps = sum(lines(len(step), left) for step in one.steps) + bool(one.steps)
    text = 1 + lines(len(one.text), left) + steps
    values = [len(fact.value) for fact in one.facts]
    most = next((n for n, fact in enumerate(one.facts) if len(fact.name) > LONGEST_NAME), len(values))

    def taller(beside: int) -> int:
        below = sum(lines(letters, left - NAMES) for letters in values[beside:])
        return max(text + below, 1 + sum(lines(letters, right - NAMES) for letters in values[:beside]))

    return min(range(most + 1), key=lambda beside: (taller(beside), -beside))


def facts_beside(one: Card, width: float) -> int:
    """Return how many of a measure's facts stand beside its text."""
    return _beside(one, width * (1 - CARD_FACTS), width * CARD_FACTS)


def key_figures(writer: Writer, block: KeyFigures, width: float) -> Node:
    """Return numbers side by side, each under a line."""
    count = max(1, len(block.items))
    return laid(
        [Tier([Box(_key_figure(writer, item)) for item in block.items])],
        [width / count] * count,
        "ReportFigures",
    )


def _key_figure(writer: Writer, item: KeyFigure) -> list[Node]:
    style = "KeyFigure"
    if item.light is not None:
        style += "Neutral" if item.light == "not_assessed" else item.light.title()
    label = writer.words(item.label, "CellStrong", light=item.light)
    note = [writer.words(item.note, "CellMuted")] if item.note else []
    return [writer.words(item.value, style), label, *note]


def steps(writer: Writer, block: Steps, width: float) -> Node:
    """Return the levels of the scale side by side; seven stand better as four and three than as five and two."""
    count = max(1, ceil(len(block.items) / max(1, ceil(len(block.items) / STEPS_IN_A_ROW))))
    boxes = [
        Box(
            [
                writer.words(number, "Step"),
                writer.words(name, "CellStrong"),
                writer.words(meaning, "CellMuted"),
            ]
        )
        for number, name, meaning in block.items
    ]
    boxes += [Box([]) for _ in range(-len(boxes) % count)]
    rows = [Tier(boxes[start : start + count]) for start in range(0, len(boxes), count)]
    return laid(rows, [width / count] * count, "ReportFigures")
