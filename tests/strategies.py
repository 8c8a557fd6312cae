"""Questionnaires and sheets for the laws: trees of depth 1 to 3, weights, caps, conditions; all four states."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from tests.conftest import a_questionnaire, a_sheet, cap, gate, level_question, measure, section, text

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
) -> Questionnaire:
    scale = draw(st.sampled_from(levels))
    questions = [
        draw(
            _questions(
                f"q{number}",
                scale,
                number,
                profile_conditions=profile_conditions,
                question_conditions=question_conditions,
            )
        )
        for number in range(draw(st.integers(1, most_questions)))
    ]
    if not any(q.get("weight", 1) for q in questions):
        questions[0] = level_question("q0", levels=scale)
    sections = _tree(draw, questions, weakest=weakest)
    names = [place["id"] for top in sections for place in _walk(top)]
    limits = st.dictionaries(st.sampled_from(names), st.sampled_from(scale), min_size=1, max_size=2)
    made_caps = []
    for number in range(draw(st.integers(0, 3)) if caps else 0):
        question = draw(st.sampled_from(questions))
        below = draw(st.sampled_from(scale[1:])) if question["type"] == "level" else True
        made_caps.append(
            cap(f"cap{number}", question["id"], draw(limits), below=below, unknown_counts=draw(st.booleans()))
        )
    made_measures = [
        draw(_measures(number, questions, scale))
        for number in range(draw(st.integers(1, measures)) if measures else 0)
    ]
    return a_questionnaire(
        *sections,
        levels=scale,
        profile=PROFILE if profile_conditions else [],
        caps=made_caps,
        measures=made_measures,
        minimum_coverage=draw(st.sampled_from((0, 0.6))) if minimum else 0,
        unproven_counts_as=draw(st.sampled_from((None, scale[len(scale) // 2]))),
        at_most_above_weakest=draw(st.sampled_from((None, 0, 1))) if weakest else None,
    )


@st.composite
def _questions(
    draw: st.DrawFn,
    name: str,
    scale: tuple[int, ...],
    number: int,
    *,
    profile_conditions: bool,
    question_conditions: bool,
) -> Data:
    conditions: list[Data] = []
    if profile_conditions and draw(st.integers(0, 3)) == 0:
        field = draw(st.sampled_from(sorted(OPTIONS)))
        conditions.append({"profile": field, "any_of": [draw(st.sampled_from(OPTIONS[field]))]})
    if question_conditions and number and draw(st.integers(0, 3)) == 0:
        conditions.append(
            {"question": f"q{draw(st.integers(0, number - 1))}", "at_least": draw(st.sampled_from((1, 2)))}
        )
    more: Data = {"applies_if": conditions, "short": draw(st.booleans())}
    kind = draw(st.sampled_from(("level", "level", "level", "gate", "yes_no")))
    if kind == "gate":
        return gate(name, **more)
    weight = draw(st.sampled_from(WEIGHTS))
    return (
        level_question(name, levels=scale, weight=weight, **more)
        if kind == "level"
        else gate(name, **{**more, "weight": weight})
    )


def _tree(draw: st.DrawFn, questions: list[Data], *, weakest: bool) -> list[Data]:
    """Cut the questions into one to three sections, some of which are cut again, to a depth of three."""
    count = 0

    def grow(mine: list[Data], depth: int) -> Data:
        nonlocal count
        name, count = f"s{count}", count + 1
        more: Data = {"weight": draw(st.sampled_from(WEIGHTS))}
        if weakest:
            more["at_most_above_weakest"] = draw(st.sampled_from((None, None, 0, 1)))
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
        st.lists(st.sampled_from(questions), min_size=1, max_size=3, unique_by=lambda q: q["id"])
    ):
        if question["type"] == "yes_no":
            effects[question["id"]] = True
        else:
            to = draw(st.integers(1, len(scale) - 1))
            start = draw(st.integers(0, to - 1))
            effects[question["id"]] = draw(st.sampled_from((scale[to], (scale[start], scale[to]))))
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
    )


def said_to(draw: st.DrawFn, question: Any, *, given_only: bool = False) -> Any:
    values = st.sampled_from(question.values())
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
def sheets(draw: st.DrawFn, questionnaire: Questionnaire, *, short: bool = True) -> AnswerSheet:
    """Answers in all four states, with and without evidence; some questions have none."""
    answers = {
        q.id: said_to(draw, q) for q in questionnaire.questions_by_id.values() if draw(st.integers(0, 9))
    }
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
