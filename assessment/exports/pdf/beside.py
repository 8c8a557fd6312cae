# mypy: disallow-subclassing-any=False
"""Stacks of pieces side by side: a layout, no table, to readers and to the processor."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from assessment.exports.pdf.canvas import TaggedCanvas

Stack = list[Flowable]
ENDLESS = 1e6


class Beside(Flowable):
    """Stacks side by side, their tops in line."""

    def __init__(
        self, stacks: Sequence[Sequence[Flowable]], widths: Sequence[float], *, below: float = 0.0
    ) -> None:
        super().__init__()
        self.stacks = [list(stack) for stack in stacks]
        self.widths, self.below = list(widths), below
        self._heights: list[list[float]] | None = None

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Take the height of the tallest stack."""
        if self._heights is None:
            self._heights = [
                [piece.wrapOn(None, wide, ENDLESS)[1] for piece in stack]
                for stack, wide in zip(self.stacks, self.widths, strict=True)
            ]
        self.width = sum(self.widths)
        self.height = max((sum(heights) for heights in self._heights), default=0.0) + self.below
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """Split each stack where the room ends; none if one of them cannot begin here."""
        if self.wrap(aW, aH)[1] <= aH:
            return [self]
        pairs = [_parted(stack, wide, aH) for stack, wide in zip(self.stacks, self.widths, strict=True)]
        if any(stack and not head for stack, (head, _) in zip(self.stacks, pairs, strict=True)):
            return []
        heads, tails = [head for head, _ in pairs], [tail for _, tail in pairs]
        return [Beside(heads, self.widths), Beside(tails, self.widths, below=self.below)]

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draw the stacks from left to right, each from its top."""
        self.wrap(0, 0)
        assert self._heights is not None
        for stack, heights, wide in zip(self.stacks, self._heights, self.widths, strict=True):
            top = y + self.height
            for piece, tall in zip(stack, heights, strict=True):
                top -= tall
                piece.drawOn(canvas, x, top)
            x += wide


def _parted(stack: Stack, width: float, room: float) -> tuple[Stack, Stack]:
    """Return what of a stack fits, and the rest."""
    head: Stack = []
    for number, piece in enumerate(stack):
        tall = piece.wrapOn(None, width, ENDLESS)[1]
        if tall <= room:
            head.append(piece)
            room -= tall
            continue
        parts: Stack = piece.splitOn(None, width, room)
        if len(parts) > 1:
            return [*head, parts[0]], [*parts[1:], *stack[number + 1 :]]
        return head, stack[number:]
    return head, []
