"""One question of a form: what was filled in becomes an answer; what cannot be one is told, and what else was said is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypeVar

from assessment.answers import Answer, Evidence
from assessment.contributions import Confidence, Contributed
from assessment.document.choices import (
    ASIDE,
    BASED_ON,
    CONFIDENCE,
    NONE,
    Choice,
    NotUnderstoodError,
    choices_of,
    named,
    ticked,
    understood,
)
from assessment.errors import Problem, Said
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.questions import Count, Question, TextQuestion
from assessment.returned.cells import Line, shown, text_of
from assessment.values import Written

W = TypeVar("W", bound=str)

FEW = 7
"""So many choices are named in a message."""


def answered(
    question: Question,
    line: Line | None,
    items: Mapping[str, Line],
    questionnaire: Questionnaire,
    tongues: Sequence[Catalogue],
) -> tuple[Contributed | None, list[Problem]]:
    """Return what was answered, None for nothing, and what was not understood."""
    problems: list[Problem] = []
    choice = _choice(question, line, questionnaire, tongues, problems) if line else None
    if items:
        choice = _with_items(question, choice, items, tongues, problems)
    if line is None:
        return (_contributed(question, choice, "none", None, "", "") if choice else None), problems
    evidence = _one_of("evidence", BASED_ON, line, tongues, problems)
    confidence = _one_of("confidence", CONFIDENCE, line, tongues, problems)
    reason, comment = _text(line, "reason", problems), _text(line, "comment", problems)
    if choice is not None and choice.state == "not_applicable" and not reason:
        problems.append(
            Problem(
                "why the question does not apply is missing.",
                "Write the reason in the cell.",
                at=line.at("reason"),
            )
        )
        choice = None
    elif reason and (choice is None or choice.state != "not_applicable"):
        comment = "\n".join(
            filter(None, (reason, comment))
        )  # a reason that was not asked for says something, too
        reason = ""
    if choice is None and not comment and evidence in (None, "none"):
        return None, problems
    return _contributed(question, choice, evidence or "none", confidence, reason, comment), problems


def _contributed(
    question: Question,
    choice: Choice | None,
    evidence: Evidence,
    confidence: Confidence | None,
    reason: Written,
    comment: Written,
) -> Contributed:
    answer = Answer(
        question=question.id,
        state=choice.state if choice else "open",
        value=choice.value if choice else None,
        reason=reason,
        evidence=evidence,
        comment=comment,
    )
    return Contributed(answer=answer, confidence=confidence)


def _text(line: Line, field: Literal["reason", "comment"], problems: list[Problem]) -> str:
    return line.text(field, problems).strip()


def _choice(
    question: Question,
    line: Line,
    questionnaire: Questionnaire,
    tongues: Sequence[Catalogue],
    problems: list[Problem],
) -> Choice | None:
    content = line.content("answer", problems)
    if content is None:
        return None
    if isinstance(content, date):
        if isinstance(question, TextQuestion):
            return understood(question, content.isoformat(), questionnaire, tongues)
        problems.append(
            Problem(
                "the spreadsheet has made a date of what was written here: {day}.",
                "Format the cell as text and write the answer again.",
                at=line.at("answer"),
                values={"day": content.isoformat()},
            )
        )
        return None
    if "answer" in line.percents and isinstance(content, float) and isinstance(question.control(), Count):
        content = round(content * 100, 10)
    try:
        return understood(question, content, questionnaire, tongues)
    except NotUnderstoodError as error:
        problems.append(
            Problem(
                "“{value}” is not understood as the answer: {rule}.",
                "{remedy}",
                at=line.at("answer"),
                values={
                    "value": shown(text_of(content)),
                    "rule": error.args[0],
                    "remedy": _remedy(question, questionnaire, tongues[0]),
                },
            )
        )
        return None


def _remedy(question: Question, questionnaire: Questionnaire, c: Catalogue) -> Said:
    if isinstance(question.control(), Count):
        return Said("Write a number in digits, for example {example}.", example=c.number(1234.5, 1))
    labels = [choice.label for choice in choices_of(question, questionnaire, c)]
    if isinstance(question, TextQuestion) or len(labels) > FEW:
        return Said("Correct the cell.")
    return Said("Choose one of: {choices}.", choices="; ".join(labels))


def _with_items(
    question: Question,
    choice: Choice | None,
    items: Mapping[str, Line],
    tongues: Sequence[Catalogue],
    problems: list[Problem],
) -> Choice | None:
    """Return the answer of a question whose items stand beneath it."""
    known = getattr(question, "option_ids", ())
    said: dict[str, bool] = {}
    for name, line in items.items():
        content = line.content("answer", problems)
        if content is None:
            continue
        if name not in known:
            problems.append(
                Problem(
                    "there is no item “{item}” in this question, so it was not read.",
                    "Answer the items of the present version.",
                    at=line.at("answer"),
                    values={"item": name},
                )
            )
            continue
        try:
            said[name] = ticked(text_of(content) if isinstance(content, date) else content, tongues)
        except NotUnderstoodError as error:
            problems.append(
                Problem(
                    "“{value}” is not understood as the answer: {rule}.",
                    "Choose “{yes}” or “{no}”.",
                    at=line.at("answer"),
                    values={
                        "value": shown(text_of(content)),
                        "rule": error.args[0],
                        "yes": tongues[0].t("Yes"),
                        "no": tongues[0].t("No"),
                    },
                )
            )
    there = tuple(name for name in known if said.get(name))
    first = next(iter(items.values()))
    if choice is not None:
        if there:
            problems.append(
                Problem(
                    "items are ticked, and “{choice}” is chosen above them.",
                    "Keep one of the two; nothing was read here.",
                    at=first.at("answer"),
                    values={"choice": _chosen(choice, tongues[0])},
                )
            )
            return None
        return choice
    if there:
        return Choice("", "given", there)
    if said and len(said) == len(known):
        return Choice("", "given", ())
    if said:
        problems.append(
            Problem(
                "some items are answered with no, and the others not at all.",
                "Say yes or no to each, or choose “{none}” above them.",
                at=first.at("answer"),
                values={"none": tongues[0].t(NONE)},
            )
        )
    return None


def _chosen(choice: Choice, c: Catalogue) -> str:
    match choice.state:
        case "unknown":
            return c.t("We don't know")
        case "not_applicable":
            return c.t(ASIDE)
        case _:
            return c.t(NONE)


def _one_of(
    field: Literal["evidence", "confidence"],
    words: Mapping[W, str],
    line: Line,
    tongues: Sequence[Catalogue],
    problems: list[Problem],
) -> W | None:
    """Return which of the words a cell holds; None for none of them, which is told."""
    content = line.content(field, problems)
    if content is None:
        return None
    found = named(text_of(content), words, tongues)
    if found is None:
        problems.append(
            Problem(
                "“{value}” is none of the words that can stand here.",
                "Choose one of: {choices}.",
                at=line.at(field),
                values={
                    "value": shown(text_of(content)),
                    "choices": "; ".join(tongues[0].t(message) for message in words.values()),
                },
            )
        )
    return found
