"""What must hold between the parts of a questionnaire once the types fit: values, levels, stages, orders."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, assert_never

from assessment.conditions import words_of
from assessment.errors import Problem, did_you_mean
from assessment.loader.beside import check_beside
from assessment.loader.checks import collect, problem_at, walk
from assessment.loader.marks import Marked, Path_
from assessment.loader.planning import check_planning
from assessment.loader.wording import shown
from assessment.questionnaire import Questionnaire
from assessment.questions import (
    ChecklistQuestion,
    ChoiceQuestion,
    LevelQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
    YesNoQuestion,
)
from assessment.values import TOLERANCE


def check_built(questionnaire: Questionnaire, marked: Marked) -> list[Problem]:
    """Return what is wrong with values and orders, once the types fit."""
    return [
        *_scale(questionnaire, marked),
        *_questions(questionnaire, marked),
        *_places(questionnaire, marked),
        *_stages(questionnaire, marked),
        *_values(questionnaire, marked),
        *_conditions(questionnaire, marked),
        *_cycles(questionnaire, marked),
        *check_planning(questionnaire, marked),
        *check_beside(questionnaire, marked),
    ]


def _scale(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    if not _tiles(questionnaire):
        yield problem_at(
            marked,
            ("scale", "levels"),
            "the levels {levels} leave gaps or are out of order.",
            "Number them upwards without a gap, so that they tile the scale.",
            levels=_in_line(step.level for step in questionnaire.scale.levels),
        )
    starts = [step.starts for step in questionnaire.scale.levels]
    if starts == [None] * len(starts):
        return
    bottom, top = questionnaire.scale.bottom, questionnaire.scale.top
    if None in starts:
        yield problem_at(
            marked,
            ("scale", "levels"),
            "some levels say from where they are meant, and others do not.",
            "Give `from` to each level or to none, so that they tile the scale.",
        )
        return
    known = [start for start in starts if start is not None]
    if (
        abs(known[0] - bottom) > TOLERANCE
        or any(b - a <= TOLERANCE for a, b in pairwise(known))
        or known[-1] > top
    ):
        yield problem_at(
            marked,
            ("scale", "levels"),
            "the levels begin at {starts}; the index runs from {bottom} to {top}.",
            "Begin the lowest level where the index begins, and each further one higher, so that they tile the scale.",
            starts=", ".join(f"{start:g}" for start in known),
            bottom=f"{bottom:g}",
            top=f"{top:g}",
        )


def _tiles(questionnaire: Questionnaire) -> bool:
    levels = [step.level for step in questionnaire.scale.levels]
    return levels == list(range(levels[0], levels[0] + len(levels)))


def _in_line(levels: Iterable[int]) -> str:
    return ", ".join(map(str, levels))


def _questions(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    levels = [step.level for step in questionnaire.scale.levels]
    paths = collect(marked)["questions"]
    for question in questionnaire.questions_by_id.values():
        if (
            isinstance(question, LevelQuestion)
            and not question.own_scale
            and _tiles(questionnaire)  # or the anchors may be right, and the scale is not
            and sorted(question.anchors) != levels
        ):
            yield problem_at(
                marked,
                (*paths[question.id], "anchors"),
                "the anchors are {anchors}; the scale has {levels}.",
                "Describe every level of the scale, or say `own_scale: true` if the question has a scale of its own.",
                anchors=_in_line(sorted(question.anchors)),
                levels=_in_line(levels),
            )
        if isinstance(question, ChoiceQuestion | ChecklistQuestion) and not question.options:
            yield problem_at(
                marked,
                paths[question.id],
                "there is nothing to choose.",
                "Give `options` of its own, or the `option_set` of the questionnaire that it uses.",
            )
        raw = _at(marked.data, paths[question.id])
        if isinstance(raw, dict) and raw.get("option_set") is not None and raw.get("options"):
            yield problem_at(
                marked,
                (*paths[question.id], "options"),
                "there are options, and an option set, too.",
                "Keep one of them.",
            )


def _at(data: Any, path: Path_) -> Any:
    for step in path:
        data = data[step]
    return data


def _places(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    """Yield what names a level off the scale, a section with nothing in it, a choice without options."""
    scale = questionnaire.scale
    green = questionnaire.legal.green_from if questionnaire.legal else None
    for path, level in (
        (("unproven_counts_as",), questionnaire.unproven_counts_as),
        (("legal", "green_from"), green),
    ):
        if level is not None and not scale.lowest <= level <= scale.highest:
            yield problem_at(
                marked, path, "level {level} is off the scale.", "Use a level of the scale.", level=level
            )
    paths = collect(marked)["sections"]
    for section in questionnaire.sections_by_id.values():
        place = paths.get(section.id, ())
        if not section.sections and not section.questions:
            yield problem_at(
                marked, place, "there is nothing in this section.", "Add questions or remove it."
            )
        if section.method == "sum" and section.points is not None:
            yield problem_at(
                marked,
                (*place, "points"),
                "a sum runs from what its parts are worth at least to what they are worth at most.",
                "Leave `points` out here; give the parts their own.",
            )
        if place and section.method == "staged" and section.levels not in (None, "staged"):
            yield problem_at(
                marked,
                (*place, "levels"),
                "a section whose index is its stage has levels by stages, too.",
                "Leave `levels` out here.",
            )
    for number, field in enumerate(questionnaire.profile):
        if field.type != "yes_no" and not field.options:
            yield problem_at(marked, ("profile", number), "there is nothing to choose.", "Add options.")


def _stages(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    """Yield stages off the scale, and scored questions without one where levels go by stages."""
    scale = questionnaire.scale
    paths = collect(marked)
    for kind, parts in (
        ("sections", questionnaire.sections_by_id),
        ("questions", questionnaire.questions_by_id),
    ):
        for part in parts.values():
            if part.stage is not None and not scale.lowest < part.stage <= scale.highest:
                yield problem_at(
                    marked,
                    (*paths[kind][part.id], "stage"),
                    "stage {stage} is not a level above the lowest.",
                    "Use a level from {low} to {high}.",
                    stage=part.stage,
                    low=scale.lowest + 1,
                    high=scale.highest,
                )
    needing = {
        question.id
        for section in questionnaire.sections_by_id.values()
        if questionnaire.levels_of(section) == "staged"
        for question in section.all_questions()
        if question.weight and questionnaire.stage_of[question.id] is None
    }
    for identifier in sorted(needing):
        yield problem_at(
            marked,
            paths["questions"][identifier],
            "the levels go by stages, and this question belongs to none.",
            "Give it, or its section, a `stage`: the level it belongs to; or give it weight 0.",
        )


def _values(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    def admitted(question: str, value: object, path: Path_) -> Iterator[Problem]:
        try:
            questionnaire.questions_by_id[question].admit(value)
        except ValueError as rule:
            yield problem_at(
                marked,
                path,
                "{value} is not an answer to “{question}”: {rule}.",
                "Use one of its values.",
                value=shown(value),
                question=question,
                rule=rule.args[0],
            )

    for number, cap in enumerate(questionnaire.caps):
        yield from admitted(cap.question, cap.below, ("caps", number, "below"))
        question = questionnaire.questions_by_id[cap.question]
        if not _has_worths(question):
            yield problem_at(
                marked,
                ("caps", number, "question"),
                "no answer to “{question}” is worth more than another, so this cap can never apply.",
                "Name a question whose answers have a worth.",
                question=question.id,
            )
        elif _admits(question, cap.below) and question.worth(cap.below) <= TOLERANCE:
            yield problem_at(
                marked,
                ("caps", number, "below"),
                "nothing is worth less than {value}, so this cap can never apply.",
                "Give the value that lifts the cap.",
                value=shown(cap.below),
            )
        for index, limit in enumerate(cap.limits):
            if not questionnaire.scale.lowest <= limit.level <= questionnaire.scale.highest:
                yield problem_at(
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
            yield problem_at(
                marked,
                ("measures", number, "effort"),
                "the range runs backwards.",
                "Give the lower figure first.",
            )


def _has_worths(question: Question) -> bool:
    """Say whether a value of the question can be worth less than another."""
    match question:
        case ChoiceQuestion():
            return any(option.worth is not None for option in question.options)
        case NumberQuestion():
            return bool(question.worths)
        case LevelQuestion() | YesNoQuestion() | ChecklistQuestion():
            return True
        case TextQuestion():
            return False
        case _:
            assert_never(question)


def _admits(question: Question, value: object) -> bool:
    try:
        question.admit(value)
    except ValueError:
        return False
    return True


def _conditions(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    """Yield words that no answer can be, and comparisons of what is not a number."""
    fields = {field.id: field for field in questionnaire.profile}
    for path, value in walk(marked.data):
        if not isinstance(value, dict):
            continue
        words = value.get("any_of")
        question = questionnaire.answerable.get(str(value.get("question")))
        field = fields.get(str(value.get("profile")))
        if question is not None and "id" not in value:
            known = _known_words(question)
            compared = [name for name in ("at_least", "above", "at_most", "below") if name in value]
            if compared and isinstance(question, ChoiceQuestion | TextQuestion):
                yield problem_at(
                    marked,
                    (*path, compared[0]),
                    "“{question}” is answered in words, which are not more or less than a number.",
                    "Use `any_of` with the words.",
                    question=question.id,
                )
        elif field is not None:
            known = field.option_ids
        else:
            continue
        for raw in words if isinstance(words, list) and known else ():
            (option,) = words_of(raw)
            if option in known:
                continue
            if question is not None:
                yield problem_at(
                    marked,
                    (*path, "any_of"),
                    "“{option}” is not an answer to “{question}”.",
                    "{hint}",
                    option=option,
                    question=question.id,
                    hint=did_you_mean(option, known),
                )
            else:
                yield problem_at(
                    marked,
                    (*path, "any_of"),
                    "“{option}” is not an option of this profile field.",
                    "{hint}",
                    option=option,
                    hint=did_you_mean(option, known),
                )


def _known_words(question: Question) -> tuple[str, ...]:
    """Return the words an answer can be; empty where they have no end."""
    match question:
        case YesNoQuestion():
            return ("yes", "no")
        case ChoiceQuestion() | ChecklistQuestion():
            return question.option_ids
        case LevelQuestion():
            return tuple(str(each) for each in question.values())
        case NumberQuestion() | TextQuestion():
            return ()
        case _:
            assert_never(question)


def _cycles(questionnaire: Questionnaire, marked: Marked) -> Iterator[Problem]:
    paths = collect(marked)
    measures = {measure.id: measure.requires for measure in questionnaire.measures}
    found = _circle(measures)
    if found:
        yield problem_at(
            marked,
            (*paths["measures"][found[0]], "requires"),
            "measures require each other in a circle: {circle}.",
            "Remove one of the requirements.",
            circle=" → ".join(found),
        )
    deciders = {
        question: tuple(decider for condition in conditions for decider in condition.deciders())
        for question, conditions in questionnaire.conditions_of.items()
    }
    found = _circle(deciders)
    if found:
        yield problem_at(
            marked,
            _waiting(marked, paths["questions"][found[0]]),
            "questions wait for each other in a circle: {circle}.",
            "Remove one of the conditions.",
            circle=" → ".join(found),
        )


def _waiting(marked: Marked, path: Path_) -> Path_:
    """Return the conditions of a question, or of the nearest section around it that has some."""
    around = (path[:length] for length in range(len(path), 0, -2))
    return next(
        ((*place, "applies_if") for place in around if _at(marked.data, place).get("applies_if")), path
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
