"""One sheet of a form: the questions of a dimension, what their answers mean, and the cells to fill in."""

from collections.abc import Iterator
from typing import assert_never

from assessment.document.choices import ASIDE, BASED_ON, CONFIDENCE, NONE, UNKNOWN, choices_of, items_of
from assessment.document.conditions_said import applies_when
from assessment.document.form_marks import BELOW, MARKS, Field
from assessment.document.saying import number, saying
from assessment.exports.form.offers import Offers
from assessment.exports.spelling import plain
from assessment.exports.xlsx.book import Sheet, area
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire, Section
from assessment.questions import Choose, Count, LevelQuestion, Question, Tick, Write
from assessment.theme import LIGHT as PAPER

PLACE, QUESTION, MEANING, ANSWER, REASON, PROOF, SURE, COMMENT, ID = range(9)
WIDTHS = (5, 36, 64, 19, 17, 14, 11, 26, 4)
MARK_ROW, TITLE, NOTE, HEAD, FIRST = range(5)
COLUMNS: dict[Field, int] = {
    "answer": ANSWER,
    "reason": REASON,
    "evidence": PROOF,
    "confidence": SURE,
    "comment": COMMENT,
    "question": ID,
}


class Asking:
    """Writes the questions of a dimension."""

    def __init__(
        self, known: Questionnaire, sheet: Sheet, offers: Offers, c: Catalogue, *, short: bool
    ) -> None:
        self.known, self.sheet, self.offers, self.c, self.short = known, sheet, offers, c, short
        make = sheet.book.plain_format
        self._bold = make({"bold": True, "font_color": PAPER.ink, "font_name": "Calibri", "font_size": 10})
        self._soft = make({"font_color": PAPER.muted, "font_name": "Calibri", "font_size": 9})
        self._usual = make({"font_color": PAPER.text, "font_name": "Calibri", "font_size": 10})

    def write(self, dimension: Section, place: int) -> None:
        """Write the sheet."""
        c, sheet = self.c, self.sheet
        sheet.widths(*WIDTHS)
        sheet.paper.set_column(ID, ID, 4, None, {"hidden": True})
        sheet.paper.set_row(MARK_ROW, None, None, {"hidden": True})
        for field, column in COLUMNS.items():
            sheet.put(MARK_ROW, column, MARKS[field], "note")
        sheet.put(TITLE, PLACE, dimension.title.localize(c.language), "title")
        sheet.put(NOTE, PLACE, dimension.description.localize(c.language), "note")
        sheet.heads(
            HEAD,
            (
                "",
                c.t("Question"),
                c.t("What the answers mean"),
                c.t("Your answer"),
                c.t("Why it does not apply"),
                c.t("Based on"),
                c.t("How sure"),
                c.t("Comment"),
            ),
        )
        row, counted = FIRST, 0
        for section in dimension.walk():
            questions = [one for one in section.questions if one.short or not self.short]
            if questions and section.id != dimension.id:
                sheet.put(row, PLACE, section.title.localize(c.language), "heading")
                row += 1
            for question in questions:
                counted += 1
                row = self._question(question, row, f"{place}.{counted}")
        self._finish(row - 1)

    def _question(self, question: Question, row: int, place: str) -> int:
        """Write a question; return the next row."""
        sheet, c = self.sheet, self.c
        sheet.put(row, PLACE, place, "muted")
        self._rich(row, QUESTION, [*self._asked(question)])
        self._rich(row, MEANING, [*self._meanings(question)])
        sheet.put(row, ANSWER, None, "input_text")
        is_choice = isinstance(question.control(), Choose)
        self.offers.put(
            sheet,
            row,
            ANSWER,
            tuple(each.label for each in choices_of(question, self.known, c)),
            title=c.t("Not in the list"),
            otherwise=c.t("Please choose from the list of this cell. Keep what you wrote all the same?")
            if is_choice
            else "",
        )
        for column in (REASON, COMMENT):
            sheet.put(row, column, None, "input_text")
        for column, words in ((PROOF, BASED_ON), (SURE, CONFIDENCE)):
            sheet.put(row, column, None, "input_text")
            offered = tuple(c.t(message) for message in words.values())
            self.offers.put(
                sheet,
                row,
                column,
                offered,
                title=c.t("Not in the list"),
                otherwise=c.t("Please choose from the list of this cell. Keep what you wrote all the same?"),
            )
        sheet.put(row, ID, question.id, "note")
        for name, label in items_of(question, c.language).items():
            row += 1
            sheet.put(row, PLACE, None, "muted")
            sheet.put(row, QUESTION, None, "text")
            sheet.put(row, MEANING, label, "text")
            sheet.put(row, ANSWER, None, "input_text")
            self.offers.put(sheet, row, ANSWER, (c.t("Yes"), c.t("No")), title="", otherwise="")
            for column in (REASON, PROOF, SURE, COMMENT):
                sheet.put(row, column, None, "muted")
            sheet.put(row, ID, f"{question.id}{BELOW}{name}", "note")
        return row + 1

    def _asked(self, question: Question) -> Iterator[tuple[str, bool]]:
        """Yield what is asked, in paragraphs; the question itself stands out."""
        language = self.c.language
        yield question.label.localize(language), True
        if question.help:
            yield question.help.localize(language), False
        when = applies_when(question, self.known, self.c)
        if when:
            yield when, False
        if question.evidence:
            yield (
                self.c.t("What to look for: {evidence}", evidence=question.evidence.localize(language)),
                False,
            )

    def _meanings(self, question: Question) -> Iterator[tuple[str, bool]]:
        """Yield what can be answered, in paragraphs."""
        c, control = self.c, question.control()
        match control:
            case Choose():
                for value in control.options:
                    if isinstance(question, LevelQuestion):
                        yield f"{value} {question.words(value)[0].localize(c.language)}", True
                    else:
                        yield saying(question, value, c=c, language=c.language).short, False
            case Tick():
                yield c.t("Say yes or no beneath; or choose “{none}”.", none=c.t(NONE)), False
            case Count():
                yield limits_said(control, c), False
            case Write():
                yield (
                    c.t(
                        "In your own words; {count} characters at most.",
                        count=c.number(control.longest, 0),
                    ),
                    False,
                )
            case _:
                assert_never(control)

    def _rich(self, row: int, column: int, parts: list[tuple[str, bool]]) -> None:
        """Write paragraphs into a cell, some of them bold."""
        sheet = self.sheet
        said = [(plain(text), strong) for text, strong in parts]
        said = [(text, strong) for text, strong in said if text]
        sheet.put(row, column, "\n".join(text for text, _ in said), "text")
        if len(said) < 2:
            sheet.put(row, column, said[0][0] if said else None, "strong" if column == QUESTION else "text")
            return
        pieces: list[object] = []
        for place, (text, strong) in enumerate(said):
            end = "\n" if place < len(said) - 1 else ""
            if column == MEANING and strong:  # the level stands out, what it means does not
                mark, rest = text.split(" ", 1)
                pieces += [self._bold, f"{mark} ", self._usual, rest + end]
            else:
                soft = self._soft if column == QUESTION else self._usual
                pieces += [self._bold if strong else soft, text + end]
        sheet.paper.write_rich_string(row, column, *pieces, sheet.book.look("text"))

    def _finish(self, last: int) -> None:
        """Mark what is missing, and set how the sheet scrolls and prints."""
        sheet, c = self.sheet, self.c
        aside = c.t(ASIDE).replace('"', '""')
        warn = sheet.book.plain_format({"bg_color": "#FDEBD0", "border": 1, "border_color": PAPER.amber})
        sheet.paper.conditional_format(
            area(FIRST, REASON, max(last, FIRST), REASON),
            {
                "type": "formula",
                "criteria": f'=AND($D{FIRST + 1}="{aside}",$E{FIRST + 1}="")',
                "format": warn,
            },
        )
        sheet.finish(freeze=(FIRST, QUESTION + 1), repeat=HEAD, columns=ID)


def limits_said(control: Count, c: Catalogue) -> str:
    """Return what is to be written: the unit and the limits, in the language's format."""
    unit = control.unit.localize(c.language) if control.unit else ""
    said = [c.t("Number ({unit})", unit=unit) if unit else c.t("Number")]
    low, high = (None if limit is None else number(limit, c) for limit in (control.low, control.high))
    if low is not None and high is not None:
        said.append(c.t("from {low} to {high}", low=low, high=high))
    elif low is not None:
        said.append(c.t("{low} or more", low=low))
    elif high is not None:
        said.append(c.t("{high} at most", high=high))
    if control.whole:
        said.append(c.t("without decimals"))
    return f"{', '.join(said)}. {c.t('Or choose “{unknown}”.', unknown=c.t(UNKNOWN))}"
