"""An answer's cells, by type of question: what can be chosen or written, whether it is valid, and what it is worth."""

from dataclasses import dataclass
from typing import NamedTuple

from assessment.answers import Answer, State
from assessment.document.answers import EVIDENCE
from assessment.document.telling import Teller
from assessment.exports.spelling import plain
from assessment.exports.xlsx.book import Look, Sheet
from assessment.exports.xlsx.conditions import places_of
from assessment.exports.xlsx.formulas import (
    Formula,
    at,
    every,
    is_number,
    last_up_to,
    products,
    trimmed,
    when,
    whole,
)
from assessment.exports.xlsx.lists import Choices, Lists
from assessment.i18n import N_
from assessment.questions import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    NumberQuestion,
    TextQuestion,
    YesNoQuestion,
)
from assessment.questions.written import LARGEST

(
    SECTION,
    QUESTION,
    STATE,
    ANSWER,
    PROOF,
    COMMENT,
    SAYS,
    ASKED,
    WEIGHT,
    RATED,
    CONFIRMED,
    LOW,
    HIGH,
    REMARK,
) = range(14)
(STATE_PLACE, PLACE, GIVEN, ASIDE, YES, MAY, MUST, COUNTS, MISSING, UNSETTLED, WORTH, PROVED) = range(15, 27)
(LOW_CONFIRMED, HIGH_CONFIRMED, ID) = range(27, 30)
FIRST = 6
"""The first row of answers."""
STATES: dict[State, str] = {
    "given": N_("given"),
    "unknown": N_("not known"),
    "not_applicable": N_("not applicable"),
    "open": N_("open"),
}
ASKING = (N_("asked"), N_("not certain"), N_("not asked"), N_("set aside"))
REMARKS = (N_("Without an answer that can be chosen it counts as open."), N_("Does not count in this state."))


class Words(NamedTuple):
    """Words of ours that cells can hold."""

    states: Choices
    evidence: Choices
    no_yes: Choices
    asking: Choices
    remarks: Choices


def write_words(tell: Teller, lists: Lists) -> Words:
    """Write the words that cells can hold."""
    c = tell.c
    lists.heading(c.t("Words"))
    return Words(
        lists.add(c.t("Status"), [c.t(word) for word in STATES.values()]),
        lists.add(c.t("Evidence"), [c.t(word) for word in EVIDENCE.values()]),
        lists.add(c.t("No or yes"), [c.t("No"), c.t("Yes")], worths=(0.0, 1.0)),
        lists.add(c.t("Asked"), [c.t(word) for word in ASKING]),
        lists.add(c.t("Remark"), [c.t(word) for word in REMARKS]),
    )


@dataclass(frozen=True)
class Replies:
    """Writes answers."""

    tell: Teller
    sheet: Sheet
    lists: Lists
    words: Words

    def chosen(
        self, question: LevelQuestion | YesNoQuestion | ChoiceQuestion, row: int, answer: Answer
    ) -> Choices:
        """Write an answer that is one of several."""
        tell, sheet = self.tell, self.sheet
        order = places_of(question)
        value = question.admit(answer.value) if answer.value is not None else None
        match question:
            case YesNoQuestion():
                known = self.words.no_yes
            case LevelQuestion():
                known = self.lists.add(
                    question.id,
                    tuple(sorted(question.anchors)),
                    worths=[question.worth(each) for each in sorted(question.anchors)],
                    says=[tell.say(question.anchors[each]) for each in sorted(question.anchors)],
                )
            case ChoiceQuestion():
                known = self.lists.add(
                    question.id,
                    [tell.say(option.label) for option in question.options],
                    worths=[question.worth(option.id) for option in question.options],
                    says=[tell.say(option.label) for option in question.options],
                )
        shown = known.values.value[order.index(value)] if value is not None else None
        look: Look = "input_whole" if isinstance(question, LevelQuestion) else "input_text"
        cell = sheet.put(row, ANSWER, shown, look)
        sheet.choose(row, ANSWER, known.values)
        if isinstance(question, LevelQuestion):
            steps = zip(known.values.value, known.says.value, strict=True)
            sheet.remark(row, ANSWER, "\n".join(f"{step}: {text}" for step, text in steps))
        place = known.place_of_text(cell) if isinstance(question, ChoiceQuestion) else known.place_of(cell)
        here = sheet.put(row, PLACE, place, "calc")
        says = "" if isinstance(question, YesNoQuestion) else when(here > 0, at(known.says, here), "")
        sheet.put(row, SAYS, says, "text")
        if says:
            for each in known.says.value:
                sheet.needs(row, SAYS, str(each))
        sheet.put(row, WORTH, when(here > 0, at(known.worths, here), 0), "calc_share")
        return known

    def ticked(self, question: ChecklistQuestion, row: int, answer: Answer) -> None:
        """Write a checklist: its items stand under it."""
        tell, sheet, known = self.tell, self.sheet, self.words.no_yes
        ticked = question.admit(answer.value) if answer.value is not None else ()
        weights = [1.0 if option.worth is None else option.worth for option in question.options]
        for number, option in enumerate(question.options):
            here = row + 1 + number
            for column in (
                SECTION,
                STATE,
                PROOF,
                COMMENT,
                SAYS,
                ASKED,
                WEIGHT,
                RATED,
                CONFIRMED,
                LOW,
                HIGH,
                REMARK,
            ):
                sheet.put(here, column, None, "muted")
            sheet.put(here, QUESTION, tell.say(option.label), "text", indent=2)
            cell = sheet.put(here, ANSWER, known.values.value[1 if option.id in ticked else 0], "input_text")
            sheet.choose(here, ANSWER, known.values)
            sheet.put(here, PLACE, known.place_of(cell).same(2), "calc")
            needed = (
                float(option.id in question.required)
                if question.required
                else weights[number] / (sum(weights) or 1.0)
            )
            sheet.put(here, WORTH, needed, "calc_share")
        if not question.options:
            sheet.put(row, PLACE, 0, "calc")
            sheet.put(row, WORTH, 0, "calc_share")
        else:
            marks = sheet.span(row + 1, row + len(weights), PLACE)
            counted = sheet.span(row + 1, row + len(weights), WORTH)
            sheet.put(row, PLACE, products(marks * 1), "calc")
            reached = products(marks * counted)
            full = reached >= len(set(question.required))
            sheet.put(row, WORTH, when(full, 1, 0) if question.required else reached, "calc_share")
        sheet.put(row, ANSWER, sheet.cell(row, PLACE) + 0, "center")
        sheet.put(row, SAYS, tell.c.t("Items ticked below"), "muted")

    def counted(self, question: NumberQuestion, row: int, answer: Answer) -> Choices | None:
        """Write a number."""
        tell, sheet = self.tell, self.sheet
        value = question.admit(answer.value) if answer.value is not None else None
        cell = sheet.put(row, ANSWER, value, "input_number")
        low, high = question.low, question.high
        sheet.paper.data_validation(
            row,
            ANSWER,
            row,
            ANSWER,
            {
                "validate": "integer" if question.whole else "decimal",
                "criteria": "between",
                "minimum": -LARGEST if low is None else low,
                "maximum": LARGEST if high is None else high,
            },
        )
        fits = every(
            cell > -LARGEST,
            cell < LARGEST,
            cell >= low if low is not None else True,
            cell <= high if high is not None else True,
            whole(cell).same(cell) if question.whole else True,
        )
        here = sheet.put(row, PLACE, when(is_number(cell), when(fits, 1, 0), 0), "calc")
        sheet.put(row, SAYS, tell.say(question.unit) if question.unit else "", "muted")
        if not question.worths:
            sheet.put(row, WORTH, 0, "calc_share")
            return None
        known = self.lists.add(
            question.id,
            [point.at for point in question.worths],
            worths=[_of(question, point.worth) for point in question.worths],
        )
        sheet.put(row, WORTH, when(here > 0, _on_the_line(cell, known), 0), "calc_share")
        return known

    def written(self, question: TextQuestion, row: int, answer: Answer) -> None:
        """Write a text."""
        sheet = self.sheet
        # what cannot be shown was an answer all the same
        said = (plain(str(answer.value)) or "–") if answer.value is not None else None
        cell = sheet.put(row, ANSWER, said, "input_text")
        sheet.put(row, PLACE, when(trimmed(cell).other(""), 1, 0), "calc")
        sheet.put(row, SAYS, None)
        sheet.put(row, WORTH, 0, "calc_share")


def _of(question: NumberQuestion, points: float) -> float:
    low, high = question.bounds()
    return (points - low) / (high - low) if high > low else 0.0


def _on_the_line(cell: Formula, known: Choices) -> Formula:
    """Return what a number is worth: between two points in a straight line, outside as at the nearest."""
    xs, ys = known.values, known.worths
    count = len(xs.value)
    if count == 1:
        return at(ys, 1)
    before = last_up_to(cell, xs)
    from_, to = at(xs, before), at(xs, before + 1)
    begin, end = at(ys, before), at(ys, before + 1)
    between = begin + (cell - from_) / (to - from_) * (end - begin)
    return when(cell <= at(xs, 1), at(ys, 1), when(cell >= at(xs, count), at(ys, count), between))
