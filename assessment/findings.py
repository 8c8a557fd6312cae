"""A scorecard becomes findings: data without a sentence, worst first. The sentence is made in `document`.

Most findings say what the result means. The questionnaire's checks become doubts: answers worth asking about again. A doubt
is no accusation: it changes no answer and no score.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, assert_never

from assessment.answers import PROVEN, AnswerSheet, all_hold, applies, asked, holds
from assessment.conditions import Condition
from assessment.questionnaire import AllTop, Check, Contradiction, ManySetAside, Questionnaire, StraightLining
from assessment.scoring import Score, Scorecard
from assessment.values import TOLERANCE, Id, Model

Kind = Literal[
    "cap",
    "possible_cap",
    "gap",
    "strength",
    "imbalance",
    "contradiction",
    "blind_spot",
    "unproven",
    "all_top",
    "straight_lining",
    "many_set_aside",
]
"""First what the result means; then what it rests on, from single answers to the way of answering."""

IMBALANCE = 2
"""Dimensions this many levels apart hold each other back."""
STRENGTH_WORTH = 0.75
GAP_WORTH = 0.5
"""A capability is a strength from this share of the way up its index on, and a gap below that one."""
UNPROVEN_FROM = 0.25
"""Levels between claimed and confirmed from which the gap is worth telling."""


class Finding(Model):
    """One thing worth knowing about the result."""

    kind: Kind
    section: Id
    question: Id | None = None
    questions: tuple[Id, ...] = ()
    """Every question that a doubt concerns, in the order they are asked; then the key figures."""
    source: Id | None = None
    """The cap, the other section of an imbalance, or the check that raises a doubt."""
    severity: float
    """Higher is more urgent; comparable within a kind, kinds are ordered by `Kind`."""
    level: int | None = None
    measures: tuple[Id, ...] = ()
    """Measures that move what is found, in the questionnaire's order."""


def find(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> tuple[Finding, ...]:
    """Return every finding, ordered by kind, then by severity, then by id."""
    found = [finding for rule in RULES for finding in rule(questionnaire, sheet, scorecard)]
    order = {kind: number for number, kind in enumerate(Kind.__args__)}  # type: ignore[attr-defined]
    return tuple(
        sorted(found, key=lambda f: (order[f.kind], -f.severity, f.section, f.question or "", f.source or ""))
    )


def measures_for(questionnaire: Questionnaire, questions: set[str]) -> tuple[str, ...]:
    """Return the measures that move one of these questions."""
    return tuple(m.id for m in questionnaire.measures if any(e.question in questions for e in m.effects))


def capabilities(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the sections that hold questions themselves."""
    return tuple(section.id for section in questionnaire.whole.walk() if section.questions)


def _caps(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    caps = {cap.id: cap for cap in questionnaire.caps}
    for score in _sections(scorecard.overall):
        for limit in score.limited_by:
            if limit.kind != "cap":
                continue
            cap = caps[limit.source]
            yield Finding(
                kind="cap" if limit.applies else "possible_cap",
                section=score.of,
                question=cap.question,
                source=cap.id,
                level=limit.level,
                severity=float(questionnaire.scale.highest - limit.level + len(cap.limits)),
                measures=measures_for(questionnaire, {cap.question}),
            )


def _gaps_and_strengths(
    questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard
) -> Iterator[Finding]:
    for identifier in capabilities(questionnaire):
        score = scorecard.of(identifier)
        if score.worth is None or not score.certain:
            continue
        weight = _influence(scorecard.overall, identifier)
        if score.worth < GAP_WORTH - TOLERANCE:
            weak = {
                part.of
                for part in score.parts
                if part.worth is not None and part.worth < GAP_WORTH - TOLERANCE
            }
            yield Finding(
                kind="gap",
                section=identifier,
                level=score.level,
                severity=(1 - score.worth) * weight,
                measures=measures_for(questionnaire, weak),
            )
        elif score.worth >= STRENGTH_WORTH - TOLERANCE:
            yield Finding(
                kind="strength", section=identifier, level=score.level, severity=score.worth * weight
            )


def _imbalances(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    rated = [
        (part.level, part.of) for part in scorecard.overall.parts if part.level is not None and part.certain
    ]
    if len(rated) > 1:
        (low, weakest), (high, strongest) = min(rated), max(rated)
        if high - low >= IMBALANCE:
            yield Finding(
                kind="imbalance", section=weakest, source=strongest, level=low, severity=float(high - low)
            )


def _blind_spots(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    for identifier in capabilities(questionnaire):
        score = scorecard.of(identifier)
        unknown = [
            question.id
            for question in questionnaire.sections_by_id[identifier].questions
            if (answer := sheet.by_question.get(question.id))
            and answer.state == "unknown"
            and applies(question, questionnaire, sheet) is not False
        ]
        if unknown and score.coverage is not None:
            yield Finding(
                kind="blind_spot",
                section=identifier,
                question=unknown[0],
                severity=(1 - score.coverage) * _influence(scorecard.overall, identifier),
            )


def _unproven(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    ceiling = questionnaire.unproven_counts_as
    for identifier in capabilities(questionnaire) if ceiling is not None else ():
        claimed, confirmed = scorecard.of(identifier), scorecard.confirmed_of(identifier)
        if claimed.worth is None or confirmed.worth is None:
            continue
        gap = (claimed.worth - confirmed.worth) * (len(questionnaire.scale.levels) - 1)
        if gap < UNPROVEN_FROM - TOLERANCE:
            continue
        open_claims = [
            question.id
            for question in questionnaire.sections_by_id[identifier].questions
            if (scorecard.of(question.id).worth or 0) > (scorecard.confirmed_of(question.id).worth or 0)
        ]
        yield Finding(
            kind="unproven",
            section=identifier,
            question=open_claims[0] if open_claims else None,
            level=confirmed.level,
            severity=gap,
        )


def _doubts(questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard) -> Iterator[Finding]:
    for check in questionnaire.checks:
        match check:
            case Contradiction():
                yield from _contradiction(check, questionnaire, sheet, scorecard)
            case StraightLining():
                yield from _straight_lining(check, questionnaire, sheet)
            case AllTop():
                yield from _all_top(check, questionnaire, sheet, scorecard)
            case ManySetAside():
                yield from _many_set_aside(check, questionnaire, sheet)
            case _:
                assert_never(check)


def _contradiction(
    check: Contradiction, questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard
) -> Iterator[Finding]:
    """Yield the doubt when every condition surely holds, whatever is still open turns out to be.

    The questions are those whose answers make it hold, and the key figures: of an `any`, only the parts that do. Severity: the share of the
    whole index that rests on them, and 1 for each that can cap a level.
    """
    if all_hold(check.when, questionnaire, sheet) is not True:
        return
    deciding = {
        question for condition in check.when for question in _deciding(condition, questionnaire, sheet)
    }
    figures = tuple(name for name in questionnaire.figures_by_id if name in deciding)
    concerned = (*(q.id for q in asked(questionnaire, sheet) if q.id in deciding), *figures)
    gates = {cap.question for cap in questionnaire.caps}
    weight = sum(_influence(scorecard.overall, question) + (question in gates) for question in concerned)
    yield _doubt(check, questionnaire, concerned, severity=weight)


def _deciding(condition: Condition, questionnaire: Questionnaire, sheet: AnswerSheet) -> Iterator[str]:
    """Yield the questions that make a condition hold which surely holds."""
    if condition.any is not None:
        true = [part for part in condition.any if holds(part, questionnaire, sheet) is True]
        for part in true or condition.any:
            yield from _deciding(part, questionnaire, sheet)
    elif condition.all is not None:
        for part in condition.all:
            yield from _deciding(part, questionnaire, sheet)
    else:
        yield from condition.deciders()


def _straight_lining(
    check: StraightLining, questionnaire: Questionnaire, sheet: AnswerSheet
) -> Iterator[Finding]:
    """Yield the longest run of one value, if it is long enough; of several that long, the first.

    A run is made of scored questions of one type that follow each other in the order they are asked. An answer that is
    open, not known or not applicable breaks it; a question of weight 0 neither counts nor breaks. Severity: the share of
    the scored questions asked that stand in the run.
    """
    counted = [question for question in asked(questionnaire, sheet) if question.weight]
    longest: list[str] = []
    run: list[str] = []
    before: tuple[object, ...] | None = None
    for question in counted:
        answer = sheet.by_question.get(question.id)
        chosen = None if answer is None or answer.value is None else (question.type, answer.value)
        run = [*run, question.id] if chosen is not None and chosen == before else [question.id]
        before = chosen
        if chosen is not None and len(run) > len(longest):
            longest = run
    if len(longest) >= check.in_a_row:
        yield _doubt(check, questionnaire, longest, severity=len(longest) / len(counted))


def _all_top(
    check: AllTop, questionnaire: Questionnaire, sheet: AnswerSheet, scorecard: Scorecard
) -> Iterator[Finding]:
    """Yield each section whose own scored answers, enough of them, are all at their best and none of them is proven.

    What is open, not known or not applicable there does not count. Severity: the share of the whole index that rests on
    the section.
    """
    concerned = {question.id for question in asked(questionnaire, sheet) if question.weight}
    for identifier in capabilities(questionnaire):
        given = [
            (question, answer, answer.value)
            for question in questionnaire.sections_by_id[identifier].questions
            if question.id in concerned
            and (answer := sheet.by_question.get(question.id)) is not None
            and answer.value is not None
        ]
        if len(given) >= check.from_questions and all(
            question.worth(value) >= 1 - TOLERANCE and answer.evidence not in PROVEN
            for question, answer, value in given
        ):
            weight = _influence(scorecard.overall, identifier)
            yield _doubt(check, questionnaire, [question.id for question, *_ in given], severity=weight)


def _many_set_aside(
    check: ManySetAside, questionnaire: Questionnaire, sheet: AnswerSheet
) -> Iterator[Finding]:
    """Yield the doubt when more than this share of the questions asked is said not to apply. Severity: the share."""
    questions = [question.id for question in asked(questionnaire, sheet)]
    answers = (sheet.by_question.get(question) for question in questions)
    aside = [answer.question for answer in answers if answer and answer.state == "not_applicable"]
    if questions and len(aside) / len(questions) > check.share + TOLERANCE:
        yield _doubt(check, questionnaire, aside, severity=len(aside) / len(questions))


def _doubt(
    check: Check, questionnaire: Questionnaire, questions: Iterable[str], *, severity: float
) -> Finding:
    """Return what a check found; it belongs to the innermost section that contains every question concerned.

    Key figures stand in no section, and do not widen it.
    """
    concerned = tuple(questions)
    ways = [
        questionnaire.path(question)[:-1]
        for question in concerned
        if question in questionnaire.questions_by_id
    ]
    shared = [names[0] for names in zip(*ways, strict=False) if len(set(names)) == 1]
    return Finding(
        kind=check.kind,
        section=shared[-1] if shared else questionnaire.id,
        questions=concerned,
        source=check.id,
        severity=severity,
    )


RULES: tuple[Callable[[Questionnaire, AnswerSheet, Scorecard], Iterator[Finding]], ...] = (
    _caps,
    _gaps_and_strengths,
    _imbalances,
    _blind_spots,
    _unproven,
    _doubts,
)


def _sections(score: Score) -> Iterator[Score]:
    yield score
    for part in score.parts:
        if part.parts or part.limited_by:
            yield from _sections(part)


def _influence(score: Score, identifier: str) -> float:
    """Return the weight of a section in the whole, 0 to 1."""
    if score.of == identifier:
        return 1.0
    total = sum(part.weight for part in score.parts if part.coverage is not None)
    for part in score.parts:
        if part.find(identifier) is not None and total:
            return part.weight / total * _influence(part, identifier)
    return 0.0
