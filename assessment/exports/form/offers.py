"""What the cells of a form offer to choose, on a sheet that is not shown: a list in the cell itself may have only 255 letters."""

from assessment.exports.xlsx.book import Book, Sheet

LISTS = "form-lists"


class Offers:
    """Lists, each written once."""

    def __init__(self, book: Book) -> None:
        self._sheet: Sheet = book.sheet(LISTS)
        self._rows: dict[tuple[str, ...], tuple[int, int]] = {}
        self._next = 0

    def put(
        self, sheet: Sheet, row: int, column: int, offered: tuple[str, ...], *, title: str, otherwise: str
    ) -> None:
        """Offer these in a cell; whatever else is written there is taken, after `otherwise` was asked where it says something."""
        if offered not in self._rows:
            for number, text in enumerate(offered):
                self._sheet.put(self._next + number, 0, text, "note")
            self._rows[offered] = (self._next, self._next + len(offered) - 1)
            self._next += len(offered)
        first, last = self._rows[offered]
        rule: dict[str, object] = {
            "validate": "list",
            "source": f"='{self._sheet.name}'!$A${first + 1}:$A${last + 1}",
            "show_error": bool(otherwise),
        }
        if otherwise:
            rule |= {"error_type": "warning", "error_title": title[:32], "error_message": otherwise[:255]}
        sheet.paper.data_validation(row, column, row, column, rule)

    def hide(self) -> None:
        """Finish the sheet and hide it."""
        self._sheet.finish()
        self._sheet.paper.very_hidden()
