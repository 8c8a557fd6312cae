"""Controls: how a question is asked. The interface knows these, not the question types."""

from typing import Literal

from assessment.values import Model, Text


class Choose(Model):
    """Control: pick one of several options, shown with a label and, where there is one, a description."""

    kind: Literal["choose"] = "choose"
    options: tuple[int | bool | str, ...]


class Tick(Model):
    """Control: tick what is true of several items; none is an answer, too."""

    kind: Literal["tick"] = "tick"
    options: tuple[str, ...]


class Count(Model):
    """Control: write a number, with its unit and limits."""

    kind: Literal["count"] = "count"
    low: float | None
    high: float | None
    whole: bool
    unit: Text | None


class Write(Model):
    """Control: write a text of one's own."""

    kind: Literal["write"] = "write"
    longest: int


Control = Choose | Tick | Count | Write
"""How a question is asked. The interface knows controls, not question types."""
