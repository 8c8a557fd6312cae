"""The questionnaire in the empty template: a row or more on each sheet, to be written over."""

from pathlib import Path
from typing import Any

from assessment.loader import read_questionnaire
from assessment.loader.writing import questionnaire_as_data
from assessment.questionnaire import Questionnaire
from assessment.values import Language

_FOLDER = Path(__file__).parent / "bakery"


def an_example(languages: tuple[Language, ...]) -> Questionnaire:
    """Return a small questionnaire in these languages; in English, where the example has none."""
    data = questionnaire_as_data(read_questionnaire(_FOLDER))
    written = set(data["languages"])

    def only(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == written:
            return {language: value.get(language, value["en"]) for language in languages}
        if isinstance(value, dict):
            return {key: only(part) for key, part in value.items()}
        return [only(part) for part in value] if isinstance(value, list) else value

    return Questionnaire.model_validate({**only(data), "languages": list(languages)})
