"""What it may be worth: benefits against cost in three cases, every assumption with where it comes from; and the key figures."""

from collections.abc import Iterator

from assessment.document.blocks import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Table,
    cell,
)
from assessment.document.telling import VALUE, Teller
from assessment.i18n import MISSING, N_
from assessment.questionnaire import KeyFigure, Unit, ValueRole
from assessment.value import Amount, Kind, Origin, Used, Value, figures_asked
from assessment.values import round_half_up

KIND: dict[Kind, str] = {
    "avoided": N_("Contacts that no longer arise"),
    "self-service": N_("Contacts solved without a person"),
    "assisted": N_("Shorter handling with assistance"),
    "at-home": N_("Working at home"),
    "attrition": N_("Fewer people leaving"),
    "space": N_("Less office space"),
}
ORIGIN: dict[Origin, str] = {
    "given": N_("yours"),
    "key_figure": N_("your key figure"),
    "example": N_("example"),
    "plan": N_("from the roadmap"),
}
THOUSAND = 1000

HALF_YEAR = 6


def value(tell: Teller) -> Iterator[Block]:
    """Yield the chapter on value and figures; nothing where no figure was given."""
    worth = tell.report.value
    figures = _figures(tell)
    begun = worth is not None and worth.begun
    if not begun and not figures:
        return
    c = tell.c
    title = _claim(tell, worth) if worth is not None and begun else c.t("Your key figures")
    yield Heading(
        level=1, text=title, anchor=VALUE, eyebrow=c.t("Value and figures"), short=c.t("Value and figures")
    )
    if worth is not None and worth.known:
        yield from worth_of(tell, worth)
    elif worth is not None and begun:
        yield from _missing(tell, worth)
    yield from figures
    yield PageBreak()


def _claim(tell: Teller, worth: Value) -> str:
    """Return what the model says in one sentence."""
    c = tell.c
    if worth.total is None:
        return c.t("The figures do not yet say what it may be worth")
    if worth.after_three_years is None:
        done = sum(each.amount is not None for each in worth.benefits)
        return c.t(
            "In full effect it may be worth {amount} a year before cost; {part} of {whole} benefits are worked out",
            amount=money(tell, worth.total.expected),
            part=done,
            whole=len(worth.benefits),
        )
    if worth.payback is None:
        return c.t("As things stand it does not pay back")
    if worth.after_three_years.expected < 0:
        return c.t("In the expected case it is not earned back within three years")
    return c.t("In the expected case it is earned back within three years")


def worth_of(tell: Teller, worth: Value) -> Iterator[Block]:
    """Yield the value model: benefits, years, what is missing, and every number that it counted with."""
    c = tell.c
    yield Paragraph(
        text=c.t(
            "Three cases: in the cautious one every number stands at the end that usually makes the result smaller, in the "
            "hopeful one at the other. They are no limits of what can happen. Amounts are rounded to thousands."
        ),
        style="lede",
    )
    yield Table(
        summary=c.t("What it may be worth a year in full effect, in three cases"),
        columns=_cases(tell, c.t("Benefit a year, in full effect")),
        rows=(
            *(
                (cell(c.t(KIND[each.kind]), "strong"), *_amounts(tell, each.amount))
                for each in worth.benefits
                if each.amount is not None
            ),
            (cell(c.t("Together"), "strong"), *_amounts(tell, worth.total)),
        ),
    )
    yield Table(
        summary=c.t("What it costs, and what is left of the benefit in the first three years"),
        columns=_cases(tell, c.t("Cost and years")),
        rows=tuple(_years(tell, worth)),
    )
    if worth.payback is not None and worth.after_three_years is not None:
        yield Paragraph(
            text=c.t(
                "In the expected case: at full effect the cost once would be back after {years} years; as the effect grows "
                "step by step, {amount} are left after three years.",
                years=c.number(worth.payback, 1),
                amount=money(tell, worth.after_three_years.expected),
            )
        )
    yield from _along(tell)
    if worth.total is not None and worth.total.hopeful < worth.total.cautious:
        yield Callout(
            tone="warning",
            title=c.t("The hopeful case is below the cautious one"),
            lines=(
                Line(
                    text=c.t(
                        "Some number pulls the other way than usual here, for example an attempt in self-service that costs more "
                        "than a solved contact saves, or fewer desks than people on site. Look at the benefits one by one."
                    )
                ),
            ),
        )
    yield from _missing(tell, worth)
    yield Callout(
        tone="note",
        title=c.t("What this does not say"),
        lines=(
            Line(text=c.t("Freed time is money only if hiring, overtime or outsourcing falls.")),
            Line(
                text=c.t(
                    "Open legal conditions are never turned into an amount: no fine times a probability."
                )
            ),
            Line(text=c.t("What is marked as an example is a placeholder and no benchmark.")),
        ),
    )
    yield Heading(level=2, text=c.t("Every number that the value model counted with"))
    yield Table(
        summary=c.t("Assumptions with their span, where they come from and what to mind"),
        columns=(
            Column(head=c.t("Number"), width=2.4),
            Column(head=c.t("Low"), width=1.3, align="right"),
            Column(head=c.t("Expected"), width=1.3, align="right"),
            Column(head=c.t("High"), width=1.3, align="right"),
            Column(head=c.t("Where from"), width=1.1),
            Column(head=c.t("To mind"), width=3.4),
        ),
        rows=tuple(_assumption(tell, each) for each in worth.used),
    )


def _along(tell: Teller) -> Iterator[Block]:
    """Yield what is spent and brought along the plan, every half-year and at its end."""
    c, balances = tell.c, tell.report.balances
    shown = [each for each in balances if each.month % HALF_YEAR == 0 or each.month == len(balances)]
    if not shown:
        return
    yield Heading(level=2, text=c.t("Along the plan"))
    yield Table(
        summary=c.t("What is brought less what is spent along the plan, in three cases"),
        columns=_cases(tell, c.t("Brought less spent by then")),
        rows=tuple(
            (
                cell(
                    c.t(
                        "{month}: {share} of the plan’s gain in place",
                        month=tell.month(each.month - 1),
                        share=c.percent(each.in_place),
                    ),
                    "strong",
                ),
                *_amounts(tell, each.left),
            )
            for each in shown
        ),
    )
    yield Paragraph(
        text=c.t(
            "By convention the cost once follows the work of the plan, the cost a year runs from the first month in which "
            "something is in place, and the benefit comes as far as the plan’s gain in the index has come."
        ),
        style="caption",
    )


def _cases(tell: Teller, head: str) -> tuple[Column, ...]:
    c = tell.c
    return (
        Column(head=head, width=3),
        Column(head=c.t("Cautious"), width=1.2, align="right"),
        Column(head=c.t("Expected"), width=1.2, align="right"),
        Column(head=c.t("Hopeful"), width=1.2, align="right"),
    )


def _amounts(tell: Teller, amount: Amount | None) -> tuple[Cell, Cell, Cell]:
    if amount is None:
        return cell(MISSING), cell(MISSING), cell(MISSING)
    return (
        cell(money(tell, amount.cautious)),
        cell(money(tell, amount.expected), "strong"),
        cell(money(tell, amount.hopeful)),
    )


def _years(tell: Teller, worth: Value) -> Iterator[tuple[Cell, ...]]:
    c = tell.c
    yield cell(c.t("Cost once"), "strong"), *_amounts(tell, worth.one_off)
    yield cell(c.t("Cost a year"), "strong"), *_amounts(tell, worth.yearly)
    for number, amount in enumerate(worth.net, start=1):
        yield cell(c.t("Left in year {year}", year=number), "strong"), *_amounts(tell, amount)
    if worth.after_three_years is not None:
        yield (
            cell(c.t("After three years, less the cost once"), "strong"),
            *_amounts(tell, worth.after_three_years),
        )


def _missing(tell: Teller, worth: Value) -> Iterator[Block]:
    c = tell.c
    lines = [
        Line(
            text=c.t(
                "{benefit}: {figures}",
                benefit=c.t(KIND[each.kind]),
                figures=c.join(_name(tell, role) for role in each.missing),
            )
        )
        for each in worth.benefits
        if each.missing
    ]
    if worth.missing:
        figures = c.join(_name(tell, role) for role in worth.missing)
        lines.append(Line(text=c.t("{benefit}: {figures}", benefit=c.t("Cost and years"), figures=figures)))
    if lines:
        yield Heading(level=2, text=c.t("What could not be worked out, and the figures it takes"))
        yield Bullets(items=tuple(lines))


def _name(tell: Teller, role: ValueRole) -> str:
    return tell.say(tell.questionnaire.value_inputs[role].label)


def _assumption(tell: Teller, used: Used) -> tuple[Cell, ...]:
    c, each = tell.c, tell.questionnaire.value_inputs[used.role]
    low, base, high = (
        cell(figure_said(tell, end, each.unit)) for end in (used.span.low, used.span.base, used.span.high)
    )
    return (
        cell(tell.say(each.label), "strong"),
        low,
        base,
        high,
        cell(c.t(ORIGIN[used.origin]))
        + (cell(c.t("ends crossed: expected counts"), "muted") if used.crossed else ()),
        cell(tell.say(each.note), "muted") + _comment(tell, each.key()),
    )


def _comment(tell: Teller, key: str) -> Cell:
    """Return what somebody wrote beside a number."""
    answer = tell.report.sheet.by_question.get(key)
    return cell(answer.comment.strip()) if answer is not None and answer.comment.strip() else ()


# ── key figures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _figures(tell: Teller) -> tuple[Block, ...]:
    """Return the key figures that were given, with their definitions and the reference points that may stand beside them."""
    c = tell.c
    answers = tell.report.sheet.by_question
    given = [
        (figure, answer.value)
        for figure in figures_asked(tell.questionnaire, tell.report.sheet)
        if (answer := answers.get(figure.id)) is not None and isinstance(answer.value, (int, float))
    ]
    if not given:
        return ()
    return (
        Heading(level=2, text=c.t("Key figures")),
        Table(
            summary=c.t("Key figures as given, how each is worked out and what to mind"),
            columns=(
                Column(head=c.t("Key figure"), width=2.2),
                Column(head=c.t("Yours"), width=1, align="right"),
                Column(head=c.t("Formula"), width=3),
                Column(head=c.t("To mind"), width=3.4),
            ),
            rows=tuple(_figure(tell, figure, number) for figure, number in given),
        ),
    )


def _figure(tell: Teller, figure: KeyFigure, number: float) -> tuple[Cell, ...]:
    c = tell.c
    markers = tuple(
        Line(
            text=c.t(
                "For comparison: {value} ({organisation}, {year})",
                value=figure_said(tell, point.marker.value, figure.unit),
                organisation=point.organisation,
                year=point.year,
            ),
            tone="muted",
        )
        for point in tell.questionnaire.reference_points
        if "marker" in point.use and point.marker is not None and point.marker.figure == figure.id
    )
    return (
        cell(tell.say(figure.label), "strong"),
        cell(figure_said(tell, number, figure.unit)),
        cell(tell.say(figure.formula)),
        cell(tell.say(figure.watch_out), "muted") + markers + _comment(tell, figure.id),
    )


# ── how figures are said ─────────────────────────────────────────────────────────────────────────────────────────────


def money(tell: Teller, amount: float) -> str:
    """Return an amount rounded to thousands, with the currency of the profile."""
    rounded = round_half_up(amount / THOUSAND, 0) * THOUSAND
    return _with_currency(tell, tell.c.number(rounded, 0))


def figure_said(tell: Teller, number: float, unit: Unit) -> str:
    """Return a figure as given, with its unit."""
    c = tell.c
    shown = c.number(number, _decimals(number))
    match unit:
        case "percent":
            return c.t("{number}%", number=shown)
        case "money":
            return _with_currency(tell, shown)
        case "seconds":
            return c.t("{number} s", number=shown)
        case "hours":
            return c.t("{number} h", number=shown)
        case "days":
            whole = float(number).is_integer()
            return (
                c.n("{count} day", "{count} days", int(number))
                if whole
                else c.t("{number} days", number=shown)
            )
        case "count" | "points":
            return shown


def _decimals(number: float) -> int:
    """Return how many decimals a figure needs, two at most."""
    return next((digits for digits in (0, 1) if abs(round(number, digits) - number) < 1e-9), 2)


def _with_currency(tell: Teller, shown: str) -> str:
    known = tell.questionnaire.key_figures
    field = known.value.currency if known and known.value else None
    chosen = tell.report.sheet.profile.get(field or "")
    labels = {
        option.id: option.label
        for each in tell.questionnaire.profile
        if each.id == field
        for option in each.options
    }
    if not isinstance(chosen, str) or chosen not in labels:
        return shown
    return f"{shown} {tell.say(labels[chosen])}"
