"""The one result that every surface renders: it embeds its questionnaire and answers, so that it can be read in any of
its languages and recomputed years later."""

from collections.abc import Collection
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Literal

from pydantic import Field

from assessment.answers import AnswerSheet, Progress, all_hold, asked, progress
from assessment.balance import Balance, along
from assessment.explanation import Explanation, explain
from assessment.findings import Finding, find
from assessment.questionnaire import Questionnaire, RegisterRow, Span
from assessment.roadmap import (
    NOT_TRACKED,
    Before,
    Capacity,
    Pursuing,
    Pursuit,
    Roadmap,
    Tracked,
    Tracking,
    Wishes,
    plan,
    pursue,
)
from assessment.roadmap.outlook import TradeOff, trade_off
from assessment.scoring import Scorecard, active_caps, counted, read, score
from assessment.trend import Occasion, Trend, compare
from assessment.value import Value, value
from assessment.values import TOLERANCE, Id, Model, Written
from assessment.workshop import Outcome, Workshop, outcome

SCHEMA_VERSION = 1

try:
    ENGINE_VERSION = version("transformation-assessment")
except PackageNotFoundError:  # run from a folder that was never installed
    ENGINE_VERSION = "0"


class Subject(Model):
    """Whose assessment it is."""

    organisation: Written = ""
    unit: Written = ""
    author: Written = ""
    held_on: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


Light = Literal["red", "amber", "green", "not_assessed"]


class LegalTopic(Model):
    """The state of one legal topic: a traffic light, never an average."""

    section: Id
    light: Light
    open_gates: tuple[Id, ...]
    """Gate questions answered no."""
    unknown_gates: tuple[Id, ...]
    """Gate questions answered "don't know" or not yet."""
    rows: tuple[Id, ...]
    """Rows of the legal register for the countries of the profile."""


class Earlier(Model):
    """An assessment before this one, with the questionnaire it was answered by."""

    questionnaire: Questionnaire
    sheet: AnswerSheet
    subject: Subject


class Report(Model):
    """Everything one assessment says."""

    schema_version: int
    engine_version: str
    questionnaire: Questionnaire
    subject: Subject
    sheet: AnswerSheet
    progress: Progress
    scorecard: Scorecard
    findings: tuple[Finding, ...]
    legal: tuple[LegalTopic, ...]
    roadmap: Roadmap
    value: Value | None = None
    """What it may be worth; None if the questionnaire has no value model."""
    balances: tuple[Balance, ...] = ()
    """What is spent and brought along the plan; none where the value model does not know."""
    explanations: tuple[Explanation, ...]
    """For the whole and each section."""
    trade_off: TradeOff | None = None
    """What person-days buy; None until it is asked for, because it takes several plans."""
    earlier: Earlier | None = None
    trend: Trend | None = None
    """What has changed since the earlier assessment; there if that is."""
    workshop: Annotated[Workshop | None, Field(exclude_if=lambda held: held is None)] = None
    """What a workshop on these answers left behind; written only where there was one."""
    outcome: Annotated[Outcome | None, Field(exclude_if=lambda held: held is None)] = None
    """What the workshop came to; there if that is."""
    tracking: Tracked = NOT_TRACKED
    """How the plan is followed up."""
    pursuit: Pursuing = None
    """What became of the plan; there if anything is followed up."""

    def explanation(self, section: str) -> Explanation:
        """Return the explanation of a section's score.

        Raises:
            KeyError: there is no such section.
        """
        for explanation in self.explanations:
            if explanation.of == section:
                return explanation
        raise KeyError(section)


def assess(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    subject: Subject,
    capacity: Capacity,
    wishes: Wishes | None = None,
    earlier: Earlier | None = None,
    workshop: Workshop | None = None,
    tracking: Tracking = NOT_TRACKED,
) -> Report:
    """Walk the whole line: score the sheet, find, plan, explain, compare with the earlier assessment, if there is one, say what a
    workshop on these answers came to, if there was one, and what became of the plan, if it is followed up.

    Raises:
        AnswersError: the earlier assessment is by another questionnaire.
    """
    scorecard = score(questionnaire, sheet)
    roadmap = plan(questionnaire, sheet, capacity=capacity, wishes=wishes)
    worth = _value(questionnaire, sheet, roadmap)
    made = Report(
        schema_version=SCHEMA_VERSION,
        engine_version=ENGINE_VERSION,
        questionnaire=questionnaire,
        subject=subject,
        sheet=sheet,
        progress=progress(questionnaire, sheet),
        scorecard=scorecard,
        findings=find(questionnaire, sheet, scorecard),
        legal=legal_status(questionnaire, sheet, scorecard),
        roadmap=roadmap,
        value=worth,
        balances=_balances(worth, roadmap),
        explanations=tuple(
            explain(questionnaire, sheet, section.id) for section in questionnaire.whole.walk()
        ),
        earlier=earlier,
        trend=_trend(earlier, questionnaire, sheet) if earlier else None,
        workshop=workshop,
        outcome=outcome(questionnaire, sheet, workshop, roadmap=roadmap) if workshop else None,
    )
    return with_tracking(made, tracking)


def with_tracking(report: Report, tracking: Tracking) -> Report:
    """Return the report with its plan followed up like this; it is told as of the last day on which anything changed."""
    pursuit = pursuit_of(report.model_copy(update={"tracking": tracking}))
    return report.model_copy(update={"tracking": tracking, "pursuit": pursuit})


def pursuit_of(report: Report, *, as_of: date | None = None) -> Pursuit | None:
    """Return what became of the plan as of a day, or of the last one on which anything changed; None: nothing is followed up."""
    held, changed, then = report.subject.held_on, report.tracking.changed, report.earlier
    return pursue(
        report.questionnaire,
        report.sheet,
        wishes=report.roadmap.wishes,
        tracking=report.tracking,
        as_of=as_of or max(held, changed.date() if changed else held),
        before=Before(then.questionnaire, then.sheet) if then else None,
    )


def replan(report: Report, *, capacity: Capacity, wishes: Wishes | None = None) -> Report:
    """Return the report with its roadmap made under other terms; only the value model and what hangs on gaps depend on it, too."""
    return with_roadmap(report, plan(report.questionnaire, report.sheet, capacity=capacity, wishes=wishes))


def with_roadmap(report: Report, roadmap: Roadmap) -> Report:
    """Return the report with another roadmap of the same answers."""
    worth = _value(report.questionnaire, report.sheet, roadmap)
    balances = _balances(worth, roadmap)
    changed: dict[str, object] = {
        "roadmap": roadmap,
        "value": worth,
        "balances": balances,
        "trade_off": None,
    }
    if report.workshop is not None:  # its gaps are planned under the same terms
        changed["outcome"] = outcome(report.questionnaire, report.sheet, report.workshop, roadmap=roadmap)
    return with_tracking(report.model_copy(update=changed), report.tracking)


def with_trade_off(report: Report, trade: TradeOff | None = None) -> Report:
    """Return the report with what person-days buy; planned now unless it is known already."""
    if not report.roadmap.slots:
        return report
    plan = report.roadmap
    found = trade or trade_off(report.questionnaire, report.sheet, capacity=plan.capacity, wishes=plan.wishes)
    return report.model_copy(update={"trade_off": found})


def _trend(earlier: Earlier, questionnaire: Questionnaire, sheet: AnswerSheet) -> Trend:
    return compare(Occasion(earlier.questionnaire, earlier.sheet), Occasion(questionnaire, sheet))


def _value(questionnaire: Questionnaire, sheet: AnswerSheet, roadmap: Roadmap) -> Value | None:
    """Return what the plan may be worth; its effort counts unless the sheet has its own."""
    days = Span(
        low=sum(slot.effort_low for slot in roadmap.slots),
        base=sum(slot.effort for slot in roadmap.slots),
        high=sum(slot.effort_high for slot in roadmap.slots),
    )
    return value(questionnaire, sheet, days_of_work=days if roadmap.slots else None)


def _balances(worth: Value | None, roadmap: Roadmap) -> tuple[Balance, ...]:
    """Return what is spent and brought along the plan: the benefit follows the overall index, the cost the work."""
    if worth is None or not roadmap.slots:
        return ()
    whole = next(iter(roadmap.projection[0].values))
    values = [step.values[whole] or 0.0 for step in roadmap.projection]
    gain, days = values[-1] - values[0], sum(roadmap.load)
    if gain <= TOLERANCE or days <= TOLERANCE:
        return ()
    return along(
        worth,
        in_place=[(value - values[0]) / gain for value in values],
        worked=[sum(roadmap.load[:month]) / days for month in range(1, len(roadmap.load) + 1)],
    )


def legal_status(
    questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard
) -> tuple[LegalTopic, ...]:
    """Return the traffic light of each topic below the questionnaire's legal section.

    Red: a gate is open. Amber: a gate is not known, or the topic stands below the level that the questionnaire calls
    green, or too little of it is answered. Green: neither. Not assessed: nothing answered.
    """
    if questionnaire.legal is None:
        return ()
    reading = read(questionnaire, sheet)
    open_questions = {cap.question for cap in active_caps(questionnaire, counted(questionnaire, reading))}
    topics = []
    for topic in questionnaire.sections_by_id[questionnaire.legal.section].sections:
        gates = {
            cap.question
            for cap in questionnaire.caps
            if any(limit.section == topic.id for limit in cap.limits)
        }
        open_gates = tuple(sorted(gates & open_questions))
        unknown = tuple(sorted(gates & reading.missing))
        result = scorecard.of(topic.id)
        light: Light
        if result.status == "not_applicable" or (result.level is None and not open_gates):
            light = "not_assessed"
        elif open_gates:
            light = "red"
        elif unknown or not result.certain or (result.level or 0) < questionnaire.legal.green_from:
            light = "amber"
        else:
            light = "green"
        rows = tuple(row.id for row in register_rows(questionnaire, sheet) if topic.id in row.sections)
        topics.append(
            LegalTopic(section=topic.id, light=light, open_gates=open_gates, unknown_gates=unknown, rows=rows)
        )
    return tuple(topics)


COUNTRIES = "countries"
"""The profile field that names jurisdictions."""


def register_rows(
    questionnaire: Questionnaire, sheet: AnswerSheet, *, among: Collection[str] | None = None
) -> tuple[RegisterRow, ...]:
    """Return the register's rows for the countries of the profile, all while none is chosen, without those that do not
    concern this organisation as its profile stands; only those `among` the ids, where some are given."""
    register = questionnaire.register_
    if register is None:
        return ()
    chosen = sheet.profile.get(COUNTRIES, ())
    countries = {chosen} if isinstance(chosen, str) else set(chosen)
    countries |= {union.id for union in register.unions if countries & set(union.members)}
    return tuple(
        row
        for row in register.rows
        if (among is None or row.id in among)
        and (not countries or row.jurisdiction in countries)
        and all_hold(row.applies_if, questionnaire, sheet) is not False
    )


def unanswered(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[str, ...]:
    """Return the questions asked and neither answered nor set aside, in the order they are asked."""
    answers = sheet.by_question
    return tuple(
        q.id for q in asked(questionnaire, sheet) if q.id not in answers or answers[q.id].state == "open"
    )
