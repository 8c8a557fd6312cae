"""What it may be worth, in three cases, with every assumption; and the key figures that were given."""

from assessment.document.telling import Teller
from assessment.document.value import KIND, ORIGIN
from assessment.exports.xlsx.book import Look, Sheet
from assessment.questionnaire import KeyFigure, Unit
from assessment.value import Amount, Value, figures_asked

UNITS: dict[Unit, str] = {"percent": "%", "seconds": "s", "hours": "h"}


def given_figures(tell: Teller) -> tuple[tuple[KeyFigure, float], ...]:
    """Return the key figures that were given."""
    answers = tell.report.sheet.by_question
    return tuple(
        (figure, float(answer.value))
        for figure in figures_asked(tell.questionnaire, tell.report.sheet)
        if (answer := answers.get(figure.id)) is not None and isinstance(answer.value, (int, float))
    )


def is_given(tell: Teller) -> bool:
    """Say whether any figure was given, so that there is something to show."""
    worth = tell.report.value
    return bool(given_figures(tell)) or (worth is not None and worth.begun)


def write_value(tell: Teller, sheet: Sheet) -> None:
    """Write value and figures."""
    c, worth = tell.c, tell.report.value
    sheet.widths(54, 16, 16, 16, 12, 22, 70)
    sheet.put(0, 0, c.t("Value and figures"), "title")
    sheet.put(
        1, 0, c.t("Worked out for the report; it does not change with the answers in this workbook."), "note"
    )
    row = 3
    if worth is not None and worth.begun:
        if worth.known:
            row = _amounts(tell, sheet, worth, row)
        row = _missing(tell, sheet, worth, row)
        row = _used(tell, sheet, worth, row)
    _figures(tell, sheet, row)
    sheet.finish(freeze=(0, 1), columns=7)


def _currency(tell: Teller) -> str:
    worth, known = tell.report.value, tell.questionnaire.key_figures
    field = known.value.currency if known and known.value else None
    labels = {
        option.id: tell.say(option.label)
        for each in tell.questionnaire.profile
        if each.id == field
        for option in each.options
    }
    return labels.get((worth.currency if worth else None) or "", "")


def _amounts(tell: Teller, sheet: Sheet, worth: Value, row: int) -> int:
    c = tell.c
    sheet.put(row, 0, c.t("Benefit a year, in full effect"), "heading")
    heads = (c.t("Cautious"), c.t("Expected"), c.t("Hopeful"), c.t("Currency"))
    sheet.heads(row + 1, ("", *heads), right=range(1, 4))
    lines: list[tuple[str, Amount | None]] = [
        (c.t(KIND[each.kind]), each.amount) for each in worth.benefits if each.amount
    ]
    lines += [
        (c.t("Together"), worth.total),
        (c.t("Cost once"), worth.one_off),
        (c.t("Cost a year"), worth.yearly),
        *((c.t("Left in year {year}", year=number), each) for number, each in enumerate(worth.net, start=1)),
        (c.t("After three years, less the cost once"), worth.after_three_years),
    ]
    row += 2
    for name, amount in lines:
        if amount is None:
            continue
        sheet.put(row, 0, name, "strong")
        for column, each in enumerate((amount.cautious, amount.expected, amount.hopeful), start=1):
            sheet.put(row, column, each, "whole")
        sheet.put(row, 4, _currency(tell), "muted")
        row += 1
    if worth.payback is not None:
        sheet.put(
            row, 0, c.t("Years of full effect until the cost once is back, in the expected case"), "strong"
        )
        sheet.put(row, 1, None, "index")
        sheet.put(row, 2, worth.payback, "index", digits=1)
        row += 1
    sheet.put(row, 0, c.t("Freed time is money only if hiring, overtime or outsourcing falls."), "note")
    sheet.put(
        row + 1,
        0,
        c.t("Open legal conditions are never turned into an amount: no fine times a probability."),
        "note",
    )
    return row + 3


def _missing(tell: Teller, sheet: Sheet, worth: Value, row: int) -> int:
    c, inputs = tell.c, tell.questionnaire.value_inputs
    lines = [(c.t(KIND[each.kind]), each.missing) for each in worth.benefits if each.missing]
    lines += [(c.t("Cost and years"), worth.missing)] if worth.missing else []
    if not lines:
        return row
    sheet.put(row, 0, c.t("What could not be worked out, and the figures it takes"), "heading")
    for number, (name, missing) in enumerate(lines, start=row + 1):
        sheet.put(number, 0, name, "strong")
        sheet.put(number, 1, c.join(tell.say(inputs[role].label) for role in missing), "note")
    return row + len(lines) + 2


def _used(tell: Teller, sheet: Sheet, worth: Value, row: int) -> int:
    c = tell.c
    sheet.put(row, 0, c.t("Every number that the value model counted with"), "heading")
    sheet.heads(
        row + 1,
        (
            c.t("Number"),
            c.t("Low"),
            c.t("Expected"),
            c.t("High"),
            c.t("Unit"),
            c.t("Where from"),
            c.t("To mind"),
        ),
    )
    row += 2
    for used in worth.used:
        each = tell.questionnaire.value_inputs[used.role]
        sheet.row(
            row,
            (
                tell.say(each.label),
                used.span.low,
                used.span.base,
                used.span.high,
                _unit(tell, each.unit),
                c.t(ORIGIN[used.origin]),
                tell.say(each.note),
            ),
            (
                "strong",
                *map(_look, (used.span.low, used.span.base, used.span.high)),
                "muted",
                "text",
                "muted",
            ),
        )
        row += 1
    return row + 1


def _figures(tell: Teller, sheet: Sheet, row: int) -> None:
    c, given = tell.c, given_figures(tell)
    if not given:
        return
    sheet.put(row, 0, c.t("Key figures"), "heading")
    sheet.heads(
        row + 1, (c.t("Key figure"), c.t("Yours"), "", "", c.t("Unit"), c.t("Formula"), c.t("To mind"))
    )
    for here, (figure, number) in enumerate(given, start=row + 2):
        sheet.row(
            here,
            (
                tell.say(figure.label),
                number,
                None,
                None,
                _unit(tell, figure.unit),
                tell.say(figure.formula),
                tell.say(figure.watch_out),
            ),
            ("strong", _look(number), "text", "text", "muted", "text", "muted"),
        )


def _look(number: float) -> Look:
    return "whole" if float(number).is_integer() else "index"


def _unit(tell: Teller, unit: Unit) -> str:
    match unit:
        case "money":
            return _currency(tell)
        case "days":
            return tell.c.t("days")
        case "count" | "points":
            return ""
        case _:
            return UNITS[unit]
