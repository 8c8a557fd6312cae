"""Many sheets read at once, from a file with one in each line or from a folder: batch by batch, so that memory stays flat.

The quick way, column by column, takes only what is surely right. Whatever it does not know goes through `sheets`, as if it
stood alone, so that there is one set of rules and one set of messages.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from assessment.answers import AnswerSheet, ProfileValue
from assessment.errors import AnswersError, Problem
from assessment.loader.content import questionnaire_ids, read_questionnaire
from assessment.loader.places import Place, files_of, places_of
from assessment.loader.sheets import (
    HEAD,
    SUBJECT,
    _answer,
    _subject,
)
from assessment.questionnaire import ProfileField, Questionnaire
from assessment.questions import Question
from assessment.report import Subject
from assessment.scoring.portfolio import BATCH
from assessment.scoring.table import Codes, Known, Table, code_of

_HEAD = frozenset(HEAD)
_NUMBERS = frozenset({int, float})
_PLAIN = frozenset({type(None), bool, int, float, str})


@dataclass(frozen=True)
class Batch:
    """Some sheets, column by column."""

    names: Sequence[str]
    """Whose sheet it is: the organisation, with its unit; file and line if the sheet does not say."""
    table: Table
    size: int
    """Bytes read for it."""


@dataclass(frozen=True)
class Portfolio:
    """Many sheets of one questionnaire, read while they are asked for."""

    questionnaire: Questionnaire
    batches: Iterator[Batch]
    """Raises AnswersError with every problem of the next batch."""
    size: int
    """Bytes to read in all."""


def read_portfolio(path: Path, *, questionnaire: Questionnaire | None = None) -> Portfolio:
    """Open a file with a sheet in each line, or a folder of such files and of answers files, in the order of their names.

    Returns:
        The questionnaire that the sheets name, unless it is given, and the sheets, batch by batch.

    Raises:
        AnswersError: there is nothing to read, or nothing in it names a questionnaire.
        QuestionnaireError: the questionnaire is not valid.
    """
    files = files_of(path)
    places = places_of(path)
    looked_at: list[Place] = []
    known = questionnaire
    for place in places:
        looked_at.append(place)
        known = known or _named(place)
        if known is not None or len(looked_at) == BATCH:
            break
    if not looked_at:
        remedy = "Give a folder of answers files (.json, .yaml), or a .jsonl file with one in each line."
        raise AnswersError([Problem("there are no answers here.", remedy, file=str(path))])
    if known is None:
        raise AnswersError(problem for place in looked_at for problem in _problems(place))
    size = sum(file.stat().st_size for file in files)
    return Portfolio(known, batches(known, chain(looked_at, places)), size)


def batches(questionnaire: Questionnaire, places: Iterable[Place]) -> Iterator[Batch]:
    """Yield the sheets batch by batch and in their order; never more than one batch is held.

    Raises:
        AnswersError: with every problem of a batch, in the order of its sheets.
    """
    waiting = iter(places)
    while some := list(islice(waiting, BATCH)):
        yield _Reading(questionnaire, some).batch()


def _named(place: Place) -> Questionnaire | None:
    """Return the questionnaire that a sheet names."""
    data = place.plain()
    name = data.get("questionnaire") if isinstance(data, dict) else None
    return read_questionnaire(name) if isinstance(name, str) and name in questionnaire_ids() else None


def _problems(place: Place) -> tuple[Problem, ...]:
    try:
        place.read(None)
    except AnswersError as error:
        return error.problems
    return ()


def _name(subject: Subject | None, place: Place) -> str:
    said = ", ".join(filter(None, (subject.organisation, subject.unit))) if subject else ""
    return said or str(place)


# ── one batch ────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Reading:
    """Reads one batch: each sheet's head row by row, then profile and answers column by column."""

    def __init__(self, questionnaire: Questionnaire, places: Sequence[Place]) -> None:
        self._questionnaire, self._places = questionnaire, places
        self._questions = questionnaire.questions_by_id
        self._unanswered: dict[str, Any] = dict.fromkeys(self._questions)
        self._major = questionnaire.version.split(".")[0]
        self._fields = {field.id: field for field in questionnaire.profile}
        self._names: list[str] = []
        self._short: list[bool] = []
        self._profiles: list[Mapping[str, Any]] = []
        self._rows: list[Iterable[Any]] = []
        self._alone: dict[int, tuple[AnswerSheet, Subject]] = {}
        """The sheets that were read on their own, by row."""
        self._problems: dict[int, tuple[Problem, ...]] = {}
        """By row."""

    def batch(self) -> Batch:
        """Return the batch.

        Raises:
            AnswersError: with every problem, in the order of the sheets.
        """
        for row, place in enumerate(self._places):
            if not self._take(place, place.plain()):
                self._read_alone(row)
                self._names.append("")
                self._short.append(False)
                self._profiles.append({})
                self._rows.append(self._unanswered.values())
        known = {name: Known() for name in self._questions}
        profile = {name: self._profile_column(field) for name, field in self._fields.items()}
        codes = {
            name: self._codes(question, known[name], column)
            for (name, question), column in zip(
                self._questions.items(), zip(*self._rows, strict=True), strict=True
            )
        }
        if self._problems:
            raise AnswersError(problem for _, told in sorted(self._problems.items()) for problem in told)
        for row, (sheet, subject) in self._alone.items():
            self._names[row] = _name(subject, self._places[row])
            self._short[row] = sheet.short
            for name in self._fields:
                profile[name][row] = sheet.profile.get(name)
            for name in self._questions:
                answer = sheet.by_question.get(name)
                codes[name][row] = 0 if answer is None else code_of(answer, known[name])
        table = Table(np.array(self._short, dtype=np.bool_), profile, known, codes)
        return Batch(self._names, table, sum(place.size for place in self._places))

    def _take(self, place: Place, data: Any) -> bool:
        """Take a sheet's head, and its answers as they are; False where anything is not plainly right."""
        if type(data) is not dict or not data.keys() <= _HEAD:
            return False
        answers, version, short = data.get("answers"), data.get("version"), data.get("short", False)
        profile = data.get("profile") or {}
        if (
            data.get("questionnaire") != self._questionnaire.id
            or type(version) is not str
            or version.split(".")[0] != self._major
            or type(short) is not bool
            or type(answers) is not dict
            or type(profile) is not dict
            or not profile.keys() <= self._fields.keys()
            or None in profile.values()
        ):
            return False
        row = self._unanswered | answers
        if len(row) > len(self._questions):  # an answer to no question
            return False
        subject = {key: data[key] for key in SUBJECT if data.get(key)}
        try:
            name = _name(_subject(subject, "") if subject else None, place)
        except AnswersError:
            return False
        self._names.append(name)
        self._short.append(short)
        self._profiles.append(profile)
        self._rows.append(list(row.values()))
        return True

    def _read_alone(self, row: int) -> None:
        """Read a sheet on its own: it is right after all, or its problems are told."""
        if row not in self._alone and row not in self._problems:
            try:
                _, sheet, subject = self._places[row].read(self._questionnaire)
            except AnswersError as error:
                self._problems[row] = error.problems
            else:
                self._alone[row] = (sheet, subject)

    def _profile_column(self, field: ProfileField) -> list[ProfileValue | None]:
        options, several = set(field.option_ids), field.type == "many"
        column: list[ProfileValue | None] = []
        fine: set[Any] = {None}
        for row, profile in enumerate(self._profiles):
            value = profile.get(field.id)
            if type(value) is list:
                value = tuple(value)
            try:
                if value not in fine:
                    chosen = value if type(value) is tuple else (value,)
                    if not options.issuperset(chosen) or (len(chosen) > 1 and not several):
                        raise TypeError
                    fine.add(value)
            except TypeError:  # not an option, or nothing that could be one
                self._read_alone(row)
                value = None
            column.append(value)
        return column

    def _codes(self, question: Question, known: Known, column: Sequence[Any]) -> Codes:
        """Return the codes of all answers to one question; a plain value is checked once, however many gave it."""
        kinds = set(map(type, column))
        plain = _PLAIN if kinds.isdisjoint(_NUMBERS) else _PLAIN - {bool}  # in a set, true is the number 1
        odd: dict[int, int] = {}
        if not kinds <= plain:
            met: dict[Any, int] = {}
            column = list(column)
            for row, raw in enumerate(column):
                if type(raw) not in plain:
                    odd[row] = self._odd_code(row, raw, question, known, met)
                    column[row] = None
        found: dict[Any, int] = {None: 0}
        for value in set(column) - found.keys():
            try:
                found[value] = known.code(question.admit(value))
            except ValueError:
                found[value] = 0
                for row, other in enumerate(column):
                    if other is value or other == value:
                        self._read_alone(row)
        codes = np.fromiter(map(found.__getitem__, column), np.intp, len(column))
        if odd:
            codes[list(odd)] = list(odd.values())
        return codes

    def _odd_code(self, row: int, raw: Any, question: Question, known: Known, met: dict[Any, int]) -> int:
        """Return the code of what is not a plain value: one with evidence, a state, a list of items."""
        try:
            key = (*raw.items(), type(raw.get("value"))) if type(raw) is dict else tuple(raw)
            if key in met:
                return met[key]
        except TypeError:  # something in it that cannot be looked up
            key = None
        try:
            answer = _answer(question.id, raw)
            if answer.question != question.id:
                raise ValueError
            if answer.value is not None:
                answer = answer.model_copy(update={"value": question.admit(answer.value)})
        except ValueError:
            self._read_alone(row)
            return 0
        code = code_of(answer, known)
        if key is not None:
            met[key] = code
        return code
