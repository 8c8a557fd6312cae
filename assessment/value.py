"""What a transformation may be worth: six benefits against what it costs, in three cases, every assumption said.

The order of the work is that of a transformation, so that nothing is counted twice: contacts that no longer arise, contacts
solved without a person, then handling time of what remains; last people and space. A benefit whose figures are missing is
not worked out, and what it would have taken away from the contacts is not taken away either. Freed time counts as money only
as far as it can be cashed in. Open legal conditions are never multiplied with a fine. The formulae are the toolkit's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import Literal, get_args

from assessment.answers import AnswerSheet, all_hold
from assessment.questionnaire import KeyFigure, Questionnaire, Span, ValueInput, ValueRole
from assessment.values import TOLERANCE, Id, Model

Case = Literal["cautious", "expected", "hopeful"]
CASES: tuple[Case, ...] = get_args(Case)

Kind = Literal["avoided", "self-service", "assisted", "at-home", "attrition", "space"]
"""The benefits, in the order in which they are worked out."""

Origin = Literal["given", "key_figure", "example", "plan"]

YEARS: tuple[ValueRole, ...] = ("effect-in-year-1", "effect-in-year-2", "effect-in-year-3")
SECONDS_AN_HOUR = 3600


class Amount(Model):
    """One amount in three cases, which are no limits of what can happen."""

    cautious: float
    expected: float
    hopeful: float


class Used(Model):
    """A number that the model counted with."""

    role: ValueRole
    span: Span
    """In the unit of its input."""
    origin: Origin
    crossed: bool = False
    """The ends that were given do not lie on both sides of the expected number, which stands in for them."""


class Benefit(Model):
    """One benefit, in full effect, a year."""

    kind: Kind
    amount: Amount | None
    missing: tuple[ValueRole, ...] = ()
    """The figures for want of which it is not worked out."""


class Value(Model):
    """What the model says, in the currency of the profile."""

    currency: Id | None
    """The chosen option of the profile field; None while none is chosen."""
    used: tuple[Used, ...]
    benefits: tuple[Benefit, ...]
    total: Amount | None
    """Of the benefits that could be worked out, in full effect, a year."""
    one_off: Amount | None
    yearly: Amount | None
    missing: tuple[ValueRole, ...]
    """The figures for want of which cost or years are not worked out."""
    net: tuple[Amount, ...]
    """Benefits less yearly cost in the first, second and third year, as far as they have taken effect; empty if not known."""
    after_three_years: Amount | None
    """The three years together, less what it costs once."""
    payback: float | None
    """Years of full effect until the one-off cost is back, in the expected case; None if it never is, or is not known."""

    @property
    def known(self) -> bool:
        """Whether any benefit could be worked out."""
        return self.total is not None

    @property
    def begun(self) -> bool:
        """Whether anybody gave a number for it."""
        return any(each.origin == "given" for each in self.used)


class _Outcome(Model):
    """One case worked out; None where figures are missing."""

    benefits: dict[Kind, float | None]
    one_off: float | None
    yearly: float | None
    net: tuple[float, ...]


def value(
    questionnaire: Questionnaire, sheet: AnswerSheet, *, days_of_work: Span | None = None
) -> Value | None:
    """Work the value model out with the figures of this sheet; None if the questionnaire has no value model.

    Args:
        questionnaire: says what is counted with, and the examples.
        sheet: with the figures given, in the units of the inputs.
        days_of_work: person-days of the plan, which count unless the sheet has its own.
    """
    if not questionnaire.value_inputs or questionnaire.key_figures is None:
        return None
    used = tuple(_used(questionnaire, sheet, days_of_work))
    inputs = questionnaire.value_inputs
    spans = {each.role: _in_ones(inputs[each.role], each.span) for each in used}
    cases = {
        case: _worked_out({role: _in(inputs[role], span, case) for role, span in spans.items()})
        for case in CASES
    }
    model = questionnaire.key_figures.value
    currency = sheet.profile.get(model.currency) if model else None
    expected = cases["expected"]
    total = _amount(_total(case) for case in cases.values())
    return Value(
        currency=currency if isinstance(currency, str) else None,
        used=used,
        benefits=tuple(
            Benefit(
                kind=kind,
                amount=_amount(case.benefits[kind] for case in cases.values()),
                missing=tuple(role for role in NEEDS[kind] if role not in spans),
            )
            for kind in NEEDS
        ),
        total=total,
        one_off=_amount(case.one_off for case in cases.values()),
        yearly=_amount(case.yearly for case in cases.values()),
        missing=tuple(role for role in (*ONE_OFF, *YEARLY, *YEARS) if role not in spans),
        net=tuple(
            amount
            for year in range(len(expected.net))
            if (amount := _amount(case.net[year] for case in cases.values())) is not None
        ),
        after_three_years=_amount(_after(case) for case in cases.values()),
        payback=_payback(expected),
    )


def figures_asked(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[KeyFigure, ...]:
    """Return the key figures that concern this organisation as its profile stands."""
    figures = questionnaire.key_figures.figures if questionnaire.key_figures else ()
    return tuple(
        figure for figure in figures if all_hold(figure.applies_if, questionnaire, sheet) is not False
    )


# ── the formulae ─────────────────────────────────────────────────────────────────────────────────────────────────────

NEEDS: dict[Kind, tuple[ValueRole, ...]] = {
    "avoided": ("contacts", "service-cost", "variable-share", "avoidable-share", "removed-share"),
    "self-service": (
        "contacts",
        "service-cost",
        "variable-share",
        "suitable-share",
        "used-share",
        "resolved-share",
        "automated-cost",
    ),
    "assisted": (
        "contacts",
        "assisted-share",
        "seconds-saved",
        "full-time-cost",
        "productive-hours",
        "cashable-share",
    ),
    "at-home": ("full-time-at-home", "full-time-cost", "home-productivity", "cashable-share"),
    "attrition": ("headcount", "attrition", "attrition-avoided", "replacement-cost"),
    "space": ("desks", "most-on-site", "desk-buffer", "desk-cost", "space-cashable-share"),
}
"""What each benefit is worked out from."""

ONE_OFF: tuple[ValueRole, ...] = ("days-of-work", "day-rate", "external-cost")
YEARLY: tuple[ValueRole, ...] = (
    "licences",
    "people-at-home",
    "home-days",
    "home-allowance",
    "engineers",
    "full-time-cost",
)

Numbers = Mapping[ValueRole, float]
"""Amounts as they are, shares from 0 to 1."""


def _worked_out(n: Numbers) -> _Outcome:
    benefits: dict[Kind, float | None] = dict.fromkeys(NEEDS)
    remaining = n.get("contacts", 0.0)
    """Contacts that a person still handles."""
    if _has(n, NEEDS["avoided"]):
        gone = n["contacts"] * n["avoidable-share"] * n["removed-share"]
        benefits["avoided"] = gone * _variable_cost(n)
        remaining -= gone
    if _has(n, NEEDS["self-service"]):
        attempts = n["contacts"] * n["suitable-share"] * n["used-share"]
        solved = attempts * n["resolved-share"]
        benefits["self-service"] = solved * _variable_cost(n) - attempts * n["automated-cost"]
        remaining -= solved
    if _has(n, NEEDS["assisted"]) and n["productive-hours"]:
        hours = remaining * n["assisted-share"] * n["seconds-saved"] / SECONDS_AN_HOUR
        benefits["assisted"] = hours * n["full-time-cost"] / n["productive-hours"] * n["cashable-share"]
    if _has(n, NEEDS["at-home"]):
        gained = n["full-time-at-home"] * n["home-productivity"]
        benefits["at-home"] = gained * n["full-time-cost"] * n["cashable-share"]
    if _has(n, NEEDS["attrition"]):
        staying = n["headcount"] * n["attrition"] * n["attrition-avoided"]
        benefits["attrition"] = staying * n["replacement-cost"]
    if _has(n, NEEDS["space"]):
        needed = ceil(n["most-on-site"] * (1 + n["desk-buffer"]) - TOLERANCE)
        benefits["space"] = (n["desks"] - needed) * n["desk-cost"] * n["space-cashable-share"]
    one_off = n["days-of-work"] * n["day-rate"] + n["external-cost"] if _has(n, ONE_OFF) else None
    yearly = (
        n["licences"]
        + n["people-at-home"] * n["home-days"] * n["home-allowance"]
        + n["engineers"] * n["full-time-cost"]
        if _has(n, YEARLY)
        else None
    )
    found = [amount for amount in benefits.values() if amount is not None]
    net: tuple[float, ...] = ()
    if found and yearly is not None and _has(n, YEARS):
        net = tuple(n[year] * sum(found) - yearly for year in YEARS)
    return _Outcome(benefits=benefits, one_off=one_off, yearly=yearly, net=net)


def _variable_cost(n: Numbers) -> float:
    """Return what one contact less really saves."""
    return n["service-cost"] / n["contacts"] * n["variable-share"] if n["contacts"] else 0.0


def _has(n: Numbers, roles: Iterable[ValueRole]) -> bool:
    return all(role in n for role in roles)


def _total(case: _Outcome) -> float | None:
    found = [amount for amount in case.benefits.values() if amount is not None]
    return sum(found) if found else None


def _after(case: _Outcome) -> float | None:
    return sum(case.net) - case.one_off if case.net and case.one_off is not None else None


def _payback(case: _Outcome) -> float | None:
    total = _total(case)
    if total is None or case.one_off is None or case.yearly is None or total - case.yearly <= TOLERANCE:
        return None
    return case.one_off / (total - case.yearly)


# ── the figures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _used(questionnaire: Questionnaire, sheet: AnswerSheet, days_of_work: Span | None) -> Iterator[Used]:
    """Yield what is counted with: the organisation's own number, its key figure, the plan's effort, or the example.

    Ends without an expected number go around what would count otherwise; a fact with both of its ends counts with their
    middle.
    """
    for each in questionnaire.value_inputs.values():
        own = _number(sheet, each.key())
        if own is not None:
            yield Used(
                role=each.id,
                span=_around(each, own, sheet),
                origin="given",
                crossed=crossed(each, own, sheet),
            )
            continue
        found = _otherwise(each, questionnaire, sheet, days_of_work)
        low, high = _number(sheet, each.key("low")), _number(sheet, each.key("high"))
        if found is not None and low is None and high is None:
            yield found
        elif found is not None:
            base = found.span.base
            ends = _around(each, base, sheet)
            span = Span(
                low=ends.low if low is not None else found.span.low,
                base=base,
                high=ends.high if high is not None else found.span.high,
            )
            yield Used(role=each.id, span=span, origin=found.origin, crossed=crossed(each, base, sheet))
        elif low is not None and high is not None:
            low, high = sorted((low, high))
            yield Used(role=each.id, span=Span(low=low, base=(low + high) / 2, high=high), origin="given")


def _otherwise(
    each: ValueInput, questionnaire: Questionnaire, sheet: AnswerSheet, days_of_work: Span | None
) -> Used | None:
    """Return what counts where no number is given: the key figure, the plan's effort, the example; None for a fact."""
    figure = _number(sheet, each.figure) if each.figure else None
    if (
        figure is not None
        and all_hold(questionnaire.figure_conditions[each.figure or ""], questionnaire, sheet) is not False
    ):
        return Used(role=each.id, span=_around(each, figure, sheet), origin="key_figure")
    if each.id == "days-of-work" and days_of_work is not None:
        return Used(role=each.id, span=days_of_work, origin="plan")
    return Used(role=each.id, span=each.example, origin="example") if each.example is not None else None


def _number(sheet: AnswerSheet, key: str) -> float | None:
    answer = sheet.by_question.get(key)
    found = answer.value if answer is not None else None
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None


def _around(each: ValueInput, base: float, sheet: AnswerSheet) -> Span:
    """Return the span around an expected number: its own ends, else as wide as the example's; a fact is as it is."""
    low, high = _number(sheet, each.key("low")), _number(sheet, each.key("high"))
    if each.example is not None:
        low = base - (each.example.base - each.example.low) if low is None else low
        high = base + (each.example.high - each.example.base) if high is None else high
    low = base if low is None else max(low, each.low)
    high = base if high is None else min(high, each.high)
    return Span(low=min(low, base), base=base, high=max(high, base))


def crossed(each: ValueInput, base: float, sheet: AnswerSheet) -> bool:
    """Say whether an end that was given lies on the wrong side of the expected number."""
    low, high = _number(sheet, each.key("low")), _number(sheet, each.key("high"))
    return (low is not None and low > base) or (high is not None and high < base)


def _in_ones(each: ValueInput, span: Span) -> Span:
    """Return the span with shares from 0 to 1."""
    if each.unit != "percent":
        return span
    return Span(low=span.low / 100, base=span.base / 100, high=span.high / 100)


def _in(each: ValueInput, span: Span, case: Case) -> float:
    if case == "expected":
        return span.base
    return span.low if (each.cautious == "low") == (case == "cautious") else span.high


def _amount(cases: Iterable[float | None]) -> Amount | None:
    found = dict(zip(CASES, cases, strict=True))
    known = {case: amount for case, amount in found.items() if amount is not None}
    return Amount(**known) if len(known) == len(CASES) else None
