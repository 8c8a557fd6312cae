"""What must hold between the parts of a questionnaire, checked on the raw data so that every problem comes in one run."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assessment.errors import Problem, did_you_mean
from assessment.loader.marks import Marked, Path_
from assessment.loader.wording import by_ids
from assessment.questionnaire import Questionnaire
from assessment.questions import LevelQuestion

_LANGUAGE = re.compile(r"^[a-z]{2}$")


def check_raw(marked: Marked) -> list[Problem]:
    """Return what is wrong with ids, references and languages."""
    if not isinstance(marked.data, dict):
        return []
    return [*_ids_once(marked), *_references(marked), *_languages(marked)]


def check_built(questionnaire: Questionnaire, marked: Marked) -> list[Problem]:
    """Return what is wrong with values and orders, once the types fit."""
    return [
        *_scale(questionnaire, marked),
        *_places(questionnaire, marked),
        *_values(questionnaire, marked),
        *_cycles(questionnaire, marked),
    ]


def walk(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Yield every value with its path, top down."""
    yield path, data
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in children:
        yield from walk(child, (*path, key))


def _problem(marked: Marked, path: Path_, message: str, remedy: str, **values: object) -> Problem:
    file, line = marked.place(path)
    return Problem(message, remedy, file=file, line=line, at=by_ids(marked.data, path), values=values)


def _collect(marked: Marked) -> dict[str, dict[str, Path_]]:
    """Return every id by kind, with its path; ids given twice keep the first."""
    kinds: dict[str, dict[str, Path_]] = {
        kind: {} for kind in ("sections", "questions", "measures", "rows", "profile", "caps")
    }
    for path, value in walk(marked.data):
        if len(path) >= 2 and isinstance(path[-1], int) and path[-2] in kinds and isinstance(value, dict):
            identifier = value.get("id")
            if isinstance(identifier, str):
                kinds[str(path[-2])].setdefault(identifier, path)
    return kinds


def _ids_once(marked: Marked) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Path_] = {("place", str(marked.data.get("id"))): ()}
    same_room = {"sections": "place", "questions": "place"}
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
                yield _problem(
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


def _references(marked: Marked) -> Iterator[Problem]:
    kinds = _collect(marked)
    named = {
        "question": ("questions", "question"),
        "section": ("sections", "section"),
        "profile": ("profile", "profile field"),
        "requires": ("measures", "measure"),
        "references": ("rows", "row in the legal register"),
    }
    for path, value in walk(marked.data):
        if not path or path[-1] not in named or path == ("profile",):
            continue
        kind, word = named[str(path[-1])]
        for wanted in value if isinstance(value, list) else [value]:
            if isinstance(wanted, str) and wanted not in kinds[kind]:
                yield _problem(
                    marked,
                    path,
                    "there is no {word} “{wanted}”.",
                    "{hint} Correct the id or add it.",
                    word=word,
                    wanted=wanted,
                    hint=did_you_mean(wanted, kinds[kind]),
                )
    for path, value in walk(marked.data):
        if len(path) >= 2 and path[-1] == "sections" and path[-3:-2] == ("rows",):
            for wanted in value if isinstance(value, list) else []:
                if isinstance(wanted, str) and wanted not in kinds["sections"]:
                    yield _problem(
                        marked,
                        path,
                        "there is no section “{wanted}”.",
                        "{hint}",
                        wanted=wanted,
                        hint=did_you_mean(wanted, kinds["sections"]),
                    )


def _languages(marked: Marked) -> Iterator[Problem]:
    declared = marked.data.get("languages")
    if not isinstance(declared, list):
        return
    for path, value in walk(marked.data):
        if (
            not isinstance(value, dict)
            or not value
            or not all(isinstance(k, str) and _LANGUAGE.match(k) for k in value)
        ):
            continue
        for language in declared:
            if language not in value:
                yield _problem(
                    marked,
                    path,
                    "the text is missing in “{language}”.",
                    "The questionnaire declares this language: add the text.",
                    language=language,
                )
        for language in value:
            if language not in declared:
                yield _problem(
                    marked,
                    (*path, language),
                    "“{language}” is not one of the questionnaire's languages.",
                    "{hint} Add it to `languages` or remove the text.",
                    language=language,
                    hint=did_you_mean(language, map(str, declared)),
                )


def _scale(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    levels = [step.level for step in questionnaire.scale.levels]
    if levels != list(range(levels[0], levels[0] + len(levels))):
        yield _problem(
            marked,
            ("scale", "levels"),
            "the levels {levels} leave gaps or are out of order.",
            "Number them upwards without a gap, so that they tile the scale.",
            levels=levels,
        )
    paths = _collect(marked)["questions"]
    for question in questionnaire.questions_by_id.values():
        if isinstance(question, LevelQuestion) and sorted(question.anchors) != levels:
            yield _problem(
                marked,
                (*paths[question.id], "anchors"),
                "the anchors are {anchors}; the scale has {levels}.",
                "Describe every level of the scale.",
                anchors=sorted(question.anchors),
                levels=levels,
            )


def _places(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    """Yield what names a level off the scale, a section with nothing in it, a choice without options."""
    scale = questionnaire.scale
    green = questionnaire.legal.green_from if questionnaire.legal else None
    for path, level in (
        (("unproven_counts_as",), questionnaire.unproven_counts_as),
        (("legal", "green_from"), green),
    ):
        if level is not None and not scale.lowest <= level <= scale.highest:
            yield _problem(
                marked, path, "level {level} is off the scale.", "Use a level of the scale.", level=level
            )
    paths = _collect(marked)["sections"]
    for section in questionnaire.sections_by_id.values():
        if not section.sections and not section.questions:
            yield _problem(
                marked, paths[section.id], "there is nothing in this section.", "Add questions or remove it."
            )
    for number, place in enumerate(questionnaire.profile):
        if place.type != "yes_no" and not place.options:
            yield _problem(marked, ("profile", number), "there is nothing to choose.", "Add options.")


def _values(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    def admitted(question: str, value: object, path: Path_) -> Iterator[Problem]:
        try:
            questionnaire.questions_by_id[question].admit(value)
        except ValueError as rule:
            yield _problem(
                marked,
                path,
                "{value} is not an answer to “{question}”: {rule}.",
                "Use one of its values.",
                value=repr(value),
                question=question,
                rule=rule.args[0],
            )

    for number, cap in enumerate(questionnaire.caps):
        yield from admitted(cap.question, cap.below, ("caps", number, "below"))
        if cap.below == questionnaire.questions_by_id[cap.question].values()[0]:
            yield _problem(
                marked,
                ("caps", number, "below"),
                "nothing is worth less than {value}, so this cap can never apply.",
                "Give the value that lifts the cap.",
                value=repr(cap.below),
            )
        for index, limit in enumerate(cap.limits):
            if not questionnaire.scale.lowest <= limit.level <= questionnaire.scale.highest:
                yield _problem(
                    marked,
                    ("caps", number, "limits", index),
                    "level {level} is off the scale.",
                    "Use a level of the scale.",
                    level=limit.level,
                )
    for number, measure in enumerate(questionnaire.measures):
        for index, effect in enumerate(measure.effects):
            yield from admitted(effect.question, effect.to, ("measures", number, "effects", index))
            if effect.needs is not None:
                yield from admitted(effect.question, effect.needs, ("measures", number, "effects", index))
        if measure.effort.low > measure.effort.high:
            yield _problem(
                marked,
                ("measures", number, "effort"),
                "the range runs backwards.",
                "Give the lower figure first.",
            )
    for path, value in walk(marked.data):
        if (
            isinstance(value, dict)
            and isinstance(value.get("any_of"), list)
            and value.get("question") in questionnaire.questions_by_id
        ):
            question = questionnaire.questions_by_id[value["question"]]
            words = ["yes", "no"] if question.type == "yes_no" else [str(each) for each in question.values()]
            for option in value["any_of"]:
                if option not in words:
                    yield _problem(
                        marked,
                        (*path, "any_of"),
                        "“{option}” is not an answer to “{question}”.",
                        "{hint}",
                        option=option,
                        question=question.id,
                        hint=did_you_mean(str(option), words),
                    )
    fields = {field.id: field for field in questionnaire.profile}
    for path, value in walk(marked.data):
        if (
            isinstance(value, dict)
            and str(value.get("profile")) in fields
            and isinstance(value.get("any_of"), list)
        ):
            for option in value["any_of"]:
                known = fields[value["profile"]].option_ids
                if option not in known:
                    yield _problem(
                        marked,
                        (*path, "any_of"),
                        "“{option}” is not an option of this profile field.",
                        "{hint}",
                        option=option,
                        hint=did_you_mean(str(option), known),
                    )


def _cycles(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    paths = _collect(marked)
    measures = {measure.id: measure.requires for measure in questionnaire.measures}
    found = _circle(measures)
    if found:
        yield _problem(
            marked,
            (*paths["measures"][found[0]], "requires"),
            "measures require each other in a circle: {circle}.",
            "Remove one of the requirements.",
            circle=" → ".join(found),
        )
    deciders = {
        question.id: tuple(condition.question for condition in question.applies_if if condition.question)
        for question in questionnaire.questions_by_id.values()
    }
    found = _circle(deciders)
    if found:
        yield _problem(
            marked,
            (*paths["questions"][found[0]], "applies_if"),
            "questions wait for each other in a circle: {circle}.",
            "Remove one of the conditions.",
            circle=" → ".join(found),
        )


def _circle(requires: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the first way that leads back to where it began, or nothing."""
    done: set[str] = set()

    def circle(identifier: str, way: tuple[str, ...]) -> tuple[str, ...]:
        if identifier in way:
            return (*way[way.index(identifier) :], identifier)
        if identifier in done:
            return ()
        for required in requires.get(identifier, ()):
            found = circle(required, (*way, identifier))
            if found:
                return found
        done.add(identifier)
        return ()

    return next((found for identifier in requires if (found := circle(identifier, ()))), ())
