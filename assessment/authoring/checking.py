"""What was read from cells is checked as a questionnaire is, and what is wrong is told by the cells."""

from dataclasses import replace
from typing import Any

from assessment.authoring.places import Log, Place, Record
from assessment.errors import Problem
from assessment.loader.content import checked
from assessment.loader.marks import Marked, Path_
from assessment.questionnaire import Questionnaire

__all__ = ["check_cells", "checked"]

_BY_CELL = {
    "Add it; questionnaires/README.md says what it is.": "Fill in the cell; the row below the header says with what.",
    "Correct it; questionnaires/README.md shows the form.": "Correct the cell; the row below the header says what it takes.",
    "Add to it; questionnaires/README.md shows the form.": "Add rows.",
    "Write the text in quotes.": "Write a text.",
    "Use `any_of` with the words.": "Compare it with = and a word.",
    "Give `options` of its own, or the `option_set` of the questionnaire that it uses.": "Add rows to sheet options, or name an option_set.",
    "Describe every level of the scale, or say `own_scale: true` if the question has a scale of its own.":
        "Describe every level of the scale, or write yes in column own_scale of sheet questions.",
    "{hint} Correct the id or add it to `planning`.": "{hint} Correct the id or add it to sheet planning_roles.",
    "Say what each step counts, by the level it starts from, or leave `steps` out.":
        "Write one number for each step, by the level it starts from, or empty the cell.",
    "Say for each class from 1 to {cost} what it stands for, or leave `money` out.":
        "Add rows, one for each class up to {cost}, or remove them all.",
}  # fmt: skip
"""What the loader advises to those who write files, and what to tell those who fill in a workbook."""

_TOO_LITTLE = "there is too little here: at least {least} is needed, and there is {count}."
_FOLLOWING = ("the text is missing in “{language}”.", "“{field}” is missing.", _TOO_LITTLE)
"""What is missing because a cell could not be read is told by that cell."""

_STRANGE = "there is no field “{field}” here."
_HALVES = "some options have a worth"


def check_cells(data: Record, log: Log) -> Questionnaire | None:
    """Return the questionnaire that the cells say; what is wrong with it is told in the log.

    Rows in which a fault was told already, and what follows from it, are left out.
    """
    places = _Places(data)
    told = {place[:2] for place, _ in log.problems if place is not None}
    spoilt = bool(log.problems)
    questionnaire, problems = checked(Marked(data=data, lines=places.lines), meaning=not spoilt)
    if any(problem.message != _TOO_LITTLE for problem in problems):
        problems = [problem for problem in problems if problem.message != _TOO_LITTLE]
    seen: set[tuple[Place | None, str]] = set()
    for problem in problems:
        place = places.of(problem)
        if spoilt and (problem.message in _FOLLOWING or (place is not None and place[:2] in told)):
            continue
        shown = _by_cell(problem, place, places, log.file)
        if (place, str(shown)) not in seen:
            seen.add((place, str(shown)))
            log.tell(place, shown)
    return questionnaire if not log.problems else None


def _by_cell(problem: Problem, place: Place | None, places: "_Places", file: str) -> Problem:
    values = dict(problem.values)
    message, remedy = problem.message, _BY_CELL.get(problem.remedy, problem.remedy)
    if "{file}:{line}" in message:  # where an id was met first
        first = places.named(str(values.get("file")))
        message, values["file"] = message.replace("{file}:{line}", "{file}"), str(first or file)
    if message == _STRANGE:  # a column of the sheet, and so known elsewhere
        message, remedy = (
            "“{field}” does not go with this kind of row.",
            "Empty the cell, or correct what kind it is.",
        )
    if str(values.get("reason", "")).startswith(_HALVES):
        message, remedy = (
            "the option has no worth, and others beside it have one.",
            "Give each a worth, or none.",
        )
    at = str(place) if place else problem.at
    return replace(problem, message=message, remedy=remedy, file=file, line=None, at=at, values=values)


class _Places:
    """The cells of a questionnaire by path, in the form in which the loader knows lines."""

    def __init__(self, data: Record) -> None:
        self.lines: dict[Path_, tuple[str, int]] = {}
        self._found: list[tuple[Place, Record]] = []
        self._data = data
        self._walk(data, (), data)

    def _walk(self, value: Any, path: Path_, near: Record) -> None:
        if isinstance(value, Record):
            near = value
            self._mark(path, value.place, value)
            for key, place in value.cells.items():
                inside = value.get(key)
                self._mark((*path, key), place, inside if isinstance(inside, Record) else value)
        parts = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, part in parts:
            self._walk(part, (*path, key), near)

    def _mark(self, path: Path_, place: Place | None, record: Record) -> None:
        if place is not None and (path not in self.lines or place.column):
            self.lines[path] = (str(len(self._found)), 0)
            self._found.append((place, record))

    def named(self, file: str) -> Place | None:
        """Return the cell that stands for a file in what the loader says."""
        return self._found[int(file)][0] if file else None

    def of(self, problem: Problem) -> Place | None:
        """Return the cell that a problem is about, as exactly as it can be told."""
        if not problem.file:
            return None
        place, record = self._found[int(problem.file)]
        if str(problem.values.get("reason", "")).startswith(_HALVES):
            empty = (option for option in self._options_of(record) if "worth" not in option)
            return next((option.cells["worth"] for option in empty if "worth" in option.cells), place)
        for name in ("language", "field"):
            key = str(problem.values.get(name, ""))
            if key in record.cells:
                return record.cells[key]
        return place

    def _options_of(self, question: Record) -> list[Record]:
        sets = {each.get("id"): each for each in self._data.get("option_sets", ())}
        options: list[Record] = sets.get(question.get("option_set"), question).get("options", [])
        return options
