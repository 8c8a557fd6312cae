"""The sheet that the others look things up in: words, answers with their worth, the scale, and the figures of the rules."""

from collections.abc import Sequence
from typing import NamedTuple

from assessment.exports.spelling import one_line
from assessment.exports.xlsx.book import Book, Sheet
from assessment.exports.xlsx.formulas import Formula, Scalar, place, products, when
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.scoring import FULLY, LARGELY
from assessment.values import TOLERANCE, Variety

NAME, PLACE, VALUE, WORTH, SAYS = range(5)
LONGEST_CHOICE = 120
"""Characters of what can be chosen: a cell opens as a list of this width."""


class Choices(NamedTuple):
    """What can stand in a cell, one under the other."""

    values: Formula
    places: Formula
    worths: Formula
    says: Formula

    def place_of(self, cell: Formula) -> Formula:
        """Return where a number or a word of ours stands in the list; 0 for anything else."""
        return when(cell.same(""), 0, place(cell, self.values))

    def place_of_text(self, cell: Formula) -> Formula:
        """Return where a text of the questionnaire stands in the list; 0 for anything else."""
        return when(cell.same(""), 0, products(self.values.same(cell) * self.places))


class Rules(NamedTuple):
    """The figures that the rules compare with."""

    tolerance: Formula
    largely: Formula
    fully: Formula
    enough: Formula
    reached: Formula
    ceiling: Formula
    positions: tuple[Formula, ...]
    """The worth from which each level is meant, lowest level first."""
    above: Formula
    """The same without the lowest level, as a range."""
    labels: Formula
    """The names of the levels."""


class Lists:
    """Writes lists one under the other."""

    def __init__(self, book: Book, sheet: Sheet, c: Catalogue) -> None:
        self.book, self.sheet, self.c = book, sheet, c
        self._row = 0
        sheet.widths(44, 9, 44, 12, 90)
        sheet.put(0, 0, c.t("Rules and lists"), "title")
        sheet.put(1, 0, c.t("The other sheets look things up here. Nothing is to be filled in."), "note")
        self._row = 3

    def heading(self, text: str, worth: str = "") -> None:
        """Begin a group of lists."""
        c = self.c
        self._row += 1
        self.sheet.heads(
            self._row, (text, c.t("Place"), c.t("What can be chosen"), worth or c.t("Worth"), c.t("Meaning"))
        )
        self._row += 1

    def add(
        self,
        name: str,
        values: Sequence[Scalar],
        *,
        worths: Sequence[float | None] = (),
        says: Sequence[str] = (),
    ) -> Choices:
        """Write a list and return where it stands."""
        first = self._row
        shown = apart(
            [one_line(each, longest=LONGEST_CHOICE) if isinstance(each, str) else each for each in values]
        )
        for number, value in enumerate(shown):
            row = first + number
            self.sheet.put(row, NAME, name, "muted")
            self.sheet.put(row, PLACE, number + 1, "calc")
            self.sheet.put(row, VALUE, value, "text")
            self.sheet.put(row, WORTH, worths[number] if worths else None, "share")
            self.sheet.put(row, SAYS, says[number] if says else None, "text")
        self._row += len(values)
        last = self._row - 1
        return Choices(*(self.sheet.span(first, last, column) for column in (VALUE, PLACE, WORTH, SAYS)))

    def rules(self, questionnaire: Questionnaire, language: Variety) -> Rules:
        """Write the figures of the rules and the scale."""
        c, scale, sheet = self.c, questionnaire.scale, self.sheet
        self._row += 1
        sheet.heads(self._row, (c.t("Rule"), "", "", c.t("Figure"), c.t("Meaning")))
        self._row += 1
        ceiling = questionnaire.unproven_counts_as
        tolerance = self._figure(
            "tolerance", c.t("Tolerance"), TOLERANCE, c.t("Figures that differ by less count as equal.")
        )
        largely = self._figure(
            "largely", c.t("Largely"), LARGELY, c.t("Share of weight above which a level is reached.")
        )
        fully = self._figure(
            "fully", c.t("Fully"), FULLY, c.t("Share of weight that each level below must exceed.")
        )
        enough = self._figure(
            "enough",
            c.t("Coverage needed"),
            questionnaire.minimum_coverage,
            c.t("Below this share of the weight answered there is no headline figure."),
        )
        reached = self._figure(
            "reached",
            c.t("Stage threshold"),
            questionnaire.staged_threshold,
            c.t("Worth from which a question counts as reached, for levels by stages."),
        )
        highest = self._figure(
            "unproven",
            c.t("Worth without proof"),
            1.0 if ceiling is None else scale.worth_of_level(ceiling),
            c.t("As confirmed, an answer without documented evidence counts at most this."),
        )
        self.heading(c.t("Levels"), c.t("From worth"))
        first = self._row
        self.add(
            c.t("Level"),
            [step.level for step in scale.levels],
            worths=scale.thresholds,
            says=[step.label.localize(language) for step in scale.levels],
        )
        last = self._row - 1
        return Rules(
            tolerance,
            largely,
            fully,
            enough,
            reached,
            highest,
            tuple(
                self.book.named(f"position_{number}", sheet.cell(row, WORTH))
                for number, row in enumerate(range(first, last + 1), start=1)
            ),
            sheet.span(first + 1, last, WORTH),
            sheet.span(first, last, SAYS),
        )

    def _figure(self, name: str, label: str, figure: float, meaning: str) -> Formula:
        row = self._row
        self._row += 1
        self.sheet.row(row, (label, None, None, None, meaning), ("strong", "text", "text", "text", "text"))
        digits = 9 if figure and figure < 0.001 else 3
        return self.book.named(name, self.sheet.put(row, WORTH, figure, "index", digits=digits))


def apart(values: Sequence[Scalar]) -> list[Scalar]:
    """Return the values with a number behind texts that a program could not tell from an earlier one."""
    seen: set[str] = set()
    made: list[Scalar] = []
    for value in values:
        if not isinstance(value, str):
            made.append(value)
            continue
        known, number = value.strip() or "–", 1
        while known.casefold() in seen:
            number += 1
            known = f"{value} ({number})"
        seen.add(known.casefold())
        made.append(known)
    return made
