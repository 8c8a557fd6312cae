"""What pydantic found wrong, in the author's words, with path by ids and the line."""

from typing import Any

from pydantic import ValidationError

from assessment.errors import Problem, did_you_mean
from assessment.loader.marks import Marked, Path_


def described(error: ValidationError, marked: Marked, *, known: dict[str, tuple[str, ...]]) -> list[Problem]:
    """Return one problem for each thing that does not fit the types.

    Args:
        error: what pydantic found.
        marked: the data it was found in, with its lines.
        known: field names by type name, to suggest from.
    """
    return [_one(dict(item), marked, known) for item in error.errors(include_url=False)]


def resolve(data: Any, loc: tuple[Any, ...]) -> Path_:
    """Return the part of pydantic's location that exists in the data (it adds the tags of unions)."""
    path: list[str | int] = []
    here = data
    for step in loc:
        if isinstance(here, dict) and step in here:
            here = here[step]
        elif isinstance(here, dict) and isinstance(step, str) and step.isdigit() and int(step) in here:
            path.append(int(step))
            here = here[int(step)]
            continue
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def by_ids(data: Any, path: Path_) -> str:
    """Return a path with ids instead of positions: `w1 › questions › w1-q2 › label`."""
    words: list[str] = []
    here: Any = data
    for step in path:
        here = here[step]
        if isinstance(step, int) and isinstance(here, dict) and isinstance(here.get("id"), str):
            words.append(here["id"])
        elif not (isinstance(step, str) and step in ("sections", "questions", "measures", "rows")):
            words.append(str(step))
    return " › ".join(words)


def _one(item: dict[str, Any], marked: Marked, known: dict[str, tuple[str, ...]]) -> Problem:
    loc, kind, context = item["loc"], item["type"], item.get("ctx", {})
    path = resolve(marked.data, loc)
    file, line = marked.place(path)
    at = by_ids(marked.data, path)
    last = str(loc[-1]) if loc else ""
    value = item.get("input")

    def problem(message: str, remedy: str, **values: object) -> Problem:
        return Problem(message, remedy, file=file, line=line, at=at, values=values)

    if kind == "missing":
        return problem(
            "“{field}” is missing.", "Add it; questionnaires/README.md says what it is.", field=last
        )
    if kind == "extra_forbidden":
        names = {name for fields in known.values() for name in fields}
        return problem(
            "there is no field “{field}” here.",
            "{hint} Correct or remove it.",
            field=last,
            hint=did_you_mean(last, names) if len(last) > 1 else "",
        )
    if kind == "union_tag_invalid":
        tags = [tag.strip(" '") for tag in str(context.get("expected_tags", "")).split(",")]
        field = "kind" if "checks" in loc else "type"
        tag_path = (*path, field)
        file, line = marked.place(tag_path)
        at = by_ids(marked.data, path) + f" › {field}"
        tag = context.get("tag")
        return problem(
            "there is no question type “{tag}”." if field == "type" else "there is no check “{tag}”.",
            "{hint}",
            tag=tag,
            hint=did_you_mean(str(tag), tags),
        )
    if kind == "union_tag_not_found":
        if "checks" in loc:
            return problem(
                "“kind” is missing.", "Say what is checked; questionnaires/README.md has the list."
            )
        return problem(
            "“type” is missing.",
            "Say how the question is asked: level, yes_no, choice, checklist, number or text.",
        )
    if kind == "string_pattern_mismatch":
        return problem(
            "“{value}” does not have the form that is needed here.",
            "Ids are lower-case words such as w1-q2, versions look like 1.0.0, languages have two letters.",
            value=value,
        )
    if kind in ("float_parsing", "float_type", "int_parsing", "int_type", "finite_number"):
        return problem("a number is needed here, not {value}.", "Write it in digits.", value=repr(value))
    if kind in ("string_type", "string_too_short"):
        return problem("a text is needed here, not {value}.", "Write the text in quotes.", value=repr(value))
    if kind == "dict_type":
        return problem(
            "a mapping is needed here, not {value}.",
            "A text is written by language: {{en: …, de: …}}.",
            value=_short(value),
        )
    if kind in ("model_type", "tuple_type"):
        wanted = "a list" if kind == "tuple_type" else "a mapping of fields"
        return problem(
            "{wanted} is needed here, not {value}.",
            "Correct it; questionnaires/README.md shows the form.",
            wanted=wanted,
            value=_short(value),
        )
    if kind == "too_short":
        return problem("there is too little here.", "Add to it; questionnaires/README.md shows the form.")
    if kind == "value_error":
        return problem(
            "{reason}.",
            "Correct it; questionnaires/README.md shows the form.",
            reason=str(context.get("error", item["msg"])),
        )
    return problem(
        "{reason}; here it is {value}.",
        "Correct it; questionnaires/README.md shows the form.",
        reason=item["msg"],
        value=_short(value),
    )


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
