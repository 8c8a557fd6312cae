"""The change of an index since an earlier assessment as a chart: then, what explains the difference, now."""

from collections.abc import Iterator, Mapping

from assessment.charts.axes import digits_of
from assessment.charts.specs import Bridge, Stage
from assessment.i18n import N_, Catalogue
from assessment.trend import PARTS, Movement, Part
from assessment.values import TOLERANCE

PART_NAMES: Mapping[Part, str] = {
    "questionnaire": N_("new questionnaire"),
    "scope": N_("other scope"),
    "people": N_("other people"),
    "real": N_("real change"),
}
ROOM = 0.12
"""Of the span shown, so much is left free above and below."""
LEAST_SPAN = 0.1
"""Of the index's own range, at least so much is shown."""


def bridge(movement: Movement, *, then: str, now: str, c: Catalogue) -> Bridge | None:
    """Return how the index came from then to now; None where it cannot be told.

    Args:
        movement: of the whole or of a section.
        then, now: the names of the two times.
        c: the reader's language.
    """
    old, new = movement.old, movement.new
    if old is None or new is None or any(movement.part(part) is None for part in PARTS):
        return None
    heights = [old]
    for part in PARTS:
        heights.append(heights[-1] + (movement.part(part) or 0.0))
    low, high = _window(min(heights), max(heights), movement)
    stages = tuple(_stages(movement, heights, low, then=then, now=now, c=c))
    said = "; ".join(f"{stage.name}: {stage.said}" for stage in stages)
    return Bridge(
        title=c.t("From then to now"),
        alt=c.t("The index, part by part: {list}.", list=said),
        lowest=low,
        highest=high,
        digits=digits_of(movement.bottom, movement.top),
        stages=stages,
    )


def _stages(
    movement: Movement, heights: list[float], low: float, *, then: str, now: str, c: Catalogue
) -> Iterator[Stage]:
    digits = digits_of(movement.bottom, movement.top)
    yield Stage(name=then, begin=low, end=heights[0], said=c.number(heights[0], digits), whole=True)
    for part, begin, end in zip(PARTS, heights, heights[1:], strict=False):
        if abs(end - begin) <= TOLERANCE and part != "real":
            continue  # what explains nothing needs no column
        said = c.change(end - begin, digits)
        yield Stage(name=c.t(PART_NAMES[part]), begin=begin, end=end, said=said, main=part == "real")
    yield Stage(name=now, begin=low, end=heights[-1], said=c.number(heights[-1], digits), whole=True)


def _window(low: float, high: float, movement: Movement) -> tuple[float, float]:
    """Return which part of the axis is shown: small changes of a high index must be seen, too."""
    whole = movement.top - movement.bottom
    span = max(high - low, whole * LEAST_SPAN)
    middle = (low + high) / 2
    bottom = max(movement.bottom, min(low, middle - span / 2) - span * ROOM * 4)
    top = min(movement.top, max(high, middle + span / 2) + span * ROOM)
    return bottom, top
