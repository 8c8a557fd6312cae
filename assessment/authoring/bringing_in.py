"""A file that somebody hands in becomes a questionnaire, with the story of what was done to it."""

from dataclasses import dataclass
from pathlib import Path

from assessment.authoring.cells import word_of
from assessment.authoring.checking import check_cells
from assessment.authoring.documents import read_document
from assessment.authoring.forms import SURVEY
from assessment.authoring.opening import Book, open_book
from assessment.authoring.places import Log, Notice, Place
from assessment.authoring.reading import read_template
from assessment.authoring.template import SETTINGS
from assessment.authoring.xlsform import read_xlsform
from assessment.errors import Problem, QuestionnaireError
from assessment.questionnaire import Questionnaire


@dataclass(frozen=True)
class BroughtIn:
    """A questionnaire from a file, and what was done to it on the way."""

    questionnaire: Questionnaire
    kind: str
    """What the file was taken for."""
    taken: dict[str, int]
    """Rows by sheet."""
    notices: tuple[Notice, ...]


def bring_in(path: Path, name: str) -> BroughtIn:
    """Read a questionnaire from a workbook (our own, or an XLSForm) or a JSON document.

    Args:
        path: the file.
        name: of the folder that it will stand in, which is its id.

    Raises:
        QuestionnaireError: with every problem found, each with sheet, row and column.
    """
    if word_of(name, "questionnaire") != name:
        message, remedy = (
            "“{name}” cannot be the name of a questionnaire's folder.",
            "Use a lower-case word, for example {word}.",
        )
        values: dict[str, object] = {"name": name, "word": word_of(name, "questionnaire")}
        raise QuestionnaireError([Problem(message, remedy, values=values)])
    if path.suffix.lower() == ".json":
        questionnaire = read_document(path)
        if questionnaire.id != name:
            raise QuestionnaireError([_another_name(questionnaire.id, name, str(path), "id")])
        return BroughtIn(questionnaire, "a questionnaire in JSON", {}, ())
    book = open_book(path)
    log = Log(str(path))
    if book.grid(SETTINGS.name) or (book.grid("questions") and not book.grid(SURVEY)):
        kind, data = "a workbook of our own template", read_template(book, log)
        if data.get("id") not in (None, name):
            place = data.cells["id"]
            log.tell(place, _another_name(data["id"], name, str(path), str(place)))
    elif book.grid(SURVEY):
        kind, data = "an XLSForm", read_xlsform(book, name, log)
    else:
        raise _unknown(book)
    made = check_cells(data, log)
    if made is None:
        raise QuestionnaireError(log.in_order(book.names))
    order = {sheet: number for number, sheet in enumerate(book.names)}

    def key(notice: Notice) -> tuple[int, int, int]:
        place = notice.place or Place("")
        return order.get(place.sheet, -1), place.row, place.column

    return BroughtIn(made, kind, log.taken, tuple(sorted(log.notices, key=key)))


def _another_name(given: str, name: str, file: str, at: str) -> Problem:
    values: dict[str, object] = {"id": given, "folder": name}
    message, remedy = (
        "the id is “{id}”, the folder “{folder}”.",
        "Give both the same name: change the id, or write -o …/{id}.",
    )
    return Problem(message, remedy, file=file, at=at, values=values)


def _unknown(book: Book) -> QuestionnaireError:
    message = "this workbook has neither the sheet questionnaire of our template nor the sheet survey of an XLSForm; it has {sheets}."
    remedy = "`assessment export --empty -o template.xlsx` writes a template to start from."
    values: dict[str, object] = {"sheets": ", ".join(book.names[:12]) or "no sheets"}
    return QuestionnaireError([Problem(message, remedy, file=book.file, values=values)])
