"""Questionnaires and sheets for the laws: trees of depth 1 to 3, weights, caps, conditions; all four states.

With `shapes`, also every question type, every method, levels by bands and by stages, sections with a range of their own or
under a condition, an index that does not run over the levels' numbers: other people's models.

With `grounds`, also what stands beside the questions and must never change a score: reasons, standards, reference points, key
figures and the value model, a legal register.
"""

from datetime import date
from itertools import pairwise
from typing import Any, get_args

from hypothesis import strategies as st

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire, ValueRole
from tests.conftest import a_sheet, cap, gate, level_question, measure, questionnaire_data, section, text

Data = dict[str, Any]

WEIGHTS = (1, 1, 2, 0.5, 1.5, 3)
PROFILE = [
    {
        "id": "kind",
        "type": "one",
        "label": text("Which kind?"),
        "options": [{"id": "in", "label": text("in")}, {"id": "out", "label": text("out")}],
    },
    {"id": "home", "type": "yes_no", "label": text("Home?")},
    {
        "id": "where",
        "type": "many",
        "label": text("Where?"),
        "options": [{"id": "de", "label": text("DE")}, {"id": "nl", "label": text("NL")}],
    },
]
OPTIONS = {"kind": ("in", "out"), "home": ("yes", "no"), "where": ("de", "nl")}


@st.composite
def questionnaires(
    draw: st.DrawFn,
    *,
    most_questions: int = 7,
    levels: tuple[tuple[int, ...], ...] = ((1, 2, 3, 4, 5), (0, 1, 2, 3), (1, 2, 3)),
    profile_conditions: bool = True,
    question_conditions: bool = True,
    caps: bool = True,
    weakest: bool = True,
    measures: int = 0,
    minimum: bool = True,
    shapes: bool = True,
    groups: bool = True,
    grounds: bool = True,
) -> Questionnaire:
    scale = draw(st.sampled_from(levels))
    shapes = shapes and draw(st.booleans())
    questions: list[Data] = []
    for number in range(draw(st.integers(1, most_questions))):
        questions.append(
            draw(
                _questions(
                    f"q{number}",
                    scale,
                    questions,
                    profile_conditions=profile_conditions,
                    question_conditions=question_conditions,
                    shapes=shapes,
                    groups=groups,
                )
            )
        )
    if not any(q.get("weight", 1) for q in questions if q["type"] != "text"):
        questions[0] = level_question("q0", levels=scale, stage=scale[1])
    beside = _grounds(draw, questions, profile=profile_conditions) if grounds and draw(st.booleans()) else {}
    sections = _tree(
        draw, questions, weakest=weakest, shapes=shapes, conditions=profile_conditions and shapes
    )
    names = [place["id"] for top in sections for place in _walk(top)]
    limits = st.dictionaries(st.sampled_from(names), st.sampled_from(scale), min_size=1, max_size=2)
    made_caps = []
    for number in range(draw(st.integers(0, 3)) if caps else 0):
        question = draw(st.sampled_from([each for each in questions if worths_of(each)]))
        below = draw(st.sampled_from([value for value, worth in worths_of(question) if worth > 0]))
        made_caps.append(
            cap(f"cap{number}", question["id"], draw(limits), below=below, unknown_counts=draw(st.booleans()))
        )
    made_measures = [
        draw(_measures(number, questions, scale))
        for number in range(draw(st.integers(1, measures)) if measures else 0)
    ]
    data = questionnaire_data(
        *sections,
        levels=scale,
        profile=PROFILE if profile_conditions else [],
        caps=made_caps,
        measures=made_measures,
        minimum_coverage=draw(st.sampled_from((0, 0.6))) if minimum else 0,
        unproven_counts_as=draw(st.sampled_from((None, scale[len(scale) // 2]))),
        at_most_above_weakest=draw(st.sampled_from((None, 0, 1))) if weakest else None,
        **beside,
        **(_planning(draw, names, scale) if measures else {}),
    )
    return Questionnaire.model_validate({**data, **(_shape(draw, scale) if shapes else {})})


def _planning(draw: st.DrawFn, names: list[str], scale: tuple[int, ...]) -> Data:
    """How plans are made; some section is the legal one, so that some caps are legal."""
    steps = draw(st.sampled_from((None, [round(1 - 0.2 * step, 1) for step in range(len(scale) - 1)])))
    price = draw(st.sampled_from((0, 0, 0.001, 0.02)))
    made: Data = {"planning": {**PLANNING, "day_worth": price, **({"steps": steps} if steps else {})}}
    if draw(st.booleans()):
        made["legal"] = {"section": draw(st.sampled_from(names)), "green_from": scale[-1]}
    return made


def _grounds(draw: st.DrawFn, questions: list[Data], *, profile: bool) -> Data:
    """What stands beside the questions, some of it in them; the first section is always called s0."""
    for question in questions:
        if draw(st.booleans()):
            question["why"] = text(f"Why {question['id']} matters.")
            question["standards"] = [{"standard": "std", "parts": ["5.1", "5.10"], "about": text("a part")}]
    concerns = [_about_the_profile(draw)] if profile and draw(st.booleans()) else []
    legal = {
        "instrument": text("A law"),
        "duty": text("Do it."),
        "state": text("In force."),
        "confidence": "low",
    }
    row = {"id": "r1", "jurisdiction": "de", "verified": "V0", "topics": ["t1"], "sections": ["s0"], **legal}
    points = [
        {
            "id": f"p-{use}", "finding": text("It was 5."), "organisation": "Example Institute", "year": "2025", "caveat": text("Made up."),
            "use": [use], "sections": ["s0"], "people": draw(st.sampled_from((None, 40))), **more,
        }
        for use, more in (("rationale", {}), ("history", {}), ("marker", {"marker": {"figure": "f0", "value": 5}}))
    ]  # fmt: skip
    return {
        "standards": [{"id": "std", "name": "Standard 1", "gives": text("Parts."), "state": text("Current."), "verified": "V3"}],
        "reference_points": points,
        "key_figures": _figures(draw, concerns, value=profile and draw(st.integers(0, 3)) == 0),
        "register": {
            "as_of": date(2026, 11, 21),
            "stale_after": draw(st.sampled_from((None, 180))),
            "topics": [{"id": "t1", "label": text("Topic")}],
            "unions": [{"id": "eu", "members": ["de", "nl"]}],
            "rows": [{**row, "since": draw(st.sampled_from((None, "2018", "2018-05"))), "applies_if": concerns}],
            "watch": [{"id": "w1", "day": draw(st.sampled_from((None, date(2027, 1, 1)))), "event": text("It changes."), "rows": ["r1"]}],
        },
        "accepted": [{"finding": "text_missing", "where": "questions", "because": "It is made up."}],
    }  # fmt: skip


def _figures(draw: st.DrawFn, concerns: list[Data], *, value: bool) -> Data:
    numbers: Data = {"group": "g", "unit": "percent", "low": 0, "high": 10}
    figures = [
        {"id": "f0", "label": text("Figure"), "formula": text("a ÷ b"), "watch_out": text("Mind it."), "sections": ["s0"], "applies_if": concerns, **numbers},
        {"id": "f1", "label": text("Whole"), "formula": text("a"), "watch_out": text("Mind it."), "whole": True, **numbers},
    ]  # fmt: skip
    made: Data = {"groups": [{"id": "g", "label": text("Group")}], "figures": figures}
    if value:
        inputs = [
            {"id": role, "label": text("Input"), "note": text("From the books."), "cautious": draw(st.sampled_from(("low", "high"))), **numbers, "low": 1}
            for role in get_args(ValueRole)
        ]  # fmt: skip
        inputs[0] |= {"example": {"low": 1, "base": 2, "high": 3}}
        inputs[1] |= {"figure": "f0"}
        made["value"] = {"currency": "kind", "inputs": inputs}
    return made


METHODS = ("mean", "mean", "mean_of_leaves", "sum", "min", "staged")


def _shape(draw: st.DrawFn, scale: tuple[int, ...]) -> Data:
    made: Data = {
        "method": draw(st.sampled_from(METHODS)),
        "levels": draw(st.sampled_from(("process_attribute", "bands", "staged"))),
        "unanswered": draw(st.sampled_from(("left_out", "left_out", "worst"))),
        "staged_threshold": draw(st.sampled_from(("2/3", 0.5, 1.0))),
    }
    if draw(st.booleans()):
        return made
    steps = [
        {"level": step, "label": text(f"L{step}"), "description": text(f"Level {step}.")} for step in scale
    ]
    if draw(st.booleans()):
        starts = [
            0,
            *sorted(draw(st.sets(st.integers(1, 100), min_size=len(scale) - 1, max_size=len(scale) - 1))),
        ]
        steps = [{**step, "from": start} for step, start in zip(steps, starts, strict=True)]
    return {**made, "scale": {"index": {"low": 0, "high": 100}, "levels": steps}}


CHOICES = ((0, 0.25, 0.5, 1), (-1, 0, 3), (10, 0), (1, 2))
LINES = (((0, 0), (10, 1)), ((0, 4), (5, 4), (20, 0)), ((-3, 0), (0, 1), (3, 0)))


def worths_of(question: Data) -> list[tuple[Any, float]]:
    """Values of a question given as data, with a worth from 0 to 1, worst first; nothing for what has no worth."""
    match question["type"]:
        case "level":
            steps = sorted(question["anchors"])
            return [(step, number / (len(steps) - 1)) for number, step in enumerate(steps)]
        case "yes_no":
            return [(False, 0.0), (True, 1.0)]
        case "choice":
            pairs = [(option["id"], option["worth"]) for option in question["options"]]
        case "checklist":
            names = [option["id"] for option in question["options"]]
            return [([], 0.0), (question.get("required") or names, 1.0)]
        case "number" if question["worths"]:
            pairs = [(point["at"], point["worth"]) for point in question["worths"]]
        case _:
            return []
    low, high = min(worth for _, worth in pairs), max(worth for _, worth in pairs)
    return sorted(((value, (worth - low) / (high - low)) for value, worth in pairs), key=lambda pair: pair[1])


@st.composite
def _questions(
    draw: st.DrawFn,
    name: str,
    scale: tuple[int, ...],
    earlier: list[Data],
    *,
    profile_conditions: bool,
    question_conditions: bool,
    shapes: bool,
    groups: bool,
) -> Data:
    conditions: list[Data] = []
    if profile_conditions and draw(st.integers(0, 3)) == 0:
        conditions.append(_about_the_profile(draw))
    if question_conditions and earlier and draw(st.integers(0, 3)) == 0:
        if shapes and groups:
            conditions.append(_grouped(draw, earlier, depth=2))
        else:
            decider = draw(st.sampled_from(earlier))["id"]
            conditions.append({"question": decider, "at_least": draw(st.sampled_from((1, 2)))})
    more: Data = {"applies_if": conditions, "short": draw(st.booleans())}
    kinds: tuple[str, ...] = ("level", "level", "level", "gate", "yes_no")
    if shapes:
        kinds = (*kinds, "choice", "choice", "checklist", "number", "text", "own")
        more["stage"] = draw(st.sampled_from(scale[1:]))
    kind = draw(st.sampled_from(kinds))
    weighed = {**more, "weight": draw(st.sampled_from(WEIGHTS))}
    base = {"id": name, "label": text(f"What about {name}?")}
    match kind:
        case "gate":
            return gate(name, **more)
        case "yes_no":
            return gate(name, **weighed)
        case "level":
            return level_question(name, levels=scale, **weighed)
        case "own":
            return level_question(name, levels=(0, 1, 2), own_scale=True, **weighed)
        case "choice":
            worths = draw(st.sampled_from(CHOICES))
            options = [
                {"id": f"o{number}", "label": text(f"o{number}"), "worth": worth}
                for number, worth in enumerate(worths)
            ]
            return {**base, "type": "choice", "options": options, **weighed}
        case "checklist":
            items = [{"id": f"i{number}", "label": text(f"i{number}")} for number in range(3)]
            required = draw(st.sampled_from(([], ["i0", "i2"])))
            return {**base, "type": "checklist", "options": items, "required": required, **weighed}
        case "number":
            line = [{"at": at, "worth": worth} for at, worth in draw(st.sampled_from(LINES))]
            return {**base, "type": "number", "worths": line, **weighed}
        case _:
            return {**base, "type": "text", **more}


def _about_the_profile(draw: st.DrawFn) -> Data:
    field = draw(st.sampled_from(sorted(OPTIONS)))
    return {"profile": field, "any_of": [draw(st.sampled_from(OPTIONS[field]))]}


def _grouped(draw: st.DrawFn, earlier: list[Data], *, depth: int) -> Data:
    kind = draw(st.sampled_from(("test", "test", "all", "any", "not"))) if depth else "test"
    if kind == "not":
        return {"not": _grouped(draw, earlier, depth=depth - 1)}
    if kind != "test":
        return {kind: [_grouped(draw, earlier, depth=depth - 1) for _ in range(draw(st.integers(1, 2)))]}
    decider = draw(st.sampled_from(earlier))
    test = draw(st.sampled_from(("answered", "at_least", "above", "at_most", "below", "any_of")))
    if test == "answered":
        return {"question": decider["id"], "answered": draw(st.booleans())}
    if test == "any_of" or decider["type"] in ("choice", "text"):
        words = {"yes_no": ["yes"], "choice": ["o0"], "checklist": ["i1"], "text": ["so"]}
        return {"question": decider["id"], "any_of": words.get(decider["type"], ["1", "2"])}
    return {"question": decider["id"], test: draw(st.sampled_from((0, 1, 2)))}


def _tree(
    draw: st.DrawFn, questions: list[Data], *, weakest: bool, shapes: bool, conditions: bool
) -> list[Data]:
    """Cut the questions into one to three sections, some of which are cut again, to a depth of three."""
    count = 0

    def grow(mine: list[Data], depth: int) -> Data:
        nonlocal count
        name, count = f"s{count}", count + 1
        more: Data = {"weight": draw(st.sampled_from(WEIGHTS))}
        if weakest:
            more["at_most_above_weakest"] = draw(st.sampled_from((None, None, 0, 1)))
        if shapes:
            more["method"] = draw(st.sampled_from(METHODS))
            ways = (
                (None,)
                if more["method"] == "staged"
                else (None, None, "bands", "process_attribute", "staged")
            )
            more["levels"] = draw(st.sampled_from(ways))
            if more["method"] != "sum" and draw(st.booleans()):
                more["points"] = draw(st.sampled_from(({"low": 0, "high": 1}, {"low": -2, "high": 3})))
        if conditions and draw(st.integers(0, 5)) == 0:
            more["applies_if"] = [_about_the_profile(draw)]
        if depth == 3 or len(mine) < 2 or draw(st.booleans()):
            return section(name, *mine, **more)
        own = draw(st.integers(0, 1))
        return section(name, *mine[:own], *[grow(part, depth + 1) for part in _cut(draw, mine[own:])], **more)

    return [grow(part, 1) for part in _cut(draw, questions)]


def _cut(draw: st.DrawFn, questions: list[Data]) -> list[list[Data]]:
    places = (
        sorted(draw(st.sets(st.integers(1, len(questions) - 1), max_size=2))) if len(questions) > 1 else []
    )
    edges = [0, *places, len(questions)]
    return [questions[a:b] for a, b in pairwise(edges)]


def _walk(place: Data) -> list[Data]:
    return [place, *(below for part in place["sections"] for below in _walk(part))]


@st.composite
def _measures(draw: st.DrawFn, number: int, questions: list[Data], scale: tuple[int, ...]) -> Data:
    effects: dict[str, Any] = {}
    for question in draw(
        st.lists(
            st.sampled_from([each for each in questions if worths_of(each)]),
            min_size=1,
            max_size=3,
            unique_by=lambda q: q["id"],
        )
    ):
        if question["type"] == "level" and not question.get("own_scale"):
            to = draw(st.integers(1, len(scale) - 1))
            start = draw(st.integers(0, to - 1))
            effects[question["id"]] = draw(st.sampled_from((scale[to], (scale[start], scale[to]))))
        else:
            effects[question["id"]] = worths_of(question)[-1][0]
    low = draw(st.sampled_from((0, 1, 2.5, 6, 11)))
    return measure(
        f"m{number}",
        effects,
        effort=(low, low + draw(st.sampled_from((0, 1, 3.5)))),
        weeks=draw(st.sampled_from((1, 2, 4, 9, 16))),
        requires=[f"m{other}" for other in draw(st.sets(st.integers(0, number - 1), max_size=2))]
        if number
        else [],
        cost=draw(st.integers(1, 4)),
        **(_taking_part(draw) if draw(st.booleans()) else {}),
    )


def _taking_part(draw: st.DrawFn) -> Data:
    """Who does a measure, what it waits for, how long it takes to settle, what it is good for."""
    about: Data = {"work": draw(st.sampled_from(({"one": 100}, {"two": 100}, {"one": 70, "two": 30})))}
    if draw(st.booleans()):
        concerns = [_about_the_profile(draw)] if draw(st.booleans()) else []
        weeks = draw(st.sampled_from((1, 3, 8)))
        about["lead"] = {"weeks": weeks, "because": text("Somebody is asked."), "applies_if": concerns}
    about["adoption"] = draw(st.sampled_from((0, 0, 2, 5)))
    about["goals"] = sorted(draw(st.sets(st.sampled_from(GOALS), max_size=2)))
    return about


GOALS = ("cost", "customer", "people")
PLANNING: Data = {
    "roles": [{"id": "one", "label": text("One")}, {"id": "two", "label": text("Two")}],
    "money": [{"low": 0, "high": 10 * 10**size} for size in range(4)],
}


def values_of(question: Any) -> st.SearchStrategy[Any]:
    """Values a question admits, those between the points of a number and unordinary ticks among them."""
    match question.type:
        case "number":
            return st.sampled_from((-5, -3, -1.5, 0, 2, 5, 7.25, 10, 12, 20, 100))
        case "checklist":
            return st.sets(st.sampled_from(question.option_ids)).map(
                lambda names: question.admit(tuple(names))
            )
        case "text":
            return st.sampled_from(("so", "so or so", "=1+1"))
        case _:
            return st.sampled_from(question.values())


def said_to(draw: st.DrawFn, question: Any, *, given_only: bool = False) -> Any:
    values = values_of(question)
    if given_only:
        return draw(values)
    return draw(st.one_of(values, values, st.sampled_from(("unknown", "open", "n/a"))))


@st.composite
def profiles(draw: st.DrawFn, questionnaire: Questionnaire) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    for field in questionnaire.profile:
        if draw(st.integers(0, 3)):
            one = st.sampled_from(field.option_ids)
            chosen[field.id] = (
                tuple(sorted(draw(st.sets(one, min_size=1)))) if field.type == "many" else draw(one)
            )
    return chosen


@st.composite
def sheets(
    draw: st.DrawFn, questionnaire: Questionnaire, *, short: bool = True, figures: bool = False
) -> AnswerSheet:
    """Answers in all four states, with and without evidence; some questions have none. With `figures`, some key figures, too."""
    answers = {
        q.id: said_to(draw, q) for q in questionnaire.questions_by_id.values() if draw(st.integers(0, 9))
    }
    if figures and questionnaire.figures_by_id:
        few = st.sets(st.sampled_from(sorted(questionnaire.figures_by_id)), max_size=4)
        answers |= {figure: draw(st.sampled_from((0, 3, 10))) for figure in sorted(draw(few))}
    sheet = a_sheet(
        questionnaire,
        answers,
        profile=draw(profiles(questionnaire)),
        short=draw(st.booleans()) if short else False,
    )
    proven = tuple(
        answer.model_copy(
            update={"evidence": draw(st.sampled_from(("none", "stated", "documented", "verified")))}
        )
        if answer.state == "given"
        else answer
        for answer in sheet.answers
    )
    return sheet.with_answers(proven)
