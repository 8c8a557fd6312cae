"""Which questions are worth talking about: disagreement times what hangs on the answer.

What hangs on an answer is found by scoring twice, with the lowest and with the highest answer that is plausible, and looking at what
becomes different: levels, the overall index, caps, person-days of the plan that are there to raise this answer. All is put into one
unit, the level of the whole, by the weights below; they say how much a workshop's time is worth, and change no result.

All the sheets are scored in one table, so that a facilitator's screen can order a hundred questions anew after each round.
"""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import NamedTuple

from assessment.answers import Answer, AnswerSheet, Evidence, asked
from assessment.questionnaire import Questionnaire
from assessment.questions import Question, Value
from assessment.roadmap import Roadmap
from assessment.scoring import active_caps, score
from assessment.scoring.portfolio import SheetScore, score_table
from assessment.scoring.table import table_of
from assessment.values import TOLERANCE, Id, Model
from assessment.workshop.agreement import agreement, can_be_voted_on
from assessment.workshop.votes import Group, Tally

LEVELS = (1.0, 0.5, 0.25)
"""What a changed level weighs: of the whole, of a dimension, of anything below. Half as much each floor down, because decisions
hang on the whole first."""
LEGAL_CAP = 0.25
"""What it weighs that a cap on the legal status applies or not, beside the levels it changes: as much as a level below a dimension.
What is allowed is worth knowing even where something else holds the level down just now; but a gate that moves no level shall not
crowd out questions that do."""
CAP = 0.125
"""The same of any other cap: half as much, as a floor further down."""
PLAN = 1.0
"""What the whole plan's person-days weigh: as much as a level of the whole."""
DOUBT: dict[Evidence, float] = {"none": 0.6, "stated": 0.45, "documented": 0.2, "verified": 0.1}
"""How likely people are taken to differ on an answer on which nobody has voted, by what it rests on; 1 where none is known.
A word about what to ask first: once there are votes they alone count."""
MOST_OF_IT = 0.8
"""The questions that decide the result carry this share of all there is to gain by talking."""
MINUTES = 8
"""To vote on a question, talk about it, and agree."""


class Stake(Model):
    """What talking about one question is worth."""

    question: Id
    value: float
    """Disagreement times what hangs on it, in levels of the whole."""
    disagreement: float
    """From 0, all say the same and know it, to 1."""
    is_voted: bool
    """Whether votes say so; else what the answer rests on."""
    levels: tuple[Id, ...]
    """Sections whose level hangs on it, or an end of the range of its level; the whole first."""
    shift: float
    """Points of the overall index, or of its range, between the lowest and the highest plausible answer."""
    caps: tuple[Id, ...] = ()
    """Caps that apply with the one and not with the other."""
    days: float
    """Person-days of the plan that are not needed if the highest plausible answer is the right one."""


class Sitting(Model):
    """What an agenda comes to: so many of all questions decide the result, in so many minutes."""

    questions: int
    of: int
    """All that can be voted on."""
    minutes: int
    share: float
    """Part of all there is to gain by talking that these questions carry, 0 to 1."""


class _Doubt(NamedTuple):
    """How far a question is open, and between which answers."""

    question: Question
    disagreement: float
    is_voted: bool
    low: Value
    high: Value

    @property
    def is_open(self) -> bool:
        return self.disagreement > TOLERANCE and self.low != self.high


class _Hanging(NamedTuple):
    """What becomes different between two answers."""

    levels: tuple[tuple[str, float], ...] = ()
    shift: float = 0.0
    caps: tuple[str, ...] = ()
    days: float = 0.0


_Pair = tuple[float | None, float | None]
"""A figure with the lowest plausible answer, and with the highest."""


class _Part(NamedTuple):
    """A question's part of the person-days of a planned measure."""

    days: float
    to: float
    """The worth to which the measure raises it."""


def to_vote_on(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[str, ...]:
    """Return the questions that are asked and can be voted on, in the order they are asked."""
    return tuple(question.id for question in asked(questionnaire, sheet) if can_be_voted_on(question))


def order(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    tallies: Mapping[str, Tally],
    roadmap: Roadmap | None = None,
) -> tuple[Stake, ...]:
    """Return every question that can be voted on, those most worth talking about first; of equals the one asked first.

    Args:
        questionnaire: scores and says what is asked.
        sheet: the answers as they stand.
        tallies: the latest round on each question, where there was one.
        roadmap: the plan for these answers.
    """
    doubts = [
        _doubt(questionnaire.questions_by_id[name], sheet.by_question.get(name), tallies.get(name))
        for name in to_vote_on(questionnaire, sheet)
    ]
    hanging = _hanging(questionnaire, sheet, [doubt for doubt in doubts if doubt.is_open], roadmap)
    whole = score(questionnaire, sheet).overall
    # a point of the index in levels: indexes need not run over the levels' numbers
    span = whole.top - whole.bottom
    point = (len(questionnaire.scale.levels) - 1) / span if span > TOLERANCE else 0.0
    effort = sum(slot.effort for slot in roadmap.slots) if roadmap else 0.0
    found = []
    for doubt in doubts:
        what = hanging.get(doubt.question.id, _Hanging())
        influence = point * what.shift + sum(
            LEVELS[_floor(questionnaire, name)] * by for name, by in what.levels
        )
        influence += sum(LEGAL_CAP if name in questionnaire.legal_caps else CAP for name in what.caps)
        if effort > TOLERANCE:
            influence += PLAN * what.days / effort
        found.append(
            Stake(
                question=doubt.question.id,
                value=doubt.disagreement * influence,
                disagreement=doubt.disagreement,
                is_voted=doubt.is_voted,
                levels=tuple(name for name, _ in what.levels),
                shift=what.shift,
                caps=what.caps,
                days=what.days,
            )
        )
    # rounded: what differs in the last bits of a sum is as much worth
    return tuple(sorted(found, key=lambda stake: -round(stake.value, 9)))


def agenda(found: Sequence[Stake], *, minutes: int, each: int = MINUTES) -> tuple[str, ...]:
    """Return the fewest questions that carry most of what there is to gain, as many as there is time for; at least one."""
    whole, carried = sum(stake.value for stake in found), 0.0
    chosen: list[str] = []
    for stake in found:
        is_enough = carried >= MOST_OF_IT * whole - TOLERANCE or len(chosen) >= minutes // each
        if stake.value <= TOLERANCE or (chosen and is_enough):
            break
        chosen.append(stake.question)
        carried += stake.value
    return tuple(chosen)


def sitting(found: Sequence[Stake], chosen: Sequence[str], *, each: int = MINUTES) -> Sitting:
    """Return what these questions come to among all that were found, however they were chosen."""
    names = set(chosen)
    whole = sum(stake.value for stake in found)
    carried = sum(stake.value for stake in found if stake.question in names)
    return Sitting(
        questions=len(chosen),
        of=len(found),
        minutes=len(chosen) * each,
        share=carried / whole if whole > TOLERANCE else 0.0,
    )


# ── how far a question is open ───────────────────────────────────────────────────────────────────────────────────────


def _doubt(question: Question, answer: Answer | None, tally: Tally | None) -> _Doubt:
    everybody = tally.everybody if tally else None
    if everybody is not None:
        return _Doubt(question, _disagreement(question, everybody), True, *_chosen(question, everybody))
    if answer is None or answer.state in ("open", "unknown"):
        return _Doubt(question, 1.0, False, *_around(question, None))
    # what was said, with a reason, not to apply is not open between its levels
    doubt = 0.0 if answer.state == "not_applicable" else DOUBT[answer.evidence]
    return _Doubt(question, doubt, False, *_around(question, answer.value))


def _disagreement(question: Question, everybody: Group) -> float:
    """Return how little people agree; who does not know agrees with nobody."""
    found = agreement(question, everybody)
    if found is None:
        return 1.0
    return 1.0 - found * (1 - everybody.unknown / everybody.people)


def _chosen(question: Question, everybody: Group) -> tuple[Value, Value]:
    """Return the ends of the middle half of the votes, or of all where that half says the same."""
    votes = [value for count in everybody.counts for value in (count.value,) * count.people]
    if not votes:
        return _around(question, None)
    votes.sort(key=question.worth)
    last = len(votes) - 1
    low, high = votes[last // 4], votes[ceil(last * 3 / 4)]
    if low == high:
        low, high = votes[0], votes[-1]
    # all who know say the same: if others do not know, or only one does, it may be one step off
    return (low, high) if low != high else _around(question, low)


def _around(question: Question, value: Value | None) -> tuple[Value, Value]:
    """Return the answers a step to either side; the worst and the best where none is known."""
    options = question.values()
    if value is None or value not in options:
        return options[0], options[-1]
    place = options.index(value)
    return options[max(0, place - 1)], options[min(len(options) - 1, place + 1)]


# ── what hangs on it ─────────────────────────────────────────────────────────────────────────────────────────────────


def _hanging(
    questionnaire: Questionnaire, sheet: AnswerSheet, doubts: Sequence[_Doubt], roadmap: Roadmap | None
) -> dict[str, _Hanging]:
    """Return by question what becomes different between the lowest and the highest plausible answer."""
    if not doubts:
        return {}
    sheets = [
        sheet.with_answer(Answer(question=doubt.question.id, value=end))
        for doubt in doubts
        for end in (doubt.low, doubt.high)
    ]
    scores = score_table(questionnaire, table_of(questionnaire, sheets))
    steps: list[list[tuple[str, float]]] = [[] for _ in doubts]
    for section in questionnaire.whole.walk():
        rows = scores.of(section.id).rows()  # taken two at a time: low and high of each question
        for found, low, high in zip(steps, rows, rows, strict=True):
            by = _apart(
                low,
                high,
                (low.level, high.level),
                (low.level_low, high.level_low),
                (low.level_high, high.level_high),
            )
            if by > TOLERANCE:
                found.append((section.id, by))
    rows = scores.of(questionnaire.id).rows()
    shifts = [
        _apart(low, high, (low.value, high.value), (low.low, high.low), (low.high, high.high))
        for low, high in zip(rows, rows, strict=True)
    ]
    parts = _planned(questionnaire, roadmap)
    return {
        doubt.question.id: _Hanging(
            levels=tuple(steps[place]),
            shift=shifts[place],
            caps=_caps(questionnaire, doubt),
            days=sum(
                part.days
                for part in parts.get(doubt.question.id, ())
                if doubt.question.worth(doubt.high) >= part.to - TOLERANCE
            ),
        )
        for place, doubt in enumerate(doubts)
    }


def _apart(low: SheetScore, high: SheetScore, given: _Pair, *ends: _Pair) -> float:
    """Return by how much a figure of a section differs between two sheets.

    It is the mean of what one sees: of both ends of the range, and of the figure itself where enough is answered to show it. With
    few answers a figure says most about which of them are given; with all of them the three are one.
    """
    seen = (given, *ends) if low.status == high.status == "scored" else ends
    by = [abs(one - other) for one, other in seen if one is not None and other is not None]
    return sum(by) / len(by) if by else 0.0


def _caps(questionnaire: Questionnaire, doubt: _Doubt) -> tuple[str, ...]:
    """Return the caps on this question that apply with its lowest plausible answer and not with its highest."""
    name = doubt.question.id
    if all(cap.question != name for cap in questionnaire.caps):
        return ()
    low, high = (
        active_caps(questionnaire, {name: doubt.question.worth(end)}) for end in (doubt.low, doubt.high)
    )
    return tuple(cap.id for cap in low if cap not in high)


def _planned(questionnaire: Questionnaire, roadmap: Roadmap | None) -> dict[str, list[_Part]]:
    """Return by question the measures that raise it: a measure's days fall in equal parts to the questions it raises."""
    found: dict[str, list[_Part]] = {}
    for slot in roadmap.slots if roadmap else ():
        for name in slot.moves:
            question = questionnaire.questions_by_id[name]
            to = max(
                question.worth(effect.to)
                for effect in questionnaire.measures_by_id[slot.measure].effects
                if effect.question == name
            )
            found.setdefault(name, []).append(_Part(slot.effort / len(slot.moves), to))
    return found


def _floor(questionnaire: Questionnaire, section: str) -> int:
    """Return 0 for the whole, 1 for a dimension, 2 for anything below."""
    return min(len(questionnaire.path(section)), len(LEVELS) - 1)
