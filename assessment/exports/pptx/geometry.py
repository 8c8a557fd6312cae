"""The slide's measures, in points: 16:9, 13.333 by 7.5 inches."""

from typing import NamedTuple

WIDTH, HEIGHT = 960.0, 540.0
LEFT, RIGHT = 40.0, 920.0
WIDE = RIGHT - LEFT
EYEBROW_TOP, EYEBROW_HEIGHT = 20.0, 16.0
TITLE_TOP, TITLE_HEIGHT = 37.0, 60.0
BOTTOM = 500.0
"""Content ends here."""
FOOT_TOP, FOOT_HEIGHT = 510.0, 16.0
GUTTER = 24.0


class Place(NamedTuple):
    """A rectangle on a slide."""

    x: float
    y: float
    width: float
    height: float

    def left(self, share: float, *, gap: float = GUTTER) -> "Place":
        """Return the left part."""
        return Place(self.x, self.y, (self.width - gap) * share, self.height)

    def right(self, share: float, *, gap: float = GUTTER) -> "Place":
        """Return the right part."""
        wide = (self.width - gap) * share
        return Place(self.x + self.width - wide, self.y, wide, self.height)

    def below(self, height: float) -> "Place":
        """Return what is left below so much."""
        return Place(self.x, self.y + height, self.width, max(0.0, self.height - height))

    def upper(self, height: float) -> "Place":
        """Return the upper part, so high."""
        return Place(self.x, self.y, self.width, min(height, self.height))
