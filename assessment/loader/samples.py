"""Worked, fictitious organisations that ship with a questionnaire, to look at and to start from."""

from pathlib import Path
from typing import Any

from assessment.answers import AnswerSheet
from assessment.errors import AnswersError, Problem, did_you_mean
from assessment.loader.content import content_folder
from assessment.loader.marks import read_marked
from assessment.loader.sheets import sheet_from_data
from assessment.questionnaire import Questionnaire
from assessment.report import Subject
from assessment.values import Variety, language_of, spelt


def sample_names(questionnaire: str | None = None) -> tuple[str, ...]:
    """Return the names of the samples, of all shipped questionnaires or of one."""
    found = _files().items()
    return tuple(sorted(name for name, path in found if questionnaire in (None, path.parent.parent.name)))


def read_sample(name: str, *, language: Variety) -> tuple[Questionnaire, AnswerSheet, Subject]:
    """Return a sample's questionnaire, sheet and subject, its comments in one language.

    Raises:
        AnswersError: there is no such sample.
    """
    found = _files()
    if name not in found:
        hint = did_you_mean(name, found)
        raise AnswersError(
            [Problem("there is no sample “{name}”.", "{hint}", values={"name": name, "hint": hint})]
        )
    marked = read_marked(found[name])
    if marked.problems:
        raise AnswersError(marked.problems)
    return sheet_from_data(_in(marked.data, language), file=name)


def _files() -> dict[str, Path]:
    return {path.stem: path for path in content_folder().glob("*/samples/*.yaml")}


def _in(data: Any, language: Variety) -> Any:
    """Return the data with every text in several languages replaced by the one."""
    if isinstance(data, dict):
        if data and all(len(key) == 2 and isinstance(value, str) for key, value in data.items()):
            return spelt(data.get(language_of(language)) or next(iter(data.values())), language)
        return {key: _in(value, language) for key, value in data.items()}
    return [_in(item, language) for item in data] if isinstance(data, list) else data
