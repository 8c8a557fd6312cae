"""Why a measure is not in the plan, and what would bring it in: said of the plan as it stands, with nothing else moved.

Each reason can be checked by giving the measure what it lacks: with the days, the budget or the horizon named, it fits beside
the plan.
"""

from dataclasses import dataclass, replace

from assessment.questionnaire import Measure
from assessment.roadmap.explaining import Found
from assessment.roadmap.gains import moved_by
from assessment.roadmap.result import Postponed, Reason
from assessment.roadmap.schedule import NEVER
from assessment.roadmap.situation import HUNDREDTHS, Situation, hundredths, is_below, spread
from assessment.roadmap.terms import SLOTS_PER_MONTH
from assessment.values import TOLERANCE

MOST_MONTHS = 60
"""Longer horizons are not looked at."""

MOST_DAYS = 1_000
"""Nor are capacities above so many person-days a month."""


def postponed(found: Found) -> tuple[Postponed, ...]:
    """Return every measure that is not in the plan, with the reason, in the order of the questionnaire."""
    situation = found.stated.situation
    out = []
    beside = _Beside(found)
    for measure in situation.questionnaire.measures:
        if measure.id in situation.reasons:
            out.append(situation.reasons[measure.id])
        elif found.made.ends[found.stated.numbers[measure.id]] == NEVER:
            out.append(_why_out(found, beside, measure))
    return tuple(out)


def _why_out(found: Found, beside: "_Beside", measure: Measure) -> Postponed:
    situation, number = found.stated.situation, found.stated.numbers[measure.id]
    chain = [one for one in found.problem.chains[number] if found.made.ends[one] == NEVER]
    dropped = tuple(
        sorted(
            name
            for one in chain
            for name in found.stated.measures[one].requires
            if name in situation.reasons and situation.reasons[name].reason == "dropped"
        )
    )
    if dropped:
        return Postponed(measure=measure.id, reason="prerequisite", waits_for=dropped)
    nothing_gained = _gains_nothing(found, measure, chain)
    if nothing_gained is not None:
        return nothing_gained
    return beside.reason(measure, chain)


def _gains_nothing(found: Found, measure: Measure, chain: list[int]) -> Postponed | None:
    """Return the reason if the measure would move nothing, even once the plan is done."""
    situation, questionnaire = found.stated.situation, found.stated.situation.questionnaire
    planned = [one for number, one in enumerate(found.stated.measures) if found.made.ends[number] != NEVER]
    after = {**situation.begun, **moved_by(questionnaire, situation.begun, planned)}
    added = [found.stated.measures[one] for one in chain]
    then = {**situation.begun, **moved_by(questionnaire, situation.begun, [*planned, *added])}
    alone = {**situation.begun, **moved_by(questionnaire, situation.begun, [*planned, *added[:-1]])}
    if then != alone:
        return None
    below = tuple(
        sorted(
            {
                effect.question
                for effect in measure.effects
                if is_below(situation, measure, effect.question)
                and after[effect.question]
                < questionnaire.questions_by_id[effect.question].worth(effect.to) - TOLERANCE
            }
        )
    )
    if below:
        return Postponed(measure=measure.id, reason="prerequisite", waits_for=below)
    targets = {effect.question for effect in measure.effects if is_below(situation, measure, effect.question)}
    same = {
        one.id
        for one in planned
        for effect in one.effects
        if effect.question in targets and one.id != measure.id
    }
    return Postponed(measure=measure.id, reason="covered", waits_for=tuple(sorted(same)))


@dataclass(frozen=True)
class _Offer:
    """What is offered to a chain that is tried beside the plan."""

    extra: tuple[int, ...]
    """Hundredths of a person-day a month more, by resource."""
    months: int
    budget: int | None


class _Beside:
    """Tries measures beside the plan as it stands, under another offer."""

    def __init__(self, found: Found) -> None:
        self.found = found
        problem, situation = found.problem, found.stated.situation
        self._begins = found.made.begins(problem)
        self._spent = sum(problem.tasks[one].cost for one, end in enumerate(found.made.ends) if end != NEVER)
        self._left = [list(row) for row in found.problem.room]
        for one, begin in self._begins.items():
            for (month, resource), amount in problem.load(one, begin).items():
                self._left[resource][month] -= amount
        self._usual = [
            hundredths(situation.capacity.per_month),
            *(hundredths(situation.capacity.roles[role]) for role in found.stated.roles),
        ]
        self._asked = _Offer((0,) * len(self._left), situation.capacity.months, problem.budget)

    def reason(self, measure: Measure, chain: list[int]) -> Postponed:
        """Return what the measure lacks to fit beside the plan."""
        situation, asked = self.found.stated.situation, self._asked
        plenty = (MOST_DAYS * HUNDREDTHS,) * len(self._left)
        no_budget = replace(asked, budget=None)
        total_only = replace(asked, extra=(plenty[0], *([0] * (len(plenty) - 1))))
        days = _busiest(situation, measure)
        months = self._months(chain, asked)
        if (worth := self._worth_at_once(chain)) is not None:
            return Postponed(measure=measure.id, reason=worth)
        if self._fits(chain, asked):  # there is room, but so late that it would not be worth its days
            return Postponed(measure=measure.id, reason="little_gain")
        if self._fits(chain, no_budget):
            known = asked.budget or 0
            costs = sum(self.found.problem.tasks[one].cost for one in chain)
            needed = max(self._spent + costs, known)
            return Postponed(measure=measure.id, reason="budget", fits_budget=float(needed))
        if self._fits(chain, replace(total_only, budget=asked.budget)):
            return self._lacking("capacity", measure, chain, 0, months, days)
        for resource in range(1, len(plenty)):
            extra = tuple(amount if one == resource else 0 for one, amount in enumerate(plenty))
            if self._fits(chain, replace(asked, extra=extra)):
                return self._lacking("role", measure, chain, resource, months, days)
        if not self._fits(chain, _Offer(plenty, asked.months, None)):
            return Postponed(measure=measure.id, reason="horizon", fits_months=months)
        # several things at once: the days are named, because they come first
        return Postponed(measure=measure.id, reason="capacity", needs_per_month=days, fits_months=months)

    def _worth_at_once(self, chain: list[int]) -> Reason | None:
        """Return the reason if a chain would not be worth its days even if it began as early as it could."""
        problem, made = self.found.problem, self.found.made
        in_effect, ends, effort = made.in_effect.copy(), made.ends.copy(), made.effort
        for one in chain:
            item = problem.tasks[one]
            begin = max([ends[before] for before in item.after], default=0) + item.lead
            ends[one] = begin + item.length
            if begin < len(problem.effective[one]):
                in_effect[one] = problem.effective[one][begin]
            effort += item.work[0]
        judge, now = self.found.search.judge, self.found.worth(made)
        if judge(in_effect, effort) < now:
            return None
        too_late = in_effect == made.in_effect
        return None if too_late else "little_gain" if judge(in_effect, made.effort) < now else "no_gain"

    def _lacking(
        self,
        reason: Reason,
        measure: Measure,
        chain: list[int],
        resource: int,
        months: int | None,
        days: float,
    ) -> Postponed:
        low, high = 0, MOST_DAYS * HUNDREDTHS
        while high - low > 1:
            middle = (low + high) // 2
            extra = tuple(middle if one == resource else 0 for one in range(len(self._left)))
            if self._fits(chain, replace(self._asked, extra=extra)):
                high = middle
            else:
                low = middle
        return Postponed(
            measure=measure.id,
            reason=reason,
            needs_per_month=days if reason == "capacity" else None,
            role=self.found.stated.roles[resource - 1] if resource else None,
            fits_per_month=(self._usual[resource] + high) / HUNDREDTHS,
            fits_months=months,
        )

    def _months(self, chain: list[int], asked: _Offer) -> int | None:
        """Return the shortest horizon with which a chain fits; None if none up to the longest one looked at does."""
        for months in range(asked.months + 1, MOST_MONTHS + 1):
            if self._fits(chain, replace(asked, months=months)):
                return months
        return None

    def _fits(self, chain: list[int], offer: _Offer) -> bool:
        """Say whether a chain fits beside the plan under another offer."""
        room = self._room(offer)
        ends = {one: self.found.made.ends[one] for one in self._begins}
        if offer.budget is not None:
            costs = sum(self.found.problem.tasks[one].cost for one in chain)
            if self._spent + costs > offer.budget:
                return False
        for one in chain:
            task = self.found.problem.tasks[one]
            length = self._length(one, offer)
            begin = max([ends[before] for before in task.after], default=0) + task.lead
            # the last of the chain is wanted for what it raises, so it must take effect before the horizon
            until = offer.months * SLOTS_PER_MONTH - (task.lag if one == chain[-1] else 0)
            while begin + length <= until:
                loads = [
                    (resource, month, amount)
                    for resource, effort in enumerate(task.work)
                    for month, amount in (spread(effort, begin, length) if effort else {}).items()
                ]
                full = [month for resource, month, amount in loads if amount > room[resource][month]]
                if not full:
                    break
                begin = max(begin, max(full) * SLOTS_PER_MONTH) + 1
            else:
                return False
            for resource, month, amount in loads:
                room[resource][month] -= amount
            ends[one] = begin + length
        return True

    def _room(self, offer: _Offer) -> list[list[int]]:
        capacity = self.found.stated.situation.capacity
        later = range(self._asked.months, offer.months)
        usual = [capacity.per_month, *(capacity.roles[role] for role in self.found.stated.roles)]
        return [
            [
                left + offer.extra[resource]
                for left in (
                    *row,
                    *(hundredths(usual[resource] * capacity.share_of_month(month)) for month in later),
                )
            ]
            for resource, row in enumerate(self._left)
        ]

    def _length(self, one: int, offer: _Offer) -> int:
        """Return how long a measure takes when there are more days a month; never longer than now."""
        situation = self.found.stated.situation
        measure = self.found.stated.measures[one]
        now, usual = self.found.problem.tasks[one].length, situation.usual_length(measure)
        if now == usual:
            return now
        roles = self.found.stated.roles
        richer = situation.capacity.model_copy(
            update={
                "per_month": (self._usual[0] + offer.extra[0]) / HUNDREDTHS,
                "roles": {
                    role: (self._usual[place] + offer.extra[place]) / HUNDREDTHS
                    for place, role in enumerate(roles, start=1)
                },
                "months": offer.months,
            }
        )
        return replace(situation, capacity=richer).length(measure)


def _busiest(situation: Situation, measure: Measure) -> float:
    """Return the person-days that the measure's busiest month takes at its usual pace."""
    effort = round(situation.effort(measure).middle * HUNDREDTHS)
    return max(spread(effort, 0, situation.usual_length(measure)).values(), default=0) / HUNDREDTHS
