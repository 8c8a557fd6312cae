"""Titles that say what was found: each function computes one claim from the report."""

from assessment.charts.axes import axis_of
from assessment.document.findings import doubts_of
from assessment.document.telling import Teller
from assessment.scoring import Score
from assessment.values import round_half_up

NAMED = 2
"""So many dimensions a title names that stand at the same point; the rest is counted."""


def where_it_stands(tell: Teller) -> str:
    """Claim of the decision page: what holds the whole, or where it stands."""
    score, c = tell.overall, tell.c
    match score.status:
        case "not_applicable":
            return c.t("Nothing in this questionnaire applies to this organisation")
        case "incomplete":
            return c.t("Too early to say: no scored question is answered yet")
        case "low_coverage":
            return c.t("Too early to say: only {share} is answered", share=c.percent(score.coverage))
        case "scored" | "unscored":
            return _held_or_standing(tell, score)


def _held_or_standing(tell: Teller, score: Score) -> str:
    c = tell.c
    holder = tell.holder(score)
    if holder is not None and holder.kind == "weakest":
        return c.t(
            "“{section}” holds the whole at level {level}",
            section=tell.section(holder.source),
            level=score.level,
        )
    if holder is not None:
        return c.t("A condition that is not met holds the whole at level {level}", level=score.level)
    if score.level == tell.questionnaire.scale.highest:
        return c.t("The highest level is reached: {name}", name=tell.level_name(score.level))
    level = score.level if score.level is not None else tell.questionnaire.scale.lowest
    if tell.questionnaire.levels_of(tell.questionnaire.whole) == "bands":
        return c.t(
            "The index corresponds to level {level} of {highest}: {name}",
            level=level,
            highest=tell.questionnaire.scale.highest,
            name=tell.level_name(level),
        )
    return c.t(
        "Level {level} of {highest} is in place: {name}",
        level=level,
        highest=tell.questionnaire.scale.highest,
        name=tell.level_name(level),
    )


def strongest_and_weakest(tell: Teller) -> str:
    """Claim of the page at a glance: who leads and who lags, each as far up its own index as it stands."""
    c = tell.c
    rated = [part for part in tell.overall.parts if part.certain and part.value is not None]
    if not rated:
        return c.t("No dimension can be rated yet")
    if len(rated) == 1:
        return c.t("Only “{section}” can be rated so far", section=tell.section(rated[0].of))
    axis = axis_of(rated)
    # Whoever reads the same figure twice must not be told that one of them is higher.
    said = {part.of: round_half_up(axis.at(part, part.value) or 0.0, axis.digits) for part in rated}
    lowest, highest = min(said.values()), max(said.values())
    if lowest == highest:
        return c.t("All dimensions stand at the same point")
    strongest = [name for name, value in said.items() if value == highest]
    weakest = [name for name, value in said.items() if value == lowest]
    if len(strongest) == len(weakest) == 1:
        return c.t(
            "“{strongest}” has the highest index, “{weakest}” the lowest",
            strongest=tell.section(strongest[0]),
            weakest=tell.section(weakest[0]),
        )
    return c.n(
        "{strongest} has the highest index, {weakest} the lowest",
        "{strongest} have the highest index, {weakest} the lowest",
        len(strongest),
        strongest=tell.some(map(tell.quoted, strongest), most=NAMED),
        weakest=tell.some(map(tell.quoted, weakest), most=NAMED),
    )


def how_sure(tell: Teller) -> str:
    """Claim of the page on certainty: how much is answered, how much of it is proven, and what is worth asking again."""
    score, confirmed, c = tell.overall, tell.confirmed, tell.c
    if score.coverage is None:
        return c.t("There is nothing to be sure about yet")
    if score.level_low != score.level_high and score.level_low is not None:
        return c.t(
            "What is not known leaves level {low} to {high} open", low=score.level_low, high=score.level_high
        )
    if (
        score.certain
        and score.level is not None
        and confirmed.level is not None
        and confirmed.level < score.level
    ):
        return c.t(
            "Level {level} is claimed; level {confirmed} is confirmed",
            level=score.level,
            confirmed=confirmed.level,
        )
    low, high = tell.ends(score)
    if score.coverage >= 1 and low != high:
        return c.t("Every question asked is answered; facts missing in the profile leave others open")
    doubts = len(doubts_of(tell))
    if score.coverage >= 1 and doubts:
        return c.n(
            "Every question that counts is answered; one point is worth asking about again",
            "Every question that counts is answered; {count} points are worth asking about again",
            doubts,
        )
    if score.coverage >= 1:
        return c.t("Every question that counts is answered")
    if doubts:
        return c.n(
            "What is missing cannot change the level; one point is worth asking about again",
            "What is missing cannot change the level; {count} points are worth asking about again",
            doubts,
        )
    return c.t("The level is certain although only {share} is answered", share=c.percent(score.coverage))


def where_a_dimension_stands(tell: Teller, identifier: str) -> str:
    """Claim of a dimension's page: what holds it, or where it stands and what lags in it."""
    score, c = tell.report.scorecard.of(identifier), tell.c
    name = tell.section(identifier)
    match score.status:
        case "not_applicable":
            return c.t("“{section}” does not apply to this organisation", section=name)
        case "incomplete":
            return c.t("“{section}” is not answered yet", section=name)
        case "low_coverage":
            return c.t(
                "“{section}”: {share} is answered, too little for a result",
                section=name,
                share=c.percent(score.coverage),
            )
        case "scored" | "unscored":
            pass
    holder = tell.holder(score)
    if holder is not None and holder.kind == "weakest":
        return c.t(
            "“{weakest}” holds “{section}” at level {level}",
            weakest=tell.section(holder.source),
            section=name,
            level=score.level,
        )
    if holder is not None:
        return c.t(
            "A condition that is not met holds “{section}” at level {level}", section=name, level=score.level
        )
    if score.level == tell.questionnaire.scale.highest:
        return c.t("“{section}” has reached the highest level", section=name)
    return c.t("“{section}” stands at level {level}", section=name, level=score.level)


def what_is_open_in_law(tell: Teller) -> str:
    """Claim of the legal page: how many topics are red, or not known, or none."""
    c = tell.c
    lights = [topic.light for topic in tell.report.legal]
    red, amber = lights.count("red"), lights.count("amber")
    if red:
        return c.n(
            "One legal topic has a condition that is not met",
            "{count} legal topics have a condition that is not met",
            red,
        )
    if amber:
        return c.n(
            "No legal condition is broken; one topic is not yet safe",
            "No legal condition is broken; {count} topics are not yet safe",
            amber,
        )
    if lights and all(light == "green" for light in lights):
        return c.t("No legal condition is broken and every topic is in place")
    if "green" in lights:
        return c.t("No legal condition is broken among the topics answered")
    return c.t("The legal status is not assessed yet")


def what_the_plan_brings(tell: Teller) -> str:
    """Claim of the roadmap: what it lifts until when, or that there is none."""
    plan, c = tell.report.roadmap, tell.c
    if not plan.slots:
        fell_out = any(
            out.reason in ("capacity", "role", "budget", "horizon", "prerequisite") for out in plan.postponed
        )
        if fell_out:
            return c.t(
                "No measure fits into {capacity} person-days a month",
                capacity=tell.days(plan.capacity.per_month),
            )
        return c.t("No measure is needed, or none can be planned yet")
    last = tell.month_of_end(max(slot.end for slot in plan.slots))
    first, final = plan.projection[0], plan.projection[-1]
    name = tell.questionnaire.id
    before, after = first.levels[name], final.levels[name]
    if tell.overall.certain and before is not None and after is not None and after > before:
        return c.t(
            "The plan leads from level {before} to level {after} by {month}",
            before=before,
            after=after,
            month=last,
        )
    lifted = len(set(first.caps) - set(final.caps))
    if lifted:
        return c.n(
            "The plan settles one condition that limits levels by {month}",
            "The plan settles {count} conditions that limit levels by {month}",
            lifted,
            month=last,
        )
    return c.n(
        "One measure fits the people there are", "{count} measures fit the people there are", len(plan.slots)
    )
