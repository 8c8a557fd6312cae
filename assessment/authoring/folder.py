"""A questionnaire as a folder of YAML files, read back before it is put in place."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from assessment.errors import Problem, QuestionnaireError
from assessment.loader import read_questionnaire
from assessment.loader.content import HEAD, PARTS
from assessment.loader.marks import read_marked
from assessment.loader.writing import as_yaml, questionnaire_as_data
from assessment.questionnaire import Questionnaire

SCHEMA = "# yaml-language-server: $schema=../schema.json\n"
"""The first line of each file: editors check against it while one types."""

ONE_FILE = 400
"""A questionnaire of so many lines stands in one file; a longer one in a file for each section and part."""


def files_of(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the files of a questionnaire by name."""
    data = questionnaire_as_data(questionnaire)
    whole = as_yaml(data)
    names = [section["id"] for section in data["sections"]]
    if whole.count("\n") <= ONE_FILE or {*PARTS, HEAD.removesuffix(".yaml")} & set(names):
        return {HEAD: SCHEMA + whole}
    files = {f"{section['id']}.yaml": SCHEMA + as_yaml(section) for section in data["sections"]}
    for name, part in PARTS.items():
        if part in data:
            files[f"{name}.yaml"] = SCHEMA + as_yaml({part: data.pop(part)})
    return {HEAD: SCHEMA + as_yaml({**data, "sections": names}), **files}


def refuse_folder(folder: Path, *, force: bool) -> None:
    """Make sure that a questionnaire may be written to this folder.

    Raises:
        QuestionnaireError: it is no folder, or something is in it and this is not wanted.
    """
    if folder.exists() and not folder.is_dir():
        raise _refused(folder, "this is a file and not a folder.", "Give the name of a folder, after -o.")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        message, remedy = (
            "there is something in this folder.",
            "Give another folder, or say --force to replace its questionnaire.",
        )
        raise _refused(folder, message, remedy)


def write_folder(questionnaire: Questionnaire, folder: Path, *, force: bool = False) -> tuple[str, ...]:
    """Write the files of a questionnaire to a folder of its name; of what was there, only a questionnaire's own files go.

    Returns:
        The names of the files.

    Raises:
        QuestionnaireError: something is in the folder and `force` is not set; it cannot be written.
    """
    refuse_folder(folder, force=force)
    files = files_of(questionnaire)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".import-") as made:
            place = Path(made) / questionnaire.id
            place.mkdir()
            for name, text in files.items():
                (place / name).write_text(text, "utf-8")
            if read_questionnaire(place) != questionnaire:
                raise AssertionError(f"the files of {questionnaire.id} do not say what was read")
            folder.mkdir(exist_ok=True)
            before = _own_files(folder)
            for name in sorted(files, key=lambda one: one == HEAD):  # the head last: it names the others
                shutil.move(place / name, folder / name)
            for name in before - set(files):
                (folder / name).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        message, remedy = (
            "the folder cannot be written: {reason}.",
            "Choose a place that is yours and has room.",
        )
        raise _refused(folder, message, remedy, reason=reason) from None
    return tuple(files)


def _own_files(folder: Path) -> set[str]:
    """Return the files that the loader reads from a folder; others stay."""
    if not (folder / HEAD).is_file():
        return {f"{part}.yaml" for part in PARTS}
    head: Any = read_marked(folder / HEAD).data
    sections = head.get("sections") if isinstance(head, dict) else None
    named = {name for name in sections if isinstance(name, str)} if isinstance(sections, list) else set()
    return {HEAD, *(f"{name}.yaml" for name in (*PARTS, *named) if Path(name).name == name)}


def _refused(folder: Path, message: str, remedy: str, **values: object) -> QuestionnaireError:
    return QuestionnaireError([Problem(message, remedy, file=str(folder), values=values)])
