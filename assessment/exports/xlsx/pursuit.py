"""What became of the plan: a row for each measure that is followed up, and what became of the answers it was to raise."""

from assessment.document.pursuit import MOVEMENTS, STAGE_NAMES, against, claim
from assessment.document.telling import Teller
from assessment.exports.xlsx.book import Look, Sheet
from assessment.roadmap import Pursuit

HEAD = 3


def write_pursuit(tell: Teller, sheet: Sheet, found: Pursuit) -> None:
    """Write what became of the plan."""
    c = tell.c
    sheet.widths(36, 14, 22, 12, 12, 12, 12, 10, 12, 26, 44, 9)
    sheet.put(0, 0, c.t("Progress"), "title")
    sheet.put(1, 0, claim(tell, found), "lede")
    sheet.put(2, 0, c.t("As of {day}", day=c.date(found.as_of)), "note")
    heads = (
        c.t("Measure"),
        c.t("Status"),
        c.t("Owner"),
        c.t("Planned begin"),
        c.t("Planned end"),
        c.t("Begun on"),
        c.t("Finished on"),
        c.t("Days behind the plan"),
        c.t("Person-days, planned"),
        c.t("Against the plan"),
        c.t("Note"),
        c.t("Id"),
    )
    sheet.heads(HEAD, heads)
    looks: tuple[Look, ...] = (
        *("strong", "text", "text"),
        *("day", "day", "day", "day"),
        *("whole", "amount", "text", "text", "muted"),
    )
    row = HEAD + 1
    for each in found.rows:
        sheet.row(
            row,
            (
                tell.measure(each.measure),
                c.t(STAGE_NAMES[each.stage]),
                each.owner.strip(),
                each.aimed_begin,
                each.aimed_end,
                each.begin,
                each.end,
                each.late,
                each.days,
                against(tell, each),
                each.note.strip(),
                each.measure,
            ),
            looks,
        )
        row += 1
    _answers(tell, sheet, found, row + 1)
    sheet.finish(freeze=(HEAD + 1, 1), repeat=HEAD, columns=len(heads))


def _answers(tell: Teller, sheet: Sheet, found: Pursuit, row: int) -> None:
    c = tell.c
    pairs = [(each, moved) for each in found.at("done") for moved in each.moved]
    if not pairs:
        return
    sheet.put(row, 0, c.t("Did the answers follow?"), "heading")
    sheet.heads(row + 1, (c.t("Measure"), c.t("What became of it"), c.t("Question")))
    for here, (each, moved) in enumerate(pairs, start=row + 2):
        texts = (tell.measure(each.measure), c.t(MOVEMENTS[moved.movement]), tell.question(moved.question))
        sheet.row(here, texts, ("strong", "text", "text"))
