"""What was asked for and cannot be, with what would have to give: told, never raised as an error."""

from assessment.roadmap.explaining import Found
from assessment.roadmap.gains import moved_by
from assessment.roadmap.result import Obstacle, Projected
from assessment.scoring import evaluate
from assessment.values import TOLERANCE


def obstacles(found: Found, projection: tuple[Projected, ...]) -> tuple[Obstacle, ...]:
    """Return everything that was asked for and cannot be."""
    here = found.stated.situation
    out = list(here.obstacles)
    if here.candidates() and not any(
        here.capacity.in_month(m) > TOLERANCE for m in range(here.capacity.months)
    ):
        out.insert(0, Obstacle(kind="no_capacity"))
    for name, wanted in here.wishes.targets.items():
        if name in here.questionnaire.sections_by_id:
            reached = projection[-1].values[name]
            if reached is None or reached < wanted - TOLERANCE:
                out.append(_missed(found, name, wanted, reached))
    return tuple(out)


def _missed(found: Found, section: str, wanted: float, reached: float | None) -> Obstacle:
    """Return why a target is missed: no measures lead there, or the plan has no room for them."""
    here = found.stated.situation
    moved = moved_by(here.questionnaire, here.begun, found.stated.measures)
    nodes = evaluate(here.questionnaire, {**here.begun, **moved}, missing=here.reading.missing)
    reachable = nodes[section].value
    beyond = reachable is None or reachable < wanted - TOLERANCE
    return Obstacle(
        kind="target_beyond_measures" if beyond else "target_beyond_plan",
        section=section,
        wanted=wanted,
        reached=reached,
        reachable=reachable,
    )
