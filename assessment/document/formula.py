"""The index of a section worked out in figures: its terms, what was left out and why, and a formula that really adds up."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never

from assessment.charts import is_code
from assessment.charts.axes import digits_of
from assessment.document.blocks import Column, Table, cell
from assessment.document.saying import number
from assessment.document.telling import Teller
from assessment.explanation import Explanation, Part
from assessment.i18n import MISSING, N_, Catalogue
from assessment.questionnaire import Method
from assessment.questions import TextQuestion
from assessment.scoring import Score
from assessment.values import TOLERANCE, round_half_up

MADE_OF: dict[Method, str] = {
    "mean": N_("The index is the weighted mean of these"),
    "mean_of_leaves": N_("The index is the weighted mean of all questions below"),
    "sum": N_("The index is the weighted sum of these"),
    "min": N_("The index is that of the weakest of these"),
    "staged": N_("The index follows the stage that is reached"),
}
TERMS = 12
"""So many terms stand in a formula; the others are added up to one."""
MORE_DECIMALS = 4
"""So many decimals a term gets at most beyond those of the index, until the figures as printed give the index as printed."""


class Term(NamedTuple):
    """What a part gives to the index."""

    of: str
    weight: float
    value: float


def terms_of(explanation: Explanation) -> tuple[Term, ...]:
    """Return the parts that count, in their order."""
    return tuple(
        Term(part.of, part.weight, part.value)
        for part in explanation.parts
        if not part.left_out and part.value is not None
    )


def not_answered(explanation: Explanation) -> float:
    """Return what a sum counts for parts that nobody answered: as little as they can give, often nothing."""
    if explanation.method != "sum" or explanation.value is None:
        return 0.0
    rest = explanation.value - sum(term.weight * term.value for term in terms_of(explanation))
    return rest if abs(rest) > TOLERANCE else 0.0


def weight_said(weight: float, c: Catalogue) -> str:
    """Return a weight with one decimal, or with as many as it has."""
    return (
        c.number(weight, 1) if abs(weight * 10 - round(weight * 10)) < TOLERANCE * 10 else number(weight, c)
    )


def name_of(tell: Teller, identifier: str) -> str:
    """Return a section's title or a question's wording, with its code if it has one that people know."""
    known = tell.questionnaire.questions_by_id
    name = tell.question(identifier) if identifier in known else tell.section(identifier)
    return f"{name} ({identifier.upper()})" if is_code(identifier) else name


# ── the formula ──────────────────────────────────────────────────────────────────────────────────────────────────────


def worked_out(tell: Teller, explanation: Explanation) -> str:
    """Return the index worked out: the figures in it, as they stand there, give the figure it ends with."""
    c, score = tell.c, tell.report.scorecard.of(explanation.of)
    terms, value = terms_of(explanation), explanation.value
    if value is None or not terms:
        return c.t("Nothing in this section counts towards an index yet.")
    match explanation.method:
        case "mean" | "mean_of_leaves":
            return _mean(tell, score, terms, value)
        case "sum":
            return _sum(tell, score, terms, value, rest=not_answered(explanation))
        case "min":
            return _min(tell, score, terms, value)
        case "staged":
            return _staged(tell, explanation, score, value)
        case _:
            assert_never(explanation.method)


class _Attempt(NamedTuple):
    """A formula with so many decimals, and the result that its printed figures give."""

    said: str
    gives: float


def _fitting(tell: Teller, score: Score, value: float, attempts: Iterator[_Attempt]) -> str:
    """Return the first attempt whose printed figures give the index as it is printed; else the last one, as roughly so."""
    digits, last = digits_of(score.bottom, score.top), ""
    for attempt in attempts:
        last = attempt.said
        if round_half_up(attempt.gives, digits) == round_half_up(value, digits):
            return f"{last} = {tell.point(score, value)}"
    return f"{last} ≈ {tell.point(score, value)}"


def _decimals(score: Score) -> range:
    fewest = digits_of(score.bottom, score.top)
    return range(fewest, fewest + MORE_DECIMALS + 1)


def _mean(tell: Teller, score: Score, terms: Sequence[Term], value: float) -> str:
    weight = sum(term.weight for term in terms)
    divisor = number(weight, tell.c)

    def attempts() -> Iterator[_Attempt]:
        for digits in _decimals(score):
            added = _added(tell.c, terms, digits)
            above = f"({added.said})" if len(terms) > 1 or terms[0].weight != 1 else added.said
            yield _Attempt(f"{above} ÷ {divisor}", added.gives / weight)

    return _fitting(tell, score, value, attempts())


def _sum(tell: Teller, score: Score, terms: Sequence[Term], value: float, *, rest: float) -> str:
    c = tell.c

    def attempts() -> Iterator[_Attempt]:
        for digits in _decimals(score):
            added = _added(c, terms, digits)
            if not rest:
                yield added
                continue
            least = c.t("{points} for what is not answered", points=_figure(c, rest, digits))
            yield _Attempt(f"{added.said} + {least}", added.gives + round_half_up(rest, digits))

    return _fitting(tell, score, value, attempts())


def _added(c: Catalogue, terms: Sequence[Term], digits: int) -> _Attempt:
    shown = terms if len(terms) <= TERMS else terms[: TERMS - 1]
    said = [
        _figure(c, term.value, digits)
        if term.weight == 1
        else f"{number(term.weight, c)} × {_figure(c, term.value, digits)}"
        for term in shown
    ]
    gives = sum(term.weight * round_half_up(term.value, digits) for term in shown)
    others = terms[len(shown) :]
    if others:
        rest = sum(term.weight * term.value for term in others)
        gives += round_half_up(rest, digits)
        points = _figure(c, rest, digits)
        said.append(c.n("{points} from one more", "{points} from {count} more", len(others), points=points))
    return _Attempt(" + ".join(said), gives)


def _min(tell: Teller, score: Score, terms: Sequence[Term], value: float) -> str:
    c = tell.c
    lowest = [name_of(tell, term.of) for term in terms if term.value <= value + TOLERANCE]
    named = tell.some(c.t("“{name}”", name=name) for name in lowest)
    if len(terms) > TERMS:
        return c.t(
            "The lowest of {count} figures is {value}: {parts}.",
            count=len(terms),
            value=tell.point(score, value),
            parts=named,
        )
    return c.t(
        "The lowest of {figures} is {value}: {parts}.",
        figures=" · ".join(tell.points(score, term.value) for term in terms),
        value=tell.point(score, value),
        parts=named,
    )


def _staged(tell: Teller, explanation: Explanation, score: Score, value: float) -> str:
    """Return how far the next stage takes the index beyond the one that is reached."""
    c, scale, gate = tell.c, tell.questionnaire.scale, explanation.gate

    def at(level: int) -> float:
        return score.bottom + scale.worth_of_level(level) * (score.top - score.bottom)

    if gate is None or gate.kind != "stage":
        if value >= at(scale.highest) - TOLERANCE:
            return c.t("Every question of every level is reached: {value}.", value=tell.point(score, value))
        return c.t("Index: {value}", value=tell.point(score, value))
    begin, end = at(gate.level - 1), at(gate.level)
    if abs(begin + (end - begin) * gate.share - value) > TOLERANCE:
        return c.t("Index: {value}", value=tell.point(score, value))

    def attempts() -> Iterator[_Attempt]:
        for digits in _decimals(score):
            low, high = round_half_up(begin, digits), round_half_up(end, digits)
            # a share takes part as a number, not in whole percent, so that the product is the printed one
            share = round_half_up(gate.share, digits + 2)
            printed = number(gate.share, c, most=digits + 2)
            way = f"{_figure(c, begin, digits)} + ({_figure(c, end, digits)} − {_figure(c, begin, digits)}) × {printed}"
            yield _Attempt(way, low + (high - low) * share)

    return c.t(
        "Of level {level}, {share} of the weight is reached: {formula}",
        level=gate.level,
        share=c.percent(gate.share),
        formula=_fitting(tell, score, value, attempts()),
    )


def _figure(c: Catalogue, value: float, digits: int) -> str:
    """Return a figure as it stands in a formula, one below zero in brackets."""
    said = c.number(value, digits)
    return f"({said})" if round_half_up(value, digits) < 0 else said


def other_way(tell: Teller, explanation: Explanation) -> str:
    """Return what the other way of averaging would give, where it differs noticeably; else nothing."""
    c, other = tell.c, explanation.other_mean
    if other is None:
        return ""
    value = tell.point(tell.report.scorecard.of(explanation.of), other.value)
    if other.method == "mean_of_leaves":
        return c.t(
            "Averaged over all questions instead of the parts, the index would be {value}.", value=value
        )
    return c.t("Averaged over the parts instead of all questions, the index would be {value}.", value=value)


# ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def parts(tell: Teller, explanation: Explanation) -> Table:
    """Return the parts of an index as a table: what was answered, what it is worth here, or why it is left out."""
    c, staged = tell.c, explanation.method == "staged"
    known = tell.questionnaire.questions_by_id
    asked = any(part.of in known for part in explanation.parts)
    remarks = [remark(tell, explanation, part) for part in explanation.parts]
    columns = [Column(head=c.t("Part"), width=3.4)]
    columns += [Column(head=c.t("Answer"), width=1.6)] if asked else []
    columns += [
        Column(head=c.t("Belongs to level") if staged else c.t("Value"), width=1, align="right"),
        Column(head=c.t("Weight"), width=0.9, align="right"),
    ]
    columns += [Column(head=c.t("Remark"), width=2)] if any(remarks) else []
    return Table(
        summary=c.t("What the index is made of"),
        columns=tuple(columns),
        rows=tuple(
            (
                cell(name_of(tell, part.of)),
                *([cell(answer_said(tell, part))] if asked else []),
                cell(_stage(tell, part) if staged else _value(tell, explanation, part)),
                cell(weight_said(part.weight, c)),
                *([cell(said)] if any(remarks) else []),
            )
            for part, said in zip(explanation.parts, remarks, strict=True)
        ),
    )


def answer_said(tell: Teller, part: Part) -> str:
    """Return a question's answer in short where it was given and applies; else a dash."""
    question = tell.questionnaire.questions_by_id.get(part.of)
    answer = tell.report.sheet.by_question.get(part.of)
    if question is None or answer is None or answer.value is None or part.left_out not in ("", "no weight"):
        return MISSING
    if isinstance(question, TextQuestion):
        return tell.c.t("answered in words")
    return tell.answer(part.of, answer.value, inside=True).short


def remark(tell: Teller, explanation: Explanation, part: Part) -> str:
    """Return why a part is left out, or what is special about the way it counts; mostly nothing."""
    c, answer = tell.c, tell.report.sheet.by_question.get(part.of)
    match part.left_out:
        case "no weight":
            if any(cap.question == part.of for cap in tell.questionnaire.caps):
                return c.t("asked for its condition, without weight in the index")
            return c.t("without weight in the index")
        case "not applicable":
            if answer is not None and answer.state == "not_applicable":
                return c.t("does not apply: {reason}", reason=" ".join(answer.reason.split()))
            return c.t("does not apply")
        case "not known":
            return c.t("not known; not reached") if explanation.method == "staged" else c.t("not known")
        case "open":
            return c.t("open; not reached") if explanation.method == "staged" else c.t("open")
        case "":
            return _counted(tell, explanation, part)
        case _:
            assert_never(part.left_out)


def _counted(tell: Teller, explanation: Explanation, part: Part) -> str:
    c, score = tell.c, tell.report.scorecard.of(part.of)
    question = part.of in tell.questionnaire.questions_by_id
    if explanation.method == "staged":
        worth = score.worth
        reached = worth is not None and worth >= tell.questionnaire.staged_threshold - TOLERANCE
        return c.t("reached") if reached else c.t("not reached")
    if question and score.worth is None:
        return c.t("not answered; counts as worst")
    return ""


def _stage(tell: Teller, part: Part) -> str:
    stage = tell.questionnaire.stage_of.get(part.of)
    return MISSING if stage is None else tell.c.number(stage, 0)


def _value(tell: Teller, explanation: Explanation, part: Part) -> str:
    if part.left_out:
        return MISSING
    return tell.points(tell.report.scorecard.of(explanation.of), part.value)
