"""What stands in a frame of its own: callouts, decisions, cards of measures."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, Spacer

from assessment.document.blocks import Bullets, Callout, Card, Decision, Fact, Line
from assessment.exports.pdf.styles import hexed, wave_colour
from assessment.exports.pdf.tables import grid
from assessment.exports.pdf.writing import Stack, Writer
from assessment.theme import LIGHT as PAPER

WIDER = 0.8
ENDLESS = 1e6
CARD_FACTS = 0.45
DECISION_FACTS = 0.34
"""Share of a card, of a decision, that its facts take."""


def callout(writer: Writer, block: Callout, *, width: float) -> Flowable:
    """Return a tinted frame with a coloured edge."""
    colour: Color = hexed(PAPER.red if block.tone == "warning" else writer.palette.brand)
    inner = width - 24
    stack: Stack = [*writer.words(block.title, "entry"), Spacer(0, 3)]
    for line in block.lines:
        stack += [*writer.lines((line,), inner), Spacer(0, 2.5)]
    return grid(
        [[stack]],
        [width],
        [
            ("BACKGROUND", (0, 0), (-1, -1), hexed(PAPER.tint)),
            ("LINEBEFORE", (0, 0), (0, -1), 2.2, colour),
            ("LEFTPADDING", (0, 0), (-1, -1), 12),
            ("RIGHTPADDING", (0, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ],
    )


def decision(writer: Writer, item: Decision, *, number: int, width: float) -> Flowable:
    """Return a decision: number, what and why, and beside it effort, date and person."""
    facts = width * DECISION_FACTS
    text = width - facts - 26
    left: Stack = [*writer.words(item.title, "entry", tag="H3", link=item.link), Spacer(0, 2)]
    for reason in item.reasons:
        left += writer.named(reason, text)
    right = [piece for fact in item.facts for piece in writer.named(fact, facts - 12)]
    return grid(
        [[writer.words(str(number), "number", tag="P"), left, right]],
        [26, text, facts],
        [
            ("LINEABOVE", (0, 0), (-1, 0), 0.5, hexed(PAPER.line)),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (0, 0), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("LEFTPADDING", (2, 0), (2, 0), 12),
        ],
    )


def card(writer: Writer, one: Card, *, width: float) -> Flowable:
    """Return a measure: what and first steps, and beside it the facts."""
    facts = width * CARD_FACTS
    text = width - facts - 12
    left: Stack = [
        *writer.words(one.title, "entry", tag="H3"),
        *writer.lines((Line(text=one.subtitle, tone="muted", light=one.light),), text),
    ]
    left += [Spacer(0, 4), *writer.words(one.text, "cell"), Spacer(0, 4)]
    if one.steps:
        steps = Bullets(items=tuple(Line(text=step) for step in one.steps), numbered=True)
        left += [
            *writer.words(one.steps_title, "strong"),
            Spacer(0, 2),
            writer.bullets(steps, text - 10, name="cell"),
        ]
    right: Stack = [*(writer.words(one.mark, "muted", right=True) if one.mark else ()), Spacer(0, 2)]
    beside, below = _shared_out(writer, one.facts, left=_height(left, text), width=facts - 14)
    right += [piece for fact in beside for piece in writer.named(fact, facts - 14)]
    if below:
        left.append(Spacer(0, 4))
        left += [piece for fact in below for piece in writer.named(fact, text)]
    return grid(
        [[left, right]],
        [width - facts, facts],
        [
            ("BACKGROUND", (0, 0), (-1, -1), hexed(PAPER.tint)),
            ("LINEABOVE", (0, 0), (-1, 0), 1.6, wave_colour(writer.palette, one.wave)),
            ("LEFTPADDING", (0, 0), (-1, -1), 10),
            ("RIGHTPADDING", (1, 0), (1, 0), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ],
    )


def _shared_out(
    writer: Writer, facts: Sequence[Fact], *, left: float, width: float
) -> tuple[Sequence[Fact], Sequence[Fact]]:
    """Return which facts stand beside the text and which, from the end, below it, so that a card is as low as it can be."""
    heights = [_height(writer.named(fact, width), width) for fact in facts]
    best = len(facts)
    for count in range(len(facts), 0, -1):
        # below the text a line holds about a third more
        if max(sum(heights[:count]), left + sum(heights[count:]) * WIDER) < max(
            sum(heights[:best]), left + sum(heights[best:]) * WIDER
        ):
            best = count
    return facts[:best], facts[best:]


def _height(stack: Stack, width: float) -> float:
    return float(sum(piece.wrapOn(None, width, ENDLESS)[1] for piece in stack))
