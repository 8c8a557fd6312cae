"""Three to five decisions to take, computed from the report: most urgent first."""

from collections.abc import Callable, Iterator
from math import ceil

from assessment.charts import WAVES, wave_of
from assessment.document.blocks import Decision, Fact
from assessment.document.decisions_on_conditions import clarify, settle_conditions
from assessment.document.telling import ROADMAP, Teller
from assessment.report import unanswered
from assessment.roadmap import SLOTS_PER_MONTH

AT_MOST = 5
UNPROVEN_FROM = 1 / 16
"""Share of the index's range between claimed and proven from which proof is worth a decision: 0.25 points on 1 to 5."""


def decisions(tell: Teller) -> tuple[Decision, ...]:
    """Return the decisions to take: what, why now, effect, what happens if not, effort, by when, who."""
    found = [decision for rule in RULES for decision in rule(tell)]
    return tuple(found[:AT_MOST])


def _answer_first(tell: Teller) -> Iterator[Decision]:
    c, score, progress = tell.c, tell.overall, tell.report.progress
    left = len(unanswered(tell.questionnaire, tell.report.sheet))
    if score.certain or score.status == "not_applicable" or not left:
        return
    yield Decision(
        title=c.n(
            "Answer the question that is still open", "Answer the {count} questions that are still open", left
        ),
        reasons=(
            Fact(
                name=c.t("Why now"),
                value=c.t(
                    "With {share} answered there is no result to act on.", share=c.percent(score.coverage)
                ),
            ),
            Fact(
                name=c.t("If not"),
                value=c.t("The possible levels remain {range}.", range=tell.levels_between(score)),
            ),
        ),
        facts=(
            Fact(name=c.t("Effort"), value=c.n("one minute", "{count} minutes", progress.minutes_left)),
            Fact(name=c.t("By"), value=c.t("before the plan starts")),
            Fact(
                name=c.t("Who"),
                value=tell.report.subject.author.strip() or c.t("whoever fills in the questionnaire"),
            ),
        ),
    )


def _staff_the_first_wave(tell: Teller) -> Iterator[Decision]:
    c, plan = tell.c, tell.report.roadmap
    first = [slot for slot in plan.slots if wave_of(slot.begin) == 0]
    if not first:
        return
    name = tell.questionnaire.id
    done = min(ceil(max(slot.end for slot in first) / SLOTS_PER_MONTH), plan.capacity.months)
    before, after = plan.projection[0].values[name], plan.projection[done].values[name]
    quick = sum(slot.measure in tell.questionnaire.quick_wins for slot in first)
    why = c.n(
        "One measure can begin before {month}.",
        "{count} measures can begin before {month}.",
        len(first),
        month=tell.month(min(WAVES[0], plan.capacity.months)),
    )
    if quick:
        why = c.n(
            "{measures} measures can begin before {month}, one of them a quick win.",
            "{measures} measures can begin before {month}, {count} of them quick wins.",
            quick,
            measures=len(first),
            month=tell.month(min(WAVES[0], plan.capacity.months)),
        )
    yield Decision(
        title=c.t(
            "Release {capacity} person-days a month for the first wave",
            capacity=tell.days(plan.capacity.per_month),
        ),
        reasons=(
            Fact(name=c.t("Why now"), value=why),
            Fact(
                name=c.t("Effect"),
                value=c.t(
                    "The index goes from {before} to {after} by the planning model.",
                    before=tell.points(tell.overall, before),
                    after=tell.point(tell.overall, after),
                ),
            ),
            Fact(
                name=c.t("If not"),
                value=c.t("Everything planned for later waits for the first wave and moves with it."),
            ),
        ),
        facts=(
            Fact(
                name=c.t("Effort"),
                value=tell.effort(sum(s.effort_low for s in first), sum(s.effort_high for s in first)),
            ),
            Fact(name=c.t("By"), value=tell.month(0)),
            Fact(name=c.t("Who"), value=c.t("management")),
        ),
        link=ROADMAP,
    )


def _prove(tell: Teller) -> Iterator[Decision]:
    c, claimed, confirmed = tell.c, tell.overall, tell.confirmed
    if not claimed.certain or claimed.worth is None or confirmed.worth is None:
        return
    lower = (confirmed.level or 0) < (claimed.level or 0)
    if not lower and claimed.worth - confirmed.worth < UNPROVEN_FROM:
        return
    places = [finding.section for finding in tell.report.findings if finding.kind == "unproven"]
    yield Decision(
        title=c.t("Have the high answers proved"),
        reasons=(
            Fact(
                name=c.t("Why now"),
                value=c.t(
                    "The index is {claimed} as rated and {confirmed} as confirmed.",
                    claimed=tell.point(claimed, claimed.value),
                    confirmed=tell.points(claimed, confirmed.value),
                ),
            ),
            Fact(
                name=c.t("If not"),
                value=c.t("An auditor or client would see level {level}.", level=confirmed.level),
            ),
        ),
        facts=(
            Fact(name=c.t("Where"), value=tell.some((tell.section(name) for name in places), most=2)),
            Fact(name=c.t("By"), value=c.t("before results are published")),
            Fact(name=c.t("Who"), value=c.t("those who gave the answers")),
        ),
    )


def _widen_capacity(tell: Teller) -> Iterator[Decision]:
    c, plan = tell.c, tell.report.roadmap
    out = [postponed for postponed in plan.postponed if postponed.reason in ("capacity", "role", "horizon")]
    if not out:
        return
    measures = [tell.questionnaire.measures_by_id[postponed.measure] for postponed in out]
    yield Decision(
        title=c.n(
            "Decide whether one more measure is worth more people",
            "Decide whether {count} more measures are worth more people",
            len(out),
        ),
        reasons=(
            Fact(
                name=c.t("Why now"),
                value=c.n(
                    "It does not fit into {capacity} person-days a month by {month}: {list}.",
                    "They do not fit into {capacity} person-days a month by {month}: {list}.",
                    len(out),
                    capacity=tell.days(plan.capacity.per_month),
                    month=tell.month(plan.capacity.months - 1),
                    list=tell.some((tell.say(m.title) for m in measures), most=2),
                ),
            ),
            Fact(name=c.t("If not"), value=c.t("What stays outside the plan lifts no level.")),
        ),
        facts=(
            *([Fact(name=c.t("Effort"), value=c.t("see the roadmap"))] if "roadmap" in tell.parts else []),
            Fact(name=c.t("By"), value=tell.month(min(WAVES[0], plan.capacity.months - 1))),
            Fact(name=c.t("Who"), value=c.t("management")),
        ),
        link=ROADMAP,
    )


RULES: tuple[Callable[[Teller], Iterator[Decision]], ...] = (
    _answer_first,
    clarify,
    settle_conditions,
    _staff_the_first_wave,
    _prove,
    _widen_capacity,
)
