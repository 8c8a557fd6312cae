"""What was asked for and cannot be, with what would have to give: told, never raised as an error."""

from assessment.roadmap.explaining import Found
from assessment.roadmap.gains import moved_by
from assessment.roadmap.pinning import with_pins
from assessment.roadmap.result import Obstacle, Projected
from assessment.roadmap.search import Search
from assessment.roadmap.situation import Situation, situation
from assessment.roadmap.terms import Capacity
from assessment.scoring import evaluate
from assessment.values import TOLERANCE

MORE_DAYS = (1.25, 1.5, 2, 3, 5)
LATER = (24, 36, 48, 60)
"""How many times the days, and how many months, are tried to reach a target that is missed."""


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
    days = months = None
    if not beyond:
        capacity = here.capacity
        more = (capacity.scaled(capacity.per_month * factor) for factor in MORE_DAYS)
        later = (
            capacity.model_copy(update={"months": months}) for months in LATER if months > capacity.months
        )
        enough = next((offer for offer in more if _reaches(here, offer, section, wanted)), None)
        days = enough.per_month if enough is not None else None
        if enough is None:
            enough = next((offer for offer in later if _reaches(here, offer, section, wanted)), None)
            months = enough.months if enough is not None else None
    return Obstacle(
        kind="target_beyond_measures" if beyond else "target_beyond_plan",
        section=section,
        wanted=wanted,
        reached=reached,
        reachable=reachable,
        fits_per_month=days,
        fits_months=months,
    )


def _reaches(here: Situation, offer: Capacity, section: str, wanted: float) -> bool:
    """Say whether a simple plan under another capacity reaches a target at its end."""
    stated = with_pins(situation(here.questionnaire, here.sheet, capacity=offer, wishes=here.wishes))
    search = Search(stated.problem)
    made = search.filled(search.scheduler.empty)
    done = [measure for number, measure in enumerate(stated.measures) if made.in_effect[number]]
    moved = moved_by(here.questionnaire, here.begun, done)
    nodes = evaluate(here.questionnaire, {**here.begun, **moved}, missing=here.reading.missing)
    value = nodes[section].value
    return value is not None and value >= wanted - TOLERANCE
