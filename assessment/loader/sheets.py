"""Answers as files: the short form that people write, the same form out and in."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assessment.answers import Answer, AnswerSheet, check_sheet
from assessment.errors import MOST_TOLD, MOST_WRONG, AnswersError, Problem, Said, did_you_mean
from assessment.loader.content import questionnaire_ids, read_questionnaire
from assessment.loader.embedded import embedded_questionnaire
from assessment.loader.marks import MOST_BYTES, Marked, decoded, read_bytes, read_marked, read_text
from assessment.loader.paper import REPORT, inside, is_paper
from assessment.questionnaire import Questionnaire
from assessment.report import Subject

NEEDED = ("questionnaire", "version", "answers")
SUBJECT = ("organisation", "unit", "author", "held_on")
WORKSHOP = "workshop"
"""What a workshop left behind; read by `assessment.loader.workshops`."""
HEAD = (*NEEDED, "short", "profile", *SUBJECT, WORKSHOP)
LONGEST_NAME = 300
"""Characters of an organisation's, unit's or author's name."""


def read_sheet(
    path: Path, *, questionnaire: Questionnaire | None = None
) -> tuple[Questionnaire, AnswerSheet, Subject]:
    """Read an answers file.

    Returns:
        Its questionnaire, the checked sheet, and whose it is; held today if the file does not say when.

    Raises:
        AnswersError: with every problem found.
        QuestionnaireError: the questionnaire it names is not valid.
    """
    marked = _read(path)
    if marked.problems:
        raise AnswersError(marked.problems)
    return _checked(marked, path, questionnaire)


def read_report_or_sheet(
    path: Path, *, questionnaire: Questionnaire | None = None, otherwise: Questionnaire | None = None
) -> tuple[Questionnaire, AnswerSheet, Subject]:
    """Read an answers file like `read_sheet`; an exported report by the questionnaire inside it, whatever became of that since.

    Args:
        path: answers as YAML or JSON, or a report exported as JSON.
        questionnaire: the one to use, also in place of the one inside a report.
        otherwise: the one to use for an answers file, in place of the shipped one.

    Raises:
        AnswersError: with every problem found, also if the questionnaire inside a report cannot be read.
        QuestionnaireError: the questionnaire that an answers file names is not valid.
    """
    marked = _read(path)
    if marked.problems:
        raise AnswersError(marked.problems)
    if questionnaire is None and _is_report(marked.data):
        questionnaire = embedded_questionnaire(marked.data.get("questionnaire"), file=str(path))
    return _checked(marked, path, questionnaire or otherwise)


def content_of(path: Path) -> Any:
    """Return the plain data of an answers file or an exported report.

    Raises:
        AnswersError: it cannot be read.
    """
    marked = _read(path)
    if marked.problems:
        raise AnswersError(marked.problems)
    return marked.data


def content_of_upload(raw: bytes, name: str) -> Any:
    """Return the plain data of a file that somebody hands in.

    Raises:
        AnswersError: it cannot be read.
    """
    marked = _uploaded(raw, name)
    if marked.problems:
        raise AnswersError(marked.problems)
    return marked.data


def _checked(
    marked: Marked, path: Path, questionnaire: Questionnaire | None
) -> tuple[Questionnaire, AnswerSheet, Subject]:
    try:
        return sheet_from_data(marked.data, questionnaire=questionnaire, file=str(path))
    except AnswersError as error:
        lines = (
            marked if marked.lines else read_marked(path)
        )  # JSON is read without lines; most of it is YAML, too
        raise AnswersError(
            replace(problem, line=problem.line or lines.place(tuple(problem.at.split(" › ")))[1])
            for problem in error.problems
        ) from None


def read_upload(raw: bytes, name: str) -> tuple[Questionnaire, AnswerSheet, Subject]:
    """Read an answers file or an exported report that somebody hands in; see `read_sheet`.

    Raises:
        AnswersError: with every problem found.
    """
    if len(raw) > MOST_BYTES:
        size, most = round(len(raw) / 1_000_000), MOST_BYTES // 1_000_000
        message = "the file has {size} MB; more than {most} MB is not read."
        remedy = "Check that it is the right file. A questionnaire or answer sheet has well under 1 MB."
        raise AnswersError([Problem(message, remedy, file=name, values={"size": size, "most": most})])
    return sheet_from_data(uploaded_content(raw, name), file=name)


def uploaded_content(raw: bytes, name: str) -> Any:
    """Return the plain data of an answers file or report that somebody hands in.

    Raises:
        AnswersError: it cannot be read.
    """
    marked = _uploaded(raw, name)
    if marked.problems:
        raise AnswersError(marked.problems)
    return marked.data


def holds_report(raw: bytes) -> bool:
    """Say whether a file that somebody hands in looks like a report, not like answers only."""
    return is_paper(raw) or b'"scorecard"' in raw


def read_report(raw: bytes, name: str) -> tuple[Questionnaire, AnswerSheet, Subject]:
    """Read an exported report (PDF or JSON) by the questionnaire inside it, whatever became of that since.

    Raises:
        AnswersError: with every problem found; also if it holds answers only.
    """
    data = uploaded_content(raw, name)
    if not _is_report(data):
        message = "this file holds answers and no report."
        remedy = "To compare with an earlier assessment, use its report as PDF or JSON."
        raise AnswersError([Problem(message, remedy, file=name)])
    questionnaire = embedded_questionnaire(data.get("questionnaire"), file=name)
    return sheet_from_data(data, questionnaire=questionnaire, file=name)


def sheet_from_data(
    data: Any, *, questionnaire: Questionnaire | None = None, file: str = ""
) -> tuple[Questionnaire, AnswerSheet, Subject]:
    """Turn plain data in the form of an answers file (or of an exported report) into a checked sheet; see `read_sheet`."""
    if _is_report(data):
        data = _from_report(data, file)
    problems: list[Problem] = []
    if not isinstance(data, dict) or not any(key in data for key in NEEDED):
        raise AnswersError(
            [
                Problem(
                    "this is not an answers file: it must be a mapping with questionnaire, version and answers.",
                    "Use a file that this app or `assessment sample` wrote.",
                    file=file,
                )
            ]
        )
    problems += [_unknown_field(str(key), file) for key in data if key not in HEAD]
    problems += [_missing_field(key, file) for key in NEEDED if key not in data]
    given = data.get("answers", {})
    if not isinstance(given, dict):
        problems.append(
            Problem(
                "answers are a mapping from question id to answer.",
                "Write for example “w1-q2: 3”.",
                file=file,
                at="answers",
            )
        )
        given = {}
    answers = []
    for identifier, raw in given.items():
        if len(problems) >= MOST_WRONG:
            break
        try:
            answers.append(_answer(str(identifier), raw))
        except ValidationError as error:
            for reason in dict.fromkeys(_reason(dict(item)) for item in error.errors(include_url=False)):
                remedy = "An answer is a value, or a mapping of value, state, evidence, comment, reason and respondent."
                at = f"answers › {identifier}"
                problems.append(Problem("{reason}.", remedy, file=file, at=at, values={"reason": reason}))
    if problems:
        raise AnswersError(problems)
    if questionnaire is None and data["questionnaire"] not in questionnaire_ids():
        raise AnswersError([_unknown_questionnaire(str(data["questionnaire"]), file)])
    known = questionnaire or read_questionnaire(str(data["questionnaire"]))
    if data["questionnaire"] != known.id:
        raise AnswersError(
            [
                Problem(
                    "the answers belong to “{theirs}”, not to “{ours}”.",
                    "Open them with their own questionnaire.",
                    file=file,
                    at="questionnaire",
                    values={"theirs": data["questionnaire"], "ours": known.id},
                )
            ]
        )
    try:
        sheet = AnswerSheet(
            questionnaire=known.id,
            version=str(data["version"]),
            short=data.get("short", False),
            profile=data.get("profile") or {},
            answers=tuple(answers),
        )
    except ValidationError as error:
        told = error.errors(include_url=False)[: 5 * MOST_TOLD]
        found = [_head_problem(dict(item), file) for item in told]
        raise AnswersError(one for number, one in enumerate(found) if one not in found[:number]) from None
    return (
        known,
        check_sheet(known, sheet, file=file),
        _subject({key: data[key] for key in SUBJECT if data.get(key)}, file),
    )


def sheet_as_data(sheet: AnswerSheet) -> dict[str, Any]:
    """Return the sheet in the form of an answers file; `sheet_from_data` gives the sheet again."""
    answers: dict[str, Any] = {}
    for answer in sheet.answers:
        full = answer.model_dump(mode="json", exclude_defaults=True, exclude={"question"})
        answers[answer.question] = full["value"] if set(full) == {"value"} else full
    return {
        "questionnaire": sheet.questionnaire,
        "version": sheet.version,
        "short": sheet.short,
        "profile": {
            name: value if isinstance(value, str) else list(value) for name, value in sheet.profile.items()
        },
        "answers": answers,
    }


def _answer(identifier: str, raw: Any) -> Answer:
    if isinstance(raw, dict):
        state = {"state": "given"} if "value" in raw and "state" not in raw else {}
        # the id stands before the colon; one inside would answer another question, and is an unknown field like any other
        fields = {"question " if key == "question" else key: value for key, value in raw.items()}
        return Answer.model_validate({"question": identifier, **state, **fields})
    said = {"state": "open"} if raw is None else {"value": raw}
    return Answer.model_validate({"question": identifier, **said})


def _reason(item: dict[str, Any]) -> str:
    if item["type"] == "extra_forbidden":
        return Said("there is no field “{field}” in an answer", field=str(item["loc"][-1]).strip())
    if item["type"] == "value_error":
        reason: str = item["ctx"]["error"].args[0]
        return reason
    if item["loc"][:1] == ("value",):
        return Said("a value is true or false, a number or a word")
    field = item["loc"][-1] if item["loc"] else ""
    if item["type"] == "literal_error":
        known = item["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return Said(
            "“{value}” is no {field}; known: {known}", value=item.get("input"), field=field, known=known
        )
    return Said("{value} does not fit as “{field}”", value=repr(item.get("input"))[:60], field=field)


def _head_problem(item: dict[str, Any], file: str) -> Problem:
    at = " › ".join(str(step) for step in item["loc"][:2])
    if not item["loc"]:
        return Problem(
            "{value} does not fit here.", "Correct it.", file=file, values={"value": repr(item["input"])[:60]}
        )
    if item["loc"][0] == "profile" and len(item["loc"]) > 1:
        return Problem(
            "a profile value is a word or a list of words.",
            "Write for example yes, or [de, nl].",
            file=file,
            at=at,
        )
    return Problem("{reason}.", "Correct it.", file=file, at=at, values={"reason": item["msg"]})


def _unknown_field(key: str, file: str) -> Problem:
    values: dict[str, object] = {"key": key, "hint": did_you_mean(key, HEAD)}
    return Problem(
        "there is no field “{key}” in an answers file.", "{hint}", file=file, at=key, values=values
    )


def _missing_field(key: str, file: str) -> Problem:
    remedy = "`assessment sample` writes a file to start from."
    return Problem("“{key}” is missing.", remedy, file=file, at=key, values={"key": key})


def _is_report(data: Any) -> bool:
    return isinstance(data, dict) and "sheet" in data and "scorecard" in data


def _from_report(data: dict[Any, Any], file: str) -> dict[str, Any]:
    """Return the answers file inside an exported report; what else it holds is computed again, not believed."""
    try:
        sheet = sheet_as_data(AnswerSheet.model_validate(data["sheet"]))
    except ValidationError as error:
        found = [_head_problem(dict(item), file) for item in error.errors(include_url=False)]
        raise AnswersError(found[:MOST_TOLD]) from None
    subject = data.get("subject")
    return {**sheet, **{k: v for k, v in (subject if isinstance(subject, dict) else {}).items() if v}}


def _subject(given: dict[str, Any], file: str) -> Subject:
    """Return whose assessment it is; held today if the file does not say."""
    too_long = [key for key, value in given.items() if isinstance(value, str) and len(value) > LONGEST_NAME]
    if too_long:
        raise AnswersError(_subject_problem({"loc": (key,)}, file) for key in too_long)
    try:
        return Subject.model_validate({"held_on": date.today(), **given})  # noqa: DTZ011 - the day on the wall
    except ValidationError as error:
        raise AnswersError(
            _subject_problem(dict(item), file) for item in error.errors(include_url=False)
        ) from None


def _subject_problem(item: dict[str, Any], file: str) -> Problem:
    at, value = str(item["loc"][0]), str(item.get("input"))[:60]
    if at == "held_on":
        remedy = "Write for example 2026-11-02."
        return Problem(
            "“{value}” is not a day between 2000 and 2199.", remedy, file=file, at=at, values={"value": value}
        )
    return Problem(
        "a text of at most {most} characters is needed here.",
        "Shorten or correct it.",
        file=file,
        at=at,
        values={"most": LONGEST_NAME},
    )


def _unknown_questionnaire(given: str, file: str) -> Problem:
    values: dict[str, object] = {"given": given[:60], "hint": did_you_mean(given[:60], questionnaire_ids())}
    return Problem(
        "there is no questionnaire “{given}”.", "{hint}", file=file, at="questionnaire", values=values
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs as a mapping; a key given twice must not silently win over the first."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise KeyError(key)
        made[key] = value
    return made


def _read(path: Path) -> Marked:
    if path.suffix == ".pdf":
        return _in_paper(path)
    if path.suffix != ".json":
        return read_marked(path)
    text = read_text(path)
    return Marked(problems=[text]) if isinstance(text, Problem) else _json(text, str(path))


def _in_paper(path: Path) -> Marked:
    raw = read_bytes(path)
    return Marked(problems=[raw]) if isinstance(raw, Problem) else _uploaded(raw, str(path))


def _uploaded(raw: bytes, file: str) -> Marked:
    """Return the data of an answers file, of an exported report, or of the report inside a PDF."""
    if is_paper(raw):
        raw = inside(raw, file=file)[REPORT]
    text = decoded(raw, file)
    return Marked(problems=[text]) if isinstance(text, Problem) else _json(text, file)


def _json(text: str, file: str) -> Marked:
    def wrong(message: str, remedy: str, *, line: int | None = None, **values: object) -> Marked:
        return Marked(problems=[Problem(message, remedy, file=file, line=line, values=values)])

    try:
        return Marked(data=json.loads(text, object_pairs_hook=_once))
    except KeyError as twice:
        return wrong("“{key}” is given twice.", "Keep one of them.", key=twice.args[0])
    except json.JSONDecodeError as error:
        remedy = "Correct the line; a comma or a quote is often missing before it."
        return wrong("this is not valid JSON: {reason}.", remedy, line=error.lineno, reason=error.msg)
    except ValueError:
        return wrong("there is a number too long to be one.", "Correct it.")
    except RecursionError:
        return wrong("the file is nested too deeply.", "Flatten it.")
