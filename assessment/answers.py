"""What people answered: four states and never a magic number; which questions apply; how far one has come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from assessment.conditions import Condition
from assessment.errors import MOST_WRONG, AnswersError, Problem, Said, did_you_mean
from assessment.questionnaire import Questionnaire
from assessment.questions import Question, Value
from assessment.values import Id, Model, Written, whole_characters
from assessment.visibility import Truth, Visibility

State = Literal["given", "unknown", "not_applicable", "open"]
Evidence = Literal["none", "stated", "documented", "verified"]

FIRST_YEAR, LAST_YEAR = 2000, 2199

PROVEN: frozenset[Evidence] = frozenset({"documented", "verified"})

ProfileValue = str | tuple[str, ...]


def _is_in_range(moment: datetime) -> bool:
    """Say whether a moment lies in the years that are kept, by its own clock and in UTC, in which it is stored."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return False
    return moment.tzinfo is None or FIRST_YEAR <= moment.astimezone(UTC).year <= LAST_YEAR


class Answer(Model):
    """One answer to one question."""

    question: Id
    state: State = "given"
    value: Annotated[Value | None, BeforeValidator(whole_characters)] = None
    """Set exactly when the state is given."""
    reason: Written = ""
    """Why the question is not applicable."""
    evidence: Evidence = "none"
    comment: Written = ""
    respondent: Written = ""
    """Who answered: a name or a role that stays the same from one assessment to the next; empty if that is not known."""
    at: datetime | None = None

    @model_validator(mode="after")
    def _state_fits(self) -> Self:
        if (self.state == "given") != (self.value is not None):
            raise ValueError(Said("an answer has a value exactly when its state is “given”"))
        if self.at is not None and not _is_in_range(self.at):
            raise ValueError(Said("“at” must be a moment between 2000 and 2199"))
        if self.state == "not_applicable" and not self.reason.strip():
            raise ValueError(Said("“not applicable” needs a reason"))
        return self


class AnswerSheet(Model):
    """The answers of one assessment, with the facts about the organisation."""

    questionnaire: Id
    version: Annotated[str, StringConstraints(max_length=40)]
    short: bool = False
    """Only the questions of the short edition are asked."""
    profile: dict[str, ProfileValue] = Field(default_factory=dict)
    answers: tuple[Answer, ...] = ()

    @cached_property
    def by_question(self) -> Mapping[str, Answer]:
        """The answers by question id."""
        return {answer.question: answer for answer in self.answers}

    def with_answer(self, answer: Answer) -> "AnswerSheet":
        """Return the sheet with this answer in place of the one to the same question."""
        return self.with_answers(
            (*(other for other in self.answers if other.question != answer.question), answer)
        )

    def with_answers(self, answers: Iterable[Answer]) -> "AnswerSheet":
        """Return the sheet with these answers in place of all it has."""
        return self.model_copy(update={"answers": tuple(answers)})


@dataclass(frozen=True)
class _SheetFacts:
    """What conditions ask of one sheet."""

    sheet: AnswerSheet

    @property
    def short(self) -> bool:
        return self.sheet.short

    def given(self, question: str) -> bool:
        answer = self.sheet.by_question.get(question)
        return answer is not None and answer.value is not None

    def aside(self, question: str) -> bool:
        answer = self.sheet.by_question.get(question)
        return answer is not None and answer.state == "not_applicable"

    def filled(self, field: str) -> bool:
        return bool(self.sheet.profile.get(field))

    def holds(self, test: Condition) -> bool:
        if test.profile is not None:
            chosen = self.sheet.profile.get(test.profile, ())
            return test.test((chosen,) if isinstance(chosen, str) else chosen)
        answer = self.sheet.by_question.get(test.question or "")
        return answer is not None and answer.value is not None and test.test(answer.value)


def visibility(questionnaire: Questionnaire, sheet: AnswerSheet) -> Visibility:
    """Return a reader of this sheet's conditions."""
    return Visibility(questionnaire, _SheetFacts(sheet))


def _settled(truth: Truth) -> bool | None:
    return True if truth.must else None if truth.may else False


def holds(condition: Condition, questionnaire: Questionnaire, sheet: AnswerSheet) -> bool | None:
    """Say whether a condition holds; None while that hangs on something not known."""
    return _settled(visibility(questionnaire, sheet).holds(condition))


def all_hold(
    conditions: Iterable[Condition], questionnaire: Questionnaire, sheet: AnswerSheet
) -> bool | None:
    """Say whether all conditions hold; None if that hangs on something not known."""
    return _settled(visibility(questionnaire, sheet).all(conditions))


def applies(question: Question, questionnaire: Questionnaire, sheet: AnswerSheet) -> bool | None:
    """Say whether a question concerns this organisation in this edition; None if that is not known yet."""
    return _settled(visibility(questionnaire, sheet).of(question.id))


def asked(
    questionnaire: Questionnaire, sheet: AnswerSheet, *, section: str | None = None
) -> Iterator[Question]:
    """Yield the questions to ask as things stand, in order, in the whole questionnaire or below one section."""
    top = questionnaire.sections_by_id[section] if section else questionnaire.whole
    seen = visibility(questionnaire, sheet)
    return (question for question in top.all_questions() if seen.of(question.id).yes)


class Progress(Model):
    """How far one has come: "don't know" and "not applicable" are answers, too."""

    answered: int
    asked: int
    minutes_left: int
    unknown: int = 0
    """Of the answered ones those that say it is not known."""

    @property
    def share(self) -> float:
        """From 0 to 1; 1 when nothing is asked."""
        return self.answered / self.asked if self.asked else 1.0


def progress(questionnaire: Questionnaire, sheet: AnswerSheet, *, section: str | None = None) -> Progress:
    """Count what is asked and answered in the whole questionnaire or below one section."""
    return progress_of(asked(questionnaire, sheet, section=section), sheet)


def progress_of(questions: Iterable[Question], sheet: AnswerSheet) -> Progress:
    """Count what is answered of these questions."""
    questions = list(questions)
    given = (sheet.by_question.get(question.id) for question in questions)
    left = [q for q in questions if (a := sheet.by_question.get(q.id)) is None or a.state == "open"]
    minutes = sum(question.minutes for question in left)
    return Progress(
        answered=len(questions) - len(left),
        asked=len(questions),
        minutes_left=round(minutes + 0.49) if left else 0,
        unknown=sum(answer is not None and answer.state == "unknown" for answer in given),
    )


def is_admitted(questionnaire: Questionnaire, answer: Answer) -> bool:
    """Say whether a questionnaire asks for an answer and its question admits the value, if there is one."""
    question = questionnaire.answerable.get(answer.question)
    if question is None:
        return False
    if answer.value is None:
        return True
    try:
        question.admit(answer.value)
    except ValueError:
        return False
    return True


def check_sheet(questionnaire: Questionnaire, sheet: AnswerSheet, *, file: str = "") -> AnswerSheet:
    """Return the sheet with its values in their questions' own form.

    Raises:
        AnswersError: with every problem (of a file that has them by the thousands, with the first of them): another questionnaire
            or version, unknown ids, values off the scale.
    """
    problems = list(islice(_problems_of_the_head(questionnaire, sheet), MOST_WRONG))
    admitted = []
    for answer in sheet.answers:
        if len(problems) >= MOST_WRONG:
            break
        question = questionnaire.answerable.get(answer.question)
        if question is None:
            problems.append(
                Problem(
                    "there is no question “{question}” in this questionnaire.",
                    "{hint} Correct the id or leave the answer out.",
                    at=f"answers › {answer.question}",
                    values={
                        "question": answer.question,
                        "hint": did_you_mean(answer.question, questionnaire.answerable),
                    },
                )
            )
            continue
        if answer.value is None:
            admitted.append(answer)
            continue
        try:
            admitted.append(answer.model_copy(update={"value": question.admit(answer.value)}))
        except ValueError as wrong:
            problems.append(
                Problem(
                    "the value {value} is not one of the answers: {rule}.",
                    "Give an admitted value, or the state “unknown” if it is not known.",
                    at=f"answers › {answer.question}",
                    values={"value": repr(answer.value), "rule": wrong.args[0]},
                )
            )
    if problems:
        raise AnswersError(
            Problem(p.message, p.remedy, file=file, at=p.at, values=p.values) for p in problems
        )
    return sheet.with_answers(admitted)


def _problems_of_the_head(questionnaire: Questionnaire, sheet: AnswerSheet) -> Iterator[Problem]:
    if sheet.version.split(".")[0] != questionnaire.version.split(".")[0]:
        yield Problem(
            "the answers were given to version {given}; this is version {present}, whose questions may mean something else.",
            "Use the questionnaire's version {given}, or answer version {present} anew.",
            at="version",
            values={"given": sheet.version, "present": questionnaire.version},
        )
    fields = {field.id: field for field in questionnaire.profile}
    for name, value in sheet.profile.items():
        field = fields.get(name)
        if field is None:
            yield Problem(
                "there is no profile field “{field}”.",
                "{hint} Correct the name or leave it out.",
                at=f"profile › {name}",
                values={"field": name, "hint": did_you_mean(name, fields)},
            )
            continue
        chosen = (value,) if isinstance(value, str) else value
        if field.type != "many" and len(chosen) > 1:
            yield Problem("only one value can be chosen here.", "Keep one of them.", at=f"profile › {name}")
        for option in chosen:
            if option not in field.option_ids:
                yield Problem(
                    "“{option}” is not one of the options.",
                    "{hint}",
                    at=f"profile › {name}",
                    values={"option": option, "hint": did_you_mean(option, field.option_ids)},
                )
