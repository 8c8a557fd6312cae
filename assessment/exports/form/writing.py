"""The sheets of a form: how to fill it in, one sheet for each dimension, and what only the program reads."""

from collections.abc import Iterable
from datetime import date

from assessment.brand import UNBRANDED, Brand, palette_of
from assessment.document.blocks import Document
from assessment.document.choices import ASIDE, BASED_ON, CONFIDENCE, UNKNOWN
from assessment.document.days import day_example
from assessment.document.form_marks import DAY, EDITION, FORMAT, NAME, ROLE, SHEET
from assessment.errors import Problem, ReportError, did_you_mean
from assessment.exports.form.asking import Asking
from assessment.exports.form.offers import Offers
from assessment.exports.spelling import plain
from assessment.exports.xlsx.book import LONGEST_NAME, Book, Sheet
from assessment.exports.zipped import settled
from assessment.i18n import Catalogue, catalogue
from assessment.questionnaire import Questionnaire, Section
from assessment.values import Variety, language_of

LABEL, FILLED, MARK = range(3)
"""The columns of the first sheet."""


def render_form(
    questionnaire: Questionnaire,
    language: Variety,
    *,
    on: date,
    short: bool = False,
    brand: Brand = UNBRANDED,
) -> bytes:
    """Return the questionnaire as a workbook to fill in; `on` is the day it is made.

    Raises:
        ReportError: the questionnaire is not written in this language.
    """
    if language_of(language) not in questionnaire.languages:
        values: dict[str, object] = {
            "language": language,
            "hint": did_you_mean(language, questionnaire.languages),
        }
        raise ReportError([Problem("the questionnaire has no language “{language}”. {hint}", values=values)])
    c = catalogue(language)
    title = questionnaire.title.localize(language)
    document = Document(
        language=language,
        title=title,
        subject=c.t("Questionnaire to fill in"),
        author="",
        organisation="",
        held_on=on,
        running_foot=f"{title} · {questionnaire.version}",
        blocks=(),
    )
    book = Book(document, palette_of(brand), force=c.t("in force"))
    first = book.sheet(c.t("How to fill in"))
    asked = [section for section in questionnaire.sections if _questions(section, short=short)]
    sheets = [(section, book.sheet(_short(section.title.localize(language)))) for section in asked]
    offers = Offers(book)
    for number, (section, sheet) in enumerate(sheets, start=1):
        Asking(questionnaire, sheet, offers, c, short=short).write(section, number)
        sheet.paper.set_tab_color("#E8C95B")
    _first(first, questionnaire, sheets, c, short=short)
    _data(book, questionnaire, language, short=short)
    offers.hide()
    first.paper.activate()
    return settled(book.finished())


def _short(title: str) -> str:
    """Return a title as the name of a sheet, cut between words."""
    if len(title) <= LONGEST_NAME:
        return title
    return f"{title[: LONGEST_NAME - 1].rsplit(' ', 1)[0].rstrip(' ,;:-–')} …"


def _questions(section: Section, *, short: bool) -> int:
    return sum(question.short or not short for question in section.all_questions())


def _first(
    sheet: Sheet, known: Questionnaire, sheets: list[tuple[Section, Sheet]], c: Catalogue, *, short: bool
) -> None:
    """Write how to fill in the form, and where one says who one is."""
    sheet.widths(30, 74, 4)
    sheet.paper.set_column(MARK, MARK, 4, None, {"hidden": True})
    sheet.paper.set_row(0, None, None, {"hidden": True})
    sheet.put(0, FILLED, "#answer", "note")
    sheet.put(0, MARK, "#question", "note")
    sheet.put(1, LABEL, known.title.localize(c.language), "title")
    edition = c.t("Short version") if short else c.t("Complete version")
    sheet.put(2, LABEL, f"{edition} · {c.t('version {version}', version=known.version)}", "note")
    sheet.paper.merge_range(3, LABEL, 3, FILLED, "", sheet.book.look("wrapped"))
    sheet.put(3, LABEL, known.introduction.localize(c.language), "wrapped", wide=104)
    row = 5
    sheet.put(row, LABEL, c.t("About you"), "heading")
    for name, mark in (
        (c.t("Your name"), NAME),
        (c.t("Your role"), ROLE),
        (c.t("Day, for example {example}", example=day_example(c)), DAY),
    ):
        row += 1
        sheet.put(row, LABEL, name, "label")
        sheet.put(row, FILLED, None, "input_text")
        sheet.put(row, MARK, mark, "note")
    row += 1
    sheet.put(
        row, FILLED, c.t("Your name and your answers are seen by whoever puts the answers together."), "note"
    )
    row += 2
    sheet.put(row, LABEL, c.t("How to fill in"), "heading")
    for text in _steps(c):
        row += 1
        sheet.paper.merge_range(row, LABEL, row, FILLED, "", sheet.book.look("wrapped"))
        sheet.put(row, LABEL, text, "wrapped", wide=104)
    row += 2
    sheet.put(row, LABEL, c.t("The sheets"), "heading")
    for section, target in sheets:
        row += 1
        # a link by its place: a sheet's name with an apostrophe would end it early
        name = target.name.replace("'", "''")
        sheet.paper.write_url(
            row,
            LABEL,
            f"internal:'{name}'!A1",
            sheet.book.look("label"),
            plain(section.title.localize(c.language)),
        )
        count = _questions(section, short=short)
        sheet.put(row, FILLED, c.n("one question", "{count} questions", count), "text")
    sheet.finish(columns=2)


def _steps(c: Catalogue) -> tuple[str, ...]:
    return (
        c.t("1. Write your name above, then go through the yellow cells of the other sheets. Leave out what you cannot say anything about."),
        c.t("2. Choose each answer from the list in its cell. Where there are levels, choose the highest whose description is true today."),
        c.t("3. “{unknown}” is an answer, too. For “{aside}”, please say why.", unknown=c.t(UNKNOWN), aside=c.t(ASIDE)),
        c.t("4. Where several things can be true, say yes or no beneath the question."),
        c.t("5. Some questions apply only under a condition, which stands beneath them. If it does not hold, leave them out."),
        c.t(
            "6. Say what your answer is based on ({proof}) and how sure you are ({sure}), where you can.",
            proof=_quoted(BASED_ON.values(), c),
            sure=_quoted(CONFIDENCE.values(), c),
        ),
        c.t("7. Save the file as an Excel workbook (.xlsx) and send it back. All other cells are locked, without a password."),
    )  # fmt: skip


def _quoted(messages: Iterable[str], c: Catalogue) -> str:
    return ", ".join(c.t("“{name}”", name=c.t(message)) for message in messages)


def _data(book: Book, known: Questionnaire, language: Variety, *, short: bool) -> None:
    """Write what tells the program which questionnaire this is."""
    sheet = book.sheet(SHEET)
    facts: tuple[tuple[str, str | int], ...] = (
        ("format", FORMAT),
        ("edition", EDITION),
        ("questionnaire", known.id),
        ("version", known.version),
        ("short", "yes" if short else "no"),
        ("language", language),
    )
    for row, (name, value) in enumerate(facts):
        sheet.put(row, 0, name, "note")
        sheet.put(row, 1, value, "note")
    sheet.finish()
    sheet.paper.very_hidden()
