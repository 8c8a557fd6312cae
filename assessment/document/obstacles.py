"""What was asked of a plan and cannot be, in words, with what would have to give."""

from typing import assert_never

from assessment.document.planned import role_name
from assessment.document.telling import Teller
from assessment.roadmap import SLOTS_PER_MONTH, Obstacle


def obstacle(tell: Teller, item: Obstacle) -> str:
    """Return what was asked for and cannot be, and what would have to give."""
    c = tell.c
    name = tell.measure(item.measure) if item.measure in tell.questionnaire.measures_by_id else item.measure
    role = role_name(tell, item.role)
    match item.kind:
        case "no_capacity":
            return c.t("There are no person-days to plan with. Enter how many there are a month.")
        case "target_unknown":
            return c.t(
                "There is a target for “{section}”, which this questionnaire does not know.",
                section=item.section,
            )
        case "commitment_unknown":
            return c.t(
                "Something is set for “{measure}”, which this questionnaire does not know.", measure=name
            )
        case "role_unknown":
            return c.t("There is a limit for “{role}”, which this questionnaire does not know.", role=role)
        case "target_beyond_measures" | "target_beyond_plan":
            return _missed(tell, item)
        case "pin_too_early":
            first = tell.some(tell.measure(one) for one in item.waits_for)
            if item.begin is None:
                return c.t(
                    "“{measure}” cannot begin when it was set to: {list} must come first and does not fit before it. "
                    "Set it later, or give more person-days.",
                    measure=name,
                    list=first,
                )
            return c.t(
                "“{measure}” cannot begin when it was set to: {list} must come first. It can begin in {month}.",
                measure=name,
                list=first,
                month=tell.month(item.begin // SLOTS_PER_MONTH),
            )
        case "pin_over_capacity":
            if item.begin is None:
                return c.t(
                    "“{measure}” cannot begin when it was set to: there are too few person-days. Give more, or set "
                    "something else later.",
                    measure=name,
                )
            return c.t(
                "“{measure}” cannot begin when it was set to: there are too few person-days then. From {month} on there "
                "is room.",
                measure=name,
                month=tell.month(item.begin // SLOTS_PER_MONTH),
            )
        case "pin_after_horizon":
            return c.t(
                "“{measure}” would end after the plan. Set it earlier, or plan for {months} months.",
                measure=name,
                months=item.fits_months,
            )
        case "pin_not_needed":
            return c.t(
                "“{measure}” has a set begin but is not needed: it would change nothing.", measure=name
            )
        case "running_over_capacity":
            if item.role is not None:
                return c.t(
                    "“{measure}” is under way and takes more of {role} than there is. Give more, or let it run longer.",
                    measure=name,
                    role=role,
                )
            return c.t(
                "“{measure}” is under way and, with what else is, takes more person-days than there are. Give more, or "
                "let it run longer.",
                measure=name,
            )
        case _:
            assert_never(item.kind)


def _missed(tell: Teller, item: Obstacle) -> str:
    c, section = tell.c, item.section or ""
    score = tell.report.scorecard.of(section)
    values = {
        "section": tell.section(section),
        "wanted": tell.points(score, item.wanted),
        "reached": tell.points(score, item.reached),
        "reachable": tell.points(score, item.reachable),
    }
    if item.kind == "target_beyond_measures":
        return c.t(
            "The target {wanted} for “{section}” is beyond what all measures together reach ({reachable}). Set it lower.",
            **values,
        )
    if item.fits_per_month is not None:
        return c.t(
            "The target {wanted} for “{section}” is missed: the plan reaches {reached}. About {days} person-days a month "
            "would be enough.",
            **values,
            days=tell.days(item.fits_per_month),
        )
    if item.fits_months is not None:
        return c.t(
            "The target {wanted} for “{section}” is missed: the plan reaches {reached}. About {months} months would be "
            "enough.",
            **values,
            months=item.fits_months,
        )
    return c.t(
        "The target {wanted} for “{section}” is missed: the plan reaches {reached}. Give more time and person-days, or set "
        "it lower.",
        **values,
    )
