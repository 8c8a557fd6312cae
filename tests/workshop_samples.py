"""Workshops for the tests of what one comes to: fourteen people on the small questionnaire, and anybody on any other."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

from assessment.answers import Answer, AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.questions import Value
from assessment.report import Report, Subject, assess
from assessment.roadmap import Capacity
from assessment.workshop import Dissent, Role, Tally, Topic, Vote, Workshop, tally, to_vote_on
from tests.report_samples import HELD, START, small, small_sheet

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PEOPLE: Mapping[Role, int] = {"agent": 5, "management": 4, "planner": 3, "it": 2}
"""Agents and management may be shown: the five others are enough, and the planners alone are not."""
NASTY = '=HYPERLINK("http://evil.example","x") <b>bold</b> & {braces} </para>'
REASON = "@SUM(1+1) <i>seen</i> together"


def counted(
    question: str,
    votes: Mapping[Role, Sequence[Value | None]],
    *,
    round: int = 1,
    questionnaire: Questionnaire | None = None,
) -> Tally:
    """The count of what each role voted."""
    known = (questionnaire or small()).questions_by_id[question]
    every = [Vote(role, value) for role, values in votes.items() for value in values]
    return tally(known, every, round=round, smallest=4)


def all_say(values: Mapping[Role, Value | None]) -> dict[Role, list[Value | None]]:
    """Votes with which every role speaks with one voice."""
    return {role: [values[role]] * number for role, number in PEOPLE.items()}


def workshop_of(*topics: Topic, people: int = 14) -> Workshop:
    return Workshop(opened_at=AT, closed_at=AT, smallest=4, people=people, topics=topics)


def agreed(question: str, value: Value | None) -> Answer:
    return Answer(question=question, state="unknown" if value is None else "given", value=value)


@cache
def held() -> tuple[AnswerSheet, Workshop]:
    """The sheet after a workshop, and the workshop: one gap that changes the plan, one question contested, one role too small."""
    before = small_sheet()
    apart = all_say({"agent": False, "planner": False, "management": True, "it": True})
    halves = all_say({"agent": 2, "it": 2, "management": 4, "planner": 4})
    some = {role: [3] * number for role, number in PEOPLE.items()}
    workshop = workshop_of(
        Topic(
            question="g1",
            before=before.by_question["g1"],
            tallies=(counted("g1", apart), counted("g1", apart, round=2)),
            decided=agreed("g1", False),
            reason=REASON,
            at=AT,
            dissents=(Dissent(text=NASTY, role="management"), Dissent(text="Seen otherwise.")),
        ),
        Topic(
            question="p2",
            tallies=(counted("p2", halves), counted("p2", some, round=2)),
            decided=agreed("p2", 3),
            at=AT,
        ),
        Topic(
            question="f1",
            before=before.by_question["f1"],
            tallies=(
                counted(
                    "f1", {"agent": [3] * 5, "management": [None] * 4, "planner": [3] * 3, "it": [3] * 2}
                ),
            ),
        ),
        Topic(
            question="d1",
            before=before.by_question["d1"],
            tallies=(counted("d1", {"planner": [5, 5, 5]}),),
            decided=agreed("d1", 2),
            at=AT,
        ),
    )
    sheet = before
    for topic in workshop.topics:
        if topic.decided is not None:
            sheet = sheet.with_answer(topic.decided)
    return sheet, workshop


@cache
def report_with_workshop() -> Report:
    sheet, workshop = held()
    subject = Subject(organisation="Nordlicht", unit="Service", author="A. Brandt", held_on=HELD)
    return assess(
        small(), sheet, subject=subject, capacity=Capacity(start=START, per_month=12), workshop=workshop
    )


def some_workshop(questionnaire: Questionnaire, sheet: AnswerSheet, *, count: int = 3) -> Workshop:
    """A workshop on the first questions of any questionnaire, where agents see the worst and management the best."""
    topics = []
    for name in to_vote_on(questionnaire, sheet)[:count]:
        values = questionnaire.questions_by_id[name].values()
        ends: dict[Role, Value | None] = {"agent": values[0], "it": values[0]}
        votes = all_say({**ends, "management": values[-1], "planner": values[-1]})
        topics.append(
            Topic(
                question=name,
                before=sheet.by_question.get(name),
                tallies=(counted(name, votes, questionnaire=questionnaire),),
                decided=sheet.by_question.get(name),
                reason="As it was.",
                at=AT,
                dissents=(Dissent(text="Not in my team."),),
            )
        )
    return workshop_of(*topics)
