"""The questionnaires that can be answered: the shipped ones, and those of one's own that are valid."""

from collections.abc import Iterator
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import NamedTuple

from assessment.answers import AnswerSheet, progress
from assessment.errors import MOST_TOLD, Problem, QuestionnaireError
from assessment.loader import (
    content_folder,
    own_questionnaires,
    questionnaire_ids,
    read_questionnaire,
    read_sample,
    sample_names,
)
from assessment.questionnaire import Questionnaire
from assessment.report import Subject


@lru_cache
def questionnaire(identifier: str) -> Questionnaire:
    """Return a questionnaire, shipped or of one's own, read once.

    Raises:
        QuestionnaireError: it is not valid, or not there any more.
    """
    return read_questionnaire(identifier)


EXACTLY = 15
"""Up to so many minutes are told one by one."""


class Own(NamedTuple):
    """A questionnaire of one's own, and what keeps it from being offered."""

    folder: Path
    problems: tuple[Problem, ...]

    @property
    def told(self) -> str:
        """What whoever starts the app is told."""
        if not self.problems:
            return f"Questionnaire “{self.folder.name}” from {self.folder} is offered."
        said = "\n".join(map(str, self.problems[:MOST_TOLD]))
        more = len(self.problems) - MOST_TOLD
        rest = f"\n{more} more: assessment validate {self.folder}" if more > 0 else ""
        return f"{said}{rest}\nQuestionnaire “{self.folder.name}” is left out until this is put right and the app is started again."


def own() -> tuple[Own, ...]:
    """Return the questionnaires of one's own, each with its problems."""
    return tuple(Own(folder, tuple(_problems_of(folder))) for folder in own_questionnaires())


def _problems_of(folder: Path) -> Iterator[Problem]:
    if folder.name in questionnaire_ids(content_folder()):
        yield Problem(
            "a shipped questionnaire has the id “{id}” already.",
            "Give yours an id and a folder of another name.",
            file=str(folder),
            values={"id": folder.name},
        )
        return
    try:
        questionnaire(folder.name)
    except QuestionnaireError as error:
        yield from error.problems


@lru_cache(maxsize=1)
def offered() -> tuple[str, ...]:
    """Return the ids of the questionnaires that can be answered: the valid ones."""
    shipped = questionnaire_ids(content_folder())
    valid = (each.folder.name for each in own() if not each.problems)
    return tuple(sorted({*shipped, *valid}))


def minutes_of(known: Questionnaire, *, short: bool) -> int:
    """Return the time that a whole edition takes, a long one in steps of five minutes."""
    empty = AnswerSheet(questionnaire=known.id, version=known.version, short=short)
    minutes = progress(known, empty).minutes_left
    return minutes if minutes <= EXACTLY else 5 * ceil(minutes / 5)


@lru_cache
def sample(identifier: str, language: str) -> tuple[AnswerSheet, Subject] | None:
    """Return a questionnaire's first worked sample in a language, read once; None if it has none."""
    names = sample_names(identifier)
    if not names:
        return None
    _, sheet, subject = read_sample(names[0], language=language)
    return sheet, subject


@lru_cache(maxsize=1)
def main_one() -> str:
    """Return the id of the questionnaire that the start page shows first: of the shipped ones the one that asks most."""
    return max(questionnaire_ids(content_folder()), key=lambda name: len(questionnaire(name).questions_by_id))
