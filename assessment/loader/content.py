"""A folder of YAML files becomes a Questionnaire, or the complete list of what is wrong with it."""

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from assessment.errors import Problem, QuestionnaireError, did_you_mean
from assessment.inspection import Glossary, ReleaseFile
from assessment.loader.checks import check_raw
from assessment.loader.marks import Marked, read_marked
from assessment.loader.meaning import check_built
from assessment.loader.wording import described
from assessment.questionnaire import Questionnaire

HEAD = "questionnaire.yaml"
PARTS = {
    "accepted": "accepted",
    "caps": "caps",
    "checks": "checks",
    "key-figures": "key_figures",
    "measures": "measures",
    "option_sets": "option_sets",
    "planning": "planning",
    "reference-points": "reference_points",
    "register": "register",
    "sources": "sources",
    "standards": "standards",
}
"""Files that may stand beside the head, each with the one key that it holds."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,79}")
"""The id of a section, and the name of its file."""

OWN_FOLDER = "ASSESSMENT_QUESTIONNAIRES"

_PACKAGE = Path(__file__).resolve().parent.parent


def content_folder() -> Path:
    """Return where the shipped questionnaires are: in the wheel, or beside the package in a checkout."""
    shipped = _PACKAGE / "content" / "questionnaires"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "questionnaires"


def own_questionnaires() -> tuple[Path, ...]:
    """Return the folders of the questionnaires of one's own: below the folder that ASSESSMENT_QUESTIONNAIRES names, or itself."""
    named = os.environ.get(OWN_FOLDER, "")
    if not named:
        return ()
    place = Path(named).resolve()
    return (place,) if (place / HEAD).is_file() else tuple(sorted(p.parent for p in place.glob(f"*/{HEAD}")))


def questionnaire_ids(folder: Path | None = None) -> tuple[str, ...]:
    """Return the ids of the questionnaires in a folder, in order; without one, of those shipped and of one's own."""
    heads = (folder or content_folder()).glob(f"*/{HEAD}")
    own = () if folder else (path.name for path in own_questionnaires())
    return tuple(sorted({*(path.parent.name for path in heads), *own}))


def read_questionnaire(where: Path | str) -> Questionnaire:
    """Read a questionnaire by its id (a shipped one, or one of one's own) or its folder.

    Raises:
        QuestionnaireError: with every problem found, each with file and line.
    """
    folder = questionnaire_folder(where)
    marked = _merged(folder)
    if not isinstance(marked.data, dict):
        raise QuestionnaireError(
            marked.problems
            or [
                Problem(
                    "a questionnaire is a mapping of fields.", "Start with `id:`.", file=str(folder / HEAD)
                )
            ]
        )
    if marked.data.get("id") != folder.name:
        file, line = marked.place(("id",))
        marked.problems.append(
            Problem(
                "the id is “{id}”, the folder “{folder}”.",
                "Give both the same name.",
                file=file,
                line=line,
                at="id",
                values={"id": marked.data.get("id"), "folder": folder.name},
            )
        )
    questionnaire, problems = checked(marked)
    if questionnaire is None:
        raise QuestionnaireError(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
    return questionnaire


class Checked(NamedTuple):
    """A questionnaire, or everything that is wrong with it."""

    questionnaire: Questionnaire | None
    problems: list[Problem]


def checked(marked: Marked, *, meaning: bool = True) -> Checked:
    """Return the questionnaire that plain data is, or everything that is wrong with it.

    Args:
        marked: the data, and what was found wrong while it was read.
        meaning: whether to look at values and orders, too, where the types fit.
    """
    problems = [*marked.problems, *check_raw(marked)]
    try:
        questionnaire = Questionnaire.model_validate(marked.data)
    except ValidationError as error:
        return Checked(None, [*problems, *described(error, marked)])
    if not problems and meaning:
        problems = check_built(questionnaire, marked)
    return Checked(None if problems else questionnaire, problems)


def schema() -> dict[str, Any]:
    """Return the JSON Schema that editors check questionnaires with while one types; any part may be in a file of its own.

    The glossary beside them and what a release fixed are checked by the same schema.
    """
    made = Questionnaire.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "Questionnaire"
    section = {"$ref": "#/$defs/Section"}
    made["properties"]["sections"]["items"] = {"anyOf": [{"type": "string"}, section]}
    for file in (Glossary, ReleaseFile):
        beside = file.model_json_schema()
        made["$defs"] |= beside["$defs"]
        made["properties"] |= beside["properties"]
    made["required"] = []
    made["properties"] = {**made["$defs"]["Section"]["properties"], **made["properties"]}
    return made


def questionnaire_folder(where: Path | str) -> Path:
    """Return the folder of a questionnaire, by its id (a shipped one, or one of one's own), its folder or its head.

    Raises:
        QuestionnaireError: there is none.
    """
    path = Path(where)
    if path.name == HEAD:
        path = path.parent
    if str(where) in questionnaire_ids(content_folder()):
        return content_folder() / str(where)
    own = next((place for place in own_questionnaires() if place.name == str(where)), None)
    if own is not None:
        return own
    if path.is_dir():
        return path.resolve()
    raise QuestionnaireError(
        [
            Problem(
                "there is no questionnaire “{where}”.",
                "{hint} Give a shipped id or a folder with a questionnaire.yaml.",
                values={"where": where, "hint": did_you_mean(str(where), questionnaire_ids())},
            )
        ]
    )


def _merged(folder: Path) -> Marked:
    """Read the head and put in the parts that stand in files of their own.

    Raises:
        QuestionnaireError: a part cannot be read; what else is wrong would mostly follow from what is not there.
    """
    whole = read_marked(folder / HEAD, name=shown_name(folder, HEAD))
    if not isinstance(whole.data, dict):
        return whole
    unread = False
    listed = whole.data.get("sections")
    sections = list(listed) if isinstance(listed, list) else []
    named = {name for name in sections if isinstance(name, str)}
    for index, name in enumerate(sections):
        if isinstance(name, str) and not _NAME.fullmatch(name):  # never a way to another folder
            file, line = whole.place(("sections", index))
            whole.problems.append(
                Problem(
                    "“{name}” is no id of a section.",
                    "Use small letters, digits and hyphens; the section “people” stands in people.yaml beside this file.",
                    file=file,
                    line=line,
                    at="sections",
                    values={"name": name[:80]},
                )
            )
            unread = True
        elif isinstance(name, str):
            part = _part(folder, name, whole, ("sections", index))
            unread = unread or part is None
            whole.data["sections"][index] = part
            if isinstance(part, dict) and part.get("id") != name:
                file, line = whole.place(("sections", index, "id"))
                whole.problems.append(
                    Problem(
                        "the id is “{id}”, the file “{name}.yaml”.",
                        "Give both the same name.",
                        file=file,
                        line=line,
                        at="id",
                        values={"id": part.get("id"), "name": name},
                    )
                )
    for file_name, name in PARTS.items():
        if file_name in named or name in whole.data:  # the file of a section may have the name of a part
            continue
        if (folder / f"{file_name}.yaml").is_file():
            part = _part(folder, file_name, whole, ())
            unread = unread or part is None
            if isinstance(part, dict):
                for key in part:
                    if key != name:
                        file, line = whole.place((key,))
                        whole.problems.append(
                            Problem(
                                "this file may hold “{name}” only, not “{key}”.",
                                "Move it to questionnaire.yaml.",
                                file=file,
                                line=line,
                                at=str(key),
                                values={"name": name, "key": key},
                            )
                        )
                whole.data[name] = part.get(name)
            elif part is not None:
                whole.problems.append(
                    Problem(
                        "this file does not begin with “{name}:”.",
                        "Put what stands in it below that word.",
                        file=shown_name(folder, f"{file_name}.yaml"),
                        values={"name": name},
                    )
                )
    if unread:
        raise QuestionnaireError(
            sorted(whole.problems, key=lambda problem: (problem.file, problem.line or 0))
        )
    return whole


def _part(folder: Path, name: str, whole: Marked, path: tuple[str | int, ...]) -> Any:
    part_name = shown_name(folder, f"{name}.yaml")
    part = read_marked(folder / f"{name}.yaml", name=part_name)
    if part.data is None and not part.problems:
        part.problems.append(
            Problem("there is nothing in this file but comments.", "Fill it, or remove it.", file=part_name)
        )
    whole.problems += part.problems
    for below, place in part.lines.items():
        whole.lines[(*path, *below)] = place
    return part.data


def shown_name(folder: Path, name: str) -> str:
    """Return a file of a folder as it is told: from where one stands, if it is below."""
    try:
        return str((folder / name).relative_to(Path.cwd()))
    except ValueError:
        return str(folder / name)
