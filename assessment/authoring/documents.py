"""A questionnaire as one JSON document: in the form of the schema, or inside an exported report."""

import json
from pathlib import Path
from typing import Any

from assessment.authoring.checking import checked
from assessment.errors import Problem, QuestionnaireError
from assessment.loader.marks import Marked, read_marked, read_text
from assessment.questionnaire import Questionnaire

_ALIASES = {"register_": "register", "not_": "not", "needs": "from", "starts": "from"}
"""Names of fields in the program, and what they are called in files."""


def read_document(path: Path) -> Questionnaire:
    """Read a questionnaire from a JSON file.

    Raises:
        QuestionnaireError: with every problem found.
    """
    text = read_text(path)
    if isinstance(text, Problem):
        raise QuestionnaireError([text])
    file = str(path)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
        message, remedy = (
            "this is not valid JSON: {reason}.",
            "Correct the line; a comma or a quote is often missing before it.",
        )
        raise QuestionnaireError(
            [Problem(message, remedy, file=file, line=line, values={"reason": reason})]
        ) from None
    inside = isinstance(data, dict) and isinstance(data.get("questionnaire"), dict)
    found = data["questionnaire"] if inside else data
    if not isinstance(found, dict) or not {"sections", "scale"} & set(found):
        message = "there is no questionnaire in this file."
        remedy = "Give a report exported as JSON, or a document in the form of questionnaires/schema.json."
        raise QuestionnaireError([Problem(message, remedy, file=file)])
    lines = read_marked(path).lines  # most JSON is YAML, too; where it is not, the path alone tells the place
    head = ("questionnaire",) if inside else ()
    marked = Marked(
        data=_as_written(found),
        lines={where[len(head) :]: line for where, line in lines.items() if where[: len(head)] == head},
    )
    marked.lines.setdefault((), (file, 0))
    questionnaire, problems = checked(marked)
    if questionnaire is None:
        raise QuestionnaireError(sorted(problems, key=lambda problem: problem.line or 0))
    return questionnaire


def _as_written(value: Any) -> Any:
    """Return data as an author writes it: names of files, nothing that is empty, an option set by its name only."""
    if isinstance(value, list):
        return [_as_written(part) for part in value]
    if not isinstance(value, dict):
        return value
    named = value.get("option_set") is not None and "type" in value
    return {
        _ALIASES.get(key, key): _as_written(part)
        for key, part in value.items()
        if part is not None and not (named and key == "options")
    }
