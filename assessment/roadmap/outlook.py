"""Looking around a plan: what more or fewer days buy, which measures every goal wants, what would be otherwise."""

from collections.abc import Iterable, Sequence
from typing import get_args

from assessment.answers import AnswerSheet
from assessment.questionnaire import Goal, Questionnaire
from assessment.roadmap.pinning import with_pins
from assessment.roadmap.planning import found_plan, stood, told
from assessment.roadmap.result import Roadmap
from assessment.roadmap.search import MOVES
from assessment.roadmap.shortest import shortest
from assessment.roadmap.situation import hundredths, situation
from assessment.roadmap.terms import SLOTS_PER_MONTH, Capacity, Wishes
from assessment.values import Id, Model

GOALS: tuple[Goal, ...] = get_args(Goal)

DAYS = (50, 100, 200, 400)
"""Person-days over the whole horizon that are compared."""

SCHEDULES = 300
"""Schedules made to find how long everything takes."""

BEND = 0.1
"""A curve that leaves the straight line by less than this share has no knee."""


class Bought(Model):
    """What so many person-days over the horizon buy."""

    days: float
    per_month: float
    index: float | None
    """At the end of the horizon."""
    level: int | None
    caps: int
    """Caps still applying at the end."""
    delay: int
    """Months that legal caps stay in force, summed."""
    measures: int
    used: float
    """Person-days that the plan takes."""
    gain: float
    """What the plan gains, as a share of what the most days compared gain."""


class TradeOff(Model):
    """What days buy, from few to many; more days never buy less."""

    points: tuple[Bought, ...]
    knee: float | None
    """The days after which more days bring clearly less; none where there is no such place."""

    def at(self, days: float) -> Bought:
        """Return the point of these days.

        Raises:
            KeyError: these days were not compared.
        """
        for point in self.points:
            if point.days == days:
                return point
        raise KeyError(days)


def trade_off(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    capacity: Capacity,
    wishes: Wishes | None = None,
    days: Sequence[float] = DAYS,
    moves: int = MOVES,
) -> TradeOff:
    """Plan with so many person-days over the horizon, spread evenly; each plan is a candidate for the next."""
    wishes = wishes or Wishes()
    found: list[tuple[float, Capacity, Roadmap]] = []
    before: Roadmap | None = None
    for total in sorted(set(days)):
        there = spread_evenly(capacity, total)
        before = _planned(questionnaire, sheet, there, wishes, before, moves)
        found.append((total, there, before))
    most = max((roadmap.gain for _, _, roadmap in found), default=0)
    points = tuple(
        Bought(
            days=total,
            per_month=there.per_month,
            index=roadmap.projection[-1].values[questionnaire.id],
            level=roadmap.projection[-1].levels[questionnaire.id],
            caps=len(roadmap.projection[-1].caps),
            delay=roadmap.delay,
            measures=len(roadmap.slots),
            used=sum(slot.effort for slot in roadmap.slots),
            gain=roadmap.gain / most if most else 0.0,
        )
        for total, there, roadmap in found
    )
    return TradeOff(points=points, knee=_knee(points))


def _planned(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    capacity: Capacity,
    wishes: Wishes,
    before: Roadmap | None,
    moves: int,
) -> Roadmap:
    """Return the better of the plan found with more and the one found with less, as it stood and with more besides."""
    stated = with_pins(situation(questionnaire, sheet, capacity=capacity, wishes=wishes))
    found = found_plan(stated, before=stood(before) if before else None, moves=moves, free=True)
    return told(*found)


def spread_evenly(capacity: Capacity, days: float) -> Capacity:
    """Return a capacity of so many person-days over the same horizon; roles and single months grow or shrink with it."""
    return capacity.scaled(days / capacity.months)


def _knee(points: Sequence[Bought]) -> float | None:
    """Return where the curve is farthest above the straight line from nothing to the most days (Satopää et al. 2011)."""
    if not points or not points[-1].gain:
        return None
    last = points[-1]
    above = [(point.gain - point.days / last.days, -point.days) for point in points[:-1]]
    if not above or max(above)[0] < BEND:
        return None
    return -max(above)[1]


class Everything(Model):
    """How long all would take that still helps."""

    months: float
    """With these people; about, unless proven."""
    least: float
    """No order of the measures takes less."""
    measures: int
    left_out: tuple[Id, ...]
    """Measures that these people can never do."""
    chain: tuple[Id, ...]
    """The measures that decide how long it takes, first to last."""

    @property
    def proven(self) -> bool:
        """Whether it cannot be shorter."""
        return self.months == self.least


def everything(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    capacity: Capacity,
    wishes: Wishes | None = None,
    moves: int = SCHEDULES,
) -> Everything:
    """Return how long it would take to do all that still helps, whatever the horizon and the budget."""
    stated = with_pins(situation(questionnaire, sheet, capacity=capacity, wishes=wishes or Wishes()))
    usual = [capacity.per_month, *(capacity.roles[role] for role in stated.roles)]
    found = shortest(stated.problem, beyond=[hundredths(days) for days in usual], moves=moves)
    names = [measure.id for measure in stated.measures]
    return Everything(
        months=found.end / SLOTS_PER_MONTH,
        least=found.bound / SLOTS_PER_MONTH,
        measures=len(found.begins),
        left_out=tuple(names[task] for task in found.left_out),
        chain=tuple(names[link.task] for link in found.chain),
    )


class UnderGoals(Model):
    """Which measures are planned under which goal."""

    by_goal: dict[Goal, tuple[Id, ...]]
    always: tuple[Id, ...]
    """In the plan under every goal, and under none."""
    only: dict[Goal, tuple[Id, ...]]
    """In the plan only if this is the goal."""

    def goals_of(self, measure: str) -> tuple[Goal, ...]:
        """Return the goals under which a measure is planned."""
        return tuple(goal for goal, measures in self.by_goal.items() if measure in measures)


def under_goals(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    capacity: Capacity,
    wishes: Wishes | None = None,
    goals: Iterable[Goal] = GOALS,
    moves: int = MOVES,
) -> UnderGoals:
    """Plan under each goal with the same days, and say what does not depend on the goal."""
    wishes = wishes or Wishes()
    there = {goal for measure in questionnaire.measures for goal in measure.goals}
    plans: dict[Goal | None, set[str]] = {}
    for goal in (None, *(goal for goal in goals if goal in there)):
        wish = wishes.model_copy(update={"goal": goal})
        roadmap = _planned(questionnaire, sheet, capacity, wish, None, moves)
        plans[goal] = {slot.measure for slot in roadmap.slots}
    by_goal = {goal: tuple(sorted(measures)) for goal, measures in plans.items() if goal is not None}
    others = {
        goal: set().union(*(names for other, names in plans.items() if other != goal)) for goal in by_goal
    }
    return UnderGoals(
        by_goal=by_goal,
        always=tuple(sorted(set.intersection(*plans.values()))),
        only={goal: tuple(sorted(plans[goal] - others[goal])) for goal in by_goal},
    )


class Moved(Model):
    """A measure stands elsewhere."""

    measure: Id
    by: int
    """Half-months; negative for earlier."""


class Difference(Model):
    """What is otherwise in a second plan."""

    added: tuple[Id, ...]
    removed: tuple[Id, ...]
    moved: tuple[Moved, ...]
    kept: int
    """Measures that begin when they did."""
    index: float | None
    """Of the second plan at its end, minus the first's; none where one has none."""
    level: int | None
    caps: int
    """Caps still applying at the end, minus the first's."""
    delay: int
    """Months that legal caps stay in force, minus the first's."""


def difference(first: Roadmap, second: Roadmap, *, of: str) -> Difference:
    """Return what is otherwise in the second plan.

    Args:
        first: a plan.
        second: another one, of the same questionnaire.
        of: the section whose index and level are compared, usually the whole.
    """
    one, two = ({slot.measure: slot.begin for slot in plan.slots} for plan in (first, second))
    begin, end = first.projection[-1], second.projection[-1]
    both = [name for name in one if name in two]

    def less(a: float | None, b: float | None) -> float | None:
        return None if a is None or b is None else b - a

    level = less(begin.levels[of], end.levels[of])
    return Difference(
        added=tuple(name for name in two if name not in one),
        removed=tuple(name for name in one if name not in two),
        moved=tuple(Moved(measure=name, by=two[name] - one[name]) for name in both if one[name] != two[name]),
        kept=sum(one[name] == two[name] for name in both),
        index=less(begin.values[of], end.values[of]),
        level=None if level is None else int(level),
        caps=len(end.caps) - len(begin.caps),
        delay=second.delay - first.delay,
    )
