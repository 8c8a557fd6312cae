"""What a workshop came to, worked out from its counts and decisions alone: nothing finer than what the counts show is used.

Each gap between roles is put to the test: the whole is scored with what the lowest role says and with what the highest says, and the
gaps on which most hangs are planned with both. So one sees which disagreements are worth another hour, and which are not.
"""

from collections.abc import Iterable, Iterator
from statistics import fmean

from assessment.answers import Answer, AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.questions import Question, Value
from assessment.roadmap import Roadmap, plan
from assessment.scoring import Scorecard, active_caps, score
from assessment.values import TOLERANCE
from assessment.workshop.agreement import agreement, as_asked, middle
from assessment.workshop.result import (
    Became,
    LevelGap,
    Outcome,
    RoleGap,
    Shift,
    Spread,
    Standing,
    TopicOutcome,
)
from assessment.workshop.talking import CAP, LEGAL_CAP, LEVELS
from assessment.workshop.votes import Composition, Role, Tally, Topic, Workshop

PLANNED = 6
"""So many gaps at most are planned with both ends: each takes two plans."""


def outcome(
    questionnaire: Questionnaire, sheet: AnswerSheet, workshop: Workshop, *, roadmap: Roadmap
) -> Outcome:
    """Work out what a workshop came to; what does not fit the questionnaire as it is now is left out.

    Args:
        questionnaire: scores, and says what was asked.
        sheet: the answers as they stand.
        workshop: its counts and decisions.
        roadmap: the plan for these answers; the gaps are planned under its terms.
    """
    topics = list(_whole(questionnaire, workshop.topics))
    told = tuple(_topic(questionnaire.questions_by_id[topic.question], topic) for topic in topics)
    both = [
        (one.first.agreement, one.last.agreement)
        for one in told
        if one.talked_again and one.first is not None and one.last is not None
    ]
    pairs = [(one, other) for one, other in both if one is not None and other is not None]
    last = [one.last.agreement for one in told if one.last is not None and one.last.agreement is not None]
    return Outcome(
        people=workshop.people,
        voted=_voted(topics),
        smallest=workshop.smallest,
        topics=told,
        agreement=fmean(last) if last else None,
        agreement_before=fmean(one for one, _ in pairs) if pairs else None,
        agreement_after=fmean(other for _, other in pairs) if pairs else None,
        gaps=tuple(_gaps(questionnaire, sheet, topics, roadmap)),
        shift=_shift(questionnaire, sheet, topics),
    )


def _whole(questionnaire: Questionnaire, topics: Iterable[Topic]) -> Iterator[Topic]:
    """Yield what still stands of the topics, without those of which nothing does."""
    for topic in topics:
        found = as_asked(questionnaire, topic)
        if found is not None and (found == topic or found.tallies or found.decided is not None):
            yield found


def _voted(topics: list[Topic]) -> Composition:
    """Return who voted in one round, the one with the most votes: numbers of several rounds are never put together."""
    shown = [tally for topic in topics for tally in topic.tallies if tally.everybody is not None]
    most = max(shown, key=lambda tally: (tally.people, len(tally.groups)), default=None)
    if most is None:
        return Composition(people=0)
    roles = tuple((group.role, group.people) for group in most.groups if group.role is not None)
    return Composition(people=most.people, roles=roles)


# ── one question ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _topic(question: Question, topic: Topic) -> TopicOutcome:
    shown = [_spread(question, tally) for tally in topic.tallies]
    rounds = [spread for spread in shown if spread is not None]
    first, last = (rounds[0], rounds[-1]) if rounds else (None, None)
    moved = None
    if len(rounds) > 1 and rounds[0].median is not None and rounds[-1].median is not None:
        moved = question.worth(rounds[-1].median) - question.worth(rounds[0].median)
    return TopicOutcome(
        question=question.id,
        first=first,
        last=last,
        moved=moved,
        became=_became(question, topic),
        dissents=len(topic.dissents),
    )


def _spread(question: Question, tally: Tally) -> Spread | None:
    everybody = tally.everybody
    if everybody is None:
        return None
    return Spread(
        round=tally.round,
        people=everybody.people,
        unknown=everybody.unknown,
        median=middle(question, everybody),
        agreement=agreement(question, everybody),
    )


def _became(question: Question, topic: Topic) -> Became:
    decided = topic.decided
    if decided is None:
        return "undecided"
    before = topic.before.value if topic.before is not None else None
    if decided.value is None:
        return "unsettled" if before is not None else "kept"
    if before is None:
        return "settled"
    by = question.worth(decided.value) - question.worth(before)
    if abs(by) > TOLERANCE:
        return "raised" if by > 0 else "lowered"
    return "kept" if decided.value == before else "other"


# ── gaps between roles ───────────────────────────────────────────────────────────────────────────────────────────────


def _gaps(
    questionnaire: Questionnaire, sheet: AnswerSheet, topics: list[Topic], roadmap: Roadmap
) -> Iterator[RoleGap]:
    """Yield the gaps, the one on which most hangs first; those change the plan that are planned with both ends."""
    asides = {answer.question for answer in sheet.answers if answer.state == "not_applicable"}
    found = [
        gap
        for topic in topics
        if topic.question not in asides
        for gap in _gap(questionnaire, sheet, questionnaire.questions_by_id[topic.question], topic)
    ]
    whole = score(questionnaire, sheet).overall
    # a point of the index in levels: indexes need not run over the levels' numbers
    span = whole.top - whole.bottom
    point = (len(questionnaire.scale.levels) - 1) / span if span > TOLERANCE else 0.0
    # rounded: what differs in the last bits of a sum is as much worth
    found.sort(key=lambda gap: -round(_effect(questionnaire, gap, point=point), 9))
    for place, gap in enumerate(found):
        hangs = gap.changes_result and place < PLANNED
        yield _with_plans(questionnaire, sheet, gap, roadmap) if hangs else gap


def _gap(
    questionnaire: Questionnaire, sheet: AnswerSheet, question: Question, topic: Topic
) -> Iterator[RoleGap]:
    for tally in reversed(topic.tallies):
        medians: list[tuple[Role, Value]] = [
            (group.role, value)
            for group in tally.groups
            if group.role is not None and (value := middle(question, group)) is not None
        ]
        if len(medians) < 2:
            continue
        worths = {role: question.worth(value) for role, value in medians}
        least, most = min(worths.values()), max(worths.values())
        if most - least > TOLERANCE:
            low = next(value for role, value in medians if worths[role] == least)
            high = next(value for role, value in medians if worths[role] == most)
            yield _scored(
                questionnaire,
                sheet,
                question,
                tally,
                (low, high),
                lowest=tuple(role for role, _ in medians if worths[role] == least),
                highest=tuple(role for role, _ in medians if worths[role] == most),
            )
        return


def _scored(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    question: Question,
    tally: Tally,
    ends: tuple[Value, Value],
    *,
    lowest: tuple[Role, ...],
    highest: tuple[Role, ...],
) -> RoleGap:
    low, high = (score(questionnaire, with_value(sheet, question.id, end)) for end in ends)
    return RoleGap(
        question=question.id,
        round=tally.round,
        lowest=lowest,
        highest=highest,
        low=ends[0],
        high=ends[1],
        steps=steps_between(question, *ends),
        with_low=_standing(low),
        with_high=_standing(high),
        levels=tuple(_levels(questionnaire, low, high)),
        caps=_caps(questionnaire, question, ends),
    )


def with_value(sheet: AnswerSheet, question: str, value: Value) -> AnswerSheet:
    """Return the sheet with this value; evidence and comment of its answer stay."""
    present = sheet.by_question.get(question) or Answer(question=question, value=value)
    return sheet.with_answer(present.model_copy(update={"state": "given", "value": value, "reason": ""}))


def steps_between(question: Question, low: Value, high: Value) -> int:
    """Return how many steps of worth lead from one value to the other."""
    least, most = question.worth(low), question.worth(high)
    worths = {round(question.worth(value), 9) for value in question.values()}
    return sum(1 for worth in worths if least + TOLERANCE < worth <= most + TOLERANCE)


def _levels(questionnaire: Questionnaire, low: Scorecard, high: Scorecard) -> Iterator[LevelGap]:
    for section in questionnaire.whole.walk():
        one, other = low.of(section.id), high.of(section.id)
        levels = [part.level if part.certain else None for part in (one, other)]
        if levels[0] != levels[1]:
            yield LevelGap(section=section.id, low=levels[0], high=levels[1])


def _caps(questionnaire: Questionnaire, question: Question, ends: tuple[Value, Value]) -> tuple[str, ...]:
    if all(cap.question != question.id for cap in questionnaire.caps):
        return ()
    low, high = (active_caps(questionnaire, {question.id: question.worth(end)}) for end in ends)
    return tuple(cap.id for cap in low if cap not in high)


def _effect(questionnaire: Questionnaire, gap: RoleGap, *, point: float) -> float:
    """Return what hangs on a gap, in levels of the whole: weighed as for the order of talking."""
    levels = sum(
        LEVELS[min(len(questionnaire.path(each.section)), len(LEVELS) - 1)]
        * (abs(each.high - each.low) if each.high is not None and each.low is not None else 1)
        for each in gap.levels
    )
    caps = sum(LEGAL_CAP if cap in questionnaire.legal_caps else CAP for cap in gap.caps)
    return levels + caps + point * abs((gap.with_high.value or 0.0) - (gap.with_low.value or 0.0))


def _with_plans(questionnaire: Questionnaire, sheet: AnswerSheet, gap: RoleGap, roadmap: Roadmap) -> RoleGap:
    """Return the gap with the measures that only one of its ends needs; a plan keeps what it need not move."""
    present = sheet.by_question.get(gap.question)
    planned: list[list[str]] = []
    for value in (gap.low, gap.high):
        made = (
            roadmap
            if present is not None and present.value == value
            else plan(
                questionnaire,
                with_value(sheet, gap.question, value),
                capacity=roadmap.capacity,
                wishes=roadmap.wishes,
                present=roadmap,
            )
        )
        planned.append([slot.measure for slot in made.slots])
    low, high = planned
    return gap.model_copy(
        update={
            "planned": True,
            "needed_if_low": tuple(measure for measure in low if measure not in high),
            "needed_if_high": tuple(measure for measure in high if measure not in low),
        }
    )


# ── what talking changed ─────────────────────────────────────────────────────────────────────────────────────────────


def _shift(questionnaire: Questionnaire, sheet: AnswerSheet, topics: list[Topic]) -> Shift | None:
    before = voted = decided = sheet
    changed = []
    for topic in topics:
        if topic.decided is None:
            continue
        changed.append(topic.question)
        earlier = topic.before or Answer(question=topic.question, state="open")
        before, voted = before.with_answer(earlier), voted.with_answer(earlier)
        decided = decided.with_answer(topic.decided)
        shown = next((tally.everybody for tally in topic.tallies if tally.everybody is not None), None)
        median = middle(questionnaire.questions_by_id[topic.question], shown) if shown else None
        if median is not None:
            voted = with_value(voted, topic.question, median)
    if not changed:
        return None
    return Shift(
        topics=tuple(changed),
        before=_standing(score(questionnaire, before)),
        voted=_standing(score(questionnaire, voted)),
        decided=_standing(score(questionnaire, decided)),
    )


def _standing(scorecard: Scorecard) -> Standing:
    whole = scorecard.overall
    return Standing(
        value=whole.value if whole.certain else None, level=whole.level if whole.certain else None
    )
