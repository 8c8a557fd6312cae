"""What the widgets of one question hold, and the answer it means. Nothing here draws: a draft is data."""

from dataclasses import dataclass, replace
from typing import assert_never

from assessment.answers import Answer, Evidence
from assessment.document.saying import number
from assessment.document.understanding import NoNumberError, OtherSignsError, number_in
from assessment.errors import Said
from assessment.i18n import Catalogue, catalogue
from assessment.questions import Choose, Count, Question, Tick, Value, Write
from assessment.values import Language

UNKNOWN = "_unknown"
ASIDE = "_not_applicable"
NONE = "_none"
HERE = "_here"
"""Choices beside the question's own; no id of an option begins like this. `HERE`: what is ticked or written stands."""


class UnfinishedError(ValueError):
    """What is on screen is no answer yet; says in the reader's language what is missing."""


@dataclass(frozen=True)
class Draft:
    """What the widgets of one question hold."""

    choice: str | None = None
    """One of the options or of the words above; None while nothing is chosen."""
    ticked: tuple[str, ...] = ()
    written: str = ""
    """A number or a text, as it was typed."""
    reason: str = ""
    evidence: Evidence = "none"
    comment: str = ""


def draft_of(question: Question, answer: Answer | None, c: Catalogue) -> Draft:
    """Return the widgets' contents for an answer; a value that the question no longer admits is shown as open."""
    control = question.control()
    empty = None if isinstance(control, Choose) else HERE
    if answer is None:
        return Draft(empty)
    draft = Draft(empty, evidence=answer.evidence, comment=answer.comment)
    match answer.state:
        case "unknown":
            return replace(draft, choice=UNKNOWN)
        case "not_applicable":
            return replace(draft, choice=ASIDE, reason=answer.reason)
        case "open":
            return draft
        case "given":
            pass
        case _:
            assert_never(answer.state)
    try:
        value = question.admit(answer.value)
    except ValueError:
        return draft
    match control:
        case Choose():
            return replace(draft, choice=word_of(value))
        case Tick():
            ticked = value if isinstance(value, tuple) else ()
            return replace(draft, choice=HERE if ticked else NONE, ticked=ticked)
        case Count():
            return replace(draft, written=number(value, c) if isinstance(value, (int, float)) else "")
        case Write():
            return replace(draft, written=str(value))
        case _:
            assert_never(control)


def answer_of(question: Question, draft: Draft, c: Catalogue) -> Answer:
    """Return the answer that the widgets' contents mean.

    Raises:
        UnfinishedError: a reason is missing, or what is written is not an answer to this question.
    """
    rest = {"evidence": draft.evidence, "comment": draft.comment}
    if draft.choice == UNKNOWN:
        return Answer(question=question.id, state="unknown", **rest)
    if draft.choice == ASIDE:
        if not draft.reason.strip():
            raise UnfinishedError(
                c.t("Not saved yet: please say in the field above why this does not apply.")
            )
        return Answer(question=question.id, state="not_applicable", reason=draft.reason.strip(), **rest)
    value = _value(question, draft, c)
    if value is None:
        return Answer(question=question.id, state="open", **rest)
    return Answer(question=question.id, value=value, **rest)


def _value(question: Question, draft: Draft, c: Catalogue) -> Value | None:
    control = question.control()
    match control:
        case Choose():
            return next((value for value in control.options if word_of(value) == draft.choice), None)
        case Tick():
            return () if draft.choice == NONE else draft.ticked or None
        case Count() | Write():
            if not draft.written.strip():
                return None
        case _:
            assert_never(control)
    written = read_number(draft.written, control, c) if isinstance(control, Count) else draft.written
    try:
        return question.admit(written)
    except ValueError as wrong:
        raise UnfinishedError(c.t("Not saved yet: this {rule}.", rule=_rule(wrong, control, c))) from None


def _rule(wrong: ValueError, control: Count | Write, c: Catalogue) -> str:
    """Return a question's rule in the reader's language, its limits in the language's format."""
    rule = wrong.args[0]
    if not isinstance(rule, Said):
        return str(rule)
    limits = {
        name: number(limit, c)
        for name in ("low", "high", "longest")
        if (limit := getattr(control, name, None)) is not None
    }
    return c.t(rule.template).format(**{**rule.values, **limits})


def read_number(written: str, control: Count, c: Catalogue) -> int | float:
    """Read a number as people of this language write it, with or without its unit.

    Raises:
        UnfinishedError: it cannot be read; a sign that means something else in another language is not guessed at.
    """
    try:
        return number_in(written, control, c)
    except OtherSignsError:
        raise UnfinishedError(
            c.t(
                "Not saved yet: decimals have a “{sign}” here, for example {example}.",
                sign=c.separators[0],
                example=c.number(1.5, 1),
            )
        ) from None
    except NoNumberError:
        example = c.number(1234.5, 1)
        raise UnfinishedError(
            c.t("Not saved yet: please write a number in digits, for example {example}.", example=example)
        ) from None


def told_anew(draft: Draft, question: Question, language: Language, c: Catalogue) -> Draft:
    """Return a draft typed in another language with its number in the format of this one, if it can be read as one."""
    control = question.control()
    if not isinstance(control, Count) or language == c.language:
        return draft
    try:
        return replace(draft, written=number(read_number(draft.written, control, catalogue(language)), c))
    except UnfinishedError:
        return draft


def word_of(value: Value | None) -> str:
    """Return a value as the id of its option."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def same(one: Answer, other: Answer) -> bool:
    """Say whether two answers to a question say the same, whenever they were given."""
    kept = {"at", "question"}
    return one.model_dump(exclude=kept) == other.model_dump(exclude=kept)
