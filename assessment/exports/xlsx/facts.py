"""The sheet with the facts about the organisation, which decide what is asked: each can be changed."""

from typing import NamedTuple

from assessment.document.telling import Teller
from assessment.exports.xlsx.book import Sheet
from assessment.exports.xlsx.formulas import FALSE, Formula, made, products, some
from assessment.exports.xlsx.lists import Choices, Lists
from assessment.questionnaire import ProfileField

FACT, OPTION, CHOSEN, CALCULATED = range(4)
FIRST = 5


class Field(NamedTuple):
    """A profile field as formulas see it."""

    filled: Formula
    chosen: dict[str, Formula]
    """By option, whether it is chosen."""


class Facts(NamedTuple):
    """Everything that does not hang on an answer."""

    short: Formula
    """Whether only the short edition is asked."""
    fields: dict[str, Field]


def write_facts(tell: Teller, sheet: Sheet, lists: Lists, *, yes: Choices) -> Facts:
    """Write the profile with what was said.

    Args:
        tell: the report.
        sheet: an empty one.
        lists: gets what can be chosen.
        yes: the word for no, and then the word for yes.
    """
    c, q = tell.c, tell.questionnaire
    sheet.widths(60, 46, 40, 16)
    sheet.put(0, FACT, c.t("Profile"), "title")
    sheet.put(
        1,
        FACT,
        c.t("These facts decide which questions concern the organisation. Yellow cells can be changed."),
        "note",
    )
    sheet.put(
        2,
        FACT,
        c.t("Roadmap, measures and register stay as they were computed from the facts of the report."),
        "note",
    )
    sheet.heads(FIRST - 1, (c.t("Fact"), c.t("Option"), c.t("Chosen"), c.t("Calculation")))
    row, short = FIRST, FALSE
    if tell.report.sheet.short or any(each.short for each in q.questions_by_id.values()):
        said = yes.values.value[1 if tell.report.sheet.short else 0]
        sheet.put(row, FACT, c.t("Only the short version is asked"), "strong")
        sheet.put(row, OPTION, None)
        cell = sheet.put(row, CHOSEN, said, "input")
        sheet.choose(row, CHOSEN, yes.values)
        short = sheet.put(row, CALCULATED, yes.place_of(cell).same(2), "calc")
        row += 1
    fields: dict[str, Field] = {}
    lists.heading(c.t("Profile"))
    for field in q.profile:
        if field.type == "many":
            fields[field.id] = _many(tell, sheet, field, yes, row=row)
            row += len(field.options)
        else:
            fields[field.id] = _one(tell, sheet, lists, field, yes, row=row)
            row += 1
    sheet.finish(freeze=(FIRST, 1), repeat=FIRST - 1, columns=CALCULATED)
    return Facts(short, fields)


def _said(tell: Teller, field: ProfileField) -> tuple[str, ...]:
    said = tell.report.sheet.profile.get(field.id, ())
    return (said,) if isinstance(said, str) and said else tuple(said)


def _one(tell: Teller, sheet: Sheet, lists: Lists, field: ProfileField, yes: Choices, *, row: int) -> Field:
    name, said = tell.say(field.label), _said(tell, field)
    order: tuple[str, ...] = ("no", "yes")
    known = yes
    if field.type != "yes_no":
        order = field.option_ids
        known = lists.add(name, [tell.say(option.label) for option in field.options])
    sheet.put(row, FACT, name, "strong")
    sheet.put(row, OPTION, None)
    chosen = next((known.values.value[order.index(each)] for each in said if each in order), None)
    cell = sheet.put(row, CHOSEN, chosen, "input_text")
    sheet.choose(row, CHOSEN, known.values)
    at = sheet.put(row, CALCULATED, known.place_of_text(cell), "calc")
    return Field(at > 0, {option: at.same(number) for number, option in enumerate(order, start=1)})


def _many(tell: Teller, sheet: Sheet, field: ProfileField, yes: Choices, *, row: int) -> Field:
    said, chosen = _said(tell, field), {}
    for number, option in enumerate(field.options):
        here = row + number
        sheet.put(here, FACT, tell.say(field.label), "muted" if number else "strong")
        sheet.put(here, OPTION, tell.say(option.label))
        cell = sheet.put(here, CHOSEN, yes.values.value[1 if option.id in said else 0], "input")
        sheet.choose(here, CHOSEN, yes.values)
        chosen[option.id] = sheet.put(here, CALCULATED, yes.place_of(cell).same(2), "calc")
    if not chosen:
        return Field(FALSE, {})
    marks = sheet.span(row, row + len(chosen) - 1, CALCULATED)
    return Field(products(marks * 1) > 0, chosen)


def one_of(field: Field, options: tuple[str, ...]) -> Formula:
    """Return whether one of these options is chosen."""
    return (
        some(*(field.chosen[option] for option in options if option in field.chosen))
        if options
        else made(False)
    )
