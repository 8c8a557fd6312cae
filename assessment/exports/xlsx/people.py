"""What a workshop came to, as for the report: the questions, the gaps between roles, decisions with reasons, dissent."""

from collections.abc import Sequence

from assessment.document.blocks import Block, Cell, Heading, KeyFigures, Paragraph, Table
from assessment.document.people import people
from assessment.document.telling import Teller
from assessment.exports.xlsx.book import Look, Sheet

WIDTHS = (58, 22, 22, 22, 22, 22)
LAST = len(WIDTHS) - 1


def is_told(tell: Teller) -> bool:
    """Say whether there was a workshop with something to tell."""
    return next(people(tell), None) is not None


def write_people(tell: Teller, sheet: Sheet) -> None:
    """Write the chapter. There must be one."""
    c = tell.c
    sheet.widths(*WIDTHS)
    sheet.put(0, 0, c.t("People and agreement"), "title")
    row = 1
    for block in people(tell):
        row = _put(sheet, block, row)
    sheet.finish(freeze=(0, 1), columns=len(WIDTHS))


def _put(sheet: Sheet, block: Block, row: int) -> int:
    """Write a block and return the row after it."""
    match block:
        case Heading():
            sheet.put(row, 0, block.text, "lede" if block.level == 1 else "heading")
            return row + 1
        case Paragraph():
            _wide(sheet, row, 0, block.text, "muted")
            return row + 2
        case KeyFigures():
            for each in block.items:
                sheet.row(row, (each.label, each.value, each.note), ("strong", "text", "muted"))
                row += 1
            return row + 1
        case Table():
            return _table(sheet, block, row)
        case _:
            return row


def _table(sheet: Sheet, block: Table, row: int) -> int:
    rows = ([column.head for column in block.columns], *map(_texts, block.rows))
    for number, texts in enumerate(rows, start=row):
        *others, last = texts
        looks: list[Look] = ["head" if number == row else "text"] * len(texts)
        if number > row:
            looks[0] = "strong"
        sheet.row(number, others, looks[:-1])
        _wide(sheet, number, len(others), last, looks[-1])
    return row + len(rows) + 1


def _texts(cells: Sequence[Cell]) -> list[str]:
    return ["\n".join(line.text for line in lines) for lines in cells]


def _wide(sheet: Sheet, row: int, column: int, text: str, look: Look) -> None:
    """Write into all columns from this one on, as into one."""
    if column < LAST:
        sheet.paper.merge_range(row, column, row, LAST, "", sheet.book.look(look))
    sheet.put(row, column, text, look, wide=sum(WIDTHS[column:]))
