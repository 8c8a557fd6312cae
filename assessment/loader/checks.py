"""What must hold between the parts of a questionnaire, checked on the raw data so that every problem comes in one run."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from assessment.errors import MOST_WRONG, Problem, did_you_mean
from assessment.loader.marks import Marked, Path_
from assessment.loader.shapes import typed, wants_text
from assessment.loader.wording import by_ids

KINDS = (
    "sections",
    "questions",
    "measures",
    "rows",
    "profile",
    "caps",
    "option_sets",
    "figures",
    "groups",
    "roles",
    "standards",
    "topics",
)
"""What has ids that other parts name: the lists that they stand in."""

_LANGUAGE = re.compile(r"[a-z]{2}")


def check_raw(marked: Marked) -> list[Problem]:
    """Return what is wrong with ids, references and languages."""
    if not isinstance(marked.data, dict):
        return []
    found = chain(_ids_once(marked), _references(marked), _workers(marked), _languages(marked))
    return list(islice(found, MOST_WRONG))


def walk(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Yield every value with its path, top down."""
    yield path, data
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in children:
        yield from walk(child, (*path, key))


def problem_at(marked: Marked, path: Path_, message: str, remedy: str, **values: object) -> Problem:
    """Return a problem with the file and line where the path stands."""
    file, line = marked.place(path)
    return Problem(message, remedy, file=file, line=line, at=by_ids(marked.data, path), values=values)


def collect(marked: Marked) -> dict[str, dict[str, Path_]]:
    """Return every id by kind, with its path; ids given twice keep the first."""
    kinds: dict[str, dict[str, Path_]] = {kind: {} for kind in KINDS}
    for path, value in walk(marked.data):
        if len(path) >= 2 and isinstance(path[-1], int) and path[-2] in kinds and isinstance(value, dict):
            identifier = value.get("id")
            if isinstance(identifier, str):
                kinds[str(path[-2])].setdefault(identifier, path)
    return kinds


def _ids_once(marked: Marked) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Path_] = {("place", str(marked.data.get("id"))): ()}
    same_room = {"sections": "place", "questions": "place", "figures": "place"}
    for path, value in walk(marked.data):
        if (
            len(path) >= 2
            and isinstance(path[-1], int)
            and isinstance(value, dict)
            and isinstance(value.get("id"), str)
        ):
            kind = same_room.get(str(path[-2]), ".".join(str(step) for step in path[:-1]))
            key = (kind, value["id"])
            if key in seen:
                first = marked.place((*seen[key], "id"))
                yield problem_at(
                    marked,
                    (*path, "id"),
                    "the id “{id}” is taken: {file}:{line}.",
                    "Give every part an id of its own.",
                    id=value["id"],
                    file=first[0],
                    line=first[1],
                )
            else:
                seen[key] = path


_NAMED = {
    "question": ("questions", "question"),
    "section": ("sections", "section"),
    "profile": ("profile", "profile field"),
    "currency": ("profile", "profile field"),
    "option_set": ("option_sets", "option set"),
    "requires": ("measures", "measure"),
    "references": ("rows", "row in the legal register"),
    "standard": ("standards", "standard"),
    "topics": ("topics", "topic"),
    "group": ("groups", "group"),
    "figure": ("figures", "key figure"),
}
"""The fields that name a part by its id: the list that it stands in, and what it is called."""


def _references(marked: Marked) -> Iterator[Problem]:
    kinds = collect(marked)
    for path, value in walk(marked.data):
        found = _named(path, value)
        if found is None:
            continue
        kind, word = found
        known = {**kinds["questions"], **kinds["figures"]} if _may_be_a_figure(path) else kinds[kind]
        for wanted in value if isinstance(value, list) else [value]:
            if not isinstance(wanted, str) or wanted in known:
                continue
            if path[-1] == "question" and wanted in kinds["figures"]:
                yield problem_at(
                    marked,
                    path,
                    "“{wanted}” is a key figure, and only checks look at key figures.",
                    "Name a question.",
                    wanted=wanted,
                )
            else:
                yield problem_at(
                    marked,
                    path,
                    "there is no {word} “{wanted}”.",
                    "{hint} Correct the id or add it.",
                    word=word,
                    wanted=wanted,
                    hint=did_you_mean(wanted, known),
                )


def _workers(marked: Marked) -> Iterator[Problem]:
    """Yield the shares of a measure's effort whose role nobody plans: the keys of `work` name parts, too."""
    roles = collect(marked)["roles"]
    for path, value in walk(marked.data):
        if len(path) != 3 or (path[0], path[2]) != ("measures", "work") or not isinstance(value, dict):
            continue
        for wanted in value:
            if isinstance(wanted, str) and wanted not in roles:
                yield problem_at(
                    marked,
                    (*path, wanted),
                    "there is no planning role “{wanted}”.",
                    "{hint} Correct the id or add it to `planning`.",
                    wanted=wanted,
                    hint=did_you_mean(wanted, roles),
                )


def _named(path: Path_, value: Any) -> tuple[str, str] | None:
    """Return the list in which what stands here must be, and what it is called; None where no part is named."""
    if not path or path == ("profile",):
        return None
    last, above = path[-1], path[-3:-2]
    if last == "sections":
        parts_of_others = (("rows",), ("figures",), ("reference_points",))
        return ("sections", "section") if above in parts_of_others else None
    if last == "rows":
        return ("rows", "row in the legal register") if above == ("watch",) else None
    if last == "topics" and above != ("rows",):
        return None
    return _NAMED.get(str(last)) if isinstance(last, str) else None


def _may_be_a_figure(path: Path_) -> bool:
    """Say whether a key figure may stand where a question is named: checks look at both."""
    return path[-1] == "question" and path[:1] == ("checks",)


def _languages(marked: Marked) -> Iterator[Problem]:
    said = marked.data.get("languages")
    if not isinstance(said, list):
        return
    declared = [each for each in said if isinstance(each, str) and _LANGUAGE.fullmatch(each)]
    for path, value, shape in typed(marked.data):
        if not wants_text(shape) or not isinstance(value, dict):
            continue
        for language in declared:
            if language not in value:
                yield problem_at(
                    marked,
                    path,
                    "the text is missing in “{language}”.",
                    "The questionnaire declares this language: add the text.",
                    language=language,
                )
        for language in value:
            if language not in said:
                yield problem_at(
                    marked,
                    (*path, language),
                    "“{language}” is not one of the questionnaire's languages.",
                    "{hint} Add it to `languages` or remove the text.",
                    language=language,
                    hint=did_you_mean(str(language), declared),
                )
