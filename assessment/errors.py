"""Errors a person reads: where it is wrong, what is wrong, and what to do. All problems at once.

Each message is an English template with named values, so that the screen can say it in the reader's language
(`Problem.text`), while the command line and the log say it in English (`str(problem)`).
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

MOST_TOLD = 20
"""So many problems are told at once; of the others, the number."""

MOST_WRONG = 10_000
"""Faults of a file that are listed before the first of them are told."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""A file's text must not steer the terminal that shows it."""


class Said(str):
    """An English sentence that remembers template and values, so that it can be said in another language in a Problem."""

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Said":
        """Return the English sentence."""
        said = super().__new__(cls, template.format(**values))
        said.template, said.values = template, values
        return said

    def text(self, translate: Callable[[str], str]) -> str:
        """Say it; `translate` turns an English template into the reader's."""
        return translate(self.template).format(**self.values)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong."""

    message: str
    """What is wrong and why; may name `values` in braces."""
    remedy: str = ""
    """What to do; may name `values` in braces."""
    file: str = ""
    line: int | None = None
    at: str = ""
    """Path by ids, for example `w1 › w1-q2 › anchors › 3`."""
    values: dict[str, object] = field(default_factory=dict)

    def text(self, translate: Callable[[str], str] = lambda text: text) -> str:
        """Say the problem; `translate` turns an English template into the reader's."""
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file
        where = ": ".join(part for part in (place, self.at) if part)
        values = {
            k: value.text(translate) if isinstance(value, Said | Hint) else value
            for k, value in self.values.items()
        }
        message = translate(self.message).format(**values)
        remedy = translate(self.remedy).format(**values).strip() if self.remedy else ""
        said = f"{where}: {message}" if where else message
        return _CONTROL.sub("\ufffd", f"{said}\n    {remedy}" if remedy else said)

    def __str__(self) -> str:
        return self.text()


class AssessmentError(Exception):
    """Something a person can put right. Carries every problem found in one run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - MOST_TOLD
        told = [*map(str, self.problems[:MOST_TOLD]), *([f"and {more} more"] if more > 0 else [])]
        super().__init__("\n".join(told))


class QuestionnaireError(AssessmentError):
    """A questionnaire's files are not valid."""


class AnswersError(AssessmentError):
    """Answers do not fit their questionnaire, or their file cannot be read."""


class StoreError(AssessmentError):
    """Answers could not be read from or written to the database."""


class ReportError(AssessmentError):
    """A report could not be made or written."""


FEW = 12
"""So many known words are listed."""

LONGEST = 80
"""Letters of an unknown word that are compared: no known one has more."""


@dataclass(frozen=True)
class Hint:
    """The closest known word, or the known words if they are few, or nothing: looked for when it is told.

    Of a file with a hundred thousand unknown words, few are told, and comparing takes a millisecond for each.
    """

    word: str
    known: Collection[str]

    def said(self) -> str:
        """Return the sentence, or nothing."""
        choices = sorted(self.known)
        close = get_close_matches(self.word[:LONGEST], choices, n=1, cutoff=0.6)
        if close:
            return Said("Did you mean “{word}”?", word=close[0])
        return Said("Known: {words}.", words=", ".join(choices)) if 0 < len(choices) <= FEW else ""

    def text(self, translate: Callable[[str], str]) -> str:
        """Say it; `translate` turns an English template into the reader's."""
        said = self.said()
        return said.text(translate) if isinstance(said, Said) else said

    __str__ = said


def did_you_mean(word: str, known: Collection[str]) -> Hint:
    """Return a sentence naming the closest known word, or the known words if they are few, or nothing."""
    return Hint(word, known)
