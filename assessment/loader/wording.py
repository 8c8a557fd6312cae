"""What pydantic found wrong, in the author's words, with path by ids and the line."""

import re
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError

from assessment.errors import Hint, Problem, did_you_mean
from assessment.loader.marks import Marked, Path_
from assessment.loader.shapes import fields_of, owners_of, shape_at, tags_of, wants_answer, wants_text
from assessment.questions.options import OptionsError

_FORM = "Correct it; questionnaires/README.md shows the form."

_WORDS = {
    "confidence": "degree of confidence",
    "goals": "goal",
    "levels": "way to find levels",
    "method": "method",
    "type": "type of profile field",
    "unanswered": "way to count what is unanswered",
}
"""What an author calls the words that a field knows."""

_BOUNDS = {
    "greater_than": ("gt", "more than {bound} is needed here, not {value}."),
    "greater_than_equal": ("ge", "at least {bound} is needed here, not {value}."),
    "less_than": ("lt", "less than {bound} is needed here, not {value}."),
    "less_than_equal": ("le", "at most {bound} is possible here, not {value}."),
}


def described(error: ValidationError, marked: Marked) -> list[Problem]:
    """Return one problem for each thing that does not fit the types, each told once.

    Args:
        error: what pydantic found.
        marked: the data it was found in, with its lines.
    """
    found: dict[tuple[Path_, str], Problem] = {}
    for item in error.errors(include_url=False):
        fault = _fault(dict(item), marked.data)
        if fault is not None:
            message, remedy, values = _told(fault, marked.data)
            file, line = marked.place(fault.path)
            at = by_ids(marked.data, fault.path)
            problem = Problem(message, remedy, file=file, line=line, at=at, values=values)
            found.setdefault((fault.path, str(problem)), problem)
    return list(found.values())


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


def shown(value: Any) -> str:
    """Return a value as its author wrote it, or what it is if that is long."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return f"“{value}”" if len(value) <= 60 else f"“{value[:59]}…”"
        case list() | tuple():
            inside = ", ".join(
                "…" if isinstance(each, (list, dict)) else each if isinstance(each, str) else shown(each)
                for each in value
            )
            return f"[{inside}]" if len(inside) <= 60 else "a list"
        case dict():
            return "a mapping"
        case _:
            return str(value)


class _Fault(NamedTuple):
    """One thing that pydantic found, and where it stands in the data."""

    kind: str
    path: Path_
    last: str
    """The field that pydantic speaks of, there or not."""
    value: Any
    context: dict[str, Any]
    said: str


def _fault(item: dict[str, Any], data: Any) -> _Fault | None:
    """Return what is to be told; None for what only follows from something else that is told."""
    loc, kind, context, value = item["loc"], item["type"], item.get("ctx", {}), item.get("input")
    path = resolve(data, loc)
    fault = _Fault(kind, path, str(loc[-1]) if loc else "", value, context, item["msg"])
    if kind == "too_short" and isinstance(value, list) and len(value) >= context["min_length"]:
        return None  # there would be enough, if what is in it were right
    if loc[-1:] == ("[key]",) and wants_text(shape_at(data, path[:-1])):
        return None  # it is told as a language that is not declared
    for length in range(len(path) + 1):
        here = path[:length]
        if wants_answer(
            shape_at(data, here)
        ):  # pydantic says why it is none of the types that an answer may have
            return fault._replace(kind="no_answer", path=here, value=_at(data, here))
        place = _set_of(_at(data, here), data)
        if place is None:
            continue
        if "options" in loc[length:]:
            return None  # it is told where the option set stands
        if isinstance(context.get("error"), OptionsError):
            return fault._replace(path=place)
    if kind == "union_tag_invalid":
        return fault._replace(path=(*path, tags_of(shape_at(data, path))[0]))
    return fault


def _at(data: Any, path: Path_) -> Any:
    for step in path:
        data = data[step]
    return data


def _set_of(question: Any, data: Any) -> Path_ | None:
    """Return where the option set stands that a question uses; None if it uses none."""
    name = question.get("option_set") if isinstance(question, dict) and "type" in question else None
    sets = data.get("option_sets")
    for index, each in enumerate(sets if isinstance(sets, list) else ()):
        if isinstance(name, str) and isinstance(each, dict) and each.get("id") == name:
            return ("option_sets", index)
    return None


_Told = tuple[str, str, dict[str, object]]
"""Message, remedy, and the values that they name."""


def _told(fault: _Fault, data: Any) -> _Told:
    kind, value = fault.kind, shown(fault.value)
    match kind:
        case "missing":
            return (
                "“{field}” is missing.",
                "Add it; questionnaires/README.md says what it is.",
                {"field": fault.last},
            )
        case "extra_forbidden" | "invalid_key":
            return _unknown_field(fault, data)
        case "union_tag_invalid":
            return _unknown_tag(fault, data)
        case "union_tag_not_found":
            return _no_tag(fault, data)
        case "literal_error":
            return _unknown_word(fault)
        case "value_error":
            return _rule(fault)
        case "no_answer":
            return (
                "an answer is needed here, not {value}.",
                "Write true or false, a level, a number, the id of an option, or a list of ids.",
                {"value": value},
            )
        case "string_pattern_mismatch":
            return (
                "{value} does not have the form that is needed here.",
                "Ids are lower-case words such as w1-q2, versions look like 1.0.0, languages have two letters.",
                {"value": value},
            )
        case "string_too_long":
            return (
                "the text has more than {most} characters.",
                "Shorten it.",
                {"most": fault.context["max_length"]},
            )
        case "string_too_short":
            return "the text is empty.", "Write the text in quotes.", {}
        case "string_type":
            return "a text is needed here, not {value}.", "Write the text in quotes.", {"value": value}
        case "too_short":
            return (
                "there is too little here: at least {least} is needed, and there is {count}.",
                "Add to it; questionnaires/README.md shows the form.",
                {"least": fault.context["min_length"], "count": len(fault.value) or "nothing"},
            )
        case "dict_type":
            written = "A text is written by language: {{en: …, de: …}}."
            levels = "Anchors are written by level: {{1: {{en: …}}, 2: {{en: …}}}}."
            shares = "Shares are written by role: {{people: 60, it: 40}}."
            other = shares if fault.last == "work" else levels
            remedy = written if wants_text(shape_at(data, fault.path)) else other
            return "a mapping is needed here, not {value}.", remedy, {"value": value}
        case "tuple_type":
            return (
                "a list is needed here, not {value}.",
                "Write it in square brackets, or with a dash before each item.",
                {"value": value},
            )
        case "model_type" | "model_attributes_type":
            return "a mapping of fields is needed here, not {value}.", _FORM, {"value": value}
    if kind in _BOUNDS:
        name, message = _BOUNDS[kind]
        return message, _FORM, {"bound": f"{fault.context[name]:g}", "value": value}
    for beginning, wanted, remedy in (
        ("float", "a number", "Write it in digits, or as a fraction such as 2/3."),
        ("finite", "a number", "Write it in digits, or as a fraction such as 2/3."),
        ("int", "a whole number", "Write it in digits."),
        ("bool", "true or false", "Write one of the two words."),
        ("date", "a day", "Write for example 2026-11-21."),
    ):
        if kind.startswith(beginning):
            return "{wanted} is needed here, not {value}.", remedy, {"wanted": wanted, "value": value}
    return "{reason}; here it is {value}.", _FORM, {"reason": fault.said, "value": value}


def _unknown_field(fault: _Fault, data: Any) -> _Told:
    """Suggest fields of the type concerned only; of another one's field, say whose it is."""
    own = fields_of(shape_at(data, fault.path[:-1]), _at(data, fault.path[:-1]))
    owners = owners_of(fault.last)
    hint: str | Hint
    if owners and not get_close_matches(fault.last, own, n=1, cutoff=0.8):
        hint = f"“{fault.last}” belongs to {_joined(owners, 'and')}."
    else:
        hint = did_you_mean(fault.last, own)
    return (
        "there is no field “{field}” here.",
        "{hint} Correct or remove it.",
        {"field": fault.last, "hint": hint},
    )


def _unknown_tag(fault: _Fault, data: Any) -> _Told:
    field, known = tags_of(shape_at(data, fault.path[:-1]))
    message = "there is no question type {tag}." if field == "type" else "there is no check {tag}."
    tag = fault.value.get(field) if isinstance(fault.value, dict) else None
    return message, "{hint}", {"tag": shown(tag), "hint": did_you_mean(str(tag), known)}


def _no_tag(fault: _Fault, data: Any) -> _Told:
    field, known = tags_of(shape_at(data, fault.path))
    message = "“{field}” is missing."
    remedy = "Say how the question is asked: {known}." if field == "type" else "Say what is checked: {known}."
    return message, remedy, {"field": field, "known": _joined(known, "or")}


def _unknown_word(fault: _Fault) -> _Told:
    field = next((step for step in reversed(fault.path) if isinstance(step, str)), "")
    known = re.findall(r"'([^']*)'", str(fault.context["expected"]))
    return (
        "{value} is no {what}.",
        "{hint}",
        {
            "value": shown(fault.value),
            "what": _WORDS.get(field, f"word for `{field}`"),
            "hint": did_you_mean(str(fault.value), known).said() or f"Known: {', '.join(known)}.",
        },
    )


def _rule(fault: _Fault) -> _Told:
    """Our own rules say what is wrong and, behind a colon, what to do."""
    reason, _, todo = str(fault.context["error"]).partition(": ")
    values: dict[str, object] = {"reason": reason, "todo": todo[:1].upper() + todo[1:]}
    return "{reason}.", "{todo}." if todo else _FORM, values


def _joined(words: tuple[str, ...], by: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {by} {words[-1]}"
