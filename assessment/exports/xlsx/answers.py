"""The sheet with every question: what was answered can be changed, and beside it stands what it is worth and whether it counts."""

from dataclasses import dataclass
from typing import assert_never

from assessment.answers import PROVEN, Answer
from assessment.document.answers import EVIDENCE
from assessment.document.telling import Teller
from assessment.exports.xlsx.book import Sheet, area
from assessment.exports.xlsx.conditions import HOLDS, Conditions, Said, Truth
from assessment.exports.xlsx.facts import Facts
from assessment.exports.xlsx.formulas import Formula, at, every, least, made, no, some, when
from assessment.exports.xlsx.lists import Choices, Lists, Rules
from assessment.exports.xlsx.replies import (
    ANSWER,
    ASIDE,
    ASKED,
    COMMENT,
    CONFIRMED,
    COUNTS,
    FIRST,
    GIVEN,
    HIGH,
    HIGH_CONFIRMED,
    ID,
    LOW,
    LOW_CONFIRMED,
    MAY,
    MISSING,
    MUST,
    PLACE,
    PROOF,
    PROVED,
    QUESTION,
    RATED,
    REMARK,
    SECTION,
    STATE,
    STATE_PLACE,
    STATES,
    UNSETTLED,
    WEIGHT,
    WORTH,
    YES,
    Replies,
    Words,
)
from assessment.questions import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
    YesNoQuestion,
)


@dataclass(frozen=True)
class Leaf:
    """What the scores look up of a question; the six worths are texts where the question does not count."""

    worths: tuple[Formula, Formula, Formula, Formula, Formula, Formula]
    """As rated: as answered, at worst, at best; as confirmed: the same."""
    counts: Formula
    missing: Formula
    unsettled: Formula
    unknown: Formula


@dataclass(frozen=True)
class _Row:
    question: Question
    row: int
    items: tuple[int, ...]
    """Of a checklist, the rows of its items."""


class AnswersSheet:
    """Writes the questions, and knows where everything about them stands."""

    def __init__(self, tell: Teller, sheet: Sheet, lists: Lists, *, words: Words, rules: Rules) -> None:
        self.tell, self.sheet, self.lists, self.words, self.rules = tell, sheet, lists, words, rules
        self.replies = Replies(tell, sheet, lists, words)
        self.rows: dict[str, _Row] = {}
        self.leaves: dict[str, Leaf] = {}
        self.said: dict[str, Said] = {}

    def write(self, facts: Facts) -> None:
        """Write the sheet."""
        tell, q = self.tell, self.tell.questionnaire
        self._head()
        self.lists.heading(tell.c.t("Answers"))
        row = FIRST
        deciding = {
            name
            for conditions in (*q.conditions_of.values(), *q.figure_conditions.values())
            for condition in conditions
            for name in condition.deciders()
        }
        for name, question in q.answerable.items():
            if name in q.questions_by_id or name in deciding:
                row = self._question(question, row)
        conditions = Conditions(q, facts, self.said, self._texts_to_match())
        for name in self.rows:
            self._asked(name, conditions)
        for name in self.rows:
            self._counts(self.rows[name])
        self._finish(row - 1)

    # ── what was answered ────────────────────────────────────────────────────────────────────────────────────────────

    def _head(self) -> None:
        c, sheet = self.tell.c, self.sheet
        sheet.widths(24, 44, 13, 15, 13, 28, 42, 12, 8, 12, 11, 11, 11, 26, 2, *(11,) * 14, 18)
        sheet.put(0, SECTION, c.t("Answers"), "title")
        sheet.put(
            1,
            SECTION,
            c.t(
                "Change a yellow cell, and worth, scores and levels follow, as the engine would reckon them."
            ),
            "lede",
        )
        sheet.put(
            2,
            SECTION,
            c.t(
                "An answer counts while its state is “{given}”. A grey row is not asked, as things stand.",
                given=c.t("given"),
            ),
            "note",
        )
        sheet.put(
            3,
            SECTION,
            c.t(
                "All other cells are locked, without a password, so that a slip does not break a formula. Worth runs from 0, "
                "the worst answer, to 1, the best."
            ),
            "note",
        )
        sheet.heads(
            FIRST - 1,
            (
                c.t("Section"),
                c.t("Question"),
                c.t("Status"),
                c.t("Answer"),
                c.t("Evidence"),
                c.t("Reason and comment"),
                c.t("What the answer says"),
                c.t("Asked"),
                c.t("Weight"),
                c.t("Worth as rated"),
                c.t("Worth as confirmed"),
                c.t("At worst"),
                c.t("At best"),
                c.t("Remark"),
                "",
                c.t("State, place"),
                c.t("Answer, place"),
                c.t("Answer is valid"),
                c.t("Set aside"),
                c.t("Asked as things stand"),
                c.t("May be asked"),
                c.t("Surely asked"),
                c.t("Counts"),
                c.t("Missing"),
                c.t("Unsettled"),
                c.t("Worth of the answer"),
                c.t("Proven"),
                c.t("At worst, as confirmed"),
                c.t("At best, as confirmed"),
                c.t("Id"),
            ),
            right=range(WEIGHT, REMARK),
        )
        sheet.put(FIRST - 2, STATE_PLACE, c.t("Calculation"), "note")

    def _question(self, question: Question, row: int) -> int:
        """Write what is said of a question; return the next row."""
        tell, sheet, words = self.tell, self.sheet, self.words
        answer = tell.report.sheet.by_question.get(question.id) or Answer(question=question.id, state="open")
        path = tell.questionnaire.path(question.id)[:-1] if question.id in tell.questionnaire.parent else ()
        sheet.put(
            row, SECTION, " › ".join(tell.section(name) for name in path) or tell.c.t("Key figures"), "muted"
        )
        sheet.put(row, QUESTION, tell.say(question.label), "strong")
        state = sheet.put(row, STATE, tell.c.t(STATES[answer.state]), "input")
        sheet.choose(row, STATE, words.states.values)
        proof = sheet.put(row, PROOF, tell.c.t(EVIDENCE[answer.evidence]), "input")
        sheet.choose(row, PROOF, words.evidence.values)
        remarks = [text for text in (answer.reason.strip(), answer.comment.strip()) if text]
        sheet.put(row, COMMENT, "\n".join(remarks), "input_text")
        sheet.put(row, WEIGHT, question.weight, "amount")
        sheet.put(row, ID, question.id, "muted")
        options = len(question.options) if isinstance(question, ChecklistQuestion) else 0
        items = tuple(range(row + 1, row + 1 + options))
        match question:
            case LevelQuestion() | YesNoQuestion() | ChoiceQuestion():
                self.replies.chosen(question, row, answer)
            case ChecklistQuestion():
                self.replies.ticked(question, row, answer)
            case NumberQuestion():
                self.replies.counted(question, row, answer)
            case TextQuestion():
                self.replies.written(question, row, answer)
            case _:
                assert_never(question)
        self.rows[question.id] = _Row(question, row, items)
        stands = sheet.put(row, STATE_PLACE, words.states.place_of(state), "calc")
        cell, place = sheet.cell(row, ANSWER), sheet.cell(row, PLACE)
        there = stands.same(1) if items else some(stands.same(1), every(stands.same(0), cell.other("")))
        given = sheet.put(row, GIVEN, there if items else every(there, place > 0), "calc")
        aside = sheet.put(row, ASIDE, stands.same(3), "calc")
        sheet.put(
            row, PROVED, words.evidence.place_of(proof) >= 1 + min(map(list(EVIDENCE).index, PROVEN)), "calc"
        )
        ticks = {
            name: sheet.cell(item, PLACE)
            for name, item in zip(getattr(question, "option_ids", ()), items, strict=False)
        }
        self.said[question.id] = Said(question, given, aside, cell, place, ticks)
        if not items:
            sheet.put(
                row,
                REMARK,
                when(
                    every(stands.same(1), no(given)),
                    at(words.remarks.values, 1),
                    when(every(stands > 1, cell.other("")), at(words.remarks.values, 2), ""),
                ),
                "muted",
            )
        else:
            sheet.put(row, REMARK, None, "muted")
        return row + 1 + len(items)

    def _texts_to_match(self) -> dict[tuple[str, ...], Choices]:
        """Write the words that conditions want a written answer to be."""
        q = self.tell.questionnaire
        wanted = {
            test.any_of: None
            for conditions in (*q.conditions_of.values(), *q.figure_conditions.values())
            for condition in conditions
            for test in condition.tests()
            if test.any_of and test.question and isinstance(q.answerable[test.question], TextQuestion)
        }
        return {words: self.lists.add(self.tell.c.t("Conditions"), words) for words in wanted}

    # ── whether it counts ────────────────────────────────────────────────────────────────────────────────────────────

    def _asked(self, name: str, conditions: Conditions) -> Truth:
        """Write whether a question is asked, those first on which that hangs."""
        known = conditions.asked.get(name)
        if known is not None:
            return known
        for other in conditions.deciders(name):
            self._asked(other, conditions)
        row, truth = self.rows[name].row, conditions.of(name)
        cells = [
            self.sheet.put(row, column, each, "calc")
            for column, each in zip((YES, MAY, MUST), truth, strict=True)
        ]
        # what is certain stays certain, so that formulas resting on it stay short
        kept = Truth(*(each if each.fixed else cell for each, cell in zip(truth, cells, strict=True)))
        conditions.asked[name] = HOLDS if all(each.fixed and each.value for each in truth) else kept
        return kept

    def _counts(self, place: _Row) -> None:
        sheet, row, rules, tell = self.sheet, place.row, self.rules, self.tell
        given, aside, yes, may, must, worth, proved, stands = (
            sheet.cell(row, column) for column in (GIVEN, ASIDE, YES, MAY, MUST, WORTH, PROVED, STATE_PLACE)
        )
        counts = sheet.put(row, COUNTS, every(given, yes, no(aside)), "calc")
        missing = sheet.put(row, MISSING, every(no(given), yes, no(aside)), "calc")
        unsettled = sheet.put(row, UNSETTLED, every(may, no(must), no(aside)), "calc")
        left: Formula = made("")
        if tell.questionnaire.unanswered == "worst":
            left = when(missing, 0, "")
        rated = sheet.put(row, RATED, when(counts, worth, left), "share")
        proven = rated
        if tell.questionnaire.unproven_counts_as is not None and place.question.weight:
            proven = when(every(counts, no(proved)), least(worth, rules.ceiling), rated)
        confirmed = sheet.put(row, CONFIRMED, proven, "share")
        settled, open_ = every(counts, no(unsettled)), some(missing, unsettled)
        low = sheet.put(row, LOW, when(settled, rated, when(open_, 0, "")), "share")
        high = sheet.put(row, HIGH, when(settled, rated, when(open_, 1, "")), "share")
        least_, best = (
            sheet.put(row, column, when(settled, confirmed, end), "calc_share")
            for column, end in ((LOW_CONFIRMED, low), (HIGH_CONFIRMED, high))
        )
        words = self.words.asking.values
        sheet.put(
            row,
            ASKED,
            when(aside, at(words, 4), when(must, at(words, 1), when(may, at(words, 2), at(words, 3)))),
            "center",
        )
        unknown = every(missing, stands.same(2))
        self.leaves[place.question.id] = Leaf(
            (rated, low, high, confirmed, least_, best), counts, missing, unsettled, unknown
        )

    def _finish(self, last: int) -> None:
        sheet, paper = self.sheet, self.sheet.paper
        paper.autofilter(FIRST - 1, SECTION, max(last, FIRST), REMARK)
        grey = sheet.book.plain_format({"font_color": "#9AA3AD", "italic": True})
        warn = sheet.book.plain_format({"font_color": "#8A4B00", "bg_color": "#FDEBD0"})
        paper.conditional_format(
            area(FIRST, SECTION, last, REMARK),
            {
                "type": "formula",
                "criteria": f"=AND(ISLOGICAL($T{FIRST + 1}),NOT($T{FIRST + 1}))",
                "format": grey,
            },
        )
        paper.conditional_format(
            area(FIRST, REMARK, last, REMARK),
            {"type": "formula", "criteria": f'=$N{FIRST + 1}<>""', "format": warn},
        )
        paper.conditional_format(
            area(FIRST, RATED, last, RATED),
            {
                "type": "data_bar",
                "bar_solid": True,
                "bar_color": sheet.book.palette.brand_soft,
                "min_type": "num",
                "max_type": "num",
                "min_value": 0,
                "max_value": 1,
            },
        )
        sheet.finish(freeze=(FIRST, STATE), repeat=FIRST - 1, columns=HIGH + 1)
