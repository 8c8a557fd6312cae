"""Files beside questionnaires that are no part of one: plain data becomes a value of one type, or the list of what is wrong."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from assessment.errors import Hint, Problem, QuestionnaireError, did_you_mean
from assessment.loader.marks import Marked, Path_, read_marked
from assessment.loader.shapes import fields_of, typed
from assessment.loader.wording import by_ids, resolve
from assessment.values import Model

M = TypeVar("M", bound=Model)

_NEEDED = {
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "tuple_type": "a list in square brackets",
    "string_type": "a text",
    "int_type": "a whole number",
    "bool_type": "true or false",
}


def read_separate(path: Path, model: type[M], *, name: str) -> tuple[M, Marked]:
    """Read a file.

    Args:
        path: the file, which is there.
        model: what it holds.
        name: the file as it is told.

    Raises:
        QuestionnaireError: with every problem found.
    """
    marked = read_marked(path, name=name)
    if marked.problems:
        raise QuestionnaireError(marked.problems)
    if not isinstance(marked.data, dict):
        raise QuestionnaireError(
            [Problem("this file holds no mapping.", "Give it the form of the shipped one.", file=name)]
        )
    try:
        return model.model_validate(marked.data), marked
    except ValidationError as error:
        found = [_told(dict(item), marked, model) for item in error.errors(include_url=False)]
        raise QuestionnaireError(found) from None


def _told(item: dict[str, Any], marked: Marked, model: type[Model]) -> Problem:
    loc, kind = item["loc"], item["type"]
    path = resolve(marked.data, loc)
    last = str(loc[-1]) if loc else ""
    hint: str | Hint
    match kind:
        case "missing":
            message, remedy, hint = "“{field}” is missing.", "Add it.", ""
        case "extra_forbidden":
            message, remedy = "there is no field “{field}” here.", "{hint} Correct or remove it."
            hint = did_you_mean(last, _fields(marked.data, path[:-1], model))
        case _ if kind in _NEEDED:
            message, remedy, hint = "{hint} is needed here.", "Correct it.", _NEEDED[kind]
        case _:
            message, remedy, hint = "this does not fit: {hint}.", "Correct it.", item["msg"]
    file, line = marked.place(path)
    values: dict[str, object] = {"field": last, "hint": hint}
    return Problem(message, remedy, file=file, line=line, at=by_ids(marked.data, path), values=values)


def _fields(data: Any, path: Path_, model: type[Model]) -> tuple[str, ...]:
    """Return the fields that the mapping at a path may have."""
    shape = next((shape for place, _, shape in typed(data, (), model) if place == path), model)
    return fields_of(shape, None)
