"""Tables of a document as HTML that reads on every screen: columns where there is room, a card for each row where there is not.

Every text in it is escaped: what people wrote is never markup.
"""

from html import escape

from assessment.document.blocks import Cell, Column, Line, Table
from assessment.report import Light

STACKED_FROM = 3
"""A table with so many columns becomes cards on a narrow screen."""
SIGNS: dict[Light, str] = {"red": "✕", "amber": "!", "green": "✓", "not_assessed": "○"}
"""A shape for each light; the words beside it say the same."""


def html(table: Table) -> str:
    """Return the table; look.css gives it its form."""
    whole = sum(column.width for column in table.columns)
    widths = "".join(f'<col style="width:{column.width / whole:.1%}">' for column in table.columns)
    heads = "".join(
        f'<th scope="col" role="columnheader"{_side(column)}>{escape(column.head)}</th>'
        for column in table.columns
    )
    rows = "".join(f'<tr role="row">{_row(row, table)}</tr>' for row in table.rows)
    kind = "told stacked" if len(table.columns) >= STACKED_FROM else "told"
    return (
        f'<div class="{kind}"><table role="table" aria-label="{escape(table.summary)}"><colgroup>{widths}</colgroup>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _row(row: tuple[Cell, ...], table: Table) -> str:
    placed = enumerate(zip(row, table.columns, strict=True))
    return "".join(
        _cell(cell, column, is_head=table.row_heads and not number) for number, (cell, column) in placed
    )


def _cell(cell: Cell, column: Column, *, is_head: bool) -> str:
    inside = "".join(_line(line) for line in cell)
    head = escape(column.head)
    if is_head:
        return f'<th scope="row" role="rowheader">{inside}</th>'
    return (
        f'<td role="cell" data-head="{head}"{_side(column)}>{inside}</td>'
        if cell
        else '<td role="cell"></td>'
    )


def _side(column: Column) -> str:
    return ' class="right"' if column.align == "right" else ""


def _line(line: Line) -> str:
    sign = (
        f'<span class="light {line.light}" aria-hidden="true">{SIGNS[line.light]}</span> '
        if line.light
        else ""
    )
    text = escape(line.text).replace("\n", "<br>")
    return f'<div class="{line.tone}">{sign}{text}</div>'
