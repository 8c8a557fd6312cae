"""The first sheet: where it stands, as a whole and part by part; every figure follows the answers."""

from assessment.charts.axes import digits_of
from assessment.document.telling import Teller
from assessment.exports.xlsx.book import Book, Look, Sheet, area
from assessment.exports.xlsx.formulas import DASH, Formula, at, is_number, when
from assessment.exports.xlsx.lists import Rules
from assessment.exports.xlsx.scores import Line, ScoresSheet
from assessment.theme import LIGHT as PAPER
from assessment.theme import mixed, on

(
    PART,
    LEVEL,
    LEVEL_NAME,
    INDEX,
    LOW,
    HIGH,
    LEVEL_LOW,
    LEVEL_HIGH,
    COVERAGE,
    LEVEL_PROVEN,
    INDEX_PROVEN,
    STATUS,
    HELD,
) = range(13)
CARDS = 8
TABLE = CARDS + 7
WIDTHS = (46, 9, 22, 9, 9, 9, 9, 9, 11, 11, 11, 18, 42)


def write_result(tell: Teller, book: Book, sheet: Sheet, *, scores: ScoresSheet, rules: Rules) -> None:
    """Write the result."""
    sheet.widths(*WIDTHS)
    _about(tell, sheet)
    _cards(tell, book, sheet, scores.lines[tell.questionnaire.id], rules)
    _table(tell, sheet, scores, rules)
    if tell.questionnaire.unproven_counts_as is None:
        # nothing is confirmed apart from what is rated
        sheet.paper.set_column(LEVEL_PROVEN, INDEX_PROVEN, None, None, {"hidden": True})
    sheet.finish(freeze=(0, 1), columns=HELD + 1)


def _about(tell: Teller, sheet: Sheet) -> None:
    c, report = tell.c, tell.report
    subject, q = report.subject, tell.questionnaire
    sheet.put(0, PART, subject.organisation.strip() or c.t("Organisation not named"), "title")
    sheet.put(1, PART, tell.say(q.title), "lede")
    said = [subject.unit.strip()]
    if subject.author.strip():
        said.append(c.t("Prepared by {author}", author=subject.author.strip()))
    said.append(c.t("Questionnaire version {version}", version=q.version))
    sheet.put(2, PART, " · ".join(part for part in said if part), "note")
    sheet.put(3, PART, subject.held_on, "date_note")
    sheet.put(
        4,
        PART,
        c.t(
            "Change an answer on the sheet “{answers}”, and every figure here follows.",
            answers=c.t("Answers"),
        ),
        "lede",
    )
    sheet.put(
        5,
        PART,
        c.t("Roadmap, measures and value stay as they were computed for the answers of the report."),
        "note",
    )


def _headline(line: Line, cell: Formula) -> Formula:
    """Return a figure where enough is answered for one, else a dash."""
    return when(line.certain, cell, DASH)


def _cards(tell: Teller, book: Book, sheet: Sheet, line: Line, rules: Rules) -> None:
    """Write the headline figures, each with a name that other formulas can use."""
    c, overall = tell.c, tell.overall
    digits = digits_of(overall.bottom, overall.top)
    lowest = tell.questionnaire.scale.lowest
    proven = tell.questionnaire.unproven_counts_as is not None
    cards: list[tuple[int, int, str, str, Formula, Look]] = [
        (PART, PART, "result_level", c.t("Level as rated"), _headline(line, line.level[0]), "figure_whole"),
        (
            LEVEL,
            LEVEL_NAME,
            "result_index",
            c.t("Index as rated"),
            _headline(line, line.index[0]),
            "figure_index",
        ),
        (INDEX, LEVEL_LOW, "result_coverage", c.t("Coverage"), line.coverage, "figure_percent"),
    ]
    if proven:
        cards += [
            (
                LEVEL_HIGH,
                LEVEL_PROVEN,
                "result_level_confirmed",
                c.t("Level confirmed"),
                _headline(line, line.level[3]),
                "figure_whole",
            ),
            (
                INDEX_PROVEN,
                STATUS,
                "result_index_confirmed",
                c.t("Index confirmed"),
                _headline(line, line.index[3]),
                "figure_index",
            ),
        ]
    for first, last, name, label, figure, look in cards:
        for row, kind in ((CARDS, "label"), (CARDS + 1, look)):
            if last > first:
                sheet.paper.merge_range(row, first, row, last, "", book.look(kind, digits=digits))  # type: ignore[arg-type]
        sheet.put(CARDS, first, label, "label")
        book.named(name, sheet.put(CARDS + 1, first, figure, look, digits=digits))
    sheet.paper.set_row(CARDS + 1, 36)
    level = line.level[0]
    named = at(rules.labels, level - (lowest - 1))
    sheet.put(CARDS + 2, PART, when(line.certain, named, line.status), "figure_note")
    sheet.put(CARDS + 2, LEVEL, c.t("possible:"), "figure_note")
    book.named("result_lowest", sheet.put(CARDS + 2, LEVEL_NAME, line.index[1], "figure_note", digits=digits))
    sheet.put(CARDS + 3, LEVEL, c.t("to"), "figure_note")
    book.named(
        "result_highest", sheet.put(CARDS + 3, LEVEL_NAME, line.index[2], "figure_note", digits=digits)
    )


def _table(tell: Teller, sheet: Sheet, scores: ScoresSheet, rules: Rules) -> None:
    c, q = tell.c, tell.questionnaire
    sheet.put(TABLE - 2, PART, c.t("Every part"), "heading")
    sheet.heads(
        TABLE - 1,
        (
            c.t("Part"),
            c.t("Level"),
            c.t("Name of the level"),
            c.t("Index"),
            c.t("Index at worst"),
            c.t("Index at best"),
            c.t("Level at worst"),
            c.t("Level at best"),
            c.t("Coverage"),
            c.t("Level confirmed"),
            c.t("Index confirmed"),
            c.t("Status"),
            c.t("Held by"),
        ),
        right=(*range(INDEX, LEVEL_PROVEN), INDEX_PROVEN),
    )
    row = TABLE
    for section in q.whole.walk():
        line, score = scores.lines[section.id], tell.report.scorecard.of(section.id)
        digits = digits_of(score.bottom, score.top)
        depth = len(q.path(section.id))
        sheet.put(
            row, PART, tell.section(section.id), "strong" if depth < 2 else "text", indent=max(0, depth - 1)
        )
        level = sheet.put(row, LEVEL, _headline(line, line.level[0]), "level")
        sheet.put(
            row,
            LEVEL_NAME,
            when(is_number(level), at(rules.labels, level - (q.scale.lowest - 1)), ""),
            "text",
            indent=1,
        )
        sheet.put(row, INDEX, _headline(line, line.index[0]), "index", digits=digits)
        sheet.put(row, LOW, line.index[1], "index", digits=digits)
        sheet.put(row, HIGH, line.index[2], "index", digits=digits)
        sheet.put(row, LEVEL_LOW, line.level[1], "whole")
        sheet.put(row, LEVEL_HIGH, line.level[2], "whole")
        sheet.put(row, COVERAGE, line.coverage, "percent")
        sheet.put(row, LEVEL_PROVEN, _headline(line, line.level[3]), "level")
        sheet.put(row, INDEX_PROVEN, _headline(line, line.index[3]), "index", digits=digits)
        sheet.put(row, STATUS, line.status, "text", indent=1)
        sheet.put(row, HELD, line.held, "muted")
        row += 1
    _shade(tell, sheet, row - 1)


def _shade(tell: Teller, sheet: Sheet, last: int) -> None:
    """Give each level its colour, beside the number and the name that say the same."""
    scale, palette, paper = tell.questionnaire.scale, sheet.book.palette, sheet.paper
    for column in (LEVEL, LEVEL_PROVEN):
        for step in scale.levels:
            share = (step.level - scale.lowest) / (scale.highest - scale.lowest)
            colour = _between(palette.levels, share)
            form = sheet.book.plain_format({"bg_color": colour, "font_color": on(colour), "bold": True})
            paper.conditional_format(
                area(TABLE, column, last, column),
                {"type": "cell", "criteria": "==", "value": step.level, "format": form},
            )
    paper.conditional_format(
        area(TABLE, COVERAGE, last, COVERAGE),
        {
            "type": "data_bar",
            "bar_solid": True,
            "bar_color": PAPER.line,
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 1,
        },
    )


def _between(colours: tuple[str, ...], share: float) -> str:
    """Return the colour at a share of the way from the first to the last."""
    place = share * (len(colours) - 1)
    first = min(int(place), len(colours) - 2)
    return mixed(colours[first], colours[first + 1], place - first)
