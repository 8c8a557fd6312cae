"""What a release of a questionnaire fixed: kept beside it in `released.yaml`, written by a command and read by the checks."""

from pathlib import Path

from assessment.errors import Problem, QuestionnaireError
from assessment.inspection import Released, ReleaseFile, released_of
from assessment.inspection.released import findings
from assessment.loader.content import questionnaire_folder, shown_name
from assessment.loader.separate import read_separate
from assessment.loader.writing import as_yaml
from assessment.questionnaire import Questionnaire

RELEASED = "released.yaml"

_HEAD = """# yaml-language-server: $schema=../schema.json
# Written by `assessment release`: what stored answers rely on. Do not edit; `assessment validate` compares with it.
"""


def read_release(where: Path | str) -> Released | None:
    """Read what the last release of a questionnaire fixed; None if it was never released.

    Args:
        where: the questionnaire, by its id, its folder or its head.

    Raises:
        QuestionnaireError: with every problem found.
    """
    folder = questionnaire_folder(where)
    path = folder / RELEASED
    if not path.is_file():
        return None
    return read_separate(path, ReleaseFile, name=shown_name(folder, RELEASED))[0].released


def write_release(questionnaire: Questionnaire, where: Path | str) -> Path | None:
    """Write what releasing a questionnaire as it is fixes.

    Returns:
        The file; None if it says so already.

    Raises:
        QuestionnaireError: the version is lower than the one released, or does not own up to what has changed; the file
            cannot be read or written.
    """
    folder = questionnaire_folder(where)
    name = shown_name(folder, RELEASED)
    before = read_release(folder)
    if before is not None:
        refused = [
            Problem(
                "{what}",
                "{to_do}",
                file=name,
                at=" › ".join(each.where),
                values={"what": each.what, "to_do": each.to_do},
            )
            for each in findings(questionnaire, before)
        ]
        if refused:
            raise QuestionnaireError(refused)
    released = released_of(questionnaire)
    if released == before:
        return None
    data = ReleaseFile(released=released).model_dump(exclude_defaults=True)
    try:
        (folder / RELEASED).write_text(_HEAD + as_yaml(_plain(data)), "utf-8")
    except OSError as error:
        message, remedy = (
            "the file cannot be written: {reason}.",
            "Choose a place that is yours and has room.",
        )
        values: dict[str, object] = {"reason": error.strerror or str(error)}
        raise QuestionnaireError([Problem(message, remedy, file=name, values=values)]) from None
    return folder / RELEASED


def _plain(value: object) -> object:
    """Return the data with lists where models have tuples."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
